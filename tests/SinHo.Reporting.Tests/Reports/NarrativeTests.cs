using System.Globalization;
using System.Text.RegularExpressions;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Reports;
using SinHo.Reporting.Words;
using Xunit;

namespace SinHo.Reporting.Tests.Reports;

/// <summary>What the words of reports say: few sentences, none twice, and every number one of the report, or worked out from them.</summary>
public sealed partial class NarrativeTests(SampleReports reports) : IClassFixture<SampleReports>
{
    private static readonly DateOnly FirstYear = new(2015, 1, 1);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_report_of_the_sample_says_at_most_twelve_sentences_none_twice_and_no_zero()
    {
        var read = 0;
        foreach (var unit in (string[])["SH", "SH.X03", "SH.X21", "SH.X05"])
        {
            foreach (var (name, period) in Enumerable.Range(2015, 6).Select(year => ("term", Period.Year(year))).Append(("term", new(new(2015, 7, 1), new(2020, 6, 30), "nhiệm kỳ 2015-2020")))
                .Concat(Enumerable.Range(0, 12).Select(month => ("monthly", Period.Month(FirstYear.AddMonths(month * 5 + 3).Year, FirstYear.AddMonths(month * 5 + 3).Month)))))
            {
                using var report = await BuildAsync(name, unit, period);
                var sentences = report.Narrative.SelectMany(paragraph => Split($"{paragraph}")).ToList();

                Assert.InRange(sentences.Count, 1, 12);
                Assert.Equal(sentences.Count, sentences.Distinct(StringComparer.Ordinal).Count());
                Assert.All(sentences, sentence => Assert.True(Whole().IsMatch(sentence) && !Zero().IsMatch(sentence) && !sentence.Contains("  ", StringComparison.Ordinal), $"{name} {unit} {period.Name}: {sentence}"));
                var values = report.Figures.ToDictionary(figure => figure.Code, figure => figure.Value, StringComparer.Ordinal);
                // A number that is a figure's is that figure's.
                Assert.All(report.Narrative.SelectMany(paragraph => paragraph.Pieces).Where(piece => piece.FigureCode is { } code && values.ContainsKey(code) && char.IsDigit(piece.Text[0])),
                    piece => Assert.Equal(Vietnamese.Number(values[piece.FigureCode!]), piece.Text));
                read++;
            }
        }
        Assert.Equal(76, read);
    }

    [Fact]
    public void The_term_tells_what_changed_most_and_which_units_stand_out()
    {
        var text = string.Join('\n', reports.District.Narrative);
        int Value(string code) => reports.District.Figures.Single(figure => figure.Code == code).Value;
        var admitted = reports.District.Breakdown.Columns.ToList().FindIndex(column => column.FigureCode == "admissions");
        var most = reports.District.Breakdown.Rows.OrderByDescending(row => row.Values[admitted]).First();
        var members = reports.District.Breakdown.Columns.ToList().FindIndex(column => column.FigureCode == "members");
        var none = reports.District.Breakdown.Rows.Count(row => row.Values[members] > 0 && row.Values[admitted] == 0);

        var (grown, share) = (Value("members") - Value("opening"), Math.Round((Value("members") - Value("opening")) * 100m / Value("opening"), 2));
        Assert.Contains($"tăng {Vietnamese.Number(grown)} đảng viên ({Vietnamese.Number((double)share)} %) so với đầu kỳ", text, StringComparison.Ordinal);
        Assert.Contains($"Kết nạp được nhiều nhất là {most.Name} ({Vietnamese.Number(most.Values[admitted])})", text, StringComparison.Ordinal);
        Assert.Contains($"; {none} tổ chức cơ sở đảng chưa kết nạp được đảng viên nào.", text, StringComparison.Ordinal);
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"Đảng viên giảm chủ yếu do {new[] { Value("dec_died"), Value("dec_other_province"), Value("dec_other_district"), Value("dec_internal") }.Max()} người"), text, StringComparison.Ordinal);
        // What the article tells stands where it stood.
        Assert.Contains("Đưa 184 đảng viên là cán bộ, công chức xã về sinh hoạt tại các chi bộ bản, khu phố theo Nghị quyết 26-NQ/TW", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Sentences_beyond_the_twelfth_and_those_said_before_are_left_out()
    {
        var said = Enumerable.Range(1, 9).Select(number => new Paragraph([new($"Câu thứ {number} có ", null), new("3.882", "members"), new(" đảng viên, ngày 19/5/2018. Lặp lại.", null)]));

        var chosen = ChosenSentences.Of(said);

        Assert.Equal("Câu thứ 1 có 3.882 đảng viên, ngày 19/5/2018. Lặp lại.", $"{chosen[0]}");
        Assert.Equal("Câu thứ 2 có 3.882 đảng viên, ngày 19/5/2018.", $"{chosen[1]}");
        Assert.Equal(10, chosen.Sum(paragraph => Split($"{paragraph}").Count()));
        Assert.Equal(12, ChosenSentences.Of([new(Enumerable.Range(1, 40).Select(number => new TextPiece($"Câu {number}. ", null)).ToList())]).Sum(paragraph => Split($"{paragraph}").Count()));
        Assert.All(chosen, paragraph => Assert.Contains(paragraph.Pieces, piece => piece.FigureCode == "members"));
    }

    [Fact]
    public async Task The_year_before_is_compared_with_only_where_there_was_one()
    {
        using var first = await BuildAsync("monthly", "SH", Period.Month(2014, 6));
        using var later = await BuildAsync("monthly", "SH", Period.Month(2019, 6));

        Assert.DoesNotContain("cùng kỳ năm trước", string.Join('\n', first.Narrative), StringComparison.Ordinal);
        Assert.Contains("cùng kỳ năm trước", string.Join('\n', later.Narrative), StringComparison.Ordinal);
    }

    private Task<Report> BuildAsync(string name, string unit, Period period) => new ReportBuilder(reports.Database, SampleReports.Definitions).BuildAsync(
        new(name, unit, period, new Dictionary<string, int>(StringComparer.Ordinal), WithEvidence: false), progress: null, Cancel);

    private static IEnumerable<string> Split(string text)
    {
        var from = 0;
        foreach (var end in Sentences.Ends(text, '\0'))
        {
            yield return text[from..end].Trim();
            from = end;
        }
        yield return text[from..].Trim();
    }

    [GeneratedRegex(@"^\p{Lu}.*\.$", RegexOptions.None, 1000)]
    private static partial Regex Whole();

    [GeneratedRegex(@"(?<![\d.,/])0 \p{L}", RegexOptions.None, 1000)]
    private static partial Regex Zero();
}
