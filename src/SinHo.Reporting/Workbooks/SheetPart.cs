using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using ClosedXML.Excel;

namespace SinHo.Reporting.Workbooks;

/// <summary>Copies the XML of one sheet node by node and puts a list's rows in the place of the sample row.</summary>
internal sealed class SheetPart(XmlReader from, XmlWriter to, Stream target, StreamedRows list, CancellationToken cancel)
{
    private const int RowsBetweenLooksAtCancel = 1000;
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
        return new SheetPart(reader, writer, target, list, cancel).Copy();
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

    /// <summary>Rows go past the writer of XML, which has been brought to the place where they stand.</summary>
    private long WriteRows(Sample sample)
    {
        // Ends the tag that is open.
        to.WriteString("");
        to.Flush();
        var rows = new RowWriter(target, list, sample);
        long count = 0;
        foreach (var values in list.Rows)
        {
            if (count % RowsBetweenLooksAtCancel == 0)
                cancel.ThrowIfCancellationRequested();
            rows.Write(list.SampleRow + count, values);
            count++;
        }
        rows.Flush();
        return count;
    }

    /// <summary>The look of every row: attributes of the row element, and per column its letters and style number.</summary>
    internal sealed record Sample(
        string Prefix, string Namespace, List<(string Name, string Value)> RowAttributes, List<(string Letters, string? Style)> Styles);
}
