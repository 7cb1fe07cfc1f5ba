using System.Security.Cryptography;
using System.Text.Json;
using Npgsql;
using SinHo.Reporting.Catalog;
using SinHo.Reporting.Exchange;
using SinHo.Reporting.Reorganisation;
using SinHo.Reporting.Rolls;

namespace SinHo.Reporting.Runs;

/// <summary>The request of a job that judges a workbook or brings it into the register.</summary>
/// <param name="File">The workbook as it was handed in, see <see cref="StoredFiles"/>.</param>
/// <param name="DryRun">Judge everything, keep nothing.</param>
/// <param name="Undoes">The import that is to be given back, in the place of a workbook.</param>
/// <param name="MendNames">Names typed in TCVN3 or VNI are stored as what they say.</param>
/// <param name="IsPlan">The workbook is a plan of restructuring.</param>
/// <param name="Decisions">Of a list for matching: what was decided about its differences.</param>
public sealed record ImportWish(Guid File, string FileName, string Sha256, bool DryRun, long? Undoes = null, bool MendNames = false, bool IsPlan = false, RollDecisions? Decisions = null)
{
    /// <summary>The unit for whose subtree alone it may write; null for the whole register.</summary>
    public string? Unit { get; init; }

    /// <summary>Why, where signed reports are moved; null where nobody said so.</summary>
    public string? Reason { get; init; }
}

/// <summary>What came of it, for the page.</summary>
/// <param name="Refusal">Why the file cannot be read as an exchange workbook; null where it was read.</param>
/// <param name="Sheets">Rows by what became, or would become, of them.</param>
/// <param name="Issues">The first <see cref="ImportWork.Shown"/>; all stand in the marked copy, the job's file.</param>
/// <param name="Import">The import's number; null where nothing was written.</param>
public sealed record ImportResult(
    bool Accepted, string? Refusal, IReadOnlyList<SheetOutcome> Sheets, int Errors, int Warnings, IReadOnlyList<ImportIssue> Issues, long? Import = null)
{
    /// <summary>The first <see cref="ImportWork.Shown"/> of <see cref="ChangeCount"/>.</summary>
    public IReadOnlyList<ImportChange> Changes { get; init; } = [];

    public int ChangeCount { get; init; }

    /// <summary>See <see cref="ImportOutcome.CorrectedLatest"/>.</summary>
    public int CorrectedLatest { get; init; }

    /// <summary>Units before and after, of a plan of restructuring.</summary>
    public IReadOnlyList<UnitChange> Units { get; init; } = [];

    /// <summary>Of a list for matching: how much agreed; null for all else, and where it was not looked at.</summary>
    public RollReport? Roll { get; init; }

    /// <summary>Of a list for matching: what it says otherwise than the register.</summary>
    public IReadOnlyList<RollDifference> Differences { get; init; } = [];
}

/// <summary>
/// Imports for jobs. A workbook that is refused is work done: its faults are the outcome. One that goes in and the job that says so are one
/// transaction, so that a job taken up again never imports twice.
/// </summary>
/// <param name="rulesFolder">The folder sql/import of the program.</param>
/// <param name="definitions">The figures by which a plan of restructuring shows units before and after.</param>
/// <param name="clock">What day an import is of; the machine's where null.</param>
public sealed class ImportWork(NpgsqlDataSource database, string rulesFolder, Definitions definitions, TimeProvider? clock = null)
{
    public const string Kind = "import";

    /// <summary>Issues that a page shows.</summary>
    public const int Shown = 500;

    private readonly StoredFiles files = new(database);
    private readonly RegisterImport import = new(database, rulesFolder, clock);

    public static JobWish Wish(ImportWish wish, string by) => new(
        Kind, $"{Kind}|{(wish.Undoes is { } import ? $"undo {import}" : wish.Sha256)}|{(wish.DryRun ? "try" : "keep")}{(wish.MendNames ? "|mend" : "")}{(wish.IsPlan ? "|plan" : "")}{(wish.Decisions is { } decided ? $"|{Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(decided)))}" : "")}{(wish.Unit is { } unit ? $"|for {unit}" : "")}", wish, wish.Unit, by);

    /// <returns>Null for a job that is not finished, or was no import.</returns>
    public static ImportResult? Result(Job job) =>
        job is { Kind: Kind, Outcome: { } outcome } ? JsonSerializer.Deserialize<ImportResult>(outcome, JsonSerializerOptions.Web) : null;

    public async Task RunAsync(JobHold hold)
    {
        var wish = hold.Job.Read<ImportWish>();
        if (wish.Undoes is { } import)
        {
            if (wish.Unit is { } unit && await new ImportHistory(database).UnitAsync(import, hold.Cancel) != unit)
                await hold.FinishAsync(null, null, Json(new(false, $"Lần nhập {import} không do đơn vị bạn ghi nên không hoàn tác được ở đây; hãy đề nghị ban tổ chức.", [], 0, 0, [])));
            else
                await JudgeAsync(hold, wish, await GivenBack.FindAsync(database, import, hold.Cancel), path: null);
            return;
        }
        await hold.StepAsync("Mở sổ");
        // Only the program's own account may look inside.
        var place = Directory.CreateTempSubdirectory("sinho-import-");
        try
        {
            var path = Path.Combine(place.FullName, "so.xlsx");
            await using (var workbook = new FileStream(path, FileMode.CreateNew, FileAccess.Write))
                await files.CopyToAsync(wish.File, workbook, hold.Cancel);
            await JudgeAsync(hold, wish, new WorkbookSource(path), path);
        }
        catch (RefusalException refused) when (refused is WorkbookRefusedException or RegisterMovedException)
        {
            await hold.FinishAsync(null, null, Json(new(false, refused.Message, [], 0, 0, [])));
        }
        finally
        {
            place.Delete(recursive: true);
        }
    }

    private async Task JudgeAsync(JobHold hold, ImportWish wish, IRegisterSource source, string? path)
    {
        var request = new ImportRequest(wish.FileName, wish.Sha256, hold.Job.RequestedBy, wish.DryRun, wish.MendNames) { WithChanges = true, Scope = wish.Unit is { } unit ? [unit] : [], Reason = wish.Reason };
        if (!wish.IsPlan && source is WorkbookSource && RollState.Find(source) is { } roll)
        {
            var taken = await RollImport.RunAsync(database, import, source, roll, wish.Decisions ?? RollDecisions.None, request, hold, hold.Cancel,
                (transaction, accepted) => KeepAsync(hold, transaction, wish, path, new(accepted.Import, []), accepted));
            if (taken.Import.Accepted && !wish.DryRun)
                return;
            await using var session = await database.OpenAsync(hold.Cancel);
            await using var told = await session.BeginTransactionAsync(hold.Cancel);
            await KeepAsync(hold, told, wish, path, new(taken.Import, []), taken);
            await told.CommitAsync(CancellationToken.None);
            return;
        }
        var outcome = wish.IsPlan
            ? await Plan.RunAsync(database, import, definitions, source, request, hold, hold.Cancel, (transaction, accepted) => KeepAsync(hold, transaction, wish, path, accepted))
            : new(await import.RunAsync(source, request, hold, hold.Cancel, (transaction, accepted) => KeepAsync(hold, transaction, wish, path, new(accepted, []))), []);
        if (outcome.Import.Accepted && !wish.DryRun)
            return;
        await using var connection = await database.OpenAsync(hold.Cancel);
        await using var transaction = await connection.BeginTransactionAsync(hold.Cancel);
        await KeepAsync(hold, transaction, wish, path, outcome);
        await transaction.CommitAsync(CancellationToken.None);
    }

    private static async Task KeepAsync(JobHold hold, NpgsqlTransaction transaction, ImportWish wish, string? path, PlanOutcome done, RollOutcome? roll = null)
    {
        var outcome = done.Import;
        IReadOnlyList<ImportIssue> issues = [.. outcome.Errors, .. outcome.Warnings];
        Guid? marked = null;
        if (issues.Count > 0 && path is not null)
        {
            hold.Report(new JobStep("Đánh dấu vào bản sao của sổ"));
            var copy = path + ".marked";
            await Task.Run(() => ErrorWorkbook.Write(path, issues, copy, hold.Cancel), hold.Cancel);
            await using var bytes = new FileStream(copy, FileMode.Open, FileAccess.Read);
            marked = (await StoredFiles.AddAsync(transaction.Connection!, transaction, MarkedName(wish.FileName), StoredFiles.Workbook, bytes, hold.Cancel)).FileId;
        }
        await hold.FinishAsync(transaction, null, marked,
            Json(new(outcome.Accepted, null, outcome.Sheets, outcome.ErrorCount, outcome.WarningCount, [.. issues.Take(Shown)], outcome.Import)
            {
                Changes = [.. (outcome.Changes ?? []).Take(Shown)],
                ChangeCount = outcome.Changes?.Count ?? 0,
                CorrectedLatest = outcome.CorrectedLatest,
                Units = done.Units,
                Roll = roll?.Report,
                Differences = roll?.Differences ?? [],
            }));
    }

    private static string MarkedName(string name)
    {
        var bare = Path.GetFileNameWithoutExtension(name);
        return $"{bare[..Math.Min(bare.Length, 150)]} - đánh dấu.xlsx";
    }

    private static string Json(ImportResult result) => JsonSerializer.Serialize(result, JsonSerializerOptions.Web);
}
