using ClosedXML.Excel;
using SinHo.Reporting.Register;
using SinHo.Reporting.Workbooks;

namespace SinHo.Reporting.Exchange;

/// <summary>Writes a filled exchange workbook; read again, it gives the same rows.</summary>
public static class RegisterWorkbook
{
    private const double FirstYearNumber = 1900;
    private const double LastYearNumber = 2100;

    /// <param name="path">File to write; what was there stays until the new one is whole.</param>
    /// <param name="sheets">Sheets in their order, each with its rows as the parser gives them (<see cref="ParsedRow.Values"/>); rows are streamed.</param>
    /// <param name="cancel">Stops between rows.</param>
    /// <exception cref="IOException">The folder is missing or the disk is full.</exception>
    public static void Write(string path, IEnumerable<(SheetDefinition Sheet, IEnumerable<object?[]> Rows)> sheets, CancellationToken cancel)
    {
        using var book = ExchangeSheets.NewBook();
        var lists = new List<StreamedRows>();
        foreach (var (definition, rows) in sheets)
        {
            AddSample(ExchangeSheets.Add(book, definition), definition);
            lists.Add(new(definition.Name, SampleRow: 2, rows.Select(row => Array.ConvertAll(row, Written))));
        }
        StreamedSheets.Save(book, path, lists, cancel);
    }

    private static void AddSample(IXLWorksheet sheet, SheetDefinition definition)
    {
        for (var column = 1; column <= definition.Columns.Count; column++)
        {
            var cell = sheet.Cell(2, column);
            cell.SetValue("");
            // Birth dates known to the day are days of Excel here; those known in part are text, which no format touches.
            cell.Style.NumberFormat.Format = definition.Columns[column - 1].Kind == ColumnKind.PartialDate
                ? ExchangeSheets.DateFormat
                : ExchangeSheets.Format(definition.Columns[column - 1]);
        }
    }

    /// <summary>Of a birth date only as much is written as is known.</summary>
    internal static object? Written(object? value) => value switch
    {
        bool flag => flag ? ColumnReader.Yes : ColumnReader.No,
        // A number from 1900 to 2100 is a year when it is read: days whose number in Excel is one are text.
        DateOnly day when LooksLikeYear(day) => new PartialDate(day, "day").ToString(),
        PartialDate { Precision: "day" } date when !LooksLikeYear(date.FirstDay) => date.FirstDay,
        PartialDate date => date.ToString(),
        _ => value,
    };

    private static bool LooksLikeYear(DateOnly day) => day.ToDateTime(TimeOnly.MinValue).ToOADate() is >= FirstYearNumber and <= LastYearNumber;
}
