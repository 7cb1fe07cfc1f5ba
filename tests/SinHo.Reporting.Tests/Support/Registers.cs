using Npgsql;
using SinHo.Reporting.Exchange;
using SinHo.Reporting.Samples;
using SinHo.Reporting.Servers;
using Xunit;

namespace SinHo.Reporting.Tests.Support;

/// <summary>Registers of one's own to ask and to change: an empty one, or the Sìn Hồ sample, which is imported once for all tests.</summary>
internal static class Registers
{
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
            await ImportAsync(database, new SinHoSample(), CancellationToken.None);
        }));

    /// <summary>Imports what must be accepted.</summary>
    public static async Task ImportAsync(NpgsqlDataSource database, IRegisterSource source, CancellationToken cancel)
    {
        var import = new RegisterImport(database, Path.Combine(AppContext.BaseDirectory, "sql", "import"));
        var outcome = await import.RunAsync(source, new("", "", "test", DryRun: false), progress: null, cancel);
        Assert.True(outcome.Accepted, string.Join('\n', outcome.Errors.Take(20)));
    }

    /// <summary>Asks questions about a random register of the seed, on a database of its own, and fails with the differences they find.</summary>
    /// <param name="ask">Gives a sentence for each difference between the database and the second calculation.</param>
    public static async Task CompareRandomAsync(
        this TestCluster cluster, int seed, int questions, Func<NpgsqlDataSource, RegisterModel, RandomQuestion, Task<IEnumerable<string>>> ask, CancellationToken cancel)
    {
        var source = RandomRegister.Create(seed, 1 + seed % 3);
        var register = RegisterModel.From(source.Rows);
        var connection = await cluster.NewRegisterAsync();
        var differences = new List<string>();
        await using (var database = NpgsqlDataSource.Create(connection))
        {
            await ImportAsync(database, source, cancel);
            foreach (var question in RandomQuestion.About(register, seed, questions))
                differences.AddRange(await ask(database, register, question));
        }

        await cluster.DropDatabaseAsync(connection);
        Assert.True(differences.Count == 0, string.Join('\n', differences.Take(30).Prepend($"seed {seed}")));
    }

    public static Task MigrateAsync(string connection) =>
        Migrator.UpgradeAsync(connection, Path.Combine(AppContext.BaseDirectory, "sql"), CancellationToken.None);
}
