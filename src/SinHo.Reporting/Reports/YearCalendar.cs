using System.Globalization;
using SinHo.Reporting.Access;
using SinHo.Reporting.Catalog;
using SinHo.Reporting.Facts;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Words;

namespace SinHo.Reporting.Reports;

/// <param name="Wanted">How many are wanted of what the rule counts.</param>
public sealed record CalendarProgress(int Done, int Wanted);

/// <summary>An obligation of the board on its day.</summary>
/// <param name="About">The days that it is about.</param>
/// <param name="Progress">Null where they have not begun, or nothing says how far it is done.</param>
public sealed record CalendarEntry(CalendarRule Rule, Period About, DateOnly Due, IReadOnlyList<OverviewFigure> Figures, CalendarProgress? Progress)
{
    public bool IsDone => Progress is { } progress && progress.Done >= progress.Wanted;

    public string Caption => Rule.Caption
        .Replace("{period}", About.Name, StringComparison.Ordinal)
        .Replace("{year}", About.To.Year.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace("{to}", Vietnamese.Day(About.To), StringComparison.Ordinal);
}

/// <summary>The obligations of the board in a year, each on its day (sql/calendar): what is due, how much, and how far it is done.</summary>
/// <param name="Unit">As it was called on the last day of the year that it lived to see.</param>
public sealed record YearCalendar(ReportUnit Unit, int Year, IReadOnlyList<CalendarEntry> Entries)
{
    /// <summary>One question per set and period; days ahead go on with what is known today.</summary>
    /// <exception cref="UnknownNameException">No such unit for this viewer.</exception>
    /// <exception cref="AbsentUnitException">It did not exist in the year.</exception>
    public static async Task<YearCalendar> AskAsync(
        StatisticsSource source, Definitions definitions, Viewer viewer, string code, int year, DateOnly today, CancellationToken cancel)
    {
        var dates = CalendarRule.All.SelectMany(rule => rule.In(year).Select(one => (Rule: rule, one.About, one.Due))).ToList();
        ReportUnit unit;
        Answers answers;
        await using (var snapshot = await Snapshot.TakeAsync(source, viewer, new(dates.Min(one => one.About.From), dates.Max(one => one.About.To)), cancel))
        {
            unit = await new Units(snapshot, Period.Year(year), cancel).FindAsync(code);
            var settings = (await snapshot.SettingsAsync(cancel)).ToDictionary(setting => setting.Code, setting => setting.Value);
            answers = await Answers.CollectAsync(snapshot, definitions, dates.SelectMany(one => one.Rule.Figures.Select(figure => Asked(figure, one.About))), code, [], settings, null, cancel);
        }
        // Which reports were issued and which lists came back is the program's own to know; of this unit, which the viewer sees.
        await using var program = await Snapshot.TakeAsync(source, cancel);
        var entries = new List<CalendarEntry>();
        foreach (var (rule, about, due) in dates)
        {
            var figures = rule.Figures.Select(figure => Answer(figure, about)).ToList();
            if (rule.IfAny && figures.TrueForAll(figure => figure.Value == 0))
                continue;
            var progress = rule.Sql is null || about.From > today
                ? null
                : (await program.QueryAsync<CalendarProgress>(rule.Sql, new { unit = code, from = about.From, to = about.To }, cancel)).Single();
            entries.Add(new(rule, about, due, figures, progress));
        }
        return new(unit, year, [.. entries.OrderBy(one => one.Due).ThenBy(one => one.Rule.Place)]);

        Address Asked(string figure, Period about) => Address.Of(Measure.Of(figure), definitions[figure].Indicator.DaysOf(about));

        OverviewFigure Answer(string figure, Period about)
        {
            var indicator = definitions[figure].Indicator;
            return new(indicator.Code, indicator.Caption, indicator.CountedIn, about, checked((int)answers[Asked(figure, about)]), null);
        }
    }
}
