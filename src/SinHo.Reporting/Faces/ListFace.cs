using SinHo.Reporting.Figures;
using SinHo.Reporting.Words;
using SinHo.Reporting.Workbooks;

namespace SinHo.Reporting.Faces;

/// <summary>An ad-hoc list as a workbook of one sheet: title, unit, days, and the rows as a table that can be filtered. Rows are streamed.</summary>
public static class ListFace
{
    /// <param name="filter">The words by which rows were chosen, for the title; null or blank for all rows.</param>
    /// <param name="progress">Gets the rows written.</param>
    /// <exception cref="IOException">The file cannot be written; a former one is left as it was.</exception>
    public static void Write(FigureList list, string? filter, string path, IProgress<JobStep>? progress, CancellationToken cancel)
    {
        var figure = list.Figure;
        using var book = Office.NewBook(figure.Caption, list.Question);
        var days = figure.AsOf is { } day
            ? $"có đến {Vietnamese.DayInWords(day)}"
            : $"từ {Vietnamese.DayInWords(figure.Period.From)} đến {Vietnamese.DayInWords(figure.Period.To)}";
        var rows = EvidenceSheet.WriteList(book, figure, "Danh sách",
        [
            $"{Vietnamese.Capitals(figure.Caption)}: {Vietnamese.Number(figure.Value)} {figure.CountedIn}",
            $"{list.Unit.Name}; {days}{(list.MapDay is { } map ? $"; theo địa bàn ngày {Vietnamese.Day(map)} (bản đồ mới), đơn vị cũ được tính vào đơn vị kế thừa" : "")}",
            $"Cách tính: {figure.Rule}{(string.IsNullOrWhiteSpace(filter) ? "" : $"\nChỉ những dòng có: {filter.Trim()}")}",
        ], "Danh sách", list.Letterhead);
        StreamedSheets.Save(book, path, [rows with { Rows = new WrittenRows(figure.Value, progress).Count(rows.Rows) }], cancel);
    }
}
