using SinHo.Reporting.Figures;
using SinHo.Reporting.Words;

namespace SinHo.Reporting.Runs;

/// <summary>What is wanted again and again. It belongs to a unit, never to a person: people leave.</summary>
/// <param name="Owner">Code of the unit whose schedule it is.</param>
/// <param name="Report">Folder of reports/, or a saved list: see <see cref="SavedLists.Prefix"/>.</param>
/// <param name="Units">Codes of the units reported on.</param>
/// <param name="Calendar">Code of the calendar that says where months end.</param>
/// <param name="StartsOn">The first period is the one that holds this day.</param>
/// <param name="DaysUntilDue">A report is made on the last day of its period plus this many days; 1 to 366.</param>
/// <param name="Folder">Absolute path of the folder that gets the files.</param>
/// <param name="OnMap">Each report goes by the units as they stand on the last day of its period: today's map.</param>
public sealed record ScheduleWish(
    string Owner, string Report, IReadOnlyList<string> Units, string Calendar, Cycle Cycle, DateOnly StartsOn, int DaysUntilDue, string Folder, bool OnMap = false);

public sealed record Schedule
{
    public required long ScheduleId { get; init; }

    public required string Owner { get; init; }

    public required string Report { get; init; }

    /// <summary>What the saved list is called, where it is one.</summary>
    public string? ListName { get; init; }

    public required string[] Units { get; init; }

    public required string Calendar { get; init; }

    public required string CalendarName { get; init; }

    public int? CutOffDay { get; init; }

    public required Cycle Cycle { get; init; }

    public required DateOnly StartsOn { get; init; }

    public required int DaysUntilDue { get; init; }

    public required string Folder { get; init; }

    /// <summary>See <see cref="ScheduleWish.OnMap"/>.</summary>
    public required bool OnMap { get; init; }

    public required bool Active { get; init; }

    public required string CreatedBy { get; init; }

    /// <summary>Days on which each period that has begun by a day is due, in order of time.</summary>
    public IEnumerable<(Period Period, DateOnly DueOn)> DuePeriods(DateOnly begunBy) =>
        new ReportingCalendar(Calendar, CalendarName, CutOffDay).PeriodsFrom(Cycle, StartsOn)
            .TakeWhile(period => period.From <= begunBy)
            .Select(period => (period, period.To.AddDays(DaysUntilDue)));
}

/// <summary>A schedule or a calendar that cannot be; each fault is a Vietnamese sentence.</summary>
public sealed class ScheduleRefusedException(IReadOnlyList<string> faults) : RefusalException(Lines(faults), RefusalKind.Refused)
{
    public IReadOnlyList<string> Faults => faults;
}
