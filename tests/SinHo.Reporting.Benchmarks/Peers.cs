using System.Diagnostics;
using System.Globalization;

namespace SinHo.Reporting.Benchmarks;

/// <summary>Whole processes: the published program, and scripts of others (peers/) that print their own seconds.</summary>
/// <param name="program">The program as it is installed: what ./sinho publish makes.</param>
internal sealed class Peers(string program)
{
    /// <summary>Python of Debian: python3-openpyxl, python3-xlsxwriter and python3-psycopg2 are installed for it.</summary>
    private const string Python = "/usr/bin/python3";

    /// <summary>Runs a verb; from the start of the process to its end.</summary>
    public async Task<double> VerbAsync(IEnumerable<string> words, CancellationToken cancel)
    {
        var clock = Stopwatch.StartNew();
        await RunAsync(program, words, cancel);
        return clock.Elapsed.TotalSeconds;
    }

    /// <summary>Runs a script that prints its seconds and how much it read or wrote.</summary>
    public static async Task<double> ScriptAsync(string script, IEnumerable<string> words, CancellationToken cancel)
    {
        var printed = await RunAsync(Python, words.Prepend(Path.Combine(AppContext.BaseDirectory, "peers", script)), cancel);
        return double.Parse(printed.Split(' ')[0], CultureInfo.InvariantCulture);
    }

    /// <exception cref="InvalidOperationException">The process failed; the message says what it said.</exception>
    private static async Task<string> RunAsync(string file, IEnumerable<string> words, CancellationToken cancel)
    {
        using var process = Process.Start(new ProcessStartInfo(file, words) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (printed, said) = (process.StandardOutput.ReadToEndAsync(cancel), process.StandardError.ReadToEndAsync(cancel));
        await process.WaitForExitAsync(cancel);
        return process.ExitCode == 0 ? await printed : throw new InvalidOperationException($"{Path.GetFileName(file)} failed with {process.ExitCode}: {await said}");
    }
}
