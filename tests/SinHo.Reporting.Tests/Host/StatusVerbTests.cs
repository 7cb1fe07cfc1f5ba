using System.Net;
using SinHo.Reporting.Runs;
using SinHo.Reporting.Tests.Exchange;
using SinHo.Reporting.Tests.Support;
using Xunit;

namespace SinHo.Reporting.Tests.Host;

/// <summary>What watches the machine hears the same from the command line as from the site.</summary>
public sealed class StatusVerbTests(TestCluster cluster)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Status_prints_what_health_answers_and_its_exit_code_tells_alarms_from_an_absent_database()
    {
        await using var register = TestRegister.At(await cluster.NewSampleAsync());
        Assert.Equal((0, "Không có cảnh báo."), await StatusAsync(register.ConnectionString));
        await register.ExecuteAsync("update import_run set at = at - interval '9 days'");
        await FailAsync(register);

        var (exit, lines) = await StatusAsync(register.ConnectionString);
        Assert.Equal(6, exit);
        Assert.Equal(["failed", "backup"], lines.Split('\n').Select(line => line.Split(':')[0]));
        await using (var sinho = SinhoProcess.Start(["serve", "--role", "web", "--urls", "http://127.0.0.1:0"], register.ConnectionString))
        {
            using var web = new HttpClient { BaseAddress = await sinho.AddressAsync(Cancel) };
            using var ready = await web.GetAsync(new Uri("/health/ready", UriKind.Relative), Cancel);
            Assert.Equal((HttpStatusCode.ServiceUnavailable, lines), (ready.StatusCode, await ready.Content.ReadAsStringAsync(Cancel)));
        }

        (exit, lines) = await StatusAsync(register.ConnectionString, "--acknowledge");
        Assert.Equal(6, exit);
        Assert.StartsWith("backup: ", Assert.Single(lines.Split('\n')), StringComparison.Ordinal);
        Assert.Equal(5, (await StatusAsync("Host=/nowhere;Database=x;Username=x")).Exit);
    }

    private static async Task FailAsync(TestRegister register)
    {
        var jobs = new Jobs(register.Database, WorkTimes.Usual);
        var job = await jobs.SubmitAsync(new("unknown", "k", new { }, null, "a"), Cancel);
        await new JobRunner(jobs, WorkTimes.Usual, "test", new Dictionary<string, Func<JobHold, Task>>(StringComparer.Ordinal)).RunAsync(job, Cancel);
    }

    private static async Task<(int Exit, string Lines)> StatusAsync(string database, params string[] options)
    {
        var said = await SinhoProcess.RunAsync(["status", .. options], database, Cancel);
        return (said.Exit, said.Output.TrimEnd());
    }
}
