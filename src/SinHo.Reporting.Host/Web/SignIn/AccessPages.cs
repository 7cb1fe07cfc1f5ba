using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using SinHo.Reporting.Access;

namespace SinHo.Reporting.Host.Web.SignIn;

/// <summary>Pages by which one gets in and out: plain forms that work without scripts.</summary>
public static class AccessPages
{
    public const string SignIn = "/dang-nhap";
    public const string SignOut = "/dang-xuat";
    public const string SetPassword = "/dat-mat-khau";
    public const string ChangePassword = "/doi-mat-khau";
    public const string EndOthers = "/ket-thuc-phien-khac";

    /// <summary>Name of the limit of tries per address.</summary>
    public const string Throttle = "sign-in";

    public static void MapAccess(this WebApplication site)
    {
        site.MapGet(SignIn, (HttpContext context, string? ve) =>
            Door.Viewer(context.User) is null ? Show(new() { Back = ve, Notice = CookieSession.WhyOver(context) }) : Results.LocalRedirect(Local(ve))).AllowAnonymous();
        site.MapPost(SignIn, SignInAsync).AllowAnonymous().RequireRateLimiting(Throttle);
        site.MapPost(SignOut, SignOutAsync).AllowAnonymous();
        site.MapGet(SetPassword, ShowSetPasswordAsync).AllowAnonymous();
        site.MapPost(SetPassword, SetPasswordAsync).AllowAnonymous().RequireRateLimiting(Throttle);
        site.MapGet(ChangePassword, () => Show<ChangePasswordPage>(new())).RequireAuthorization();
        site.MapPost(ChangePassword, ChangePasswordAsync).RequireAuthorization();
        site.MapPost(EndOthers, EndOthersAsync).RequireAuthorization();
    }

    /// <summary>Where a request comes from, behind a known proxy too.</summary>
    public static string Address(HttpContext context) => context.Connection.RemoteIpAddress switch
    {
        null => "?",
        { IsIPv4MappedToIPv6: true } mapped => mapped.MapToIPv4().ToString(),
        var address => address.ToString(),
    };

    public static IResult TooMany(HttpContext context)
    {
        context.Response.Headers.RetryAfter = "60";
        return Notice("Thử lại sau một phút", "Quá nhiều lần thử từ máy này hoặc mạng này.", StatusCodes.Status429TooManyRequests);
    }

    public static IResult Forbidden() => Notice(
        "Không có quyền",
        "Tài khoản này không được mở trang đã chọn. Cần dùng thì đề nghị người quản trị.",
        StatusCodes.Status403Forbidden);

    public static IResult Over() => Notice(
        "Phiên làm việc đã kết thúc",
        "Lâu không dùng, đã đăng xuất hoặc tài khoản vừa thay đổi, nên chưa có gì được ghi. Hãy đăng nhập lại rồi làm lại.",
        StatusCodes.Status401Unauthorized);

    public static IResult Stale() => Notice(
        "Trang đã cũ",
        "Trang này mở đã lâu hoặc được mở trước khi đăng nhập, nên chưa có gì được ghi. Hãy quay lại, tải lại trang rồi làm lại.",
        StatusCodes.Status400BadRequest);

    private static async Task<IResult> SignInAsync(HttpContext context, SignInDesk desk, CancellationToken cancel)
    {
        var form = await context.Request.ReadFormAsync(cancel);
        var (name, back) = (form["ten"].ToString(), form["ve"].ToString());
        if (await desk.SignInAsync(name, form["mat-khau"].ToString(), Address(context), cancel) is not { } signedIn)
            return Show(new() { Back = back, UserName = name, Faults = [SignInDesk.Refusal] });
        await CookieSession.SignInAsync(context, signedIn.Account, signedIn.Session);
        return Results.LocalRedirect(Local(back));
    }

    private static async Task<IResult> SignOutAsync(HttpContext context, Sessions sessions, CancellationToken cancel)
    {
        if (CookieSession.Of(context.User) is { } session)
            await sessions.EndAsync(session, cancel);
        await context.SignOutAsync();
        return Results.LocalRedirect(SignIn);
    }

    private static async Task<IResult> ShowSetPasswordAsync(string? ma, Passwords passwords, Accounts accounts, CancellationToken cancel) =>
        await passwords.LinkAsync(ma ?? "", cancel) is { } id
            ? Show<SetPasswordPage>(new() { Token = ma!, UserName = (await accounts.FindAsync(id, cancel))!.UserName })
            : DeadLink();

    private static async Task<IResult> SetPasswordAsync(
        HttpContext context, SignInDesk desk, Passwords passwords, Accounts accounts, CancellationToken cancel)
    {
        var form = await context.Request.ReadFormAsync(cancel);
        var token = form["ma"].ToString();
        if (await passwords.LinkAsync(token, cancel) is not { } id)
            return DeadLink();
        var account = (await accounts.FindAsync(id, cancel))!;
        var faults = PasswordRules.Faults(form["mat-khau"].ToString(), form["go-lai"].ToString(), account.UserName);
        if (faults.Count > 0)
            return Show<SetPasswordPage>(new() { Token = token, UserName = account.UserName, Faults = faults });
        if (await desk.UseLinkAsync(token, form["mat-khau"].ToString(), Address(context), cancel) is not { } signedIn)
            return DeadLink();
        await CookieSession.SignInAsync(context, signedIn.Account, signedIn.Session);
        return Results.LocalRedirect("/");
    }

    private static async Task<IResult> ChangePasswordAsync(
        HttpContext context, SignInDesk desk, Accounts accounts, CancellationToken cancel)
    {
        var form = await context.Request.ReadFormAsync(cancel);
        var account = (await accounts.FindAsync(Door.Viewer(context.User)!.Account, cancel))!;
        var typed = (form["hien-nay"].ToString(), form["mat-khau"].ToString(), form["go-lai"].ToString());
        var faults = await desk.ChangeAsync(account, CookieSession.Of(context.User)!.Value, typed, Address(context), cancel);
        return faults.Count > 0
            ? Show<ChangePasswordPage>(new() { Faults = faults })
            : Notice("Đã đổi mật khẩu", "Mọi nơi khác đang mở tài khoản này phải đăng nhập lại.", StatusCodes.Status200OK);
    }

    private static async Task<IResult> EndOthersAsync(HttpContext context, Sessions sessions, CancellationToken cancel)
    {
        await sessions.EndOthersAsync(CookieSession.Of(context.User)!.Value, cancel);
        return Results.LocalRedirect("/");
    }

    private static RazorComponentResult<NoticePage> DeadLink() => Notice(
        "Liên kết không còn dùng được",
        "Liên kết đặt mật khẩu chỉ dùng một lần và có hạn. Liên kết này đã dùng, đã quá hạn, hoặc đã có liên kết mới hơn thay thế. "
            + "Hãy đề nghị người quản trị cấp liên kết mới (trên máy chủ: sinho account link TÊN).",
        StatusCodes.Status410Gone);

    /// <summary>A path of this site, never another one.</summary>
    private static string Local(string? path) => RedirectHttpResult.IsLocalUrl(path) ? path : "/";

    private static RazorComponentResult<SignInPage> Show(AccessModel model) => Show<SignInPage>(model);

    private static RazorComponentResult<TPage> Show<TPage>(AccessModel model)
        where TPage : Microsoft.AspNetCore.Components.IComponent =>
        new(new Dictionary<string, object?>(StringComparer.Ordinal) { ["Model"] = model })
        {
            StatusCode = model.Faults.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
        };

    /// <summary>A page that says one thing.</summary>
    public static RazorComponentResult<NoticePage> Notice(string title, string says, int status) =>
        new(new Dictionary<string, object?>(StringComparer.Ordinal) { ["Title"] = title, ["Says"] = says }) { StatusCode = status };
}

/// <summary>What a form of these pages shows again.</summary>
public sealed record AccessModel
{
    public string UserName { get; init; } = "";

    /// <summary>Where to go afterwards.</summary>
    public string? Back { get; init; }

    /// <summary>Of the one-time link.</summary>
    public string Token { get; init; } = "";

    public IReadOnlyList<string> Faults { get; init; } = [];

    /// <summary>What else there is to say; null for nothing.</summary>
    public string? Notice { get; init; }
}
