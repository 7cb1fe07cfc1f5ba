using System.Globalization;
using Dapper;
using SinHo.Reporting.Catalog;
using SinHo.Reporting.Faces;
using SinHo.Reporting.Facts;
using SinHo.Reporting.Figures;

namespace SinHo.Reporting.Benchmarks;

/// <summary>The members of many districts as one list, read from the database and written to a workbook: memory shall not grow with the rows.</summary>
internal static class EvidenceBenchmark
{
    private const string Figure = "members";

    public static async Task<List<object[]>> RunAsync(TemporaryRegister register, Sizes sizes, CancellationToken cancel)
    {
        var commune = await ReportBenchmark.CommuneAsync(register, cancel);
        using var frame = await ReportBenchmark.BuildAsync(register, commune, withEvidence: true, cancel);
        var rows = new List<object[]>();
        foreach (var districts in sizes.EvidenceDistricts)
        {
            await Console.Error.WriteLineAsync($"List of the members of {districts} districts…");
            var unit = await UniteAsync(register, districts, cancel);
            var count = 0;
            var before = PeakMemory.Restart();
            var time = await Stopwatches.TimeAsync(async () => count = await WriteAsync(register, frame, unit, cancel));
            rows.Add([count, time.TotalSeconds, before, PeakMemory.Read()]);
        }
        return rows;
    }

    /// <summary>The same rows as a list that a page asks for: filtered by nothing, sorted by the day of birth.</summary>
    public static async Task<List<object[]>> ListAsync(TemporaryRegister register, Sizes sizes, CancellationToken cancel)
    {
        var rows = new List<object[]>();
        // The first one pays for what is loaded once.
        foreach (var districts in sizes.EvidenceDistricts.Prepend(sizes.EvidenceDistricts[0]))
        {
            var count = 0;
            var before = PeakMemory.Restart();
            var time = await Stopwatches.TimeAsync(async () => count = await WriteListAsync(register, UnitOf(districts), cancel, "born"));
            rows.Add([count, time.TotalSeconds, before, PeakMemory.Read()]);
        }
        return rows[1..];
    }

    /// <summary>The rows of a whole list, from the database to a workbook that is removed again; in the order of the list where no column is named.</summary>
    /// <returns>The rows.</returns>
    public static async Task<int> WriteListAsync(TemporaryRegister register, string unit, CancellationToken cancel, string? sort = null)
    {
        var (set, indicator) = CatalogReader.Read(AppContext.BaseDirectory)[Figure];
        await using var snapshot = await Snapshot.TakeAsync(register.Database, cancel);
        var day = ReportBenchmark.Term.To;
        var view = ListView.Whole with { Sort = sort };
        var (total, evidence) = await snapshot.ListAsync(
            set, Measure.Of(indicator.Code), unit, [], false, new(new(day, day), new Dictionary<string, int>(StringComparer.Ordinal)), view, null, cancel);
        using (evidence)
        {
            var path = Path.Combine(Path.GetTempPath(), $"sinho-benchmark-{Guid.NewGuid():N}.xlsx");
            ListFace.Write(new(new(unit, unit, "", ""), new("", "", "", "", ""), null, new()
            {
                Code = Figure,
                Caption = indicator.Caption,
                CountedIn = indicator.CountedIn,
                IsStock = true,
                Period = new(day, day),
                Rule = indicator.Rule,
                Meaning = indicator.Meaning,
                Value = total,
                Evidence = evidence,
            }, new() { List = Figure, Unit = unit, From = day, To = day, Period = "" }), null, path, null, cancel);
            File.Delete(path);
        }
        return total;
    }

    private static string UnitOf(int districts) => string.Create(CultureInfo.InvariantCulture, $"ALL{districts}");

    /// <summary>A unit above the first so many districts, in the derived table only: the exchange workbook knows no level above a district.</summary>
    public static async Task<string> UniteAsync(TemporaryRegister register, int districts, CancellationToken cancel)
    {
        var unit = UnitOf(districts);
        await using var connection = await register.Database.OpenConnectionAsync(cancel);
        await connection.ExecuteAsync("""
            insert into org_closure
            select @unit, descendant, valid_from, valid_to
            from org_closure
            where ancestor in (select distinct code from org_version where level = 'Đảng bộ huyện' order by code limit @districts)
            """, new { unit, districts });
        await register.SettleAsync(cancel);
        return unit;
    }

    private static async Task<int> WriteAsync(TemporaryRegister register, Report frame, string unit, CancellationToken cancel)
    {
        var (set, indicator) = CatalogReader.Read(AppContext.BaseDirectory)[Figure];
        await using var snapshot = await Snapshot.TakeAsync(register.Database, cancel);
        using var evidence = await snapshot.ListAsync(set, Measure.Of(indicator.Code), unit, new(ReportBenchmark.Term, new Dictionary<string, int>(StringComparer.Ordinal)), cancel);
        ReportBenchmark.Write(frame with
        {
            Groups =
            [
                .. frame.Groups.Select(group => group with
                {
                    Figures = [.. group.Figures.Select(figure => figure.Code == Figure ? figure with { Value = evidence.Count, Evidence = evidence } : figure)],
                }),
            ],
        }, cancel);
        return evidence.Count;
    }
}
