using ClosedXML.Excel;
using SinHo.Reporting.Tests.Support;
using SinHo.Reporting.Workbooks;
using Xunit;

namespace SinHo.Reporting.Tests.Workbooks;

/// <summary>Alone in its process while it runs: what is measured is the memory of the whole process.</summary>
[CollectionDefinition(nameof(StreamedSheetsMemoryTests), DisableParallelization = true)]
[Collection(nameof(StreamedSheetsMemoryTests))]
public sealed class StreamedSheetsMemoryTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Memory_does_not_grow_with_the_rows()
    {
        var path = folder.File("dài.xlsx");
        using var book = new XLWorkbook();
        StreamedSheetsTests.AddList(book, "Danh sách");
        var most = 0L;
        var rows = StreamedSheetsTests.Numbered(200_000).Select((row, index) =>
        {
            if (index % 20_000 == 0)
                most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true));
            return row;
        });
        var before = GC.GetTotalMemory(forceFullCollection: true);

        StreamedSheets.Save(book, path, [new("Danh sách", 3, rows)], CancellationToken.None);

        Assert.InRange(most - before, long.MinValue, 8 << 20);
    }
}
