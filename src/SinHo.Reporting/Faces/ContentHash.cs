using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace SinHo.Reporting.Faces;

/// <summary>
/// What a file says, whoever packed it: of a workbook or letter the SHA-256 over its entries in order of their names, each as name, length and SHA-256 of its
/// uncompressed bytes (deflate changes between runtimes, and programs pack anew); of any other file over its bytes.
/// </summary>
public static class ContentHash
{
    // What a file that was sent here may unpack to.
    private const long MostUnpacked = 1L << 30;
    private const int MostEntries = 20_000;

    /// <returns>64 hexadecimal digits, in small letters.</returns>
    /// <exception cref="InvalidDataException">It begins as a package but cannot be unpacked, or unpacks to more than any file of this program.</exception>
    public static async Task<string> OfAsync(Stream file, CancellationToken cancel)
    {
        var head = new byte[4];
        var length = await file.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancel);
        file.Position = 0;
        return Convert.ToHexStringLower(head.AsSpan(0, length) is [(byte)'P', (byte)'K', 3, 4] ? await OfPackageAsync(file, cancel) : await SHA256.HashDataAsync(file, cancel));
    }

    private static async Task<byte[]> OfPackageAsync(Stream file, CancellationToken cancel)
    {
        using var package = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
        if (package.Entries.Count > MostEntries)
            throw new InvalidDataException($"A package of {package.Entries.Count} entries.");
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var (buffer, left) = (new byte[1 << 16], MostUnpacked);
        foreach (var entry in package.Entries.Where(entry => !entry.FullName.EndsWith('/')).OrderBy(entry => entry.FullName, StringComparer.Ordinal))
        {
            using var own = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            await using var content = await entry.OpenAsync(cancel);
            long length = 0;
            for (int read; (read = await content.ReadAsync(buffer, cancel)) > 0; length += read)
            {
                left -= read;
                if (left < 0)
                    throw new InvalidDataException($"A package that unpacks to more than {MostUnpacked} bytes.");
                own.AppendData(buffer, 0, read);
            }
            hash.AppendData(Encoding.UTF8.GetBytes(entry.FullName));
            hash.AppendData([0]);
            hash.AppendData(LittleEndian(length));
            hash.AppendData(own.GetHashAndReset());
        }
        return hash.GetHashAndReset();
    }

    private static byte[] LittleEndian(long length)
    {
        var bytes = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, length);
        return bytes;
    }
}
