using System.Text.Json;
using Npgsql;
using SinHo.Reporting.Catalog;
using SinHo.Reporting.Exchange;
using SinHo.Reporting.Faces;
using SinHo.Reporting.Reorganisation;
using SinHo.Reporting.Reports;
using SinHo.Reporting.Tests.Support;
using Xunit;

namespace SinHo.Reporting.Tests.Reports;

/// <summary>The program, from the workbook to the JSON of its reports, says what an independent program worked out: tests/cases.</summary>
public sealed class ReportsAgreeWithCases(TestCluster cluster)
{
    public static TheoryData<string> Cases => [.. KnownCases.Names, .. KnownCases.NamesInTime];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Import_figures_evidence_and_forms(string name)
    {
        await using var database = NpgsqlDataSource.Create(await cluster.NewRegisterAsync());
        var import = new RegisterImport(database, Path.Combine(AppContext.BaseDirectory, "sql", "import"));
        await Registers.ImportAsync(database, new WorkbookSource(KnownCases.WorkbookOf(name)), Cancel);
        var again = await import.RunAsync(new WorkbookSource(KnownCases.WorkbookOf(name)), new("", "", "test", DryRun: false), progress: null, Cancel);
        Assert.All(again.Sheets, sheet => Assert.Equal(0, sheet.Added + sheet.Changed + sheet.Removed));

        var builder = new ReportBuilder(database, CatalogReader.Read(AppContext.BaseDirectory));
        var differences = new List<string>();
        foreach (var answer in KnownCases.Answers(name, "expected").Where(answer => answer.IsRefused))
            await Assert.ThrowsAsync<AbsentUnitException>(() => AskAsync(builder, answer, new(StringComparer.Ordinal), withEvidence: false));
        foreach (var answer in KnownCases.Answers(name, "expected").Where(answer => !answer.IsRefused))
            differences.AddRange(Differences(answer, await AskAsync(builder, answer, new(StringComparer.Ordinal) { ["few_member_max"] = answer.FewMemberMax }, withEvidence: true)));
        foreach (var answer in KnownCases.Answers(name, "forms"))
            differences.AddRange(DifferencesOfForm(answer, await AskAsync(builder, answer, new(StringComparer.Ordinal), withEvidence: false)));
        Assert.True(differences.Count == 0, string.Join('\n', differences.Take(40)));
    }

    /// <summary>Plans are refused where they must be, and change nothing then nor when rehearsed; carried out, the figures are right on both maps; undone, nothing is left.</summary>
    [Theory]
    [MemberData(nameof(KnownCases.Plans), MemberType = typeof(KnownCases))]
    public async Task Plans(string name)
    {
        var (register, refused, plan, asks) = KnownCases.PlanOf(name);
        await using var database = NpgsqlDataSource.Create(await cluster.NewRegisterAsync());
        var import = new RegisterImport(database, Path.Combine(AppContext.BaseDirectory, "sql", "import"));
        var definitions = CatalogReader.Read(AppContext.BaseDirectory);
        await Registers.ImportAsync(database, new WorkbookSource(register), Cancel);
        Assert.False((await RunAsync(refused)).Import.Accepted);
        var rehearsed = await RunAsync(plan, isRehearsal: true);
        Assert.True(rehearsed.Import.Accepted, string.Join('\n', rehearsed.Import.Errors));
        await IsAsBeforeAsync();

        var done = await RunAsync(plan);
        Assert.Equal(2, done.Import.Import);
        Assert.Equal(rehearsed.Units.Select(Text), done.Units.Select(Text));
        var builder = new ReportBuilder(database, definitions);
        var differences = new List<string>();
        foreach (var answer in asks.Where(answer => answer.IsRefused))
            await Assert.ThrowsAsync<AbsentUnitException>(() => AskAsync(builder, answer, new(StringComparer.Ordinal), withEvidence: false));
        foreach (var answer in asks.Where(answer => !answer.IsRefused))
            differences.AddRange(Differences(answer, await AskAsync(builder, answer, new(StringComparer.Ordinal) { ["few_member_max"] = answer.FewMemberMax }, withEvidence: true)));
        Assert.True(differences.Count == 0, string.Join('\n', differences.Take(40)));

        var undone = await import.RunAsync(await GivenBack.FindAsync(database, 2, Cancel), new("", "", "test", DryRun: false), progress: null, Cancel);
        Assert.True(undone.Accepted, string.Join('\n', undone.Errors));
        await IsAsBeforeAsync();

        Task<PlanOutcome> RunAsync(string path, bool isRehearsal = false) =>
            Plan.RunAsync(database, import, definitions, new WorkbookSource(path), new(Path.GetFileName(path), "", "test", isRehearsal), progress: null, Cancel);

        async Task IsAsBeforeAsync()
        {
            var again = await import.RunAsync(new WorkbookSource(register), new("", "", "test", DryRun: true), progress: null, Cancel);
            Assert.All(again.Sheets, sheet => Assert.Equal((sheet.Sheet, 0), (sheet.Sheet, sheet.Added + sheet.Changed + sheet.Removed)));
        }

        static string Text(UnitChange unit) => $"{unit.Unit} {unit.Name} {JsonSerializer.Serialize(unit.Before)} {JsonSerializer.Serialize(unit.After)}";
    }

    private static async Task<JsonElement> AskAsync(ReportBuilder builder, KnownAnswer answer, Dictionary<string, int> settings, bool withEvidence)
    {
        using var report = await builder.BuildAsync(new(answer.Report, answer.Unit, new(answer.From, answer.To), settings, withEvidence) { OnMap = answer.OnMap }, progress: null, Cancel);
        using var json = new MemoryStream();
        await JsonFace.WriteAsync(report, json, withEvidence, workbook: null, Cancel);
        return JsonElement.Parse(json.ToArray());
    }

    private static IEnumerable<string> Differences(KnownAnswer answer, JsonElement report)
    {
        var found = report.GetProperty("figures").EnumerateArray().ToDictionary(figure => figure.GetProperty("code").GetString()!, StringComparer.Ordinal);
        foreach (var (code, value) in answer.Figures.Where(figure => found[figure.Code].GetProperty("value").GetDecimal() != figure.Value))
            yield return $"{answer}: {code} is {found[code].GetProperty("value")}, expected {value}";
        if (answer.Bridge is { } bridge && !KnownAnswer.BridgeOf(report.GetProperty("bridge")).SequenceEqual(bridge))
            yield return $"{answer}: bridge is [{string.Join(", ", KnownAnswer.BridgeOf(report.GetProperty("bridge")))}], expected [{string.Join(", ", bridge)}]";
        foreach (var (code, keys) in answer.Evidence)
        {
            var listed = found[code].GetProperty("evidence").EnumerateArray().Select(row => row[0].GetString()!).Order(StringComparer.Ordinal).ToList();
            if (!listed.SequenceEqual(keys))
                yield return $"{answer}: evidence of {code} lacks [{string.Join(' ', keys.Except(listed))}], adds [{string.Join(' ', listed.Except(keys))}]";
        }
    }

    private static IEnumerable<string> DifferencesOfForm(KnownAnswer answer, JsonElement report)
    {
        var found = report.GetProperty("rows").EnumerateArray().ToDictionary(row => row.GetProperty("code").GetString()!, row => row.GetProperty("values"), StringComparer.Ordinal);
        foreach (var (row, column, expected) in answer.Cells)
        {
            // A line that a form leaves out is as good as 0 (Biểu 1 of a district: nội bộ, do sắp xếp).
            decimal? value = !found.TryGetValue(row, out var values) ? 0 : values.GetProperty(column) is { ValueKind: JsonValueKind.Number } number ? number.GetDecimal() : null;
            if (!KnownAnswer.AreNear(value, expected) && (found.ContainsKey(row) || expected is not null))
                yield return $"{answer}: {row}.{column} is {value}, expected {expected}";
        }
    }
}
