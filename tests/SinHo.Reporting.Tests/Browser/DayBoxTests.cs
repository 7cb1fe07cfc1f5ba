using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace SinHo.Reporting.Tests.Browser;

/// <summary>The box for a day, by real keystrokes: nothing typed ever becomes another day.</summary>
public sealed class DayBoxTests(ServedSample sample) : IClassFixture<ServedSample>
{
    [Fact]
    public async Task Every_way_of_typing_a_day_is_that_day_or_is_told_at_the_box()
    {
        await using var visit = await sample.EnterAsync("clerk");
        var page = visit.Page;
        var box = page.GetByLabel("Cây tổ chức ngày", new() { Exact = true });
        foreach (var typed in new[] { "1/1/2020", "01/01/2020", "1-1-2020", "1.1.2020", "01012020", "010120", "1/1/20", "2020-01-01" })
        {
            await OpenAsync(typed);
            await Expect(page).ToHaveURLAsync(Day("2020-01-01"));
            await Expect(box).ToHaveValueAsync("01/01/2020");
        }
        foreach (var (typed, says) in new[] { ("31/2/2020", "chỉ có 29 ngày"), ("29/2/2021", "chỉ có 28 ngày"), ("1/13/2020", "không có tháng 13"), ("1/1", "thiếu ngày, tháng hoặc năm") })
        {
            await OpenAsync(typed);
            await Expect(page.Locator(".day")).ToContainTextAsync(says);
            await Expect(box).ToHaveValueAsync(typed);
            Assert.Contains("ngay=2019-06-05", page.Url, StringComparison.Ordinal);
        }
        // A day picked from the calendar mends it.
        await page.GetByRole(AriaRole.Button, new() { Name = "Mở lịch: Cây tổ chức ngày" }).ClickAsync();
        await visit.SettleAsync();
        await page.Locator(".mud-popover-open .mud-picker-calendar-day:not(.mud-hidden)").Filter(new() { HasText = "12" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(Day("2019-06-12"));
        Assert.Empty(visit.Faults);

        static Regex Day(string day) => new($"ngay={day}", RegexOptions.None, TimeSpan.FromSeconds(1));

        async Task OpenAsync(string typed)
        {
            await visit.GoAsync("/to-chuc?ngay=2019-06-05");
            await box.ClickAsync();
            await page.Keyboard.PressAsync("Control+A");
            await page.Keyboard.TypeAsync(typed);
            await page.Keyboard.PressAsync("Tab");
        }
    }
}
