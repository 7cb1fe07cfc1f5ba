using Npgsql;
using SinHo.Reporting.Exchange;
using SinHo.Reporting.Samples;
using SinHo.Reporting.Servers;
using SinHo.Reporting.Tests.Support;
using Xunit;

namespace SinHo.Reporting.Tests.Samples;

/// <summary>The import judges made registers by the same rules as anybody's: none may break one.</summary>
public sealed class GeneratedRegistersAreAccepted(TestCluster cluster)
{
    private static readonly string Sql = Path.Combine(AppContext.BaseDirectory, "sql");

    /// <summary>Papers come late and some people join old; nothing else calls for a second look.</summary>
    private static readonly HashSet<string> Natural = [IssueCode.LateOfficial, IssueCode.OverAge, IssueCode.PossibleDuplicate];

    [Fact]
    public async Task The_sample_breaks_no_rule_and_warns_only_of_what_happens_in_life()
    {
        var outcome = await ImportAsync(new SinHoSample());
        Assert.Empty(outcome.Errors);
        Assert.Subset(Natural, outcome.Warnings.Select(warning => warning.Code).ToHashSet());
    }

    [Theory]
    [InlineData(3, 0, 1, 1)]
    [InlineData(3, 12, 1, 2)]
    [InlineData(20, 5, 3, 3)]
    [InlineData(60, 700, 2, 4)]
    [InlineData(90, 4_000, 30, 5)]
    [InlineData(700, 7_800, 6, 6)]
    public async Task A_register_of_any_size_breaks_no_rule(int organisations, int members, int years, int seed)
    {
        var outcome = await ImportAsync(new SyntheticRegister(organisations, members, years, seed));
        Assert.Empty(outcome.Errors);
    }

    [Theory]
    [InlineData(60, 700, 2, 4)]
    [InlineData(400, 2_000, 3, 5)]
    public async Task Nor_does_one_of_a_province_that_goes_through_the_reform(int organisations, int members, int years, int seed)
    {
        var outcome = await ImportAsync(new SyntheticRegister(organisations, members, years, seed, throughReform: true));
        Assert.Empty(outcome.Errors);
    }

    private async Task<ImportOutcome> ImportAsync(IRegisterSource source)
    {
        var cancel = TestContext.Current.CancellationToken;
        var template = await cluster.TemplateAsync("register", connection => Migrator.UpgradeAsync(connection, Sql, cancel));
        var database = await cluster.NewDatabaseAsync(template);
        try
        {
            await using var register = NpgsqlDataSource.Create(database);
            return await new RegisterImport(register, Path.Combine(Sql, "import")).RunAsync(source, new("", "", "test", DryRun: true), null, cancel);
        }
        finally
        {
            await cluster.DropDatabaseAsync(database);
        }
    }
}
