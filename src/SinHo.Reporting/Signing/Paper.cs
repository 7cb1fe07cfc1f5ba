using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using SinHo.Reporting.Figures;

namespace SinHo.Reporting.Signing;

/// <summary>A file as somebody hands it in: its hashes, and what it says of itself.</summary>
/// <param name="Sha256">Of its bytes, lower-case hex.</param>
/// <param name="ContentSha256">Of its parts unpacked, in the order of their names; of the bytes where it is no package.</param>
/// <param name="Question">What it was asked; null where it is none of the program's reports.</param>
/// <param name="CheckCode">Under which it was issued; null for a draft.</param>
/// <param name="Format">"xlsx", "docx", "pdf" or "csv".</param>
public sealed record Paper(string Sha256, string ContentSha256, ReportQuestion? Question, string? CheckCode, string Format)
{
    private const string Properties = "docProps/custom.xml";
    private const int LongestProperties = 100_000;

    /// <exception cref="IOException">The file cannot be read.</exception>
    public static async Task<Paper> ReadAsync(string path, CancellationToken cancel)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        return await ReadAsync(file, Path.GetExtension(path).TrimStart('.').ToLowerInvariant(), cancel);
    }

    public static async Task<Paper> ReadAsync(Stream file, string format, CancellationToken cancel)
    {
        var sha256 = Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancel));
        file.Position = 0;
        if (format == "pdf")
            return PdfProperties.Read(file) is var (question, code) ? new(sha256, sha256, question, code, format) : new(sha256, sha256, null, null, format);
        try
        {
            using var package = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
            var said = Said(package);
            return new(sha256, await ContentHashAsync(package, cancel), said.GetValueOrDefault(ReportQuestion.Property) is { } text ? ReportQuestion.Read(text) : null, said.GetValueOrDefault(Signature.Property), format);
        }
        catch (InvalidDataException)
        {
            // No package, or a broken one.
            return new(sha256, sha256, null, null, format);
        }
    }

    private static Dictionary<string, string> Said(ZipArchive package)
    {
        if (package.GetEntry(Properties) is not { Length: <= LongestProperties } entry)
            return [];
        try
        {
            using var content = entry.Open();
            using var reader = XmlReader.Create(content, new() { DtdProcessing = DtdProcessing.Prohibit, MaxCharactersInDocument = LongestProperties });
            return XDocument.Load(reader).Root!.Elements().Where(property => property.Attribute("name") is not null)
                .GroupBy(property => (string)property.Attribute("name")!, StringComparer.Ordinal).ToDictionary(same => same.Key, same => same.First().Value, StringComparer.Ordinal);
        }
        catch (XmlException)
        {
            return [];
        }
    }

    private static async Task<string> ContentHashAsync(ZipArchive package, CancellationToken cancel)
    {
        using var whole = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var entry in package.Entries.OrderBy(entry => entry.FullName, StringComparer.Ordinal))
        {
            await using var content = await entry.OpenAsync(cancel);
            whole.AppendData(Encoding.UTF8.GetBytes(entry.FullName + "\n"));
            whole.AppendData(await SHA256.HashDataAsync(content, cancel));
        }
        return Convert.ToHexStringLower(whole.GetCurrentHash());
    }
}
