using Dapper;
using Npgsql;
using SinHo.Reporting.Register;

namespace SinHo.Reporting.Events;

/// <summary>Two codes that became one person, with all that it did to their rows: parting gives these back.</summary>
/// <param name="Keep">The code that was kept.</param>
/// <param name="IsNew">Of the record that is being worked out; else of an import before.</param>
internal sealed record PeopleMerge(string Keep, string Alias, bool IsNew)
{
    public List<MergedRow> Rows { get; } = [];

    /// <summary>Keeps it with the import that wrote it.</summary>
    public async Task WriteAsync(NpgsqlTransaction transaction, long import)
    {
        foreach (var (place, row) in Rows.Index())
        {
            await transaction.Connection!.ExecuteAsync("""
                insert into merged_row (import_id, alias, member, place, table_name, before, after)
                values (@import, @Alias, @Keep, @place, @Table, @Before::jsonb, @After::jsonb)
                """, new { import, Alias, Keep, place, row.Sheet.Table, row.Before, row.After }, transaction);
        }
    }
}

/// <summary>A row before and after a merge, as the trail keeps rows.</summary>
/// <param name="After">Null where it did not go on.</param>
internal sealed record MergedRow(SheetDefinition Sheet, string Before, string? After);
