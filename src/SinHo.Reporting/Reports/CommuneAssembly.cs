using SinHo.Reporting.Catalog;
using SinHo.Reporting.Facts;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Words;

namespace SinHo.Reporting.Reports;

/// <summary>What is made of the communes of a unit.</summary>
/// <param name="Checks">What holds in every row, or does not.</param>
internal sealed record CommuneTable(FormTable Form, IReadOnlyList<Check> Checks)
{
    public IReadOnlyList<VillageSquares> Squares { get; init; } = [];

    public IReadOnlyList<VillageChange> Villages { get; init; } = [];

    /// <summary>The day of <see cref="VillageChange.Then"/>; null where none is asked for, or no term is known.</summary>
    public DateOnly? VillagesSince { get; init; }
}

/// <summary>The table of a form that has a row for each commune committee under the unit: what each column counts of it, as of a unit of its own, and their sum.</summary>
internal sealed class CommuneAssembly(
    Snapshot snapshot, Definitions definitions, ReportPlan plan, FormDefinition form, ReportUnit unit, IReadOnlyDictionary<string, int> settings, FigureMaker figures, DateOnly? mapDay, CancellationToken cancel)
{
    private const string Total = "total";

    /// <summary>The table, whether what must hold of its columns holds in every row, and the villages one by one.</summary>
    public async Task<CommuneTable> AssembleAsync()
    {
        var communes = (await snapshot.QueryAsync<(string Code, string Name)>($"""
            {(mapDay is null ? "" : "with org_closure as materialized (select * from closure_on_map())")}
            select commune.code::text, commune.name
            from org_closure as scope
            join org_version as commune on commune.code = scope.descendant
                and commune.valid_from <= @day
                and still_holds(commune.valid_to, @day)
                and is_commune_committee(commune.level_role, commune.type)
            where scope.ancestor = @unit
                and scope.valid_from <= @day
                and scope.valid_to > @day
            order by commune.code
            """, new { unit = unit.Code, day = mapDay ?? plan.Period.To }, cancel)).ToList();
        var values = new Dictionary<(string Commune, string Column), decimal?>();
        foreach (var column in form.Columns.Where(column => column.IsCounted))
        {
            var counted = await CountAsync(column, [.. communes.Select(commune => commune.Code)]);
            foreach (var (code, _) in communes)
                values[(code, column.Code)] = counted(code);
            values[(Total, column.Code)] = plan.IsEmpty(column) ? null : communes.Sum(commune => values[(commune.Code, column.Code)] ?? 0);
        }
        foreach (var column in form.Columns.Where(column => column.Difference is not null))
        {
            foreach (var code in communes.Select(commune => commune.Code).Append(Total))
                values[(code, column.Code)] = values[(code, column.Difference!.Over)] - values[(code, column.Difference.Under)];
        }
        var rows = new List<FormRow>();
        foreach (var (index, (code, name)) in communes.Index())
            rows.Add(new(code, Vietnamese.Number(index + 1), name, RowLook.Main, 0, Printed: true, [.. form.Columns.Select(column => CellOf(values[(code, column.Code)], column, code))]));
        var sums = new List<FormCell>();
        foreach (var column in form.Columns)
            sums.Add(await SumAsync(values[(Total, column.Code)], column));
        rows.Add(new(Total, "", "Cộng", RowLook.Head, 0, Printed: true, sums));
        var (villages, since) = await VillagesAsync();
        return new(
            new([.. form.Columns.Select(column => new FormColumn(column.Code, plan.CaptionOf(column), column.Number, column.Decimals))], rows, [[.. rows.Select(row => row.Code)]]),
            [.. plan.Definition.Identities.Select(identity => Prove(identity, rows))])
        {
            Squares = Squares(villages),
            Villages = villages,
            VillagesSince = since,
        };
    }

    private static IReadOnlyList<VillageSquares> Squares(IEnumerable<VillageChange> villages) =>
    [
        .. villages.Where(village => village.Now is not null).GroupBy(village => village.Commune).Select(commune => new VillageSquares(commune.Key, [.. commune.Select(village => village.Now!)])),
    ];

    /// <summary>Every village of the unit on the last day, and on the first of the term where the form asks for that day, by commune.</summary>
    private async Task<(IReadOnlyList<VillageChange> Villages, DateOnly? Since)> VillagesAsync()
    {
        var now = await VillagesOnAsync(plan.Period);
        var start = form.Columns.FirstOrDefault(column => column.Period == ColumnPeriod.TermStart && !plan.IsEmpty(column));
        var then = start is null ? [] : await VillagesOnAsync(plan.PeriodOf(start));
        return (
        [
            .. now.Keys.Union(then.Keys).Select(code => (Now: now.GetValueOrDefault(code), Then: then.GetValueOrDefault(code)))
                .Select(one => new VillageChange(one.Now.Commune ?? one.Then.Commune ?? "", one.Then.Village, one.Now.Village))
                .OrderBy(village => village.Code, StringComparer.Ordinal).GroupBy(village => village.Commune).SelectMany(commune => commune),
        ], start is null ? null : plan.PeriodOf(start).To);
    }

    /// <summary>As the figures on villages count them on the last day of a period.</summary>
    private async Task<Dictionary<string, (VillageSquare Village, string Commune)>> VillagesOnAsync(Period period)
    {
        using var villages = await RowsAsync("villages", period, ["name", "commune_name", "resident_count"]);
        var (risk, own, joint) = (await CodesAsync("villages_at_risk", period), await CodesAsync("villages_own_branch", period), await CodesAsync("villages_joint_branch", period));
        return villages.Rows().Select(row => (Code: (string)row[0]!, Name: (string)row[1]!, Commune: row[2] as string ?? "", Members: (int)row[3]!)).ToDictionary(
            village => village.Code,
            village => (new VillageSquare(
                village.Code, village.Name, village.Members,
                own.Contains(village.Code) ? VillageBranch.Own : joint.Contains(village.Code) ? VillageBranch.Joint : VillageBranch.None, risk.Contains(village.Code)), village.Commune),
            StringComparer.Ordinal);
    }

    private async Task<HashSet<string>> CodesAsync(string figure, Period period)
    {
        using var rows = await RowsAsync(figure, period, ["name"]);
        return rows.Rows().Select(row => (string)row[0]!).ToHashSet(StringComparer.Ordinal);
    }

    private async Task<Evidence> RowsAsync(string figure, Period period, IReadOnlyList<string> columns) => (await snapshot.ListAsync(
        definitions[figure].Set, Measure.Of(figure), unit.Code, [], branches: false, new(period, settings), ListView.Whole with { Columns = columns }, null, cancel)).Rows;

    /// <summary>What the column counts of each commune: nothing of days on which it was not there.</summary>
    private async Task<Func<string, decimal?>> CountAsync(FormColumnDefinition column, string[] codes)
    {
        if (plan.IsEmpty(column))
            return _ => null;
        var measure = new Measure(column.Figure!, column.Where);
        var period = plan.PeriodOf(column);
        var counted = await snapshot.CountAsync(definitions[measure.Figure].Set, [measure], codes, new(period, settings), cancel);
        var there = mapDay is not null ? codes.ToHashSet(StringComparer.Ordinal) : (await snapshot.QueryAsync<string>(
            "select code::text from org_version where code = any (@codes) and valid_from <= @day and still_holds(valid_to, @day)", new { codes, day = period.To }, cancel)).ToHashSet(StringComparer.Ordinal);
        return code => there.Contains(code) ? counted.GetValueOrDefault((code, measure)) : null;
    }

    private FormCell CellOf(decimal? value, FormColumnDefinition column, string commune) => value is null
        ? new(CellKind.Blank, null, null)
        : new(CellKind.Computed, value, null) { Elsewhere = column.IsCounted ? new(column.Figure!, commune, plan.PeriodOf(column)) : null };

    /// <summary>Villages lie in one commune each, so that those of the unit are the sum and open with it; a branch or a person may be of none, or of two.</summary>
    private async Task<FormCell> SumAsync(decimal? value, FormColumnDefinition column)
    {
        if (value is null)
            return new(CellKind.Blank, null, null);
        if (!column.IsCounted || definitions[column.Figure!].Set.Name != "villages")
            return new(CellKind.Computed, value, null);
        var figure = await figures.MakeAsync(Address.Of(new(column.Figure!, column.Where), plan.PeriodOf(column)), $"{Total}.{column.Code}", plan.CaptionOf(column), 0, plan.PeriodOf(column));
        return figure.Value == value ? new(CellKind.Counted, figure.Value, figure) { Elsewhere = new(column.Figure!, unit.Code, plan.PeriodOf(column)) } : new(CellKind.Computed, value, null);
    }

    /// <summary>A statement on columns, proved in every row that has them all.</summary>
    private Check Prove(Identity identity, List<FormRow> rows)
    {
        var places = form.Columns.Select(column => column.Code).ToList();
        decimal? Sum(IReadOnlyList<Term> terms, FormRow row) => terms.Aggregate((decimal?)0, (sum, term) => sum + (term.Sign * row.Cells[places.IndexOf(term.Column!)].Value));
        var proved = rows.Select(row => (Row: row, Left: Sum(identity.Left, row), Right: Sum(identity.Right, row))).Where(one => one.Left is not null && one.Right is not null).ToList();
        var broken = proved.Where(one => identity.IsEquality ? one.Left != one.Right : one.Left > one.Right).ToList();
        return new(identity.Code, identity.Says, broken.Count == 0, broken.Count == 0
            ? $"đúng ở {Vietnamese.Number(proved.Count)} dòng"
            : string.Join("; ", broken.Select(one => $"{one.Row.Caption}: {Vietnamese.Number((long)one.Left!)} ≠ {Vietnamese.Number((long)one.Right!)}")), proved.Count);
    }
}
