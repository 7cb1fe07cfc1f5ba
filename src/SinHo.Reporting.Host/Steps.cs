using Spectre.Console;

namespace SinHo.Reporting.Host;

/// <summary>
/// What a long job says while it runs, on standard error: bars on a terminal, plain lines elsewhere. Standard output stays clean.
/// </summary>
public sealed class Steps : IProgress<JobStep>, IDisposable
{
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(2);

    private readonly Lock gate = new();
    private readonly IAnsiConsole console = AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(Console.Error) });
    private readonly bool hasBars;
    private readonly ITimer? lines;
    private ProgressBars? bars;
    private JobStep? unsaid;

    public Steps(TimeProvider clock)
    {
        hasBars = !Console.IsErrorRedirected && console.Profile.Capabilities is { Ansi: true, Interactive: true };
        if (!hasBars)
            lines = clock.CreateTimer(_ => SayLast(), null, BetweenLines, BetweenLines);
    }

    /// <summary>Shows a step. Steps that follow one another fast are not all shown where there are only lines.</summary>
    public void Report(JobStep value)
    {
        lock (gate)
        {
            if (hasBars)
                (bars ??= new(console)).Show(value);
            else
                unsaid = value;
        }
    }

    /// <summary>A line that stays.</summary>
    public void Say(string line)
    {
        Clear();
        Console.Error.WriteLine(line);
    }

    /// <summary>The job is over: what follows on either stream has the screen for itself.</summary>
    public void Clear()
    {
        lock (gate)
        {
            bars?.Dispose();
            bars = null;
            unsaid = null;
        }
    }

    public void Dispose()
    {
        lines?.Dispose();
        Clear();
    }

    private void SayLast()
    {
        lock (gate)
        {
            if (unsaid is not { } step)
                return;
            Console.Error.WriteLine($"{step.Phase}{(step.Share is { } share ? $" {Math.Floor(share * 100)} %" : "")}{(step.Detail is null ? "" : $": {step.Detail}")}");
            unsaid = null;
        }
    }
}
