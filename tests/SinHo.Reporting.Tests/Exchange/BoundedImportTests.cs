using System.Diagnostics;
using System.Globalization;
using System.Text;
using SinHo.Reporting.Tests.Support;
using Xunit;

namespace SinHo.Reporting.Tests.Exchange;

/// <summary>
/// Files under 1 MB that would keep an import busy or fill memory: the program as built reads or refuses each within bounds of memory and processor time
/// (not of time on the clock, which depends on what else the machine does).
/// </summary>
public sealed class BoundedImportTests(TestCluster cluster) : IDisposable
{
    private const long MostMemory = 600L << 20;

    private static readonly TimeSpan MostWork = TimeSpan.FromSeconds(20);

    private readonly TemporaryFolder folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("formats", 0)]
    [InlineData("long format", 0)]
    [InlineData("empty rows", 3)]
    [InlineData("rows", 3)]
    [InlineData("relations", 3)]
    [InlineData("depth", 3)]
    [InlineData("names", 3)]
    [InlineData("long text", 3)]
    [InlineData("strings", 3)]
    public async Task A_small_file_is_read_or_refused_within_bounds(string kind, int exit)
    {
        var path = Make(kind).Save(folder.File("a.xlsx"));
        Assert.InRange(new FileInfo(path).Length, 1, 1 << 20);
        var (code, memory, work, said) = await MeasureAsync(path, await cluster.NewRegisterAsync());
        TestContext.Current.TestOutputHelper?.WriteLine($"{kind}: {new FileInfo(path).Length >> 10} KB, {memory >> 20} MiB, {work.TotalSeconds:0.0} s");
        Assert.True(code == exit, $"exit {code}: {said}");
        Assert.InRange(memory, 1, MostMemory);
        Assert.InRange(work, TimeSpan.Zero, MostWork);
    }

    private static RawWorkbook Make(string kind)
    {
        const string Captions = """<row r="1"><c t="inlineStr"><is><t>Mã đảng viên</t></is></c><c t="inlineStr"><is><t>Họ và tên</t></is></c></row>""";
        var book = RawWorkbook.With("Đảng viên", Captions);
        switch (kind)
        {
            case "formats":
                return book.Part("xl/styles.xml", Styles(15_000, index => $"[>={index}]0.0{new string('0', index % 20)}&quot; x{index}&quot;"));
            case "long format":
                return book.Part("xl/styles.xml", Styles(1, _ => string.Concat(Enumerable.Repeat("[h]0;-\\a", 3_750))));
            case "empty rows":
                return book.Part("xl/worksheets/sheet1.xml", Sheet(Captions, "<row/>", 12_000_000));
            case "rows":
                return book.Part("xl/worksheets/sheet1.xml", Sheet(Captions, """<row><c t="b"><v>1</v></c><c t="b"><v>1</v></c></row>""", 800_000));
            case "relations":
                return book.Part("xl/_rels/workbook.xml.rels", Repeated("""<R xmlns="r">""", "<a/>", 4_000_000, "</R>"));
            case "depth":
                return book.Part("xl/worksheets/sheet1.xml", Repeated("<worksheet>", "<a>", 8_000_000, ""));
            case "names":
                return book.Part("xl/worksheets/sheet1.xml", stream =>
                {
                    using var writer = new StreamWriter(stream);
                    writer.Write("<worksheet><sheetData>");
                    for (var i = 0; i < 300_000; i++)
                        writer.Write(string.Create(CultureInfo.InvariantCulture, $"<a{i}/>"));
                    writer.Write("</sheetData></worksheet>");
                });
            case "long text":
                return RawWorkbook.With("Đảng viên", Captions, $"<si><t>{new string('ạ', 32_000)}</t></si>")
                    .Part("xl/worksheets/sheet1.xml", Sheet(Captions, """<row><c t="s"><v>0</v></c><c t="s"><v>0</v></c></row>""", 40_000));
            default:
                return book.Part("xl/sharedStrings.xml", Repeated("<sst>", "<si/>", 12_000_000, "</sst>"));
        }
    }

    private static string Styles(int count, Func<int, string> code) => $"""
        <styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts>{string.Concat(Enumerable.Range(0, count).Select(index => $"<numFmt numFmtId=\"{200 + index}\" formatCode=\"{code(index)}\"/>"))}</numFmts>
        <cellXfs>{string.Concat(Enumerable.Range(0, count).Select(index => $"<xf numFmtId=\"{200 + index}\"/>"))}</cellXfs></styleSheet>
        """;

    private static Action<Stream> Sheet(string captions, string row, int times) => Repeated($"<worksheet><sheetData>{captions}", row, times, "</sheetData></worksheet>");

    private static Action<Stream> Repeated(string head, string text, int times, string tail) => stream =>
    {
        stream.Write(Encoding.UTF8.GetBytes(head));
        var block = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(text, 1000)));
        for (var i = 0; i < times / 1000; i++)
            stream.Write(block);
        stream.Write(Encoding.UTF8.GetBytes(tail));
    };

    /// <summary>Highest resident memory and processor time of the program's own process, as Linux counts them.</summary>
    private static async Task<(int Exit, long Memory, TimeSpan Work, string Said)> MeasureAsync(string path, string database)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "sinho"), ["import", path, "--dry-run", "--database", database])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var said = Task.WhenAll(process.StandardOutput.ReadToEndAsync(Cancel), process.StandardError.ReadToEndAsync(Cancel));
        var (memory, work) = (0L, TimeSpan.Zero);
        while (!process.HasExited)
        {
            try
            {
                var status = await File.ReadAllLinesAsync($"/proc/{process.Id}/status", Cancel);
                memory = Math.Max(memory, status.Where(line => line.StartsWith("VmHWM:", StringComparison.Ordinal)).Select(line => long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) << 10).FirstOrDefault());
                process.Refresh();
                work = process.TotalProcessorTime;
            }
            catch (Exception gone) when (gone is IOException or InvalidOperationException or System.ComponentModel.Win32Exception)
            {
                break;
            }
            await Task.Delay(50, Cancel);
        }
        await process.WaitForExitAsync(Cancel);
        return (process.ExitCode, memory, work, string.Join('\n', await said));
    }
}
