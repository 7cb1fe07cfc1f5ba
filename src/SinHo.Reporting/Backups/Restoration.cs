using Dapper;
using Npgsql;
using SinHo.Reporting.Catalog;
using SinHo.Reporting.Facts;
using SinHo.Reporting.Servers;

namespace SinHo.Reporting.Backups;

/// <param name="Safety">What the database held before, backed up; null where it held nothing.</param>
/// <param name="Members">Members in the restored register.</param>
public sealed record Restored(BackupFile? Safety, long Members, long Organisations);

/// <summary>
/// Puts a backup in the place of a database: into a fresh one beside it, judged there, then swapped by name. Whatever fails before the swap,
/// a kill included, leaves the old database as it was.
/// </summary>
/// <param name="sqlFolder">The folder sql/ of the program.</param>
public sealed class Restoration(string connectionString, Definitions definitions, string sqlFolder, IProgress<JobStep>? progress)
{
    private readonly string connectionString = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString;

    /// <summary>Refuses a file that will not be restored, before anything else is looked at or begun.</summary>
    /// <exception cref="BackupException">It is no backup, was damaged, or bears no whole seal.</exception>
    public static Task JudgeAsync(string file, bool isUnsealed, CancellationToken cancel) =>
        BackupArchive.JudgeSealAsync(Path.GetFullPath(file), isUnsealed, cancel);

    /// <param name="safety">Where the present contents are backed up first; null refuses a database that holds anything.</param>
    /// <param name="isUnsealed">Whether a file without a whole seal is taken; one that is damaged never is.</param>
    /// <exception cref="BackupException">The file is refused, the database is in use or not empty, or the restored one is at fault.</exception>
    public async Task<Restored> RunAsync(string file, string? safety, CancellationToken cancel, bool isUnsealed = false)
    {
        var client = await PostgresClient.FindAsync(connectionString, progress, cancel);
        progress?.Report(new("Đọc bản sao lưu"));
        var archive = await BackupArchive.ReadAsync(client, Path.GetFullPath(file), isUnsealed, cancel);
        archive.RefuseNewer(sqlFolder);
        await using var scratch = await ScratchDatabase.CreateAsync(connectionString, "restore", cancel);
        if (await scratch.InUseAsync() is { } used)
            throw used;
        BackupFile? before = null;
        await using (var guard = await StillAsync(cancel))
        {
            if (await HoldsAnythingAsync(guard, cancel))
            {
                if (safety is null)
                {
                    throw new BackupException(
                        "Cơ sở dữ liệu đang có dữ liệu; nếu muốn thay bằng bản sao lưu, hãy chạy lại với --replace (dữ liệu hiện có được sao lưu trước).", BackupFault.Refused);
                }
                progress?.Report(new("Sao lưu dữ liệu hiện có"));
                before = await BackupFile.WriteAsync(connectionString, safety, progress, cancel);
            }
            await FillAsync(client, archive, scratch, cancel);
            cancel.ThrowIfCancellationRequested();
        }
        await scratch.TakePlaceAsync();
        return new(before, archive.Rows.GetValueOrDefault("member"), archive.Rows.GetValueOrDefault("org"));
    }

    /// <summary>Restores into the scratch database and judges it.</summary>
    /// <exception cref="BackupException">It could not be restored whole, or what came back is at fault.</exception>
    internal async Task FillAsync(PostgresClient client, BackupArchive archive, ScratchDatabase scratch, CancellationToken cancel)
    {
        await scratch.EnsureRolesAsync(archive.Roles);
        await client.RestoreAsync(archive.Path, scratch.Name, progress, cancel);
        await CountAsync(archive, scratch, cancel);
        await Migrator.ForgetFunctionsAsync(scratch.ConnectionString, cancel);
        await Migrator.UpgradeAsync(scratch.ConnectionString, sqlFolder, cancel);
        progress?.Report(new("Kiểm tra dữ liệu đã khôi phục"));
        await using var database = NpgsqlDataSource.Create(scratch.ConnectionString);
        var faults = await DefinitionCheck.RunAsync(database, definitions, cancel);
        if (faults.Count > 0)
            throw new BackupException($"Dữ liệu trong bản sao lưu có {faults.Count} lỗi, ví dụ: {faults[0]} Dữ liệu đang dùng còn nguyên.");
    }

    /// <summary>Every table holds as many rows as the file does.</summary>
    private static async Task CountAsync(BackupArchive archive, ScratchDatabase scratch, CancellationToken cancel)
    {
        await using var connection = new NpgsqlConnection(scratch.ConnectionString);
        await connection.OpenAsync(cancel);
        foreach (var (table, rows) in archive.Rows)
        {
            var restored = await connection.ExecuteScalarAsync<long>(
                new CommandDefinition($"select count(*) from public.\"{table}\"", commandTimeout: 0, cancellationToken: cancel));
            if (restored != rows)
                throw new BackupException($"Bảng {table} khôi phục được {restored} dòng, bản sao lưu có {rows} dòng. Dữ liệu đang dùng còn nguyên.");
        }
    }

    /// <summary>A session under which nobody writes to the database: what came in after the safety backup would be lost.</summary>
    private async Task<NpgsqlConnection> StillAsync(CancellationToken cancel)
    {
        var guard = new NpgsqlConnection(connectionString);
        await guard.OpenAsync(cancel);
        await guard.ExecuteAsync("""
            begin;
            do $$
            declare
                tables text;
            begin
                set local lock_timeout = '10s';
                select string_agg(format('public.%I', tablename), ', ') into tables from pg_tables where schemaname = 'public';
                if tables is not null then
                    execute 'lock table ' || tables || ' in share mode';
                end if;
            end $$;
            """);
        return guard;
    }

    /// <summary>Whether anything was ever entered: a register that was only just made holds the program's own rows alone.</summary>
    private static async Task<bool> HoldsAnythingAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        foreach (var table in (string[])["org", "member", "trail", "issued_report", "stored_file", "account"])
        {
            var query = new CommandDefinition("select to_regclass(@table) is not null", new { table = $"public.{table}" }, cancellationToken: cancel);
            if (await connection.ExecuteScalarAsync<bool>(query)
                && await connection.ExecuteScalarAsync<bool>(new CommandDefinition($"select exists (select from public.{table})", cancellationToken: cancel)))
                return true;
        }
        return false;
    }
}
