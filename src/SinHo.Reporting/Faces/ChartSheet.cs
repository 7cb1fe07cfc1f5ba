using ClosedXML.Excel;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Words;
using SinHo.Reporting.Workbooks;

namespace SinHo.Reporting.Faces;

/// <summary>"Biểu đồ": native charts, two on a page, and beneath them the cells they are drawn from, side by side. Changing a cell changes its chart.</summary>
internal static class ChartSheet
{
    public const string Name = "Biểu đồ";

    private const int FirstRow = 3;
    private const int RowsPerChart = 30;
    private const int ChartsPerPage = 2;
    private const int ColumnsPerTable = 3;

    // Label, number, gap.
    private static readonly double[] Widths = [17, 9, 2];

    /// <returns>The charts, to be put into the finished package.</returns>
    public static IReadOnlyList<PlacedChart> Write(XLWorkbook book, Report report)
    {
        if (report.Charts.Count == 0)
            return [];
        var sheet = book.AddSheet(Name, [.. report.Charts.SelectMany(_ => Widths)]);
        var lastColumn = report.Charts.Count * ColumnsPerTable - 1;
        sheet.Line(1, 1, lastColumn, $"BIỂU ĐỒ - {report.Unit.Name.ToUpperInvariant()}, {report.Period.Name.ToUpperInvariant()}", 15, bold: true)
            .Style.Alignment.SetHorizontal(XLAlignmentHorizontalValues.Center);

        var tableRow = FirstRow + report.Charts.Count * RowsPerChart + 1;
        sheet.Line(tableRow - 1, 1, lastColumn, "Số liệu của biểu đồ", bold: true);
        var placed = report.Charts.Select((chart, index) => Place(sheet, chart, index, tableRow, lastColumn)).ToList();
        Print(sheet, report.Charts.Count, tableRow);
        return placed;
    }

    private static PlacedChart Place(IXLWorksheet sheet, Chart chart, int index, int tableRow, int lastColumn)
    {
        var column = index * ColumnsPerTable + 1;
        sheet.Line(tableRow, column, column + 1, chart.Caption, 11, bold: true).Style.Alignment.SetVertical(XLAlignmentVerticalValues.Bottom);
        sheet.Cell(tableRow + 1, column).SetValue(chart.Category);
        sheet.Cell(tableRow + 1, column + 1).SetValue(Vietnamese.Sentence(chart.CountedIn));
        sheet.Range(tableRow + 1, column, tableRow + 1, column + 1).Head();
        foreach (var (point, row) in chart.Points.Select((point, number) => (point, tableRow + 2 + number)))
        {
            // A text, or Excel takes 06/2020 for a day.
            sheet.Cell(row, column).SetDataType(XLDataType.Text).SetValue(point.Label).Style.NumberFormat.SetFormat("@").Alignment.SetIndent(1);
            sheet.Cell(row, column + 1).SetValue(point.Value).Style.AsNumber();
            sheet.Range(row, column, row, column + 1).Boxed();
            sheet.FitRow(row, column, column);
        }

        var last = tableRow + 1 + chart.Points.Count;
        var top = FirstRow + index * RowsPerChart;
        return new(chart, sheet.Name, sheet.Cell(tableRow + 1, column + 1), sheet.Range(tableRow + 2, column, last, column), sheet.Range(tableRow + 2, column + 1, last, column + 1))
        {
            From = (1, top),
            To = (lastColumn, top + RowsPerChart - 2),
        };
    }

    private static void Print(IXLWorksheet sheet, int charts, int tableRow)
    {
        sheet.PrintOn(landscape: false);
        sheet.PageSetup.AdjustTo((int)Math.Min(100, 100 * Office.PageWidth(landscape: false) / sheet.WidthOf(1, charts * ColumnsPerTable - 1)));
        sheet.PageSetup.SetRowsToRepeatAtTop(tableRow, tableRow + 1);
        for (var chart = ChartsPerPage; chart < charts; chart += ChartsPerPage)
            sheet.PageSetup.AddHorizontalPageBreak(FirstRow + chart * RowsPerChart - 1);
        sheet.PageSetup.AddHorizontalPageBreak(tableRow - 2);
    }
}
