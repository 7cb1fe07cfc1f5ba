using SinHo.Reporting.Figures;

namespace SinHo.Reporting.Reports;

/// <param name="Report">Folder of reports/.</param>
/// <param name="Unit">Code of the organisation reported on.</param>
/// <param name="Settings">Settings overridden for this run.</param>
/// <param name="WithEvidence">Whether the rows behind the figures are read too.</param>
public sealed record ReportRequest(
    string Report, string Unit, Period Period, IReadOnlyDictionary<string, int> Settings, bool WithEvidence);
