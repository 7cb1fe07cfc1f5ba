using System.Globalization;
using System.IO.Compression;
using System.Text.RegularExpressions;
using ClosedXML.Excel;
using Npgsql;
using SinHo.Reporting.Faces;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Reports;
using SinHo.Reporting.Tests.Support;
using Xunit;

namespace SinHo.Reporting.Tests.Reports;

/// <summary>Every report of the sample, of the district without names and of a commune with its lists, as workbooks and as LibreOffice prints them: one run for all.</summary>
public sealed class PrintedReports(TestCluster cluster) : IAsyncLifetime
{
    private const string PageEnd = "\f";

    private readonly TemporaryFolder folder = new();

    public NpgsqlDataSource Database { get; private set; } = null!;

    /// <summary>Workbooks by "report unit".</summary>
    public Dictionary<string, string> Workbooks { get; } = new(StringComparer.Ordinal);

    public async ValueTask InitializeAsync()
    {
        Database = NpgsqlDataSource.Create(await cluster.NewSampleAsync());
        var builder = new ReportBuilder(Database, SampleReports.Definitions);
        foreach (var (unit, withLists) in new[] { ("SH", false), ("SH.X03", true) })
        {
            // Lists take long to print: those of two reports stand for all.
            foreach (var definition in SampleReports.Definitions.Reports.Where(one => !withLists || one.Name is "term" or "form-2"))
            {
                var (name, edition) = (definition.Name, definition.Edition.Printed.Code);
                var period = name is "term" or "term-years" ? new Period(new(2015, 7, 1), new(2020, 6, 30), "nhiệm kỳ 2015-2020") : edition == "tctw" ? Period.Year(2016) : name == "monthly" ? Period.Month(2020, 3) : Period.Year(2019);
                var request = new ReportRequest(name, unit, period, new Dictionary<string, int>(StringComparer.Ordinal), withLists, edition.Length > 0 ? edition : null) { WithCharts = true };
                using var report = await builder.BuildAsync(request, progress: null, CancellationToken.None);
                var path = folder.File($"{name}{edition}-{unit}.xlsx");
                WorkbookFace.Write(report, path, progress: null, CancellationToken.None);
                Workbooks[$"{name}{edition} {unit}"] = path;
            }
        }
        await Shell.RunAsync($"cd '{folder.Path}' && HOME='{folder.Path}' soffice -env:UserInstallation=file://{folder.Path}/office --headless --convert-to pdf *.xlsx");
    }

    /// <summary>The words of each page.</summary>
    public async Task<IReadOnlyList<string>> PagesAsync(string workbook) =>
        (await Shell.RunAsync($"pdftotext -layout '{Path.ChangeExtension(Workbooks[workbook], ".pdf")}' -")).Split(PageEnd)[..^1];

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        folder.Dispose();
    }
}

public sealed partial class PaperTests(PrintedReports printed) : IClassFixture<PrintedReports>
{
    // A third of a screen of 768 pixels, in points.
    private const double HighestFrozen = 192;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>A column that does not fit makes a page of its own, so pages that are as many as were counted are whole.</summary>
    [Fact]
    public async Task Pages_that_are_signed_are_as_many_as_they_say_and_lists_count_for_themselves()
    {
        foreach (var workbook in printed.Workbooks.Keys)
        {
            var pages = await printed.PagesAsync(workbook);
            // Letters of a chart may come beside the foot of its page, or behind it.
            Assert.All(pages, page => Assert.Matches(Foot(), page));
            var footers = pages.Select(page => Foot().Matches(page).Last().Value).ToList();
            var signed = footers.Select(footer => Signed().Match(footer)).Where(match => match.Success).Select(match => (Page: Number(match, "page"), All: Number(match, "all"))).ToList();
            Assert.True(signed.Count > 0, workbook);
            Assert.Equal(Enumerable.Range(1, signed.Count).Select(page => (page, signed.Count)), signed);
            Assert.Equal(workbook.EndsWith("SH.X03", StringComparison.Ordinal), footers.Count > signed.Count);
            Assert.All(pages, page => Assert.DoesNotContain("###", page, StringComparison.Ordinal));
            var last = pages.Single(page => page.Contains("họ và tên", StringComparison.Ordinal) && page.Contains("(Ký", StringComparison.Ordinal));
            var above = last.Split("NGƯỜI LẬP BIỂU")[0].Split('\n').ToList();
            Assert.True(above.Skip(above.FindIndex(line => ColumnNumbers().IsMatch(line)) + 1).Count(line => line.Trim().Length > 0) >= PageBreaks.RowsAboveSignatures, $"{workbook}: {last}");
        }
    }

    [Fact]
    public void Frozen_heads_leave_two_thirds_of_a_small_screen_and_no_text_is_marked_as_an_error()
    {
        foreach (var (workbook, path) in printed.Workbooks.Where(one => one.Key.StartsWith("term", StringComparison.Ordinal) || one.Key.StartsWith("monthly", StringComparison.Ordinal)))
        {
            using var book = new XLWorkbook(path);
            foreach (var sheet in book.Worksheets)
            {
                var frozen = Enumerable.Range(1, sheet.SheetView.SplitRow).Sum(row => sheet.Row(row).IsHidden ? 0 : sheet.Row(row).Height);
                Assert.True(frozen <= HighestFrozen, $"{workbook}, {sheet.Name}: {frozen}");
            }
            Assert.Equal(book.Worksheets.Count, Parts(path).Count(part => part.Key.StartsWith("xl/worksheets/sheet", StringComparison.Ordinal) && part.Value.Contains("numberStoredAsText=\"1\"", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public async Task Without_names_no_member_is_in_any_part_of_the_package()
    {
        await using var connection = await printed.Database.OpenConnectionAsync(Cancel);
        await using var command = new NpgsqlCommand("select code from member union select name from member where name like '% % %'", connection);
        await using var reader = await command.ExecuteReaderAsync(Cancel);
        var people = new HashSet<string>(StringComparer.Ordinal);
        while (await reader.ReadAsync(Cancel))
            people.Add(reader.GetString(0));

        foreach (var (workbook, path) in printed.Workbooks.Where(one => one.Key.EndsWith(" SH", StringComparison.Ordinal)))
        {
            var text = string.Concat(Parts(path).Values);
            Assert.DoesNotContain("hyperlink", string.Concat(Parts(path).Where(part => part.Key == "xl/worksheets/sheet1.xml").Select(part => part.Value)), StringComparison.Ordinal);
            Assert.DoesNotContain("Danh sách 1", text, StringComparison.Ordinal);
            Assert.True(people.Count > 4_000 && !people.Any(one => text.Contains(one, StringComparison.Ordinal)), workbook);
        }
        var listed = string.Concat(Parts(printed.Workbooks["term SH.X03"]).Values);
        Assert.Contains(people, one => listed.Contains(one, StringComparison.Ordinal));
    }

    [Fact]
    public void Each_list_is_in_the_index_numbered_and_named_in_whole_words()
    {
        foreach (var path in printed.Workbooks.Where(one => one.Key.EndsWith("SH.X03", StringComparison.Ordinal)).Select(one => one.Value))
        {
            using var book = new XLWorkbook(path);
            var index = book.Worksheet("Mục lục danh sách");
            var lists = book.Worksheets.Where(sheet => sheet.Tables.Any()).ToList();
            var lines = index.Rows(5, index.LastRowUsed().RowNumber()).ToList();
            Assert.Equal(lists.Select(sheet => sheet.Name).Order(), lines.Select(line => line.Cell(4).GetString()).Distinct().Order());
            foreach (var line in lines)
            {
                var table = book.Range(line.Cell(4).Hyperlink.InternalAddress).Worksheet.Tables.Single();
                Assert.Equal(line.Cell(3).GetValue<int>(), table.DataRange.RowCount());
            }
            foreach (var sheet in lists)
            {
                var table = sheet.Tables.Single();
                Assert.Equal(["TT", "Mã TCCSĐ"], table.HeadersRow().Cells(1, 2).Select(cell => cell.GetString()));
                Assert.Equal(Enumerable.Range(1, table.DataRange.RowCount()), table.DataRange.FirstColumn().Cells().Select(cell => cell.GetValue<int>()));
                // Whole words: those of a caption, or none but "Danh sách".
                var words = sheet.Name[(sheet.Name.IndexOf('.', StringComparison.Ordinal) + 2)..];
                Assert.True(words.Length is > 1 and <= 28 && !words.EndsWith(',') && !words.EndsWith('('), sheet.Name);
            }
            Assert.Equal("Kiểm tra", book.Worksheets.Last().Name);
        }
    }

    private static int Number(Match match, string group) => int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    private static Dictionary<string, string> Parts(string path)
    {
        using var zip = ZipFile.OpenRead(path);
        return zip.Entries.ToDictionary(entry => entry.FullName, entry =>
        {
            using var text = new StreamReader(entry.Open());
            return text.ReadToEnd();
        }, StringComparer.Ordinal);
    }

    [GeneratedRegex(@"Trang \d+/\d+|(Danh sách \d+|Mục lục danh sách) - trang \d+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Foot();

    [GeneratedRegex(@"^\s*1\s+2", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ColumnNumbers();

    [GeneratedRegex(@"^Trang (?<page>\d+)/(?<all>\d+)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Signed();
}
