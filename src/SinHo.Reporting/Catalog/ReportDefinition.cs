using SinHo.Reporting.Figures;

namespace SinHo.Reporting.Catalog;

/// <summary>A folder of reports/: which figures stand where, what is said about them, what must hold between them.</summary>
public sealed record ReportDefinition
{
    /// <summary>Name of the folder.</summary>
    public required string Name { get; init; }

    /// <summary>The file beside it with the look of the front page.</summary>
    public required string Template { get; init; }

    /// <summary>Title; {unit} and {period} are replaced.</summary>
    public required string Title { get; init; }

    public required Letterhead Letterhead { get; init; }
    public required IReadOnlyList<GroupDefinition> Groups { get; init; }
    public required string PartsCaption { get; init; }
    public required IReadOnlyList<BreakdownGroup> Breakdown { get; init; }

    /// <summary>Paragraphs; {code} cites a figure, {unit}, {period}, {from} and {to} are replaced.</summary>
    public required IReadOnlyList<string> Narrative { get; init; }

    public required IReadOnlyList<Identity> Identities { get; init; }
}

/// <param name="Yearly">Counted once for every year whose last day lies in the period.</param>
public sealed record GroupDefinition(string Caption, bool Yearly, IReadOnlyList<LineDefinition> Lines);

public sealed record LineDefinition(string Figure, int Indent);

public sealed record BreakdownGroup(string Caption, IReadOnlyList<BreakdownEntry> Columns);

public sealed record BreakdownEntry(string Figure, string Caption);

/// <summary>A linear statement between figures, "closing = opening + inc_admitted - dec_died" or "a &lt;= b"; it holds for the unit and every part.</summary>
/// <param name="Code">Machine name of the check.</param>
/// <param name="Says">The statement in words.</param>
/// <param name="Left">Signed figures left of the sign.</param>
/// <param name="Right">Signed figures right of it.</param>
/// <param name="IsEquality">True for =, false for &lt;=.</param>
public sealed record Identity(string Code, string Says, IReadOnlyList<Term> Left, IReadOnlyList<Term> Right, bool IsEquality);

/// <param name="Sign">1 or -1.</param>
public readonly record struct Term(int Sign, string Figure);
