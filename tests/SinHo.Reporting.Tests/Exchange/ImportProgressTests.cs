using SinHo.Reporting.Exchange;
using SinHo.Reporting.Register;
using SinHo.Reporting.Samples;
using SinHo.Reporting.Tests.Support;
using Xunit;

namespace SinHo.Reporting.Tests.Exchange;

public sealed class ImportProgressTests(TestCluster cluster)
{
    [Fact]
    public async Task Each_phase_of_an_import_says_how_much_of_it_is_done_and_never_goes_back()
    {
        await using var register = await TestRegister.EmptyAsync(cluster);
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "so.xlsx");
        RegisterWorkbook.Write(path, Rows(new SyntheticRegister(30, 300, 6, 1)), TestContext.Current.CancellationToken);
        var heard = new Heard();

        Assert.True((await register.ImportAsync(new WorkbookSource(path), progress: heard)).Accepted);

        Assert.Equal(["Đọc sổ", "So với sổ đăng ký", "Kiểm tra", "Ghi vào sổ đăng ký"], heard.Steps.Select(step => step.Phase).Distinct());
        foreach (var phase in heard.Steps.GroupBy(step => step.Phase, step => step.Share).SkipLast(1))
        {
            Assert.All(phase, share => Assert.InRange(share!.Value, 0, 1));
            Assert.Equal(phase.Order(), phase);
            Assert.True(phase.First() < 0.3 && phase.Last() > 0.7, $"{phase.Key}: {string.Join("; ", phase)}");
        }
    }

    private static IEnumerable<(SheetDefinition Sheet, IEnumerable<object?[]> Rows)> Rows(SyntheticRegister source) =>
        source.Sheets().Select(sheet => (ExchangeWorkbook.Sheets.First(known => known.Name == sheet.Name), sheet.Rows.Select(row => row.Cells.ToArray())));

    private sealed class Heard : IProgress<JobStep>
    {
        public List<JobStep> Steps { get; } = [];

        public void Report(JobStep value) => Steps.Add(value);
    }
}
