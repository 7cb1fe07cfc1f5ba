using SinHo.Reporting.Access;
using SinHo.Reporting.Catalog;
using SinHo.Reporting.Facts;
using SinHo.Reporting.Figures;

namespace SinHo.Reporting.Reports;

/// <summary>How a unit stands on a day.</summary>
/// <param name="Day">Stock figures are as of its end; flows run up to it.</param>
/// <param name="Months">Members at the end of each of the last twelve months, the last at <paramref name="Day"/>; none from before the register begins or the unit was.</param>
/// <param name="Years">Admissions of the last six years, the last up to <paramref name="Day"/>; none from before the register begins or the unit was.</param>
public sealed record Overview(
    ReportUnit Unit, DateOnly Day, IReadOnlyList<OverviewFigure> Figures, IReadOnlyList<OverviewFigure> Months, IReadOnlyList<OverviewFigure> Years)
{
    public static readonly IReadOnlyList<string> Stock = ["members", "branches", "few_member_branches", "villages_without_members"];
    public const string Admissions = "admissions";
    public const string WithoutMeeting = "branches_without_meeting";

    /// <summary>One question per set and period.</summary>
    /// <exception cref="UnknownNameException">No such unit for this viewer.</exception>
    /// <exception cref="AbsentUnitException">It did not exist on the day.</exception>
    public static async Task<Overview> AskAsync(
        StatisticsSource source, Definitions definitions, Viewer viewer, string code, DateOnly day, CancellationToken cancel)
    {
        var window = new Period(new(Math.Max(day.Year - 5, 1), 1, 1), day);
        await using var snapshot = await Snapshot.TakeAsync(source, viewer, window, cancel);
        var directory = new Units(snapshot, new(day, day), cancel);
        var unit = await directory.FindAsync(code);
        var life = await directory.LifeAsync(code);
        var settings = (await snapshot.SettingsAsync(cancel)).ToDictionary(setting => setting.Code, setting => setting.Value);

        var thisYear = new Period(new(day.Year, 1, 1), day);
        var asked = Stock.Select(figure => Question(figure, new(day, day)))
            .Append(Question(Admissions, thisYear))
            .Append(Question(WithoutMeeting, new(new(day.Year, day.Month, 1), day)))
            .ToList();
        var former = Question(Admissions, thisYear.LastYear());
        var months = Enumerable.Range(0, 12).Reverse().Select(back => back == 0 ? day : new DateOnly(day.Year, day.Month, 1).AddMonths(1 - back).AddDays(-1))
            .Select(end => Question("members", new(end, end))).Where(one => life.Touches(one.Period)).ToList();
        var years = Enumerable.Range(window.From.Year, day.Year - window.From.Year + 1)
            .Select(year => Question(Admissions, year == day.Year ? thisYear : Period.Year(year))).Where(one => life.Touches(one.Period)).ToList();
        var answers = await Answers.CollectAsync(snapshot, definitions, [.. asked, former, .. months, .. years], code, [], settings, null, cancel);
        return new(
            unit, day, [.. asked.Select(one => Answer(one) with { Former = one.Measure.Figure == Admissions ? Answer(former).Value : null })],
            [.. months.Where(one => !answers.IsUnknown(one)).Select(Answer)],
            [.. years.Where(one => !answers.IsUnknown(one)).Select(Answer)]);

        Address Question(string figure, Period period) => Address.Of(Measure.Of(figure), period);

        OverviewFigure Answer(Address address)
        {
            var indicator = definitions[address.Measure.Figure].Indicator;
            return new(indicator.Code, indicator.Caption, indicator.CountedIn, address.Period, checked((int)answers[address]), null);
        }
    }
}

/// <param name="Former">The same a year earlier; null where that is not asked.</param>
public sealed record OverviewFigure(string Code, string Caption, string CountedIn, Period Period, int Value, int? Former);
