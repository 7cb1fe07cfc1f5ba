using System.CommandLine;
using SinHo.Reporting.Backups;

namespace SinHo.Reporting.Host.Verbs;

/// <summary>sinho backup FILE: everything in one file; without FILE the automatic backup of the day, now.</summary>
public static class BackupVerb
{
    public static Command Command()
    {
        var file = new Argument<string?>("FILE")
        {
            HelpName = "FILE",
            Description = "Tệp sẽ ghi; không nêu: thêm một bản vào thư mục sao lưu tự động",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var command = new Command("backup", "Sao lưu toàn bộ (sổ đăng ký, nhật ký, báo cáo đã phát hành, tài khoản, lịch) vào một tệp") { file };
        command.SetAction(async (words, cancel) =>
        {
            await using var place = await Workplace.OpenAsync(words, cancel);
            var work = Work(place);
            var made = words.GetValue(file) is { } path
                ? await work.BackUpAsync(path, BackupKind.Manual, place.Steps, cancel)
                : await work.DailyAsync(place.Steps, cancel);
            place.Steps.Say($"Đã sao lưu: {made.Path} ({made.Size}), đã đọc lại từ đầu đến cuối.");
            await Console.Out.WriteLineAsync($"{made.Sha256}  {made.Path}");
            return ExitCode.Done;
        });
        return command;
    }

    public static BackupWork Work(Workplace place) =>
        new(place.Database, Workplace.Definitions(), new(place.ConnectionString, Workplace.Root, place.BackupFolder), Workplace.Clock);
}
