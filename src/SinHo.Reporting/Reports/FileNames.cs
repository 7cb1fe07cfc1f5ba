using System.Globalization;
using System.Text;
using SinHo.Reporting.Catalog;
using SinHo.Reporting.Facts;
using SinHo.Reporting.Figures;

namespace SinHo.Reporting.Reports;

/// <summary>
/// What files are called, whoever made them: "report - unit[ (code)] - period[ - mau edition][ - khong ten].xlsx" in ASCII, so that any
/// file system, mail and archive keeps the name. Asked of the whole register, for one name to be one unit's in every folder.
/// </summary>
public sealed class FileNames(StatisticsSource source, Definitions definitions)
{
    /// <summary>Characters of a name with its ending.</summary>
    public const int Longest = 120;

    /// <summary>A unit's name is left with so many before anything else is cut.</summary>
    private const int ShortestUnit = 24;

    /// <param name="period">The one that was asked for; the report's may be cut to the life of its unit.</param>
    /// <param name="edition">The edition that was asked for; null where none was.</param>
    /// <param name="ending">".xlsx".</param>
    public Task<string> OfReportAsync(Report report, Period period, string? edition, bool withoutNames, string ending, CancellationToken cancel)
    {
        var caption = definitions.Reports.First(one => one.Name == report.Name && one.Edition.Printed.Code == report.Edition.Code).Caption;
        return OfAsync(caption, report.Unit, period, [.. OfMap(report.MapDay), .. edition is null ? (string[])[] : [$"mẫu {edition}"], .. withoutNames ? (string[])["không tên"] : []], ending, cancel);
    }

    /// <param name="ending">".xlsx".</param>
    public Task<string> OfListAsync(FigureList list, string ending, CancellationToken cancel) =>
        OfAsync(list.Figure.Caption, list.Unit, list.Figure.Period, OfMap(list.MapDay), ending, cancel);

    /// <param name="name">What a saved list is called.</param>
    /// <param name="period">The days that were asked about: a list of a day stands for the period that ends on it.</param>
    public Task<string> OfSavedListAsync(string name, FigureList list, Period period, string ending, CancellationToken cancel) =>
        OfAsync(name, list.Unit, period, OfMap(list.MapDay), ending, cancel);

    private static string[] OfMap(DateOnly? day) => day is null ? [] : ["bản đồ mới"];

    private async Task<string> OfAsync(string caption, ReportUnit unit, Period period, IReadOnlyList<string> marks, string ending, CancellationToken cancel)
    {
        await using var snapshot = await Snapshot.TakeAsync(source, cancel);
        var others = await snapshot.QueryAsync<string>("""
            select distinct name
            from org_version
            where code <> @code and valid_from <= @to and coalesce(valid_to, 'infinity') > @from
            """, new { code = unit.Code, from = period.From, to = period.To }, cancel);
        return Name(caption, unit, others, period, marks, ending);
    }

    /// <param name="others">Names of the other units of the period; they may repeat.</param>
    /// <param name="marks">What else tells the file from its like, e.g. "mẫu 2021".</param>
    public static string Name(string caption, ReportUnit unit, IEnumerable<string> others, Period period, IReadOnlyList<string> marks, string ending)
    {
        var (report, whole) = (Plain(caption), Plain(unit.Name) is { Length: > 0 } name ? name : Plain(unit.Code));
        var rest = string.Concat(marks.Prepend(Days(period)).Select(part => $" - {Plain(part)}")) + ending;
        var room = Longest - rest.Length - " - ".Length;
        var known = others.Select(Plain).ToList();
        var (bare, shortened) = Fit(report, whole, "", room);
        // Two names that are the same once they were cut, or but for marks and capitals, are one name to a folder.
        var isShared = known.Exists(other => shortened.Length < whole.Length
            ? other.StartsWith(shortened, StringComparison.OrdinalIgnoreCase)
            : other.Equals(whole, StringComparison.OrdinalIgnoreCase));
        var code = isShared ? $" ({Plain(unit.Code)})" : "";
        if (isShared)
            (bare, shortened) = Fit(report, whole, code, room);
        return $"{bare} - {shortened}{code}{rest}";
    }

    /// <summary>Cuts the unit's name and, only where too little of it would be left, the report's.</summary>
    private static (string Report, string Unit) Fit(string report, string unit, string code, int room)
    {
        var cut = Cut(report, room - code.Length - Math.Min(unit.Length, ShortestUnit));
        return (cut, Cut(unit, room - code.Length - cut.Length));
    }

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..Math.Max(length, 1)].TrimEnd(' ', '-', '.', ',');

    /// <summary>The name of the period; where months end on a day of their own, its days too: March is not March of every calendar.</summary>
    private static string Days(Period period)
    {
        var isNamed = period.Name != new Period(period.From, period.To).Name;
        return isNamed && ReportingCalendar.Behind(period).CutOffDay is not null
            ? string.Create(CultureInfo.InvariantCulture, $"{period.Name} ({period.From:dd-MM-yyyy} den {period.To:dd-MM-yyyy})")
            : period.Name;
    }

    /// <summary>
    /// Without marks, "/" of days as "-"; what is neither a letter, a digit nor harmless in a name of a file is a space. No dot or space stands
    /// at an end: one would hide the file, the other is dropped by some systems.
    /// </summary>
    public static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var letter in text.Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(letter) is UnicodeCategory.NonSpacingMark)
                continue;
            plain.Append(letter switch
            {
                'đ' => 'd',
                'Đ' => 'D',
                '/' or '–' or '—' => '-',
                _ when char.IsAsciiLetterOrDigit(letter) || letter is '-' or '.' or ',' or '(' or ')' or '_' => letter,
                _ => ' ',
            });
        }
        return string.Join(' ', plain.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries)).Trim(' ', '-', '.', ',');
    }
}
