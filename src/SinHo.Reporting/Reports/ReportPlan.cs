using System.Globalization;
using SinHo.Reporting.Catalog;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Words;

namespace SinHo.Reporting.Reports;

/// <summary>Everything that a report asks, before anything is asked: each number has an address.</summary>
/// <param name="life">Days of the unit; what lies before them is left out of every period but that of last year.</param>
/// <param name="mapDay">The day by whose units everything is counted; null where each row goes by the units of its own day.</param>
internal sealed class ReportPlan(Definitions definitions, ReportDefinition definition, Period asked, ReportingCalendar calendar, UnitLife? life = null, DateOnly? mapDay = null, DateOnly? termStart = null)
{
    private readonly Period period = (life ?? UnitLife.Always).Cut(asked);

    public ReportDefinition Definition => definition;

    /// <summary>The period asked for, from the first day of the unit in it.</summary>
    public Period Period => period;

    /// <summary>The unit begins within the period asked for.</summary>
    public bool IsCut => period != asked;

    public UnitLife Life => life ?? UnitLife.Always;

    /// <summary>The same plan for a unit of which the days are known.</summary>
    public ReportPlan Of(UnitLife known, DateOnly? map) => new(definitions, definition, asked, calendar, known, map, termStart);

    /// <summary>Days of last year on which the unit was not always there: nothing can be compared with them.</summary>
    public bool IsEmpty(FormColumnDefinition column) => (column.IsOfLastYear && !Life.HoldsThroughout(PeriodOf(column))) || (column.Period == ColumnPeriod.YearOfPeriod && (YearOf(column) is not { } year || !Life.Touches(year))) || (column.Period == ColumnPeriod.TermStart && termStart is null);

    /// <summary>The row is of a period of so many months, and that of the column has not so many.</summary>
    public bool IsEmpty(FormRowDefinition row, FormColumnDefinition column) => row.Months is { } months
        && (column.Period == ColumnPeriod.This ? asked : YearOf(column) ?? PeriodOf(column)) is var days && days.From.AddMonths(months).AddDays(-1) != days.To;

    /// <summary>
    /// What has no meaning on a map: organisations of last year, and what happened in the organisations of a unit that begins after the period.
    /// Source: docs/spec, figures, Today's map.
    /// </summary>
    public bool IsEmpty(FormColumnDefinition column, Address cell) => mapDay is { } day
        && definitions[cell.Measure.Figure] is { Set.CountsUnits: true } counted
        && (column.IsOfLastYear || (day > asked.To && !counted.Indicator.IsStock));

    /// <summary>With what only the words compare with.</summary>
    public IEnumerable<Address> Asked => Printed.Concat(definition.Groups.SelectMany(group => group.Rates).SelectMany(rate => rate.Values).Select(At)).Concat(definition.Narrative.SelectMany(NarrativeToken.In).SelectMany(found => found.Token?.Codes ?? []).Select(At));

    public IEnumerable<Address> Printed => definition.Groups
        .SelectMany(group => Periods(group).SelectMany(one => group.Lines.Select(line => Address.Of(Measure.Of(line.Figure), one))))
        .Concat(Entries.Select(entry => At(entry.Figure)))
        .Concat(CellsAsked)
        .Concat(definition.Identities.SelectMany(Statements).SelectMany(statement => statement.Left.Concat(statement.Right)).Select(term => term.Address));

    /// <summary>Asked apart, of the unit alone, and only for a workbook.</summary>
    public ChartPlan Charts => new(definitions, this, calendar);

    /// <summary>From the first to the last day that any number of it is about.</summary>
    public Period Days
    {
        get
        {
            var periods = Asked.Select(address => address.Period).Append(period).ToList();
            return new(periods.Min(one => one.From), periods.Max(one => one.To));
        }
    }

    /// <summary>The numbers that can be opened, at most; one that stands in two places comes twice.</summary>
    public IReadOnlyList<Address> Opened =>
    [
        .. definition.Groups.SelectMany(group => Periods(group).SelectMany(one => group.Lines.Select(line => Address.Of(Measure.Of(line.Figure), one)))),
        .. definition.Form?.Rows.Where(row => row.Sum is null && row.Ratio is null).SelectMany(row => definition.Form.Columns.Select(column => Cell(row, column))).OfType<Address>() ?? [],
    ];

    public IEnumerable<BreakdownEntry> Entries => definition.Breakdown.SelectMany(group => group.Columns);

    /// <summary>The days over which parts are looked for: all that a table by part is about.</summary>
    public Period Span
    {
        get
        {
            var periods = Entries.Select(entry => At(entry.Figure).Period).Append(period).ToList();
            return new(periods.Min(one => one.From), periods.Max(one => one.To));
        }
    }

    /// <summary>The period of the report; for a yearly group every calendar year that ends in it.</summary>
    public IEnumerable<Period> Periods(GroupDefinition group) => !group.Yearly
        ? [period]
        : YearsOf(period);

    private static IEnumerable<Period> YearsOf(Period period) => Enumerable.Range(period.From.Year, period.To.Year - period.From.Year + 1)
        .Where(year => new DateOnly(year, 12, 31) >= period.From && new DateOnly(year, 12, 31) <= period.To)
        .Select(Period.Year);

    /// <summary>The calendar year that a column is about; null for another column, and where not so many years end in the period.</summary>
    private Period? YearOf(FormColumnDefinition column) => column.Period == ColumnPeriod.YearOfPeriod ? YearsOf(asked).ElementAtOrDefault(column.Nth - 1) : null;

    public Period PeriodOf(FormColumnDefinition column) => column.Period switch
    {
        ColumnPeriod.LastYear => period.LastYear(),
        ColumnPeriod.TermStart => termStart is { } day ? new(day, day) : new(period.To, period.To),
        ColumnPeriod.LastYearToDate => calendar.YearUpTo(period.To).LastYear(),
        ColumnPeriod.YearOfPeriod => YearOf(column) is { } year ? Life.Cut(year) : new(period.To, period.To),
        ColumnPeriod.YearToDate => Life.Cut(calendar.YearUpTo(period.To)),
        _ => period,
    };

    public string CaptionOf(FormColumnDefinition column) => column.Caption
        .Replace("{from}", Vietnamese.Day(PeriodOf(column).From), StringComparison.Ordinal)
        .Replace("{to}", Vietnamese.Day(PeriodOf(column).To), StringComparison.Ordinal)
        .Replace("{year}", column.Period == ColumnPeriod.YearOfPeriod && YearOf(column) is null ? "-" : PeriodOf(column).To.Year.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);

    /// <summary>The numbers of the unit that have parts: figures of its period, or cells of its form that count.</summary>
    public IEnumerable<(string Code, Address Address)> Codes => definition.Form is { } form
        ? form.Rows.SelectMany(row => form.Columns.Select(column => ($"{row.Code}.{column.Code}", Address: Cell(row, column)))).Where(one => one.Address is not null).Select(one => (one.Item1, one.Address!))
        : definition.Groups.Where(group => !group.Yearly).SelectMany(group => group.Lines.Select(line => line.Figure)).Concat(Entries.Select(entry => entry.Figure)).Distinct().Select(code => (code, At(code)));

    /// <summary>The address of "ROW.COLUMN", or of a figure where the report is no form; with "@last_year" for the same days a year before.</summary>
    public Address At(string code) => code.EndsWith(NarrativeToken.LastYear, StringComparison.Ordinal)
        ? YearBefore(At(code[..^NarrativeToken.LastYear.Length]))
        : definition.Form is { } form && code.Split('.') is [var row, var column]
        ? Cell(form.Row(row)!, form.Column(column)!)!
        : Address.Of(Measure.Of(code), period);

    public Address At(RateValue value) => Address.Of(value.Measure, value.Before ? Before : period);

    /// <summary>The same days as many whole years earlier as the period needs to be clear of itself: the year before, the term before.</summary>
    private Period Before
    {
        get
        {
            var before = asked.LastYear();
            while (before.To >= asked.From)
                before = before.LastYear();
            return before;
        }
    }

    /// <summary>Nothing can be said: of days on which the unit was not always there, or of units of then on a map of now.</summary>
    public bool IsEmpty(RateValue value) => value.Before
        && (!Life.HoldsThroughout(definitions[value.Figure].Indicator.IsStock ? new(Before.To, Before.To) : Before) || (mapDay is not null && definitions[value.Figure].Set.CountsUnits));

    private static Address YearBefore(Address address) => Address.Of(address.Measure, address.Period.LastYear());

    /// <summary>What a cell counts or adds up; null for one that is blank or worked out from others.</summary>
    public Address? Cell(FormRowDefinition row, FormColumnDefinition column) =>
        definition.Form!.MeasureOf(row, column) is { } measure ? Address.Of(measure, PeriodOf(column)) : null;

    /// <summary>What a mean divides by what; null where the cell is no mean.</summary>
    public (Address Sum, Address Count)? Mean(FormRowDefinition row, FormColumnDefinition column)
    {
        if (!row.HasValues || !column.IsCounted || row.Mean is null)
            return null;
        var count = new Measure(definition.Form!.FigureOf(row, column)!, row.Where.And(column.Where));
        return (Address.Of(count with { Sum = row.Mean }, PeriodOf(column)), Address.Of(count, PeriodOf(column)));
    }

    /// <summary>The statements that an identity makes: one per column, or per row, in which all of its terms count something.</summary>
    public IEnumerable<Statement> Statements(Identity identity)
    {
        var form = definition.Form;
        var everyRow = identity.Terms.Any(term => term.Row == Term.EveryRow);
        var everyColumn = form is not null && identity.Terms.Any(term => term.Column is null);
        List<FormRowDefinition?> rows = everyRow ? [.. form!.Rows] : [null];
        List<FormColumnDefinition?> columns = everyColumn ? [.. form!.Columns.Where(column => column.IsCounted)] : [null];
        foreach (var row in rows)
        {
            foreach (var column in columns)
            {
                var left = identity.Left.Select(term => Signed(term, row, column)).ToList();
                var right = identity.Right.Select(term => Signed(term, row, column)).ToList();
                if (left.Concat(right).All(term => term is not null))
                    yield return new(row?.Code ?? column?.Code ?? "", [.. left.Select(term => term!)], [.. right.Select(term => term!)]);
            }
        }
    }

    private IEnumerable<Address> CellsAsked
    {
        get
        {
            // Of the whole unit too, so that it is known which days are asked about.
            foreach (var column in definition.Form is { RowsByCommune: true } form ? form.Columns.Where(column => column.IsCounted) : [])
                yield return Address.Of(new(column.Figure!, column.Where), PeriodOf(column));
            foreach (var row in definition.Form?.Rows ?? [])
            {
                foreach (var column in definition.Form!.Columns)
                {
                    if (Cell(row, column) is { } cell)
                        yield return cell;
                    if (Mean(row, column) is var (sum, count))
                    {
                        yield return sum;
                        yield return count;
                    }
                }
            }
        }
    }

    private SignedAddress? Signed(Term term, FormRowDefinition? row, FormColumnDefinition? column)
    {
        if (Resolve(term, row, column) is not { } address)
            return null;
        var eve = address.Period.From.AddDays(-1);
        return new(term.Sign, term.Previous ? Address.Of(address.Measure, new(eve, eve)) : address);
    }

    private Address? Resolve(Term term, FormRowDefinition? row, FormColumnDefinition? column)
    {
        var plan = term.Report is null ? this : Other(term.Report);
        if (plan is null)
            return null;
        if (plan.Definition.Form is not { } form)
            return Address.Of(Measure.Of(term.Row), period);
        var line = term.Row == Term.EveryRow ? row : form.Row(term.Row);
        var head = (term.Column ?? column?.Code) is { } code ? form.Column(code) : null;
        return line is null || head is null ? null : plan.Cell(line, head);
    }

    /// <summary>Another report of the same unit and period, in the edition that it would be made in.</summary>
    public ReportPlan? Other(string report) =>
        definitions.Editions(report, period.To) is [var edition, ..] ? new(definitions, edition, asked, calendar, life, termStart: termStart) : null;
}

/// <summary>A sum on either side of a sign.</summary>
/// <param name="Place">Code of the column or row that it is about; empty where there is only one.</param>
internal sealed record Statement(string Place, IReadOnlyList<SignedAddress> Left, IReadOnlyList<SignedAddress> Right);

internal sealed record SignedAddress(int Sign, Address Address);
