using SinHo.Reporting.Figures;

namespace SinHo.Reporting.Runs;

/// <summary>A report as it was issued: it opens again with the figures of then, whatever the register says now.</summary>
public sealed record IssuedReport
{
    public required Guid IssuedId { get; init; }

    /// <summary>Folder of reports/ that defined it.</summary>
    public required string Report { get; init; }

    /// <summary>The issue: 1, 2, 3… for one report, unit and period. The edition of the form is in <see cref="Content"/>.</summary>
    public required int Edition { get; init; }

    public required string Unit { get; init; }

    public required string UnitName { get; init; }

    public required Period Period { get; init; }

    public required string Title { get; init; }

    public required IReadOnlyList<Setting> Settings { get; init; }

    public required IReadOnlyList<IssuedFigure> Figures { get; init; }

    public required IReadOnlyList<Check> Checks { get; init; }

    /// <summary>The paragraphs as printed, a line each.</summary>
    public required string Narrative { get; init; }

    /// <summary>What was shown beside the figures.</summary>
    public required IssuedContent Content { get; init; }

    /// <summary>SHA-256 of every definition file that was in force, by its path below the program's folder.</summary>
    public required IReadOnlyDictionary<string, string> Definitions { get; init; }

    /// <summary>Of the template that was filled in; null where the looks come from the program.</summary>
    public string? TemplateSha256 { get; init; }

    /// <summary>The moment of the register that was counted.</summary>
    public required DateTimeOffset SnapshotAt { get; init; }

    public required string ProgramVersion { get; init; }

    public required StoredFile File { get; init; }

    public Guid? JobId { get; init; }

    public long? ObligationId { get; init; }

    /// <summary>The account that asked for it, or the schedule's.</summary>
    public required string IssuedBy { get; init; }

    public required DateTimeOffset IssuedAt { get; init; }
}

/// <summary>One number as issued, with what it meant.</summary>
/// <param name="Group">The heading it stood under; the caption of its row in an official form.</param>
/// <param name="From">First day of the figure's own period.</param>
/// <param name="To">Last day of it; stock figures were counted on this day.</param>
/// <param name="Columns">Columns of its rows of evidence; the first is the code of the thing counted.</param>
public sealed record IssuedFigure(
    string Group, string Code, string Caption, int Indent, string CountedIn, DateOnly From, DateOnly To, int Value, string Rule, string Meaning,
    IReadOnlyList<EvidenceColumn> Columns);

/// <summary>A line of the list of issued reports.</summary>
public sealed record IssuedLine
{
    public required Guid IssuedId { get; init; }

    public required string Report { get; init; }

    public required int Edition { get; init; }

    public required string Unit { get; init; }

    public required string UnitName { get; init; }

    public required DateOnly PeriodFrom { get; init; }

    public required DateOnly PeriodTo { get; init; }

    public required string PeriodName { get; init; }

    public required Guid FileId { get; init; }

    public required string FileName { get; init; }

    public required string Sha256 { get; init; }

    public required long Size { get; init; }

    public required string IssuedBy { get; init; }

    public required DateTimeOffset IssuedAt { get; init; }
}
