using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Words;

namespace SinHo.Reporting.Faces;

/// <summary>Two periods side by side, for a terminal and for machines. Source: docs/spec/command-line.md, compare.</summary>
public static class ComparisonFace
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All), Indented = true };

    public static void Write(Report now, Report then, IReadOnlyList<ComparedFigure> figures, TextWriter to)
    {
        to.WriteLine(now.Title);
        to.WriteLine($"{now.Unit.Name}: {now.Period.Name} so với {then.Period.Name}");
        to.WriteLine();
        var widest = figures.Select(figure => figure.Caption.Length).DefaultIfEmpty(0).Max();
        foreach (var figure in figures)
        {
            to.WriteLine($"{figure.Caption.PadRight(widest)}  {Vietnamese.Number(figure.Now),8} {(figure.Then is { } before ? Vietnamese.Number(before) : "-"),8} {(figure.Then is { } known ? Change(figure.Now - known) : ""),7}  {Moves(figure)}".TrimEnd());
        }
    }

    /// <summary>To standard output.</summary>
    public static async Task WriteJsonAsync(Report now, Report then, IReadOnlyList<ComparedFigure> figures, CancellationToken cancel)
    {
        await using var output = Console.OpenStandardOutput();
        await using var json = new Utf8JsonWriter(output, Readable);
        json.WriteStartObject();
        json.WriteString("report", now.Name);
        json.WriteStartObject("unit");
        json.WriteString("code", now.Unit.Code);
        json.WriteString("name", now.Unit.Name);
        json.WriteEndObject();
        WritePeriod(json, now.Period);
        json.WriteStartObject("with");
        WritePeriod(json, then.Period);
        json.WriteEndObject();
        json.WriteStartArray("figures");
        foreach (var figure in figures)
        {
            json.WriteStartObject();
            json.WriteString("code", figure.Code);
            json.WriteString("caption", figure.Caption);
            json.WriteNumber("now", figure.Now);
            if (figure.Then is { } before)
                json.WriteNumber("then", before);
            else
                json.WriteNull("then");
            WriteRows(json, "in", figure.In);
            WriteRows(json, "out", figure.Out);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
        await json.FlushAsync(cancel);
    }

    private static void WritePeriod(Utf8JsonWriter json, Period period)
    {
        json.WriteString("from", period.From.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        json.WriteString("to", period.To.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
    }

    private static void WriteRows(Utf8JsonWriter json, string name, IReadOnlyList<ComparedRow> rows)
    {
        json.WriteStartArray(name);
        foreach (var row in rows)
        {
            json.WriteStartObject();
            json.WriteString("key", row.Key);
            json.WriteString("name", row.Name);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static string Change(int change) => change > 0 ? $"+{Vietnamese.Number(change)}" : Vietnamese.Number(change);

    private static string Moves(ComparedFigure figure) => figure.In.Count + figure.Out.Count == 0 ? "" : $"vào {Vietnamese.Number(figure.In.Count)}, ra {Vietnamese.Number(figure.Out.Count)}";
}
