using System.Diagnostics;
using System.Text;

namespace SinHo.Reporting.Servers;

/// <summary>A program run to its end, with what it printed.</summary>
internal sealed record Command(string Program, params IReadOnlyList<string> Arguments)
{
    /// <summary>The account to run as; null for the present one. Only root may choose.</summary>
    public string? User { get; init; }

    /// <summary>Further folders of shared libraries.</summary>
    public string? LibraryPath { get; init; }

    public string Input { get; init; } = "";

    /// <summary>Environment variables beside those inherited.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Hears each line of standard error as it comes.</summary>
    public Action<string>? OnErrorLine { get; init; }

    public readonly record struct Outcome(int ExitCode, string Output, string Errors)
    {
        public bool Succeeded => ExitCode == 0;
    }

    /// <summary>Starts the program in the root folder, its three streams redirected.</summary>
    public Process Start()
    {
        var start = new ProcessStartInfo(Program, Arguments)
        {
            // The present folder may be closed to the other account.
            WorkingDirectory = "/",
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UserName = User ?? "",
        };
        start.Environment["LC_ALL"] = "C";
        start.Environment["DEBIAN_FRONTEND"] = "noninteractive";
        if (LibraryPath is not null)
            start.Environment["LD_LIBRARY_PATH"] = LibraryPath;
        foreach (var (name, value) in Variables)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    /// <summary>Runs the program to its end; a cancelled run ends the program and its children.</summary>
    /// <exception cref="System.ComponentModel.Win32Exception">There is no such program.</exception>
    public async Task<Outcome> RunAsync(CancellationToken cancel)
    {
        using var process = Start();
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancel);
            var errors = ReadErrorsAsync(process.StandardError, cancel);
            await GiveInputAsync(process.StandardInput, cancel);
            await process.WaitForExitAsync(cancel);
            return new(process.ExitCode, await output, await errors);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    private async Task<string> ReadErrorsAsync(StreamReader errors, CancellationToken cancel)
    {
        if (OnErrorLine is null)
            return await errors.ReadToEndAsync(cancel);
        var all = new StringBuilder();
        while (await errors.ReadLineAsync(cancel) is { } line)
        {
            OnErrorLine(line);
            all.Append(line).Append('\n');
        }
        return all.ToString();
    }

    private async Task GiveInputAsync(StreamWriter input, CancellationToken cancel)
    {
        try
        {
            await input.WriteAsync(Input.AsMemory(), cancel);
            input.Close();
        }
        catch (IOException)
        {
            // The program ended without reading it; its exit code says why.
        }
    }
}
