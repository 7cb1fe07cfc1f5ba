using Dapper;
using Npgsql;
using SinHo.Reporting.Catalog;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Words;

namespace SinHo.Reporting.Runs;

/// <summary>Schedules in the database.</summary>
public sealed class Schedules(NpgsqlDataSource database, Definitions definitions)
{
    internal const string Select = """
        select schedule_id as ScheduleId, owner::text as Owner, report as Report, units::text[] as Units, calendar as Calendar,
            calendar.name as CalendarName, calendar.cut_off_day as CutOffDay, replace(cycle, '_', '') as Cycle, starts_on as StartsOn,
            days_until_due as DaysUntilDue, folder as Folder, on_map as OnMap, active as Active, created_by as CreatedBy,
            (select saved_list.name from saved_list where schedule.report = 'list:' || saved_list_id) as ListName
        from schedule
        join calendar on calendar.code = schedule.calendar
        """;

    public async Task<IReadOnlyList<Schedule>> ListAsync(CancellationToken cancel)
    {
        await using var connection = await database.OpenToLookAsync(cancel);
        return (await connection.QueryAsync<Schedule>(new CommandDefinition($"{Select} order by active desc, schedule_id", cancellationToken: cancel))).AsList();
    }

    /// <param name="by">The account that sets it up.</param>
    /// <exception cref="ScheduleRefusedException">All that is wrong with it.</exception>
    public Task<long> AddAsync(ScheduleWish wish, string by, CancellationToken cancel) => ReplaceAsync(null, wish, by, cancel);

    /// <summary>Sets one up in the place of another, which is stopped: what it left undone the new one takes over. Where the new one cannot be, the old one goes on.</summary>
    /// <param name="old">Null for none.</param>
    /// <exception cref="ScheduleRefusedException">All that is wrong with the new one.</exception>
    public async Task<long> ReplaceAsync(long? old, ScheduleWish wish, string by, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        // Two that overlap must see one another.
        await connection.ExecuteAsync(new CommandDefinition("""
            lock table schedule in share row exclusive mode;
            update schedule set active = false where schedule_id = @old
            """, new { old }, transaction, cancellationToken: cancel));
        var faults = await FaultsAsync(connection, wish, cancel);
        if (faults.Count > 0)
            throw new ScheduleRefusedException(faults);
        var id = await connection.ExecuteScalarAsync<long>(new CommandDefinition("""
            insert into schedule (owner, report, units, calendar, cycle, starts_on, days_until_due, folder, on_map, created_by)
            values (@Owner, @Report, @units, @Calendar, @cycle, @StartsOn, @DaysUntilDue, @Folder, @OnMap, @by)
            returning schedule_id
            """, new { wish.Owner, wish.Report, units = wish.Units.ToArray(), wish.Calendar, cycle = Stored(wish.Cycle), wish.StartsOn, wish.DaysUntilDue, wish.Folder, wish.OnMap, by },
            transaction, cancellationToken: cancel));
        await transaction.CommitAsync(cancel);
        return id;
    }

    /// <summary>No more reports under it; what was made stays, what is being made is finished. What it leaves undone, a later schedule may take over.</summary>
    /// <returns>False when there is no active schedule of that number.</returns>
    public async Task<bool> StopAsync(long id, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return await connection.ExecuteAsync(new CommandDefinition(
            "update schedule set active = false where schedule_id = @id and active", new { id }, cancellationToken: cancel)) == 1;
    }

    private static string Stored(Cycle cycle) => cycle == Cycle.HalfYearly ? "half_yearly" : cycle.ToString().ToLowerInvariant();

    private async Task<List<string>> FaultsAsync(NpgsqlConnection connection, ScheduleWish wish, CancellationToken cancel)
    {
        var faults = new List<string>();
        if (SavedLists.NumberOf(wish.Report) is { } list)
        {
            if (!await connection.ExecuteScalarAsync<bool>(new CommandDefinition("select exists (select from saved_list where saved_list_id = @list and shared)", new { list }, cancellationToken: cancel)))
                faults.Add($"Không có danh sách đã lưu số {list} được dùng chung trong ban; hãy lưu và dùng chung danh sách ở trang Danh sách trước.");
        }
        else if (!definitions.ReportNames.Contains(wish.Report))
            faults.Add($"Không có báo cáo “{wish.Report}”; các báo cáo có sẵn: {string.Join(", ", definitions.ReportNames)}.");
        if (wish.Units.Count == 0)
            faults.Add("Chưa nêu đơn vị nào.");
        if (wish.DaysUntilDue is < 1 or > 366)
            faults.Add($"Số ngày đến hạn phải từ 1 đến 366, không phải {wish.DaysUntilDue}.");
        if (!Path.IsPathFullyQualified(wish.Folder))
            faults.Add($"Thư mục đích phải là đường dẫn đầy đủ, không phải “{wish.Folder}”.");
        else if (Publisher.WhyNotWritable(wish.Folder) is { } reason)
            faults.Add(reason);
        var known = await connection.QueryAsync<string>(new CommandDefinition(
            "select code::text from org where code = any(@codes)", new { codes = wish.Units.Append(wish.Owner).ToArray() }, cancellationToken: cancel));
        faults.AddRange(wish.Units.Append(wish.Owner).Where(code => code.Length > 0).Distinct().Except(known).Select(code => $"Không có đơn vị “{code}”."));
        faults.AddRange(await EndedAsync(connection, wish, cancel));
        var calendars = (await connection.QueryAsync<string>(new CommandDefinition("select code from calendar order by code", cancellationToken: cancel))).AsList();
        if (!calendars.Contains(wish.Calendar))
            faults.Add($"Không có lịch “{wish.Calendar}”; các lịch có sẵn: {string.Join(", ", calendars)}.");
        var twice = await connection.QueryAsync<(long Id, string Unit)>(new CommandDefinition("""
            select schedule_id, unit::text
            from schedule
            cross join unnest(units) as unit
            where active and report = @Report and calendar = @Calendar and cycle = @cycle and on_map = @OnMap and unit = any(@units)
            order by schedule_id, unit
            """, new { wish.Report, wish.Calendar, wish.OnMap, cycle = Stored(wish.Cycle), units = wish.Units.ToArray() }, cancellationToken: cancel));
        faults.AddRange(twice.Select(other => $"Đơn vị {other.Unit} đã có lịch xuất số {other.Id} cho báo cáo này và chu kỳ này; hãy dừng lịch đó trước."));
        return faults;
    }

    /// <summary>A unit that had ended before the first period would be due for ever.</summary>
    private static async Task<IEnumerable<string>> EndedAsync(NpgsqlConnection connection, ScheduleWish wish, CancellationToken cancel) =>
        (await connection.QueryAsync<(string Code, DateOnly Last)>(new CommandDefinition("""
            select code::text, max(valid_to) - 1
            from org_version
            where code = any(@units)
            group by code
            having max(coalesce(valid_to, 'infinity')) <= @StartsOn
            order by code
            """, new { units = wish.Units.ToArray(), wish.StartsOn }, cancellationToken: cancel)))
        .Select(one => $"Đơn vị {one.Code} đã kết thúc ngày {Vietnamese.Day(one.Last)}, trước kỳ đầu tiên; hãy bỏ đơn vị này hoặc chọn kỳ đầu sớm hơn.");
}
