using SinHo.Reporting.Figures;
using SinHo.Reporting.Runs;
using SinHo.Reporting.Tests.Support;
using Xunit;

namespace SinHo.Reporting.Tests.Runs;

/// <summary>A calendar may be made, named anew and removed; where its months end holds for ever once something is due by it.</summary>
public sealed class CalendarsTests(TestCluster cluster)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_calendar_changes_as_it_likes_until_a_schedule_follows_it()
    {
        await using var ledger = await Ledger.NewAsync(cluster);
        var calendars = new Calendars(ledger.Database);
        await calendars.AddAsync(new("chot-14", "Chốt ngày 14", 14), Cancel);
        await calendars.ChangeAsync(new("chot-14", "Chốt giữa tháng", 15), Cancel);
        await calendars.AddAsync(new("thua", "Thừa", 3), Cancel);
        await calendars.RemoveAsync("thua", Cancel);
        Assert.Equal([ReportingCalendar.Months, new("chot-14", "Chốt giữa tháng", 15)], await calendars.ListAsync(Cancel));

        var schedule = await ledger.Schedules.AddAsync(ledger.Monthly(new(2020, 3, 1), "SH.X03") with { Calendar = "chot-14" }, "test", Cancel);
        await ledger.Schedules.StopAsync(schedule, Cancel);

        Assert.Contains($"lịch xuất số {schedule}", await FaultsAsync(() => calendars.ChangeAsync(new("chot-14", "Chốt giữa tháng", 20), Cancel)), StringComparison.Ordinal);
        Assert.Contains($"lịch xuất số {schedule}", await FaultsAsync(() => calendars.RemoveAsync("chot-14", Cancel)), StringComparison.Ordinal);
        await calendars.ChangeAsync(new("chot-14", "Tên khác", 15), Cancel);
        Assert.Contains(new("chot-14", "Tên khác", 15), await calendars.ListAsync(Cancel));
    }

    [Fact]
    public async Task All_that_is_wrong_with_a_calendar_is_told_at_once_and_nothing_is_kept()
    {
        await using var ledger = await Ledger.NewAsync(cluster);
        var calendars = new Calendars(ledger.Database);

        var faults = await FaultsAsync(() => calendars.AddAsync(new("Chốt 31", " ", 31), Cancel));
        foreach (var part in (string[])["Mã lịch “Chốt 31”", "Tên lịch", "từ 1 đến 28"])
            Assert.Contains(part, faults, StringComparison.Ordinal);
        Assert.Contains("Đã có lịch “thang”", await FaultsAsync(() => calendars.AddAsync(new("thang", "Tháng", 9), Cancel)), StringComparison.Ordinal);
        Assert.Contains("(Tháng dương lịch) đã chốt như vậy", await FaultsAsync(() => calendars.AddAsync(new("t2", "Tháng", null), Cancel)), StringComparison.Ordinal);
        Assert.Contains("luôn chốt vào ngày cuối tháng", await FaultsAsync(() => calendars.ChangeAsync(new("thang", "Tháng", 9), Cancel)), StringComparison.Ordinal);
        Assert.Contains("Không có lịch “la”", await FaultsAsync(() => calendars.ChangeAsync(new("la", "Lạ", 9), Cancel)), StringComparison.Ordinal);
        Assert.Contains("không xóa được", await FaultsAsync(() => calendars.RemoveAsync("thang", Cancel)), StringComparison.Ordinal);
        Assert.Equal([ReportingCalendar.Months], await calendars.ListAsync(Cancel));
    }

    private static async Task<string> FaultsAsync(Func<Task> act) => (await Assert.ThrowsAsync<ScheduleRefusedException>(act)).Message;
}
