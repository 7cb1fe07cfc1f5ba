using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Dapper;

namespace SinHo.Reporting.Benchmarks;

/// <summary>The service as it is installed, over HTTP and the ledger of jobs: workers on cores of their own, and a day of readers.</summary>
/// <param name="program">What ./sinho publish made.</param>
internal sealed partial class ServiceBenchmark(string program, TemporaryRegister register, string folder)
{
    private const int Readers = 50;
    private const string Password = "một câu chỉ để đo";

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan BetweenJobs = TimeSpan.FromMinutes(1);
    private static readonly string[] Figures = ["members", "official_members", "admissions", "branches", "villages"];

    public static IReadOnlyList<string> WorkerCaptions { get; } = ["Units", "One worker of one job, s", "Two, s", "Ratio"];

    public static IReadOnlyList<string> ReaderCaptions { get; } = ["Page", "Asked for", "Median, ms", "95 of 100 within, ms", "Slowest, ms", "Not as before"];

    /// <summary>The sheets of one month for every unit, by one worker that takes one job at a time and by two, each held to a core of its own; in turn.</summary>
    /// <param name="rounds">How often each.</param>
    public async Task<IReadOnlyList<object[]>> WorkersAsync(int rounds, CancellationToken cancel)
    {
        await using var connection = await register.Database.OpenConnectionAsync(cancel);
        var units = (await connection.QueryAsync<string>("select distinct code::text from org_version where valid_to is null order by 1")).AsList();
        var (times, month) = (new Dictionary<int, List<double>> { [1] = [], [2] = [] }, new DateOnly(DateTime.UtcNow.Year, DateTime.UtcNow.Month, 1).AddMonths(-1));
        for (var round = 0; round < rounds; round++)
        {
            foreach (var workers in new[] { 1, 2 })
            {
                times[workers].Add(await MonthAsync(units, month, workers, cancel));
                // A month is made once.
                month = month.AddMonths(-1);
            }
        }
        var (one, two) = (Stopwatches.Median(times[1]), Stopwatches.Median(times[2]));
        return [[units.Count, one, two, $"{(one / two).ToString("0.00", CultureInfo.InvariantCulture)} ×"]];
    }

    /// <summary>Fifty readers who each ask for a page every three seconds, and five reports asked for every minute.</summary>
    /// <returns>A row a page, then the memory of the service after the first minute and at the end, and the jobs done.</returns>
    public async Task<(IReadOnlyList<object[]> Pages, string Memory)> ReadersAsync(TimeSpan length, CancellationToken cancel)
    {
        await using var connection = await register.Database.OpenConnectionAsync(cancel);
        var units = (await connection.QueryAsync<string>("select distinct code::text from org_version where type = 'Xã' and valid_to is null order by 1")).AsList();
        var branches = (await connection.QueryAsync<string>("select distinct branch::text from membership where valid_to is null order by 1")).AsList();
        var people = (await connection.QueryAsync<string>("select member::text from membership where valid_to is null and valid_from <= '2020-06-30' order by hashtext(member) limit 500")).AsList();
        var reports = Directory.CreateDirectory(Path.Combine(folder, "reports")).FullName;
        using var service = Start(["serve", "--urls", "http://127.0.0.1:0"], 2, core: null);
        var site = await AddressAsync(service, cancel);
        var cookies = await Task.WhenAll(Enumerable.Range(0, 3).Select(async account => await EnterAsync(site, $"reader{account}", account switch { 0 => null, 1 => TemporaryRegister.District, _ => units[0] }, cancel)));
        var pages = new (string Name, Func<Random, int, string> Path)[]
        {
            ("tổng quan", (_, account) => $"/?ngay=2020-06-30{Unit(account)}"),
            ("tổ chức", (dice, account) => $"/to-chuc?ngay=2020-06-30&don-vi={(account == 2 ? units[0] : One(units, dice))}"),
            ("danh sách", (dice, account) => $"/danh-sach?so-lieu={One(Figures, dice)}&ngay=2020-06-30&don-vi={(account == 2 ? units[0] : One(units, dice))}"),
            ("người", (dice, account) => account == 2 ? $"/to-chuc?ngay=2020-06-30&don-vi={units[0]}" : $"/dang-vien?ma={One(people, dice)}&ngay=2020-06-30"),
            ("báo cáo", (dice, account) => $"/bao-cao?mau=monthly&tu=2020-06-01&den=2020-06-30&don-vi={(account == 2 ? units[0] : One(units, dice))}"),
        };
        var (asked, seen) = (new ConcurrentBag<(string Page, double Time, bool Wrong)>(), new ConcurrentDictionary<string, string>(StringComparer.Ordinal));
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        over.CancelAfter(length);
        var jobs = AskForJobsAsync([.. units, .. branches], reports, over.Token);
        var reading = Task.WhenAll(Enumerable.Range(0, Readers).Select(ReadAsync));
        await Task.Delay(TimeSpan.FromTicks(Math.Min(BetweenJobs.Ticks, length.Ticks / 3)), cancel);
        var early = MemoryOf(service);
        await reading;
        await jobs;
        var late = MemoryOf(service);
        service.Kill(entireProcessTree: true);
        var done = await connection.QuerySingleAsync<(long Done, long Failed)>("select count(*) filter (where state = 'done'), count(*) filter (where state = 'failed') from job where kind <> 'backup'");
        var names = pages.Select(page => page.Name);
        return ([.. names.Append("cả thảy").Select(name => Row(name, [.. asked.Where(one => name == "cả thảy" || one.Page == name)]))],
            string.Create(CultureInfo.InvariantCulture, $"memory of the service {early} MiB after the first minute, {late} MiB at the end; {done.Done} reports made meanwhile, {done.Failed} failed"));

        string Unit(int account) => account == 0 ? "" : $"&don-vi={(account == 1 ? TemporaryRegister.District : units[0])}";

        async Task ReadAsync(int reader)
        {
            var (dice, account) = (new Random(reader), reader % cookies.Length);
            using var web = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = site };
            web.DefaultRequestHeaders.Add("Cookie", cookies[account]);
            await Task.Delay(Pause * reader / Readers, cancel);
            using var turns = new PeriodicTimer(Pause);
            try
            {
                for (var turn = reader; ; turn++)
                {
                    var (name, make) = pages[turn % pages.Length];
                    var path = make(dice, account);
                    var clock = Stopwatch.StartNew();
                    using var answer = await web.GetAsync(path, cancel);
                    var text = Shown(await answer.Content.ReadAsStringAsync(cancel));
                    asked.Add((name, clock.Elapsed.TotalMilliseconds, answer.StatusCode != HttpStatusCode.OK || seen.GetOrAdd($"{account} {path}", text) != text));
                    await turns.WaitForNextTickAsync(over.Token);
                }
            }
            catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
            {
                // The time is over.
            }
        }
    }

    private async Task AskForJobsAsync(List<string> units, string reports, CancellationToken over)
    {
        var year = DateTime.UtcNow.Year - 1;
        try
        {
            for (var minute = 0; ; minute++)
            {
                await RunAsync(["schedule", "add", "term", "--units", string.Join(',', units.Skip(minute * 5).Take(5)), "--every", "year", "--from", $"{year}-01-01", "--folder", reports], CancellationToken.None);
                await Task.Delay(BetweenJobs, over);
            }
        }
        catch (OperationCanceledException)
        {
            // The time is over.
        }
    }

    /// <returns>Seconds from the first job begun to the last one done.</returns>
    private async Task<double> MonthAsync(List<string> units, DateOnly month, int workers, CancellationToken cancel)
    {
        await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{units.Count} units, {workers} workers…"));
        var reports = Directory.CreateDirectory(Path.Combine(folder, $"{month:yyyy-MM}")).FullName;
        var added = await RunAsync(["schedule", "add", "monthly", "--units", string.Join(',', units), "--every", "month", "--from", $"{month:yyyy-MM-dd}", "--folder", reports], cancel);
        var working = Enumerable.Range(0, workers).Select(core => Start(["serve", "--role", "worker", "--urls", "http://127.0.0.1:0"], 1, core)).ToList();
        try
        {
            await using var connection = await register.Database.OpenConnectionAsync(cancel);
            while (await connection.ExecuteScalarAsync<long>("select count(*) from obligation where state = 'done' and period_from = @month", new { month }) < units.Count)
            {
                if (working.Find(one => one.HasExited) is { } ended)
                    throw new InvalidOperationException($"A worker ended with {ended.ExitCode}.");
                await Task.Delay(500, cancel);
            }
            await RunAsync(["schedule", "stop", Number().Match(added).Value], cancel);
            return await connection.ExecuteScalarAsync<double>("""
                select extract(epoch from max(job.finished_at) - min(job.started_at))::float8
                from obligation
                join job using (job_id)
                where obligation.period_from = @month
                """, new { month });
        }
        finally
        {
            foreach (var one in working)
            {
                one.Kill(entireProcessTree: true);
                one.Dispose();
            }
        }
    }

    /// <summary>The numbers that a reader reads, in their order: marks and scripts are made anew for each answer.</summary>
    private static string Shown(string html) => string.Join(' ', Numbers().Matches(WebUtility.HtmlDecode(Marks().Replace(Scripts().Replace(html, " "), " "))).Select(number => number.Value));

    /// <summary>Signs somebody in who sees a unit, or all.</summary>
    /// <returns>The header of his cookies.</returns>
    private async Task<string> EnterAsync(Uri site, string name, string? unit, CancellationToken cancel)
    {
        await RunAsync(["account", "add", name, "--role", "Lập biểu", .. unit is null ? (string[])[] : ["--unit", unit]], cancel);
        var link = Link().Match(await RunAsync(["account", "link", name], cancel)).Value;
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false };
        using var web = new HttpClient(handler) { BaseAddress = site };
        var path = new Uri(link).PathAndQuery;
        var form = await web.GetStringAsync(path, cancel);
        var fields = Hidden().Matches(form).Select(input => KeyValuePair.Create(Attribute(input.Value, "name"), Attribute(input.Value, "value")))
            .Where(field => field.Key is not ("mat-khau" or "go-lai")).Append(new("mat-khau", Password)).Append(new("go-lai", Password));
        using var answer = await web.PostAsync("/dat-mat-khau", new FormUrlEncodedContent(fields), cancel);
        return answer.StatusCode == HttpStatusCode.Redirect
            ? handler.CookieContainer.GetCookieHeader(site)
            : throw new InvalidOperationException($"{name} could not sign in: {answer.StatusCode}.");
    }

    private Process Start(IEnumerable<string> words, int jobs, int? core)
    {
        var start = core is { } pinned
            ? new ProcessStartInfo("taskset", ["-c", pinned.ToString(CultureInfo.InvariantCulture), program, .. words])
            : new ProcessStartInfo(program, words);
        start.Environment["SINHO_DATABASE"] = register.ConnectionString;
        start.Environment["SINHO_JOBS"] = jobs.ToString(CultureInfo.InvariantCulture);
        start.Environment["SINHO_URL"] = "";
        start.UseShellExecute = false;
        start.WorkingDirectory = folder;
        start.RedirectStandardError = true;
        var process = Process.Start(start)!;
        if (core is not null)
            process.BeginErrorReadLine();
        return process;
    }

    private static async Task<Uri> AddressAsync(Process service, CancellationToken cancel)
    {
        while (await service.StandardError.ReadLineAsync(cancel) is { } line)
        {
            if (line.Contains("Ctrl-C", StringComparison.Ordinal))
            {
                // Whoever is not read stops when his pipe is full.
                _ = service.StandardError.ReadToEndAsync(CancellationToken.None);
                return new(Web().Match(line).Value);
            }
        }
        throw new InvalidOperationException("The service did not start.");
    }

    private async Task<string> RunAsync(IEnumerable<string> words, CancellationToken cancel)
    {
        var start = new ProcessStartInfo(program, words) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["SINHO_DATABASE"] = register.ConnectionString;
        using var process = Process.Start(start)!;
        var (printed, said) = (process.StandardOutput.ReadToEndAsync(cancel), process.StandardError.ReadToEndAsync(cancel));
        await process.WaitForExitAsync(cancel);
        return process.ExitCode == 0 ? await printed + await said : throw new InvalidOperationException($"sinho {words.First()} failed with {process.ExitCode}: {await said}");
    }

    /// <summary>Resident, in MiB.</summary>
    private static long MemoryOf(Process service)
    {
        service.Refresh();
        return service.WorkingSet64 >> 20;
    }

    private static object[] Row(string page, List<(string Page, double Time, bool Wrong)> all)
    {
        var times = all.Select(one => one.Time).Order().ToList();
        return [page, times.Count, Stopwatches.At(times, 0.5), Stopwatches.At(times, 0.95), Stopwatches.At(times, 1), all.Count(one => one.Wrong)];
    }

    private static T One<T>(IReadOnlyList<T> of, Random dice) => of[dice.Next(of.Count)];

    private static string Attribute(string input, string name) =>
        WebUtility.HtmlDecode(Regex.Match(input, $"{name}=\"([^\"]*)\"", RegexOptions.None, TimeSpan.FromSeconds(1)).Groups[1].Value);

    [GeneratedRegex("<input[^>]*type=\"hidden\"[^>]*>", RegexOptions.None, 1000)]
    private static partial Regex Hidden();

    [GeneratedRegex(@"https?://\S+/dat-mat-khau\?ma=[0-9a-f]+", RegexOptions.None, 1000)]
    private static partial Regex Link();

    [GeneratedRegex(@"\d+", RegexOptions.None, 1000)]
    private static partial Regex Number();

    [GeneratedRegex(@"http://127\.0\.0\.1:[1-9]\d*", RegexOptions.None, 1000)]
    private static partial Regex Web();

    [GeneratedRegex("<(?<part>script|style|head)\\b.*?</\\k<part>>|<!--.*?-->", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Scripts();

    [GeneratedRegex("<[^>]*>", RegexOptions.None, 1000)]
    private static partial Regex Marks();

    [GeneratedRegex(@"\d[\d.,/]*", RegexOptions.None, 1000)]
    private static partial Regex Numbers();
}
