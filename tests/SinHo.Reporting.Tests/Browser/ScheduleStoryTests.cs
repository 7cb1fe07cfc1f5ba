using ClosedXML.Excel;
using Microsoft.Playwright;
using SinHo.Reporting.Tests.Host;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace SinHo.Reporting.Tests.Browser;

/// <summary>A report that is set up one month and found made the next.</summary>
public sealed class ScheduleStoryTests(ServedSample sample) : IClassFixture<ServedSample>
{
    private static readonly TimeSpan VietNam = TimeSpan.FromHours(7);

    [Fact]
    public async Task A_schedule_set_up_in_June_makes_the_file_of_June_when_it_is_due_in_July()
    {
        await sample.RestartAsync(new(2020, 6, 10, 8, 0, 0, VietNam));
        await using (var visit = await sample.EnterAsync("clerk"))
        {
            var page = visit.Page;
            await visit.GoAsync("/lich-xuat");
            var units = page.GetByRole(AriaRole.Group, new() { Name = "Đơn vị (" });
            await units.GetByRole(AriaRole.Button, new() { Name = "Tất cả xã" }).ClickAsync();
            await Expect(page.GetByText("Đơn vị (đã chọn 22)")).ToBeVisibleAsync();
            await units.GetByRole(AriaRole.Button, new() { Name = "Bỏ chọn hết" }).ClickAsync();
            await units.GetByLabel("Tìm đơn vị theo tên hoặc mã").FillAsync("dang bo xa pa tan");
            await Expect(units.GetByRole(AriaRole.Checkbox)).ToHaveCountAsync(1);
            await units.GetByRole(AriaRole.Checkbox, new() { Name = "Đảng bộ xã Pa Tần SH.X03" }).CheckAsync();
            await Expect(page.GetByText("Đơn vị (đã chọn 1)")).ToBeVisibleAsync();
            await page.GetByLabel("Thư mục đích trên máy chủ").FillAsync(sample.Folder.Path);
            await visit.ButtonAsync("Đặt lịch");
            var row = page.GetByRole(AriaRole.Region, new() { Name = "Báo cáo sắp đến hạn" }).GetByRole(AriaRole.Row).Nth(1);
            await Expect(row).ToContainTextAsync("05/07/2020");
            await Expect(row).ToContainTextAsync("Chưa đến hạn");
            await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Lịch đã đặt" })).ToContainTextAsync("Đảng bộ xã Pa Tần");
            await Expect(page.GetByLabel("Thư mục đích trên máy chủ")).ToHaveValueAsync(sample.Folder.Path);
            await sample.ScalarAsync<object>("""
                insert into obligation (schedule_id, report, unit, period_from, period_to, period_name, due_on)
                select schedule_id, report, 'SH.X03', '2030-01-01', '2030-12-31', 'năm 2030', '2031-01-05' from schedule
                """);
            await visit.GoAsync("/lich-xuat");
            await Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "năm 2030" })).ToContainTextAsync("Sổ đăng ký mới có số liệu đến ngày");
            await Expect(row).Not.ToContainTextAsync("Sổ đăng ký mới có số liệu đến ngày");
            Assert.Empty(visit.Faults);
        }
        Assert.Empty(Directory.GetFiles(sample.Folder.Path));

        await sample.RestartAsync(new(2020, 7, 5, 7, 0, 0, VietNam));
        await sample.UntilAsync("select exists (select from obligation where state = 'done')");
        await using (var visit = await sample.OpenAsync())
        {
            await visit.GoAsync("/lich-xuat");
            await visit.SignInAsync("clerk", Visitor.Password, "/lich-xuat");
            var file = Assert.Single(Directory.GetFiles(sample.Folder.Path));
            var row = visit.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = Path.GetFileName(file) });
            await Expect(row).ToContainTextAsync("Đã xong");
            await Expect(row).ToContainTextAsync("05/07/2020");
            Assert.Equal("Bao cao thong ke to chuc dang va dang vien - Dang bo xa Pa Tan - thang 6 nam 2020.xlsx", Path.GetFileName(file));
            using var book = new XLWorkbook(file);
            Assert.Contains(book.Worksheets.First().CellsUsed(), cell => cell.GetString().Contains("30/06/2020", StringComparison.Ordinal));
            Assert.Empty(visit.Faults);
        }
    }
}
