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

    /// <summary>
    /// The editions of a report that may be used for a period that ends on the day; none where there is no such report. The first is the one that such a
    /// period takes by itself: the newest that is in force on the day, or the earliest to come. Those that ended are last: they are only taken where they are asked for.
    /// </summary>
    public IReadOnlyList<ReportDefinition> Editions(string report, DateOnly to)
    {
        var usable = Reports.Where(one => one.Name == report && (one.Edition.Until is not { } last || last >= to)).ToLookup(one => one.Edition.Until is null);
        var begun = usable[true].ToLookup(one => (one.Edition.From ?? DateOnly.MinValue) <= to);
        return
        [
            .. begun[true].OrderByDescending(one => one.Edition.From ?? DateOnly.MinValue),
            .. begun[false].OrderBy(one => one.Edition.From),
            .. usable[false].OrderByDescending(one => one.Edition.From ?? DateOnly.MinValue),
        ];
    }
}
