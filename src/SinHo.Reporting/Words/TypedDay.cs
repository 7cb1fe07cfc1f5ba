using System.Globalization;
using System.Text.RegularExpressions;

namespace SinHo.Reporting.Words;

/// <summary>A day as people type it: what was meant, or a sentence that says why it is no day. Nothing typed ever becomes another day.</summary>
public static partial class TypedDay
{
    private const int FirstYear = 1900;
    private const int LastYear = 2199;

    /// <param name="text">d/M/yyyy with / - . or blanks, also with two digits of the year; ddMMyyyy and ddMMyy; yyyy-MM-dd.</param>
    /// <param name="today">Two digits mean 20yy unless that is after next year, else 19yy.</param>
    /// <returns>The day, or null with the fault.</returns>
    public static (DateOnly? Day, string? Fault) Read(string text, DateOnly today)
    {
        var typed = text.Trim();
        if (typed.Length == 0)
            return (null, "Chưa nhập ngày.");
        if (Parts(typed, today) is not { } parts)
            return (null, $"“{typed}” thiếu ngày, tháng hoặc năm; hãy gõ ngày/tháng/năm, ví dụ {Vietnamese.Day(today)}.");
        var (day, month, year) = parts;
        if (month is < 1 or > 12)
            return (null, $"“{typed}”: không có tháng {month}; hãy gõ ngày trước, tháng sau.");
        if (year is < FirstYear or > LastYear)
            return (null, $"“{typed}”: năm {year} nằm ngoài {FirstYear}-{LastYear}.");
        return day < 1 || day > DateTime.DaysInMonth(year, month)
            ? (null, $"“{typed}”: tháng {month} năm {year} chỉ có {DateTime.DaysInMonth(year, month)} ngày.")
            : (new(year, month, day), null);
    }

    private static (int Day, int Month, int Year)? Parts(string typed, DateOnly today)
    {
        var match = DayFirst().Match(typed) is { Success: true } day ? day : YearFirst().Match(typed) is { Success: true } year ? year : Digits().Match(typed);
        return match.Success ? (Number(match, "day"), Number(match, "month"), Year(match, today)) : null;
    }

    private static int Year(Match match, DateOnly today)
    {
        var year = Number(match, "year");
        return match.Groups["year"].Length > 2 ? year : year + (2000 + year > today.Year + 1 ? 1900 : 2000);
    }

    private static int Number(Match match, string part) => int.Parse(match.Groups[part].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(?<day>[0-9]{1,2})(?:\s*[/.-]\s*|\s+)(?<month>[0-9]{1,2})(?:\s*[/.-]\s*|\s+)(?<year>[0-9]{4}|[0-9]{2})$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex DayFirst();

    [GeneratedRegex(@"^(?<year>[0-9]{4})[/.-](?<month>[0-9]{1,2})[/.-](?<day>[0-9]{1,2})$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex YearFirst();

    [GeneratedRegex(@"^(?<day>[0-9]{2})(?<month>[0-9]{2})(?<year>[0-9]{4}|[0-9]{2})$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Digits();
}
