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
    /// <summary>The newest first.</summary>
    public async Task<IReadOnlyList<PastImport>> ListAsync(int most, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var rows = await connection.QueryAsync<(long Id, DateTime At, string By, string FileName, string? Reason, string Outcome)>(new CommandDefinition(
            "select import_id, at, by, file_name, reason, outcome::text from import_run order by import_id desc limit @most", new { most }, cancellationToken: cancel));
        return
        [
            .. rows.Select(row => new PastImport(
                row.Id, new(row.At, TimeSpan.Zero), row.By, row.FileName, row.Reason, JsonSerializer.Deserialize<List<SheetOutcome>>(row.Outcome)!)),
        ];
    }
}
