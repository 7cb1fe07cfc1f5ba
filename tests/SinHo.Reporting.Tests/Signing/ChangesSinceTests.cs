using System.Text;
using SinHo.Reporting.Catalog;
using SinHo.Reporting.Events;
using SinHo.Reporting.Exchange;
using SinHo.Reporting.Faces;
using SinHo.Reporting.Facts;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Reports;
using SinHo.Reporting.Runs;
using SinHo.Reporting.Signing;
using SinHo.Reporting.Tests.Events;
using SinHo.Reporting.Tests.Exchange;
using SinHo.Reporting.Tests.Reports;
using SinHo.Reporting.Tests.Support;
using Xunit;

namespace SinHo.Reporting.Tests.Signing;

/// <summary>Signed, then events at random, a setting and what is given back: every difference is told with whom it is about and which entry did it.</summary>
public sealed class ChangesSinceTests(TestCluster cluster)
{
    private static readonly Definitions Definitions = CatalogReader.Read(AppContext.BaseDirectory);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static IEnumerable<TheoryDataRow<int>> Seeds => Registers.Seeds;

    [Fact]
    public void An_entry_by_a_form_is_called_what_the_form_is_called_and_one_by_a_workbook_by_sheet_and_row()
    {
        Assert.Equal("sửa sai, lần nhập 8, “Thôi sinh hoạt”, clerk: báo muộn", SigningFace.Words(new("correction", 8, 1, "leave", "clerk", null, "báo muộn")));
        Assert.Equal("nhập muộn, lần nhập 17, Sinh hoạt hàng 14", SigningFace.Words(new("late", 17, 14, "Sinh hoạt", null, null, null)));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task What_moved_is_explained_exactly(int seed)
    {
        using var folder = new TemporaryFolder();
        await using var register = await TestRegister.EmptyAsync(cluster);
        await register.AcceptAsync(RandomRegister.Create(seed, 2));
        var unit = (await register.ScalarAsync<string>("""
            select closure.ancestor::text
            from org_closure as closure
            join org_version as version on version.code = closure.ancestor and version.valid_from <= '2021-12-31' and coalesce(version.valid_to, 'infinity') > '2018-01-01'
            left join membership on membership.branch = closure.descendant and coalesce(membership.valid_to, 'infinity') > '2019-06-01'
            group by closure.ancestor
            order by bool_or(version.level_role = 'superior') desc, count(membership.member) desc, 1
            limit 1
            """))!;
        var signed = new List<SignedReport>();
        foreach (var (report, index) in new[] { "term", "form-1", "form-3" }.Select((one, index) => (one, index)))
            signed.Add(await SignAsync(register, folder, report, unit, new(new(2018, 1, 1), new(2021, 12, 31)), $"{index + 1}-BC/HU"));
        foreach (var one in signed)
            Assert.Empty((await AskAsync(register, one)).Figures);

        var dice = new Random(seed);
        var written = new List<long>();
        for (var turn = 0; turn < 40; turn++)
        {
            var kind = EventKind.Of(RandomEvents.Kinds[turn % RandomEvents.Kinds.Count]);
            var outcome = await register.RecordAsync(Encoding.UTF8.GetString(EventDraft.File((kind, await RandomEvents.DraftAsync(register, kind, turn, dice)))));
            if (outcome.Import is { } import)
                written.Add(import);
        }
        if (written.Count > 0 && (await register.ImportAsync(await GivenBack.FindAsync(register.Database, written[^1], Cancel))).Import is { } back)
            written.Add(back);
        var differences = 0;
        foreach (var one in signed)
            differences += await AreExplainedAsync(register, one, written);
        // In some registers every branch has ended.
        Assert.True(differences > 0 || seed > 2);

        await register.ExecuteAsync("update setting set value = 9 where name = 'few_member_max'");
        var moved = await AskAsync(register, signed[0]);
        foreach (var cause in moved.Figures.Where(figure => figure.Code == "few_member_branches").SelectMany(figure => figure.In).Select(row => row.Causes[0]))
            Assert.Contains(cause.Kind, (string[])["setting", "late", "correction"]);
        ChangesBook.Write(moved, folder.File("changes.xlsx"), Cancel);
    }

    private static async Task<int> AreExplainedAsync(TestRegister register, SignedReport signed, List<long> written)
    {
        var changes = await AskAsync(register, signed);
        Assert.Null(changes.WhyNotAsked);
        using var now = await new ReportBuilder(register.Database, Definitions).BuildAsync(ReportRequest.Of(PaperQuestion.Parse(signed.Question)!), null, Cancel);
        var before = (await new IssuedReports(register.Database).FindAsync(signed.IssuedId, Cancel))!.Figures.DistinctBy(figure => figure.Code).ToDictionary(figure => figure.Code, figure => figure.Value);
        foreach (var figure in now.Figures.DistinctBy(figure => figure.Code).Where(figure => before.TryGetValue(figure.Code, out var value) && value != figure.Value))
            Assert.Contains(changes.Figures, moved => moved.Code == figure.Code && moved.Before == before[figure.Code] && moved.Now == figure.Value);
        foreach (var figure in changes.Figures.Where(figure => before.ContainsKey(figure.Code)))
        {
            Assert.Equal(figure.Now, figure.Before + figure.In.Count - figure.Out.Count);
            foreach (var row in figure.In.Concat(figure.Out))
            {
                Assert.NotEmpty(row.Causes);
                Assert.All(row.Causes, cause => Assert.True(cause.Import is { } import && written.Contains(import), $"{figure.Code} {row.Key}: {cause}"));
                Assert.All(row.Causes, cause => Assert.Contains(cause.Kind, (string[])["late", "correction"]));
            }
        }
        return changes.Figures.Count;
    }

    private static Task<Changes> AskAsync(TestRegister register, SignedReport signed) =>
        new ChangesSince(register.Database, new StatisticsSource(register.Database), Definitions, AppContext.BaseDirectory).AskAsync(signed, null, Cancel);

    internal static async Task<SignedReport> SignAsync(TestRegister register, TemporaryFolder folder, string report, string unit, Period period, string number)
    {
        var path = folder.File($"{report}-{number.Replace('/', '_')}.xlsx");
        var request = new ReportRequest(report, unit, period, new Dictionary<string, int>(), WithEvidence: true) { WithCharts = true, EvidenceUpTo = ReportRequest.MostMembersWithEvidence };
        using (var made = await new ReportBuilder(register.Database, Definitions).BuildAsync(request, null, Cancel))
            WorkbookFace.Write(made, path, null, Cancel);
        return await new SignDesk(register.Database, Definitions, AppContext.BaseDirectory)
            .SignAsync(path, new(number, period.To.AddDays(5), "Lò Văn Ký", [], null, null, "test"), null, Cancel);
    }
}
