using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Words;

namespace SinHo.Reporting.Faces;

/// <summary>The parts of a unit in order, for a terminal and for machines. Source: docs/spec/command-line.md, rank.</summary>
public static class RankingFace
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All), Indented = true };

    public static void Write(Ranking ranking, TextWriter to)
    {
        to.WriteLine($"{ranking.Caption}, {ranking.Unit.Name}, {ranking.Period.Name}: {Vietnamese.Number(ranking.Total)} {ranking.CountedIn}");
        var widest = ranking.Rows.Max(row => row.Name.Length);
        foreach (var row in ranking.Rows)
            to.WriteLine($"{row.Rank,4}  {row.Name.PadRight(widest)}  {row.Unit,-14}  {Vietnamese.Number(row.Value),8}  {(row.Share is { } share ? share.ToString("0.00", CultureInfo.GetCultureInfo("vi-VN")) + " %" : ""),9}".TrimEnd());
    }

    /// <summary>To standard output.</summary>
    public static async Task WriteJsonAsync(Ranking ranking, CancellationToken cancel)
    {
        await using var output = Console.OpenStandardOutput();
        await using var json = new Utf8JsonWriter(output, Readable);
        json.WriteStartObject();
        json.WriteStartObject("unit");
        json.WriteString("code", ranking.Unit.Code);
        json.WriteString("name", ranking.Unit.Name);
        json.WriteEndObject();
        json.WriteString("from", ranking.Period.From.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        json.WriteString("to", ranking.Period.To.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        json.WriteStartObject("figure");
        json.WriteString("code", ranking.Code);
        json.WriteString("caption", ranking.Caption);
        json.WriteEndObject();
        json.WriteNumber("total", ranking.Total);
        json.WriteStartArray("rows");
        foreach (var row in ranking.Rows)
        {
            json.WriteStartObject();
            json.WriteString("unit", row.Unit);
            json.WriteString("name", row.Name);
            json.WriteNumber("value", row.Value);
            if (row.Share is { } share)
                json.WriteNumber("share", share);
            else
                json.WriteNull("share");
            json.WriteNumber("rank", row.Rank);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
        await json.FlushAsync(cancel);
    }
}
