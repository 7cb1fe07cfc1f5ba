using Microsoft.AspNetCore.Identity;
using Npgsql;
using SinHo.Reporting.Access;
using SinHo.Reporting.Backups;
using SinHo.Reporting.Catalog;
using SinHo.Reporting.Facts;
using SinHo.Reporting.Runs;
using SinHo.Reporting.Servers;
using SinHo.Reporting.Tests.Exchange;
using SinHo.Reporting.Tests.Host;
using SinHo.Reporting.Tests.Support;
using Xunit;

namespace SinHo.Reporting.Tests.Databases;

/// <summary>What an earlier version left is all there after an upgrade, whether the database itself or a backup of it is opened. See README.md here.</summary>
public sealed class UpgradeTests(TestCluster cluster)
{
    private static readonly string Old = Path.Combine(AppContext.BaseDirectory, "Databases", "ed494a3.backup");

    private static readonly string Sql = Path.Combine(AppContext.BaseDirectory, "sql");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_database_of_an_earlier_version_is_brought_up_to_date_with_all_it_holds(bool fromBackup)
    {
        var connection = await cluster.NewDatabaseAsync();
        if (fromBackup)
        {
            await new Restoration(connection, CatalogReader.Read(AppContext.BaseDirectory), Sql, null).RunAsync(Old, null, Cancel);
        }
        else
        {
            // The server of such a database has its roles.
            await cluster.DropDatabaseAsync(await cluster.NewRegisterAsync());
            await LoadAsync(connection);
            await Migrator.UpgradeAsync(connection, Sql, Cancel);
        }

        await using (var register = TestRegister.At(connection + ";Pooling=false"))
        {
            Assert.Equal(
                ["account 2", "assignment 21", "issued_evidence 44", "issued_report 1", "meeting 260", "member 64", "membership 64", "obligation 3", "org 12", "post 110", "schedule 1", "stored_file 1"],
                await register.ColumnAsync("""
                    select concat(name, ' ', (xpath('/row/n/text()', query_to_xml(format('select count(*) as n from %I', name), false, true, '')))[1])
                    from unnest(array['account', 'assignment', 'issued_evidence', 'issued_report', 'meeting', 'member', 'membership', 'obligation', 'org', 'post', 'schedule', 'stored_file']) as name
                    """));
        }
        await using var database = NpgsqlDataSource.Create(connection + ";Pooling=false");
        Assert.Empty(await DefinitionCheck.RunAsync(database, CatalogReader.Read(AppContext.BaseDirectory), Cancel));
        Assert.Equal(["hung Preparer", "quantri Administrator"], (await new Accounts(database).ListAsync(Cancel)).Select(one => $"{one.UserName} {one.Role}"));
        var attempt = await new Passwords(database).BeginAsync("hung", "127.0.0.1", Cancel);
        Assert.Equal(PasswordVerificationResult.Success, new PasswordHasher<Account>().VerifyHashedPassword(null!, attempt.Hash!, Visitor.Password));

        var schedule = Assert.Single(await new Schedules(database, CatalogReader.Read(AppContext.BaseDirectory)).ListAsync(Cancel));
        Assert.Equal(("monthly", "D001.X01.B08"), (schedule.Report, Assert.Single(schedule.Units)));
        var line = Assert.Single(await new IssuedReports(database).ListAsync(null, null, 10, Cancel));
        var issued = (await new IssuedReports(database).FindAsync(line.IssuedId, Cancel))!;
        using var bytes = new MemoryStream();
        await new StoredFiles(database).CopyToAsync(issued.File.FileId, bytes, Cancel);
        Assert.Equal(issued.File.Sha256, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes.ToArray())));
        Assert.Equal(("tháng 10 năm 2026", issued.File.Size), (issued.Period.Name, bytes.Length));
    }

    /// <summary>As the database lay in the data folder: nothing of today has touched it.</summary>
    private static async Task LoadAsync(string connection)
    {
        var settings = new NpgsqlConnectionStringBuilder(connection);
        var client = await PostgresBinaries.FindOrInstallClientAsync(PostgresBinaries.OldestMajor, null, Cancel);
        await Shell.RunAsync(
            $"PGPASSWORD={settings.Password} {client.Folder}/pg_restore --no-owner --exit-on-error -h {settings.Host} -U {settings.Username} -d {settings.Database} {Old}");
    }
}
