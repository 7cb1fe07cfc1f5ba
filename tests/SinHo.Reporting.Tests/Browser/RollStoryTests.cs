using ClosedXML.Excel;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace SinHo.Reporting.Tests.Browser;

/// <summary>A clerk makes the list of a commune, gets it back corrected and decides about each difference.</summary>
public sealed class RollStoryTests(ServedSample sample) : IClassFixture<ServedSample>
{
    [Fact]
    public async Task A_list_is_made_comes_back_corrected_and_its_differences_are_taken_or_left()
    {
        await using var visit = await sample.EnterAsync("clerk");
        var page = visit.Page;
        await visit.GoAsync("/nhap-so-lieu/doi-chieu");
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Tính đến hết ngày" }).FillAsync("30/06/2020");
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Tính đến hết ngày" }).PressAsync("Tab");
        await visit.SettleAsync();
        await page.GetByLabel("Đơn vị", new() { Exact = true }).FillAsync("SH.X03");
        await page.GetByRole(AriaRole.Option, new() { Name = "SH.X03", Exact = false }).First.ClickAsync();
        await visit.ButtonAsync("Lập danh sách");
        var made = page.GetByRole(AriaRole.Region, new() { Name = "Các danh sách đã lập" });
        await Expect(made).ToContainTextAsync("Đảng bộ xã Pa Tần");

        var path = sample.Folder.File("danh-sach.xlsx");
        Assert.Equal("doi-chieu-SH.X03-2020-06-30-so-1.xlsx", await visit.DownloadAsync(() => page.GetByTitle("Tải danh sách số 1").ClickAsync(), path));
        string[] codes;
        using (var book = new XLWorkbook(path))
        {
            var sheet = book.Worksheet("Đảng viên");
            sheet.Unprotect();
            var column = sheet.Row(4).CellsUsed().Single(cell => cell.GetString() == "Tôn giáo").Address.ColumnNumber;
            sheet.Cell(5, column).SetValue("Tin Lành");
            sheet.Cell(6, column).SetValue("Công giáo");
            codes = [sheet.Cell(5, 2).GetString(), sheet.Cell(6, 2).GetString()];
            book.Save();
        }
        await page.Locator("input[type=file]").SetInputFilesAsync(path);
        var differences = page.GetByRole(AriaRole.Region, new() { Name = "Chỗ khác giữa danh sách và sổ đăng ký" });
        await Expect(differences.Locator("tbody tr")).ToHaveCountAsync(2);
        await differences.Locator("tbody tr").Filter(new() { HasText = codes[1] }).Locator("select").SelectOptionAsync("leave");
        await visit.ButtonAsync("Nhập theo các lựa chọn");
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Đã nhập vào sổ đăng ký");
        Assert.Equal("Tin Lành", await sample.ScalarAsync<string>($"select string_agg(distinct religion::text, ',') from member where code in ('{codes[0]}', '{codes[1]}')"));

        await visit.GoAsync("/nhap-so-lieu/doi-chieu");
        await Expect(made.GetByRole(AriaRole.Row).Nth(1)).ToContainTextAsync("lần nhập");
        await page.Locator("input[type=file]").SetInputFilesAsync(path);
        await Expect(page.GetByText("đã được nhập").First).ToBeVisibleAsync();
        Assert.Empty(visit.Faults);
    }
}
