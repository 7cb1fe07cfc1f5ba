using System.Text;
using System.Text.RegularExpressions;
using SinHo.Reporting.Figures;

namespace SinHo.Reporting.Signing;

/// <summary>What a PDF of the program says of itself: its keywords hold the question, and the check code where it was issued, in base 64.</summary>
internal static partial class PdfProperties
{
    private const int LongestTail = 65_536;

    public static string Keywords(ReportQuestion question, string? checkCode) =>
        $"{ReportQuestion.Property}={Convert.ToBase64String(Encoding.UTF8.GetBytes(question.Text))}{(checkCode is null ? "" : $" {Signature.Property}={checkCode}")}";

    public static (ReportQuestion? Question, string? CheckCode) Read(Stream file)
    {
        var text = Latin(file, 0) + Latin(file, Math.Max(0, file.Length - LongestTail));
        var question = Asked().Match(text) is { Success: true } match && TryText(match.Groups["text"].Value) is { } said ? ReportQuestion.Read(said) : null;
        return (question, Code().Match(text) is { Success: true } code ? code.Groups["code"].Value : null);
    }

    private static string Latin(Stream file, long from)
    {
        file.Position = from;
        var bytes = new byte[LongestTail];
        return Encoding.Latin1.GetString(bytes, 0, file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false));
    }

    private static string? TryText(string base64)
    {
        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out var length) ? Encoding.UTF8.GetString(bytes, 0, length) : null;
    }

    [GeneratedRegex("sinho-question=(?<text>[A-Za-z0-9+/=]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Asked();

    [GeneratedRegex("sinho-check-code=(?<code>[0-9A-Z-]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Code();
}
