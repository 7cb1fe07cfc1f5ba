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

    public IReadOnlyList<ReportDefinition> Reports { get; }

    /// <exception cref="KeyNotFoundException">No set defines the code.</exception>
    public (IndicatorSet Set, Indicator Indicator) this[string code] => byCode[code];

    public bool Has(string code) => byCode.ContainsKey(code);
}
