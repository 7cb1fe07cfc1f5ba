using System.Security.Cryptography;
using SinHo.Reporting.Faces;
using SinHo.Reporting.Figures;

namespace SinHo.Reporting.Signing;

/// <summary>A file as somebody hands it in: its hashes, and what it says of itself.</summary>
/// <param name="Sha256">Of its bytes, lower-case hex.</param>
/// <param name="ContentSha256">See <see cref="ContentHash"/>.</param>
/// <param name="Question">What it was asked; null where it is none of the program's files.</param>
/// <param name="CheckCode">Under which it says it was issued; null for a draft.</param>
/// <param name="Format">"xlsx", "docx", "pdf" or "csv": the ending of its name.</param>
public sealed record Paper(string Sha256, string ContentSha256, FileQuestion? Question, string? CheckCode, string Format)
{
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static async Task<Paper> ReadAsync(string path, CancellationToken cancel)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        var sha256 = Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancel));
        file.Position = 0;
        return new(sha256, await ContentAsync(file, sha256, cancel), PaperQuestion.Read(path), PaperQuestion.ReadCheckCode(path), Path.GetExtension(path).TrimStart('.').ToLowerInvariant());
    }

    /// <summary>Of a package that cannot be unpacked, that of its bytes.</summary>
    private static async Task<string> ContentAsync(Stream file, string sha256, CancellationToken cancel)
    {
        try
        {
            return await ContentHash.OfAsync(file, cancel);
        }
        catch (InvalidDataException)
        {
            return sha256;
        }
    }
}
