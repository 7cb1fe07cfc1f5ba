using System.CommandLine;
using SinHo.Reporting.Faces;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Reports;

namespace SinHo.Reporting.Host.Verbs;

/// <summary>sinho report NAME --unit CODE PERIOD: one report, as a workbook, as JSON, or as a table.</summary>
public static class ReportVerb
{
    public static Command Command()
    {
        var name = new Argument<string>("NAME") { HelpName = "NAME", Description = "Tên báo cáo, ví dụ term" };
        var unit = new Option<string?>("--unit") { Description = "Mã đơn vị", HelpName = "MÃ" };
        var period = new PeriodOptions();
        var few = new Option<int?>("--few-member-max") { Description = "Số đảng viên chính thức nhiều nhất của chi bộ có ít đảng viên, cho lần chạy này", HelpName = "N" };
        var file = new Option<string?>("--out") { Description = "Ghi sổ Excel", HelpName = "FILE.xlsx" };
        var look = new Option<string?>("--template") { Description = "Mẫu trình bày riêng thay cho mẫu của báo cáo (lấy bản sao: sinho report-template)", HelpName = "FILE.xlsx" };
        var evidence = new Option<bool>("--evidence") { Description = "Kèm danh sách của từng số liệu trong JSON" };
        var format = CommonOptions.Format();
        var command = new Command("report", "Lập một báo cáo của một đơn vị trong một kỳ") { name, unit, few, file, look, evidence, format };
        foreach (var option in period.All)
            command.Add(option);
        command.SetAction(async (words, cancel) =>
        {
            var json = CommonOptions.IsJson(words, format);
            var code = words.GetValue(unit) ?? throw new UsageException("Thiếu đơn vị: --unit MÃ.");
            var settings = new Dictionary<string, int>(StringComparer.Ordinal);
            if (words.GetValue(few) is { } limit)
                settings["few_member_max"] = limit >= 0 ? limit : throw new UsageException("--few-member-max phải từ 0 trở lên.");
            await using var place = await Workplace.OpenAsync(words, cancel);
            var request = new ReportRequest(
                words.GetValue(name)!, code, await period.ReadAsync(words, place.Database, cancel), settings,
                words.GetValue(evidence) || words.GetValue(file) is not null);
            using var report = await new ReportBuilder(place.Statistics, Workplace.Definitions()).BuildAsync(request, place.Steps, cancel);
            place.Steps.Clear();
            if (words.GetValue(file) is { } path)
                WriteWorkbook(words.GetValue(look) is { } copy ? report with { Template = copy } : report, path, place.Steps, cancel);
            if (json)
                await WriteJsonAsync(report, words.GetValue(evidence), words.GetValue(file), cancel);
            else
                TextFace.Write(report, Console.Out);
            return ExitCode.Done;
        });
        return command;
    }

    public static void WriteWorkbook(Report report, string path, Steps steps, CancellationToken cancel)
    {
        WorkbookFace.Write(report, path, steps, cancel);
        steps.Say($"Đã ghi báo cáo: {Path.GetFullPath(path)}");
    }

    private static async Task WriteJsonAsync(Report report, bool withEvidence, string? workbook, CancellationToken cancel)
    {
        await using var output = Console.OpenStandardOutput();
        await JsonFace.WriteAsync(report, output, withEvidence, workbook, cancel);
    }
}
