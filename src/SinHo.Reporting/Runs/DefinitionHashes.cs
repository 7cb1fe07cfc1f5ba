using System.Security.Cryptography;

namespace SinHo.Reporting.Runs;

/// <summary>The files that decide what a report counts and how it looks.</summary>
public static class DefinitionHashes
{
    /// <summary>SHA-256 of each by its path below the program's folder.</summary>
    /// <param name="root">The folder that holds sql/ and reports/.</param>
    public static async Task<SortedDictionary<string, string>> HashesAsync(string root, string report, CancellationToken cancel)
    {
        var hashes = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var path in PathsOf(root, report))
            hashes[Path.GetRelativePath(root, path)] = await Sha256Async(path, cancel);
        return hashes;
    }

    public static async Task<string> Sha256Async(string path, CancellationToken cancel)
    {
        await using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancel));
    }

    private static IEnumerable<string> PathsOf(string root, string report) =>
        ((string[])[Path.Combine("sql", "functions"), Path.Combine("sql", "indicators"), Path.Combine("reports", report)])
            .SelectMany(folder => Directory.GetFiles(Path.Combine(root, folder), "*", SearchOption.AllDirectories));
}
