using System.Text.RegularExpressions;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace SinHo.Reporting.Tests.Browser;

/// <summary>What holds on every page: on a desk and on a phone, by keyboard, for who cannot see it, and without any other machine.</summary>
public sealed partial class EveryPageTests(ServedSample sample) : IClassFixture<ServedSample>
{
    private const string Period = "tu=2015-07-01&den=2020-06-30&ngay=2020-06-30";
    private const string OfUnit = $"{Period}&don-vi=SH.X03";

    /// <summary>Beside the pages that the navigation names.</summary>
    private static readonly string[] Further =
    [
        $"/?{OfUnit}", $"/bao-cao?mau=term&{OfUnit}", $"/bao-cao?mau=form-1&tu=2019-01-01&den=2019-12-31&don-vi=SH.X03", $"/danh-sach?so-lieu=members&{OfUnit}",
        "/bao-cao?mau=term&tu=2018-01-01&den=2018-12-31&don-vi=SH.X21&ban-do=true", "/danh-sach?so-lieu=opening&tu=2018-01-01&ngay=2018-12-31&don-vi=SH.X21&ban-do=true",
        $"/danh-sach?so-lieu=members&{OfUnit}&dieu-kien=sex%3DN%E1%BB%AF&cot=name,age",
        "/dang-vien?ma=DV000501&ngay=2020-06-30", "/ban?ma=SH.X03.V01&ngay=2020-06-30",
        .. ((string[])["ket-nap", "cong-nhan-chinh-thuc", "khong-cong-nhan", "chuyen-den", "chuyen-noi-bo", "thoi-sinh-hoat", "gop-nguoi-trung", "chuc-vu", "phan-cong", "kiem-tra", "phu-trach-ban", "sinh-hoat-tam-thoi", "nguon-ket-nap", "huy-hieu", "the-dang", "khen-thuong", "dai-hoi"]).Select(form => $"/su-kien/{form}"), "/su-kien/sua-ho-so?ma=DV000501", "/su-kien/hop-chi-bo?don-vi=SH.X03", "/su-kien/xep-loai?don-vi=SH.X03", "/su-kien/xep-loai-dang-vien?don-vi=SH.X03.B01", "/su-kien/sua-dong?chi-bo=SH.X03.B01&ngay=2020-06-30", "/chi-tieu?tu=2019-01-01&den=2019-12-31", "/chi-tieu?tu=2015-07-01&den=2020-06-30&don-vi=SH.X03",
        $"/to-chuc?{OfUnit}", "/to-chuc/don-vi?ma=SH.X03&ngay=2020-06-30", "/to-chuc/don-vi?ma=SH.X03.B01&ngay=2020-06-30", "/viec-can-lam?ngay=2020-06-30&xem=meetings", "/lich-nam?nam=2020&don-vi=SH", "/lich-nam?nam=2026&don-vi=SH.X03", "/viec-can-lam?ngay=2020-06-30&don-vi=SH.X03&xem=probation", "/tim", "/tim?q=vang", "/tim?q=zzzz", "/to-chuc/sap-xep", $"/so-sanh?mau=form-1&{OfUnit}&so-lieu=D.now", $"/ky-bao-cao/{Guid.Empty}", $"/da-ky/{Guid.Empty}", "/tong-hop?mau=form-1&tu=2019-01-01&den=2019-12-31", "/doi-mat-khau", "/khong-co-trang-nay", $"/viec/{Guid.Empty}", "/nhap-so-lieu/doi-chieu",
    ];

    /// <summary>What reaches beyond the page without a bar of its own to scroll it by.</summary>
    private const string Widest =
        "[...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest('.sheet')).slice(0, 4).map(e => e.cloneNode().outerHTML).join(' ')";

    /// <summary>Words for machines that a reader would see; what lies in technical details is for who opens them.</summary>
    private const string Machines = """
        (() => {
            const page = document.body.cloneNode(true);
            page.querySelectorAll('details, script, style').forEach(part => part.remove());
            const texts = [];
            for (const walk = document.createTreeWalker(page, NodeFilter.SHOW_TEXT); walk.nextNode();)
                texts.push(walk.currentNode.data);
            page.querySelectorAll('[title], [aria-label], [placeholder]').forEach(part => texts.push(part.title, part.ariaLabel ?? '', part.getAttribute('placeholder') ?? ''));
            return texts.filter(text => /\b[a-z][a-z0-9]*(_[a-z0-9]+)+\b|hangfire|sha-?256/i.test(text)).slice(0, 4).join(' | ');
        })()
        """;

    /// <summary>Rows and sections like those above them.</summary>
    private static readonly AxeRunContext NotAllOfLongOnes = new() { Exclude = [new("tbody tr:nth-child(n+8)"), new("main section:nth-of-type(n+8)")] };

    /// <summary>The title is asked for before: while a page comes to life it is gone for a moment.</summary>
    private static AxeRunOptions Rules => new()
    {
        ResultTypes = [ResultType.Violations],
        Rules = new Dictionary<string, RuleOptions>(StringComparer.Ordinal) { ["document-title"] = new() { Enabled = false } },
    };

    [Trait("Length", "Long")]
    [Fact]
    public async Task Every_page_can_be_read_by_everybody_fits_a_phone_and_asks_nothing_of_other_machines()
    {
        var problems = new List<string>();
        await using (var nobody = await sample.OpenAsync())
        {
            foreach (var path in (string[])["/dang-nhap", sample.Invitation.PathAndQuery, "/dat-mat-khau?ma=0"])
                await JudgeAsync(nobody, path, problems);
            problems.AddRange(nobody.Faults);
        }

        await using var visit = await sample.EnterAsync("clerk");
        await visit.GoAsync("/lich-xuat");
        var navigation = await visit.Page.Locator("nav a").EvaluateAllAsync<string[]>("links => links.map(link => link.getAttribute('href'))");
        Assert.True(navigation.Length >= 9, string.Join(' ', navigation));
        foreach (var path in navigation.Concat(Further))
            await JudgeAsync(visit, path, problems);

        await visit.GoAsync(Further[1]);
        await Expect(visit.Page.GetByRole(AriaRole.Button, new() { Name = "Lập tệp Excel" })).ToBeVisibleAsync();
        await visit.Page.EmulateMediaAsync(new() { Media = Media.Print });
        var printed = await visit.Page.EvaluateAsync<string>("document.body.innerText");
        Assert.Contains("Báo cáo thống kê tổ chức đảng và đảng viên", printed, StringComparison.OrdinalIgnoreCase);
        Assert.All((string[])["Lập tệp Excel", "Tổng quan", "Tệp đã lập", "Bỏ qua thanh"], shown => Assert.DoesNotContain(shown, printed, StringComparison.Ordinal));
        // A4 on its side between margins, in pixels of a screen: no column of the widest table is cut.
        await visit.Page.SetViewportSizeAsync(1047, 718);
        Assert.True(await visit.Page.EvaluateAsync<bool>("[...document.querySelectorAll('table.parts')].every(table => table.scrollWidth <= innerWidth)"));
        await visit.Page.EmulateMediaAsync(new() { Media = Media.Screen });
        await visit.ButtonAsync("Lập tệp Excel");
        await Expect(visit.Page.GetByRole(AriaRole.Link, new() { Name = "Tải tệp Excel" })).ToBeVisibleAsync();
        await JudgeAsync(visit, visit.Page.Url, problems);
        problems.AddRange(visit.Faults);
        Assert.True(problems.Count == 0, string.Join('\n', problems));
    }

    [Theory]
    [InlineData("/to-chuc/don-vi?ma=SH&ngay=2020-06-30")]
    [InlineData("/to-chuc/don-vi?ma=SH.X03&ngay=2020-06-30")]
    [InlineData("/to-chuc/don-vi?ma=SH.X03.B01&ngay=2020-06-30")]
    [InlineData("/dang-vien?ma=DV000501&ngay=2020-06-30")]
    [InlineData("/ban?ma=SH.X03.V01&ngay=2020-06-30")]
    [InlineData("/lich-nam?nam=2020&don-vi=SH")]
    public async Task The_page_of_a_person_a_unit_a_village_and_a_year_is_one_sheet_on_paper(string path)
    {
        await using var visit = await sample.EnterAsync("clerk");
        await visit.GoAsync(path);
        await visit.SettleAsync();
        await Expect(visit.Page.Locator(".one-sheet :is(table, li)").First).ToBeVisibleAsync();
        var paper = System.Text.Encoding.Latin1.GetString(await visit.Page.PdfAsync(new() { Format = "A4", Margin = new() { Top = "10mm", Bottom = "10mm", Left = "12mm", Right = "10mm" } }));
        Assert.Single(Leaf().Matches(paper));
    }

    [GeneratedRegex(@"/Type\s*/Page\b(?!s)", RegexOptions.None, 5000)]
    private static partial Regex Leaf();

    [Fact]
    public async Task A_report_is_prepared_and_its_people_are_opened_by_keyboard_alone()
    {
        await using var visit = await sample.EnterAsync("clerk");
        var (page, keys) = (visit.Page, visit.Page.Keyboard);
        await visit.GoAsync($"/bao-cao?mau=term&{OfUnit}");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Lập tệp Excel" })).ToBeVisibleAsync();

        var address = page.Url;
        await page.Locator("a.skip").FocusAsync();
        await Expect(page.Locator("a.skip")).ToBeInViewportAsync();
        await keys.PressAsync("Enter");
        Assert.Equal(address, page.Url.Split('#')[0]);
        Assert.Equal("main", await page.EvaluateAsync<string>("document.activeElement.closest('main')?.localName"));

        await TabAsync(page, "e => e.localName == 'a' && e.href.includes('so-lieu=members&')");
        await keys.PressAsync("Enter");
        await Expect(visit.Title).ToHaveTextAsync("Danh sách: Đảng viên");
        await Expect(visit.Title).ToBeFocusedAsync();

        await page.GoBackAsync();
        await Expect(visit.Title).ToHaveTextAsync("Báo cáo");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Lập tệp Excel" })).ToBeVisibleAsync();
        await Expect(visit.Title).ToBeFocusedAsync();
        await visit.SettleAsync();
        await TabAsync(page, "e => e.textContent.trim() == 'Lập tệp Excel'");
        await keys.PressAsync("Enter");
        await page.WaitForURLAsync("**/viec/**");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Tải tệp Excel" })).ToBeVisibleAsync();
        await TabAsync(page, "e => e.textContent.trim() == 'Tải tệp Excel'");
        Assert.EndsWith(".xlsx", await visit.DownloadAsync(() => keys.PressAsync("Enter"), sample.Folder.File("bao-cao.xlsx")), StringComparison.Ordinal);
        Assert.Empty(visit.Faults);
    }

    [GeneratedRegex(".", RegexOptions.None, 1000)]
    private static partial Regex Anything();

    /// <summary>Goes forward from where the focus is until it is where it is wanted.</summary>
    private static async Task TabAsync(IPage page, string wanted)
    {
        for (var steps = 0; steps < 60; steps++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await page.EvaluateAsync<bool>($"({wanted})(document.activeElement)"))
                return;
        }
        Assert.Fail($"The keyboard does not come to {wanted}.");
    }

    /// <summary>The width of the page, once it fits: the drawer slides for a moment after the size has changed.</summary>
    private static async Task<int> WidthAsync(IPage page, int most)
    {
        for (var looks = 0; ; looks++)
        {
            var width = await page.EvaluateAsync<int>("document.documentElement.scrollWidth");
            if (width <= most || looks == 30)
                return width;
            await Task.Delay(100);
        }
    }

    private static async Task JudgeAsync(Visit visit, string path, List<string> problems)
    {
        await visit.GoAsync(path);
        await visit.SettleAsync();
        if (await visit.Page.EvaluateAsync<string>(Machines) is { Length: > 0 } machines)
            problems.Add($"{path}: a reader sees {machines}");
        foreach (var size in (ViewportSize[])[Visit.Desk, Visit.Phone])
        {
            await visit.Page.SetViewportSizeAsync(size.Width, size.Height);
            var where = $"{path} at {size.Width}";
            var wide = await WidthAsync(visit.Page, size.Width);
            if (wide > size.Width)
                problems.Add($"{where}: the page is {wide} wide, for {await visit.Page.EvaluateAsync<string>(Widest)}");
            await Expect(visit.Page).ToHaveTitleAsync(Anything());
            await Expect(visit.Title).ToHaveCountAsync(1);
            var found = await visit.Page.RunAxe(NotAllOfLongOnes, Rules);
            problems.AddRange(found.Violations
                .Where(one => one.Impact is "serious" or "critical")
                .Select(one => $"{where}: {one.Id} ({one.Impact}) {one.Nodes.Length} times, e.g. {one.Nodes[0].Html}"));
        }
        await visit.Page.SetViewportSizeAsync(Visit.Desk.Width, Visit.Desk.Height);
    }
}
