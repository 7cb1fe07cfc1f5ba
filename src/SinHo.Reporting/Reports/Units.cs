using SinHo.Reporting.Facts;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Words;

namespace SinHo.Reporting.Reports;

/// <summary>Organisations by code, as they were in a period.</summary>
internal sealed class Units(Snapshot snapshot, Period period, CancellationToken cancel)
{
    /// <summary>The day of the map that a question goes by, and on which its units are looked for; null where it goes by those of its own days.</summary>
    public DateOnly? MapDay { get; private init; }

    /// <summary>The units that a question about one of them goes by. The map is not opened yet.</summary>
    /// <param name="map">On today's map: the map day is the first from this one on, and from the period's last, on which the unit holds; null for the units of each day.</param>
    /// <exception cref="UnknownNameException">No such code for this viewer.</exception>
    /// <exception cref="AbsentUnitException">There is no such day.</exception>
    public static async Task<Units> OfAsync(Snapshot snapshot, string code, Period period, DateOnly? map, CancellationToken cancel)
    {
        if (map is not { } asked)
            return new(snapshot, period, cancel);
        var from = asked > period.To ? asked : period.To;
        var day = await new Units(snapshot, new(from, from), cancel).MapDayAsync(code);
        return new(snapshot, new(day, day), cancel) { MapDay = day };
    }

    /// <summary>The organisation as it was called on the last day of the period that it lived to see.</summary>
    /// <exception cref="UnknownNameException">No such code for this viewer.</exception>
    /// <exception cref="AbsentUnitException">The organisation did not exist in the period.</exception>
    public async Task<ReportUnit> FindAsync(string code)
    {
        var versions = await VersionsAsync(code);
        var version = versions.FindLast(one => one.ValidFrom <= period.To && (one.ValidTo is null || one.ValidTo > period.From));
        // A viewer is told of nothing outside his unit, not even that it exists.
        if (versions.Count == 0 || !await StandsUnderViewerAsync(code, version is null ? versions[^1].Days : period))
            throw await UnknownAsync(code);
        if (version is null)
        {
            throw new AbsentUnitException(
                $"Đơn vị {code} ({versions[^1].Name}) không tồn tại {(period.From == period.To ? "vào" : "trong kỳ")} {period.Name}: có {string.Join("; ", (await LifeAsync(code)).Spans.Select(Life))}. Hãy chọn kỳ có những ngày đó, hoặc chọn bản đồ hôm nay (dòng lệnh: --basis today).");
        }
        return new(code, version.Name, version.Level, version.Role) { IsCommune = version.IsCommune };
    }

    /// <summary>The last day of the period where the organisation holds on it, else the first day after it on which it does.</summary>
    private async Task<DateOnly> MapDayAsync(string code)
    {
        var life = await LifeAsync(code);
        var day = life.Spans.Where(span => (span.To ?? DateOnly.MaxValue) >= period.To).Select(span => span.From > period.To ? span.From : period.To).Order().Cast<DateOnly?>().FirstOrDefault();
        if (day is { } found)
            return found;
        if ((await VersionsAsync(code)) is not [.., var latest] || !await StandsUnderViewerAsync(code, latest.Days))
            throw await UnknownAsync(code);
        throw new AbsentUnitException($"Đơn vị {code} ({latest.Name}) không còn vào ngày {Vietnamese.Day(period.To)} và sau đó: có {string.Join("; ", life.Spans.Select(Life))}. Bản đồ mới chỉ lập cho đơn vị còn hoạt động; hãy chọn đơn vị kế thừa, hoặc chọn bản đồ của thời kỳ (dòng lệnh: --basis then).");
    }

    /// <summary>The days on which the organisation holds, whatever it was called.</summary>
    public async Task<UnitLife> LifeAsync(string code)
    {
        var spans = await snapshot.QueryAsync<(DateOnly From, DateOnly? To)>("""
            select lower(span), upper(span) - 1
            from (select unnest(range_agg(daterange(valid_from, valid_to))) as span from org_version where code = @code) as life
            order by span
            """, new { code }, cancel);
        return new([.. spans]);
    }

    /// <returns>Null for what the viewer may not know of, and for what did not exist.</returns>
    public async Task<ReportUnit?> TryFindAsync(string code)
    {
        try
        {
            return await FindAsync(code);
        }
        catch (UnknownNameException)
        {
            return null;
        }
    }

    /// <summary>Whether the organisation was under the viewer's unit on the last of the days on which it existed.</summary>
    private async Task<bool> StandsUnderViewerAsync(string code, Period days) => snapshot.Viewer?.Unit is not { } unit
        || (await snapshot.QueryAsync<bool>(
            "select stands_under(@code, @unit, @from, @to)", new { code, unit, from = days.From, to = days.To }, cancel)).Single();

    /// <summary>
    /// The parts of the unit: organisations of the roles that are its parts, which were so below it on some day of the span, by code. One that was
    /// so no longer on the last day says until when behind its name.
    /// </summary>
    public async Task<IReadOnlyList<Part>> PartsAsync(ReportUnit unit, Period span) =>
    [
        .. await snapshot.QueryAsync<Part>("""
            select distinct on (version.code)
                version.code as Code,
                version.name || case when until.day <= @to then format(' (đến %s)', day_text(until.day - 1)) else '' end as Name
            from org_closure as scope
            join org_version as version on version.code = scope.descendant
                and version.level_role = any (@roles)
            cross join lateral (
                select
                    greatest(scope.valid_from, version.valid_from) as since,
                    least(scope.valid_to, coalesce(version.valid_to, 'infinity')) as day
            ) as until
            where scope.ancestor = @code
                and scope.descendant <> @code
                and since <= @to
                and day > @from
                and since < day
            order by version.code, since desc
            """, new { code = unit.Code, roles = Parts.RolesOf(unit.Role).ToArray(), from = span.From, to = span.To }, cancel),
    ];

    /// <summary>The letterhead of the unit on the last day of the period that it lived to see: its committee, and who stands above it on that day.</summary>
    public async Task<Letterhead> LetterheadAsync(string code)
    {
        var chain = await snapshot.QueryAsync<OrganisationOnPaper>("""
            with recursive latest as (
                select version.*, least(@to, version.valid_to - 1) as day
                from org_version as version
                where version.code = @code
                    and version.valid_from <= @to
                order by version.valid_from desc
                limit 1
            ), chain as (
                select 0 as step, name, level, type, parent, reports_to, day from latest
                union all
                select chain.step + 1, above.name, above.level, above.type, above.parent, above.reports_to, chain.day
                from chain
                join org_version as above on above.code = chain.parent
                    and above.valid_from <= chain.day
                    and still_holds(above.valid_to, chain.day)
            )
            select name as Name, level as Level, type::text as Type, reports_to as ReportsTo from chain order by step
            """, new { code, to = period.To }, cancel);
        return Letterheads.Of([.. chain]);
    }

    private async Task<List<UnitVersion>> VersionsAsync(string code) => (await snapshot.QueryAsync<UnitVersion>(
        "select name, level, level_role as Role, valid_from as ValidFrom, valid_to as ValidTo, is_commune_committee(level_role, type) as IsCommune from org_version where code = @code order by valid_from", new { code }, cancel)).ToList();

    private async Task<UnknownNameException> UnknownAsync(string code) => new($"Không có đơn vị “{code}”.{await NearestAsync(code)}");

    private static string Life((DateOnly From, DateOnly? To) span) =>
        $"từ {Vietnamese.Day(span.From)} {(span.To is { } last ? $"đến {Vietnamese.Day(last)}" : "đến nay")}";

    private async Task<string> NearestAsync(string code)
    {
        if (snapshot.Viewer?.Unit is not null)
        {
            var seen = await snapshot.QueryAsync<string>(
                "select code from window_scope where code <> @code order by code", new { code }, cancel);
            return NearestWord.To(code, seen) is { } near ? $" Có phải “{near}”?" : "";
        }
        var known = (await snapshot.QueryAsync<string>("select code from org order by code", new { }, cancel)).ToList();
        if (known.Count == 0)
            return " Sổ đăng ký còn trống; hãy nhập sổ trao đổi trước (sinho import).";
        return NearestWord.To(code, known) is { } nearest ? $" Có phải “{nearest}”?" : $" Ví dụ mã có sẵn: {string.Join(", ", known.Take(5))}.";
    }

    private sealed record UnitVersion(string Name, string Level, string Role, DateOnly ValidFrom, DateOnly? ValidTo, bool IsCommune)
    {
        public Period Days => new(ValidFrom, ValidTo?.AddDays(-1) ?? ValidFrom);
    }
}

/// <summary>One of the organisations by which a unit's figures are told apart.</summary>
internal sealed record Part(string Code, string Name);
