using SinHo.Reporting.Figures;
using SinHo.Reporting.Words;
using SinHo.Reporting.Workbooks;

namespace SinHo.Reporting.Faces;

/// <summary>The public copy of a report: figures of the unit alone, small counts of people withheld (see <see cref="PublicCopy"/>). As a workbook, or as CSV by the ending of its name.</summary>
public static class PublicFace
{
    private const string Withheld = "…";

    private static readonly string[] Heads = ["TT", "Số liệu", "Đơn vị tính", "Số lượng"];

    /// <exception cref="IOException">The file cannot be written; a former one is left as it was.</exception>
    public static void Write(Report report, string path, CancellationToken cancel)
    {
        var figures = PublicCopy.Of(report);
        if (Path.GetExtension(path).Equals(FileKinds.Ending(FileKind.Csv), StringComparison.OrdinalIgnoreCase))
        {
            CsvFace.WriteLines(figures.Select(figure => (IEnumerable<string>)[figure.Code, figure.Caption, CsvFace.Written(figure.Value)]).Prepend(["code", "caption", "value"]), path);
            return;
        }
        using var book = Office.NewBook($"{report.Title} - bản công bố");
        var sheet = book.AddSheet("Bản công bố", 6, 60, 14, 14);
        sheet.Line(1, 1, Heads.Length, report.Title, 14, bold: true).Style.Alignment.SetHorizontal(ClosedXML.Excel.XLAlignmentHorizontalValues.Center);
        sheet.Line(2, 1, Heads.Length, $"{report.Unit.Name}, {report.Period.Name}", 12, italic: true).Style.Alignment.SetHorizontal(ClosedXML.Excel.XLAlignmentHorizontalValues.Center);
        sheet.Line(3, 1, Heads.Length, $"Bản công bố: chỉ có số của đơn vị; ô “{Withheld}” không công bố, vì ít người hoặc để không suy ra được ô ít người; không có tỷ lệ.", 11, italic: true);
        for (var column = 0; column < Heads.Length; column++)
            sheet.Cell(5, column + 1).SetValue(Heads[column]);
        sheet.Range(5, 1, 5, Heads.Length).Head();
        var row = 6;
        foreach (var (index, figure) in figures.Index())
        {
            cancel.ThrowIfCancellationRequested();
            sheet.Cell(row, 1).SetValue(index + 1);
            sheet.Cell(row, 2).SetValue(figure.Caption);
            sheet.Cell(row, 3).SetValue(figure.CountedIn);
            if (figure.Value is { } value)
                sheet.Cell(row, 4).SetValue(value).Style.AsNumber();
            else
                sheet.Cell(row, 4).SetValue(Withheld).Style.Alignment.SetHorizontal(ClosedXML.Excel.XLAlignmentHorizontalValues.Right);
            sheet.Range(row, 1, row, Heads.Length).Boxed();
            sheet.FitRow(row, 1, Heads.Length);
            row++;
        }
        sheet.PrintOn(landscape: false, 5, 5);
        sheet.Paginate(row - 1, Heads.Length);
        sheet.FreezeHead(5);
        StreamedSheets.Save(book, path, [], cancel);
    }
}
