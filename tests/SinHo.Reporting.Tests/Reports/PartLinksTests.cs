using ClosedXML.Excel;
using SinHo.Reporting.Catalog;
using SinHo.Reporting.Faces;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Reports;
using SinHo.Reporting.Tests.Support;
using Xunit;

namespace SinHo.Reporting.Tests.Reports;

/// <summary>"Theo đơn vị" of registers nobody looked at: every number opens the list of its figure where its part begins, and the list holds as many rows of the part.</summary>
public sealed class PartLinksTests(TestCluster cluster)
{
    private const int FirstPartRow = 6;
    private const int Left = 3;

    private static readonly Definitions Definitions = CatalogReader.Read(AppContext.BaseDirectory);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public Task Numbers_of_parts_open_their_rows(int seed) => cluster.CompareRandomAsync(seed, register => RandomQuestion.About(register, seed, 3), async (database, _, question) =>
    {
        using var folder = new TemporaryFolder();
        var request = new ReportRequest("term", question.Unit, new(question.From, question.To), new Dictionary<string, int>(StringComparer.Ordinal), WithEvidence: true);
        using var report = await new ReportBuilder(database, Definitions).BuildAsync(request, progress: null, Cancel);
        WorkbookFace.Write(report, folder.File("a.xlsx"), progress: null, Cancel);
        using var book = new XLWorkbook(folder.File("a.xlsx"));
        return Differences(report, book).Select(difference => $"{question.Unit} {question.From}..{question.To}: {difference}").ToList();
    }, Cancel);

    private static IEnumerable<string> Differences(Report report, XLWorkbook book)
    {
        var sheet = book.Worksheet("Theo đơn vị");
        foreach (var (number, row) in report.Breakdown.Rows.Index())
        {
            foreach (var (index, column) in report.Breakdown.Columns.Index())
            {
                var cell = sheet.Cell(FirstPartRow + number, Left + 1 + index);
                if (cell.GetValue<int>() != row.Values[index] || cell.HasHyperlink != (row.Values[index] != 0))
                    yield return $"{column.FigureCode} of {row.Code} is {cell.Value}, link {cell.HasHyperlink}";
                if (!cell.HasHyperlink || !column.Additive)
                    continue;
                var target = book.Range(cell.Hyperlink.InternalAddress).FirstCell();
                var table = target.Worksheet.Tables.Single();
                var heads = table.HeadersRow().Cells().Select(head => head.GetString()).ToList();
                var place = heads.IndexOf(heads.Contains("Mã đơn vị") ? "Mã đơn vị" : "Mã TCCSĐ") + 1;
                var rows = table.DataRange.Rows().Where(one => one.Cell(place).GetString() == row.Code).ToList();
                if (rows.Count != row.Values[index] || rows[0].RowNumber() != target.Address.RowNumber)
                    yield return $"{column.FigureCode} of {row.Code} is {row.Values[index]}, its list has {rows.Count} rows from {rows.FirstOrDefault()?.RowNumber()}, the link leads to {target.Address}";
                var codes = table.DataRange.Rows().Select(one => one.Cell(2).GetString()).ToList();
                if (!codes.Where(code => code.Length > 0).SequenceEqual(codes.Where(code => code.Length > 0).Order(StringComparer.Ordinal)))
                    yield return $"the list of {column.FigureCode} is not in the order of TCCSĐ";
            }
        }
        foreach (var figure in report.Figures.Where(figure => figure.Value > 0))
        {
            var cell = book.NamedRange($"fig_{figure.Code}").Ranges.Single().FirstCell();
            var target = book.Range(cell.Hyperlink.InternalAddress).FirstCell();
            var table = target.Worksheet.Tables.Single();
            if (table.DataRange.RowCount() != figure.Value || table.DataRange.FirstRow().RowNumber() - target.Address.RowNumber is < 0 or > 6)
                yield return $"{figure.Code} is {figure.Value}, its list has {table.DataRange.RowCount()} rows";
            if (!target.Worksheet.CellsUsed(one => one.HasHyperlink).Any(back => book.Range(back.Hyperlink.InternalAddress).FirstCell().Address.Equals(cell.Address)))
                yield return $"the list of {figure.Code} does not lead back";
        }
    }
}
