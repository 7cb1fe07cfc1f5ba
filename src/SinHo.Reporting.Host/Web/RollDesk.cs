using Npgsql;
using SinHo.Reporting.Faces;
using SinHo.Reporting.Rolls;
using SinHo.Reporting.Runs;

namespace SinHo.Reporting.Host.Web;

/// <summary>Lists for matching that are made on a page, kept as stored files.</summary>
public sealed class RollDesk(NpgsqlDataSource database, StoredFiles files)
{
    /// <param name="by">The account that makes it.</param>
    /// <exception cref="NoRollException">No such grassroots organisation on the day.</exception>
    public async Task MakeAsync(string unit, DateOnly day, string by, CancellationToken cancel)
    {
        var roll = await Roll.MakeAsync(database, unit, day, cancel);
        var folder = Directory.CreateTempSubdirectory("sinho-roll-");
        try
        {
            var path = Path.Combine(folder.FullName, "danh-sach.xlsx");
            await Task.Run(() => RollFace.Write(roll, path, cancel), cancel);
            await using var whole = new FileStream(path, FileMode.Open, FileAccess.Read);
            var stored = await files.AddAsync(roll.FileName, StoredFiles.Workbook, whole, cancel);
            await roll.KeepAsync(database, by, stored.FileId, cancel);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
