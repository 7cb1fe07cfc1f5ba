using System.Globalization;
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
    public Period Period => new(From, To);

    /// <summary>The list as it is asked for, so many of its rows.</summary>
    public ListRequest Request(int most) => new(Subject, Unit, Period, new(Filter, Sort, Descending, 0, most) { Part = Part }) { Map = Map };
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
            $"{Kind}|{wish.Subject}|{wish.Unit}|{wish.From:yyyy-MM-dd}|{wish.To:yyyy-MM-dd}|{wish.Sort}|{(wish.Descending ? "down" : "up")}|{wish.Filter?.Trim()}{(wish.Part is null ? "" : $"|{wish.Part}")}{(wish.Map is { } map ? $"|map {map:yyyy-MM-dd}" : "")}"),
        wish, wish.Unit, by);

    public async Task RunAsync(JobHold hold)
    {
        var wish = hold.Job.Read<ListWish>();
        await hold.StepAsync("Đọc sổ đăng ký");
        var list = await new ListPages(source, definitions).ListAsync(wish.Request(int.MaxValue), hold, hold.Cancel);
        using (list.Figure.Evidence)
        {
            var name = await new FileNames(source, definitions).OfListAsync(list, ".xlsx", hold.Cancel);
            using var place = new JobFolder(hold);
            var path = place.File(name);
            await Task.Run(() => ListFace.Write(list, wish.Filter, path, hold, hold.Cancel), hold.Cancel);
            await hold.StepAsync("Lưu danh sách");
            await KeepAsync(hold, name, path);
        }
    }

    private async Task KeepAsync(JobHold hold, string name, string path)
    {
        await using var workbook = new FileStream(path, FileMode.Open, FileAccess.Read);
        await using var connection = await database.OpenAsync(hold.Cancel);
        await using var transaction = await connection.BeginTransactionAsync(hold.Cancel);
        var file = await StoredFiles.AddAsync(connection, transaction, name, StoredFiles.Workbook, workbook, hold.Cancel);
        await hold.FinishAsync(transaction, null, file.FileId, null);
        await transaction.CommitAsync(CancellationToken.None);
    }
}
