using System.Net;
using System.Text.RegularExpressions;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using SinHo.Reporting.Access;
using SinHo.Reporting.Host.Web;
using SinHo.Reporting.Runs;
using Xunit;

namespace SinHo.Reporting.Tests.Host;

/// <summary>What the pages of those who run the service show, and to whom.</summary>
public sealed partial class AdministrationTests(AccessSite site) : IClassFixture<AccessSite>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_dashboard_is_for_administrators_to_look_at_and_brings_nothing_of_its_own_past_the_policy()
    {
        using var administrator = await EnterAsync("quantri");
        using var page = await administrator.GetAsync("/hangfire");
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Contains("script-src 'self';", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        var html = await page.Content.ReadAsStringAsync(Cancel);
        // Scripts stand in files of this site: the policy runs no other.
        Assert.All(Scripts().Matches(html), script => Assert.Contains("src=\"/hangfire/", script.Value, StringComparison.Ordinal));
        Assert.DoesNotContain("src=\"http", html, StringComparison.Ordinal);
        Assert.DoesNotContain("rel=\"stylesheet\" href=\"http", html, StringComparison.Ordinal);

        // Even with the token of a page of ours nobody changes anything.
        using var form = await administrator.GetAsync("/doi-mat-khau");
        var token = Token().Match(await form.Content.ReadAsStringAsync(Cancel)).Groups["token"].Value;
        Assert.NotEmpty(token);
        foreach (var command in (string[])["/hangfire/recurring/trigger", "/hangfire/recurring/remove", "/hangfire/jobs/enqueued/delete"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(command, UriKind.Relative)) { Content = new FormUrlEncodedContent([new("jobs[]", "tick")]) };
            request.Headers.Add("RequestVerificationToken", token);
            using var refused = await administrator.Web.SendAsync(request, Cancel);
            Assert.True(refused.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden, $"{command}: {refused.StatusCode}");
        }
        foreach (var name in AccessSite.Standing.Where(name => name != "quantri"))
        {
            using var other = await EnterAsync(name);
            foreach (var path in (string[])["/hangfire", "/hangfire/servers", "/hangfire/jobs/failed"])
            {
                using var answer = await other.GetAsync(path);
                Assert.Equal((name, path, HttpStatusCode.Forbidden), (name, path, answer.StatusCode));
            }
        }
    }

    [Fact]
    public async Task A_dashboard_left_open_does_not_keep_the_session_open()
    {
        await site.AddAsync("nhin", Role.Administrator, null);
        using var administrator = await EnterAsync("nhin");
        var token = Token().Match(await administrator.ReadAsync("/hangfire")).Groups["token"].Value;
        await site.ChangeAsync("update web_session set seen_at = now() - interval '20 minutes' where account_id = (select account_id from account where user_name = 'nhin')");
        using var asked = new HttpRequestMessage(HttpMethod.Post, new Uri("/hangfire/stats", UriKind.Relative)) { Content = new FormUrlEncodedContent([new("metrics[]", "servers:count")]) };
        asked.Headers.Add("RequestVerificationToken", token);
        using var answer = await administrator.Web.SendAsync(asked, Cancel);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.True(await IdleAsync("nhin") > TimeSpan.FromMinutes(19));
        (await administrator.GetAsync("/hangfire")).Dispose();
        Assert.True(await IdleAsync("nhin") < TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Alarms_stand_above_every_page_of_those_who_can_act_and_on_no_other()
    {
        // A web process alone does not tick, so a schedule makes the alarm.
        await site.ChangeAsync($"""
            insert into schedule (owner, report, units, calendar, cycle, starts_on, days_until_due, folder, created_by)
            values ('SH', 'term', array['SH']::code[], 'thang', 'monthly', '2099-01-01', 1, '/nowhere', 'test')
            """);
        site.Site.Services.GetRequiredService<AlarmWatch>().Forget();
        foreach (var name in AccessSite.Standing)
        {
            using var visitor = await EnterAsync(name);
            var mayAct = name is "quantri" or "lapbieu";
            foreach (var page in (string[])["/", "/to-chuc", "/lich-xuat", "/bao-cao", "/dinh-nghia"])
            {
                var html = await visitor.ReadAsync(page);
                Assert.True(html.Contains("việc nền không chạy", StringComparison.Ordinal) == mayAct, $"{name} {page}");
            }
        }
        await site.ChangeAsync("delete from schedule");
    }

    [Fact]
    public async Task Alarms_are_asked_once_for_all_pages_within_half_a_minute()
    {
        var clock = new StillClock();
        using var watch = new AlarmWatch(new Alarms(site.Database, TimeProvider.System, [Path.GetTempPath()]) { LeastFreeBytes = long.MaxValue }, clock);
        var looks = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => watch.LookAsync(Cancel).AsTask()));
        Assert.NotEmpty(looks[0]);
        Assert.All(looks, look => Assert.Same(looks[0], look));
        clock.Ticks += TimeSpan.FromSeconds(29).Ticks;
        Assert.Same(looks[0], await watch.LookAsync(Cancel));
        clock.Ticks += TimeSpan.FromSeconds(2).Ticks;
        var later = await watch.LookAsync(Cancel);
        Assert.NotSame(looks[0], later);
        watch.Forget();
        Assert.NotSame(later, await watch.LookAsync(Cancel));
    }

    [Fact]
    public async Task A_board_says_why_a_report_is_missing_and_hides_what_lies_outside()
    {
        var schedule = await ScalarAsync<long>("""
            insert into schedule (owner, report, units, calendar, cycle, starts_on, days_until_due, folder, created_by)
            values ('SH', 'term', array['SH.X03', 'SH.X04']::code[], 'thang', 'monthly', '2020-03-01', 1, '/gone', 'test')
            returning schedule_id
            """);
        await site.ChangeAsync($"""
            insert into obligation (schedule_id, report, unit, period_from, period_to, period_name, due_on, state, error)
            select {schedule}, 'term', unit, '2020-03-01', '2020-03-31', 'tháng 3/2020', '2020-04-01', 'failed', 'Không có thư mục /gone. Hãy tạo lại.'
            from unnest(array['SH.X03', 'SH.X04']) as unit
            """);
        using var district = await EnterAsync("lapbieu");
        using var commune = await EnterAsync("xa");
        var (all, own) = (await district.ReadAsync("/lich-xuat"), await commune.ReadAsync("/lich-xuat"));
        foreach (var part in (string[])["SH.X03", "SH.X04", "Không lập được", "Không có thư mục /gone. Hãy tạo lại.", "Làm lại", "Lịch đã đặt"])
            Assert.Contains(part, all, StringComparison.Ordinal);
        Assert.Contains("SH.X03", own, StringComparison.Ordinal);
        foreach (var part in (string[])["SH.X04", "Làm lại", "Lịch đã đặt"])
            Assert.DoesNotContain(part, own, StringComparison.Ordinal);
        await site.ChangeAsync("delete from obligation; delete from schedule");
    }

    private async Task<T> ScalarAsync<T>(string sql)
    {
        await using var connection = await site.Database.OpenConnectionAsync(Cancel);
        return (await connection.ExecuteScalarAsync<T>(sql))!;
    }

    private Task<TimeSpan> IdleAsync(string name) =>
        ScalarAsync<TimeSpan>($"select min(now() - seen_at) from web_session join account using (account_id) where user_name = '{name}'");

    private async Task<Visitor> EnterAsync(string name)
    {
        var visitor = new Visitor(site.Address);
        using var answer = await visitor.SignInAsync(name, Visitor.Password);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return visitor;
    }

    [GeneratedRegex("<script[^>]*>", RegexOptions.None, 1000)]
    private static partial Regex Scripts();

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"(?<token>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Token();

    /// <summary>Stands still until it is told.</summary>
    private sealed class StillClock : TimeProvider
    {
        public long Ticks { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Ticks;
    }
}
