using System.Collections.Concurrent;
using Npgsql;
using SinHo.Reporting.Exchange;
using SinHo.Reporting.Samples;
using SinHo.Reporting.Servers;
using Xunit;

namespace SinHo.Reporting.Tests.Support;

/// <summary>Registers of one's own to ask and to change: an empty one, or the Sìn Hồ sample, which is imported once for all tests.</summary>
internal static class Registers
{
    private const int SeedsOfEachRun = 2;
    private const int AllSeeds = 24;

    private static readonly ConcurrentDictionary<int, Lazy<Task<(string Connection, RegisterModel Register)>>> Random = [];

    /// <returns>The connection string of an empty register, brought up to date.</returns>
    public static async Task<string> NewRegisterAsync(this TestCluster cluster) =>
        await cluster.NewDatabaseAsync(await cluster.TemplateAsync("migrated", MigrateAsync));

    /// <returns>The connection string of an empty register in a database of that locale.</returns>
    public static async Task<string> NewRegisterAsync(this TestCluster cluster, string locale)
    {
        var connection = await cluster.NewDatabaseAsync($"template0 locale '{locale}'");
        await MigrateAsync(connection);
        return connection;
    }

    /// <returns>The connection string of a register that holds the Sìn Hồ sample.</returns>
    public static async Task<string> NewSampleAsync(this TestCluster cluster) =>
        await cluster.NewDatabaseAsync(await cluster.TemplateAsync("sinho_sample", async connection =>
        {
            await MigrateAsync(connection);
            await using var database = NpgsqlDataSource.Create(connection);
            await ImportAsync(database, SinHoSample.OfTheArticle(), CancellationToken.None);
        }));

    /// <summary>Imports what must be accepted.</summary>
    public static async Task ImportAsync(NpgsqlDataSource database, IRegisterSource source, CancellationToken cancel)
    {
        var import = new RegisterImport(database, Path.Combine(AppContext.BaseDirectory, "sql", "import"));
        var outcome = await import.RunAsync(source, new("", "", "test", DryRun: false), progress: null, cancel);
        Assert.True(outcome.Accepted, string.Join('\n', outcome.Errors.Take(20)));
    }

    /// <summary>Seeds of random registers: a few for each run, many for ./sinho test --all.</summary>
    public static IEnumerable<TheoryDataRow<int>> Seeds => Enumerable.Range(1, SeedsOfEachRun).Select(seed => new TheoryDataRow<int>(seed))
        .Concat(Enumerable.Range(SeedsOfEachRun + 1, AllSeeds - SeedsOfEachRun).Select(seed => new TheoryDataRow<int>(seed).WithTrait("Length", "Long")));

    /// <summary>Asks questions about the random register of the seed, which is imported once for all tests, and fails with the differences they find.</summary>
    /// <param name="ask">Gives a sentence for each difference between the database and the second calculation; changes nothing.</param>
    public static async Task CompareRandomAsync(
        this TestCluster cluster, int seed, Func<RegisterModel, IEnumerable<RandomQuestion>> questions, Func<NpgsqlDataSource, RegisterModel, RandomQuestion, Task<IEnumerable<string>>> ask, CancellationToken cancel)
    {
        var (connection, register) = await Random.GetOrAdd(seed, _ => new(() => ImportRandomAsync(cluster, seed))).Value;
        var differences = new List<string>();
        await using var database = NpgsqlDataSource.Create(connection);
        foreach (var question in questions(register))
        {
            cancel.ThrowIfCancellationRequested();
            differences.AddRange(await ask(database, register, question));
        }
        Assert.True(differences.Count == 0, string.Join('\n', differences.Take(30).Prepend($"seed {seed}")));
    }

    private static async Task<(string Connection, RegisterModel Register)> ImportRandomAsync(TestCluster cluster, int seed)
    {
        var source = RandomRegister.Create(seed, 1 + seed % 3);
        var connection = await cluster.NewRegisterAsync();
        await using var database = NpgsqlDataSource.Create(connection);
        await ImportAsync(database, source, CancellationToken.None);
        return (connection, RegisterModel.From(source.Rows));
    }

    public static Task MigrateAsync(string connection) =>
        Migrator.UpgradeAsync(connection, Path.Combine(AppContext.BaseDirectory, "sql"), CancellationToken.None);
}
