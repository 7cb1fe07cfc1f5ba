using System.Globalization;
using System.Text;
using ExcelDataReader;
using SinHo.Reporting.Exchange;
using SinHo.Reporting.Register;

namespace SinHo.Reporting.Tests;

/// <summary>
/// Reads a valid case workbook, and no other: real Excel dates, values spelled as in the vocabularies. Not the importer's
/// reader, so that a fault there cannot hide in the second calculation.
/// </summary>
public static class CaseWorkbook
{
    public static RegisterModel Read(string path)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        using var stream = File.OpenRead(path);
        using var reader = ExcelReaderFactory.CreateOpenXmlReader(stream);
        return RegisterModel.From([.. Rows(reader)]);
    }

    private static IEnumerable<(SheetDefinition Sheet, object?[] Values)> Rows(IExcelDataReader reader)
    {
        do
        {
            var sheet = ExchangeWorkbook.Sheets.Single(sheet => sheet.Name == reader.Name);
            reader.Read();
            var captions = Enumerable.Range(0, reader.FieldCount).Select(reader.GetString).ToList();
            int[] places = [.. sheet.Columns.Select(column => captions.IndexOf(column.Caption))];
            while (reader.Read())
            {
                yield return (sheet, [.. sheet.Columns.Zip(places, (column, place) =>
                    place < 0 ? null : Typed(column.Kind, reader.GetValue(place)))]);
            }
        }
        while (reader.NextResult());
    }

    private static object? Typed(ColumnKind kind, object? cell) => (kind, cell) switch
    {
        (_, null) => null,
        (ColumnKind.Date, DateTime day) => DateOnly.FromDateTime(day),
        (ColumnKind.Date, string text) => Day(text, "dd/MM/yyyy"),
        (ColumnKind.PartialDate, DateTime day) => new PartialDate(DateOnly.FromDateTime(day), "day"),
        (ColumnKind.PartialDate, double year) => new PartialDate(new DateOnly((int)year, 1, 1), "year"),
        (ColumnKind.PartialDate, string { Length: 4 } text) => new PartialDate(Day(text, "yyyy"), "year"),
        (ColumnKind.PartialDate, string { Length: 7 } text) => new PartialDate(Day(text, "MM/yyyy"), "month"),
        (ColumnKind.PartialDate, string text) => new PartialDate(Day(text, "dd/MM/yyyy"), "day"),
        (ColumnKind.Boolean, string text) => text == "Có",
        (ColumnKind.Number, double number) => (int)number,
        (_, string text) => text,
        _ => throw new InvalidDataException($"{kind} cannot be read from {cell}."),
    };

    private static DateOnly Day(string text, string format) => DateOnly.ParseExact(text, format, CultureInfo.InvariantCulture);
}
