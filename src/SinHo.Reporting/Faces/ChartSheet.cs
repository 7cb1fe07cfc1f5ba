using ClosedXML.Excel;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Words;
using SinHo.Reporting.Workbooks;

namespace SinHo.Reporting.Faces;

/// <summary>"Biểu đồ": native charts, two on a page; "Số liệu biểu đồ" at the back: the cells they are drawn from, side by side. Changing a cell changes its chart.</summary>
internal static class ChartSheet
{
    public const string Name = "Biểu đồ";
    public const string DataName = "Số liệu biểu đồ";

    private const int FirstRow = 3;
    private const int RowsPerChart = 20;
    private const int ChartsPerPage = 2;
    private const int Columns = 8;
    private const int ColumnsPerTable = 3;
    private const int TableRow = 3;
    private const double RowHeight = 16.5;

    // Label, number, gap.
    private static readonly double[] Widths = [17, 9, 2];

    /// <summary>The sheet on which the charts will lie.</summary>
    /// <returns>How many pages it has; 0 where there are no charts.</returns>
    public static int Write(XLWorkbook book, Report report)
    {
        if (report.Charts.Count == 0)
            return 0;
        var sheet = book.AddSheet(Name, [.. Enumerable.Repeat(9.5, Columns)]);
        sheet.Line(1, 1, Columns, $"BIỂU ĐỒ - {report.Unit.Name.ToUpperInvariant()}, {report.Period.Name.ToUpperInvariant()}", 15, bold: true)
            .Style.Alignment.SetHorizontal(XLAlignmentHorizontalValues.Center);
        var last = FirstRow + report.Charts.Count * RowsPerChart - 1;
        for (var row = 2; row <= last; row++)
            sheet.Row(row).Height = RowHeight;
        sheet.PrintOn(landscape: false);
        return sheet.Paginate(last, Columns, row => (row - FirstRow + 1) % (RowsPerChart * ChartsPerPage) != 0);
    }

    /// <returns>The charts, to be put into the finished package, and the pages of the sheet with their data.</returns>
    public static (IReadOnlyList<PlacedChart> Charts, int Pages) WriteData(XLWorkbook book, Report report)
    {
        if (report.Charts.Count == 0)
            return ([], 0);
        var sheet = book.AddSheet(DataName, [.. report.Charts.SelectMany(_ => Widths)]);
        var lastColumn = report.Charts.Count * ColumnsPerTable - 1;
        sheet.Line(1, 1, lastColumn, "SỐ LIỆU CỦA BIỂU ĐỒ", 15, bold: true).Style.Alignment.SetHorizontal(XLAlignmentHorizontalValues.Center);
        var placed = report.Charts.Select((chart, index) => Place(sheet, chart, index)).ToList();
        sheet.PrintOn(landscape: false, TableRow, TableRow + 1);
        return (placed, sheet.Paginate(TableRow + 1 + report.Charts.Max(chart => chart.Points.Count), lastColumn));
    }

    private static PlacedChart Place(IXLWorksheet sheet, Chart chart, int index)
    {
        var column = index * ColumnsPerTable + 1;
        sheet.Line(TableRow, column, column + 1, chart.Caption, 11, bold: true).Style.Alignment.SetVertical(XLAlignmentVerticalValues.Bottom);
        sheet.Cell(TableRow + 1, column).SetValue(chart.Category);
        sheet.Cell(TableRow + 1, column + 1).SetValue(Vietnamese.Sentence(chart.CountedIn));
        sheet.Range(TableRow + 1, column, TableRow + 1, column + 1).Head();
        sheet.FitRow(TableRow + 1, column, column + 1);
        foreach (var (point, row) in chart.Points.Select((point, number) => (point, TableRow + 2 + number)))
        {
            // A text, or Excel takes 06/2020 for a day.
            sheet.Cell(row, column).SetDataType(XLDataType.Text).SetValue(point.Label).Style.NumberFormat.SetFormat("@").Alignment.SetIndent(1);
            sheet.Cell(row, column + 1).SetValue(point.Value).Style.AsNumber();
            sheet.Range(row, column, row, column + 1).Boxed();
            sheet.FitRow(row, column, column);
        }

        var last = TableRow + 1 + chart.Points.Count;
        var top = FirstRow + index * RowsPerChart;
        return new(chart, Name, sheet.Cell(TableRow + 1, column + 1), sheet.Range(TableRow + 2, column, last, column), sheet.Range(TableRow + 2, column + 1, last, column + 1))
        {
            From = (1, top),
            To = (Columns, top + RowsPerChart - 2),
        };
    }
}
