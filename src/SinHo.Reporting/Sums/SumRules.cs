using SinHo.Reporting.Catalog;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Reports;
using SinHo.Reporting.Signing;
using SinHo.Reporting.Words;

namespace SinHo.Reporting.Sums;

/// <summary>How a number of several registers is put together.</summary>
/// <param name="WhyNot">Why it is not; null where it is.</param>
internal sealed record SumRule(string? WhyNot)
{
    /// <summary>Code on top of a rate; null for what is added up.</summary>
    public string? Over { get; init; }

    /// <summary>Code below.</summary>
    public string? Under { get; init; }

    /// <summary>What one has more than the other, no percent.</summary>
    public bool IsDifference { get; init; }

    public int Decimals { get; init; }

    public bool IsRate => Over is not null;
}

/// <summary>The numbers of a report by what its definition here says of them.</summary>
internal sealed class SumRules(Definitions definitions, ReportDefinition definition)
{
    /// <summary>A figure of the unit itself: years in which it was rated well.</summary>
    private const string OfTheUnit = "năm";

    private static readonly SumRule Unknown = new("Không có trong định nghĩa ở đây");

    private readonly Dictionary<string, SumRule> known = new(StringComparer.Ordinal);

    /// <summary>The identities of the report, over its codes.</summary>
    public IReadOnlyList<Linear> Statements(Period period) => LinearStatements.Of(definitions, new(definitions, definition, period, ReportingCalendar.Behind(period)));

    public SumRule Of(string code)
    {
        if (!known.TryGetValue(code, out var rule))
            known[code] = rule = Make(code);
        return rule;
    }

    /// <summary>What decides the number and is not with them as with us.</summary>
    /// <param name="root">The folder that holds sql/ and reports/.</param>
    public IReadOnlyList<string> Differences(string code, SignedFigures theirs, DefinitionReach reach, string root)
    {
        if (theirs.Edition != definition.Edition.Printed.Code)
            return [$"ấn bản {theirs.Edition}"];
        if (theirs.Map is { } map)
            return [$"theo bản đồ ngày {Vietnamese.Day(map)}"];
        return reach.Differences(theirs, IndicatorsOf(code), definition.Form is null && !IsRateOfGroup(code) ? null : Path.GetRelativePath(root, definition.File));
    }

    private SumRule Make(string code)
    {
        if (definition.Form is { } form)
            return Cell(form, code) is var (row, column) ? OfCell(row, column) : Unknown;
        if (RateOf(code) is { } rate)
            return rate.Under is null ? new(null) { Decimals = rate.Decimals } : new SumRule(null) { Over = CodeOf(rate.Over), Under = CodeOf(rate.Under), Decimals = rate.Decimals };
        return Indicator(code) is not { } indicator ? Unknown : indicator.CountedIn == OfTheUnit ? new("Nói về chính đơn vị, không cộng") : new(null);
    }

    private static SumRule OfCell(FormRowDefinition row, FormColumnDefinition column)
    {
        if (column.Difference is { } difference)
            return new(null) { Over = $"{row.Code}.{difference.Over}", Under = $"{row.Code}.{difference.Under}", IsDifference = true, Decimals = column.Decimals };
        if (column.Ratio is { } ratio)
            return new(null) { Over = $"{row.Code}.{ratio.Over}", Under = $"{row.Code}.{ratio.Under}", Decimals = column.Decimals };
        if (column.Share is { } share)
            return row.Whole is { } whole ? new(null) { Over = $"{row.Code}.{share}", Under = $"{whole}.{share}", Decimals = column.Decimals } : new("Không có tổng để chia");
        if (row.Ratio is { } rows)
            return new(null) { Over = $"{rows.Over}.{column.Code}", Under = $"{rows.Under}.{column.Code}", Decimals = row.Decimals };
        return row.Mean is not null ? new("Số trung bình không cộng được") { Decimals = row.Decimals } : new(null);
    }

    private IEnumerable<string> IndicatorsOf(string code)
    {
        if (definition.Form is { } form)
            return Cell(form, code) is var (row, column) && form.FigureOf(row, column) is { } figure ? [figure] : [];
        return RateOf(code) is { } rate ? rate.Values.Select(value => value.Figure) : Indicator(code) is { } indicator ? [indicator.Code] : [];
    }

    private static (FormRowDefinition Row, FormColumnDefinition Column)? Cell(FormDefinition form, string code)
    {
        var dot = code.LastIndexOf('.');
        return dot > 0 && form.Row(code[..dot]) is { } row && form.Column(code[(dot + 1)..]) is { } column ? (row, column) : null;
    }

    private bool IsRateOfGroup(string code) => RateOf(code) is not null;

    private RateDefinition? RateOf(string code) => definition.Groups.SelectMany(group => group.Rates).FirstOrDefault(rate => rate.Code == code);

    /// <summary>The line that holds the value: a figure, or a line that tells it as it is. A code that no line has where none does.</summary>
    private string CodeOf(RateValue value) => value is { Sum: null, Before: false }
        ? value.Figure
        : definition.Groups.SelectMany(group => group.Rates).FirstOrDefault(rate => rate.Under is null && rate.Over == value)?.Code ?? "";

    /// <summary>A yearly figure carries its year: "rated_good_2016".</summary>
    private Indicator? Indicator(string code) =>
        definitions.Has(code) ? definitions[code].Indicator
        : code.Length > 5 && code[^5] == '_' && code[^4..].All(char.IsAsciiDigit) && definitions.Has(code[..^5]) ? definitions[code[..^5]].Indicator
        : null;
}
