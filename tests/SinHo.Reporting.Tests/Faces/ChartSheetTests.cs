using System.Globalization;
using System.Xml.Linq;
using ClosedXML.Excel;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using SinHo.Reporting.Faces;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Tests.Support;
using SinHo.Reporting.Words;
using Xunit;

namespace SinHo.Reporting.Tests.Faces;

public sealed class ChartSheetTests : IDisposable
{
    private static readonly XNamespace C = "http://schemas.openxmlformats.org/drawingml/2006/chart";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Charts_are_native_and_repeat_the_cells_that_they_are_drawn_from()
    {
        var path = folder.File("charts.xlsx");
        using var report = SampleForm.Compared();
        WorkbookFace.Write(report with { Charts = SampleForm.Charts }, path, progress: null, CancellationToken.None);

        using var document = SpreadsheetDocument.Open(path, isEditable: false);
        using var book = new XLWorkbook(path);
        var parts = document.WorkbookPart!.WorksheetParts.Single(sheet => sheet.DrawingsPart is { ChartParts: var charts } && charts.Any()).DrawingsPart!.ChartParts.ToList();
        Assert.Equal(4, parts.Count);
        foreach (var part in parts)
        {
            using var content = part.GetStream();
            var chart = XDocument.Load(content);
            var caption = chart.Root!.Element(C + "chart")!.Element(C + "title")!.Value;
            var asked = SampleForm.Charts.Single(one => one.Caption == caption);
            Assert.Equal([asked.Category, Vietnamese.Sentence(asked.CountedIn)], chart.Descendants(C + "plotArea").Descendants(C + "title").Select(title => title.Value));
            Assert.Equal([.. asked.Points.Select(point => point.Label)], Cached(chart, "cat"));
            Assert.Equal([.. asked.Points.Select(point => point.Value.ToString(CultureInfo.InvariantCulture))], Cached(chart, "val"));
            foreach (var reference in chart.Descendants(C + "f").Select(formula => formula.Parent!))
                Assert.Equal(book.Range(reference.Element(C + "f")!.Value).Cells().Select(cell => cell.GetString()), reference.Descendants(C + "v").Select(value => value.Value));
        }

        var faults = new OpenXmlValidator().Validate(document, TestContext.Current.CancellationToken).Where(fault => fault.Part is ChartPart or DrawingsPart).Select(fault => $"{fault.Path?.XPath}: {fault.Description}");
        Assert.Empty(faults);
    }

    [Theory]
    [InlineData(new[] { 146, 147, 148, 146 }, "1")]
    [InlineData(new[] { 0, 1, 3, 2 }, "1")]
    [InlineData(new[] { 146, 146, 146 }, null)]
    [InlineData(new[] { 20, 27, 23 }, null)]
    [InlineData(new[] { 3514, 3882, 3700 }, null)]
    public void A_short_axis_counts_in_whole_numbers_and_few_points_carry_theirs(int[] values, string? step)
    {
        var path = folder.File("line.xlsx");
        using var report = SampleForm.Compared();
        var points = values.Select((value, index) => new ChartPoint($"{index + 1:00}/2020", value));
        WorkbookFace.Write(report with { Charts = [SampleForm.Charts[0] with { Points = [.. points] }] }, path, progress: null, CancellationToken.None);

        using var document = SpreadsheetDocument.Open(path, isEditable: false);
        using var content = document.WorkbookPart!.WorksheetParts.Single(sheet => sheet.DrawingsPart is { ChartParts: var charts } && charts.Any()).DrawingsPart!.ChartParts.Single().GetStream();
        var chart = XDocument.Load(content);
        Assert.Equal(step, (string?)chart.Descendants(C + "majorUnit").SingleOrDefault()?.Attribute("val"));
        Assert.NotEmpty(chart.Descendants(C + "dLbls"));
        Assert.DoesNotContain(new OpenXmlValidator().Validate(document, TestContext.Current.CancellationToken), fault => fault.Part is ChartPart or DrawingsPart);
    }

    [Fact]
    public void Without_charts_there_is_no_sheet()
    {
        using var report = SampleForm.Compared();
        WorkbookFace.Write(report, folder.File("none.xlsx"), progress: null, CancellationToken.None);

        using var book = new XLWorkbook(folder.File("none.xlsx"));
        Assert.False(book.Worksheets.Contains("Biểu đồ"));
    }

    private static string[] Cached(XDocument chart, string axis) => [.. chart.Descendants(C + axis).Single().Descendants(C + "v").Select(value => value.Value)];
}
