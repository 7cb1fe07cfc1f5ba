using System.Globalization;
using Dapper;
using Npgsql;
using SinHo.Reporting.Access;
using SinHo.Reporting.Facts;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Reports;

namespace SinHo.Reporting.Runs;

/// <summary>A list as somebody set it up.</summary>
/// <param name="Subject">See <see cref="ListSubject.Code"/>.</param>
/// <param name="Unit">Null for the unit of whoever opens it.</param>
/// <param name="Period">Null for the days on which it is opened.</param>
/// <param name="Words">As <see cref="ListView.Filter"/>.</param>
/// <param name="Where">As <see cref="ListRequest.Where"/>.</param>
/// <param name="Columns">As <see cref="ListView.Columns"/>.</param>
/// <param name="IsShared">Open to all accounts of the whole register.</param>
public sealed record SavedListWish(
    string Name, string Subject, string? Unit, Period? Period, string? Words, string? Where, IReadOnlyList<string>? Columns, string? Sort, bool Descending, bool OnMap, bool IsShared);

/// <param name="Number">By which addresses and schedules name it.</param>
/// <param name="IsOwn">The viewer set it up.</param>
/// <param name="By">Who set it up.</param>
public sealed record SavedList(long Number, SavedListWish Wish, bool IsOwn, string By)
{
    /// <summary>The list of a unit over days of a schedule: all of its rows.</summary>
    public ListRequest Request(string unit, Period period, bool onMap) =>
        new(Wish.Subject, unit, period, ListView.Whole with { Filter = Wish.Words, Sort = Wish.Sort, Descending = Wish.Descending, Columns = Wish.Columns }) { Where = Wish.Where, Map = onMap ? period.To : null };
}

/// <summary>A list that cannot be saved, shared or removed; the message says why, in Vietnamese.</summary>
public sealed class SavedListException(string message) : RefusalException(message, RefusalKind.Refused);

/// <summary>Saved lists in the database: own ones, and those that the board shares among its accounts. What is in a list stays for its reader's own rights to say.</summary>
public sealed class SavedLists(NpgsqlDataSource database)
{
    /// <summary>What a schedule calls a saved list, before its number.</summary>
    public const string Prefix = "list:";

    private const string Select = """
        select saved_list_id as Number, name as Name, subject as Subject, saved_list.unit::text as Unit, period_from as "From", period_to as "To", words as Words, conditions as Conditions,
            columns as Columns, sort as Sort, descending as Descending, on_map as OnMap, shared as Shared, account_id as Account, display_name as By
        from saved_list
        join account using (account_id)
        """;

    /// <returns>Null where the report of a schedule is no list.</returns>
    public static long? NumberOf(string report) =>
        report.StartsWith(Prefix, StringComparison.Ordinal) && long.TryParse(report.AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>What a viewer may open, by name.</summary>
    public async Task<IReadOnlyList<SavedList>> ListAsync(Viewer viewer, CancellationToken cancel) =>
        [.. (await RowsAsync("account_id = @Account or shared and @Unit::text is null", viewer, cancel)).Select(row => row.List(viewer.Account))];

    /// <returns>Null where there is none, or the viewer may not open it.</returns>
    public async Task<SavedList?> FindAsync(Viewer viewer, long number, CancellationToken cancel) =>
        (await RowsAsync("saved_list_id = @number and (account_id = @Account or shared and @Unit::text is null)", new { number, viewer.Account, viewer.Unit }, cancel)).SingleOrDefault()?.List(viewer.Account);

    /// <summary>For a schedule, whoever set it up.</summary>
    public async Task<SavedList?> FindAsync(long number, CancellationToken cancel) =>
        (await RowsAsync("saved_list_id = @number", new { number }, cancel)).SingleOrDefault()?.List(0);

    /// <summary>Those that a schedule may ask for.</summary>
    public async Task<IReadOnlyList<SavedList>> SharedAsync(CancellationToken cancel) =>
        [.. (await RowsAsync("shared", new { }, cancel)).Select(row => row.List(0))];

    /// <exception cref="SavedListException">The name is blank or the account has another list of it; or an account of a unit would share one.</exception>
    public async Task<long> SaveAsync(Viewer viewer, SavedListWish wish, CancellationToken cancel)
    {
        var name = wish.Name.Trim();
        if (name.Length is 0 or > 120)
            throw new SavedListException("Hãy đặt tên cho danh sách, không quá 120 chữ.");
        if (wish.IsShared && viewer.Unit is not null)
            throw new SavedListException("Chỉ tài khoản của ban tổ chức dùng chung danh sách; hãy bỏ chọn “Dùng chung trong ban”.");
        await using var connection = await database.OpenAsync(cancel);
        try
        {
            return await connection.ExecuteScalarAsync<long>(new CommandDefinition("""
                insert into saved_list (name, subject, unit, period_from, period_to, words, conditions, columns, sort, descending, on_map, shared, account_id)
                values (@name, @Subject, @Unit, @from, @to, nullif(@Words, ''), nullif(@Where, ''), @columns, @Sort, @Descending, @OnMap, @IsShared, @Account)
                returning saved_list_id
                """, new
            {
                name,
                wish.Subject,
                wish.Unit,
                from = wish.Period?.From,
                to = wish.Period?.To,
                wish.Words,
                wish.Where,
                columns = wish.Columns?.ToArray(),
                wish.Sort,
                wish.Descending,
                wish.OnMap,
                wish.IsShared,
                viewer.Account,
            }, cancellationToken: cancel));
        }
        catch (PostgresException taken) when (taken.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            throw new SavedListException($"Bạn đã có danh sách “{name}”; hãy đặt tên khác, hoặc xóa danh sách ấy trước.");
        }
    }

    /// <summary>Shares an own one with the board, or takes it back.</summary>
    /// <exception cref="SavedListException">A schedule asks for it.</exception>
    public Task ShareAsync(Viewer viewer, long number, bool shared, CancellationToken cancel) => viewer.Unit is null
        ? ChangeAsync(viewer, number, "update saved_list set shared = @shared", shared, isNoLonger: !shared, cancel)
        : throw new SavedListException("Chỉ tài khoản của ban tổ chức dùng chung danh sách.");

    /// <summary>Removes an own one; the board's head and whoever runs the system remove any that is shared.</summary>
    /// <exception cref="SavedListException">A schedule asks for it.</exception>
    public Task RemoveAsync(Viewer viewer, long number, CancellationToken cancel) => ChangeAsync(viewer, number, "delete from saved_list", shared: false, isNoLonger: true, cancel);

    private async Task ChangeAsync(Viewer viewer, long number, string change, bool shared, bool isNoLonger, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        // Neither of two sees the other's schedule or list gone.
        await connection.ExecuteAsync(new CommandDefinition("lock table schedule in share mode", transaction: transaction, cancellationToken: cancel));
        if (isNoLonger && await connection.ExecuteScalarAsync<long?>(new CommandDefinition(
            "select schedule_id from schedule where active and report = @report limit 1", new { report = $"{Prefix}{number}" }, transaction, cancellationToken: cancel)) is { } schedule)
            throw new SavedListException($"Lịch xuất số {schedule} đang lập danh sách này; hãy dừng lịch đó trước.");
        await connection.ExecuteAsync(new CommandDefinition(
            $"{change} where saved_list_id = @number and (account_id = @Account or shared and @mayAll)",
            new { number, shared, viewer.Account, mayAll = viewer.May(Right.Accept) || viewer.May(Right.Administer) }, transaction, cancellationToken: cancel));
        await transaction.CommitAsync(cancel);
    }

    private async Task<IEnumerable<Row>> RowsAsync(string condition, object parameters, CancellationToken cancel)
    {
        await using var connection = await database.OpenToLookAsync(cancel);
        return await connection.QueryAsync<Row>(new CommandDefinition($"{Select} where {condition} order by name collate \"vi-x-icu\", saved_list_id", parameters, cancellationToken: cancel));
    }

    private sealed record Row
    {
        public long Number { get; init; }
        public string Name { get; init; } = "";
        public string Subject { get; init; } = "";
        public string? Unit { get; init; }
        public DateOnly? From { get; init; }
        public DateOnly? To { get; init; }
        public string? Words { get; init; }
        public string? Conditions { get; init; }
        public string[]? Columns { get; init; }
        public string? Sort { get; init; }
        public bool Descending { get; init; }
        public bool OnMap { get; init; }
        public bool Shared { get; init; }
        public long Account { get; init; }
        public string By { get; init; } = "";

        public SavedList List(long viewer) => new(
            Number, new(Name, Subject, Unit, From is { } from ? new(from, To!.Value) : null, Words, Conditions, Columns, Sort, Descending, OnMap, Shared), Account == viewer, By);
    }
}
