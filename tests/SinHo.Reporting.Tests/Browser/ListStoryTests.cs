using System.Net;
using System.Text;
using ClosedXML.Excel;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace SinHo.Reporting.Tests.Browser;

/// <summary>A list that is narrowed, set up, saved under a name, found again and fetched.</summary>
public sealed class ListStoryTests(ServedSample sample) : IClassFixture<ServedSample>
{
    private const string Address = "/danh-sach?so-lieu=members&don-vi=SH.X03&ngay=2020-06-30";

    [Fact]
    public async Task A_list_is_filtered_by_two_columns_given_others_saved_shared_opened_by_its_name_and_fetched()
    {
        await using var visit = await sample.EnterAsync("clerk");
        var page = visit.Page;
        await visit.GoAsync(Address);
        await page.GetByText("Lọc theo cột, chọn cột").ClickAsync();
        var filters = page.GetByRole(AriaRole.Group, new() { Name = "Lọc theo cột" });
        await filters.GetByText("Giới tính", new() { Exact = true }).ClickAsync();
        var women = await sample.ScalarAsync<int>("select count(*)::integer from membership join org_closure on descendant = branch and ancestor = 'SH.X03' and org_closure.valid_from <= '2020-06-30' and org_closure.valid_to > '2020-06-30' join member on member.code = membership.member and held_from <= '2020-06-30' and held_until > '2020-06-30' where membership.valid_from <= '2020-06-30' and still_holds(membership.valid_to, '2020-06-30') and sex = 'Nữ'");
        await Expect(filters.GetByLabel("Nữ")).ToBeVisibleAsync();
        await Expect(filters.GetByText($"Nữ {women}")).ToBeVisibleAsync();
        await filters.GetByLabel("Nữ").CheckAsync();
        await Expect(page.GetByText("khớp bộ lọc")).ToContainTextAsync($"{women} người");
        await filters.GetByText("Tuổi", new() { Exact = true }).ClickAsync();
        await filters.GetByLabel("đến").Last.FillAsync("39");
        await filters.GetByLabel("đến").Last.PressAsync("Enter");
        await Expect(page.GetByText("đang lọc 2 cột")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Group, new() { Name = "Các cột" }).GetByLabel("Tuổi").CheckAsync();
        await Expect(page.GetByRole(AriaRole.Columnheader, new() { Name = "Tuổi" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Group, new() { Name = "Các cột" }).GetByLabel("Ngày sinh").UncheckAsync();
        await Expect(page.GetByRole(AriaRole.Columnheader, new() { Name = "Ngày sinh" })).ToHaveCountAsync(0);
        var shown = await page.GetByText("khớp bộ lọc").InnerTextAsync();

        await page.GetByText("Danh sách đã lưu", new() { Exact = false }).First.ClickAsync();
        await page.GetByLabel("Lưu danh sách đang xem với tên").FillAsync("Nữ dưới 40");
        await page.GetByLabel("Luôn tính đến ngày mở").UncheckAsync();
        await page.GetByLabel("Dùng chung trong ban").CheckAsync();
        await visit.ButtonAsync("Lưu danh sách");
        await Expect(page.GetByText("Đã lưu danh sách “Nữ dưới 40”.")).ToBeVisibleAsync();

        await visit.GoAsync("/danh-sach");
        await page.GetByText("Danh sách đã lưu", new() { Exact = false }).First.ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Nữ dưới 40" }).ClickAsync();
        await Expect(page.GetByText("khớp bộ lọc")).ToHaveTextAsync(shown);
        await Expect(page.GetByRole(AriaRole.Columnheader, new() { Name = "Tuổi" })).ToBeVisibleAsync();

        var (workbook, text) = (sample.Folder.File("nu.xlsx"), sample.Folder.File("nu.csv"));
        await visit.DownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Tải cả danh sách (Excel)" }).ClickAsync(), workbook);
        Assert.EndsWith(".csv", await visit.DownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Tải CSV" }).ClickAsync(), text), StringComparison.Ordinal);
        var lines = await File.ReadAllLinesAsync(text, Encoding.UTF8, TestContext.Current.CancellationToken);
        Assert.StartsWith("Mã đảng viên;Họ và tên;Giới tính;", lines[0], StringComparison.Ordinal);
        Assert.DoesNotContain("Ngày sinh", lines[0], StringComparison.Ordinal);
        var ages = lines.Skip(1).Select(line => int.Parse(line.Split(';')[Array.IndexOf(lines[0].Split(';'), "Tuổi")], System.Globalization.CultureInfo.InvariantCulture)).ToList();
        Assert.StartsWith($"{ages.Count} người", shown, StringComparison.Ordinal);
        Assert.All(ages, age => Assert.InRange(age, 18, 39));
        using var book = new XLWorkbook(workbook);
        Assert.All(lines.Skip(1), line => Assert.Contains(book.Worksheets.Single().CellsUsed(), cell => cell.GetString() == line.Split(';')[0]));

        await page.GetByRole(AriaRole.Button, new() { Name = "Xóa danh sách Nữ dưới 40" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Nữ dưới 40" })).ToHaveCountAsync(0);
        Assert.Equal((int)HttpStatusCode.NotFound, (await page.APIRequest.GetAsync($"{new Uri(page.Url).GetLeftPart(UriPartial.Authority)}/lich-xuat/1/tep")).Status);
        Assert.Empty(visit.Faults);
    }
}
