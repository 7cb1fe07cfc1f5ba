using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace SinHo.Reporting.Signing;

/// <summary>A file that does not open, or not with this passphrase.</summary>
public sealed class SealException(string message) : RefusalException(message, RefusalKind.Refused);

/// <summary>
/// Files sealed with a passphrase, by .NET's own primitives: "SINHO-1\n", 16 bytes of salt, 12 of nonce, 16 of tag, then a zip encrypted with AES-256-GCM. The
/// key is PBKDF2-SHA-256 of the passphrase (UTF-8, NFC) with 600,000 rounds; the head is authenticated too. Source: docs/operations.md.
/// </summary>
public static class Sealed
{
    public const string Ending = ".sinho";

    /// <summary>A shorter passphrase is refused.</summary>
    public const int ShortestPassphrase = 12;

    private const int Rounds = 600_000;
    private const int SaltLength = 16;
    private const int NonceLength = 12;
    private const int TagLength = 16;

    private static ReadOnlySpan<byte> Mark => "SINHO-1\n"u8;

    /// <param name="files">By name.</param>
    /// <exception cref="SealException">The passphrase is too short.</exception>
    public static byte[] Close(IEnumerable<(string Name, byte[] Bytes)> files, string passphrase)
    {
        if (passphrase.Length < ShortestPassphrase)
            throw new SealException($"Mật khẩu niêm phong cần ít nhất {ShortestPassphrase} ký tự.");
        using var packed = new MemoryStream();
        using (var zip = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, bytes) in files)
            {
                using var entry = zip.CreateEntry(name, CompressionLevel.Fastest).Open();
                entry.Write(bytes);
            }
        }
        var plain = packed.ToArray();
        var (salt, nonce, tag) = (RandomNumberGenerator.GetBytes(SaltLength), RandomNumberGenerator.GetBytes(NonceLength), new byte[TagLength]);
        var hidden = new byte[plain.Length];
        byte[] head = [.. Mark, .. salt, .. nonce];
        using (var cipher = new AesGcm(Key(passphrase, salt), TagLength))
            cipher.Encrypt(nonce, plain, hidden, tag, head);
        return [.. head, .. tag, .. hidden];
    }

    /// <returns>The files by name.</returns>
    /// <exception cref="SealException">It is no sealed file, the passphrase is another, or a byte of it was changed.</exception>
    public static IReadOnlyList<(string Name, byte[] Bytes)> Open(byte[] file, string passphrase)
    {
        var headLength = Mark.Length + SaltLength + NonceLength;
        if (file.Length < headLength + TagLength || !file.AsSpan(0, Mark.Length).SequenceEqual(Mark))
            throw new SealException("Đây không phải tệp niêm phong của chương trình.");
        var head = file.AsSpan(0, headLength);
        var plain = new byte[file.Length - headLength - TagLength];
        try
        {
            using var cipher = new AesGcm(Key(passphrase, head.Slice(Mark.Length, SaltLength).ToArray()), TagLength);
            cipher.Decrypt(head[(Mark.Length + SaltLength)..], file.AsSpan(headLength + TagLength), file.AsSpan(headLength, TagLength), plain, head);
        }
        catch (AuthenticationTagMismatchException)
        {
            throw new SealException("Không mở được: sai mật khẩu niêm phong, hoặc tệp đã bị sửa.");
        }
        using var zip = new ZipArchive(new MemoryStream(plain), ZipArchiveMode.Read);
        return [.. zip.Entries.Select(entry =>
        {
            using var content = entry.Open();
            using var bytes = new MemoryStream();
            content.CopyTo(bytes);
            return (entry.Name, bytes.ToArray());
        })];
    }

    private static byte[] Key(string passphrase, byte[] salt) =>
        Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(passphrase.Normalize(NormalizationForm.FormC)), salt, Rounds, HashAlgorithmName.SHA256, 32);
}
