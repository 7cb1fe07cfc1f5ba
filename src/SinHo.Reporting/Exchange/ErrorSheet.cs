using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using SinHo.Reporting.Workbooks;

namespace SinHo.Reporting.Exchange;

/// <summary>The first sheet of an error workbook: every issue with its place, value and sentence, each linked to its cell.</summary>
internal static class ErrorSheet
{
    public const string Name = "Lỗi";
    public const string Title = "KẾT QUẢ KIỂM TRA SỔ TRAO ĐỔI";

    /// <summary>Excel allows 65,530 links in a sheet.</summary>
    private const int MostListed = 60_000;

    private const int HeaderRow = 5;
    private const double LineHeight = 16.5;
    private const double MostLines = 12;

    private static readonly (string Caption, double Width)[] Columns =
    [
        ("STT", 6), ("Loại", 11), ("Nội dung lỗi", 26), ("Trang", 15), ("Ô", 9), ("Hàng", 8), ("Cột", 22), ("Giá trị", 24), ("Giải thích và cách sửa", 80), ("Mã lỗi", 20),
    ];

    private const int CellColumn = 4;

    /// <summary>Writes the sheet part.</summary>
    public static void Write(Stream target, XNamespace main, IReadOnlyList<LocatedIssue> issues, ErrorStyles styles)
    {
        using var xml = XmlWriter.Create(target, new XmlWriterSettings { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), CheckCharacters = false });
        var listed = issues.Take(MostListed).ToList();
        xml.WriteStartElement("worksheet", main.NamespaceName);
        WriteFrame(xml);
        xml.WriteStartElement("sheetData");
        WriteRow(xml, 1, lines: 1.4, [(Title, styles.Title)]);
        WriteRow(xml, 2, lines: 1, [(Summary(issues), styles.Summary)]);
        WriteRow(xml, 3, lines: 1, [(Advice(issues.Count), styles.Summary)]);
        WriteRow(xml, HeaderRow, lines: 1.4, Columns.Select(column => ((object?)column.Caption, styles.Header)));
        for (var i = 0; i < listed.Count; i++)
        {
            var cells = Cells(i + 1, listed[i], styles).ToList();
            WriteRow(xml, HeaderRow + 1 + i, Lines(cells), cells);
        }
        xml.WriteEndElement();
        xml.WriteStartElement("autoFilter");
        xml.WriteAttributeString("ref", $"A{HeaderRow}:{SheetParser.ColumnLetters(Columns.Length - 1)}{HeaderRow + Math.Max(1, listed.Count)}");
        xml.WriteEndElement();
        WriteLinks(xml, listed);
        xml.WriteStartElement("pageMargins");
        foreach (var side in new[] { "left", "right", "top", "bottom", "header", "footer" })
            xml.WriteAttributeString(side, "0.4");
        xml.WriteEndElement();
        xml.WriteStartElement("pageSetup");
        xml.WriteAttributeString("paperSize", "9");
        xml.WriteAttributeString("orientation", "landscape");
        xml.WriteAttributeString("fitToHeight", "0");
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static string Summary(IReadOnlyList<LocatedIssue> issues)
    {
        var errors = issues.Count(issue => !issue.Issue.IsWarning);
        var left = issues.Count > MostListed ? $" Bảng này liệt kê {MostListed:N0} mục đầu." : "";
        var outcome = errors > 0 ? "Chưa có dòng nào được ghi vào hệ thống." : "Sổ được nhận; các cảnh báo nên xem lại.";
        return string.Create(CultureInfo.GetCultureInfo("vi-VN"), $"{errors:N0} lỗi, {issues.Count - errors:N0} cảnh báo. {outcome}{left}");
    }

    private static string Advice(int issues)
    {
        var notes = issues > ErrorNotes.MostNotes ? $" Mỗi trang chỉ {ErrorNotes.MostNotes} ô đầu có ghi chú; các ô sau vẫn được tô màu." : "";
        return $"Bấm vào cột Ô để tới ô cần xem; ô lỗi tô màu hồng, ô cảnh báo tô màu vàng. Sửa xong, lưu lại và nhập chính tệp này; không cần xóa trang {Name}.{notes}";
    }

    private static IEnumerable<(object? Value, int Style)> Cells(int number, LocatedIssue located, ErrorStyles styles)
    {
        var issue = located.Issue;
        yield return (number, styles.Number);
        yield return issue.IsWarning ? ("Cảnh báo", styles.WarningKind) : ("Lỗi", styles.ErrorKind);
        yield return (IssueCode.Meaning(issue.Code), styles.Plain);
        yield return (issue.Sheet, styles.Plain);
        yield return (located.Cell, styles.Link);
        yield return (issue.Row, styles.Number);
        yield return (issue.Column, styles.Plain);
        yield return (issue.Value, styles.Plain);
        yield return (issue.Message, styles.Plain);
        yield return (issue.Code, styles.Plain);
    }

    private static void WriteFrame(XmlWriter xml)
    {
        xml.WriteStartElement("sheetPr");
        xml.WriteStartElement("pageSetUpPr");
        xml.WriteAttributeString("fitToPage", "1");
        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteStartElement("sheetViews");
        xml.WriteStartElement("sheetView");
        xml.WriteAttributeString("showGridLines", "0");
        xml.WriteAttributeString("tabSelected", "1");
        xml.WriteAttributeString("workbookViewId", "0");
        xml.WriteStartElement("pane");
        xml.WriteAttributeString("ySplit", XmlConvert.ToString(HeaderRow));
        xml.WriteAttributeString("topLeftCell", $"A{HeaderRow + 1}");
        xml.WriteAttributeString("activePane", "bottomLeft");
        xml.WriteAttributeString("state", "frozen");
        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteStartElement("cols");
        for (var i = 0; i < Columns.Length; i++)
        {
            xml.WriteStartElement("col");
            xml.WriteAttributeString("min", XmlConvert.ToString(i + 1));
            xml.WriteAttributeString("max", XmlConvert.ToString(i + 1));
            xml.WriteAttributeString("width", XmlConvert.ToString(Columns[i].Width));
            xml.WriteAttributeString("customWidth", "1");
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
    }

    /// <summary>How many lines the row needs: programs do not measure wrapped text when they open a file. A unit of width holds about one letter.</summary>
    private static double Lines(List<(object? Value, int Style)> cells) =>
        Math.Min(MostLines, cells.Select((cell, column) => cell.Value is string text ? Math.Ceiling(text.Length / (Columns[column].Width - 1)) : 1).Max());

    private static void WriteRow(XmlWriter xml, int row, double lines, IEnumerable<(object? Value, int Style)> cells)
    {
        xml.WriteStartElement("row");
        xml.WriteAttributeString("r", XmlConvert.ToString(row));
        xml.WriteAttributeString("ht", XmlConvert.ToString(lines * LineHeight));
        xml.WriteAttributeString("customHeight", "1");
        var column = 0;
        foreach (var (value, style) in cells)
            WriteCell(xml, $"{SheetParser.ColumnLetters(column++)}{row}", value, style);
        xml.WriteEndElement();
    }

    private static void WriteCell(XmlWriter xml, string cell, object? value, int style)
    {
        xml.WriteStartElement("c");
        xml.WriteAttributeString("r", cell);
        xml.WriteAttributeString("s", XmlConvert.ToString(style));
        if (value is int number)
        {
            xml.WriteElementString("v", XmlConvert.ToString(number));
        }
        else if (value is string text)
        {
            xml.WriteAttributeString("t", "inlineStr");
            xml.WriteStartElement("is");
            xml.WriteElementString("t", RowWriter.Escaped(text));
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
    }

    private static void WriteLinks(XmlWriter xml, List<LocatedIssue> issues)
    {
        if (!issues.Exists(issue => issue.Cell is not null))
            return;
        xml.WriteStartElement("hyperlinks");
        for (var i = 0; i < issues.Count; i++)
        {
            if (issues[i].Cell is not { } cell)
                continue;
            xml.WriteStartElement("hyperlink");
            xml.WriteAttributeString("ref", $"{SheetParser.ColumnLetters(CellColumn)}{HeaderRow + 1 + i}");
            xml.WriteAttributeString("location", $"'{issues[i].Sheet!.Replace("'", "''", StringComparison.Ordinal)}'!{cell}");
            xml.WriteAttributeString("display", cell);
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
    }
}
