using SinHo.Reporting.Access;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Reports;
using Xunit;

namespace SinHo.Reporting.Tests.Reports;

/// <summary>Two periods side by side, and the parts of a unit in order: every difference has its people, every part its place.</summary>
public sealed class ComparisonTests(SampleReports sample) : IClassFixture<SampleReports>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private ReportBuilder Builder => new(sample.Database, SampleReports.Definitions);

    [Theory]
    [InlineData("term", "SH")]
    [InlineData("monthly", "SH.X03")]
    [InlineData("form-1", "SH.X03")]
    [InlineData("form-3", "SH.X05")]
    public async Task What_came_in_less_what_went_out_is_the_difference_and_nothing_is_on_both_sides(string name, string unit)
    {
        var (now, then) = await Builder.BuildBothAsync(Request(name, unit, Period.Year(2019)), Period.Year(2018), ReportingCalendar.Months, null, Cancel);
        using (now)
        using (then)
        {
            var figures = Comparison.Of(now, then);
            Assert.Equal(now.Figures.Select(figure => figure.Code).Distinct(), figures.Select(figure => figure.Code));
            // What is of one year by its code has nothing to be compared with.
            Assert.All(figures.Where(figure => figure.Then is null), figure => Assert.EndsWith("_2019", figure.Code, StringComparison.Ordinal));
            Assert.All(figures.Where(figure => figure.Then is not null), figure => Assert.Equal((figure.Code, figure.Now), (figure.Code, figure.Then + figure.In.Count - figure.Out.Count)));
            Assert.All(figures, figure => Assert.Empty(figure.In.Select(row => row.Key).Intersect(figure.Out.Select(row => row.Key))));
            Assert.Contains(figures, figure => figure.In.Count > 0 && figure.Out.Count > 0);
            Assert.Equal(then.Figures.First(figure => figure.Code == figures[0].Code).Value, figures[0].Then);
            var same = Comparison.Of(now, now);
            Assert.All(same, figure => Assert.Equal((figure.Now, 0, 0), (figure.Then, figure.In.Count, figure.Out.Count)));
        }
    }

    [Fact]
    public async Task Members_that_two_years_differ_by_are_those_of_the_lists()
    {
        var (now, then) = await Builder.BuildBothAsync(Request("term", "SH.X03", Period.Year(2019)), Period.Year(2017), ReportingCalendar.Months, null, Cancel);
        using (now)
        using (then)
        {
            var members = Comparison.Of(now, then).Single(figure => figure.Code == "members");
            var (today, before) = (Codes(now), Codes(then));
            Assert.Equal(today.Except(before).Order(StringComparer.Ordinal), members.In.Select(row => row.Key));
            Assert.Equal(before.Except(today).Order(StringComparer.Ordinal), members.Out.Select(row => row.Key));
            Assert.All(members.In.Concat(members.Out), row => Assert.False(string.IsNullOrEmpty(row.Name)));
        }

        static List<string> Codes(Report report) => [.. report.Figures.Single(figure => figure.Code == "members").Evidence.Rows().Select(row => (string)row[0]!)];
    }

    [Theory]
    [InlineData("term", "SH", "members")]
    [InlineData("term", "SH", "admissions")]
    [InlineData("term", "SH.X03", "members")]
    [InlineData("form-3", "SH", "I_female.now")]
    public async Task Parts_stand_in_order_with_their_share_and_rank(string name, string unit, string figure)
    {
        var ranking = await Builder.RankAsync(Request(name, unit, Period.Year(2019)), figure, null, Cancel);
        Assert.True(ranking.Rows.Count > 5);
        Assert.Equal(ranking.Rows.Select(row => row.Value).OrderDescending(), ranking.Rows.Select(row => row.Value));
        Assert.Equal(ranking.Total, ranking.Rows.Sum(row => row.Value));
        Assert.All(ranking.Rows, row => Assert.Equal(1 + ranking.Rows.Count(other => other.Value > row.Value), row.Rank));
        Assert.InRange(ranking.Rows.Sum(row => row.Share!.Value), 99.5m, 100.5m);
        using var report = await Builder.BuildAsync(Request(name, ranking.Rows[0].Unit, Period.Year(2019)), null, Cancel);
        Assert.Equal(ranking.Rows[0].Value, report.Figures.First(one => one.Code == figure).Value);
    }

    [Fact]
    public async Task What_cannot_be_ranked_is_told_with_the_nearest_that_can()
    {
        var unknown = await Assert.ThrowsAsync<UnknownNameException>(() => Builder.RankAsync(Request("term", "SH", Period.Year(2019)), "member", null, Cancel));
        Assert.Contains("Có phải “members”?", unknown.Message, StringComparison.Ordinal);
        var alone = await Assert.ThrowsAsync<UnknownNameException>(() => Builder.RankAsync(Request("term", "SH.X03.B01", Period.Year(2019)), "members", null, Cancel));
        Assert.Contains("không có đơn vị trực thuộc", alone.Message, StringComparison.Ordinal);
        // A commune's account compares its own and no other.
        var commune = new ReportBuilder(sample.Database, SampleReports.Definitions, new Viewer(0, Role.Head, "SH.X03"));
        await Assert.ThrowsAsync<UnknownNameException>(() => commune.BuildBothAsync(Request("term", "SH.X04", Period.Year(2019)), Period.Year(2018), ReportingCalendar.Months, null, Cancel));
        var (now, then) = await commune.BuildBothAsync(Request("term", "SH.X03", Period.Year(2019)), Period.Year(2018), ReportingCalendar.Months, null, Cancel);
        now.Dispose();
        then.Dispose();
    }

    private static ReportRequest Request(string name, string unit, Period period) => new(name, unit, period, new Dictionary<string, int>(StringComparer.Ordinal), WithEvidence: true);
}
