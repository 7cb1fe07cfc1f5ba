using System.Globalization;
using SinHo.Reporting.Exchange;
using SinHo.Reporting.Register;

namespace SinHo.Reporting.Reorganisation;

/// <summary>Where in the plan something was said.</summary>
/// <param name="Sheet">Name of the sheet.</param>
/// <param name="Row">Row number that Excel shows.</param>
internal sealed record PlanPlace(string Sheet, int Row);

/// <summary>One row of the sheet Phương án. Null where blank.</summary>
internal sealed record PlanRow(
    PlanPlace Place, string Decision, DateOnly Day, string Form, string? Old, string? New, string? Name, string? Level, string? Type, string? Parent, string? Group)
{
    public const string Founding = "Thành lập";
    public const string Dissolving = "Giải thể";
    public const string Moving = "Chuyển trực thuộc";

    /// <summary>The row is about a village.</summary>
    public bool IsVillage { get; set; }

    /// <summary>The unit or village itself goes on.</summary>
    public bool GoesOn => Old is not null && Old == New;
}

/// <summary>A member and the branch that the plan sends him to, or a branch and a village that it is to serve.</summary>
internal sealed record PlanPair(PlanPlace Place, string First, string Second);

/// <summary>A plan as read: its rows that could be read, and what is wrong with the others.</summary>
internal sealed class PlanFile
{
    private readonly List<PlanRow> rows = [];
    private readonly List<PlanPair> people = [];
    private readonly List<PlanPair> links = [];
    private readonly List<ImportIssue> issues = [];

    public IReadOnlyList<PlanRow> Rows => rows;

    /// <summary>Member, branch.</summary>
    public IReadOnlyList<PlanPair> People => people;

    /// <summary>Branch, village.</summary>
    public IReadOnlyList<PlanPair> Links => links;

    public IReadOnlyList<ImportIssue> Issues => issues;

    /// <exception cref="WorkbookRefusedException">The file is no workbook that may be opened.</exception>
    public static PlanFile Read(IRegisterSource source, CancellationToken cancel)
    {
        var file = new PlanFile();
        var known = false;
        foreach (var sheet in SheetParser.Parse(source, sheets: PlanSheets.All))
        {
            var read = new List<ParsedRow>();
            foreach (var row in sheet.Rows)
            {
                cancel.ThrowIfCancellationRequested();
                read.Add(row);
            }
            file.issues.AddRange(sheet.Issues);
            if (sheet.Definition is not { } definition || sheet.Issues.Any(issue => !issue.IsWarning && issue.Row == sheet.CaptionRow))
            {
                known |= sheet.Definition == PlanSheets.Rows;
                continue;
            }
            known |= definition == PlanSheets.Rows;
            foreach (var row in read)
                file.Take(definition, row);
        }
        if (!known)
            file.issues.Insert(0, new(IssueCode.NoKnownSheet, PlanSheets.Rows.Name, null, null, null,
                $"Tệp không có trang “{PlanSheets.Rows.Name}” nên không phải phương án sắp xếp; hãy lấy mẫu ở trang Tổ chức → Sắp xếp. Sổ trao đổi thì nhập ở trang Nhập số liệu (import)."));
        else if (file.rows.Count == 0 && !file.issues.Exists(issue => !issue.IsWarning))
            file.issues.Add(new(IssueCode.Required, PlanSheets.Rows.Name, null, null, null, $"Trang “{PlanSheets.Rows.Name}” không có dòng nào; mỗi đơn vị tự nó thay đổi là một dòng."));
        return file;
    }

    private void Take(SheetDefinition sheet, ParsedRow row)
    {
        if (row.Remove)
        {
            issues.Add(new(IssueCode.BadValue, sheet.Name, row.Number, SheetDefinition.RemoveCaption, "x", "Phương án không có cột Xóa; muốn bỏ một dòng thì xóa hẳn dòng đó khỏi trang."));
            return;
        }
        issues.AddRange(row.Issues);
        if (row.Faulty != 0 || row.Issues.Any(issue => !issue.IsWarning))
            return;
        var place = new PlanPlace(sheet.Name, row.Number);
        if (sheet != PlanSheets.Rows)
        {
            TakePair(sheet, place, row);
            return;
        }
        string? Text(string key) => row.Text(sheet.IndexOf(key));
        rows.Add(new(place, Text("decision")!, row.Day(sheet.IndexOf("date"))!.Value, Text("form")!,
            Text("old"), Text("new"), Text("name"), Text("level"), Text("type"), Text("parent"), Text("group")));
    }

    private void TakePair(SheetDefinition sheet, PlanPlace place, ParsedRow row)
    {
        var pair = new PlanPair(place, row.Text(0)!, row.Text(1)!);
        var known = sheet == PlanSheets.People ? people : links;
        // A person goes to one branch; a branch may serve several villages.
        if (known.Find(other => other.First == pair.First && (sheet == PlanSheets.People || other.Second == pair.Second)) is { } earlier)
        {
            issues.Add(new(IssueCode.DuplicateKey, sheet.Name, place.Row, sheet.Columns[0].Caption, pair.First,
                string.Create(CultureInfo.InvariantCulture, $"Trùng với hàng {earlier.Place.Row}; hãy xóa một dòng.")));
            return;
        }
        known.Add(pair);
    }
}
