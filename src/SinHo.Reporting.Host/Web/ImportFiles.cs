using SinHo.Reporting.Access;
using SinHo.Reporting.Exchange;
using SinHo.Reporting.Runs;

namespace SinHo.Reporting.Host.Web;

/// <summary>Files around an import: the empty workbook to fill in, the copy with marked faults to mend.</summary>
public static class ImportFiles
{
    public static void MapImportFiles(this WebApplication site)
    {
        site.MapGet("/nhap-so-lieu/so-trong.xlsx", Empty).RequireAuthorization(nameof(Right.Import));
        site.MapGet("/nhap-so-lieu/{id:guid}/danh-dau.xlsx", MarkedAsync).RequireAuthorization(nameof(Right.Import));
    }

    private static IResult Empty()
    {
        var place = Directory.CreateTempSubdirectory("sinho-empty-");
        try
        {
            var path = Path.Combine(place.FullName, "so.xlsx");
            TemplateWriter.Write(path);
            return Results.File(File.ReadAllBytes(path), StoredFiles.Workbook, "so-trong.xlsx");
        }
        finally
        {
            place.Delete(recursive: true);
        }
    }

    private static async Task<IResult> MarkedAsync(Guid id, Jobs jobs, StoredFiles files, CancellationToken cancel)
    {
        if (await jobs.FindAsync(id, cancel) is not { Kind: ImportWork.Kind, FileId: { } file })
            return Results.NotFound();
        var stored = await files.GetAsync(file, cancel);
        return Results.Stream(to => files.CopyToAsync(file, to, CancellationToken.None), stored.MediaType, stored.Name);
    }
}
