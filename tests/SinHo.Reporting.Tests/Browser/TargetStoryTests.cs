using Microsoft.Playwright;
using SinHo.Reporting.Access;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace SinHo.Reporting.Tests.Browser;

/// <summary>A board gives the plans of a year on one grid and sees how far they are.</summary>
public sealed class TargetStoryTests(ServedSample sample) : IClassFixture<ServedSample>
{
    private const string Admissions = "Kết nạp đảng viên";
    private const string Year = "/chi-tieu?tu=2026-01-01&den=2026-12-31";

    [Fact]
    public async Task The_plan_of_a_year_is_shared_out_saved_measured_and_taken_back()
    {
        await using var visit = await sample.EnterAsync("clerk");
        var page = visit.Page;
        await OpenAsync(visit, Year);
        var boxes = page.Locator($"input[aria-label^='{Admissions}, ']");
        await boxes.First.FillAsync("40");
        await boxes.First.PressAsync("Tab");
        await visit.ButtonAsync("Chia chỉ tiêu");
        await Expect(page.GetByLabel($"So với chỉ tiêu của đơn vị, {Admissions}")).ToHaveTextAsync("khớp");

        // By hand, and the difference is told, not forbidden.
        var last = await boxes.CountAsync() - 1;
        var was = int.Parse(await boxes.Nth(last).InputValueAsync(), System.Globalization.CultureInfo.InvariantCulture);
        await boxes.Nth(last).FillAsync($"{was + 2}");
        await boxes.Nth(last).PressAsync("Tab");
        await Expect(page.GetByLabel($"So với chỉ tiêu của đơn vị, {Admissions}")).ToHaveTextAsync("thừa 2");
        await page.Locator("input[aria-label^='Bản có chi bộ, ']").First.FillAsync("năm");
        await visit.ButtonAsync("Xem trước");
        await Expect(page.Locator("td .fault")).ToHaveCountAsync(1);
        await page.Locator("input[aria-label^='Bản có chi bộ, ']").First.FillAsync("");
        await page.Locator("input[aria-label^='Bản có chi bộ, ']").First.PressAsync("Tab");
        await visit.ButtonAsync("Xem trước");
        await Expect(page.GetByText("Sẽ ghi:")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Ghi vào sổ" }).ClickAsync();
        await Expect(page.GetByText("Đã ghi:")).ToBeVisibleAsync();
        await visit.SettleAsync();
        Assert.Equal(42, await sample.ScalarAsync<long>("select sum(number) from plan where period = '2026' and org <> 'SH'"));
        Assert.Equal(40, await sample.ScalarAsync<int>("select number from plan where period = '2026' and org = 'SH'"));

        // Progress: the plan beside what is done, whose number opens its list.
        var row = page.Locator("[aria-label='Tiến độ theo đơn vị'] tbody tr").First;
        await Expect(row.Locator("td").First).ToHaveTextAsync("40");
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Tính đến hết ngày" }).FillAsync("31/12/2025");
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Tính đến hết ngày" }).PressAsync("Tab");
        await Expect(page.GetByText("Hãy chọn một ngày của kỳ")).ToBeVisibleAsync();
        await OpenAsync(visit, "/chi-tieu?tu=2019-01-01&den=2019-12-31");
        var planned = await sample.ScalarAsync<int>("select number from plan where org = 'SH' and period = '2019' and item = 'Kết nạp đảng viên'");
        var cells = page.Locator("[aria-label='Tiến độ theo đơn vị'] tbody tr").First.Locator("td");
        await Expect(cells.Nth(0)).ToHaveTextAsync($"{planned}");
        var made = await cells.Nth(1).InnerTextAsync();
        await cells.Nth(1).GetByRole(AriaRole.Link).ClickAsync();
        await Expect(visit.Title).ToContainTextAsync("Danh sách");
        await Expect(page.Locator("main p strong").First).ToHaveTextAsync(made);

        // A blank removes; the entry is taken back as any other.
        await OpenAsync(visit, Year);
        await boxes.Nth(last).FillAsync("0");
        await boxes.Nth(last - 1).FillAsync("");
        await boxes.Nth(last - 1).PressAsync("Tab");
        await visit.ButtonAsync("Xem trước");
        await Expect(page.GetByText("Sẽ ghi:")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Ghi vào sổ" }).ClickAsync();
        await Expect(page.GetByText("Đã ghi:")).ToBeVisibleAsync();
        Assert.True(await sample.ScalarAsync<long>("select sum(number) from plan where period = '2026' and org <> 'SH'") <= 42 - was - 2);
        await visit.ButtonAsync("Hoàn tác lần ghi này");
        await page.GetByRole(AriaRole.Button, new() { Name = "Hoàn tác lần nhập" }).ClickAsync();
        await sample.UntilAsync("select sum(number) = 42 from plan where period = '2026' and org <> 'SH'");
        Assert.Empty(visit.Faults);
    }

    [Fact]
    public async Task A_unit_gives_its_own_and_who_only_reads_sees_numbers()
    {
        await using (var unit = await sample.EnterAsync("xa-03", Role.Preparer, "SH.X03"))
        {
            await OpenAsync(unit, "/chi-tieu?tu=2018-01-01&den=2018-12-31");
            await Expect(unit.Page.Locator("tbody").First.Locator("tr").First).ToContainTextAsync("SH.X03");
            await unit.Page.Locator($"input[aria-label^='{Admissions}, ']").First.FillAsync("11");
            await unit.Page.Locator($"input[aria-label^='{Admissions}, ']").First.PressAsync("Tab");
            await unit.ButtonAsync("Xem trước");
            await Expect(unit.Page.GetByText("Sẽ ghi:")).ToBeVisibleAsync();
            await unit.Page.GetByRole(AriaRole.Button, new() { Name = "Ghi vào sổ" }).ClickAsync();
            await Expect(unit.Page.GetByText("Đã ghi:")).ToBeVisibleAsync();
            Assert.Empty(unit.Faults);
        }
        await using var reader = await sample.EnterAsync("nguoi-xem", Role.Reader);
        await OpenAsync(reader, "/chi-tieu?tu=2018-01-01&den=2018-12-31&don-vi=SH.X03");
        await Expect(reader.Page.Locator("main table").First).ToContainTextAsync("11");
        await Expect(reader.Page.Locator("main table input")).ToHaveCountAsync(0);
        Assert.Empty(reader.Faults);
    }

    private static async Task OpenAsync(Visit visit, string path)
    {
        await visit.GoAsync(path);
        await Expect(visit.Title).ToHaveTextAsync("Chỉ tiêu");
        await visit.SettleAsync();
    }
}
