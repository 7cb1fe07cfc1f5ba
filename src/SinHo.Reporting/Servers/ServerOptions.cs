namespace SinHo.Reporting.Servers;

/// <summary>How a private server uses its machine.</summary>
public sealed record ServerOptions
{
    /// <summary>For a machine of 2 cores and a few GB that has other work to do.</summary>
    public static ServerOptions Default { get; } = new();

    /// <summary>For data that may be lost at any moment: many small databases, nothing forced to disk.</summary>
    public static ServerOptions Throwaway { get; } = new() { Durable = false, SharedBuffers = "64MB", MaxConnections = 200 };

    /// <summary>Whether a committed change survives a power cut.</summary>
    public bool Durable { get; init; } = true;

    /// <summary>PostgreSQL's shared_buffers, with its unit.</summary>
    public string SharedBuffers { get; init; } = "256MB";

    public int MaxConnections { get; init; } = 100;

    /// <summary>PostgreSQL's settings as "name=value".</summary>
    internal IEnumerable<string> Settings(string socketFolder)
    {
        yield return "listen_addresses=";
        yield return $"unix_socket_directories={socketFolder}";
        yield return "unix_socket_permissions=0700";
        yield return $"shared_buffers={SharedBuffers}";
        yield return $"max_connections={MaxConnections}";
        yield return "work_mem=32MB";
        yield return "maintenance_work_mem=128MB";
        yield return "jit=off";
        // What a report reads lies in memory or on a disk without a head to move: an index pays for few rows among many.
        yield return "random_page_cost=1.1";
        yield return "timezone=UTC";
        yield return "log_timezone=UTC";
        // Containers often have a /dev/shm of 64 MB, too small for a parallel hash join.
        yield return "dynamic_shared_memory_type=sysv";
        // A failed statement holds names of people, and so does the DETAIL of a broken constraint.
        yield return "log_min_error_statement=panic";
        yield return "log_error_verbosity=terse";
        if (Durable)
            yield break;
        yield return "fsync=off";
        yield return "full_page_writes=off";
        // Whoever needs statistics of tables gathers them; a visit to each of hundreds of databases is only work.
        yield return "autovacuum=off";
    }
}
