using System.Collections;
using SinHo.Reporting.Register;
using SinHo.Reporting.Words;

namespace SinHo.Reporting.Exchange;

/// <summary>
/// Turns a source into typed rows: finds the definition of each sheet, its columns by caption, reads every cell, applies the row rules.
/// Everything that is wrong is reported, nothing stops at the first fault.
/// </summary>
public sealed class SheetParser
{
    /// <summary>Where the first column of a row begins with this, the row is the grey example of the template and is passed over.</summary>
    public const string ExampleMark = "Ví dụ:";

    private const int LastRow = 1_048_576;

    /// <summary>Sheets that the program itself adds for the reader: passed over without a warning.</summary>
    public static readonly IReadOnlyList<string> SheetsForReaders = ["Hướng dẫn", "Danh mục", "Lỗi", "_sinho"];

    private static readonly string ExampleKey = Matching.Key(ExampleMark);
    private static readonly string RemoveKey = Matching.Key(SheetDefinition.RemoveCaption);
    private static readonly HashSet<string> PassedOver = [.. SheetsForReaders.Select(Matching.Key)];
    private readonly SheetDefinition definition;
    private readonly RowRules? rules;
    private readonly ColumnReader[] readers;
    private readonly bool mendNames;

    /// <summary>By column of the definition: its place in the sheet, -1 where absent.</summary>
    private readonly int[] places;

    /// <summary>By column: the old code that its caption names.</summary>
    private readonly LegacyCode?[] codes;

    private readonly bool[] misspelt;
    private readonly List<ImportIssue> issues = [];
    private readonly OrderOfDays order;
    private int removePlace = -1;
    private int captionRow = 1;

    private SheetParser(SheetDefinition definition, bool mendNames)
    {
        this.definition = definition;
        this.mendNames = mendNames;
        rules = RowRules.Of(definition);
        readers = [.. definition.Columns.Select(column => new ColumnReader(column))];
        order = new OrderOfDays(definition);
        misspelt = new bool[definition.Columns.Count];
        codes = new LegacyCode?[definition.Columns.Count];
        places = new int[definition.Columns.Count];
        Array.Fill(places, -1);
    }

    /// <summary>Every sheet of the source in its order, but for those of <see cref="SheetsForReaders"/>.</summary>
    /// <param name="mendNames">Names typed in an old code are read as what they say; else they stay, with a warning.</param>
    /// <param name="sheets">The sheets that may be there; null for those of the exchange workbook.</param>
    public static IEnumerable<ParsedSheet> Parse(IRegisterSource source, bool mendNames = false, IReadOnlyList<SheetDefinition>? sheets = null)
    {
        sheets ??= ExchangeWorkbook.Sheets;
        var definitions = sheets.ToDictionary(sheet => Matching.Key(sheet.Name), StringComparer.Ordinal);
        var seen = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var sheet in source.Sheets())
        {
            var key = Matching.Key(sheet.Name);
            if (PassedOver.Contains(key))
                continue;
            if (!definitions.TryGetValue(key, out var definition))
                yield return WithoutRows(sheet, UnknownSheet(sheet, sheets));
            else if (!seen.TryAdd(definition.Table, sheet.Name))
                yield return WithoutRows(sheet, RepeatedSheet(sheet, seen[definition.Table]));
            else
                yield return new SheetParser(definition, mendNames).Parse(sheet);
        }
    }

    private static ParsedSheet WithoutRows(SourceSheet sheet, ImportIssue issue) => new(sheet.Name, null, [], [], 1, [issue], []);

    /// <summary>The known sheet that a name most likely means: the nearest by letters, or one that it contains.</summary>
    public static string? NearestSheet(string name, IReadOnlyList<SheetDefinition> sheets)
    {
        var letters = NearestWord.Letters(name);
        return sheets.Where(known => known.Name.Length > 3 && letters.Contains(NearestWord.Letters(known.Name), StringComparison.Ordinal))
            .MaxBy(known => known.Name.Length)?.Name ?? NearestWord.To(name, sheets.Select(known => known.Name));
    }

    private static ImportIssue UnknownSheet(SourceSheet sheet, IReadOnlyList<SheetDefinition> sheets)
    {
        var nearest = NearestSheet(sheet.Name, sheets);
        var hint = nearest is null ? "" : $" Có phải “{nearest}”?";
        return new(IssueCode.UnknownSheet, sheet.Name, null, null, null, $"Trang “{sheet.Name}” không thuộc {(sheets == ExchangeWorkbook.Sheets ? "sổ trao đổi" : "phương án sắp xếp")} nên được bỏ qua.{hint}");
    }

    private static ImportIssue RepeatedSheet(SourceSheet sheet, string first) => new(IssueCode.BadValue, sheet.Name, null, null, null,
        $"Trang “{sheet.Name}” trùng với trang “{first}”; mỗi loại chỉ được một trang, hãy gộp lại.");

    private ParsedSheet Parse(SourceSheet sheet)
    {
        var source = sheet.Rows.GetEnumerator();
        // A source that knows its captions has them in row 1; else they are looked for, and what stands above them is a title.
        var found = sheet.Captions.Count > 0 ? new CaptionRow(1, sheet.Captions) : null;
        if (found is not null && !CaptionRow.IsCaptionsOf(definition, [.. found.Cells]))
            found = null;
        CaptionRow? likely = null;
        while (found is null && sheet.Captions.Count == 0 && source.MoveNext() && source.Current.Number <= CaptionRow.LastPlace)
        {
            if (CaptionRow.IsCaptionsOf(definition, source.Current.Cells))
                found = CaptionRow.From(source.Current);
            else if (likely is null && CaptionRow.NearlyCaptionsOf(definition, source.Current.Cells).Count > 0)
                likely = CaptionRow.From(source.Current);
        }
        if (found is null)
        {
            issues.Add(NoCaptions(likely));
            source.Dispose();
        }
        else
        {
            FindColumns(found);
        }
        bool[] present = [.. places.Select(place => place >= 0)];
        return new(sheet.Name, definition, present, misspelt, captionRow, issues, found is null ? [] : Rows(source, sheet, !present.Contains(false)));
    }

    private void FindColumns(CaptionRow found)
    {
        captionRow = found.Number;
        var keys = definition.Columns.Select(column => Matching.Key(column.Caption)).ToList();
        var others = definition.Columns.Select(column => column.OtherCaption is { } other ? Matching.Key(other) : "-").ToList();
        var unknown = new List<string>();
        for (var place = 0; place < found.Cells.Count; place++)
        {
            if (found.Cells[place] is not { } written || ColumnReader.IsBlank(written))
                continue;
            var key = CaptionRow.KeyOf(written);
            var column = keys.IndexOf(key);
            if (column < 0)
                column = others.IndexOf(key);
            if (key == RemoveKey)
                removePlace = First(removePlace, place, SheetDefinition.RemoveCaption);
            else if (column < 0)
                unknown.Add(Matching.Clean(written));
            else if ((places[column] = First(places[column], place, definition.Columns[column].Caption)) == place)
                codes[column] = CaptionRow.CodeOf(written);
        }
        foreach (var written in unknown)
            issues.Add(Misspelt(written) ?? UnknownColumn(written));
        for (var column = 0; column < places.Length; column++)
        {
            // Without its key no row can be known; other columns may be stored already.
            if (places[column] < 0 && definition.Columns[column].IsNeededKey && !misspelt[column])
                issues.Add(MissingColumn(definition, column, captionRow, null));
        }
    }

    /// <summary>An unknown caption that is nearly an absent one must not be ignored: its column would be taken for absent.</summary>
    private ImportIssue? Misspelt(string written)
    {
        var column = definition.Columns.Select((column, index) => (column, index))
            .Where(pair => places[pair.index] < 0 && !misspelt[pair.index] && CaptionRow.IsNearly(written, pair.column.Caption))
            .OrderBy(pair => NearestWord.Edits(NearestWord.Letters(written), NearestWord.Letters(pair.column.Caption)))
            .Select(pair => (int?)pair.index).FirstOrDefault();
        if (column is { } meant)
            misspelt[meant] = true;
        else if (removePlace >= 0 || !CaptionRow.IsNearly(written, SheetDefinition.RemoveCaption))
            return null;
        var caption = column is { } index ? definition.Columns[index].Caption : SheetDefinition.RemoveCaption;
        return new(IssueCode.MisspeltColumn, definition.Name, captionRow, written, written,
            $"Cột “{written}” không có trong trang này nhưng rất giống “{caption}”; hãy sửa tiêu đề thành “{caption}”, hoặc đặt tên khác hẳn nếu là cột riêng của đơn vị.");
    }

    /// <param name="likely">A row that would hold captions if some were spelt as they are.</param>
    private ImportIssue NoCaptions(CaptionRow? likely) => new(IssueCode.MissingColumn, definition.Name, 1, null, null,
        $"Trang “{definition.Name}” không có hàng tiêu đề trong {CaptionRow.LastPlace} hàng đầu; hãy ghi tiêu đề cột ở hàng 1, ít nhất các cột bắt buộc: "
        + $"{string.Join(", ", definition.Columns.Where(column => column.Required).Select(column => $"“{column.Caption}”"))}."
        + (likely is null ? "" : $" Hàng {likely.Number} có vẻ là hàng tiêu đề nhưng viết khác: "
            + $"{string.Join("; ", CaptionRow.NearlyCaptionsOf(definition, likely.Cells).Select(pair => $"“{pair.Written}” cần sửa thành “{pair.Caption}”"))}."));

    /// <summary>A caption that comes twice is an error, not a warning: nobody can say which of the two columns was meant.</summary>
    private int First(int earlier, int place, string caption)
    {
        if (earlier < 0)
            return place;
        issues.Add(new(IssueCode.BadValue, definition.Name, captionRow, caption, caption,
            $"Cột “{caption}” có hai lần (cột {ColumnLetters(earlier)} và {ColumnLetters(place)}); hãy xóa hoặc đổi tên một cột."));
        return earlier;
    }

    private ImportIssue UnknownColumn(string caption)
    {
        var nearest = NearestWord.To(caption, definition.Columns.Select(column => column.Caption));
        var hint = nearest is null ? "" : $" Có phải “{nearest}”?";
        return new(IssueCode.UnknownColumn, definition.Name, captionRow, caption, caption, $"Cột “{caption}” không thuộc trang này nên được bỏ qua.{hint}");
    }

    /// <summary>A required column is absent where rows need it.</summary>
    /// <param name="rows">The first rows that are new, so that nothing of theirs is stored; null where no row can be known at all.</param>
    public static ImportIssue MissingColumn(SheetDefinition definition, int column, int captionRow, IReadOnlyList<int>? rows)
    {
        var caption = definition.Columns[column].Caption;
        var why = rows is null
            ? "không có cột này thì không biết dòng nào là của ai"
            : $"các dòng chưa có trong hệ thống cần cột này (hàng {string.Join(", ", rows)}{(rows.Count >= FirstRows ? ", …" : "")})";
        return new(IssueCode.MissingColumn, definition.Name, captionRow, caption, null, $"Trang “{definition.Name}” thiếu cột bắt buộc “{caption}”: {why}; hãy thêm cột với tiêu đề này ở hàng {captionRow}.");
    }

    /// <summary>So many new rows are named where a required column is absent.</summary>
    public const int FirstRows = 5;

    /// <summary>The rows after the captions; what can only be said of the whole sheet is told after the last.</summary>
    private IEnumerable<ParsedRow> Rows(IEnumerator<SourceRow> rows, SourceSheet sheet, bool whole)
    {
        using (rows)
        {
            var read = new BitArray(LastRow + 1);
            var (hidden, firstHidden) = (0, 0);
            while (rows.MoveNext())
            {
                var row = rows.Current;
                if (row.Number == captionRow || IsBlank(row.Cells) || IsExample(row.Cells))
                    continue;
                read[Math.Clamp(row.Number, 0, LastRow)] = true;
                if (row.Hidden && hidden++ == 0)
                    firstHidden = row.Number;
                yield return Read(row, whole);
            }
            issues.AddRange(sheet.Merged.Select(range => MergedRows(range, read)).OfType<ImportIssue>());
            if (hidden > 0)
            {
                issues.Add(new(IssueCode.HiddenRows, definition.Name, firstHidden, null, null,
                    $"Trang “{definition.Name}” có {Vietnamese.Number(hidden)} dòng đang bị ẩn (do lọc hoặc ẩn hàng); các dòng này vẫn được đọc như mọi dòng khác. Nếu không muốn, hãy bỏ lọc và xóa chúng."));
            }
            issues.AddRange(order.Issues(captionRow));
        }
    }

    /// <summary>A value that stands for several rows says something of the first alone: whoever looks at it sees it in all of them.</summary>
    private ImportIssue? MergedRows(CellRange range, BitArray read)
    {
        var rows = Enumerable.Range(Math.Max(range.FirstRow, captionRow + 1), Math.Max(0, Math.Min(range.LastRow, LastRow) - Math.Max(range.FirstRow, captionRow + 1) + 1))
            .Where(row => read[row]).Take(2).ToList();
        var column = Array.FindIndex(places, place => place >= 0 && place + 1 >= range.FirstColumn && place + 1 <= range.LastColumn);
        var ofRemoval = removePlace >= 0 && removePlace + 1 >= range.FirstColumn && removePlace + 1 <= range.LastColumn;
        if (rows.Count < 2 || (column < 0 && !ofRemoval))
            return null;
        return new(IssueCode.MergedRows, definition.Name, rows[0], column >= 0 ? definition.Columns[column].Caption : SheetDefinition.RemoveCaption, range.Text,
            $"Các ô {range.Text} được gộp qua nhiều dòng nên các dòng sau không có giá trị của mình; hãy bỏ gộp (Home > Merge & Center > Unmerge Cells) và ghi giá trị vào từng dòng.");
    }

    /// <summary>Blank as far as this sheet is concerned: a running number in a column of the user's own does not make a row.</summary>
    private bool IsBlank(IReadOnlyList<object?> cells)
    {
        foreach (var place in places)
        {
            if (!ColumnReader.IsBlank(At(cells, place)))
                return false;
        }
        return ColumnReader.IsBlank(At(cells, removePlace));
    }

    private bool IsExample(IReadOnlyList<object?> cells) =>
        At(cells, places[0]) is string { Length: >= 6 and < 200 } text
        && text.TrimStart() is ['v' or 'V', ..]
        && Matching.Key(text).StartsWith(ExampleKey, StringComparison.Ordinal);

    /// <param name="whole">Every column is there, so that the row rules can be asked.</param>
    private ParsedRow Read(SourceRow row, bool whole)
    {
        List<ImportIssue>? found = null;
        var remove = IsRemoval(row, ref found);
        var faulty = 0u;
        var values = new object?[readers.Length];
        for (var column = 0; column < readers.Length; column++)
        {
            if (places[column] < 0 || (remove && !definition.Columns[column].InKey))
                continue;
            var cell = Unicode(At(row.Cells, places[column]), row.Number, column, ref found);
            var read = readers[column].Read(cell);
            values[column] = read.Value;
            order.See(column, cell, read.Value);
            if (Issue(row.Number, definition.Columns[column], cell, read) is not { } issue)
                continue;
            faulty |= issue.IsWarning ? 0 : 1u << column;
            (found ??= []).Add(issue);
        }
        var parsed = new ParsedRow(row.Number, values, remove, found ?? (IReadOnlyList<ImportIssue>)[], faulty);
        return remove || !whole || rules is null ? parsed : WithRules(parsed, rules, order);
    }

    internal static ParsedRow WithRules(ParsedRow row, RowRules rules, OrderOfDays order)
    {
        var broken = rules.Broken(row);
        if (broken.Count == 0)
            return row;
        order.SeeBroken(row, broken, rules);
        return row with { Issues = [.. row.Issues, .. broken] };
    }

    /// <summary>The cell as it would stand in Unicode where its caption says that it does not; of a name, where it looks so, the user is told.</summary>
    private object? Unicode(object? cell, int row, int column, ref List<ImportIssue>? found)
    {
        if (cell is not string text)
            return cell;
        if (codes[column] is { } code)
            return LegacyText.Read(text, code);
        if (definition.Columns[column] is not { Key: "name", Kind: ColumnKind.Text } name || LegacyText.Reading(text) is not { } said)
            return cell;
        var font = said.Code == LegacyCode.Tcvn3 ? "TCVN3" : "VNI";
        (found ??= []).Add(new(IssueCode.LegacyFont, definition.Name, row, name.Caption, ColumnReader.Show(text), mendNames
            ? $"Tên gõ bằng phông chữ cũ ({font}); được ghi là “{said.Reading}”."
            : $"Tên có vẻ gõ bằng phông chữ cũ ({font}), đọc theo Unicode là “{said.Reading}”; hãy gõ lại, hoặc chọn “Chuyển tên sang Unicode” (dòng lệnh: --mend-names), hoặc ghi “({font})” sau tiêu đề cột."));
        return mendNames ? said.Reading : cell;
    }

    private ImportIssue? Issue(int row, ColumnDefinition column, object? cell, ReadCell read)
    {
        if (read.Said is { } said)
            return new(read.Code, definition.Name, row, column.Caption, ColumnReader.Show(cell), said);
        return read.Value is null && column.Required
            ? new(IssueCode.Required, definition.Name, row, column.Caption, null, $"Chưa nhập “{column.Caption}”; ô này bắt buộc.")
            : null;
    }

    private bool IsRemoval(SourceRow row, ref List<ImportIssue>? found)
    {
        var cell = At(row.Cells, removePlace);
        if (ColumnReader.IsBlank(cell))
            return false;
        if (cell is string { Length: < 200 } text && Matching.Key(text) == "x")
            return true;
        (found ??= []).Add(new(IssueCode.BadValue, definition.Name, row.Number, SheetDefinition.RemoveCaption, ColumnReader.Show(cell),
            "Cột Xóa chỉ nhận chữ x (xóa dòng này khỏi hệ thống) hoặc để trống."));
        return false;
    }

    private static object? At(IReadOnlyList<object?> cells, int place) => place >= 0 && place < cells.Count ? cells[place] : null;

    /// <summary>A, B, … Z, AA: the name of a column as Excel shows it, from its place counted from 0.</summary>
    public static string ColumnLetters(int place) =>
        place < 26 ? ((char)('A' + place)).ToString() : ColumnLetters(place / 26 - 1) + (char)('A' + place % 26);
}
