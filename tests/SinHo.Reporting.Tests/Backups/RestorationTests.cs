using System.Diagnostics;
using System.Globalization;
using Npgsql;
using SinHo.Reporting.Backups;
using SinHo.Reporting.Catalog;
using SinHo.Reporting.Facts;
using SinHo.Reporting.Runs;
using SinHo.Reporting.Servers;
using SinHo.Reporting.Signing;
using SinHo.Reporting.Tests.Exchange;
using SinHo.Reporting.Tests.Signing;
using SinHo.Reporting.Tests.Support;
using Xunit;

namespace SinHo.Reporting.Tests.Backups;

/// <summary>Backups restored for real, by pg_dump and pg_restore.</summary>
public sealed class RestorationTests(TestCluster cluster) : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Backup => folder.File("sổ.backup");

    private string Safety => folder.File("trước.backup");

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_restored_database_holds_every_row_right_and_policy_of_the_old()
    {
        var origin = await cluster.NewSampleAsync();
        await using (var database = NpgsqlDataSource.Create(origin))
            await IssuedSample.IssueAsync(database, "term", "SH.X03");
        await RunAsync(origin, "create table hangfire.bell (x int)");
        // A restore forgets the names that are to be forgotten, first of all.
        await RunAsync(origin, "select purge_kept_names()");
        var expected = await ContentsAsync(origin);
        var made = await BackupFile.WriteAsync(origin, Backup, null, Cancel);
        Assert.Equal((made.Sha256, new FileInfo(Backup).Length), (await BackupFile.HashAsync(Backup, Cancel), made.Bytes));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Backup));

        var empty = await cluster.NewRegisterAsync();
        var restored = await RestoreAsync(empty, safety: null);

        Assert.Null(restored.Safety);
        Assert.Equal(expected, await ContentsAsync(empty));
        // The bell is not carried along.
        Assert.Equal("", await ListAsync(empty, "select relname::text from pg_class where relnamespace = 'hangfire'::regnamespace"));
        Assert.Equal([Backup], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public async Task A_signed_set_is_known_by_its_files_and_code_on_an_empty_machine()
    {
        var origin = TestRegister.At(await cluster.NewSampleAsync());
        var signed = await ChangesSinceTests.SignAsync(origin, folder, "term", "SH.X03", new(new(2015, 7, 1), new(2020, 6, 30)), "12-BC/ĐU");
        await BackupFile.WriteAsync(origin.ConnectionString, Backup, null, Cancel);
        await origin.DisposeAsync();

        await using var empty = TestRegister.At(await cluster.NewRegisterAsync());
        await RestoreAsync(empty.ConnectionString, safety: null);
        var verifier = new Verifier(empty.Database);
        Assert.Equal(PaperState.Valid, (await verifier.OfCodeAsync(signed.CheckCode, Cancel)).State);
        foreach (var file in await new SignedReports(empty.Database).FilesAsync(signed.SignedId, Cancel))
        {
            var path = folder.File($"{file.Format}.{Path.GetExtension(file.Name).TrimStart('.')}");
            await using (var to = File.Create(path))
                await new StoredFiles(empty.Database).CopyToAsync(file.FileId, to, Cancel);
            Assert.Equal(file.Format == "draft" ? PaperState.Draft : PaperState.Valid, (await verifier.OfFileAsync(await Paper.ReadAsync(path, Cancel), Cancel)).State);
        }
        Assert.Empty((await new ChangesSince(empty.Database, new StatisticsSource(empty.Database), CatalogReader.Read(AppContext.BaseDirectory), AppContext.BaseDirectory).AskAsync(signed, null, Cancel)).Figures);
    }

    [Fact]
    public async Task A_database_with_data_is_replaced_only_on_demand_and_can_be_had_back()
    {
        var origin = await cluster.NewRegisterAsync();
        await BackupFile.WriteAsync(origin, Backup, null, Cancel);
        var (before, target) = await FilledAsync();

        Assert.Contains("--replace", await RefusedAsync(target, safety: null, BackupFault.Refused), StringComparison.Ordinal);
        Assert.Equal(before, await ContentsAsync(target));
        await using (var user = new NpgsqlConnection(target + ";Application Name=psql"))
        {
            await user.OpenAsync(Cancel);
            Assert.Contains("1 phiên làm việc với cơ sở dữ liệu (psql)", await RefusedAsync(target, Safety, BackupFault.Busy), StringComparison.Ordinal);
        }
        Assert.Equal(before, await ContentsAsync(target));

        Assert.NotNull((await RestoreAsync(target, Safety)).Safety);
        Assert.Equal("0", await ListAsync(target, "select count(*)::text from term"));
        File.Move(Safety, Backup, overwrite: true);
        await RestoreAsync(target, Safety);
        Assert.Equal(before, await ContentsAsync(target));
        await NothingIsLeftAsync(target);
    }

    [Theory]
    [InlineData("empty", "không phải là tệp sao lưu của sinho")]
    [InlineData("text", "không phải là tệp sao lưu của sinho")]
    [InlineData("other database", "không còn dấu niêm nguyên vẹn")]
    [InlineData("cut in its list", "không còn dấu niêm nguyên vẹn")]
    [InlineData("cut in its data", "không còn dấu niêm nguyên vẹn")]
    [InlineData("seal cut off", "không còn dấu niêm nguyên vẹn")]
    [InlineData("seal cut short", "không còn dấu niêm nguyên vẹn")]
    [InlineData("seal written on", "không còn dấu niêm nguyên vẹn")]
    [InlineData("byte changed in a function, seal cut short", "SHA-256 không khớp")]
    [InlineData("byte changed in a function, seal written on", "SHA-256 không khớp")]
    [InlineData("byte changed in a function", "SHA-256 không khớp")]
    [InlineData("byte changed in its data", "bị cắt cụt hoặc hỏng")]
    [InlineData("newer", "do một bản mới hơn của chương trình ghi (có bước migrations/9999_future.sql)")]
    [InlineData("missing", "Không có tệp")]
    public async Task A_file_that_is_no_whole_backup_of_ours_is_refused_in_its_own_words(string fault, string says)
    {
        var origin = fault == "other database" ? await cluster.NewDatabaseAsync() : await cluster.NewSampleAsync();
        if (fault == "newer")
            await RunAsync(origin, "insert into schema_version (scriptname, applied) values ('migrations/9999_future.sql', now())");
        if (fault == "other database")
            await DumpAsync(origin);
        else
            await BackupFile.WriteAsync(origin, Backup, null, Cancel);
        foreach (var one in fault.Split(", "))
            Spoil(one);
        var (before, target) = await FilledAsync();

        Assert.Contains(says, await RefusedAsync(target, Safety, BackupFault.Refused), StringComparison.Ordinal);

        Assert.Equal(before, await ContentsAsync(target));
        Assert.False(File.Exists(Safety));
        await NothingIsLeftAsync(target);
    }

    [Theory]
    [InlineData("seal cut off", null)]
    [InlineData("seal cut short", null)]
    [InlineData("seal written on", null)]
    [InlineData("other database", "bản sao lưu của một cơ sở dữ liệu khác")]
    [InlineData("cut in its list", "bị cắt cụt hoặc hỏng")]
    [InlineData("cut in its data", "bị cắt cụt hoặc hỏng")]
    [InlineData("byte changed in a function, seal written on", "SHA-256 không khớp")]
    public async Task On_demand_a_file_without_a_whole_seal_is_restored_unless_it_is_damaged(string fault, string? says)
    {
        var origin = fault == "other database" ? await cluster.NewDatabaseAsync() : await cluster.NewSampleAsync();
        if (fault == "other database")
            await DumpAsync(origin);
        else
            await BackupFile.WriteAsync(origin, Backup, null, Cancel);
        foreach (var one in fault.Split(", "))
            Spoil(one);
        var target = await cluster.NewRegisterAsync();
        var before = await ContentsAsync(target);
        if (says is null)
        {
            Assert.True((await Restoration(target).RunAsync(Backup, null, Cancel, isUnsealed: true)).Members > 0);
            return;
        }
        var refused = await Assert.ThrowsAsync<BackupException>(() => Restoration(target).RunAsync(Backup, null, Cancel, isUnsealed: true));
        Assert.Contains(says, refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, await ContentsAsync(target));
        await NothingIsLeftAsync(target);
    }

    [Fact]
    public async Task A_restore_that_is_killed_leaves_the_old_database_and_the_next_clears_up()
    {
        var origin = await cluster.NewSampleAsync();
        await BackupFile.WriteAsync(origin, Backup, null, Cancel);
        var (before, target) = await FilledAsync();
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "sinho"), ["restore", Backup, "--replace"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["SINHO_DATABASE"] = target;
        start.Environment["SINHO_BACKUPS"] = folder.Path;
        using (var restore = Process.Start(start)!)
        {
            while (!await HasScratchTablesAsync(target))
                Assert.False(restore.WaitForExit(5), "The restore ended before it could be killed.");
            restore.Kill();
            await restore.WaitForExitAsync(Cancel);
        }

        Assert.Equal(before, await ContentsAsync(target));
        await RestoreAsync(target, Safety);
        Assert.NotEqual(before, await ContentsAsync(target));
        await NothingIsLeftAsync(target);
    }

    [Fact]
    public async Task A_backup_that_is_stopped_or_cannot_be_written_leaves_nothing()
    {
        var origin = await cluster.NewSampleAsync();
        using var stop = new CancellationTokenSource();
        var stopAtFirstTable = new Heard(_ => stop.Cancel());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => BackupFile.WriteAsync(origin, Backup, stopAtFirstTable, stop.Token));
        Assert.Empty(Directory.GetFiles(folder.Path));

        var lost = await Assert.ThrowsAsync<BackupException>(() => BackupFile.WriteAsync(origin, folder.File("không có/sổ.backup"), null, Cancel));
        Assert.Contains("Không có thư mục", lost.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_full_or_closed_disk_is_named_and_keeps_the_older_backup_as_it_was()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "mounting a small disk needs root");
        var origin = await cluster.NewSampleAsync();
        await Shell.RunAsync($"mount -t tmpfs -o size=256k none {folder.Path}");
        try
        {
            await File.WriteAllTextAsync(Backup, "bản cũ", Cancel);
            await SaysAsync($"vào thư mục {folder.Path}: ổ đĩa đã đầy; hãy giải phóng dung lượng");
            await Shell.RunAsync($"mount -o remount,ro,size=64m {folder.Path}");
            await SaysAsync($"Không ghi được vào thư mục sao lưu {folder.Path}");
            await Shell.RunAsync($"mount -o remount,rw {folder.Path}");
            await BackupFile.WriteAsync(origin, Backup, null, Cancel);
        }
        finally
        {
            await Shell.RunAsync($"umount {folder.Path}");
        }

        async Task SaysAsync(string says)
        {
            var failed = await Assert.ThrowsAsync<BackupException>(() => BackupFile.WriteAsync(origin, Backup, null, Cancel));
            Assert.Contains(says, failed.Message, StringComparison.Ordinal);
            Assert.Equal([Backup], Directory.GetFiles(folder.Path));
            Assert.Equal("bản cũ", await File.ReadAllTextAsync(Backup, Cancel));
        }
    }

    [Fact]
    public async Task Programs_older_than_the_server_are_refused_with_what_to_install()
    {
        var old = await Assert.ThrowsAsync<ServerException>(() => PostgresBinaries.FindOrInstallClientAsync(99, null, Cancel));

        Assert.Contains("PostgreSQL 99", old.Message, StringComparison.Ordinal);
        Assert.Contains("postgresql-client-99", old.Message, StringComparison.Ordinal);
    }

    private async Task<(string Contents, string Database)> FilledAsync()
    {
        var database = await cluster.NewRegisterAsync();
        await RunAsync(database, "insert into term values ('2015-2020', '2015-07-01', '2020-06-30')");
        return (await ContentsAsync(database), database);
    }

    private Task<Restored> RestoreAsync(string target, string? safety) => Restoration(target).RunAsync(Backup, safety, Cancel);

    private async Task<string> RefusedAsync(string target, string? safety, BackupFault fault)
    {
        var refused = await Assert.ThrowsAsync<BackupException>(() => RestoreAsync(target, safety));
        Assert.Equal(fault, refused.Fault);
        return refused.Message;
    }

    private static Restoration Restoration(string target) =>
        new(target, CatalogReader.Read(AppContext.BaseDirectory), Path.Combine(AppContext.BaseDirectory, "sql"), null);

    /// <summary>What somebody else's pg_dump would write.</summary>
    private async Task DumpAsync(string database)
    {
        var programs = await PostgresBinaries.FindOrInstallClientAsync(PostgresBinaries.OldestMajor, null, Cancel);
        var settings = new NpgsqlConnectionStringBuilder(database);
        var start = new ProcessStartInfo(
            Path.Combine(programs.Folder, "pg_dump"), ["-Fc", "-h", settings.Host!, "-U", settings.Username!, "-d", settings.Database!, "-f", Backup]);
        start.Environment["PGPASSWORD"] = settings.Password;
        using var dump = Process.Start(start)!;
        await dump.WaitForExitAsync(Cancel);
        Assert.Equal(0, dump.ExitCode);
    }

    private void Spoil(string fault)
    {
        var whole = File.ReadAllBytes(Backup).AsSpan();
        using var file = new FileStream(Backup, FileMode.Open);
        switch (fault)
        {
            case "empty":
                file.SetLength(0);
                break;
            case "text":
                file.SetLength(0);
                file.Write("không phải"u8);
                break;
            case "cut in its list":
                file.SetLength(500);
                break;
            case "cut in its data":
                file.SetLength(file.Length * 9 / 10);
                break;
            case "byte changed in its data":
                file.Position = file.Length / 2;
                var old = file.ReadByte();
                file.Position--;
                file.WriteByte((byte)(old ^ 0x55));
                break;
            case "byte changed in a function":
                file.Position = whole.IndexOf("append-only"u8);
                file.WriteByte((byte)'x');
                break;
            case "seal cut off":
                file.SetLength(file.Length - 77);
                break;
            case "seal cut short":
                file.SetLength(file.Length - 10);
                break;
            case "seal written on":
                file.Position = file.Length;
                file.Write("\n-- drop table member\n"u8);
                break;
            case "missing":
                File.Delete(Backup);
                break;
        }
    }

    /// <summary>Every row of every table, and every right, policy, trigger and view; not when which step of the schema was taken.</summary>
    private static async Task<string> ContentsAsync(string connection)
    {
        await using var register = TestRegister.At(connection + ";Pooling=false");
        var rows = (await register.DumpAsync()).Split('\n').Where(line => !line.StartsWith("schema_version ", StringComparison.Ordinal));
        var rights = await register.ColumnAsync("""
            select concat_ws(' ', 'table', relname, relkind, relrowsecurity, array(select unnest(relacl)::text order by 1), (select count(*) from pg_trigger where tgrelid = pg_class.oid))
            from pg_class where relnamespace = 'public'::regnamespace
            union all select pg_policies::text from pg_policies
            union all select concat_ws(' ', 'function', oid::regprocedure, prosrc) from pg_proc where pronamespace = 'public'::regnamespace
            order by 1
            """);
        return string.Join('\n', rows.Concat(rights));
    }

    private static async Task<string> ListAsync(string connection, string sql)
    {
        await using var register = TestRegister.At(connection + ";Pooling=false");
        return string.Join(", ", await register.ColumnAsync(sql));
    }

    private static Task<string> BesideAsync(string connection) => ListAsync(
        connection, "select datname::text from pg_database where starts_with(datname, current_database() || '__')");

    private static async Task NothingIsLeftAsync(string connection) => Assert.Equal("", await BesideAsync(connection));

    private static async Task<bool> HasScratchTablesAsync(string target)
    {
        var scratch = await BesideAsync(target);
        if (scratch.Length == 0)
            return false;
        var there = new NpgsqlConnectionStringBuilder(target) { Database = scratch };
        return int.Parse(await ListAsync(there.ConnectionString, "select count(*)::text from pg_tables where schemaname = 'public'"), CultureInfo.InvariantCulture) > 3;
    }

    private static async Task RunAsync(string connection, string sql)
    {
        await using var register = TestRegister.At(connection + ";Pooling=false");
        await register.ExecuteAsync(sql);
    }

    private sealed class Heard(Action<string> hear) : IProgress<JobStep>
    {
        public void Report(JobStep value) => hear(value.Phase);
    }
}
