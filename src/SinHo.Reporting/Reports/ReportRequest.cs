using SinHo.Reporting.Figures;

namespace SinHo.Reporting.Reports;

/// <param name="Report">Folder of reports/.</param>
/// <param name="Unit">Code of the organisation reported on.</param>
/// <param name="Settings">Settings overridden for this run.</param>
/// <param name="WithEvidence">Whether the rows behind the figures are read too.</param>
/// <param name="Edition">Edition of the form; null for that of the last day.</param>
public sealed record ReportRequest(
    string Report, string Unit, Period Period, IReadOnlyDictionary<string, int> Settings, bool WithEvidence, string? Edition = null)
{
    /// <summary>The rows behind a form come with its workbook for units of at most so many members.</summary>
    public const int MostMembersWithEvidence = 5_000;

    /// <summary>Says where the year begins that is counted up to the period.</summary>
    public ReportingCalendar Calendar { get; init; } = ReportingCalendar.Months;

    /// <summary>Counted by the units as they stand on the last day, or on the first day after it on which the unit holds: today's map.</summary>
    public bool OnMap { get; init; }

    /// <summary>Whether charts are counted; those of a workbook always are.</summary>
    public bool WithCharts { get; init; }

    /// <summary>The rows behind a form are read only for a unit of at most so many members; null for any unit.</summary>
    public int? EvidenceUpTo { get; init; }

    /// <summary>What the file of the report will carry.</summary>
    public ReportQuestion Question => new(Report, Unit, Period.From, Period.To, Period.Name, Edition, OnMap, WithEvidence, EvidenceUpTo is null, Calendar.CutOffDay, OwnLook: false, Settings);

    /// <summary>The request behind a file.</summary>
    public static ReportRequest Of(ReportQuestion question) => new(question.Report, question.Unit, question.Period, question.Settings, question.Names, question.Edition)
    {
        Calendar = question.CutOffDay is null ? ReportingCalendar.Months : new("", "", question.CutOffDay),
        OnMap = question.OnMap,
        WithCharts = true,
        EvidenceUpTo = question.AllLists ? null : MostMembersWithEvidence,
    };
}
