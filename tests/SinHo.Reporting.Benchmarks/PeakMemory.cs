using System.Globalization;

namespace SinHo.Reporting.Benchmarks;

/// <summary>Memory of this process as Linux counts it (resident set), in MiB; the server's is not in it.</summary>
internal static class PeakMemory
{
    /// <summary>Gives back what is not needed and starts the peak anew from what is left.</summary>
    /// <returns>What is left.</returns>
    public static double Restart()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        File.WriteAllText("/proc/self/clear_refs", "5");
        return Read();
    }

    public static double Read()
    {
        var line = File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) / 1024;
    }
}
