using System.CommandLine;
using SinHo.Reporting.Exchange;

namespace SinHo.Reporting.Host.Verbs;

/// <summary>sinho export-register FILE: the whole register as an exchange workbook.</summary>
public static class ExportRegisterVerb
{
    public static Command Command()
    {
        var file = new Argument<string>("FILE") { HelpName = "FILE.xlsx", Description = "Tệp sẽ ghi" };
        var command = new Command("export-register", "Ghi toàn bộ sổ đăng ký thành sổ trao đổi; nhập lại được nguyên vẹn") { file };
        command.SetAction(async (words, cancel) =>
        {
            var path = words.GetValue(file)!;
            await using var place = await Workplace.OpenAsync(words, cancel);
            using var export = new RegisterExport(place.Database);
            RegisterWorkbook.Write(path, export.Sheets(place.Steps), cancel);
            place.Steps.Say($"Đã ghi sổ trao đổi: {Path.GetFullPath(path)}");
            return ExitCode.Done;
        });
        return command;
    }
}
