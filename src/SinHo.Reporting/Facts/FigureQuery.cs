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
/// <param name="onMap">Units go by the map that is open in the transaction, not by those of each day.</param>
public sealed class FigureQuery(IndicatorSet set, bool onMap = false)
{
    /// <summary>On a map the queries of figures find other rows under the names of the tables that say what is under what.</summary>
    private string Units => onMap ? "org_closure as materialized (select * from closure_on_map()), village as materialized (select * from villages_on_map()), " : "";

    /// <summary>The columns of every set that say under which organisation a row stands, and on which day it is counted.</summary>
    public const string Place = "place";

    /// <inheritdoc cref="Place"/>
    public const string Day = "placed_on";

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
            with {Units}facts as (
            {set.Sql}
            )
            select unit, {string.Join(", ", measures.Select(Count))}
            from {from}
            group by unit
            """;
    }

    /// <summary>
    /// The same of one unit, and of each of its parts: a row belongs to the part that stood at or above its place on the day counted. One row
    /// without a part for the unit, one per part, and one for what stood in none; behind the part whether the row is the unit's own.
    /// </summary>
    public string CountsByPart(IReadOnlyList<Measure> measures)
    {
        var needed = measures.SelectMany(measure => measure.Where.Tests.Select(test => test.Column).Append(measure.Sum)).OfType<string>()
            .Concat(measures.SelectMany(measure => Of(measure).Distinct.Append(Of(measure).Flag))).Distinct().Except([Place, Day]).ToList();
        return $"""
            with {Units}facts as (
            {set.Sql}
            ),
            standing as materialized (
            {PartsStanding}
            ),
            needed as (
                select {string.Join(", ", needed.Select(column => $"facts.{column}"))}, standing.code as part
                from (select {string.Join(", ", needed.Concat([Place, Day]))} from facts offset 0) as facts
                left join standing on {Stood("facts")}
            )
            select coalesce(part, ''), grouping(part) = 1, {string.Join(", ", measures.Select(Count))}
            from needed
            group by grouping sets ((), (part))
            """;
    }

    /// <summary>
    /// The rows that a measure counts, by the code of the grassroots organisation in which each stood on the day counted (and where the set says so of its
    /// branch), then people by given name as Vietnamese sorts them.
    /// </summary>
    /// <param name="parts">Whether the last column is the code of the part, where parts are no grassroots organisations.</param>
    /// <param name="chosen">Keys of the columns of the set to be listed, behind the code of the thing counted; null for those of the figure.</param>
    public string Evidence(Measure measure, bool parts = false, IReadOnlyList<string>? chosen = null)
    {
        var indicator = Of(measure);
        var columns = Columns(set, measure, parts, chosen);
        var own = Own(columns);
        var kept = string.Join(", ", own.Select(column => column.Key).Concat([Place, Day]).Distinct());
        return Placed(columns, parts, indicator.Distinct.Count == 0
            ? $"select {kept} from facts where {Holds(measure)}"
            : $"select distinct on ({string.Join(", ", indicator.Distinct)}) {kept} from facts where {Holds(measure)} order by {string.Join(", ", indicator.Distinct.Concat(own.Select(column => column.Key)).Concat([Day, Place]).Distinct())}");
    }

    /// <summary>
    /// The rows that any of the measures counts, in the same order; behind the columns the places, from 0, of the measures that count each. A row is counted
    /// by the very conditions by which <see cref="Evidence"/> finds it: one pass instead of a query for each list.
    /// </summary>
    /// <param name="measures">Of figures that list the same columns and count rows, no distinct things.</param>
    /// <param name="columns">As <see cref="Columns(IndicatorSet, IReadOnlyList{Measure}, bool)"/> gives them.</param>
    public string Lists(IReadOnlyList<Measure> measures, IReadOnlyList<EvidenceColumn> columns, bool parts)
    {
        var kept = Own(columns).Select(column => column.Key).Concat([Place, Day]).Distinct().ToList();
        var needed = kept.Concat(measures.SelectMany(measure => measure.Where.Tests.Select(test => test.Column).Append(Of(measure).Flag))).Distinct();
        var marks = string.Join(", ", measures.Select((measure, index) => string.Create(CultureInfo.InvariantCulture, $"case when {Holds(measure)} then {index} end")));
        return Placed(columns, parts, $"""
            select {string.Join(", ", kept)}, {Marks}
            from (select {string.Join(", ", kept)}, array_remove(array[{marks}]::integer[], null) as {Marks} from (select {string.Join(", ", needed)} from facts offset 0) as needed offset 0) as marked
            where cardinality({Marks}) > 0
            """, $", {Marks}");
    }

    private const string Marks = "counted_by";

    private static List<EvidenceColumn> Own(IReadOnlyList<EvidenceColumn> columns) =>
        columns.Where(column => column.Key != EvidenceColumn.GrassrootsCode.Key && column.Key != EvidenceColumn.PartCode.Key).ToList();

    /// <summary>Rows of facts with the grassroots organisation, and the part, in which each stood on the day counted, in order.</summary>
    /// <param name="more">Further columns, each with a comma before it.</param>
    private string Placed(IReadOnlyList<EvidenceColumn> columns, bool parts, string rows, string more = "") => $"""
            with {Units}facts as (
            {set.Sql}
            ),
            grassroots as ({Grassroots}
            ){(parts ? $", standing as ({PartsStanding})" : "")}
            select {string.Join(", ", columns.Select(column => column.Key))}{more}
            from (
                select counted.*, grassroots.code as {EvidenceColumn.GrassrootsCode.Key}{(parts ? $", standing.code as {EvidenceColumn.PartCode.Key}" : "")}
                from ({rows}) as counted
                left join grassroots on {Stood("counted", "grassroots")}
                {(parts ? $"left join standing on {Stood("counted")}" : "")}
            ) as placed
            order by {EvidenceColumn.GrassrootsCode.Key}, {(set.ByBranch ? $"{Place}, " : "")}{string.Join(", ", Order(Own(columns)))}
            """;

    /// <summary>Which part of the unit stands at or above which organisation on which days; no part stands below another.</summary>
    private string PartsStanding => onMap ? """
                select below.descendant, version.code, below.valid_from, below.valid_to
                from org_closure as scope
                join org_version as version on version.code = scope.descendant
                    and version.level_role = any (@part_roles)
                    and version.valid_from <= map_day()
                    and still_holds(version.valid_to, map_day())
                join org_closure as below on below.ancestor = scope.descendant
                where scope.ancestor = any (@units)
                    and scope.descendant <> scope.ancestor
        """ : """
                select
                    below.descendant, version.code,
                    greatest(scope.valid_from, version.valid_from, below.valid_from) as valid_from,
                    least(scope.valid_to, coalesce(version.valid_to, 'infinity'), below.valid_to) as valid_to
                from org_closure as scope
                join org_version as version on version.code = scope.descendant
                    and version.level_role = any (@part_roles)
                join org_closure as below on below.ancestor = scope.descendant
                where scope.ancestor = any (@units)
                    and scope.descendant <> scope.ancestor
        """;

    /// <summary>Which grassroots organisation stood at or above which organisation on which days.</summary>
    private const string Grassroots = """

                select below.descendant, version.code, greatest(version.valid_from, below.valid_from) as valid_from, least(coalesce(version.valid_to, 'infinity'), below.valid_to) as valid_to
                from org_version as version
                join public.org_closure as below on below.ancestor = version.code
                where is_grassroots(version.level_role)
        """;

    /// <summary>How many rows that a measure counts stood in each grassroots organisation on the day counted.</summary>
    public string Bridge(Measure measure) => $"""
        with {Units}facts as (
        {set.Sql}
        ),
        grassroots as ({Grassroots}
        )
        select coalesce(grassroots.code::text, ''), count(*)
        from facts
        left join grassroots on {Stood("facts", "grassroots")}
        where {Holds(measure)}
        group by 1
        order by 1
        """;

    private static string Stood(string rows, string standing = "standing") =>
        $"{standing}.descendant = {rows}.{Place} and {standing}.valid_from <= {rows}.{Day} and {standing}.valid_to > {rows}.{Day}";

    /// <summary>Some rows of <see cref="Evidence"/>, filtered and in the order asked; behind their columns the number of rows that pass, and a place.</summary>
    /// <param name="parts">As of <see cref="Evidence"/>.</param>
    public string Page(Measure measure, ListView view, bool parts = false)
    {
        var columns = Columns(set, measure, parts, view.Columns).ToList();
        var names = string.Join(", ", columns.Select(column => column.Key));
        var text = string.Join(", ", columns.Where(column => column.Kind == EvidenceKind.Text).Select(column => column.Key));
        var sorted = columns.Find(column => column.Key == view.Sort);
        var order = sorted is null ? "place" : $"{string.Join(", ", SortKeys(sorted, columns).Select(key => $"{key} {(view.Descending ? "desc" : "asc")} nulls last"))}, place";
        return $"""
            with listed as (
                select {names}, row_number() over () as place
                from (
            {Evidence(measure, parts || view.Part is not null, view.Columns)}
                ) as evidence
                {(view.Part is null ? "" : $"where {EvidenceColumn.PartCode.Key} = @part")}
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

    /// <summary>
    /// Of each column of words, which values the rows of a measure have and how many have each; what was chosen of the column itself plays no part, what was
    /// chosen of others does. One row per column and value: column, value, rows.
    /// </summary>
    public string Values(Measure measure, Condition chosen, IReadOnlyList<string> columns)
    {
        var indicator = Of(measure);
        var needed = columns.Concat(measure.Where.And(chosen).Tests.Select(test => test.Column)).Concat(indicator.Distinct).Append(indicator.Flag).Distinct();
        var counted = indicator.Distinct.Count == 0 ? "count(*)" : $"count(distinct ({string.Join(", ", indicator.Distinct)}))";
        return $"""
            with {Units}facts as (
            {set.Sql}
            ),
            needed as materialized (
                select {string.Join(", ", needed)} from facts
            )
            {string.Join("\nunion all\n", columns.Select(column => $"select '{column}', {column}::text, {counted}::integer from needed where {Holds(measure with { Where = measure.Where.And(new(chosen.Tests.Where(test => test.Column != column))) })} group by {column}"))}
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

    /// <summary>Columns of the rows: those of the figure and those by which they were chosen, or those that a reader chose; then where each stood.</summary>
    /// <param name="chosen">As of <see cref="Evidence"/>.</param>
    public static IReadOnlyList<EvidenceColumn> Columns(IndicatorSet set, Measure measure, bool parts = false, IReadOnlyList<string>? chosen = null) =>
    [
        .. (chosen is null
                ? set.Indicators.Single(indicator => indicator.Code == measure.Figure).Evidence.Concat(measure.Where.Tests.Select(test => test.Column))
                : chosen.Prepend(set.Indicators.Single(indicator => indicator.Code == measure.Figure).Evidence[0])).Distinct()
            .Select(key => set.Columns[key]),
        EvidenceColumn.GrassrootsCode,
        .. parts ? [EvidenceColumn.PartCode] : (EvidenceColumn[])[],
    ];

    /// <summary>Columns of several lists at once: those of their figure, then those by which any of them was chosen.</summary>
    public static IReadOnlyList<EvidenceColumn> Columns(IndicatorSet set, IReadOnlyList<Measure> measures, bool parts) =>
    [
        .. measures.SelectMany(measure => Columns(set, measure)).Where(column => column != EvidenceColumn.GrassrootsCode).Distinct(),
        EvidenceColumn.GrassrootsCode,
        .. parts ? [EvidenceColumn.PartCode] : (EvidenceColumn[])[],
    ];

    /// <summary>Whether lists of the two can come from one pass.</summary>
    public static bool AreListedAlike(Indicator one, Indicator other) =>
        one.Distinct.Count == 0 && other.Distinct.Count == 0 && one.Evidence.SequenceEqual(other.Evidence, StringComparer.Ordinal);

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
            TestKind.OneOf when test.OrMissing => $"({test.Column} is null or {test.Column} = any (@{Parameter(Words(test, column.Kind))}))",
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
