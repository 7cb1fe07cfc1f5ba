using ClosedXML.Excel;
using Microsoft.Playwright;
using SinHo.Reporting.Register;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace SinHo.Reporting.Tests.Browser;

/// <summary>A clerk restructures: from the tree, and with a plan that was filled in.</summary>
public sealed class PlanStoryTests(ServedSample sample) : IClassFixture<ServedSample>
{
    private const string Two = """
        select string_agg(code, ' ' order by code)
        from (select code from org_version where parent = 'SH.X03' and level_role = 'branch' and valid_to is null order by code limit 2) as two
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_branches_are_merged_with_three_clicks_and_a_decision_number_and_the_merging_is_undone()
    {
        var (kept, merged) = (await sample.ScalarAsync<string>(Two)).Split(' ') is [var first, var second] ? (first, second) : throw new InvalidOperationException();
        await using var visit = await sample.EnterAsync("clerk");
        var page = visit.Page;
        await visit.GoAsync("/to-chuc");
        await page.GetByRole(AriaRole.Link, new() { Name = "Sắp xếp tổ chức" }).ClickAsync();
        await Expect(visit.Title).ToHaveTextAsync("Sắp xếp tổ chức");
        await visit.SettleAsync();

        await page.GetByLabel("Số quyết định").FillAsync("77-QĐ/ĐU");
        await page.GetByLabel("Tìm đơn vị theo tên hoặc mã").FillAsync("SH.X03");
        foreach (var code in (string[])[kept, merged])
            await page.Locator(".tree label", new() { HasText = code }).First.GetByRole(AriaRole.Checkbox).CheckAsync();
        await visit.ButtonAsync("Diễn tập");
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Phương án thực hiện được");
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Trước và sau của từng đơn vị" })).ToContainTextAsync("SH.X03");
        Assert.Equal(0, await sample.ScalarAsync<int>("select count(*)::integer from restructuring where decision = '77-QĐ/ĐU'"));

        await visit.ButtonAsync("Thực hiện sắp xếp");
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Đã thực hiện phương án");
        Assert.Equal(0, await sample.ScalarAsync<int>($"select count(*)::integer from membership where branch = '{merged}' and valid_to is null"));
        Assert.Equal(3, await sample.ScalarAsync<int>("select count(*)::integer from restructuring where decision = '77-QĐ/ĐU'"));
        await page.GetByRole(AriaRole.Link, new() { Name = "Về Sắp xếp tổ chức" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Phương án gần đây" })).ToContainTextAsync("Đã thực hiện");
        Assert.Empty(visit.Faults);
    }

    [Fact]
    public async Task A_plan_with_a_fault_comes_back_marked()
    {
        await using var visit = await sample.EnterAsync("clerk");
        var page = visit.Page;
        await visit.GoAsync("/to-chuc/sap-xep");
        var empty = sample.Folder.File("phuong-an.xlsx");
        Assert.Equal("phuong-an-trong.xlsx", await visit.DownloadAsync(() => page.GetByText("phương án trống").ClickAsync(), empty));
        using (var book = new XLWorkbook(empty))
        {
            var sheet = book.Worksheet(PlanSheets.Rows.Name);
            foreach (var (column, value) in ((string[])["78-QĐ/ĐU", "01/07/2025", "Giải thể", "SH.X03"]).Index())
                sheet.Cell(3, column + 1).SetValue(value);
            book.Save();
        }
        await page.Locator("input[type=file]").SetInputFilesAsync(empty);
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Sổ đăng ký không thay đổi");
        await Expect(page.Locator("table.issues tbody tr").First).ToContainTextAsync("Phương án");
        var marked = sample.Folder.File("danh-dau.xlsx");
        await visit.DownloadAsync(() => page.GetByText("Tải sổ đã đánh dấu").ClickAsync(), marked);
        using var back = new XLWorkbook(marked);
        Assert.Equal("Lỗi", back.Worksheets.First().Name);
        Assert.True(back.Worksheet(PlanSheets.Rows.Name).Cell(3, 4).HasComment);
        Assert.Empty(visit.Faults);
    }
}
