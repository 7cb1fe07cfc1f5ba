using System.CommandLine;
using SinHo.Reporting.Access;
using SinHo.Reporting.Host.Web;
using SinHo.Reporting.Host.Web.SignIn;
using SinHo.Reporting.Words;

namespace SinHo.Reporting.Host.Verbs;

/// <summary>sinho account: the accounts, from the machine itself; without a further word, the list.</summary>
public static class AccountVerb
{
    private static readonly TimeSpan LinkLifetime = TimeSpan.FromHours(24);

    private static string Roles => string.Join(", ", Enum.GetValues<Role>().Select(role => $"“{Rights.Name(role)}”"));

    public static Command Command()
    {
        var command = new Command("account", "Tài khoản: danh sách (không nêu gì thêm), add: thêm, link: liên kết đặt mật khẩu, disable, enable")
        {
            List(), Add(), Link(), SetActive("disable", "Ngừng một tài khoản; ai đang mở bị đưa ra trong vòng một phút", active: false),
            SetActive("enable", "Mở lại một tài khoản đã ngừng", active: true),
        };
        command.SetAction(ListAsync);
        return command;
    }

    private static Command List()
    {
        var command = new Command("list", "Danh sách tài khoản");
        command.SetAction(ListAsync);
        return command;
    }

    private static async Task<int> ListAsync(ParseResult words, CancellationToken cancel)
    {
        await using var place = await Workplace.OpenAsync(words, cancel);
        foreach (var account in await new Accounts(place.Database).ListAsync(cancel))
        {
            var state = account switch
            {
                { Active: false } => "đã ngừng",
                { HasPassword: false } => "chưa đặt mật khẩu",
                { LockoutEnd: { } end } when end > Workplace.Clock.GetUtcNow() => $"tạm khóa từ một nơi đến {Vietnamese.Moment(end)}",
                _ => "đang dùng",
            };
            await Console.Out.WriteLineAsync(
                $"{account.UserName}  {account.DisplayName}  {Rights.Name(account.Role)}  {account.Unit ?? "toàn bộ sổ đăng ký"}  {state}");
        }
        return ExitCode.Done;
    }

    private static Command Add()
    {
        var name = Name();
        var display = new Option<string?>("--display")
        {
            Description = "Họ và tên người dùng (không nêu: như tên đăng nhập)",
            HelpName = "HỌ TÊN",
        };
        var role = new Option<string?>("--role") { Description = $"Vai trò: {Roles}", HelpName = "VAI TRÒ" };
        var unit = new Option<string?>("--unit")
        {
            Description = "Đơn vị được xem, cùng mọi đơn vị dưới nó (không nêu: toàn bộ sổ đăng ký)",
            HelpName = "MÃ",
        };
        var urls = ServeVerb.UrlsOption();
        var command = new Command("add", "Thêm một tài khoản và in liên kết đặt mật khẩu của nó") { name, display, role, unit, urls };
        command.SetAction(async (words, cancel) =>
        {
            var word = words.GetValue(role) ?? throw new UsageException($"Thiếu vai trò: --role nhận {Roles}.");
            var named = Rights.Named(word) ?? throw new UsageException($"Không có vai trò “{word}”; các vai trò: {Roles}.");
            await using var place = await Workplace.OpenAsync(words, cancel);
            var userName = words.GetValue(name)!;
            var wish = new AccountWish(userName, words.GetValue(display) ?? userName, named, words.GetValue(unit));
            var account = await new Accounts(place.Database).AddAsync(wish, Accounts.CommandLine, cancel);
            await PrintLinkAsync(place, account, words.GetValue(urls), cancel);
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Link()
    {
        var name = Name();
        var urls = ServeVerb.UrlsOption();
        var command = new Command("link", "In liên kết đặt mật khẩu mới, dùng một lần; liên kết cũ thôi có hiệu lực") { name, urls };
        command.SetAction(async (words, cancel) =>
        {
            await using var place = await Workplace.OpenAsync(words, cancel);
            var account = await FindAsync(place, words.GetValue(name)!, cancel);
            if (!account.Active)
            {
                throw new AccountException(
                    $"Tài khoản “{account.UserName}” đã ngừng; hãy mở lại trước: sinho account enable {account.UserName}.");
            }
            await PrintLinkAsync(place, account, words.GetValue(urls), cancel);
            return ExitCode.Done;
        });
        return command;
    }

    private static Command SetActive(string word, string says, bool active)
    {
        var name = Name();
        var command = new Command(word, says) { name };
        command.SetAction(async (words, cancel) =>
        {
            await using var place = await Workplace.OpenAsync(words, cancel);
            var account = await FindAsync(place, words.GetValue(name)!, cancel);
            await new Accounts(place.Database).SetActiveAsync(account.Id, active, Accounts.CommandLine, cancel);
            place.Steps.Say($"Tài khoản “{account.UserName}” {(active ? "đã mở lại" : "đã ngừng")}.");
            return ExitCode.Done;
        });
        return command;
    }

    private static Argument<string> Name() =>
        new("NAME") { HelpName = "TÊN", Description = "Tên đăng nhập; không phân biệt hoa thường và dấu" };

    /// <exception cref="AccountException">No account has the name.</exception>
    private static async Task<Account> FindAsync(Workplace place, string name, CancellationToken cancel)
    {
        var accounts = new Accounts(place.Database);
        if (await accounts.FindAsync(name, cancel) is { } found)
            return found;
        var known = (await accounts.ListAsync(cancel)).Select(account => account.UserName).ToList();
        throw new AccountException(NearestWord.To(name, known) is { } nearest
            ? $"Không có tài khoản “{name}”. Có phải “{nearest}”?"
            : $"Không có tài khoản “{name}”; xem danh sách: sinho account list.");
    }

    private static async Task PrintLinkAsync(Workplace place, Account account, string? url, CancellationToken cancel)
    {
        var token = await new Passwords(place.Database).MakeLinkAsync(account.Id, LinkLifetime, Accounts.CommandLine, cancel);
        place.Steps.Say(
            $"Liên kết đặt mật khẩu cho “{account.UserName}” (dùng một lần, trong 24 giờ; cần sinho serve đang chạy ở địa chỉ này):");
        await Console.Out.WriteLineAsync(FirstAdministrator.Link(url ?? Workplace.Variable(SiteAddress.PublicVariable) ?? ServeVerb.UsualUrl, token));
    }
}
