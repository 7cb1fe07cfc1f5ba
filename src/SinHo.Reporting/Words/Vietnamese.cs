using System.Globalization;

namespace SinHo.Reporting.Words;

/// <summary>The only place that writes numbers and days for a Vietnamese reader. Independent of the machine's culture.</summary>
public static class Vietnamese
{
    private static readonly NumberFormatInfo Numbers = new()
    {
        NumberGroupSeparator = ".",
        NumberDecimalSeparator = ",",
        NumberGroupSizes = [3],
        NegativeSign = "-",
    };

    // Viet Nam has kept one time, without summer time, since 1975: no time zone data is needed on the machine.
    internal static readonly TimeSpan HoChiMinh = TimeSpan.FromHours(7);

    /// <summary>3882 is "3.882".</summary>
    public static string Number(long value) => value.ToString("#,##0", Numbers);

    /// <summary>95.78 is "95,78"; no more than two decimals, none where they are 0.</summary>
    public static string Number(double value) => value.ToString("#,##0.##", Numbers);

    /// <summary>5.86 with two decimals is "5,86", 5 is "5,00".</summary>
    public static string Number(decimal value, int decimals) => value.ToString(decimals == 0 ? "#,##0" : $"#,##0.{new string('0', decimals)}", Numbers);

    /// <summary>"05/02/2020".</summary>
    public static string Day(DateOnly day) => day.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);

    /// <summary>"ngày 05 tháng 02 năm 2020": days under 10 and the months 1 and 2 take a zero, so that no digit can be added by hand.</summary>
    public static string DayInWords(DateOnly day) => string.Create(
        CultureInfo.InvariantCulture, $"ngày {day.Day:00} tháng {(day.Month <= 2 ? "0" : "")}{day.Month} năm {day.Year}");

    /// <summary>"08 giờ 05 phút 09 giây, ngày 05 tháng 02 năm 2020 (giờ Việt Nam, Asia/Ho_Chi_Minh)".</summary>
    public static string Moment(DateTimeOffset moment)
    {
        var local = moment.ToOffset(HoChiMinh);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{local:HH} giờ {local:mm} phút {local:ss} giây, {DayInWords(DateOnly.FromDateTime(local.DateTime))} (giờ Việt Nam, Asia/Ho_Chi_Minh)");
    }

    /// <summary>"05/02/2020 08:05", the time in Viet Nam.</summary>
    public static string ShortMoment(DateTimeOffset moment) =>
        moment.ToOffset(HoChiMinh).ToString("dd/MM/yyyy HH:mm", CultureInfo.InvariantCulture);

    /// <summary>The day that it is in Viet Nam at a moment.</summary>
    public static DateOnly Today(DateTimeOffset moment) => DateOnly.FromDateTime(moment.ToOffset(HoChiMinh).DateTime);

    /// <summary>Midnight in Viet Nam, with which a day begins.</summary>
    public static DateTimeOffset StartOf(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), HoChiMinh);

    /// <summary>"nhiệm kỳ 2015-2020" at the head of a line is "Nhiệm kỳ 2015-2020".</summary>
    public static string Sentence(string text) =>
        text.Length == 0 ? text : string.Concat(char.ToUpperInvariant(text[0]).ToString(), text.AsSpan(1));

    /// <summary>"năm 2019" is "NĂM 2019".</summary>
    public static string Capitals(string text) => text.ToUpper(CultureInfo.GetCultureInfo("vi-VN"));

    /// <summary>1 to 39 as "I" to "XXXIX".</summary>
    public static string Roman(int number)
    {
        string[] ones = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"];
        return new string('X', number / 10) + ones[number % 10];
    }
}
