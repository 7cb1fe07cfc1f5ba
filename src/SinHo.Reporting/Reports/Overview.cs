using SinHo.Reporting.Access;
using SinHo.Reporting.Catalog;
using SinHo.Reporting.Facts;
using SinHo.Reporting.Figures;

namespace SinHo.Reporting.Reports;

/// <summary>How a unit stands on a day.</summary>
/// <param name="Day">Stock figures are as of its end; flows run up to it.</param>
/// <param name="Months">Members at the end of each of the last twelve months, the last at <paramref name="Day"/>.</param>
/// <param name="Years">Admissions of the last six years, the last up to <paramref name="Day"/>.</param>
public sealed record Overview(
    ReportUnit Unit, DateOnly Day, IReadOnlyList<OverviewFigure> Figures, IReadOnlyList<OverviewFigure> Months, IReadOnlyList<OverviewFigure> Years)
{
    public static readonly IReadOnlyList<string> Stock = ["members", "branches", "few_member_branches", "villages_without_members"];
    public const string Admissions = "admissions";
    public const string WithoutMeeting = "branches_without_meeting";

    /// <exception cref="UnknownNameException">No such unit for this viewer, or it did not exist on the day.</exception>
    public static async Task<Overview> AskAsync(
        StatisticsSource source, Definitions definitions, Viewer viewer, string code, DateOnly day, CancellationToken cancel)
    {
        var window = new Period(new(Math.Max(day.Year - 5, 1), 1, 1), day);
        await using var snapshot = await Snapshot.TakeAsync(source, viewer, window, cancel);
        var unit = await new Units(snapshot, new(day, day), cancel).FindAsync(code);
        var settings = (await snapshot.SettingsAsync(cancel)).ToDictionary(setting => setting.Code, setting => setting.Value);

        var thisYear = new Period(new(day.Year, 1, 1), day);
        var figures = new List<OverviewFigure>();
        foreach (var figure in Stock)
            figures.Add(await CountAsync(figure, new(day, day)));
        figures.Add((await CountAsync(Admissions, thisYear)) with { Former = (await CountAsync(Admissions, thisYear.LastYear())).Value });
        figures.Add(await CountAsync(WithoutMeeting, new(new(day.Year, day.Month, 1), day)));

        var months = new List<OverviewFigure>();
        for (var back = 11; back >= 0; back--)
        {
            var end = back == 0 ? day : new DateOnly(day.Year, day.Month, 1).AddMonths(1 - back).AddDays(-1);
            months.Add(await CountAsync("members", new(end, end)));
        }
        var years = new List<OverviewFigure>();
        for (var year = window.From.Year; year <= day.Year; year++)
            years.Add(await CountAsync(Admissions, year == day.Year ? thisYear : Period.Year(year)));
        return new(unit, day, figures, months, years);

        async Task<OverviewFigure> CountAsync(string figure, Period period)
        {
            var (set, indicator) = definitions[figure];
            var measure = Measure.Of(figure);
            var counted = await snapshot.CountAsync(set, [measure], [code], new(period, settings), cancel);
            return new(figure, indicator.Caption, indicator.CountedIn, period, checked((int)counted.GetValueOrDefault((code, measure))), null);
        }
    }
}

/// <param name="Former">The same a year earlier; null where that is not asked.</param>
public sealed record OverviewFigure(string Code, string Caption, string CountedIn, Period Period, int Value, int? Former);
