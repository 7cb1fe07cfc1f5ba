using SinHo.Reporting.Exchange;
using SinHo.Reporting.Tests.Support;
using Xunit;

namespace SinHo.Reporting.Tests.Exchange;

public sealed class WorkbookSourceTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Row_numbers_are_those_of_Excel_even_where_rows_are_missing()
    {
        var rows = Rows("""
            <row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c></row>
            <row r="4"><c r="A4"><v>4</v></c></row><row r="6"/><row><c><v>7</v></c></row><row r="1048576"><c r="A1048576"><v>9</v></c></row>
            """);
        Assert.Equal([(4, 4d), (6, null), (7, 7d), (1048576, (object?)9d)], rows.Select(row => (row.Number, row.Cells is [var first, ..] ? first : null)));
    }

    [Fact]
    public void A_sheet_whose_first_row_is_blank_has_no_captions()
    {
        var path = RawWorkbook.With("Bản", """<row r="2"><c r="A2"><v>1</v></c></row>""").Save(folder.File("a.xlsx"));
        foreach (var sheet in new WorkbookSource(path).Sheets())
        {
            Assert.Empty(sheet.Captions);
            Assert.Equal(2, Assert.Single(sheet.Rows).Number);
        }
    }

    [Fact]
    public void Every_kind_of_cell_is_read_as_what_it_is()
    {
        var row = Assert.Single(Rows("""
            <row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c><c r="N1" t="inlineStr"><is><t>n</t></is></c></row>
            <row r="2"><c r="A2" t="s"><v>1</v></c><c r="B2" t="inlineStr"><is><r><t>hai </t></r><r><t>màu</t></r><rPh><t>x</t></rPh></is></c><c r="C2" s="1"><v>42509</v></c>
            <c r="D2" s="2"><v>42509.5</v></c><c r="E2" s="3"><v>42509</v></c><c r="F2" t="b"><v>1</v></c><c r="G2" t="e"><f>A1/0</f><v>#DIV/0!</v></c>
            <c r="H2" t="str"><f>"x"</f><v>công thức</v></c><c r="I2" t="d"><v>2016-05-19</v></c><c r="J2" s="1"/><c r="K2" s="1"><v>1</v></c><c r="L2" s="1"><v>-5</v></c>
            <c r="M2" t="s"><v>0</v></c><c r="N2" s="99"><v>1E3</v></c><c r="O2"><v>1</v></c></row>
            """, "<si><t>_x0041_ _x005F_x0041_</t></si><si><r><t>Lò </t></r><r><t xml:space=\"preserve\">Văn</t></r><phoneticPr/></si>"));
        Assert.Equal(
            ["Lò Văn", "hai màu", new DateTime(2016, 5, 19), new DateTime(2016, 5, 19, 12, 0, 0), 42509d, true, new ErrorCell("#DIV/0!"),
             "công thức", new DateTime(2016, 5, 19), null, new DateTime(1900, 1, 1), -5d, "A _x0041_", 1000d, 1d],
            row.Cells);
    }

    [Fact]
    public void A_row_that_is_nearly_captions_is_named_with_what_is_misspelt()
    {
        var path = RawWorkbook.With("Đảng viên", """
            <row r="1"><c r="A1" t="str"><v>DANH SÁCH</v></c></row><row r="3"><c r="A3" t="str"><v>Mã đảng viên</v></c><c r="B3" t="str"><v>Ngay sinh</v></c></row>
            """, "").Save(folder.File("a.xlsx"));
        var issue = Assert.Single(SheetParser.Parse(new WorkbookSource(path, TestContext.Current.CancellationToken)).Single().Issues);
        Assert.Equal((IssueCode.MissingColumn, 1), (issue.Code, issue.Row));
        Assert.Contains("Hàng 3", issue.Message, StringComparison.Ordinal);
        Assert.Contains("“Ngay sinh” cần sửa thành “Ngày sinh”", issue.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2016-05-19T00:00:00+07:00")]
    [InlineData("2016-05-19T00:00:00Z")]
    [InlineData("2016-05-19T00:00:00.000")]
    public void A_day_is_the_day_that_is_written_wherever_the_machine_stands(string written) => Assert.Equal(
        [new DateTime(2016, 5, 19)], Rows($"""<row r="1"><c r="A1" t="str"><v>a</v></c></row><row r="2"><c r="A2" t="d"><v>{written}</v></c></row>""", "").Single().Cells);

    [Fact]
    public void Days_counted_from_1904_are_the_same_days()
    {
        var book = RawWorkbook.With("Bản", """<row r="1"><c r="A1" t="str"><v>a</v></c></row><row r="2"><c r="A2" s="1"><v>41047</v></c></row>""");
        book.Part("xl/workbook.xml", """
            <workbook xmlns="x" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><workbookPr date1904="1"/><sheets><sheet name="Bản" sheetId="1" r:id="rId1"/></sheets></workbook>
            """);
        Assert.Equal([new DateTime(2016, 5, 19)], Rows(book.Save(folder.File("a.xlsx"))).Single().Cells);
    }

    private List<SourceRow> Rows(string xml, string sharedStrings) => Rows(RawWorkbook.With("Bản", xml, sharedStrings).Save(folder.File("a.xlsx")));

    private List<SourceRow> Rows(string pathOrXml) => pathOrXml.StartsWith('<') || pathOrXml.StartsWith(' ')
        ? Rows(pathOrXml, "")
        : [.. new WorkbookSource(pathOrXml).Sheets().SelectMany(sheet => sheet.Rows.Where(row => row.Number > 1).Select(row => row with { Cells = [.. row.Cells] }).ToList())];
}
