using System.CommandLine;
using System.Security.Cryptography;
using SinHo.Reporting.Catalog;
using SinHo.Reporting.Faces;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Reports;

namespace SinHo.Reporting.Host.Verbs;

/// <summary>
/// sinho report NAME --unit CODE PERIOD: one report, as a workbook, as JSON, or as a table.
/// sinho report all --unit CODE PERIOD --out DIR: the whole set of the period, from one snapshot.
/// </summary>
public static class ReportVerb
{
    private const string All = "all";

    private static readonly Argument<string> Name = new("NAME") { HelpName = "NAME", Description = "Tên báo cáo, ví dụ term, form-1, monthly; all: cả bộ của kỳ, từ một lần chụp số liệu" };
    private static readonly Option<string?> Unit = new("--unit") { Description = "Mã đơn vị", HelpName = "MÃ" };
    private static readonly PeriodOptions Period = new();
    private static readonly Option<string?> Edition = new("--edition") { Description = "Mẫu của biểu, ví dụ 2021 (không nêu: mẫu áp dụng vào ngày cuối kỳ)", HelpName = "MẪU" };
    private static readonly Option<int?> Few = new("--few-member-max") { Description = "Số đảng viên chính thức nhiều nhất của chi bộ có ít đảng viên, cho lần chạy này", HelpName = "N" };
    private static readonly Option<string[]> Set = CommonOptions.Set();
    private static readonly Option<string?> Out = new("--out") { Description = "Ghi theo đuôi tệp: sổ Excel, văn bản Word, PDF để ký hoặc CSV; với all: ghi các sổ vào thư mục", HelpName = "FILE.xlsx|.docx|.pdf|.csv" };
    private static readonly Option<string?> Look = new("--template") { Description = "Mẫu trình bày riêng thay cho mẫu của báo cáo (lấy bản sao: sinho report-template)", HelpName = "FILE.xlsx|.docx" };
    private static readonly Option<bool> Evidence = new("--evidence") { Description = "Kèm danh sách của từng số liệu: trong JSON, tệp Word và PDF; trong sổ Excel của biểu cả khi đơn vị có trên 5.000 đảng viên" };
    private static readonly Option<bool> WithoutNames = new("--without-names") { Description = "Chỉ phần để ký: không kèm danh sách, không có tên và mã của đảng viên nào" };
    private static readonly Option<string?> Basis = CommonOptions.Basis();
    private static readonly Option<string?> Format = CommonOptions.Format();

    public static Command Command()
    {
        var command = new Command("report", "Lập một báo cáo của một đơn vị trong một kỳ") { Name, Unit, Edition, Few, Set, Out, Look, Evidence, WithoutNames, Basis, Format };
        foreach (var option in Period.All)
            command.Add(option);
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult words, CancellationToken cancel)
    {
        var json = CommonOptions.IsJson(words, Format);
        var wholeSet = words.GetValue(Name) == All;
        _ = words.GetValue(Unit) ?? throw new UsageException("Thiếu đơn vị: --unit MÃ.");
        if (words.GetValue(Few) < 0)
            throw new UsageException("--few-member-max phải từ 0 trở lên.");
        if (wholeSet && (words.GetValue(Out) is null || json || words.GetValue(Look) is not null))
            throw new UsageException("report all ghi mỗi báo cáo một sổ Excel: cần --out THƯ MỤC, không đi cùng --format và --template.");
        if (words.GetValue(WithoutNames) && words.GetValue(Evidence))
            throw new UsageException("--without-names không kèm danh sách, nên không đi cùng --evidence.");
        var onMap = CommonOptions.IsOnMap(words, Basis);
        var kind = !wholeSet && words.GetValue(Out) is { } asked ? OutFile.Kind(asked, Enum.GetValues<FileKind>()) : FileKind.Workbook;
        if (words.GetValue(Look) is { } look && !IsLookOf(look, kind))
            throw new UsageException("--template nhận mẫu .xlsx cho sổ Excel, mẫu .docx cho văn bản Word và PDF.");
        if (kind == FileKind.Workbook && words.GetValue(Out) is not null)
            WarmUp();
        var reading = Task.Run(Workplace.Definitions, cancel);
        await using var place = await Workplace.OpenAsync(words, cancel);
        var request = await RequestAsync(words, place, onMap, cancel);
        var definitions = await reading;
        var builder = new ReportBuilder(place.Statistics, definitions);
        if (wholeSet)
            await WriteAllAsync(builder, definitions, request, words, place, cancel);
        else
            await WriteOneAsync(builder, request, words, place, json, kind, cancel);
        return ExitCode.Done;
    }

    /// <summary>Fire and forget: if it fails, so will the workbook, and says why.</summary>
    private static void WarmUp() => _ = Task.Run(() =>
    {
        if (Directory.EnumerateFiles(Path.Combine(Workplace.Root, "reports"), "*.xlsx", SearchOption.AllDirectories).FirstOrDefault() is { } template)
            WorkbookFace.WarmUp(template);
    });

    private static async Task<ReportRequest> RequestAsync(ParseResult words, Workplace place, bool onMap, CancellationToken cancel)
    {
        var settings = CommonOptions.Settings(words, Set).ToDictionary(StringComparer.Ordinal);
        if (words.GetValue(Few) is { } limit)
            settings["few_member_max"] = limit;
        var (period, calendar) = await Period.ReadAsync(words, place.Database, cancel);
        PeriodOptions.RefuseFuture(period.From);
        var evidence = words.GetValue(Evidence);
        return new(words.GetValue(Name)!, words.GetValue(Unit)!, period, settings, evidence || (words.GetValue(Out) is { } path && !words.GetValue(WithoutNames) && !Path.GetExtension(path).Equals(FileKinds.Ending(FileKind.Csv), StringComparison.OrdinalIgnoreCase)), words.GetValue(Edition))
        {
            Calendar = calendar,
            OnMap = onMap,
            WithCharts = words.GetValue(Out) is not null,
            EvidenceUpTo = evidence ? null : ReportRequest.MostMembersWithEvidence,
        };
    }

    private static async Task WriteOneAsync(ReportBuilder builder, ReportRequest request, ParseResult words, Workplace place, bool json, FileKind kind, CancellationToken cancel)
    {
        // A paper without lists needs no rows, and is the same as one of a report that has them.
        var asked = kind is FileKind.Letter or FileKind.Pdf && !words.GetValue(Evidence) ? request with { WithEvidence = false } : request;
        using var report = await builder.BuildAsync(asked, place.Steps, cancel) with { Question = request.Question };
        place.Steps.Clear();
        if (words.GetValue(Out) is { } path)
            Write(kind, words.GetValue(Look) is { } copy ? InLook(report, copy) : report, path, place.Steps, cancel);
        if (json)
            await WriteJsonAsync(report, words.GetValue(Evidence), words.GetValue(Out), cancel);
        else
            TextFace.Write(report, Console.Out);
    }

    private static bool IsLookOf(string template, FileKind kind) => Path.GetExtension(template).Equals(FileKinds.Ending(FileKind.Letter), StringComparison.OrdinalIgnoreCase)
        ? kind is FileKind.Letter or FileKind.Pdf
        : kind == FileKind.Workbook;

    private static Report InLook(Report report, string template) => report with
    {
        Template = IsLookOf(template, FileKind.Workbook) ? template : report.Template,
        Letter = IsLookOf(template, FileKind.Letter) ? template : report.Letter,
        Question = report.Question with { Options = report.Question.Options with { Look = File.Exists(template) ? Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(template))) : null } },
    };

    private static async Task WriteAllAsync(ReportBuilder builder, Definitions definitions, ReportRequest request, ParseResult words, Workplace place, CancellationToken cancel)
    {
        var folder = Path.GetFullPath(words.GetValue(Out)!);
        if (File.Exists(folder))
            throw new UsageException($"{folder} là một tệp; --out của report all là một thư mục.");
        ReportFolder.Make(folder);
        var names = new FileNames(place.Statistics, definitions);
        var before = Task.CompletedTask;
        await builder.BuildAllAsync(request, Period.Kind(words), report => before = WriteAsync(report, before), place.Steps, cancel);

        // Written side by side, told in their order.
        async Task WriteAsync(Report report, Task told)
        {
            var name = await names.OfReportAsync(report, request.Period, request.Edition, words.GetValue(WithoutNames), ".xlsx", cancel);
            var path = Path.Combine(folder, name);
            await Task.Run(() => FileKinds.Write(FileKind.Workbook, report, issue: null, path, place.Steps, cancel), CancellationToken.None);
            await told;
            place.Steps.Say($"Đã ghi báo cáo: {path}");
            Console.Out.WriteLine(report.Title);
            TextFace.WriteChecks(report, Console.Out);
        }
    }

    public static void Write(FileKind kind, Report report, string path, Steps steps, CancellationToken cancel)
    {
        FileKinds.Write(kind, report, issue: null, path, steps, cancel);
        steps.Say($"Đã ghi báo cáo: {Path.GetFullPath(path)}");
    }

    private static async Task WriteJsonAsync(Report report, bool withEvidence, string? workbook, CancellationToken cancel)
    {
        await using var output = Console.OpenStandardOutput();
        await JsonFace.WriteAsync(report, output, withEvidence, workbook, cancel);
    }
}
