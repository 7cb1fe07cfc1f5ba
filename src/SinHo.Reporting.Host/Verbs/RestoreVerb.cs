using System.CommandLine;
using Npgsql;
using SinHo.Reporting.Backups;
using SinHo.Reporting.Words;

namespace SinHo.Reporting.Host.Verbs;

/// <summary>sinho restore FILE: a backup in the place of an empty database, or of one that is backed up first.</summary>
public static class RestoreVerb
{
    public static Command Command()
    {
        var file = new Argument<string>("FILE") { HelpName = "FILE", Description = "Tệp do `sinho backup` ghi" };
        var replace = new Option<bool>("--replace") { Description = "Thay dữ liệu hiện có; dữ liệu đó được sao lưu trước vào thư mục sao lưu" };
        var unsealed = new Option<bool>("--unsealed") { Description = "Nhận cả tệp không còn dấu niêm SHA-256 nguyên vẹn ở cuối, khi biết chắc nội dung còn nguyên" };
        var command = new Command("restore", "Khôi phục từ bản sao lưu; hỏng giữa chừng thì dữ liệu đang dùng vẫn còn nguyên") { file, replace, unsealed };
        command.SetAction(async (words, cancel) =>
        {
            await Restoration.JudgeAsync(words.GetValue(file)!, words.GetValue(unsealed), cancel);
            await using var place = await Workplace.OpenAsync(words, cancel, upgrade: false);
            // The pool would count as somebody who uses the database.
            NpgsqlConnection.ClearAllPools();
            var restoration = new Restoration(place.ConnectionString, Workplace.Definitions(), Path.Combine(Workplace.Root, "sql"), place.Steps);
            var restored = await restoration.RunAsync(words.GetValue(file)!, words.GetValue(replace) ? Safety(place, words.GetValue(file)!) : null, cancel, words.GetValue(unsealed));
            if (restored.Safety is { } safety)
            {
                await BackupVerb.Work(place).NoteSafetyAsync(safety);
                place.Steps.Say($"Dữ liệu trước khi khôi phục: {safety.Path} ({safety.Size}).");
            }
            place.Steps.Say(
                $"Đã khôi phục và kiểm tra: {Vietnamese.Number(restored.Organisations)} tổ chức, {Vietnamese.Number(restored.Members)} đảng viên.");
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>Among the automatic backups or, where there are none, beside the file.</summary>
    private static string Safety(Workplace place, string file)
    {
        var folder = place.BackupFolder ?? Path.GetDirectoryName(Path.GetFullPath(file))!;
        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return Path.Combine(folder, "truoc-khi-khoi-phuc-" + Retention.NameAt(Workplace.Clock.GetUtcNow()));
    }
}
