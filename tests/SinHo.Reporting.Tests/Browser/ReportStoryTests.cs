using System.Globalization;
using ClosedXML.Excel;
using Microsoft.Playwright;
using Npgsql;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace SinHo.Reporting.Tests.Browser;

/// <summary>A clerk prepares a report, looks behind a figure and takes the file home.</summary>
public sealed class ReportStoryTests(ServedSample sample) : IClassFixture<ServedSample>
{
    private const string Term = "/bao-cao?mau=term&tu=2015-07-01&den=2020-06-30&don-vi=SH.X03";

    [Fact]
    public async Task A_figure_of_the_preview_opens_its_people_who_are_as_many_in_the_workbook_as_on_the_page()
    {
        await using var visit = await sample.EnterAsync("clerk");
        var page = visit.Page;
        await visit.GoAsync("/");
        await page.GetByRole(AriaRole.Link, new() { Name = "Báo cáo", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Lập tệp Excel" })).ToBeVisibleAsync();
        await page.GetByLabel("Đơn vị", new() { Exact = true }).FillAsync("SH.X03");
        await page.GetByRole(AriaRole.Option, new() { Name = "SH.X03", Exact = false }).First.ClickAsync();
        await page.WaitForURLAsync("**/bao-cao?*don-vi=SH.X03*");
        await page.GetByLabel("Nhiệm kỳ").ClickAsync();
        await page.GetByRole(AriaRole.Option, new() { Name = "nhiệm kỳ 2015-2020" }).ClickAsync();
        var link = page.Locator("a[href*='so-lieu=members&don-vi=SH.X03&tu=2015-07-01&ngay=2020-06-30']").First;
        var figure = Number(await link.InnerTextAsync());
        Assert.Equal(await sample.ScalarAsync<int>("select count(distinct member)::integer from membership where branch like 'SH.X03.%' and valid_from <= '2020-06-30' and coalesce(valid_to, 'infinity') > '2020-06-30'"), figure);

        await link.ClickAsync();
        await Expect(visit.Title).ToHaveTextAsync("Danh sách: Đảng viên");
        await Expect(visit.Title).ToBeFocusedAsync();
        Assert.Equal(figure, Number(await page.Locator("main p strong").First.InnerTextAsync()));
        var list = sample.Folder.File("danh-sach.xlsx");
        await visit.DownloadAsync(() => page.GetByText("Tải cả danh sách (Excel)").ClickAsync(), list);
        Assert.Equal(figure, Rows(list));

        await page.GoBackAsync();
        await visit.ButtonAsync("Lập tệp Excel");
        var report = sample.Folder.File("bao-cao.xlsx");
        await visit.DownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Tải tệp Excel" }).ClickAsync(), report);
        Assert.Equal(figure, Rows(report));
        using var book = new XLWorkbook(report);
        Assert.Equal(figure, book.NamedRange("fig_members").Ranges.Single().FirstCell().GetValue<int>());
        Assert.Empty(visit.Faults);
    }

    /// <summary>In 2018 a branch of another commune came to SH.X21.</summary>
    [Fact]
    public async Task The_form_of_a_month_names_its_period_in_words_and_gives_its_rows_room()
    {
        await using var visit = await sample.EnterAsync("clerk");
        await visit.GoAsync("/bao-cao?mau=monthly&don-vi=SH.X03&tu=2020-03-01&den=2020-03-31");
        await visit.SettleAsync();
        await Expect(visit.Page.GetByLabel("Kỳ báo cáo")).ToHaveValueAsync("Tháng");
        var caption = visit.Page.Locator("table.form tbody tr").First.Locator("td").Nth(1);
        Assert.InRange((await caption.BoundingBoxAsync())!.Width, 230, 600);
        Assert.Empty(visit.Faults);
    }

    [Fact]
    public async Task On_todays_map_page_people_and_workbook_say_the_same_and_what_the_units_of_then_gave()
    {
        await using var visit = await sample.EnterAsync("clerk");
        var page = visit.Page;
        await visit.GoAsync("/bao-cao?mau=term&tu=2018-01-01&den=2018-12-31&don-vi=SH.X21");
        var link = page.Locator("a[href*='so-lieu=opening&don-vi=SH.X21']").First;
        var then = Number(await link.InnerTextAsync());
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Đối chiếu địa bàn" })).ToHaveCountAsync(0);

        await page.GetByLabel("Bản đồ").ClickAsync();
        await page.GetByRole(AriaRole.Option, new() { Name = "hôm nay" }).ClickAsync();
        await page.WaitForURLAsync("**/bao-cao?*ban-do=True*");
        await Expect(page.GetByText("Số liệu tính theo địa bàn ngày 31/12/2018")).ToBeVisibleAsync();
        var figure = Number(await link.InnerTextAsync());
        Assert.True(figure > then, $"{figure} and {then}");
        var bridge = page.GetByRole(AriaRole.Region, new() { Name = "Đối chiếu địa bàn" });
        await Expect(bridge.GetByText("SH.X17", new() { Exact = true })).ToBeVisibleAsync();
        Assert.Equal(figure, Number(await bridge.Locator("tbody tr").Last.Locator("th.number").First.InnerTextAsync()));

        await link.ClickAsync();
        await Expect(visit.Title).ToHaveTextAsync("Danh sách: Đảng viên đầu kỳ (A)");
        Assert.Equal(figure, Number(await page.Locator("main p strong").First.InnerTextAsync()));
        await Expect(page.GetByText("theo địa bàn ngày 31/12/2018")).ToBeVisibleAsync();

        await page.GoBackAsync();
        await visit.ButtonAsync("Lập tệp Excel");
        var report = sample.Folder.File("ban-do.xlsx");
        var name = await visit.DownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Tải tệp Excel" }).ClickAsync(), report);
        Assert.Contains("ban do moi", name, StringComparison.Ordinal);
        using var book = new XLWorkbook(report);
        Assert.Equal(figure, book.NamedRange("fig_opening").Ranges.Single().FirstCell().GetValue<int>());
        Assert.Equal(figure, book.Worksheets.SelectMany(sheet => sheet.Tables).Single(table => table.Name == "ds_opening").DataRange.RowCount());
        Assert.True(book.TryGetWorksheet("Đối chiếu địa bàn", out _));
        Assert.Empty(visit.Faults);
    }

    [Fact]
    public async Task A_job_shows_its_step_survives_a_reload_is_joined_by_the_same_wish_and_can_be_stopped()
    {
        await using var visit = await sample.EnterAsync("clerk");
        await using var other = await sample.EnterAsync("clerk");
        var page = visit.Page;
        foreach (var one in (Visit[])[visit, other])
        {
            await one.GoAsync(Term);
            await Expect(one.Page.GetByRole(AriaRole.Button, new() { Name = "Lập tệp Excel" })).ToBeVisibleAsync();
        }

        // Whoever counts members waits for this.
        await using var connection = await sample.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var holding = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using (var command = new NpgsqlCommand("lock table membership in access exclusive mode", connection, holding))
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        await visit.ButtonAsync("Lập tệp Excel");
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Đếm số liệu");
        var job = page.Url;
        await visit.LeaveAsync(() => page.ReloadAsync(), new Uri(job).PathAndQuery);
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Đếm số liệu");
        await other.ButtonAsync("Lập tệp Excel");
        await Expect(other.Page).ToHaveURLAsync(job);

        await other.ButtonAsync("Dừng");
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Đã dừng theo yêu cầu");
        await holding.RollbackAsync(TestContext.Current.CancellationToken);
        await visit.LeaveAsync(() => page.ReloadAsync(), new Uri(job).PathAndQuery);
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Đã dừng theo yêu cầu");
        await Expect(page.GetByText("Tải tệp Excel")).ToHaveCountAsync(0);
        Assert.Empty(visit.Faults);
    }

    private static int Number(string text) => int.Parse(text.Replace(".", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);

    /// <summary>Rows of the table of people.</summary>
    private static int Rows(string path)
    {
        using var book = new XLWorkbook(path);
        return book.Worksheets.SelectMany(sheet => sheet.Tables).Single(table => table.Name == "ds_members").DataRange.RowCount();
    }
}
