using SinHo.Reporting.Figures;

namespace SinHo.Reporting.Runs;

public enum ObligationState
{
    /// <summary>Not due yet, or due and not taken up.</summary>
    Waiting,

    /// <summary>A job makes it or will.</summary>
    Running,

    /// <summary>The file is in its folder.</summary>
    Done,

    /// <summary>Its job failed; it is tried again at <see cref="Obligation.RetryAt"/>, or by hand where that is null.</summary>
    Failed,
}

/// <summary>One report that is due: for this unit, for this period. The period stands here and is never worked out again.</summary>
public sealed record Obligation
{
    public required long ObligationId { get; init; }

    public required long ScheduleId { get; init; }

    public required string Report { get; init; }

    public required string Unit { get; init; }

    public required DateOnly PeriodFrom { get; init; }

    public required DateOnly PeriodTo { get; init; }

    public required string PeriodName { get; init; }

    /// <summary>The day on which it is made.</summary>
    public required DateOnly DueOn { get; init; }

    public required ObligationState State { get; init; }

    public Guid? JobId { get; init; }

    public Guid? IssuedId { get; init; }

    /// <summary>What the saved list is called, where it is one.</summary>
    public string? ListName { get; init; }

    /// <summary>The file that its job made.</summary>
    public Guid? FileId { get; init; }

    /// <summary>Path of the published file.</summary>
    public string? Published { get; init; }

    public string? Sha256 { get; init; }

    public DateTimeOffset? PublishedAt { get; init; }

    /// <summary>Why it failed and what to do.</summary>
    public string? Error { get; init; }

    public DateTimeOffset? RetryAt { get; init; }

    /// <summary>Folder that gets the file.</summary>
    public required string Folder { get; init; }

    /// <summary>Counted on today's map.</summary>
    public required bool OnMap { get; init; }

    public Period Period => new(PeriodFrom, PeriodTo, PeriodName);
}
