using System.Security.Cryptography;
using Dapper;
using Npgsql;
using SinHo.Reporting.Events;
using SinHo.Reporting.Exchange;
using SinHo.Reporting.Words;

namespace SinHo.Reporting.Host.Web;

/// <summary>Where the forms of events go in: the same door as `sinho record`.</summary>
public sealed class EventDoor(NpgsqlDataSource database, TimeProvider clock)
{
    private const int Tries = 3;

    private readonly RegisterImport import = new(database, Path.Combine(Workplace.Root, "sql", "import"), clock);

    /// <summary>The last import that the register holds: whoever opens a form now has seen what came in until then.</summary>
    public async Task<long> LastImportAsync(CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return await connection.ExecuteScalarAsync<long>(new CommandDefinition("select coalesce(max(import_id), 0) from import_run", cancellationToken: cancel));
    }

    /// <summary>Judges the drafts as one import; they go in where it is no trial and nothing is wrong.</summary>
    /// <param name="name">What the import is called in Nhật ký.</param>
    /// <param name="since">See <see cref="LastImportAsync"/>.</param>
    public async Task<ImportOutcome> RunAsync(
        IReadOnlyList<(EventKind Kind, EventDraft Draft)> drafts, string name, string by, bool isTrial, long? since, CancellationToken cancel)
    {
        var file = EventDraft.File(drafts);
        var request = new ImportRequest(name, Convert.ToHexStringLower(SHA256.HashData(file)), by, isTrial) { WithChanges = true };
        for (var tried = 1; ; tried++)
        {
            try
            {
                using var events = new MemoryStream(file);
                return await EventRecord.RunAsync(database, import, events, request, null, cancel, since);
            }
            catch (RegisterMovedException) when (tried < Tries)
            {
                // Somebody else's import came in between reading and writing: worked out anew, from what stands now.
            }
        }
    }

    /// <summary>What an event is called in Nhật ký: what, whose, on which day, and that it came late where the month was over.</summary>
    public static string Name(EventKind kind, EventDraft draft, DateOnly today)
    {
        var whose = draft.Members.Count > 0 ? string.Join(", ", draft.Members.Take(5)) + (draft.Members.Count > 5 ? $" và {draft.Members.Count - 5} người nữa" : "")
            : draft.Text("member") ?? draft.Text("branch") ?? draft.Text("unit");
        var day = draft.Text("date") is { } typed ? TypedDay.Read(typed, today).Day : null;
        return $"{kind.Caption}{(whose is null ? "" : $": {whose}")}{(day is { } on ? $", ngày {Vietnamese.Day(on)}" : "")}{(IsLate(day, today) ? " (ghi muộn)" : "")}";
    }

    /// <summary>The month of the event was over when it was entered: a report of that month may have been made without it.</summary>
    public static bool IsLate(DateOnly? day, DateOnly today) => day is { } on && new DateOnly(on.Year, on.Month, 1) < new DateOnly(today.Year, today.Month, 1);
}
