using System.Runtime.CompilerServices;
using SinHo.Reporting.Faces;
using SinHo.Reporting.Tests.Support;
using Xunit;

namespace SinHo.Reporting.Tests.Reports;

/// <summary>
/// The whole workbook of the sample as text: whoever changes how a report looks or reads sees it in the difference of this file.
/// SINHO_ACCEPT_GOLDEN=1 writes it anew.
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

        var golden = Path.Combine(Folder(), "term-sample.golden.txt");
        if (Environment.GetEnvironmentVariable("SINHO_ACCEPT_GOLDEN") == "1")
            await File.WriteAllTextAsync(golden, received, Cancel);
        var expected = File.Exists(golden) ? await File.ReadAllTextAsync(golden, Cancel) : "";
        if (received == expected)
            return;

        var kept = Path.ChangeExtension(golden, null)[..^".golden".Length] + ".received.txt";
        await File.WriteAllTextAsync(kept, received, Cancel);
        Assert.Fail($"{FirstDifference(expected, received)}\nTo accept the new workbook: mv '{kept}' '{golden}'");
    }

    private static string FirstDifference(string expected, string received)
    {
        var (was, now) = (expected.Split('\n'), received.Split('\n'));
        var line = was.Zip(now).TakeWhile(pair => pair.First == pair.Second).Count();
        return $"Line {line + 1} was: {was.ElementAtOrDefault(line)}\nLine {line + 1} is:  {now.ElementAtOrDefault(line)}";
    }

    private static string Folder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
