using Spectre.Console;

namespace SinHo.Reporting.Host;

/// <summary>
/// What a long job says while it runs, on standard error: one moving line on a terminal, plain lines elsewhere. Standard output stays clean.
/// </summary>
public sealed class Steps : IProgress<string>, IDisposable
{
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(2);

    private readonly IAnsiConsole console = AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(Console.Error) });
    private readonly TimeProvider clock;
    private readonly bool moves = !Console.IsErrorRedirected;
    private long lastLine;
    private bool open;

    public Steps(TimeProvider clock)
    {
        this.clock = clock;
        lastLine = clock.GetTimestamp();
    }

    /// <summary>Shows a step. Steps that follow one another fast are not all shown where the line cannot move.</summary>
    public void Report(string value)
    {
        if (moves)
        {
            console.Write(new ControlCode($"\r\u001b[2K"));
            console.Markup($"[grey]{Markup.Escape(Fitting(value))}[/]");
            open = true;
        }
        else if (clock.GetElapsedTime(lastLine) > BetweenLines)
        {
            Console.Error.WriteLine(value);
            lastLine = clock.GetTimestamp();
        }
    }

    /// <summary>A line that stays.</summary>
    public void Say(string line)
    {
        Clear();
        Console.Error.WriteLine(line);
    }

    public void Dispose() => Clear();

    private string Fitting(string text) => text.Length < console.Profile.Width ? text : text[..Math.Max(0, console.Profile.Width - 2)] + "…";

    private void Clear()
    {
        if (open)
            console.Write(new ControlCode("\r\u001b[2K"));
        open = false;
    }
}
