using SinHo.Reporting.Access;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Register;
using SinHo.Reporting.Words;

namespace SinHo.Reporting.Facts;

/// <param name="Days">Days of change, in Viet Nam, both included.</param>
/// <param name="Table">Null for all; else a table of <see cref="ExchangeWorkbook.Sheets"/> or "setting".</param>
/// <param name="Words">Code of a member, an organisation or a village, or words of its name, marks and case aside; null for all.</param>
/// <param name="Import">Null for all.</param>
public sealed record TrailFilter(Period Days, string? Table, string? Words, long? Import);

/// <summary>A row that was added, changed or removed.</summary>
/// <param name="Sheet">The sheet of the exchange workbook that holds such rows.</param>
/// <param name="Key">What tells the row from others, as on the sheet.</param>
/// <param name="Name">Whom and what the key names, as far as the viewer may know; empty where it names nobody.</param>
/// <param name="Reason">Why, as its event or its import says it; null where neither does.</param>
/// <param name="Cells">Of a changed row, what changed; of an added or removed one, all that was filled in.</param>
public sealed record TrailEntry(DateTimeOffset At, string By, long? Import, string Sheet, string What, string Key, string Name, string? Reason, IReadOnlyList<TrailCell> Cells);

/// <param name="Before">Null where the row was added.</param>
/// <param name="After">Null where it was removed.</param>
public sealed record TrailCell(string Caption, string? Before, string? After);

/// <summary>The trail as a viewer may read it: in the words of the exchange workbook, the newest change first.</summary>
public sealed class RegisterTrail(StatisticsSource source, Readings readings)
{
    public const string Settings = "setting";

    /// <summary>The day of the first change, in Viet Nam; null where nothing changed yet.</summary>
    public async Task<DateOnly?> BeginsAsync(CancellationToken cancel)
    {
        await using var snapshot = await Snapshot.TakeAsync(source, cancel);
        return (await snapshot.QueryAsync<DateTime>("select at from trail order by trail_id limit 1", new { }, cancel)).Select(at => (DateOnly?)Vietnamese.Today(new(at, TimeSpan.Zero))).FirstOrDefault();
    }

    /// <summary>A stretch of it; that it was opened is recorded first.</summary>
    public async Task<IReadOnlyList<TrailEntry>> ReadAsync(Viewer viewer, TrailFilter filter, int skip, int most, CancellationToken cancel)
    {
        await readings.RecordAsync(viewer, new(ReadingKind.Trail, filter.Words ?? filter.Table ?? "*", viewer.Unit, filter.Days), cancel);
        await using var snapshot = await Snapshot.TakeAsync(source, viewer, filter.Days, cancel);
        var rows = await snapshot.QueryAsync<Row>("""
            -- Whom the words name, by what he or it is called now; a row that is gone names itself.
            with named as (
                select code::text as code from member where bare_name(name) like all (@patterns)
                union
                select code::text from org_version where bare_name(name) like all (@patterns)
                union
                select code::text from village where bare_name(name) like all (@patterns)
            ),
            page as materialized (
                select trail.*, coalesce(after, before) as said
                from trail
                where at >= @from and at < @until
                    and (@Table::text is null or table_name = @Table)
                    and (@Import::bigint is null or import_id = @Import)
                    and (
                        @Words::text is null
                        or exists (
                            select
                            from unnest(array['code', 'alias', 'member', 'branch', 'org', 'unit', 'village', 'place', 'parent']) as key
                            cross join lateral (values (coalesce(after, before) ->> key), (before ->> key)) as held (code)
                            where lower(held.code) = lower(@Words) or held.code in (select code from named)
                        )
                        or table_name in ('member', 'org_version', 'village')
                            and (bare_name(coalesce(after, before) ->> 'name') like all (@patterns) or bare_name(before ->> 'name') like all (@patterns))
                    )
                order by trail_id desc
                limit @most offset @skip
            ),
            -- Whom and what the page is about, each looked up once: what a viewer may see is asked of every table.
            person as materialized (
                select code::text, name from member where held_until = 'infinity' and code in (select said ->> 'member' from page)
            ),
            unit as materialized (
                select distinct on (code) code::text, name
                from org_version
                where code in (select coalesce(said ->> 'branch', said ->> 'org', said ->> 'unit', said ->> 'place') from page)
                order by code, valid_from desc
            ),
            place as materialized (
                select distinct on (code) code::text, name from village where code in (select coalesce(said ->> 'village', said ->> 'unit', said ->> 'place') from page)
                order by code, valid_from desc
            )
            select at as At, by as By, import_id as ImportId, table_name as TableName, before::text as Before, after::text as After,
                concat_ws(' · ', case when table_name in ('member', 'org_version', 'village') then said ->> 'name' end, person.name, unit.name, place.name) as Name,
                trail_reason(import_id, table_name, said) as Reason
            from page
            left join person on person.code = said ->> 'member'
            left join unit on unit.code = coalesce(said ->> 'branch', said ->> 'org', said ->> 'unit', said ->> 'place')
            left join place on place.code = coalesce(said ->> 'village', said ->> 'unit', said ->> 'place')
            order by trail_id desc
            """, new
        {
            from = Vietnamese.StartOf(filter.Days.From).UtcDateTime,
            until = Vietnamese.StartOf(filter.Days.To.AddDays(1)).UtcDateTime,
            filter.Table,
            filter.Words,
            patterns = FigureQuery.Patterns(filter.Words),
            filter.Import,
            skip,
            most,
        }, cancel);
        return [.. rows.Select(Entry)];
    }

    private static TrailEntry Entry(Row row)
    {
        var (before, after) = (StoredRow.Read(row.Before), StoredRow.Read(row.After));
        var sheet = ExchangeWorkbook.Sheets.FirstOrDefault(one => one.Table == row.TableName);
        var what = (before, after) switch
        {
            (null, _) => "Thêm",
            (_, null) => "Xóa",
            _ => "Sửa",
        };
        return new(
            new(row.At, TimeSpan.Zero), row.By, row.ImportId, sheet?.Name ?? "Quy định", what, Key(sheet, (after ?? before)!), row.Name, row.Reason, [.. Cells(sheet, before, after).Where(cell => cell.Before != cell.After).Select(cell => Shown(sheet, cell))]);
    }

    private static string Key(SheetDefinition? sheet, StoredRow row) => sheet is null ? row.Text("caption") ?? "" : sheet.KeyText(row);

    /// <summary>Columns of a table in the order and with the captions of its sheet; a setting has a value and a meaning.</summary>
    private static IEnumerable<TrailCell> Cells(SheetDefinition? sheet, StoredRow? before, StoredRow? after) => sheet is null
        ? [new("Giá trị", before?.Text("value"), after?.Text("value"))]
        : sheet.Columns.Where(column => !column.InKey).Select(column => new TrailCell(column.Caption, Text(before, column), Text(after, column)));

    /// <summary>Of a name that one table alone holds the trail knows no more than that there is one.</summary>
    private static TrailCell Shown(SheetDefinition? sheet, TrailCell cell) => sheet?.Columns.Any(column => column.IsKeptName && column.Caption == cell.Caption) != true
        ? cell
        : new(cell.Caption, string.IsNullOrEmpty(cell.Before) ? cell.Before : ColumnDefinition.KeptName, string.IsNullOrEmpty(cell.After) ? cell.After : ColumnDefinition.KeptName);

    /// <summary>Null where there was no row, empty where the cell was blank.</summary>
    private static string? Text(StoredRow? row, ColumnDefinition column) => row is null ? null : row.Text(column) ?? "";

    private sealed record Row(DateTime At, string By, long? ImportId, string TableName, string? Before, string? After, string Name, string? Reason);
}
