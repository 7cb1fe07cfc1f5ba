using System.CommandLine;
using SinHo.Reporting.Exchange;

namespace SinHo.Reporting.Host.Verbs;

/// <summary>sinho template FILE: an empty exchange workbook to fill in.</summary>
public static class TemplateVerb
{
    public static Command Command()
    {
        var file = new Argument<string>("FILE") { HelpName = "FILE.xlsx", Description = "Tệp sẽ ghi" };
        var plan = new Option<bool>("--plan") { Description = "Phương án sắp xếp trống (cho lệnh reorganise) thay cho sổ trao đổi" };
        var command = new Command("template", "Ghi sổ trao đổi trống: danh sách chọn, chú giải từng cột, một dòng ví dụ") { file, plan };
        command.SetAction(words =>
        {
            if (words.GetValue(plan))
                TemplateWriter.WritePlan(words.GetValue(file)!);
            else
                TemplateWriter.Write(words.GetValue(file)!);
            Console.Error.WriteLine($"Đã ghi sổ trống: {Path.GetFullPath(words.GetValue(file)!)}");
            return ExitCode.Done;
        });
        return command;
    }
}
