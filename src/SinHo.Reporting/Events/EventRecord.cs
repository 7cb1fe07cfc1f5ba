using Npgsql;
using SinHo.Reporting.Exchange;

namespace SinHo.Reporting.Events;

/// <summary>Records events as one import: all or nothing, in their order, judged once at the end. Source: docs/spec/command-line.md, EVENTS.json.</summary>
public static class EventRecord
{
    /// <summary>By caption of a sheet, the fields of events that say it, the likeliest first.</summary>
    private static readonly Dictionary<string, string[]> Fields = new(StringComparer.Ordinal)
    {
        ["Mã đảng viên"] = ["member", "members", "guest"],
        ["Mã chi bộ"] = ["branch"],
        ["Mã tổ chức"] = ["unit"],
        ["Mã"] = ["member", "unit"],
        ["Mã bản"] = ["village"],
        ["Mã bản cư trú"] = ["village"],
        ["Mã nguồn"] = ["source"],
        ["Họ và tên"] = ["name"],
        ["Giới tính"] = ["sex"],
        ["Ngày sinh"] = ["born"],
        ["Dân tộc"] = ["ethnicity"],
        ["Học lớp nhận thức"] = ["class_date", "date"],
        ["Đoàn viên"] = ["youth"],
        ["Kết quả"] = ["result"],
        ["Nơi"] = ["place", "branch"],
        ["Nơi đi"] = ["origin"],
        ["Nhiệm kỳ"] = ["term"],
        ["Nhiệm kỳ đến ngày"] = ["until"],
        ["Cấp tặng"] = ["level"],
        ["Số thẻ"] = ["number"],
        ["Tặng sớm"] = ["early"],
        ["Truy tặng"] = ["posthumous"],
        ["Nơi giữ chức"] = ["place"],
        ["Chức vụ"] = ["post"],
        ["Vai trò"] = ["role"],
        ["Từ ngày"] = ["date"],
        ["Thôi từ ngày"] = ["until", "date"],
        ["Ngày kết nạp"] = ["date"],
        ["Ngày họp"] = ["date"],
        ["Ngày"] = ["date"],
        ["Ngày vào Đảng"] = ["joined", "date"],
        ["Ngày chính thức"] = ["official", "date"],
        ["Ngày quyết định"] = ["decided"],
        ["Số quyết định"] = ["decision"],
        ["Kết nạp lại"] = ["readmission"],
        ["Lý do đến"] = ["reason"],
        ["Lý do thôi"] = ["reason"],
        ["Căn cứ"] = ["basis"],
        ["Loại"] = ["kind", "years"],
        ["Phải dự"] = ["due"],
        ["Có mặt"] = ["present"],
        ["Số văn bản"] = ["document"],
        ["Hình thức"] = ["form"],
        ["Năm"] = ["year"],
        ["Mức"] = ["grade"],
        ["Kỳ"] = ["period"],
        ["Chỉ tiêu"] = ["item"],
        ["Số"] = ["number"],
        ["Văn bản"] = ["document"],
    };

    /// <param name="events">JSON.</param>
    /// <param name="since">The last import that whoever wrote the events had seen: what others wrote about the same people after it is told (changed_since), once; null where nobody says.</param>
    /// <param name="together">As of <see cref="RegisterImport.RunAsync"/>.</param>
    /// <param name="look">As of <see cref="RegisterImport.RunAsync"/>.</param>
    /// <returns>The outcome of an import; an issue's sheet is the event's name, its row the place among the entries, its column the field.</returns>
    /// <exception cref="RegisterMovedException">Another import came in between.</exception>
    public static async Task<ImportOutcome> RunAsync(
        NpgsqlDataSource database, RegisterImport import, Stream events, ImportRequest request, IProgress<JobStep>? progress, CancellationToken cancel, long? since = null,
        Func<NpgsqlTransaction, ImportOutcome, Task>? together = null, Func<NpgsqlTransaction, Task>? look = null)
    {
        progress?.Report(new("Đọc sự kiện"));
        var file = EventFile.Read(events);
        var register = await EventRegister.LoadAsync(database, file.Entries, since, request.Scope, cancel);
        var work = new EventWork(register);
        work.Run(file.Entries);
        List<ImportIssue> own = [.. register.OthersWork, .. file.Issues, .. work.Issues];
        if (own.Exists(issue => !issue.IsWarning))
            return Refused(own);
        var rows = new WorkedRows(register.Import, register.Changed);
        var reasons = new EventReasons(file.Entries, register.Changed);
        var outcome = rows.Told(await import.RunAsync(rows, request with { Reason = request.Reason ?? reasons.Whole }, progress, cancel, KeepAsync, look), (place, caption) => FieldOf(file.Entries.First(entry => entry.Place == place), caption));
        return outcome with { Errors = Sorted(outcome.Errors), Warnings = Sorted([.. own, .. outcome.Warnings]), WarningCount = outcome.WarningCount + own.Count };

        async Task KeepAsync(NpgsqlTransaction transaction, ImportOutcome done)
        {
            foreach (var merge in register.NewMerges)
                await merge.WriteAsync(transaction, done.Import!.Value);
            await reasons.WriteAsync(transaction, done.Import!.Value);
            if (together is not null)
                await together(transaction, done);
        }
    }

    private static ImportOutcome Refused(List<ImportIssue> own)
    {
        var (errors, warnings) = (Sorted(own.FindAll(issue => !issue.IsWarning)), Sorted(own.FindAll(issue => issue.IsWarning)));
        return new(false, [], errors, warnings, null) { ErrorCount = errors.Count, WarningCount = warnings.Count };
    }

    private static string? FieldOf(EventEntry entry, string? caption) =>
        caption is null || entry.Said.Keys.Any(column => column.Caption == caption) ? caption
        : Fields.GetValueOrDefault(caption)?.FirstOrDefault(field => entry.Kind.Field(field) is not null) ?? caption;

    private static IReadOnlyList<ImportIssue> Sorted(IEnumerable<ImportIssue> issues) => [.. issues.OrderBy(issue => issue.Row ?? 0)];
}
