using SinHo.Reporting.Figures;
using Xunit;

namespace SinHo.Reporting.Tests.Reports;

public sealed class ChartsOfTheSampleTests(SampleReports sample) : IClassFixture<SampleReports>
{
    [Fact]
    public void Charts_of_the_term_say_what_its_figures_say()
    {
        var values = sample.District.Figures.ToDictionary(figure => figure.Code, figure => figure.Value, StringComparer.Ordinal);
        var charts = sample.District.Charts;

        Assert.Equal([ChartKind.Line, ChartKind.Column, ChartKind.Bar, ChartKind.Column], charts.Select(chart => chart.Kind));
        Assert.Equal(("07/2015", "06/2020", 60), (charts[0].Points[0].Label, charts[0].Points[^1].Label, charts[0].Points.Count));
        Assert.Equal(values["members"], charts[0].Points[^1].Value);
        Assert.Equal(["01/07 - 31/12/2015", "2016", "2017", "2018", "2019", "01/01 - 30/06/2020"], charts[1].Points.Select(point => point.Label));
        Assert.Equal(values["admissions"], charts[1].Points.Sum(point => point.Value));
        Assert.Equal(values["members"], charts[2].Points.Sum(point => point.Value));
        Assert.DoesNotContain(charts[2].Points, point => point.Value == 0);
        Assert.Equal(values["members"], charts[3].Points.Sum(point => point.Value));
        Assert.Equal("Đảng viên theo dân tộc, có đến 30/06/2020", charts[2].Caption);
    }
}
