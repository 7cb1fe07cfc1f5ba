using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Xml;
using System.Xml.Linq;
using SinHo.Reporting.Figures;

namespace SinHo.Reporting.Faces;

/// <summary>
/// The question that a file carries in its properties: a custom property of a workbook or letter, the keywords of a PDF. Letters beyond ASCII are
/// escaped in it, so that it reads the same wherever it stands.
/// </summary>
public static class PaperQuestion
{
    /// <summary>Name of the property.</summary>
    public const string Property = "sinho-question";

    /// <summary>Name of the property of an issued file that holds its check code; of a PDF its subject.</summary>
    public const string CheckCodeProperty = "sinho-check-code";

    private const string Custom = "docProps/custom.xml";
    private const int Longest = 1 << 20;

    private static readonly JsonSerializerOptions Written = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>In one line, with settings in order of their names.</summary>
    public static string Write(FileQuestion question) => JsonSerializer.Serialize(
        question.Options.Settings is { } settings
            ? question with { Options = question.Options with { Settings = new SortedDictionary<string, int>(settings.ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal) } }
            : question,
        Written);

    /// <summary>The question of a workbook, letter or PDF that this program wrote; null for every other file. Whether the file is still as it was written, this does not tell.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static FileQuestion? Read(string path) => Said(path, Property, "/Keywords"u8) is { } text ? Parse(text) : null;

    /// <summary>The check code under which a file says it was issued; null for a draft, and for every file of others.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static string? ReadCheckCode(string path) => Said(path, CheckCodeProperty, "/Subject"u8);

    private static string? Said(string path, string property, ReadOnlySpan<byte> entry)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        var head = new byte[4];
        var length = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        file.Position = 0;
        return head.AsSpan(0, length) switch
        {
            [(byte)'P', (byte)'K', ..] => OfPackage(file, property),
            [(byte)'%', (byte)'P', (byte)'D', (byte)'F'] => PdfKeywords.Read(file, property, entry),
            _ => null,
        };
    }

    /// <summary>The question that a text is; null where it is none.</summary>
    public static FileQuestion? Parse(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<FileQuestion>(text, Written);
        }
        catch (Exception odd) when (odd is JsonException or NotSupportedException)
        {
            return null;
        }
    }

    private static string? OfPackage(Stream file, string named)
    {
        try
        {
            using var package = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
            if (package.GetEntry(Custom) is not { Length: < Longest } entry)
                return null;
            using var content = entry.Open();
            using var reader = XmlReader.Create(content, new() { DtdProcessing = DtdProcessing.Prohibit, MaxCharactersInDocument = Longest });
            return XDocument.Load(reader).Root!.Elements().FirstOrDefault(property => (string?)property.Attribute("name") == named)?.Value;
        }
        catch (Exception broken) when (broken is InvalidDataException or XmlException)
        {
            return null;
        }
    }

    /// <summary>What a PDF says of itself in plain text: Skia writes its information so, before everything else.</summary>
    private static class PdfKeywords
    {
        /// <returns>What follows "name " in the keywords; null where there are none.</returns>
        public static string? Read(Stream file, string name, ReadOnlySpan<byte> entry)
        {
            using var copy = new MemoryStream();
            file.CopyTo(copy);
            var bytes = copy.GetBuffer().AsSpan(0, (int)copy.Length);
            for (var at = bytes.IndexOf(entry); at >= 0;)
            {
                var text = Literal(bytes[(at + entry.Length)..]);
                if (text?.StartsWith($"{name} ", StringComparison.Ordinal) == true)
                    return text[(name.Length + 1)..];
                var next = bytes[(at + 1)..].IndexOf(entry);
                at = next < 0 ? -1 : at + 1 + next;
            }
            return null;
        }

        /// <summary>A string in round brackets or as hexadecimal digits.</summary>
        private static string? Literal(ReadOnlySpan<byte> from)
        {
            from = from.TrimStart(" \r\n\t"u8);
            var bytes = from.Length == 0 ? null : from[0] switch
            {
                (byte)'(' => Bracketed(from),
                (byte)'<' when from.IndexOf((byte)'>') is > 0 and var end && end % 2 == 1 => Hexadecimal(from[1..end]),
                _ => null,
            };
            return bytes switch
            {
                null => null,
                [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode.GetString(bytes, 2, bytes.Length - 2),
                _ => Encoding.Latin1.GetString(bytes),
            };
        }

        private static byte[]? Hexadecimal(ReadOnlySpan<byte> digits)
        {
            var bytes = new byte[digits.Length / 2];
            return Convert.FromHexString(digits, bytes, out _, out _) == System.Buffers.OperationStatus.Done ? bytes : null;
        }

        private static byte[]? Bracketed(ReadOnlySpan<byte> from)
        {
            var (bytes, depth) = (new List<byte>(), 0);
            for (var at = 0; at < Math.Min(from.Length, Longest); at++)
            {
                var letter = from[at];
                if (letter == (byte)'\\' && at + 1 < from.Length)
                {
                    at = Escaped(from, at + 1, bytes);
                    continue;
                }
                depth += letter switch { (byte)'(' => 1, (byte)')' => -1, _ => 0 };
                if (depth == 0)
                    return [.. bytes];
                if (at > 0)
                    bytes.Add(letter);
            }
            return null;
        }

        /// <returns>The place of the last byte that was read.</returns>
        private static int Escaped(ReadOnlySpan<byte> from, int at, List<byte> to)
        {
            if (from[at] is < (byte)'0' or > (byte)'7')
            {
                to.Add(from[at] switch { (byte)'n' => (byte)'\n', (byte)'r' => (byte)'\r', (byte)'t' => (byte)'\t', var plain => plain });
                return at;
            }
            var (value, end) = (0, at);
            while (end < from.Length && end < at + 3 && from[end] is >= (byte)'0' and <= (byte)'7')
                value = value * 8 + from[end++] - '0';
            to.Add((byte)value);
            return end - 1;
        }
    }
}
