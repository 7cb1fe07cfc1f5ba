using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace SinHo.Reporting.Tests.Browser;

/// <summary>The forms that no other story fills in, on a telephone: what is typed is looked at, saved, and stands in the register.</summary>
public sealed class FormStoryTests(ServedSample sample) : IClassFixture<ServedSample>
{
    private const string OnRoll = "select member from membership join official_span using (member) where membership.valid_to is null and coalesce(official_span.valid_to, 'infinity') = 'infinity' and branch like 'SH.X05.%'";

    [Fact]
    public async Task Who_is_not_recognised_leaves_and_who_comes_from_elsewhere_is_there()
    {
        var probationer = await sample.ScalarAsync<string>("select member from membership join member on member.code = membership.member where membership.valid_to is null and member.official is null order by member.joined desc limit 1");
        await using var visit = await EnterAsync();
        var page = visit.Page;
        await OpenAsync(visit, $"/su-kien/khong-cong-nhan?ma={probationer}");
        await page.GetByLabel("Ngày thôi sinh hoạt *").FillAsync("2/11/2026");
        await visit.SaveAsync("không được công nhận chính thức");
        Assert.Equal("Xóa tên", await sample.ScalarAsync<string>($"select reason_out::text from membership where member = '{probationer}' and valid_to = '2026-11-02'"));

        var branch = await sample.ScalarAsync<string>("select code::text from org_version where parent = 'SH.X05' and valid_to is null and is_branch(level_role) order by code limit 1");
        await OpenAsync(visit, $"/su-kien/chuyen-den?chi-bo={branch}");
        await visit.ChooseAsync("Đảng viên", "DV990001", "mã mới");
        await page.GetByLabel("Ngày chuyển đến *").FillAsync("3/11/2026");
        await page.GetByLabel("Lý do đến *").SelectOptionAsync("Chuyển đến từ tỉnh khác");
        await page.GetByLabel("Ngày vào Đảng (người chưa có trong sổ)").FillAsync("3/2/2015");
        await page.GetByLabel("Ngày chính thức (người chưa có trong sổ)").FillAsync("3/2/2016");
        foreach (var (caption, text) in ((string, string)[])[("Họ và tên *", "Tẩn Thị Ví Dụ"), ("Ngày sinh *", "1990")])
            await page.GetByLabel(caption).FillAsync(text);
        foreach (var (caption, text) in ((string, string)[])[("Giới tính *", "Nữ"), ("Dân tộc *", "Dao"), ("Giáo dục phổ thông *", "Trung học cơ sở"), ("Nghề nghiệp *", "Công nhân")])
            await page.GetByLabel(caption).SelectOptionAsync(text);
        await visit.SaveAsync("sinh hoạt tại");
        Assert.Equal($"{branch} 2026-11-03 Chuyển đến từ tỉnh khác Tẩn Thị Ví Dụ", await sample.ScalarAsync<string>("select concat_ws(' ', branch, membership.valid_from, reason_in, name) from membership join member on code = member where member = 'DV990001'"));
        Assert.Empty(visit.Faults);
    }

    [Fact]
    public async Task Duties_begin_and_end()
    {
        var (member, held) = (await sample.ScalarAsync<string>($"{OnRoll} and not exists (select from post where post.member = membership.member) and member not in (select member from assignment) order by member limit 1"),
            await sample.ScalarAsync<string>("select post.member from post join membership using (member) where post.valid_to is null and membership.valid_to is null and post.village is null and membership.branch like 'SH.X05.%' order by 1 limit 1"));
        var branch = await sample.ScalarAsync<string>($"select branch::text from membership where member = '{member}' and valid_to is null");
        await using var visit = await EnterAsync();
        var page = visit.Page;
        await OpenAsync(visit, $"/su-kien/chuc-vu?ma={held}&viec=dismiss");
        await page.GetByRole(AriaRole.Button, new() { Name = " tại " }).First.ClickAsync();
        await page.GetByLabel("Thôi từ ngày *").FillAsync("4/11/2026");
        await visit.SaveAsync("thôi chức");
        Assert.Equal(1, await sample.ScalarAsync<int>($"select count(*)::integer from post where member = '{held}' and valid_to = '2026-11-04'"));

        await OpenAsync(visit, $"/su-kien/phan-cong?ma={member}");
        await visit.ChooseAsync("Chi bộ được theo dõi", branch);
        await page.GetByLabel("Vai trò *").SelectOptionAsync("Đảng ủy viên");
        await page.GetByLabel("Từ ngày *").FillAsync("2/11/2026");
        await visit.SaveAsync("được phân công theo dõi");
        await OpenAsync(visit, $"/su-kien/phan-cong?ma={member}&viec=release");
        await page.GetByRole(AriaRole.Button, new() { Name = "Đảng ủy viên tại" }).ClickAsync();
        await page.GetByLabel("Thôi từ ngày *").FillAsync("20/11/2026");
        await visit.SaveAsync("thôi theo dõi");
        Assert.Equal("2026-11-02 2026-11-20", await sample.ScalarAsync<string>($"select concat_ws(' ', valid_from, valid_to) from assignment where member = '{member}' and branch = '{branch}'"));
        Assert.Empty(visit.Faults);
    }

    [Fact]
    public async Task Inspections_and_villages_of_a_branch_are_entered_and_a_merge_is_parted()
    {
        var branch = await sample.ScalarAsync<string>("select branch::text from service where valid_to is null and branch like 'SH.X05.%' order by branch limit 1");
        var village = await sample.ScalarAsync<string>($"select village::text from service where branch = '{branch}' and valid_to is null order by village limit 1");
        await using var visit = await EnterAsync();
        var page = visit.Page;
        await OpenAsync(visit, $"/su-kien/kiem-tra?chi-bo={branch}");
        await page.GetByLabel("Số văn bản *").FillAsync("12-KH/UBKT");
        await page.GetByLabel("Ngày *", new() { Exact = true }).FillAsync("5/11/2026");
        await page.GetByLabel("Hình thức *").SelectOptionAsync("Giám sát");
        await visit.SaveAsync("văn bản 12-KH/UBKT");
        Assert.Equal("Giám sát", await sample.ScalarAsync<string>($"select form::text from inspection where document = '12-KH/UBKT' and org = '{branch}'"));

        await OpenAsync(visit, $"/su-kien/phu-trach-ban?chi-bo={branch}&viec=unserve");
        await visit.ChooseAsync("Bản", village);
        await page.GetByLabel("Thôi từ ngày *").FillAsync("6/11/2026");
        await visit.SaveAsync("thôi phụ trách");
        await OpenAsync(visit, $"/su-kien/phu-trach-ban?chi-bo={branch}");
        await visit.ChooseAsync("Bản", village);
        await page.GetByLabel("Từ ngày *").FillAsync("20/11/2026");
        await visit.SaveAsync("phụ trách");
        Assert.Equal(1, await sample.ScalarAsync<int>($"select count(*)::integer from service where branch = '{branch}' and village = '{village}' and valid_from = '2026-11-20'"));

        // Two codes of one person who moved: one ended where the other began.
        var member = await sample.ScalarAsync<string>($"{OnRoll} and not exists (select from post where post.member = membership.member) order by member offset 5 limit 1");
        await sample.ScalarAsync<object>($"select 1 from member where code = '{member}'");
        await OpenAsync(visit, $"/su-kien/chuyen-den?chi-bo={branch}");
        await visit.ChooseAsync("Đảng viên", "DV990777", "mã mới");
        await page.GetByLabel("Ngày chuyển đến *").FillAsync("3/11/2026");
        await page.GetByLabel("Lý do đến *").SelectOptionAsync("Chuyển đến từ huyện khác");
        await page.GetByLabel("Ngày vào Đảng (người chưa có trong sổ)").FillAsync("3/2/2015");
        foreach (var (caption, text) in ((string, string)[])[("Họ và tên *", "Lý Trùng Mã"), ("Ngày sinh *", "1991")])
            await page.GetByLabel(caption).FillAsync(text);
        foreach (var (caption, text) in ((string, string)[])[("Giới tính *", "Nam"), ("Dân tộc *", "Mông"), ("Giáo dục phổ thông *", "Trung học cơ sở"), ("Nghề nghiệp *", "Công nhân")])
            await page.GetByLabel(caption).SelectOptionAsync(text);
        await visit.SaveAsync("sinh hoạt tại");
        await OpenAsync(visit, "/su-kien/gop-nguoi-trung");
        await visit.ChooseAsync("Mã giữ lại", member);
        await visit.ChooseAsync("Mã thành mã cũ", "DV990777");
        await page.GetByLabel("Vì sao *").FillAsync("Hai mã một người");
        await visit.ButtonAsync("Xem trước");
        await page.GetByRole(AriaRole.Group, new() { Name = "bỏ dòng nào" }).GetByText("của DV990777:").First.ClickAsync();
        await visit.SaveAsync("là một người");
        await OpenAsync(visit, "/su-kien/gop-nguoi-trung?viec=part");
        await page.GetByLabel("Mã cũ *").FillAsync("DV990777");
        await page.GetByLabel("Vì sao *").FillAsync("Gộp nhầm");
        await visit.SaveAsync("lại là một người riêng");
        Assert.Equal("Lý Trùng Mã", await sample.ScalarAsync<string>("select name from member where code = 'DV990777'"));
        Assert.Empty(visit.Faults);
    }

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
