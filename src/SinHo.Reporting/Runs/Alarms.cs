using Dapper;
using Npgsql;
using SinHo.Reporting.Words;

namespace SinHo.Reporting.Runs;

/// <summary>Something that somebody must look at.</summary>
/// <param name="Code">Machine name: "tick", "overdue", "failed", "disk", "backup", "proof", "standby", "server", "database".</param>
/// <param name="Sentence">What is the matter and what to do.</param>
public sealed record Alarm(string Code, string Sentence)
{
    public static Alarm DatabaseAway { get; } = new("database", "Không kết nối được cơ sở dữ liệu; hãy xem PostgreSQL còn chạy không.");

    /// <summary>The matter in two or three words.</summary>
    public string Caption => Code switch
    {
        "tick" => "việc nền không chạy",
        "overdue" => "báo cáo quá hạn",
        "failed" => "việc không làm được",
        "disk" => "ổ đĩa sắp đầy",
        "backup" => "sao lưu",
        "proof" => "kiểm chứng sao lưu",
        "standby" => "bản sao",
        "server" => "PostgreSQL đã dừng",
        _ => "cơ sở dữ liệu",
    };
}

/// <summary>Asks everything that may be wrong with the service; used by the page, by /health/ready and by `sinho status` alike.</summary>
/// <param name="folders">Folders whose disks must not fill up, beside those that schedules write to.</param>
public sealed class Alarms(NpgsqlDataSource database, TimeProvider clock, IReadOnlyList<string> folders)
{
    /// <summary>The bell rings each minute; somebody must notice well within the hour.</summary>
    private static readonly TimeSpan TickLate = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan BackupOld = TimeSpan.FromDays(8);

    private static readonly TimeSpan ProofOld = TimeSpan.FromDays(15);

    /// <summary>Free space of a disk below which it counts as nearly full.</summary>
    public long LeastFreeBytes { get; init; } = 1L << 30;

    /// <summary>Connection strings of the hosts that readers are sent to, one each.</summary>
    public IReadOnlyList<string> Standbys { get; init; } = [];

    /// <returns>Empty when all is well.</returns>
    public async Task<IReadOnlyList<Alarm>> AskAsync(CancellationToken cancel)
    {
        await using var connection = await database.OpenConnectionAsync(cancel);
        return
        [
            .. await TickAsync(connection, cancel),
            .. await OverdueAsync(connection, cancel),
            .. await FailedAsync(connection, cancel),
            .. await DisksAsync(connection, cancel),
            .. await BackupAsync(connection, cancel),
            .. await ProofAsync(connection, cancel),
            .. (await Task.WhenAll(Standbys.Select(standby => StandbyState.AskAsync(standby, cancel)))).Select(standby => standby.Fault).OfType<string>().Select(fault => new Alarm("standby", fault)),
        ];
    }

    private static async Task<IEnumerable<Alarm>> TickAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        var (age, isWanted) = await connection.QuerySingleAsync<(TimeSpan?, bool)>(new CommandDefinition(
            "select clock_timestamp() - max(ticked_at), exists (select from schedule where active) from tick", cancellationToken: cancel));
        return age switch
        {
            null when isWanted => [new("tick", "Có lịch xuất nhưng chưa máy nào làm việc; hãy chạy dịch vụ: sinho serve (hoặc thêm sinho serve --role worker).")],
            { } late when late > TickLate => [new("tick", $"Nhịp kiểm tra lịch xuất đã ngừng {Long(late)}; hãy xem dịch vụ làm việc (sinho serve) còn chạy không và khởi động lại.")],
            _ => [],
        };
    }

    private async Task<IEnumerable<Alarm>> OverdueAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        // Reports of a day are made as it begins; one hour is enough even for many.
        var late = (await connection.QueryAsync<(string Report, string Unit, string Period, DateOnly DueOn, string? Error)>(new CommandDefinition("""
            select obligation.report, unit::text, period_name, due_on, error
            from obligation
            join schedule using (schedule_id)
            where active and due_on <= @day and state <> 'done'
                -- What a new schedule makes due for the past has its hour too.
                and (schedule.created_at < clock_timestamp() - interval '1 hour' or state = 'failed')
            order by due_on, obligation_id
            """, new { day = Vietnamese.Today(clock.GetUtcNow() - TimeSpan.FromHours(1)) }, cancellationToken: cancel))).AsList();
        return late.Count == 0 ? [] :
        [
            new("overdue", $"{Vietnamese.Number(late.Count)} báo cáo đến hạn chưa có: {string.Join("; ", late.Take(3).Select(one => $"{one.Report} {one.Unit} {one.Period} (hạn {Vietnamese.Day(one.DueOn)})"))}"
                + $"{(late.Count > 3 ? "…" : "")}. {late.Select(one => one.Error).FirstOrDefault(error => error is not null) ?? "Hãy mở Lịch xuất để xem lý do."}"),
        ];
    }

    private static async Task<IEnumerable<Alarm>> FailedAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        var failed = await Jobs.FailedAsync(connection, cancel);
        return failed.Count == 0 ? [] :
        [
            new("failed", $"{Vietnamese.Number(failed.Count)} việc không làm được; gần nhất: {failed[0].Error} "
                + "Xử lý xong, hãy làm lại việc đó, hoặc chạy sinho status --acknowledge để thôi nhắc."),
        ];
    }

    private async Task<IEnumerable<Alarm>> DisksAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        var written = await connection.QueryAsync<string>(new CommandDefinition("select distinct folder from schedule where active", cancellationToken: cancel));
        return folders.Concat(written).Append(Path.GetTempPath()).Distinct().Where(Directory.Exists)
            .Select(folder => (Folder: folder, Free: new DriveInfo(folder).AvailableFreeSpace))
            .Where(disk => disk.Free < LeastFreeBytes)
            .Select(disk => new Alarm("disk", $"Ổ đĩa chứa {disk.Folder} chỉ còn {Vietnamese.Number(disk.Free >> 20)} MB; hãy giải phóng dung lượng trước khi ổ đĩa đầy."));
    }

    /// <summary>A register whose oldest import is young needs no backup yet.</summary>
    private static async Task<IEnumerable<Alarm>> BackupAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        var held = await connection.ExecuteScalarAsync<TimeSpan?>(new CommandDefinition(
            "select clock_timestamp() - min(at) from import_run where exists (select from org)", cancellationToken: cancel));
        var (age, failure) = await connection.QuerySingleAsync<(TimeSpan?, string?)>(new CommandDefinition("""
            select
                (select clock_timestamp() - max(finished_at) from backup_run where outcome = 'done'),
                (select error from backup_run order by backup_id desc limit 1)
            """, cancellationToken: cancel));
        if (failure is not null)
            return [new("backup", $"Lần sao lưu gần nhất không thành: {failure} Hãy xử lý; mỗi giờ chương trình tự làm lại, hoặc chạy sinho backup.")];
        return held is null || held < BackupOld || age < BackupOld ? [] :
        [
            new("backup", age is { } old
                ? $"Bản sao lưu gần nhất đã {Long(old)}; hãy chạy sinho backup FILE và xem vì sao việc sao lưu hằng ngày không chạy."
                : "Sổ đăng ký chưa từng được sao lưu; hãy chạy sinho backup FILE và cất tệp ở máy khác."),
        ];
    }

    /// <summary>A backup that nobody has seen restored is a hope.</summary>
    private static async Task<IEnumerable<Alarm>> ProofAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        var (fault, unproven) = await connection.QuerySingleAsync<(string?, TimeSpan?)>(new CommandDefinition("""
            select
                (select case outcome when 'fault' then detail end from restore_proof order by proof_id desc limit 1),
                (select clock_timestamp() - coalesce((select max(finished_at) from restore_proof), min(finished_at)) from backup_run where kind = 'daily')
            """, cancellationToken: cancel));
        if (fault is not null)
            return [new("proof", $"Kiểm chứng sao lưu không đạt: {fault} Hãy giữ các bản sao lưu cũ, tìm nguyên nhân, rồi chạy sinho prove-backup để kiểm chứng lại.")];
        return unproven is { } age && age > ProofOld
            ? [new("proof", $"Chưa kiểm chứng bản sao lưu nào trong {Long(age)}; hãy chạy sinho prove-backup và xem dịch vụ làm việc còn chạy không.")]
            : [];
    }

    private static string Long(TimeSpan time) => time switch
    {
        { TotalHours: < 2 } => $"{Vietnamese.Number((long)time.TotalMinutes)} phút",
        { TotalDays: < 2 } => $"{Vietnamese.Number((long)time.TotalHours)} giờ",
        _ => $"{Vietnamese.Number((long)time.TotalDays)} ngày",
    };
}
