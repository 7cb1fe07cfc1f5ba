using System.Globalization;
using Dapper;
using SinHo.Reporting.Access;
using SinHo.Reporting.Catalog;
using SinHo.Reporting.Exchange;
using SinHo.Reporting.Facts;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Register;
using SinHo.Reporting.Reports;
using SinHo.Reporting.Samples;

namespace SinHo.Reporting.Benchmarks;

/// <summary>A province and a nation: what a part of it costs, and what the whole.</summary>
/// <param name="districts">Of the nation.</param>
/// <param name="organisations">Of one district.</param>
/// <param name="members">Of one district, on the roll.</param>
internal sealed class WideBenchmark(int districts, int provinces, int organisations, int members, int runs)
{
    private static readonly Period December = new(new(2020, 12, 1), new(2020, 12, 31));
    private static readonly Dictionary<string, int> Few = new(StringComparer.Ordinal) { ["few_member_max"] = 3 };

    /// <summary>For one question of the whole.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    private readonly Definitions definitions = CatalogReader.Read(AppContext.BaseDirectory);

    public static IReadOnlyList<string> Captions { get; } = ["Work", "Seconds", "Against", "Seconds", "Ratio"];

    public static IReadOnlyList<string> GrowthCaptions { get; } = ["Districts", "Members", "Filled in, s", "District: term report's figures, ms", "Commune: figures, ms", "Against one district"];

    private SyntheticRegister Nation(int count, int above) => new(organisations * count, members * count, years: 1, seed: 1, provinces: above);

    /// <returns>Seconds.</returns>
    public async Task<double> FillAsync(TemporaryRegister register, int count, int above, CancellationToken cancel)
    {
        var source = Nation(count, above);
        return (await Stopwatches.TimeAsync(() => new RegisterFill(register.ConnectionString).RunAsync(source.Parts(), source.Districts, "wide", "benchmark", null, cancel))).TotalSeconds;
    }

    /// <summary>The figures of one district among 1, 100 and all districts; they must be the same.</summary>
    public async Task<IReadOnlyList<object[]>> GrowthAsync(TemporaryRegister? nation, CancellationToken cancel)
    {
        var (rows, first, alone) = (new List<object[]>(), (string?)null, 0d);
        foreach (var count in new[] { 1, Math.Max(2, districts / 10), districts })
        {
            await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{count} districts…"));
            var register = count == districts && nation is not null ? nation : await TemporaryRegister.StartAsync(cancel);
            try
            {
                object filled = register == nation ? "" : await FillAsync(register, count, count == districts ? provinces : 0, cancel);
                await using var connection = await register.Database.OpenConnectionAsync(cancel);
                var commune = await ReportBenchmark.CommuneAsync(register, cancel);
                var figures = await FiguresAsync(register, TemporaryRegister.District, cancel);
                if ((first ??= figures) != figures)
                    throw new InvalidOperationException("The districts around it changed the figures of the district.");
                var district = (await Stopwatches.MedianAsync(runs, () => FiguresAsync(register, TemporaryRegister.District, cancel))).TotalMilliseconds;
                alone = alone == 0 ? district : alone;
                rows.Add([
                    count, await connection.ExecuteScalarAsync<long>("select count(*) from member"), filled, district,
                    (await Stopwatches.MedianAsync(runs, () => FiguresAsync(register, commune, cancel))).TotalMilliseconds, $"{(district / alone).ToString("0.00", CultureInfo.InvariantCulture)} ×"]);
            }
            finally
            {
                if (register != nation)
                    await register.DisposeAsync();
            }
        }
        return rows;
    }

    /// <summary>What is asked of the register as a whole, and of parts of it.</summary>
    public async Task<IReadOnlyList<object[]>> RunAsync(TemporaryRegister register, string program, string folder, CancellationToken cancel)
    {
        var rows = new List<object[]>();
        await using var connection = await register.Database.OpenConnectionAsync(cancel);
        connection.Execute("delete from org_closure where ancestor = 'ALL'");
        await connection.ExecuteAsync("insert into org_closure select 'ALL', descendant, valid_from, valid_to from org_closure where ancestor in (select distinct code from org_version where level = 'Đảng bộ huyện'); analyze org_closure", commandTimeout: 0);
        var province = await connection.QueryFirstOrDefaultAsync<string>("select code from org_version where level = 'Đảng bộ tỉnh' order by code limit 1") ?? TemporaryRegister.District;
        var count = (await Stopwatches.MedianAsync(runs, () => connection.ExecuteScalarAsync<long>("select count(*) from member"))).TotalSeconds;
        await AddAsync("members of the nation, by the figure", () => StockAsync("ALL", ["members"]), count);
        await AddAsync("members, official members, women and minorities of the nation", () => StockAsync("ALL", ["members", "official_members", "female_members", "minority_members"]), count);
        await AddAsync("members of a province, by the figure", () => StockAsync(province, ["members"]), null);
        await AddAsync("monthly report of a province: figures, parts, proofs", () => ReportAsync("monthly", province, December), null);
        await SheetsAsync("ALL");
        await AddAsync("term report of a district: figures, parts, proofs", () => FiguresAsync(register, TemporaryRegister.District, cancel), null);
        await AddAsync("search: a rare name, by an account of everything", () => RegisterSearch.AskAsync(new StatisticsSource(register.Database), new(1, Role.Preparer, null), "hoang van minh", December.To, cancel), null);
        await AddAsync("search: two letters, by an account of a district", () => RegisterSearch.AskAsync(new StatisticsSource(register.Database), new(1, Role.Preparer, TemporaryRegister.District), "va", December.To, cancel), null);
        var person = await connection.QueryFirstAsync<string>("select member from membership where branch like 'D001.%' and valid_to is null order by member limit 1");
        await AddAsync("a person's page", () => PersonHistory.AskAsync(new StatisticsSource(register.Database), new(1, Role.Preparer, TemporaryRegister.District), new(person, December.To, December, null), cancel), null);
        await AddAsync("a commune's workbook, every row of it, ten of them changed: a trial", () => ImportAsync(register, cancel), null, once: true);
        await AddAsync("backup of everything, read back", () => new Peers(program).VerbAsync(["backup", Path.Combine(folder, "wide.backup"), "--database", register.ConnectionString], cancel), null, once: true);
        return rows;

        async Task AddAsync(string work, Func<Task> doing, double? against, bool once = false)
        {
            await Console.Error.WriteLineAsync($"{work}…");
            var time = (once ? await Stopwatches.TimeAsync(doing) : await Stopwatches.MedianAsync(runs, doing)).TotalSeconds;
            await Console.Error.WriteLineAsync($"{work}: {Text(time)}");
            rows.Add([work, Text(time), against is null ? "" : "count(*) of members", against is { } other ? Text(other) : "", against is { } than ? $"{Text(time / than)} ×" : ""]);
        }

        async Task StockAsync(string unit, string[] figures)
        {
            await using var snapshot = await Snapshot.TakeAsync(register.Database, cancel);
            await snapshot.CountAsync(definitions[figures[0]].Set, [.. figures.Select(Measure.Of)], [unit], new(new(December.To, December.To), Few), cancel);
        }

        async Task ReportAsync(string name, string unit, Period period)
        {
            using var report = await new ReportBuilder(register.Database, definitions).BuildAsync(new(name, unit, period, new Dictionary<string, int>(StringComparer.Ordinal), WithEvidence: false), null, cancel);
        }

        // What a monthly sheet asks of a unit, asked of all grassroots organisations at once: they are the parts of the whole. By set, each question once.
        async Task SheetsAsync(string unit)
        {
            var plan = new ReportPlan(definitions, definitions.Editions("monthly", December.To)[0], December, ReportingCalendar.Months);
            var total = 0d;
            foreach (var set in plan.Asked.Distinct().GroupBy(address => definitions[address.Measure.Figure].Set.Name).OrderBy(set => set.Key, StringComparer.Ordinal))
            {
                await using var snapshot = await Snapshot.TakeAsync(new StatisticsSource(register.Database) { QueryLimit = Patience }, cancel);
                var (time, isWhole) = (0d, true);
                try
                {
                    time = (await Stopwatches.TimeAsync(() => Answers.CollectAsync(snapshot, definitions, set, unit, Parts.RolesOf("superior"), Few, null, cancel))).TotalSeconds;
                }
                catch (Npgsql.NpgsqlException late) when (late.InnerException is TimeoutException)
                {
                    isWhole = false;
                }
                total += isWhole ? time : Patience.TotalSeconds;
                rows.Add([$"monthly figures of every grassroots organisation of the nation: {set.Key}, {set.Select(address => address.Period).Distinct().Count()} periods", isWhole ? Text(time) : $"more than {Text(Patience.TotalSeconds)}", "", "", ""]);
                await Console.Error.WriteLineAsync($"{rows[^1][0]}: {rows[^1][1]}");
            }
            rows.Add(["monthly figures of every grassroots organisation of the nation, all sets", Text(total), "", "", ""]);
        }
    }

    private async Task<string> FiguresAsync(TemporaryRegister register, string unit, CancellationToken cancel)
    {
        using var report = await new ReportBuilder(register.Database, definitions).BuildAsync(
            new("term", unit, new(new(2020, 1, 1), new(2020, 12, 31)), new Dictionary<string, int>(StringComparer.Ordinal), WithEvidence: false), null, cancel);
        return string.Join(' ', report.Figures.Select(figure => figure.Value).Concat(report.Breakdown.Rows.SelectMany(row => row.Values)));
    }

    private async Task ImportAsync(TemporaryRegister register, CancellationToken cancel)
    {
        var import = new RegisterImport(register.Database, Path.Combine(AppContext.BaseDirectory, "sql", "import"));
        var outcome = await import.RunAsync(new Commune(Nation(districts, provinces).Parts().First(), await ReportBenchmark.CommuneAsync(register, cancel)), new("", "", "benchmark", DryRun: true), null, cancel);
        if (!outcome.Accepted)
            throw new InvalidOperationException($"The commune breaks {outcome.Errors.Count} rules, first: {outcome.Errors[0].Code} {outcome.Errors[0].Message}");
        await Console.Error.WriteLineAsync(string.Join(", ", outcome.Sheets.Select(sheet => $"{sheet.Sheet} {sheet.Unchanged} + {sheet.Changed}")));
    }

    private static string Text(double seconds) => seconds.ToString(seconds < 0.1 ? "0.0000" : "0.00", CultureInfo.InvariantCulture);

    /// <summary>The rows of a district that speak of one commune or of people who were ever in its branches; ten people have another name.</summary>
    private sealed class Commune(IRegisterSource district, string code) : IRegisterSource
    {
        public IEnumerable<SourceSheet> Sheets()
        {
            var people = district.Sheets().First(sheet => sheet.Name == ExchangeWorkbook.Memberships.Name).Rows
                .Where(row => IsOf(row.Cells[ExchangeWorkbook.Memberships.IndexOf("branch")])).Select(row => (string)row.Cells[0]!).ToHashSet(StringComparer.Ordinal);
            return district.Sheets().Where(sheet => sheet.Name != ExchangeWorkbook.Terms.Name).Select(sheet => sheet with
            {
                Rows = sheet.Rows.Where(row => row.Cells.Any(cell => IsOf(cell) || (cell is string text && people.Contains(text)))).Select((row, index) => new SourceRow(index + 2, Changed(sheet.Name, row.Cells, index))),
            });
        }

        private static IReadOnlyList<object?> Changed(string sheet, IReadOnlyList<object?> cells, int index)
        {
            if (sheet != ExchangeWorkbook.Members.Name || index >= 10)
                return cells;
            var name = ExchangeWorkbook.Members.IndexOf("name");
            return [.. cells.Select((cell, at) => at == name ? $"{cell} A" : cell)];
        }

        private bool IsOf(object? cell) => cell is string text && (text == code || text.StartsWith($"{code}.", StringComparison.Ordinal));
    }
}
