using Microsoft.Playwright;
using SinHo.Reporting.Access;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace SinHo.Reporting.Tests.Browser;

/// <summary>The forms of the board's year: badges, cards, rewards, stays, people followed for admission, congresses, posts outside the Party.</summary>
public sealed class YearFormStoryTests(ServedSample sample) : IClassFixture<ServedSample>
{
    private const string OnRoll = "select member from membership join official_span using (member) where membership.valid_to is null and coalesce(official_span.valid_to, 'infinity') = 'infinity' and branch like 'SH.X05.%'";

    [Fact]
    public async Task Somebody_is_honoured_gets_a_card_goes_away_for_a_while_and_comes_back()
    {
        var member = await sample.ScalarAsync<string>($"{OnRoll} and member in (select code from member where joined between '1996-11-28' and '1997-10-01') and member not in (select member from badge) order by member limit 1");
        await using var visit = await EnterAsync();
        var page = visit.Page;
        await visit.GoAsync($"/dang-vien?ma={member}&ngay=2026-11-20");
        await visit.SettleAsync();
        var offers = page.GetByRole(AriaRole.Navigation, new() { Name = "Ghi sự kiện về người này" });
        await Expect(offers.GetByRole(AriaRole.Link, new() { Name = "Tặng Huy hiệu Đảng" })).ToBeVisibleAsync();
        await Expect(offers.GetByRole(AriaRole.Link, new() { Name = "Trở về sau sinh hoạt tạm thời" })).ToHaveCountAsync(0);

        await OpenAsync(visit, $"/su-kien/huy-hieu?ma={member}");
        await page.GetByLabel("Loại (năm tuổi Đảng) *").FillAsync("30");
        await page.GetByLabel("Ngày trao tặng *").FillAsync("7/11/2026");
        await page.GetByLabel("Số quyết định *").FillAsync("40-QĐ/TU");
        await visit.ButtonAsync("Xem trước");
        await Expect(page.GetByText("là trước ngày đó (tặng sớm thì ghi Có")).ToBeVisibleAsync();
        await page.GetByLabel("Tặng sớm").CheckAsync();
        await visit.SaveAsync("được tặng Huy hiệu 30 năm tuổi Đảng ngày 07/11/2026");
        Assert.True(await sample.ScalarAsync<bool>($"select early from badge where member = '{member}'"));

        await OpenAsync(visit, $"/su-kien/the-dang?ma={member}");
        await page.GetByLabel("Hình thức *").SelectOptionAsync("Cấp lại do mất");
        await page.GetByLabel("Ngày *", new() { Exact = true }).FillAsync("8/11/2026");
        await page.GetByLabel("Số thẻ").FillAsync("12.999001");
        await visit.SaveAsync("Thẻ đảng viên của");
        await OpenAsync(visit, $"/su-kien/khen-thuong?ma={member}");
        await page.GetByLabel("Hình thức *").SelectOptionAsync("Giấy khen");
        await page.GetByLabel("Cấp tặng *").SelectOptionAsync("Huyện ủy");
        await page.GetByLabel("Ngày *", new() { Exact = true }).FillAsync("9/11/2026");
        await visit.SaveAsync("được tặng Giấy khen (Huyện ủy)");

        await OpenAsync(visit, $"/su-kien/sinh-hoat-tam-thoi?ma={member}");
        await visit.ChooseAsync("Nơi đến", "Chi bộ khu công nghiệp", "nơi ở ngoài");
        await page.GetByLabel("Từ ngày *").FillAsync("10/11/2026");
        await visit.SaveAsync("sinh hoạt tạm thời tại Chi bộ khu công nghiệp");
        await OpenAsync(visit, $"/su-kien/sinh-hoat-tam-thoi?ma={member}&viec=return");
        await page.GetByLabel("Ngày đầu tiên không còn ở đó *").FillAsync("20/11/2026");
        await visit.SaveAsync("thôi sinh hoạt tạm thời ở nơi khác");
        Assert.Equal("Đi Chi bộ khu công nghiệp 2026-11-10 2026-11-20", await sample.ScalarAsync<string>($"select concat_ws(' ', direction, place, valid_from, valid_to) from stay where member = '{member}'"));

        var branch = await BranchAsync("SH.X05");
        await OpenAsync(visit, $"/su-kien/dai-hoi?chi-bo={branch}");
        await page.GetByLabel("Ngày đại hội *").FillAsync("12/11/2026");
        await page.GetByLabel("Nhiệm kỳ đến hết ngày *").FillAsync("11/5/2029");
        await visit.SaveAsync("nhiệm kỳ đến hết ngày 11/05/2029");
        Assert.Equal(1, await sample.ScalarAsync<int>($"select count(*)::integer from congress where org = '{branch}' and date = '2026-11-12' and valid_until = '2029-05-11'"));
        Assert.Empty(visit.Faults);
    }

    [Fact]
    public async Task Somebody_is_followed_asked_for_admitted_and_his_name_was_written_down_once()
    {
        var (own, other) = (await BranchAsync("SH.X05"), await BranchAsync("SH.X04"));
        await using (var commune = await sample.EnterAsync("xax05", Role.Preparer, "SH.X05"))
        {
            await FosterAsync(commune, "NGX1", own, "Hờ Thị Thầm Kín");
            await commune.SaveAsync("theo dõi, giúp đỡ nguồn kết nạp NGX1");
            await FosterAsync(commune, "NGX2", other, "Hờ A Kín Đáo");
            await commune.ButtonAsync("Xem trước");
            await commune.ButtonAsync("Gửi đề nghị");
            await Expect(commune.Title).ToHaveTextAsync("Đề nghị chờ duyệt");
            Assert.Empty(commune.Faults);
        }
        Assert.Equal(0, await sample.ScalarAsync<int>("select count(*)::integer from request where request::text like '%Kín%'"));
        await using (var commune = await sample.EnterAsync("xax04", Role.Preparer, "SH.X04"))
        {
            await commune.GoAsync("/de-nghi");
            await commune.SettleAsync();
            await commune.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "NGX2" }).GetByRole(AriaRole.Button, new() { Name = "Nhận", Exact = true }).ClickAsync();
            await Expect(commune.Page.GetByRole(AriaRole.Status).First).ToContainTextAsync("Đã nhận 1 đề nghị");
        }
        Assert.Equal("Hờ A Kín Đáo", await sample.ScalarAsync<string>($"select name_kept(name) from source where code = 'NGX2' and branch = '{other}'"));

        await using var visit = await EnterAsync();
        var page = visit.Page;
        await OpenAsync(visit, "/su-kien/nguon-ket-nap?ma=NGX1&viec=attend");
        await page.GetByLabel("Ngày học *").FillAsync("5/11/2026");
        await visit.SaveAsync("học lớp nhận thức về Đảng ngày 05/11/2026");
        Assert.Equal(0, await sample.ScalarAsync<int>("select count(*)::integer from trail where trail::text like '%Kín%'"));

        await OpenAsync(visit, $"/su-kien/ket-nap?chi-bo={own}");
        await visit.ChooseAsync("Đảng viên", "DV990077", "mã mới");
        await page.GetByLabel("Ngày kết nạp *").FillAsync("19/11/2026");
        await page.GetByLabel("Số quyết định *").FillAsync("77-QĐ/HU");
        await page.GetByLabel("Ngày quyết định *").FillAsync("10/11/2026");
        await visit.ChooseAsync("Nguồn kết nạp", "tham kin", "NGX1");
        await Expect(page.GetByLabel("Họ và tên *")).ToHaveValueAsync("Hờ Thị Thầm Kín");
        await page.GetByLabel("Giáo dục phổ thông *").SelectOptionAsync("Trung học phổ thông");
        await page.GetByLabel("Nghề nghiệp *").SelectOptionAsync("Nông, lâm, ngư nghiệp");
        await visit.SaveAsync("Kết nạp");
        Assert.Equal("2026-11-19 Kết nạp DV990077 Hờ Thị Thầm Kín 1999-10-01", await sample.ScalarAsync<string>("select concat_ws(' ', valid_to, result, source.member, person.name, person.born) from source join member as person on person.code = source.member where source.code = 'NGX1'"));
        Assert.Empty(visit.Faults);
    }

    [Fact]
    public async Task Somebody_respected_outside_the_Party_begins_and_ends()
    {
        var village = await sample.ScalarAsync<string>("select code::text from village where commune = 'SH.X05' and valid_to is null order by code limit 1");
        await using var visit = await EnterAsync();
        var page = visit.Page;
        await OpenAsync(visit, "/su-kien/chuc-vu");
        await page.GetByLabel("Hoặc người ngoài Đảng").FillAsync("Sùng A Ngoài");
        await page.GetByLabel("Chức vụ *").SelectOptionAsync("Người có uy tín");
        await visit.ChooseAsync("Nơi giữ chức", village);
        await page.GetByLabel("Từ ngày *").FillAsync("2/11/2026");
        await visit.SaveAsync("Sùng A Ngoài giữ chức Người có uy tín");
        await OpenAsync(visit, "/su-kien/chuc-vu?viec=dismiss");
        await page.GetByLabel("Thôi từ ngày *").FillAsync("20/11/2026");
        await visit.ChooseAsync("Nơi giữ chức", village);
        await page.GetByRole(AriaRole.Button, new() { Name = "Người có uy tín: Sùng A Ngoài" }).ClickAsync();
        await visit.SaveAsync("Sùng A Ngoài thôi chức Người có uy tín");
        Assert.Equal("Người có uy tín 2026-11-02 2026-11-20", await sample.ScalarAsync<string>($"select concat_ws(' ', post, valid_from, valid_to) from post where place = '{village}' and outsider = 'Sùng A Ngoài'"));
        Assert.Empty(visit.Faults);
    }

    [Fact]
    public async Task A_row_that_was_written_wrong_is_put_right_and_one_that_never_was_is_removed()
    {
        var member = await sample.ScalarAsync<string>($"{OnRoll.Replace("SH.X05", "SH.X07", StringComparison.Ordinal)} and membership.valid_from < '2026-01-01' order by member desc limit 1");
        var branch = await sample.ScalarAsync<string>($"select branch::text from membership where member = '{member}' and valid_to is null");
        await using var visit = await EnterAsync();
        var page = visit.Page;
        await OpenAsync(visit, $"/dang-vien?ma={member}&ngay=2026-11-20");
        await page.GetByRole(AriaRole.Link, new() { Name = "Sửa, xóa một dòng" }).ClickAsync();
        await page.GetByLabel("Trang *").SelectOptionAsync("Sinh hoạt");
        await page.GetByLabel("Dòng *").SelectOptionAsync("0");
        await page.GetByLabel("Căn cứ").FillAsync("12-QĐ/ĐU");
        await visit.ButtonAsync("Xem trước");
        await Expect(page.GetByText("Hãy ghi “Vì sao”.")).ToBeVisibleAsync();
        await page.GetByLabel("Vì sao *").FillAsync("Thiếu căn cứ");
        await visit.SaveAsync("Căn cứ = 12-QĐ/ĐU");
        Assert.Equal("12-QĐ/ĐU", await sample.ScalarAsync<string>($"select basis from membership where member = '{member}' order by valid_from desc limit 1"));

        var meetings = await sample.ScalarAsync<int>($"select count(*)::integer from meeting where branch = '{branch}'");
        await OpenAsync(visit, $"/su-kien/sua-dong?chi-bo={branch}");
        await page.GetByLabel("Trang *").SelectOptionAsync("Họp chi bộ");
        await page.GetByLabel("Dòng *").SelectOptionAsync("0");
        await page.GetByLabel("Xóa dòng này").CheckAsync();
        await page.GetByLabel("Vì sao *").FillAsync("Không họp");
        await visit.SaveAsync("xóa dòng");
        Assert.Equal(meetings - 1, await sample.ScalarAsync<int>($"select count(*)::integer from meeting where branch = '{branch}'"));
        Assert.Empty(visit.Faults);
    }

    [Fact]
    public async Task Members_of_a_branch_are_rated_on_one_grid()
    {
        var branch = await BranchAsync("SH.X06");
        await using var visit = await EnterAsync();
        var page = visit.Page;
        await OpenAsync(visit, $"/su-kien/xep-loai-dang-vien?don-vi={branch}");
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Mức, " }).First.SelectOptionAsync("Hoàn thành xuất sắc nhiệm vụ");
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Mức, " }).Nth(1).SelectOptionAsync("Hoàn thành nhiệm vụ");
        await visit.SaveAsync("xếp loại 2 đảng viên năm 2025");
        Assert.Equal(2, await sample.ScalarAsync<int>($"select count(*)::integer from member_rating join membership using (member) where year = 2025 and branch = '{branch}' and valid_to is null"));
        Assert.Empty(visit.Faults);
    }

    private static async Task FosterAsync(Visit visit, string code, string branch, string name)
    {
        var page = visit.Page;
        await OpenAsync(visit, "/su-kien/nguon-ket-nap");
        await page.GetByLabel("Mã nguồn *").FillAsync(code);
        await visit.ChooseAsync("Chi bộ theo dõi", branch);
        await page.GetByLabel("Theo dõi từ ngày *").FillAsync("1/11/2026");
        await page.GetByLabel("Họ và tên *").FillAsync(name);
        await page.GetByLabel("Giới tính *").SelectOptionAsync("Nữ");
        await page.GetByLabel("Ngày sinh *").FillAsync("10/1999");
        await page.GetByLabel("Dân tộc *").SelectOptionAsync("Mông");
        await page.GetByLabel("Dân tộc *").PressAsync("Tab");
    }

    private Task<string> BranchAsync(string commune) =>
        sample.ScalarAsync<string>($"select code::text from org_version where parent = '{commune}' and valid_to is null and is_branch(level_role) order by code limit 1");

    private async Task<Visit> EnterAsync()
    {
        var visit = await sample.EnterAsync("clerk");
        await visit.Page.SetViewportSizeAsync(Visit.Phone.Width, Visit.Phone.Height);
        return visit;
    }

    private static async Task OpenAsync(Visit visit, string path)
    {
        await visit.GoAsync(path);
        await visit.SettleAsync();
    }
}
