using System.Reflection;
using Npgsql;

namespace SinHo.Reporting.Servers;

/// <summary>
/// Looks at each host of a database that has several, and tells the pools, so that nobody who asks the database has to find out: Npgsql itself tries a
/// host that takes connections and says nothing again for every session, and waits for it each time.
/// </summary>
public sealed class HostWatch : IAsyncDisposable
{
    /// <summary>A host that does not answer within this is away.</summary>
    private const int SilentSeconds = 2;

    private static readonly TimeSpan Between = TimeSpan.FromSeconds(1);

    /// <summary>What was seen holds a little longer than until the next look; without one pools find out for themselves.</summary>
    private static readonly TimeSpan Known = TimeSpan.FromSeconds(10);

    // Npgsql has no public way to say what a host is. A version without these fails the first test that names several hosts.
    private static readonly PropertyInfo PoolsOf = typeof(NpgsqlMultiHostDataSource).GetProperty("Pools", BindingFlags.Instance | BindingFlags.NonPublic)!;
    private static readonly MethodInfo SetState = typeof(NpgsqlDataSource).GetMethod("UpdateDatabaseState", BindingFlags.Instance | BindingFlags.NonPublic)!;

    private readonly CancellationTokenSource end = new();
    private readonly Func<IEnumerable<NpgsqlMultiHostDataSource>> pools;
    private readonly Task looking;

    /// <summary>As Npgsql calls them.</summary>
    private enum Part
    {
        Offline,
        PrimaryReadWrite,
        Standby,
    }

    /// <param name="connections">Each names one or more hosts.</param>
    /// <param name="pools">All that go to these hosts, by now.</param>
    public HostWatch(IEnumerable<NpgsqlConnectionStringBuilder> connections, Func<IEnumerable<NpgsqlMultiHostDataSource>> pools)
    {
        this.pools = pools;
        looking = Task.WhenAll(connections.SelectMany(all => HostsOf(all).Select(host => (Host: host, Settings: At(all, host)))).DistinctBy(one => one.Host).Select(one => LookAsync(one.Host, one.Settings)).ToList());
    }

    public static IEnumerable<string> HostsOf(NpgsqlConnectionStringBuilder all) => all.Host!.Split(',', StringSplitOptions.TrimEntries);

    /// <summary>A connection string to one of the hosts.</summary>
    public static string At(NpgsqlConnectionStringBuilder all, string host) => new NpgsqlConnectionStringBuilder(all.ConnectionString) { Host = host, TargetSessionAttributes = null }.ConnectionString;

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        await looking;
        end.Dispose();
    }

    private async Task LookAsync(string host, string connection)
    {
        var settings = new NpgsqlConnectionStringBuilder(connection) { Pooling = false, Timeout = SilentSeconds, CommandTimeout = SilentSeconds, CancellationTimeout = -1, ApplicationName = "sinho-watch" };
        NpgsqlConnection? open = null;
        var last = Part.Offline;
        try
        {
            while (true)
            {
                var part = Part.Offline;
                try
                {
                    if (open is null)
                    {
                        open = new(settings.ConnectionString);
                        await open.OpenAsync(end.Token);
                    }
                    await using var asked = new NpgsqlCommand("select pg_is_in_recovery()", open);
                    part = await asked.ExecuteScalarAsync(end.Token) is true ? Part.Standby : Part.PrimaryReadWrite;
                }
                catch (NpgsqlException)
                {
                    if (open is not null)
                        await open.DisposeAsync();
                    open = null;
                }
                Tell(host, part, hasGone: part == Part.Offline && last != part);
                last = part;
                await Task.Delay(Between, end.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // Nobody asks any more.
        }
        finally
        {
            if (open is not null)
                await open.DisposeAsync();
        }
    }

    private void Tell(string host, Part part, bool hasGone)
    {
        foreach (var pool in pools())
        {
            var place = HostsOf(new(pool.ConnectionString)).ToList().IndexOf(host);
            if (place < 0)
                continue;
            var own = ((NpgsqlDataSource[])PoolsOf.GetValue(pool)!)[place];
            SetState.Invoke(own, [Enum.Parse(SetState.GetParameters()[0].ParameterType, part.ToString()), DateTime.UtcNow, Known, false]);
            // Sessions that wait for their next use lead nowhere.
            if (hasGone)
                own.Clear();
        }
    }
}
