using System.Globalization;
using Dapper;
using Npgsql;
using SinHo.Reporting.Catalog;
using SinHo.Reporting.Faces;
using SinHo.Reporting.Facts;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Reports;

namespace SinHo.Reporting.Runs;

/// <summary>The request of a job that writes a whole list.</summary>
/// <param name="Subject">See <see cref="ListSubject.Code"/>.</param>
/// <param name="Filter">As <see cref="ListView.Filter"/>.</param>
/// <param name="Sort">As <see cref="ListView.Sort"/>.</param>
/// <param name="Part">As <see cref="ListView.Part"/>.</param>
/// <param name="Map">As <see cref="ListRequest.Map"/>.</param>
public sealed record ListWish(
    string Subject, string Unit, DateOnly From, DateOnly To, string? Filter, string? Sort, bool Descending, string? Part = null, DateOnly? Map = null)
{
    /// <summary>As <see cref="ListRequest.Where"/>.</summary>
    public string? Where { get; init; }

    /// <summary>As <see cref="ListView.Columns"/>.</summary>
    public IReadOnlyList<string>? Columns { get; init; }

    /// <summary>For other programs, and for Excel: <see cref="CsvFace"/>; else a workbook.</summary>
    public bool AsCsv { get; init; }

    public string Ending => AsCsv ? ".csv" : ".xlsx";

    public string MediaType => AsCsv ? StoredFiles.Csv : StoredFiles.Workbook;

    public Period Period => new(From, To);

    /// <summary>The list as it is asked for, so many of its rows.</summary>
    public ListRequest Request(int most) => new(Subject, Unit, Period, new(Filter, Sort, Descending, 0, most) { Part = Part, Columns = Columns }) { Map = Map, Where = Where };

    /// <exception cref="IOException">The file cannot be written; a former one is left as it was.</exception>
    public void Write(FigureList list, string path, IProgress<JobStep>? progress, CancellationToken cancel)
    {
        if (AsCsv)
            CsvFace.WriteList(list.Figure, path);
        else
            ListFace.Write(list, Filter, path, progress, cancel);
    }
}

/// <summary>Lists for jobs: those that are too long to be waited for. The job ends with a stored workbook.</summary>
public sealed class ListWork(NpgsqlDataSource database, StatisticsSource source, Definitions definitions)
{
    public const string Kind = "list";

    /// <summary>A list of so many rows is written while its reader waits: that takes less than a second.</summary>
    public const int MostAtOnce = 5_000;

    /// <summary>The wish for a list, the same for all who ask the same.</summary>
    public static JobWish Wish(ListWish wish, string by) => new(
        Kind,
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Kind}|{wish.Subject}|{wish.Unit}|{wish.From:yyyy-MM-dd}|{wish.To:yyyy-MM-dd}|{wish.Sort}|{(wish.Descending ? "down" : "up")}|{wish.Filter?.Trim()}{(wish.Part is null ? "" : $"|{wish.Part}")}{(wish.Map is { } map ? $"|map {map:yyyy-MM-dd}" : "")}{(wish.Where is null ? "" : $"|{wish.Where}")}{(wish.Columns is null ? "" : $"|{string.Join(',', wish.Columns)}")}{(wish.AsCsv ? "|csv" : "")}"),
        wish, wish.Unit, by);

    public async Task RunAsync(JobHold hold)
    {
        var wish = hold.Job.Read<ListWish>();
        await hold.StepAsync("Đọc sổ đăng ký");
        var list = await new ListPages(source, definitions).ListAsync(wish.Request(int.MaxValue), hold, hold.Cancel);
        using (list.Figure.Evidence)
        {
            var name = await new FileNames(source, definitions).OfListAsync(list, wish.Ending, hold.Cancel);
            using var place = new JobFolder(hold);
            var path = place.File(name);
            await Task.Run(() => wish.Write(list, path, hold, hold.Cancel), hold.Cancel);
            await hold.StepAsync("Lưu danh sách");
            await KeepAsync(hold, list.SnapshotPosition, name, wish.MediaType, path, (transaction, file) => hold.FinishAsync(transaction, null, file.FileId, null));
        }
    }

    /// <summary>Fulfils an obligation of a saved list: written, kept, put into its folder; each may be the last that a killed worker did.</summary>
    public async Task FulfilAsync(JobHold hold, Obligation due, long number)
    {
        var file = await MadeForAsync(due.ObligationId, hold.Cancel) ?? await MakeAsync(hold, due, number);
        await hold.StepAsync($"Ghi tệp vào {due.Folder}");
        var path = await Publisher.PublishAsync(
            due.Folder, file.Name, file.Sha256, to => new StoredFiles(database).CopyToAsync(file.FileId, to, hold.Cancel), () => hold.StepAsync("Đặt tên tệp"), hold.Cancel);
        await new Obligations(database).PublishedAsync(hold, due.ObligationId, null, file, path);
    }

    private async Task<StoredFile> MakeAsync(JobHold hold, Obligation due, long number)
    {
        var saved = await new SavedLists(database).FindAsync(number, hold.Cancel) ?? throw new SavedListException($"Danh sách đã lưu số {number} không còn; hãy dừng lịch này.");
        await hold.StepAsync("Đọc sổ đăng ký");
        var list = await new ListPages(source, definitions).ListAsync(saved.Request(due.Unit, due.Period, due.OnMap), hold, hold.Cancel);
        using (list.Figure.Evidence)
        {
            var name = await new FileNames(source, definitions).OfSavedListAsync(saved.Wish.Name, list, due.Period, ".xlsx", hold.Cancel);
            using var place = new JobFolder(hold);
            var path = place.File(name);
            await Task.Run(() => ListFace.Write(list, saved.Wish.Words, path, hold, hold.Cancel), hold.Cancel);
            await hold.StepAsync("Lưu danh sách");
            await KeepAsync(hold, list.SnapshotPosition, name, StoredFiles.Workbook, path, (transaction, file) => transaction.Connection!.ExecuteAsync(new CommandDefinition(
                "insert into made_list (obligation_id, file_id) values (@ObligationId, @FileId) on conflict do nothing", new { due.ObligationId, file.FileId }, transaction, cancellationToken: hold.Cancel)));
        }
        return (await MadeForAsync(due.ObligationId, hold.Cancel))!;
    }

    private async Task<StoredFile?> MadeForAsync(long obligation, CancellationToken cancel)
    {
        await using var connection = await database.OpenToLookAsync(cancel);
        return await connection.ExecuteScalarAsync<Guid?>(new CommandDefinition("select file_id from made_list where obligation_id = @obligation", new { obligation }, cancellationToken: cancel)) is { } file
            ? await new StoredFiles(database).GetAsync(file, cancel)
            : null;
    }

    private async Task KeepAsync(JobHold hold, LogPosition? position, string name, string mediaType, string path, Func<NpgsqlTransaction, StoredFile, Task> together)
    {
        await using var content = new FileStream(path, FileMode.Open, FileAccess.Read);
        await using var connection = await database.OpenAsync(hold.Cancel);
        await using var transaction = await connection.BeginTransactionAsync(hold.Cancel);
        var file = await StoredFiles.AddAsync(connection, transaction, name, mediaType, content, hold.Cancel);
        await hold.KeepPositionAsync(transaction, position);
        await together(transaction, file);
        await transaction.CommitAsync(CancellationToken.None);
    }
}
