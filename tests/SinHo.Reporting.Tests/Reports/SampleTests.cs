using SinHo.Reporting.Catalog;
using SinHo.Reporting.Facts;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Reports;
using SinHo.Reporting.Tests.Samples;
using Xunit;

namespace SinHo.Reporting.Tests.Reports;

/// <summary>What the reports count in the Sìn Hồ sample. Source: issue 2, sections 6 and 7.</summary>
public sealed class SampleTests(SampleReports reports) : IClassFixture<SampleReports>
{
    private static readonly Dictionary<string, int> Settings = new(StringComparer.Ordinal) { ["few_member_max"] = 5 };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Article.District), MemberType = typeof(Article))]
    public void The_district_counts_what_the_article_told(string code, int value) => Assert.Equal(value, Figure(reports.District, code).Value);

    [Theory]
    [MemberData(nameof(Article.PaTan), MemberType = typeof(Article))]
    public void Pa_Tan_counts_what_the_article_told(string code, int value) => Assert.Equal(value, Figure(reports.PaTan, code).Value);

    [Fact]
    public void Pa_Tan_did_its_work_well_in_each_of_five_years()
    {
        Assert.All(Enumerable.Range(2015, 5), year => Assert.Equal(1, Figure(reports.PaTan, $"rated_good_{year}").Value));
        Assert.Equal(5, Figure(reports.PaTan, "years_rated_well").Value);
    }

    [Fact]
    public void Long_Thang_in_Pa_Tan_is_the_one_village_branch_founded()
    {
        var branch = Assert.Single(Figure(reports.District, "founded_village_branches").Evidence.Rows());
        Assert.StartsWith("SH.X03.", (string)branch[0]!, StringComparison.Ordinal);
        Assert.Equal("Chi bộ bản Lồng Thàng", branch[1]);
    }

    [Fact]
    public void The_three_elevens_have_no_branch_in_common()
    {
        string[] elevens = ["rearranged_school_branches", "dissolved_agency_branches", "founded_police_branches"];
        var branches = elevens.SelectMany(code => Figure(reports.District, code).Evidence.Rows().Select(row => row[0])).ToList();
        Assert.Equal(33, branches.Count);
        Assert.Equal(33, branches.Distinct().Count());
    }

    [Fact]
    public void Every_check_of_both_reports_holds() =>
        Assert.All(reports.District.Checks.Concat(reports.PaTan.Checks), check => Assert.True(check.Ok, $"{check.Code}: {check.Detail}"));

    [Fact]
    public async Task Every_organisation_closes_every_month_with_what_came_and_went_and_opens_the_next_with_it()
    {
        await using var snapshot = await Snapshot.TakeAsync(reports.Database, Cancel);
        var units = (await snapshot.QueryAsync<string>("select code from org order by code", new { }, Cancel)).ToList();
        var movement = SampleReports.Definitions["closing"].Set;
        var lines = movement.Indicators.Select(line => line.Code).Where(code => code is not ("dec_struck_off_probationary" or "inc_transferred" or "dec_transferred")).ToList();
        var differences = new List<string>();
        Dictionary<string, int>? closed = null;
        for (var month = new DateOnly(2015, 7, 1); month < new DateOnly(2020, 7, 1); month = month.AddMonths(1))
        {
            var values = await snapshot.CountAsync(movement, movement.Measures, units, new(Period.Month(month.Year, month.Month), Settings), Cancel);
            int Sum(string unit, string prefix) =>
                (int)lines.Where(code => code.StartsWith(prefix, StringComparison.Ordinal)).Sum(code => values.GetValueOrDefault((unit, Measure.Of(code))));

            foreach (var unit in units)
            {
                if (Sum(unit, "opening") + Sum(unit, "inc_") - Sum(unit, "dec_") != Sum(unit, "closing"))
                    differences.Add($"{unit} in {month:yyyy-MM}: {Sum(unit, "opening")} + {Sum(unit, "inc_")} - {Sum(unit, "dec_")} is not {Sum(unit, "closing")}");
                if (closed is not null && closed[unit] != Sum(unit, "opening"))
                    differences.Add($"{unit} closed with {closed[unit]} and opens {month:yyyy-MM} with {Sum(unit, "opening")}");
            }

            closed = units.ToDictionary(unit => unit, unit => Sum(unit, "closing"), StringComparer.Ordinal);
        }

        Assert.True(units.Count > 365, $"{units.Count} organisations");
        Assert.Equal(3882, closed!["SH"]);
        Assert.Empty(differences);
    }

    [Theory]
    [InlineData("2015-07-01", "2020-06-30")]
    [InlineData("2016-01-01", "2016-12-31")]
    [InlineData("2018-01-01", "2018-12-31")]
    [InlineData("2019-10-01", "2019-10-31")]
    public async Task Grassroots_organisations_add_up_to_the_district_where_the_definition_says_so(string from, string to)
    {
        var question = new Question(new(Day(from), Day(to)), Settings);
        await using var snapshot = await Snapshot.TakeAsync(reports.Database, Cancel);
        var differences = new List<string>();
        var compared = 0;
        foreach (var set in SampleReports.Definitions.Sets)
        {
            var values = await snapshot.CountByPartAsync(set, set.Measures, "SH", Parts.RolesOf("superior"), question, Cancel);
            foreach (var figure in set.Indicators.Where(indicator => indicator.Additive))
            {
                var counted = values[Measure.Of(figure.Code)];
                var (sum, whole) = (counted.Parts.Values.Sum(), counted.Whole);
                compared++;
                if (sum != whole)
                    differences.Add($"{figure.Code}: the parts have {sum}, the district {whole}");
            }
        }

        Assert.True(compared >= 20, $"{compared} figures add up by definition");
        Assert.Empty(differences);
    }

    private static Figure Figure(Report report, string code) => report.Figures.Single(figure => figure.Code == code);

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
