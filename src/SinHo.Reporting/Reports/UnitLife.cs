using SinHo.Reporting.Figures;

namespace SinHo.Reporting.Reports;

/// <summary>The days on which a unit holds. Source: docs/spec, figures, Units in time.</summary>
/// <param name="Spans">From the first day to the last, included; null while it still holds. In order, none touching the next.</param>
internal sealed record UnitLife(IReadOnlyList<(DateOnly From, DateOnly? To)> Spans)
{
    /// <summary>A unit of which nothing is said: every period is its own.</summary>
    public static UnitLife Always { get; } = new([(DateOnly.MinValue, null)]);

    /// <summary>The period from the first of its days on which the unit holds; itself where there is none, and where the unit ended on the eve.</summary>
    public Period Cut(Period period)
    {
        if (Spans.Any(span => span.To == period.From.AddDays(-1)))
            return period;
        var first = Spans.Where(span => span.From <= period.To && (span.To ?? DateOnly.MaxValue) >= period.From)
            .Select(span => span.From > period.From ? span.From : period.From).DefaultIfEmpty(period.From).Min();
        return first == period.From ? period : new(first, period.To, period.Name);
    }

    public bool Touches(Period period) => Spans.Any(span => span.From <= period.To && (span.To ?? DateOnly.MaxValue) >= period.From);

    public bool HoldsThroughout(Period period) => Spans.Any(span => span.From <= period.From && (span.To ?? DateOnly.MaxValue) >= period.To);

    /// <summary>The last day of the unit in the period; null where it holds on the period's last day.</summary>
    public DateOnly? EndIn(Period period) => Spans.Any(span => span.From <= period.To && (span.To ?? DateOnly.MaxValue) >= period.To)
        ? null
        : Spans.Where(span => span.To < period.To).Select(span => span.To).Max();
}
