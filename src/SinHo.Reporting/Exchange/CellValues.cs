using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;
using ExcelNumberFormat;

namespace SinHo.Reporting.Exchange;

/// <summary>What the cells of a workbook hold: shared strings, and which styles show a number as a date.</summary>
internal sealed class CellValues
{
    private const long MostSharedText = 128L << 20;
    private const double DaysFrom1900To1904 = 1462;

    /// <summary>31/12/9999, the last day that Excel knows.</summary>
    private const double LastSerial = 2_958_465;

    private readonly List<string> shared = [];
    private readonly List<bool> isDateStyle = [];
    private readonly double dayZero;
    private readonly StringBuilder text = new();

    private CellValues(XlsxPackage package)
    {
        dayZero = package.CountsFrom1904 ? DaysFrom1900To1904 : 0;
        if (package.EntryOf("styles") is { } styles)
            ReadStyles(styles);
        if (package.EntryOf("sharedStrings") is { } strings)
            ReadShared(strings);
    }

    /// <exception cref="WorkbookRefusedException">Styles or strings are damaged or beyond all measure.</exception>
    public static CellValues Of(XlsxPackage package)
    {
        try
        {
            return new(package);
        }
        catch (Exception damaged) when (damaged is XmlException or InvalidDataException)
        {
            throw new WorkbookRefusedException("Phần kiểu ô hoặc chuỗi dùng chung của sổ bị hỏng hay quá lớn; hãy mở bằng Excel, lưu lại rồi thực hiện lại.", damaged);
        }
    }

    /// <summary>Reads the cell on which the reader stands and leaves the reader at its end.</summary>
    /// <returns>string, double, DateTime, bool, <see cref="ErrorCell"/>, or null where the cell is empty.</returns>
    public object? Read(XmlReader xml)
    {
        var type = xml.GetAttribute("t");
        var style = xml.GetAttribute("s");
        if (xml.IsEmptyElement)
            return null;
        string? raw = null;
        var depth = xml.Depth;
        while (xml.Read() && xml.Depth > depth)
        {
            if (xml.NodeType != XmlNodeType.Element || xml.Depth != depth + 1)
                continue;
            if (xml.LocalName == "is")
                raw = ReadText(xml);
            else if (xml.LocalName == "v")
                raw = ReadPlain(xml);
        }
        return raw is null ? null : Value(type, style, raw);
    }

    private object? Value(string? type, string? style, string raw) => type switch
    {
        "s" => int.TryParse(raw, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < shared.Count
            ? shared[index]
            : throw new InvalidDataException($"There is no shared string {raw}."),
        "inlineStr" => raw,
        "str" => Unescaped(raw),
        "b" => raw is "1" or "true",
        "e" => new ErrorCell(raw),
        "d" => DateTime.TryParse(raw, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var moment) ? moment : raw,
        _ => Number(style, raw),
    };

    private object? Number(string? style, string raw)
    {
        if (!double.TryParse(raw, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            return raw.Length == 0 ? null : raw;
        return IsDate(style) && number + dayZero is >= 1 and <= LastSerial ? FromSerial(number + dayZero) : number;
    }

    private bool IsDate(string? style) =>
        int.TryParse(style, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < isDateStyle.Count && isDateStyle[index];

    /// <summary>Excel counts a 29 February 1900 that never was, OLE automation does not: before it the two differ by one day.</summary>
    private static DateTime FromSerial(double serial) => DateTime.FromOADate(serial < 60 ? serial + 1 : serial);

    private void ReadStyles(ZipArchiveEntry entry)
    {
        var styles = XlsxPackage.Load(entry).Root!;
        var formats = styles.Descendants().Where(element => element.Name.LocalName == "numFmt")
            .ToLookup(format => format.Attribute("numFmtId")?.Value, format => format.Attribute("formatCode")?.Value, StringComparer.Ordinal);
        var cellStyles = styles.Elements().FirstOrDefault(element => element.Name.LocalName == "cellXfs");
        foreach (var style in cellStyles?.Elements() ?? [])
        {
            var id = style.Attribute("numFmtId")?.Value;
            isDateStyle.Add(formats[id].FirstOrDefault() is { } code ? new NumberFormat(code).IsDateTimeFormat : IsBuiltInDate(id));
        }
    }

    /// <summary>Number formats that every Excel has under the same number; some show dates in East Asian editions only.</summary>
    private static bool IsBuiltInDate(string? id) =>
        int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is (>= 14 and <= 22) or (>= 27 and <= 36) or (>= 45 and <= 47) or (>= 50 and <= 58);

    private void ReadShared(ZipArchiveEntry entry)
    {
        using var content = entry.Open();
        using var xml = XmlReader.Create(content, new XmlReaderSettings { MaxCharactersInDocument = MostSharedText });
        while (xml.Read())
        {
            if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "si")
                shared.Add(ReadText(xml));
        }
    }

    /// <summary>The text of an element with runs of rich text, without the reading aids of East Asian scripts.</summary>
    private string ReadText(XmlReader xml)
    {
        if (xml.IsEmptyElement)
            return "";
        text.Clear();
        var depth = xml.Depth;
        while (xml.Read() && xml.Depth > depth)
        {
            if (xml.NodeType != XmlNodeType.Element)
                continue;
            if (xml.LocalName == "t")
                text.Append(ReadPlain(xml));
            else if (xml.LocalName == "rPh")
                SkipInside(xml);
        }
        return Unescaped(text.ToString());
    }

    private static string ReadPlain(XmlReader xml)
    {
        if (xml.IsEmptyElement)
            return "";
        var depth = xml.Depth;
        var plain = "";
        while (xml.Read() && xml.Depth > depth)
        {
            if (xml.NodeType is XmlNodeType.Text or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace)
                plain = plain.Length == 0 ? xml.Value : plain + xml.Value;
        }
        return plain;
    }

    /// <summary>Unlike Skip it stays on the end tag, so that the caller's next Read does not lose an element.</summary>
    private static void SkipInside(XmlReader xml)
    {
        if (xml.IsEmptyElement)
            return;
        var depth = xml.Depth;
        while (xml.Read() && xml.Depth > depth)
        {
        }
    }

    /// <summary>Excel writes what XML cannot carry as _xHHHH_.</summary>
    private static string Unescaped(string text) => text.Contains("_x", StringComparison.Ordinal) ? XmlConvert.DecodeName(text) : text;
}
