using Microsoft.Playwright;
using SinHo.Reporting.Access;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Signing;
using SinHo.Reporting.Tests.Exchange;
using SinHo.Reporting.Tests.Signing;
using SinHo.Reporting.Tests.Support;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace SinHo.Reporting.Tests.Browser;

/// <summary>A superior register on pages: registers are waited for, a set is refused and another taken in, the sum tells its gap and opens what it sums.</summary>
public sealed class SumStoryTests(ServedSample sample, TestCluster cluster) : IClassFixture<ServedSample>
{
    private static readonly Period Year = Period.Year(2019);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Trait("Length", "Long")]
    [Fact]
    public async Task Sets_are_taken_in_on_the_page_and_a_gap_stays_a_gap()
    {
        using var folder = new TemporaryFolder();
        await using var first = await TestRegister.SoundAsync(cluster);
        await using var second = await TestRegister.SoundAsync(cluster);
        var (one, other) = (await SentAsync(first, folder, "A"), await SentAsync(second, folder, "B"));

        await using var clerk = await sample.EnterAsync("tonghop", Role.Preparer);
        await clerk.GoAsync("/tong-hop?mau=form-1&tu=2019-01-01&den=2019-12-31");
        await clerk.SettleAsync();
        await Expect(clerk.Page.GetByText("Chưa chờ sổ nào cho kỳ năm 2019")).ToBeVisibleAsync();
        await SendAsync(clerk, one);
        await Expect(clerk.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("không chờ nhận số liệu của Tỉnh A (mã sổ A)");
        foreach (var code in (string[])["A", "B", "C"])
        {
            await clerk.Page.GetByLabel("Mã sổ").FillAsync(code);
            await clerk.Page.GetByLabel("Tên sổ").FillAsync($"Tỉnh {code}");
            await clerk.Page.GetByLabel("Mã đơn vị báo cáo").FillAsync("SH");
            await clerk.Page.GetByRole(AriaRole.Textbox, new() { Name = "Chờ từ ngày" }).FillAsync("01/01/2019");
            // C is not waited for any more.
            await clerk.Page.GetByLabel("Đến trước ngày").FillAsync(code == "C" ? "01/02/2019" : "");
            await clerk.ButtonAsync("Ghi sổ chờ nhận");
            await Expect(clerk.Page.GetByRole(AriaRole.Region, new() { Name = "Danh mục các sổ chờ nhận" })).ToContainTextAsync($"Tỉnh {code}");
        }
        await SendAsync(clerk, one);
        await Expect(clerk.Page.GetByRole(AriaRole.Status).Filter(new() { HasText = "Đã nhận: Tỉnh A, số 1-BC/A" })).ToBeVisibleAsync();
        await Expect(clerk.Page.GetByText("CHƯA ĐỦ: mới có 1 trong 2 sổ")).ToBeVisibleAsync();
        var table = clerk.Page.GetByRole(AriaRole.Region, new() { Name = "Số liệu của các sổ và số cộng" });
        await Expect(table).ToContainTextAsync("Cộng chưa đủ: thiếu Tỉnh B");
        await Expect(clerk.Page.GetByRole(AriaRole.Region, new() { Name = "Sổ nào đã gửi" })).ToContainTextAsync("quá hạn từ 20/01/2020");

        await SendAsync(clerk, other);
        await Expect(clerk.Page.GetByText("Đã nhận: Tỉnh B")).ToBeVisibleAsync();
        await Expect(clerk.Page.GetByText("CHƯA ĐỦ")).Not.ToBeVisibleAsync();
        await Expect(table).Not.ToContainTextAsync("chưa đủ");
        await Expect(table.GetByRole(AriaRole.Row).Filter(new() { HasText = "Đảng viên" }).First).ToBeVisibleAsync();
        await table.GetByRole(AriaRole.Link).First.ClickAsync();
        var source = clerk.Page.GetByRole(AriaRole.Region, new() { NameRegex = new("^Nguồn: ", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)) });
        await Expect(source).ToContainTextAsync("1-BC/A");
        await Expect(source).ToContainTextAsync("1-BC/B");
        var proof = folder.File("goc.json");
        Assert.Equal("A 1-BC-A.json", await clerk.DownloadAsync(() => source.GetByRole(AriaRole.Link, new() { Name = "Tệp số liệu đã nhận của Tỉnh A" }).ClickAsync(), proof));
        Assert.Equal(await File.ReadAllBytesAsync(Directory.GetFiles(one, "*.json").Single(), TestContext.Current.CancellationToken), await File.ReadAllBytesAsync(proof, TestContext.Current.CancellationToken));
        var workbook = await clerk.DownloadAsync(() => clerk.Page.GetByRole(AriaRole.Link, new() { Name = "Tệp Excel" }).ClickAsync(), folder.File("tong.xlsx"));
        Assert.Equal("Cong cac so - form-1 - 2019-01-01 2019-12-31.xlsx", workbook);
        await clerk.GoAsync("/tong-hop?mau=villages");
        await Expect(clerk.Page.GetByText("không cộng được từng dòng")).ToBeVisibleAsync();
        Assert.Empty(clerk.Faults);

        await using var reader = await sample.EnterAsync("docso", Role.Reader);
        var id = await sample.ScalarAsync<Guid>("select received_id from received_report limit 1");
        Assert.Equal(403, (await reader.Page.GotoAsync($"/tong-hop/goc/{id}"))!.Status);
        await reader.Page.GotoAsync("/tong-hop");
        await Expect(reader.Page.Locator("main")).Not.ToContainTextAsync("Nhận bộ gửi");
    }

    private static Task SendAsync(Visit clerk, string folder) => clerk.Page.Locator("input[type=file]").Last.SetInputFilesAsync(Directory.GetFiles(folder));

    private static async Task<string> SentAsync(TestRegister register, TemporaryFolder folder, string code)
    {
        await new OwnRegister(register.Database).EnterAsync(new(code, $"Tỉnh {code}"), "test", Cancel);
        var signed = await ChangesSinceTests.SignAsync(register, folder, "form-1", "SH", Year, $"1-BC/{code}");
        var to = Directory.CreateDirectory(folder.File(code)).FullName;
        await new Outbox(register.Database).SendAsync(new([signed], "Trung ương", to, null, "test"), Cancel);
        return to;
    }
}
