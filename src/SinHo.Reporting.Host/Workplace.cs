using System.CommandLine;
using Npgsql;
using SinHo.Reporting.Catalog;
using SinHo.Reporting.Databases;
using SinHo.Reporting.Facts;
using SinHo.Reporting.Servers;

namespace SinHo.Reporting.Host;

/// <summary>What a verb works with: the database, up to date, and the definitions. Closing it lets a private server stop.</summary>
public sealed class Workplace : IAsyncDisposable
{
    private readonly PrivateServer? server;

    private readonly NpgsqlDataSource? standbys;

    private Workplace(PrivateServer? server, NpgsqlDataSource database, Steps steps, string? folder)
    {
        this.server = server;
        Database = database;
        standbys = Standbys();
        Statistics = new(database, standbys, StandbyPatience);
        Steps = steps;
        Folder = folder;
    }

    /// <summary>Where sql/ and reports/ lie: they travel with the program.</summary>
    public static string Root => AppContext.BaseDirectory;

    /// <summary>How long a standby may take to catch up before the database is asked itself.</summary>
    private static readonly TimeSpan StandbyPatience = TimeSpan.FromSeconds(5);

    public static TimeProvider Clock => TimeProvider.System;

    public NpgsqlDataSource Database { get; }

    /// <summary>Where figures are counted: the database, or a standby of it that has caught up.</summary>
    public StatisticsSource Statistics { get; }

    public Steps Steps { get; }

    /// <summary>The data folder of the private server; null where a database was named.</summary>
    public string? Folder { get; }

    /// <exception cref="CatalogException">The definitions are at fault.</exception>
    public static Definitions Definitions() => CatalogReader.Read(Root);

    public static async Task<Workplace> OpenAsync(ParseResult words, CancellationToken cancel)
    {
        var steps = new Steps(Clock);
        try
        {
            return await OpenAsync(words, steps, cancel);
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

    private static async Task<Workplace> OpenAsync(ParseResult words, Steps steps, CancellationToken cancel)
    {
        var connection = words.GetValue(CommonOptions.Database) ?? Variable("SINHO_DATABASE");
        if (connection is not null)
            return new(null, await ConnectAsync(connection, cancel), steps, null);

        var folder = Path.GetFullPath(words.GetValue(CommonOptions.Data) ?? Variable("SINHO_DATA") ?? PrivateServer.DefaultFolder);
        var started = await PrivateServer.StartAsync(folder, ServerOptions.Default, steps, cancel);
        try
        {
            return new(started, await ConnectAsync(started.ConnectionString, cancel), steps, folder);
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

    private static async Task<NpgsqlDataSource> ConnectAsync(string connection, CancellationToken cancel)
    {
        var complete = Parse(connection, "sinho").ConnectionString;
        await Migrator.UpgradeAsync(complete, Path.Combine(Root, "sql"), cancel);
        return NpgsqlDataSource.Create(complete);
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

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
