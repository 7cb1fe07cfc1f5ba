using ClosedXML.Excel;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace SinHo.Reporting.Tests.Browser;

/// <summary>A unit's own list of members, in no layout that anybody knows, becomes an import; the next one of that layout needs no mapping.</summary>
public sealed class LayoutStoryTests(ServedSample sample) : IClassFixture<ServedSample>
{
    [Fact]
    public async Task A_list_in_a_layout_of_its_own_is_mapped_once_judged_and_imported()
    {
        var branch = await sample.ScalarAsync<string>("select code::text from org_version where parent = 'SH.X03' and valid_to is null and is_branch(level_role) order by code limit 1");
        await using var visit = await sample.EnterAsync("clerk");
        var page = visit.Page;
        await visit.GoAsync("/nhap-so-lieu");
        await page.Locator("input[type=file]").SetInputFilesAsync(List("danh sach.xlsx", ("RIENG001", "Lò Văn", "Riêng"), ("RIENG002", "Lò Thị", "Một")));
        await page.GetByRole(AriaRole.Link, new() { Name = "ghép các cột với sổ trao đổi" }).ClickAsync();
        await Expect(page.GetByText("dòng tiêu đề 3, 2 dòng bên dưới")).ToBeVisibleAsync();
        // Said by themselves: the number of the card, the birth date; the rest is chosen.
        await Expect(page.GetByLabel("Ngày sinh là cột")).ToHaveValueAsync("born");
        await Expect(page.GetByLabel("Số thẻ là cột")).ToHaveValueAsync("code");
        await page.GetByLabel("Họ đệm là cột").SelectOptionAsync("name");
        await page.GetByLabel("Tên là cột", new() { Exact = true }).SelectOptionAsync("name");
        foreach (var (caption, target) in ((string, string)[])[("Nam/nữ", "sex"), ("DT", "ethnicity"), ("Vào Đảng", "joined"), ("Chính thức", "official"), ("Văn hóa", "schooling"), ("Nghề", "occupation")])
            await Expect(page.GetByLabel($"{caption} là cột")).ToHaveValueAsync(target);
        await page.GetByLabel("làm nương là").SelectOptionAsync("Nông, lâm, ngư nghiệp");
        await visit.ButtonAsync("Kiểm tra sổ");
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Hãy chọn chi bộ của cả danh sách");
        await page.GetByLabel("Chi bộ của cả danh sách").FillAsync(branch);
        await page.GetByRole(AriaRole.Option, new() { Name = branch, Exact = false }).First.ClickAsync();
        await visit.ButtonAsync("Kiểm tra sổ");
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Sổ hợp lệ");
        await visit.ButtonAsync("Nhập vào sổ đăng ký");
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Đã nhập vào sổ đăng ký");
        Assert.Equal($"{branch} · Lò Văn Riêng · Nam · Thái · 1980-05-04 · Nông, lâm, ngư nghiệp · Đầu kỳ", await sample.ScalarAsync<string>(
            $"select concat_ws(' · ', branch, name, sex, ethnicity, born, occupation, reason_in) from member join membership on member = code where code = 'RIENG001'"));

        await visit.GoAsync("/nhap-so-lieu");
        await page.Locator("input[type=file]").SetInputFilesAsync(List("danh sach 2.xlsx", ("RIENG003", "Vàng A", "Hai")));
        await page.GetByRole(AriaRole.Link, new() { Name = "ghép các cột với sổ trao đổi" }).ClickAsync();
        await Expect(page.GetByText("đã lấy lại lựa chọn của lần trước")).ToBeVisibleAsync();
        await visit.ButtonAsync("Kiểm tra sổ");
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Sổ hợp lệ");
        Assert.Empty(visit.Faults);
    }

    private string List(string name, params (string Code, string Family, string Given)[] people)
    {
        using var book = new XLWorkbook();
        var sheet = book.AddWorksheet("Trang tính 1");
        sheet.Cell(1, 1).SetValue("DANH SÁCH ĐẢNG VIÊN CHI BỘ");
        foreach (var (column, caption) in ((string[])["TT", "Số thẻ", "Họ đệm", "Tên", "Nam/nữ", "Ngày sinh", "DT", "Vào Đảng", "Chính thức", "Văn hóa", "Nghề"]).Index())
            sheet.Cell(3, column + 1).SetValue(caption);
        foreach (var (row, person) in people.Index())
        {
            foreach (var (column, text) in ((string[])[$"{row + 1}", person.Code, person.Family, person.Given, "nam", "04/05/1980", "thái", "03/02/2010", "03/02/2011", "trung học phổ thông", "làm nương"]).Index())
                sheet.Cell(row + 4, column + 1).SetValue(text);
        }
        var path = sample.Folder.File(name);
        book.SaveAs(path);
        return path;
    }
}
