using System.Diagnostics;
using System.Globalization;
using ClosedXML.Excel;
using SinHo.Reporting.Servers;
using SinHo.Reporting.Tests.Support;
using Xunit;

namespace SinHo.Reporting.Tests.Exchange;

/// <summary>The program as built, killed without warning in the middle of an import.</summary>
public sealed class ImportKilledTests : IDisposable
{
    private const int Communes = 120;

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Data => _folder.File("data");

    private string Workbook => _folder.File("sổ.xlsx");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_register_is_as_it_was_and_the_next_import_goes_in()
    {
        File.SetUnixFileMode(_folder.Path, File.GetUnixFileMode(_folder.Path) | UnixFileMode.OtherExecute);
        var rows = WriteWorkbook();
        // The dry run makes cluster and tables; after it the register is there and empty.
        Assert.Equal(0, await EndAsync(Start("--dry-run")));
        await using var server = await PrivateServer.StartAsync(Data, ServerOptions.Default, progress: null, Cancel);
        await using var register = TestRegister.At(server.ConnectionString);
        var empty = await register.DumpAsync();

        foreach (var delay in new[] { 0, 1500, 4000 })
        {
            using var import = Start();
            await HalfwayAsync(register, delay);
            Assert.False(import.HasExited);
            import.Kill();
            await import.WaitForExitAsync(Cancel);
            Assert.Equal(empty, await register.DumpAsync());
        }

        using (var import = Start())
        {
            await HalfwayAsync(register, 1000);
            using var postgres = Process.GetProcessById(int.Parse(File.ReadLines(Path.Combine(Data, "pg", "postmaster.pid")).First(), CultureInfo.InvariantCulture));
            postgres.Kill();
            Assert.NotEqual(0, await EndAsync(import));
        }
        await using var next = await PrivateServer.StartAsync(Data, ServerOptions.Default, progress: null, Cancel);
        await using var survivor = TestRegister.At(next.ConnectionString + ";Pooling=false");
        Assert.Equal(empty, await survivor.DumpAsync());

        Assert.Equal(0, await EndAsync(Start()));
        Assert.Equal(rows, await survivor.ScalarAsync<long>("select count(*) from trail where import_id is not null"));
        await survivor.DerivedTablesAreTrueAsync();
    }

    private int WriteWorkbook()
    {
        var count = 0;
        using var workbook = new XLWorkbook();
        foreach (var source in RandomRegister.Create(1, Communes).Sheets())
        {
            var sheet = workbook.AddWorksheet(source.Name);
            for (var column = 0; column < source.Captions.Count; column++)
                sheet.Cell(1, column + 1).SetValue(source.Captions[column]);
            foreach (var row in source.Rows)
            {
                count++;
                for (var column = 0; column < row.Cells.Count; column++)
                {
                    if (row.Cells[column] is DateOnly day)
                        sheet.Cell(row.Number, column + 1).SetValue(day.ToDateTime(TimeOnly.MinValue));
                    else if (row.Cells[column] is { } value)
                        sheet.Cell(row.Number, column + 1).SetValue(value is int number ? number.ToString(CultureInfo.InvariantCulture) : Reporting.Exchange.ColumnReader.Show(value));
                }
            }
        }
        workbook.SaveAs(Workbook);
        return count;
    }

    private Process Start(params string[] options) => Process.Start(new ProcessStartInfo(
        Path.Combine(AppContext.BaseDirectory, "sinho"), ["import", Workbook, "--data", Data, .. options])
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;

    private static async Task<int> EndAsync(Process process)
    {
        await Task.WhenAll(process.StandardOutput.ReadToEndAsync(Cancel), process.StandardError.ReadToEndAsync(Cancel));
        await process.WaitForExitAsync(Cancel);
        return process.ExitCode;
    }

    /// <summary>Until an import holds the lock that makes others wait, and a little longer.</summary>
    private static async Task HalfwayAsync(TestRegister register, int delay)
    {
        while (await register.ScalarAsync<long>("select count(*) from pg_locks where mode = 'ShareRowExclusiveLock' and granted and relation = 'import_run'::regclass") == 0)
            await Task.Delay(20, Cancel);
        await Task.Delay(delay, Cancel);
    }
}
