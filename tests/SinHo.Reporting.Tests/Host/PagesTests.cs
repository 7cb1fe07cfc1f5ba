using System.Net;
using ClosedXML.Excel;
using Dapper;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;
using SinHo.Reporting.Access;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Host.Web;
using SinHo.Reporting.Reports;
using SinHo.Reporting.Runs;
using Xunit;

namespace SinHo.Reporting.Tests.Host;

/// <summary>The pages by their addresses, as accounts of the district and of a commune open them.</summary>
public sealed class PagesTests(AccessSite site) : IClassFixture<AccessSite>
{
    private static readonly DateOnly LastDay = new(2020, 6, 30);

    private static readonly string[] OfUnit = ["/?", "/bao-cao?tu=2020-01-01&den=2020-06-30&", "/danh-sach?", "/to-chuc?"];

    [Fact]
    public async Task Each_page_of_a_unit_opens_for_those_above_it_and_is_not_there_for_others()
    {
        using var district = await EnterAsync("lapbieu");
        using var commune = await EnterAsync("xa");

        foreach (var page in OfUnit)
        {
            await ExpectAsync(district, $"{page}ngay=2020-06-30&don-vi=SH", HttpStatusCode.OK);
            await ExpectAsync(district, $"{page}ngay=2020-06-30&don-vi=XX", HttpStatusCode.NotFound);
            await ExpectAsync(commune, $"{page}ngay=2020-06-30&don-vi=SH.X03", HttpStatusCode.OK);
            await ExpectAsync(commune, $"{page}ngay=2020-06-30&don-vi=SH.X04", HttpStatusCode.NotFound);
            await ExpectAsync(commune, $"{page}ngay=2020-06-30&don-vi=SH", HttpStatusCode.NotFound);
        }
        foreach (var page in (string[])["/bao-cao?mau=khong", "/danh-sach?so-lieu=khong", "/to-chuc/quyet-dinh?so=khong", "/danh-sach/khong/tep?don-vi=SH&ngay=2020-06-30", $"/viec/{Guid.Empty}", $"/viec/{Guid.Empty}/tep"])
            await ExpectAsync(district, page, HttpStatusCode.NotFound);
        await ExpectAsync(commune, "/danh-sach/members/tep?don-vi=SH.X04&ngay=2020-06-30", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_whole_list_comes_as_a_workbook_and_that_it_was_opened_is_kept()
    {
        using var commune = await EnterAsync("xa");
        using var answer = await commune.GetAsync("/danh-sach/members/tep?don-vi=SH.X03&ngay=2020-06-30");

        using var book = new XLWorkbook(await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        Assert.StartsWith("ĐẢNG VIÊN: ", book.Worksheets.Single().Cell(2, 1).GetString(), StringComparison.Ordinal);
        await using var connection = await site.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1, await connection.ExecuteScalarAsync<int>("""
            select count(*)
            from reading
            join account using (account_id)
            where user_name = 'xa' and kind = 'list' and subject = 'members' and reading.unit = 'SH.X03' and period_to = '2020-06-30'
            """));
    }

    [Fact]
    public async Task The_download_holds_the_rows_that_the_page_shows_in_its_order()
    {
        using var commune = await EnterAsync("xa");
        using var answer = await commune.GetAsync("/danh-sach/members/tep?don-vi=SH.X03&ngay=2020-05-31&loc=lo+nam&xep=born&giam=True");
        using var book = new XLWorkbook(await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));

        var shown = await new ListPages(new(site.Database), site.Definitions).ReadAsync(
            "members", "SH.X03", new(new(2020, 5, 31), new(2020, 5, 31)), new("lo nam", "born", true, 0, 1000), TestContext.Current.CancellationToken);
        Assert.InRange(shown.Total, 2, 200);
        Assert.Equal(shown.Rows.Select(row => (string)row[0]!), Column(book.Worksheets.Single()));
        var titles = book.Worksheets.Single().Column(1).CellsUsed().Take(4).Select(cell => cell.GetString()).ToList();
        Assert.Equal("HUYỆN ỦY SÌN HỒ - ĐẢNG ỦY XÃ PA TẦN", titles[0]);
        Assert.EndsWith("Chỉ những dòng có: lo nam", titles[3], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_list_and_a_report_become_one_job_each_and_none_for_a_unit_outside()
    {
        using var district = await EnterAsync("lapbieu");
        using var commune = await EnterAsync("xa");
        const string meetings = "/danh-sach/branch_meetings/tep?tu=2015-07-01&ngay=2020-06-30&don-vi=";
        using var first = await district.GetAsync($"{meetings}SH");
        using var second = await district.GetAsync($"{meetings}SH");

        Assert.Equal(HttpStatusCode.Redirect, first.StatusCode);
        Assert.Equal(first.Headers.Location, second.Headers.Location);
        var page = first.Headers.Location!.OriginalString;
        Assert.Contains("Lập tệp danh sách", await district.ReadAsync(page), StringComparison.Ordinal);
        await ExpectAsync(commune, page, HttpStatusCode.NotFound);
        await ExpectAsync(commune, $"{meetings}SH", HttpStatusCode.NotFound);

        var account = (await new Accounts(site.Database).FindAsync("xa", TestContext.Current.CancellationToken))!;
        var orders = site.Site.Services.GetRequiredService<Orders>();
        var wish = new ReportWish("term", "SH.X04", LastDay, LastDay, "một ngày", new Dictionary<string, int>());
        await Assert.ThrowsAsync<UnknownNameException>(() => orders.ReportAsync(account.Viewer, wish, "xa", TestContext.Current.CancellationToken));
        Assert.Equal(1L, await site.Database.CreateCommand("select count(*) from job").ExecuteScalarAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Each_opening_is_kept_also_of_a_later_page_of_a_cell_and_of_a_made_file()
    {
        var account = (await new Accounts(site.Database).FindAsync("truongban", TestContext.Current.CancellationToken))!;
        await using var scope = site.Site.Services.CreateAsyncScope();
        var session = (IHostEnvironmentAuthenticationStateProvider)scope.ServiceProvider.GetRequiredService<AuthenticationStateProvider>();
        session.SetAuthenticationState(Task.FromResult(new AuthenticationState(Door.Principal(account.Viewer, "truongban", "test"))));
        var desk = scope.ServiceProvider.GetRequiredService<Desk>();

        await desk.ListAsync("members", "SH", new(LastDay, LastDay), new(null, null, false, 50, 50), TestContext.Current.CancellationToken);
        await desk.ListAsync("form-1:2021:B1.last", "SH", Period.Year(2019), new(null, null, false, 0, 50), TestContext.Current.CancellationToken);
        using var district = await EnterAsync("lapbieu");
        await File.WriteAllTextAsync(Path.Combine(site.Folder, "thu.xlsx"), "x", TestContext.Current.CancellationToken);
        await ExpectAsync(district, "/bao-cao/thu.xlsx", HttpStatusCode.OK);
        await ExpectAsync(district, "/bao-cao/khong-co.xlsx", HttpStatusCode.NotFound);

        await using var connection = await site.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        Assert.Equal(
            ["truongban list members SH 2020-06-30", "truongban evidence form-1:2021:B1.last SH 2019-12-31"],
            await connection.QueryAsync<string>("select concat_ws(' ', user_name, kind, subject, reading.unit, period_to) from reading join account using (account_id) where user_name = 'truongban' order by reading_id"));
        Assert.Equal(1, await connection.ExecuteScalarAsync<int>("select count(*) from reading where kind = 'report' and subject = 'thu.xlsx' and unit is null"));
    }

    private static List<string> Column(IXLWorksheet sheet) =>
        [.. sheet.CellsUsed(cell => cell.GetString() == "Mã đảng viên").First().WorksheetColumn().CellsUsed().Select(cell => cell.GetString()).SkipWhile(text => text != "Mã đảng viên").Skip(1)];

    private static async Task ExpectAsync(Visitor visitor, string page, HttpStatusCode expected)
    {
        using var answer = await visitor.GetAsync(page);
        Assert.True(answer.StatusCode == expected, $"{page}: {answer.StatusCode}");
    }

    private async Task<Visitor> EnterAsync(string name)
    {
        var visitor = new Visitor(site.Address);
        using var answer = await visitor.SignInAsync(name, Visitor.Password);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return visitor;
    }
}
