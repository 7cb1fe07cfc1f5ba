using System.Diagnostics;
using System.Globalization;
using ClosedXML.Excel;
using Npgsql;
using SinHo.Reporting.Servers;
using SinHo.Reporting.Tests.Support;
using Xunit;

namespace SinHo.Reporting.Tests.Exchange;

/// <summary>
/// The program as built, stopped or killed in the middle of an import. Where it stands is decided by locks that the test holds, not by how fast the machine is.
/// </summary>
public sealed class ImportKilledTests : IDisposable
{
    private const int Communes = 3;

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
        var (exit, said) = await SaidAsync(Start("--dry-run"));
        Assert.True(exit == 0, said);
        await using var server = await PrivateServer.StartAsync(Data, ServerOptions.Default, progress: null, Cancel);
        await using var register = TestRegister.At(server.ConnectionString);
        var empty = await register.DumpAsync();

        // Waiting for its turn, and with most of its rows in the register.
        foreach (var (table, signal) in new[] { ("import_run", "TERM"), ("rating", "TERM"), ("rating", "KILL") })
        {
            using var import = Start();
            await using (await HoldAsync(register, table))
            {
                await WaitsAsync(register, table);
                using (var kill = Process.Start("kill", [$"-{signal}", import.Id.ToString(CultureInfo.InvariantCulture)]))
                    await kill.WaitForExitAsync(Cancel);
                Assert.NotEqual(0, await EndAsync(import));
            }
            Assert.Equal(empty, await register.DumpAsync());
        }

        using (var import = Start())
        {
            await using var hold = await HoldAsync(register, "rating");
            await WaitsAsync(register, "rating");
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
        UseShellExecute = false,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;

    private static async Task<int> EndAsync(Process process) => (await SaidAsync(process)).Exit;

    private static async Task<(int Exit, string Said)> SaidAsync(Process process)
    {
        var said = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(Cancel), process.StandardError.ReadToEndAsync(Cancel));
        await process.WaitForExitAsync(Cancel);
        return (process.ExitCode, string.Join('\n', said));
    }

    /// <summary>Nobody else gets at the table until this is disposed.</summary>
    private static async Task<NpgsqlConnection> HoldAsync(TestRegister register, string table)
    {
        var connection = new NpgsqlConnection(register.ConnectionString + ";Pooling=false");
        await connection.OpenAsync(Cancel);
        await using var command = new NpgsqlCommand($"begin; lock table {table} in access exclusive mode", connection);
        await command.ExecuteNonQueryAsync(Cancel);
        return connection;
    }

    private static async Task WaitsAsync(TestRegister register, string table)
    {
        while (await register.ScalarAsync<long>($"select count(*) from pg_locks where not granted and relation = '{table}'::regclass") == 0)
            await Task.Delay(20, Cancel);
    }
}
