using SinHo.Reporting.Access;
using SinHo.Reporting.Catalog;
using SinHo.Reporting.Facts;
using SinHo.Reporting.Figures;

namespace SinHo.Reporting.Reports;

/// <param name="Unit">Null for what stands under no unit.</param>
/// <param name="UnitName">With its superior in the grassroots; what it was called last.</param>
/// <param name="Since">From this day on it is due.</param>
public sealed record DueRow(string? Unit, string? UnitName, string Code, string Name, string Detail, DateOnly Since);

/// <summary>How many of a kind wait under a part of a unit; under no code what stands in none.</summary>
public sealed record DuePart(string? Unit, string? Name, int Count);

/// <summary>How many of a kind wait.</summary>
public sealed record DueCount(DueKind Kind, int Count);

/// <summary>What waits to be done on a day (sql/due): counts, and the rows behind them.</summary>
public sealed class Due(StatisticsSource source, Viewer viewer)
{
    /// <summary>Rows that a page shows.</summary>
    public const int Shown = 100;

    /// <summary>The kinds that the viewer is told of.</summary>
    public IEnumerable<DueKind> Kinds => DueKind.All.Where(kind => viewer.May(kind.Right));

    /// <summary>Each kind with how many wait under the unit; what stands under no unit counts for the whole register alone.</summary>
    /// <param name="unit">Null for all that the viewer sees.</param>
    public async Task<IReadOnlyList<DueCount>> CountAsync(string? unit, DateOnly day, CancellationToken cancel)
    {
        var counts = new List<DueCount>();
        foreach (var view in Kinds.GroupBy(kind => kind.IsOfProgram))
        {
            await using var snapshot = await OpenAsync(view.Key, day, cancel);
            foreach (var kind in view)
                counts.Add(new(kind, (await snapshot.QueryAsync<int>($"select count(*)::integer from ({kind.Sql}) as waiting where {Under}", Asked(unit, day), cancel)).Single()));
        }
        return [.. counts.OrderBy(one => one.Kind.Place)];
    }

    /// <summary>The longest waiting first.</summary>
    /// <param name="unit">As in <see cref="CountAsync"/>.</param>
    public async Task<IReadOnlyList<DueRow>> RowsAsync(DueKind kind, string? unit, DateOnly day, int skip, CancellationToken cancel)
    {
        await using var snapshot = await OpenAsync(kind.IsOfProgram, day, cancel);
        return
        [
            .. await snapshot.QueryAsync<DueRow>($"""
                with page as materialized (
                    select * from ({kind.Sql}) as waiting where {Under} order by since, unit, code limit {Shown} offset @skip
                )
                select page.unit as Unit, called.name as UnitName, page.code as Code, page.name as Name, page.detail as Detail, page.since as Since
                from page
                left join lateral (
                    select concat_ws(', ', own.name, case when not is_grassroots(own.level_role) and own.parent <> coalesce(@viewed, '') then above.name end) as name
                    from org_version as own
                    left join lateral (
                        select name from org_version where code = own.parent and valid_from <= @day order by valid_from desc limit 1) as above on true
                    where own.code = page.unit and own.valid_from <= @day
                    order by own.valid_from desc
                    limit 1) as called on true
                order by page.since, page.unit, page.code
                """, Asked(unit, day, skip), cancel),
        ];
    }

    /// <summary>How many wait under each organisation right below the unit, the most first; what stands under none of them, the unit's own among it, under no code.</summary>
    /// <param name="unit">As in <see cref="CountAsync"/>; null for all: then below the heads of the tree.</param>
    public async Task<IReadOnlyList<DuePart>> ByPartAsync(DueKind kind, string? unit, DateOnly day, CancellationToken cancel)
    {
        await using var snapshot = await OpenAsync(kind.IsOfProgram, day, cancel);
        return
        [
            .. await snapshot.QueryAsync<DuePart>($"""
                with waiting as (
                    select * from ({kind.Sql}) as waiting where {Under}
                )
                select part.code as Unit, part.name as Name, count(*)::integer as Count
                from waiting
                left join lateral (
                    select below.code::text, below.name
                    from org_closure as tie
                    join org_version as below on below.code = tie.ancestor and below.valid_from < tie.valid_to and coalesce(below.valid_to, 'infinity') > tie.valid_from
                    where tie.descendant = waiting.unit and tie.valid_from <= @day and below.valid_from <= @day
                        and case when @unit = '*' then exists (select from org_version as head where head.code = below.parent and head.parent is null) else below.parent = @unit end
                    order by tie.valid_to desc, below.valid_from desc
                    limit 1) as part on true
                group by part.code, part.name
                order by part.code is null, count(*) desc, part.code
                """, Asked(unit, day), cancel),
        ];
    }

    /// <summary>A year of days: who left within it is still the unit's to place.</summary>
    public static Period Window(DateOnly day) => new(day.AddYears(-1), day);

    private const string Under = "(@unit = '*' or unit is not null and stands_under(unit, @unit, '0001-01-01', @day))";

    private object Asked(string? unit, DateOnly day, int skip = 0) => new { unit = unit ?? viewer.Unit ?? "*", viewed = viewer.Unit, day, from = Window(day).From, skip };

    private Task<Snapshot> OpenAsync(bool isOfProgram, DateOnly day, CancellationToken cancel) =>
        isOfProgram ? Snapshot.TakeAsync(source, cancel) : Snapshot.TakeAsync(source, viewer, Window(day), cancel);
}
