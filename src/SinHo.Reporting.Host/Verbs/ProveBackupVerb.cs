using System.CommandLine;

namespace SinHo.Reporting.Host.Verbs;

/// <summary>sinho prove-backup: the weekly proof, now.</summary>
public static class ProveBackupVerb
{
    public static Command Command()
    {
        var command = new Command("prove-backup", "Khôi phục thử bản sao lưu mới nhất, tính lại các báo cáo đã phát hành và so từng số liệu");
        command.SetAction(async (words, cancel) =>
        {
            await using var place = await Workplace.OpenAsync(words, cancel);
            var outcome = await BackupVerb.Work(place).ProveAsync(place.Steps, cancel);
            place.Steps.Dispose();
            await Console.Out.WriteLineAsync(outcome.Detail);
            return outcome.Proven ? ExitCode.Done : ExitCode.Failure;
        });
        return command;
    }
}
