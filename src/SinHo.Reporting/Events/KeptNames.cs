using System.Text.Json.Nodes;
using Dapper;
using Npgsql;
using SinHo.Reporting.Register;
using SinHo.Reporting.Words;

namespace SinHo.Reporting.Events;

/// <summary>Names that one table alone holds (kept_name), in events that are to be kept.</summary>
internal static class KeptNames
{
    /// <summary>The events with tokens in the place of such names.</summary>
    /// <param name="events">EVENTS.json, as a form writes it.</param>
    public static async Task<string> HideAsync(NpgsqlTransaction transaction, byte[] events, CancellationToken cancel)
    {
        var file = JsonNode.Parse(events)!;
        foreach (var entry in file["entries"]!.AsArray().OfType<JsonObject>())
        {
            var kind = EventKind.Of((string)entry["event"]!);
            foreach (var field in kind.Fields.Where(field => field.Column is { IsKeptName: true }))
                await HideAsync(entry, field.Name);
            if ((string?)entry["sheet"] is { } named && entry["set"] is JsonObject set && ExchangeWorkbook.Sheets.FirstOrDefault(sheet => Matching.Key(sheet.Name) == Matching.Key(named)) is { } sheet)
            {
                foreach (var caption in set.Select(pair => pair.Key).Where(caption => sheet.Columns.Any(column => column.IsKeptName && Matching.Key(column.Caption) == Matching.Key(caption))).ToList())
                    await HideAsync(set, caption);
            }
        }
        return file.ToJsonString();

        async Task HideAsync(JsonObject holder, string key)
        {
            if (holder[key] is JsonValue value && value.TryGetValue<string>(out var name))
                holder[key] = await transaction.Connection!.ExecuteScalarAsync<string>(new CommandDefinition("select keep_name(@name)", new { name }, transaction, cancellationToken: cancel));
        }
    }
}
