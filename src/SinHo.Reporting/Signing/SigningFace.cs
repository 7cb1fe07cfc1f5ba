using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using SinHo.Reporting.Words;

namespace SinHo.Reporting.Signing;

/// <summary>Signed reports and what changed since, as JSON for machines and as text. Shapes: docs/spec/command-line.md, Signing.</summary>
public static class SigningFace
{
    private static readonly JsonSerializerOptions Readable = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
    };

    /// <param name="files">Where the issued files were put; null where they were not.</param>
    public static object Of(SignedReport report, IReadOnlyList<string>? files = null) => Shape(report.IsReplaced ? "replaced" : "valid", report, false, null, files);

    public static object Of(Verification found) => found.Report is { } report
        ? Shape(Name(found.State), report, found.IsRepacked, found.Says, null)
        : new { state = Name(found.State), number = (string?)null, unit = (string?)null, report = (string?)null, period = (string?)null, by = (string?)null, date = (string?)null, says = found.Says };

    public static object Of(Changes changes) => new
    {
        changes.Report.Number,
        changes.Report.Unit,
        Year = changes.Report.Year,
        changes.Report.Report,
        Period = changes.Report.PeriodName,
        Problem = changes.WhyNotAsked,
        Figures = changes.Figures.Select(figure => new { figure.Code, figure.Caption, Signed = figure.Before, figure.Now, In = figure.In.Select(Row), Out = figure.Out.Select(Row) }),
    };

    public static async Task WriteAsync(object shape, Stream to, CancellationToken cancel) => await JsonSerializer.SerializeAsync(to, shape, Readable, cancel);

    public static void Write(SignedReport report, TextWriter to) => to.WriteLine(
        $"{report.Number}, ngày {Vietnamese.Day(report.SignedOn)} · {report.UnitName} · {report.Report}, {report.PeriodName} · {report.Signer} · mã {report.CheckCode}{(report.IsReplaced ? $" · thay thế bởi {report.ReplacedBy}" : "")}");

    public static void Write(Changes changes, TextWriter to)
    {
        Write(changes.Report, to);
        if (changes.WhyNotAsked is { } problem)
            to.WriteLine($"Không hỏi lại được: {problem}");
        else if (changes.Figures.Count == 0)
            to.WriteLine("Mọi số liệu vẫn như khi ký.");
        foreach (var figure in changes.Figures)
        {
            to.WriteLine($"{figure.Caption}: đã ký {SinceSigned.Text(figure.Before)}, nay {SinceSigned.Text(figure.Now)}");
            foreach (var (sign, row) in figure.In.Select(row => ("+", row)).Concat(figure.Out.Select(row => ("-", row))))
                to.WriteLine($"  {sign} {row.Key}{(row.Name is null ? "" : $" {row.Name}")}: {Words(row.Causes[0])}");
        }
    }

    /// <summary>A cause in words: "nhập muộn, lần nhập 17, Sinh hoạt hàng 14, ban-to-chuc, 05/04/2026: báo sót".</summary>
    public static string Words(Cause cause) => string.Join(", ", ((string?[])
    [
        cause.KindName,
        cause.Import is { } import ? string.Create(CultureInfo.InvariantCulture, $"lần nhập {import}") : null,
        cause.PlaceName,
        cause.By,
        cause.At is { } at ? Vietnamese.ShortMoment(at) : null,
    ]).Where(part => part is not null)) + (cause.Reason is { } reason ? $": {reason}" : "");

    private static object Row(MovedRow row) => new { row.Key, row.Name, Cause = Of(row.Causes[0]), Causes = row.Causes.Select(Of) };

    private static object Of(Cause cause) => new { cause.Import, cause.Row, cause.Sheet, cause.By, At = cause.At?.ToString("yyyy-MM-dd'T'HH:mm:ssK", CultureInfo.InvariantCulture), cause.Kind, cause.Reason };

    private static Dictionary<string, object?> Shape(string state, SignedReport report, bool repacked, string? says, IReadOnlyList<string>? files)
    {
        var shape = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["state"] = state,
            ["number"] = report.Number,
            ["unit"] = report.Unit,
            ["report"] = report.Report,
            ["period"] = report.PeriodName,
            ["by"] = report.Signer,
            ["date"] = report.SignedOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["from"] = report.PeriodFrom.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["to"] = report.PeriodTo.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["check_code"] = report.CheckCode,
        };
        if (report.Certificate is not null)
            shape["certificate"] = report.Certificate;
        if (repacked)
            shape["repacked"] = true;
        if (report.Replaces is not null)
            (shape["replaces"], shape["reason"]) = (report.Replaces, report.Reason);
        if (report.IsReplaced)
            shape["replaced_by"] = report.ReplacedBy;
        if (says is not null)
            shape["says"] = says;
        if (files is not null)
            shape["files"] = files;
        return shape;
    }

    private static string Name(PaperState state) => state.ToString().ToLowerInvariant();
}
