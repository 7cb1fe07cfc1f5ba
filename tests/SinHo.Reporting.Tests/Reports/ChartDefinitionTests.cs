using SinHo.Reporting.Catalog;
using SinHo.Reporting.Tests.Support;
using Xunit;

namespace SinHo.Reporting.Tests.Reports;

public sealed class ChartDefinitionTests : IDisposable
{
    private const string Wrong = """
        charts:
          - { kind: line, caption: "Lạ", category: Tháng, count: no_such_figure, each: month }
          - { kind: line, caption: "Tuần", category: Tuần, count: members, each: week }
          - { kind: line, caption: "Ngắn", category: Tháng, count: members, each: month, last: 0 }
          - { kind: bar, caption: "Cả hai", category: Dân tộc, count: members, each: month, rows: form-4.eth_1..eth_56.total }
          - { kind: bar, caption: "Biểu lạ", category: Dân tộc, rows: form-9.eth_1..eth_56.total }
          - { kind: bar, caption: "Dòng lạ", category: Dân tộc, rows: form-4.eth_56..eth_1.total }
          - { kind: bar, caption: "Cột lạ", category: Dân tộc, rows: form-4.eth_1..eth_56.no_such_column }
        """;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Every_chart_that_cannot_be_drawn_is_named_at_once()
    {
        foreach (var file in Directory.EnumerateFiles(AppContext.BaseDirectory, "*", SearchOption.AllDirectories))
        {
            var place = Path.GetRelativePath(AppContext.BaseDirectory, file);
            if (!place.StartsWith(Path.Combine("sql", "indicators"), StringComparison.Ordinal) && !place.StartsWith("reports", StringComparison.Ordinal))
                continue;
            Directory.CreateDirectory(Path.GetDirectoryName(folder.File(place))!);
            File.Copy(file, folder.File(place));
        }

        var report = folder.File(Path.Combine("reports", "term", "report.yaml"));
        var lines = File.ReadAllLines(report).ToList();
        var begin = lines.IndexOf("charts:");
        lines.RemoveRange(begin, lines.FindIndex(begin + 1, line => !line.StartsWith(' ')) - begin);
        File.WriteAllLines(report, [.. lines, Wrong]);

        var faults = Assert.Throws<CatalogException>(() => CatalogReader.Read(folder.Path)).Faults;

        Assert.Equal(["Lạ", "Tuần", "Ngắn", "Cả hai", "Biểu lạ", "Dòng lạ", "Cột lạ"], faults.Select(fault => fault.Split('“', '”')[1]));
        Assert.All(faults, fault => Assert.StartsWith("reports/term/report.yaml", fault, StringComparison.Ordinal));
    }
}
