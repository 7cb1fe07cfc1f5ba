using System.Globalization;
using System.Text;
using ExcelDataReader;
using Npgsql;
using SinHo.Reporting.Catalog;
using SinHo.Reporting.Facts;
using SinHo.Reporting.Register;
using SinHo.Reporting.Reports;
using SinHo.Reporting.Servers;

namespace SinHo.Reporting.Benchmarks;

/// <summary>
/// What we take against what others take for the same, one after the other on the same machine: medians, and their ratio. Sheets of comparison are those of
/// docs/benchmarks.md.
/// </summary>
internal sealed class RatioBenchmark(Peers peers, int runs, string folder)
{
    private const string District = TemporaryRegister.District;

    private readonly List<object[]> rows = [];

    // ExcelDataReader asks for Windows-1252 whatever it reads.
    static RatioBenchmark() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public static IReadOnlyList<string> Captions { get; } = ["Work", "Ours, s", "Against", "Theirs, s", "Ratio"];

    /// <param name="large">Districts of the large import.</param>
    /// <param name="listed">Districts whose members are one list.</param>
    /// <param name="only">"import", "report" or "list" for a part of the table; null for all.</param>
    public async Task<IReadOnlyList<object[]>> RunAsync(int large, int listed, string? only, CancellationToken cancel)
    {
        var (one, many) = (Path.Combine(folder, "one.xlsx"), Path.Combine(folder, "many.xlsx"));
        await peers.VerbAsync(["generate", "--out", one], cancel);
        if (only is null or "import")
        {
            await peers.VerbAsync(["generate", "--organisations", Text(350 * large), "--members", Text(3_900 * large), "--out", many], cancel);
            await ImportsAsync(one, many, cancel);
        }
        if (only is null or "report")
            await ReportsAsync(one, cancel);
        if (only is null or "list")
            await ListAsync(listed, cancel);
        return rows;
    }

    private async Task ImportsAsync(string one, string many, CancellationToken cancel)
    {
        await AddAsync($"import of {await RowsAsync(many):N0} rows with every rule, whole process", () => ImportAsync(many, cancel),
            ("openpyxl and COPY, no rules", () => CopyAsync(database => Peers.ScriptAsync("copy_openpyxl.py", [many, Libpq(database)], cancel), cancel)),
            ("ExcelDataReader reading alone, then a binary COPY", () => CopyAsync(database => ReadAndCopyAsync(many, database, cancel), cancel)));
        await AddAsync($"import of {await RowsAsync(one):N0} rows, whole process", () => ImportAsync(one, cancel),
            ("openpyxl reading them alone", () => Peers.ScriptAsync("read_openpyxl.py", [one], cancel)));
    }

    private async Task ReportsAsync(string one, CancellationToken cancel)
    {
        await using var register = await ServerAsync(cancel);
        await peers.VerbAsync(["import", one, "--data", register.Folder], cancel);
        var term = Path.Combine(folder, "term.xlsx");
        await AddAsync("term workbook of a district with its lists, whole process",
            () => peers.VerbAsync(["report", "term", "--unit", District, "--term", "2015-2020", "--out", term, "--data", register.Folder], cancel),
            ("XlsxWriter (constant_memory) writing the same cells alone", () => Peers.ScriptAsync("write_xlsxwriter.py", [folder, term], cancel)));
        var year = Path.Combine(folder, "year");
        await AddAsync("all yearly forms of a district in one run, whole process",
            () => peers.VerbAsync(["report", "all", "--unit", District, "--year", "2019", "--out", year, "--data", register.Folder], cancel),
            ("XlsxWriter writing the same cells alone", () => Peers.ScriptAsync("write_xlsxwriter.py", [folder, .. Directory.GetFiles(year, "*.xlsx").Order(StringComparer.Ordinal)], cancel)));
        await AddAsync("process start to the figures of a term report, database there",
            () => peers.VerbAsync(["report", "term", "--unit", District, "--term", "2015-2020", "--data", register.Folder], cancel));
        await WarmAsync(register, cancel);
        await FiguresAsync(register, cancel);
    }

    /// <summary>The same report as a service makes it, whose code and connections are warm.</summary>
    private async Task WarmAsync(Register register, CancellationToken cancel)
    {
        await using var database = NpgsqlDataSource.Create(register.Server.ConnectionString);
        var definitions = CatalogReader.Read(AppContext.BaseDirectory);
        var (from, to) = (ReportBenchmark.Term.From, ReportBenchmark.Term.To);
        await AddAsync("term workbook of a district with its lists, warm in the service", () => TimedAsync(async () =>
        {
            using var report = await new ReportBuilder(database, definitions).BuildAsync(
                new("term", District, ReportBenchmark.Term, new Dictionary<string, int>(StringComparer.Ordinal), WithEvidence: true) { WithCharts = true }, null, cancel);
            ReportBenchmark.Write(report, cancel);
        }), ("pandas and openpyxl making figures and lists like it from the same database", () => Peers.ScriptAsync(
            "report_pandas.py", [folder, Libpq(register.Server), District, $"{from:yyyy-MM-dd}", $"{to:yyyy-MM-dd}"], cancel)));
    }

    private async Task ListAsync(int districts, CancellationToken cancel)
    {
        await using var register = await TemporaryRegister.StartAsync(cancel);
        await register.ImportAsync(TemporaryRegister.Districts(Sizes.Full, 1), cancel);
        await register.CopyDistrictAsync(2, districts, cancel);
        var unit = await EvidenceBenchmark.UniteAsync(register, districts, cancel);
        var (path, count, before, peak) = (Path.Combine(folder, "list.xlsx"), 0, 0d, 0d);
        var first = rows.Count;
        await AddAsync("list", () => TimedAsync(async () =>
        {
            before = PeakMemory.Restart();
            count = await EvidenceBenchmark.WriteListAsync(register, unit, cancel);
            peak = PeakMemory.Read();
        }), ("the same query read, and written by SpreadCheetah", () => TimedAsync(() => FastestWriter.WriteAsync(register.Database, "members", unit, ReportBenchmark.Term.To, path, cancel))));
        rows[first][0] = string.Create(CultureInfo.InvariantCulture, $"list of {count:N0} rows from the database to a workbook ({before:0} MiB before, {peak:0} MiB at most)");
    }

    /// <summary>Stock figures of a district, then its whole term report, against the count of its members alone.</summary>
    private async Task FiguresAsync(Register register, CancellationToken cancel)
    {
        await using var database = NpgsqlDataSource.Create(register.Server.ConnectionString);
        var definitions = CatalogReader.Read(AppContext.BaseDirectory);
        var question = new Question(new(ReportBenchmark.Term.To, ReportBenchmark.Term.To), new Dictionary<string, int>(StringComparer.Ordinal) { ["few_member_max"] = 3 });
        var term = definitions.Editions("term", ReportBenchmark.Term.To)[0];
        var stock = term.Groups.Where(group => !group.Yearly).SelectMany(group => group.Lines).Select(line => definitions[line.Figure]).Where(one => one.Indicator.IsStock)
            .GroupBy(one => one.Set).ToList();
        var (membersSet, members) = definitions["members"];

        await AddAsync("stock figures of a district", () => TimedAsync(async () =>
        {
            await using var snapshot = await Snapshot.TakeAsync(database, cancel);
            // As a report asks.
            await snapshot.WidenAsync(cancel);
            await Parallel.ForEachAsync(stock, new ParallelOptions { MaxDegreeOfParallelism = snapshot.Width, CancellationToken = cancel },
                async (set, stop) => await snapshot.CountAsync(set.Key, [.. set.Select(one => Measure.Of(one.Indicator.Code))], [District], question, stop));
        }), ("the count of members.sql over the same members", CountAsync));
        await AddAsync("term report of a district, figures, parts and checks", () => TimedAsync(async () =>
        {
            using var report = await new ReportBuilder(database, definitions).BuildAsync(
                new("term", District, ReportBenchmark.Term, new Dictionary<string, int>(StringComparer.Ordinal), false), null, cancel);
        }), ("the count of members.sql over the same members", CountAsync));

        Task<double> CountAsync() => TimedAsync(async () =>
        {
            await using var snapshot = await Snapshot.TakeAsync(database, cancel);
            await snapshot.CountAsync(membersSet, [Measure.Of(members.Code)], [District], question, cancel);
        });
    }

    /// <summary>Measures in turn, so that a busy moment falls on both; the first round is not counted.</summary>
    private async Task AddAsync(string work, Func<Task<double>> ours, params (string Name, Func<Task<double>> Work)[] theirs)
    {
        await Console.Error.WriteLineAsync($"{work}…");
        var own = new List<double>();
        var other = theirs.Select(_ => new List<double>()).ToList();
        for (var round = 0; round <= runs; round++)
        {
            own.Add(await ours());
            foreach (var (peer, times) in theirs.Zip(other))
                times.Add(await peer.Work());
        }
        foreach (var (peer, times) in theirs.Zip(other))
            rows.Add([work, Seconds(Median(own)), peer.Name, Seconds(Median(times)), $"{Seconds(Median(own) / Median(times))} ×"]);
        if (theirs.Length == 0)
            rows.Add([work, Seconds(Median(own)), "", "", ""]);
    }

    private static double Median(IEnumerable<double> times)
    {
        var sorted = times.Skip(1).Order().ToList();
        return sorted[sorted.Count / 2];
    }

    private async Task<double> ImportAsync(string file, CancellationToken cancel)
    {
        await using var register = await ServerAsync(cancel);
        return await peers.VerbAsync(["import", file, "--data", register.Folder], cancel);
    }

    private static async Task<double> CopyAsync(Func<PrivateServer, Task<double>> work, CancellationToken cancel)
    {
        await using var register = await ServerAsync(cancel);
        return await work(register.Server);
    }

    private static Task<double> ReadAndCopyAsync(string file, PrivateServer server, CancellationToken cancel) => TimedAsync(async () =>
    {
        await using var database = NpgsqlDataSource.Create(server.ConnectionString);
        await using var connection = await database.OpenConnectionAsync(cancel);
        using var reader = ExcelReaderFactory.CreateOpenXmlReader(File.OpenRead(file));
        var sheet = 0;
        do
        {
            var columns = reader.FieldCount;
            await using (var create = new NpgsqlCommand($"create table peer_{sheet} ({string.Join(", ", Enumerable.Range(0, columns).Select(column => $"c{column} text"))})", connection))
                await create.ExecuteNonQueryAsync(cancel);
            await using var copy = await connection.BeginBinaryImportAsync($"copy peer_{sheet++} from stdin binary", cancel);
            while (reader.Read())
                CopyRow(reader, columns, copy);
            await copy.CompleteAsync(cancel);
        }
        while (reader.NextResult());
    });

    private static void CopyRow(IExcelDataReader reader, int columns, NpgsqlBinaryImporter copy)
    {
        copy.StartRow();
        for (var column = 0; column < columns; column++)
        {
            if (column < reader.FieldCount && reader.GetValue(column) is { } value)
                copy.Write(Convert.ToString(value, CultureInfo.InvariantCulture));
            else
                copy.WriteNull();
        }
    }

    private static Task<int> RowsAsync(string file) => Task.Run(() =>
    {
        using var reader = ExcelReaderFactory.CreateOpenXmlReader(File.OpenRead(file));
        var count = 0;
        do
        {
            // The captions are no row.
            count--;
            while (reader.Read())
                count++;
        }
        while (reader.NextResult());
        return count;
    });

    private static async Task<double> TimedAsync(Func<Task> work) => (await Stopwatches.TimeAsync(work)).TotalSeconds;

    private static string Libpq(PrivateServer server)
    {
        var settings = new NpgsqlConnectionStringBuilder(server.ConnectionString);
        return $"host={settings.Host} port={settings.Port} user={settings.Username} password={settings.Password} dbname={settings.Database}";
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Seconds(double seconds) => seconds.ToString(seconds < 0.1 ? "0.0000" : "0.00", CultureInfo.InvariantCulture);

    private static async Task<Register> ServerAsync(CancellationToken cancel)
    {
        // Not within the folder of files: the account that PostgreSQL runs under must get there.
        var place = Path.Combine(Path.GetTempPath(), $"sinho-ratios-{Guid.NewGuid():N}");
        var server = await PrivateServer.StartAsync(place, ServerOptions.Default, null, cancel);
        await Migrator.UpgradeAsync(server.ConnectionString, Path.Combine(AppContext.BaseDirectory, "sql"), cancel);
        return new(place, server);
    }

    /// <summary>A data folder of its own with its server, gone at the end.</summary>
    private sealed record Register(string Folder, PrivateServer Server) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await Server.DisposeAsync();
            Directory.Delete(Folder, recursive: true);
        }
    }
}
