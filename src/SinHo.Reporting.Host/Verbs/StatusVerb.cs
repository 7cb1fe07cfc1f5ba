using System.CommandLine;
using SinHo.Reporting.Host.Work;
using SinHo.Reporting.Runs;
using SinHo.Reporting.Servers;

namespace SinHo.Reporting.Host.Verbs;

/// <summary>sinho status: the alarms of the service, one a line; for people and for whatever watches the machine.</summary>
public static class StatusVerb
{
    public static Command Command()
    {
        var acknowledge = new Option<bool>("--acknowledge") { Description = "Ghi nhận đã xem các việc không làm được; chúng thôi được nhắc" };
        var command = new Command("status", "Các cảnh báo của dịch vụ; mã thoát 6 khi có cảnh báo") { acknowledge };
        command.SetAction(async (words, cancel) =>
        {
            await using var place = await Workplace.OpenAsync(words, cancel);
            if (words.GetValue(acknowledge))
                await new Jobs(place.Database, WorkTimes.Usual).AcknowledgeAsync(null, Environment.UserName, cancel);
            var alarms = await WorkServices.Alarms(place).AskAsync(cancel);
            foreach (var alarm in alarms)
                await Console.Out.WriteLineAsync($"{alarm.Code}: {alarm.Sentence}");
            if (!place.WorksApart)
            {
                await Console.Out.WriteLineAsync(
                    $"Lưu ý: dịch vụ đang làm việc bằng chính tài khoản sở hữu cơ sở dữ liệu, vì tài khoản này không được tạo hoặc dùng vai trò {PrivateServer.Worker}. "
                    + $"Hãy nhờ người quản trị PostgreSQL chạy: CREATE ROLE {PrivateServer.Worker} NOLOGIN; GRANT {PrivateServer.Worker} TO <tài khoản>; GRANT sinho_reader TO {PrivateServer.Worker}; rồi chạy lại.");
            }
            foreach (var standby in (await Task.WhenAll(place.StandbyHosts.Select(host => StandbyState.AskAsync(host, cancel)))).Where(one => one is { IsThere: true, Fault: null }))
                await Console.Out.WriteLineAsync(standby.IsPrimary ? $"Máy chính: {standby.Host}." : $"Bản sao {standby.Host}: {(standby.Behind > TimeSpan.Zero ? $"chậm {standby.Behind.TotalSeconds:0.0} giây" : "theo kịp")}.");
            if (alarms.Count == 0)
                await Console.Out.WriteLineAsync("Không có cảnh báo.");
            return alarms.Count == 0 ? ExitCode.Done : ExitCode.Alarm;
        });
        return command;
    }
}
