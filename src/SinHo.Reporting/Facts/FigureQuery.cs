using System.Globalization;
using SinHo.Reporting.Catalog;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Words;

namespace SinHo.Reporting.Facts;

/// <summary>
/// The two wrappers around the query of an indicator set: how many rows, and which. Both start from the same text and take the same
/// conditions, so they cannot disagree. Names come from the checked catalog; values are always parameters.
/// </summary>
/// <param name="set">The set that is asked.</param>
public sealed class FigureQuery(IndicatorSet set)
{
    private readonly Dictionary<string, object> parameters = new(StringComparer.Ordinal);

    /// <summary>Values of the conditions by the name under which the text asks for them.</summary>
    public IReadOnlyDictionary<string, object> Parameters => parameters;

    /// <summary>
    /// One row per unit that has any row: the unit and the value of each measure. The text is not materialised, so that PostgreSQL can
    /// leave out the columns, and their joins, that only a reader needs. Columns that many conditions ask for are worked out once per row.
    /// </summary>
    public string Counts(IReadOnlyList<Measure> measures)
    {
        var needed = measures.SelectMany(measure => measure.Where.Tests.Select(test => test.Column).Append(measure.Sum)).OfType<string>()
            .Concat(measures.SelectMany(measure => Of(measure).Distinct.Append(Of(measure).Flag))).Distinct().ToList();
        var from = measures.Any(measure => measure.Where.Tests.Count > 0) ? $"(select unit, {string.Join(", ", needed)} from facts offset 0) as needed" : "facts";
        return $"""
            with facts as (
            {set.Sql}
            )
            select unit, {string.Join(", ", measures.Select(Count))}
            from {from}
            group by unit
            """;
    }

    /// <summary>The rows that a measure counts, people by given name as Vietnamese sorts them.</summary>
    public string Evidence(Measure measure)
    {
        var indicator = Of(measure);
        var columns = Columns(set, measure);
        var names = string.Join(", ", columns.Select(column => column.Key));
        var rows = indicator.Distinct.Count == 0
            ? $"select {names} from facts where {Holds(measure)}"
            : $"select distinct on ({string.Join(", ", indicator.Distinct)}) {names} from facts where {Holds(measure)} order by {string.Join(", ", indicator.Distinct.Concat(columns.Select(column => column.Key)).Distinct())}";
        return $"""
            with facts as (
            {set.Sql}
            )
            select {names}
            from ({rows}) as counted
            order by {string.Join(", ", Order(columns))}
            """;
    }

    /// <summary>Some rows of <see cref="Evidence"/>, filtered and in the order asked; behind their columns the number of rows that pass, and a place.</summary>
    public string Page(Measure measure, ListView view)
    {
        var columns = Columns(set, measure).ToList();
        var names = string.Join(", ", columns.Select(column => column.Key));
        var text = string.Join(", ", columns.Where(column => column.Kind == EvidenceKind.Text).Select(column => column.Key));
        var sorted = columns.Find(column => column.Key == view.Sort);
        var order = sorted is null ? "place" : $"{string.Join(", ", SortKeys(sorted, columns).Select(key => $"{key} {(view.Descending ? "desc" : "asc")} nulls last"))}, place";
        return $"""
            with listed as (
                select {names}, row_number() over () as place
                from (
            {Evidence(measure)}
                ) as evidence
            ),
            passed as (
                select *
                from listed
                where cardinality(@words::text[]) = 0 or bare_name(concat_ws(' ', {text})) like all (@words)
            ),
            page as (
                select * from passed order by {order} offset @skip limit @most
            )
            select {string.Join(", ", columns.Select(column => $"page.{column.Key}"))}, (select count(*)::integer from passed), place
            from (select) as always
            left join page on true
            order by {order}
            """;
    }

    /// <summary>Patterns of the words typed, without marks.</summary>
    public static string[] Patterns(string? filter) => (filter ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .Select(word => $"%{Matching.Bare(word).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal)}%").ToArray();

    private static IEnumerable<string> SortKeys(EvidenceColumn sorted, IReadOnlyList<EvidenceColumn> columns) => sorted.Kind != EvidenceKind.Text
        ? [sorted.Key]
        : sorted.Key == "name" && columns.Any(column => column.Key == "born")
            ? ["given_name(name) collate \"vi-x-icu\"", "name collate \"vi-x-icu\""]
            : [$"{sorted.Key} collate \"vi-x-icu\""];

    /// <summary>Columns of the rows: those of the figure, then those by which they were chosen.</summary>
    public static IReadOnlyList<EvidenceColumn> Columns(IndicatorSet set, Measure measure) =>
    [
        .. set.Indicators.Single(indicator => indicator.Code == measure.Figure).Evidence
            .Concat(measure.Where.Tests.Select(test => test.Column)).Distinct()
            .Select(key => set.Columns[key]),
    ];

    private Indicator Of(Measure measure) => set.Indicators.Single(indicator => indicator.Code == measure.Figure);

    private string Count(Measure measure, int index)
    {
        var indicator = Of(measure);
        var value = measure.Sum is { } column ? $"coalesce(sum({column}) filter (where {Holds(measure)}), 0)"
            : indicator.Distinct.Count == 0 ? $"count(*) filter (where {Holds(measure)})"
            : $"count(distinct ({string.Join(", ", indicator.Distinct)})) filter (where {Holds(measure)})";
        return string.Create(CultureInfo.InvariantCulture, $"{value}::bigint as m{index}");
    }

    private string Holds(Measure measure) => string.Join(" and ", measure.Where.Tests.Select(Holds).Prepend(Of(measure).Flag));

    private string Holds(Test test)
    {
        var column = set.Columns[test.Column];
        return test.Kind switch
        {
            TestKind.OneOf => $"{test.Column} = any (@{Parameter(Words(test, column.Kind))})",
            TestKind.NoneOf => $"{test.Column} <> all (@{Parameter(Words(test, column.Kind))})",
            TestKind.Missing => $"{test.Column} is null",
            TestKind.Present => $"{test.Column} is not null",
            _ => string.Join(" and ", new[] { End(test.Column, ">=", test.Least), End(test.Column, "<=", test.Most) }.OfType<string>()),
        };
    }

    private string? End(string column, string sign, object? value) => value is null ? null : $"{column} {sign} @{Parameter(value)}";

    private static object Words(Test test, EvidenceKind kind) => kind == EvidenceKind.Number
        ? test.Words.Select(word => int.Parse(word, CultureInfo.InvariantCulture)).ToArray()
        : test.Words.ToArray();

    private string Parameter(object value)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"where_{parameters.Count}");
        parameters.Add(name, value);
        return name;
    }

    private static IEnumerable<string> Order(IReadOnlyList<EvidenceColumn> columns) =>
        columns.Where(column => column.Key == "name").SelectMany(name => SortKeys(name, columns))
            .Concat(columns.Where(column => column.Key != "name").Select(column => column.Key));
}
