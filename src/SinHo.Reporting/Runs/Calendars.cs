using System.Text.RegularExpressions;
using Dapper;
using Npgsql;
using SinHo.Reporting.Figures;

namespace SinHo.Reporting.Runs;

/// <param name="Schedules">Numbers of the schedules that follow it, stopped ones too.</param>
public sealed record CalendarUse(ReportingCalendar Calendar, IReadOnlyList<long> Schedules);

/// <summary>
/// The calendars of the register. Where months end in one that schedules follow is never changed: what is due would overlap what was made, or leave
/// days out. A new calendar, and schedules that are set to it, say that from here on it is otherwise.
/// </summary>
public sealed partial class Calendars(NpgsqlDataSource database)
{
    public const int LastCutOffDay = 28;

    private const int LongestName = 100;

    public async Task<IReadOnlyList<ReportingCalendar>> ListAsync(CancellationToken cancel) => [.. (await UsesAsync(cancel)).Select(one => one.Calendar)];

    /// <summary>Calendar months first, then by cut-off day.</summary>
    public async Task<IReadOnlyList<CalendarUse>> UsesAsync(CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return await SelectAsync(connection, "", cancel);
    }

    /// <exception cref="ScheduleRefusedException">All that is wrong with it.</exception>
    public Task AddAsync(ReportingCalendar wish, CancellationToken cancel) => SaveAsync(wish, isNew: true, cancel);

    /// <summary>Gives the calendar of that code another name, and another cut-off day while no schedule follows it.</summary>
    /// <exception cref="ScheduleRefusedException">All that is wrong with it.</exception>
    public Task ChangeAsync(ReportingCalendar wish, CancellationToken cancel) => SaveAsync(wish, isNew: false, cancel);

    /// <exception cref="ScheduleRefusedException">There is none, or schedules follow it.</exception>
    public async Task RemoveAsync(string code, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var known = await LockAsync(transaction, cancel);
        if (!known.TryGetValue(code, out var use))
            throw new ScheduleRefusedException([Unknown(code, known)]);
        if (code == ReportingCalendar.Months.Code)
            throw new ScheduleRefusedException(["Lịch tháng dương lịch luôn phải có; không xóa được."]);
        if (use.Schedules.Count > 0)
            throw new ScheduleRefusedException([$"Lịch “{code}” đang được lịch xuất số {Numbers(use)} dùng; không xóa được."]);
        await connection.ExecuteAsync(new CommandDefinition("delete from calendar where code = @code", new { code }, transaction, cancellationToken: cancel));
        await transaction.CommitAsync(cancel);
    }

    private async Task SaveAsync(ReportingCalendar wish, bool isNew, CancellationToken cancel)
    {
        var calendar = wish with { Code = wish.Code.Trim(), Name = wish.Name.Trim() };
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var faults = Faults(calendar, isNew, await LockAsync(transaction, cancel)).ToList();
        if (faults.Count > 0)
            throw new ScheduleRefusedException(faults);
        await connection.ExecuteAsync(new CommandDefinition("""
            insert into calendar (code, name, cut_off_day)
            values (@Code, @Name, @CutOffDay)
            on conflict (code) do update set name = excluded.name, cut_off_day = excluded.cut_off_day
            """, calendar, transaction, cancellationToken: cancel));
        await transaction.CommitAsync(cancel);
    }

    private static IEnumerable<string> Faults(ReportingCalendar wish, bool isNew, Dictionary<string, CalendarUse> known)
    {
        if (isNew && !Codes().IsMatch(wish.Code))
            yield return $"Mã lịch “{wish.Code}” không dùng được: cần 1 đến 32 chữ thường không dấu, chữ số hoặc dấu gạch ngang.";
        if (isNew && known.ContainsKey(wish.Code))
            yield return $"Đã có lịch “{wish.Code}”; hãy chọn mã khác.";
        if (!isNew && !known.ContainsKey(wish.Code))
            yield return Unknown(wish.Code, known);
        if (wish.Name.Length is 0 or > LongestName)
            yield return $"Tên lịch cần 1 đến {LongestName} ký tự.";
        if (wish.CutOffDay is < 1 or > LastCutOffDay)
            yield return $"Ngày chốt phải từ 1 đến {LastCutOffDay} (để trống: ngày cuối tháng), không phải {wish.CutOffDay}.";
        var twin = known.Values.FirstOrDefault(one => one.Calendar.CutOffDay == wish.CutOffDay && one.Calendar.Code != wish.Code);
        if (twin is not null)
            yield return $"Lịch “{twin.Calendar.Code}” ({twin.Calendar.Name}) đã chốt như vậy; hãy dùng lịch đó.";
        if (isNew || !known.TryGetValue(wish.Code, out var old) || old.Calendar.CutOffDay == wish.CutOffDay)
            yield break;
        if (wish.Code == ReportingCalendar.Months.Code)
            yield return "Tháng dương lịch luôn chốt vào ngày cuối tháng; hãy thêm một lịch khác.";
        else if (old.Schedules.Count > 0)
        {
            yield return $"Lịch “{wish.Code}” đang được lịch xuất số {Numbers(old)} dùng nên không đổi được ngày chốt: các kỳ sẽ chồng lên nhau hoặc bỏ sót ngày. "
                + "Hãy thêm một lịch mới rồi sửa các lịch xuất đó sang lịch mới.";
        }
    }

    /// <summary>The calendars and who follows them, which nobody changes until the transaction ends.</summary>
    private static async Task<Dictionary<string, CalendarUse>> LockAsync(NpgsqlTransaction transaction, CancellationToken cancel)
    {
        const string keep = "lock table calendar, schedule in share row exclusive mode;";
        return (await SelectAsync(transaction.Connection!, keep, cancel)).ToDictionary(one => one.Calendar.Code, StringComparer.Ordinal);
    }

    private static async Task<IReadOnlyList<CalendarUse>> SelectAsync(NpgsqlConnection connection, string first, CancellationToken cancel)
    {
        var rows = await connection.QueryAsync<(string Code, string Name, int? CutOffDay, long[] Schedules)>(new CommandDefinition($"""
            {first}
            select code, name, cut_off_day, array(select schedule_id from schedule where calendar = code order by schedule_id)
            from calendar
            order by cut_off_day nulls first, code
            """, cancellationToken: cancel));
        return [.. rows.Select(row => new CalendarUse(new(row.Code, row.Name, row.CutOffDay), row.Schedules))];
    }

    private static string Numbers(CalendarUse use) => string.Join(", ", use.Schedules);

    private static string Unknown(string code, Dictionary<string, CalendarUse> known) =>
        $"Không có lịch “{code}”; các lịch có sẵn: {string.Join(", ", known.Keys.Order(StringComparer.Ordinal))}.";

    [GeneratedRegex("^[a-z0-9-]{1,32}$", RegexOptions.None, 1000)]
    private static partial Regex Codes();
}
