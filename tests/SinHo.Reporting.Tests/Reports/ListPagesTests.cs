using Dapper;
using SinHo.Reporting.Access;
using SinHo.Reporting.Catalog;
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
    public async Task Years_before_a_unit_was_are_left_out_of_its_charts_and_do_not_stand_there_as_zero()
    {
        await using var connection = await sample.Database.OpenConnectionAsync(Cancel);
        var (unit, founded) = await connection.QueryFirstAsync<(string Code, int Year)>("""
            select code, extract(year from min(valid_from))::integer
            from org_version
            group by code
            having min(valid_from) between '2017-01-01' and '2019-12-31' and bool_or(valid_to is null)
            order by code
            """);
        int[] years = [.. Enumerable.Range(founded, LastDay.Year - founded + 1)];

        var overview = await Overview.AskAsync(Source, SampleReports.Definitions, District, unit, LastDay, Cancel);
        Assert.Equal(years, overview.Years.Select(year => year.Period.To.Year));
        Assert.NotEmpty(overview.Months);
        var history = await UnitHistory.AskAsync(Source, SampleReports.Definitions, District, unit, LastDay, Cancel);
        Assert.Equal(years, history.Members.Select(year => year.Period.To.Year));
        Assert.Equal(years, history.Admissions.Select(year => year.Period.To.Year));
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

    public static IEnumerable<TheoryDataRow<string>> SetsOfLists => SampleReports.Definitions.Sets.Where(set => set.Indicators.Count > 0 && set.Words.Count > 0).Select(set => new TheoryDataRow<string>(set.Indicators[0].Code));

    [Theory]
    [MemberData(nameof(SetsOfLists))]
    public async Task Conditions_keep_the_rows_that_have_them_and_the_counts_beside_their_values_are_of_the_rows_that_come(string figure)
    {
        var (set, indicator) = SampleReports.Definitions[figure];
        var dice = new Random(7);
        var pages = new ListPages(Source, SampleReports.Definitions, District);
        var year = new Period(new(2015, 7, 1), LastDay);
        for (var turn = 0; turn < 4; turn++)
        {
            var where = Condition.None;
            var request = new ListRequest(figure, "SH", year, ListView.Whole);
            for (var narrower = 0; narrower < 3; narrower++)
            {
                var values = await pages.ValuesAsync(request with { Where = ListConditions.Write(where) }, Cancel);
                Assert.Equal(set.Words.Keys.Order(StringComparer.Ordinal), values.Keys.Order(StringComparer.Ordinal));
                var total = (await pages.ReadAsync(request with { Where = ListConditions.Write(where) }, Cancel)).Total;
                // A column that is asked for tells what there would be without its own condition.
                Assert.All(values.Where(one => where.Tests.All(test => test.Column != one.Key) && indicator.Distinct.Count == 0), one => Assert.Equal(total, one.Value.Sum(value => value.Count)));
                var column = values.Keys.ElementAt(dice.Next(values.Count));
                if (values[column].Count == 0)
                    break;
                var chosen = values[column].Where(_ => dice.Next(2) == 0).DefaultIfEmpty(values[column][0]).ToList();
                where = ListConditions.With(where, column, ListConditions.OneOf(column, [.. chosen.Select(value => value.Value)]));
                Assert.Equal(where, ListConditions.Read(set, ListConditions.Write(where)));

                var page = await pages.ReadAsync(request with { Where = ListConditions.Write(where), View = ListView.Whole with { Columns = [column] } }, Cancel);
                Assert.Equal([indicator.Evidence[0], column, "grassroots_code"], page.Columns.Select(one => one.Key));
                Assert.Equal(page.Total, page.Rows.Count);
                Assert.All(page.Rows, row => Assert.Contains(row[1] as string, chosen.Select(value => value.Value)));
                if (indicator.Distinct.Count == 0)
                    Assert.Equal(chosen.Sum(value => value.Count), page.Total);
            }
        }
    }

    [Theory]
    [InlineData("age=..29", "age", "joined=2015-01-01..2019-12-31;sex=Nữ")]
    [InlineData("age=60..", "age", "religion=~")]
    public async Task Ranges_and_blanks_are_conditions_too_and_what_no_column_has_is_refused_in_words(string written, string column, string further)
    {
        var all = await WhereAsync(written);
        var ages = all.Rows.Select(row => (int)row[1]!).ToList();
        Assert.NotEmpty(ages);
        Assert.All(ages, age => Assert.True(written == "age=..29" ? age <= 29 : age >= 60, $"{age}"));
        var fewer = await WhereAsync($"{written};{further}");
        Assert.InRange(fewer.Total, 1, all.Total - 1);
        foreach (var wrong in (string[])["khong=1", "sex=Khác", "age=a..b", "age=1", "joined=2015..", "name=An", "sex", "age=.."])
            Assert.Contains($"“{wrong}”", (await Assert.ThrowsAsync<UnknownNameException>(() => WhereAsync(wrong))).Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<UnknownNameException>(() => new ListPages(Source, SampleReports.Definitions, District)
            .ReadAsync(new("members", "SH", new(LastDay, LastDay), ListView.Whole with { Columns = ["password"] }), Cancel));

        Task<ListPage> WhereAsync(string where) => new ListPages(Source, SampleReports.Definitions, District)
            .ReadAsync(new("members", "SH", new(LastDay, LastDay), ListView.Whole with { Columns = [column] }) { Where = where }, Cancel);
    }

    private Task<ListPage> ReadAsync(Viewer viewer, string unit, ListView view) =>
        new ListPages(Source, SampleReports.Definitions, viewer).ReadAsync(new("members", unit, new(LastDay, LastDay), view), Cancel);
}
