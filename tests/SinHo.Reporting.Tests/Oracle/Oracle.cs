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
    public static IReadOnlyDictionary<string, CountedFigure> Figures(
        RegisterModel register, string unit, DateOnly from, DateOnly to, int fewMemberMax)
    {
        var view = new UnitView(register, unit);
        var all = new StockFigures(register, view, to, fewMemberMax).All()
            .Concat(new FlowFigures(register, view, from, to, fewMemberMax).All())
            .Concat(new MovementFigures(register, view, from, to).All());
        return all.ToDictionary(figure => figure.Code, figure => CountedFigure.Of(figure.Evidence));
    }

    /// <summary>One official form: form-1, form-2, form-2b, form-3, form-4 or form-5, its rows in the order of docs/spec/forms.md.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No such form.</exception>
    public static IReadOnlyList<FormRow> Form(string name, RegisterModel register, string unit, DateOnly from, DateOnly to) =>
        new OfficialForms(register, unit).Rows(name, from, to);
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
