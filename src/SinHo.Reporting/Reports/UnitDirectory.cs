using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using SinHo.Reporting.Access;
using SinHo.Reporting.Facts;
using SinHo.Reporting.Figures;

namespace SinHo.Reporting.Reports;

/// <summary>An organisation as it was on a day.</summary>
/// <param name="Depth">Steps below the head of the tree.</param>
public sealed record UnitNode(string Code, string Name, string Level, string Type, string? Parent, int Depth);

/// <summary>What an organisation was called and where it stood.</summary>
/// <param name="ValidTo">The first day on which this held no more; null while it holds.</param>
public sealed record UnitVersion(string Name, string Level, string Type, string? Parent, string? ParentName, DateOnly ValidFrom, DateOnly? ValidTo);

/// <summary>A decision of restructuring that named the organisation.</summary>
/// <param name="Role">"Trước" or "Sau".</param>
public sealed record UnitDecision(string Decision, DateOnly Date, string Form, string Role);

/// <summary>A village that a form may name.</summary>
public sealed record VillageChoice(string Code, string Name, string CommuneName);

/// <summary>The organisations that a viewer may know of.</summary>
public sealed class UnitDirectory(StatisticsSource source, Viewer viewer)
{
    /// <summary>What the history of a unit says of those that it had to do with and that the viewer may not know of.</summary>
    internal const string Outside = "tổ chức ngoài phạm vi";

    private const int MostTrees = 16;

    /// <summary>Trees asked for lately: nearly every page asks for one, and they change with the register alone.</summary>
    private static readonly ConditionalWeakTable<StatisticsSource, ConcurrentDictionary<(string? Unit, DateOnly Day), (long TrailEnd, IReadOnlyList<UnitNode> Tree)>> Trees = [];

    /// <summary>The tree on a day, each organisation behind the one above it, in the order of codes.</summary>
    public async Task<IReadOnlyList<UnitNode>> TreeAsync(DateOnly day, CancellationToken cancel)
    {
        await using var snapshot = await Snapshot.TakeAsync(source, viewer, new(day, day), cancel);
        var end = (await snapshot.QueryAsync<long>("select trail_end()", new { }, cancel)).Single();
        var kept = Trees.GetOrCreateValue(source);
        if (kept.TryGetValue((viewer.Unit, day), out var known) && known.TrailEnd == end)
            return known.Tree;
        var tree = await ReadTreeAsync(snapshot, day, cancel);
        if (kept.Count >= MostTrees)
            kept.Clear();
        kept[(viewer.Unit, day)] = (end, tree);
        return tree;
    }

    private async Task<IReadOnlyList<UnitNode>> ReadTreeAsync(Snapshot snapshot, DateOnly day, CancellationToken cancel) =>
        [
            .. await snapshot.QueryAsync<UnitNode>("""
                with recursive held as (
                    select code::text, name, level::text, type::text, parent::text
                    from org_version
                    where valid_from <= @day and still_holds(valid_to, @day)
                ),
                tree as (
                    select held.*, 0 as depth, array[code] as path
                    from held
                    where case when @unit::text is null then parent is null else code = @unit end
                    union all
                    select held.*, tree.depth + 1, tree.path || held.code
                    from tree
                    join held on held.parent = tree.code
                )
                select code as Code, name as Name, level as Level, type as Type, parent as Parent, depth as Depth
                from tree
                order by path
                """, new { day, unit = viewer.Unit }, cancel),
        ];

    /// <summary>The villages of a day in the viewer's communes, by code.</summary>
    public async Task<IReadOnlyList<VillageChoice>> VillagesAsync(DateOnly day, CancellationToken cancel)
    {
        await using var snapshot = await Snapshot.TakeAsync(source, viewer, new(day, day), cancel);
        return
        [
            .. await snapshot.QueryAsync<VillageChoice>("""
                select village.code::text as Code, village.name as Name, commune.name as CommuneName
                from village
                join org_version as commune on commune.code = village.commune and commune.valid_from <= @day and still_holds(commune.valid_to, @day)
                where village.valid_from <= @day and still_holds(village.valid_to, @day)
                    and (@unit::text is null or exists (
                        select
                        from org_closure as tie
                        where tie.ancestor = @unit and tie.descendant = village.commune and tie.valid_from <= @day and tie.valid_to > @day))
                order by village.code
                """, new { day, unit = viewer.Unit }, cancel),
        ];
    }

    /// <summary>Of whom a question may be asked on today's map: the tree of today, then those of the day that are no more.</summary>
    public async Task<IReadOnlyList<UnitNode>> TreeOnMapAsync(DateOnly day, DateOnly today, CancellationToken cancel)
    {
        var now = await TreeAsync(today, cancel);
        var known = now.Select(unit => unit.Code).ToHashSet(StringComparer.Ordinal);
        return [.. now, .. (await TreeAsync(day, cancel)).Where(unit => !known.Contains(unit.Code))];
    }

    /// <summary>As <see cref="FindAsync"/>; null where there is no such unit for this viewer.</summary>
    public async Task<ReportUnit?> FindOrNullAsync(string code, Period period, DateOnly? map, CancellationToken cancel)
    {
        try
        {
            return await FindAsync(code, period, map, cancel);
        }
        catch (UnknownNameException)
        {
            return null;
        }
    }

    /// <summary>The organisation as it was called at the end of the period, or as it is on the map day.</summary>
    /// <param name="map">On today's map: see <see cref="ListRequest.Map"/>; null for the units of each day.</param>
    /// <exception cref="UnknownNameException">No such unit for this viewer, or it did not exist in the period.</exception>
    public async Task<ReportUnit> FindAsync(string code, Period period, DateOnly? map, CancellationToken cancel)
    {
        await using var snapshot = await Snapshot.TakeAsync(source, viewer, period, cancel);
        return await (await Units.OfAsync(snapshot, code, period, map, cancel)).FindAsync(code);
    }

    /// <summary>All versions of an organisation, the oldest first, the decisions that named it and its villages of the day; those it had to do with are named only where the viewer may know of them.</summary>
    /// <exception cref="UnknownNameException">No such unit for this viewer on the day.</exception>
    public async Task<(IReadOnlyList<UnitVersion> Versions, IReadOnlyList<UnitDecision> Decisions, IReadOnlyList<VillageLine> Villages)> HistoryAsync(string code, DateOnly day, CancellationToken cancel)
    {
        await using var snapshot = await Snapshot.TakeAsync(source, viewer, new(day, day), cancel);
        var units = new Units(snapshot, new(day, day), cancel);
        await units.FindAsync(code);
        var versions = await snapshot.QueryAsync<UnitVersion>("""
            select version.name as Name, version.level::text as Level, version.type::text as Type,
                case when seen.it then version.parent::text end as Parent,
                case
                    when version.parent is null then null
                    when not seen.it then @outside
                    else (
                        select above.name
                        from org_version as above
                        where above.code = version.parent and above.valid_from <= version.valid_from
                        order by above.valid_from desc
                        limit 1)
                end as ParentName,
                version.valid_from as ValidFrom, version.valid_to as ValidTo
            from org_version as version
            cross join lateral (
                select @unit::text is null or exists (
                    select
                    from org_closure as tie
                    where (tie.ancestor, tie.descendant) in ((@unit, version.parent::text), (version.parent::text, @unit))
                        and tie.valid_from < coalesce(version.valid_to, 'infinity')
                        and tie.valid_to > version.valid_from) as it
            ) as seen
            where version.code = @code
            order by version.valid_from
            """, new { code, unit = viewer.Unit, outside = Outside }, cancel);
        var decisions = await snapshot.QueryAsync<UnitDecision>("""
            select decision as Decision, date as Date, form::text as Form, role::text as Role
            from restructuring
            where unit = @code
            order by date, decision, role
            """, new { code }, cancel);
        return ([.. versions], [.. decisions], await VillageHistory.OfAsync(snapshot, code, day, cancel));
    }

    /// <summary>The last day that the register speaks of; null while it is empty. The same for every viewer.</summary>
    public async Task<DateOnly?> DataUntilAsync(DateOnly today, CancellationToken cancel)
    {
        await using var snapshot = await Snapshot.TakeAsync(source, viewer, new(today, today), cancel);
        return (await snapshot.QueryAsync<DateOnly?>("select data_until()", new { }, cancel)).Single();
    }

    /// <summary>Terms of office of the register, the newest first.</summary>
    public async Task<IReadOnlyList<Period>> TermsAsync(DateOnly today, CancellationToken cancel)
    {
        await using var snapshot = await Snapshot.TakeAsync(source, viewer, new(today, today), cancel);
        return
        [
            .. (await snapshot.QueryAsync<(string Name, DateOnly From, DateOnly Until)>(
                "select name, valid_from, valid_until from term order by valid_from desc", new { }, cancel))
                .Select(term => new Period(term.From, term.Until, $"nhiệm kỳ {term.Name}")),
        ];
    }
}
