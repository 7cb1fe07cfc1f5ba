using System.Text;
using System.Text.Json;
using SinHo.Reporting.Faces;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Tests.Support;
using SinHo.Reporting.Words;
using Xunit;

namespace SinHo.Reporting.Tests.Faces;

public sealed class OtherFacesTests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(999, "999")]
    [InlineData(3_882, "3.882")]
    [InlineData(-1_234_567, "-1.234.567")]
    public void Numbers_are_grouped_by_points(long number, string written) => Assert.Equal(written, Vietnamese.Number(number));

    [Theory]
    [InlineData(95.78, "95,78")]
    [InlineData(100, "100")]
    [InlineData(1234.5, "1.234,5")]
    public void Decimals_follow_a_comma(double number, string written) => Assert.Equal(written, Vietnamese.Number(number));

    [Theory]
    [InlineData("2020-02-05", "ngày 05 tháng 02 năm 2020")]
    [InlineData("2020-03-15", "ngày 15 tháng 3 năm 2020")]
    [InlineData("2020-12-01", "ngày 01 tháng 12 năm 2020")]
    public void Days_in_words_are_padded_as_offices_do(string day, string written) =>
        Assert.Equal(written, Vietnamese.DayInWords(DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture)));

    [Fact]
    public void A_moment_is_told_in_the_time_of_Viet_Nam() => Assert.Equal(
        "01 giờ 05 phút 09 giây, ngày 06 tháng 02 năm 2020 (giờ Việt Nam, Asia/Ho_Chi_Minh)",
        Vietnamese.Moment(new(2020, 2, 5, 18, 5, 9, TimeSpan.Zero)));

    [Theory]
    [InlineData(1, "I")]
    [InlineData(9, "IX")]
    [InlineData(14, "XIV")]
    public void Groups_have_roman_numbers(int number, string written) => Assert.Equal(written, Vietnamese.Roman(number));

    [Fact]
    public async Task Json_holds_every_figure_and_its_rows_where_asked()
    {
        using var report = SampleReport.Create();

        var text = await JsonAsync(report, withEvidence: true);

        using var json = JsonDocument.Parse(text);
        Assert.Equal("term", json.RootElement.GetProperty("report").GetString());
        Assert.Equal("2015-07-01", json.RootElement.GetProperty("from").GetString());
        Assert.Equal(5, json.RootElement.GetProperty("settings").GetProperty("few_member_max").GetInt32());
        Assert.All(
            json.RootElement.GetProperty("figures").EnumerateArray(),
            figure => Assert.Equal(figure.GetProperty("value").GetInt32(), figure.GetProperty("evidence").GetArrayLength()));
        Assert.Contains("\"name\": \"Huyện ủy Sìn Hồ\"", text, StringComparison.Ordinal);
        Assert.False(json.RootElement.TryGetProperty("workbook", out _));
        Assert.False(JsonDocument.Parse(await JsonAsync(report, withEvidence: false)).RootElement.GetProperty("figures")[0].TryGetProperty("evidence", out _));
    }

    [Fact]
    public void The_table_for_a_terminal_is_aligned()
    {
        using var report = SampleReport.Create();
        using var text = new StringWriter();

        TextFace.Write(report, text);

        var lines = text.ToString().Split('\n');
        var members = lines.Single(line => line.StartsWith("  Đảng viên   ", StringComparison.Ordinal));
        var branches = lines.Single(line => line.StartsWith("  Chi bộ trực thuộc  ", StringComparison.Ordinal));
        Assert.EndsWith("3.882 người", members.TrimEnd(), StringComparison.Ordinal);
        Assert.Equal(members.IndexOf(" người", StringComparison.Ordinal), branches.IndexOf(" chi bộ", 10, StringComparison.Ordinal));
    }

    [Fact]
    public void Evidence_rows_come_back_in_order_more_than_once_and_their_file_goes_with_them()
    {
        object?[] Row(int number) => [$"DV{number}", number % 2 == 0 ? null : new DateOnly(2020, 1, 1).AddDays(number), number, number % 3 == 0];
        using var rows = EvidenceRows.Collect(Enumerable.Range(0, 12_000).Select(Row));
        Assert.Equal(12_000, rows.Count);
        for (var time = 0; time < 2; time++)
            Assert.Equal(Enumerable.Range(0, 12_000).Select(Row), rows.Read());
        using var midway = rows.Read().Skip(6_000).GetEnumerator();
        Assert.True(midway.MoveNext());
        Assert.Equal(Row(6_000), midway.Current);

        rows.Dispose();

        Assert.Throws<ObjectDisposedException>(() => rows.Read().Count());
    }

    private static async Task<string> JsonAsync(Report report, bool withEvidence)
    {
        using var stream = new MemoryStream();
        await JsonFace.WriteAsync(report, stream, withEvidence, workbook: null, CancellationToken.None);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
