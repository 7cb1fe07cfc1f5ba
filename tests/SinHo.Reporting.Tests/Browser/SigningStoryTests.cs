using Microsoft.Playwright;
using SinHo.Reporting.Access;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace SinHo.Reporting.Tests.Browser;

/// <summary>A report on its way: made, sent, returned, sent again, approved, signed, opened with its people, and known by the code on its paper.</summary>
public sealed class SigningStoryTests(ServedSample sample) : IClassFixture<ServedSample>
{
    [Trait("Length", "Long")]
    [Fact]
    public async Task A_report_is_sent_returned_approved_signed_and_known_by_its_code()
    {
        string draft;
        await using var clerk = await sample.EnterAsync("canbo", Role.Preparer);
        await clerk.GoAsync("/bao-cao?mau=form-1&tu=2019-01-01&den=2019-12-31&don-vi=SH");
        await clerk.SettleAsync();
        await clerk.ButtonAsync("Lập tệp Excel");
        await clerk.Page.GetByRole(AriaRole.Link, new() { Name = "Gửi duyệt, ký" }).ClickAsync();
        await Expect(clerk.Title).ToHaveTextAsync("Duyệt và ký");
        draft = new Uri(clerk.Page.Url).AbsolutePath;
        await clerk.SettleAsync();
        await clerk.Page.GetByLabel("Ghi chú gửi kèm").FillAsync("Đã đối chiếu với sổ");
        await clerk.ButtonAsync("Gửi duyệt");
        await Expect(clerk.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("Đã gửi duyệt.");

        await using (var head = await sample.EnterAsync("truongban", Role.Head))
        {
            await head.GoAsync("/ky-bao-cao");
            await head.Page.GetByRole(AriaRole.Region, new() { Name = "Chờ duyệt, chờ ký" }).GetByRole(AriaRole.Link).First.ClickAsync();
            await Expect(head.Title).ToHaveTextAsync("Duyệt và ký");
            await head.SettleAsync();
            await Expect(head.Page.GetByText("“Đã đối chiếu với sổ”")).ToBeVisibleAsync();
            await head.ButtonAsync("Trả lại");
            await Expect(head.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("cần một câu");
            await head.Page.GetByLabel("Trả lại vì").FillAsync("Thiếu ghi chú dòng C.5");
            await head.ButtonAsync("Trả lại");
            await Expect(head.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("Đã trả lại.");
        }
        await clerk.GoAsync(draft);
        await clerk.SettleAsync();
        await Expect(clerk.Page.GetByText("“Thiếu ghi chú dòng C.5”").First).ToBeVisibleAsync();
        await clerk.ButtonAsync("Gửi duyệt");
        await Expect(clerk.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("Đã gửi duyệt.");

        string code;
        await using (var head = await sample.EnterAsync("truongban", Role.Head))
        {
            await head.GoAsync(draft);
            await head.SettleAsync();
            await head.ButtonAsync("Duyệt");
            await Expect(head.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("Đã duyệt");
            await head.Page.GetByLabel("Số và ký hiệu").FillAsync("01-BC/HU");
            await head.Page.GetByLabel("Họ tên người ký").FillAsync("Vàng Thị Trưởng");
            await head.ButtonAsync("Ký và phát hành");
            await Expect(head.Title).ToHaveTextAsync("Báo cáo đã ký số 01-BC/HU", new() { Timeout = 60_000 });
            await head.SettleAsync();
            code = await head.Page.Locator("code").First.InnerTextAsync();
            await head.Page.GetByRole(AriaRole.Link, new() { NameRegex = new("Kết nạp.*mở danh sách", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)) }).First.ClickAsync();
            await Expect(head.Page.GetByText("như khi ký").First).ToBeVisibleAsync();
            await head.ButtonAsync("Từ khi ký đã khác gì?");
            await Expect(head.Page.GetByText("Mọi số liệu vẫn như khi ký.")).ToBeVisibleAsync(new() { Timeout = 60_000 });
            // The paper with its signature and seal beside it, and the set on its way.
            await head.Page.Locator("input[type=file]").Last.SetInputFilesAsync(new FilePayload { Name = "thư mời.exe", MimeType = "application/pdf", Buffer = "MZ no scan"u8.ToArray() });
            await Expect(head.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("phải là tệp PDF");
            await head.Page.Locator("input[type=file]").Last.SetInputFilesAsync(new FilePayload { Name = "ban giay.pdf", MimeType = "application/pdf", Buffer = "%PDF-1.7 scan"u8.ToArray() });
            await Expect(head.Page.GetByRole(AriaRole.Link, new() { Name = "ban giay.pdf" })).ToBeVisibleAsync();
            Assert.Equal("ban giay.pdf", await head.DownloadAsync(() => head.Page.GetByRole(AriaRole.Link, new() { Name = "ban giay.pdf" }).ClickAsync(), sample.Folder.File("scan.pdf")));
            Assert.Equal("%PDF-1.7 scan", await File.ReadAllTextAsync(sample.Folder.File("scan.pdf"), TestContext.Current.CancellationToken));
            var disk = Directory.CreateDirectory(sample.Folder.File("usb")).FullName;
            await head.Page.GetByLabel("Nơi nhận").FillAsync("Ban Tổ chức Tỉnh ủy");
            await head.Page.GetByLabel("Thư mục hoặc ổ đĩa rời").FillAsync(disk);
            await head.ButtonAsync("Gửi, không kèm tên");
            await Expect(head.Page.GetByRole(AriaRole.Status).Filter(new() { HasText = "BIÊN NHẬN SỐ" })).ToContainTextAsync(code);
            Assert.True(File.Exists(Path.Combine(disk, "muc-luc.csv")));
            await head.GoAsync("/viec-can-lam");
            Assert.Empty(head.Faults);
        }

        // The paper is known to anybody who has it, by number, day and unit alone.
        await using var stranger = await sample.OpenAsync();
        await stranger.GoAsync("/kiem-tra");
        await stranger.Page.GetByLabel("Mã kiểm tra").FillAsync(code.ToLowerInvariant());
        await stranger.ButtonAsync("Kiểm tra");
        await Expect(stranger.Page.GetByText("Đúng là báo cáo đã ký.")).ToBeVisibleAsync();
        await Expect(stranger.Page.Locator("main")).ToContainTextAsync("01-BC/HU");
        await Expect(stranger.Page.Locator("main")).Not.ToContainTextAsync("Vàng Thị Trưởng");
        await stranger.Page.GetByLabel("Mã kiểm tra").FillAsync(code[..^1] + (code[^1] == '7' ? '8' : '7'));
        await stranger.ButtonAsync("Kiểm tra");
        await Expect(stranger.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Mã kiểm tra viết sai");
        for (var turn = 0; turn < 29; turn++)
            await stranger.ButtonAsync("Kiểm tra");
        await Expect(stranger.Page.Locator("main")).ToContainTextAsync("Quá nhiều lần thử");
        Assert.Empty(clerk.Faults);
    }
}
