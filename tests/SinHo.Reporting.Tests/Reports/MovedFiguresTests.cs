using System.Text;
using SinHo.Reporting.Catalog;
using SinHo.Reporting.Events;
using SinHo.Reporting.Exchange;
using SinHo.Reporting.Facts;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Reports;
using SinHo.Reporting.Tests.Events;
using SinHo.Reporting.Tests.Exchange;
using SinHo.Reporting.Tests.Support;
using Xunit;

namespace SinHo.Reporting.Tests.Reports;

/// <summary>What a form says it will move of the past is what then moves, and nothing else.</summary>
public sealed class MovedFiguresTests(TestCluster cluster)
{
    private static readonly DateOnly Today = new(2026, 11, 27);

    private static readonly Definitions Definitions = CatalogReader.Read(AppContext.BaseDirectory);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("""{"event": "leave", "member": "3", "date": "2024-03-05", "reason": "Từ trần"}""", "C|năm 2024|dec_died|0|1")]
    [InlineData("""{"event": "correct", "member": "3", "set": {"Giới tính": "Nữ"}, "reason": "Ghi nhầm"}""", "C|năm 2024|form-3:2021:I_female.now|0|1")]
    [InlineData("""{"event": "move", "members": ["1"], "branch": "B", "date": "2025-02-01"}""", "B|năm 2025|members|0|1")]
    [InlineData("""{"event": "meet", "branch": "A", "date": "2026-09-05", "kind": "Thường kỳ", "due": 2, "present": 2}""", null)]
    [InlineData("""{"event": "leave", "member": "3", "date": "2026-11-05", "reason": "Từ trần"}""", "nothing")]
    public async Task Every_figure_that_is_told_moves_so_and_none_that_is_not(string entry, string? told)
    {
        await using var register = await TestRegister.WithAsync(cluster, "moved_figures", OwnPartTests.Before());
        var moved = new MovedPast([], 0);
        var outcome = await RunAsync(isTrial: true, async written => moved = await MovedFigures.AskAsync(written, register.Database, Definitions, [], Today, Cancel));
        Assert.Empty(outcome.Errors.Select(TestRegister.Text));
        var lines = moved.Figures.Select(figure => $"{figure.Unit}|{figure.Period.Name}|{figure.Subject}|{figure.Before}|{figure.After}").ToList();
        if (told == "nothing")
            Assert.Empty(lines);
        else if (told is not null)
            Assert.Contains(told, lines);
        Assert.Equal(0, moved.UnitsLeft);

        var before = await AllAsync();
        Assert.True((await RunAsync(isTrial: false)).Accepted);
        var after = await AllAsync();
        Assert.Equal(
            before.Keys.Where(key => before[key] != after[key]).Select(key => $"{key.Unit}|{key.Period.Name}|{key.Figure}|{before[key]}|{after[key]}").Order(StringComparer.Ordinal),
            lines.Where(line => !line.Contains(':', StringComparison.Ordinal)).Order(StringComparer.Ordinal));

        async Task<ImportOutcome> RunAsync(bool isTrial, Func<Npgsql.NpgsqlTransaction, Task>? look = null)
        {
            using var events = new MemoryStream(Encoding.UTF8.GetBytes($$"""{"entries": [{{entry}}]}"""));
            var import = new RegisterImport(register.Database, Path.Combine(AppContext.BaseDirectory, "sql", "import"));
            return await EventRecord.RunAsync(register.Database, import, events, new("", "", "test", isTrial), null, Cancel, look: look);
        }

        async Task<Dictionary<(string Unit, Period Period, string Figure), int>> AllAsync()
        {
            var lists = new ListPages(new StatisticsSource(register.Database), Definitions);
            var all = new Dictionary<(string, Period, string), int>();
            List<Period> periods = [.. Enumerable.Range(Today.Year - MovedFigures.Years, MovedFigures.Years).Select(Period.Year), new(new(2026, 1, 1), new(2026, 10, 31))];
            foreach (var unit in (string[])["A", "B", "C"])
            {
                foreach (var period in periods)
                {
                    foreach (var indicator in Definitions.Sets.SelectMany(set => set.Indicators))
                        all[(unit, period, indicator.Code)] = (await lists.ReadAsync(new(indicator.Code, unit, period, ListView.Whole), Cancel)).Total;
                }
            }
            return all;
        }
    }
}
