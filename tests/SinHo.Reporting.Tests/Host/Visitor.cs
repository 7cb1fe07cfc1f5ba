using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Xunit;

namespace SinHo.Reporting.Tests.Host;

/// <summary>A browser without scripts: keeps cookies, sends the forms of pages as they are.</summary>
public sealed partial class Visitor : IDisposable
{
    public const string Password = "một câu chỉ để thử";

    private static int visitors;

    private readonly SocketsHttpHandler handler = new() { AllowAutoRedirect = false };

    /// <param name="from">Its address, as a proxy on this machine gives it; each visitor has its own unless named.</param>
    public Visitor(Uri site, string? from = null)
    {
        Web = new(handler) { BaseAddress = site };
        from ??= string.Create(CultureInfo.InvariantCulture, $"10.0.{Interlocked.Increment(ref visitors)}.1");
        Web.DefaultRequestHeaders.Add("X-Forwarded-For", from);
    }

    public HttpClient Web { get; }

    public CookieContainer Cookies => handler.CookieContainer;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Somebody who administers the site: by the link of a first start, or by the password that an earlier visit set.</summary>
    public static async Task<Visitor> EnterAsync(SinhoProcess sinho)
    {
        var visitor = new Visitor(await sinho.AddressAsync(Cancel));
        using var answer = await sinho.InvitationAsync(Cancel) is { } link
            ? await visitor.SetPasswordAsync(link, Password)
            : await visitor.SignInAsync("quantri", Password);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return visitor;
    }

    public Task<HttpResponseMessage> GetAsync(string path) => Web.GetAsync(new Uri(path, UriKind.RelativeOrAbsolute), Cancel);

    public async Task<string> ReadAsync(string path)
    {
        using var answer = await GetAsync(path);
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Cancel));
    }

    public Task<HttpResponseMessage> SignInAsync(string userName, string password, string back = "") =>
        SendAsync($"/dang-nhap?ve={Uri.EscapeDataString(back)}", "/dang-nhap", ("ten", userName), ("mat-khau", password));

    public Task<HttpResponseMessage> SetPasswordAsync(Uri link, string password) =>
        SendAsync(link.PathAndQuery, "/dat-mat-khau", ("mat-khau", password), ("go-lai", password));

    /// <summary>Opens a page and sends its form: the hidden fields as the page has them, the others as given.</summary>
    public async Task<HttpResponseMessage> SendAsync(string page, string to, params (string Name, string Value)[] fields)
    {
        using var shown = await GetAsync(page);
        var html = await shown.Content.ReadAsStringAsync(Cancel);
        var hidden = Hidden().Matches(html).Select(input => (Name: Attribute(input.Value, "name"), Value: Attribute(input.Value, "value")))
            .Where(field => fields.All(given => given.Name != field.Name));
        return await PostAsync(to, [.. hidden, .. fields]);
    }

    public async Task<HttpResponseMessage> PostAsync(string to, params (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        return await Web.PostAsync(new Uri(to, UriKind.Relative), form, Cancel);
    }

    public void Dispose()
    {
        Web.Dispose();
        handler.Dispose();
    }

    private static string Attribute(string input, string name) =>
        WebUtility.HtmlDecode(Regex.Match(input, $"{name}=\"([^\"]*)\"", RegexOptions.None, TimeSpan.FromSeconds(1)).Groups[1].Value);

    [GeneratedRegex("<input[^>]*type=\"hidden\"[^>]*>", RegexOptions.None, 1000)]
    private static partial Regex Hidden();
}
