using System.Diagnostics;

namespace SinHo.Reporting.Benchmarks;

internal static class Stopwatches
{
    public static async Task<TimeSpan> TimeAsync(Func<Task> work)
    {
        var clock = Stopwatch.StartNew();
        await work();
        return clock.Elapsed;
    }

    public static double Median(IEnumerable<double> times) => times.Order().ToList() is var sorted ? sorted[sorted.Count / 2] : 0;

    /// <summary>The time within which so large a share of all lies; 0 where there is none.</summary>
    public static double At(List<double> sorted, double share) => sorted.Count == 0 ? 0 : sorted[(int)Math.Ceiling(share * sorted.Count) - 1];

    /// <summary>The median of so many runs after one that is not counted: it compiles code and fills caches.</summary>
    public static async Task<TimeSpan> MedianAsync(int runs, Func<Task> work)
    {
        await work();
        var times = new List<TimeSpan>();
        for (var run = 0; run < runs; run++)
            times.Add(await TimeAsync(work));
        times.Sort();
        return times[runs / 2];
    }
}
