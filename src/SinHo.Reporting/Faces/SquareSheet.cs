using ClosedXML.Excel;
using SinHo.Reporting.Figures;

namespace SinHo.Reporting.Faces;

/// <summary>"Bản đồ bản": one square a village, by commune, coloured by its members, marked by its branch and by risk.</summary>
internal static class SquareSheet
{
    public const string Name = "Bản đồ bản";

    private const int PerRow = 6;

    private static readonly Dictionary<string, XLColor> Shades = new(StringComparer.Ordinal)
    {
        ["none"] = XLColor.FromHtml("#F4B6AE"),
        ["few"] = XLColor.FromHtml("#FBE3A1"),
        ["more"] = XLColor.FromHtml("#CBE5C4"),
    };

    /// <returns>How many pages it has; 0 where the report has no such map.</returns>
    public static int Write(XLWorkbook book, Report report)
    {
        if (report.Squares.Count == 0)
            return 0;
        var sheet = book.AddSheet(Name, [.. Enumerable.Repeat(14.0, PerRow)]);
        sheet.Line(1, 1, PerRow, "BẢN ĐỒ BẢN, KHU PHỐ", 15, bold: true).Style.Alignment.SetHorizontal(XLAlignmentHorizontalValues.Center);
        sheet.Line(2, 1, PerRow, $"{report.Unit.Name}; {report.Period.Name}", italic: true).Style.Alignment.SetHorizontal(XLAlignmentHorizontalValues.Center);
        sheet.Line(3, 1, PerRow, VillageSquare.Legend, 11, italic: true);
        sheet.Raise(3, 32);
        var row = 4;
        var heads = new List<int>();
        foreach (var commune in report.Squares)
        {
            heads.Add(row);
            sheet.Line(row++, 1, PerRow, commune.Commune, bold: true);
            foreach (var line in commune.Villages.Chunk(PerRow))
            {
                foreach (var (index, village) in line.Index())
                {
                    var cell = sheet.Cell(row, index + 1).SetValue($"{village.Name}\n{village.Marks}");
                    cell.Style.Fill.SetBackgroundColor(Shades[village.Shade]).Font.SetFontSize(10).Font.SetBold(village.IsAtRisk)
                        .Alignment.SetWrapText(true).Alignment.SetHorizontal(XLAlignmentHorizontalValues.Center).Alignment.SetVertical(XLAlignmentVerticalValues.Center)
                        .Border.SetOutsideBorder(village.IsAtRisk ? XLBorderStyleValues.Medium : XLBorderStyleValues.Thin);
                }
                sheet.Raise(row++, 44);
            }
        }
        sheet.PrintOn(landscape: false);
        return sheet.Paginate(row - 1, PerRow, heads.Contains);
    }
}
