using SinHo.Reporting.Figures;
using SinHo.Reporting.Words;

namespace SinHo.Reporting.Catalog;

/// <summary>
/// One file of sql/indicators with its meaning: a query that gives the rows that can be counted, and the figures that count them.
/// The query is asked with @units, @from, @to and the settings, and gives a column `unit` (which of the units the row belongs to), the columns
/// `place` and `placed_on` (the organisation under which the row stands, and the day on which it is counted there), the columns of the evidence, and a
/// boolean column for every figure.
/// </summary>
public sealed record IndicatorSet
{
    /// <summary>File name without its ending.</summary>
    public required string Name { get; init; }

    public required string Sql { get; init; }

    /// <summary>What one row is.</summary>
    public required string About { get; init; }

    /// <summary>Where the rows come from.</summary>
    public required string Source { get; init; }

    /// <summary>Rows are organisations: on today's map there are none of an earlier day, and a unit that is not there yet has none that did anything.</summary>
    public bool CountsUnits { get; init; }

    /// <summary>Rows are listed by the organisation in which each stood, as the tables that go with a decision, before they are by name.</summary>
    public bool ByBranch { get; init; }

    public required IReadOnlyDictionary<string, EvidenceColumn> Columns { get; init; }

    /// <summary>The words that a column may hold, where they are a closed list.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Words { get; init; } = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);

    public required IReadOnlyList<Indicator> Indicators { get; init; }

    /// <summary>Every figure, all of its rows.</summary>
    public IReadOnlyList<Measure> Measures => [.. Indicators.Select(indicator => Measure.Of(indicator.Code))];
}

/// <summary>What one figure counts and means.</summary>
public sealed record Indicator
{
    public required string Code { get; init; }
    public required string Caption { get; init; }

    /// <summary>A caption for narrow places, such as the name of a sheet; "" where the usual one will do.</summary>
    public string ShortCaption { get; init; } = "";

    /// <summary>What one row is, as printed under Đvt.</summary>
    public required string CountedIn { get; init; }

    public required bool IsStock { get; init; }

    /// <summary>True: a stock of the day before the period, so that it has no basis where the register begins with the period.</summary>
    public bool IsOpening { get; init; }

    /// <summary>When it counts, for the reader.</summary>
    public string When => IsOpening ? "có đến hết ngày liền trước kỳ" : IsStock ? "có đến ngày cuối kỳ" : "phát sinh trong kỳ, tính cả ngày đầu và ngày cuối";

    /// <summary>The days that decide it: of a stock the last one; an opening is told by the first day of the period.</summary>
    public Period DaysOf(Period period) => IsStock && !IsOpening ? new(period.To, period.To) : period;

    /// <summary>The rule in a few words.</summary>
    public required string Rule { get; init; }

    /// <summary>What counts, which dates, for the reader who asks.</summary>
    public required string Meaning { get; init; }

    /// <summary>The text the rule comes from.</summary>
    public required string Basis { get; init; }

    /// <summary>Settings that decide the figure.</summary>
    public required IReadOnlyList<string> Settings { get; init; }

    /// <summary>The boolean column of the set that marks the rows counted.</summary>
    public required string Flag { get; init; }

    /// <summary>Columns that together name the thing counted, where a thing may have several rows; empty where every row counts.</summary>
    public required IReadOnlyList<string> Distinct { get; init; }

    /// <summary>Columns of the evidence, the code of the thing counted first.</summary>
    public required IReadOnlyList<string> Evidence { get; init; }

    /// <summary>Whether the values of the parts of a unit, and what stood in none, add up to its own: every row stands in one part.</summary>
    public bool Additive => Distinct.Count == 0;

    /// <summary><see cref="Rule"/> with the values of the settings that it names.</summary>
    public string RuleWith(IReadOnlyDictionary<string, int> settings) => Numbered(Rule, settings);

    /// <summary><see cref="Meaning"/> with the values of the settings that it names.</summary>
    public string MeaningWith(IReadOnlyDictionary<string, int> settings) => Numbered(Meaning, settings);

    private static string Numbered(string text, IReadOnlyDictionary<string, int> settings) => CatalogReader.Citation().Replace(
        text, match => settings.TryGetValue(match.Groups["code"].Value, out var value) ? Vietnamese.Number(value) : match.Value);
}
