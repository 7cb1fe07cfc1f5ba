using System.Globalization;
using System.Xml.Linq;
using ClosedXML.Excel;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using SinHo.Reporting.Faces;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Tests.Support;
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
            var caption = chart.Descendants(C + "title").Single().Value;
            var asked = SampleForm.Charts.Single(one => one.Caption == caption);
            Assert.Equal([.. asked.Points.Select(point => point.Label)], Cached(chart, "cat"));
            Assert.Equal([.. asked.Points.Select(point => point.Value.ToString(CultureInfo.InvariantCulture))], Cached(chart, "val"));
            foreach (var reference in chart.Descendants(C + "f").Select(formula => formula.Parent!))
                Assert.Equal(book.Range(reference.Element(C + "f")!.Value).Cells().Select(cell => cell.GetString()), reference.Descendants(C + "v").Select(value => value.Value));
        }

        var faults = new OpenXmlValidator().Validate(document, TestContext.Current.CancellationToken).Where(fault => fault.Part is ChartPart or DrawingsPart).Select(fault => $"{fault.Path?.XPath}: {fault.Description}");
        Assert.Empty(faults);
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
