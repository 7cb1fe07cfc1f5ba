using System.CommandLine;
using System.Globalization;
using System.Net;
using Dapper;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using SinHo.Reporting.Access;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Host;
using SinHo.Reporting.Host.Web;
using SinHo.Reporting.Tests.Support;
using Xunit;

namespace SinHo.Reporting.Tests.Host;

/// <summary>A site over the sample, with one account per role and unit.</summary>
public sealed class AccessSite(TestCluster cluster) : IAsyncLifetime
{
    /// <summary>Accounts that no test changes.</summary>
    public static readonly IReadOnlyList<string> Standing = ["quantri", "lapbieu", "truongban", "xem", "xa"];

    private readonly TemporaryFolder folder = new();
    private Workplace place = null!;

    /// <summary>The folder of made files.</summary>
    public string Folder => folder.Path;

    public Reporting.Catalog.Definitions Definitions => Site.Services.GetRequiredService<Reporting.Catalog.Definitions>();

    public WebApplication Site { get; private set; } = null!;

    public Uri Address => new(Site.Urls.First());

    public NpgsqlDataSource Database => place.Database;

    public async ValueTask InitializeAsync()
    {
        var root = new RootCommand { CommonOptions.Database, CommonOptions.Data };
        place = await Workplace.OpenAsync(root.Parse(["--database", await cluster.NewSampleAsync()]), CancellationToken.None);
        Site = await StartAsync();
        await AddAsync("quantri", Role.Administrator, null);
        await AddAsync("lapbieu", Role.Preparer, null);
        await AddAsync("truongban", Role.Head, "SH");
        await AddAsync("xem", Role.Reader, "SH");
        await AddAsync("xa", Role.Preparer, "SH.X03");
    }

    /// <summary>Another web process of the same register.</summary>
    /// <param name="proxies">As the option --proxies names them.</param>
    public async Task<WebApplication> StartAsync(string? proxies = null)
    {
        var known = proxies is null ? null : Proxies.Parse(proxies);
        var site = Reporting.Host.Web.Site.Build(place, folder.Path, "http://127.0.0.1:0", Reporting.Host.Work.Role.Web, known);
        await site.StartAsync();
        return site;
    }

    public async Task<Account> AddAsync(string name, Role role, string? unit)
    {
        var account = await new Accounts(Database).AddAsync(new(name, name, role, unit), "test", CancellationToken.None);
        using var visitor = new Visitor(Address);
        using var answer = await visitor.SetPasswordAsync(await LinkAsync(account), Visitor.Password);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return account;
    }

    public async Task<Uri> LinkAsync(Account account)
    {
        var token = await new Passwords(Database).MakeLinkAsync(account.Id, TimeSpan.FromHours(1), "test", CancellationToken.None);
        return new(Address, $"/dat-mat-khau?ma={token}");
    }

    public async Task<int> ChangeAsync(string sql)
    {
        await using var connection = await Database.OpenConnectionAsync();
        return await connection.ExecuteAsync(sql);
    }

    public async ValueTask DisposeAsync()
    {
        await Site.DisposeAsync();
        await place.DisposeAsync();
        folder.Dispose();
    }
}

/// <summary>Getting in, what is open to whom, and getting out, as a browser sees it.</summary>
public sealed class AccessTests(AccessSite site) : IClassFixture<AccessSite>
{
    private static readonly string[] Open =
    [
        "/dang-nhap", "/dang-xuat", "/dat-mat-khau", "/health/live", "/health/ready", "/khong-co", "/kiem-tra", "/loi",
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private IEnumerable<RouteEndpoint> Endpoints =>
        ((IEndpointRouteBuilder)site.Site).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>();

    [Fact]
    public void Every_endpoint_names_a_right_or_says_that_it_is_open()
    {
        var policies = Enum.GetNames<Right>();
        var open = new HashSet<string>();
        // They name nothing and so want somebody who has signed in.
        string[] ofTheFramework = ["/_blazor", "/_framework", "/{**path:file}"];
        foreach (var endpoint in Endpoints)
        {
            var route = "/" + endpoint.RoutePattern.RawText?.TrimStart('/');
            if (endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null)
                open.Add(route);
            else if (!ofTheFramework.Any(one => route.StartsWith(one, StringComparison.Ordinal)))
            {
                var asked = endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>();
                Assert.True(asked.Count > 0, $"{route} names no right");
                Assert.All(asked, one => Assert.True(one.Policy is null || policies.Contains(one.Policy), $"{route} names {one.Policy}"));
            }
        }
        // Files of the program are the same for everybody.
        open.RemoveWhere(route => Path.HasExtension(route) || route.StartsWith("/_content", StringComparison.Ordinal));
        Assert.Equal(Open, open.Order(StringComparer.Ordinal));
    }

    /// <summary>A page that is about a year puts this one into its address.</summary>
    private static bool LeadsToItself(HttpResponseMessage answer, string path) =>
        answer.StatusCode == HttpStatusCode.Found && answer.Headers.Location is { } to && to.ToString().Contains($"{path}?", StringComparison.Ordinal);

    [Fact]
    public async Task Each_role_opens_the_pages_of_its_rights_and_no_other()
    {
        var pages = Endpoints
            .Where(endpoint => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains("GET") != false)
            .Where(endpoint => endpoint.RoutePattern.Parameters.Count == 0)
            .Where(endpoint => endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>().Count > 0)
            .Select(endpoint => (Path: "/" + endpoint.RoutePattern.RawText!.TrimStart('/'), Rights: endpoint.Metadata
                .GetOrderedMetadata<IAuthorizeData>().Select(one => one.Policy).OfType<string>().Select(Enum.Parse<Right>).ToList()))
            .DistinctBy(page => page.Path).ToList();
        Assert.NotEmpty(pages);
        foreach (var account in (await new Accounts(site.Database).ListAsync(Cancel)).Where(one => AccessSite.Standing.Contains(one.UserName)))
        {
            using var visitor = new Visitor(site.Address);
            (await visitor.SignInAsync(account.UserName, Visitor.Password)).Dispose();
            foreach (var page in pages)
            {
                using var answer = await visitor.GetAsync(page.Path);
                var may = page.Rights.TrueForAll(account.Viewer.May);
                // A page that must be told what to show finds nothing here; AccessMatrixTests tells it.
                Assert.True(
                    may ? answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.NotFound || LeadsToItself(answer, page.Path) : answer.StatusCode == HttpStatusCode.Forbidden,
                    $"{account.UserName} {page.Path}: {answer.StatusCode}");
            }
        }
        using var nobody = new Visitor(site.Address);
        foreach (var page in pages)
        {
            using var answer = await nobody.GetAsync(page.Path);
            Assert.Equal((page.Path, HttpStatusCode.Redirect), (page.Path, answer.StatusCode));
            Assert.StartsWith("/dang-nhap?ve=", answer.Headers.Location!.PathAndQuery, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_wrong_password_an_unknown_name_and_a_closed_account_are_told_the_same()
    {
        var account = await site.AddAsync("sai", Role.Reader, null);
        using var visitor = new Visitor(site.Address);
        await RefusedAsync(visitor, "sai", "không phải câu này");
        await RefusedAsync(visitor, "khong-co", Visitor.Password);
        await new Accounts(site.Database).SetActiveAsync(account.Id, active: false, "test", Cancel);
        await RefusedAsync(visitor, "sai", Visitor.Password);
        await new Accounts(site.Database).SetActiveAsync(account.Id, active: true, "test", Cancel);
        var decomposed = Visitor.Password.Normalize(System.Text.NormalizationForm.FormD);
        using var answer = await visitor.SignInAsync(" SÀI ", decomposed, "/dinh-nghia");
        Assert.Equal("/dinh-nghia", answer.Headers.Location?.ToString());
    }

    [Fact]
    public async Task Five_wrong_passwords_in_a_row_close_the_account_to_that_address_for_a_quarter_of_an_hour()
    {
        var account = await site.AddAsync("khoa", Role.Reader, null);
        var passwords = new Passwords(site.Database);
        // At the same moment they are not more than one after the other.
        var tries = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => passwords.BeginAsync("khoa", "10.6.6.6", Cancel)));
        Assert.Equal(Passwords.Tries, tries.Count(one => one.Hash is not null));
        using var visitor = new Visitor(site.Address, "10.6.6.6");
        await RefusedAsync(visitor, "khoa", Visitor.Password);
        // Its owner sits elsewhere and notices nothing.
        using (var owner = new Visitor(site.Address))
        {
            using var let = await owner.SignInAsync("khoa", Visitor.Password);
            Assert.Equal(HttpStatusCode.Redirect, let.StatusCode);
        }
        await RefusedAsync(visitor, "khoa", Visitor.Password);

        await site.ChangeAsync($"update sign_in_lock set lockout_end = lockout_end - interval '14 minutes' where account_id = {account.Id}");
        await RefusedAsync(visitor, "khoa", Visitor.Password);
        await site.ChangeAsync($"update sign_in_lock set lockout_end = lockout_end - interval '1 minute' where account_id = {account.Id}");
        await RefusedAsync(visitor, "khoa", "không phải câu này");
        using var answer = await visitor.SignInAsync("khoa", Visitor.Password);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
    }

    [Fact]
    public async Task Who_guesses_from_many_addresses_waits_for_each_try_and_so_does_nobody_else()
    {
        var account = await site.AddAsync("doan", Role.Reader, null);
        var passwords = new Passwords(site.Database);
        for (var index = 0; index < Passwords.TriesAnHour; index++)
            await passwords.FailAsync(account.Id, $"10.8.0.{index}", Cancel);
        Assert.Equal(TimeSpan.Zero, (await passwords.BeginAsync("doan", "10.8.1.1", Cancel)).Wait);
        await passwords.FailAsync(account.Id, "10.8.1.1", Cancel);

        var next = await passwords.BeginAsync("doan", "10.8.1.2", Cancel);

        Assert.Equal((TimeSpan.FromSeconds(30), true), (next.Wait, next.Hash is not null));
        Assert.Equal(TimeSpan.Zero, (await passwords.BeginAsync("xem", "10.8.1.2", Cancel)).Wait);
        // Whoever has a network has all its addresses.
        for (var index = 1; index <= Passwords.Tries; index++)
            await passwords.BeginAsync("xa", $"2001:db8:1:2::{index}", Cancel);
        Assert.Null((await passwords.BeginAsync("xa", "2001:db8:1:2::abcd", Cancel)).Hash);
        Assert.NotNull((await passwords.BeginAsync("xa", "2001:db8:1:3::1", Cancel)).Hash);
    }

    [Fact]
    public async Task Cookies_and_headers_are_as_narrow_as_they_can_be()
    {
        using var visitor = new Visitor(site.Address);
        visitor.Web.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        using var page = await visitor.GetAsync("/dang-nhap");
        Assert.False(page.Headers.Contains("Server"));
        var form = Assert.Single(page.Headers.GetValues("Set-Cookie"));
        Assert.StartsWith("__Host-sinho.form=", form, StringComparison.Ordinal);
        Assert.Contains("secure", form, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("path=/", form, StringComparison.OrdinalIgnoreCase);
        var token = System.Text.RegularExpressions.Regex.Match(
            await page.Content.ReadAsStringAsync(Cancel), "name=\"__RequestVerificationToken\"[^>]*value=\"(?<token>[^\"]*)\"", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)).Groups["token"].Value;
        async Task<HttpResponseMessage> SendAsync(string cookie)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/dang-nhap")
            {
                Content = new FormUrlEncodedContent([new("ten", "xem"), new("mat-khau", Visitor.Password), new("__RequestVerificationToken", token)]),
            };
            request.Headers.Add("Cookie", cookie);
            return await visitor.Web.SendAsync(request, Cancel);
        }
        var value = form.Split(';')[0];
        using (var planted = await SendAsync(value["__Host-".Length..]))
            Assert.Equal(HttpStatusCode.BadRequest, planted.StatusCode);
        using var let = await SendAsync(value);
        Assert.Equal(HttpStatusCode.Redirect, let.StatusCode);
        Assert.StartsWith("__Host-sinho=", Assert.Single(let.Headers.GetValues("Set-Cookie")), StringComparison.Ordinal);

        using var named = new HttpRequestMessage(HttpMethod.Get, "/dang-nhap");
        named.Headers.Host = "x.vn";
        using var refused = await visitor.Web.SendAsync(named, Cancel);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
    }

    [Fact]
    public async Task The_dashboard_gets_its_numbers_and_changes_nothing()
    {
        using var visitor = new Visitor(site.Address);
        (await visitor.SignInAsync("quantri", Visitor.Password)).Dispose();
        using var numbers = await visitor.PostAsync("/hangfire/stats", ("metrics[]", "servers:count"));
        Assert.Equal((HttpStatusCode.OK, "application/json"), (numbers.StatusCode, numbers.Content.Headers.ContentType?.MediaType));
        using var change = await visitor.PostAsync("/hangfire/recurring/remove", ("jobs[]", "tick"));
        Assert.Equal(HttpStatusCode.BadRequest, change.StatusCode);
    }

    [Fact]
    public async Task A_link_sets_one_password_once_in_time_and_only_the_latest_does()
    {
        var account = await site.AddAsync("lienket", Role.Reader, null);
        using var visitor = new Visitor(site.Address);
        var older = await site.LinkAsync(account);
        var link = await site.LinkAsync(account);
        await DeadAsync(visitor, older);
        await DeadAsync(visitor, new(site.Address, "/dat-mat-khau?ma=123"));

        using (var weak = await visitor.SetPasswordAsync(link, "lienket123456"))
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, weak.StatusCode);
            Assert.Contains("tên đăng nhập", WebUtility.HtmlDecode(await weak.Content.ReadAsStringAsync(Cancel)), StringComparison.Ordinal);
        }
        using (var set = await visitor.SetPasswordAsync(link, "một câu khác hẳn"))
            Assert.Equal(HttpStatusCode.Redirect, set.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/doi-mat-khau")).StatusCode);
        using var other = new Visitor(site.Address);
        await DeadAsync(other, link);

        var expired = await site.LinkAsync(account);
        await site.ChangeAsync($"update one_time_link set expires_at = now() where account_id = {account.Id} and used_at is null");
        await DeadAsync(other, expired);
    }

    [Fact]
    public async Task A_session_ends_with_its_account_its_password_its_idleness_and_its_sign_out()
    {
        var account = await site.AddAsync("phien", Role.Reader, null);
        var accounts = new Accounts(site.Database);
        using var visitor = await SignedInAsync("phien");
        using var elsewhere = await SignedInAsync("phien");
        await IsInAsync(visitor, true);

        (string, string)[] typed = [("hien-nay", Visitor.Password), ("mat-khau", "một câu khác hẳn"), ("go-lai", "một câu khác hẳn")];
        using (var changed = await visitor.SendAsync("/doi-mat-khau", "/doi-mat-khau", typed))
            Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        await IsInAsync(visitor, true);
        await IsInAsync(elsewhere, false);

        await site.ChangeAsync($"update web_session set seen_at = now() - interval '29 minutes' where account_id = {account.Id}");
        await IsInAsync(visitor, true);
        await site.ChangeAsync($"update web_session set seen_at = now() - interval '30 minutes' where account_id = {account.Id}");
        await IsInAsync(visitor, false);

        using var again = await SignedInAsync("phien", "một câu khác hẳn");
        await accounts.ChangeAsync(account.Id, new("phien", "phien", Role.Reader, "SH"), "test", Cancel);
        await IsInAsync(again, false);
        using var last = await SignedInAsync("phien", "một câu khác hẳn");
        var kept = last.Cookies.GetCookies(site.Address).Single(cookie => cookie.Name == "sinho").Value;
        (await last.SendAsync("/doi-mat-khau", "/dang-xuat")).Dispose();
        last.Cookies.Add(new Cookie("sinho", kept, "/", site.Address.Host));
        await IsInAsync(last, false);
    }

    [Fact]
    public async Task Two_who_sign_in_as_one_are_shown_to_each_other_and_one_can_end_the_other()
    {
        await site.AddAsync("chung", Role.Reader, null);
        using var first = await SignedInAsync("chung");
        using var second = await SignedInAsync("chung");
        await IsInAsync(first, true);
        var session = await LatestSessionAsync("chung");
        Assert.NotEmpty(await new Sessions(site.Database).OthersAsync(session, Cancel));
        (await second.SendAsync("/doi-mat-khau", "/ket-thuc-phien-khac")).Dispose();
        Assert.Empty(await new Sessions(site.Database).OthersAsync(session, Cancel));
        await IsInAsync(first, false);
        await IsInAsync(second, true);
    }

    [Fact]
    public async Task A_form_without_its_token_changes_nothing_and_is_told_so()
    {
        using var visitor = await SignedInAsync("quantri");
        foreach (var endpoint in Endpoints.Where(one => one.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains("POST") is true))
        {
            var route = "/" + endpoint.RoutePattern.RawText!.TrimStart('/');
            if (route.StartsWith("/_blazor", StringComparison.Ordinal) || endpoint.RoutePattern.Parameters.Count > 0)
                continue;
            using var answer = await visitor.PostAsync(route, ("ten", "quantri"));
            Assert.Equal((route, HttpStatusCode.BadRequest), (route, answer.StatusCode));
        }
        await IsInAsync(visitor, true);
    }

    [Fact]
    public async Task Answers_carry_the_headers_and_strict_cookies_and_lead_nowhere_else()
    {
        using var visitor = new Visitor(site.Address);
        foreach (var path in (string[])["/dang-nhap", "/", "/health/live", "/khong-co-trang-nay"])
        {
            using var answer = await visitor.GetAsync(path);
            var content = answer.Headers.GetValues("Content-Security-Policy").Single();
            Assert.Contains("default-src 'self'", content, StringComparison.Ordinal);
            Assert.Contains("frame-ancestors 'none'", content, StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe-eval", content, StringComparison.Ordinal);
            Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        }
        using var entered = await visitor.SignInAsync("xem", Visitor.Password, "//evil.example/");
        Assert.Equal("/", entered.Headers.Location?.ToString());
        var cookie = entered.Headers.GetValues("Set-Cookie").Single(one => one.StartsWith("sinho=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("expires", cookie, StringComparison.OrdinalIgnoreCase);

        using var behindTls = new Visitor(site.Address);
        behindTls.Web.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        using var form = await behindTls.GetAsync("/dang-nhap");
        Assert.Contains("secure", form.Headers.GetValues("Set-Cookie").Single(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Another_web_process_of_the_register_knows_the_session()
    {
        using var visitor = await SignedInAsync("xem");
        await using var second = await site.StartAsync();
        using var there = new Visitor(new(second.Urls.First()));
        foreach (Cookie cookie in visitor.Cookies.GetCookies(site.Address))
            there.Cookies.Add(new Cookie(cookie.Name, cookie.Value, "/", there.Web.BaseAddress!.Host));
        await IsInAsync(there, true);
    }

    [Fact]
    public async Task Too_many_tries_from_one_address_wait_a_minute()
    {
        var answers = new List<HttpStatusCode>();
        // A minute may end while this goes on.
        for (var tries = 0; tries < 70; tries++)
        {
            using var visitor = new Visitor(site.Address, "10.9.9.9");
            using var answer = await visitor.PostAsync("/dang-nhap");
            answers.Add(answer.StatusCode);
        }
        Assert.Contains(HttpStatusCode.TooManyRequests, answers);
        Assert.InRange(answers.Count(one => one == HttpStatusCode.BadRequest), 30, 60);
        using var other = new Visitor(site.Address, "10.9.9.8");
        await RefusedAsync(other, "khong-co", "x");
    }

    [Theory]
    [InlineData("none", "10.7.{0}.1", true)]
    [InlineData("192.0.2.9, 10.0.0.0/8", "10.7.{0}.1", true)]
    [InlineData("::1, 127.0.0.0/8", "10.7.{0}.1", false)]
    // What the sender wrote himself stands before what the proxy adds.
    [InlineData(null, "10.7.{0}.1, 10.8.8.8", true)]
    public async Task The_word_of_a_stranger_on_where_he_comes_from_is_not_taken(string? proxies, string forwarded, bool isThrottled)
    {
        await using var guarded = await site.StartAsync(proxies);
        var answers = new List<HttpStatusCode>();
        for (var tries = 0; tries < 70; tries++)
        {
            using var visitor = new Visitor(new(guarded.Urls.First()), string.Format(CultureInfo.InvariantCulture, forwarded, tries));
            using var answer = await visitor.PostAsync("/dang-nhap");
            answers.Add(answer.StatusCode);
        }
        Assert.Equal(isThrottled, answers.Contains(HttpStatusCode.TooManyRequests));

        using var claimsTls = new Visitor(new(guarded.Urls.First()), "10.8.8.9");
        claimsTls.Web.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        using var form = await claimsTls.GetAsync("/dang-nhap");
        var isBelieved = proxies is null || proxies.Contains("127.", StringComparison.Ordinal);
        Assert.Equal(isBelieved, form.Headers.GetValues("Set-Cookie").Single().Contains("secure", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task What_was_opened_and_who_came_is_kept_and_cannot_be_changed()
    {
        var account = (await new Accounts(site.Database).FindAsync("xa", Cancel))!;
        var reading = new Reading(ReadingKind.List, "members", "SH.X03", Period.Year(2019));
        await new Readings(site.Database).RecordAsync(account.Viewer, reading, Cancel);
        foreach (var table in (string[])["reading", "sign_in"])
        {
            Assert.Equal(true, await site.Database.CreateCommand($"select exists (select from {table})").ExecuteScalarAsync(Cancel));
            foreach (var change in (string[])[$"update {table} set at = now()", $"delete from {table}", $"truncate {table}"])
                await Assert.ThrowsAsync<PostgresException>(() => site.ChangeAsync(change));
        }
        // What somebody mistyped as his name may be his password.
        using var visitor = new Visitor(site.Address);
        await RefusedAsync(visitor, "mat-khau-go-nham", "x");
        Assert.Equal(0L, await site.Database
            .CreateCommand("select count(*) from sign_in where sign_in::text like '%nham%'").ExecuteScalarAsync(Cancel));
    }

    private static async Task RefusedAsync(Visitor visitor, string userName, string password)
    {
        using var answer = await visitor.SignInAsync(userName, password);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Cancel));
        Assert.Contains(Reporting.Host.Web.SignIn.SignInDesk.Refusal, page, StringComparison.Ordinal);
        Assert.DoesNotContain(password.Length > 1 ? password : "\0", page, StringComparison.Ordinal);
    }

    private static async Task DeadAsync(Visitor visitor, Uri link)
    {
        using var answer = await visitor.GetAsync(link.PathAndQuery);
        Assert.Equal(HttpStatusCode.Gone, answer.StatusCode);
    }

    private static async Task IsInAsync(Visitor visitor, bool expected)
    {
        using var answer = await visitor.GetAsync("/doi-mat-khau");
        Assert.Equal(expected ? HttpStatusCode.OK : HttpStatusCode.Redirect, answer.StatusCode);
    }

    private async Task<Visitor> SignedInAsync(string userName, string password = Visitor.Password)
    {
        var visitor = new Visitor(site.Address);
        using var answer = await visitor.SignInAsync(userName, password);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return visitor;
    }

    private async Task<Guid> LatestSessionAsync(string userName)
    {
        await using var connection = await site.Database.OpenConnectionAsync(Cancel);
        return await connection.QuerySingleAsync<Guid>(
            """
            select session_id
            from web_session
            join account using (account_id)
            where user_name = @userName
            order by started_at desc
            limit 1
            """,
            new { userName });
    }
}
