using SinHo.Reporting.Figures;
using Xunit;

namespace SinHo.Reporting.Tests.Figures;

public sealed class ReportingCalendarTests
{
    private static readonly ReportingCalendar CutOff = new("ngay-14", "Chốt ngày 14", 14);

    [Theory]
    [InlineData(Cycle.Monthly, "2026-01-31", "2026-01-01 2026-01-31 tháng 1 năm 2026|2026-02-01 2026-02-28 tháng 2 năm 2026")]
    [InlineData(Cycle.Quarterly, "2027-12-31", "2027-10-01 2027-12-31 quý 4 năm 2027|2028-01-01 2028-03-31 quý 1 năm 2028")]
    [InlineData(Cycle.HalfYearly, "2026-07-01", "2026-07-01 2026-12-31 6 tháng cuối năm 2026|2027-01-01 2027-06-30 6 tháng đầu năm 2027")]
    [InlineData(Cycle.Yearly, "2028-02-29", "2028-01-01 2028-12-31 năm 2028|2029-01-01 2029-12-31 năm 2029")]
    public void Calendar_months_begin_on_the_first(Cycle cycle, string day, string expected) => Assert.Equal(expected, Two(ReportingCalendar.Months, cycle, day));

    [Theory]
    [InlineData(Cycle.Monthly, "2026-03-14", "2026-02-15 2026-03-14 tháng 3 năm 2026|2026-03-15 2026-04-14 tháng 4 năm 2026")]
    [InlineData(Cycle.Monthly, "2026-12-15", "2026-12-15 2027-01-14 tháng 1 năm 2027|2027-01-15 2027-02-14 tháng 2 năm 2027")]
    [InlineData(Cycle.Quarterly, "2026-03-15", "2026-03-15 2026-06-14 quý 2 năm 2026|2026-06-15 2026-09-14 quý 3 năm 2026")]
    [InlineData(Cycle.Yearly, "2026-12-15", "2026-12-15 2027-12-14 năm 2027|2027-12-15 2028-12-14 năm 2028")]
    public void A_cut_off_day_moves_both_ends(Cycle cycle, string day, string expected) => Assert.Equal(expected, Two(CutOff, cycle, day));

    private static string Two(ReportingCalendar calendar, Cycle cycle, string day) => string.Join(
        '|', calendar.PeriodsFrom(cycle, DateOnly.Parse(day, null)).Take(2).Select(period => $"{period.From:yyyy-MM-dd} {period.To:yyyy-MM-dd} {period.Name}"));
}
