using SinHo.Reporting.Access;
using SinHo.Reporting.Catalog;
using SinHo.Reporting.Facts;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Register;

namespace SinHo.Reporting.Reports;

/// <summary>A plan that was given: a row of Chỉ tiêu.</summary>
public sealed record Target(int Number, string? Document);

/// <summary>A unit with its plans of a period.</summary>
/// <param name="IsOver">It was there in the period, and no more on its last day.</param>
/// <param name="Targets">By item.</param>
/// <param name="Members">On the roll on <see cref="TargetSheet.CountedOn"/>.</param>
/// <param name="Villages">Of that day; of a branch, those that it serves.</param>
public sealed record TargetUnit(string Code, string Name, bool IsOver, IReadOnlyDictionary<string, Target> Targets, int Members, int Villages);

/// <summary>What a plan is measured by.</summary>
public sealed record TargetMeasure(string Item, string Figure);

/// <summary>The plans of a unit and of its parts, on one grid. Source: docs/spec/figures.md, Figures of the board's year; sheet Chỉ tiêu.</summary>
/// <param name="Period">The period as the sheet names it: a year, or the name of a term.</param>
/// <param name="CountedOn">The day on which members and villages are counted: the last of the period, or today where that is to come.</param>
public sealed record TargetSheet(string Period, TargetUnit Unit, IReadOnlyList<TargetUnit> Parts, DateOnly CountedOn)
{
    private const string Members = "members";
    private const string Villages = "villages";

    /// <summary>In the order of the vocabulary.</summary>
    public static readonly IReadOnlyList<TargetMeasure> Measures =
        [.. Vocabulary.PlanItem.Values.Zip(["admissions", "recognised", "founded_branches", "villages_with_branch"], (item, figure) => new TargetMeasure(item, figure))];

    /// <param name="period">A year or a term.</param>
    /// <exception cref="UnknownNameException">No such unit for this viewer, or it did not hold on the last day.</exception>
    public static async Task<TargetSheet> AskAsync(StatisticsSource source, Definitions definitions, Viewer viewer, string code, Period period, DateOnly today, CancellationToken cancel)
    {
        var (last, day) = (period.To, period.To < today ? period.To : today);
        await using var snapshot = await Snapshot.TakeAsync(source, viewer, new(day, last), cancel);
        var unit = await new Units(snapshot, new(last, last), cancel).FindAsync(code);
        var (roles, named) = (Reports.Parts.RolesOf(unit.Role).ToArray(), await NameOfAsync(snapshot, period, cancel));
        var rows = await snapshot.QueryAsync<(string Code, string Name, bool IsOver)>("""
            select distinct on (version.code) version.code::text, version.name, coalesce(version.valid_to <= @last, false) or scope.valid_to <= @last
            from org_closure as scope
            join org_version as version on version.code = scope.descendant
                and version.level_role = any (@roles)
                and version.valid_from <= @last
                and version.valid_from < scope.valid_to
                and scope.valid_from < coalesce(version.valid_to, 'infinity')
            where scope.ancestor = @code
                and scope.descendant <> @code
                and scope.valid_from <= @last
                and (still_holds(version.valid_to, @last) and scope.valid_to > @last
                    -- What is no more keeps the plan that it was given.
                    or coalesce(version.valid_to, 'infinity') > @from and scope.valid_to > @from
                        and exists (select from plan where plan.org = version.code and plan.period = @named)
                        and not exists (select from org_version as still where still.code = version.code and still.valid_from <= @last and still_holds(still.valid_to, @last)))
            order by version.code, version.valid_from desc, scope.valid_from desc
            """, new { code, roles, named, from = period.From, last }, cancel);
        var parts = rows.ToList();
        var plans = (await snapshot.QueryAsync<(string Org, string Item, int Number, string? Document)>(
            "select org::text, item::text, number, document from plan where period = @named and org = any (@codes)",
            new { named, codes = parts.Select(part => part.Code).Append(code).ToArray() }, cancel)).ToLookup(plan => plan.Org, StringComparer.Ordinal);
        var (members, villages) = (Address.Of(Measure.Of(Members), new(day, day)), Address.Of(Measure.Of(Villages), new(day, day)));
        var served = Reports.Parts.AreBranches(unit.Role) ? await ServedAsync(snapshot, [.. parts.Select(part => part.Code)], day, cancel) : null;
        var settings = (await snapshot.SettingsAsync(cancel)).ToDictionary(setting => setting.Code, setting => setting.Value);
        var answers = await Answers.CollectAsync(snapshot, definitions, [members, villages], code, roles, settings, null, cancel);
        return new(named, Of(code, unit.Name, false, (int)answers[members], (int)answers[villages]),
            [.. parts.Select(part => Of(part.Code, part.Name, part.IsOver, (int)answers.Of(part.Code, members), served is null ? (int)answers.Of(part.Code, villages) : served.GetValueOrDefault(part.Code)))], day);

        TargetUnit Of(string org, string name, bool isOver, int roll, int places) =>
            new(org, name, isOver, plans[org].ToDictionary(plan => plan.Item, plan => new Target(plan.Number, plan.Document), StringComparer.Ordinal), roll, places);
    }

    /// <summary>Villages lie in communes; a branch has those that it serves.</summary>
    private static async Task<IReadOnlyDictionary<string, int>> ServedAsync(Snapshot snapshot, string[] branches, DateOnly day, CancellationToken cancel) =>
        (await snapshot.QueryAsync<(string Branch, int Villages)>("""
            select service.branch::text, count(distinct village.code)::integer
            from service
            join village on village.code = service.village and village.valid_from <= @day and still_holds(village.valid_to, @day)
            where service.branch = any (@branches) and service.valid_from <= @day and still_holds(service.valid_to, @day)
            group by service.branch
            """, new { branches, day }, cancel)).ToDictionary(one => one.Branch, one => one.Villages, StringComparer.Ordinal);

    /// <summary>The period as the sheet names it.</summary>
    private static async Task<string> NameOfAsync(Snapshot snapshot, Period period, CancellationToken cancel) => (await snapshot.QueryAsync<string>(
        "select coalesce((select name from term where valid_from = @from and valid_until = @to order by name limit 1), extract(year from @to::date)::text)",
        new { from = period.From, to = period.To }, cancel)).Single();
}

/// <summary>What of a plan is done up to a day.</summary>
/// <param name="Done">By figure, of each unit of the grid by its code.</param>
/// <param name="Elsewhere">By figure, what stood in none of the parts of the grid.</param>
public sealed record TargetProgress(Period Period, IReadOnlyDictionary<(string Unit, string Figure), int> Done, IReadOnlyDictionary<string, int> Elsewhere)
{
    /// <summary>Who could fill what is missing of the admissions.</summary>
    public const string Sources = "source_people";

    /// <param name="period">From the first day of the plan's to the day asked about.</param>
    public static async Task<TargetProgress> AskAsync(StatisticsSource source, Definitions definitions, Viewer viewer, TargetSheet sheet, Period period, CancellationToken cancel)
    {
        await using var snapshot = await Snapshot.TakeAsync(source, viewer, period, cancel);
        var unit = await new Units(snapshot, period, cancel).FindAsync(sheet.Unit.Code);
        var settings = (await snapshot.SettingsAsync(cancel)).ToDictionary(setting => setting.Code, setting => setting.Value);
        var asked = TargetSheet.Measures.Select(measure => measure.Figure).Append(Sources).Select(figure => Address.Of(Measure.Of(figure), period)).ToList();
        var answers = await Answers.CollectAsync(snapshot, definitions, asked, unit.Code, [.. Reports.Parts.RolesOf(unit.Role)], settings, null, cancel);
        var parts = sheet.Parts.Select(part => new Part(part.Code, part.Name)).ToList();
        return new(
            period,
            asked.SelectMany(address => sheet.Parts.Select(part => (part.Code, Value: answers.Of(part.Code, address))).Append((unit.Code, Value: answers[address]))
                .Select(one => (Key: (one.Code, address.Measure.Figure), one.Value))).ToDictionary(one => one.Key, one => (int)one.Value),
            asked.ToDictionary(address => address.Measure.Figure, address => (int)answers.Outside(parts, address), StringComparer.Ordinal));
    }
}
