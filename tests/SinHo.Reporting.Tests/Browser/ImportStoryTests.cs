using System.Globalization;
using System.Text.RegularExpressions;
using ClosedXML.Excel;
using Microsoft.Playwright;
using SinHo.Reporting.Exchange;
using SinHo.Reporting.Register;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace SinHo.Reporting.Tests.Browser;

/// <summary>A clerk hands in a workbook.</summary>
public sealed partial class ImportStoryTests(ServedSample sample) : IClassFixture<ServedSample>
{
    private const string Name = "Lò Thị Thử Nghiệm";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_faulty_workbook_comes_back_marked_is_mended_in_its_cells_and_goes_into_the_register()
    {
        var branch = await sample.ScalarAsync<string>("select branch from membership join org_version on code = branch where branch like 'SH.X03.%' and upper_inf(daterange(org_version.valid_from, org_version.valid_to)) order by branch limit 1");
        var path = Faulty(branch);
        await using var visit = await sample.EnterAsync("clerk");
        var page = visit.Page;

        await visit.GoAsync("/");
        await page.GetByRole(AriaRole.Link, new() { Name = "Nhập số liệu" }).ClickAsync();
        await Expect(visit.Title).ToHaveTextAsync("Nhập số liệu");
        await visit.SettleAsync();
        await page.Locator("input[type=file]").SetInputFilesAsync(path);
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Sổ có 3 lỗi");

        Dictionary<(string Sheet, int Row, string Column), object> remedies = new()
        {
            [("Đảng viên", 2, "Giới tính")] = "Nữ",
            [("Họp chi bộ", 2, "Mã chi bộ")] = branch,
            [("Họp chi bộ", 3, "Có mặt")] = 8,
        };
        var shown = await page.Locator("table.issues tbody tr").AllAsync();
        var faults = new List<(string, int, string)>();
        foreach (var row in shown)
        {
            var cells = await row.Locator("td").AllInnerTextsAsync();
            faults.Add((cells[1], int.Parse(cells[2], CultureInfo.InvariantCulture), cells[3]));
        }
        Assert.Equal(remedies.Keys.Order(), faults.Order());

        var marked = sample.Folder.File("danh-dau.xlsx");
        Assert.Equal("so-thu - đánh dấu.xlsx", await visit.DownloadAsync(() => page.GetByText("Tải sổ đã đánh dấu").ClickAsync(), marked));
        Mend(marked, remedies);
        await page.Locator("input[type=file]").SetInputFilesAsync(marked);
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Sổ hợp lệ");
        Assert.Equal(0, await sample.ScalarAsync<int>("select count(*)::integer from member where code = 'THU-01'"));

        await visit.ButtonAsync("Nhập vào sổ đăng ký");
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Đã nhập vào sổ đăng ký");
        await Expect(page.GetByRole(AriaRole.Row, new() { Name = "Đảng viên 1 0 0 0" })).ToBeVisibleAsync();
        Assert.Equal(Name, await sample.ScalarAsync<string>("select name from member where code = 'THU-01'"));

        await page.GetByRole(AriaRole.Link, new() { Name = "Về Nhập số liệu" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Các lần đã nhập" }).GetByRole(AriaRole.Row).Nth(1)).ToContainTextAsync("danh-dau.xlsx");
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Sổ đã gửi gần đây" })).ToContainTextAsync("3 lỗi");
        await visit.GoAsync($"/danh-sach?so-lieu=members&don-vi={branch}&ngay=2020-06-30&loc=lo+thi+thu+nghiem");
        await Expect(page.GetByRole(AriaRole.Cell, new() { Name = Name })).ToBeVisibleAsync();
        Assert.Empty(visit.Faults);
    }

    [Fact]
    public async Task Names_in_an_old_code_are_mended_from_the_preview()
    {
        var path = sample.Folder.File("ten-cu.xlsx");
        using (var book = new XLWorkbook())
        {
            var code = await sample.ScalarAsync<string>("select code from member order by code limit 1");
            book.AddWorksheet("Đảng viên").FirstCell().InsertData(new[] { new[] { "Mã đảng viên", "Họ và tên" }, [code, "TAÅN THÒ MAI"] });
            book.SaveAs(path);
        }
        await using var visit = await sample.EnterAsync("clerk");
        var page = visit.Page;
        await visit.GoAsync("/nhap-so-lieu");
        await page.Locator("input[type=file]").SetInputFilesAsync(path);
        await Expect(page.GetByRole(AriaRole.Cell, new() { Name = "TAÅN THÒ MAI", Exact = true }).First).ToBeVisibleAsync();
        await visit.ButtonAsync("Chuyển tên sang Unicode rồi kiểm tra lại");
        await Expect(page.GetByRole(AriaRole.Cell, new() { Name = "TẨN THỊ MAI", Exact = true })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Nhập vào sổ đăng ký" })).ToBeEnabledAsync();
        Assert.Empty(visit.Faults);
    }

    [Fact]
    public async Task A_connection_lost_while_a_workbook_is_sent_leaves_nothing_half_and_is_told_when_it_is_back()
    {
        await using var wire = new Wire(sample.Address);
        await using var visit = await sample.EnterAsync("clerk", through: wire.Address);
        var page = visit.Page;
        var large = sample.Folder.File("so-lon.xlsx");
        await File.WriteAllBytesAsync(large, new byte[20 << 20], Cancel);
        var before = await CountAsync();

        await visit.GoAsync("/nhap-so-lieu");
        wire.BytesPerSecond = 1 << 19;
        await page.Locator("input[type=file]").SetInputFilesAsync(large);
        await Expect(page.GetByText("Đang gửi so-lon.xlsx")).ToContainTextAsync(Begun());
        wire.Cut();
        await Expect(page.GetByText("Mất kết nối với máy chủ, đang nối lại")).ToBeVisibleAsync();
        wire.Mend();
        await Expect(page.GetByText("Mất kết nối khi đang gửi so-lon.xlsx")).ToBeVisibleAsync();
        Assert.Equal(before, await CountAsync());
    }

    private Task<(long, long)> CountAsync() => CountAsync("select count(*) from job where kind = 'import'", "select count(*) from stored_file");

    private async Task<(long, long)> CountAsync(string jobs, string files) => (await sample.ScalarAsync<long>(jobs), await sample.ScalarAsync<long>(files));

    /// <summary>A new member with a misspelt word, a meeting of a branch that is not there, and one with more present than due.</summary>
    private string Faulty(string branch)
    {
        var path = sample.Folder.File("so-thu.xlsx");
        DateOnly admitted = new(2020, 5, 19);
        const string schooling = "Trung học phổ thông";
        const string occupation = "Nông, lâm, ngư nghiệp";
        RegisterWorkbook.Write(path,
        [
            (ExchangeWorkbook.Members, [["THU-01", null, Name, "Nũ", "1990", "Thái", null, null, admitted, null, null, null, schooling, null, null, null, occupation, null, null, null, null]]),
            (ExchangeWorkbook.Admissions, [["THU-01", admitted, "45-QĐ/HU", new DateOnly(2020, 5, 5), null, branch, null, false, occupation, schooling, null, null]]),
            (ExchangeWorkbook.Memberships, [["THU-01", branch, admitted, null, "Kết nạp", null, null]]),
            (ExchangeWorkbook.Meetings,
            [
                ["SH.X03.B99", new DateOnly(2020, 6, 4), "Thường kỳ", 9, 8],
                [branch, new DateOnly(2020, 6, 21), "Chuyên đề", 9, 10],
            ]),
        ], Cancel);
        return path;
    }

    [GeneratedRegex(@"\([1-9]\d?%\)", RegexOptions.None, 1000)]
    private static partial Regex Begun();

    private static void Mend(string path, Dictionary<(string Sheet, int Row, string Column), object> remedies)
    {
        using var book = new XLWorkbook(path);
        foreach (var ((sheet, row, column), value) in remedies)
        {
            var caption = book.Worksheet(sheet).Row(1).CellsUsed().Single(cell => cell.GetString().TrimEnd(' ', '*') == column);
            book.Worksheet(sheet).Cell(row, caption.Address.ColumnNumber).Value = value;
        }
        book.Save();
    }
}
