using System.Security.Cryptography;
using System.Text;

namespace SinHo.Reporting.Backups;

/// <summary>
/// The last 77 bytes of a backup: the SHA-256 of all before them. pg_restore does not look there; its own sums cover the rows, but no function and
/// no policy.
/// </summary>
internal static class Seal
{
    private const int Length = 77;

    private static readonly byte[] Mark = "\nSINHO-SHA256"u8.ToArray();

    /// <summary>Puts the seal behind what the file holds.</summary>
    public static async Task AddAsync(FileStream file, CancellationToken cancel)
    {
        file.Position = 0;
        var sum = await SHA256.HashDataAsync(file, cancel);
        await file.WriteAsync(Encoding.ASCII.GetBytes($"{Encoding.ASCII.GetString(Mark)}{Convert.ToHexStringLower(sum)}"), cancel);
    }

    /// <returns>Null where there is no seal: pg_dump was run by hand.</returns>
    public static async Task<bool?> HoldsAsync(string path, CancellationToken cancel)
    {
        await using var file = File.OpenRead(path);
        if (file.Length < Length)
            return null;
        var seal = new byte[Length];
        file.Position = file.Length - Length;
        await file.ReadExactlyAsync(seal, cancel);
        if (!seal.AsSpan().StartsWith(Mark))
            return null;
        return Encoding.ASCII.GetString(seal.AsSpan(Mark.Length)) == Convert.ToHexStringLower(await SumBeforeAsync(file, cancel));
    }

    private static async Task<byte[]> SumBeforeAsync(FileStream file, CancellationToken cancel)
    {
        using var sum = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var block = new byte[1 << 16];
        file.Position = 0;
        for (var left = file.Length - Length; left > 0;)
        {
            var read = await file.ReadAsync(block.AsMemory(0, (int)Math.Min(left, block.Length)), cancel);
            sum.AppendData(block, 0, read);
            left -= read;
        }
        return sum.GetHashAndReset();
    }
}
