using System.Diagnostics;
using Dapper;
using Npgsql;
using SinHo.Reporting.Access;
using SinHo.Reporting.Catalog;
using SinHo.Reporting.Facts;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Reports;

namespace SinHo.Reporting.Benchmarks;

/// <summary>
/// Readers of one standby against readers of two, on servers that are there: SINHO_DATABASE is the primary, SINHO_DATABASE_READ the standbys.
/// Whoever starts it gives each standby its share of the machine (`ops/wide.sh readers`), else two share what one has.
/// </summary>
internal static class StandbyBenchmark
{
    private const int Readers = 8;

    public static async Task<List<object[]>> RunAsync(TimeSpan length, int runs, CancellationToken cancel)
    {
        var read = new NpgsqlConnectionStringBuilder(Named("SINHO_DATABASE_READ")) { LoadBalanceHosts = true, Timeout = 2, HostRecheckSeconds = 5 };
        await using var register = NpgsqlDataSource.Create(Named("SINHO_DATABASE"));
        var hosts = read.Host!.Split(',');
        var rates = new Dictionary<int, List<double>> { [1] = [], [hosts.Length] = [] };
        foreach (var count in Enumerable.Repeat((int[])[1, hosts.Length], runs).SelectMany(pair => pair))
        {
            await using var standbys = new NpgsqlDataSourceBuilder(new NpgsqlConnectionStringBuilder(read.ConnectionString) { Host = string.Join(',', hosts.Take(count)) }.ConnectionString).BuildMultiHost();
            rates[count].Add(await AskAsync(register, new(register, standbys.WithTargetSession(TargetSessionAttributes.PreferStandby), TimeSpan.FromSeconds(2)), length, cancel));
            await Console.Error.WriteLineAsync(FormattableString.Invariant($"{count} standbys: {rates[count][^1]:0.00} answers a second"));
        }
        var (one, all) = (Stopwatches.Median(rates[1]), Stopwatches.Median(rates[hosts.Length]));
        return [["1", one, 1.0], [$"{hosts.Length}", all, all / one]];
    }

    private static async Task<double> AskAsync(NpgsqlDataSource register, StatisticsSource source, TimeSpan length, CancellationToken cancel)
    {
        var definitions = CatalogReader.Read(AppContext.BaseDirectory);
        await using var open = await register.OpenConnectionAsync(cancel);
        var day = await open.ExecuteScalarAsync<DateOnly>("select max(valid_from) from membership");
        var units = (await open.QueryAsync<string>("select code::text from org_version where level_role like 'grassroots%' and valid_from <= @day and valid_to is null order by code", new { day })).AsList();
        var viewer = new Viewer(0, Role.Reader, null);
        // Readers who entered nothing: the primary is not asked.
        new ReaderPosition(await open.ExecuteScalarAsync<NpgsqlTypes.NpgsqlLogSequenceNumber>("select '0/0'::pg_lsn")).Enter();
        var (answers, next) = (0L, 0);
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, Readers).Select(async _ =>
        {
            while (watch.Elapsed < length)
            {
                await Overview.AskAsync(source, definitions, viewer, units[Interlocked.Increment(ref next) % units.Count], day, cancel);
                Interlocked.Increment(ref answers);
            }
        }));
        return answers / watch.Elapsed.TotalSeconds;
    }

    private static string Named(string variable) => Environment.GetEnvironmentVariable(variable) ?? throw new InvalidOperationException($"--standbys needs {variable}; ops/wide.sh readers gives it.");
}
