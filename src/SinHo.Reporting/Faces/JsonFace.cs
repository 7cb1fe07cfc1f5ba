using System.Globalization;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using SinHo.Reporting.Figures;

namespace SinHo.Reporting.Faces;

/// <summary>A report for machines, after "JSON of report" in docs/spec/command-line.md.</summary>
public static class JsonFace
{
    private const int BytesBetweenFlushes = 1 << 16;

    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All), Indented = true };

    /// <param name="report">The finished report.</param>
    /// <param name="to">Gets UTF-8 without a byte order mark; stays open.</param>
    /// <param name="withEvidence">Whether the rows of every figure are written, too.</param>
    /// <param name="workbook">File that was written of the same report, or null.</param>
    /// <param name="cancel">Stops between rows.</param>
    public static async Task WriteAsync(Report report, Stream to, bool withEvidence, string? workbook, CancellationToken cancel)
    {
        await using var json = new Utf8JsonWriter(to, Readable);
        json.WriteStartObject();
        json.WriteString("report", report.Name);
        json.WriteStartObject("unit");
        json.WriteString("code", report.Unit.Code);
        json.WriteString("name", report.Unit.Name);
        json.WriteEndObject();
        json.WriteString("from", Iso(report.Period.From));
        json.WriteString("to", Iso(report.Period.To));
        if (report.DataUntil is { } until)
            json.WriteString("data_until", Iso(until));
        else
            json.WriteNull("data_until");
        json.WriteString("basis", report.MapDay is null ? "then" : "today");
        json.WriteStartObject("settings");
        foreach (var setting in report.Settings)
            json.WriteNumber(setting.Code, setting.Value);
        json.WriteEndObject();

        // Cells of a form stand in its rows.
        json.WriteStartArray("figures");
        foreach (var figure in report.Groups.SelectMany(group => group.Figures))
            await WriteFigureAsync(json, figure, withEvidence, cancel);
        if (report.Form is { FiguresColumn: { } main } figures)
            await WriteFiguresOfFormAsync(json, figures, main, withEvidence, cancel);
        json.WriteEndArray();
        // What is worked out of figures has no rows of its own, and may have no basis.
        if (report.Groups.Any(group => group.Rates.Count > 0))
        {
            json.WriteStartArray("rates");
            foreach (var rate in report.Groups.SelectMany(group => group.Rates))
                WriteValueAlone(json, rate.Code, rate.Caption, rate.Value);
            json.WriteEndArray();
        }
        if (report.Form is { } form)
            await WriteFormAsync(json, report, form, withEvidence, cancel);

        json.WriteStartArray("notes");
        foreach (var notice in report.Notices)
            json.WriteStringValue(notice);
        if (report.BeyondData is { } beyond)
            json.WriteStringValue(beyond);
        json.WriteEndArray();

        if (report.MapDay is not null)
        {
            json.WriteStartArray("bridge");
            foreach (var row in report.Bridge)
            {
                json.WriteStartObject();
                json.WriteString("unit", row.Unit);
                json.WriteString("name", row.Name);
                json.WriteString("figure", row.Figure);
                json.WriteNumber("value", row.Value);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }

        json.WriteStartArray("checks");
        foreach (var check in report.Checks)
        {
            json.WriteStartObject();
            json.WriteString("code", check.Code);
            json.WriteBoolean("ok", check.Ok);
            json.WriteString("detail", check.Detail);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("narrative", string.Join('\n', report.Narrative));
        if (workbook is not null)
        {
            json.WriteStartObject("workbook");
            json.WriteString("file", workbook);
            json.WriteString("sha256", await Sha256Async(workbook, cancel));
            json.WriteEndObject();
        }

        json.WriteEndObject();
        await json.FlushAsync(cancel);
    }

    private static async Task WriteFigureAsync(Utf8JsonWriter json, Figure figure, bool withEvidence, CancellationToken cancel)
    {
        json.WriteStartObject();
        json.WriteString("code", figure.Code);
        json.WriteString("caption", figure.Caption);
        json.WriteNumber("value", figure.Value);
        if (withEvidence)
        {
            json.WriteStartArray("evidence_columns");
            foreach (var column in figure.Evidence.Columns)
                json.WriteStringValue(column.Caption);
            json.WriteEndArray();
            json.WritePropertyName("evidence");
            await WriteRowsAsync(json, figure.Evidence, cancel);
        }

        json.WriteEndObject();
    }

    /// <summary>Cells of the main column of a form, under the codes of their rows.</summary>
    private static async Task WriteFiguresOfFormAsync(Utf8JsonWriter json, FormTable form, string main, bool withEvidence, CancellationToken cancel)
    {
        var column = form.Columns.ToList().FindIndex(one => one.Code == main);
        foreach (var row in form.Rows.Where(row => row.Cells.Count > 0))
        {
            var cell = row.Cells[column];
            if (cell.Figure is { } figure)
            {
                await WriteFigureAsync(json, figure with { Code = row.Code, Caption = row.Caption }, withEvidence, cancel);
                continue;
            }
            WriteValueAlone(json, row.Code, row.Caption, cell.Value);
        }
    }

    private static void WriteValueAlone(Utf8JsonWriter json, string code, string caption, decimal? number)
    {
        json.WriteStartObject();
        json.WriteString("code", code);
        json.WriteString("caption", caption);
        if (number is { } value)
            json.WriteNumber("value", value);
        else
            json.WriteNull("value");
        json.WriteEndObject();
    }

    private static async Task WriteFormAsync(Utf8JsonWriter json, Report report, FormTable form, bool withEvidence, CancellationToken cancel)
    {
        json.WriteStartObject("edition");
        json.WriteString("code", report.Edition.Code);
        json.WriteString("number", report.Edition.Number);
        json.WriteString("basis", report.Edition.Basis);
        json.WriteEndObject();
        json.WriteStartArray("rows");
        foreach (var row in form.Rows)
        {
            json.WriteStartObject();
            json.WriteString("code", row.Code);
            json.WriteString("caption", row.Caption);
            var cells = form.Columns.Zip(row.Cells).ToList();
            json.WriteStartObject("values");
            foreach (var (column, cell) in cells)
            {
                json.WritePropertyName(column.Code);
                if (cell.Value is { } value)
                    json.WriteNumberValue(value);
                else
                    json.WriteNullValue();
            }
            json.WriteEndObject();
            if (withEvidence)
            {
                json.WriteStartObject("evidence");
                foreach (var (column, cell) in cells.Where(cell => cell.Second.Figure is not null))
                {
                    json.WritePropertyName(column.Code);
                    await WriteRowsAsync(json, cell.Figure!.Evidence, cancel);
                }
                json.WriteEndObject();
            }
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static async Task WriteRowsAsync(Utf8JsonWriter json, Evidence evidence, CancellationToken cancel)
    {
        json.WriteStartArray();
        foreach (var row in evidence.Rows())
        {
            json.WriteStartArray();
            foreach (var value in row)
                WriteValue(json, value);
            json.WriteEndArray();
            if (json.BytesPending > BytesBetweenFlushes)
                await json.FlushAsync(cancel);
        }

        json.WriteEndArray();
    }

    private static void WriteValue(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case DateOnly day:
                json.WriteStringValue(Iso(day));
                break;
            case int number:
                json.WriteNumberValue(number);
                break;
            case bool yes:
                json.WriteBooleanValue(yes);
                break;
            default:
                json.WriteStringValue((string)value);
                break;
        }
    }

    private static async Task<string> Sha256Async(string path, CancellationToken cancel)
    {
        await using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancel));
    }

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
