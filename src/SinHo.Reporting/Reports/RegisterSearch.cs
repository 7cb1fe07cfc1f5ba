using SinHo.Reporting.Access;
using SinHo.Reporting.Facts;

namespace SinHo.Reporting.Reports;

/// <summary>What a hit of the search is.</summary>
public enum FoundKind
{
    Person,
    Unit,
    Village,
    Decision,
    Import,
    Report,
}

/// <summary>How well a hit answers what was typed, the best first.</summary>
public enum FoundRank
{
    Exact,
    Begins,

    /// <summary>Its words begin with the words typed.</summary>
    BeginsWords,
    Contains,
    SoundsLike,
}

/// <summary>One hit of the search.</summary>
/// <param name="Code">Code of the person, unit or village; number of the decision or import; the key of an issued report.</param>
/// <param name="Name">What it is called now, or was called last.</param>
/// <param name="Former">The other name under which it was found; null where that is <paramref name="Name"/>.</param>
/// <param name="Detail">What tells it from others: birth and branch, level and superior, days.</param>
/// <param name="Day">The last day, up to that of the search, on which its page shows it.</param>
/// <param name="At">When it was brought in; of imports alone.</param>
public sealed record Found(FoundKind Kind, string Code, string Name, string? Former, string Detail, DateOnly Day, FoundRank Rank, DateTimeOffset? At);

/// <summary>Looking for people, units, villages, decisions, imports and issued reports by any part of a name or code. Source: sql/functions/search.sql.</summary>
public static class RegisterSearch
{
    /// <summary>Hits of one search.</summary>
    public const int Most = 20;

    /// <summary>Letters without which nothing is looked for.</summary>
    public const int Fewest = 2;

    private static readonly (FoundKind Kind, Right Right)[] Kinds =
    [
        (FoundKind.Person, Right.OpenPeople), (FoundKind.Unit, Right.SeeFigures), (FoundKind.Village, Right.SeeFigures),
        (FoundKind.Decision, Right.SeeFigures), (FoundKind.Import, Right.Import), (FoundKind.Report, Right.MakeReports),
    ];

    /// <summary>
    /// The best hits: people as they are tied to the viewer's unit on the day or its eve, all else as its page may be opened. Of hits that are equally
    /// good five of each kind stand together, so that people do not hide units.
    /// </summary>
    /// <param name="asked">As typed; it goes nowhere but into the query.</param>
    /// <param name="only">The one kind looked for; null for all.</param>
    public static async Task<IReadOnlyList<Found>> AskAsync(StatisticsSource source, Viewer viewer, string asked, DateOnly day, CancellationToken cancel, FoundKind? only = null)
    {
        var kinds = Kinds.Where(one => viewer.May(one.Right) && (only is null || one.Kind == only)).Select(one => one.Kind.ToString().ToLowerInvariant()).ToArray();
        await using var snapshot = await Snapshot.TakeAsync(source, viewer, new(day, day), cancel);
        var hits = await snapshot.QueryAsync<(string Kind, string Code, string Name, int Rank, DateTime? At, string? Now, string? Detail, DateOnly Day)>("""
            with hit as materialized (
                select *, (row_number() over (partition by kind, rank order by place) - 1) / 5 as block
                from search(@asked, @kinds, @most)
                order by rank, block, array_position(@kinds, kind), place
                limit @most
            )
            select hit.kind, hit.code, hit.name, hit.rank, hit.at, about.now, about.detail, coalesce(about.day, @day)
            from hit
            left join lateral (
                select person.name as now,
                    concat_ws(' · ', 'sinh ' || birth_text(person.born, person.born_precision), case when held.branch is null then null when seen.it then branch.name else @outside end) as detail,
                    null::date as day
                from record_on(hit.code, @day) as person
                left join membership as held on held.member = hit.code and held.valid_from <= @day and still_holds(held.valid_to, @day)
                left join org_version as branch on branch.code = held.branch and branch.valid_from <= @day and still_holds(branch.valid_to, @day)
                cross join lateral (select (select window_is_whole()) or held.branch in (select code from window_scope) as it) as seen
                where hit.kind = 'person'
                union all
                (select unit.name, concat_ws(' · ', unit.level, case when seen.it then above.name end, case when last.day < @day then 'đến ' || day_text(last.day) end), last.day
                from org_version as unit
                cross join lateral (select greatest(least(@day, unit.valid_to - 1), unit.valid_from) as day) as last
                left join org_version as above on above.code = unit.parent and above.valid_from <= last.day and still_holds(above.valid_to, last.day)
                cross join lateral (
                    select @unit::text is null or exists (
                        select from org_closure as tie
                        where (tie.ancestor, tie.descendant) in ((@unit, unit.parent::text), (unit.parent::text, @unit)) and tie.valid_from <= last.day and tie.valid_to > last.day) as it
                ) as seen
                where hit.kind = 'unit' and unit.code = hit.code
                order by unit.valid_from > @day, unit.valid_from desc
                limit 1)
                union all
                (select place.name, concat_ws(' · ', case when seen.it then commune.name end, case when last.day < @day then 'đến ' || day_text(last.day) end), null
                from village as place
                cross join lateral (select greatest(least(@day, place.valid_to - 1), place.valid_from) as day) as last
                left join org_version as commune on commune.code = place.commune and commune.valid_from <= last.day and still_holds(commune.valid_to, last.day)
                cross join lateral (
                    select @unit::text is null or exists (
                        select from org_closure as tie
                        where (tie.ancestor, tie.descendant) in ((@unit, place.commune::text), (place.commune::text, @unit)) and tie.valid_from <= last.day and tie.valid_to > last.day) as it
                ) as seen
                where hit.kind = 'village' and place.code = hit.code
                order by place.valid_from > @day, place.valid_from desc
                limit 1)
                union all
                (select hit.name, concat_ws(' · ', string_agg(distinct form::text, ', '), 'hiệu lực ' || day_text(max(date))), null
                from restructuring
                where hit.kind = 'decision' and decision = hit.code collate "default"
                having count(*) > 0)
            ) as about on true
            order by hit.rank, hit.block, array_position(@kinds, hit.kind), hit.place
            """, new { asked, kinds, most = Most, day, unit = viewer.Unit, outside = UnitDirectory.Outside }, cancel);
        return
        [
            .. hits.Select(hit => new Found(
                Enum.Parse<FoundKind>(hit.Kind, ignoreCase: true), hit.Code, hit.Now ?? hit.Name, hit.Now is null || hit.Now == hit.Name ? null : hit.Name, hit.Detail ?? "", hit.Day,
                (FoundRank)hit.Rank, hit.At is { } at ? new(at, TimeSpan.Zero) : null)),
        ];
    }
}
