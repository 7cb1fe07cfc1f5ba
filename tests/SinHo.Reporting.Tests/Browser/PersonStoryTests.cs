using Dapper;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace SinHo.Reporting.Tests.Browser;

/// <summary>A clerk looks somebody up: from a list to the person, to another day, to the village and back to who lives there.</summary>
public sealed class PersonStoryTests(ServedSample sample) : IClassFixture<ServedSample>
{
    [Fact]
    public async Task From_a_list_to_a_person_on_another_day_and_from_the_village_to_its_people()
    {
        // Since 2019 somebody of SH.X03 works elsewhere and lives in V02.
        var code = await sample.ScalarAsync<string>("""
            select min(member.code::text) from member
            join membership on membership.member = member.code and membership.branch like 'SH.X03.%' and membership.valid_from < '2019-01-01' and membership.valid_to is null
            where member.residence = 'SH.X03.V01' and member.occupation <> 'Khác'
            """);
        await using (var connection = await sample.Database.OpenConnectionAsync(TestContext.Current.CancellationToken))
        {
            await connection.ExecuteAsync("""
                insert into member
                select (jsonb_populate_record(member, '{"valid_from": "2019-03-01", "occupation": "Khác", "residence": "SH.X03.V02"}')).*
                from member
                where code = @code
                """, new { code });
            await connection.ExecuteAsync("select refresh_record(array[@code])", new { code });
        }
        await using var visit = await sample.EnterAsync("clerk");
        var page = visit.Page;
        await visit.GoAsync("/danh-sach?so-lieu=members&don-vi=SH.X03&ngay=2020-06-30&loc=" + code);
        await page.GetByRole(AriaRole.Link, new() { Name = code }).ClickAsync();
        await Expect(visit.Title).ToContainTextAsync($"({code})");
        await Expect(visit.Title).ToBeFocusedAsync();
        var record = page.GetByRole(AriaRole.Region, new() { Name = "Hồ sơ", Exact = true });
        await Expect(record.GetByRole(AriaRole.Link, new() { Name = "(SH.X03.V02)" })).ToBeVisibleAsync();
        var changes = page.GetByRole(AriaRole.Region, new() { Name = "Thay đổi của hồ sơ" });
        await Expect(changes).ToContainTextAsync("Nghề nghiệp: ");
        await Expect(changes.GetByRole(AriaRole.Link, new() { Name = "lần nhập" })).ToHaveCountAsync(1);

        await page.GetByRole(AriaRole.Textbox, new() { Name = "Hồ sơ vào ngày" }).FillAsync("28/2/2019");
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Hồ sơ vào ngày" }).PressAsync("Enter");
        await page.WaitForURLAsync("**/dang-vien?*ngay=2019-02-28*");
        await Expect(page.GetByText("Hồ sơ có hiệu lực ngày 28/02/2019")).ToBeVisibleAsync();
        await Expect(record.GetByText("Khác", new() { Exact = true })).ToHaveCountAsync(0);

        await record.GetByRole(AriaRole.Link, new() { Name = "(SH.X03.V01)" }).ClickAsync();
        await Expect(visit.Title).ToContainTextAsync("(SH.X03.V01)");
        var residents = page.GetByRole(AriaRole.Region, new() { Name = "Đảng viên cư trú" });
        await Expect(residents.GetByRole(AriaRole.Link, new() { Name = code })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Vào ngày" }).FillAsync("1/3/2019");
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Vào ngày" }).PressAsync("Enter");
        await Expect(page.GetByText("Đảng viên cư trú ngày 01/03/2019")).ToBeVisibleAsync();
        await Expect(residents.GetByRole(AriaRole.Link, new() { Name = code })).ToHaveCountAsync(0);

        await page.GetByRole(AriaRole.Region, new() { Name = "Quá trình của bản" }).GetByRole(AriaRole.Link).First.ClickAsync();
        await page.WaitForURLAsync("**/to-chuc?*don-vi=SH.X03");
        await page.GetByRole(AriaRole.Region, new() { Name = "Bản, khu phố" }).GetByRole(AriaRole.Link).First.ClickAsync();
        await Expect(visit.Title).ToContainTextAsync("(SH.X03.V01)");
        Assert.Equal(2, await sample.ScalarAsync<int>($"select count(*)::integer from reading where kind = 'person' and subject = '{code}'"));
        Assert.Empty(visit.Faults);
    }
}
