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
    [InlineData("Giảm chủ yếu do [{most 2}{a} từ trần | {b} chuyển đi | {zero} khác | {c} xin ra].", "Giảm chủ yếu do 7 xin ra và 3 chuyển đi.")]
    [InlineData("[{if c > a + b}Tăng {= c - a} ({% c - a / a} %).]", "Tăng 5 (250 %).")]
    [InlineData("[{if a >= c}Tăng {= a - c}.][{if a < c}Giảm {= a - c}.]", "Giảm 5.")]
    [InlineData("[Không đổi: {= a - 2}.]", null)]
    [InlineData("[{% a / zero} % của không.]", null)]
    [InlineData("[{if a@last_year = 1}Năm trước {a@last_year}.]", "Năm trước 1.")]
    public async Task What_is_0_is_left_out_with_its_words_and_what_is_larger_comes_first(string text, string? expected)
    {
        Assert.Null(NarrativeText.Problem(text));
        Assert.Equal(expected, (await new NarrativeText(new Known()).WriteAsync(text))?.ToString());
    }

    [Theory]
    [InlineData("[Có {a} chi bộ")]
    [InlineData("Có {a}] chi bộ")]
    [InlineData("Có {a} | {b}")]
    [InlineData("Có {a b} chi bộ")]
    [InlineData("Có {= a -} chi bộ")]
    [InlineData("Có {% a} chi bộ")]
    [InlineData("[{if a}Có.]")]
    [InlineData("[{if a > b > c}Có.]")]
    [InlineData("[{if a ~ b}Có.]")]
    [InlineData("Nhiều nhất là {a@most 0}")]
    [InlineData("Có {a@tomorrow}")]
    [InlineData("Có {a")]
    public void Brackets_and_braces_that_mean_nothing_are_told(string text) => Assert.NotNull(NarrativeText.Problem(text));

    private sealed class Known : INarrativeNumbers
    {
        private readonly Dictionary<string, int> values = new(StringComparer.Ordinal) { ["a"] = 2, ["b"] = 3, ["c"] = 7, ["zero"] = 0, ["a@last_year"] = 1 };

        public Task<IReadOnlyList<TextPiece>> WriteAsync(NarrativeToken token) => Task.FromResult<IReadOnlyList<TextPiece>>(
            [token.Kind == TokenKind.Word ? new("Huyện", null) : new($"{Size(token):0.##}", token.Code)]);

        public decimal Size(NarrativeToken token) => token.Kind switch
        {
            TokenKind.Sum => Math.Abs(Sum(token.Left)),
            TokenKind.Share => Sum(token.Right) == 0 ? 0 : Math.Abs(Sum(token.Left)) * 100m / Sum(token.Right),
            _ => values[token.Code],
        };

        public bool Holds(NarrativeToken condition) => condition.Code != NarrativeText.IsSuperior && condition.Sign switch
        {
            ">" => Sum(condition.Left) > Sum(condition.Right),
            "<" => Sum(condition.Left) < Sum(condition.Right),
            ">=" => Sum(condition.Left) >= Sum(condition.Right),
            "<=" => Sum(condition.Left) <= Sum(condition.Right),
            _ => Sum(condition.Left) == Sum(condition.Right),
        };

        private int Sum(IReadOnlyList<NarrativeTerm> terms) => terms.Sum(term => term.Code is null ? term.Sign : term.Sign * values[term.Code]);
    }
}
