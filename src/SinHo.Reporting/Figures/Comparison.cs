using System.Globalization;

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
        if (then is null)
            return new(now.Code, now.Caption, now.CountedIn, now.Value, null, [], []);
        var (gained, lost) = Apart(Rows(now.Evidence.Columns, now.Evidence.Rows()), Rows(then.Evidence.Columns, then.Evidence.Rows()));
        return new(now.Code, now.Caption, now.CountedIn, now.Value, then.Value, gained, lost);
    }

    /// <summary>Both as multisets of keys: as often as a key is on both sides it is neither gained nor lost. By key.</summary>
    public static (IReadOnlyList<ComparedRow> Gained, IReadOnlyList<ComparedRow> Lost) Apart(IEnumerable<ComparedRow> now, IEnumerable<ComparedRow> then)
    {
        var left = then.GroupBy(row => row.Key, StringComparer.Ordinal).ToDictionary(same => same.Key, same => new Queue<ComparedRow>(same), StringComparer.Ordinal);
        var gained = now.Where(row => !(left.TryGetValue(row.Key, out var same) && same.TryDequeue(out _))).OrderBy(row => row.Key, StringComparer.Ordinal).ToList();
        return (gained, [.. left.Values.SelectMany(rest => rest).OrderBy(row => row.Key, StringComparer.Ordinal)]);
    }

    /// <summary>Rows of evidence by the code of what they count.</summary>
    public static IEnumerable<ComparedRow> Rows(IReadOnlyList<EvidenceColumn> columns, IEnumerable<object?[]> rows)
    {
        var name = columns.ToList().FindIndex(column => column.Key == "name");
        return rows.Select(row => new ComparedRow(Convert.ToString(row[0], CultureInfo.InvariantCulture)!, name < 0 ? null : row[name] as string));
    }
}
