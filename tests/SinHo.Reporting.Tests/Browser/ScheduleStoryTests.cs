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
            await page.GetByLabel("Mã đơn vị, cách nhau bằng dấu phẩy").FillAsync("SH.X03");
            await page.GetByLabel("Thư mục đích trên máy chủ").FillAsync(sample.Folder.Path);
            await visit.ButtonAsync("Đặt lịch");
            var row = page.GetByRole(AriaRole.Region, new() { Name = "Báo cáo sắp đến hạn" }).GetByRole(AriaRole.Row).Nth(1);
            await Expect(row).ToContainTextAsync("05/07/2020");
            await Expect(row).ToContainTextAsync("Chưa đến hạn");
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
            using var book = new XLWorkbook(file);
            Assert.Contains(book.Worksheets.First().CellsUsed(), cell => cell.GetString().Contains("30/06/2020", StringComparison.Ordinal));
            Assert.Empty(visit.Faults);
        }
    }
}
