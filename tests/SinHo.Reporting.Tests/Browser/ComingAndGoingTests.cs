using Microsoft.Playwright;
using SinHo.Reporting.Tests.Host;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace SinHo.Reporting.Tests.Browser;

/// <summary>Getting in for the first time, going, and staying away, in a real browser.</summary>
public sealed class ComingAndGoingTests(ServedSample sample, ITestOutputHelper output) : IClassFixture<ServedSample>
{
    [Fact]
    public async Task The_link_of_the_first_start_lets_its_holder_in_once_and_who_leaves_or_idles_signs_in_again()
    {
        await using var visit = await sample.OpenAsync();
        var page = visit.Page;

        await visit.GoAsync(sample.Invitation.PathAndQuery);
        await page.GetByLabel("Mật khẩu mới", new() { Exact = true }).FillAsync(Visitor.Password);
        await page.GetByLabel("Gõ lại mật khẩu mới").FillAsync(Visitor.Password + "?");
        await visit.ButtonAsync("Đặt mật khẩu và vào");
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("không giống");
        await page.GetByLabel("Mật khẩu mới", new() { Exact = true }).FillAsync(Visitor.Password);
        await page.GetByLabel("Gõ lại mật khẩu mới").FillAsync(Visitor.Password);
        await visit.LeaveAsync(() => visit.ButtonAsync("Đặt mật khẩu và vào"), "/");
        await Expect(visit.Title).ToContainTextAsync("Tổng quan");

        await using (var late = await sample.OpenAsync())
        {
            Assert.Equal(410, (await late.GoAsync(sample.Invitation.PathAndQuery)).Status);
            await Expect(late.Title).ToHaveTextAsync("Liên kết không còn dùng được");
            await Expect(late.Page.GetByLabel("Mật khẩu mới")).ToHaveCountAsync(0);
            Assert.Empty(late.Faults);
        }

        // Another open page of the session goes with it, though nobody touches it.
        var other = await page.Context.NewPageAsync();
        await other.GotoAsync(new Uri(sample.Address, "/dinh-nghia").ToString());
        await Expect(other.GetByRole(AriaRole.Heading, new() { Name = "Định nghĩa từng số liệu" })).ToBeVisibleAsync();
        await visit.LeaveAsync(() => visit.ButtonAsync("Đăng xuất"), "/dang-nhap");
        var watch = System.Diagnostics.Stopwatch.StartNew();
        await Expect(other.GetByLabel("Tên đăng nhập")).ToBeVisibleAsync(new() { Timeout = 15_000 });
        output.WriteLine($"The other page was dead after {watch.Elapsed.TotalSeconds:0.0} s");
        await other.CloseAsync();
        await page.GoBackAsync();
        await Expect(page.GetByLabel("Tên đăng nhập")).ToBeVisibleAsync();

        await visit.GoAsync("/to-chuc?ngay=2020-06-30");
        await visit.SignInAsync("quantri", Visitor.Password, "/to-chuc?ngay=2020-06-30");
        await Expect(visit.Title).ToHaveTextAsync("Tổ chức");

        await sample.ScalarAsync<object>("update web_session set seen_at = now() - interval '30 minutes'");
        await visit.LeaveAsync(() => page.ReloadAsync(), "/dang-nhap");
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Phiên làm việc đã hết vì 30 phút không thao tác");
        await visit.SignInAsync("quantri", "không phải câu này", "/dang-nhap");
        await Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await visit.SignInAsync("quantri", Visitor.Password, "/to-chuc?ngay=2020-06-30");
        Assert.Empty(visit.Faults);
    }
}
