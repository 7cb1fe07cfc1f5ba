using System.Diagnostics;
using System.Net;
using Microsoft.Playwright;
using SinHo.Reporting.Tests.Host;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace SinHo.Reporting.Tests.Browser;

/// <summary>The office at its busiest.</summary>
public sealed class ManyReadersTests(ServedSample sample) : IClassFixture<ServedSample>
{
    private const int Readers = 50;

    private static readonly string[] Units = ["SH.X03", "SH.X04", "SH.X05", "SH.X06", "SH.X07"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Trait("Length", "Long")]
    [Fact]
    public async Task Fifty_readers_and_five_reports_at_once_are_all_served_soon()
    {
        var visits = await Task.WhenAll(Units.Select(_ => sample.EnterAsync("clerk")));
        try
        {
            await Task.WhenAll(visits.Zip(Units, async (visit, unit) =>
            {
                await visit.GoAsync($"/bao-cao?mau=term&tu=2015-07-01&den=2020-06-30&don-vi={unit}");
                await Expect(visit.Page.GetByRole(AriaRole.Button, new() { Name = "Lập tệp Excel" })).ToBeVisibleAsync();
            }));
            var cookies = await visits[0].CookieHeaderAsync();

            var watch = Stopwatch.StartNew();
            var reading = Task.WhenAll(Enumerable.Range(0, Readers).Select(reader => ReadAsync(cookies, Units[reader % Units.Length])));
            await Task.WhenAll(visits.Select(visit => visit.ButtonAsync("Lập tệp Excel")));
            var slowest = (await reading).Max();
            await Task.WhenAll(visits.Select(visit => Expect(visit.Page.GetByRole(AriaRole.Link, new() { Name = "Tải tệp Excel" })).ToBeVisibleAsync()));

            TestContext.Current.SendDiagnosticMessage($"all served after {watch.Elapsed}, slowest answer {slowest}");
            Assert.All(visits, visit => Assert.Empty(visit.Faults));
            Assert.Equal(5, await sample.ScalarAsync<int>("select count(*)::integer from job where state = 'done' and attempts = 1"));
            Assert.True(slowest < TimeSpan.FromSeconds(30) && watch.Elapsed < TimeSpan.FromSeconds(90), $"{watch.Elapsed}, slowest answer {slowest}");
        }
        finally
        {
            foreach (var visit in visits)
                await visit.DisposeAsync();
        }
    }

    /// <returns>How long the slowest answer took.</returns>
    private async Task<TimeSpan> ReadAsync(string cookies, string unit)
    {
        using var visitor = new Visitor(sample.Address);
        visitor.Web.DefaultRequestHeaders.Add("Cookie", cookies);
        var slowest = TimeSpan.Zero;
        foreach (var path in (string[])[$"/?ngay=2020-06-30&don-vi={unit}", $"/bao-cao?mau=term&don-vi={unit}&tu=2015-07-01&den=2020-06-30", $"/to-chuc?ngay=2020-06-30&don-vi={unit}", "/lich-xuat", $"/danh-sach/members/tep?don-vi={unit}&ngay=2020-06-30"])
        {
            var watch = Stopwatch.StartNew();
            using var answer = await visitor.GetAsync(path);
            Assert.Equal((path, HttpStatusCode.OK), (path, answer.StatusCode));
            await answer.Content.ReadAsByteArrayAsync(Cancel);
            slowest = slowest > watch.Elapsed ? slowest : watch.Elapsed;
        }
        return slowest;
    }
}
