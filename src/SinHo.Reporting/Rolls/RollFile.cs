using SinHo.Reporting.Exchange;
using SinHo.Reporting.Register;
using static SinHo.Reporting.Register.ExchangeWorkbook;

namespace SinHo.Reporting.Rolls;

/// <summary>One row of a list that came back.</summary>
/// <param name="Present">By column of the sheet: whether the file has it.</param>
internal sealed record RollRow(SheetDefinition Sheet, IReadOnlyList<bool> Present, ParsedRow Parsed)
{
    public int Number => Parsed.Number;

    public bool Remove => Parsed.Remove;

    public object?[] Values => Parsed.Values;

    public IReadOnlyList<object?> Key => [.. Sheet.Columns.Index().Where(pair => pair.Item.InKey).Select(pair => Parsed.Values[pair.Index])];

    public bool IsFaulty(int column) => Parsed.IsFaulty(column);

    /// <summary>It has an error of its own.</summary>
    public bool IsUnsound => Parsed.Faulty != 0 || Parsed.Issues.Any(issue => !issue.IsWarning);
}

/// <summary>A list that came back, as read.</summary>
internal sealed class RollFile
{
    /// <summary>Columns that help a reader, which are nobody's.</summary>
    public const string Counter = "TT";

    private readonly Dictionary<SheetDefinition, List<RollRow>> rows = [];
    private readonly List<ImportIssue> issues = [];

    public IReadOnlyList<ImportIssue> Issues => issues;

    public IEnumerable<string> People => rows.SelectMany(sheet => sheet.Value.Select(row => row.Values[sheet.Key.IndexOf(sheet.Key == Members ? "code" : "member")])).OfType<string>();

    public static RollFile Read(IRegisterSource source, CancellationToken cancel)
    {
        var file = new RollFile();
        foreach (var sheet in SheetParser.Parse(source, sheets: [Members, Memberships]))
        {
            if (sheet.Definition is not { } definition)
            {
                file.issues.AddRange(sheet.Issues);
                continue;
            }
            var read = file.rows[definition] = [];
            foreach (var row in sheet.Rows)
            {
                cancel.ThrowIfCancellationRequested();
                read.Add(new(definition, sheet.Present, row));
                file.issues.AddRange(row.Issues);
            }
            file.issues.AddRange(sheet.Issues.Where(issue => !(issue.Code == IssueCode.UnknownColumn && (issue.Column == Counter || (definition == Memberships && issue.Column == Members.Column("name").Caption)))));
            foreach (var twice in read.GroupBy(row => string.Join('|', row.Key.Select(ColumnReader.Show)), StringComparer.Ordinal).SelectMany(same => same.Skip(1)).ToList())
            {
                file.issues.Add(new(IssueCode.DuplicateKey, definition.Name, twice.Number, definition.Columns[0].Caption, ColumnReader.Show(twice.Values[0]), "Trùng khóa với một hàng ở trên; mỗi khóa chỉ được một dòng, hãy xóa hoặc gộp."));
                read.Remove(twice);
            }
        }
        return file;
    }

    /// <summary>The sheet is there: what it does not have was struck.</summary>
    public bool Has(SheetDefinition sheet) => rows.ContainsKey(sheet);

    public IEnumerable<RollRow> Of(SheetDefinition sheet) => rows.GetValueOrDefault(sheet) ?? [];

    /// <summary>The name that the list gives a person.</summary>
    public string? Name(string person) => Of(Members).FirstOrDefault(row => Equals(row.Values[0], person))?.Values[Members.IndexOf("name")] as string;
}
