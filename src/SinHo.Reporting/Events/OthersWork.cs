using Dapper;
using Npgsql;
using SinHo.Reporting.Exchange;
using SinHo.Reporting.Register;
using SinHo.Reporting.Words;

namespace SinHo.Reporting.Events;

/// <summary>What others wrote about people while events about them were being typed.</summary>
internal static class OthersWork
{
    /// <summary>Rows that are told; who wants all finds them in Nhật ký.</summary>
    private const int Most = 20;

    /// <param name="since">The last import that had been seen.</param>
    /// <returns>The newest first.</returns>
    public static async Task<IReadOnlyList<ImportIssue>> SinceAsync(NpgsqlTransaction view, long since, string[] people, CancellationToken cancel)
    {
        var rows = await view.Connection!.QueryAsync<(long Import, string By, string Table, string? Before, string? After)>(new CommandDefinition("""
            select import_id, by, table_name, before::text, after::text
            from trail
            where import_id > @since
                and coalesce(after, before) ->> case table_name when 'member' then 'code' else 'member' end = any (@people)
            order by trail_id desc
            limit @Most
            """, new { since, people, Most }, view, cancellationToken: cancel));
        return [.. rows.Select(row => Tell(row.Import, row.By, ExchangeWorkbook.Sheets.First(sheet => sheet.Table == row.Table), StoredRow.Read(row.Before), StoredRow.Read(row.After)))];
    }

    private static ImportIssue Tell(long import, string by, SheetDefinition sheet, StoredRow? before, StoredRow? after)
    {
        var changes = ImportChanges.Of(sheet, null, null, before, after).Select(change => change.Kind switch
        {
            ChangeKind.Added => "thêm dòng",
            ChangeKind.Removed => "xóa dòng",
            _ => $"{change.Column}: {change.Old ?? "(trống)"} → {change.New ?? "(trống)"}",
        });
        var key = sheet.KeyText((after ?? before)!);
        return new(IssueCode.ChangedSince, sheet.Name, null, null, key,
            $"Trong lúc biểu này đang mở, {by} đã ghi lần nhập {import}: trang {sheet.Name}, {key}, {string.Join("; ", changes)}. Hãy xem lại những gì đã nhập rồi ghi lần nữa.");
    }
}
