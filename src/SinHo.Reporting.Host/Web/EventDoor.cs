using System.Security.Cryptography;
using Dapper;
using Npgsql;
using SinHo.Reporting.Access;
using SinHo.Reporting.Catalog;
using SinHo.Reporting.Events;
using SinHo.Reporting.Exchange;
using SinHo.Reporting.Reports;
using SinHo.Reporting.Words;

namespace SinHo.Reporting.Host.Web;

/// <summary>Where the forms of events go in: the same door as `sinho record`.</summary>
public sealed class EventDoor(NpgsqlDataSource database, Definitions definitions, TimeProvider clock)
{
    private const int Tries = 3;

    private readonly RegisterImport import = new(database, Path.Combine(Workplace.Root, "sql", "import"), clock);

    /// <summary>The last import that the register holds: whoever opens a form now has seen what came in until then.</summary>
    public async Task<long> LastImportAsync(CancellationToken cancel)
    {
        await using var connection = await database.OpenToLookAsync(cancel);
        return await connection.ExecuteScalarAsync<long>(new CommandDefinition("select coalesce(max(import_id), 0) from import_run", cancellationToken: cancel));
    }

    /// <inheritdoc cref="MemberCodes.NextAsync"/>
    public Task<string?> NextMemberCodeAsync(CancellationToken cancel) => MemberCodes.NextAsync(database, cancel);

    /// <summary>Judges events as one import; they go in where it is no trial and nothing is wrong.</summary>
    /// <param name="events">EVENTS.json.</param>
    /// <param name="name">What the import is called in Nhật ký.</param>
    /// <param name="scope">Units for whose subtrees alone may be written; empty for the whole register.</param>
    /// <param name="since">See <see cref="LastImportAsync"/>.</param>
    /// <param name="reason">Why, where signed reports are moved.</param>
    /// <param name="unlocked">The head accepts what is written on days that he has closed.</param>
    /// <param name="together">As of <see cref="RegisterImport.RunAsync"/>.</param>
    /// <param name="cancel">Ends a trial. What is to be kept is kept, though who entered it has turned to another page.</param>
    public async Task<ImportOutcome> RunAsync(
        byte[] events, string name, string by, IReadOnlyList<string> scope, bool isTrial, CancellationToken cancel, long? since = null, Func<NpgsqlTransaction, ImportOutcome, Task>? together = null,
        Func<NpgsqlTransaction, Task>? look = null, string? reason = null, bool unlocked = false)
    {
        var stop = isTrial ? cancel : CancellationToken.None;
        var request = new ImportRequest(name, Convert.ToHexStringLower(SHA256.HashData(events)), by, isTrial) { WithChanges = true, Scope = scope, Reason = reason, Unlocked = unlocked };
        for (var tried = 1; ; tried++)
        {
            try
            {
                using var file = new MemoryStream(events);
                return await EventRecord.RunAsync(database, import, file, request, null, stop, since, together, look);
            }
            catch (RegisterMovedException) when (tried < Tries)
            {
                // Somebody else's import came in between reading and writing: worked out anew, from what stands now.
            }
        }
    }

    /// <summary>Which past figures events would move; nothing is written. Empty where they would not go in.</summary>
    public async Task<MovedPast> MovedAsync(byte[] events, string by, IReadOnlyList<string> scope, CancellationToken cancel)
    {
        var moved = new MovedPast([], 0);
        await RunAsync(events, "", by, scope, isTrial: true, cancel, look: async written => moved = await MovedFigures.AskAsync(written, database, definitions, scope, Vietnamese.Today(clock.GetUtcNow()), cancel));
        return moved;
    }

    /// <summary>For whom an account writes: its unit, or the whole register.</summary>
    public static IReadOnlyList<string> Scope(Viewer viewer) => viewer.Unit is { } unit ? [unit] : [];

    /// <summary>What an event is called in Nhật ký: what, whose, on which day, and that it came late where the month was over.</summary>
    public static string Name(EventKind kind, EventDraft draft, DateOnly today)
    {
        var whose = draft.Members.Count > 0 ? string.Join(", ", draft.Members.Take(5)) + (draft.Members.Count > 5 ? $" và {draft.Members.Count - 5} người nữa" : "")
            : draft.Text("member") ?? draft.Text("source") ?? draft.Text("guest") ?? draft.Text("branch") ?? draft.Text("unit");
        var day = draft.Text("date") is { } typed ? TypedDay.Read(typed, today).Day : null;
        return $"{kind.Caption}{(whose is null ? "" : $": {whose}")}{(day is { } on ? $", ngày {Vietnamese.Day(on)}" : "")}{(IsLate(day, today) ? " (ghi muộn)" : "")}";
    }

    /// <summary>The month of the event was over when it was entered: a report of that month may have been made without it.</summary>
    public static bool IsLate(DateOnly? day, DateOnly today) => day is { } on && new DateOnly(on.Year, on.Month, 1) < new DateOnly(today.Year, today.Month, 1);
}
