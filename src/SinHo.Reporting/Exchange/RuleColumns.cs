using System.Text.RegularExpressions;
using SinHo.Reporting.Register;
using SinHo.Reporting.Words;

namespace SinHo.Reporting.Exchange;

/// <summary>
/// The columns that a rule of the import sends its reader to, by its SQL: texts in the third place of a select whose first place names sheets, and texts
/// called column, from_column or to_column. A column that no sheet has would send the reader nowhere.
/// </summary>
internal static partial class RuleColumns
{
    /// <returns>A sentence for each text that is no caption of the sheet it stands beside.</returns>
    public static IEnumerable<string> Faults(string file, string sql)
    {
        foreach (var items in Selects(Comment().Replace(sql, "")))
        {
            var named = Texts(items[0]).Select(Sheet).ToList();
            var isFault = named.Count > 0 && named.TrueForAll(sheet => sheet is not null);
            var sheets = isFault ? named : [.. ExchangeWorkbook.Sheets];
            foreach (var caption in items.Where((item, place) => (isFault && place == 2) || Called().IsMatch(item)).SelectMany(Texts))
            {
                if (caption == SheetDefinition.RemoveCaption || sheets.Exists(sheet => sheet!.Columns.Any(column => column.Caption == caption)))
                    continue;
                var nearest = NearestWord.To(caption, sheets.SelectMany(sheet => sheet!.Columns.Select(column => column.Caption)));
                yield return $"{file}: không trang nào {(isFault ? $"trong {string.Join(", ", sheets.Select(sheet => sheet!.Name))} " : "")}có cột “{caption}”.{(nearest is null ? "" : $" Có phải “{nearest}”?")}";
            }
        }
    }

    /// <summary>An item without what stands in brackets: arguments are no outcome either.</summary>
    private static string Inside(string item)
    {
        var depth = 0;
        return string.Concat(item.Where(letter =>
        {
            depth += letter == '(' ? 1 : letter == ')' ? -1 : 0;
            return depth <= 0;
        }));
    }

    private static SheetDefinition? Sheet(string name) => ExchangeWorkbook.Sheets.FirstOrDefault(sheet => sheet.Name == name);

    private static IEnumerable<string> Texts(string item) =>
        // What a case compares with is no outcome of it.
        Text().Matches(Compared().Replace(Inside(item), "")).Select(text => text.Groups["text"].Value);

    /// <summary>The items of every select of three or more, however deep it lies.</summary>
    private static IEnumerable<List<string>> Selects(string sql)
    {
        foreach (Match select in Select().Matches(sql))
        {
            var items = Items(sql, select.Index + select.Length);
            if (items.Count >= 3)
                yield return items;
        }
    }

    private static List<string> Items(string sql, int at)
    {
        var (items, start, depth) = (new List<string>(), at, 0);
        for (; at < sql.Length; at++)
        {
            if (sql[at] == '\'')
                at = Math.Max(at, sql.IndexOf('\'', at + 1));
            else if (sql[at] == '(')
                depth++;
            else if (sql[at] == ')' && depth-- == 0)
                break;
            else if (depth == 0 && sql[at] == ',')
                Take();
            else if (depth == 0 && End().Match(sql, at) is { Success: true } end && end.Index == at)
                break;
        }
        Take();
        return items;

        void Take()
        {
            items.Add(sql[start..Math.Min(at, sql.Length)]);
            start = at + 1;
        }
    }

    [GeneratedRegex("--[^\n]*", RegexOptions.None, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Comment();

    [GeneratedRegex(@"\bselect\b(\s+distinct\s+on\s*\([^)]*\)|\s+distinct\b)?", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Select();

    [GeneratedRegex(@"\G\b(from|where|union|order|group)\b", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex End();

    [GeneratedRegex(@"\bas\s+(column|from_column|to_column)\s*$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Called();

    [GeneratedRegex(@"(=|<>|\bin\s*\()\s*'[^']*'", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Compared();

    [GeneratedRegex("'(?<text>[^']*)'", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Text();
}
