using SinHo.Reporting.Access;
using SinHo.Reporting.Catalog;
using SinHo.Reporting.Faces;
using SinHo.Reporting.Facts;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Reports;
using SinHo.Reporting.Runs;

namespace SinHo.Reporting.Host.Web;

/// <summary>Files as answers; what is not there and what the viewer may not know of are one: 404.</summary>
public static class Downloads
{
    public static void MapDownloads(this WebApplication site)
    {
        // A workbook in the folder may be of any unit: only for those who see the whole register.
        site.MapGet("/bao-cao/{file}", (string file, MadeFiles files, HttpContext context) =>
            Door.Viewer(context.User)?.Unit is null && files.Find(file) is { } found
                ? Results.File(found.FullName, StoredFiles.Workbook, found.Name)
                : Results.NotFound()).RequireAuthorization(nameof(Right.MakeReports));
        site.MapGet("/viec/{id:guid}/tep", JobFileAsync).RequireAuthorization(nameof(Right.MakeReports));
        site.MapGet("/danh-sach/{name}/tep", ListAsync).RequireAuthorization(nameof(Right.OpenPeople));
    }

    /// <summary>A job, for those who see its unit on the last day of what it asks.</summary>
    public static async Task<Job?> JobAsync(Viewer viewer, UnitDirectory units, Jobs jobs, Guid id, CancellationToken cancel)
    {
        if (await jobs.FindAsync(id, cancel) is not { Kind: ReportWork.Kind, Unit: { } unit } job)
            return null;
        try
        {
            await units.FindAsync(unit, job.Read<ReportWish>().Period, cancel);
            return job;
        }
        catch (UnknownNameException) when (viewer.Unit is not null)
        {
            return null;
        }
        catch (UnknownNameException)
        {
            // Who sees everything sees why a job about no unit failed.
            return job;
        }
    }

    private static async Task<IResult> JobFileAsync(
        Guid id, HttpContext context, StatisticsSource source, Jobs jobs, StoredFiles files, Readings readings, CancellationToken cancel)
    {
        var viewer = Door.Viewer(context.User)!;
        if (await JobAsync(viewer, new(source, viewer), jobs, id, cancel) is not { FileId: { } file } job)
            return Results.NotFound();
        var wish = job.Read<ReportWish>();
        await readings.RecordAsync(viewer, new(ReadingKind.Report, wish.Report, wish.Unit, wish.Period), cancel);
        var stored = await files.GetAsync(file, cancel);
        return Results.Stream(to => files.CopyToAsync(file, to, cancel), stored.MediaType, stored.Name);
    }

    /// <summary>The whole list as a workbook: written beside, then sent; nothing is held in memory but a buffer.</summary>
    private static async Task<IResult> ListAsync(
        string name, HttpContext context, StatisticsSource source, Definitions definitions, Readings readings, CancellationToken cancel)
    {
        var query = context.Request.Query;
        var unit = query["don-vi"].ToString();
        if (!definitions.Has(name) || Desk.Day(query["ngay"]) is not { } to)
            return Results.NotFound();
        var from = definitions[name].Indicator.IsStock ? to : Desk.Day(query["tu"]) ?? to;
        if (from > to)
            return Results.NotFound();
        var viewer = Door.Viewer(context.User)!;
        var period = new Period(from, to);
        try
        {
            var (listed, figure) = await new ReportBuilder(source, definitions, viewer).ListAsync(name, unit, period, cancel);
            using (figure.Evidence)
            {
                await readings.RecordAsync(viewer, new(ReadingKind.List, name, unit, period), cancel);
                return Results.Stream(Written(listed, figure, cancel), StoredFiles.Workbook, $"{name}-{unit}-{Desk.Day(to)}.xlsx");
            }
        }
        catch (UnknownNameException)
        {
            return Results.NotFound();
        }
    }

    private static FileStream Written(ReportUnit unit, Figure figure, CancellationToken cancel)
    {
        var folder = Directory.CreateTempSubdirectory("sinho-list-");
        try
        {
            var path = Path.Combine(folder.FullName, "danh-sach.xlsx");
            ListFace.Write(unit, figure, path, cancel);
            return new(path, FileMode.Open, FileAccess.Read);
        }
        finally
        {
            // An open file outlives its name.
            folder.Delete(recursive: true);
        }
    }
}
