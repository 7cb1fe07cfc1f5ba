using System.Globalization;
using SinHo.Reporting.Tests.Host;

namespace SinHo.Reporting.Tests.Work;

/// <summary>The built program as a worker, with a short lease so that others take over soon.</summary>
internal static class WorkerProcess
{
    public const double LeaseSeconds = 4;

    /// <param name="read">Value of SINHO_DATABASE_READ, or null for none.</param>
    public static SinhoProcess Start(string database, string? read = null) => SinhoProcess.Start(
        ["serve", "--role", "worker", "--urls", "http://127.0.0.1:0"],
        database,
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["SINHO_LEASE"] = LeaseSeconds.ToString(CultureInfo.InvariantCulture),
            ["SINHO_DATABASE_READ"] = read ?? "",
        });
}
