namespace SinHo.Reporting.Figures;

/// <summary>What a file answers: asked again of the same register, it gives the same bytes. Every file of a report or list carries its own; see Faces/PaperQuestion.</summary>
public sealed record FileQuestion
{
    /// <summary>Folder of reports/; null for a list.</summary>
    public string? Report { get; init; }

    /// <summary>Subject of a list, e.g. "members"; null for a report.</summary>
    public string? List { get; init; }

    public required string Unit { get; init; }
    public required DateOnly From { get; init; }
    public required DateOnly To { get; init; }

    /// <summary>How the period is called in titles.</summary>
    public required string Period { get; init; }

    public QuestionOptions Options { get; init; } = new();
}

/// <summary>What was asked for beside report, unit and period; null is what is usual.</summary>
public sealed record QuestionOptions
{
    /// <summary>Edition of the form.</summary>
    public string? Edition { get; init; }

    /// <summary>Settings that were not taken from the register.</summary>
    public IReadOnlyDictionary<string, int>? Settings { get; init; }

    /// <summary>The day on which the months of the calendar end.</summary>
    public int? CutOff { get; init; }

    /// <summary>Counted on today's map. Of a list: <see cref="Map"/>.</summary>
    public bool? OnMap { get; init; }

    /// <summary>"none": the part that is signed alone; "all": rows for a unit of any size, in papers too. Null: rows in workbooks of units that are not too large.</summary>
    public string? Evidence { get; init; }

    /// <summary>SHA-256 of a template that is not the report's own.</summary>
    public string? Look { get; init; }

    /// <summary>Of a list: the day of its map.</summary>
    public DateOnly? Map { get; init; }

    /// <summary>Of a list: conditions as they stand in an address.</summary>
    public string? Where { get; init; }

    /// <summary>Of a list: words that its rows have.</summary>
    public string? Filter { get; init; }

    /// <summary>Of a list: the column by which it is sorted.</summary>
    public string? Sort { get; init; }

    public bool? Descending { get; init; }

    /// <summary>Of a list: rows of one part of the unit alone.</summary>
    public string? Part { get; init; }

    /// <summary>Of a list: the columns that were chosen.</summary>
    public IReadOnlyList<string>? Columns { get; init; }

    public const string NoEvidence = "none";
    public const string AllEvidence = "all";
}
