using System.Text.Json;
using Dapper;
using Npgsql;

namespace SinHo.Reporting.Exchange;

/// <summary>How lists of a layout were read the last time. The mapping tells of columns and words, never of people.</summary>
public sealed class KnownLayouts(NpgsqlDataSource database)
{
    /// <returns>Null where the layout is new.</returns>
    public async Task<LayoutMapping?> FindAsync(OwnLayout layout, CancellationToken cancel)
    {
        await using var connection = await database.OpenToLookAsync(cancel);
        return await connection.ExecuteScalarAsync<string?>(new CommandDefinition("select mapping::text from own_layout where layout = @Key", new { layout.Key }, cancellationToken: cancel)) is { } kept
            ? JsonSerializer.Deserialize<LayoutMapping>(kept, JsonSerializerOptions.Web)
            : null;
    }

    /// <param name="by">The account that mapped it.</param>
    public async Task KeepAsync(OwnLayout layout, LayoutMapping mapping, string by, CancellationToken cancel)
    {
        // Only columns with closed lists of values have values to be kept.
        var kept = mapping with { Values = mapping.Values.Where(pair => mapping.Targets.TryGetValue(pair.Key, out var target) && OwnLayout.WordsOf(target) is not null).ToDictionary(pair => pair.Key, pair => pair.Value) };
        await using var connection = await database.OpenAsync(cancel);
        await connection.ExecuteAsync(new CommandDefinition("""
            insert into own_layout (layout, mapping, set_by) values (@Key, @mapping::jsonb, @by)
            on conflict (layout) do update set mapping = excluded.mapping, set_by = excluded.set_by, set_at = now()
            """, new { layout.Key, mapping = JsonSerializer.Serialize(kept, JsonSerializerOptions.Web), by }, cancellationToken: cancel));
    }
}
