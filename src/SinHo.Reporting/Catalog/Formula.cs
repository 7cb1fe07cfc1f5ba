using SinHo.Reporting.Words;

namespace SinHo.Reporting.Catalog;

/// <summary>
/// Reads a linear statement, words apart by spaces: "D = A + B - C", "c2 &lt;= 0". A term is ROW, ROW.COLUMN, *.COLUMN for every row,
/// FIRST..LAST for the sum of these rows, REPORT. before any of them, ROW@previous for the eve of the period, or 0.
/// </summary>
/// <param name="own">The form that the statement belongs to; null where the report is none.</param>
/// <param name="forms">The forms of every report, by its name.</param>
internal sealed class Formula(FormDefinition? own, ILookup<string, FormDefinition?> forms)
{
    private const string Dots = "..";
    private const string Eve = "@previous";

    /// <exception cref="FormatException">It cannot be read; the message says why, in Vietnamese.</exception>
    public Identity Read(string code, string says, string text)
    {
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToList();
        var sign = words.FindIndex(word => word is "=" or "<=");
        if (sign < 1 || sign == words.Count - 1 || words.FindLastIndex(word => word is "=" or "<=") != sign)
            throw new FormatException("cần đúng một dấu = hoặc <= giữa hai vế");
        return new(code, says, Side(words[..sign]), Side(words[(sign + 1)..]), words[sign] == "=");
    }

    /// <summary>Codes from the first to the last, in the order of the rows; a single code is itself. Null where they are no such rows.</summary>
    public static List<string>? Range(string text, IReadOnlyList<FormRowDefinition> rows)
    {
        var ends = text.Split(Dots);
        var codes = rows.Select(row => row.Code).ToList();
        var (first, last) = (codes.IndexOf(ends[0]), codes.IndexOf(ends[^1]));
        return ends.Length <= 2 && first >= 0 && last >= first ? codes[first..(last + 1)] : null;
    }

    private List<Term> Side(List<string> words)
    {
        if (words is ["0"])
            return [];
        var terms = new List<Term>();
        for (var index = 0; index < words.Count; index += 2)
        {
            var sign = index == 0 ? "+" : words[index - 1];
            if (sign is not ("+" or "-"))
                throw new FormatException($"giữa hai số hạng phải là + hoặc -, có dấu cách hai bên, không phải “{sign}”");
            terms.AddRange(Terms(sign == "-" ? -1 : 1, words[index]));
        }
        return words.Count % 2 == 1 ? terms : throw new FormatException("vế kết thúc bằng một dấu");
    }

    private IEnumerable<Term> Terms(int sign, string word)
    {
        var previous = word.EndsWith(Eve, StringComparison.Ordinal);
        var rest = previous ? word[..^Eve.Length] : word;
        string? report = null;
        if (rest.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot && forms.Contains(rest[..dot]))
            (report, rest) = (rest[..dot], rest[(dot + 1)..]);
        var range = rest.IndexOf(Dots, StringComparison.Ordinal);
        var end = rest.IndexOf('.', range < 0 ? 0 : range + Dots.Length);
        var (rows, column) = end < 0 ? (rest, null) : (rest[..end], rest[(end + 1)..]);
        if (rows.Length == 0 || column is "" || column?.Contains('.', StringComparison.Ordinal) == true)
            throw new FormatException($"không hiểu “{word}”");
        return (range < 0 ? [rows] : Summed(report, rows)).Select(row => new Term(sign, report, row, column, previous));
    }

    /// <summary>Rows of words only, and blank ones, add nothing.</summary>
    private IEnumerable<string> Summed(string? report, string range)
    {
        var form = report is null ? own : forms[report].FirstOrDefault();
        return form is not null && Range(range, form.Rows) is { } codes
            ? codes.Where(code => form.Row(code)!.HasValues)
            : throw new FormatException($"“{range}” phải nêu hai mã dòng của biểu theo thứ tự");
    }
}
