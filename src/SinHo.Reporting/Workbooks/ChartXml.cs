using System.Globalization;
using System.Xml.Linq;
using ClosedXML.Excel;
using SinHo.Reporting.Figures;

namespace SinHo.Reporting.Workbooks;

/// <summary>One chart as Excel writes it: its cells, and their values once more, so that it shows before anything is calculated.</summary>
internal static class ChartXml
{
    private const string Font = "Times New Roman";
    private const string Colour = "9C2A2A";
    private const string NumberFormat = "#,##0";
    private const int MostLabelsOnLine = 16;
    private const int CategoryAxis = 1;
    private const int ValueAxis = 2;

    private static readonly XNamespace C = "http://schemas.openxmlformats.org/drawingml/2006/chart";
    private static readonly XNamespace A = "http://schemas.openxmlformats.org/drawingml/2006/main";

    public static XElement Of(PlacedChart placed) => new(C + "chartSpace",
        new XAttribute(XNamespace.Xmlns + "c", C), new XAttribute(XNamespace.Xmlns + "a", A),
        Value("roundedCorners", 0),
        new XElement(C + "chart",
            Title(placed.Chart.Caption, 1300),
            Value("autoTitleDeleted", 0),
            new XElement(C + "plotArea", new XElement(C + "layout"), Plot(placed), Categories(placed.Chart), Values(placed)),
            Value("plotVisOnly", 1),
            Value("dispBlanksAs", "gap")),
        // On the edge of the print area a frame loses its right side.
        new XElement(C + "spPr", NoLine()),
        Text(1100));

    private static XElement Plot(PlacedChart placed) => placed.Chart.Kind == ChartKind.Line
        ? new(C + "lineChart", Value("grouping", "standard"), Value("varyColors", 0), Series(placed), Value("marker", 1), Value("axId", CategoryAxis), Value("axId", ValueAxis))
        : new(C + "barChart", Value("barDir", placed.Chart.Kind == ChartKind.Bar ? "bar" : "col"), Value("grouping", "clustered"), Value("varyColors", 0),
            Series(placed), Value("gapWidth", 60), Value("axId", CategoryAxis), Value("axId", ValueAxis));

    private static XElement Series(PlacedChart placed)
    {
        var isLine = placed.Chart.Kind == ChartKind.Line;
        var fill = new XElement(A + "solidFill", new XElement(A + "srgbClr", new XAttribute("val", Colour)));
        var points = placed.Chart.Points;
        var labelled = !isLine || points.Count <= MostLabelsOnLine;
        return new(C + "ser", Value("idx", 0), Value("order", 0),
            new XElement(C + "tx", Reference("strRef", "strCache", placed.Head.AsRange(), [placed.Head.GetString()])),
            new XElement(C + "spPr", isLine ? new XElement(A + "ln", new XAttribute("w", 25400), fill) : fill),
            isLine ? Marker(labelled, fill) : Value("invertIfNegative", 0),
            labelled ? Labels(isLine) : null,
            new XElement(C + "cat", Reference("strRef", "strCache", placed.Labels, points.Select(point => point.Label))),
            new XElement(C + "val", Reference("numRef", "numCache", placed.Values, points.Select(point => point.Value.ToString(CultureInfo.InvariantCulture)))),
            isLine ? Value("smooth", 0) : null);
    }

    private static XElement Reference(string kind, string cache, IXLRange cells, IEnumerable<string> values)
    {
        var points = values.Select((value, index) => new XElement(C + "pt", new XAttribute("idx", index), new XElement(C + "v", value))).ToList();
        var address = cells.RangeAddress;
        var area = cells.RowCount() == 1 ? address.FirstAddress.ToStringFixed() : $"{address.FirstAddress.ToStringFixed()}:{address.LastAddress.ToStringFixed()}";
        return new(C + kind,
            new XElement(C + "f", $"'{cells.Worksheet.Name}'!{area}"),
            new XElement(C + cache, cache == "numCache" ? new XElement(C + "formatCode", NumberFormat) : null, Value("ptCount", points.Count), points));
    }

    private static XElement Marker(bool shown, XElement fill) => shown
        ? new(C + "marker", Value("symbol", "circle"), Value("size", 6), new XElement(C + "spPr", fill))
        : new(C + "marker", Value("symbol", "none"));

    private static XElement Labels(bool isLine) => new(C + "dLbls",
        new XElement(C + "numFmt", new XAttribute("formatCode", NumberFormat), new XAttribute("sourceLinked", 0)),
        isLine ? Value("dLblPos", "t") : null,
        Value("showLegendKey", 0), Value("showVal", 1), Value("showCatName", 0), Value("showSerName", 0), Value("showPercent", 0), Value("showBubbleSize", 0));

    private static XElement Categories(Chart chart) => new(C + "catAx",
        Value("axId", CategoryAxis),
        // Excel draws the first name of a lying chart at the bottom.
        new XElement(C + "scaling", Value("orientation", chart.Kind == ChartKind.Bar ? "maxMin" : "minMax")),
        Value("delete", 0), Value("axPos", chart.Kind == ChartKind.Bar ? "l" : "b"), Title(chart.Category, 1100, turned: chart.Kind == ChartKind.Bar), Value("majorTickMark", "out"), Value("minorTickMark", "none"), Value("tickLblPos", "low"),
        Value("crossAx", ValueAxis), Value("crosses", "autoZero"), Value("auto", 0), Value("lblAlgn", "ctr"), Value("lblOffset", 100), Value("noMultiLvlLbl", 1));

    /// <summary>Bars carry their numbers, so that their axis only says what they count.</summary>
    private static XElement Values(PlacedChart placed)
    {
        var kind = placed.Chart.Kind;
        var isLine = kind == ChartKind.Line;
        return new(C + "valAx",
            Value("axId", ValueAxis),
            // A bar that does not begin at 0 lies about its number.
            new XElement(C + "scaling", Value("orientation", "minMax"), isLine ? null : Value("min", 0)),
            Value("delete", 0), Value("axPos", kind == ChartKind.Bar ? "b" : "l"),
            isLine ? new XElement(C + "majorGridlines", new XElement(C + "spPr", Line("D9D9D9"))) : null,
            Title(placed.Head.GetString(), 1100, turned: kind != ChartKind.Bar),
            new XElement(C + "numFmt", new XAttribute("formatCode", NumberFormat), new XAttribute("sourceLinked", 0)),
            Value("majorTickMark", isLine ? "out" : "none"), Value("minorTickMark", "none"), Value("tickLblPos", isLine ? "nextTo" : "none"),
            isLine ? null : new XElement(C + "spPr", NoLine()),
            Value("crossAx", CategoryAxis), Value("crosses", kind == ChartKind.Bar ? "max" : "autoZero"), Value("crossBetween", "between"),
            isLine && IsShort(placed.Chart) ? Value("majorUnit", 1) : null);
    }

    /// <summary>Left alone, so short an axis gets steps of a half, and the same whole number stands at two of them.</summary>
    private static bool IsShort(Chart chart)
    {
        const int mostSteps = 8;
        var (least, most) = (chart.Points.Min(point => point.Value), chart.Points.Max(point => point.Value));

        // Excel begins at 0 unless the values are close together for their size.
        var beginsAtZero = least == most || (most - least) * 6 > most;
        return (beginsAtZero ? most : most - least) <= mostSteps;
    }

    private static XElement NoLine() => new(A + "ln", new XElement(A + "noFill"));

    private static XElement Line(string colour) => new(A + "ln", new XElement(A + "solidFill", new XElement(A + "srgbClr", new XAttribute("val", colour))));

    private static XElement Title(string text, int size, bool turned = false) => new(C + "title",
        new XElement(C + "tx", new XElement(C + "rich",
            new XElement(A + "bodyPr", turned ? [new XAttribute("rot", -5_400_000), new XAttribute("vert", "horz")] : Array.Empty<XAttribute>()),
            Paragraph(text, size))),
        Value("overlay", 0));

    private static XElement Paragraph(string text, int size) => new(A + "p",
        new XElement(A + "pPr", Properties("defRPr", size)),
        new XElement(A + "r", Properties("rPr", size), new XElement(A + "t", text)));

    private static XElement Properties(string name, int size) => new(A + name,
        new XAttribute("sz", size), new XAttribute("b", size > 1200 ? 1 : 0), new XElement(A + "latin", new XAttribute("typeface", Font)));

    private static XElement Text(int size) => new(C + "txPr", new XElement(A + "bodyPr"),
        new XElement(A + "p", new XElement(A + "pPr", Properties("defRPr", size)), new XElement(A + "endParaRPr", new XAttribute("lang", "vi-VN"))));

    private static XElement Value(string name, object value) => new(C + name, new XAttribute("val", value));
}
