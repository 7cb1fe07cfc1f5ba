using SinHo.Reporting.Figures;

namespace SinHo.Reporting.Catalog;

/// <summary>A folder of reports/, or an edition below it: which figures stand where, what is said about them, what must hold between them.</summary>
public sealed record ReportDefinition
{
    /// <summary>Name of the folder of reports/.</summary>
    public required string Name { get; init; }

    /// <summary>The report.yaml it was read from.</summary>
    public required string File { get; init; }

    /// <summary>The file beside it with the look of the front page.</summary>
    public required string Template { get; init; }

    /// <summary>The board's own letter for Word; there need be none.</summary>
    public required string Letter { get; init; }

    /// <summary>Title; {unit} and {period} are replaced.</summary>
    public required string Title { get; init; }

    public EditionDefinition Edition { get; init; } = EditionDefinition.None;

    /// <summary>The edition that it repeats in other words; null for one of its own.</summary>
    public string? Like { get; init; }

    /// <summary>Roles of units that it is made for; empty for any.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>Kinds of period for which it is one of the whole set: year, half, quarter, month, term, from.</summary>
    public IReadOnlyList<string> InAll { get; init; } = [];

    /// <summary>Kinds of period that it is made for: year, half, quarter, month, term, from.</summary>
    public required IReadOnlyList<string> Periods { get; init; }

    public required IReadOnlyList<GroupDefinition> Groups { get; init; }
    public required string PartsCaption { get; init; }
    public required IReadOnlyList<BreakdownGroup> Breakdown { get; init; }

    /// <summary>Paragraphs; {code} cites a figure or a cell, {code: columns} its rows, {unit}, {period}, {from} and {to} are replaced.</summary>
    public required IReadOnlyList<string> Narrative { get; init; }

    /// <summary>Sentences that always stand on the first page.</summary>
    public IReadOnlyList<string> Notices { get; init; } = [];

    public IReadOnlyList<ChartDefinition> Charts { get; init; } = [];

    public required IReadOnlyList<Identity> Identities { get; init; }

    public FormDefinition? Form { get; init; }

    /// <summary>What it is called in a choice: number and title, without unit and period.</summary>
    public string Caption
    {
        get
        {
            var title = Title.Replace("{unit}", "", StringComparison.Ordinal).Replace("{period}", "", StringComparison.Ordinal).Trim().TrimEnd('-').Trim();
            return Edition.Printed.Number.Length > 0 ? $"{Edition.Printed.Number}. {title}" : title;
        }
    }

    /// <summary>What stands among the roles for committees of communes, whatever their role.</summary>
    public const string CommuneCommittee = "commune_committee";

    public bool IsFor(ReportUnit unit) => Roles.Count == 0 || Roles.Contains(unit.Role) || (unit.IsCommune && Roles.Contains(CommuneCommittee));
}

/// <summary>An edition and the periods that take it by themselves: those whose last day is in its time. Another one may be asked for.</summary>
/// <param name="From">First day; null where unknown.</param>
/// <param name="Until">Last day, included, for which it may be used, and then only where it is asked for; null for one that lasts until the next.</param>
public sealed record EditionDefinition(Edition Printed, DateOnly? From, DateOnly? Until)
{
    public static EditionDefinition None { get; } = new(new("", "", "", ""), null, null);
}

/// <param name="Yearly">Counted once for every year whose last day lies in the period.</param>
public sealed record GroupDefinition(string Caption, bool Yearly, IReadOnlyList<LineDefinition> Lines)
{
    public IReadOnlyList<RateDefinition> Rates { get; init; } = [];
}

/// <summary>A line that has no rows of its own: a value, or the percent that it is of another.</summary>
/// <param name="Caption">{from} and {to} are the days of the last value that it speaks of.</param>
/// <param name="Under">Null where the value itself is told; where it is 0 there is no percent.</param>
public sealed record RateDefinition(string Code, string Caption, int Indent, int Decimals, RateValue Over, RateValue? Under)
{
    public IEnumerable<RateValue> Values => Under is null ? [Over] : [Over, Under];
}

/// <param name="Sum">Column that is added up; null where rows are counted.</param>
/// <param name="Before">Of the same days as many whole years earlier as the period needs to be clear of itself.</param>
public sealed record RateValue(string Figure, string? Sum, bool Before)
{
    public const string BeforeMark = "@before";

    public static RateValue Read(string text)
    {
        var before = text.EndsWith(BeforeMark, StringComparison.Ordinal);
        var parts = (before ? text[..^BeforeMark.Length] : text).Split('.', 2);
        return new(parts[0], parts.ElementAtOrDefault(1), before);
    }

    public Measure Measure => new(Figure, Condition.None, Sum);
}

public sealed record LineDefinition(string Figure, int Indent);

public sealed record BreakdownGroup(string Caption, IReadOnlyList<BreakdownEntry> Columns);

/// <param name="Figure">Code of a figure; in a form "ROW.COLUMN".</param>
public sealed record BreakdownEntry(string Figure, string Caption);

/// <summary>A linear statement between figures or cells, "D = A + B - C" or "a &lt;= b"; it holds for the unit and every part.</summary>
/// <param name="Code">Machine name of the check.</param>
/// <param name="Says">The statement in words.</param>
/// <param name="Left">Signed terms left of the sign; none stands for 0.</param>
/// <param name="Right">Signed terms right of it.</param>
/// <param name="IsEquality">True for =, false for &lt;=.</param>
public sealed record Identity(string Code, string Says, IReadOnlyList<Term> Left, IReadOnlyList<Term> Right, bool IsEquality)
{
    public IEnumerable<Term> Terms => Left.Concat(Right);
}

/// <summary>A term of an identity: a figure, or a cell of a form.</summary>
/// <param name="Sign">1 or -1.</param>
/// <param name="Report">Another report of the same unit and period; null for this one.</param>
/// <param name="Row">Code of the row, "*" for every row, or code of a figure where the report is no form.</param>
/// <param name="Column">Code of the column; null: the statement holds in every column that counts.</param>
/// <param name="Previous">As of the eve of the period.</param>
public sealed record Term(int Sign, string? Report, string Row, string? Column, bool Previous)
{
    public const string EveryRow = "*";
}
