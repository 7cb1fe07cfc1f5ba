using System.Text.Json;
using Dapper;
using Npgsql;

namespace SinHo.Reporting.Exchange;

/// <summary>A workbook that went into the register.</summary>
/// <param name="Reason">Null where nobody said why.</param>
public sealed record PastImport(long ImportId, DateTimeOffset At, string By, string FileName, string? Reason, IReadOnlyList<SheetOutcome> Sheets)
{
    /// <summary>Rows added, changed and removed.</summary>
    public (int Added, int Changed, int Removed) Rows =>
        (Sheets.Sum(sheet => sheet.Added), Sheets.Sum(sheet => sheet.Changed), Sheets.Sum(sheet => sheet.Removed));
}

/// <summary>The imports so far.</summary>
public sealed class ImportHistory(NpgsqlDataSource database)
{
    /// <summary>For which unit an import was written; null for the whole register, and where there is no such import.</summary>
    public async Task<string?> UnitAsync(long import, CancellationToken cancel)
    {
        await using var connection = await database.OpenToLookAsync(cancel);
        return await connection.ExecuteScalarAsync<string?>(new CommandDefinition("select unit::text from import_run where import_id = @import", new { import }, cancellationToken: cancel));
    }

    /// <summary>The newest first.</summary>
    /// <param name="unit">Only those written for it; null for all.</param>
    public async Task<IReadOnlyList<PastImport>> ListAsync(int most, CancellationToken cancel, string? unit = null)
    {
        await using var connection = await database.OpenToLookAsync(cancel);
        var rows = await connection.QueryAsync<(long Id, DateTime At, string By, string FileName, string? Reason, string Outcome)>(new CommandDefinition(
            "select import_id, at, by, file_name, reason, outcome::text from import_run where @unit::text is null or unit = @unit order by import_id desc limit @most", new { most, unit }, cancellationToken: cancel));
        return
        [
            .. rows.Select(row => new PastImport(
                row.Id, new(row.At, TimeSpan.Zero), row.By, row.FileName, row.Reason, JsonSerializer.Deserialize<List<SheetOutcome>>(row.Outcome)!)),
        ];
    }
}
