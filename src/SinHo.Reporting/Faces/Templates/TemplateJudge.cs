using System.Text.RegularExpressions;
using ClosedXML.Excel;
using SinHo.Reporting.Faces;
using SinHo.Reporting.Words;

namespace SinHo.Reporting.Faces.Templates;

/// <summary>Compares a template with what its report prints and collects every fault, each a Vietnamese sentence with sheet and cell.</summary>
internal sealed class TemplateJudge(XLWorkbook book, TemplateTable table)
{
    private static readonly string[] Looks = ["dòng mục lớn", "dòng chính", "dòng chi tiết", "dòng chỉ có chữ"];

    private readonly IXLWorksheet sheet = book.Worksheet(1);
    private readonly List<string> faults = [];

    public IReadOnlyList<string> Faults => faults;

    /// <returns>Null where the places could not be found.</returns>
    public TemplateFrame? Judge()
    {
        if (WorkbookFace.SheetNames.Contains(sheet.Name, StringComparer.OrdinalIgnoreCase))
            faults.Add($"Trang đầu không được mang tên “{sheet.Name}”, tên của một trang khác trong báo cáo; hãy đổi tên trang.");
        foreach (var cell in sheet.CellsUsed(XLCellsUsedOptions.Contents).Where(cell => cell.HasFormula))
            faults.Add($"{At(cell)}: có công thức; mẫu chỉ chứa chữ và thẻ, số liệu do báo cáo điền.");
        var rows = Range(ReportTemplate.RowsName);
        var foot = Range(ReportTemplate.FootName);
        if (rows is not null && rows.RowCount() != TemplateFrame.Models)
        {
            faults.Add($"Vùng tên “{ReportTemplate.RowsName}” ({rows.RangeAddress}) phải có đúng {TemplateFrame.Models} hàng: {string.Join(", ", Looks)}.");
            rows = null;
        }

        if (rows is not null && foot is not null && foot.FirstRow().RowNumber() <= rows.LastRow().RowNumber())
            faults.Add($"Vùng tên “{ReportTemplate.FootName}” ({foot.RangeAddress}) phải nằm dưới vùng “{ReportTemplate.RowsName}” ({rows.RangeAddress}).");
        if (rows is null || foot is null)
            return null;
        JudgeRows(rows);
        JudgePage(rows);
        return new(
            sheet, rows.FirstRow().RowNumber(), rows.FirstColumn().ColumnNumber(), rows.LastColumn().ColumnNumber(), Halves(rows),
            foot.FirstRow().RowNumber(), foot.LastRow().RowNumber());
    }

    /// <summary>A name that Excel lost reads #REF!, and one of another sheet is as good as lost.</summary>
    private IXLRange? Range(string name)
    {
        var found = sheet.NamedRanges.Concat(book.NamedRanges).FirstOrDefault(range => string.Equals(range.Name, name, StringComparison.OrdinalIgnoreCase));
        if (found is null)
        {
            faults.Add($"Không còn vùng tên “{name}”; trong Excel hãy chọn lại các ô rồi đặt tên ở Formulas > Define Name, hoặc bắt đầu lại từ mẫu gốc.");
            return null;
        }

        var (place, address) = Split(found.RefersTo);
        if (string.Equals(place, sheet.Name, StringComparison.OrdinalIgnoreCase) && XLHelper.IsValidRangeAddress(address))
            return sheet.Range(address);
        faults.Add($"Vùng tên “{name}” không còn chỉ vào trang “{sheet.Name}” (đang là {found.RefersTo}); hãy đặt lại ở Formulas > Name Manager.");
        return null;
    }

    private static (string Sheet, string Address) Split(string reference)
    {
        var mark = reference.LastIndexOf('!');
        return mark < 0
            ? ("", reference)
            : (reference[..mark].Trim('\'').Replace("''", "'", StringComparison.Ordinal), reference[(mark + 1)..].Replace("$", "", StringComparison.Ordinal));
    }

    private void JudgeRows(IXLRange rows)
    {
        for (var look = 0; look < TemplateFrame.Models; look++)
        {
            var row = rows.Row(look + 1);
            var seen = new HashSet<string>(StringComparer.Ordinal);
            foreach (var cell in row.CellsUsed(XLCellsUsedOptions.Contents))
                JudgeModelCell(cell, seen);
            foreach (var (half, name) in Wanted(look).Where(tag => !seen.Contains(Tag(tag.Half, tag.Name))))
                faults.Add($"{At(row.FirstCell())}: {Looks[look]} thiếu thẻ {{{{{Tag(half, name)}}}}}.");
        }
    }

    private IEnumerable<(int Half, string Name)> Wanted(int look)
    {
        var withNumbers = look is 1 or 2 || (look == 0 && table.HeadsHaveNumbers);
        for (var half = 1; half <= table.Halves; half++)
        {
            yield return (half, TemplateTags.Caption);
            foreach (var column in withNumbers ? table.Columns : [])
                yield return (half, column);
        }
    }

    private void JudgeModelCell(IXLCell cell, HashSet<string> seen)
    {
        var text = cell.GetString();
        foreach (Match match in TemplateTags.Pattern().Matches(text))
        {
            var (name, half) = (match.Groups["name"].Value, match.Groups["half"] is { Success: true } group ? group.Value[0] - '0' : 1);
            var isColumn = table.Columns.Contains(name, StringComparer.Ordinal);
            if (!isColumn && !TemplateTags.Row.Any(tag => tag.Name == name))
                faults.Add($"{At(cell)}: thẻ {match.Value} không có trong báo cáo này; các thẻ của dòng: {string.Join(", ", TemplateTags.Row.Select(tag => tag.Name).Concat(table.Columns))}.");
            else if (half > table.Halves)
                faults.Add($"{At(cell)}: thẻ {match.Value} thuộc nửa thứ {half} nhưng bảng chỉ có {table.Halves}.");
            else if (isColumn && text != match.Value)
                faults.Add($"{At(cell)}: thẻ số liệu {match.Value} phải đứng một mình trong ô.");
            seen.Add(Tag(half, name));
        }

        RefuseHalfWritten(cell, text);
    }

    private void JudgePage(IXLRange rows)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var cell in sheet.CellsUsed(XLCellsUsedOptions.Contents).Where(cell => !rows.Contains(cell)))
        {
            var text = cell.GetString();
            foreach (Match match in TemplateTags.Pattern().Matches(text))
            {
                var tag = match.Groups["tag"].Value;
                seen.Add(tag);
                if (string.Equals(tag, TemplateTags.Notices, StringComparison.OrdinalIgnoreCase) && text != match.Value)
                    faults.Add($"{At(cell)}: thẻ {match.Value} phải đứng một mình trong ô.");
                if (!TemplateTags.Page.Any(known => string.Equals(known.Name, tag, StringComparison.OrdinalIgnoreCase)) && !IsHead(tag))
                    faults.Add($"{At(cell)}: thẻ {match.Value} không có; các thẻ của trang: {string.Join(", ", TemplateTags.Page.Select(known => known.Name))}.");
            }

            RefuseHalfWritten(cell, text);
        }

        foreach (var tag in TemplateTags.Page.Where(tag => tag.IsRequired && !seen.Contains(tag.Name)))
            faults.Add($"Trang “{sheet.Name}”: thiếu thẻ {{{{{tag.Name}}}}} ({tag.Says.Split(':')[0].ToLowerInvariant()}).");
    }

    private bool IsHead(string tag) =>
        tag.StartsWith(TemplateTags.Head, StringComparison.Ordinal) && table.Columns.Contains(tag[TemplateTags.Head.Length..], StringComparer.Ordinal);

    private void RefuseHalfWritten(IXLCell cell, string text)
    {
        var rest = TemplateTags.Pattern().Replace(text, "");
        if (rest.Contains("{{", StringComparison.Ordinal) || rest.Contains("}}", StringComparison.Ordinal))
            faults.Add($"{At(cell)}: thẻ viết sai trong “{text}”; thẻ gồm một từ giữa hai cặp ngoặc nhọn, ví dụ {{{{unit}}}}.");
        if (cell.HasRichText && TemplateTags.Pattern().Count(text) != cell.RichText.Sum(run => TemplateTags.Pattern().Count(run.Text)))
            faults.Add($"{At(cell)}: một thẻ có nhiều kiểu chữ; hãy định dạng trọn thẻ cùng một kiểu.");
    }

    /// <summary>Columns from the first one that carries a tag of the second half belong to that half.</summary>
    private static List<int> Halves(IXLRange rows)
    {
        var half = 0;
        var halves = new List<int>();
        foreach (var column in rows.Columns())
        {
            foreach (Match match in column.Cells().SelectMany(cell => TemplateTags.Pattern().Matches(cell.GetString())))
            {
                if (match.Groups["half"] is { Success: true } group)
                    half = Math.Max(half, group.Value[0] - '1');
            }

            halves.Add(half);
        }

        return halves;
    }

    private static string Tag(int half, string name) => half == 1 ? name : $"{half}.{name}";

    private string At(IXLCell cell) => $"Trang “{sheet.Name}”, ô {cell.Address}";
}
