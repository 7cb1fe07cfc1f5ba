using System.Globalization;
using Npgsql;
using SinHo.Reporting.Servers;
using SinHo.Reporting.Tests.Support;

namespace SinHo.Reporting.Tests.Work;

/// <summary>A PostgreSQL that a test may stop, and streaming standbys of it.</summary>
internal sealed class OwnServer : IAsyncDisposable
{
    private readonly TemporaryFolder folder = new();
    private PrivateServer? server;

    /// <summary>How many there are; the last is the one that came last.</summary>
    public int Standbys { get; private set; }

    public string Connection => server!.ConnectionString;

    private string Data => folder.File("data");

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

    /// <summary>As when the machine loses its power: nothing is said to anybody, nothing more is sent to standbys.</summary>
    public Task DieAsync() => Shell.RunAsync($"kill -KILL {Process()} $(pgrep -P {Process()})");

    /// <summary>The same of a standby.</summary>
    public Task DieAsync(int number)
    {
        var lead = $"$(head -1 {Standby(number)}/postmaster.pid)";
        return Shell.RunAsync($"kill -KILL {lead} $(pgrep -P {lead})");
    }

    /// <returns>The connection string of a standby that follows this server.</returns>
    public async Task<string> FollowAsync()
    {
        var main = new NpgsqlConnectionStringBuilder(Connection);
        var bin = await BinAsync();
        var standby = Standby(++Standbys);
        await Shell.RunAsync($"mkdir -m 700 {standby} && chown $(stat -c %U {Data}/pg) {standby}");
        await Shell.RunAsync($"{As}{bin}/pg_basebackup -D {standby} -R -c fast -X stream -d 'host={main.Host} user={main.Username} password={main.Password}' && rm -f {standby}/.s.PGSQL.*");
        await Shell.RunAsync(
            $"{As}{bin}/pg_ctl start -w -s -D {standby} -l {standby}/log -o \"-c listen_addresses= -c unix_socket_directories={standby} -c hot_standby=on -c fsync=off -c autovacuum=off -c dynamic_shared_memory_type=sysv -c max_connections=200\" || {{ cat {standby}/log >&2; false; }}");
        return At(Standbys);
    }

    /// <summary>The connection string of a standby, the first being 1; of several, one after another, for whoever looks for the right one.</summary>
    public string At(params int[] numbers) =>
        new NpgsqlConnectionStringBuilder(Connection) { Host = string.Join(',', numbers.Select(number => number == 0 ? new NpgsqlConnectionStringBuilder(Connection).Host! : Standby(number))) }.ConnectionString;

    /// <summary>Makes a standby the primary, and lets another follow it.</summary>
    public async Task PromoteAsync(int number, int other)
    {
        var bin = await BinAsync();
        var main = new NpgsqlConnectionStringBuilder(Connection);
        await Shell.RunAsync($"{As}{bin}/pg_ctl promote -w -s -D {Standby(number)}");
        // As `pg_basebackup -R` wrote it; the last line counts.
        await Shell.RunAsync($"{As}sh -c \"echo \\\"primary_conninfo = 'host={Standby(number)} user={main.Username} password={main.Password}'\\\" >> {Standby(other)}/postgresql.auto.conf\" && {As}{bin}/pg_ctl reload -s -D {Standby(other)}");
    }

    public async ValueTask DisposeAsync()
    {
        for (var number = 1; number <= Standbys; number++)
        {
            var standby = Standby(number);
            await Shell.RunAsync($"if test -e {standby}/postmaster.pid; then kill -QUIT $(head -1 {standby}/postmaster.pid); while test -e {standby}/postmaster.pid && kill -0 $(head -1 {standby}/postmaster.pid) 2>/dev/null; do sleep 0.05; done; fi");
        }
        if (server is not null)
            await server.DisposeAsync();
        folder.Dispose();
    }

    private static async Task<string> BinAsync() => (await PostgresBinaries.FindOrInstallAsync(null, progress: null, CancellationToken.None)).Folder;

    private string Standby(int number) => folder.File($"standby{number}");

    private string Process() => int.Parse(File.ReadLines(Path.Combine(Data, "pg", "postmaster.pid")).First(), CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture);
}
