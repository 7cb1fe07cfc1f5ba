using System.Text.Json;
using NpgsqlTypes;

namespace SinHo.Reporting.Runs;

public enum JobState
{
    Waiting,
    Running,
    Done,
    Failed,
    Cancelled,
}

/// <summary>What is asked for. Two wishes with one key are the same wish: the second joins the first while that is unfinished.</summary>
/// <param name="Kind">Which work does it: "report", "obligation", "import", "list"…</param>
/// <param name="Key">Says everything that decides the outcome.</param>
/// <param name="Request">Written as JSON, in camel case.</param>
/// <param name="Unit">The unit it is about, for those who may see it; null for no single one.</param>
/// <param name="By">The account that asks.</param>
public sealed record JobWish(string Kind, string Key, object Request, string? Unit, string By);

/// <summary>A wish and how far it has come.</summary>
public sealed record Job
{
    public required Guid JobId { get; init; }

    public required string Kind { get; init; }

    /// <summary>JSON as it was asked.</summary>
    public required string Request { get; init; }

    public string? Unit { get; init; }

    public required string RequestedBy { get; init; }

    public required JobState State { get; init; }

    /// <summary>What is being done, in words for the reader.</summary>
    public required string Step { get; init; }

    public required int Done { get; init; }

    /// <summary>0 where the amount of work is not known.</summary>
    public required int Total { get; init; }

    public required bool CancelRequested { get; init; }

    /// <summary>How often it was taken by a worker: only the last may finish it.</summary>
    public required int Epoch { get; init; }

    /// <summary>How often it was tried.</summary>
    public required int Attempts { get; init; }

    /// <summary>Not tried before this moment.</summary>
    public required DateTimeOffset NotBefore { get; init; }

    /// <summary>Why it failed and what to do; kept while it waits to be tried again.</summary>
    public string? Error { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>The report that came of it.</summary>
    public Guid? IssuedId { get; init; }

    /// <summary>The file that came of it.</summary>
    public Guid? FileId { get; init; }

    /// <summary>JSON of what came of it where that is no file, e.g. the errors of an import.</summary>
    public string? Outcome { get; init; }

    /// <summary>How far the log of the register went when the job was asked for: no server behind that is read from.</summary>
    public required NpgsqlLogSequenceNumber AskedPosition { get; init; }

    public bool IsFinished => State is JobState.Done or JobState.Failed or JobState.Cancelled;

    public int? Percent => Total > 0 ? Math.Min(100, (int)(100L * Done / Total)) : null;

    public T Read<T>() => JsonSerializer.Deserialize<T>(Request, JsonSerializerOptions.Web)!;
}

/// <summary>The job has another holder or is finished: whatever was made here may not be published.</summary>
public sealed class LeaseLostException() : Exception("The lease of the job was lost.");
