using System.Collections.Concurrent;
using System.Data;
using Dapper;
using Npgsql;
using SinHo.Reporting.Access;
using SinHo.Reporting.Figures;

namespace SinHo.Reporting.Facts;

/// <summary>
/// The sessions of one view of the register: one, or as many as were opened beside it on the same server with its exported snapshot, so that all see the same rows.
/// Each answers one question at a time.
/// </summary>
internal sealed class ViewSessions : IAsyncDisposable
{
    /// <summary>How many sessions beside their first all views of the process together may have: more than a core each answer nobody sooner.</summary>
    private static readonly SemaphoreSlim Room = new(Environment.ProcessorCount, Environment.ProcessorCount);

    private readonly StatisticsSource? source;
    private readonly Viewer? viewer;
    private readonly Period? window;
    private readonly List<Session> all = [];
    private readonly ConcurrentStack<Session> free = new();
    private readonly SemaphoreSlim waiting = new(0);

    private ViewSessions(StatisticsSource? source, Viewer? viewer, Period? window)
    {
        this.source = source;
        this.viewer = viewer;
        this.window = window;
    }

    public int Count => all.Count;

    /// <summary>The session of a caller's own transaction, which stays his.</summary>
    public static ViewSessions Within(NpgsqlTransaction transaction)
    {
        var sessions = new ViewSessions(null, null, null);
        sessions.Add(transaction.Connection!, transaction);
        return sessions;
    }

    /// <param name="viewer">For whom; null for the program itself.</param>
    /// <param name="window">The days of which the viewer may ask.</param>
    public static async Task<ViewSessions> OpenAsync(StatisticsSource source, Viewer? viewer, Period? window, CancellationToken cancel)
    {
        var sessions = new ViewSessions(source, viewer, window);
        await sessions.BeginAsync(await source.OpenAsync(cancel), "", cancel);
        return sessions;
    }

    /// <summary>A session for one question; waits until one is free.</summary>
    public async Task<Session> BorrowAsync(CancellationToken cancel)
    {
        await waiting.WaitAsync(cancel);
        // The one used last: what a session has looked up it need not look up again.
        return free.TryPop(out var session) ? session : throw new InvalidOperationException("A session was counted as free and was not.");
    }

    /// <summary>One session more, where there is room on the machine and on the server; else nothing.</summary>
    public async Task WidenAsync(CancellationToken cancel)
    {
        if (source is null || Environment.ProcessorCount == 1 || Count > 1 || !await Room.WaitAsync(TimeSpan.Zero, cancel))
            return;
        NpgsqlConnection? beside = null;
        try
        {
            using var first = await BorrowAsync(cancel);
            beside = await source.BesideAsync(first.Connection, cancel);
            if (beside is not null)
            {
                var name = await first.Connection.ExecuteScalarAsync<string>(new CommandDefinition("select pg_export_snapshot()", transaction: first.Transaction, cancellationToken: cancel));
                await BeginAsync(beside, $"set transaction snapshot '{name}'; ", cancel);
            }
        }
        catch (NpgsqlException) when (beside is not null && Count == 1)
        {
            // The server took the connection back: one session answers all, only later.
        }
        finally
        {
            if (Count == 1)
                Room.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (source is null)
            return;
        foreach (var session in all)
        {
            await session.Transaction.DisposeAsync();
            await session.Connection.DisposeAsync();
        }
        if (Count > 1)
            Room.Release();
        waiting.Dispose();
    }

    /// <param name="before">What must be said before the first question.</param>
    private async Task BeginAsync(NpgsqlConnection connection, string before, CancellationToken cancel)
    {
        try
        {
            var view = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel);
            await connection.ExecuteAsync(new CommandDefinition($"{before}set transaction read only", transaction: view, cancellationToken: cancel));
            if (viewer is not null && window is not null)
            {
                var asked = new { unit = viewer.Unit ?? "*", from = window.From, to = window.To };
                await connection.ExecuteAsync(new CommandDefinition("select open_window(@unit, @from, @to); set local role sinho_reader", asked, view, cancellationToken: cancel));
            }
            Add(connection, view);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private void Add(NpgsqlConnection connection, NpgsqlTransaction transaction)
    {
        var session = new Session(this, connection, transaction);
        all.Add(session);
        GiveBack(session);
    }

    private void GiveBack(Session session)
    {
        free.Push(session);
        waiting.Release();
    }

    /// <summary>Lent for one question: given back by its disposal.</summary>
    internal sealed class Session(ViewSessions owner, NpgsqlConnection connection, NpgsqlTransaction transaction) : IDisposable
    {
        public NpgsqlConnection Connection => connection;

        public NpgsqlTransaction Transaction => transaction;

        public void Dispose() => owner.GiveBack(this);
    }
}
