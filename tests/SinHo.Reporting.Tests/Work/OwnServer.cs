using System.Globalization;
using Npgsql;
using SinHo.Reporting.Servers;
using SinHo.Reporting.Tests.Support;

namespace SinHo.Reporting.Tests.Work;

/// <summary>A PostgreSQL that a test may stop, and a streaming standby of it.</summary>
internal sealed class OwnServer : IAsyncDisposable
{
    private readonly TemporaryFolder folder = new();
    private PrivateServer? server;

    public string Connection => server!.ConnectionString;

    private string Data => folder.File("data");

    private string Standby => folder.File("standby");

    /// <summary>Root lends the servers the account that owns the cluster.</summary>
    private string As => Environment.IsPrivilegedProcess ? $"runuser -u $(stat -c %U {Data}/pg) -- " : "";

    public static async Task<OwnServer> StartAsync()
    {
        var own = new OwnServer();
        await Shell.RunAsync($"chmod o+x {own.folder.Path}");
        await own.ComeBackAsync();
        return own;
    }

    public async Task ComeBackAsync() => server = await PrivateServer.StartAsync(Data, ServerOptions.Throwaway, progress: null, CancellationToken.None);

    /// <summary>As when the database is shut down for a while: sessions end, nobody can connect.</summary>
    public async Task GoAwayAsync()
    {
        await Shell.RunAsync($"kill -INT {Process()}");
        while (File.Exists(Path.Combine(Data, "pg", "postmaster.pid")))
            await Task.Delay(20);
    }

    /// <returns>The connection string of a standby that follows this server.</returns>
    public async Task<string> FollowAsync()
    {
        var main = new NpgsqlConnectionStringBuilder(Connection);
        var bin = (await PostgresBinaries.FindOrInstallAsync(null, progress: null, CancellationToken.None)).Folder;
        await Shell.RunAsync($"mkdir -m 700 {Standby} && chown $(stat -c %U {Data}/pg) {Standby}");
        await Shell.RunAsync($"{As}{bin}/pg_basebackup -D {Standby} -R -c fast -X stream -d 'host={main.Host} user={main.Username} password={main.Password}' && rm -f {Standby}/.s.PGSQL.*");
        await Shell.RunAsync(
            $"{As}{bin}/pg_ctl start -w -s -D {Standby} -l {Standby}/log -o \"-c listen_addresses= -c unix_socket_directories={Standby} -c hot_standby=on -c dynamic_shared_memory_type=sysv -c max_connections=200\" || {{ cat {Standby}/log >&2; false; }}");
        return new NpgsqlConnectionStringBuilder(Connection) { Host = Standby }.ConnectionString;
    }

    public async ValueTask DisposeAsync()
    {
        if (Directory.Exists(Standby))
            await Shell.RunAsync($"kill -QUIT $(head -1 {Standby}/postmaster.pid); while test -e {Standby}/postmaster.pid && kill -0 $(head -1 {Standby}/postmaster.pid) 2>/dev/null; do sleep 0.05; done");
        if (server is not null)
            await server.DisposeAsync();
        folder.Dispose();
    }

    private string Process() => int.Parse(File.ReadLines(Path.Combine(Data, "pg", "postmaster.pid")).First(), CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture);
}
