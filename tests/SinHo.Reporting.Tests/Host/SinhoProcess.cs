using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace SinHo.Reporting.Tests.Host;

/// <param name="Output">All of standard output.</param>
/// <param name="Error">All of standard error.</param>
public sealed record Said(int Exit, string Output, string Error);

/// <summary>The built program as a process of its own, as a user starts it.</summary>
public sealed partial class SinhoProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly Process process;
    private readonly StringBuilder error = new();
    private readonly TaskCompletionSource<Uri> address = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task<string> output;
    private Uri? invitation;

    private SinhoProcess(Process process)
    {
        this.process = process;
        process.ErrorDataReceived += (_, line) => Hear(line.Data);
        process.Start();
        process.BeginErrorReadLine();
        output = process.StandardOutput.ReadToEndAsync();
    }

    /// <param name="words">The command line.</param>
    /// <param name="database">Value of SINHO_DATABASE, or null for none.</param>
    /// <param name="variables">Further variables.</param>
    public static SinhoProcess Start(IEnumerable<string> words, string? database = null, IReadOnlyDictionary<string, string>? variables = null)
    {
        // Whoever runs the tests in the background ignores SIGINT, and so would every program that they start.
        var start = new ProcessStartInfo("env", ["--default-signal=INT", Path.Combine(AppContext.BaseDirectory, "sinho"), .. words])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
            // Definitions must be found from any folder.
            WorkingDirectory = "/",
        };
        start.Environment.Remove("SINHO_DATA");
        start.Environment["SINHO_DATABASE"] = database ?? "";
        foreach (var (name, value) in variables ?? new Dictionary<string, string>(StringComparer.Ordinal))
            start.Environment[name] = value;
        return new(new Process { StartInfo = start });
    }

    public static async Task<Said> RunAsync(IEnumerable<string> words, string? database, CancellationToken cancel)
    {
        await using var sinho = Start(words, database);
        return await sinho.EndAsync(cancel);
    }

    /// <summary>Waits until the web page is up.</summary>
    /// <exception cref="InvalidOperationException">The program ended before.</exception>
    public Task<Uri> AddressAsync(CancellationToken cancel) => address.Task.WaitAsync(Patience, cancel);

    /// <summary>The link for the first administrator, where the start printed one.</summary>
    public async Task<Uri?> InvitationAsync(CancellationToken cancel)
    {
        await AddressAsync(cancel);
        return invitation;
    }

    /// <param name="signal">Name for kill(1): INT, TERM, KILL.</param>
    public async Task<Said> StopAsync(string signal, CancellationToken cancel)
    {
        using var kill = Process.Start("kill", [$"-{signal}", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(cancel);
        return await EndAsync(cancel);
    }

    public async Task<Said> EndAsync(CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(Patience);
        await process.WaitForExitAsync(limit.Token);
        return new(process.ExitCode, await output, error.ToString());
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            await StopAsync("TERM", CancellationToken.None);
        process.Dispose();
    }

    private void Hear(string? line)
    {
        if (line is null)
        {
            address.TrySetException(new InvalidOperationException($"sinho ended: {error}"));
            return;
        }

        error.AppendLine(line);
        if (Invitation().Match(line) is { Success: true } link)
            invitation = new(link.Value);
        if (Web().Match(line) is { Success: true } found)
            address.TrySetResult(new(found.Value));
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:[1-9]\d*/dat-mat-khau\?ma=[0-9a-f]+", RegexOptions.None, 1000)]
    private static partial Regex Invitation();

    [GeneratedRegex(@"http://127\.0\.0\.1:[1-9]\d*", RegexOptions.None, 1000)]
    private static partial Regex Web();
}
