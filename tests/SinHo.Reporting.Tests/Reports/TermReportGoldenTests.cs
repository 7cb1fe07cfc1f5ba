using SinHo.Reporting.Faces;
using SinHo.Reporting.Tests.Support;
using Xunit;

namespace SinHo.Reporting.Tests.Reports;

/// <summary>
/// The whole workbook of the sample as text: whoever changes how a report looks or reads sees it in the difference of this file.
/// </summary>
public sealed class TermReportGoldenTests(SampleReports reports) : IClassFixture<SampleReports>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_workbook_of_the_sample_is_as_it_was()
    {
        using var folder = new TemporaryFolder();
        var still = reports.District with { SnapshotAt = new(2020, 7, 2, 1, 5, 9, TimeSpan.Zero), ProgramVersion = "0.0.0" };
        WorkbookFace.Write(still, folder.File("term.xlsx"), progress: null, Cancel);
        var received = WorkbookDump.Text(folder.File("term.xlsx"), rowsPerTable: 2);
        await Golden.AgreesAsync("term-sample", received, Cancel);
    }
}
