using System.Globalization;
using Npgsql;
using SinHo.Reporting.Faces;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Reports;

namespace SinHo.Reporting.Runs;

/// <summary>The request of a job that makes a report.</summary>
/// <param name="Settings">Settings overridden for this run.</param>
/// <param name="Edition">Edition of the form; null for that of the last day.</param>
/// <param name="WithoutNames">The part that is signed alone: no list, no member's name or code.</param>
/// <param name="OnMap">As <see cref="ReportRequest.OnMap"/>.</param>
public sealed record ReportWish(
    string Report, string Unit, DateOnly From, DateOnly To, string PeriodName, IReadOnlyDictionary<string, int> Settings, string? Edition = null, bool WithoutNames = false, bool OnMap = false)
{
    public Period Period => new(From, To, PeriodName);

    /// <summary>As <see cref="ListRequest.Map"/>.</summary>
    public DateOnly? Map() => OnMap ? To : null;
}

/// <summary>
/// Makes reports for jobs, and fulfils obligations: count, write the workbook, keep it as issued, put it into its folder. Each of the four
/// may be the last that a killed worker did; the next holder goes on from what is kept, so there is one file with one hash.
/// </summary>
/// <param name="lists">Does what a schedule asks for that is no report.</param>
/// <param name="root">The folder that holds sql/ and reports/.</param>
public sealed class ReportWork(NpgsqlDataSource database, ReportBuilder builder, FileNames names, ListWork lists, string root) : IDisposable
{
    public const string Kind = "report";
    public const string DueKind = "obligation";

    private readonly IssuedReports issued = new(database);
    private readonly StoredFiles files = new(database);
    private readonly Obligations obligations = new(database);

    // A workbook in the making takes memory; one at a time is enough for a machine.
    private readonly SemaphoreSlim oneWorkbook = new(1);

    /// <summary>The wish for a report, the same for all who ask the same.</summary>
    public static JobWish Wish(ReportWish wish, string by)
    {
        var settings = string.Join(',', wish.Settings.OrderBy(setting => setting.Key, StringComparer.Ordinal).Select(setting => $"{setting.Key}={setting.Value}"));
        return new(Kind, string.Create(CultureInfo.InvariantCulture, $"{Kind}|{wish.Report}|{wish.Unit}|{wish.From:yyyy-MM-dd}|{wish.To:yyyy-MM-dd}|{settings}|{wish.Edition}{(wish.WithoutNames ? "|-" : "")}{(wish.OnMap ? "|map" : "")}"), wish, wish.Unit, by);
    }

    /// <summary>Work of kind "report": the job ends with an issued report.</summary>
    public async Task MakeAsync(JobHold hold)
    {
        var wish = hold.Job.Read<ReportWish>();
        var made = await issued.MadeForAsync(hold.Job.JobId, null, hold.Cancel) ?? await IssueAsync(hold, wish, null);
        await hold.FinishAsync(made.IssuedId, made.File.FileId, null);
    }

    /// <summary>Work of kind "obligation": the job ends with the file in its folder.</summary>
    public async Task FulfilAsync(JobHold hold)
    {
        var due = await obligations.FindAsync(hold.Job.Read<DueRequest>().Obligation, hold.Cancel)
            ?? throw new InvalidOperationException("The obligation of the job is gone.");
        if (SavedLists.NumberOf(due.Report) is { } list)
        {
            await lists.FulfilAsync(hold, due, list);
            return;
        }
        var wish = new ReportWish(due.Report, due.Unit, due.PeriodFrom, due.PeriodTo, due.PeriodName, new Dictionary<string, int>(StringComparer.Ordinal), OnMap: due.OnMap);
        var made = await issued.MadeForAsync(hold.Job.JobId, due.ObligationId, hold.Cancel) ?? await IssueAsync(hold, wish, due.ObligationId);
        await hold.StepAsync($"Ghi tệp vào {due.Folder}");
        var path = await Publisher.PublishAsync(
            due.Folder, made.File.Name, made.File.Sha256,
            file => files.CopyToAsync(made.File.FileId, file, hold.Cancel),
            () => hold.StepAsync("Đặt tên tệp"),
            hold.Cancel);
        await obligations.PublishedAsync(hold, due.ObligationId, made.IssuedId, made.File, path);
    }

    public void Dispose() => oneWorkbook.Dispose();

    private async Task<IssuedReport> IssueAsync(JobHold hold, ReportWish wish, long? obligation)
    {
        var request = new ReportRequest(wish.Report, wish.Unit, wish.Period, wish.Settings, WithEvidence: !wish.WithoutNames, wish.Edition)
        {
            Calendar = ReportingCalendar.Behind(wish.Period),
            OnMap = wish.OnMap,
            WithCharts = true,
            EvidenceUpTo = ReportRequest.MostMembersWithEvidence,
        };
        await hold.StepAsync("Đếm số liệu");
        using var report = await builder.BuildAsync(request, hold, hold.Cancel);
        await hold.StepAsync("Chờ đến lượt ghi sổ Excel");
        await oneWorkbook.WaitAsync(hold.Cancel);
        try
        {
            using var place = new JobFolder(hold);
            var name = await names.OfReportAsync(report, wish.Period, wish.Edition, wish.WithoutNames, ".xlsx", hold.Cancel);
            var path = place.File(name);
            await Task.Run(() => WorkbookFace.Write(report, path, hold, hold.Cancel), hold.Cancel);
            await using var workbook = new FileStream(path, FileMode.Open, FileAccess.Read);
            await hold.StepAsync("Lưu báo cáo");
            var origin = new Origin(await DefinitionHashes.HashesAsync(root, wish.Report, hold.Cancel), await DefinitionHashes.Sha256Async(report.Template, hold.Cancel), obligation, hold.Job.RequestedBy);
            var id = await issued.AddAsync(hold, report, origin, name, workbook);
            return (await issued.FindAsync(id, hold.Cancel))!;
        }
        finally
        {
            oneWorkbook.Release();
        }
    }
}
