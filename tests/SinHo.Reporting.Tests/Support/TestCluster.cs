using System.Collections.Concurrent;
using System.Globalization;
using Npgsql;
using SinHo.Reporting.Servers;
using SinHo.Reporting.Tests.Support;
using Xunit;

[assembly: AssemblyFixture(typeof(TestCluster))]

namespace SinHo.Reporting.Tests.Support;

/// <summary>
/// One PostgreSQL for the whole run of tests: started by the first test that asks for a database, gone with its data at the end.
/// </summary>
public sealed class TestCluster : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Lazy<Task<PrivateServer>> _server;
    private readonly ConcurrentDictionary<string, Lazy<Task>> _templates = new(StringComparer.Ordinal);
    private int _databases;

    public TestCluster() => _server = new(() => PrivateServer.StartAsync(
        _folder.Path, ServerOptions.Throwaway, new Progress<JobStep>(step => Console.Error.WriteLine(step.Phase)), CancellationToken.None));

    /// <summary>Makes a template database once per name, however many tests ask.</summary>
    /// <param name="migrate">Fills the empty database behind the connection string it is given.</param>
    /// <returns>The name, for <see cref="NewDatabaseAsync"/>.</returns>
    public async Task<string> TemplateAsync(string name, Func<string, Task> migrate)
    {
        await _templates.GetOrAdd(name, _ => new(() => MakeTemplateAsync(name, migrate))).Value;
        return name;
    }

    /// <summary>A database of one's own: empty, or a copy of a template.</summary>
    /// <returns>Its connection string.</returns>
    public async Task<string> NewDatabaseAsync(string? template = null)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"test_{Interlocked.Increment(ref _databases)}");
        await ExecuteAsync($"CREATE DATABASE {name} TEMPLATE {template ?? "template0"}");
        return await ConnectionStringAsync(name, pooling: true);
    }

    /// <summary>Drops a database made here, for tests that make many or large ones.</summary>
    public Task DropDatabaseAsync(string connectionString) =>
        ExecuteAsync($"DROP DATABASE {new NpgsqlConnectionStringBuilder(connectionString).Database} WITH (FORCE)");

    public async ValueTask DisposeAsync()
    {
        if (_server.IsValueCreated)
            await (await _server.Value).DisposeAsync();
        _folder.Dispose();
    }

    private async Task MakeTemplateAsync(string name, Func<string, Task> migrate)
    {
        await ExecuteAsync($"CREATE DATABASE {name}");
        // A pooled session would stay in the template, and PostgreSQL copies no database that is in use.
        await migrate(await ConnectionStringAsync(name, pooling: false));
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(await ConnectionStringAsync("postgres", pooling: true));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private async Task<string> ConnectionStringAsync(string database, bool pooling) =>
        new NpgsqlConnectionStringBuilder((await _server.Value).ConnectionString)
        {
            Database = database,
            Pooling = pooling,
            // Each test has a pool of its own; idle ones must not use up the server's connections.
            ConnectionIdleLifetime = 2,
            ConnectionPruningInterval = 1,
        }.ConnectionString;
}
