using SinHo.Reporting.Figures;

namespace SinHo.Reporting.Host.Web;

/// <summary>Which of the usual periods two days are; an address carries the days only.</summary>
public static class Periods
{
    /// <summary>Every kind of period that a page offers.</summary>
    public static readonly IReadOnlyCollection<string> AllKinds = ["term", "year", "half", "quarter", "month", "days"];

    /// <summary>The last period of a kind that had ended by a day: the report that is asked for first.</summary>
    /// <returns>Null where no term had.</returns>
    public static Period? LastEnded(string kind, DateOnly by, IReadOnlyList<Period> terms)
    {
        var next = by.AddDays(1);
        return kind switch
        {
            "term" => terms.FirstOrDefault(term => term.To <= by),
            "year" => Period.Year(next.Year - 1),
            "half" => next.Month > 6 ? Period.Half(next.Year, 1) : Period.Half(next.Year - 1, 2),
            "quarter" => next.Month > 3 ? Period.Quarter(next.Year, (next.Month - 1) / 3) : Period.Quarter(next.Year - 1, 4),
            _ => Period.Month(next.AddMonths(-1).Year, next.AddMonths(-1).Month),
        };
    }

    /// <returns>"term", "year", "half", "quarter", "month" or "days".</returns>
    public static string Kind(Period period, IReadOnlyList<Period> terms) => Usual(period, terms).FirstOrDefault(one => Same(one.Period, period)).Kind ?? "days";

    /// <summary>The period with the name that its days have.</summary>
    public static Period Named(DateOnly from, DateOnly to, IReadOnlyList<Period> terms)
    {
        var period = new Period(from, to);
        return Usual(period, terms).Select(one => one.Period).FirstOrDefault(one => Same(one, period)) ?? period;
    }

    private static IEnumerable<(string Kind, Period Period)> Usual(Period period, IReadOnlyList<Period> terms)
    {
        var (year, month) = (period.From.Year, period.From.Month);
        return
        [
            .. terms.Select(term => ("term", term)),
            ("year", Period.Year(year)),
            ("half", Period.Half(year, (month + 5) / 6)),
            ("quarter", Period.Quarter(year, (month + 2) / 3)),
            ("month", Period.Month(year, month)),
        ];
    }

    private static bool Same(Period one, Period other) => one.From == other.From && one.To == other.To;
}
