using System.Globalization;

namespace SinHo.Reporting.Servers;

/// <summary>What a running PostgreSQL says of itself in postmaster.pid of its cluster folder.</summary>
internal sealed record PostmasterFile(string Cluster, int Process, string SocketFolder, string Status)
{
    private const int ProcessLine = 0, SocketLine = 4, StatusLine = 7;

    public bool IsReady => Status == "ready";

    /// <summary>Whether it goes once its sessions are over; it takes no new ones.</summary>
    public bool IsStopping => Status == "stopping";

    /// <returns>Null when there is no such file or it is only half written.</returns>
    public static PostmasterFile? Read(string cluster)
    {
        try
        {
            var lines = File.ReadAllLines(PathIn(cluster));
            return lines.Length > 0 && int.TryParse(lines[ProcessLine], CultureInfo.InvariantCulture, out var process)
                ? new(cluster, process, lines.ElementAtOrDefault(SocketLine) ?? "", lines.ElementAtOrDefault(StatusLine)?.Trim() ?? "")
                : null;
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>
    /// Whether the server that wrote the file still runs. A file left by a killed server may name a process that is
    /// by now another program, so the command line must name this cluster (its working folder is hidden from root in many containers).
    /// </summary>
    public bool IsAlive()
    {
        try
        {
            return File.ReadAllText($"/proc/{Process}/cmdline").Split('\0').Contains(Cluster);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Whether somebody stopped the process for a while (SIGSTOP).</summary>
    public bool IsSuspended()
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{Process}/stat");
            return stat[(stat.LastIndexOf(')') + 1)..].TrimStart().StartsWith('T');
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>
    /// Removes the file of a dead server, and the one beside its socket, when its process number is in use again or not yet given back:
    /// PostgreSQL would think the server alive. Otherwise PostgreSQL clears them itself, with its own checks for sessions left behind.
    /// </summary>
    public void RemoveIfMisleading()
    {
        if (!Directory.Exists($"/proc/{Process}"))
            return;
        File.Delete(PathIn(Cluster));
        if (Directory.Exists(SocketFolder))
            File.Delete(Path.Combine(SocketFolder, ".s.PGSQL.5432.lock"));
    }

    private static string PathIn(string cluster) => Path.Combine(cluster, "postmaster.pid");
}
