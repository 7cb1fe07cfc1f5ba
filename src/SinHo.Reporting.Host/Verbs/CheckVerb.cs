using System.CommandLine;
using SinHo.Reporting.Catalog;
using SinHo.Reporting.Exchange;
using SinHo.Reporting.Faces.Templates;
using SinHo.Reporting.Facts;

namespace SinHo.Reporting.Host.Verbs;

/// <summary>sinho check: every definition and import rule against the live schema and against the others, all faults at once.</summary>
public static class CheckVerb
{
    public static Command Command()
    {
        var command = new Command("check", "Kiểm tra mọi định nghĩa với cơ sở dữ liệu và với nhau, báo tất cả lỗi một lần");
        command.SetAction(async (words, cancel) =>
        {
            var definitions = Workplace.Definitions();
            await using var place = await Workplace.OpenAsync(words, cancel);
            IReadOnlyList<string> faults =
            [
                .. await DefinitionCheck.RunAsync(place.Database, definitions, cancel),
                .. await new ImportCheck(place.Database, Path.Combine(Workplace.Root, "sql", "import")).RunAsync(cancel),
                .. definitions.Reports.SelectMany(Templates),
            ];
            foreach (var fault in faults)
                await Console.Error.WriteLineAsync(fault);
            await Console.Out.WriteLineAsync(
                $"{definitions.Sets.Count} bộ chỉ tiêu, {definitions.Sets.Sum(set => set.Indicators.Count)} số liệu, {definitions.Reports.Count} báo cáo và mẫu: {(faults.Count == 0 ? "không có lỗi" : $"{faults.Count} lỗi")}.");
            return faults.Count == 0 ? ExitCode.Done : ExitCode.Failure;
        });
        return command;
    }

    private static IEnumerable<string> Templates(ReportDefinition report) =>
    [
        .. Faults(report.Template, () => ReportTemplate.Read(report.Template, TemplateTable.Of(report)).Dispose()),
        .. File.Exists(report.Letter) ? Faults(report.Letter, () => LetterTemplate.Read(report.Letter, LetterTemplate.CodesOf(report))) : [],
    ];

    private static IReadOnlyList<string> Faults(string file, Action read)
    {
        try
        {
            read();
            return [];
        }
        catch (TemplateRefusedException refused)
        {
            return [.. refused.Faults.Select(fault => $"{Path.GetRelativePath(Workplace.Root, file)}: {fault}")];
        }
    }
}
