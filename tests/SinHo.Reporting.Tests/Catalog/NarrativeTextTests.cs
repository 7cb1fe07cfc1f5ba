using SinHo.Reporting.Catalog;
using SinHo.Reporting.Figures;
using Xunit;

namespace SinHo.Reporting.Tests.Catalog;

public sealed class NarrativeTextTests
{
    [Theory]
    [InlineData("Có {a} chi bộ.", "Có 2 chi bộ.")]
    [InlineData("Có {zero} chi bộ.", "Có 0 chi bộ.")]
    [InlineData("{unit} kết nạp {a}[, trong đó {zero} trưởng bản].", "Huyện kết nạp 2.")]
    [InlineData("[Giải thể [{a} x | {zero} y | {b} z]. ][Thành lập [{zero} x | {zero} y].]", "Giải thể 2 x và 3 z.")]
    [InlineData("[Có [{a} x | {b} y | {a} z].]", "Có 2 x, 3 y và 2 z.")]
    [InlineData("[{zero=0}Không còn bản trắng.][{a=0}Không còn chi bộ.]", "Không còn bản trắng.")]
    [InlineData("[{a>0}{zero=0}Đúng cả hai. ][{a>0}{b=0}Sai một.]", "Đúng cả hai.")]
    [InlineData("[{is_superior}{a} tổ chức, ]{b} chi bộ", "3 chi bộ")]
    [InlineData("[Giảm {zero} người[ ({a} dự bị)].]", "Giảm 0 người (2 dự bị).")]
    [InlineData("[Không có gì: {zero}.]", null)]
    public async Task What_is_0_is_left_out_with_its_words(string text, string? expected)
    {
        var values = new Dictionary<string, int>(StringComparer.Ordinal) { ["a"] = 2, ["b"] = 3, ["zero"] = 0 };
        var narrative = new NarrativeText(
            match => Task.FromResult(new TextPiece($"{values[match.Groups["code"].Value]}", match.Groups["code"].Value)),
            match => values[match.Groups["code"].Value] == 0,
            match => match.Groups["code"].Value != NarrativeText.IsSuperior && match.Groups["condition"].Value == "=0" == (values[match.Groups["code"].Value] == 0),
            word => word == "{unit}" ? "Huyện" : word);

        Assert.Equal(expected, (await narrative.WriteAsync(text))?.ToString());
    }

    [Theory]
    [InlineData("[Có {a} chi bộ")]
    [InlineData("Có {a}] chi bộ")]
    [InlineData("Có {a} | {b}")]
    public void Brackets_that_do_not_match_are_told(string text) => Assert.NotNull(NarrativeText.Problem(text));
}
