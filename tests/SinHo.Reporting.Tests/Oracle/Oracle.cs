namespace SinHo.Reporting.Tests;

/// <summary>
/// The second calculation of every figure, straight from docs/spec/figures.md and docs/spec/forms.md. It knows nothing of the SQL:
/// where the two agree on registers nobody looked at, both are likely right.
/// </summary>
public static class Oracle
{
    /// <summary>All figures of docs/spec/figures.md, movement lines included, by code.</summary>
    /// <param name="from">First day of the period.</param>
    /// <param name="to">Last day of the period, included.</param>
    /// <param name="map">Null: on the map of each day.</param>
    public static IReadOnlyDictionary<string, CountedFigure> Figures(
        RegisterModel register, string unit, DateOnly from, DateOnly to, int fewMemberMax, TodaysMap? map = null)
    {
        var view = new UnitView(register, unit, map);
        from = Begins(register, unit, from, map);
        var all = new StockFigures(register, view, to, fewMemberMax).All()
            .Concat(new FlowFigures(register, view, from, to, fewMemberMax).All())
            .Concat(new MovementFigures(register, view, from, to).All());
        return all.ToDictionary(figure => figure.Code, figure => CountedFigure.Of(figure.Evidence));
    }

    /// <summary>One official form: form-1, form-2, form-2b, form-3, form-4 or form-5, its rows in the order of docs/spec/forms.md.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No such form.</exception>
    public static IReadOnlyList<FormRow> Form(string name, RegisterModel register, string unit, DateOnly from, DateOnly to, TodaysMap? map = null) =>
        new OfficialForms(register, unit, map).Rows(name, Begins(register, unit, from, map), to);

    /// <summary>The first day of the period on which the unit is there: on the map of each day a younger unit is reported from its first day.</summary>
    public static DateOnly Begins(RegisterModel register, string unit, DateOnly from, TodaysMap? map) => map is not null || register.OrgOn(unit, from) is not null ? from
        : register.LifeOf(unit).Select(version => version.From).Where(began => began > from).DefaultIfEmpty(from).Min();

    /// <summary>What each organisation of that time gave to a unit of today's map: rows "figure unit value", in order.</summary>
    public static IEnumerable<string> Bridge(RegisterModel register, string unit, DateOnly from, DateOnly to, TodaysMap map)
    {
        var view = new UnitView(register, unit, map);
        IEnumerable<(string Branch, DateOnly Day)> On(DateOnly day) => register.Memberships.Where(one => one.HoldsOn(day) && view.Contains(one.Branch, day)).Select(one => (one.Branch, day));
        var rows = On(from.AddDays(-1)).Select(row => ("opening", row))
            .Concat(view.AdmissionsIn(from, to).Select(one => ("admissions", (one.Branch, one.Date))))
            .Concat(On(to).Select(row => ("members", row)));
        return rows.GroupBy(row => (Figure: row.Item1, Unit: register.GrassrootsOf(row.Item2.Item1, row.Item2.Item2)?.Code))
            .Select(group => $"{group.Key.Figure} {group.Key.Unit} {group.Count()}").Order(StringComparer.Ordinal);
    }
}

/// <param name="Evidence">Code of each thing counted, sorted by code points; a code stands as often as it was counted.</param>
public sealed record CountedFigure(int Value, IReadOnlyList<string> Evidence)
{
    public static CountedFigure Of(IEnumerable<string> evidence)
    {
        string[] rows = [.. evidence.Order(StringComparer.Ordinal)];
        return new(rows.Length, rows);
    }
}

/// <param name="Values">By column; null where the form stays blank.</param>
public sealed record FormRow(string Code, IReadOnlyDictionary<string, decimal?> Values);
