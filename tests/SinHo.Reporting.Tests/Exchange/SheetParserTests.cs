using SinHo.Reporting.Exchange;
using SinHo.Reporting.Register;
using Xunit;

namespace SinHo.Reporting.Tests.Exchange;

public sealed class SheetParserTests
{
    private static readonly object?[] TermCaptions = ["Nhiệm kỳ", "Từ ngày", "Đến ngày"];

    [Fact]
    public void Columns_may_stand_in_any_order_and_captions_match_loosely()
    {
        var source = new InMemorySource().With(" NHIỆM  KỲ", ["đến ngày", "STT", "Nhiệm kỳ ", "TỪ NGÀY"], ["30/06/2020", 1d, "2015-2020", "01/07/2015"]);
        var sheet = Assert.Single(SheetParser.Parse(source));
        var row = Assert.Single(sheet.Rows);
        Assert.Same(ExchangeWorkbook.Terms, sheet.Definition);
        Assert.Equal(2, row.Number);
        Assert.Equal(["2015-2020", new DateOnly(2015, 7, 1), new DateOnly(2020, 6, 30)], row.Values);
        var warning = Assert.Single(sheet.Issues);
        Assert.Equal((IssueCode.UnknownColumn, 1, "STT", true), (warning.Code, warning.Row, warning.Column, warning.IsWarning));
    }

    [Fact]
    public void An_unknown_sheet_is_a_warning_and_sheets_for_readers_are_not_mentioned()
    {
        var source = new InMemorySource().With("Hướng dẫn", ["a"]).With("Danh mục").With("Lỗi").With("Đảng viênn", ["a"], ["b"]);
        var sheet = Assert.Single(SheetParser.Parse(source));
        Assert.Null(sheet.Definition);
        Assert.Empty(sheet.Rows);
        var warning = Assert.Single(sheet.Issues);
        Assert.Equal((IssueCode.UnknownSheet, "Đảng viênn"), (warning.Code, warning.Sheet));
        Assert.Contains("“Đảng viên”", warning.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_sheet_twice_is_an_error()
    {
        var sheets = SheetParser.Parse(new InMemorySource().With("Kết nạp").With("kết nạp")).ToList();
        Assert.Equal(IssueCode.BadValue, Assert.Single(sheets[1].Issues).Code);
        Assert.Null(sheets[1].Definition);
    }

    [Fact]
    public void A_sheet_without_its_key_says_so_once_and_other_columns_may_be_stored_already()
    {
        var sheet = Assert.Single(SheetParser.Parse(new InMemorySource().With("Nhiệm kỳ", ["Từ ngày", "Đến ngày"], ["01/07/2015", "30/06/2020"])));
        var issue = Assert.Single(sheet.Issues);
        Assert.Equal((IssueCode.MissingColumn, 1, "Nhiệm kỳ"), (issue.Code, issue.Row, issue.Column));
        Assert.Equal([false, true, true], sheet.Present);
        Assert.Empty(Assert.Single(sheet.Rows).Issues);

        sheet = Assert.Single(SheetParser.Parse(new InMemorySource().With("Đảng viên", ["Mã đảng viên", "Ngày sinh"], ["1", "1980"])));
        var row = Assert.Single(sheet.Rows);
        Assert.True(sheet.IsPartial);
        Assert.Empty(sheet.Issues);
        Assert.Empty(row.Issues);
        Assert.Null(row.Values[ExchangeWorkbook.Members.IndexOf("youth")]);
    }

    [Theory]
    [InlineData("Ton giao", "Tôn giáo")]
    [InlineData("Ngày vào  đảng *", "Ngày vào Đảng")]
    [InlineData("Ngày chính", "Ngày chính thức")]
    [InlineData("Ngày sih", "Ngày sinh")]
    [InlineData("Giáo dụ phổ thôg", "Giáo dục phổ thông")]
    [InlineData("Nghề", null)]
    [InlineData("Sinh ngày", null)]
    [InlineData("Ghi chú", null)]
    [InlineData("Ngày chính thức theo lý lịch", null)]
    public void A_caption_that_is_nearly_an_absent_one_is_an_error(string written, string? meant)
    {
        var sheet = Assert.Single(SheetParser.Parse(new InMemorySource().With("Đảng viên", ["Họ và tên", "Mã đảng viên", written], ["Lò A", "1", null])));
        var issue = Assert.Single(sheet.Issues);
        Assert.Equal((meant is null ? IssueCode.UnknownColumn : IssueCode.MisspeltColumn, written.Replace("  ", " ", StringComparison.Ordinal)), (issue.Code, issue.Column));
        if (meant is not null)
            Assert.True(sheet.Misspelt[sheet.Definition!.Columns.Index().First(pair => pair.Item.Caption == meant).Index]);
    }

    [Fact]
    public void A_sheet_without_captions_names_all_that_it_needs()
    {
        var sheet = Assert.Single(SheetParser.Parse(new InMemorySource().With("Nhiệm kỳ", ["Nhiệm kỳ", "ghi chú"], ["a", "b"])));
        var issue = Assert.Single(sheet.Issues);
        Assert.Equal((IssueCode.MissingColumn, 1), (issue.Code, issue.Row));
        Assert.All(["“Nhiệm kỳ”", "“Từ ngày”", "“Đến ngày”"], caption => Assert.Contains(caption, issue.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void A_caption_that_comes_twice_is_an_error_and_the_first_column_is_read()
    {
        var sheet = Assert.Single(SheetParser.Parse(new InMemorySource().With("Nhiệm kỳ",
            ["Nhiệm kỳ", "Từ ngày", "Đến ngày", "từ ngày"], ["a", "01/07/2015", "30/06/2020", "01/01/2000"])));
        var issue = Assert.Single(sheet.Issues);
        Assert.Equal((IssueCode.BadValue, 1, "Từ ngày"), (issue.Code, issue.Row, issue.Column));
        Assert.Contains("cột B và D", issue.Message, StringComparison.Ordinal);
        Assert.Equal(new DateOnly(2015, 7, 1), Assert.Single(sheet.Rows).Values[1]);
    }

    [Fact]
    public void Every_fault_of_a_row_is_told_with_its_place_and_value()
    {
        var issues = Rows("Nhiệm kỳ", TermCaptions, [" ", "31/02/2015", new ErrorCell("#REF!")]).Single().Issues;
        Assert.Equal(
            [(IssueCode.Required, "Nhiệm kỳ", null), (IssueCode.BadValue, "Từ ngày", "31/02/2015"), (IssueCode.BadValue, "Đến ngày", "#REF!")],
            issues.Select(issue => (issue.Code, issue.Column!, issue.Value)));
        Assert.All(issues, issue => Assert.Equal(("Nhiệm kỳ", 2), (issue.Sheet, issue.Row)));
    }

    [Fact]
    public void A_row_to_remove_needs_its_key_alone()
    {
        object?[] captions = [.. TermCaptions, "Xoá"];
        var rows = Rows("Nhiệm kỳ", captions, ["2010-2015", null, "vô nghĩa", "X"], [null, null, null, "x"], ["2015-2020", "01/07/2015", "30/06/2020", "có"]);
        Assert.True(rows[0].Remove);
        Assert.Empty(rows[0].Issues);
        Assert.Equal(["2010-2015", null, null], rows[0].Values);
        Assert.Equal(IssueCode.Required, Assert.Single(rows[1].Issues).Code);
        Assert.False(rows[2].Remove);
        Assert.Equal((IssueCode.BadValue, "Xóa"), (Assert.Single(rows[2].Issues).Code, rows[2].Issues[0].Column));
    }

    [Fact]
    public void Blank_rows_and_the_example_row_are_passed_over_and_numbers_stay()
    {
        object?[] captions = [.. TermCaptions, "STT"];
        var rows = Rows("Nhiệm kỳ", captions,
            ["ví dụ: 2015-2020", "01/07/2015", "30/06/2020", 1d],
            [null, "\u00A0", null, 2d],
            [],
            ["2015-2020", "01/07/2015", "30/06/2020"]);
        Assert.Equal(5, Assert.Single(rows).Number);
    }

    [Theory]
    [InlineData(0, "A")]
    [InlineData(25, "Z")]
    [InlineData(26, "AA")]
    [InlineData(701, "ZZ")]
    [InlineData(702, "AAA")]
    public void Columns_are_named_as_Excel_names_them(int place, string letters) => Assert.Equal(letters, SheetParser.ColumnLetters(place));

    private static List<ParsedRow> Rows(string sheet, object?[] captions, params object?[][] rows) =>
        [.. Assert.Single(SheetParser.Parse(new InMemorySource().With(sheet, [captions, .. rows]))).Rows];
}
