using System.CommandLine;
using SinHo.Reporting.Faces;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Reports;
using SinHo.Reporting.Words;
using Spectre.Console;

namespace SinHo.Reporting.Host.Verbs;

/// <summary>sinho demo: the first run of a newcomer, from nothing to a term report on the screen and in Excel.</summary>
public static class DemoVerb
{
    private const string Unit = "SH";

    public static Command Command()
    {
        var folder = new Option<string?>("--out") { Description = "Thư mục ghi báo cáo (không nêu: bao-cao trong thư mục dữ liệu)", HelpName = "THƯ MỤC" };
        var stay = new Option<bool>("--no-serve") { Description = "Dừng sau khi ghi tệp, không mở trang web" };
        var urls = ServeVerb.UrlsOption();
        var command = new Command("demo", "Chạy thử lần đầu: nạp dữ liệu mẫu Sìn Hồ, lập báo cáo nhiệm kỳ 2015-2020, mở trang web") { folder, stay, urls };
        command.SetAction(async (words, cancel) =>
        {
            await using var place = await Workplace.OpenAsync(words, cancel);
            await Sample.LoadIntoEmptyAsync(place, cancel);
            var reports = words.GetValue(folder) ?? ReportFolder.Of(place);
            ReportFolder.Make(reports);
            await WriteAsync(place, reports, cancel);
            if (!words.GetValue(stay))
                await ServeVerb.RunAsync(place, reports, new(words.GetValue(urls)), Work.Role.All, cancel);
            return ExitCode.Done;
        });
        return command;
    }

    private static async Task WriteAsync(Workplace place, string folder, CancellationToken cancel)
    {
        var period = await PeriodOptions.TermAsync("2015-2020", place.Database, cancel);
        var request = new ReportRequest("term", Unit, period, new Dictionary<string, int>(StringComparer.Ordinal), WithEvidence: true);
        using var report = await new ReportBuilder(place.Statistics, Workplace.Definitions()).BuildAsync(request, place.Steps, cancel);
        var path = Path.Combine(folder, await new FileNames(place.Statistics, Workplace.Definitions()).OfReportAsync(report, period, null, withoutNames: false, ".xlsx", cancel));
        ReportVerb.Write(FileKind.Workbook, report, path, place.Steps, cancel);
        Show(report);
        await Console.Out.WriteLineAsync($"Tệp báo cáo: {Path.GetFullPath(path)}");
    }

    private static void Show(Report report)
    {
        var console = AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(Console.Out) });
        var table = new Table().RoundedBorder().Title(Markup.Escape(report.Title)).AddColumn("Chỉ tiêu").AddColumn(new TableColumn("Số lượng").RightAligned()).AddColumn("Đvt");
        foreach (var group in report.Groups)
        {
            table.AddRow($"[bold]{Markup.Escape(group.Caption)}[/]", "", "");
            foreach (var figure in group.Figures)
                table.AddRow(new string(' ', 2 + 2 * figure.Indent) + Markup.Escape(figure.Caption), Vietnamese.Number(figure.Value), Markup.Escape(figure.CountedIn));
        }
        console.Write(table);
        Console.Out.WriteLine($"{report.Checks.Count} phép kiểm tra, {report.Checks.Count(check => !check.Ok)} không đạt.");
    }
}
