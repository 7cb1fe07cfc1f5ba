using Dapper;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace SinHo.Reporting.Tests.Browser;

/// <summary>A clerk enters events one by one: each is looked at before it is saved, stands in the register afterwards and can be taken back.</summary>
public sealed class EventStoryTests(ServedSample sample) : IClassFixture<ServedSample>
{
    private const string OnRoll = "select member from membership join official_span using (member) where membership.valid_to is null and coalesce(official_span.valid_to, 'infinity') = 'infinity' and branch like 'SH.X03.%'";

    /// <summary>Somebody on the roll whose probation is over and who was not recognised; else none is left to recognise.</summary>
    private const string OnProbation = "select member from membership join member on member.code = membership.member where membership.valid_to is null and member.official is null order by member.joined limit 1";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Somebody_is_recognised_moved_and_leaves_and_the_last_is_taken_back()
    {
        var member = await sample.ScalarAsync<string>(OnProbation);
        await using var visit = await sample.EnterAsync("clerk");
        await OpenAsync(visit, $"/su-kien/cong-nhan-chinh-thuc?ma={member}", "Công nhận chính thức");
        await visit.Page.GetByLabel("Ngày chính thức").FillAsync("1-11-2026");
        await visit.SaveAsync("là đảng viên chính thức từ ngày 01/11/2026");
        Assert.Equal("2026-11-01", await sample.ScalarAsync<string>($"select official::text from member where code = '{member}'"));

        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Việc khác" }).ClickAsync();
        await Expect(visit.Title).ToHaveTextAsync("Ghi sự kiện");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Chuyển nội bộ" }).ClickAsync();
        await Expect(visit.Title).ToHaveTextAsync("Chuyển nội bộ");
        await visit.LiveAsync();
        await visit.ChooseAsync("Thêm đảng viên", member);
        await Expect(visit.Page.Locator(".chosen")).ToContainTextAsync(member);
        var branch = await sample.ScalarAsync<string>($"select code::text from org_version where is_branch(level_role) and valid_to is null and code not in (select branch from membership where member = '{member}') order by code limit 1");
        await visit.ChooseAsync("Chi bộ nhận", branch);
        await visit.Page.GetByLabel("Ngày chuyển").FillAsync("10/11/2026");
        await visit.SaveAsync("từ ngày 10/11/2026");
        Assert.Equal(branch, await sample.ScalarAsync<string>($"select branch::text from membership where member = '{member}' and valid_to is null"));

        await OpenAsync(visit, $"/su-kien/thoi-sinh-hoat?ma={member}", "Thôi sinh hoạt");
        await visit.Page.GetByLabel("Ngày đầu tiên không còn trong danh sách").FillAsync("20/11/2026");
        await visit.Page.GetByLabel("Lý do thôi").SelectOptionAsync("Từ trần");
        await visit.SaveAsync("thôi sinh hoạt từ ngày 20/11/2026, lý do: Từ trần");
        Assert.Equal("Từ trần", await sample.ScalarAsync<string>($"select reason_out::text from membership where member = '{member}' order by valid_from desc limit 1"));

        await visit.ButtonAsync("Hoàn tác lần ghi này");
        await Expect(visit.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("Hoàn tác được");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Hoàn tác lần nhập" }).ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("Đã hoàn tác");
        Assert.True(await sample.ScalarAsync<bool>($"select valid_to is null from membership where member = '{member}' order by valid_from desc limit 1"));
        Assert.Empty(visit.Faults);
    }

    [Fact]
    public async Task A_new_member_is_admitted_with_his_record_and_faults_stand_at_their_boxes()
    {
        var branch = await sample.ScalarAsync<string>("select code::text from org_version where is_branch(level_role) and valid_to is null and code like 'SH.X03.%' order by code limit 1");
        await using var visit = await sample.EnterAsync("clerk");
        var page = visit.Page;
        await OpenAsync(visit, $"/su-kien/ket-nap?chi-bo={branch}", "Kết nạp");
        await visit.ChooseAsync("Đảng viên", "DV999001", "mã mới");
        await visit.ButtonAsync("Xem trước");
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Chưa ghi gì");
        await Expect(page.Locator(".field", new() { HasText = "Ngày quyết định" }).Locator(".fault")).ToHaveTextAsync("Hãy ghi “Ngày quyết định”.");

        await page.GetByLabel("Ngày kết nạp *").FillAsync("3/11/2026");
        await page.GetByLabel("Số quyết định *").FillAsync("45-QĐ/ĐU");
        await page.GetByLabel("Ngày quyết định *").FillAsync("25/10/2026");
        await page.GetByLabel("Họ và tên *").FillAsync("Lò Thị Ví Dụ");
        await page.GetByLabel("Giới tính *").SelectOptionAsync("Nữ");
        await page.GetByLabel("Ngày sinh *").FillAsync("15/3/2020");
        await page.GetByLabel("Dân tộc *").SelectOptionAsync("Thái");
        await page.GetByLabel("Giáo dục phổ thông *").SelectOptionAsync("Trung học phổ thông");
        await page.GetByLabel("Nghề nghiệp *").SelectOptionAsync("Nông, lâm, ngư nghiệp");
        await visit.ButtonAsync("Xem trước");
        await Expect(page.Locator(".field .fault")).ToContainTextAsync("18 tuổi");

        await page.GetByLabel("Ngày sinh *").FillAsync("15/3/1998");
        await visit.SaveAsync("vào");
        Assert.Equal("Lò Thị Ví Dụ 2026-11-03 Kết nạp", await sample.ScalarAsync<string>(
            "select concat_ws(' ', member.name, member.joined, membership.reason_in) from member join membership on membership.member = member.code join admission on admission.member = member.code where member.code = 'DV999001'"));
        Assert.Empty(visit.Faults);
    }

    [Fact]
    public async Task Somebody_new_is_known_by_his_name_and_nothing_typed_is_lost()
    {
        var last = await sample.ScalarAsync<string>("select max(code collate \"C\") from member");
        await using var visit = await sample.EnterAsync("clerk");
        var page = visit.Page;
        var member = page.GetByRole(AriaRole.Combobox, new() { Name = "Đảng viên" }).First;
        await OpenAsync(visit, "/su-kien/chuyen-den", "Chuyển đến");
        await visit.ChooseAsync("Đảng viên", "Quàng Thị Chưa Có", "người mới, mã kế tiếp chưa dùng");
        await Expect(page.GetByLabel("Họ và tên *")).ToHaveValueAsync("Quàng Thị Chưa Có");
        var shown = await member.InputValueAsync();
        var code = shown[(shown.LastIndexOf('(') + 1)..^1];
        Assert.True(string.CompareOrdinal(code, last) > 0, $"{code} is offered after {last}");
        Assert.False(await sample.ScalarAsync<bool>($"select exists (select from member where code = '{code}')"));

        // A code typed in full is chosen by going on; the record typed before stays.
        await page.GetByLabel("Dân tộc *").SelectOptionAsync("Thái");
        await member.FillAsync("DV999007");
        await Expect(page.Locator(".mud-popover-open .mud-list-item")).ToContainTextAsync("mã mới");
        await member.PressAsync("Tab");
        await Expect(page.Locator(".mud-popover-open .mud-list-item")).ToHaveCountAsync(0);
        await visit.ButtonAsync("Xem trước");
        var arrival = page.Locator(".field", new() { HasText = "Ngày chuyển đến" }).Locator(".fault");
        await Expect(arrival).ToHaveTextAsync("Hãy ghi “Ngày chuyển đến”.");
        await Expect(page.GetByText("Hãy ghi “Đảng viên”.")).ToHaveCountAsync(0);
        await Expect(page.GetByLabel("Họ và tên *")).ToHaveValueAsync("Quàng Thị Chưa Có");
        await Expect(page.GetByLabel("Dân tộc *")).ToHaveValueAsync("Thái");

        // What is mended is no fault any more, the others stay in sight until it is tried again.
        var reason = page.Locator(".field", new() { HasText = "Lý do đến" });
        await Expect(reason.Locator(".fault")).ToHaveCountAsync(1);
        await page.GetByLabel("Ngày chuyển đến *").FillAsync("3/11/2026");
        await page.GetByLabel("Ngày chuyển đến *").PressAsync("Tab");
        await Expect(arrival).ToHaveCountAsync(0);
        await Expect(reason.Locator(".fault")).ToHaveCountAsync(1);

        // A name that several have is nobody's yet, and that is told.
        await member.FillAsync("Lò Thị");
        await Expect(page.Locator(".mud-popover-open .mud-list-item").First).ToBeVisibleAsync();
        await member.PressAsync("Tab");
        await Expect(page.GetByText("Vẫn là DV999007; muốn đổi, hãy gõ rồi chọn một dòng trong danh sách.")).ToBeVisibleAsync();
        Assert.Empty(visit.Faults);
    }

    [Fact]
    public async Task A_press_counts_though_the_button_moves_away_under_the_hand()
    {
        var member = await sample.ScalarAsync<string>(OnRoll + " order by member limit 1");
        await using var visit = await sample.EnterAsync("clerk");
        var page = visit.Page;
        await OpenAsync(visit, $"/su-kien/thoi-sinh-hoat?ma={member}", "Thôi sinh hoạt");
        await visit.ButtonAsync("Xem trước");
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Chưa ghi gì");
        await page.GetByLabel("Lý do thôi").SelectOptionAsync("Từ trần");
        await page.GetByLabel("Ngày đầu tiên không còn trong danh sách").FillAsync("20/11/2026");
        var button = page.GetByRole(AriaRole.Button, new() { Name = "Xem trước" });
        var box = (await button.BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(box.X + box.Width / 2, box.Y + box.Height - 3);
        await page.Mouse.DownAsync();
        // The fault at the box is gone now, and all below it has come up.
        await Expect(page.Locator(".fault")).ToHaveCountAsync(0);
        Assert.True((await button.BoundingBoxAsync())!.Y + box.Height < box.Y + box.Height - 3, "the button stayed under the hand, and the press proves nothing");
        await page.Mouse.UpAsync();
        await Expect(page.GetByRole(AriaRole.Status).First).ToContainTextAsync("Sẽ ghi:");
        Assert.Empty(visit.Faults);
    }

    [Fact]
    public async Task What_is_being_saved_is_saved_though_its_writer_turns_to_another_page()
    {
        var member = await sample.ScalarAsync<string>(OnRoll + " order by member desc limit 1");
        await using var visit = await sample.EnterAsync("clerk");
        await OpenAsync(visit, $"/su-kien/thoi-sinh-hoat?ma={member}", "Thôi sinh hoạt");
        await visit.Page.GetByLabel("Lý do thôi").SelectOptionAsync("Từ trần");
        await visit.Page.GetByLabel("Ngày đầu tiên không còn trong danh sách").FillAsync("20/11/2026");
        await visit.ButtonAsync("Xem trước");
        await Expect(visit.Page.GetByRole(AriaRole.Status).First).ToContainTextAsync("Sẽ ghi:");
        await using (var busy = await sample.Database.OpenConnectionAsync(Cancel))
        {
            await using var work = await busy.BeginTransactionAsync(Cancel);
            await busy.ExecuteAsync("lock table membership in share row exclusive mode");
            await visit.ButtonAsync("Ghi vào sổ");
            await sample.UntilAsync("select exists (select from pg_locks where relation = 'membership'::regclass and not granted)");
            await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Tổng quan" }).First.ClickAsync();
            await Expect(visit.Title).Not.ToHaveTextAsync("Thôi sinh hoạt");
            // Long enough for what is broken off to be gone.
            await Task.Delay(TimeSpan.FromSeconds(1), Cancel);
        }

        await sample.UntilAsync($"select exists (select from membership where member = '{member}' and reason_out = 'Từ trần')");
        Assert.Empty(visit.Faults);
    }

    [Fact]
    public async Task The_reason_decides_whether_a_record_changes_or_is_corrected()
    {
        var member = await sample.ScalarAsync<string>($"{OnRoll} and member not in (select code from member group by code having count(*) > 1) order by member limit 1");
        await using var visit = await sample.EnterAsync("clerk");
        var page = visit.Page;
        await OpenAsync(visit, $"/su-kien/sua-ho-so?ma={member}", "Sửa hồ sơ");
        await page.GetByLabel("Thay đổi từ ngày").FillAsync("1/11/2026");
        await page.GetByLabel("Nghề nghiệp").SelectOptionAsync("Nghỉ hưu, nghỉ công tác");
        await visit.SaveAsync("có thêm một dòng từ ngày 01/11/2026");
        Assert.Equal("Nghỉ hưu, nghỉ công tác", await sample.ScalarAsync<string>($"select occupation::text from member where code = '{member}' and valid_from = '2026-11-01'"));

        await visit.ButtonAsync("Ghi tiếp");
        await visit.ChooseAsync("Đảng viên", member);
        await page.GetByText("Ghi sai từ đầu").ClickAsync();
        await page.GetByLabel("Dòng hồ sơ từ ngày").FillAsync("");
        await page.GetByLabel("Dòng hồ sơ từ ngày").PressAsync("Tab");
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Ngày sinh" }).FillAsync("1955");
        await page.GetByLabel("Vì sao đính chính").FillAsync("Đối chiếu giấy khai sinh");
        await visit.ButtonAsync("Xem trước");
        await Expect(page.GetByText("Số liệu của các kỳ đã qua")).ToBeVisibleAsync();
        await visit.SavePreviewedAsync("Sửa hồ sơ của");
        Assert.Equal("1955-01-01 1955-01-01", await sample.ScalarAsync<string>($"select string_agg(born::text, ' ') from member where code = '{member}'"));
        Assert.Empty(visit.Faults);
    }

    [Fact]
    public async Task Two_codes_of_one_person_are_merged_and_of_rows_that_cannot_both_be_one_is_chosen()
    {
        var codes = (await sample.ScalarAsync<string>($"select string_agg(member, ' ') from (select distinct on (branch) member from ({OnRoll}) as held join membership using (member) where membership.valid_to is null order by branch, member limit 2) as two"))!.Split(' ');
        await using var visit = await sample.EnterAsync("clerk");
        var page = visit.Page;
        await OpenAsync(visit, "/su-kien/gop-nguoi-trung", "Gộp người trùng");
        await visit.ChooseAsync("Mã giữ lại", codes[0]);
        await visit.ChooseAsync("Mã thành mã cũ", codes[1]);
        await page.GetByLabel("Vì sao *").FillAsync("Đối chiếu hồ sơ");
        await visit.ButtonAsync("Xem trước");
        await Expect(page.GetByRole(AriaRole.Group, new() { Name = "bỏ dòng nào" }).First).ToBeVisibleAsync();
        foreach (var group in await page.GetByRole(AriaRole.Group, new() { Name = "bỏ dòng nào" }).AllAsync())
            await group.GetByText($"của {codes[1]}:").ClickAsync();
        await visit.SaveAsync("là một người");
        Assert.Equal(codes[0], await sample.ScalarAsync<string>($"select member from former_code where alias = '{codes[1]}'"));
        Assert.Equal(0, await sample.ScalarAsync<int>($"select count(*)::integer from membership where member = '{codes[1]}'"));
        Assert.Empty(visit.Faults);
    }

    [Fact]
    public async Task A_form_left_half_typed_is_there_again_and_what_another_wrote_meanwhile_is_told_once()
    {
        var member = await sample.ScalarAsync<string>($"{OnRoll} order by member desc limit 1");
        await using var one = await sample.EnterAsync("clerk");
        await OpenAsync(one, "/su-kien/chuc-vu", "Chức vụ");
        await one.ChooseAsync("Đảng viên", member);
        await one.Page.GetByLabel("Chức vụ *").SelectOptionAsync("Đảng ủy viên");
        await one.Page.GetByLabel("Từ ngày").FillAsync("5/11/2026");
        await one.Page.GetByLabel("Từ ngày").PressAsync("Tab");
        await Expect(one.Page.GetByLabel("Từ ngày")).ToHaveValueAsync("05/11/2026");
        await one.Page.ReloadAsync();
        await one.LiveAsync();
        await Expect(one.Page.GetByText("Đã lấy lại những gì đang nhập dở.")).ToBeVisibleAsync();
        await Expect(one.Page.GetByLabel("Từ ngày")).ToHaveValueAsync("05/11/2026");

        await using var two = await sample.EnterAsync("second");
        await OpenAsync(two, $"/su-kien/sua-ho-so?ma={member}", "Sửa hồ sơ");
        await two.Page.GetByLabel("Thay đổi từ ngày").FillAsync("2/11/2026");
        await two.Page.GetByLabel("Nghề nghiệp").SelectOptionAsync("Nghỉ hưu, nghỉ công tác");
        await two.SaveAsync("có thêm một dòng");

        await one.ChooseAsync("Nơi giữ chức", "SH.X03");
        await one.ButtonAsync("Xem trước");
        await Expect(one.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("second đã ghi lần nhập");
        await Expect(one.Page.GetByLabel("Từ ngày")).ToHaveValueAsync("05/11/2026");
        await one.SaveAsync("giữ chức Đảng ủy viên");
        Assert.Empty(one.Faults);
    }

    [Fact]
    public async Task The_meetings_of_a_month_and_the_ratings_of_a_year_stand_on_one_grid()
    {
        await using var visit = await sample.EnterAsync("clerk");
        var page = visit.Page;
        await OpenAsync(visit, "/su-kien/hop-chi-bo?don-vi=SH.X03", "Họp chi bộ");
        var day = page.Locator("input[aria-label^='Ngày họp']");
        await day.Nth(0).FillAsync("5");
        await page.Locator("input[aria-label^='Có mặt']").Nth(0).FillAsync("1");
        await day.Nth(1).FillAsync("6");
        await page.Locator("input[aria-label^='Có mặt']").Nth(1).FillAsync("900");
        await visit.ButtonAsync("Xem trước");
        await Expect(page.Locator("td .fault")).ToHaveCountAsync(1);
        await page.Locator("input[aria-label^='Có mặt']").Nth(1).FillAsync("2");
        await visit.SaveAsync("2 lần họp chi bộ");

        await OpenAsync(visit, "/su-kien/xep-loai?don-vi=SH.X03", "Xếp loại");
        var grades = page.Locator("select[aria-label^='Mức']");
        var was = await grades.First.InputValueAsync();
        await grades.First.SelectOptionAsync(was == "Hoàn thành nhiệm vụ" ? "Hoàn thành tốt nhiệm vụ" : "Hoàn thành nhiệm vụ");
        await visit.SaveAsync("xếp loại 1 tổ chức");
        Assert.Empty(visit.Faults);
    }

    private static async Task OpenAsync(Visit visit, string path, string title)
    {
        await visit.GoAsync(path);
        await Expect(visit.Title).ToHaveTextAsync(title);
        await visit.SettleAsync();
    }
}
