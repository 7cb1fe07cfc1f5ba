using System.CommandLine;
using SinHo.Reporting.Catalog;
using SinHo.Reporting.Faces;
using SinHo.Reporting.Faces.Templates;
using SinHo.Reporting.Reports;

namespace SinHo.Reporting.Host.Verbs;

/// <summary>sinho report-template NAME FILE: a copy of a report's template, to change its look in Excel, or of its letter, to change its words in Word.</summary>
public static class ReportTemplateVerb
{
    public static Command Command()
    {
        var name = new Argument<string>("NAME") { HelpName = "NAME", Description = "Tên báo cáo, ví dụ term" };
        var file = new Argument<string>("FILE") { HelpName = "FILE.xlsx|.docx", Description = "Tệp sẽ ghi: trang đầu của sổ Excel, hoặc văn bản Word; tệp đã có thì không bị ghi đè" };
        var edition = new Option<string?>("--edition") { Description = "Mẫu của biểu, ví dụ tctw (không nêu: mẫu chính thức đầu tiên)", HelpName = "MẪU" };
        var command = new Command("report-template", "Ghi bản sao mẫu trình bày của một báo cáo để sửa trong Excel hoặc Word rồi dùng với report --template") { name, file, edition };
        command.SetAction(words =>
        {
            var definitions = Workplace.Definitions();
            var editions = definitions.Editions(words.GetValue(name)!, DateOnly.MinValue);
            if (editions.Count == 0)
                throw new UnknownNameException($"Không có báo cáo “{words.GetValue(name)}”; các báo cáo có sẵn: {string.Join(", ", definitions.ReportNames)}.");
            var found = words.GetValue(edition) is not { } wanted
                ? editions[0]
                : editions.FirstOrDefault(one => one.Edition.Printed.Code == wanted)
                    ?? throw new UnknownNameException($"Báo cáo {words.GetValue(name)} không có mẫu “{wanted}”; các mẫu: {string.Join(", ", editions.Select(one => one.Edition.Printed.Code))}.");
            var target = Path.GetFullPath(words.GetValue(file)!);
            if (File.Exists(target))
                throw new UsageException($"Đã có tệp {target}; hãy chọn tên khác để không mất mẫu đang sửa.");
            if (OutFile.Kind(target, FileKind.Workbook, FileKind.Letter) == FileKind.Workbook)
                File.Copy(found.Template, target);
            else if (File.Exists(found.Letter))
                File.Copy(found.Letter, target);
            else
                LetterStarter.Write(Figures(definitions, found), target);
            Console.Error.WriteLine($"Đã ghi mẫu: {target}");
            return ExitCode.Done;
        });
        return command;
    }

    private static IEnumerable<(string Code, string Caption)> Figures(Definitions definitions, ReportDefinition report) => LetterTemplate.CodesOf(report).Select(code => (code,
        report.Form is { } form && code.Split('.') is [var row, var column] ? $"{form.Row(row)!.Caption} - {form.Column(column)!.Caption}" : definitions[code].Indicator.Caption));
}
