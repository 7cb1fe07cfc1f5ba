using Dapper;
using Npgsql;
using SinHo.Reporting.Catalog;
using SinHo.Reporting.Facts;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Reports;
using SinHo.Reporting.Runs;
using SinHo.Reporting.Tests.Support;

namespace SinHo.Reporting.Tests.Runs;

/// <summary>A register with the sample, and a worker in this process.</summary>
internal sealed class Ledger : IAsyncDisposable
{
    public static Definitions Definitions { get; } = CatalogReader.Read(AppContext.BaseDirectory);

    private readonly ReportWork work;

    private Ledger(string connection, WorkTimes times)
    {
        Connection = connection;
        // A name of its own: tests end the sessions of the program.
        Database = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connection) { ApplicationName = "test" }.ConnectionString);
        Jobs = new(Database, times);
        Times = times;
        Obligations = new(Database);
        Schedules = new(Database, Definitions);
        Issued = new(Database);
        Tick = new(Database, Jobs);
        work = new(Database, new ReportBuilder(Database, Definitions), new FileNames(new StatisticsSource(Database), Definitions), new ListWork(Database, new StatisticsSource(Database), Definitions), AppContext.BaseDirectory);
        Runner = NewRunner(new(StringComparer.Ordinal));
    }

    public string Connection { get; }

    public NpgsqlDataSource Database { get; }

    public WorkTimes Times { get; }

    public Jobs Jobs { get; }

    public Obligations Obligations { get; }

    public Schedules Schedules { get; }

    public IssuedReports Issued { get; }

    public Tick Tick { get; }

    public JobRunner Runner { get; }

    /// <summary>The folder that schedules write to.</summary>
    public TemporaryFolder Folder { get; } = new();

    public static async Task<Ledger> NewAsync(TestCluster cluster, double leaseSeconds = 60) =>
        new(await cluster.NewSampleAsync(), new(TimeSpan.FromSeconds(leaseSeconds)));

    /// <summary>On a register that is there.</summary>
    public static Ledger At(string connection) => new(connection, WorkTimes.Usual);

    public JobRunner NewRunner(Dictionary<string, Func<JobHold, Task>> further) => new(Jobs, Times, $"test/{Guid.NewGuid():N}", new Dictionary<string, Func<JobHold, Task>>(further, StringComparer.Ordinal)
    {
        [ReportWork.Kind] = work.MakeAsync,
        [ReportWork.DueKind] = work.FulfilAsync,
    });

    public ScheduleWish Monthly(DateOnly startsOn, params string[] units) => new("SH", "term", units, "thang", Cycle.Monthly, startsOn, 1, Folder.Path);

    public async Task<IReadOnlyList<JobEnd>> TickAndWorkAsync(DateOnly today, CancellationToken cancel)
    {
        var runs = new List<JobEnd>();
        foreach (var job in await Tick.RunAsync("test", today, cancel))
            runs.Add(await Runner.RunAsync(job, cancel));
        return runs;
    }

    public async Task<T> ScalarAsync<T>(string sql)
    {
        await using var connection = await Database.OpenConnectionAsync();
        return (await connection.ExecuteScalarAsync<T>(sql))!;
    }

    public async ValueTask DisposeAsync()
    {
        work.Dispose();
        await Database.DisposeAsync();
        Folder.Dispose();
    }
}
