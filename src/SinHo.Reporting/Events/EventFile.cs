using System.Globalization;
using System.Text.Json;
using SinHo.Reporting.Exchange;
using SinHo.Reporting.Register;
using SinHo.Reporting.Words;

namespace SinHo.Reporting.Events;

/// <summary>One event as read.</summary>
/// <param name="Place">The event's name and its place among the entries, from 1.</param>
internal sealed record EventEntry(SourcePlace Place, EventKind Kind)
{
    /// <summary>Of fields of one value.</summary>
    public Dictionary<string, object?> Values { get; } = new(StringComparer.Ordinal);

    public List<string> Members { get; } = [];

    /// <summary>record or set: values by column.</summary>
    public Dictionary<ColumnDefinition, object?> Said { get; } = [];

    /// <summary>record or set was given.</summary>
    public bool HasSaid { get; set; }

    /// <summary>Of an amendment: the sheet, and the values of its key.</summary>
    public SheetDefinition? Sheet { get; set; }

    public List<object?> Key { get; } = [];

    /// <summary>Of a merge: rows that are not to go on.</summary>
    public List<(SheetDefinition Sheet, List<object?> Key)> Dropped { get; } = [];

    /// <summary>Why, in words of the one who records it; null where the event asks for none.</summary>
    public string? Why => Kind.Field("reason") is { Column.Vocabulary: null } ? TextOrNull("reason") : null;

    public string Text(string field) => (string)Values[field]!;

    public string? TextOrNull(string field) => Values.GetValueOrDefault(field) as string;

    public DateOnly Day(string field = "date") => (DateOnly)Values[field]!;

    public DateOnly? DayOrNull(string field) => Values.GetValueOrDefault(field) as DateOnly?;

    public bool Is(string field) => Values.GetValueOrDefault(field) is true;
}

/// <summary>A file of events as read: its entries that could be read, and what is wrong with the others.</summary>
internal sealed class EventFile
{
    private readonly List<EventEntry> entries = [];
    private readonly List<ImportIssue> issues = [];

    public IReadOnlyList<EventEntry> Entries => entries;

    public IReadOnlyList<ImportIssue> Issues => issues;

    public static EventFile Read(Stream json)
    {
        var file = new EventFile();
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(json, new() { MaxDepth = 16 });
        }
        catch (JsonException broken)
        {
            file.Fault(IssueCode.BadValue, "", 0, null, null, string.Create(CultureInfo.InvariantCulture,
                $"Tệp không phải JSON (dòng {broken.LineNumber + 1}); hãy sửa rồi thực hiện lại."));
            return file;
        }
        using (document)
        {
            if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("entries", out var list) || list.ValueKind != JsonValueKind.Array)
            {
                file.Fault(IssueCode.BadValue, "", 0, "entries", null, "Tệp phải có dạng {\"entries\": [ … ]}, mỗi sự kiện là một phần tử.");
                return file;
            }
            foreach (var (index, entry) in list.EnumerateArray().Index())
                file.Take(index + 1, entry);
        }
        return file;
    }

    private void Take(int row, JsonElement json)
    {
        var name = json.ValueKind == JsonValueKind.Object && json.TryGetProperty("event", out var said) && said.ValueKind == JsonValueKind.String ? said.GetString()! : null;
        if (name is null)
        {
            Fault(IssueCode.Required, "", row, "event", null, "Mỗi sự kiện là một đối tượng JSON có trường “event”.");
            return;
        }
        if (EventKind.All.FirstOrDefault(one => one.Name == name) is not { } kind)
        {
            var known = string.Join(", ", EventKind.All.Select(one => one.Name));
            Fault(IssueCode.BadValue, name, row, "event", name, $"Không có sự kiện “{name}”; các sự kiện: {known}.");
            return;
        }
        var entry = new EventEntry(new(kind.Name, row), kind);
        var found = issues.Count;
        foreach (var field in json.EnumerateObject().Where(field => field.Name != "event"))
        {
            if (kind.Field(field.Name) is { } known)
                Take(entry, known, field.Value);
            else
                Fault(IssueCode.UnknownField, name, row, field.Name, null, $"Sự kiện “{name}” không có trường “{field.Name}”; các trường: {string.Join(", ", kind.Fields.Select(one => one.Name))}.");
        }
        bool IsGiven(string field) => json.TryGetProperty(field, out var value) && value.ValueKind != JsonValueKind.Null;
        foreach (var field in kind.Fields.Where(field => field.OrElse is { } other && IsGiven(field.Name) && IsGiven(other)))
            Fault(IssueCode.BadValue, name, row, field.OrElse, null, $"Chỉ ghi “{field.Name}” hoặc “{field.OrElse}”, không cả hai.");
        foreach (var field in kind.Fields.Where(field => field.IsRequired && !IsGiven(field.Name) && !(field.OrElse is { } other && IsGiven(other))))
            Fault(IssueCode.Required, name, row, field.Name, null, $"Hãy ghi “{field.Caption}”.");
        if (entry.Sheet is { } sheet && json.TryGetProperty("key", out var key))
            entry.Key.AddRange(KeyOf(entry, "key", sheet, key));
        if (entry.Sheet is { } amended && json.TryGetProperty("set", out var set) && set.ValueKind == JsonValueKind.Object)
            TakeRecord(entry, "set", amended, set);
        if (kind.Name == "amend" && entry.HasSaid == entry.Is("remove"))
            Fault(IssueCode.Required, name, row, "set", null, "Hãy ghi “set” (giá trị đúng) hoặc “remove”: true (xóa dòng), một trong hai.");
        if (issues.Count == found)
            entries.Add(entry);
    }

    private void Take(EventEntry entry, EventField field, JsonElement json)
    {
        switch (field.Shape)
        {
            case FieldShape.Codes:
                if (json.ValueKind != JsonValueKind.Array)
                {
                    Fault(entry, IssueCode.BadValue, field.Name, null, $"“{field.Name}” là một danh sách mã, ví dụ [\"000123\"].");
                    return;
                }
                foreach (var code in json.EnumerateArray())
                {
                    if (Read(entry, field.Name, ExchangeWorkbook.Members.Column("code"), code) is not string member)
                        continue;
                    if (entry.Members.Contains(member))
                        Fault(entry, IssueCode.DuplicateKey, field.Name, member, $"Mã {member} có hai lần trong danh sách.");
                    entry.Members.Add(member);
                }
                return;
            case FieldShape.Record when entry.Kind.Name != "amend":
                TakeRecord(entry, field.Name, ExchangeWorkbook.Members, json);
                return;
            case FieldShape.Rows:
                TakeRows(entry, field.Name, json);
                return;
            case FieldShape.Value:
                var value = Read(entry, field.Name, field.Column!, json);
                entry.Values[field.Name] = value;
                if (field.Name == "sheet" && value is string sheet)
                    TakeSheet(entry, sheet);
                return;
            default:
                // The key and the values of an amendment are read by its sheet.
                return;
        }
    }

    private void TakeSheet(EventEntry entry, string name) => entry.Sheet = SheetOf(entry, "sheet", name);

    private SheetDefinition? SheetOf(EventEntry entry, string field, string name)
    {
        var found = ExchangeWorkbook.Sheets.FirstOrDefault(sheet => Matching.Key(sheet.Name) == Matching.Key(name));
        if (found is null)
            Fault(entry, IssueCode.BadValue, field, name, $"Không có trang “{name}”; các trang: {string.Join(", ", ExchangeWorkbook.Sheets.Select(sheet => sheet.Name))}.");
        return found;
    }

    private void TakeRows(EventEntry entry, string field, JsonElement json)
    {
        const string Example = "[{\"sheet\": \"Sinh hoạt\", \"key\": [\"000123\", \"SH.X03.B01\", \"2016-05-19\"]}]";
        if (json.ValueKind != JsonValueKind.Array)
        {
            Fault(entry, IssueCode.BadValue, field, null, $"“{field}” là một danh sách dòng, ví dụ {Example}.");
            return;
        }
        foreach (var row in json.EnumerateArray())
        {
            if (row.ValueKind != JsonValueKind.Object || !row.TryGetProperty("sheet", out var named) || named.ValueKind != JsonValueKind.String || !row.TryGetProperty("key", out var key))
                Fault(entry, IssueCode.BadValue, field, null, $"Mỗi dòng ở “{field}” có “sheet” và “key”, ví dụ {Example}.");
            else if (SheetOf(entry, field, named.GetString()!) is { } sheet)
                entry.Dropped.Add((sheet, KeyOf(entry, field, sheet, key)));
        }
    }

    /// <summary>A key is a list in the order of the key's columns, blanks at its end left out, or an object by caption.</summary>
    private List<object?> KeyOf(EventEntry entry, string field, SheetDefinition sheet, JsonElement json)
    {
        var values = new List<object?>();
        var columns = sheet.Columns.Where(column => column.InKey).ToList();
        foreach (var (index, column) in columns.Index())
        {
            JsonElement? part = json.ValueKind switch
            {
                JsonValueKind.Array => index < json.GetArrayLength() ? json[index] : null,
                JsonValueKind.Object => json.EnumerateObject().Where(one => Matching.Key(one.Name) == Matching.Key(column.Caption)).Select(one => (JsonElement?)one.Value).FirstOrDefault(),
                _ => index == 0 ? json : null,
            };
            var value = part is { ValueKind: not JsonValueKind.Null } given ? Read(entry, field, column, given) : null;
            if (value is null && column.IsNeededKey)
                Fault(entry, IssueCode.Required, field, null, $"Khóa của trang {sheet.Name} gồm {string.Join(", ", columns.Select(one => one.Caption))}; còn thiếu {column.Caption}.");
            values.Add(value);
        }
        return values;
    }

    private void TakeRecord(EventEntry entry, string field, SheetDefinition sheet, JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            Fault(entry, IssueCode.BadValue, field, null, $"“{field}” là một đối tượng với tiêu đề cột của trang {sheet.Name}, ví dụ {{\"{sheet.Columns[^1].Caption}\": …}}.");
            return;
        }
        entry.HasSaid = true;
        foreach (var part in json.EnumerateObject())
        {
            var column = sheet.Columns.FirstOrDefault(one => Matching.Key(one.Caption) == Matching.Key(part.Name));
            if (column is null)
            {
                Fault(entry, IssueCode.UnknownField, part.Name, null, $"Trang {sheet.Name} không có cột “{part.Name}”{(NearestWord.To(part.Name, sheet.Columns.Select(one => one.Caption)) is { } near ? $"; có phải “{near}”?" : ".")}");
                continue;
            }
            if (column.InKey)
            {
                Fault(entry, IssueCode.UnknownField, column.Caption, null, $"“{column.Caption}” thuộc khóa của dòng nên không ghi ở “{field}”.");
                continue;
            }
            if (part.Value.ValueKind == JsonValueKind.Null && column.Required)
                Fault(entry, IssueCode.Required, column.Caption, null, $"“{column.Caption}” không được để trống.");
            entry.Said[column] = part.Value.ValueKind == JsonValueKind.Null ? column.Kind == ColumnKind.Boolean ? false : null : Read(entry, column.Caption, column, part.Value);
        }
    }

    private object? Read(EventEntry entry, string field, ColumnDefinition column, JsonElement json)
    {
        object? cell = json.ValueKind switch
        {
            JsonValueKind.String => json.GetString(),
            JsonValueKind.Number => json.GetDouble(),
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            JsonValueKind.Null => null,
            _ => new ErrorCell(json.GetRawText()),
        };
        if (cell is null)
            return null;
        if (cell is ErrorCell)
        {
            Fault(entry, IssueCode.BadValue, field, null, $"“{field}” là một giá trị, không phải danh sách hay đối tượng.");
            return null;
        }
        var read = new ColumnReader(column).Read(cell);
        if (read.Fault is { } fault)
            Fault(entry, read.Code, field, ColumnReader.Show(cell), fault);
        return read.Value;
    }

    private void Fault(EventEntry entry, string code, string? field, string? value, string message) => Fault(code, entry.Place.Sheet, entry.Place.Row, field, value, message);

    private void Fault(string code, string name, int row, string? field, string? value, string message) => issues.Add(new(code, name, row, field, value, message));
}
