using Spectre.Console;

namespace SinHo.Reporting.Host;

/// <summary>A bar per phase of a long job, redrawn in place until the job is over; then nothing of it is left on the screen.</summary>
internal sealed class ProgressBars : IDisposable
{
    private readonly TaskCompletionSource over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task display;
    private readonly ProgressContext bars;
    private ProgressTask? bar;
    private string? phase;

    public ProgressBars(IAnsiConsole console)
    {
        var shown = new TaskCompletionSource<ProgressContext>(TaskCreationOptions.RunContinuationsAsynchronously);
        display = console.Progress().AutoClear(true)
            .Columns(new ProgressBarColumn(), new PercentageColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
            .StartAsync(async context =>
            {
                shown.SetResult(context);
                await over.Task;
            });
        bars = shown.Task.GetAwaiter().GetResult();
    }

    /// <summary>Moves the bar of the phase; those before it are done.</summary>
    public void Show(JobStep step)
    {
        if (bar is null || step.Phase != phase)
        {
            bar?.IsIndeterminate(false).Value(1).Description(Markup.Escape(phase!)).StopTask();
            (phase, bar) = (step.Phase, bars.AddTask(Markup.Escape(step.Phase), maxValue: 1));
        }
        bar.IsIndeterminate(step.Share is null);
        bar.Description(Markup.Escape(step.Detail is null ? step.Phase : $"{step.Phase}: {step.Detail}"));
        // A file whose parts are not in order is read back and forth; a bar that goes back tells nobody anything.
        bar.Value(Math.Max(bar.Value, Math.Min(step.Share ?? 0, 1)));
    }

    public void Dispose()
    {
        over.TrySetResult();
        display.GetAwaiter().GetResult();
    }
}
