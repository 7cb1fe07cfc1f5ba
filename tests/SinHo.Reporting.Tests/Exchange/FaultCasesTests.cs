using System.Globalization;
using System.Text.Json;
using ClosedXML.Excel;
using Npgsql;
using SinHo.Reporting.Exchange;
using SinHo.Reporting.Faces;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Register;
using SinHo.Reporting.Reports;
using SinHo.Reporting.Tests.Reports;
using SinHo.Reporting.Tests.Support;
using Xunit;

namespace SinHo.Reporting.Tests.Exchange;

/// <summary>
/// tests/cases/faults: the kinds of fault that people and programs put into workbooks, and what is right (expected.json says how a step reads).
/// Steps and issues marked "later" belong to work that is not here yet.
/// </summary>
public sealed class FaultCasesTests(TestCluster cluster) : IDisposable
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "cases", "faults");
    private static readonly JsonElement Expected = JsonElement.Parse(File.ReadAllText(Path.Combine(Folder, "expected.json")));

    private static readonly JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly TemporaryFolder temporary = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>By place in the file: some cases share a folder.</summary>
    public static TheoryData<int, string> Cases
    {
        get
        {
            var cases = new TheoryData<int, string>();
            foreach (var (index, one) in Expected.GetProperty("cases").EnumerateArray().Index())
                cases.Add(index, $"{one.GetProperty("case").GetString()} {one.GetProperty("steps")[0].EnumerateObject().First().Value}");
            return cases;
        }
    }

    public void Dispose() => temporary.Dispose();

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task What_is_wrong_is_said_and_what_is_right_goes_in(int index, string name)
    {
        var fault = Expected.GetProperty("cases")[index];
        var place = Path.Combine(Folder, fault.GetProperty("case").GetString()!);
        string[] bases = [.. fault.GetProperty("base").EnumerateArray().Select(file => file.GetString()!)];
        await using var register = TestRegister.At(await cluster.NewDatabaseAsync(await cluster.TemplateAsync(
            $"faults_{Array.IndexOf([.. Expected.GetProperty("cases").EnumerateArray().Select(one => one.GetProperty("base").ToString()).Distinct()], fault.GetProperty("base").ToString())}",
            connection => FillAsync(connection, bases))));
        var numbers = new Dictionary<int, long?>();
        var before = new List<string>();
        foreach (var (number, step) in fault.GetProperty("steps").EnumerateArray().Index())
        {
            if (step.TryGetProperty("later", out _))
                continue;
            before.Add(Export(register));
            var told = new List<string>();
            if (step.TryGetProperty("import", out var file))
            {
                var (differences, import) = await ImportAsync(register, step, Path.Combine(Directory.Exists(place) ? place : Folder, file.GetString()!));
                told.AddRange(differences);
                numbers[number] = import;
            }
            else if (step.TryGetProperty("report", out _))
                told.AddRange(await ReportAsync(register, step));
            else if (step.TryGetProperty("register", out _))
                told.AddRange(Stored(register, step));
            else if (step.TryGetProperty("run", out _))
                await RunAsync(register, step);
            else if (step.TryGetProperty("workbook", out var workbook))
                told.AddRange(Sheet(workbook.GetString()!, step));
            else if (step.TryGetProperty("undo", out var undone))
            {
                numbers[number] = await UndoAsync(register, numbers[undone.GetInt32()]!.Value);
                Assert.Equal(before[step.GetProperty("same_as").GetInt32()], Export(register));
            }
            Assert.True(told.Count == 0, $"{name}, step {number}: {string.Join("\n", told)}");
        }
    }

    private static async Task FillAsync(string connection, string[] bases)
    {
        await Registers.MigrateAsync(connection);
        await using var database = NpgsqlDataSource.Create(connection);
        foreach (var file in bases)
            await Registers.ImportAsync(database, new WorkbookSource(Path.Combine(Folder, file)), Cancel);
    }

    private static string Export(TestRegister register)
    {
        using var export = new RegisterExport(register.Database);
        return string.Join('\n', export.Sheets().SelectMany(pair => pair.Rows.Select(row => $"{pair.Sheet.Name}|{string.Join('|', row)}").ToList()));
    }

    private static async Task<long> UndoAsync(TestRegister register, long number)
    {
        var outcome = await register.ImportAsync(await GivenBack.FindAsync(register.Database, number, Cancel));
        Assert.Empty(outcome.Errors.Select(TestRegister.Text));
        return outcome.Import!.Value;
    }

    private static async Task<(IEnumerable<string> Differences, long? Import)> ImportAsync(TestRegister register, JsonElement step, string path)
    {
        var outcome = await register.ImportAsync(new WorkbookSource(path, Cancel), step.TryGetProperty("dry_run", out var dry) && dry.GetBoolean());
        if (!step.TryGetProperty("either", out var either))
            return (Differences(step, outcome), outcome.Import);
        var tried = either.EnumerateArray().Select(one => Differences(one, outcome).ToList()).ToList();
        return (tried.Exists(differences => differences.Count == 0) ? [] : tried[0], outcome.Import);
    }

    private static IEnumerable<string> Differences(JsonElement step, ImportOutcome outcome)
    {
        ImportIssue[] all = [.. outcome.Errors, .. outcome.Warnings];
        if (outcome.Accepted != step.GetProperty("accepted").GetBoolean())
            yield return $"accepted is {outcome.Accepted}: {string.Join("; ", all.Select(TestRegister.Text))}";
        if (step.TryGetProperty("numbered", out _) && outcome.Import is null)
            yield return "no number";
        foreach (var sheet in Members(step, "sheets"))
        {
            var wanted = new SheetOutcome(sheet.Name, Of("added"), Of("changed"), Of("unchanged"), Of("removed"));
            if (outcome.Sheets.FirstOrDefault(one => one.Sheet == sheet.Name) is var had && had != wanted)
                yield return $"{had}, not {wanted}";
            int Of(string name) => sheet.Value.GetProperty(name).GetInt32();
        }
        foreach (var (kind, found) in new[] { ("errors", outcome.Errors), ("warnings", outcome.Warnings) })
        {
            foreach (var wanted in Items(step, kind).Where(issue => !issue.TryGetProperty("later", out _) && !found.Any(one => Fits(issue, one))))
                yield return $"missing {wanted} among {string.Join("; ", found.Select(one => $"{TestRegister.Text(one)} {one.Message}"))}";
        }
        if (step.TryGetProperty("changes", out var changes))
        {
            var wanted = changes.EnumerateArray().Select(one => string.Join('|', Text(one, "sheet"), Text(one, "row"), one.GetProperty("key"), Text(one, "name"), Text(one, "column"), Text(one, "old"), Text(one, "new"))).Order(StringComparer.Ordinal);
            var had = (outcome.Changes ?? []).Select(one => string.Join('|', one.Sheet, one.Row, JsonSerializer.Serialize(one.Key, Plain), one.Name, one.Column, one.Old, one.New)).Order(StringComparer.Ordinal);
            if (!wanted.Select(one => one.Replace(" ", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal)).SequenceEqual(had.Select(one => one.Replace(" ", "", StringComparison.Ordinal))))
                yield return $"changes {string.Join("; ", had)}, not {string.Join("; ", wanted)}";
        }
        if (step.TryGetProperty("any_error", out var any) && !outcome.Errors.Any(error => any.EnumerateArray().Any(code => code.GetString() == error.Code)))
            yield return $"none of {any}";
        if (step.TryGetProperty("place", out var place) && !outcome.Errors.Any(error => error.Sheet == place[0].GetString() && error.Row == place[1].GetInt32()))
            yield return $"no error at {place}";
        foreach (var code in Items(step, "not").Where(code => all.Any(issue => issue.Code == code.GetString())))
            yield return $"there is {code}";
        foreach (var rule in Members(step, "only_rows"))
        {
            var rows = rule.Value.EnumerateArray().Select(row => (int?)row.GetInt32()).ToList();
            foreach (var issue in all.Where(issue => issue.Code == rule.Name && !rows.Contains(issue.Row)))
                yield return $"{rule.Name} at row {issue.Row}";
        }
    }

    private static string Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.ToString() : "";

    private static bool Fits(JsonElement wanted, ImportIssue issue) =>
        wanted.GetProperty("code").GetString() == issue.Code
        && (!wanted.TryGetProperty("sheet", out var sheet) || sheet.GetString() == issue.Sheet)
        && (!wanted.TryGetProperty("row", out var row) || row.GetInt32() == issue.Row)
        && (!wanted.TryGetProperty("column", out var column) || column.GetString() == issue.Column)
        && Items(wanted, "says").All(text => $"{issue.Message} {issue.Value}".Contains(text.GetString()!, StringComparison.Ordinal))
        && !Items(wanted, "silent_on").Any(text => $"{issue.Message} {issue.Value}".Contains(text.GetString()!, StringComparison.Ordinal));

    private static async Task<IEnumerable<string>> ReportAsync(TestRegister register, JsonElement step)
    {
        var period = new Period(Day("from"), Day("to"), "");
        using var report = await BuildAsync(register, step.GetProperty("report").GetString()!, step.GetProperty("unit").GetString()!, period, withEvidence: false);
        var figures = Members(step, "figures").Select(figure => (figure.Name, Wanted: figure.Value.GetDecimal(), Had: (decimal?)report.Figures.First(one => one.Code == figure.Name).Value));
        var cells = Members(step, "rows").Select(cell => (cell.Name, Wanted: cell.Value.GetDecimal(), Had: Cell(report.Form!, cell.Name)));
        return [.. figures.Concat(cells).Where(pair => pair.Had != pair.Wanted).Select(pair => $"{pair.Name} is {pair.Had}, not {pair.Wanted}")];

        DateOnly Day(string name) => DateOnly.ParseExact(step.GetProperty(name).GetString()!, "yyyy-MM-dd", CultureInfo.InvariantCulture);
    }

    private static decimal? Cell(FormTable form, string name)
    {
        var at = name.LastIndexOf('.');
        var column = form.Columns.Index().First(pair => pair.Item.Code == name[(at + 1)..]).Index;
        return form.Rows.First(row => row.Code == name[..at]).Cells[column].Value;
    }

    private static Task<Report> BuildAsync(TestRegister register, string name, string unit, Period period, bool withEvidence) =>
        new ReportBuilder(register.Database, SampleReports.Definitions).BuildAsync(
            new(name, unit, period, new Dictionary<string, int>(StringComparer.Ordinal), withEvidence), progress: null, Cancel);

    /// <summary>Command lines of the cases write reports; here they do without a process.</summary>
    private async Task RunAsync(TestRegister register, JsonElement step)
    {
        string[] words = [.. step.GetProperty("run").EnumerateArray().Select(word => word.GetString()!)];
        Assert.Equal("report", words[0]);
        var (year, month) = (Value("--year"), Value("--month"));
        var from = DateOnly.ParseExact(year is null ? $"{month}-01" : $"{year}-01-01", "yyyy-MM-dd", CultureInfo.InvariantCulture);
        using var report = await BuildAsync(register, words[1], Value("--unit")!, new(from, from.AddMonths(year is null ? 1 : 12).AddDays(-1), ""), withEvidence: true);
        WorkbookFace.Write(report, InFolder(Value("--out")!), progress: null, Cancel);

        string? Value(string option) => Array.IndexOf(words, option) is >= 0 and var at ? words[at + 1] : null;
    }

    private string InFolder(string path) => path.Replace("{tmp}", temporary.Path, StringComparison.Ordinal);

    private static IEnumerable<string> Stored(TestRegister register, JsonElement step)
    {
        using var export = new RegisterExport(register.Database);
        var sheet = ExchangeWorkbook.Sheets.First(known => known.Name == step.GetProperty("register").GetString());
        var rows = export.Sheets().First(pair => pair.Sheet == sheet).Rows.Where(row => Members(step, "where").All(cell => Show(row, cell.Name) == cell.Value.GetString())).ToList();
        if (rows.Count != step.GetProperty("count").GetInt32())
            yield return $"{rows.Count} rows where {step.GetProperty("where")}";
        foreach (var cell in Members(step, "is"))
        {
            foreach (var row in rows.Where(row => Show(row, cell.Name) != cell.Value.GetString()))
                yield return $"{cell.Name} is {Show(row, cell.Name)}, not {cell.Value}";
        }

        string? Show(object?[] row, string caption) => ColumnReader.Show(row[sheet.Columns.Index().First(pair => pair.Item.Caption == caption).Index]);
    }

    private IEnumerable<string> Sheet(string path, JsonElement step)
    {
        using var book = new XLWorkbook(InFolder(path));
        var cells = book.Worksheet(step.GetProperty("sheet").GetString()!).CellsUsed().Select(cell => cell.GetFormattedString()).ToList();
        foreach (var text in Items(step, "has").Where(text => !cells.Exists(cell => cell.Contains(text.GetString()!, StringComparison.Ordinal))))
            yield return $"no cell says {text}";
        foreach (var text in Items(step, "has_not").Where(text => cells.Exists(cell => cell.Contains(text.GetString()!, StringComparison.Ordinal))))
            yield return $"a cell says {text}";
    }

    private static JsonElement[] Items(JsonElement element, string name) => element.TryGetProperty(name, out var list) ? [.. list.EnumerateArray()] : [];

    private static JsonProperty[] Members(JsonElement element, string name) => element.TryGetProperty(name, out var group) ? [.. group.EnumerateObject()] : [];
}
