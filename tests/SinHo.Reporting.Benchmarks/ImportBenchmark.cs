using SinHo.Reporting.Exchange;
using SinHo.Reporting.Register;

namespace SinHo.Reporting.Benchmarks;

/// <summary>Generated districts into an empty register, one import; the trail and all rules included.</summary>
internal static class ImportBenchmark
{
    public static async Task<List<object[]>> RunAsync(Sizes sizes, CancellationToken cancel)
    {
        var rows = new List<object[]>();
        foreach (var districts in sizes.ImportDistricts)
        {
            await Console.Error.WriteLineAsync($"Import of {districts} districts…");
            await using var register = await TemporaryRegister.StartAsync(cancel);
            // Making the rows is not importing them.
            var source = new Ready(TemporaryRegister.Districts(sizes, districts));
            ImportOutcome? outcome = null;
            var time = await Stopwatches.TimeAsync(async () => outcome = await register.ImportAsync(source, cancel));
            var added = outcome!.Sheets.ToDictionary(sheet => sheet.Sheet, sheet => sheet.Added);
            rows.Add([
                districts, added[ExchangeWorkbook.Members.Name], added[ExchangeWorkbook.Memberships.Name],
                added.Values.Sum(), time.TotalSeconds, (int)(added.Values.Sum() / time.TotalSeconds)]);
        }
        return rows;
    }

    /// <summary>All rows of a source, made beforehand.</summary>
    private sealed class Ready(IRegisterSource source) : IRegisterSource
    {
        private readonly List<SourceSheet> sheets =
        [
            .. source.Sheets().Select(sheet => sheet with { Rows = [.. sheet.Rows.Select(row => row with { Cells = [.. row.Cells] })] }),
        ];

        public IEnumerable<SourceSheet> Sheets() => sheets;
    }
}
