using SinHo.Reporting.Access;

namespace SinHo.Reporting.Host.Web.SignIn;

/// <summary>While nobody can administer the register, each start prints a link by which somebody can.</summary>
public static class FirstAdministrator
{
    private const string UserName = "quantri";

    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    /// <param name="url">An address that the site listens to.</param>
    public static async Task InviteAsync(Workplace place, string url, CancellationToken cancel)
    {
        var accounts = new Accounts(place.Database);
        if (await accounts.HasAdministratorAsync(cancel))
            return;
        var account = (await accounts.ListAsync(cancel)).FirstOrDefault(one => one is { Role: Role.Administrator, Active: true })
            ?? await accounts.AddAsync(new(UserName, "Người quản trị", Role.Administrator, null), Accounts.CommandLine, cancel);
        var token = await new Passwords(place.Database).MakeLinkAsync(account.Id, Lifetime, Accounts.CommandLine, cancel);
        place.Steps.Say("");
        place.Steps.Say(
            $"  LẦN ĐẦU VÀO TRANG: mở liên kết này để đặt mật khẩu cho tài khoản {account.UserName} (dùng một lần, trong 24 giờ):");
        place.Steps.Say($"  {Link(url, token)}");
        place.Steps.Say("");
    }

    /// <summary>An address that means "every address of this machine" is none that a browser can open.</summary>
    public static string Link(string url, string token)
    {
        var open = url
            .Replace("//[::]", "//127.0.0.1", StringComparison.Ordinal)
            .Replace("//0.0.0.0", "//127.0.0.1", StringComparison.Ordinal);
        return $"{open.TrimEnd('/')}{AccessPages.SetPassword}?ma={token}";
    }
}
