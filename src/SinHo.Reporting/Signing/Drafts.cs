using Dapper;
using Npgsql;
using SinHo.Reporting.Words;

namespace SinHo.Reporting.Signing;

/// <summary>Where a report is on its way to its signature.</summary>
public enum DraftState
{
    Draft,
    Sent,
    Returned,
    Approved,
    Done,
}

/// <summary>A report as issued that may be signed.</summary>
public sealed record Draft
{
    public required Guid IssuedId { get; init; }
    public required string Report { get; init; }
    public required string Title { get; init; }
    public required string Unit { get; init; }
    public required string UnitName { get; init; }
    public required DateOnly PeriodFrom { get; init; }
    public required DateOnly PeriodTo { get; init; }
    public required string PeriodName { get; init; }
    public required Guid FileId { get; init; }
    public required string FileName { get; init; }

    /// <summary>Who made it.</summary>
    public required string IssuedBy { get; init; }
    public required DateTimeOffset IssuedAt { get; init; }

    /// <summary>The latest step; null where none was taken.</summary>
    public string? Step { get; init; }
    public string? StepBy { get; init; }
    public DateTimeOffset? StepAt { get; init; }
    public string? Remark { get; init; }
    public Guid? SignedId { get; init; }

    public DraftState State => Step switch
    {
        "sent" => DraftState.Sent,
        "returned" => DraftState.Returned,
        "approved" => DraftState.Approved,
        "signed" => DraftState.Done,
        _ => DraftState.Draft,
    };

    public string StateName => State switch
    {
        DraftState.Sent => "Chờ duyệt",
        DraftState.Returned => "Trả lại",
        DraftState.Approved => "Đã duyệt, chờ ký",
        DraftState.Done => "Đã ký",
        _ => "Dự thảo",
    };
}

/// <summary>One step of a draft.</summary>
public sealed record DraftStep(string Step, string Remark, DateTime At, string By)
{
    public string Name => Step switch
    {
        "sent" => "gửi duyệt",
        "withdrawn" => "rút lại",
        "returned" => "trả lại",
        "approved" => "duyệt",
        _ => "ký",
    };
}

/// <summary>Drafts on their way: sent by who compiled, returned with a sentence or approved by the head, then signed. Each step is kept for ever.</summary>
public sealed class Drafts(NpgsqlDataSource database)
{
    private const string Query = """
        select issued.issued_id as IssuedId, issued.report as Report, issued.title as Title, issued.unit::text as Unit, issued.unit_name as UnitName,
            issued.period_from as PeriodFrom, issued.period_to as PeriodTo, issued.period_name as PeriodName, issued.file_id as FileId, stored.name as FileName,
            issued.issued_by as IssuedBy, issued.issued_at as IssuedAt, last.step as Step, last.by as StepBy, last.at as StepAt, nullif(last.remark, '') as Remark, last.signed_id as SignedId
        from issued_report as issued
        join stored_file as stored using (file_id)
        left join lateral (
            select * from desk_step where desk_step.issued_id = issued.issued_id order by step_id desc limit 1
        ) as last on true
        """;

    private const string NotSigned = "not exists (select from signed_report where signed_report.issued_id = issued.issued_id)";

    public async Task<Draft?> FindAsync(Guid issued, CancellationToken cancel)
    {
        await using var connection = await database.OpenToLookAsync(cancel);
        return await connection.QuerySingleOrDefaultAsync<Draft>(new CommandDefinition($"{Query} where issued.issued_id = @issued and {NotSigned}", new { issued }, cancellationToken: cancel));
    }

    /// <summary>Those on their way, the latest step first, then the newest drafts that nobody has sent.</summary>
    /// <param name="unit">Of the unit's subtree today; null for all.</param>
    /// <param name="most">Of drafts that nobody has sent.</param>
    public async Task<IReadOnlyList<Draft>> ListAsync(string? unit, int most, CancellationToken cancel)
    {
        await using var connection = await database.OpenToLookAsync(cancel);
        const string Under = "(@unit::text is null or exists (select from org_closure where ancestor = @unit and descendant = issued.unit))";
        var onWay = await connection.QueryAsync<Draft>(new CommandDefinition(
            $"{Query} where last.step in ('sent', 'returned', 'approved') and {NotSigned} and {Under} order by last.at desc", new { unit }, cancellationToken: cancel));
        var fresh = await connection.QueryAsync<Draft>(new CommandDefinition(
            $"{Query} where (last.step is null or last.step = 'withdrawn') and {NotSigned} and {Under} order by issued.issued_at desc limit @most", new { unit, most }, cancellationToken: cancel));
        return [.. onWay, .. fresh];
    }

    /// <summary>The steps of a draft, in the order of time.</summary>
    public async Task<IReadOnlyList<DraftStep>> StepsAsync(Guid issued, CancellationToken cancel)
    {
        await using var connection = await database.OpenToLookAsync(cancel);
        return (await connection.QueryAsync<DraftStep>(new CommandDefinition(
            "select step as Step, remark as Remark, at as At, by as By from desk_step where issued_id = @issued order by step_id", new { issued }, cancellationToken: cancel))).AsList();
    }

    public Task SendAsync(Guid issued, string remark, string by, CancellationToken cancel) =>
        StepAsync(issued, "sent", remark, by, draft => draft.State is DraftState.Draft or DraftState.Returned ? null : Already(draft), cancel);

    public Task WithdrawAsync(Guid issued, string by, CancellationToken cancel) =>
        StepAsync(issued, "withdrawn", "", by, draft => draft.State != DraftState.Sent ? Already(draft) : draft.StepBy == by ? null : "Chỉ người gửi mới rút lại được.", cancel);

    /// <param name="reason">A sentence.</param>
    public Task ReturnAsync(Guid issued, string reason, string by, CancellationToken cancel) => StepAsync(
        issued, "returned", reason, by, draft => reason.Trim().Length == 0 ? "Trả lại cần một câu nói rõ vì sao." : draft.State is DraftState.Sent or DraftState.Approved ? null : Already(draft), cancel);

    public Task ApproveAsync(Guid issued, string by, CancellationToken cancel) =>
        StepAsync(issued, "approved", "", by, draft => draft.State == DraftState.Sent ? null : Already(draft), cancel, isHeads: true);

    /// <summary>Within the transaction that signs it.</summary>
    internal static async Task SignedAsync(NpgsqlTransaction transaction, Guid issued, Guid signed, string by, CancellationToken cancel)
    {
        var draft = await LockedAsync(transaction, issued, cancel);
        if (draft.State != DraftState.Approved)
            throw new SigningRefusedException("not_approved", Already(draft));
        await RefuseOwnAsync(transaction, draft, by, cancel);
        await WriteAsync(transaction, issued, "signed", "", by, signed, cancel);
    }

    /// <summary>The next free number of a unit, year and symbol: "13-BC/HU".</summary>
    /// <param name="symbol">"BC/HU".</param>
    public async Task<string> NextNumberAsync(string unit, int year, string symbol, CancellationToken cancel)
    {
        await using var connection = await database.OpenToLookAsync(cancel);
        var last = await connection.ExecuteScalarAsync<int?>(new CommandDefinition(
            "select max(substring(number from '^[0-9]{1,6}')::integer) from signed_report where unit = @unit and year = @year and number like '%-' || @symbol", new { unit, year, symbol }, cancellationToken: cancel));
        return $"{(last ?? 0) + 1}-{symbol}";
    }

    /// <summary>The symbol that the unit used last.</summary>
    public async Task<string?> SymbolAsync(string unit, CancellationToken cancel)
    {
        await using var connection = await database.OpenToLookAsync(cancel);
        return await connection.ExecuteScalarAsync<string?>(new CommandDefinition(
            "select substring(number from '^[0-9]+-(.+)$') from signed_report where unit = @unit order by signed_at desc limit 1", new { unit }, cancellationToken: cancel));
    }

    private static string Already(Draft draft) => draft.StepAt is { } at
        ? $"Báo cáo này đang ở bước “{draft.StateName}” ({draft.StepBy}, {Vietnamese.ShortMoment(at)}); hãy tải lại trang."
        : "Báo cáo này chưa được gửi duyệt.";

    private async Task StepAsync(Guid issued, string step, string remark, string by, Func<Draft, string?> why, CancellationToken cancel, bool isHeads = false)
    {
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var draft = await LockedAsync(transaction, issued, cancel);
        if (why(draft) is { } refused)
            throw new SigningRefusedException("wrong_step", refused);
        if (isHeads)
            await RefuseOwnAsync(transaction, draft, by, cancel);
        await WriteAsync(transaction, issued, step, remark, by, null, cancel);
        await transaction.CommitAsync(cancel);
    }

    /// <summary>Nobody approves or signs what he compiled, unless the board says so.</summary>
    private static async Task RefuseOwnAsync(NpgsqlTransaction transaction, Draft draft, string by, CancellationToken cancel)
    {
        var isOwn = draft.IssuedBy == by || await transaction.Connection!.ExecuteScalarAsync<bool>(new CommandDefinition(
            "select exists (select from desk_step where issued_id = @IssuedId and step = 'sent' and by = @by)", new { draft.IssuedId, by }, transaction, cancellationToken: cancel));
        if (isOwn && await transaction.Connection!.ExecuteScalarAsync<int>(new CommandDefinition("select value from setting where name = 'approve_own'", transaction: transaction, cancellationToken: cancel)) == 0)
            throw new SigningRefusedException("own_work", "Người lập hoặc gửi báo cáo không tự duyệt, tự ký báo cáo đó; cần người khác có quyền (Quản trị có thể đổi tham số này).");
    }

    private static async Task<Draft> LockedAsync(NpgsqlTransaction transaction, Guid issued, CancellationToken cancel)
    {
        await transaction.Connection!.ExecuteAsync(new CommandDefinition(
            "select pg_advisory_xact_lock(hashtextextended('desk|' || @issued::text, 0))", new { issued }, transaction, cancellationToken: cancel));
        return await transaction.Connection!.QuerySingleOrDefaultAsync<Draft>(new CommandDefinition($"{Query} where issued.issued_id = @issued and {NotSigned}", new { issued }, transaction, cancellationToken: cancel))
            ?? throw new SigningRefusedException("not_ours", "Không có bản dự thảo này.");
    }

    private static Task<int> WriteAsync(NpgsqlTransaction transaction, Guid issued, string step, string remark, string by, Guid? signed, CancellationToken cancel) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(
            "insert into desk_step (issued_id, step, remark, signed_id, by) values (@issued, @step, trim(@remark), @signed, @by)", new { issued, step, remark, signed, by }, transaction, cancellationToken: cancel));
}
