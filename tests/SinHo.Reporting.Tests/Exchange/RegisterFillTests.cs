using System.Text.RegularExpressions;
using SinHo.Reporting.Exchange;
using SinHo.Reporting.Samples;
using SinHo.Reporting.Tests.Support;
using Xunit;

namespace SinHo.Reporting.Tests.Exchange;

/// <summary>A register that is filled straight is the one that an import of the same rows makes.</summary>
public sealed partial class RegisterFillTests(TestCluster cluster)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static SyntheticRegister Nation => new(organisations: 700, members: 900, years: 2, seed: 7, provinces: 2);

    [Fact]
    public async Task Every_row_stored_and_derived_every_key_and_index_is_that_of_an_import()
    {
        await using var imported = await TestRegister.EmptyAsync(cluster);
        await imported.AcceptAsync(Nation);
        await using var filled = await TestRegister.EmptyAsync(cluster);
        var keys = await KeysAsync(filled);

        var outcome = await FillAsync(filled);

        Assert.Equal(await RowsAsync(imported), await RowsAsync(filled));
        Assert.Equal(keys, await KeysAsync(filled));
        await filled.DerivedTablesAreTrueAsync();
        Assert.Equal(1, await filled.ScalarAsync<long>("select count(*) from trail"));
        Assert.Equal(await filled.ScalarAsync<long>("select count(*) from membership"), outcome.Sheets.Single(sheet => sheet.Sheet == "Sinh hoạt").Added);
        // The doors are open again: what comes next is judged and told of, row by row.
        await filled.AcceptAsync(new RegisterFile().Add(Register.ExchangeWorkbook.Terms, "2031-2036|01/01/2031|31/12/2035"));
        Assert.Equal(2, await filled.ScalarAsync<long>("select count(*) from trail"));
    }

    [Fact]
    public async Task It_is_for_an_empty_register_and_is_not_given_back()
    {
        await using var register = await TestRegister.EmptyAsync(cluster);
        var outcome = await FillAsync(register);
        await Assert.ThrowsAsync<RegisterNotEmptyException>(() => FillAsync(register));

        var import = new RegisterImport(register.Database, Path.Combine(AppContext.BaseDirectory, "sql", "import"));
        var undo = await import.RunAsync(await GivenBack.FindAsync(register.Database, outcome.Import!.Value, Cancel), new("", "", "test", DryRun: false), null, Cancel);
        Assert.Equal([IssueCode.ChangedSince], undo.Errors.Select(issue => issue.Code));
    }

    [Fact]
    public async Task Who_breaks_off_leaves_an_empty_register_with_its_keys()
    {
        await using var register = await TestRegister.EmptyAsync(cluster);
        var (before, keys) = (await register.DumpAsync(), await KeysAsync(register));
        using var stop = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new RegisterFill(register.ConnectionString).RunAsync(
            Nation.Parts(), 2, "sổ giả lập", "test", new Hearing(step => { if (step.Phase == "Lập chỉ mục") stop.Cancel(); }), stop.Token));
        Assert.Equal(before, await register.DumpAsync());
        Assert.Equal(keys, await KeysAsync(register));
    }

    private static Task<ImportOutcome> FillAsync(TestRegister register) =>
        new RegisterFill(register.ConnectionString).RunAsync(Nation.Parts(), Nation.Districts, "sổ giả lập", "test", null, Cancel);

    /// <summary>All but what tells of the run itself; tokens of kept names are drawn by chance.</summary>
    private static async Task<IReadOnlyList<string>> RowsAsync(TestRegister register) =>
    [
        .. (await register.DumpAsync()).Split('\n')
            .Where(line => line.Split(' ')[0] is not ("trail" or "import_run" or "kept_name" or "schema_version") && !line.StartsWith("search_entry (import,", StringComparison.Ordinal))
            .Select(line => Token().Replace(line, "~")).Order(StringComparer.Ordinal),
    ];

    private static Task<List<string>> KeysAsync(TestRegister register) => register.ColumnAsync("""
        select indexdef from pg_indexes where schemaname = 'public'
        union all
        select conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) from pg_constraint where connamespace = 'public'::regnamespace
        union all
        select tgrelid::regclass || ' ' || tgname || ' ' || tgenabled::text from pg_trigger where not tgisinternal
        order by 1
        """);

    [GeneratedRegex("~[0-9a-f]{16}", RegexOptions.None, 1000)]
    private static partial Regex Token();

    private sealed class Hearing(Action<JobStep> heard) : IProgress<JobStep>
    {
        public void Report(JobStep value) => heard(value);
    }
}
