using System.Globalization;
using System.Text;
using Dapper;
using SinHo.Reporting.Events;
using SinHo.Reporting.Exchange;
using SinHo.Reporting.Register;
using SinHo.Reporting.Tests.Exchange;
using SinHo.Reporting.Tests.Reports;
using SinHo.Reporting.Tests.Support;
using SinHo.Reporting.Words;
using Xunit;

namespace SinHo.Reporting.Tests.Events;

/// <summary>Random events through the door of the forms: what comes of them is what the second calculation and a workbook of the same rows say, and all of it can be taken back.</summary>
public sealed class EventSequencesTests(TestCluster cluster)
{
    private const int Tried = 60;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static IEnumerable<TheoryDataRow<int>> Seeds => Registers.Seeds;

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Events_figures_workbook_and_taking_back_agree(int seed)
    {
        using var folder = new TemporaryFolder();
        await using var register = await TestRegister.EmptyAsync(cluster);
        await register.AcceptAsync(RandomRegister.Create(seed, 2));
        var before = Export(register, folder.File("before.xlsx"));

        var (dice, written, kinds) = (new Random(seed), new Stack<long>(), new HashSet<string>());
        for (var turn = 0; turn < Tried; turn++)
        {
            var kind = EventKind.Of(RandomEvents.Kinds[turn % RandomEvents.Kinds.Count]);
            var draft = await RandomEvents.DraftAsync(register, kind, turn, dice);
            var outcome = await register.RecordAsync(Encoding.UTF8.GetString(EventDraft.File((kind, draft))));
            if (outcome.Import is not { } import)
                continue;
            written.Push(import);
            kinds.Add(kind.Name);
        }
        // In some registers every branch has ended.
        var least = await register.ScalarAsync<bool>("select exists (select from membership where valid_to is null)") ? 10 : 1;
        Assert.True(kinds.Count >= least, $"Only {string.Join(' ', kinds)} went in.");
        await register.DerivedTablesAreTrueAsync();

        var after = Export(register, folder.File("after.xlsx"));
        Assert.NotEqual(before, after);
        var model = CaseWorkbook.Read(folder.File("after.xlsx"));
        foreach (var question in RandomQuestion.About(model, seed, 4).Where(one => model.LifeOf(one.Unit).Any(version => version.From <= one.To && (version.To is null || version.To > one.From))))
            Assert.Empty(await SqlAgreesWithOracleTests.DifferencesAsync(register.Database, model, question));

        await using (var other = await TestRegister.EmptyAsync(cluster))
        {
            await other.AcceptAsync(new WorkbookSource(folder.File("after.xlsx")));
            Assert.Equal(after, Export(other, folder.File("other.xlsx")));
        }

        foreach (var import in written)
        {
            var back = await register.ImportAsync(await GivenBack.FindAsync(register.Database, import, Cancel));
            Assert.True(back.Accepted, string.Join('\n', back.Errors));
        }
        Assert.Equal(before, Export(register, folder.File("back.xlsx")));
        await register.DerivedTablesAreTrueAsync();
    }

    private static string Export(TestRegister register, string path)
    {
        using (var export = new RegisterExport(register.Database))
            RegisterWorkbook.Write(path, export.Sheets(), Cancel);
        using var rows = new RegisterExport(register.Database);
        return string.Join('\n', rows.Sheets().SelectMany(sheet => sheet.Rows.Select(row => $"{sheet.Sheet.Name}: {string.Join('|', row)}")));
    }
}
