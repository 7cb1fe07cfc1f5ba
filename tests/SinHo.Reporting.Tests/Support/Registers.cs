using Npgsql;
using SinHo.Reporting.Databases;
using SinHo.Reporting.Exchange;
using SinHo.Reporting.Samples;
using Xunit;

namespace SinHo.Reporting.Tests.Support;

/// <summary>Registers of one's own to ask and to change: an empty one, or the Sìn Hồ sample, which is imported once for all tests.</summary>
internal static class Registers
{
    /// <returns>The connection string of an empty register, brought up to date.</returns>
    public static async Task<string> NewRegisterAsync(this TestCluster cluster) =>
        await cluster.NewDatabaseAsync(await cluster.TemplateAsync("migrated", MigrateAsync));

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

    public static Task MigrateAsync(string connection) =>
        Migrator.UpgradeAsync(connection, Path.Combine(AppContext.BaseDirectory, "sql"), CancellationToken.None);
}
