using Microsoft.Playwright;
using SinHo.Reporting.Access;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace SinHo.Reporting.Tests.Browser;

/// <summary>The year of a board from what waits today to who is honoured in autumn.</summary>
public sealed class CalendarStoryTests(ServedSample sample) : IClassFixture<ServedSample>
{
    [Fact]
    public async Task From_what_waits_today_to_the_year_and_the_people_of_its_next_round_of_badges()
    {
        await sample.RestartAsync(new(2020, 6, 30, 8, 0, 0, TimeSpan.FromHours(7)));
        await using var visit = await sample.EnterAsync("clerk");
        var page = visit.Page;
        await visit.GoAsync("/viec-can-lam?don-vi=SH&ngay=2020-06-30");
        await page.GetByRole(AriaRole.Link, new() { Name = "Lịch năm 2020" }).ClickAsync();
        await Expect(visit.Title).ToHaveTextAsync("Lịch năm 2020: Đảng bộ huyện Sìn Hồ");
        var september = page.GetByRole(AriaRole.Region, new() { Name = "Tháng 9" });
        var round = september.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "Huy hiệu Đảng đợt 02/09/2020" });
        var number = round.GetByRole(AriaRole.Link).First;
        var due = await number.InnerTextAsync();
        Assert.NotEqual("0", due);
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Đang chờ" })).ToContainTextAsync("Chi bộ chưa họp thường kỳ trong tháng");
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Tháng 7" })).ToContainTextAsync("Báo cáo tháng 6 năm 2020");
        // What cannot be begun yet leads nowhere yet.
        await Expect(september.GetByRole(AriaRole.Link, new() { Name = "Lập báo cáo" })).ToHaveCountAsync(0);
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Tháng 6" }).GetByRole(AriaRole.Link, new() { Name = "Lập báo cáo: Báo cáo tháng 5 năm 2020" })).ToBeVisibleAsync();

        await number.ClickAsync();
        await Expect(visit.Title).ToHaveTextAsync("Danh sách: Đủ tuổi Đảng được tặng Huy hiệu");
        await visit.SettleAsync();
        await Expect(page.Locator("main tbody tr")).ToHaveCountAsync(int.Parse(due, System.Globalization.CultureInfo.InvariantCulture));

        // The year stands in the address, whoever comes without one.
        await visit.GoAsync("/lich-nam");
        await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex(@"/lich-nam\?nam=2020$", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)));
        Assert.Empty(visit.Faults);
    }

    [Fact]
    public async Task Who_may_not_enter_sees_who_waits_and_no_way_to_a_form()
    {
        await using var visit = await sample.EnterAsync("truongban", Role.Head);
        await visit.GoAsync("/viec-can-lam?don-vi=SH&ngay=2020-06-30&xem=badge_due");
        await visit.SettleAsync();
        var rows = visit.Page.GetByRole(AriaRole.Region, new() { Name = "Đủ tuổi tặng Huy hiệu đợt tới" }).Locator("tbody tr");
        await Expect(rows.First.GetByRole(AriaRole.Link)).ToHaveCountAsync(1);
        await rows.First.GetByRole(AriaRole.Link).ClickAsync();
        await Expect(visit.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/dang-vien\\?ma=", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)));
        Assert.Empty(visit.Faults);
    }
}
