namespace SinHo.Reporting.Catalog;

/// <summary>Everything that is defined in files, read once: what can be counted, and what the reports are made of.</summary>
public sealed class Definitions
{
    private readonly Dictionary<string, (IndicatorSet Set, Indicator Indicator)> byCode;

    public Definitions(IReadOnlyList<IndicatorSet> sets, IReadOnlyList<ReportDefinition> reports)
    {
        Sets = sets;
        Reports = reports;
        byCode = sets.SelectMany(set => set.Indicators.Select(indicator => (set, indicator))).ToDictionary(pair => pair.indicator.Code);
    }

    public IReadOnlyList<IndicatorSet> Sets { get; }

    /// <summary>All editions of all reports.</summary>
    public IReadOnlyList<ReportDefinition> Reports { get; }

    public IEnumerable<string> ReportNames => Reports.Select(report => report.Name).Distinct();

    /// <exception cref="KeyNotFoundException">No set defines the code.</exception>
    public (IndicatorSet Set, Indicator Indicator) this[string code] => byCode[code];

    public bool Has(string code) => byCode.ContainsKey(code);

    /// <summary>The editions of a report that may be used for a period that ends on the day, the newest first; none where there is no such report.</summary>
    public IReadOnlyList<ReportDefinition> Editions(string report, DateOnly to) =>
    [
        .. Reports.Where(one => one.Name == report && (one.Edition.ValidUntil is not { } last || last >= to))
            .OrderByDescending(one => one.Edition.ValidFrom ?? DateOnly.MinValue),
    ];
}
