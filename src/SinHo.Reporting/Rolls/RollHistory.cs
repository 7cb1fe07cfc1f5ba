using Dapper;
using Npgsql;
using SinHo.Reporting.Exchange;

namespace SinHo.Reporting.Rolls;

/// <summary>A list that was written, and what came of it.</summary>
/// <param name="File">The stored file; null where it was written elsewhere.</param>
/// <param name="Import">The import that took it; null while none did, or where that was given back.</param>
public sealed record PastRoll(long Number, string Unit, string UnitName, DateOnly Day, DateTimeOffset At, string By, int People, Guid? File, long? Import, DateTimeOffset? TakenAt, RollReport? Report);

/// <summary>The lists so far.</summary>
public sealed class RollHistory(NpgsqlDataSource database)
{
    /// <summary>The newest first.</summary>
    public async Task<IReadOnlyList<PastRoll>> ListAsync(int most, CancellationToken cancel)
    {
        await using var connection = await database.OpenToLookAsync(cancel);
        var rows = (await connection.QueryAsync<Row>(new CommandDefinition("""
            select roll.roll_id as Number, roll.unit::text as Unit,
                coalesce((select name from org_version where code = roll.unit and valid_from <= roll.day order by valid_from desc limit 1), roll.unit) as UnitName,
                roll.day as Day, roll.at as At, roll.by as By, roll.people as People, roll.file_id as File,
                taken.import_id as Import, run.at as TakenAt, taken.agreed as Agreed, taken.corrected as Corrected, taken.added as Added, taken.struck as Struck, taken.left_out as LeftOut
            from roll
            left join roll_taken as taken using (roll_id)
            left join import_run as run using (import_id)
            order by roll.roll_id desc, taken.import_id desc
            limit @most
            """, new { most }, cancellationToken: cancel))).AsList();
        var shown = new List<PastRoll>();
        foreach (var row in rows)
        {
            var isTaken = row.Import is { } import && !await GivenBack.IsGivenBackAsync(connection, import, long.MaxValue, cancel);
            var past = new PastRoll(row.Number, row.Unit, row.UnitName, row.Day, new(row.At, TimeSpan.Zero), row.By, row.People, row.File,
                isTaken ? row.Import : null, isTaken ? new(row.TakenAt!.Value, TimeSpan.Zero) : null,
                isTaken ? new(row.Unit, row.Number, row.Day, row.Agreed!.Value, row.Corrected!.Value, row.Added!.Value, row.Struck!.Value, row.LeftOut!.Value) : null);
            // A list that was given back and taken again has two rows: the one in force speaks.
            if (shown.FindIndex(one => one.Number == row.Number) is var at and >= 0)
                shown[at] = isTaken ? past : shown[at];
            else
                shown.Add(past);
        }
        return shown;
    }

    /// <summary>Whether a stored file is a list.</summary>
    public async Task<bool> HasFileAsync(Guid file, CancellationToken cancel)
    {
        await using var connection = await database.OpenToLookAsync(cancel);
        return await connection.ExecuteScalarAsync<bool>(new CommandDefinition("select exists (select from roll where file_id = @file)", new { file }, cancellationToken: cancel));
    }

    private sealed record Row(
        long Number, string Unit, string UnitName, DateOnly Day, DateTime At, string By, int People, Guid? File, long? Import, DateTime? TakenAt,
        int? Agreed, int? Corrected, int? Added, int? Struck, int? LeftOut);
}
