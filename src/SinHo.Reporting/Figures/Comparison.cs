namespace SinHo.Reporting.Figures;

/// <summary>One of what a figure counts.</summary>
/// <param name="Key">The code of the thing counted.</param>
/// <param name="Name">Null where the rows have no name.</param>
public sealed record ComparedRow(string Key, string? Name);

/// <summary>A number of two periods, and whom it has gained and lost between them. Then + In - Out = Now.</summary>
/// <param name="Then">Null where the earlier report has no such number.</param>
/// <param name="In">Counted now and not then, as often as that; by key.</param>
/// <param name="Out">Counted then and not now.</param>
public sealed record ComparedFigure(string Code, string Caption, string CountedIn, int Now, int? Then, IReadOnlyList<ComparedRow> In, IReadOnlyList<ComparedRow> Out);

/// <summary>Two reports of one unit side by side, figure by figure.</summary>
public static class Comparison
{
    /// <param name="now">With its evidence, as the other.</param>
    public static IReadOnlyList<ComparedFigure> Of(Report now, Report then)
    {
        var former = then.Figures.GroupBy(figure => figure.Code).ToDictionary(figures => figures.Key, figures => figures.First(), StringComparer.Ordinal);
        return [.. now.Figures.DistinctBy(figure => figure.Code).Select(figure => Compare(figure, former.GetValueOrDefault(figure.Code)))];
    }

    private static ComparedFigure Compare(Figure now, Figure? then)
    {
        var (gained, lost) = (Rows(now), then is null ? [] : Rows(then));
        // As often as a key is on both sides it is neither gained nor lost.
        var both = lost.GroupBy(row => row.Key).ToDictionary(rows => rows.Key, rows => Math.Min(rows.Count(), gained.Count(row => row.Key == rows.Key)), StringComparer.Ordinal);
        return new(now.Code, now.Caption, now.CountedIn, now.Value, then?.Value, then is null ? [] : Without(gained, both), Without(lost, both));
    }

    private static List<ComparedRow> Without(List<ComparedRow> rows, Dictionary<string, int> both)
    {
        var left = new Dictionary<string, int>(both, StringComparer.Ordinal);
        return [.. rows.Where(row => !left.TryGetValue(row.Key, out var taken) || taken == 0 || --left[row.Key] < 0).OrderBy(row => row.Key, StringComparer.Ordinal)];
    }

    private static List<ComparedRow> Rows(Figure figure)
    {
        var name = figure.Evidence.Columns.ToList().FindIndex(column => column.Key == "name");
        return [.. figure.Evidence.Rows().Select(row => new ComparedRow((string)row[0]!, name < 0 ? null : row[name] as string))];
    }
}
