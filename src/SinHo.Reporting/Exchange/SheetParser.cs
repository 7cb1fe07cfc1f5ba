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

    /// <summary>Sheets that the program itself adds for the reader: passed over without a warning.</summary>
    public static readonly IReadOnlyList<string> SheetsForReaders = ["Hướng dẫn", "Danh mục", "Lỗi"];

    private static readonly string ExampleKey = Matching.Key(ExampleMark);
    private static readonly string RemoveKey = Matching.Key(SheetDefinition.RemoveCaption);
    private static readonly HashSet<string> PassedOver = [.. SheetsForReaders.Select(Matching.Key)];
    private static readonly Dictionary<string, SheetDefinition> Definitions =
        ExchangeWorkbook.Sheets.ToDictionary(sheet => Matching.Key(sheet.Name), StringComparer.Ordinal);

    private readonly SheetDefinition definition;
    private readonly RowRules? rules;
    private readonly ColumnReader[] readers;

    /// <summary>By column of the definition: its place in the sheet, -1 where absent.</summary>
    private readonly int[] places;

    private readonly List<ImportIssue> issues = [];
    private int removePlace = -1;
    private uint absentButRequired;

    private SheetParser(SheetDefinition definition)
    {
        this.definition = definition;
        rules = RowRules.Of(definition);
        readers = [.. definition.Columns.Select(column => new ColumnReader(column))];
        places = new int[definition.Columns.Count];
        Array.Fill(places, -1);
    }

    /// <summary>Every sheet of the source in its order, but for those of <see cref="SheetsForReaders"/>.</summary>
    public static IEnumerable<ParsedSheet> Parse(IRegisterSource source)
    {
        var seen = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var sheet in source.Sheets())
        {
            var key = Matching.Key(sheet.Name);
            if (PassedOver.Contains(key))
                continue;
            if (!Definitions.TryGetValue(key, out var definition))
                yield return WithoutRows(sheet, UnknownSheet(sheet));
            else if (!seen.TryAdd(definition.Table, sheet.Name))
                yield return WithoutRows(sheet, RepeatedSheet(sheet, seen[definition.Table]));
            else
                yield return new SheetParser(definition).Parse(sheet);
        }
    }

    private static ParsedSheet WithoutRows(SourceSheet sheet, ImportIssue issue) => new(sheet.Name, null, [], [issue], []);

    private static ImportIssue UnknownSheet(SourceSheet sheet)
    {
        var nearest = NearestWord.To(sheet.Name, ExchangeWorkbook.Sheets.Select(known => known.Name));
        var hint = nearest is null ? "" : $" Có phải “{nearest}”?";
        return new(IssueCode.UnknownSheet, sheet.Name, null, null, null, $"Trang “{sheet.Name}” không thuộc sổ trao đổi nên được bỏ qua.{hint}");
    }

    private static ImportIssue RepeatedSheet(SourceSheet sheet, string first) => new(IssueCode.BadValue, sheet.Name, null, null, null,
        $"Trang “{sheet.Name}” trùng với trang “{first}”; mỗi loại chỉ được một trang, hãy gộp lại.");

    private ParsedSheet Parse(SourceSheet sheet)
    {
        FindColumns(sheet.Captions);
        return new(sheet.Name, definition, [.. places.Select(place => place >= 0)], issues, Rows(sheet.Rows));
    }

    private void FindColumns(IReadOnlyList<string?> captions)
    {
        var keys = definition.Columns.Select(column => Matching.Key(column.Caption)).ToList();
        for (var place = 0; place < captions.Count; place++)
        {
            if (captions[place] is not { } written || ColumnReader.IsBlank(written))
                continue;
            var key = Matching.Key(written);
            var column = keys.IndexOf(key);
            if (key == RemoveKey)
                removePlace = First(removePlace, place, SheetDefinition.RemoveCaption);
            else if (column >= 0)
                places[column] = First(places[column], place, definition.Columns[column].Caption);
            else
                issues.Add(UnknownColumn(Matching.Clean(written)));
        }
        for (var column = 0; column < places.Length; column++)
        {
            if (places[column] >= 0 || !definition.Columns[column].Required)
                continue;
            absentButRequired |= 1u << column;
            issues.Add(MissingColumn(definition.Columns[column]));
        }
    }

    /// <summary>A caption that comes twice is an error, not a warning: nobody can say which of the two columns was meant.</summary>
    private int First(int earlier, int place, string caption)
    {
        if (earlier < 0)
            return place;
        issues.Add(new(IssueCode.BadValue, definition.Name, 1, caption, caption,
            $"Cột “{caption}” có hai lần (cột {ColumnLetters(earlier)} và {ColumnLetters(place)}); hãy xóa hoặc đổi tên một cột."));
        return earlier;
    }

    private ImportIssue UnknownColumn(string caption)
    {
        var nearest = NearestWord.To(caption, definition.Columns.Select(column => column.Caption));
        var hint = nearest is null ? "" : $" Có phải “{nearest}”?";
        return new(IssueCode.UnknownColumn, definition.Name, 1, caption, caption, $"Cột “{caption}” không thuộc trang này nên được bỏ qua.{hint}");
    }

    private ImportIssue MissingColumn(ColumnDefinition column) => new(IssueCode.MissingColumn, definition.Name, 1, column.Caption, null,
        $"Trang “{definition.Name}” thiếu cột bắt buộc “{column.Caption}”; hãy thêm cột với tiêu đề này ở hàng 1.");

    private IEnumerable<ParsedRow> Rows(IEnumerable<SourceRow> rows)
    {
        foreach (var row in rows)
        {
            if (!IsBlank(row.Cells) && !IsExample(row.Cells))
                yield return Read(row);
        }
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
        At(cells, places[0]) is string { Length: >= 6 } text
        && text.TrimStart() is ['v' or 'V', ..]
        && Matching.Key(text).StartsWith(ExampleKey, StringComparison.Ordinal);

    private ParsedRow Read(SourceRow row)
    {
        List<ImportIssue>? found = null;
        var remove = IsRemoval(row, ref found);
        var faulty = absentButRequired;
        var values = new object?[readers.Length];
        for (var column = 0; column < readers.Length; column++)
        {
            if (places[column] < 0 && definition.Columns[column].Required)
                continue;
            if (remove && !definition.Columns[column].InKey)
                continue;
            var cell = At(row.Cells, places[column]);
            var read = readers[column].Read(cell);
            values[column] = read.Value;
            if (Issue(row.Number, definition.Columns[column], cell, read) is not { } issue)
                continue;
            faulty |= 1u << column;
            (found ??= []).Add(issue);
        }
        var parsed = new ParsedRow(row.Number, values, remove, found ?? (IReadOnlyList<ImportIssue>)[], faulty);
        return remove || rules is null ? parsed : WithRules(parsed, rules);
    }

    private static ParsedRow WithRules(ParsedRow row, RowRules rules)
    {
        var broken = rules.Broken(row);
        return broken.Count == 0 ? row : row with { Issues = [.. row.Issues, .. broken] };
    }

    private ImportIssue? Issue(int row, ColumnDefinition column, object? cell, ReadCell read)
    {
        if (read.Fault is { } fault)
            return new(IssueCode.BadValue, definition.Name, row, column.Caption, ColumnReader.Show(cell), fault);
        return read.Value is null && column.Required
            ? new(IssueCode.Required, definition.Name, row, column.Caption, null, $"Chưa nhập “{column.Caption}”; ô này bắt buộc.")
            : null;
    }

    private bool IsRemoval(SourceRow row, ref List<ImportIssue>? found)
    {
        var cell = At(row.Cells, removePlace);
        if (ColumnReader.IsBlank(cell))
            return false;
        if (cell is string text && Matching.Key(text) == "x")
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
