using System.Collections.Concurrent;
using Dapper;
using SinHo.Reporting.Access;
using SinHo.Reporting.Catalog;
using SinHo.Reporting.Facts;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Reports;

namespace SinHo.Reporting.Benchmarks;

/// <summary>What the pages of people, units and lists ask of the program, by fifty readers who each ask for one every three seconds.</summary>
internal static class PageBenchmark
{
    private const int Readers = 50;
    private static readonly DateOnly Day = new(2020, 6, 30);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(3);

    public static async Task<List<object[]>> RunAsync(TemporaryRegister register, TimeSpan length, CancellationToken cancel)
    {
        var source = new StatisticsSource(register.Database);
        var definitions = CatalogReader.Read(AppContext.BaseDirectory);
        var readings = new Readings(register.Database);
        await using var connection = await register.Database.OpenConnectionAsync(cancel);
        var people = await connection.ExecuteScalarAsync<long>("select count(*) from person");
        var commune = await ReportBenchmark.CommuneAsync(register, cancel);
        var members = (await connection.QueryAsync<string>("""
            select membership.member from membership join org_closure as tie on tie.descendant = membership.branch and tie.ancestor = @commune and tie.valid_to = 'infinity'
            where membership.valid_to is null and membership.valid_from < @Day order by 1
            """, new { commune, Day })).AsList();
        var branches = (await connection.QueryAsync<string>("select distinct branch from membership where member = any (@members) and valid_to is null", new { members })).AsList();
        var viewers = new List<Viewer>();
        foreach (var (name, unit) in ((string, string?)[])[("all", null), ("district", TemporaryRegister.District), ("commune", commune)])
        {
            var account = await new Accounts(register.Database).AddAsync(new($"reader-{name}{Environment.ProcessId}", name, Role.Preparer, unit), "benchmark", cancel);
            viewers.Add(new(account.Id, Role.Preparer, unit));
        }
        var dice = new Random(1);
        T One<T>(IReadOnlyList<T> of) => of[dice.Next(of.Count)];
        (string Page, Func<Viewer, Task> Ask)[] pages =
        [
            ("person", async viewer =>
            {
                var code = One(members);
                await readings.RecordAsync(viewer, new(ReadingKind.Person, code, viewer.Unit, new(Day, Day)), cancel);
                await PersonHistory.AskAsync(source, viewer, new(code, Day, new(Day, Day), null), cancel);
            }),
            ("unit: branch", viewer => UnitAsync(viewer, One(branches))),
            ("unit: commune", viewer => UnitAsync(viewer, commune)),
            ("list of a commune", viewer => ListAsync(viewer, commune, null)),
            ("list of a district", viewer => ListAsync(viewer, viewer.Unit ?? TemporaryRegister.District, null)),
            ("list, filtered", viewer => ListAsync(viewer, viewer.Unit ?? TemporaryRegister.District, "lo thi")),
        ];
        var times = new ConcurrentDictionary<string, ConcurrentBag<double>>(StringComparer.Ordinal);
        foreach (var (page, ask) in pages)
        {
            foreach (var viewer in viewers)
                await Console.Error.WriteLineAsync(FormattableString.Invariant($"{page}, alone, account of {viewer.Unit ?? "all"}: {(await Stopwatches.MedianAsync(5, () => ask(viewer))).TotalMilliseconds:0.0} ms"));
        }
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        over.CancelAfter(length);
        await Task.WhenAll(Enumerable.Range(0, Readers).Select(ReadAsync));
        return [.. pages.Select(page => times.GetValueOrDefault(page.Page, []).Order().ToList()).Zip(pages, (all, page) => (object[])[people, page.Page, all.Count, Stopwatches.At(all, 0.5), Stopwatches.At(all, 0.95), Stopwatches.At(all, 1)])];

        async Task ReadAsync(int reader)
        {
            await Task.Delay(Pause * reader / Readers, cancel);
            using var turns = new PeriodicTimer(Pause);
            try
            {
                for (var turn = reader; ; turn++)
                {
                    var (page, ask) = pages[turn % pages.Length];
                    var time = await Stopwatches.TimeAsync(() => ask(viewers[turn / pages.Length % viewers.Count]));
                    times.GetOrAdd(page, _ => []).Add(time.TotalMilliseconds);
                    await turns.WaitForNextTickAsync(over.Token);
                }
            }
            catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
            {
                // The time is over.
            }
        }

        async Task UnitAsync(Viewer viewer, string code)
        {
            await readings.RecordAsync(viewer, new(ReadingKind.Unit, code, viewer.Unit, new(Day, Day)), cancel);
            await UnitHistory.AskAsync(source, definitions, viewer, code, Day, cancel);
        }

        async Task ListAsync(Viewer viewer, string unit, string? words)
        {
            await new UnitDirectory(source, viewer).TreeAsync(Day, cancel);
            await readings.RecordAsync(viewer, new(ReadingKind.List, "members", unit, new(Day, Day)), cancel);
            await new ListPages(source, definitions, viewer).ReadAsync(new("members", unit, new(Day, Day), new(words, null, false, 0, 50)), cancel);
        }
    }
}
