using SinHo.Reporting.Tests.Support;
using Xunit;

namespace SinHo.Reporting.Tests.Host;

/// <summary>sinho calendar, from the machine itself.</summary>
public sealed class CalendarVerbTests(TestCluster cluster)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_calendar_is_added_changed_used_by_a_report_and_removed()
    {
        var database = await cluster.NewSampleAsync();
        await DoneAsync(database, "calendar", "add", "chot-20", "--day", "20");
        await DoneAsync(database, "calendar", "change", "chot-20", "--name", "Chốt ngày hai mươi");
        Assert.Contains("chot-20  Chốt ngày hai mươi  chốt ngày 20", await DoneAsync(database, "calendar"), StringComparison.Ordinal);
        var report = await DoneAsync(database, "report", "monthly", "--unit", "SH.X03", "--month", "2020-03", "--calendar", "chot-20", "--format", "json");
        Assert.Contains("2020-02-21", report, StringComparison.Ordinal);

        foreach (var (exit, says, words) in ((int, string, string[])[])
        [
            (3, "từ 1 đến 28", ["calendar", "add", "chot-31", "--day", "31"]),
            (3, "đã chốt như vậy", ["calendar", "add", "hai-muoi", "--day", "20"]),
            (2, "--day NGÀY", ["calendar", "add", "chot-9"]),
            (3, "các lịch có sẵn: chot-20, thang", ["calendar", "change", "la", "--name", "Lạ"]),
            (3, "không xóa được", ["calendar", "remove", "thang"]),
        ])
        {
            var said = await SinhoProcess.RunAsync(words, database, Cancel);
            Assert.Equal((exit, ""), (said.Exit, said.Output));
            Assert.Contains(says, said.Error, StringComparison.Ordinal);
        }
        await DoneAsync(database, "calendar", "remove", "chot-20");
        Assert.DoesNotContain("chot-20", await DoneAsync(database, "calendar"), StringComparison.Ordinal);
    }

    private static async Task<string> DoneAsync(string database, params string[] words)
    {
        var said = await SinhoProcess.RunAsync(words, database, Cancel);
        Assert.True(said.Exit == 0, $"{string.Join(' ', words)}: {said.Error}");
        return said.Output;
    }
}
