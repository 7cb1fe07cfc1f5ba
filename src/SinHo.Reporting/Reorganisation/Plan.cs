using System.Globalization;
using Npgsql;
using SinHo.Reporting.Catalog;
using SinHo.Reporting.Exchange;
using SinHo.Reporting.Register;

namespace SinHo.Reporting.Reorganisation;

/// <summary>What carrying out a plan did, or would do.</summary>
/// <param name="Import">As of an import; issues stand at the rows of the plan.</param>
/// <param name="Units">Before and after, by unit; empty where it was refused.</param>
public sealed record PlanOutcome(ImportOutcome Import, IReadOnlyList<UnitChange> Units);

/// <summary>A plan of restructuring as rows to import: it is judged by the rules of the import, has a number, and can be given back.</summary>
public sealed class Plan : IRegisterSource
{
    private static readonly Dictionary<string, string> ColumnsOfPlan = new(StringComparer.Ordinal)
    {
        ["Mã tổ chức"] = "Mã mới",
        ["Mã bản"] = "Mã mới",
        ["Mã chi bộ"] = "Mã mới",
        ["Tên tổ chức"] = "Tên mới",
        ["Tên bản"] = "Tên mới",
        ["Cấp"] = "Cấp mới",
        ["Loại hình"] = "Loại hình mới",
        ["Loại"] = "Loại hình mới",
        ["Trực thuộc"] = "Trực thuộc mới",
        ["Thuộc"] = "Trực thuộc mới",
        ["Từ ngày"] = "Ngày hiệu lực",
        ["Thôi từ ngày"] = "Ngày hiệu lực",
        ["Vai trò"] = "Hình thức",
    };

    private readonly PlanFile file;
    private readonly PlanRegister? register;
    private readonly Dictionary<(string Sheet, int Row), PlanPlace> places = [];
    private readonly IReadOnlyList<ImportIssue> issues;

    /// <summary>The rows worked out can be judged; else the plan's own faults are all that there is to say.</summary>
    private readonly bool isWorkedOut;

    private Plan(PlanFile file, PlanRegister? register, IReadOnlyList<ImportIssue> issues, bool isWorkedOut) =>
        (this.file, this.register, this.issues, this.isWorkedOut) = (file, register, issues, isWorkedOut);

    public bool IsExact => true;

    public long? WorkedOutFrom => register?.Import;

    private bool HasErrors => issues.Any(issue => !issue.IsWarning);

    /// <summary>Carries a plan out, or shows what it would do.</summary>
    /// <param name="source">The workbook of the plan.</param>
    /// <param name="together">As of <see cref="RegisterImport.RunAsync"/>.</param>
    /// <exception cref="WorkbookRefusedException">The file is no workbook that may be opened.</exception>
    /// <exception cref="RegisterMovedException">Another import came in between.</exception>
    public static async Task<PlanOutcome> RunAsync(
        NpgsqlDataSource database, RegisterImport import, Definitions definitions, IRegisterSource source, ImportRequest request,
        IProgress<JobStep>? progress, CancellationToken cancel, Func<NpgsqlTransaction, PlanOutcome, Task>? together = null)
    {
        progress?.Report(new("Đọc phương án"));
        var plan = await WorkOutAsync(database, source, cancel);
        if (!plan.isWorkedOut)
            return new(plan.Refused([]), []);
        IReadOnlyList<UnitChange> units = [];
        var outcome = await import.RunAsync(
            plan, request with { DryRun = request.DryRun || plan.HasErrors }, progress, cancel,
            together is null ? null : (transaction, accepted) => together(transaction, new(plan.Told(accepted), units)),
            async transaction => units = plan.HasErrors ? [] : await UnitChanges.ReadAsync(transaction, definitions, plan.Codes, plan.Days, progress, cancel));
        return plan.HasErrors ? new(plan.Refused(outcome.Errors, outcome.Sheets), []) : new(plan.Told(outcome), units);
    }

    public IEnumerable<SourceSheet> Sheets()
    {
        foreach (var (sheet, rows) in register!.Changed)
        {
            var changed = rows.ToList();
            if (changed.Count > 0)
                yield return new(sheet.Name, [.. sheet.Columns.Select(column => column.Caption)], Numbered(sheet, changed));
        }
    }

    private static async Task<Plan> WorkOutAsync(NpgsqlDataSource database, IRegisterSource source, CancellationToken cancel)
    {
        var read = PlanFile.Read(source, cancel);
        if (read.Issues.Any(issue => !issue.IsWarning) || read.Rows.Count == 0)
            return new(read, null, read.Issues, isWorkedOut: false);
        var held = await PlanRegister.LoadAsync(database, read, cancel);
        var work = new PlanWork(read, held);
        return work.Run() ? new(read, held, work.Issues, isWorkedOut: true) : new(read, held, work.Issues, isWorkedOut: false);
    }

    /// <summary>Organisations that the plan names.</summary>
    private IReadOnlyList<string> Codes => [.. file.Rows.Where(row => !row.IsVillage).SelectMany(row => new[] { row.Old, row.New })
        .Concat(file.Rows.Select(row => row.Parent)).OfType<string>().Distinct()];

    /// <summary>The day before the first change, and that of the last.</summary>
    private (DateOnly Before, DateOnly After) Days => (file.Rows.Min(row => row.Day).AddDays(-1), file.Rows.Max(row => row.Day));

    private IEnumerable<SourceRow> Numbered(SheetDefinition sheet, List<WorkedRow> rows)
    {
        // Captions stand in row 1.
        foreach (var (index, row) in rows.Index())
        {
            places[(sheet.Name, index + 2)] = row.Cause!;
            yield return new(index + 2, row.Values);
        }
    }

    /// <param name="found">What the rules of the import say besides; nothing of rows that have a fault of their own.</param>
    private ImportOutcome Refused(IReadOnlyList<ImportIssue> found, IReadOnlyList<SheetOutcome>? sheets = null)
    {
        var faulty = issues.Where(issue => !issue.IsWarning).Select(issue => (issue.Sheet, issue.Row)).ToHashSet();
        var errors = Sorted([.. issues.Where(issue => !issue.IsWarning), .. Told(found).Where(issue => !faulty.Contains((issue.Sheet, issue.Row)))]);
        var warnings = Sorted([.. issues.Where(issue => issue.IsWarning)]);
        return new(false, [.. (sheets ?? []).Select(sheet => new SheetOutcome(sheet.Sheet, 0, 0, 0, 0))], errors, warnings, null) { ErrorCount = errors.Count, WarningCount = warnings.Count };
    }

    private ImportOutcome Told(ImportOutcome outcome)
    {
        var warnings = Sorted([.. issues.Where(issue => issue.IsWarning), .. Told(outcome.Warnings)]);
        return outcome with
        {
            Errors = Sorted(Told(outcome.Errors)),
            Warnings = warnings,
            WarningCount = outcome.WarningCount + warnings.Count - outcome.Warnings.Count,
            Changes = outcome.Changes?.Select(change => change with { Row = Place(change.Sheet, change.Row)?.Row }).ToList(),
        };
    }

    /// <summary>Issues at the rows of the plan that caused them.</summary>
    private List<ImportIssue> Told(IEnumerable<ImportIssue> found) =>
    [
        .. found.Select(issue => Place(issue.Sheet, issue.Row) is { } place
            ? issue with
            {
                Sheet = place.Sheet,
                Row = place.Row,
                Column = place.Sheet != PlanSheets.Rows.Name ? null : ColumnsOfPlan.GetValueOrDefault(issue.Column ?? "")
                    ?? (PlanSheets.Rows.Columns.Any(column => column.Caption == issue.Column) ? issue.Column : "Mã cũ"),
            }
            : issue),
    ];

    private PlanPlace? Place(string sheet, int? row) => row is { } number && places.TryGetValue((sheet, number), out var place) ? place : null;

    private static IReadOnlyList<ImportIssue> Sorted(IReadOnlyList<ImportIssue> issues)
    {
        var order = PlanSheets.All.Select(sheet => sheet.Name).ToList();
        return [.. issues.OrderBy(issue => order.IndexOf(issue.Sheet)).ThenBy(issue => issue.Row ?? 0)];
    }
}
