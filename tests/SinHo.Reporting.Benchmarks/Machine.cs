using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using Npgsql;

namespace SinHo.Reporting.Benchmarks;

internal static class Machine
{
    /// <summary>Where and when the numbers were taken, and how busy others kept the machine.</summary>
    public static async Task<string> DescribeAsync(NpgsqlDataSource database, CancellationToken cancel)
    {
        await using var show = database.CreateCommand("show server_version");
        return $"PostgreSQL {await show.ExecuteScalarAsync(cancel)}, fsync on; {Describe()}";
    }

    public static string Describe()
    {
        var processor = File.ReadLines("/proc/cpuinfo").First(line => line.StartsWith("model name", StringComparison.Ordinal)).Split(": ")[^1];
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1024.0 / 1024 / 1024;
        var load = File.ReadAllText("/proc/loadavg").Split(' ');
        return string.Create(CultureInfo.InvariantCulture, $"""
            {DateTime.UtcNow:yyyy-MM-dd}; {processor}, {Environment.ProcessorCount} cores, {memory:0} GiB, {RuntimeInformation.OSDescription}; {RuntimeInformation.FrameworkDescription}; program {typeof(Machine).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion}; load average over 15 minutes {load[2]}.
            """);
    }
}
