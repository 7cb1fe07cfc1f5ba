using ClosedXML.Excel;
using SinHo.Reporting.Access;
using SinHo.Reporting.Facts;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Reports;
using SinHo.Reporting.Runs;
using SinHo.Reporting.Tests.Support;
using Xunit;

namespace SinHo.Reporting.Tests.Runs;

/// <summary>Lists that were given a name: whose they are, who opens them, and what a schedule makes of them.</summary>
public sealed class SavedListsTests(TestCluster cluster)
{
    private static readonly SavedListWish Young = new("Đảng viên nữ dưới 30", "members", null, null, null, "age=..29;sex=Nữ", ["name", "age", "branch_name"], "age", Descending: true, OnMap: false, IsShared: false);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_own_list_is_its_makers_until_it_is_shared_and_a_unit_shares_none()
    {
        await using var ledger = await Ledger.NewAsync(cluster);
        var lists = new SavedLists(ledger.Database);
        var (maker, other, head, commune) = (await AccountAsync(ledger, "lap", Role.Preparer, null), await AccountAsync(ledger, "hai", Role.Preparer, null), await AccountAsync(ledger, "truong", Role.Head, null), await AccountAsync(ledger, "xa", Role.Preparer, "SH.X03"));
        var number = await lists.SaveAsync(maker, Young, Cancel);
        Assert.Equal(Young with { Columns = null }, (await lists.FindAsync(maker, number, Cancel))!.Wish with { Columns = null });
        Assert.Equal(Young.Columns, (await lists.FindAsync(maker, number, Cancel))!.Wish.Columns);
        Assert.Null(await lists.FindAsync(other, number, Cancel));
        Assert.Contains("đã có danh sách", (await Assert.ThrowsAsync<SavedListException>(() => lists.SaveAsync(maker, Young, Cancel))).Message, StringComparison.Ordinal);
        Assert.Contains("đặt tên", (await Assert.ThrowsAsync<SavedListException>(() => lists.SaveAsync(maker, Young with { Name = " " }, Cancel))).Message, StringComparison.Ordinal);
        // What is another's and not shared stays where it is.
        await lists.RemoveAsync(head, number, Cancel);
        await lists.ShareAsync(other, number, true, Cancel);
        Assert.Null(await lists.FindAsync(head, number, Cancel));

        await lists.ShareAsync(maker, number, true, Cancel);
        Assert.False((await lists.FindAsync(other, number, Cancel))!.IsOwn);
        Assert.Single(await lists.ListAsync(head, Cancel));
        Assert.Null(await lists.FindAsync(commune, number, Cancel));
        await Assert.ThrowsAsync<SavedListException>(() => lists.SaveAsync(commune, Young with { IsShared = true }, Cancel));
        var own = await lists.SaveAsync(commune, Young, Cancel);
        Assert.Equal([own], (await lists.ListAsync(commune, Cancel)).Select(one => one.Number));
        await lists.RemoveAsync(other, number, Cancel);
        Assert.NotNull(await lists.FindAsync(maker, number, Cancel));
        await lists.RemoveAsync(head, number, Cancel);
        Assert.Null(await lists.FindAsync(maker, number, Cancel));
    }

    [Fact]
    public async Task A_schedule_makes_a_saved_list_for_each_month_it_missed_and_keeps_it_from_being_removed()
    {
        await using var ledger = await Ledger.NewAsync(cluster);
        var lists = new SavedLists(ledger.Database);
        var maker = await AccountAsync(ledger, "lap", Role.Preparer, null);
        var number = await lists.SaveAsync(maker, Young, Cancel);
        var wish = ledger.Monthly(new(2020, 3, 20), "SH.X03") with { Report = $"{SavedLists.Prefix}{number}" };
        Assert.Contains("dùng chung", (await Assert.ThrowsAsync<ScheduleRefusedException>(() => ledger.Schedules.AddAsync(wish, "test", Cancel))).Faults[0], StringComparison.Ordinal);
        await lists.ShareAsync(maker, number, true, Cancel);
        var schedule = await ledger.Schedules.AddAsync(wish, "test", Cancel);

        Assert.All(await ledger.TickAndWorkAsync(new(2020, 5, 6), Cancel), run => Assert.Equal((JobState.Done, null), (run.State, run.Problem)));

        var done = (await ledger.Obligations.ListAsync(new(2020, 3, 1), Cancel)).Where(one => one.State == ObligationState.Done).ToList();
        Assert.Equal(["Dang vien nu duoi 30 - Dang bo xa Pa Tan - thang 3 nam 2020.xlsx", "Dang vien nu duoi 30 - Dang bo xa Pa Tan - thang 4 nam 2020.xlsx"], done.Select(one => Path.GetFileName(one.Published!)));
        foreach (var one in done)
        {
            Assert.Equal(("Đảng viên nữ dưới 30", (Guid?)null), (one.ListName, one.IssuedId));
            var page = await new ListPages(new StatisticsSource(ledger.Database), Ledger.Definitions).ReadAsync(new("members", "SH.X03", one.Period, ListView.Whole) { Where = Young.Where }, Cancel);
            using var book = new XLWorkbook(one.Published!);
            var caption = book.Worksheets.Single().CellsUsed(cell => cell.GetString() == "Mã đảng viên").Single();
            Assert.Equal(page.Total, caption.WorksheetColumn().CellsUsed().Count(cell => cell.Address.RowNumber > caption.Address.RowNumber));
            Assert.True(page.Total > 0);
        }
        Assert.Empty(await ledger.TickAndWorkAsync(new(2020, 5, 6), Cancel));

        Assert.Contains($"số {schedule}", (await Assert.ThrowsAsync<SavedListException>(() => lists.RemoveAsync(maker, number, Cancel))).Message, StringComparison.Ordinal);
        await ledger.Schedules.StopAsync(schedule, Cancel);
        await lists.RemoveAsync(maker, number, Cancel);
        Assert.Equal(2, Directory.GetFiles(ledger.Folder.Path).Length);
    }

    private static async Task<Viewer> AccountAsync(Ledger ledger, string name, Role role, string? unit)
    {
        var account = await new Accounts(ledger.Database).AddAsync(new(name, name, role, unit), "test", Cancel);
        return new(account.Id, role, unit);
    }
}
