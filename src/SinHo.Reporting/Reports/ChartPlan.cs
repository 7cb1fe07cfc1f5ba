using System.Globalization;
using SinHo.Reporting.Catalog;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Words;

namespace SinHo.Reporting.Reports;

/// <summary>What the charts of a report ask, of the unit alone, and the charts made of the answers.</summary>
internal sealed class ChartPlan(Definitions definitions, ReportPlan plan, ReportingCalendar calendar)
{
    private readonly List<(ChartDefinition Chart, IReadOnlyList<(string Label, Address Address)> Points)> charts =
        [.. plan.Definition.Charts.Select(chart => (chart, (IReadOnlyList<(string, Address)>)[.. chart.Columns is { } columns ? OfColumns(plan, columns) : chart.Rows is { } rows ? OfRows(plan, rows) : OverTime(definitions, plan.Period, calendar, chart)]))];

    public IEnumerable<Address> Asked => charts.SelectMany(chart => chart.Points).Select(point => point.Address);

    /// <summary>Points without a basis are left out, names that nobody bears, and charts of which nothing is left.</summary>
    public IReadOnlyList<Chart> Charts(Answers answers)
    {
        var made = new List<Chart>();
        foreach (var (chart, asked) in charts)
        {
            var points = asked.Where(point => !answers.IsUnknown(point.Address))
                .Select(point => (point.Address, Point: new ChartPoint(point.Label, checked((int)answers[point.Address]))))
                .Where(point => chart.Kind != ChartKind.Bar || point.Point.Value > 0)
                .ToList();
            if (points.Count == 0)
                continue;
            var caption = chart.Caption
                .Replace("{from}", Vietnamese.Day(points.Min(point => point.Address.Period.From)), StringComparison.Ordinal)
                .Replace("{to}", Vietnamese.Day(points.Max(point => point.Address.Period.To)), StringComparison.Ordinal);
            made.Add(new(chart.Kind, caption, chart.Category, definitions[points[0].Address.Measure.Figure].Indicator.CountedIn, [.. points.Select(point => point.Point)]));
        }

        return made;
    }

    private static IEnumerable<(string Label, Address Address)> OfRows(ReportPlan plan, ChartRows rows)
    {
        if (plan.Other(rows.Report) is not { Definition.Form: { } form } other)
            yield break;
        foreach (var row in Formula.Range(rows.Range, form.Rows)!.Select(code => form.Row(code)!))
        {
            if (other.Cell(row, form.Column(rows.Column)!) is { } address)
                yield return (row.Caption, address);
        }
    }

    private static IEnumerable<(string Label, Address Address)> OfColumns(ReportPlan plan, ChartColumns drawn) =>
        from column in ChartJudge.Columns(drawn, plan.Definition.Form!)
        where !plan.IsEmpty(column)
        let address = plan.Cell(plan.Definition.Form!.Row(drawn.Row)!, column)
        where address is not null
        select (plan.CaptionOf(column), address);

    /// <summary>A stock at the end of every step, a flow within it.</summary>
    private static IEnumerable<(string Label, Address Address)> OverTime(Definitions definitions, Period period, ReportingCalendar calendar, ChartDefinition chart)
    {
        var first = chart.Last is not { } last ? period.From
            : chart.Each == Cycle.Monthly ? period.To.AddMonths(1 - last)
            : period.To.AddYears(1 - last);
        foreach (var whole in calendar.PeriodsFrom(chart.Each, first).TakeWhile(step => step.From <= period.To))
        {
            var from = chart.Last is null && whole.From < period.From ? period.From : whole.From;
            var to = whole.To > period.To ? period.To : whole.To;
            yield return (Label(chart.Each, whole, from, to), Address.Of(Measure.Of(chart.Figure!), definitions[chart.Figure!].Indicator.IsStock ? new(to, to) : new(from, to)));
        }
    }

    /// <summary>"03/2020", "2019", and a year that is cut: "01/07 - 31/12/2015".</summary>
    private static string Label(Cycle each, Period whole, DateOnly from, DateOnly to) => each == Cycle.Monthly
        ? whole.To.ToString("MM/yyyy", CultureInfo.InvariantCulture)
        : whole.From == from && whole.To == to
            ? whole.To.ToString("yyyy", CultureInfo.InvariantCulture)
            : $"{from.ToString("dd/MM", CultureInfo.InvariantCulture)} - {Vietnamese.Day(to)}";
}
