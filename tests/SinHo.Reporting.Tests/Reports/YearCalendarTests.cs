using Npgsql;
using SinHo.Reporting.Access;
using SinHo.Reporting.Catalog;
using SinHo.Reporting.Facts;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Reports;
using SinHo.Reporting.Tests.Support;
using Xunit;

namespace SinHo.Reporting.Tests.Reports;

/// <summary>The obligations of a year by their rules (sql/calendar), with numbers that are those of their lists.</summary>
public sealed class YearCalendarTests(TestCluster cluster)
{
    private static readonly Viewer Everyone = new(1, Role.Preparer, null);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void Each_rule_falls_due_on_its_days_of_the_year()
    {
        Assert.Equal("05/01 05/02 05/03 05/04 05/05 05/06 05/07 05/08 05/09 05/10 05/11 05/12", Days("monthly"));
        Assert.Equal("20/01 20/07", Days("matching"));
        Assert.Equal("20/01", Days("year_forms"));
        Assert.Equal("15/01", Days("ratings"));
        Assert.Equal("03/02 19/05 02/09 07/11", Days("badges"));
        Assert.Equal("31/01 29/02 31/03 30/04 31/05 30/06 31/07 31/08 30/09 31/10 30/11 31/12", Days("congresses"));
        // What is due in January is about the year before; a round is about the days since the one before.
        Assert.Equal(Period.Year(2019), Rule("year_forms").In(2020).Single().About);
        Assert.Equal(Period.Month(2019, 12), Rule("monthly").In(2020).First().About);
        Assert.Equal([new DateOnly(2019, 11, 8), new DateOnly(2020, 2, 4), new DateOnly(2020, 5, 20), new DateOnly(2020, 9, 3)], Rule("badges").In(2020).Select(one => one.About.From));
    }

    [Fact]
    public async Task Numbers_of_the_calendar_are_those_of_their_lists_and_what_is_ahead_is_counted_too()
    {
        var definitions = CatalogReader.Read(AppContext.BaseDirectory);
        await using var database = NpgsqlDataSource.Create(await cluster.NewSampleAsync());
        var source = new StatisticsSource(database);
        var today = new DateOnly(2020, 6, 30);
        var calendar = await YearCalendar.AskAsync(source, definitions, Everyone, "SH", 2020, today, Cancel);
        Assert.Equal(4, calendar.Entries.Count(entry => entry.Rule.Name == "badges"));
        foreach (var entry in calendar.Entries)
        {
            foreach (var figure in entry.Figures)
            {
                var list = await new ListPages(source, definitions, Everyone).ReadAsync(new(figure.Code, "SH", figure.Period, new(null, null, false, 0, 1)), Cancel);
                Assert.Equal((entry.Caption, list.Total), (entry.Caption, figure.Value));
            }
            Assert.True(entry.Progress is null || entry.About.From <= today, entry.Caption);
        }
        Assert.Contains(calendar.Entries, entry => entry.Due > today && entry.Figures.Any(figure => figure.Value > 0));
        // What is only there where there is something to do is nowhere else.
        Assert.All(calendar.Entries.Where(entry => entry.Rule.IfAny), entry => Assert.NotEqual(0, entry.Figures.Max(figure => figure.Value)));
        await Assert.ThrowsAsync<UnknownNameException>(() => YearCalendar.AskAsync(source, definitions, new(1, Role.Preparer, "SH.X03"), "SH.X04", 2020, today, Cancel));
    }

    private static CalendarRule Rule(string name) => CalendarRule.All.Single(rule => rule.Name == name);

    private static string Days(string name) => string.Join(' ', Rule(name).In(2020).Select(one => one.Due.ToString("dd/MM", System.Globalization.CultureInfo.InvariantCulture)));
}
