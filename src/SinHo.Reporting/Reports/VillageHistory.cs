using SinHo.Reporting.Access;
using SinHo.Reporting.Facts;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Words;

namespace SinHo.Reporting.Reports;

/// <summary>A village as a page of its commune lists it.</summary>
/// <param name="Branches">Names of the branches that serve it on the day.</param>
public sealed record VillageLine(string Code, string Name, string Kind, int? Households, int? People, string Branches);

/// <summary>One village or urban quarter: its versions, the decisions that named it, who serves it, who resides in it. Source: docs/spec/exchange-workbook.md, Bản.</summary>
/// <param name="Name">On the day; on a day on which it did not hold, of the nearest version.</param>
/// <param name="Holds">Whether it holds on the day.</param>
/// <param name="Versions">The oldest first.</param>
/// <param name="Decisions">The oldest first.</param>
/// <param name="Services">The oldest first.</param>
/// <param name="Residents">Who resides in it on the day and is on a roll, as far as the viewer may see people; null where he may open none.</param>
public sealed record VillageHistory(
    string Code, string Name, DateOnly Day, bool Holds, IReadOnlyList<VillageVersion> Versions, IReadOnlyList<VillageDecision> Decisions, IReadOnlyList<VillageService> Services,
    IReadOnlyList<Resident>? Residents)
{
    private const string OtherVillage = "bản ngoài phạm vi";

    /// <exception cref="UnknownNameException">No such village for this viewer on the day.</exception>
    public static async Task<VillageHistory> AskAsync(StatisticsSource source, Viewer viewer, string code, DateOnly day, CancellationToken cancel)
    {
        await using var snapshot = await Snapshot.TakeAsync(source, viewer, new(day, day), cancel);
        var asked = new { code, day, viewer.Unit, outside = UnitDirectory.Outside, other = OtherVillage };
        var versions = (await snapshot.QueryAsync<VillageVersion>("""
            select place.name as Name, place.kind::text as Kind, place.households as Households, place.people as People, place.valid_from as "From", place.valid_to as Until,
                case when seen.it then place.commune::text end as Commune,
                case when seen.it then commune.name else @outside end as CommuneName
            from village as place
            left join lateral (
                select version.name
                from org_version as version
                where version.code = place.commune and version.valid_from < coalesce(place.valid_to, 'infinity')
                order by version.valid_from desc
                limit 1
            ) as commune on true
            cross join lateral (
                select @Unit::text is null or exists (
                    select
                    from org_closure as tie
                    where (tie.ancestor, tie.descendant) in ((@Unit, place.commune::text), (place.commune::text, @Unit))
                        and tie.valid_from < coalesce(place.valid_to, 'infinity')
                        and tie.valid_to > place.valid_from) as it
            ) as seen
            where place.code = @code and village_stands_under(place.code, coalesce(@Unit, '*'), @day)
            order by place.valid_from
            """, asked, cancel)).ToList();
        if (versions.Count == 0)
            throw new UnknownNameException($"Không có bản “{code}”.");
        var held = versions.Find(one => one.From <= day && (one.Until is null || one.Until > day));
        var nearest = held ?? versions.FindLast(one => one.From <= day) ?? versions[0];
        return new(
            code, nearest.Name, day, held is not null, versions,
            await DecisionsAsync(snapshot, asked, cancel),
            [.. await snapshot.QueryAsync<VillageService>("""
                select case when seen.it then service.branch::text end as Branch, case when seen.it then branch.name else @outside end as BranchName,
                    service.valid_from as "From", service.valid_to as Until
                from service
                left join lateral (
                    select version.name
                    from org_version as version
                    where version.code = service.branch and version.valid_from < coalesce(service.valid_to, 'infinity')
                    order by version.valid_from desc
                    limit 1
                ) as branch on true
                cross join lateral (
                    select @Unit::text is null or exists (
                        select
                        from org_closure as tie
                        where (tie.ancestor, tie.descendant) in ((@Unit, service.branch::text), (service.branch::text, @Unit))
                            and tie.valid_from < coalesce(service.valid_to, 'infinity')
                            and tie.valid_to > service.valid_from) as it
                ) as seen
                where service.village = @code
                order by service.valid_from, service.branch
                """, asked, cancel)],
            viewer.May(Right.OpenPeople) ? await ResidentsAsync(snapshot, asked, cancel) : null);
    }

    /// <summary>Villages of a commune on a day, in the order of their codes; none for what is no commune. The commune is the viewer's to know of.</summary>
    internal static async Task<IReadOnlyList<VillageLine>> OfAsync(Snapshot snapshot, string commune, DateOnly day, CancellationToken cancel) =>
    [
        .. await snapshot.QueryAsync<VillageLine>("""
            select place.code as Code, place.name as Name, place.kind::text as Kind, place.households as Households, place.people as People,
                coalesce((
                    select string_agg(branch.name, ', ' order by branch.name)
                    from service
                    join org_version as branch on branch.code = service.branch and branch.valid_from <= @day and still_holds(branch.valid_to, @day)
                    where service.village = place.code and service.valid_from <= @day and still_holds(service.valid_to, @day)), '') as Branches
            from village as place
            where place.commune = @commune and place.valid_from <= @day and still_holds(place.valid_to, @day)
            order by place.code
            """, new { commune, day }, cancel),
    ];

    /// <summary>Groups of decisions that name the village; where an organisation has the same code, they mean it.</summary>
    private static async Task<IReadOnlyList<VillageDecision>> DecisionsAsync(Snapshot snapshot, object asked, CancellationToken cancel)
    {
        var named = (await snapshot.QueryAsync<(string Decision, DateOnly Date, string Form, string Group, string Role, string? Code, string Name)>("""
            select one.decision, one.date, one.form::text, one.group_name, other.role::text,
                case when seen.it then other.unit::text end,
                case when seen.it then coalesce(place.name, other.unit::text) else @other end
            from restructuring as one
            join restructuring as other on other.decision = one.decision and other.group_name = one.group_name
            left join lateral (
                select village.name
                from village
                where village.code = other.unit and village.valid_from <= one.date - case other.role when 'Trước' then 1 else 0 end
                order by village.valid_from desc
                limit 1
            ) as place on true
            cross join lateral (select village_stands_under(other.unit, coalesce(@Unit, '*'), greatest(@day, one.date))) as seen (it)
            where one.unit = @code and not exists (select from org where org.code = @code)
            group by one.decision, one.date, one.form, one.group_name, other.role, other.unit, place.name, seen.it
            order by one.date, one.decision, other.unit
            """, asked, cancel)).ToList();
        return
        [
            .. named.GroupBy(row => (row.Decision, row.Date, row.Form, row.Group)).Select(group => new VillageDecision(
                group.Key.Decision, group.Key.Date, group.Key.Form,
                [.. group.Where(row => row.Role == "Trước").Select(row => new NamedVillage(row.Code, row.Name))],
                [.. group.Where(row => row.Role == "Sau").Select(row => new NamedVillage(row.Code, row.Name))])),
        ];
    }

    private static async Task<IReadOnlyList<Resident>> ResidentsAsync(Snapshot snapshot, object asked, CancellationToken cancel) =>
    [
        .. await snapshot.QueryAsync<Resident>("""
            select person.code as Code, person.name as Name, birth_text(person.born, person.born_precision) as Born,
                case when seen.it then branch.name else @outside end as BranchName
            from member as person
            join membership as held on held.member = person.code and held.valid_from <= @day and still_holds(held.valid_to, @day)
            left join org_version as branch on branch.code = held.branch and branch.valid_from <= @day and still_holds(branch.valid_to, @day)
            cross join lateral (
                select @Unit::text is null or exists (
                    select
                    from org_closure as tie
                    where (tie.ancestor, tie.descendant) in ((@Unit, held.branch::text), (held.branch::text, @Unit))
                        and tie.valid_from <= @day
                        and tie.valid_to > @day) as it
            ) as seen
            where person.residence = @code and person.held_from <= @day and person.held_until > @day
            order by given_name(person.name) collate "vi-x-icu", person.name collate "vi-x-icu", person.code
            """, asked, cancel),
    ];
}

/// <param name="Commune">Null for one that the viewer may not know of.</param>
/// <param name="Until">The first day on which this held no more; null while it holds.</param>
public sealed record VillageVersion(string Name, string Kind, int? Households, int? People, DateOnly From, DateOnly? Until, string? Commune, string CommuneName);

/// <param name="Before">Villages that the group names as before it.</param>
public sealed record VillageDecision(string Decision, DateOnly Date, string Form, IReadOnlyList<NamedVillage> Before, IReadOnlyList<NamedVillage> After);

/// <param name="Code">Null for one that the viewer may not know of.</param>
public sealed record NamedVillage(string? Code, string Name);

/// <param name="Branch">Null for one that the viewer may not know of.</param>
public sealed record VillageService(string? Branch, string BranchName, DateOnly From, DateOnly? Until);

/// <param name="Born">As it is known: 05/07/1964, 07/1964 or 1964.</param>
public sealed record Resident(string Code, string Name, string Born, string BranchName);
