using SinHo.Reporting.Figures;
using SinHo.Reporting.Workbooks;

namespace SinHo.Reporting.Faces;

/// <summary>An ad-hoc list as a workbook of one sheet: title, unit, day, and the rows as a table that can be filtered. Rows are streamed.</summary>
public static class ListFace
{
    /// <exception cref="IOException">The file cannot be written; a former one is left as it was.</exception>
    public static void Write(ReportUnit unit, Figure figure, string path, CancellationToken cancel)
    {
        using var book = Office.NewBook(figure.Caption);
        var rows = EvidenceSheet.WriteList(book, figure, "Danh sách",
        [
            $"{figure.Caption.ToUpper(System.Globalization.CultureInfo.GetCultureInfo("vi-VN"))}: {Vietnamese.Number(figure.Value)} {figure.CountedIn}",
            $"{unit.Name}; có đến {Vietnamese.DayInWords(figure.Period.To)}",
            $"Cách tính: {figure.Rule}",
        ]);
        StreamedSheets.Save(book, path, [rows], cancel);
    }
}
