using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using SinHo.Reporting.Workbooks;

namespace SinHo.Reporting.Exchange;

/// <summary>
/// The notes of one sheet: their texts, and the drawing with a box for each. What a check adds is a run of text that begins with <see cref="Sign"/>;
/// so a later check can take it out again and leave the user's own words.
/// </summary>
internal sealed partial class ErrorNotes
{
    public const string Sign = "⚠";

    /// <summary>Excel becomes slow with more; every marked cell is coloured and listed all the same.</summary>
    public const int MostNotes = 1000;

    private const string Author = "SinHo";

    /// <summary>Declared on every element added: a drawing of somebody else's may know these namespaces by other names.</summary>
    private const string Namespaces =
        """xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel" """;

    private const string EmptyDrawing = $"""
        <xml {Namespaces}><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout></xml>
        """;

    private const string ShapeType = $"""
        <v:shapetype {Namespaces}id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>
        """;

    private readonly XNamespace main;
    private readonly XElement list;
    private readonly int author;
    private readonly Dictionary<string, XElement> byCell = new(StringComparer.OrdinalIgnoreCase);
    private int lastShape;

    /// <param name="main">Namespace of the workbook.</param>
    /// <param name="comments">The sheet's notes; null where it has none.</param>
    /// <param name="drawing">The sheet's drawing of notes, kept as text because Excel's is not always well-formed; null where it has none.</param>
    public ErrorNotes(XNamespace main, XDocument? comments, string? drawing)
    {
        this.main = main;
        Comments = comments ?? new XDocument(new XElement(main + "comments", new XElement(main + "authors"), new XElement(main + "commentList")));
        Drawing = drawing ?? EmptyDrawing;
        list = Comments.Root!.Element(main + "commentList")!;
        author = AuthorIndex(Comments.Root.Element(main + "authors")!);
        lastShape = Math.Max(1024, ShapeNumbers().Matches(Drawing).Select(match => int.Parse(match.Groups["n"].Value, CultureInfo.InvariantCulture)).DefaultIfEmpty(0).Max());
        foreach (var comment in list.Elements(main + "comment"))
            byCell[comment.Attribute("ref")?.Value ?? ""] = comment;
    }

    public XDocument Comments { get; }

    public string Drawing { get; private set; }

    /// <summary>Takes out what an earlier check said and says what this one found.</summary>
    public void Explain(ErrorMarks marks)
    {
        var earlier = list.Descendants(main + "r").Where(IsOurs).ToList();
        var explained = earlier.Select(run => run.Ancestors(main + "comment").First()).ToList();
        earlier.Remove();
        var shapes = new StringBuilder();
        foreach (var (row, column, mark) in marks.Rows.SelectMany(row => row.Value.Select(cell => (row.Key, cell.Key, cell.Value))).Take(MostNotes))
        {
            var cell = $"{SheetParser.ColumnLetters(column - 1)}{row}";
            if (!byCell.TryGetValue(cell, out var comment))
            {
                list.Add(byCell[cell] = comment = new XElement(main + "comment", new XAttribute("ref", cell), new XAttribute("authorId", author), new XElement(main + "text")));
                shapes.Append(Shape(row - 1, column - 1));
            }
            AddRun(comment, mark.Text);
        }
        RemoveEmpty(explained);
        Drawing = Inserted(Drawing, shapes.ToString());
    }

    private bool IsOurs(XElement run) => run.Element(main + "t")?.Value.TrimStart().StartsWith(Sign, StringComparison.Ordinal) == true;

    private void AddRun(XElement comment, string said)
    {
        var text = comment.Element(main + "text")!;
        // A note that says one plain text gets its words into a run of their own first.
        if (text.Element(main + "t") is { } plain)
        {
            plain.Remove();
            text.AddFirst(new XElement(main + "r", plain));
        }
        var follows = text.HasElements ? "\n" : "";
        text.Add(new XElement(main + "r",
            new XElement(main + "rPr", new XElement(main + "sz", new XAttribute("val", 10)), new XElement(main + "color", new XAttribute("rgb", "FFC00000")),
                new XElement(main + "rFont", new XAttribute("val", "Times New Roman"))),
            new XElement(main + "t", new XAttribute(XNamespace.Xml + "space", "preserve"), RowWriter.Escaped(follows + said))));
    }

    /// <summary>Notes that an earlier check made and that have nothing to say any more go, with their boxes.</summary>
    private void RemoveEmpty(IEnumerable<XElement> explained)
    {
        var gone = new HashSet<(int Row, int Column)>();
        foreach (var comment in explained.Where(comment => comment.Descendants(main + "t").All(text => text.Value.Length == 0)))
        {
            var cell = comment.Attribute("ref")!.Value;
            var letters = cell.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9');
            gone.Add((int.Parse(cell.AsSpan(letters.Length), NumberStyles.None, CultureInfo.InvariantCulture) - 1, SheetReader.ColumnOf(letters) - 1));
            if (comment.Parent is not null)
                comment.Remove();
        }
        if (gone.Count > 0)
            Drawing = Shapes().Replace(Drawing, shape => gone.Contains((NumberIn(shape.Value, RowOfShape()), NumberIn(shape.Value, ColumnOfShape()))) ? "" : shape.Value);
    }

    private static int NumberIn(string shape, Regex place) =>
        place.Match(shape) is { Success: true } match ? int.Parse(match.Groups["n"].Value, CultureInfo.InvariantCulture) : -1;

    private int AuthorIndex(XElement authors)
    {
        var known = authors.Elements().Select(element => element.Value).ToList();
        if (known.IndexOf(Author) is >= 0 and var index)
            return index;
        authors.Add(new XElement(main + "author", Author));
        return known.Count;
    }

    private string Shape(int row, int column) => string.Create(CultureInfo.InvariantCulture, $"""
        <v:shape {Namespaces}id="_x0000_s{++lastShape}" type="#_x0000_t202" style="position:absolute;width:240pt;height:100pt;z-index:1;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox><x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{column + 1}, 15, {row}, 4, {column + 4}, 31, {row + 6}, 9</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>
        """);

    private static string Inserted(string drawing, string shapes)
    {
        var end = drawing.LastIndexOf("</xml>", StringComparison.Ordinal);
        if (shapes.Length == 0 || end < 0)
            return drawing;
        var type = drawing.Contains("_x0000_t202\"", StringComparison.Ordinal) ? "" : ShapeType;
        return drawing.Insert(end, type + shapes);
    }

    [GeneratedRegex("_x0000_s(?<n>[0-9]{1,8})\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex ShapeNumbers();

    [GeneratedRegex("<v:shape .*?</v:shape>", RegexOptions.Singleline, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Shapes();

    [GeneratedRegex("<[a-z]+:Row>(?<n>[0-9]{1,8})</", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex RowOfShape();

    [GeneratedRegex("<[a-z]+:Column>(?<n>[0-9]{1,8})</", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex ColumnOfShape();
}
