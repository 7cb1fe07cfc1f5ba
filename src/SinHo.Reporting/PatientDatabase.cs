using System.Diagnostics;
using Dapper;
using Npgsql;
using SinHo.Reporting.Facts;

namespace SinHo.Reporting;

/// <summary>Sessions for whoever can wait: a server that is being started again, or has no session free, is waited for.</summary>
public static class PatientDatabase
{
    /// <summary>A private server that was killed is there again within this.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(25);

    /// <summary>A session that says nothing for so long leads to a machine that is gone.</summary>
    private const int SilentSeconds = 5;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>A session for whoever may write: from here on the reader for whom it is opened is shown what he entered, whichever server answers him.</summary>
    /// <exception cref="NpgsqlException">The server stayed away.</exception>
    public static async Task<NpgsqlConnection> OpenAsync(this NpgsqlDataSource database, CancellationToken cancel)
    {
        if (ReaderPosition.Current is { } reader)
            await reader.ActsAsync(cancel);
        return await database.OpenToLookAsync(cancel);
    }

    /// <summary>
    /// A session that answers: one that the pool kept from before the server ended is not handed out. Where the pool itself has none for
    /// the time that its connection string says, that is an error. Only for what writes nothing that a page shows.
    /// </summary>
    /// <exception cref="NpgsqlException">The server stayed away.</exception>
    public static async Task<NpgsqlConnection> OpenToLookAsync(this NpgsqlDataSource database, CancellationToken cancel)
    {
        var waiting = Stopwatch.StartNew();
        while (true)
        {
            NpgsqlConnection? connection = null;
            try
            {
                connection = await database.OpenConnectionAsync(cancel);
                await connection.ExecuteAsync(new CommandDefinition("select 1", commandTimeout: SilentSeconds, cancellationToken: cancel));
                return connection;
            }
            catch (Exception problem)
            {
                if (connection is not null)
                    await connection.DisposeAsync();
                var isSilent = connection is not null && problem is NpgsqlException { InnerException: TimeoutException };
                if (problem is not NpgsqlException away || !(isSilent || IsAway(away)) || waiting.Elapsed > Patience)
                    throw;
            }
            await Task.Delay(Pause, cancel);
        }
    }

    /// <summary>Whether the server is not there now, or has no session free, and may be soon.</summary>
    public static bool IsAway(NpgsqlException problem) => problem switch
    {
        PostgresException { SqlState: PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.TooManyConnections } => true,
        PostgresException => false,
        // Of several hosts each says why it is not to be had; none says anything where all are there, but none may be written to yet.
        { InnerException: AggregateException hosts } => hosts.InnerExceptions.All(one => one is NpgsqlException away ? IsAway(away) || IsSilent(away) : IsBroken(one)),
        { InnerException: null } => problem.Message.Contains("suitable host", StringComparison.Ordinal),
        _ => IsBroken(problem.InnerException),
    };

    private static bool IsBroken(Exception problem) => problem is System.Net.Sockets.SocketException or IOException;

    /// <summary>Among several hosts: it did not answer. A pool that has no session free says the same in other words.</summary>
    private static bool IsSilent(NpgsqlException problem) => problem.InnerException is TimeoutException && !problem.Message.Contains("exhausted", StringComparison.Ordinal);
}
