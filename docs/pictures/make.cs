#:package Microsoft.Playwright
#:property RestorePackagesWithLockFile=false
#:property PublishAot=false
using Microsoft.Playwright;

// Takes the pictures of pages for the README; make.sh says how. Arguments: the link of the first start, the folder of pictures.
var (link, folder) = (new Uri(args[0]), args[1]);
const string Days = "tu=2015-07-01&den=2020-06-30&ngay=2020-06-30";
(string Name, string Address)[] pages =
[
    ("tong-quan", "/?ngay=2020-06-30"),
    ("bao-cao", $"/bao-cao?mau=term&don-vi=SH&{Days}"),
    ("danh-sach", $"/danh-sach?so-lieu=few_member_branches&don-vi=SH&{Days}"),
    ("nhap-so-lieu", "/nhap-so-lieu"),
    ("to-chuc", "/to-chuc?ngay=2020-06-30&don-vi=SH.X03"),
    ("lich-xuat", "/lich-xuat"),
    // A commune of the reform with the years before it.
    ("tua-sin-chai", "/bao-cao?mau=term&don-vi=LC.03529&tu=2020-07-01&den=2025-06-30&ban-do=true"),
    ("sap-xep", "/to-chuc/sap-xep"),
];

using var driver = await Playwright.CreateAsync();
await using var browser = await driver.Chromium.LaunchAsync(new()
{
    ExecutablePath = "/usr/bin/chromium",
    Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"],
});
var page = await browser.NewPageAsync(new() { ViewportSize = new() { Width = 1366, Height = 768 }, Locale = "vi-VN", TimezoneId = "Asia/Ho_Chi_Minh" });
await page.GotoAsync(link.ToString());
foreach (var field in await page.Locator("input[type=password]").AllAsync())
    await field.FillAsync("mot-mat-khau-de-chup-hinh");
await page.Locator("main button[type=submit]").First.ClickAsync();
await page.WaitForURLAsync(url => !url.Contains("dat-mat-khau", StringComparison.Ordinal));
foreach (var (name, address) in pages)
{
    await page.GotoAsync(new Uri(link, address).ToString());
    await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
    await page.WaitForTimeoutAsync(1_500);
    await Assertions.Expect(page.Locator("main [role=progressbar]")).ToHaveCountAsync(0, new() { Timeout = 60_000 });
    await page.WaitForTimeoutAsync(500);
    await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}.png") });
    Console.WriteLine(name);
}
