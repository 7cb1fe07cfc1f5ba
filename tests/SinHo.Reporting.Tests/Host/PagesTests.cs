using System.Net;
using ClosedXML.Excel;
using Dapper;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;
using SinHo.Reporting.Access;
using SinHo.Reporting.Faces;
using SinHo.Reporting.Facts;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Host.Web;
using SinHo.Reporting.Reports;
using SinHo.Reporting.Runs;
using SinHo.Reporting.Tests.Support;
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

    [Theory]
    [InlineData("pdf", FileKind.Pdf, "application/pdf")]
    [InlineData("docx", FileKind.Letter, "application/vnd.openxmlformats-officedocument.wordprocessingml.document")]
    [InlineData("csv", FileKind.Csv, "text/csv")]
    public async Task A_report_comes_as_a_paper_that_is_the_one_of_the_command_line(string form, FileKind kind, string type)
    {
        const string report = "/bao-cao/van-ban?mau=term&don-vi=SH.X03&tu=2015-07-01&den=2020-06-30&dang=";
        var cancel = TestContext.Current.CancellationToken;
        using var commune = await EnterAsync("xa");
        using var folder = new TemporaryFolder();
        using var answer = await commune.GetAsync(report + form);
        using var own = await new ReportBuilder(site.Database, site.Definitions).BuildAsync(
            new("term", "SH.X03", new(new(2015, 7, 1), LastDay, "nhiệm kỳ 2015-2020"), new Dictionary<string, int>(StringComparer.Ordinal), WithEvidence: false), progress: null, cancel);
        FileKinds.Write(kind, own, issue: null, folder.File($"own.{form}"), progress: null, cancel);

        Assert.Equal((HttpStatusCode.OK, type), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        Assert.EndsWith($".{form}", answer.Content.Headers.ContentDisposition!.FileName!.Trim('"'), StringComparison.Ordinal);
        Assert.Equal(await File.ReadAllBytesAsync(folder.File($"own.{form}"), cancel), await answer.Content.ReadAsByteArrayAsync(cancel));
        await ExpectAsync(commune, report.Replace("SH.X03", "SH.X04", StringComparison.Ordinal) + form, HttpStatusCode.NotFound);
        await ExpectAsync(commune, $"{report}exe", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_download_holds_the_rows_that_the_page_shows_in_its_order()
    {
        using var commune = await EnterAsync("xa");
        using var answer = await commune.GetAsync("/danh-sach/members/tep?don-vi=SH.X03&ngay=2020-05-31&loc=lo+nam&xep=born&giam=True");
        using var book = new XLWorkbook(await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));

        var shown = await new ListPages(new(site.Database), site.Definitions).ReadAsync(
            new("members", "SH.X03", new(new(2020, 5, 31), new(2020, 5, 31)), new("lo nam", "born", true, 0, 1000)), TestContext.Current.CancellationToken);
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
        await OpenAsync(account, new("members", "SH", new(LastDay, LastDay), new(null, null, false, 50, 50)));
        await OpenAsync(account, new("form-1:2021:B1.last", "SH", Period.Year(2019), new(null, null, false, 0, 50)));
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

    /// <summary>On 01/09/2018 a branch of SH.X17 came to SH.X21: on the map of any later day its people of before are those of SH.X21.</summary>
    [Fact]
    public async Task On_todays_map_an_account_opens_the_people_of_what_its_unit_has_today_and_no_others()
    {
        const string list = "so-lieu=opening&tu=2018-01-01&ngay=2018-12-31";
        await site.AddAsync("x21", Role.Preparer, "SH.X21");
        using var commune = await EnterAsync("x21");

        var then = await PeopleAsync(commune, $"/danh-sach/opening/tep?{list}&don-vi=SH.X21");
        var now = await PeopleAsync(commune, $"/danh-sach/opening/tep?{list}&don-vi=SH.X21&ban-do=true");

        await using var connection = await site.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        var came = (await connection.QueryAsync<string>("""
            select member::text
            from membership
            join org_version as branch on branch.code = membership.branch and branch.parent = 'SH.X17' and branch.valid_to = '2018-09-01'
            join org_version as again on again.code = branch.code and again.parent = 'SH.X21' and again.valid_from = '2018-09-01'
            where membership.valid_from <= '2017-12-31' and still_holds(membership.valid_to, '2017-12-31')
            """)).ToList();
        Assert.NotEmpty(came);
        Assert.Equal(then.Concat(came).Order(StringComparer.Ordinal), now.Order(StringComparer.Ordinal));
        var whole = await new ListPages(new(site.Database), site.Definitions).ReadAsync(
            new("opening", "SH.X21", Period.Year(2018), ListView.Whole) { Map = new(2018, 12, 31) }, TestContext.Current.CancellationToken);
        Assert.Equal(whole.Rows.Select(row => (string)row[0]!), now);
        Assert.Equal(
            ["opening 2018-12-31 -", "opening 2018-12-31 2018-12-31"],
            await connection.QueryAsync<string>("select concat_ws(' ', subject, period_to, coalesce(map::text, '-')) from reading join account using (account_id) where user_name = 'x21' order by reading_id"));

        // On the map of the eve it was not there yet, and a map of before the days asked about is never taken.
        Assert.Equal(then, await PeopleAsync(commune, "/danh-sach/members/tep?ngay=2017-12-31&don-vi=SH.X21&ban-do=true"));
        using var former = await EnterAsync("lapbieu");
        Assert.Equal(
            await PeopleAsync(former, "/danh-sach/members/tep?ngay=2018-12-31&don-vi=SH.X17"),
            await PeopleAsync(former, "/danh-sach/members/tep?ngay=2018-12-31&don-vi=SH.X17&ban-do=true&ngay-ban-do=2018-08-31"));
        foreach (var page in (string[])["/bao-cao?mau=term&tu=2018-01-01&den=2018-12-31&ban-do=true", $"/danh-sach?{list}&ban-do=true", $"/danh-sach/opening/tep?{list}&ban-do=true"])
        {
            await ExpectAsync(commune, $"{page}&don-vi=SH.X21", HttpStatusCode.OK);
            await ExpectAsync(commune, $"{page}&don-vi=SH.X17", HttpStatusCode.NotFound);
            await ExpectAsync(commune, $"{page}&don-vi=XX", HttpStatusCode.NotFound);
        }
    }

    [Fact]
    public async Task A_report_on_todays_map_is_a_job_of_its_own_that_its_unit_alone_may_follow()
    {
        await site.AddAsync("x21-lap", Role.Preparer, "SH.X21");
        var account = (await new Accounts(site.Database).FindAsync("x21-lap", TestContext.Current.CancellationToken))!;
        var orders = site.Site.Services.GetRequiredService<Orders>();
        var wish = new ReportWish("term", "SH.X21", new(2018, 1, 1), new(2018, 12, 31), "năm 2018", new Dictionary<string, int>());
        var then = await orders.ReportAsync(account.Viewer, wish, "x21-lap", TestContext.Current.CancellationToken);
        var now = await orders.ReportAsync(account.Viewer, wish with { OnMap = true }, "x21-lap", TestContext.Current.CancellationToken);

        Assert.NotEqual(then, now);
        using var own = await EnterAsync("x21-lap");
        using var other = await EnterAsync("xa");
        await ExpectAsync(own, $"/viec/{now}", HttpStatusCode.OK);
        await ExpectAsync(other, $"/viec/{now}", HttpStatusCode.NotFound);
        await Assert.ThrowsAsync<UnknownNameException>(() => orders.ReportAsync(account.Viewer, wish with { Unit = "SH.X17", OnMap = true }, "x21-lap", TestContext.Current.CancellationToken));
        await site.ChangeAsync("delete from job");
    }

    /// <summary>As a page does. A session that no row tells of lives until it is looked at: each opening has one of its own.</summary>
    private Task OpenAsync(Account account, ListRequest list) => AsAsync(account, desk => desk.ListAsync(list, TestContext.Current.CancellationToken));

    /// <inheritdoc cref="OpenAsync"/>
    private async Task AsAsync(Account account, Func<Desk, Task> open)
    {
        await using var scope = site.Site.Services.CreateAsyncScope();
        var session = (IHostEnvironmentAuthenticationStateProvider)scope.ServiceProvider.GetRequiredService<AuthenticationStateProvider>();
        session.SetAuthenticationState(Task.FromResult(new AuthenticationState(Door.Principal(account.Viewer, account.UserName, "test"))));
        await open(scope.ServiceProvider.GetRequiredService<Desk>());
    }

    [Fact]
    public async Task A_person_and_a_village_are_opened_from_within_their_unit_and_that_they_were_is_kept()
    {
        using var district = await EnterAsync("lapbieu");
        using var commune = await EnterAsync("xa");
        using var reader = await EnterAsync("xem");
        await using var connection = await site.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        var (own, other) = (await MemberAsync("SH.X03.%"), await MemberAsync("SH.X04.%"));

        await ExpectAsync(commune, $"/dang-vien?ma={own}&ngay=2020-06-30", HttpStatusCode.OK);
        await ExpectAsync(commune, $"/dang-vien?ma={other}&ngay=2020-06-30", HttpStatusCode.NotFound);
        await ExpectAsync(district, $"/dang-vien?ma={other}&ngay=2020-06-30&tu=2020-01-01&den=2020-06-30", HttpStatusCode.OK);
        await ExpectAsync(district, "/dang-vien?ma=XX", HttpStatusCode.NotFound);
        await ExpectAsync(district, "/dang-vien", HttpStatusCode.NotFound);
        await ExpectAsync(reader, $"/dang-vien?ma={own}&ngay=2020-06-30", HttpStatusCode.Forbidden);
        await ExpectAsync(commune, "/ban?ma=SH.X03.V01&ngay=2020-06-30", HttpStatusCode.OK);
        await ExpectAsync(commune, "/ban?ma=SH.X04.V01&ngay=2020-06-30", HttpStatusCode.NotFound);
        await ExpectAsync(reader, "/ban?ma=SH.X04.V01&ngay=2020-06-30", HttpStatusCode.OK);
        await ExpectAsync(district, "/ban?ma=XX", HttpStatusCode.NotFound);

        // The first sketch of a page opens nobody.
        Assert.Equal(0, await connection.ExecuteScalarAsync<int>("select count(*) from reading where kind in ('person', 'village')"));
        var account = (await new Accounts(site.Database).FindAsync("xa", TestContext.Current.CancellationToken))!;
        await AsAsync(account, desk => desk.PersonAsync(new(own, LastDay, new(LastDay, LastDay), null), TestContext.Current.CancellationToken));
        await AsAsync(account, desk => desk.VillageAsync("SH.X03.V01", LastDay, isOpened: true, TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<UnknownNameException>(() => AsAsync(account, desk => desk.PersonAsync(new(other, LastDay, new(LastDay, LastDay), null), TestContext.Current.CancellationToken)));
        Assert.Equal(
            [$"xa person {own} SH.X03 2020-06-30", "xa village SH.X03.V01 SH.X03 2020-06-30", $"xa person {other} SH.X03 2020-06-30"],
            await connection.QueryAsync<string>("select concat_ws(' ', user_name, kind, subject, reading.unit, period_to) from reading join account using (account_id) where kind in ('person', 'village') order by reading_id"));

        Task<string> MemberAsync(string branches) => connection.QuerySingleAsync<string>(
            "select min(member::text) from membership where branch like @branches and valid_from <= '2020-06-29' and valid_to is null", new { branches });
    }

    private static async Task<List<string>> PeopleAsync(Visitor visitor, string address)
    {
        using var answer = await visitor.GetAsync(address);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        using var book = new XLWorkbook(await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        var isOnMap = address.Contains("ban-do=true", StringComparison.Ordinal);
        Assert.Equal(isOnMap, answer.Content.Headers.ContentDisposition!.FileName!.Contains("ban do moi", StringComparison.Ordinal));
        Assert.Equal(isOnMap, book.Worksheets.Single().Column(1).CellsUsed().Take(4).Any(cell => cell.GetString().Contains("theo địa bàn ngày", StringComparison.Ordinal)));
        return Column(book.Worksheets.Single());
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
