using Dapper;
using SinHo.Reporting.Catalog;
using SinHo.Reporting.Faces;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Reports;

namespace SinHo.Reporting.Benchmarks;

/// <summary>The term report of one district and of one commune while the register around them grows: its cost shall be that of the unit.</summary>
internal static class ReportBenchmark
{
    public static readonly Period Term = new(new(2015, 7, 1), new(2020, 6, 30));

    public static async Task<List<object[]>> RunAsync(TemporaryRegister register, Sizes sizes, CancellationToken cancel)
    {
        await register.ImportAsync(TemporaryRegister.Districts(sizes, 1), cancel);
        var rows = new List<object[]>();
        var there = 1;
        string? first = null;
        foreach (var districts in sizes.RegisterDistricts)
        {
            await Console.Error.WriteLineAsync($"Term report in a register of {districts} districts…");
            await register.CopyDistrictAsync(there + 1, districts, cancel);
            await register.SettleAsync(cancel);
            there = districts;
            var figures = await FiguresAsync(register, cancel);
            first ??= figures;
            if (figures != first)
                throw new InvalidOperationException("The districts around it changed the figures of the district.");
            rows.Add([districts, await MembersAsync(register, cancel), .. await TimesAsync(register, sizes.Runs, cancel)]);
        }
        return rows;
    }

    public static Task<Report> BuildAsync(TemporaryRegister register, string unit, bool withEvidence, CancellationToken cancel) =>
        new ReportBuilder(register.Database, CatalogReader.Read(AppContext.BaseDirectory))
            .BuildAsync(new("term", unit, Term, new Dictionary<string, int>(StringComparer.Ordinal), withEvidence), null, cancel);

    public static async Task<string> CommuneAsync(TemporaryRegister register, CancellationToken cancel)
    {
        await using var connection = await register.Database.OpenConnectionAsync(cancel);
        return await connection.QueryFirstAsync<string>(
            "select code from org_version where type = 'Xã' and parent = @District order by code limit 1", new { TemporaryRegister.District });
    }

    private static async Task<object[]> TimesAsync(TemporaryRegister register, int runs, CancellationToken cancel)
    {
        var commune = await CommuneAsync(register, cancel);
        var figures = await Stopwatches.MedianAsync(runs, () => CountAsync(TemporaryRegister.District));
        var workbook = await Stopwatches.MedianAsync(runs, WriteAsync);
        var small = await Stopwatches.MedianAsync(runs, () => CountAsync(commune));
        return [figures.TotalMilliseconds, workbook.TotalMilliseconds, small.TotalMilliseconds];

        async Task CountAsync(string unit)
        {
            using var report = await BuildAsync(register, unit, withEvidence: false, cancel);
        }

        async Task WriteAsync()
        {
            using var report = await BuildAsync(register, TemporaryRegister.District, withEvidence: true, cancel);
            Write(report, cancel);
        }
    }

    /// <summary>Writes the workbook and removes it.</summary>
    public static void Write(Report report, CancellationToken cancel)
    {
        var path = Path.Combine(Path.GetTempPath(), $"sinho-benchmark-{Guid.NewGuid():N}.xlsx");
        WorkbookFace.Write(report, path, null, cancel);
        File.Delete(path);
    }

    /// <summary>All figures, those of the breakdown too, as one text.</summary>
    private static async Task<string> FiguresAsync(TemporaryRegister register, CancellationToken cancel)
    {
        using var report = await BuildAsync(register, TemporaryRegister.District, withEvidence: false, cancel);
        return string.Join(' ', report.Figures.Select(figure => figure.Value).Concat(report.Breakdown.Rows.SelectMany(row => row.Values)));
    }

    private static async Task<long> MembersAsync(TemporaryRegister register, CancellationToken cancel)
    {
        await using var count = register.Database.CreateCommand("select count(*) from member");
        return (long)(await count.ExecuteScalarAsync(cancel))!;
    }
}
