using System.IO.Compression;
using System.Xml.Linq;
using ClosedXML.Excel;
using SinHo.Reporting.Tests.Support;
using SinHo.Reporting.Workbooks;
using Xunit;

namespace SinHo.Reporting.Tests.Workbooks;

public sealed class StreamedSheetsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Rows_take_the_place_of_the_sample_row_and_keep_its_looks()
    {
        var path = Save([
            ["0123", "Lò Văn Én", new DateOnly(2020, 2, 29), 7, true],
            ["0124", null, new DateOnly(1890, 1, 2), 2.5, false],
            ["0125"],
        ]);

        using var book = new XLWorkbook(path);
        var sheet = book.Worksheet("Danh sách");
        Assert.Equal("0123", sheet.Cell("A3").Value);
        Assert.Equal("Lò Văn Én", sheet.Cell("B3").Value);
        Assert.Equal(new DateTime(2020, 2, 29), sheet.Cell("C3").Value);
        Assert.Equal("dd/mm/yyyy", sheet.Cell("C3").Style.NumberFormat.Format);
        Assert.Equal(7d, sheet.Cell("D3").Value);
        Assert.Equal(true, sheet.Cell("E3").Value);
        Assert.Equal("02/01/1890", sheet.Cell("C4").Value);
        Assert.Equal(2.5, sheet.Cell("D4").Value);
        Assert.All("ABCDE", column => Assert.Equal(XLBorderStyleValues.Thin, sheet.Cell($"{column}5").Style.Border.TopBorder));
        Assert.Equal(5, sheet.LastRowUsed().RowNumber());
        Assert.Equal("A2:E5", sheet.Tables.Single().RangeAddress.ToString());
        Assert.Equal("Bìa", book.Worksheet(1).Cell("A1").Value);
    }

    [Theory]
    [InlineData("=1+1")]
    [InlineData("+84 912")]
    [InlineData("-5")]
    [InlineData("@SUM(A1)")]
    [InlineData("  hai đầu trắng  ")]
    [InlineData("hai\ndòng")]
    [InlineData("<a&b>\"'")]
    [InlineData("chuông\u0007 _x004")]
    [InlineData("\uD83D\uDE00 trọn cặp")]
    public void Text_stays_the_text_it_is(string text)
    {
        var path = Save([[text]]);

        using var book = new XLWorkbook(path);
        var cell = book.Worksheet("Danh sách").Cell("A3");
        Assert.Equal(XLDataType.Text, cell.DataType);
        Assert.False(cell.HasFormula);
        Assert.Equal(text, cell.GetString());
    }

    [Fact]
    public void What_xml_cannot_carry_is_escaped_and_the_file_opens()
    {
        var path = Save([["\uD83D lẻ \u0001 \r \uFFFF _x0041_"]]);

        var written = Part(path, "xl/worksheets/sheet2.xml").Descendants().Last(element => element.Name.LocalName == "t").Value;
        Assert.Equal("_xD83D_ lẻ _x0001_ _x000D_ _xFFFF_ _x005F_x0041_", written);
        using var book = new XLWorkbook(path);
        Assert.NotEmpty(book.Worksheet("Danh sách").Cell("A3").GetString());
    }

    [Fact]
    public void A_list_without_rows_has_no_sample_row_and_its_table_the_blank_line_of_Excel()
    {
        var path = Save([]);

        var sheet = Part(path, "xl/worksheets/sheet2.xml");
        Assert.Equal(["2"], sheet.Descendants().Where(element => element.Name.LocalName == "row").Select(row => (string?)row.Attribute("r")));
        using var zip = ZipFile.OpenRead(path);
        var table = zip.Entries.Single(entry => entry.FullName.Contains("/tables/", StringComparison.Ordinal)).FullName;
        Assert.Equal("A2:E3", (string?)Part(path, table).Root!.Attribute("ref"));
        Assert.Equal("A2:E3", (string?)Part(path, table).Root!.Elements().First().Attribute("ref"));
    }

    [Fact]
    public void Several_lists_of_one_book_grow_each_by_its_own_rows()
    {
        using var book = new XLWorkbook();
        for (var number = 1; number <= 3; number++)
            AddList(book, $"Tờ {number}");
        var path = folder.File("nhiều tờ.xlsx");

        StreamedSheets.Save(book, path, [.. Enumerable.Range(1, 3).Select(n => new StreamedRows($"Tờ {n}", 3, Numbered(n)))], CancellationToken.None);

        using var read = new XLWorkbook(path);
        Assert.Equal([1, 2, 3], read.Worksheets.Select(sheet => sheet.Tables.Single().DataRange.RowCount()));
    }

    [Fact]
    public void A_plain_filter_grows_as_a_table_does()
    {
        using var book = new XLWorkbook();
        var sheet = AddList(book, "Danh sách", asTable: false);
        sheet.Range("A2:E3").SetAutoFilter();
        var path = folder.File("lọc.xlsx");

        StreamedSheets.Save(book, path, [new("Danh sách", 3, Numbered(10))], CancellationToken.None);

        var filter = Part(path, "xl/worksheets/sheet1.xml").Descendants().Single(element => element.Name.LocalName == "autoFilter");
        Assert.Equal("A2:E12", (string?)filter.Attribute("ref"));
    }

    [Fact]
    public void A_failure_while_writing_leaves_the_former_file_and_nothing_else()
    {
        var path = Save([["cũ"]]);
        var former = File.ReadAllBytes(path);

        Assert.Throws<TimeoutException>(() => Save(Numbered(5).Concat(Failing())));

        Assert.Equal(former, File.ReadAllBytes(path));
        Assert.Equal([path], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void Cancelling_leaves_nothing_behind()
    {
        using var cancel = new CancellationTokenSource();
        using var book = new XLWorkbook();
        AddList(book, "Danh sách");
        var rows = Numbered(10_000).Select((row, index) =>
        {
            if (index == 3_000)
                cancel.Cancel();
            return row;
        });

        Assert.Throws<OperationCanceledException>(
            () => StreamedSheets.Save(book, folder.File("dừng.xlsx"), [new("Danh sách", 3, rows)], cancel.Token));

        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void A_missing_folder_is_an_io_error()
    {
        using var book = new XLWorkbook();
        AddList(book, "Danh sách");

        Assert.ThrowsAny<IOException>(
            () => StreamedSheets.Save(book, folder.File("không có/tệp.xlsx"), [new("Danh sách", 3, Numbered(1))], CancellationToken.None));
    }

    [Fact]
    public void A_value_without_a_place_in_a_cell_names_the_cell()
    {
        var refused = Assert.Throws<InvalidOperationException>(() => Save([["a"], ["b", double.NaN]]));

        Assert.Contains("B4", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Danh sách", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_sample_row_must_be_the_last_one()
    {
        using var book = new XLWorkbook();
        AddList(book, "Danh sách").Cell("A4").SetValue("dưới");

        Assert.Throws<InvalidOperationException>(
            () => StreamedSheets.Save(book, folder.File("x.xlsx"), [new("Danh sách", 3, Numbered(1))], CancellationToken.None));
    }

    private string Save(IEnumerable<object?[]> rows)
    {
        using var book = new XLWorkbook();
        book.AddWorksheet("Bìa").Cell("A1").SetValue("Bìa");
        AddList(book, "Danh sách");
        var path = folder.File("danh sách.xlsx");
        StreamedSheets.Save(book, path, [new("Danh sách", 3, rows)], CancellationToken.None);
        return path;
    }

    internal static IXLWorksheet AddList(XLWorkbook book, string name, bool asTable = true)
    {
        var sheet = book.AddWorksheet(name);
        foreach (var (caption, index) in "Mã|Tên|Ngày|Số|Đúng".Split('|').Select((caption, index) => (caption, index)))
            sheet.Cell(2, index + 1).SetValue(caption);
        sheet.Range("A2:E3").Style.Border.SetInsideBorder(XLBorderStyleValues.Thin).Border.SetOutsideBorder(XLBorderStyleValues.Thin);
        sheet.Cell("C3").Style.NumberFormat.Format = "dd/mm/yyyy";
        if (asTable)
            sheet.Range("A2:E3").CreateTable();
        return sheet;
    }

    internal static IEnumerable<object?[]> Numbered(int count) =>
        Enumerable.Range(1, count).Select(number => new object?[] { $"M{number}", "Lò Văn Én", new DateOnly(2020, 1, 1), number, null });

    private static IEnumerable<object?[]> Failing()
    {
        yield return ["một"];
        throw new TimeoutException();
    }

    private static XDocument Part(string path, string name)
    {
        using var zip = ZipFile.OpenRead(path);
        using var part = zip.GetEntry(name)!.Open();
        return XDocument.Load(part);
    }
}
