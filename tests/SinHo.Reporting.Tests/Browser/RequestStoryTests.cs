using Microsoft.Playwright;
using SinHo.Reporting.Access;
using SinHo.Reporting.Exchange;
using SinHo.Reporting.Register;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace SinHo.Reporting.Tests.Browser;

/// <summary>A commune works on its own part: what reaches outside it asks for, and the other side or the board accepts.</summary>
public sealed class RequestStoryTests(ServedSample sample) : IClassFixture<ServedSample>
{
    private const string OnRoll = "select member from membership join official_span using (member) where membership.valid_to is null and coalesce(official_span.valid_to, 'infinity') = 'infinity' and branch like 'SH.X03.%' order by member";

    [Fact]
    public async Task A_transfer_is_asked_for_seen_by_the_other_side_accepted_returned_or_withdrawn()
    {
        var people = (await sample.ScalarAsync<string>($"select string_agg(member, ' ') from ({OnRoll} limit 4) as four")).Split(' ');
        var branch = await sample.ScalarAsync<string>("select code::text from org_version where parent = 'SH.X04' and valid_to is null and is_branch(level_role) order by code limit 1");
        await using var commune = await sample.EnterAsync("xax03", Role.Preparer, "SH.X03");
        foreach (var person in people)
        {
            await commune.GoAsync($"/su-kien/chuyen-noi-bo?ma={person}");
            await commune.SettleAsync();
            await commune.ChooseAsync("Chi bộ nhận", branch);
            await commune.Page.GetByLabel("Ngày chuyển").FillAsync("3/11/2026");
            await commune.ButtonAsync("Xem trước");
            await Expect(commune.Page.GetByText("Việc này chạm đến đơn vị khác.")).ToBeVisibleAsync();
            await commune.ButtonAsync("Gửi đề nghị");
            await Expect(commune.Title).ToHaveTextAsync("Đề nghị chờ duyệt");
        }
        Assert.Equal(0, await sample.ScalarAsync<int>($"select count(*)::integer from membership where branch = '{branch}' and valid_from = '2026-11-03'"));
        await Row(commune, people[3]).GetByRole(AriaRole.Button, new() { Name = "Rút lại" }).ClickAsync();
        await Expect(Row(commune, people[3])).ToContainTextAsync("rút lại");

        await using (var other = await sample.EnterAsync("xax04", Role.Preparer, "SH.X04"))
        {
            await other.GoAsync("/de-nghi");
            await Row(other, people[0]).GetByRole(AriaRole.Button, new() { Name = "Xem thay đổi" }).ClickAsync();
            var changes = other.Page.GetByRole(AriaRole.Region, new() { Name = "Từng thay đổi" });
            await Expect(changes).ToContainTextAsync("Chuyển nội bộ");
            await Expect(changes).ToContainTextAsync("Thêm dòng này");
            await Row(other, people[2]).GetByRole(AriaRole.Button, new() { Name = "Trả lại" }).ClickAsync();
            await other.Page.GetByLabel("Trả lại vì").FillAsync("Chưa có giấy giới thiệu");
            await other.Page.GetByLabel("Trả lại vì").PressAsync("Enter");
            await Expect(Row(other, people[2])).ToContainTextAsync("vì: Chưa có giấy giới thiệu");
            await Row(other, people[0]).GetByRole(AriaRole.Checkbox).CheckAsync();
            await Row(other, people[1]).GetByRole(AriaRole.Checkbox).CheckAsync();
            await other.ButtonAsync("Nhận 2 đề nghị đã chọn");
            await Expect(other.Page.GetByRole(AriaRole.Status).First).ToContainTextAsync("Đã nhận 2 đề nghị");
            Assert.Empty(other.Faults);
        }
        Assert.Equal(2, await sample.ScalarAsync<int>($"select count(*)::integer from membership where branch = '{branch}' and valid_from = '2026-11-03' and member in ('{people[0]}', '{people[1]}')"));
        Assert.Equal(2, await sample.ScalarAsync<int>($"select count(*)::integer from membership where valid_to = '2026-11-03' and reason_out = 'Chuyển nội bộ' and member in ('{people[0]}', '{people[1]}')"));
        await commune.GoAsync("/de-nghi");
        await Expect(Row(commune, people[0])).ToContainTextAsync("đã nhận");
        await Expect(Row(commune, people[2])).ToContainTextAsync("trả lại");
        Assert.Empty(commune.Faults);
    }

    [Fact]
    public async Task What_the_board_wants_to_accept_first_becomes_a_request_and_a_unit_takes_back_its_own_and_sends_its_workbooks()
    {
        var person = await sample.ScalarAsync<string>($"{OnRoll} desc limit 1");
        await using (var head = await sample.EnterAsync("truongban", Role.Head))
        {
            await head.GoAsync("/de-nghi");
            await head.SettleAsync();
            await head.Page.GetByLabel("Sửa hồ sơ").CheckAsync();
            await Expect(head.Page.GetByLabel("Sửa hồ sơ")).ToBeCheckedAsync();
        }
        await using var commune = await sample.EnterAsync("xabx03", Role.Preparer, "SH.X03");
        var page = commune.Page;
        await commune.GoAsync($"/su-kien/sua-ho-so?ma={person}");
        await commune.SettleAsync();
        await page.GetByLabel("Thay đổi từ ngày").FillAsync("1/11/2026");
        await page.GetByLabel("Tôn giáo").SelectOptionAsync("Phật giáo");
        await commune.ButtonAsync("Xem trước");
        await Expect(page.GetByText("Việc này cần ban tổ chức duyệt trước.")).ToBeVisibleAsync();
        await commune.ButtonAsync("Gửi đề nghị");
        await Expect(commune.Title).ToHaveTextAsync("Đề nghị chờ duyệt");
        await using (var head = await sample.EnterAsync("truongban", Role.Head))
        {
            await head.GoAsync("/de-nghi");
            await head.SettleAsync();
            await head.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = person }).GetByRole(AriaRole.Button, new() { Name = "Nhận", Exact = true }).ClickAsync();
            await Expect(head.Page.GetByRole(AriaRole.Status).First).ToContainTextAsync("Đã nhận 1 đề nghị");
        }
        Assert.Equal("Phật giáo", await sample.ScalarAsync<string>($"select religion::text from member where code = '{person}' and valid_from = '2026-11-01'"));

        await commune.GoAsync("/su-kien/hop-chi-bo?don-vi=SH.X03");
        await commune.SettleAsync();
        await page.Locator("input[aria-label^='Ngày họp']").Nth(2).FillAsync("7");
        await page.Locator("input[aria-label^='Có mặt']").Nth(2).FillAsync("1");
        await commune.ButtonAsync("Xem trước");
        await page.GetByRole(AriaRole.Button, new() { Name = "Ghi vào sổ" }).ClickAsync();
        await commune.ButtonAsync("Hoàn tác lần ghi này");
        await page.GetByRole(AriaRole.Button, new() { Name = "Hoàn tác lần nhập" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Đã hoàn tác");
        // What the board wrote it sees no button for.
        await commune.GoAsync("/nhat-ky?lan-nhap=1&tu=2020-01-01");
        await commune.SettleAsync();
        await Expect(page.GetByText("Chỉ các thay đổi của lần nhập số 1.")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Hoàn tác" })).ToHaveCountAsync(0);
        await commune.GoAsync("/nhap-so-lieu");
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Các lần đã nhập" }).GetByRole(AriaRole.Row)).ToHaveCountAsync(3);

        await page.Locator("input[type=file]").SetInputFilesAsync(Meetings("ho khac.xlsx", await BranchAsync("SH.X04")));
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Sổ có 1 lỗi");
        await Expect(page.GetByText("không thuộc đơn vị bạn vào những ngày đó")).ToBeVisibleAsync();
        await commune.GoAsync("/nhap-so-lieu");
        await page.Locator("input[type=file]").SetInputFilesAsync(Meetings("cua minh.xlsx", await BranchAsync("SH.X03")));
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Sổ hợp lệ");
        await commune.ButtonAsync("Nhập vào sổ đăng ký");
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Đã nhập vào sổ đăng ký");
        Assert.Equal("SH.X03", await sample.ScalarAsync<string>("select unit::text from import_run order by import_id desc limit 1"));
        Assert.Empty(commune.Faults);
    }

    private Task<string> BranchAsync(string commune) =>
        sample.ScalarAsync<string>($"select code::text from org_version where parent = '{commune}' and valid_to is null and is_branch(level_role) order by code desc limit 1");

    private string Meetings(string name, string branch)
    {
        var path = sample.Folder.File(name);
        RegisterWorkbook.Write(path, [(ExchangeWorkbook.Meetings, [[branch, new DateOnly(2026, 11, 9), "Chuyên đề", 5, 4]])], TestContext.Current.CancellationToken);
        return path;
    }

    private static ILocator Row(Visit visit, string person) =>
        visit.Page.GetByRole(AriaRole.Region, new() { Name = "Các đề nghị" }).Locator("tbody > tr").Filter(new() { Has = visit.Page.Locator("strong", new() { HasText = person }) });
}
