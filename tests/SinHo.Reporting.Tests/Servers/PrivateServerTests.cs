using System.Diagnostics;
using System.Globalization;
using Npgsql;
using SinHo.Reporting.Servers;
using SinHo.Reporting.Tests.Support;
using Xunit;

namespace SinHo.Reporting.Tests.Servers;

/// <summary>Each test makes a cluster of its own in a folder of mode 700, which under root is not the server's account's own.</summary>
public sealed class PrivateServerTests : IDisposable
{
    private readonly TemporaryFolder _data = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task A_restart_keeps_the_data_and_is_quick()
    {
        await using (var server = await StartAsync())
            await RunAsync(server, "CREATE TABLE t AS SELECT 42 AS x");
        Assert.Null(ServerProcess());

        var watch = Stopwatch.StartNew();
        await using (var server = await StartAsync())
        {
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(2), $"{watch.Elapsed}");
            Assert.Equal(42, await RunAsync(server, "SELECT x FROM t"));
        }
    }

    [Fact]
    public async Task The_database_is_UTF8_with_checksums_on_a_socket_only()
    {
        await using var server = await StartAsync();

        Assert.Equal(
            "UTF8 on UTC off scram-sha-256 []",
            await RunAsync(server, """
                SELECT concat_ws(' ', current_setting('server_encoding'), current_setting('data_checksums'), current_setting('timezone'),
                    current_setting('jit'), current_setting('password_encryption'), '[' || current_setting('listen_addresses') || ']')
                """));
    }

    [Fact]
    public async Task Whatever_the_umask_nobody_else_reads_or_lists_the_data_folder_and_what_goes_elsewhere_follows_it()
    {
        var program = Path.Combine(AppContext.BaseDirectory, "sinho");
        using var elsewhere = new TemporaryFolder();
        await Shell.RunAsync($"""
            cd {_data.Path} && mkdir -m 777 bao-cao && touch bao-cao/a.xlsx && chmod 666 bao-cao/a.xlsx && printf '#!/bin/sh' >bao-cao/b && chmod 777 bao-cao/b
            touch {elsewhere.Path}/other && chmod 644 {elsewhere.Path}/other && ln -s {elsewhere.Path}/other bao-cao/link
            umask 000; SINHO_DATABASE= {program} backup --data {_data.Path} >/dev/null
            umask 027; SINHO_DATABASE= {program} template {elsewhere.Path}/so.xlsx && SINHO_DATABASE= {program} export-register {elsewhere.Path}/toan-bo.xlsx --data {_data.Path}
            """);
        // Of the cluster, too: its files, sockets and log.
        await Shell.RunAsync($"test -z \"$(find {_data.Path} -mindepth 1 ! -type l -perm /077)\" || {{ find {_data.Path} -mindepth 1 ! -type l -perm /077 -ls >&2; false; }}");
        Assert.Equal(Environment.IsPrivilegedProcess ? "711" : "700", Convert.ToString((int)File.GetUnixFileMode(_data.Path), 8));
        Assert.Equal(["600", "700", "644"], new[] { "a.xlsx", "b", "link" }.Select(file => Convert.ToString((int)File.GetUnixFileMode(Path.Combine(_data.Path, "bao-cao", file)), 8)));
        Assert.Equal(["640", "640"], new[] { "so.xlsx", "toan-bo.xlsx" }.Select(file => Convert.ToString((int)File.GetUnixFileMode(elsewhere.File(file)), 8)));
    }

    [Fact]
    public async Task The_last_of_two_users_stops_the_server()
    {
        var first = await StartAsync();
        var process = ServerProcess();
        await using (var second = await StartAsync())
        {
            Assert.Equal(process, ServerProcess());
            Assert.Equal(first.ConnectionString, second.ConnectionString);
            await first.DisposeAsync();
            Assert.Equal(1, await RunAsync(second, "SELECT 1"));
        }

        Assert.Null(ServerProcess());
    }

    [Fact]
    public async Task Many_may_start_at_once()
    {
        var servers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => StartAsync()));
        foreach (var server in servers)
        {
            Assert.Equal(1, await RunAsync(server, "SELECT 1"));
            await server.DisposeAsync();
        }

        Assert.Null(ServerProcess());
    }

    [Fact]
    public async Task A_killed_server_is_started_again_with_its_data()
    {
        await using (var server = await StartAsync(options: ServerOptions.Default))
        {
            await RunAsync(server, "CREATE TABLE t AS SELECT 42 AS x");
            using var killed = Process.GetProcessById(ServerProcess()!.Value);
            killed.Kill();
            await killed.WaitForExitAsync(Cancel);

            await using var next = await StartAsync(options: ServerOptions.Default);
            Assert.Equal(42, await RunAsync(next, "SELECT x FROM t"));
        }

        Assert.Null(ServerProcess());
    }

    [Fact]
    public async Task A_process_number_in_use_again_is_not_taken_for_the_server()
    {
        await using (await StartAsync())
        {
        }

        // What a killed server leaves, its number by now that of this very process.
        var left = $"{Environment.ProcessId}\n{_data.File("pg")}\n0\n5432\n{_data.File("pg")}\n\n\nready   \n";
        await File.WriteAllTextAsync(_data.File("pg/postmaster.pid"), left, Cancel);
        await File.WriteAllTextAsync(_data.File("pg/.s.PGSQL.5432.lock"), left, Cancel);

        await using var server = await StartAsync();
        Assert.Equal(1, await RunAsync(server, "SELECT 1"));
    }

    [Fact]
    public async Task A_half_finished_cluster_is_made_anew()
    {
        Directory.CreateDirectory(_data.File("pg.new-1/base"));
        await File.WriteAllTextAsync(_data.File("pg.new-1/PG_VERSION"), "15\n", Cancel);
        await File.WriteAllTextAsync(_data.File("password"), "", Cancel);

        await using var server = await StartAsync();
        Assert.Equal(1, await RunAsync(server, "SELECT 1"));
        Assert.False(Directory.Exists(_data.File("pg.new-1")));
    }

    [Fact]
    public async Task A_cancelled_start_leaves_nothing_running_and_the_next_one_works()
    {
        using var soon = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => PrivateServer.StartAsync(_data.Path, ServerOptions.Throwaway, progress: null, soon.Token));
        Assert.Null(ServerProcess());

        await using var server = await StartAsync();
        Assert.Equal(1, await RunAsync(server, "SELECT 1"));
    }

    [Theory]
    [InlineData("một thư mục có tên tiếng Việt và khoảng trắng")]
    [InlineData("a,b:c")]
    [InlineData("một thư mục có tên dài đến nỗi đường dẫn của ổ cắm không còn vừa một trăm linh bảy byte")]
    public async Task Any_folder_name_will_do(string name)
    {
        LetAllSearch();
        string socket;
        await using (var server = await StartAsync(_data.File(name)))
        {
            Assert.Equal(1, await RunAsync(server, "SELECT 1"));
            socket = new NpgsqlConnectionStringBuilder(server.ConnectionString).Host!;
        }

        Assert.Equal(socket.StartsWith(_data.Path, StringComparison.Ordinal), Directory.Exists(socket));
    }

    [Fact]
    public async Task A_folder_reached_through_a_link_is_the_same_folder()
    {
        LetAllSearch();
        Directory.CreateDirectory(_data.File("real"));
        Directory.CreateSymbolicLink(_data.File("link"), _data.File("real"));

        await using var server = await StartAsync(_data.File("real"));
        await using var same = await StartAsync(_data.File("link"));
        Assert.Equal(server.ConnectionString, same.ConnectionString);
    }

    [Fact]
    public async Task Secrets_are_the_owners_alone()
    {
        await using var server = await StartAsync();

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_data.File("password")));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_data.File("pg")));
    }

    [Fact]
    public async Task Data_of_another_version_of_PostgreSQL_is_refused_in_one_sentence()
    {
        Directory.CreateDirectory(_data.File("pg"));
        await File.WriteAllTextAsync(_data.File("pg/PG_VERSION"), "99\n", Cancel);

        var refused = await Assert.ThrowsAsync<ServerException>(() => StartAsync());
        Assert.StartsWith("Dữ liệu do PostgreSQL 99 ghi, nhưng máy này chỉ có PostgreSQL ", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_with_strange_files_is_refused_in_one_sentence()
    {
        Directory.CreateDirectory(_data.File("pg"));
        await File.WriteAllTextAsync(_data.File("pg/note.txt"), "", Cancel);

        var refused = await Assert.ThrowsAsync<ServerException>(() => StartAsync());
        Assert.Contains("không phải cơ sở dữ liệu PostgreSQL", refused.Message, StringComparison.Ordinal);
        Assert.True(File.Exists(_data.File("pg/note.txt")));
    }

    [Fact]
    public async Task A_closed_parent_folder_is_named()
    {
        // Root may enter any folder, but the account that it lends to the server may not: mode 700 closes the parent to that one.
        if (!Environment.IsPrivilegedProcess)
            File.SetUnixFileMode(_data.Path, UnixFileMode.None);
        var refused = await Assert.ThrowsAsync<ServerException>(() => StartAsync(_data.File("inner")));
        File.SetUnixFileMode(_data.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        Assert.Contains(
            Environment.IsPrivilegedProcess ? $"`chmod o+x {_data.Path}`" : $"Không có quyền dùng thư mục dữ liệu {_data.File("inner")}",
            refused.Message,
            StringComparison.Ordinal);
    }

    private Task<PrivateServer> StartAsync(string? folder = null, ServerOptions? options = null) =>
        PrivateServer.StartAsync(folder ?? _data.Path, options ?? ServerOptions.Throwaway, progress: null, Cancel);

    private void LetAllSearch() =>
        File.SetUnixFileMode(_data.Path, File.GetUnixFileMode(_data.Path) | UnixFileMode.OtherExecute);

    /// <returns>The process number that the cluster's server wrote down, or null when none runs.</returns>
    private int? ServerProcess() => File.Exists(_data.File("pg/postmaster.pid"))
        ? int.Parse(File.ReadLines(_data.File("pg/postmaster.pid")).First(), CultureInfo.InvariantCulture)
        : null;

    private static async Task<object?> RunAsync(PrivateServer server, string sql)
    {
        // No pool: a session of before a restart would be in it.
        await using var connection = new NpgsqlConnection(server.ConnectionString + ";Pooling=false");
        await connection.OpenAsync(Cancel);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(Cancel);
    }
}
