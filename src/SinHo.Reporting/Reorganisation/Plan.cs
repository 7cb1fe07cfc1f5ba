using Npgsql;
using SinHo.Reporting.Catalog;
using SinHo.Reporting.Exchange;
using SinHo.Reporting.Register;

namespace SinHo.Reporting.Reorganisation;

/// <summary>What carrying out a plan did, or would do.</summary>
/// <param name="Import">As of an import; issues stand at the rows of the plan.</param>
/// <param name="Units">Before and after, by unit; empty where it was refused.</param>
public sealed record PlanOutcome(ImportOutcome Import, IReadOnlyList<UnitChange> Units);

/// <summary>A plan of restructuring, carried out as rows to import: it is judged by the rules of the import, has a number, and can be given back.</summary>
public sealed class Plan
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
    private readonly WorkedRows? rows;
    private readonly IReadOnlyList<ImportIssue> issues;

    /// <param name="rows">What the plan means for the register; null where its own faults are all that there is to say.</param>
    private Plan(PlanFile file, WorkedRows? rows, IReadOnlyList<ImportIssue> issues) => (this.file, this.rows, this.issues) = (file, rows, issues);

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
        if (plan.rows is not { } rows)
            return new(plan.Refused(null), []);
        IReadOnlyList<UnitChange> units = [];
        var outcome = await import.RunAsync(
            rows, request with { DryRun = request.DryRun || plan.HasErrors }, progress, cancel,
            together is null ? null : (transaction, accepted) => together(transaction, new(plan.Told(accepted), units)),
            async transaction => units = plan.HasErrors ? [] : await UnitChanges.ReadAsync(transaction, definitions, plan.Codes, plan.Days, progress, cancel));
        return plan.HasErrors ? new(plan.Refused(outcome), []) : new(plan.Told(outcome), units);
    }

    private static async Task<Plan> WorkOutAsync(NpgsqlDataSource database, IRegisterSource source, CancellationToken cancel)
    {
        var read = PlanFile.Read(source, cancel);
        if (read.Issues.Any(issue => !issue.IsWarning) || read.Rows.Count == 0)
            return new(read, null, read.Issues);
        var held = await PlanRegister.LoadAsync(database, read, cancel);
        var work = new PlanWork(read, held);
        return new(read, work.Run() ? new(held.Import, held.Changed) : null, work.Issues);
    }

    /// <summary>Organisations that the plan names.</summary>
    private IReadOnlyList<string> Codes => [.. file.Rows.Where(row => !row.IsVillage).SelectMany(row => new[] { row.Old, row.New })
        .Concat(file.Rows.Select(row => row.Parent)).OfType<string>().Distinct()];

    /// <summary>The day before the first change, and that of the last.</summary>
    private (DateOnly Before, DateOnly After) Days => (file.Rows.Min(row => row.Day).AddDays(-1), file.Rows.Max(row => row.Day));

    /// <param name="judged">What the rules of the import say besides; nothing of it at rows that have a fault of their own. Null where they were not asked.</param>
    private ImportOutcome Refused(ImportOutcome? judged)
    {
        var own = issues.Where(issue => !issue.IsWarning).ToList();
        var faulty = own.Select(issue => (issue.Sheet, issue.Row)).ToHashSet();
        var found = judged is null ? [] : rows!.Told(judged, ColumnOf).Errors.Where(issue => !faulty.Contains((issue.Sheet, issue.Row)));
        var (errors, warnings) = (Sorted([.. own, .. found]), Sorted([.. issues.Where(issue => issue.IsWarning)]));
        return new(false, [.. (judged?.Sheets ?? []).Select(sheet => new SheetOutcome(sheet.Sheet, 0, 0, 0, 0))], errors, warnings, null) { ErrorCount = errors.Count, WarningCount = warnings.Count };
    }

    /// <summary>Issues at the rows of the plan that caused them; of its own there are only warnings.</summary>
    private ImportOutcome Told(ImportOutcome outcome)
    {
        var told = rows!.Told(outcome, ColumnOf);
        return told with { Errors = Sorted(told.Errors), Warnings = Sorted([.. issues, .. told.Warnings]), WarningCount = told.WarningCount + issues.Count };
    }

    private static string? ColumnOf(SourcePlace place, string? caption) => place.Sheet != PlanSheets.Rows.Name ? null
        : ColumnsOfPlan.GetValueOrDefault(caption ?? "") ?? (PlanSheets.Rows.Columns.Any(column => column.Caption == caption) ? caption : "Mã cũ");

    private static IReadOnlyList<ImportIssue> Sorted(IReadOnlyList<ImportIssue> issues)
    {
        var order = PlanSheets.All.Select(sheet => sheet.Name).ToList();
        return [.. issues.OrderBy(issue => order.IndexOf(issue.Sheet)).ThenBy(issue => issue.Row ?? 0)];
    }
}
