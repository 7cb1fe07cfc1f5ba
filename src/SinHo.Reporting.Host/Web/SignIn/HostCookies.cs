namespace SinHo.Reporting.Host.Web.SignIn;

/// <summary>
/// Over https cookies are called __Host-…: a browser takes such a one from this very host over https only, so that no neighbour and nobody on
/// the wire can plant another. Within the program they have their plain names.
/// </summary>
public static class HostCookies
{
    public const string Session = "sinho";
    public const string Form = "sinho.form";

    private const string Prefix = "__Host-";

    /// <summary>After the scheme of the request is known, before anybody reads a cookie.</summary>
    public static void UseHostCookies(this WebApplication site) => site.Use((context, next) =>
    {
        if (!context.Request.IsHttps)
            return next(context);
        context.Request.Headers.Cookie = Plain(context.Request.Headers.Cookie.ToString());
        context.Response.OnStarting(() =>
        {
            var set = context.Response.Headers.SetCookie;
            context.Response.Headers.SetCookie = set.Select(one => one is not null && IsOurs(one) ? Prefix + one : one).ToArray();
            return Task.CompletedTask;
        });
        return next(context);
    });

    /// <summary>Ours by their plain names; what came without the prefix is not ours.</summary>
    private static string Plain(string cookies) => string.Join("; ", cookies.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Where(one => !IsOurs(one))
        .Select(one => one.StartsWith(Prefix, StringComparison.Ordinal) && IsOurs(one[Prefix.Length..]) ? one[Prefix.Length..] : one));

    /// <summary>A long cookie comes in pieces: sinhoC1, sinhoC2.</summary>
    private static bool IsOurs(string cookie)
    {
        var name = cookie.Split('=')[0];
        return name is Session or Form || (name.StartsWith(Session + "C", StringComparison.Ordinal) && name[(Session.Length + 1)..].All(char.IsAsciiDigit));
    }
}
