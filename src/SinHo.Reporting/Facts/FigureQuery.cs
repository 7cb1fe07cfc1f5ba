using SinHo.Reporting.Catalog;
using SinHo.Reporting.Figures;

namespace SinHo.Reporting.Facts;

/// <summary>
/// The two wrappers around the query of an indicator set: how many rows, and which. Both start from the same text, so they cannot disagree.
/// Names come from the checked catalog; values are always parameters.
/// </summary>
public static class FigureQuery
{
    /// <summary>
    /// One row per unit that has any row: the unit and the value of every figure of the set. The text is not materialised,
    /// so that PostgreSQL can leave out the columns, and their joins, that only a reader needs.
    /// </summary>
    public static string Counts(IndicatorSet set) => $"""
        with facts as (
        {set.Sql}
        )
        select unit, {string.Join(", ", set.Indicators.Select(Count))}
        from facts
        group by unit
        """;

    /// <summary>The rows that a figure counts, people by given name as Vietnamese sorts them.</summary>
    public static string Evidence(IndicatorSet set, Indicator indicator)
    {
        var columns = indicator.Evidence.Select(key => set.Columns[key]).ToList();
        var names = string.Join(", ", columns.Select(column => column.Key));
        var rows = indicator.Distinct.Count == 0
            ? $"select {names} from facts where {indicator.Flag}"
            : $"select distinct on ({string.Join(", ", indicator.Distinct)}) {names} from facts where {indicator.Flag} order by {string.Join(", ", indicator.Distinct.Concat(indicator.Evidence).Distinct())}";
        return $"""
            with facts as (
            {set.Sql}
            )
            select {names}
            from ({rows}) as counted
            order by {string.Join(", ", Order(columns))}
            """;
    }

    private static string Count(Indicator indicator) => indicator.Distinct.Count == 0
        ? $"count(*) filter (where {indicator.Flag})::integer as {indicator.Code}"
        : $"count(distinct ({string.Join(", ", indicator.Distinct)})) filter (where {indicator.Flag})::integer as {indicator.Code}";

    private static IEnumerable<string> Order(IReadOnlyList<EvidenceColumn> columns)
    {
        if (columns.Any(column => column.Key == "name"))
        {
            if (columns.Any(column => column.Key == "born"))
                yield return "given_name(name) collate \"vi-x-icu\"";
            yield return "name collate \"vi-x-icu\"";
        }
        foreach (var column in columns.Where(column => column.Key != "name"))
            yield return column.Key;
    }
}
