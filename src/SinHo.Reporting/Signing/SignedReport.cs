namespace SinHo.Reporting.Signing;

/// <summary>A report that was signed.</summary>
public sealed record SignedReport
{
    public required Guid SignedId { get; init; }

    /// <summary>Its figures and rows: <see cref="Runs.IssuedReports"/>.</summary>
    public required Guid IssuedId { get; init; }

    /// <summary>Code of the issuing body, which is the unit reported on.</summary>
    public required string Unit { get; init; }

    public required string UnitName { get; init; }

    public required int Year { get; init; }

    /// <summary>As printed: "12-BC/HU".</summary>
    public required string Number { get; init; }

    public required DateOnly SignedOn { get; init; }

    public required string Signer { get; init; }

    /// <summary>Whose certificate signed its files; null where none did.</summary>
    public string? Certificate { get; init; }

    /// <summary>A line each.</summary>
    public required string Recipients { get; init; }

    public required string CheckCode { get; init; }

    public required string Report { get; init; }

    public required string Title { get; init; }

    public required DateOnly PeriodFrom { get; init; }

    public required DateOnly PeriodTo { get; init; }

    public required string PeriodName { get; init; }

    /// <summary>JSON of a <see cref="Figures.FileQuestion"/>.</summary>
    public required string Question { get; init; }

    /// <summary>The last import that its snapshot held.</summary>
    public required long LastImport { get; init; }

    /// <summary>Number of the report that it stands for; null where it replaces none.</summary>
    public string? Replaces { get; init; }

    /// <summary>Why it replaces that one.</summary>
    public string? Reason { get; init; }

    /// <summary>Number of the later report that stands for it; null while it stands.</summary>
    public string? ReplacedBy { get; init; }

    /// <summary>The account that signed.</summary>
    public required string SignedBy { get; init; }

    public required DateTimeOffset SignedAt { get; init; }

    public bool IsReplaced => ReplacedBy is not null;
}

/// <summary>A file of a signed report.</summary>
/// <param name="Format">"draft" is the one that was handed in; else "xlsx", "docx", "pdf", "csv".</param>
public sealed record SignedFile(string Format, Guid FileId, string Name, string Sha256, long Size);
