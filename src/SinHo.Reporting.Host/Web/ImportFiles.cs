using SinHo.Reporting.Access;
using SinHo.Reporting.Exchange;
using SinHo.Reporting.Rolls;
using SinHo.Reporting.Runs;

namespace SinHo.Reporting.Host.Web;

/// <summary>Files around an import: the empty workbooks to fill in, the copy with marked faults to mend.</summary>
public static class ImportFiles
{
    public static void MapImportFiles(this WebApplication site)
    {
        site.MapGet("/nhap-so-lieu/so-trong.xlsx", () => Empty(TemplateWriter.Write, "so-trong.xlsx")).RequireAuthorization(nameof(Right.Enter));
        site.MapGet("/to-chuc/sap-xep/phuong-an-trong.xlsx", () => Empty(TemplateWriter.WritePlan, "phuong-an-trong.xlsx")).RequireAuthorization(nameof(Right.Import));
        site.MapGet("/nhap-so-lieu/doi-chieu/{id:guid}/danh-sach.xlsx", RollAsync).RequireAuthorization(nameof(Right.Import));
        site.MapGet("/nhap-so-lieu/{id:guid}/danh-dau.xlsx", MarkedAsync).RequireAuthorization(nameof(Right.Enter));
    }

    private static IResult Empty(Action<string> write, string name)
    {
        var place = Directory.CreateTempSubdirectory("sinho-empty-");
        try
        {
            var path = Path.Combine(place.FullName, "so.xlsx");
            write(path);
            return Results.File(File.ReadAllBytes(path), StoredFiles.Workbook, name);
        }
        finally
        {
            place.Delete(recursive: true);
        }
    }

    /// <summary>A list for matching, as it was made; no other stored file.</summary>
    private static async Task<IResult> RollAsync(Guid id, RollHistory rolls, StoredFiles files, CancellationToken cancel)
    {
        if (!await rolls.HasFileAsync(id, cancel))
            return Results.NotFound();
        var stored = await files.GetAsync(id, cancel);
        return Results.Stream(to => files.CopyToAsync(id, to, CancellationToken.None), stored.MediaType, stored.Name);
    }

    /// <summary>An account of a unit opens what its unit handed in.</summary>
    public static bool MayOpen(Viewer viewer, Job job) => job.Kind == ImportWork.Kind && (viewer.Unit is null || job.Read<ImportWish>().Unit == viewer.Unit);

    private static async Task<IResult> MarkedAsync(Guid id, HttpContext context, Jobs jobs, StoredFiles files, CancellationToken cancel)
    {
        if (await jobs.FindAsync(id, cancel) is not { FileId: { } file } job || !MayOpen(Door.Viewer(context.User)!, job))
            return Results.NotFound();
        var stored = await files.GetAsync(file, cancel);
        return Results.Stream(to => files.CopyToAsync(file, to, CancellationToken.None), stored.MediaType, stored.Name);
    }
}
