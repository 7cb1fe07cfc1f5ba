using System.Text.RegularExpressions;
using Dapper;
using Npgsql;
using SinHo.Reporting.Catalog;
using SinHo.Reporting.Facts;
using SinHo.Reporting.Figures;

namespace SinHo.Reporting.Reports;

/// <summary>A figure of a past period that is another one once entries are written.</summary>
/// <param name="Subject">The list behind it: see <see cref="ListSubject.Code"/>.</param>
public sealed record MovedFigure(string Subject, string Caption, string CountedIn, string Unit, string UnitName, Period Period, long Before, long After);

/// <param name="Figures">By unit, period, then in the order of the definitions.</param>
/// <param name="UnitsLeft">Units that the entries touch and that were not looked at because there were too many.</param>
public sealed record MovedPast(IReadOnlyList<MovedFigure> Figures, int UnitsLeft);

/// <summary>
/// Which figures of past years, and of this one up to the last month, entries move: every figure and every cell of a form is asked of the branches that
/// the entries speak of, before and after. What moves there moves in every unit above, unless another branch of it moves against it.
/// </summary>
public static partial class MovedFigures
{
    /// <summary>Years looked back.</summary>
    public const int Years = 6;

    private const int MostUnits = 8;

    /// <summary>By a table, what definitions read that is derived from it.</summary>
    private static readonly Dictionary<string, string[]> Derived = new(StringComparer.Ordinal)
    {
        ["member"] = ["record_on", "official_span"],
        ["admission"] = ["official_span"],
        ["org_version"] = ["org_closure"],
    };

    /// <param name="written">The transaction of an import that has written its rows and has not ended.</param>
    /// <param name="database">Where the register still stands as it did before.</param>
    /// <param name="scope">As of an import: other units are not told of.</param>
    public static async Task<MovedPast> AskAsync(
        NpgsqlTransaction written, NpgsqlDataSource database, Definitions definitions, IReadOnlyList<string> scope, DateOnly today, CancellationToken cancel)
    {
        await using var after = Snapshot.Within(written);
        var tables = (await after.QueryAsync<string>("select distinct table_name from trail where import_id = trail_import()", new { }, cancel)).ToHashSet(StringComparer.Ordinal);
        var touched = (await after.QueryAsync<(string Unit, string Name, DateOnly First)>("""
            with said as (
                select table_name, row
                from trail
                cross join lateral (values (before), (after)) as side (row)
                where import_id = trail_import() and row is not null
            ),
            person as (
                select distinct coalesce(row ->> 'member', row ->> 'code') as code
                from said
                where table_name in ('member', 'admission', 'membership', 'post', 'assignment')
            ),
            place as (
                select membership.branch::text as code, membership.valid_from as first from person join membership on membership.member = person.code
                union all
                select coalesce(row ->> 'branch', row ->> 'org', row ->> 'place'), least((row ->> 'valid_from')::date, (row ->> 'date')::date, make_date((row ->> 'year')::integer, 1, 1))
                from said
                where table_name <> 'member'
            )
            select place.code as Unit, (select name from org_version where code = place.code order by valid_from desc limit 1) as Name, min(place.first) as First
            from place
            where exists (select from org where code = place.code)
                and (cardinality(@scope) = 0 or exists (select from org_closure where descendant = place.code and ancestor = any (@scope)))
            group by place.code
            order by place.code
            """, new { scope = scope.ToArray() }, cancel)).ToList();
        var periods = touched.Count == 0 ? [] : Periods(touched.Min(one => one.First), today);
        var asked = touched.Take(MostUnits).ToList();
        if (periods.Count == 0)
            return new([], 0);
        var questions = periods.ToDictionary(period => period, period => Questions(definitions, tables, period));
        await using var before = await Snapshot.TakeAsync(database, cancel);
        var (then, now) = (await CountAsync(before), await CountAsync(after));
        return new(
            [
                .. from unit in asked
                   from period in periods
                   from question in questions[period]
                   let moved = (Before: then.GetValueOrDefault((unit.Unit, question.Address)), After: now.GetValueOrDefault((unit.Unit, question.Address)))
                   where moved.Before != moved.After
                   select new MovedFigure(question.Subject, question.Caption, definitions[question.Address.Measure.Figure].Indicator.CountedIn, unit.Unit, unit.Name, period, moved.Before, moved.After),
            ],
            touched.Count - asked.Count);

        async Task<Dictionary<(string Unit, Address Address), long>> CountAsync(Snapshot snapshot)
        {
            var settings = (await snapshot.SettingsAsync(cancel)).ToDictionary(setting => setting.Code, setting => setting.Value);
            var values = new Dictionary<(string, Address), long>();
            foreach (var group in questions.Values.SelectMany(one => one).Select(one => one.Address).Distinct().GroupBy(address => (definitions[address.Measure.Figure].Set, address.Period)))
            {
                var counted = await snapshot.CountAsync(group.Key.Set, [.. group.Select(address => address.Measure)], [.. asked.Select(unit => unit.Unit)], new(group.Key.Period, settings), cancel);
                foreach (var ((unit, measure), value) in counted)
                    values[(unit, new(measure, group.Key.Period))] = value;
            }
            return values;
        }
    }

    private static List<Period> Periods(DateOnly first, DateOnly today)
    {
        var periods = Enumerable.Range(today.Year - Years, Years).Where(year => year >= first.Year).Select(Period.Year).ToList();
        if (new DateOnly(today.Year, today.Month, 1).AddDays(-1) is var last && last.Year == today.Year && first <= last)
            periods.Add(new(new(today.Year, 1, 1), last));
        return periods;
    }

    /// <summary>All that is counted of a period from one of the tables: figures, then cells of forms that count something else.</summary>
    private static List<(Address Address, string Subject, string Caption)> Questions(Definitions definitions, HashSet<string> tables, Period period)
    {
        var words = tables.Concat(tables.SelectMany(table => Derived.GetValueOrDefault(table, []))).ToHashSet(StringComparer.Ordinal);
        var figures = definitions.Sets.SelectMany(set => set.Indicators).Select(one => (Address.Of(Measure.Of(one.Code), one.DaysOf(period)), one.Code, one.Caption));
        var cells = definitions.ReportNames.Select(name => definitions.Editions(name, period.To)).Where(editions => editions is [{ Form: not null }, ..]).SelectMany(editions => Cells(definitions, editions[0], period));
        return figures.Concat(cells).Where(one => Word().Matches(definitions[one.Item1.Measure.Figure].Set.Sql).Any(word => words.Contains(word.Value))).DistinctBy(one => one.Item1).ToList();
    }

    private static IEnumerable<(Address Address, string Subject, string Caption)> Cells(Definitions definitions, ReportDefinition report, Period period)
    {
        var plan = new ReportPlan(definitions, report, period, ReportingCalendar.Behind(period));
        foreach (var row in report.Form!.Rows)
        {
            foreach (var column in report.Form.Columns.Where(column => !column.IsOfLastYear && column.Period != ColumnPeriod.YearOfPeriod))
            {
                if (plan.Cell(row, column) is { Measure.Sum: null } cell
                    && ListSubject.Find(definitions, $"{report.Name}:{report.Edition.Printed.Code}:{row.Code}.{column.Code}", period) is { } subject)
                    yield return (cell, subject.Code, subject.Caption);
            }
        }
    }

    [GeneratedRegex("[a-z_]+", RegexOptions.None, 1000)]
    private static partial Regex Word();
}
