using System.Security.Cryptography;
using Microsoft.AspNetCore.Components.Forms;
using SinHo.Reporting.Exchange;
using SinHo.Reporting.Host.Work;
using SinHo.Reporting.Register;
using SinHo.Reporting.Rolls;
using SinHo.Reporting.Runs;

namespace SinHo.Reporting.Host.Web;

/// <summary>Workbooks handed in on a page. Nothing is kept before the last byte is here.</summary>
public sealed class Uploads(StoredFiles files, Jobs jobs, Bell bell, NamelessWorkbook nameless)
{
    private const int LongestName = 150;

    /// <summary>Keeps a workbook and has it judged; nothing goes into the register.</summary>
    /// <param name="by">The account that hands it in.</param>
    /// <param name="progress">Bytes received so far.</param>
    /// <param name="mendNames">Names typed in TCVN3 or VNI are read as what they say.</param>
    /// <param name="isPlan">The workbook is a plan of restructuring.</param>
    /// <param name="unit">See <see cref="ImportWish.Unit"/>.</param>
    /// <returns>The job that judges it.</returns>
    /// <exception cref="IOException">The file is larger than <see cref="WorkbookGuard.LargestFile"/>, or the connection was lost.</exception>
    public Task<Guid> TakeAsync(IBrowserFile file, string by, IProgress<long> progress, CancellationToken cancel, bool mendNames = false, bool isPlan = false, string? unit = null) =>
        TakeAsync(Name(file.Name), by, isPlan, mendNames, unit, async path =>
        {
            await using var whole = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
            await using var sent = file.OpenReadStream(WorkbookGuard.LargestFile, cancel);
            await CopyAsync(sent, whole, progress, cancel);
        }, cancel);

    /// <summary>Keeps a plan that was put together on a page, as the workbook that it would be, and has it rehearsed.</summary>
    /// <param name="rows">By the columns of <see cref="PlanSheets.Rows"/>.</param>
    /// <returns>The job that rehearses it.</returns>
    public Task<Guid> TakePlanAsync(string name, IReadOnlyList<object?[]> rows, string by, CancellationToken cancel) =>
        TakeAsync(name, by, isPlan: true, mendNames: false, unit: null, path =>
        {
            RegisterWorkbook.Write(path, [(PlanSheets.Rows, rows)], cancel);
            return Task.CompletedTask;
        }, cancel);

    /// <summary>The workbook that a job judged, for the time of some work with it.</summary>
    public async Task<T> WithFileAsync<T>(Job judged, Func<string, T> read, CancellationToken cancel)
    {
        var place = Directory.CreateTempSubdirectory("sinho-upload-");
        try
        {
            var path = Path.Combine(place.FullName, "so.xlsx");
            await using (var whole = new FileStream(path, FileMode.CreateNew, FileAccess.Write))
                await files.CopyToAsync(judged.Read<ImportWish>().File, whole, cancel);
            return await Task.Run(() => read(path), cancel);
        }
        finally
        {
            place.Delete(recursive: true);
        }
    }

    /// <summary>Has a unit's own list judged as the exchange workbook that it becomes.</summary>
    /// <returns>The job that judges it.</returns>
    public Task<Guid> TakeOwnAsync(Job judged, OwnLayout layout, LayoutMapping mapping, string by, CancellationToken cancel)
    {
        var wish = judged.Read<ImportWish>();
        return TakeAsync($"{Path.GetFileNameWithoutExtension(wish.FileName)} (ghép cột).xlsx", by, isPlan: false, wish.MendNames, wish.Unit, to => WithFileAsync(judged, from =>
        {
            layout.Write(from, mapping, to, cancel);
            return true;
        }, cancel), cancel);
    }

    private async Task<Guid> TakeAsync(string name, string by, bool isPlan, bool mendNames, string? unit, Func<string, Task> write, CancellationToken cancel)
    {
        var place = Directory.CreateTempSubdirectory("sinho-upload-");
        try
        {
            var path = Path.Combine(place.FullName, "so.xlsx");
            await write(path);
            var sha = await HashAsync(path, cancel);
            if (!isPlan)
                await nameless.HideAsync(path, mendNames, cancel);
            await using var whole = new FileStream(path, FileMode.Open, FileAccess.Read);
            var stored = await files.AddAsync(name, StoredFiles.Workbook, whole, cancel);
            return await AskAsync(new(stored.FileId, stored.Name, sha, DryRun: true, MendNames: mendNames, IsPlan: isPlan) { Unit = unit }, by, cancel);
        }
        finally
        {
            place.Delete(recursive: true);
        }
    }

    /// <summary>Brings into the register what an earlier job judged; it is judged once more, for the register may have changed.</summary>
    /// <param name="reason">Why, where signed reports are moved; null where nobody said so.</param>
    public Task<Guid> KeepAsync(Job judged, string? reason, string by, CancellationToken cancel) => AskAsync(judged.Read<ImportWish>() with { DryRun = false, Reason = reason }, by, cancel);

    /// <summary>Takes a list for matching with what was decided about its differences.</summary>
    public Task<Guid> KeepAsync(Job judged, RollDecisions decisions, string by, CancellationToken cancel) => AskAsync(judged.Read<ImportWish>() with { DryRun = false, Decisions = decisions }, by, cancel);

    /// <summary>Judges the same workbook once more, with names typed in TCVN3 or VNI read as what they say.</summary>
    public Task<Guid> MendNamesAsync(Job judged, string by, CancellationToken cancel) => AskAsync(judged.Read<ImportWish>() with { DryRun = true, MendNames = true }, by, cancel);

    /// <summary>Shows what giving an import back would do; nothing is written before <see cref="KeepAsync"/>.</summary>
    /// <param name="unit">See <see cref="ImportWish.Unit"/>.</param>
    public Task<Guid> UndoAsync(long import, string by, CancellationToken cancel, string? unit = null) =>
        AskAsync(new(Guid.Empty, $"lần nhập {import}", "", DryRun: true, Undoes: import) { Unit = unit }, by, cancel);

    private async Task<Guid> AskAsync(ImportWish wish, string by, CancellationToken cancel)
    {
        var job = await jobs.SubmitAsync(ImportWork.Wish(wish, by), cancel);
        bell.Ring(job);
        return job;
    }

    private static async Task CopyAsync(Stream from, Stream to, IProgress<long> progress, CancellationToken cancel)
    {
        var buffer = new byte[128 << 10];
        var received = 0L;
        int read;
        while ((read = await from.ReadAsync(buffer, cancel)) > 0)
        {
            await to.WriteAsync(buffer.AsMemory(0, read), cancel);
            progress.Report(received += read);
        }
    }

    /// <summary>Of the file as it was handed in: what is kept of it has no names of people who are no members.</summary>
    private static async Task<string> HashAsync(string path, CancellationToken cancel)
    {
        await using var whole = new FileStream(path, FileMode.Open, FileAccess.Read);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(whole, cancel));
    }

    /// <summary>The name without what no file name may hold.</summary>
    private static string Name(string given)
    {
        var kept = new string([.. Path.GetFileName(given.Replace('\\', '/')).Where(letter => !char.IsControl(letter))]).Trim();
        return kept.Length == 0 ? "so.xlsx" : kept[..Math.Min(kept.Length, LongestName)];
    }
}
