using System.Runtime.CompilerServices;
using Xunit;

namespace SinHo.Reporting.Tests.Reports;

/// <summary>Texts that were looked at and accepted; SINHO_ACCEPT_GOLDEN=1 writes them anew.</summary>
internal static class Golden
{
    /// <param name="name">File beside this one: NAME.golden.txt; what was received instead lies at NAME.received.txt.</param>
    public static async Task AgreesAsync(string name, string received, CancellationToken cancel)
    {
        var golden = Path.Combine(Folder(), $"{name}.golden.txt");
        if (Environment.GetEnvironmentVariable("SINHO_ACCEPT_GOLDEN") == "1")
            await File.WriteAllTextAsync(golden, received, cancel);
        var expected = File.Exists(golden) ? await File.ReadAllTextAsync(golden, cancel) : "";
        if (received == expected)
            return;

        var kept = Path.Combine(Folder(), $"{name}.received.txt");
        await File.WriteAllTextAsync(kept, received, cancel);
        Assert.Fail($"{FirstDifference(expected, received)}\nTo accept it: mv '{kept}' '{golden}'");
    }

    private static string FirstDifference(string expected, string received)
    {
        var (was, now) = (expected.Split('\n'), received.Split('\n'));
        var line = was.Zip(now).TakeWhile(pair => pair.First == pair.Second).Count();
        return $"Line {line + 1} was: {was.ElementAtOrDefault(line)}\nLine {line + 1} is:  {now.ElementAtOrDefault(line)}";
    }

    private static string Folder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
