using System.Globalization;
using System.Xml.Linq;

namespace SinHo.Reporting.Exchange;

/// <summary>
/// The styles of the user's workbook, with those of marked cells added: each is the cell's own style with another fill.
/// The two colours are not among those that Excel offers, so that marks of an earlier check are known again.
/// </summary>
internal sealed class ErrorStyles
{
    private const string ErrorColour = "FFFFC9C9";
    private const string WarningColour = "FFFFEFB3";

    private static readonly string[] Sides = ["left", "right", "top", "bottom"];

    private readonly XNamespace main;
    private readonly XElement cellStyles;
    private readonly XElement fills;
    private readonly HashSet<int> earlierFills;
    private readonly HashSet<int> earlierStyles;
    private readonly int errorFill;
    private readonly int warningFill;
    private readonly Dictionary<(int Style, int Fill), int> derived = [];

    /// <param name="styles">The workbook's styles; null where it has none.</param>
    /// <param name="main">Namespace of the workbook.</param>
    public ErrorStyles(XDocument? styles, XNamespace main)
    {
        this.main = main;
        Document = styles ?? new XDocument(new XElement(main + "styleSheet"));
        AddMissing("fonts", new XElement(main + "font", new XElement(main + "sz", new XAttribute("val", 11)), new XElement(main + "name", new XAttribute("val", "Calibri"))));
        AddMissing("fills", Fill("none"), Fill("gray125"));
        AddMissing("borders", new XElement(main + "border"));
        AddMissing("cellXfs", new XElement(main + "xf"));
        fills = Document.Root!.Element(main + "fills")!;
        cellStyles = Document.Root.Element(main + "cellXfs")!;
        earlierFills = Indices(fills, fill => fill.Descendants(main + "fgColor").Any(colour => colour.Attribute("rgb")?.Value is ErrorColour or WarningColour));
        earlierStyles = Indices(cellStyles, style => earlierFills.Contains(IntegerOf(style, "fillId")));
        errorFill = Append(fills, Fill("solid", ErrorColour));
        warningFill = Append(fills, Fill("solid", WarningColour));
        var bold = Append(Document.Root.Element(main + "fonts")!, Font(new XElement(main + "b")));
        var title = Append(Document.Root.Element(main + "fonts")!, Font(new XElement(main + "b"), size: 14));
        var link = Append(Document.Root.Element(main + "fonts")!, Font(new XElement(main + "u"), colour: "FF0563C1"));
        var plain = Append(Document.Root.Element(main + "fonts")!, Font(null));
        var frame = Append(Document.Root.Element(main + "borders")!, ThinBorder());
        Title = Append(cellStyles, Style(title));
        Summary = Append(cellStyles, Style(plain));
        Header = Append(cellStyles, Style(bold, frame, Append(fills, Fill("solid", "FFD9E1F2")), "center"));
        Plain = Append(cellStyles, Style(plain, frame));
        Number = Append(cellStyles, Style(plain, frame, horizontal: "center"));
        Link = Append(cellStyles, Style(link, frame, horizontal: "center"));
        ErrorKind = Append(cellStyles, Style(plain, frame, errorFill));
        WarningKind = Append(cellStyles, Style(plain, frame, warningFill));
    }

    public XDocument Document { get; }

    public int Title { get; }

    public int Header { get; }

    public int Plain { get; }

    public int Summary { get; }

    public int Number { get; }

    public int Link { get; }

    public int ErrorKind { get; }

    public int WarningKind { get; }

    /// <summary>The workbook has cells coloured by an earlier check.</summary>
    public bool HasEarlierMarks => earlierStyles.Count > 0;

    /// <summary>The style of a cell that is marked.</summary>
    public int Marked(int style, bool isError) => WithFill(style, isError ? errorFill : warningFill);

    /// <summary>The style without the colour of an earlier check; any other style as it is.</summary>
    public int Unmarked(int style) => earlierStyles.Contains(style) ? WithFill(style, 0) : style;

    private int WithFill(int style, int fill)
    {
        if (derived.TryGetValue((style, fill), out var known))
            return known;
        var own = new XElement(cellStyles.Elements().ElementAtOrDefault(style) ?? cellStyles.Elements().First());
        own.SetAttributeValue("fillId", fill);
        own.SetAttributeValue("applyFill", fill == 0 ? 0 : 1);
        return derived[(style, fill)] = Append(cellStyles, own);
    }

    private static HashSet<int> Indices(XElement list, Func<XElement, bool> isWanted) =>
        [.. list.Elements().Select((element, index) => (element, index)).Where(pair => isWanted(pair.element)).Select(pair => pair.index)];

    private static int IntegerOf(XElement element, string attribute) =>
        int.TryParse(element.Attribute(attribute)?.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static int Append(XElement list, XElement element)
    {
        list.Add(element);
        var count = list.Elements().Count();
        list.SetAttributeValue("count", count);
        return count - 1;
    }

    /// <summary>The lists of a style sheet come in a fixed order; only those before a missing one can be there already.</summary>
    private void AddMissing(string name, params XElement[] elements)
    {
        string[] order = ["numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs"];
        var root = Document.Root!;
        if (root.Element(main + name) is { HasElements: true })
            return;
        root.Elements(main + name).Remove();
        var list = new XElement(main + name, new XAttribute("count", elements.Length), elements);
        var before = order.TakeWhile(known => known != name).Select(known => root.Element(main + known)).LastOrDefault(known => known is not null);
        if (before is null)
            root.AddFirst(list);
        else
            before.AddAfterSelf(list);
    }

    private XElement Fill(string pattern, string? colour = null) => new(main + "fill", new XElement(main + "patternFill", new XAttribute("patternType", pattern),
        colour is null ? null : new XElement(main + "fgColor", new XAttribute("rgb", colour)),
        colour is null ? null : new XElement(main + "bgColor", new XAttribute("indexed", 64))));

    private XElement Font(XElement? effect, int size = 12, string? colour = null) => new(main + "font", effect, new XElement(main + "sz", new XAttribute("val", size)),
        colour is null ? null : new XElement(main + "color", new XAttribute("rgb", colour)), new XElement(main + "name", new XAttribute("val", "Times New Roman")));

    private XElement ThinBorder() => new(main + "border", Sides.Select(side =>
        new XElement(main + side, new XAttribute("style", "thin"), new XElement(main + "color", new XAttribute("rgb", "FFA6A6A6")))));

    /// <summary>A framed cell wraps its text.</summary>
    private XElement Style(int font, int border = 0, int fill = 0, string? horizontal = null) => new(main + "xf",
        new XAttribute("numFmtId", 0), new XAttribute("fontId", font), new XAttribute("fillId", fill), new XAttribute("borderId", border), new XAttribute("applyFont", 1),
        new XAttribute("applyFill", fill == 0 ? 0 : 1), new XAttribute("applyBorder", border == 0 ? 0 : 1), new XAttribute("applyAlignment", 1),
        new XElement(main + "alignment", horizontal is null ? null : new XAttribute("horizontal", horizontal), new XAttribute("vertical", "top"),
            border == 0 ? null : new XAttribute("wrapText", 1)));
}
