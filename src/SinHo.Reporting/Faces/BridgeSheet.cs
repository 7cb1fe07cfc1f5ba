using ClosedXML.Excel;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Words;

namespace SinHo.Reporting.Faces;

/// <summary>"Đối chiếu địa bàn": what each organisation of that time gave to the figures on today's map. Source: docs/spec, figures, Today's map.</summary>
internal static class BridgeSheet
{
    public const string Name = "Đối chiếu địa bàn";

    private const int HeadRow = 4;
    private const int LastColumn = 6;

    /// <param name="day">The map day of the report.</param>
    /// <returns>How many pages it has.</returns>
    public static int Write(XLWorkbook book, Report report, DateOnly day)
    {
        var sheet = book.AddSheet(Name, 6, 16, 40, 14, 14, 14);
        sheet.Line(1, 1, LastColumn, "ĐỐI CHIẾU ĐỊA BÀN", 15, bold: true).Style.Alignment.SetHorizontal(XLAlignmentHorizontalValues.Center);
        sheet.Line(2, 1, LastColumn, $"Số liệu theo địa bàn ngày {Vietnamese.Day(day)} gồm phần của các tổ chức cơ sở đảng khi đó.").Style.Alignment.SetHorizontal(XLAlignmentHorizontalValues.Center);
        var figures = report.Bridge.Select(row => (row.Figure, row.Caption)).Distinct().ToList();
        string[] captions = ["TT", "Mã đơn vị khi đó", "Tổ chức cơ sở đảng khi đó", .. figures.Select(figure => figure.Caption)];
        for (var column = 0; column < captions.Length; column++)
            sheet.Cell(HeadRow, column + 1).SetValue(captions[column]);
        sheet.Range(HeadRow, 1, HeadRow, captions.Length).Head();
        sheet.Raise(HeadRow, 36);
        var units = report.Bridge.GroupBy(row => (row.Unit, row.Name)).OrderBy(unit => unit.Key.Unit, StringComparer.Ordinal).ToList();
        foreach (var (index, unit) in units.Index())
            Row(HeadRow + 1 + index, $"{index + 1}", unit.Key.Unit, unit.Key.Name, unit, bold: false);
        var last = HeadRow + 1 + units.Count;
        Row(last, "", "", "Tổng số", report.Bridge, bold: true);
        var splits = last + 2;
        if (report.Splits.Count > 0)
            last = WriteSplits(sheet, splits, report.Splits);
        sheet.PrintOn(landscape: false, HeadRow, HeadRow);
        sheet.FreezeHead(HeadRow);
        return sheet.Paginate(last, captions.Length, row => row <= HeadRow || row == splits || row == splits + 1);

        void Row(int at, string number, string code, string name, IEnumerable<BridgeRow> given, bool bold)
        {
            sheet.Cell(at, 1).SetValue(number);
            sheet.Cell(at, 2).SetValue(code);
            sheet.Cell(at, 3).SetValue(name);
            foreach (var (index, figure) in figures.Index())
                sheet.Cell(at, 4 + index).SetValue(given.Where(row => row.Figure == figure.Figure).Sum(row => row.Value));
            sheet.Range(at, 1, at, captions.Length).Boxed().Style.Font.SetBold(bold);
            sheet.Cell(at, 1).Style.Alignment.SetHorizontal(XLAlignmentHorizontalValues.Center);
            sheet.FitRow(at, 1, captions.Length);
        }
    }

    /// <summary>Of a branch that was split nobody can say which part a past row belongs to: all of it is counted in one.</summary>
    /// <returns>The last row.</returns>
    private static int WriteSplits(IXLWorksheet sheet, int row, IReadOnlyList<SplitBranch> splits)
    {
        sheet.Line(row, 1, LastColumn, "Chi bộ đã chia tách: số liệu trước khi tách được tính vào một chi bộ", bold: true);
        row++;
        string[] captions = ["TT", "Mã chi bộ", "Chi bộ, thôi từ ngày", "Tách thành; tính vào"];
        for (var column = 0; column < captions.Length; column++)
            sheet.Cell(row, column + 1).SetValue(captions[column]);
        sheet.Range(row, 4, row, LastColumn).Merge();
        sheet.Range(row, 1, row, LastColumn).Head();
        foreach (var (index, split) in splits.Index())
        {
            row++;
            sheet.Cell(row, 1).SetValue($"{index + 1}");
            sheet.Cell(row, 2).SetValue(split.Code);
            sheet.Cell(row, 3).SetValue($"{split.Name}, {Vietnamese.Day(split.Day)}");
            sheet.FitRow(row, 1, 3);
            sheet.Line(row, 4, LastColumn, $"{split.Successors}\nTính vào: {(split.Becomes.Length > 0 ? split.Becomes : "ngoài địa bàn")}");
            sheet.Range(row, 1, row, LastColumn).Boxed();
            sheet.Cell(row, 1).Style.Alignment.SetHorizontal(XLAlignmentHorizontalValues.Center);
        }
        return row;
    }
}
