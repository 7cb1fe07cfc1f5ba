using System.Globalization;

namespace SinHo.Reporting.Figures;

/// <summary>
/// Days from <see cref="From"/> to <see cref="To"/>, both included: people say "from 1 January to 31 March" and mean 31 March too.
/// Stock figures are taken at the end of <see cref="To"/>. Source: docs/spec/figures.md.
/// </summary>
public sealed record Period
{
    /// <exception cref="ArgumentException">The period ends before it starts.</exception>
    public Period(DateOnly from, DateOnly to, string? name = null)
    {
        if (to < from)
            throw new ArgumentException($"Kỳ báo cáo kết thúc ({Day(to)}) trước khi bắt đầu ({Day(from)}).", nameof(to));
        From = from;
        To = to;
        Name = name ?? (from == to ? $"ngày {Day(from)}" : $"từ {Day(from)} đến {Day(to)}");
    }

    public DateOnly From { get; }

    public DateOnly To { get; }

    /// <summary>How the period is called in a title: "nhiệm kỳ 2015-2020", "tháng 3 năm 2020", "năm 2019".</summary>
    public string Name { get; }

    public static Period Month(int year, int month) =>
        new(new(year, month, 1), new(year, month, DateTime.DaysInMonth(year, month)), $"tháng {month} năm {year}");

    public static Period Quarter(int year, int quarter) =>
        new(new(year, quarter * 3 - 2, 1), new DateOnly(year, quarter * 3, 1).AddMonths(1).AddDays(-1), $"quý {quarter} năm {year}");

    public static Period Half(int year, int half) => half == 1
        ? new(new(year, 1, 1), new(year, 6, 30), $"6 tháng đầu năm {year}")
        : new(new(year, 7, 1), new(year, 12, 31), $"6 tháng cuối năm {year}");

    public static Period Year(int year) => new(new(year, 1, 1), new(year, 12, 31), $"năm {year}");

    /// <summary>The same dates one year earlier; 29 February becomes 28.</summary>
    public Period LastYear() => new(From.AddYears(-1), To.AddYears(-1));

    private static string Day(DateOnly day) => day.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);
}
