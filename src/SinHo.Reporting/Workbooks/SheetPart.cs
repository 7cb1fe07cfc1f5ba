using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using ClosedXML.Excel;

namespace SinHo.Reporting.Workbooks;

/// <summary>Copies the XML of one sheet node by node and puts a list's rows in the place of the sample row.</summary>
internal sealed class SheetPart(XmlReader from, XmlWriter to, StreamedRows list, CancellationToken cancel)
{
    private const int RowsBetweenLooksAtCancel = 1000;
    private const int LongestText = 32_767;

    // Excel counts a 29 February 1900 that never was: earlier days have no serial that means the same everywhere.
    private static readonly DateOnly FirstSafeDay = new(1900, 3, 1);
    private static readonly int DayZero = new DateOnly(1899, 12, 30).DayNumber;

    private static readonly XmlWriterSettings Written = new()
    {
        Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        NewLineHandling = NewLineHandling.None,
        CheckCharacters = false,
    };

    private long? written;
    private bool errorsIgnored;

    /// <returns>How many rows were written.</returns>
    public static long Copy(Stream source, Stream target, StreamedRows list, CancellationToken cancel)
    {
        using var reader = XmlReader.Create(source);
        using var writer = XmlWriter.Create(target, Written);
        return new SheetPart(reader, writer, list, cancel).Copy();
    }

    private long Copy()
    {
        var more = from.Read();
        while (more)
        {
            if (from.NodeType == XmlNodeType.Element && from.LocalName == "dimension")
            {
                // It would name the sample row as the last one; it is not required.
                from.Skip();
                more = !from.EOF;
            }
            else if (from.NodeType == XmlNodeType.Element && from.LocalName == "cols")
            {
                var columns = (XElement)XNode.ReadFrom(from);
                MendedParts.OrderColumns(columns);
                columns.WriteTo(to);
                more = !from.EOF;
            }
            else if (from.NodeType == XmlNodeType.Element && from.LocalName == "row" && IsSampleRow())
            {
                written = WriteRows(ReadSample());
                more = !from.EOF;
            }
            else
            {
                if (!errorsIgnored && from.Depth <= 1 && (from.NodeType == XmlNodeType.EndElement ? from.Depth == 0 : from.NodeType == XmlNodeType.Element && MendedParts.IsAfterIgnoredErrors(from.LocalName)))
                {
                    MendedParts.IgnoredErrors(from.NamespaceURI).WriteTo(to);
                    errorsIgnored = true;
                }
                CopyNode();
                more = from.Read();
            }
        }

        return written ?? throw new InvalidOperationException($"Sheet '{list.Sheet}' has no sample row {list.SampleRow}.");
    }

    private bool IsSampleRow()
    {
        var number = int.Parse(from.GetAttribute("r")!, CultureInfo.InvariantCulture);
        return number <= list.SampleRow
            ? number == list.SampleRow
            : throw new InvalidOperationException($"Sheet '{list.Sheet}' goes on after its sample row {list.SampleRow} with row {number}.");
    }

    private void CopyNode()
    {
        switch (from.NodeType)
        {
            case XmlNodeType.Element:
                var isEmpty = from.IsEmptyElement;
                var growsWithList = from.LocalName == "autoFilter";
                to.WriteStartElement(from.Prefix, from.LocalName, from.NamespaceURI);
                while (from.MoveToNextAttribute())
                {
                    var value = growsWithList && from.LocalName == "ref"
                        ? StreamedSheets.Grown(from.Value, list.SampleRow, written.GetValueOrDefault())
                        : from.Value;
                    to.WriteAttributeString(from.Prefix, from.LocalName, from.NamespaceURI, value);
                }

                if (isEmpty)
                    to.WriteEndElement();
                break;
            case XmlNodeType.EndElement:
                to.WriteEndElement();
                break;
            case XmlNodeType.Text or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace or XmlNodeType.CDATA:
                to.WriteString(from.Value);
                break;
        }
    }

    private Sample ReadSample()
    {
        var sample = new Sample(from.Prefix, from.NamespaceURI, [], []);
        while (from.MoveToNextAttribute())
        {
            if (from.Prefix.Length == 0 && from.LocalName is not ("r" or "spans" or "xmlns")
                && (list.Height is null || from.LocalName is not ("ht" or "customHeight")))
                sample.RowAttributes.Add((from.LocalName, from.Value));
        }

        from.MoveToElement();
        using (var row = from.ReadSubtree())
        {
            while (row.Read())
            {
                if (row.NodeType == XmlNodeType.Element && row.LocalName == "c")
                {
                    var letters = row.GetAttribute("r")!.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9');
                    var column = XLHelper.GetColumnNumberFromLetter(letters);
                    while (sample.Styles.Count < column)
                        sample.Styles.Add((XLHelper.GetColumnLetterFromNumber(sample.Styles.Count + 1), null));
                    sample.Styles[column - 1] = (letters, row.GetAttribute("s"));
                }
            }
        }

        from.Skip();
        return sample;
    }

    private long WriteRows(Sample sample)
    {
        long count = 0;
        foreach (var values in list.Rows)
        {
            if (count % RowsBetweenLooksAtCancel == 0)
                cancel.ThrowIfCancellationRequested();
            if (values.Length > sample.Styles.Count)
                throw new InvalidOperationException($"A row of sheet '{list.Sheet}' has {values.Length} values, its sample row {sample.Styles.Count} cells.");
            var number = (list.SampleRow + count).ToString(CultureInfo.InvariantCulture);
            to.WriteStartElement(sample.Prefix, "row", sample.Namespace);
            to.WriteAttributeString("r", number);
            foreach (var (name, value) in sample.RowAttributes)
                to.WriteAttributeString(name, value);
            if (list.Height?.Invoke(values) is { } height)
            {
                to.WriteAttributeString("ht", height.ToString(CultureInfo.InvariantCulture));
                to.WriteAttributeString("customHeight", "1");
            }

            for (var column = 0; column < sample.Styles.Count; column++)
                WriteCell(sample, column, number, column < values.Length ? values[column] : null);
            to.WriteEndElement();
            count++;
        }

        return count;
    }

    private void WriteCell(Sample sample, int column, string row, object? value)
    {
        var (letters, style) = sample.Styles[column];
        to.WriteStartElement(sample.Prefix, "c", sample.Namespace);
        to.WriteAttributeString("r", letters + row);
        if (style is not null)
            to.WriteAttributeString("s", style);
        switch (value)
        {
            case null:
                break;
            case string text:
                WriteText(sample, letters + row, text);
                break;
            case DateOnly day when day >= FirstSafeDay:
                WriteNumber(sample, (day.DayNumber - DayZero).ToString(CultureInfo.InvariantCulture));
                break;
            case DateOnly day:
                WriteText(sample, letters + row, day.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture));
                break;
            case int or long:
                WriteNumber(sample, ((IFormattable)value).ToString(format: null, CultureInfo.InvariantCulture));
                break;
            case double number when double.IsFinite(number):
                WriteNumber(sample, number.ToString("R", CultureInfo.InvariantCulture));
                break;
            case bool yes:
                to.WriteAttributeString("t", "b");
                WriteNumber(sample, yes ? "1" : "0");
                break;
            default:
                throw new InvalidOperationException($"Cell {letters}{row} of sheet '{list.Sheet}' cannot hold {value} ({value.GetType().Name}).");
        }

        to.WriteEndElement();
    }

    private void WriteNumber(Sample sample, string digits) => to.WriteElementString(sample.Prefix, "v", sample.Namespace, digits);

    /// <summary>Text is marked as text, so "=1+1" is never taken for a formula.</summary>
    private void WriteText(Sample sample, string cell, string text)
    {
        if (text.Length > LongestText)
            throw new InvalidOperationException($"Cell {cell} of sheet '{list.Sheet}': a text of {text.Length} characters is longer than Excel allows.");
        to.WriteAttributeString("t", "inlineStr");
        to.WriteStartElement(sample.Prefix, "is", sample.Namespace);
        to.WriteStartElement(sample.Prefix, "t", sample.Namespace);
        if (text.Length > 0 && (char.IsWhiteSpace(text[0]) || char.IsWhiteSpace(text[^1]) || text.Contains('\n', StringComparison.Ordinal)))
            to.WriteAttributeString("xml", "space", ns: null, "preserve");
        to.WriteString(Escaped(text));
        to.WriteEndElement();
        to.WriteEndElement();
    }

    /// <summary>What XML cannot carry is written as Excel does: _xHHHH_ for the character, and _x005F_ before a text that only looks so.</summary>
    internal static string Escaped(string text)
    {
        StringBuilder? escaped = null;
        for (var at = 0; at < text.Length; at++)
        {
            if (char.IsSurrogatePair(text, at))
            {
                escaped?.Append(text, at, 2);
                at++;
            }
            else if (IsUnwritable(text[at]) || LooksEscaped(text.AsSpan(at)))
            {
                escaped ??= new StringBuilder(text, 0, at, text.Length + 16);
                escaped.Append(CultureInfo.InvariantCulture, $"_x{(int)text[at]:X4}_");
            }
            else
            {
                escaped?.Append(text[at]);
            }
        }

        return escaped?.ToString() ?? text;
    }

    private static bool IsUnwritable(char c) => c is (< ' ' and not ('\t' or '\n')) or '\uFFFE' or '\uFFFF' || char.IsSurrogate(c);

    private static bool LooksEscaped(ReadOnlySpan<char> text) =>
        text.Length >= 7 && text[0] == '_' && text[1] == 'x' && text[6] == '_' && text[2..6].ContainsAnyExcept(HexDigits) == false;

    private static readonly System.Buffers.SearchValues<char> HexDigits = System.Buffers.SearchValues.Create("0123456789abcdefABCDEF");

    /// <summary>The look of every row: attributes of the row element, and per column its letters and style number.</summary>
    private sealed record Sample(
        string Prefix, string Namespace, List<(string Name, string Value)> RowAttributes, List<(string Letters, string? Style)> Styles);
}
