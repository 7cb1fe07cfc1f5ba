using SinHo.Reporting.Access;
using SinHo.Reporting.Catalog;
using SinHo.Reporting.Faces;
using SinHo.Reporting.Facts;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Reports;
using SinHo.Reporting.Runs;
using SinHo.Reporting.Signing;
using SinHo.Reporting.Sums;
using SinHo.Reporting.Words;

namespace SinHo.Reporting.Host.Web;

/// <summary>Files as answers; what is not there and what the viewer may not know of are one: 404. Each opening is recorded first.</summary>
public static class Downloads
{
    public static void MapDownloads(this WebApplication site)
    {
        site.MapGet("/bao-cao/van-ban", PaperAsync).RequireAuthorization(nameof(Right.MakeReports));
        site.MapGet("/bao-cao/{file}", MadeFileAsync).RequireAuthorization(nameof(Right.MakeReports));
        site.MapGet("/bao-cao-da-lap/{id:guid}/tep", IssuedFileAsync).RequireAuthorization(nameof(Right.MakeReports));
        site.MapGet("/da-ky/{id:guid}/tep/{format}", SignedFileAsync).RequireAuthorization(nameof(Right.MakeReports));
        site.MapGet("/da-ky/{id:guid}/ban-chup/{file:guid}", ScanAsync).RequireAuthorization(nameof(Right.MakeReports));
        site.MapGet("/tong-hop/tep", SumAsync).RequireAuthorization(nameof(Right.Sum));
        site.MapGet("/tong-hop/goc/{id:guid}", (Guid id, ReceivedReports received, CancellationToken cancel) => ReceivedAsync(id, false, received, cancel)).RequireAuthorization(nameof(Right.Sum));
        site.MapGet("/tong-hop/goc/{id:guid}/chu-ky", (Guid id, ReceivedReports received, CancellationToken cancel) => ReceivedAsync(id, true, received, cancel)).RequireAuthorization(nameof(Right.Sum));
        site.MapGet("/viec/{id:guid}/tep", JobFileAsync).RequireAuthorization(nameof(Right.MakeReports));
        site.MapGet("/lich-xuat/{id:long}/tep", ScheduledListAsync).RequireAuthorization(nameof(Right.OpenPeople));
        site.MapGet("/danh-sach/{name}/tep", ListAsync).RequireAuthorization(nameof(Right.OpenPeople));
    }

    /// <summary>
    /// A job that makes a report or a list, whose people its file names, and what their unit was called; for those who see it on the last day of what
    /// the job asks.
    /// </summary>
    public static async Task<(Job Job, Reading Opening, string UnitName)?> JobAsync(Viewer viewer, UnitDirectory units, Jobs jobs, Guid id, CancellationToken cancel)
    {
        if (await jobs.FindAsync(id, cancel) is not { } job || Opening(job) is not { Unit: { } unit } opening)
            return null;
        // Who sees everything sees why a job about no unit failed.
        var name = (await units.FindOrNullAsync(unit, opening.Period, opening.Map, cancel))?.Name;
        return viewer.Unit is null || name is not null ? (job, opening, name ?? unit) : null;
    }

    private static Reading? Opening(Job job)
    {
        switch (job.Kind)
        {
            case ReportWork.Kind:
                var report = job.Read<ReportWish>();
                return new(ReadingKind.Report, report.Report, report.Unit, report.Period, report.Map());
            case ListWork.Kind:
                return Desk.Opening(job.Read<ListWish>().Request(0));
            default:
                return null;
        }
    }

    /// <summary>A workbook in the folder may be of any unit: only for those who see the whole register.</summary>
    private static async Task<IResult> MadeFileAsync(string file, MadeFiles files, HttpContext context, Readings readings, CancellationToken cancel)
    {
        var viewer = Door.Viewer(context.User)!;
        if (viewer.Unit is not null || files.Find(file) is not { } found)
            return Results.NotFound();
        var made = Vietnamese.Today(new(found.LastWriteTimeUtc));
        await readings.RecordAsync(viewer, new(ReadingKind.Report, found.Name, null, new(made, made)), cancel);
        return Results.File(found.FullName, StoredFiles.Workbook, found.Name);
    }

    /// <summary>
    /// The report of a page as a paper: without people, and read with the viewer's eyes. It is not kept: asked again it is the same.
    /// </summary>
    private static async Task<IResult> PaperAsync(HttpContext context, StatisticsSource source, Definitions definitions, Readings readings, CancellationToken cancel)
    {
        var viewer = Door.Viewer(context.User)!;
        var query = context.Request.Query;
        FileKind? kind = query["dang"].ToString() switch
        {
            "pdf" => FileKind.Pdf,
            "docx" => FileKind.Letter,
            "csv" => FileKind.Csv,
            _ => null,
        };
        if (kind is not { } paper || Desk.Day(query["tu"]) is not { } from || Desk.Day(query["den"]) is not { } to || from > to)
            return Results.NotFound();
        try
        {
            var period = Periods.Named(from, to, await new UnitDirectory(source, viewer).TermsAsync(to, cancel));
            var request = new ReportRequest(query["mau"].ToString(), query["don-vi"].ToString(), period, new Dictionary<string, int>(StringComparer.Ordinal), WithEvidence: false, query["an-ban"].FirstOrDefault())
            {
                Calendar = ReportingCalendar.Behind(period),
                OnMap = bool.TryParse(query["ban-do"], out var onMap) && onMap,
            };
            using var report = await new ReportBuilder(source, definitions, viewer).BuildAsync(request, progress: null, cancel);
            await readings.RecordAsync(viewer, new(ReadingKind.Report, report.Name, request.Unit, period, request.OnMap ? to : null), cancel);
            var name = await new FileNames(source, definitions).OfReportAsync(report, period, request.Edition, withoutNames: false, FileKinds.Ending(paper), cancel);
            return Results.Stream(Written(FileKinds.Ending(paper), path => FileKinds.Write(paper, report, issue: null, path, progress: null, cancel)), FileKinds.MediaType(paper), name);
        }
        catch (UnknownNameException)
        {
            return Results.NotFound();
        }
    }

    private static async Task<IResult> IssuedFileAsync(
        Guid id, HttpContext context, StatisticsSource source, IssuedReports reports, StoredFiles files, Readings readings, CancellationToken cancel)
    {
        var viewer = Door.Viewer(context.User)!;
        if (await reports.FindAsync(id, cancel) is not { } report || await new UnitDirectory(source, viewer).FindOrNullAsync(report.Unit, report.Period, report.Content.MapDay, cancel) is null)
            return Results.NotFound();
        await readings.RecordAsync(viewer, new(ReadingKind.Report, report.Report, report.Unit, report.Period, report.Content.MapDay), cancel);
        return Stored(files, report.File);
    }

    private static async Task<IResult> SignedFileAsync(
        Guid id, string format, HttpContext context, StatisticsSource source, SignedReports signed, IssuedReports reports, StoredFiles files, Readings readings, CancellationToken cancel)
    {
        var viewer = Door.Viewer(context.User)!;
        if (await signed.FindAsync(id, cancel) is not { } found || await reports.FindAsync(found.IssuedId, cancel) is not { } report
            || await new UnitDirectory(source, viewer).FindOrNullAsync(report.Unit, report.Period, report.Content.MapDay, cancel) is null
            || (await signed.FilesAsync(id, cancel)).FirstOrDefault(file => file.Format == format) is not { } file)
            return Results.NotFound();
        await readings.RecordAsync(viewer, new(ReadingKind.Report, report.Report, report.Unit, report.Period, report.Content.MapDay), cancel);
        return Stored(files, await files.GetAsync(file.FileId, cancel));
    }

    private static async Task<IResult> ScanAsync(
        Guid id, Guid file, HttpContext context, StatisticsSource source, SignedReports signed, IssuedReports reports, Attachments attachments, StoredFiles files, Readings readings, CancellationToken cancel)
    {
        var viewer = Door.Viewer(context.User)!;
        if (await signed.FindAsync(id, cancel) is not { } found || await reports.FindAsync(found.IssuedId, cancel) is not { } report
            || await new UnitDirectory(source, viewer).FindOrNullAsync(report.Unit, report.Period, report.Content.MapDay, cancel) is null
            || (await attachments.ListAsync(id, cancel)).All(one => one.FileId != file))
            return Results.NotFound();
        await readings.RecordAsync(viewer, new(ReadingKind.Report, report.Report, report.Unit, report.Period, report.Content.MapDay), cancel);
        return Stored(files, await files.GetAsync(file, cancel));
    }

    /// <summary>The sum of a page as a workbook or a table: numbers alone.</summary>
    private static async Task<IResult> SumAsync(HttpContext context, SumRoom room, CancellationToken cancel)
    {
        var query = context.Request.Query;
        if (Desk.Day(query["tu"]) is not { } from || Desk.Day(query["den"]) is not { } to || from > to)
            return Results.NotFound();
        try
        {
            var sum = await room.SumAsync(query["mau"].ToString(), Periods.Named(from, to, []), cancel);
            var kind = query["dang"] == "csv" ? FileKind.Csv : FileKind.Workbook;
            var name = $"Cong cac so - {sum.Report} - {Desk.Day(from)} {Desk.Day(to)}{(sum.IsComplete ? "" : " - chua du")}{FileKinds.Ending(kind)}";
            return Results.Stream(Written(FileKinds.Ending(kind), path => SumBook.Write(kind, sum, path, cancel)), FileKinds.MediaType(kind), name);
        }
        catch (Exception unknown) when (unknown is UnknownNameException or SumRefusedException)
        {
            return Results.NotFound();
        }
    }

    /// <summary>The figures of a register as they came, byte for byte, or the signature of its office: what proves a number of the sum. No names stand in them.</summary>
    private static async Task<IResult> ReceivedAsync(Guid id, bool isSignature, ReceivedReports received, CancellationToken cancel) =>
        await received.FileAsync(id, isSignature, cancel) is var (name, bytes)
            ? Results.File(bytes, isSignature ? "application/pkcs7-signature" : "application/json", name)
            : Results.NotFound();

    private static async Task<IResult> JobFileAsync(
        Guid id, HttpContext context, StatisticsSource source, Jobs jobs, StoredFiles files, Readings readings, CancellationToken cancel)
    {
        var viewer = Door.Viewer(context.User)!;
        if (await JobAsync(viewer, new(source, viewer), jobs, id, cancel) is not { Job.FileId: { } file } found)
            return Results.NotFound();
        await readings.RecordAsync(viewer, found.Opening, cancel);
        return Stored(files, await files.GetAsync(file, cancel));
    }

    /// <summary>The list that a schedule made.</summary>
    private static async Task<IResult> ScheduledListAsync(
        long id, HttpContext context, StatisticsSource source, Obligations obligations, StoredFiles files, Readings readings, CancellationToken cancel)
    {
        var viewer = Door.Viewer(context.User)!;
        if (await obligations.FindAsync(id, cancel) is not { IssuedId: null, FileId: { } file } due || SavedLists.NumberOf(due.Report) is null
            || await new UnitDirectory(source, viewer).FindOrNullAsync(due.Unit, due.Period, due.OnMap ? due.PeriodTo : null, cancel) is null)
            return Results.NotFound();
        await readings.RecordAsync(viewer, new(ReadingKind.List, due.ListName ?? due.Report, due.Unit, due.Period, due.OnMap ? due.PeriodTo : null), cancel);
        return Stored(files, await files.GetAsync(file, cancel));
    }

    private static IResult Stored(StoredFiles files, StoredFile file) =>
        Results.Stream(to => files.CopyToAsync(file.FileId, to, CancellationToken.None), file.MediaType, file.Name);

    /// <summary>The whole list as the page shows it, filtered and sorted; one that is long becomes a job.</summary>
    private static async Task<IResult> ListAsync(
        string name, HttpContext context, StatisticsSource source, Definitions definitions, Readings readings, Orders orders, CancellationToken cancel)
    {
        var viewer = Door.Viewer(context.User)!;
        if (Wish(name, context.Request.Query) is not { } wish)
            return Results.NotFound();
        try
        {
            var request = wish.Request(ListWork.MostAtOnce);
            var list = await new ListPages(source, definitions, viewer).ListAsync(request, null, cancel);
            using (list.Figure.Evidence)
            {
                if (list.Figure.Value > list.Figure.Evidence.Count)
                    return Results.LocalRedirect($"/viec/{await orders.ListAsync(viewer, wish, context.User.Identity!.Name!, cancel)}");
                await readings.RecordAsync(viewer, Desk.Opening(request), cancel);
                return Results.Stream(Written(wish.Ending, path => wish.Write(list, path, null, cancel)), wish.MediaType, await new FileNames(source, definitions).OfListAsync(list, wish.Ending, cancel));
            }
        }
        catch (UnknownNameException)
        {
            return Results.NotFound();
        }
    }

    /// <returns>Null where the address names no day, or days the wrong way round.</returns>
    private static ListWish? Wish(string name, IQueryCollection query) =>
        Desk.Day(query["ngay"]) is { } to && (Desk.Day(query["tu"]) ?? to) is var from && from <= to
            ? new(name, query["don-vi"].ToString(), from, to, query["loc"], query["xep"], bool.TryParse(query["giam"], out var isDown) && isDown, query["phan"].FirstOrDefault(),
                Desk.Map(bool.TryParse(query["ban-do"], out var onMap) && onMap, query["ngay-ban-do"], to))
            {
                Where = query["dieu-kien"].FirstOrDefault(),
                Columns = query["cot"].FirstOrDefault()?.Split(',', StringSplitOptions.RemoveEmptyEntries),
                AsCsv = query["dang"] == "csv",
            }
            : null;

    private static FileStream Written(string ending, Action<string> write)
    {
        var folder = Directory.CreateTempSubdirectory("sinho-file-");
        try
        {
            var path = Path.Combine(folder.FullName, $"tep{ending}");
            write(path);
            return new(path, FileMode.Open, FileAccess.Read);
        }
        finally
        {
            // An open file outlives its name.
            folder.Delete(recursive: true);
        }
    }
}
