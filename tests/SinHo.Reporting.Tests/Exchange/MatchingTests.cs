using System.Text;
using SinHo.Reporting.Register;
using SinHo.Reporting.Words;
using Xunit;

namespace SinHo.Reporting.Tests.Exchange;

public sealed class MatchingTests
{
    [Theory]
    [InlineData("uỷ", "ủy")]
    [InlineData("Xoá", "Xóa")]
    [InlineData("KHOÁ", "khóa")]
    [InlineData("hoà", "hòa")]
    [InlineData("tuỳ", "tùy")]
    [InlineData("thuý", "thúy")]
    [InlineData("quý", "qúy")]
    [InlineData("Phật giáo Hoà Hảo", "phật  giáo\u00A0Hòa Hảo ")]
    [InlineData("Khỏe", "Khoẻ")]
    [InlineData("giữ", "gĩư")]
    public void The_place_of_the_tone_mark_case_and_white_space_do_not_matter(string one, string other) =>
        Assert.Equal(Matching.Key(one), Matching.Key(other));

    [Theory]
    [InlineData("của", "cua")]
    [InlineData("của", "cùa")]
    [InlineData("quý", "quy")]
    [InlineData("già", "giả")]
    [InlineData("đa", "da")]
    [InlineData("ô", "o")]
    [InlineData("ư", "u")]
    [InlineData("Bản", "Bàn")]
    [InlineData("Chi bộ", "Chibộ")]
    [InlineData("hòa an", "hoa àn")]
    [InlineData("xã-a", "xa-ã")]
    public void Other_differences_do_matter(string one, string other) => Assert.NotEqual(Matching.Key(one), Matching.Key(other));

    [Fact]
    public void Composed_and_decomposed_texts_match_and_are_stored_composed()
    {
        var decomposed = "Huyện ủy Sìn Hồ".Normalize(NormalizationForm.FormD);
        Assert.Equal(Matching.Key("Huyện uỷ Sìn Hồ"), Matching.Key(decomposed));
        Assert.Equal("Huyện ủy Sìn Hồ", Matching.Clean(decomposed));
    }

    [Fact]
    public void No_two_words_of_a_vocabulary_share_a_key()
    {
        foreach (var column in ExchangeWorkbook.Sheets.SelectMany(sheet => sheet.Columns).Where(column => column.Vocabulary is not null))
            Assert.Distinct(column.Vocabulary!.Values.Select(Matching.Key));
        foreach (var sheet in ExchangeWorkbook.Sheets)
            Assert.Distinct(sheet.Columns.Select(column => Matching.Key(column.Caption)));
    }

    [Theory]
    [InlineData(" Giàng \t A\u00A0\u00A0Chừ\n", "Giàng A Chừ")]
    [InlineData("Lò\u200B Thị Thuý", "Lò Thị Thuý")]
    [InlineData("a\0b\uD800c", "abc")]
    [InlineData("a  b", "a b")]
    [InlineData(" ", "")]
    [InlineData("", "")]
    public void Stored_texts_keep_their_tone_marks_and_lose_what_nobody_sees(string typed, string stored) =>
        Assert.Equal(stored, Matching.Clean(typed));

    [Fact]
    public void A_bare_name_has_no_marks() => Assert.Equal("dang thi thuy", Matching.Bare(" Đặng Thị Thuý"));
}
