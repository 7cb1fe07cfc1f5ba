using Npgsql;
using SinHo.Reporting.Catalog;
using SinHo.Reporting.Facts;
using SinHo.Reporting.Runs;
using SinHo.Reporting.Signing;

namespace SinHo.Reporting.Host.Web;

/// <summary>Signs drafts of the desk for pages: the kept file goes the way of a file that is handed in.</summary>
public sealed class SigningRoom(NpgsqlDataSource database, StatisticsSource source, Definitions definitions, StoredFiles files)
{
    /// <exception cref="SigningRefusedException">It is not signed.</exception>
    public async Task<SignedReport> SignAsync(IssuedReport draft, SignWish wish, CancellationToken cancel)
    {
        var folder = Directory.CreateTempSubdirectory("sinho-draft-");
        try
        {
            var path = Path.Combine(folder.FullName, draft.File.Name);
            await using (var file = File.Create(path))
                await files.CopyToAsync(draft.File.FileId, file, cancel);
            return await new SignDesk(database, definitions, Workplace.Root).SignAsync(path, wish, null, cancel);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    public Task<Changes> ChangesAsync(SignedReport report, Access.Viewer viewer, CancellationToken cancel) =>
        new ChangesSince(database, source, definitions, Workplace.Root, viewer).AskAsync(report, null, cancel);
}
