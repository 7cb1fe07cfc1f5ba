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

    /// <summary>As a file of the report carries it.</summary>
    public FileQuestion Question => new()
    {
        Report = Report,
        Unit = Unit,
        From = Period.From,
        To = Period.To,
        Period = Period.Name,
        Options = new()
        {
            Edition = Edition,
            Settings = Settings.Count > 0 ? Settings : null,
            CutOff = Calendar.CutOffDay,
            OnMap = OnMap ? true : null,
            Evidence = !WithEvidence ? QuestionOptions.NoEvidence : EvidenceUpTo is null ? QuestionOptions.AllEvidence : null,
        },
    };

    /// <summary>The request that a file answers. A look of its own is no part of it: see <see cref="QuestionOptions.Look"/>.</summary>
    public static ReportRequest Of(FileQuestion question) => new(
        question.Report ?? throw new ArgumentException("The question is not of a report.", nameof(question)), question.Unit, new(question.From, question.To, question.Period),
        question.Options.Settings ?? new Dictionary<string, int>(StringComparer.Ordinal), question.Options.Evidence != QuestionOptions.NoEvidence, question.Options.Edition)
    {
        Calendar = question.Options.CutOff is { } day ? new("", "", day) : ReportingCalendar.Months,
        OnMap = question.Options.OnMap is true,
        WithCharts = true,
        EvidenceUpTo = question.Options.Evidence == QuestionOptions.AllEvidence ? null : MostMembersWithEvidence,
    };
}
