using System.CommandLine;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using SinHo.Reporting.Exchange;
using SinHo.Reporting.Reorganisation;
using SinHo.Reporting.Rolls;
using SinHo.Reporting.Words;
using Spectre.Console;

namespace SinHo.Reporting.Host.Verbs;

/// <summary>sinho import FILE: an exchange workbook into the register, whole or not at all.</summary>
public static class ImportVerb
{
    private const int ShownIssues = 50;
    private const int ShownChanges = 50;

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
    };

    public static Command Command()
    {
        var file = new Argument<string>("FILE") { HelpName = "FILE.xlsx", Description = "Sổ trao đổi cần nhập" };
        var dryRun = new Option<bool>("--dry-run") { Description = "Chỉ kiểm tra, không ghi gì" };
        var errors = new Option<string?>("--errors") { Description = "Ghi bản sao của sổ với các ô lỗi được tô màu và giải thích", HelpName = "FILE.xlsx" };
        var changes = new Option<bool>("--changes") { Description = "Nêu từng giá trị thay đổi, cũ → mới (lần thử luôn nêu)" };
        var mend = new Option<bool>("--mend-names") { Description = "Ghi tên gõ bằng phông chữ cũ (TCVN3, VNI) theo Unicode" };
        var reason = CommonOptions.Reason();
        var format = CommonOptions.Format();
        var command = new Command("import", "Nhập sổ trao đổi vào sổ đăng ký: đúng hết thì nhận, có một lỗi thì không ghi gì") { file, dryRun, errors, changes, mend, reason, format };
        command.SetAction(async (words, cancel) =>
        {
            var path = words.GetValue(file)!;
            var json = CommonOptions.IsJson(words, format);
            await using var place = await Workplace.OpenAsync(words, cancel);
            var isTrial = words.GetValue(dryRun);
            var source = new WorkbookSource(path, cancel);
            var withChanges = isTrial || words.GetValue(changes);
            ImportOutcome outcome;
            RollReport? roll = null;
            if (RollState.Find(source) is { } state)
            {
                var request = new ImportRequest(Path.GetFileName(path), await HashAsync(path, cancel), Environment.UserName, isTrial) { WithChanges = withChanges, Reason = words.GetValue(reason) };
                var import = new RegisterImport(place.Database, Path.Combine(Workplace.Root, "sql", "import"), Workplace.Clock);
                (outcome, roll, _) = await RollImport.RunAsync(place.Database, import, source, state, RollDecisions.None, request, place.Steps, cancel);
                place.Steps.Clear();
            }
            else
            {
                outcome = await RunAsync(place, source, path, isTrial, cancel, withChanges, words.GetValue(mend), words.GetValue(reason));
            }
            if (json)
                await WriteJsonAsync(outcome, cancel, roll: roll);
            else
                Show(outcome, isTrial, roll: roll, called: roll is null ? "Sổ" : "Danh sách đối chiếu");
            if (words.GetValue(errors) is { } marked && outcome.Errors.Count + outcome.Warnings.Count > 0)
            {
                ErrorWorkbook.Write(path, [.. outcome.Errors, .. outcome.Warnings], marked, cancel);
                place.Steps.Say($"Đã ghi sổ có đánh dấu lỗi: {Path.GetFullPath(marked)}");
            }
            return Exit(outcome);
        });
        return command;
    }

    /// <summary>Imports a source with its steps shown; the file, where there is one, gives name and hash to the trail.</summary>
    public static async Task<ImportOutcome> RunAsync(
        Workplace place, IRegisterSource source, string? path, bool dryRun, CancellationToken cancel, bool withChanges = false, bool mendNames = false, string? reason = null)
    {
        var hash = path is not null && File.Exists(path) ? await HashAsync(path, cancel) : "";
        var import = new RegisterImport(place.Database, Path.Combine(Workplace.Root, "sql", "import"), Workplace.Clock);
        var request = new ImportRequest(path is null ? "" : Path.GetFileName(path), hash, Environment.UserName, dryRun, mendNames) { WithChanges = withChanges, Reason = reason };
        var outcome = await import.RunAsync(source, request, place.Steps, cancel);
        place.Steps.Clear();
        return outcome;
    }

    internal static int Exit(ImportOutcome outcome) => outcome.Accepted ? ExitCode.Done : ExitCode.Refused;

    internal static async Task<string> HashAsync(string path, CancellationToken cancel)
    {
        await using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancel));
    }

    /// <param name="units">Before and after, of a plan of restructuring.</param>
    /// <param name="roll">How much agreed, of a list for matching.</param>
    internal static async Task WriteJsonAsync(ImportOutcome outcome, CancellationToken cancel, IReadOnlyList<UnitChange>? units = null, RollReport? roll = null)
    {
        await using var output = Console.OpenStandardOutput();
        await JsonSerializer.SerializeAsync(output, new JsonOutcome(outcome.Accepted, outcome.Import, outcome.Sheets,
            [.. outcome.Errors.Select(Issue)], [.. outcome.Warnings.Select(Issue)], outcome.Changes?.Select(Change), outcome.CorrectedLatest, units, roll), Json, cancel);
    }

    private static JsonIssue Issue(ImportIssue issue) => new(issue.Code, issue.Sheet, issue.Row, issue.Column, issue.Value, issue.Message);

    /// <summary>A changed value has a column, old and new, null where blank; a whole row says whether it comes or goes.</summary>
    private static object Change(ImportChange change) => change.Kind switch
    {
        ChangeKind.Added => new { change.Sheet, change.Row, change.Key, change.Name, Added = true },
        ChangeKind.Removed => new { change.Sheet, change.Row, change.Key, change.Name, Removed = true },
        _ => new { change.Sheet, change.Row, change.Key, change.Name, change.Column, change.Old, change.New },
    };

    /// <summary>The outcome in words; returns the exit code it stands for.</summary>
    /// <param name="undoes">The import that is given back; null for a workbook.</param>
    /// <param name="called">What was handed in.</param>
    /// <param name="roll">How much agreed, of a list for matching.</param>
    public static int Show(ImportOutcome outcome, bool dryRun, long? undoes = null, string called = "Sổ", RollReport? roll = null)
    {
        var console = AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(Console.Out) });
        if (outcome.Accepted)
        {
            var table = new Table().RoundedBorder().AddColumn("Trang").AddColumns(
                new TableColumn("Thêm").RightAligned(), new TableColumn("Sửa").RightAligned(),
                new TableColumn("Không đổi").RightAligned(), new TableColumn("Xóa").RightAligned());
            foreach (var sheet in outcome.Sheets)
                table.AddRow(Markup.Escape(sheet.Sheet), Number(sheet.Added), Number(sheet.Changed), Number(sheet.Unchanged), Number(sheet.Removed));
            console.Write(table);
        }
        if (outcome.CorrectedLatest > 0)
            Console.Out.WriteLine(ImportOutcome.CorrectedLatestText(outcome.CorrectedLatest));
        foreach (var change in (outcome.Changes ?? []).Take(ShownChanges))
            Console.Out.WriteLine(Line(change));
        if (outcome.Changes?.Count > ShownChanges)
            Console.Out.WriteLine($"… và {Number(outcome.Changes.Count - ShownChanges)} thay đổi nữa; dùng --format json để xem tất cả.");
        foreach (var issue in outcome.Errors.Concat(outcome.Warnings).Take(ShownIssues))
            Console.Out.WriteLine(Line(issue));
        if (outcome.ErrorCount + outcome.WarningCount > ShownIssues)
            Console.Out.WriteLine($"… và {Number(outcome.ErrorCount + outcome.WarningCount - ShownIssues)} dòng nữa; dùng --errors FILE.xlsx để xem tất cả trong Excel.");
        if (roll is not null)
            Console.Out.WriteLine(roll.Text);
        Console.Out.WriteLine((outcome.Accepted, dryRun) switch
        {
            (false, _) when undoes is not null => $"Không hoàn tác được lần nhập {undoes}: {Number(outcome.ErrorCount)} lý do. Sổ đăng ký không thay đổi.",
            (true, true) when undoes is not null => $"Hoàn tác được lần nhập {undoes}, {Number(outcome.WarningCount)} lưu ý. Đây là lần thử: sổ đăng ký không thay đổi.",
            (true, false) when undoes is not null => $"Đã hoàn tác lần nhập {undoes} (lần nhập số {outcome.Import}), {Number(outcome.WarningCount)} lưu ý.",
            (false, _) => $"{called} bị từ chối: {Number(outcome.ErrorCount)} lỗi, {Number(outcome.WarningCount)} lưu ý. Sổ đăng ký không thay đổi.",
            (true, true) => $"{called} hợp lệ, {Number(outcome.WarningCount)} lưu ý. Đây là lần thử: sổ đăng ký không thay đổi.",
            (true, false) => $"Đã nhập (lần nhập số {outcome.Import}), {Number(outcome.WarningCount)} lưu ý.",
        });
        return Exit(outcome);
    }

    private static string Line(ImportIssue issue) =>
        $"{(issue.IsWarning ? "Lưu ý" : "Lỗi")} · {issue.Sheet}{(issue.Row is { } row ? $" · hàng {row}" : "")}{(issue.Column is { } column ? $" · {column}" : "")}{(issue.Value is { } value ? $" · “{value}”" : "")}: {issue.Message}";

    private static string Line(ImportChange change)
    {
        var place = $"{change.Sheet}{(change.Row is { } row ? $" · hàng {row}" : "")} · {string.Join(" · ", change.Key)}{(change.Name is { } name ? $" ({name})" : "")}";
        return change.Kind switch
        {
            ChangeKind.Added => $"Thêm · {place}",
            ChangeKind.Removed => $"Xóa · {place}",
            _ => $"Sửa · {place} · {change.Column}: {change.Old ?? "(trống)"} → {change.New ?? "(trống)"}",
        };
    }

    private static string Number(int value) => Vietnamese.Number(value);

    private sealed record JsonOutcome(
        bool Accepted, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Import,
        IReadOnlyList<SheetOutcome> Sheets, IReadOnlyList<JsonIssue> Errors, IReadOnlyList<JsonIssue> Warnings,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IEnumerable<object>? Changes,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] int CorrectedLatest,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<UnitChange>? Units,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] RollReport? Roll);

    private sealed record JsonIssue(
        string Code, string Sheet, int? Row, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Column, string? Value, string Message);
}
