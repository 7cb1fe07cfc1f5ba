using Dapper;
using Npgsql;

namespace SinHo.Reporting.Events;

/// <summary>Whether the board wants to accept a kind first, since when and by whom.</summary>
public sealed record Approval(string Kind, bool Needed, DateTime At, string By);

/// <summary>
/// Kinds of what units write that the board wants to accept first; what was ever said about them stays. Source: sql/import/needs_approval.sql, which says
/// what is of which kind.
/// </summary>
public sealed class Approvals(NpgsqlDataSource database)
{
    /// <summary>All kinds there are, as a reader knows them.</summary>
    public static readonly IReadOnlyList<string> Kinds = ["Kết nạp", "Công nhận chính thức", "Chuyển đến", "Chuyển nội bộ", "Thôi sinh hoạt", "Sửa hồ sơ", "Chức vụ", "Xếp loại"];

    /// <summary>The latest that was said of each kind of which anything was.</summary>
    public async Task<IReadOnlyDictionary<string, Approval>> ListAsync(CancellationToken cancel)
    {
        await using var connection = await database.OpenToLookAsync(cancel);
        return (await connection.QueryAsync<Approval>(new CommandDefinition(
            "select distinct on (kind) kind as Kind, needed as Needed, at as At, by as By from approval order by kind, approval_id desc", cancellationToken: cancel))).ToDictionary(one => one.Kind, StringComparer.Ordinal);
    }

    /// <param name="by">The account that says so.</param>
    /// <exception cref="ArgumentException">There is no such kind.</exception>
    public async Task SetAsync(string kind, bool isNeeded, string by, CancellationToken cancel)
    {
        if (!Kinds.Contains(kind))
            throw new ArgumentException($"No kind {kind}.", nameof(kind));
        await using var connection = await database.OpenAsync(cancel);
        await connection.ExecuteAsync(new CommandDefinition("insert into approval (kind, needed, by) values (@kind, @isNeeded, @by)", new { kind, isNeeded, by }, cancellationToken: cancel));
    }
}
