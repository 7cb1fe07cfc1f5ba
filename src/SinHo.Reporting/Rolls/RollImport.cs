using Dapper;
using Npgsql;
using SinHo.Reporting.Exchange;
using SinHo.Reporting.Register;
using SinHo.Reporting.Words;

namespace SinHo.Reporting.Rolls;

/// <param name="Report">Null where the list was not taken at all.</param>
/// <param name="Differences">By sheet and row, whatever was decided about them.</param>
public sealed record RollOutcome(ImportOutcome Import, RollReport? Report, IReadOnlyList<RollDifference> Differences);

/// <summary>
/// Takes a list of <see cref="Roll"/> that came back as one import: corrections and new rows go in, what both sides changed is decided or refused,
/// and nothing is removed. Source: docs/spec/command-line.md, roll.
/// </summary>
public static class RollImport
{
    /// <param name="together">As of <see cref="RegisterImport.RunAsync"/>.</param>
    /// <exception cref="RegisterMovedException">Another import came in between.</exception>
    public static async Task<RollOutcome> RunAsync(
        NpgsqlDataSource database, RegisterImport import, IRegisterSource source, RollState state, RollDecisions decisions, ImportRequest request,
        IProgress<JobStep>? progress, CancellationToken cancel, Func<NpgsqlTransaction, RollOutcome, Task>? together = null)
    {
        progress?.Report(new("Đọc danh sách đối chiếu"));
        var file = RollFile.Read(source, cancel);
        var register = await RollRegister.LoadAsync(database, state, file, cancel);
        if (Obstacle(state, register) is { } obstacle)
            return new(new(false, [], [obstacle], [], null) { ErrorCount = 1 }, null, []);
        var work = new RollWork(state, file, register, decisions);
        work.Run();
        var own = work.Issues;
        var hasErrors = own.Any(issue => !issue.IsWarning);
        var rows = new WorkedRows(register.Import, register.Changed);
        var outcome = Told(rows, await import.RunAsync(
            rows, request with { DryRun = request.DryRun || hasErrors }, progress, cancel,
            async (transaction, accepted) =>
            {
                await WriteAsync(transaction, accepted.Import!.Value, work.Report);
                if (together is not null)
                    await together(transaction, new(Told(rows, accepted, own), work.Report, work.Differences));
            }), own);
        return new(outcome, work.Report, work.Differences);
    }

    private static ImportOutcome Told(WorkedRows rows, ImportOutcome outcome, IReadOnlyList<ImportIssue> own)
    {
        var told = rows.Told(outcome, (_, caption) => caption);
        // A row that the list does not have stands nowhere.
        var found = told.Errors.Concat(told.Warnings).Select(issue => issue.Row == 0 ? issue with { Row = null } : issue).ToList();
        var faulty = own.Where(issue => !issue.IsWarning).Select(issue => (issue.Sheet, issue.Row)).ToHashSet();
        var errors = Sorted([.. own.Where(issue => !issue.IsWarning), .. found.Where(issue => !issue.IsWarning && !faulty.Contains((issue.Sheet, issue.Row)))]);
        var warnings = Sorted([.. own.Where(issue => issue.IsWarning), .. found.Where(issue => issue.IsWarning)]);
        return errors.Count == 0
            ? told with { Errors = errors, Warnings = warnings, WarningCount = warnings.Count }
            : new(false, [.. told.Sheets.Select(sheet => new SheetOutcome(sheet.Sheet, 0, 0, 0, 0))], errors, warnings, null) { ErrorCount = errors.Count, WarningCount = warnings.Count };
    }

    private static IReadOnlyList<ImportIssue> Sorted(IEnumerable<ImportIssue> issues) =>
        [.. issues.OrderBy(issue => issue.Sheet == ExchangeWorkbook.Members.Name ? 0 : 1).ThenBy(issue => issue.Row ?? 0)];

    /// <summary>Why the list is not looked at at all.</summary>
    private static ImportIssue? Obstacle(RollState state, RollRegister register)
    {
        ImportIssue Refused(string code, string message) => new(code, RollState.SheetName, null, null, Vietnamese.Number((int)state.Number), message);
        if (register.Known is not { } known || known.Unit != state.Unit || known.Day != state.Day)
            return Refused(IssueCode.WrongUnit, $"Danh sách số {state.Number} của {state.Unit} không phải do sổ đăng ký này lập{(register.Known is { } other ? $" (số {state.Number} là của {other.Unit}, ngày {Vietnamese.Day(other.Day)})" : "")}; hãy dùng danh sách lập từ chính hệ thống này.");
        if (register.Taken.FirstOrDefault(taken => taken.Number == state.Number) is { Import: > 0 } same)
            return Refused(IssueCode.SameRoll, $"Danh sách số {state.Number} của {state.Unit} đã được nhập (lần nhập {same.Import}); muốn nhập lại thì hoàn tác lần nhập đó, hoặc lập danh sách mới.");
        if (register.Taken.FirstOrDefault(taken => taken.Number > state.Number) is { Import: > 0 } later)
            return Refused(IssueCode.OlderRoll, $"Danh sách số {state.Number} của {state.Unit} cũ hơn danh sách số {later.Number} đã được nhập (lần nhập {later.Import}); hãy sửa trên danh sách mới nhất.");
        return null;
    }

    private static Task<int> WriteAsync(NpgsqlTransaction transaction, long import, RollReport report) => transaction.Connection!.ExecuteAsync("""
        insert into roll_taken (import_id, roll_id, agreed, corrected, added, struck, left_out) values (@import, @Number, @Agreed, @Corrected, @Added, @Struck, @Left)
        """, new { import, report.Number, report.Agreed, report.Corrected, report.Added, report.Struck, report.Left }, transaction);
}
