using Dapper;
using SinHo.Reporting.Access;
using SinHo.Reporting.Facts;
using SinHo.Reporting.Reports;

namespace SinHo.Reporting.Benchmarks;

/// <summary>The search as a page asks it, hits with their details, by accounts of the whole register, of a district and of a commune.</summary>
internal static class SearchBenchmark
{
    private static readonly DateOnly Day = new(2020, 6, 30);

    /// <summary>Common and rare, two letters and whole names, codes, what is only heard and what is not there.</summary>
    private static readonly string[] Typed =
    [
        "ng", "va", "uy", "zz", "qx", "anh", "thi", "nguyen", "nguyen van", "vang a", "giang a", "chi bo", "xa", "truong", "0501", "c05", "99", "li seo", "chang thi", "nguien",
        "do", "a do", "hoang van minh", "khong co ai", "qd", "17",
    ];

    /// <summary>Fills a register with copies of a district whose people have names of their own, made of the words of all names.</summary>
    public static async Task FillAsync(TemporaryRegister register, Sizes sizes, CancellationToken cancel)
    {
        await register.ImportAsync(TemporaryRegister.Districts(sizes, 1), cancel);
        var last = sizes.RegisterDistricts[^1];
        for (var next = 2; next <= last; next += 20)
        {
            await Console.Error.WriteLineAsync($"Copying districts from {next} of {last}…");
            await register.CopyDistrictAsync(next, Math.Min(next + 19, last), cancel);
        }
        await Console.Error.WriteLineAsync("Giving names…");
        await using var connection = await register.Database.OpenConnectionAsync(cancel);
        await connection.ExecuteAsync("""
            set session_replication_role = replica;
            with known as materialized (select array_agg(name) as names from (select distinct name from member) as one)
            update member set name =
                (select split_part(names[1 + abs(hashtext(code || 'family')) % cardinality(names)], ' ', 1) || ' '
                    || (regexp_match(names[1 + abs(hashtext(code || 'middle')) % cardinality(names)], '^\S+ (.*)$'))[1]
                from known)
            where code ~ '^C\d';
            set session_replication_role = default
            """, commandTimeout: 0);
        await Console.Error.WriteLineAsync("Making the index…");
        await connection.ExecuteAsync("select refresh_search()", commandTimeout: 0);
        await register.SettleAsync(cancel);
    }

    public static async Task<List<object[]>> RunAsync(TemporaryRegister register, Sizes sizes, CancellationToken cancel)
    {
        var source = new StatisticsSource(register.Database);
        await using var connection = await register.Database.OpenConnectionAsync(cancel);
        var people = await connection.ExecuteScalarAsync<long>("select count(*) from person");
        var rows = new List<object[]>();
        foreach (var (who, unit) in ((string, string?)[])[("whole register", null), ("district", TemporaryRegister.District), ("commune", await ReportBenchmark.CommuneAsync(register, cancel))])
        {
            var viewer = new Viewer(1, Role.Preparer, unit);
            var times = new List<(double Time, string Typed, int Hits)>();
            foreach (var typed in Typed)
            {
                var hits = 0;
                var time = await Stopwatches.MedianAsync(sizes.Runs, async () => hits = (await RegisterSearch.AskAsync(source, viewer, typed, Day, cancel)).Count);
                times.Add((time.TotalMilliseconds, typed, hits));
                await Console.Error.WriteLineAsync(FormattableString.Invariant($"{who}: “{typed}” {time.TotalMilliseconds:0.0} ms, {hits} hits"));
            }
            times.Sort();
            rows.Add([people, who, times.Count, times[times.Count / 2].Time, times[^1].Time, times[^1].Typed]);
        }
        return rows;
    }
}
