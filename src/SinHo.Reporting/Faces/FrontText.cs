using ClosedXML.Excel;
using SinHo.Reporting.Faces.Templates;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Words;

namespace SinHo.Reporting.Faces;

/// <summary>What the report puts in the place of a template's tags above and beneath the table.</summary>
internal sealed class FrontText(Report report, Issue? issue)
{
    private readonly Dictionary<string, string> values = new(StringComparer.Ordinal)
    {
        ["superior"] = report.Letterhead.Superior,
        ["issuer"] = issue?.Number is { } number ? $"{report.Letterhead.Issuer}\nSố {number}" : report.Letterhead.Issuer,
        // Of a draft the day is written by the hand that signs.
        ["place_date"] = PlaceDate(report, issue),
        ["title"] = report.Title,
        ["unit"] = report.Unit.Name,
        ["period"] = report.Period.Name,
        ["from"] = Vietnamese.Day(report.Period.From),
        ["to"] = Vietnamese.Day(report.Period.To),
        ["form_number"] = report.Edition.Number,
        ["basis"] = report.Edition.Basis,
        ["counted_in"] = report.Edition.CountedIn,
        ["deadline"] = report.Edition.Deadline,
        ["compiler"] = report.Letterhead.Compiler,
        ["signer"] = issue?.Office ?? report.Letterhead.Signer,
        ["guide"] = (report.Figures.Any(figure => figure.Evidence.Count > 0) ? "mỗi số lượng khác 0 có liên kết tới danh sách được đếm; " : "") + "định nghĩa đầy đủ ở tờ Thuyết minh",
    };

    public static string PlaceDate(Report report, Issue? issue)
    {
        var place = report.Letterhead.Place.Length > 0 ? report.Letterhead.Place : "…………";
        return issue?.Date is { } day ? $"{place}, {Vietnamese.DayInWords(day)}" : $"{place}, ngày …… tháng …… năm ………";
    }

    private List<Check> FailedChecks => report.Checks.Where(check => !check.Ok).ToList();

    /// <summary>Puts the values into a cell that was copied from the template; what is no tag keeps its place and look.</summary>
    public void Fill(IXLCell cell)
    {
        var text = cell.GetString();
        if (!text.Contains("{{", StringComparison.Ordinal))
            return;
        if (IsNotices(cell))
        {
            WriteNotices(cell);
        }
        else if (TemplateTags.Pattern().Matches(text).All(match => Value(match.Groups["name"].Value) is ""))
        {
            // "Đvt: {{counted_in}}" of a form that counts several things is no line at all.
            cell.SetValue("");
        }
        else if (cell.HasRichText)
        {
            foreach (var run in cell.RichText)
                run.Text = TemplateTags.Fill(run.Text, Value);
        }
        else
        {
            cell.SetValue(TemplateTags.Fill(text, Value));
        }
    }

    public static bool IsNotices(IXLCell cell) => cell.GetString().Contains($"{{{{{TemplateTags.Notices}}}}}", StringComparison.Ordinal);

    public bool HasNotices => report.Notices.Count > 0 || report.BeyondData is not null || FailedChecks.Count > 0;

    private string? Value(string name) => name.StartsWith(TemplateTags.Head, StringComparison.Ordinal)
        ? report.Form?.Columns.FirstOrDefault(column => column.Code == name[TemplateTags.Head.Length..])?.Caption
        : TemplateTags.Written(name, values);

    private void WriteNotices(IXLCell cell)
    {
        var (font, failed) = (cell.Style.Font, FailedChecks);
        var (name, size, italic) = (font.FontName, font.FontSize, font.Italic);
        cell.SetValue("");
        var all = cell.RichText;
        foreach (var (notice, index) in report.Notices.Select((notice, index) => (notice, index)))
            all.AddText((index > 0 ? "\n" : "") + notice).SetFontName(name).SetFontSize(size).SetItalic(italic);
        if (report.BeyondData is { } beyond)
            all.AddText((report.Notices.Count > 0 ? "\n" : "") + beyond).SetFontName(name).SetFontSize(size).SetBold(true).SetFontColor(Office.Alarm);
        if (failed.Count == 0)
            return;
        var names = string.Join("; ", failed.Select(check => check.Caption));
        all.AddText($"{(report.Notices.Count > 0 ? "\n" : "")}CHÚ Ý: {failed.Count} phép kiểm tra không đạt: {names}. Xem tờ {ChecksSheet.Name}.")
            .SetFontName(name).SetFontSize(size).SetBold(true).SetFontColor(Office.Alarm);
    }
}
