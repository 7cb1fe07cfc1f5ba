using System.Diagnostics;
using SinHo.Reporting.Exchange;
using SinHo.Reporting.Register;
using SinHo.Reporting.Samples;
using SinHo.Reporting.Tests.Exchange;
using SinHo.Reporting.Tests.Support;
using SinHo.Reporting.Workbooks;
using Xunit;

namespace SinHo.Reporting.Tests.Host;

/// <summary>A signal ends an import within two seconds wherever it is, and the register is as it was.</summary>
public sealed class StoppedImportTests(TestCluster cluster)
{
    private const int Cancelled = 130;

    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(2);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <param name="signal">Name for kill(1).</param>
    /// <param name="moment">What the import is seen to ask of PostgreSQL when the signal is sent, as a pattern: no moment hangs on the speed of the machine.</param>
    [Theory]
    // Reading: early, and near the end of the file.
    [InlineData("TERM", "copy stage_member %")]
    [InlineData("INT", "copy stage_meeting %")]
    // Writing into the register, which is done before it is judged.
    [InlineData("TERM", "%insert into membership %")]
    [InlineData("INT", "%insert into meeting %")]
    // Checking: what every import rule gives.
    [InlineData("TERM", "%as message%")]
    [Trait("Length", "Long")]
    public async Task A_signal_is_answered_within_two_seconds_and_nothing_is_written(string signal, string moment)
    {
        using var folder = new TemporaryFolder();
        var source = new SyntheticRegister(organisations: 700, members: 12_000, years: 6, seed: 1);
        RegisterWorkbook.Write(
            folder.File("so.xlsx"),
            source.Sheets().Select(sheet => (ExchangeWorkbook.Sheets.First(known => known.Name == sheet.Name), sheet.Rows.Select(row => row.Cells.ToArray()))),
            Cancel);
        await using var register = await TestRegister.SoundAsync(cluster);
        var before = await register.DumpAsync();

        await using var import = SinhoProcess.Start(["import", folder.File("so.xlsx")], register.ConnectionString + ";Pooling=false");
        await SeenAsync(register, moment);
        var clock = Stopwatch.StartNew();
        var said = await import.StopAsync(signal, Cancel);
        var answered = clock.Elapsed;

        Assert.Equal((Cancelled, ""), (said.Exit, said.Output));
        Assert.Contains("không có gì bị ghi dở dang", said.Error, StringComparison.Ordinal);
        // What a busy machine takes to start and end the program at all is not the import's.
        clock.Restart();
        await SinhoProcess.RunAsync(["--version"], null, Cancel);
        Assert.True(answered < Promised + clock.Elapsed, $"{moment}: {answered}, and {clock.Elapsed} for a start and an end");
        Assert.Equal(before, await register.DumpAsync());
    }

    private static async Task SeenAsync(TestRegister register, string moment)
    {
        var limit = Stopwatch.StartNew();
        while (await register.ScalarAsync<long>($"""
                   select count(*) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and state = 'active' and query like '{moment}'
                   """) == 0)
        {
            Assert.True(limit.Elapsed < TimeSpan.FromMinutes(2), $"No import is seen at: {moment}");
            await Task.Delay(1, Cancel);
        }
    }
}
