using Dapper;
using Npgsql;

namespace SinHo.Reporting.Events;

/// <summary>Kinds of what units write that the board wants to accept first. Source: sql/import/needs_approval.sql, which says what is of which kind.</summary>
public sealed class Approvals(NpgsqlDataSource database)
{
    /// <summary>All kinds there are, as a reader knows them.</summary>
    public static readonly IReadOnlyList<string> Kinds = ["Kết nạp", "Công nhận chính thức", "Chuyển đến", "Chuyển nội bộ", "Thôi sinh hoạt", "Sửa hồ sơ", "Chức vụ", "Xếp loại"];

    public async Task<IReadOnlySet<string>> ListAsync(CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return (await connection.QueryAsync<string>(new CommandDefinition("select kind from approval", cancellationToken: cancel))).ToHashSet(StringComparer.Ordinal);
    }

    /// <param name="by">The account that says so.</param>
    /// <exception cref="ArgumentException">There is no such kind.</exception>
    public async Task SetAsync(string kind, bool isNeeded, string by, CancellationToken cancel)
    {
        if (!Kinds.Contains(kind))
            throw new ArgumentException($"No kind {kind}.", nameof(kind));
        await using var connection = await database.OpenAsync(cancel);
        await connection.ExecuteAsync(new CommandDefinition(
            isNeeded ? "insert into approval (kind, set_by) values (@kind, @by) on conflict do nothing" : "delete from approval where kind = @kind", new { kind, by }, cancellationToken: cancel));
    }
}
