using CsCheck;
using SinHo.Reporting.Exchange;
using SinHo.Reporting.Register;
using SinHo.Reporting.Tests.Support;
using Xunit;

namespace SinHo.Reporting.Tests.Exchange;

public sealed class RegisterWorkbookTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Rows_of_every_sheet_read_again_are_the_rows_written() => GenRegister.Sample(
        register =>
        {
            var path = folder.File("sổ.xlsx");
            RegisterWorkbook.Write(path, register.Select(sheet => (sheet.Sheet, (IEnumerable<object?[]>)sheet.Rows)), CancellationToken.None);
            var read = new List<(string, List<object?[]>)>();
            foreach (var sheet in SheetParser.Parse(new WorkbookSource(path)))
            {
                Assert.Empty(sheet.Issues);
                read.Add((sheet.Definition!.Name, [.. sheet.Rows.Select(row => row.Values)]));
            }
            Assert.Equal(register.Select(sheet => sheet.Sheet.Name), read.Select(sheet => sheet.Item1));
            foreach (var (expected, actual) in register.Zip(read))
                Assert.Equal(expected.Rows.Select(row => string.Join('|', row)), actual.Item2.Select(row => string.Join('|', row)));
        },
        iter: 20, threads: 1);

    [Fact]
    public void An_empty_register_is_read_again_as_sheets_without_rows()
    {
        var path = folder.File("sổ.xlsx");
        RegisterWorkbook.Write(path, ExchangeWorkbook.Sheets.Select(sheet => (sheet, Enumerable.Empty<object?[]>())), CancellationToken.None);
        foreach (var sheet in SheetParser.Parse(new WorkbookSource(path)))
        {
            Assert.Empty(sheet.Issues);
            Assert.Empty(sheet.Rows);
        }
    }

    private static readonly string[] Texts =
        ["00123", "=1+1", "12-5", "Giàng A Chừ", "+84", "@x", "1/2", "Lò <Thị> & \"Én\"", "_x0041_", "TRUE", "1E5", "-"];

    private static Gen<List<(SheetDefinition Sheet, List<object?[]> Rows)>> GenRegister => Gen.Int[0, 20].SelectMany(count =>
        Gen.Int.Select(seed => ExchangeWorkbook.Sheets.Select(sheet => (sheet, Rows(sheet, count, new Random(seed)))).ToList()));

    private static List<object?[]> Rows(SheetDefinition sheet, int count, Random random) =>
        [.. Enumerable.Range(0, count).Select(_ => sheet.Columns.Select(column => Value(column, random)).ToArray())];

    private static object? Value(ColumnDefinition column, Random random)
    {
        if (!column.Required && column.Kind != ColumnKind.Boolean && random.Next(3) == 0)
            return null;
        var day = new DateOnly(1900, 1, 1).AddDays(random.Next(73_000));
        return column.Kind switch
        {
            ColumnKind.Code => random.Next(2) == 0 ? "00123" : "SH.X03-B01",
            ColumnKind.Text => Texts[random.Next(Texts.Length)],
            ColumnKind.Date => day,
            ColumnKind.PartialDate => random.Next(3) switch
            {
                0 => new PartialDate(day, "day"),
                1 => new PartialDate(new DateOnly(day.Year, day.Month, 1), "month"),
                _ => new PartialDate(new DateOnly(day.Year, 1, 1), "year"),
            },
            ColumnKind.Vocabulary => column.Vocabulary!.Values[random.Next(column.Vocabulary.Values.Count)],
            ColumnKind.Boolean => random.Next(2) == 0,
            _ => random.Next(1900, 2100),
        };
    }
}
