using System.Globalization;
using System.Text;
using System.Xml.Linq;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace SinHo.Reporting.Workbooks;

/// <summary>Puts native charts into a package that ClosedXML wrote, which knows no charts.</summary>
internal static class ChartParts
{
    private static readonly XNamespace Drawing = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing";
    private static readonly XNamespace Main = "http://schemas.openxmlformats.org/drawingml/2006/main";
    private static readonly XNamespace Chart = "http://schemas.openxmlformats.org/drawingml/2006/chart";
    private static readonly XNamespace Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    /// <param name="package">The whole workbook; changed in place.</param>
    public static void Add(Stream package, IReadOnlyList<PlacedChart> charts)
    {
        if (charts.Count == 0)
            return;
        using var document = SpreadsheetDocument.Open(package, isEditable: true);
        var workbook = document.WorkbookPart!;
        foreach (var sheet in charts.GroupBy(chart => chart.Sheet))
        {
            var id = workbook.Workbook.Descendants<Sheet>().Single(tab => tab.Name == sheet.Key).Id!;
            AddTo((WorksheetPart)workbook.GetPartById(id!), [.. sheet]);
        }
    }

    private static void AddTo(WorksheetPart sheet, IReadOnlyList<PlacedChart> charts)
    {
        // Without a name the SDK gives each relationship a random one.
        var drawing = sheet.AddNewPart<DrawingsPart>("drawing1");
        var anchors = charts.Select((chart, index) =>
        {
            var part = drawing.AddNewPart<ChartPart>(string.Create(CultureInfo.InvariantCulture, $"chart{index + 1}"));
            Feed(part, ChartXml.Of(chart));
            return Anchor(chart, index + 1, drawing.GetIdOfPart(part));
        });
        Feed(drawing, new(Drawing + "wsDr", new XAttribute(XNamespace.Xmlns + "xdr", Drawing), new XAttribute(XNamespace.Xmlns + "a", Main), anchors));
        sheet.Worksheet.AddChild(new DocumentFormat.OpenXml.Spreadsheet.Drawing { Id = sheet.GetIdOfPart(drawing) });
    }

    private static XElement Anchor(PlacedChart chart, int number, string id) => new(Drawing + "twoCellAnchor",
        Corner("from", chart.From.Column - 1, chart.From.Row - 1),
        Corner("to", chart.To.Column, chart.To.Row),
        new XElement(Drawing + "graphicFrame", new XAttribute("macro", ""),
            new XElement(Drawing + "nvGraphicFramePr",
                new XElement(Drawing + "cNvPr", new XAttribute("id", number + 1), new XAttribute("name", $"Biểu đồ {number}"), new XAttribute("descr", chart.Chart.Caption)),
                new XElement(Drawing + "cNvGraphicFramePr")),
            new XElement(Drawing + "xfrm",
                new XElement(Main + "off", new XAttribute("x", 0), new XAttribute("y", 0)),
                new XElement(Main + "ext", new XAttribute("cx", 0), new XAttribute("cy", 0))),
            new XElement(Main + "graphic",
                new XElement(Main + "graphicData", new XAttribute("uri", Chart.NamespaceName),
                    new XElement(Chart + "chart", new XAttribute(XNamespace.Xmlns + "c", Chart), new XAttribute(XNamespace.Xmlns + "r", Office), new XAttribute(Office + "id", id))))),
        new XElement(Drawing + "clientData"));

    private static XElement Corner(string name, int column, int row) => new(Drawing + name,
        new XElement(Drawing + "col", column), new XElement(Drawing + "colOff", 0), new XElement(Drawing + "row", row), new XElement(Drawing + "rowOff", 0));

    private static void Feed(OpenXmlPart part, XElement root)
    {
        using var content = new MemoryStream(Encoding.UTF8.GetBytes($"<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>{root.ToString(SaveOptions.DisableFormatting)}"));
        part.FeedData(content);
    }
}
