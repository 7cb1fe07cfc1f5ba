namespace SinHo.Reporting.Figures;

/// <summary>How often a report is due.</summary>
public enum Cycle
{
    Monthly,
    Quarterly,
    HalfYearly,
    Yearly,
}

/// <summary>Where months end: on the last day, or on a cut-off day, so that "March" may be 15 February to 14 March.</summary>
/// <param name="Code">Key of the calendar, e.g. "thang".</param>
/// <param name="CutOffDay">Last day of a month, 1 to 28; null for the calendar month.</param>
public sealed record ReportingCalendar(string Code, string Name, int? CutOffDay)
{
    public static ReportingCalendar Months { get; } = new("thang", "Tháng dương lịch", null);

    /// <summary>The periods of a cycle in order of time, the first being the one that holds the given day.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Enumerated beyond year 9999.</exception>
    public IEnumerable<Period> PeriodsFrom(Cycle cycle, DateOnly day)
    {
        var length = Length(cycle);
        var first = MonthOf(day);
        first -= first % length;
        for (var month = first; ; month += length)
            yield return Named(cycle, month);
    }

    /// <summary>The months of the year that a day counts in, from the first day of the first to that day: they add up to it.</summary>
    public Period YearUpTo(DateOnly day) => new(Named(Cycle.Monthly, MonthOf(day) / 12 * 12).From, day);

    /// <summary>The calendar by which a period runs from the 15th to the 14th, as its days tell; the calendar month where they tell nothing.</summary>
    public static ReportingCalendar Behind(Period period) =>
        period.From.Day == period.To.Day + 1 && period.From.Day > 1 ? new("", "", period.To.Day) : Months;

    private static int Length(Cycle cycle) => cycle switch
    {
        Cycle.Monthly => 1,
        Cycle.Quarterly => 3,
        Cycle.HalfYearly => 6,
        _ => 12,
    };

    /// <summary>The month that a day counts in, as months since year 0.</summary>
    private int MonthOf(DateOnly day) => day.Year * 12 + day.Month - 1 + (day.Day > CutOffDay ? 1 : 0);

    private Period Named(Cycle cycle, int month)
    {
        var (year, index) = (month / 12, month % 12);
        var usual = cycle switch
        {
            Cycle.Monthly => Period.Month(year, index + 1),
            Cycle.Quarterly => Period.Quarter(year, index / 3 + 1),
            Cycle.HalfYearly => Period.Half(year, index / 6 + 1),
            _ => Period.Year(year),
        };
        return CutOffDay is { } last
            ? new(usual.From.AddMonths(-1).AddDays(last), usual.To.AddDays(last - usual.To.Day), usual.Name)
            : usual;
    }
}
