using System.Net;
using ClosedXML.Excel;
using Dapper;
using Xunit;

namespace SinHo.Reporting.Tests.Host;

/// <summary>The pages by their addresses, as accounts of the district and of a commune open them.</summary>
public sealed class PagesTests(AccessSite site) : IClassFixture<AccessSite>
{
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
        foreach (var page in (string[])["/bao-cao?mau=khong", "/danh-sach?so-lieu=khong", "/danh-sach/khong/tep?don-vi=SH&ngay=2020-06-30", $"/viec/{Guid.Empty}", $"/viec/{Guid.Empty}/tep"])
            await ExpectAsync(district, page, HttpStatusCode.NotFound);
        await ExpectAsync(commune, "/danh-sach/members/tep?don-vi=SH.X04&ngay=2020-06-30", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_whole_list_comes_as_a_workbook_and_that_it_was_opened_is_kept()
    {
        using var commune = await EnterAsync("xa");
        using var answer = await commune.GetAsync("/danh-sach/members/tep?don-vi=SH.X03&ngay=2020-06-30");

        using var book = new XLWorkbook(await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        Assert.StartsWith("ĐẢNG VIÊN: ", book.Worksheets.Single().FirstCellUsed().GetString(), StringComparison.Ordinal);
        await using var connection = await site.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1, await connection.ExecuteScalarAsync<int>("""
            select count(*)
            from reading
            join account using (account_id)
            where user_name = 'xa' and kind = 'list' and subject = 'members' and reading.unit = 'SH.X03' and period_to = '2020-06-30'
            """));
    }

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
