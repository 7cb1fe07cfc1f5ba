using Dapper;
using SinHo.Reporting.Access;
using SinHo.Reporting.Facts;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Reports;
using SinHo.Reporting.Words;
using Xunit;

namespace SinHo.Reporting.Tests.Reports;

/// <summary>Lists a page at a time, the tree and the overview, as accounts of the district and of a commune see them.</summary>
public sealed class ListPagesTests(SampleReports sample) : IClassFixture<SampleReports>
{
    private static readonly DateOnly LastDay = new(2020, 6, 30);
    private static readonly Viewer District = new(0, Role.Administrator, null);
    private static readonly Viewer Commune = new(0, Role.Head, "SH.X03");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private StatisticsSource Source => new(sample.Database);

    [Fact]
    public async Task Pages_of_a_list_put_together_are_the_evidence_of_its_figure()
    {
        var evidence = sample.PaTan.Figures.Single(figure => figure.Code == "members").Evidence;
        var rows = new List<object?[]>();
        ListPage page;
        do
        {
            page = await ReadAsync(Commune, "SH.X03", new(null, null, false, rows.Count, 37));
            Assert.Equal(evidence.Count, page.Total);
            rows.AddRange(page.Rows);
        }
        while (page.Rows.Count > 0);

        Assert.Equal(evidence.Rows().ToList(), rows);
    }

    [Fact]
    public async Task A_filter_finds_names_typed_without_marks_and_takes_signs_of_patterns_as_they_are()
    {
        var all = await ReadAsync(Commune, "SH.X03", new(null, null, false, 0, 100_000));
        var name = (string)all.Rows[0][1]!;
        var found = await ReadAsync(Commune, "SH.X03", new($" {Matching.Bare(name).ToUpperInvariant()} ", null, false, 0, 100));

        Assert.Contains(found.Rows, row => (string)row[1]! == name);
        Assert.All(found.Rows, row => Assert.All(Matching.Bare(name).Split(' '), word => Assert.Contains(word, Matching.Bare(string.Join(' ', row)), StringComparison.Ordinal)));
        Assert.Equal(0, (await ReadAsync(Commune, "SH.X03", new("%", null, false, 0, 100))).Total);
    }

    [Fact]
    public async Task A_list_is_sorted_by_any_column_both_ways()
    {
        var upwards = (await ReadAsync(Commune, "SH.X03", new(null, "joined", false, 0, 100_000))).Rows.Select(row => (DateOnly)row[5]!).ToList();
        var downwards = (await ReadAsync(Commune, "SH.X03", new(null, "joined", true, 0, 100_000))).Rows.Select(row => (DateOnly)row[5]!).ToList();

        Assert.Equal(upwards.Order(), upwards);
        Assert.Equal(upwards.OrderDescending(), downwards);
    }

    [Theory]
    [InlineData("form-1")]
    [InlineData("form-2b")]
    [InlineData("form-3")]
    [InlineData("form-5")]
    [InlineData("monthly")]
    public async Task Every_number_of_a_form_opens_as_many_rows_as_it_says(string name)
    {
        var year = Period.Year(2019);
        var request = new ReportRequest(name, "SH.X03", year, new Dictionary<string, int>(), WithEvidence: false);
        using var report = await new ReportBuilder(Source, SampleReports.Definitions, Commune).BuildAsync(request, null, Cancel);
        var pages = new ListPages(Source, SampleReports.Definitions, Commune);
        var opened = 0;
        foreach (var figure in report.Figures.Where(figure => figure.Value > 0))
        {
            var page = await pages.ReadAsync(new(ListSubject.CodeOf(report, figure.Code), "SH.X03", year, ListView.Whole), Cancel);
            Assert.Equal((figure.Code, figure.Value, figure.Value), (figure.Code, page.Total, page.Rows.Count));
            opened++;
        }
        Assert.True(opened > 5, $"{opened} numbers");
    }

    [Fact]
    public async Task A_unit_that_was_not_there_on_a_day_says_when_it_was_but_only_to_those_above_it()
    {
        var early = new DateOnly(1990, 1, 1);
        var absent = await Assert.ThrowsAsync<AbsentUnitException>(() => Overview.AskAsync(Source, SampleReports.Definitions, Commune, "SH.X03", early, Cancel));
        Assert.Contains("không tồn tại vào ngày 01/01/1990: có từ ", absent.Message, StringComparison.Ordinal);
        var outside = await Assert.ThrowsAsync<UnknownNameException>(() => Overview.AskAsync(Source, SampleReports.Definitions, Commune, "SH.X04", early, Cancel));
        Assert.StartsWith("Không có đơn vị", outside.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_of_a_commune_finds_no_other_unit()
    {
        var units = new UnitDirectory(Source, Commune);

        Assert.All(await units.TreeAsync(LastDay, Cancel), unit => Assert.StartsWith("SH.X03", unit.Code, StringComparison.Ordinal));
        Assert.Equal(368, (await new UnitDirectory(Source, District).TreeAsync(LastDay, Cancel)).Count);
        await Assert.ThrowsAsync<UnknownNameException>(() => ReadAsync(Commune, "SH.X04", new(null, null, false, 0, 10)));
        await Assert.ThrowsAsync<UnknownNameException>(() => units.HistoryAsync("SH", LastDay, Cancel));
        await Assert.ThrowsAsync<UnknownNameException>(() => Overview.AskAsync(Source, SampleReports.Definitions, Commune, "SH", LastDay, Cancel));
    }

    [Fact]
    public async Task A_decision_shows_its_branches_before_and_after_it_with_their_members_and_nothing_outside_the_unit()
    {
        await using var connection = await sample.Database.OpenConnectionAsync(Cancel);
        var rows = (await connection.QueryAsync<(string Decision, DateOnly Date, string Branch, string Role)>(
            "select decision, date, unit::text, role::text from restructuring order by decision")).AsList();
        foreach (var decision in rows.GroupBy(row => row.Decision).Take(8))
        {
            var shown = await RestructuringDecision.AskAsync(Source, SampleReports.Definitions, District, decision.Key, Cancel);

            Assert.Equal(0, shown.Outside);
            Assert.Equal(decision.Where(row => row.Role == "Trước").Select(row => row.Branch).Order(StringComparer.Ordinal), shown.Before.Select(branch => branch.Code));
            Assert.Equal(decision.Where(row => row.Role == "Sau").Select(row => row.Branch).Order(StringComparer.Ordinal), shown.After.Select(branch => branch.Code));
            Assert.All(shown.Before, branch => Assert.Equal(shown.Date.AddDays(-1), branch.Day));
        }
        Assert.Contains(rows, row => !row.Branch.StartsWith("SH.X03", StringComparison.Ordinal));
        foreach (var decision in rows.GroupBy(row => row.Decision))
        {
            if (decision.Any(row => row.Branch.StartsWith("SH.X03", StringComparison.Ordinal)))
            {
                var shown = await RestructuringDecision.AskAsync(Source, SampleReports.Definitions, Commune, decision.Key, Cancel);
                Assert.All(shown.Before.Concat(shown.After), branch => Assert.StartsWith("SH.X03", branch.Code, StringComparison.Ordinal));
            }
            else
            {
                await Assert.ThrowsAsync<UnknownNameException>(() => RestructuringDecision.AskAsync(Source, SampleReports.Definitions, Commune, decision.Key, Cancel));
            }
        }
    }

    [Fact]
    public async Task The_overview_of_the_last_day_of_a_term_agrees_with_its_report()
    {
        var overview = await Overview.AskAsync(Source, SampleReports.Definitions, District, "SH", LastDay, Cancel);

        Assert.All(Overview.Stock.Where(code => code != "branches"), code => Assert.Equal(
            sample.District.Figures.Single(figure => figure.Code == code).Value, overview.Figures.Single(figure => figure.Code == code).Value));
        Assert.Equal(overview.Figures.Single(figure => figure.Code == "members").Value, overview.Months[^1].Value);
        Assert.Equal(new DateOnly(2019, 7, 31), overview.Months[0].Period.To);
        // Half of 2020, and half of 2015, lie in the term.
        var term = sample.District.Figures.Single(figure => figure.Code == "admissions").Value;
        Assert.InRange(term, overview.Years.Skip(1).Sum(year => year.Value), overview.Years.Sum(year => year.Value));
    }

    private Task<ListPage> ReadAsync(Viewer viewer, string unit, ListView view) =>
        new ListPages(Source, SampleReports.Definitions, viewer).ReadAsync(new("members", unit, new(LastDay, LastDay), view), Cancel);
}
