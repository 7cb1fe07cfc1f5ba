using ClosedXML.Excel;
using SinHo.Reporting.Register;

namespace SinHo.Reporting.Exchange;

/// <summary>How a sheet of the exchange workbook looks, filled or empty: a caption row, and a format per column that keeps what is typed.</summary>
internal static class ExchangeSheets
{
    public const string DateFormat = "dd/mm/yyyy";

    /// <summary>Excel leaves a cell of this format alone: leading zeros stay, 12-5 does not become a day.</summary>
    public const string TextFormat = "@";

    private const string Font = "Times New Roman";
    private const double WidestColumn = 45;

    private static readonly XLColor RequiredFill = XLColor.FromHtml("#1F4E79");
    private static readonly XLColor OptionalFill = XLColor.FromHtml("#D6DCE5");

    /// <summary>A new book in the letter of official papers.</summary>
    public static XLWorkbook NewBook()
    {
        var book = new XLWorkbook();
        book.Style.Font.FontName = Font;
        book.Style.Font.FontSize = 12;
        return book;
    }

    /// <summary>Adds the sheet with its captions: required ones white on blue and bold.</summary>
    public static IXLWorksheet Add(XLWorkbook book, SheetDefinition definition)
    {
        var sheet = book.AddWorksheet(definition.Name);
        for (var i = 0; i < definition.Columns.Count; i++)
        {
            var column = definition.Columns[i];
            AddCaption(sheet.Cell(1, i + 1), column.Caption, column.Required);
            sheet.Column(i + 1).Style.NumberFormat.Format = Format(column);
            sheet.Column(i + 1).Width = Width(column);
        }
        sheet.Row(1).Height = 36;
        sheet.SheetView.FreezeRows(1);
        sheet.PageSetup.PaperSize = XLPaperSize.A4Paper;
        sheet.PageSetup.PageOrientation = XLPageOrientation.Landscape;
        sheet.PageSetup.FitToPages(1, 0);
        sheet.PageSetup.SetRowsToRepeatAtTop(1, 1);
        return sheet;
    }

    public static void AddCaption(IXLCell cell, string caption, bool isRequired)
    {
        cell.SetValue(caption);
        cell.Style.NumberFormat.Format = TextFormat;
        cell.Style.Font.Bold = isRequired;
        cell.Style.Font.FontColor = isRequired ? XLColor.White : XLColor.Black;
        cell.Style.Fill.BackgroundColor = isRequired ? RequiredFill : OptionalFill;
        cell.Style.Border.OutsideBorder = XLBorderStyleValues.Thin;
        cell.Style.Alignment.WrapText = true;
        cell.Style.Alignment.Horizontal = XLAlignmentHorizontalValues.Center;
        cell.Style.Alignment.Vertical = XLAlignmentVerticalValues.Center;
    }

    public static string Format(ColumnDefinition column) => column.Kind switch
    {
        ColumnKind.Date => DateFormat,
        ColumnKind.Number => "0",
        ColumnKind.Vocabulary or ColumnKind.Boolean => "General",
        _ => TextFormat,
    };

    private static double Width(ColumnDefinition column)
    {
        var longest = column.Vocabulary?.Values.Max(value => value.Length) ?? column.Example.Length;
        return Math.Clamp(Math.Max(longest + 2, Math.Min(column.Caption.Length, 18)), 12, WidestColumn);
    }
}
