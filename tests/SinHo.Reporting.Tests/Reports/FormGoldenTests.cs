using ClosedXML.Excel;
using SinHo.Reporting.Faces;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Reports;
using SinHo.Reporting.Tests.Support;
using Xunit;

namespace SinHo.Reporting.Tests.Reports;

/// <summary>The forms of a commune and the monthly report of the sample as text: numbers, names, links, looks, pages.</summary>
public sealed class FormGoldenTests(SampleReports sample) : IClassFixture<SampleReports>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("form-1", null)]
    [InlineData("form-1", "tctw")]
    [InlineData("form-2", null)]
    [InlineData("form-2b", null)]
    [InlineData("form-3", null)]
    [InlineData("form-4", null)]
    [InlineData("form-5", null)]
    [InlineData("form-5", "2026")]
    [InlineData("monthly", null)]
    public async Task A_form_of_the_sample_is_as_it_was(string name, string? edition)
    {
        var period = name == "monthly" ? Period.Month(2019, 12) : edition is null ? Period.Year(2019) : Period.Year(2016);
        var request = new ReportRequest(name, "SH.X03", period, new Dictionary<string, int>(StringComparer.Ordinal), WithEvidence: true) { Edition = edition };
        using var report = await new ReportBuilder(sample.Database, SampleReports.Definitions).BuildAsync(request, progress: null, Cancel);
        using var folder = new TemporaryFolder();
        WorkbookFace.Write(report with { SnapshotAt = new(2020, 7, 2, 1, 5, 9, TimeSpan.Zero), ProgramVersion = "0.0.0" }, folder.File("form.xlsx"), progress: null, Cancel);

        using var book = new XLWorkbook(folder.File("form.xlsx"));
        foreach (var figure in report.Figures)
        {
            var cell = book.NamedRange($"fig_{figure.Code.Replace('.', '_')}").Ranges.Single().FirstCell();
            Assert.Equal((double)figure.Value, cell.Value);
            Assert.Equal(figure.Value, cell.HasHyperlink ? book.Range(cell.Hyperlink.InternalAddress).Worksheet.Tables.Single().DataRange.RowCount() : 0);
        }

        await Golden.AgreesAsync($"{name}{edition}-pa-tan", WorkbookDump.Text(folder.File("form.xlsx"), rowsPerTable: 0, sheets: 2), Cancel);
    }
}
