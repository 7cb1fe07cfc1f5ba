using System.CommandLine;
using Npgsql;
using SinHo.Reporting.Catalog;
using SinHo.Reporting.Facts;
using SinHo.Reporting.Servers;

namespace SinHo.Reporting.Host;

/// <summary>What a verb works with: the database, up to date, and the definitions. Closing it lets a private server stop.</summary>
public sealed class Workplace : IAsyncDisposable
{
    private readonly PrivateServer? server;

    private readonly NpgsqlDataSource? standbys;

    private Workplace(PrivateServer? server, string connectionString, Steps steps, string? folder)
    {
        this.server = server;
        ConnectionString = connectionString;
        Database = NpgsqlDataSource.Create(connectionString);
        standbys = Standbys();
        Statistics = new(Database, standbys, StandbyPatience);
        Steps = steps;
        Folder = folder;
    }

    /// <summary>Where sql/ and reports/ lie: they travel with the program.</summary>
    public static string Root => AppContext.BaseDirectory;

    /// <summary>How long a standby may take to catch up before the database is asked itself.</summary>
    private static readonly TimeSpan StandbyPatience = TimeSpan.FromSeconds(5);

    public static TimeProvider Clock { get; } = MovedClock.FromEnvironment();

    public NpgsqlDataSource Database { get; }

    /// <summary>Where figures are counted: the database, or a standby of it that has caught up.</summary>
    public StatisticsSource Statistics { get; }

    /// <summary>For programs that make connections of their own; the password is in it.</summary>
    public string ConnectionString { get; }

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
        var connection = words.GetValue(CommonOptions.Database) ?? Variable("SINHO_DATABASE");
        if (connection is not null)
            return new(null, await PrepareAsync(connection, upgrade, cancel), steps, null);

        var folder = Path.GetFullPath(words.GetValue(CommonOptions.Data) ?? Variable("SINHO_DATA") ?? PrivateServer.DefaultFolder);
        var started = await PrivateServer.StartAsync(folder, ServerOptions.Default, steps, cancel);
        try
        {
            return new(started, await PrepareAsync(started.ConnectionString, upgrade, cancel), steps, folder);
        }
        catch
        {
            await started.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Steps.Dispose();
        await Database.DisposeAsync();
        if (standbys is not null)
            await standbys.DisposeAsync();
        if (server is not null)
            await server.DisposeAsync();
    }

    private static async Task<string> PrepareAsync(string connection, bool upgrade, CancellationToken cancel)
    {
        var complete = Parse(connection, "sinho").ConnectionString;
        if (upgrade)
            await Migrator.UpgradeAsync(complete, Path.Combine(Root, "sql"), cancel);
        return complete;
    }

    /// <summary>SINHO_DATABASE_READ names one or more hosts; of those a standby is preferred.</summary>
    private static NpgsqlDataSource? Standbys()
    {
        if (Variable("SINHO_DATABASE_READ") is not { } connection)
            return null;
        var complete = Parse(connection, StatisticsSource.ApplicationName);
        // A host that is away must not hold up every report.
        complete.Timeout = Math.Min(complete.Timeout, 3);
        return new NpgsqlDataSourceBuilder(complete.ConnectionString).BuildMultiHost().WithTargetSession(TargetSessionAttributes.PreferStandby);
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
}
