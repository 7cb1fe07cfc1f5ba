using System.CommandLine;
using SinHo.Reporting.Runs;
using SinHo.Reporting.Words;

namespace SinHo.Reporting.Host.Verbs;

/// <summary>sinho obligations: what is due, what is done, what failed and why.</summary>
public static class ObligationsVerb
{
    private const int DaysBack = 100;

    public static Command Command()
    {
        var again = new Option<long?>("--retry") { Description = "Làm lại ngay báo cáo mang số này", HelpName = "SỐ" };
        var command = new Command("obligations", "Các báo cáo đến hạn: đã có, đang lập, chưa đến hạn, không lập được và lý do") { again };
        command.SetAction(async (words, cancel) =>
        {
            await using var place = await Workplace.OpenAsync(words, cancel);
            var obligations = new Obligations(place.Database);
            if (words.GetValue(again) is { } number)
                return await RetryAsync(obligations, number, cancel);
            var today = Vietnamese.Today(Workplace.Clock.GetUtcNow());
            foreach (var one in await obligations.ListAsync(today.AddDays(-DaysBack), cancel))
            {
                await Console.Out.WriteLineAsync($"{one.ObligationId}  {one.Report}  {one.Unit}  {one.PeriodName}  hạn {Vietnamese.Day(one.DueOn)}  {State(one, today)}");
                if (one.Error is not null)
                    await Console.Out.WriteLineAsync($"    {one.Error}");
            }
            return ExitCode.Done;
        });
        return command;
    }

    private static async Task<int> RetryAsync(Obligations obligations, long number, CancellationToken cancel)
    {
        if (await obligations.RetryAsync(number, Environment.UserName, cancel) is null)
        {
            await Console.Error.WriteLineAsync($"Không có báo cáo chờ lập hoặc không lập được mang số {number}; xem: sinho obligations");
            return ExitCode.Unknown;
        }
        await Console.Out.WriteLineAsync("Đã xếp vào hàng; dịch vụ (sinho serve) sẽ lập trong khoảng một phút.");
        return ExitCode.Done;
    }

    private static string State(Obligation one, DateOnly today) => one.State switch
    {
        ObligationState.Done => $"đã có: {one.Published}",
        ObligationState.Running => "đang lập",
        ObligationState.Failed => "không lập được",
        _ => one.DueOn <= today ? "đến hạn, đang chờ" : "chưa đến hạn",
    };
}
