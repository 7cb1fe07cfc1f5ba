using Dapper;
using Npgsql;
using SinHo.Reporting.Exchange;
using SinHo.Reporting.Register;

namespace SinHo.Reporting.Events;

/// <summary>Why rows were written, as the events that wrote them say it.</summary>
internal sealed class EventReasons
{
    private readonly List<(string Table, string Key, string Reason)> rows = [];

    public EventReasons(IReadOnlyList<EventEntry> entries, IEnumerable<(SheetDefinition Sheet, IEnumerable<WorkedRow> Rows)> changed)
    {
        var said = entries.Where(entry => entry.Why is not null).ToDictionary(entry => entry.Place, entry => entry.Why!);
        Whole = said.Count == 0 ? null : string.Join("; ", said.Values.Distinct(StringComparer.Ordinal));
        foreach (var row in changed.SelectMany(sheet => sheet.Rows))
        {
            if (said.TryGetValue(row.Cause!, out var reason))
                rows.Add((row.Sheet.Table, row.Json(keyOnly: true), reason));
        }
    }

    /// <summary>The reasons of all events, for the import as a whole; null where none gives one.</summary>
    public string? Whole { get; }

    /// <summary>Keeps them with the import that wrote the rows.</summary>
    public async Task WriteAsync(NpgsqlTransaction transaction, long import)
    {
        foreach (var (table, key, reason) in rows)
        {
            await transaction.Connection!.ExecuteAsync(
                "insert into entry_reason (import_id, table_name, key, reason) values (@import, @table, @key::jsonb, @reason)", new { import, table, key, reason }, transaction);
        }
    }
}
