using SinHo.Reporting.Tests.Support;
using Xunit;

namespace SinHo.Reporting.Tests.Host;

/// <summary>sinho account, from the machine itself.</summary>
public sealed class AccountVerbTests(TestCluster cluster)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Accounts_are_added_listed_given_a_new_link_and_closed()
    {
        var database = await cluster.NewSampleAsync();
        string[] person = ["--display", "Nguyễn Văn Hùng", "--role", "lập biểu", "--unit", "SH.X03"];
        var added = await RunAsync(database, ["account", "add", "hung.nv", .. person]);
        Assert.Equal(0, added.Exit);
        Assert.Matches(@"^http://127\.0\.0\.1:5080/dat-mat-khau\?ma=[0-9a-f]{64}\s*$", added.Output);
        Assert.Equal(0, (await RunAsync(database, "account", "add", "chi", "--role", "Quản trị")).Exit);
        var link = await RunAsync(database, "account", "link", "Hùng.NV", "--urls", "http://may-chu:5080/");
        Assert.StartsWith("http://may-chu:5080/dat-mat-khau?ma=", link.Output, StringComparison.Ordinal);
        Assert.NotEqual(added.Output, link.Output);

        Assert.Equal(0, (await RunAsync(database, "account", "disable", "hung.nv")).Exit);
        var list = (await RunAsync(database, "account")).Output;
        Assert.Contains("hung.nv  Nguyễn Văn Hùng  Lập biểu  SH.X03  đã ngừng", list, StringComparison.Ordinal);
        Assert.Contains("chi  chi  Quản trị  toàn bộ sổ đăng ký  chưa đặt mật khẩu", list, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_done_is_said_at_once_and_changes_nothing()
    {
        var database = await cluster.NewSampleAsync();
        await RunAsync(database, "account", "add", "chi", "--role", "Quản trị");
        await RefusedAsync(database, 3, "duy nhất", "account", "disable", "chi");
        await RefusedAsync(database, 3, "Đã có tài khoản", "account", "add", "CHI", "--role", "Xem");
        await RefusedAsync(database, 3, "Có phải “chi”?", "account", "link", "chii");
        await RefusedAsync(database, 2, "“Xem”", "account", "add", "moi", "--role", "Giám đốc");
        string[] outside = ["account", "add", "tên có dấu", "--role", "Quản trị", "--unit", "KHONG-CO"];
        var faults = await RefusedAsync(database, 3, "không dùng được", outside);
        Assert.Contains("luôn thấy toàn bộ sổ đăng ký", faults, StringComparison.Ordinal);
        Assert.Contains("Không có đơn vị “KHONG-CO”", faults, StringComparison.Ordinal);
        var list = await RunAsync(database, "account", "list");
        Assert.Equal("chi  chi  Quản trị  toàn bộ sổ đăng ký  chưa đặt mật khẩu", list.Output.Trim());
    }

    private static Task<Said> RunAsync(string database, params string[] words) => SinhoProcess.RunAsync(words, database, Cancel);

    private static async Task<string> RefusedAsync(string database, int exit, string says, params string[] words)
    {
        var said = await RunAsync(database, words);
        Assert.Equal((exit, ""), (said.Exit, said.Output));
        Assert.Contains(says, said.Error, StringComparison.Ordinal);
        return said.Error;
    }
}
