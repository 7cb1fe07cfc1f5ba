using System.Net;
using System.Reflection;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SinHo.Reporting.Host.Web;
using Xunit;

namespace SinHo.Reporting.Tests.Host;

/// <summary>Every address of the site × values that are not what their name says.</summary>
public sealed class AddressGuardTests(AccessSite site) : IClassFixture<AccessSite>
{
    private static readonly string[] OddDays = ["abc", "2021-02-29", "2020-13-01", "1/1/2020", "9999-12-31", "2020-01-01x"];

    private static readonly string[] OddNumbers = ["abc", "-1", "1.5", "99999999999999999999"];

    private static readonly string[] OddTexts = ["%00", "a%01b"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_not_what_its_name_says_is_told_and_never_a_fault_or_another_period()
    {
        var faults = new List<string>();
        using var visitor = new Visitor(site.Address);
        (await visitor.SignInAsync("quantri", Visitor.Password)).Dispose();
        var asked = 0;
        foreach (var path in Paths())
        {
            foreach (var query in Names().SelectMany(name => Odd(path, name).Select(value => $"{name}={value}"))
                .Concat(["tu=2020-02-01&den=2020-01-31", "tu=2020-02-01&ngay=2020-01-31", "ngay=2020-01-01&ngay=2020-01-02", "%00=1", "la=%00"]))
            {
                asked++;
                using var answer = await visitor.GetAsync($"{path}?{query}");
                var said = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Cancel));
                if (answer.StatusCode != HttpStatusCode.BadRequest || !said.Contains("Địa chỉ không dùng được", StringComparison.Ordinal))
                    faults.Add($"{path}?{query}: {answer.StatusCode}");
            }
            // What may be meant is taken as it is or is not there.
            foreach (var query in (string[])["don-vi=%27%3B--", "so-lieu=khong-co", "mau=khong-co", "xep=khong-co", "xem=khong-co", "an-ban=khong-co", "ma=khong-co", "so=khong-co", "ngay=", "loc=%25_%5C", "loc=%FF", "don-vi=%C0%80", "khong-ai-biet=1"])
            {
                using var answer = await visitor.GetAsync($"{path}?{query}");
                if ((int)answer.StatusCode >= 500)
                    faults.Add($"{path}?{query}: {answer.StatusCode}");
            }
        }
        Assert.True(faults.Count == 0, string.Join('\n', faults.Take(40).Prepend($"{faults.Count} of {asked}")));
    }

    [Fact]
    public void A_page_takes_no_value_that_nobody_looks_at() =>
        Assert.Equal([], Names().Where(name => AddressGuard.Kind("/", name) is null));

    [Theory]
    [InlineData("/\t/x.vn")]
    [InlineData("//x.vn")]
    [InlineData("/\\x.vn")]
    [InlineData("https://x.vn")]
    [InlineData("/%09/x.vn")]
    [InlineData("~//x.vn")]
    public async Task After_signing_in_one_stays_on_this_site(string back)
    {
        using var visitor = new Visitor(site.Address);
        using var page = await visitor.GetAsync("/dang-nhap");
        using var answer = await visitor.SendAsync("/dang-nhap", "/dang-nhap", ("ten", "xem"), ("mat-khau", Visitor.Password), ("ve", back));
        if (answer.StatusCode == HttpStatusCode.Redirect)
            Assert.Equal(site.Address.Host, new Uri(site.Address, answer.Headers.Location!).Host);
        using var again = await visitor.GetAsync("/dang-nhap?ve=" + back);
        if (again.StatusCode == HttpStatusCode.Redirect)
            Assert.True(again.Headers.Location!.OriginalString == "/" || new Uri(site.Address, again.Headers.Location).Host == site.Address.Host);
        else
            Assert.Equal(HttpStatusCode.BadRequest, again.StatusCode);
    }

    [Fact]
    public async Task Fields_of_a_form_with_control_characters_are_told_too()
    {
        using var visitor = new Visitor(site.Address);
        using var answer = await visitor.SendAsync("/dang-nhap", "/dang-nhap", ("ten", "xem\0"), ("mat-khau", "x"));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    private static IEnumerable<string> Odd(string path, string name) => AddressGuard.Kind(path, name) switch
    {
        ValueKind.Day => OddDays.Concat(OddTexts),
        ValueKind.Number => OddNumbers.Concat(OddTexts),
        ValueKind.YesNo => ["abc", "2", .. OddTexts],
        _ => OddTexts,
    };

    /// <summary>Every name under which a page takes a value.</summary>
    private static IReadOnlyList<string> Names() =>
    [
        .. typeof(Site).Assembly.GetTypes().SelectMany(type => type.GetProperties())
            .Select(property => property.GetCustomAttribute<SupplyParameterFromQueryAttribute>() is { } from ? from.Name ?? property.Name : null).OfType<string>()
            // Of endpoints that are no pages.
            .Concat(["ve", "ma"]).Distinct(),
    ];

    /// <summary>Every address that answers to GET, its parts filled in.</summary>
    private IEnumerable<string> Paths() => ((IEndpointRouteBuilder)site.Site).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
        .Where(endpoint => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains("GET") != false)
        .Select(endpoint => "/" + endpoint.RoutePattern.RawText!.TrimStart('/'))
        .Where(path => !path.StartsWith("/_", StringComparison.Ordinal) && !path.Contains(":file", StringComparison.Ordinal) && !path.Contains('.', StringComparison.Ordinal))
        .Select(path => path.Replace("{name}", "members", StringComparison.Ordinal).Replace("{file}", "a.xlsx", StringComparison.Ordinal).Replace("/{**path}", "", StringComparison.Ordinal))
        .Select(path => System.Text.RegularExpressions.Regex.Replace(path, @"\{[^}]*guid\}", Guid.Empty.ToString(), System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)))
        .Distinct();
}
