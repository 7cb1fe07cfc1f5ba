using SinHo.Reporting.Register;
using SinHo.Reporting.Words;

namespace SinHo.Reporting.Exchange;

/// <summary>
/// Looks for days and months that changed places on their way through a program of another country: in its true dates no day is beyond 12 while its
/// text dates have such days, or to change them back would mend most of the errors of order.
/// </summary>
internal sealed class OrderOfDays(SheetDefinition definition)
{
    /// <summary>One date of a low day proves nothing, nor does one error.</summary>
    private const int Fewest = 2;

    private const int MostTried = 10_000;

    private readonly int[] native = new int[definition.Columns.Count];
    private readonly int[] nativeBeyond = new int[definition.Columns.Count];
    private readonly int[] textBeyond = new int[definition.Columns.Count];
    private readonly int[] mended = new int[definition.Columns.Count];
    private int broken;

    public void See(int column, object? cell, object? read)
    {
        if (read is null || ColumnReader.EvidenceOfOrder(cell, read) is not { } evidence)
            return;
        native[column] += evidence.Native ? 1 : 0;
        nativeBeyond[column] += evidence is (true, true) ? 1 : 0;
        textBeyond[column] += evidence is (false, true) ? 1 : 0;
    }

    /// <summary>A row that breaks rules: would it keep its order with day and month of one date exchanged?</summary>
    public void SeeBroken(ParsedRow row, IReadOnlyList<ImportIssue> faults, RowRules rules)
    {
        if (!faults.Any(IsOfOrder) || ++broken > MostTried)
            return;
        for (var column = 0; column < row.Values.Length; column++)
        {
            if (Exchanged(row.Values[column]) is not { } other)
                continue;
            var tried = row with { Values = [.. row.Values] };
            tried.Values[column] = other;
            mended[column] += rules.Broken(tried).Any(IsOfOrder) ? 0 : 1;
        }
    }

    public IEnumerable<ImportIssue> Issues(int captionRow)
    {
        for (var column = 0; column < native.Length; column++)
        {
            var caption = definition.Columns[column].Caption;
            if (native[column] >= Fewest && nativeBeyond[column] == 0 && textBeyond[column] > 0)
            {
                yield return Issue(captionRow, caption,
                    $"không ngày nào trong {Vietnamese.Number(native[column])} ô kiểu ngày lớn hơn 12, còn {Vietnamese.Number(textBeyond[column])} ô kiểu văn bản thì có");
            }
            else if (mended[column] >= Fewest && mended[column] * 2 > Math.Min(broken, MostTried))
            {
                yield return Issue(captionRow, caption, $"nếu đổi chỗ ngày và tháng thì {Vietnamese.Number(mended[column])}/{Vietnamese.Number(broken)} lỗi thứ tự ngày sẽ hết");
            }
        }
    }

    private ImportIssue Issue(int captionRow, string caption, string why) => new(IssueCode.DatesSwapped, definition.Name, captionRow, caption, null,
        $"Cột “{caption}” có thể bị đảo ngày và tháng (tháng/ngày/năm kiểu Mỹ): {why}; hãy so vài dòng với hồ sơ giấy trước khi nhập.");

    private static bool IsOfOrder(ImportIssue issue) => issue.Code is IssueCode.DateOrder or IssueCode.EmptyInterval;

    private static object? Exchanged(object? value) => value switch
    {
        DateOnly day when Exchanged(day) is { } other => other,
        PartialDate { Precision: "day" } date when Exchanged(date.FirstDay) is { } other => date with { FirstDay = other },
        _ => null,
    };

    private static DateOnly? Exchanged(DateOnly day) => day.Day <= 12 && day.Day != day.Month ? new DateOnly(day.Year, day.Day, day.Month) : null;
}
