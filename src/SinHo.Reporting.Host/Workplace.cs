using System.CommandLine;
using Dapper;
using Npgsql;
using SinHo.Reporting.Catalog;
using SinHo.Reporting.Facts;
using SinHo.Reporting.Servers;

namespace SinHo.Reporting.Host;

/// <summary>What a verb works with: the database, up to date, and the definitions. Closing it lets a private server stop.</summary>
public sealed class Workplace : IAsyncDisposable
{
    private readonly PrivateServer? server;

    private readonly NpgsqlMultiHostDataSource? readers;

    private readonly NpgsqlDataSource? standbys;

    private readonly HostWatch? hosts;

    private readonly int sessions;

    private NpgsqlDataSource? pages;

    private Workplace(PrivateServer? server, string connectionString, Terms terms, Steps steps, string? folder)
    {
        WorksApart = server is not null || terms.MayChangeRole;
        this.server = server;
        sessions = terms.Sessions;
        ConnectionString = connectionString;
        // Hangfire and two jobs at a time need some; several workers share one server.
        Database = Pool(Math.Clamp(sessions / 6, 6, 12), null);
        readers = Readers();
        standbys = readers?.WithTargetSession(TargetSessionAttributes.PreferStandby);
        Statistics = new(Database, standbys, StandbyPatience);
        Watch = server is null ? null : new(server, Clock);
        hosts = readers is null ? null : new([Parse(ConnectionString, "sinho"), ReadHosts()!], () => new[] { Database, pages, readers }.OfType<NpgsqlMultiHostDataSource>());
        Steps = steps;
        Folder = folder;
    }

    /// <summary>Where sql/ and reports/ lie: they travel with the program.</summary>
    public static string Root => AppContext.BaseDirectory;

    /// <summary>How long a standby may take to catch up before the database is asked itself.</summary>
    private static readonly TimeSpan StandbyPatience = TimeSpan.FromSeconds(2);

    public static TimeProvider Clock { get; } = MovedClock.FromEnvironment();

    /// <summary>For commands and jobs: they may take their time. Of several hosts it is always the one that may be written to.</summary>
    public NpgsqlDataSource Database { get; }

    /// <summary>Looks after the private server; null where a database was named.</summary>
    public ServerWatch? Watch { get; }

    /// <summary>Where all that only reads takes its snapshots: a standby that has caught up, or the database.</summary>
    public StatisticsSource Statistics { get; }

    /// <summary>The owner of the database, for upgrades, backups and programs that make connections of their own; the password is in it.</summary>
    public string ConnectionString { get; }

    /// <summary>Whether the service works as a role that owns nothing; else as the owner, because the login given may not become that role.</summary>
    public bool WorksApart { get; }

    public Steps Steps { get; }

    /// <summary>The data folder of the private server; null where a database was named.</summary>
    public string? Folder { get; }

    /// <summary>Where automatic backups go: SINHO_BACKUPS, else "backups" in the data folder; null, and none are made, where a database was named.</summary>
    public string? BackupFolder => Variable("SINHO_BACKUPS") is { } named ? Path.GetFullPath(named) : Folder is null ? null : Path.Combine(Folder, "backups");

    /// <exception cref="CatalogException">The definitions are at fault.</exception>
    public static Definitions Definitions() => CatalogReader.Read(Root);

    /// <param name="upgrade">False leaves the database as it is, for the verb that will replace it.</param>
    public static async Task<Workplace> OpenAsync(ParseResult words, CancellationToken cancel, bool upgrade = true)
    {
        using var span = Spans.Begin(Spans.Starting);
        var steps = new Steps(Clock);
        try
        {
            return await OpenAsync(words, steps, upgrade, cancel);
        }
        catch
        {
            steps.Dispose();
            throw;
        }
        finally
        {
            steps.Clear();
        }
    }

    private static async Task<Workplace> OpenAsync(ParseResult words, Steps steps, bool upgrade, CancellationToken cancel)
    {
        string? folder = null;
        var connection = words.GetValue(CommonOptions.Database) ?? Variable("SINHO_DATABASE");
        if (connection is not null)
            return await MakeAsync(null, connection);

        folder = Path.GetFullPath(words.GetValue(CommonOptions.Data) ?? Variable("SINHO_DATA") ?? PrivateServer.DefaultFolder);
        var started = await PrivateServer.StartAsync(folder, ServerOptions.Default, steps, cancel);
        try
        {
            return await MakeAsync(started, started.ConnectionString);
        }
        catch
        {
            await started.DisposeAsync();
            throw;
        }

        async Task<Workplace> MakeAsync(PrivateServer? server, string named)
        {
            var complete = await PrepareAsync(named, upgrade, cancel);
            return new(server, complete, await TermsAsync(complete, cancel), steps, server is null ? null : folder);
        }
    }

    private static async Task<Terms> TermsAsync(string connection, CancellationToken cancel)
    {
        await using var open = new NpgsqlConnection(connection);
        await open.OpenAsync(cancel);
        return await open.QuerySingleAsync<Terms>(new CommandDefinition("""
            select
                current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int as "Sessions",
                coalesce((
                    select pg_has_role(current_user, oid, 'member')
                        -- Of a database that was not upgraded yet the role may know nothing.
                        and to_regclass('public.org') is not null and has_table_privilege(oid, to_regclass('public.org'), 'select')
                    from pg_roles
                    where rolname = @Worker), false) as "MayChangeRole"
            """, new { PrivateServer.Worker }, cancellationToken: cancel));
    }

    private NpgsqlDataSource Pool(int sessions, PageLimits? limits)
    {
        var settings = new NpgsqlConnectionStringBuilder(server?.WorkConnectionString ?? ConnectionString)
        {
            ApplicationName = "sinho",
            MinPoolSize = 0,
            MaxPoolSize = sessions,
            // What nobody needs is there for other processes.
            ConnectionIdleLifetime = 30,
        };
        if (limits is not null)
        {
            // Among several hosts it is also how long one that is away holds up whoever is sent there.
            settings.Timeout = Math.Min((int)Math.Ceiling(limits.Wait.TotalSeconds), HasSeveral(settings) ? 5 : int.MaxValue);
            settings.CommandTimeout = (int)Math.Ceiling(limits.Query.TotalSeconds) + 5;
            settings.Options = $"{settings.Options} -c statement_timeout={(long)limits.Query.TotalMilliseconds}".TrimStart();
        }
        if (HasSeveral(settings))
            Watched(settings);
        return Apart(settings).Build();
    }

    /// <summary>A machine that is gone tells nobody that it is: TCP finds out, for whoever waits for its answer.</summary>
    private static void Watched(NpgsqlConnectionStringBuilder settings)
    {
        settings.CancellationTimeout = -1;
        // Sockets of this machine know no such thing.
        if (!HostWatch.HostsOf(settings).Any(Path.IsPathRooted))
            (settings.TcpKeepAlive, settings.TcpKeepAliveTime, settings.TcpKeepAliveInterval) = (true, 3, 1);
    }

    /// <summary>Sessions of a login that was given work as the role that owns nothing, where the login may.</summary>
    private NpgsqlDataSourceBuilder Apart(NpgsqlConnectionStringBuilder settings)
    {
        if (server is not null || !WorksApart)
            return new(settings.ConnectionString);
        const string become = $"""
            select set_config('role', rolname, false) from pg_roles where rolname = '{PrivateServer.Worker}' and pg_has_role(session_user, oid, 'member')
            """;
        // What a pool does between two uses would take the role away.
        settings.NoResetOnClose = true;
        var pool = new NpgsqlDataSourceBuilder(settings.ConnectionString);
        pool.UsePhysicalConnectionInitializer(connection => connection.Execute(become), connection => connection.ExecuteAsync(become));
        return pool;
    }

    /// <summary>
    /// The database for pages: a pool of its own, so that many readers do not hold up jobs, with a bound on every query and on the wait for a session.
    /// </summary>
    /// <param name="limits">Taken from the first call.</param>
    public NpgsqlDataSource Pages(PageLimits limits) => pages ??= Pool(limits.Sessions ?? Math.Clamp(sessions / 4, 2, 24), limits);

    /// <summary>As <see cref="Statistics"/>, within the limits of pages.</summary>
    public StatisticsSource PageStatistics(PageLimits limits) => new(Pages(limits), standbys, StandbyPatience) { QueryLimit = limits.Query };

    public async ValueTask DisposeAsync()
    {
        Steps.Dispose();
        if (hosts is not null)
            await hosts.DisposeAsync();
        await Database.DisposeAsync();
        if (pages is not null)
            await pages.DisposeAsync();
        if (readers is not null)
            await readers.DisposeAsync();
        if (server is not null)
            await server.DisposeAsync();
    }

    private static async Task<string> PrepareAsync(string connection, bool upgrade, CancellationToken cancel)
    {
        var named = Parse(connection, "sinho");
        if (HasSeveral(named))
            SetHosts(named, "read-write");
        var complete = named.ConnectionString;
        if (upgrade)
            await Migrator.UpgradeAsync(complete, Path.Combine(Root, "sql"), cancel);
        return complete;
    }

    /// <summary>
    /// SINHO_DATABASE_READ names one or more hosts; of those a standby is preferred, each time another. Where the database itself is named by
    /// several hosts, these are they.
    /// </summary>
    private NpgsqlMultiHostDataSource? Readers()
    {
        if (ReadHosts() is not { } complete)
            return null;
        SetHosts(complete, null);
        Watched(complete);
        complete.LoadBalanceHosts = HasSeveral(complete);
        return Apart(complete).BuildMultiHost();
    }

    /// <summary>The hosts that readers are sent to, each with a connection string of its own.</summary>
    public IReadOnlyList<string> StandbyHosts => ReadHosts() is not { } all ? [] : [.. HostWatch.HostsOf(all).Select(host => HostWatch.At(all, host))];

    /// <returns>Null where all is read from the database itself.</returns>
    private NpgsqlConnectionStringBuilder? ReadHosts() =>
        Variable("SINHO_DATABASE_READ") is { } named ? Parse(named, StatisticsSource.ApplicationName)
        : server is null && Parse(ConnectionString, StatisticsSource.ApplicationName) is var several && HasSeveral(several) ? several
        : null;

    private static bool HasSeveral(NpgsqlConnectionStringBuilder settings) => settings.Host?.Contains(',', StringComparison.Ordinal) is true;

    /// <summary>A host that is away, or has another part now, must not hold up everybody: it is waited for shortly, and looked at again soon.</summary>
    private static void SetHosts(NpgsqlConnectionStringBuilder settings, string? target)
    {
        settings.TargetSessionAttributes = target;
        settings.Timeout = Math.Min(settings.Timeout, 2);
        settings.HostRecheckSeconds = Math.Min(settings.HostRecheckSeconds, 5);
    }

    private static NpgsqlConnectionStringBuilder Parse(string connection, string name)
    {
        try
        {
            return new(connection) { ApplicationName = name };
        }
        catch (ArgumentException problem)
        {
            throw new UsageException($"Chuỗi kết nối không đọc được: {problem.Message}");
        }
    }

    /// <returns>Null where the environment has none of that name, or an empty one.</returns>
    public static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    /// <summary>What the server grants.</summary>
    /// <param name="Sessions">For all who are no superusers.</param>
    /// <param name="MayChangeRole">Whether the login may become the role that works.</param>
    private sealed record Terms(int Sessions, bool MayChangeRole);
}
