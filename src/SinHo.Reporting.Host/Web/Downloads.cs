using SinHo.Reporting.Access;
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
    }
}
