using System.Security.Cryptography;
using System.Text;

namespace SinHo.Reporting.Backups;

/// <summary>
/// The last 77 bytes of a backup: the SHA-256 of all before them. pg_restore does not look there; its own sums cover the rows, but no function and
/// no policy.
/// </summary>
internal static class Seal
{
    /// <summary>How far from the end a seal is looked for: something may have been written behind it.</summary>
    private const int Searched = 1 << 20;

    private static readonly byte[] Mark = "\nSINHO-SHA256"u8.ToArray();

    /// <summary>Puts the seal behind what the file holds.</summary>
    public static async Task AddAsync(FileStream file, CancellationToken cancel)
    {
        file.Position = 0;
        var sum = await SHA256.HashDataAsync(file, cancel);
        await file.WriteAsync(Encoding.ASCII.GetBytes($"{Encoding.ASCII.GetString(Mark)}{Convert.ToHexStringLower(sum)}"), cancel);
    }

    /// <summary>What the end of a file says about the rest.</summary>
    public static async Task<SealState> StateAsync(string path, CancellationToken cancel)
    {
        await using var file = File.OpenRead(path);
        var tail = new byte[(int)Math.Min(file.Length, Searched)];
        file.Position = file.Length - tail.Length;
        await file.ReadExactlyAsync(tail, cancel);
        var at = tail.AsSpan().LastIndexOf(Mark);
        if (at < 0)
            return SealState.Missing;
        var sealedLength = file.Length - tail.Length + at;
        var sum = tail.AsMemory(at + Mark.Length);
        var expected = Encoding.ASCII.GetBytes(Convert.ToHexStringLower(await SumAsync(file, sealedLength, cancel)));
        var isWhole = sum.Length == expected.Length;
        // Of a seal that was cut or written on, what is left must still hold.
        var left = Math.Min(sum.Length, expected.Length);
        if (!sum.Span[..left].SequenceEqual(expected.AsSpan(0, left)))
            return SealState.Broken;
        return isWhole ? SealState.Whole : SealState.Marred;
    }

    private static async Task<byte[]> SumAsync(FileStream file, long length, CancellationToken cancel)
    {
        using var sum = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var block = new byte[1 << 16];
        file.Position = 0;
        for (var left = length; left > 0;)
        {
            var read = await file.ReadAsync(block.AsMemory(0, (int)Math.Min(left, block.Length)), cancel);
            sum.AppendData(block, 0, read);
            left -= read;
        }
        return sum.GetHashAndReset();
    }
}

internal enum SealState
{
    /// <summary>It stands at the end, and nothing before it was changed.</summary>
    Whole,

    /// <summary>There is none: it was cut away, or pg_dump was run by hand.</summary>
    Missing,

    /// <summary>It was cut, or something was written behind it; what it says of the rest holds.</summary>
    Marred,

    /// <summary>What it says does not hold: the file was damaged.</summary>
    Broken,
}
