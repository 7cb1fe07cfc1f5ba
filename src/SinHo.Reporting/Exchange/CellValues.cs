using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;

namespace SinHo.Reporting.Exchange;

/// <summary>What the cells of a workbook hold: shared strings, and what its number formats make of a number.</summary>
internal sealed class CellValues
{
    private const long MostSharedText = 64L << 20;
    private const int MostStrings = 4_000_000;

    /// <summary>Excel itself keeps 65,490.</summary>
    private const int MostStyles = 100_000;

    private const double DaysFrom1900To1904 = 1462;

    /// <summary>31/12/9999, the last day that Excel knows.</summary>
    private const double LastSerial = 2_958_465;

    private readonly List<string> shared = [];
    private readonly List<CellFormat> styles = [];
    private readonly double dayZero;
    private readonly StringBuilder text = new();
    private readonly CancellationToken cancel;

    private CellValues(XlsxPackage package, CancellationToken cancel)
    {
        this.cancel = cancel;
        dayZero = package.CountsFrom1904 ? DaysFrom1900To1904 : 0;
        if (package.EntryOf("styles") is { } entry)
            ReadStyles(entry);
        if (package.EntryOf("sharedStrings") is { } strings)
            ReadShared(strings);
    }

    /// <exception cref="WorkbookRefusedException">Styles or strings are damaged or beyond all measure.</exception>
    public static CellValues Of(XlsxPackage package, CancellationToken cancel)
    {
        try
        {
            return new(package, cancel);
        }
        catch (Exception damaged) when (damaged is XmlException or InvalidDataException)
        {
            throw new WorkbookRefusedException("Phần kiểu ô hoặc chuỗi dùng chung của sổ bị hỏng hay quá lớn; hãy mở bằng Excel, lưu lại rồi thực hiện lại.", damaged);
        }
    }

    /// <summary>Reads the cell on which the reader stands and leaves the reader at its end.</summary>
    /// <returns>
    /// string, double, <see cref="ShownNumber"/>, DateTime, <see cref="ShownDate"/>, bool, <see cref="ErrorCell"/>, <see cref="FormulaCell"/>, or null where
    /// the cell is empty.
    /// </returns>
    public object? Read(BoundedXml xml)
    {
        var type = xml.GetAttribute("t");
        var style = xml.GetAttribute("s");
        if (xml.IsEmptyElement)
            return null;
        string? raw = null;
        string? formula = null;
        var depth = xml.Depth;
        while (xml.Next() && xml.Depth > depth)
        {
            if (xml.NodeType != XmlNodeType.Element || xml.Depth != depth + 1)
                continue;
            if (xml.LocalName == "is")
                raw = ReadText(xml);
            else if (xml.LocalName == "v")
                raw = ReadPlain(xml);
            else if (xml.LocalName == "f")
                formula = ReadPlain(xml);
        }
        // An empty text is a value; anything else that is empty was never worked out.
        if (formula is not null && (raw is null || (raw.Length == 0 && type != "str")))
            return new FormulaCell(formula);
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
        // As it is written, wherever the machine stands: an offset moves no day.
        "d" => raw.Length >= 10 && raw[4] == '-' && DateTimeOffset.TryParse(raw, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)
            ? Date(FormatOf(style), moment.DateTime, double.NaN)
            : raw,
        _ => Number(style, raw),
    };

    private object? Number(string? style, string raw)
    {
        if (!double.TryParse(raw, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            return raw.Length == 0 ? null : raw;
        var format = FormatOf(style);
        return format.IsDate && number + dayZero is >= 1 and <= LastSerial ? Date(format, FromSerial(number + dayZero), number) : format.Shown(number) ?? (object)number;
    }

    private static object Date(CellFormat format, DateTime moment, double raw) =>
        format is { Precision: "day", ShowsDayAndYear: true } && raw is not (>= ColumnReader.FirstYear and <= ColumnReader.LastYear)
            ? moment
            : new ShownDate(moment, format.ShowsDayAndYear ? ColumnReader.Show(moment)! : format.Shown(moment), format.Precision, raw);

    private CellFormat FormatOf(string? style) =>
        int.TryParse(style, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < styles.Count ? styles[index] : CellFormat.General;

    /// <summary>Excel counts a 29 February 1900 that never was, OLE automation does not: before it the two differ by one day.</summary>
    private static DateTime FromSerial(double serial) => DateTime.FromOADate(serial < 60 ? serial + 1 : serial);

    /// <summary>Each distinct code is understood once; styles that nobody could have made by hand are refused.</summary>
    private void ReadStyles(ZipArchiveEntry entry)
    {
        var codes = new Dictionary<string, CellFormat>(StringComparer.Ordinal);
        var formats = new Dictionary<int, CellFormat>();
        using var content = entry.Open();
        using var xml = BoundedXml.Create(content, MostSharedText, cancel);
        var inStyles = false;
        while (xml.Next())
        {
            if (xml.LocalName == "cellXfs")
                inStyles = xml.NodeType == XmlNodeType.Element && !xml.IsEmptyElement;
            if (xml.NodeType != XmlNodeType.Element || xml.LocalName is not ("numFmt" or "xf") || !int.TryParse(xml.GetAttribute("numFmtId"), NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            {
                if (inStyles && xml is { NodeType: XmlNodeType.Element, LocalName: "xf" })
                    Add(CellFormat.General);
                continue;
            }
            if (xml.LocalName == "numFmt" && xml.GetAttribute("formatCode") is { } code)
            {
                if (!codes.TryGetValue(code, out var format))
                    codes[code] = format = CellFormat.Of(code);
                formats.TryAdd(id, format);
                if (formats.Count > MostStyles)
                    throw new InvalidDataException("More number formats than Excel keeps.");
            }
            else if (inStyles && xml.LocalName == "xf")
            {
                if (!formats.TryGetValue(id, out var format))
                    formats[id] = format = CellFormat.BuiltIn(id);
                Add(format);
            }
        }

        void Add(CellFormat format)
        {
            styles.Add(format);
            if (styles.Count > MostStyles)
                throw new InvalidDataException("More cell formats than Excel keeps.");
        }
    }

    private void ReadShared(ZipArchiveEntry entry)
    {
        using var content = entry.Open();
        using var xml = BoundedXml.Create(content, MostSharedText, cancel);
        while (xml.Next())
        {
            if (xml.NodeType != XmlNodeType.Element || xml.LocalName != "si")
                continue;
            shared.Add(ReadText(xml));
            if (shared.Count > MostStrings)
                throw new InvalidDataException("More texts than a sheet of Excel could show.");
        }
    }

    /// <summary>The text of an element with runs of rich text, without the reading aids of East Asian scripts.</summary>
    private string ReadText(BoundedXml xml)
    {
        if (xml.IsEmptyElement)
            return "";
        text.Clear();
        var depth = xml.Depth;
        while (xml.Next() && xml.Depth > depth)
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

    private static string ReadPlain(BoundedXml xml)
    {
        if (xml.IsEmptyElement)
            return "";
        var depth = xml.Depth;
        var plain = "";
        StringBuilder? more = null;
        while (xml.Next() && xml.Depth > depth)
        {
            if (xml.NodeType is not (XmlNodeType.Text or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace))
                continue;
            if (plain.Length == 0)
                plain = xml.Value;
            else
                (more ??= new(plain)).Append(xml.Value);
        }
        return more?.ToString() ?? plain;
    }

    /// <summary>Unlike Skip it stays on the end tag, so that the caller's next Read does not lose an element.</summary>
    private static void SkipInside(BoundedXml xml)
    {
        if (xml.IsEmptyElement)
            return;
        var depth = xml.Depth;
        while (xml.Next() && xml.Depth > depth)
        {
        }
    }

    /// <summary>Excel writes what XML cannot carry as _xHHHH_.</summary>
    private static string Unescaped(string text) => text.Contains("_x", StringComparison.Ordinal) ? XmlConvert.DecodeName(text) : text;
}
