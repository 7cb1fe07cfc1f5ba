using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using ClosedXML.Excel;

namespace SinHo.Reporting.Workbooks;

/// <summary>Copies the parts of a package that ClosedXML 0.95.4 wrote, and puts right what it writes wrongly.</summary>
/// <param name="normal">The font of the book: ClosedXML makes Calibri 11 the normal font whatever it was given, and all column widths hang on it.</param>
internal sealed partial class MendedParts(IXLFont normal)
{
    public void Copy(string part, Stream from, Stream to)
    {
        Action<XElement>? mend = part switch
        {
            "xl/styles.xml" => MendStyles,
            "xl/workbook.xml" => MendNames,
            _ when part.StartsWith("xl/worksheets/sheet", StringComparison.Ordinal) => MendSheet,
            _ => null,
        };
        if (mend is null)
        {
            from.CopyTo(to);
            return;
        }

        var document = XDocument.Load(from, System.Xml.Linq.LoadOptions.PreserveWhitespace);
        mend(document.Root!);
        document.Save(to, System.Xml.Linq.SaveOptions.DisableFormatting);
    }

    /// <summary>The columns in their order; ClosedXML puts the unused ones first.</summary>
    public static void OrderColumns(XElement columns) => columns.ReplaceNodes(
        columns.Elements().OrderBy(column => int.Parse((string)column.Attribute("min")!, CultureInfo.InvariantCulture)).ToList());

    private static void MendSheet(XElement sheet)
    {
        if (sheet.Elements().FirstOrDefault(element => element.Name.LocalName == "cols") is { } columns)
            OrderColumns(columns);
    }

    /// <summary>
    /// LibreOffice repeats headings only where their rows and columns are absolute: $4:$6, not 4:6.
    /// The name of one cell is $D$7, not $D$7:$D$7.
    /// </summary>
    private static void MendNames(XElement workbook)
    {
        foreach (var name in workbook.Descendants().Where(element => element.Name.LocalName == "definedName"))
        {
            name.Value = (string?)name.Attribute("name") == "_xlnm.Print_Titles"
                ? RowsOrColumns().Replace(name.Value, "!$$${first}:$$${last}")
                : OneCell().Replace(name.Value, "${cell}");
        }
    }

    private void MendStyles(XElement styles)
    {
        var space = styles.Name.Namespace;

        // An empty number format under 0, a number that is Excel's own.
        styles.Descendants(space + "numFmt").Where(format => (string?)format.Attribute("numFmtId") == "0").Remove();
        if (styles.Element(space + "numFmts") is { } formats)
        {
            formats.SetAttributeValue("count", formats.Elements().Count());
            if (!formats.HasElements)
                formats.Remove();
        }

        var font = styles.Descendants(space + "font").First();
        font.Element(space + "name")!.SetAttributeValue("val", normal.FontName);
        font.Element(space + "sz")!.SetAttributeValue("val", normal.FontSize);
    }

    [GeneratedRegex(@"!(?<first>[A-Z]+|\d+):(?<last>[A-Z]+|\d+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex RowsOrColumns();

    [GeneratedRegex(@"(?<cell>\$[A-Z]+\$\d+):\k<cell>$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex OneCell();
}
