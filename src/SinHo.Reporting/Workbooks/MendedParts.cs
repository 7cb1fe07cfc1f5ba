using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using ClosedXML.Excel;

namespace SinHo.Reporting.Workbooks;

/// <summary>Copies the parts of a package that ClosedXML 0.95.4 wrote, and puts right what it writes wrongly.</summary>
/// <param name="normal">The font of the book: ClosedXML makes Calibri 11 the normal font whatever it was given, and all column widths hang on it.</param>
/// <param name="sheets">Names of the sheets by their parts.</param>
internal sealed partial class MendedParts(IXLFont normal, IReadOnlyDictionary<string, string> sheets, SignedPages? signed)
{
    // What the schema puts behind the list of errors that are none.
    private static readonly HashSet<string> AfterIgnoredErrors =
        new(["smartTags", "drawing", "legacyDrawing", "legacyDrawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst"], StringComparer.Ordinal);

    public void Copy(string part, Stream from, Stream to)
    {
        Action<XElement>? mend = part switch
        {
            "xl/styles.xml" => MendStyles,
            "xl/workbook.xml" => MendNames,
            _ when part.StartsWith("xl/worksheets/sheet", StringComparison.Ordinal) => sheet => MendSheet(sheet, sheets.GetValueOrDefault(part)),
            _ => SettledParts.Mending(part),
        };
        SettledParts.Copy(from, to, mend);
    }

    /// <summary>The columns in their order; ClosedXML puts the unused ones first.</summary>
    public static void OrderColumns(XElement columns) => columns.ReplaceNodes(
        columns.Elements().OrderBy(column => int.Parse((string)column.Attribute("min")!, CultureInfo.InvariantCulture)).ToList());

    private void MendSheet(XElement sheet, string? name)
    {
        if (sheet.Elements().FirstOrDefault(element => element.Name.LocalName == "cols") is { } columns)
            OrderColumns(columns);
        var errors = IgnoredErrors(sheet.Name.Namespace);
        if (sheet.Elements().FirstOrDefault(element => IsAfterIgnoredErrors(element.Name.LocalName)) is { } next)
            next.AddBeforeSelf(errors);
        else
            sheet.Add(errors);
        if (signed is not null && name is not null && signed.First.TryGetValue(name, out var first))
            Number(sheet, first, signed.Total);
    }

    /// <summary>Codes and years that are texts on purpose: Excel marks each with a green triangle unless it is told.</summary>
    public static XElement IgnoredErrors(XNamespace space) => new(space + "ignoredErrors",
        new XElement(space + "ignoredError", new XAttribute("sqref", "A1:XFD1048576"), new XAttribute("twoDigitTextYear", 1), new XAttribute("numberStoredAsText", 1)));

    public static bool IsAfterIgnoredErrors(string element) => AfterIgnoredErrors.Contains(element);

    private static void Number(XElement sheet, int first, int total)
    {
        var page = sheet.Elements().First(element => element.Name.LocalName == "pageSetup");
        page.SetAttributeValue("firstPageNumber", first);
        page.SetAttributeValue("useFirstPageNumber", 1);
        foreach (var line in sheet.Elements().Where(element => element.Name.LocalName == "headerFooter").Elements())
            line.Value = line.Value.Replace("&N", total.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
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
