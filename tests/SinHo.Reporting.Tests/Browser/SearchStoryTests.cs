using Dapper;
using Microsoft.Playwright;
using SinHo.Reporting.Access;
using SinHo.Reporting.Tests.Host;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace SinHo.Reporting.Tests.Browser;

/// <summary>The box of the search by keyboard alone, and its page without a socket.</summary>
public sealed class SearchStoryTests(ServedSample sample) : IClassFixture<ServedSample>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task From_any_page_to_a_unit_and_to_all_hits_by_keyboard_alone()
    {
        await using var visit = await sample.EnterAsync("clerk");
        var (page, keys) = (visit.Page, visit.Page.Keyboard);
        await visit.GoAsync("/dinh-nghia");
        await visit.SettleAsync();
        // A page that has come alive takes the focus to its title.
        await Expect(visit.Title).ToBeFocusedAsync();
        await keys.PressAsync("/");
        var box = page.GetByRole(AriaRole.Combobox, new() { Name = "Tìm trong sổ đăng ký" });
        await Expect(box).ToBeFocusedAsync();
        await keys.TypeAsync("dang bo xa ta ngao");
        await Expect(page.GetByRole(AriaRole.Option).First).ToContainTextAsync("Đảng bộ xã Tả Ngảo");
        await keys.PressAsync("ArrowDown");
        await Expect(page.GetByRole(AriaRole.Option, new() { Selected = true })).ToContainTextAsync("SH.X12");
        await keys.PressAsync("Enter");
        await page.WaitForURLAsync("**/to-chuc/don-vi?ma=SH.X12*");
        await Expect(visit.Title).ToBeFocusedAsync();

        await box.FillAsync("sh.x03.v0");
        await Expect(page.GetByRole(AriaRole.Option).First).ToBeVisibleAsync();
        await keys.PressAsync("Escape");
        await Expect(page.GetByRole(AriaRole.Option)).ToHaveCountAsync(0);
        await box.FillAsync("sh.x03.v0");
        await keys.PressAsync("Enter");
        await Expect(visit.Title).ToHaveTextAsync("Tìm “sh.x03.v0”");
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Kết quả tìm" }).GetByRole(AriaRole.Link).First).ToBeVisibleAsync();
        Assert.Empty(visit.Faults);
    }

    [Fact]
    public async Task What_was_typed_is_kept_nowhere_and_the_people_shown_are()
    {
        await using var visit = await sample.EnterAsync("commune", Role.Preparer, "SH.X03");
        using var visitor = new HttpClient { BaseAddress = sample.Address };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/tim?q=V%C3%A0ng%20A&ngay=2020-06-30");
        request.Headers.Add("Cookie", await visit.CookieHeaderAsync());
        using var answer = await visitor.SendAsync(request, Cancel);
        var said = await answer.Content.ReadAsStringAsync(Cancel);
        await using var connection = await sample.Database.OpenConnectionAsync(Cancel);
        var kept = (await connection.QueryAsync<string>("select subject from reading where kind = 'search' and unit = 'SH.X03'")).ToList();
        var codes = Assert.Single(kept).Split(' ');
        Assert.InRange(codes.Length, 1, 20);
        Assert.All(codes, code => Assert.Contains($"/dang-vien?ma={code}&amp;ngay=2020-06-30", said, StringComparison.Ordinal));
        Assert.All(codes, code => Assert.Matches("^DV[0-9]{6}$", code));
    }
}
