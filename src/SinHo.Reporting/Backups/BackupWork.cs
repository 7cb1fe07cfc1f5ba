using Dapper;
using Npgsql;
using SinHo.Reporting.Catalog;
using SinHo.Reporting.Runs;
using SinHo.Reporting.Words;

namespace SinHo.Reporting.Backups;

public enum BackupKind
{
    Manual,
    Daily,
    BeforeRestore,
}

/// <summary>What backups need to know of the program that makes them.</summary>
/// <param name="ConnectionString">The database, password included.</param>
/// <param name="ProgramFolder">Where sql/ and reports/ lie.</param>
/// <param name="Folder">Where automatic backups go; null for none.</param>
public sealed record BackupSettings(string ConnectionString, string ProgramFolder, string? Folder);

/// <summary>
/// Backups and their proofs, each written down in backup_run and restore_proof. A worker asks now and then whether something is due: a backup
/// every day after 01:30, a proof every week. One worker at a time does it.
/// </summary>
public sealed class BackupWork(NpgsqlDataSource database, Definitions definitions, BackupSettings settings, TimeProvider clock)
{
    /// <summary>Kind of the job that does what is due.</summary>
    public const string Kind = "backup";

    private const long Lock = 0x53494E4857;

    /// <summary>Vietnamese time of day from which the backup of the day is due.</summary>
    private static readonly TimeSpan DueAt = new(1, 30, 0);

    private static readonly TimeSpan BetweenProofs = TimeSpan.FromDays(7);

    /// <summary>Before what failed is tried again.</summary>
    private static readonly TimeSpan RetryBackup = TimeSpan.FromHours(1);

    private static readonly TimeSpan RetryProof = TimeSpan.FromDays(1);

    /// <summary>Does what is due; nothing when another worker is at it.</summary>
    public async Task RunDueAsync(IProgress<JobStep>? progress, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        if (!await connection.ExecuteScalarAsync<bool>("select pg_try_advisory_lock(@Lock)", new { Lock }))
            return;
        try
        {
            if (await IsBackupDueAsync(cancel))
                await DailyAsync(progress, cancel);
            if (await IsProofDueAsync(cancel))
                await ProveAsync(progress, cancel);
        }
        finally
        {
            await connection.ExecuteAsync("select pg_advisory_unlock(@Lock)", new { Lock });
        }
    }

    /// <summary>Asks for a job when something is due; one that waits or runs is joined.</summary>
    public async Task SubmitDueAsync(Jobs jobs, CancellationToken cancel)
    {
        if (await IsDueAsync(cancel))
            await jobs.SubmitAsync(new(Kind, Kind, new { }, null, "sinho"), cancel);
    }

    /// <summary>Work of kind "backup".</summary>
    public async Task DoAsync(JobHold hold)
    {
        await RunDueAsync(hold, hold.Cancel);
        await hold.FinishAsync(null, null, null);
    }

    public async Task<bool> IsDueAsync(CancellationToken cancel) => await IsBackupDueAsync(cancel) || await IsProofDueAsync(cancel);

    /// <summary>Writes a backup and the line about it.</summary>
    /// <exception cref="BackupException">It could not be written; that is written down too.</exception>
    public async Task<BackupFile> BackUpAsync(string path, BackupKind kind, IProgress<JobStep>? progress, CancellationToken cancel)
    {
        var started = clock.GetUtcNow();
        try
        {
            var file = await BackupFile.WriteAsync(settings.ConnectionString, path, progress, cancel);
            await NoteAsync(kind, started, file.Path, file, null);
            return file;
        }
        catch (Exception problem) when (problem is not OperationCanceledException and not NpgsqlException)
        {
            await NoteAsync(kind, started, Path.GetFullPath(path), null, problem.Message);
            throw;
        }
    }

    /// <summary>The backup of the day; what is older than <see cref="Retention"/> says goes once it is whole.</summary>
    /// <exception cref="BackupException">It could not be written; that is written down too.</exception>
    public async Task<BackupFile> DailyAsync(IProgress<JobStep>? progress, CancellationToken cancel)
    {
        var folder = settings.Folder ?? throw new BackupException(
            "Chưa có thư mục sao lưu tự động: hãy nêu tên tệp (sinho backup FILE) hoặc đặt biến SINHO_BACKUPS.", BackupFault.Refused);
        var path = Path.Combine(folder, Retention.NameAt(clock.GetUtcNow()));
        MakeFolder(folder);
        // A backup holds no name longer than the register does.
        await ScalarAsync<long>("select purge_kept_names()", cancel);
        var made = await BackUpAsync(path, BackupKind.Daily, progress, cancel);
        var proven = await ScalarAsync<string?>("""
            select file from restore_proof join backup_run using (backup_id) where restore_proof.outcome = 'proven' order by proof_id desc limit 1
            """, cancel);
        foreach (var old in Retention.Expired(Directory.GetFiles(folder), proven))
            File.Delete(old);
        foreach (var half in Directory.GetFiles(folder, "sinho-*.backup.part"))
            File.Delete(half);
        return made;
    }

    /// <summary>Restores the newest backup on trial and writes down what it showed.</summary>
    public async Task<ProofOutcome> ProveAsync(IProgress<JobStep>? progress, CancellationToken cancel)
    {
        var started = clock.GetUtcNow();
        var newest = await NewestAsync(cancel);
        var outcome = newest is null
            ? new ProofOutcome(false, 0, 0, 0, "Chưa có bản sao lưu nào để kiểm chứng; hãy chạy `sinho backup`.")
            : newest.Machine != Environment.MachineName && !File.Exists(newest.File)
            ? new ProofOutcome(
                false, 0, 0, 0, $"Bản sao lưu mới nhất ở máy {newest.Machine} ({newest.File}), máy này không đọc được; hãy đặt SINHO_BACKUPS là một thư mục chung.")
            : await new BackupProof(settings.ConnectionString, definitions, settings.ProgramFolder, progress).RunAsync(newest.File, newest.Sha256, cancel);
        await using var connection = await database.OpenAsync(CancellationToken.None);
        await connection.ExecuteAsync("""
            insert into restore_proof (backup_id, started_at, finished_at, compared, moved_on, differing, outcome, detail)
            values (@id, @started, @finished, @Compared, @MovedOn, @Differing, @said, @Detail)
            """, new
        {
            id = newest?.BackupId,
            started,
            finished = clock.GetUtcNow(),
            outcome.Compared,
            outcome.MovedOn,
            outcome.Differing,
            said = outcome.Proven ? "proven" : "fault",
            outcome.Detail,
        });
        return outcome;
    }

    /// <summary>Writes down what was backed up before a restore, in the restored database.</summary>
    public Task NoteSafetyAsync(BackupFile file) => NoteAsync(BackupKind.BeforeRestore, clock.GetUtcNow(), file.Path, file, null);

    private async Task<bool> IsBackupDueAsync(CancellationToken cancel)
    {
        var now = clock.GetUtcNow().ToOffset(Vietnamese.HoChiMinh);
        var since = new DateTimeOffset(now.Date, now.Offset) + DueAt;
        if (since > now)
            since = since.AddDays(-1);
        // What was entered since will be there tomorrow.
        return settings.Folder is not null && await ScalarAsync<bool>("""
            select exists (select from trail where at < @since)
                and not exists (
                    select from backup_run
                    where kind = 'daily' and (outcome = 'done' and started_at >= @since or outcome = 'failed' and finished_at > @retried))
            """, cancel, new { since = since.ToUniversalTime(), retried = clock.GetUtcNow() - RetryBackup });
    }

    private async Task<bool> IsProofDueAsync(CancellationToken cancel) => await ScalarAsync<bool>("""
        select exists (select from backup_run where outcome = 'done')
            and not exists (
                select from restore_proof
                where finished_at > case outcome when 'proven' then @proven else @retried end)
        """, cancel, new { proven = clock.GetUtcNow() - BetweenProofs, retried = clock.GetUtcNow() - RetryProof });

    private async Task<Made?> NewestAsync(CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var made = await connection.QueryAsync<Made>(new CommandDefinition("""
            select backup_id as BackupId, file as File, sha256 as Sha256, kind = 'daily' as IsDaily, machine as Machine
            from backup_run where outcome = 'done' order by backup_id desc limit 100
            """, cancellationToken: cancel));
        // One made by hand may have been carried away; a daily one that is gone is a fault.
        return made.FirstOrDefault(one => one.IsDaily || File.Exists(one.File));
    }

    private async Task NoteAsync(BackupKind kind, DateTimeOffset started, string path, BackupFile? file, string? error)
    {
        await using var connection = await database.OpenAsync(CancellationToken.None);
        await connection.ExecuteAsync("""
            insert into backup_run (kind, started_at, finished_at, machine, file, sha256, bytes, outcome, error)
            values (@said, @started, @finished, @machine, @path, @Sha256, @Bytes, @outcome, @error)
            """, new
        {
            said = kind switch { BackupKind.Daily => "daily", BackupKind.Manual => "manual", _ => "before_restore" },
            started,
            finished = clock.GetUtcNow(),
            machine = Environment.MachineName,
            path,
            file?.Sha256,
            file?.Bytes,
            outcome = file is null ? "failed" : "done",
            error,
        });
    }

    private static void MakeFolder(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        catch (Exception denied) when (denied is UnauthorizedAccessException or IOException)
        {
            // Writing the backup says so in a sentence, and that is written down.
        }
    }

    private async Task<T?> ScalarAsync<T>(string sql, CancellationToken cancel, object? parameters = null)
    {
        await using var connection = await database.OpenAsync(cancel);
        return await connection.ExecuteScalarAsync<T>(new CommandDefinition(sql, parameters, cancellationToken: cancel));
    }

    private sealed record Made(long BackupId, string File, string Sha256, bool IsDaily, string Machine);
}
