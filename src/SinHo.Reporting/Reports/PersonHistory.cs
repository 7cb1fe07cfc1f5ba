using SinHo.Reporting.Access;
using SinHo.Reporting.Facts;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Register;

namespace SinHo.Reporting.Reports;

/// <summary>Whom to open, and as part of which question: a viewer sees whom it ties to his unit.</summary>
/// <param name="Day">The day on which the record is read.</param>
/// <param name="Window">The days of the question that led to the person; the day itself where none did.</param>
/// <param name="Map">As <see cref="ListRequest.Map"/>, of that question.</param>
public sealed record PersonRequest(string Code, DateOnly Day, Period Window, DateOnly? Map);

/// <summary>One person as the register holds him: the record on a day, all its versions, memberships and cycles. Source: docs/spec/exchange-workbook.md, Versions.</summary>
/// <param name="Name">On the day.</param>
/// <param name="Record">What is filled in on the day.</param>
/// <param name="Standing">How he stands on the day; null where he is on no branch's roll.</param>
/// <param name="Versions">The oldest first.</param>
/// <param name="Memberships">The oldest first.</param>
/// <param name="Cycles">The first admission first, the present one last.</param>
/// <param name="Life">Admissions, memberships, posts and assignments by their first day, each with who wrote it.</param>
/// <param name="Notes">Badges, cards, rewards, ratings and temporary stays, the newest first.</param>
public sealed record PersonHistory(
    string Code, string Name, DateOnly Day, IReadOnlyList<RecordField> Record, PersonStanding? Standing, IReadOnlyList<RecordVersion> Versions, IReadOnlyList<PersonMembership> Memberships,
    IReadOnlyList<PersonCycle> Cycles, IReadOnlyList<LifeEntry> Life, IReadOnlyList<PersonNote> Notes)
{
    /// <summary>Who wrote an entry; none where the trail says nothing.</summary>
    public IReadOnlyList<RecordOrigin> OriginsOf(LifeLane lane, DateOnly from) => Life.FirstOrDefault(entry => entry.Lane == lane && entry.From == from)?.Origins ?? [];

    /// <exception cref="UnknownNameException">No such person for this viewer, as part of this question.</exception>
    /// <exception cref="FormerCodeException">The code is a former one of such a person.</exception>
    public static async Task FindAsync(StatisticsSource source, Viewer viewer, PersonRequest request, CancellationToken cancel)
    {
        await using var snapshot = await OpenAsync(source, viewer, request, cancel);
    }

    /// <inheritdoc cref="FindAsync"/>
    public static async Task<PersonHistory> AskAsync(StatisticsSource source, Viewer viewer, PersonRequest request, CancellationToken cancel)
    {
        await using var snapshot = await OpenAsync(source, viewer, request, cancel);
        var stored = (await snapshot.QueryAsync<(string Row, DateOnly? Since, DateOnly? Until)>("""
            select to_jsonb(member)::text, nullif(held_from, '-infinity'), nullif(held_until, 'infinity') from member where code = @Code order by held_from
            """, new { request.Code }, cancel)).Select(row => (Row: StoredRow.Read(row.Row)!, row.Since, row.Until)).ToList();
        var origins = (await snapshot.QueryAsync<(string Table, string After, DateTime At, string By, long? Import, bool IsNew)>("""
            select table_name, after::text, at, by, import_id, before is null from person_trail(@Code) where after is not null order by trail_id
            """, new { request.Code }, cancel)).ToLookup(one => Key(one.Table, StoredRow.Read(one.After)!), one => new RecordOrigin(new(one.At, TimeSpan.Zero), one.By, one.Import, one.IsNew), StringComparer.Ordinal);
        var names = (await snapshot.QueryAsync<(string Code, string Name)>("""
            select distinct on (code) code::text, name from village where code = any (@codes) order by code, valid_from desc
            """, new { codes = stored.Select(one => one.Row.Text("residence")).OfType<string>().Distinct().ToArray() }, cancel)).ToDictionary(one => one.Code, one => one.Name, StringComparer.Ordinal);
        var versions = stored.Select((one, index) => new RecordVersion(
            one.Since, one.Until, index == 0 ? [] : [.. Changes(stored[index - 1].Row, one.Row, names)], [.. origins[Key("member", one.Row)]])).ToList();
        var onDay = stored.FindLast(one => one.Since is null || one.Since <= request.Day);
        return new(
            request.Code, onDay.Row.Text("name")!, request.Day, [.. Fields(onDay.Row, names).Where(field => field.Text.Length > 0)],
            await StandingAsync(snapshot, viewer, request, cancel), versions, await MembershipsAsync(snapshot, viewer, request, cancel),
            [.. await snapshot.QueryAsync<PersonCycle>("""
                select cycle.began as Began, cycle.official as Official, admission.decision as Decision
                from cycle_of(array[@Code]) as cycle
                left join admission on admission.member = cycle.member and admission.date = cycle.began
                order by cycle.began
                """, new { request.Code }, cancel)],
            await EntriesAsync(snapshot, viewer, request, origins, cancel),
            [.. await snapshot.QueryAsync<PersonNote>("""
                select date as Day, 'Huy hiệu Đảng' as Kind, concat_ws(', ', format('%s năm tuổi Đảng', years), case when early then 'tặng sớm' end, case when posthumous then 'truy tặng' end, decision) as Text
                from badge where member = @Code
                union all
                select date, 'Thẻ đảng viên', concat_ws(', ', form::text, 'số ' || number) from card where member = @Code
                union all
                select date, 'Khen thưởng', concat_ws(', ', form::text, level::text, decision) from reward where code = @Code
                union all
                select make_date(year, 12, 31), 'Xếp loại', format('năm %s: %s', year, grade) from member_rating where member = @Code
                union all
                select valid_from, 'Sinh hoạt tạm thời', concat_ws(', ', place, 'đến trước ngày ' || day_text(valid_to)) from stay where member = @Code and direction = 'Đi'
                order by 1 desc, 2
                """, new { request.Code }, cancel)]);
    }

    /// <summary>What tells a row of a table from others of the person.</summary>
    private static string Key(string table, StoredRow row) => $"{table}|{ExchangeWorkbook.Sheets.First(sheet => sheet.Table == table).KeyText(row)}";

    private static async Task<IReadOnlyList<LifeEntry>> EntriesAsync(Snapshot snapshot, Viewer viewer, PersonRequest request, ILookup<string, RecordOrigin> origins, CancellationToken cancel)
    {
        var rows = await snapshot.QueryAsync<(string Table, string Row, string Caption, string? Place, string PlaceName, bool IsVillage, DateOnly From, DateOnly? Until)>("""
            with held as (
                select 'admission' as tab, to_jsonb(admission) as entry, case when readmission then 'Kết nạp lại' else 'Kết nạp' end as caption,
                    branch::text as place, false as is_village, date as since, date + 1 as until
                from admission
                where member = @Code
                union all
                select 'membership', to_jsonb(membership), 'Sinh hoạt', branch::text, false, valid_from, valid_to from membership where member = @Code
                union all
                select 'post', to_jsonb(one), one.post::text, one.place::text, one.village is not null, one.valid_from, one.valid_to from post as one where one.member = @Code
                union all
                select 'assignment', to_jsonb(assignment), role::text, branch::text, false, valid_from, valid_to from assignment where member = @Code
            )
            select held.tab, held.entry::text, held.caption, case when seen.it then held.place end, case when seen.it then coalesce(called.name, held.place) else @outside end,
                held.is_village, held.since, held.until
            from held
            left join lateral (
                (select name from org_version where not held.is_village and code = held.place and valid_from < coalesce(held.until, 'infinity') order by valid_from desc limit 1)
                union all
                (select name from village where held.is_village and code = held.place and valid_from < coalesce(held.until, 'infinity') order by valid_from desc limit 1)
            ) as called on true
            cross join lateral (
                select @Unit::text is null
                    or held.place in (select code from window_scope)
                    or held.is_village and village_stands_under(held.place, @Unit, @Day)
                    or exists (
                        select
                        from org_closure as tie
                        where (tie.ancestor, tie.descendant) in ((@Unit, held.place), (held.place, @Unit))
                            and tie.valid_from < coalesce(held.until, 'infinity')
                            and tie.valid_to > held.since) as it
            ) as seen
            order by held.since, held.tab
            """, new { request.Code, request.Day, viewer.Unit, outside = UnitDirectory.Outside }, cancel);
        return
        [
            .. rows.Select(row => new LifeEntry(
                row.Table switch { "admission" => LifeLane.Party, "membership" => LifeLane.Branch, "post" => LifeLane.Post, _ => LifeLane.Assignment },
                row.Caption, row.Place, row.PlaceName, row.IsVillage, row.From, row.Until, [.. origins[Key(row.Table, StoredRow.Read(row.Row)!)]])),
        ];
    }

    private static async Task<Snapshot> OpenAsync(StatisticsSource source, Viewer viewer, PersonRequest request, CancellationToken cancel)
    {
        var snapshot = await Snapshot.TakeAsync(source, viewer, request.Window, cancel);
        try
        {
            // The map of a day before the question's own end is never taken: it might show whom the unit had once.
            if (request.Map is { } map)
                await snapshot.OpenMapAsync(map > request.Window.To ? map : request.Window.To, cancel);
            if (!(await snapshot.QueryAsync<bool>("select exists (select from member where code = @Code)", new { request.Code }, cancel)).Single())
                throw (await snapshot.QueryAsync<string>("select member from former_code where alias = @Code", new { request.Code }, cancel)).FirstOrDefault() is { } member
                    ? new FormerCodeException(request.Code, member)
                    : new UnknownNameException($"Không có đảng viên “{request.Code}”.");
            return snapshot;
        }
        catch
        {
            await snapshot.DisposeAsync();
            throw;
        }
    }

    private static IEnumerable<RecordField> Fields(StoredRow row, Dictionary<string, string> villages) => ExchangeWorkbook.Members.Columns
        .Where(column => !column.InKey && column.Key != "name")
        .Select(column => new RecordField(column.Caption, Text(row, column, villages), column.Key == "residence" ? row.Text(column) : null));

    private static IEnumerable<RecordChange> Changes(StoredRow before, StoredRow after, Dictionary<string, string> villages) => ExchangeWorkbook.Members.Columns
        .Where(column => !column.InKey && before.Text(column) != after.Text(column))
        .Select(column => new RecordChange(column.Caption, Text(before, column, villages), Text(after, column, villages)));

    private static string Text(StoredRow row, ColumnDefinition column, Dictionary<string, string> villages) =>
        row.Text(column) is not { } text ? "" : column.Key == "residence" && villages.TryGetValue(text, out var name) ? $"{name} ({text})" : text;

    private static async Task<PersonStanding?> StandingAsync(Snapshot snapshot, Viewer viewer, PersonRequest request, CancellationToken cancel) =>
        (await MembershipsAsync(snapshot, viewer, request, cancel)).FirstOrDefault(one => one.From <= request.Day && (one.Until is null || one.Until > request.Day)) is { } held
            ? new(held.BranchName, (await snapshot.QueryAsync<bool>(
                "select exists (select from official_span where member = @Code and valid_from <= @Day and valid_to > @Day)", request, cancel)).Single())
            : null;

    private static async Task<IReadOnlyList<PersonMembership>> MembershipsAsync(Snapshot snapshot, Viewer viewer, PersonRequest request, CancellationToken cancel) =>
    [
        .. await snapshot.QueryAsync<PersonMembership>("""
            select
                case when seen.it then held.branch::text end as Branch,
                case when seen.it then branch.name else @outside end as BranchName,
                case when seen.it then above.name end as ParentName,
                held.valid_from as "From", held.valid_to as Until, held.reason_in::text as ReasonIn, held.reason_out::text as ReasonOut, held.basis as Basis
            from membership as held
            left join lateral (
                select version.name, version.parent
                from org_version as version
                where version.code = held.branch and version.valid_from < coalesce(held.valid_to, 'infinity')
                order by version.valid_from desc
                limit 1
            ) as branch on true
            left join lateral (
                select version.name
                from org_version as version
                where version.code = branch.parent and version.valid_from < coalesce(held.valid_to, 'infinity')
                order by version.valid_from desc
                limit 1
            ) as above on true
            cross join lateral (
                select @Unit::text is null
                    or held.branch in (select code from window_scope)
                    or exists (
                        select
                        from org_closure as tie
                        where (tie.ancestor, tie.descendant) in ((@Unit, held.branch::text), (held.branch::text, @Unit))
                            and tie.valid_from < coalesce(held.valid_to, 'infinity')
                            and tie.valid_to > held.valid_from) as it
            ) as seen
            where held.member = @Code
            order by held.valid_from
            """, new { request.Code, viewer.Unit, outside = UnitDirectory.Outside }, cancel),
    ];
}

/// <summary>The code became another's (sheet Mã cũ).</summary>
public sealed class FormerCodeException(string alias, string member) : UnknownNameException($"{alias} là mã cũ của đảng viên {member}.")
{
    /// <summary>The code of the member that it means.</summary>
    public string Member => member;
}

/// <param name="Text">As the exchange workbook has it; empty where blank.</param>
/// <param name="Village">Code of the village that it names; null for all other fields.</param>
public sealed record RecordField(string Caption, string Text, string? Village);

/// <summary>A record as it held for some days.</summary>
/// <param name="Since">Null for the first version: it holds since ever.</param>
/// <param name="Until">The first day on which another holds; null for the last.</param>
/// <param name="Changes">Against the version before; none of the first.</param>
/// <param name="Origins">Who wrote it, and who corrected it since, the oldest first; none where the trail says nothing.</param>
public sealed record RecordVersion(DateOnly? Since, DateOnly? Until, IReadOnlyList<RecordChange> Changes, IReadOnlyList<RecordOrigin> Origins);

/// <param name="Before">Empty where blank.</param>
/// <param name="After">Empty where blank.</param>
public sealed record RecordChange(string Caption, string Before, string After);

/// <param name="Import">Number of the import; null for what was written without one.</param>
/// <param name="IsNew">False: it corrected what stood there.</param>
public sealed record RecordOrigin(DateTimeOffset At, string By, long? Import, bool IsNew);

/// <summary>The lines of a life as it is drawn.</summary>
public enum LifeLane
{
    Party,
    Branch,
    Post,
    Assignment,
}

/// <summary>Something that held for some days.</summary>
/// <param name="Caption">Kết nạp, Sinh hoạt, the post, or the role of an assignment.</param>
/// <param name="Place">Code of the branch, organisation or village; null for one that the viewer may not know of.</param>
/// <param name="Until">The first day on which it held no more; null while it does. An admission is one day.</param>
/// <param name="Origins">Who wrote it, and who corrected it since, the oldest first; none where the trail says nothing.</param>
public sealed record LifeEntry(LifeLane Lane, string Caption, string? Place, string PlaceName, bool IsVillage, DateOnly From, DateOnly? Until, IReadOnlyList<RecordOrigin> Origins);

/// <param name="Kind">What it is: Huy hiệu Đảng, Thẻ đảng viên, Khen thưởng, Xếp loại, Sinh hoạt tạm thời.</param>
public sealed record PersonNote(DateOnly Day, string Kind, string Text);

public sealed record PersonStanding(string BranchName, bool IsOfficial);

/// <param name="Branch">Null for one that the viewer may not know of.</param>
/// <param name="ParentName">What stood above it at the end.</param>
/// <param name="Until">The first day on which he was there no more; null while he is.</param>
public sealed record PersonMembership(
    string? Branch, string BranchName, string? ParentName, DateOnly From, DateOnly? Until, string ReasonIn, string? ReasonOut, string? Basis);

/// <summary>From an admission to the next.</summary>
/// <param name="Decision">Null where Kết nạp has no row of it.</param>
public sealed record PersonCycle(DateOnly Began, DateOnly? Official, string? Decision);
