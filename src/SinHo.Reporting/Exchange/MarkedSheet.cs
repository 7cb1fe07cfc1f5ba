using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace SinHo.Reporting.Exchange;

/// <summary>Copies one sheet part as a stream; only marked rows are held and changed.</summary>
internal sealed class MarkedSheet
{
    /// <summary>The elements of a sheet come in a fixed order; these stand after the one that leads to the notes.</summary>
    private static readonly HashSet<string> AfterNotes = new(StringComparer.Ordinal)
    {
        "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst", "AlternateContent",
    };

    private static readonly XmlWriterSettings Written = new()
    {
        Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        NewLineHandling = NewLineHandling.Entitize,
        CheckCharacters = false,
    };

    private readonly XmlReader from;
    private readonly XmlWriter to;
    private readonly ErrorMarks marks;
    private readonly ErrorStyles styles;
    private readonly Queue<int> ahead;
    private readonly List<(int First, int Last, int Style)> columnStyles = [];
    private XName? notesId;
    private (string Prefix, string Space) root;
    private int number;

    private MarkedSheet(XmlReader from, XmlWriter to, ErrorMarks marks, ErrorStyles styles, XName? notesId)
    {
        this.from = from;
        this.to = to;
        this.marks = marks;
        this.styles = styles;
        this.notesId = notesId;
        ahead = new(marks.Rows.Keys);
    }

    /// <param name="source">The sheet as it is.</param>
    /// <param name="target">The sheet as it becomes.</param>
    /// <param name="marks">What to mark.</param>
    /// <param name="styles">Gives each marked cell its style.</param>
    /// <param name="notesId">Relationship (local name) of a drawing of notes that the sheet does not know yet, in the namespace of relationships; null where it needs none.</param>
    public static void Copy(Stream source, Stream target, ErrorMarks marks, ErrorStyles styles, XName? notesId)
    {
        using var reader = XmlReader.Create(source);
        using var writer = XmlWriter.Create(target, Written);
        new MarkedSheet(reader, writer, marks, styles, notesId).Copy();
    }

    private void Copy()
    {
        from.MoveToContent();
        root = (from.Prefix, from.NamespaceURI);
        while (!from.EOF)
        {
            if (from.NodeType == XmlNodeType.Element && from.LocalName == "row")
                CopyRow();
            else if (from.NodeType == XmlNodeType.Element)
                CopyElement();
            else
                CopyOther();
        }
    }

    private void CopyElement()
    {
        if (from.Depth == 1 && AfterNotes.Contains(from.LocalName))
            WriteNotes();
        if (from.LocalName == "col")
            columnStyles.Add((Number("min"), Number("max"), Number("style")));
        var isEmpty = from.IsEmptyElement;
        var name = from.LocalName;
        to.WriteStartElement(from.Prefix, name, from.NamespaceURI);
        while (from.MoveToNextAttribute())
        {
            // The list of issues is the sheet shown first; two selected sheets would be edited together.
            if (name != "sheetView" || from.LocalName != "tabSelected")
                to.WriteAttributeString(from.Prefix, from.LocalName, from.NamespaceURI, from.Value);
        }
        if (isEmpty)
        {
            if (name == "sheetData")
                WriteMissingRows(int.MaxValue);
            to.WriteEndElement();
        }
        from.Read();
    }

    private void CopyOther()
    {
        if (from.NodeType == XmlNodeType.EndElement)
        {
            if (from.LocalName == "sheetData")
                WriteMissingRows(int.MaxValue);
            if (from.Depth == 0)
                WriteNotes();
            to.WriteFullEndElement();
            from.Read();
        }
        else
        {
            to.WriteNode(from, defattr: false);
        }
    }

    private void CopyRow()
    {
        number = from.GetAttribute("r") is { } written ? XmlConvert.ToInt32(written) : number + 1;
        WriteMissingRows(number);
        var isMarked = ahead.TryPeek(out var next) && next == number;
        if (!isMarked && !styles.HasEarlierMarks)
        {
            to.WriteNode(from, defattr: false);
            return;
        }
        var row = (XElement)XNode.ReadFrom(from);
        foreach (var cell in row.Elements())
            cell.SetAttributeValue("s", ZeroAsNone(styles.Unmarked(StyleOf(cell))));
        if (isMarked)
            Mark(row, ahead.Dequeue());
        row.WriteTo(to);
    }

    /// <summary>Writes the marked rows above the given one that the sheet does not have.</summary>
    private void WriteMissingRows(int below)
    {
        while (ahead.TryPeek(out var missing) && missing < below)
        {
            to.WriteStartElement(root.Prefix, "row", root.Space);
            to.WriteAttributeString("r", XmlConvert.ToString(missing));
            var row = new XElement((XNamespace)root.Space + "row");
            Mark(row, ahead.Dequeue());
            foreach (var cell in row.Elements())
                cell.WriteTo(to);
            to.WriteEndElement();
        }
    }

    private void Mark(XElement row, int rowNumber)
    {
        row.SetAttributeValue("spans", null);
        var cells = ByColumn(row);
        var rowStyle = row.Attribute("customFormat")?.Value is "1" or "true" ? StyleOf(row) : (int?)null;
        foreach (var (column, mark) in marks.Rows[rowNumber])
        {
            if (!cells.TryGetValue(column, out var cell))
            {
                cell = new XElement(row.Name.Namespace + "c", new XAttribute("r", $"{SheetParser.ColumnLetters(column - 1)}{rowNumber}"));
                cell.SetAttributeValue("s", styles.Unmarked(rowStyle ?? ColumnStyle(column)));
                Insert(row, cells, column, cell);
            }
            cell.SetAttributeValue("s", styles.Marked(StyleOf(cell), mark.IsError));
        }
    }

    private static void Insert(XElement row, SortedDictionary<int, XElement> cells, int column, XElement cell)
    {
        var next = cells.Where(known => known.Key > column).Select(known => known.Value).FirstOrDefault();
        if (next is null)
            row.Add(cell);
        else
            next.AddBeforeSelf(cell);
        cells[column] = cell;
    }

    private static SortedDictionary<int, XElement> ByColumn(XElement row)
    {
        var cells = new SortedDictionary<int, XElement>();
        var column = 0;
        foreach (var cell in row.Elements().Where(cell => cell.Name.LocalName == "c"))
        {
            column = cell.Attribute("r")?.Value is { } reference ? SheetReader.ColumnOf(reference) : column + 1;
            cells[column] = cell;
        }
        return cells;
    }

    private int ColumnStyle(int column) => columnStyles.FirstOrDefault(known => known.First <= column && column <= known.Last).Style;

    private static int StyleOf(XElement cell) =>
        int.TryParse(cell.Attribute("s")?.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var style) ? style : 0;

    private static int? ZeroAsNone(int style) => style == 0 ? null : style;

    private int Number(string attribute) =>
        int.TryParse(from.GetAttribute(attribute), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : 0;

    private void WriteNotes()
    {
        if (notesId is null)
            return;
        to.WriteStartElement(root.Prefix, "legacyDrawing", root.Space);
        to.WriteAttributeString("id", notesId.NamespaceName, notesId.LocalName);
        to.WriteEndElement();
        notesId = null;
    }
}
