using System.Globalization;
using System.Security.Cryptography;
using ClosedXML.Excel;
using SinHo.Reporting.Facts;
using SinHo.Reporting.Runs;
using SinHo.Reporting.Tests.Support;
using Xunit;

namespace SinHo.Reporting.Tests.Runs;

/// <summary>A long list asked for on a page: made by a worker, kept with its hash.</summary>
public sealed class ListWorkTests(TestCluster cluster)
{
    private static readonly ListWish Wish = new("members", "SH", new(2020, 6, 30), new(2020, 6, 30), null, "born", Descending: true);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_list_is_written_whole_and_kept_and_another_order_is_another_wish()
    {
        await using var ledger = await Ledger.NewAsync(cluster);
        var id = await ledger.Jobs.SubmitAsync(ListWork.Wish(Wish, "an"), Cancel);
        Assert.Equal(id, await ledger.Jobs.SubmitAsync(ListWork.Wish(Wish with { Filter = " " }, "binh"), Cancel));
        Assert.NotEqual(id, await ledger.Jobs.SubmitAsync(ListWork.Wish(Wish with { Descending = false }, "binh"), Cancel));

        var end = await Runner(ledger).RunAsync(id, Cancel);

        Assert.Equal((JobState.Done, null), (end.State, end.Problem));
        var files = new StoredFiles(ledger.Database);
        var stored = await files.GetAsync((await ledger.Jobs.GetAsync(id, Cancel)).FileId!.Value, Cancel);
        using var bytes = new MemoryStream();
        await files.CopyToAsync(stored.FileId, bytes, Cancel);
        Assert.Equal(stored.Sha256, Convert.ToHexStringLower(SHA256.HashData(bytes.ToArray())));
        using var book = new XLWorkbook(bytes);
        var caption = book.Worksheets.Single().CellsUsed(cell => cell.GetString() == "Ngày sinh").Single();
        var born = caption.WorksheetColumn().CellsUsed().Where(cell => cell.Address.RowNumber > caption.Address.RowNumber).Select(Day).ToList();
        Assert.Equal(3882, born.Count);
        Assert.Equal(born.OrderDescending(), born);
        Assert.True(await ledger.ScalarAsync<bool>($"select snapshot_server <> '' and snapshot_position between asked_position and pg_current_wal_flush_lsn() from job where job_id = '{id}'"));
        Assert.Empty(Directory.GetDirectories(Path.GetTempPath(), $"sinho-job-{id:N}-*"));
    }

    /// <summary>A birth date as known: a day of Excel, or the text of a month or a year.</summary>
    private static DateTime Day(IXLCell cell) => cell.DataType == XLDataType.DateTime
        ? cell.GetDateTime()
        : DateTime.ParseExact(cell.GetString(), ["M/yyyy", "yyyy"], CultureInfo.InvariantCulture, DateTimeStyles.None);

    [Fact]
    public async Task Stopping_a_list_leaves_no_file()
    {
        await using var ledger = await Ledger.NewAsync(cluster);
        var id = await ledger.Jobs.SubmitAsync(ListWork.Wish(Wish, "an"), Cancel);
        var runner = ledger.NewRunner(new(StringComparer.Ordinal)
        {
            [ListWork.Kind] = async hold =>
            {
                await ledger.Jobs.CancelAsync(id, Cancel);
                await Work(ledger).RunAsync(hold);
            },
        });

        Assert.Equal(JobState.Cancelled, (await runner.RunAsync(id, Cancel)).State);
        Assert.Equal(0, await ledger.ScalarAsync<long>("select count(*) from stored_file"));
    }

    private static ListWork Work(Ledger ledger) => new(ledger.Database, new StatisticsSource(ledger.Database), Ledger.Definitions);

    private static JobRunner Runner(Ledger ledger) => ledger.NewRunner(new(StringComparer.Ordinal) { [ListWork.Kind] = Work(ledger).RunAsync });
}
