using SinHo.Reporting.Exchange;
using SinHo.Reporting.Register;
using Xunit;

namespace SinHo.Reporting.Tests.Exchange;

public sealed class ColumnReaderTests
{
    private static readonly ColumnDefinition Day = ExchangeWorkbook.Members.Column("joined");
    private static readonly ColumnDefinition Born = ExchangeWorkbook.Members.Column("born");
    private static readonly ColumnDefinition MemberCode = ExchangeWorkbook.Members.Column("code");
    private static readonly ColumnDefinition OrgCode = ExchangeWorkbook.Organisations.Column("code");
    private static readonly ColumnDefinition Name = ExchangeWorkbook.Members.Column("name");
    private static readonly ColumnDefinition Sex = ExchangeWorkbook.Members.Column("sex");
    private static readonly ColumnDefinition Flag = ExchangeWorkbook.Members.Column("youth");
    private static readonly ColumnDefinition RequiredFlag = ExchangeWorkbook.Admissions.Column("local");
    private static readonly ColumnDefinition Count = ExchangeWorkbook.Meetings.Column("due");

    [Theory]
    [InlineData("05/03/2016")]
    [InlineData("5/3/2016")]
    [InlineData("05-03-2016")]
    [InlineData("2016-03-05")]
    [InlineData(" 05/03/2016\u00A0")]
    public void Days_may_be_written_in_four_ways(string text) => Assert.Equal(new DateOnly(2016, 3, 5), Read(Day, text).Value);

    [Theory]
    [InlineData("31/02/2019")]
    [InlineData("29/02/2019")]
    [InlineData("13/13/2019")]
    [InlineData("03/2019")]
    [InlineData("2019")]
    [InlineData("05/03/16")]
    [InlineData("05.03.2016")]
    [InlineData("hôm qua")]
    [InlineData("01/01/1899")]
    [InlineData("01/01/2101")]
    public void What_is_not_a_sensible_day_is_refused(string text) => Refused(Day, text);

    [Fact]
    public void Dates_of_Excel_are_days()
    {
        Assert.Equal(new DateOnly(2016, 3, 5), Read(Day, new DateTime(2016, 3, 5)).Value);
        Assert.Equal(new DateOnly(2016, 3, 5), Read(Day, new DateOnly(2016, 3, 5)).Value);
        Refused(Day, 42434d);
        Refused(Day, new DateTime(1899, 12, 31, 12, 0, 0));
    }

    [Theory]
    [InlineData("1955", 1, 1, "year")]
    [InlineData("07/1955", 7, 1, "month")]
    [InlineData("7/1955", 7, 1, "month")]
    [InlineData("19/07/1955", 7, 19, "day")]
    public void A_birth_date_is_the_first_day_it_can_mean(string text, int month, int day, string precision) =>
        Assert.Equal(new PartialDate(new DateOnly(1955, month, day), precision), Read(Born, text).Value);

    [Fact]
    public void A_year_typed_as_a_number_is_a_birth_year()
    {
        Assert.Equal(new PartialDate(new DateOnly(1955, 1, 1), "year"), Read(Born, 1955d).Value);
        Assert.Equal(new PartialDate(new DateOnly(1955, 7, 19), "day"), Read(Born, new DateTime(1955, 7, 19)).Value);
        Refused(Born, 55d);
        Refused(Born, 1955.5);
        Refused(Born, "55");
        Refused(Born, "13/1955");
    }

    [Fact]
    public void Leading_zeros_stay_and_numbers_become_text()
    {
        Assert.Equal("00123", Read(MemberCode, "00123").Value);
        Assert.Equal("123", Read(MemberCode, 123d).Value);
        Assert.Equal("123456789012345", Read(MemberCode, 123456789012345d).Value);
        Assert.Equal("7", Read(Name, 7).Value);
        Refused(MemberCode, 1234567890123456d);
        Refused(MemberCode, new DateTime(2019, 5, 12));
        Refused(Name, true);
        Refused(MemberCode, new ErrorCell("#N/A"));
    }

    [Theory]
    [InlineData("SH", true)]
    [InlineData("SH.X03-B01", true)]
    [InlineData("12345678901234567890123456789012", true)]
    [InlineData("123456789012345678901234567890123", false)]
    [InlineData("sh.x03", false)]
    [InlineData("SH X03", false)]
    [InlineData("SH_X03", false)]
    [InlineData("ĐB01", false)]
    public void An_organisation_code_has_a_shape(string code, bool isGood) => Assert.Equal(isGood, Read(OrgCode, code).Fault is null);

    [Fact]
    public void Other_codes_are_one_word()
    {
        Assert.Equal("ĐV-01/a", Read(MemberCode, " ĐV-01/a ").Value);
        Refused(MemberCode, "ĐV 01");
        Refused(MemberCode, new string('1', 65));
    }

    [Fact]
    public void Texts_longer_than_the_register_keeps_are_refused()
    {
        Refused(Name, new string('a', 256));
        Assert.Null(Read(ExchangeWorkbook.Inspections.Column("subject"), new string('a', 4000)).Fault);
        Refused(ExchangeWorkbook.Inspections.Column("subject"), new string('a', 4001));
    }

    [Fact]
    public void Words_are_read_as_their_canonical_form()
    {
        Assert.Equal("Huyện ủy viên", Read(ExchangeWorkbook.Posts.Column("post"), "HUYỆN  UỶ VIÊN").Value);
        Assert.Equal("Phật giáo Hòa Hảo", Read(ExchangeWorkbook.Members.Column("religion"), "Phật giáo Hoà Hảo").Value);
        Refused(Sex, 1d);
    }

    [Fact]
    public void A_wrong_word_is_answered_with_the_nearest_and_a_short_list()
    {
        Assert.Contains("“Mông”", Refused(ExchangeWorkbook.Members.Column("ethnicity"), "Mong"), StringComparison.Ordinal);
        Assert.Contains("Nam; Nữ", Refused(Sex, "Nu giới"), StringComparison.Ordinal);
        Assert.DoesNotContain("Có phải", Refused(Sex, "không rõ"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("theory", "Cao cấp", "Có phải “Cao cấp, cử nhân”?")]
    [InlineData("theory", "cử nhân", "Có phải “Cao cấp, cử nhân”?")]
    [InlineData("qualification", "Thạc sĩ Kinh tế", "Có phải “Thạc sỹ”?")]
    [InlineData("qualification", "ĐH", "Có phải “Đại học”?")]
    [InlineData("schooling", "THPT", "Có phải “Trung học phổ thông”?")]
    [InlineData("religion", "Thiên Chúa giáo", "Có phải “Công giáo”?")]
    [InlineData("religion", "Không", "để trống ô này")]
    [InlineData("theory", "-", "để trống ô này")]
    public void A_hint_says_what_was_meant(string column, string word, string hint) =>
        Assert.Contains(hint, Refused(ExchangeWorkbook.Members.Column(column), word), StringComparison.Ordinal);

    [Fact]
    public void No_hint_turns_a_word_into_another_thing()
    {
        Assert.DoesNotContain("Có phải", Refused(ExchangeWorkbook.Ratings.Column("grade"), "Chưa hoàn thành nhiệm vụ"), StringComparison.Ordinal);
        Assert.DoesNotContain("Có phải", Refused(ExchangeWorkbook.Posts.Column("post"), "Phó trưởng bản"), StringComparison.Ordinal);
        Assert.DoesNotContain("Có phải", Refused(ExchangeWorkbook.Members.Column("schooling"), "Trung học"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_year_in_a_cell_of_days_is_no_day_of_1905()
    {
        var cell = new ShownDate(new DateTime(1905, 7, 8), "08/07/1905", "day", 2016);
        Assert.Contains("2016", Refused(Day, cell), StringComparison.Ordinal);
        Assert.Equal(new PartialDate(new DateOnly(2016, 1, 1), "year"), Read(Born, cell).Value);
    }

    [Fact]
    public void Yes_and_no()
    {
        Assert.Equal(true, Read(Flag, "CÓ").Value);
        Assert.Equal(false, Read(Flag, "không").Value);
        Assert.Equal(true, Read(Flag, true).Value);
        Assert.Equal(false, Read(Flag, " ").Value);
        Assert.Equal(false, Read(Flag, null).Value);
        Assert.Null(Read(RequiredFlag, null).Value);
        Refused(Flag, "x");
        Refused(Flag, 1d);
    }

    [Fact]
    public void Counts_are_whole_and_not_negative()
    {
        Assert.Equal(12, Read(Count, 12d).Value);
        Assert.Equal(12, Read(Count, "12").Value);
        Assert.Equal(0, Read(Count, 0).Value);
        Refused(Count, -1d);
        Refused(Count, 1.5);
        Refused(Count, "1.000");
        Refused(Count, "-1");
        Refused(Count, 3e9);
        Refused(Count, double.NaN);
    }

    private static ReadCell Read(ColumnDefinition column, object? cell) => new ColumnReader(column).Read(cell);

    private static string Refused(ColumnDefinition column, object? cell)
    {
        var read = Read(column, cell);
        Assert.Null(read.Value);
        Assert.NotNull(read.Fault);
        return read.Fault;
    }
}
