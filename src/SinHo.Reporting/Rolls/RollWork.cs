using SinHo.Reporting.Exchange;
using SinHo.Reporting.Register;
using SinHo.Reporting.Words;
using static SinHo.Reporting.Register.ExchangeWorkbook;

namespace SinHo.Reporting.Rolls;

/// <summary>
/// Works out what a list that came back means for the register: each row is held against how it stood when the list was written and how it stands now.
/// What only the list changed is a correction, what both changed differently a conflict, a struck row a question.
/// </summary>
internal sealed class RollWork(RollState state, RollFile file, RollRegister register, RollDecisions decisions)
{
    private readonly List<ImportIssue> issues = [.. file.Issues];
    private readonly List<RollDifference> differences = [];
    private readonly HashSet<string> used = new(StringComparer.Ordinal);
    private int agreed;
    private int corrected;
    private int added;
    private int struck;
    private int left;

    public IReadOnlyList<ImportIssue> Issues => issues;

    public IReadOnlyList<RollDifference> Differences => differences;

    public RollReport Report => new(state.Unit, state.Number, state.Day, agreed, corrected, added, struck, left);

    public void Run()
    {
        foreach (var sheet in (SheetDefinition[])[Members, Memberships])
        {
            foreach (var row in file.Of(sheet).Where(row => !row.Remove))
                Take(sheet, row);
        }
        Strike();
        foreach (var unknown in decisions.Taken.Concat(decisions.Left).Concat(decisions.Departures.Keys).Where(id => !used.Contains(id)).Distinct(StringComparer.Ordinal))
            issues.Add(new(IssueCode.ChangedSince, Members.Name, null, null, unknown, "Một khác biệt đã chọn không còn như lúc chọn (sổ đăng ký vừa thay đổi); hãy xem lại trang Đối chiếu danh sách rồi chọn lại."));
    }

    private void Take(SheetDefinition sheet, RollRow row)
    {
        var place = new SourcePlace(sheet.Name, row.Number);
        var was = state.Rows.FirstOrDefault(one => one.Sheet == sheet && IsKeyOf(one, row));
        var now = register.Find(sheet, was is null ? row.Key : Meant(was));
        if (sheet == Memberships && was is null && row.Values[Memberships.IndexOf("branch")] is string branch && !register.Branches.Contains(branch))
        {
            issues.Add(new(IssueCode.WrongUnit, sheet.Name, row.Number, "Mã chi bộ", branch, $"{branch} không thuộc {state.Unit}: danh sách này chỉ nói về đơn vị của nó; người chuyển sang đơn vị khác thì ghi Thôi từ ngày và Lý do thôi."));
            return;
        }
        if (now is null)
        {
            TakeNew(sheet, row, place, was);
            return;
        }
        var (said, leftOut) = (0, 0);
        foreach (var (index, column) in sheet.Columns.Index())
        {
            if (column.InKey || !row.Present[index] || row.IsFaulty(index))
                continue;
            var (list, before, stands) = (row.Values[index], was is null ? now.Value(column) : was.Value(column), now.Value(column));
            if (Same(list, stands) || (was is not null && Same(list, before)))
                continue;
            var kind = Same(before, stands) ? RollDifferenceKind.Corrected : RollDifferenceKind.Conflict;
            var difference = Differ(kind, sheet, row.Number, Person(sheet, now), KeyText(now), column.Caption, ColumnReader.Show(stands), ColumnReader.Show(list));
            if (decisions.Left.Contains(difference.Id))
            {
                leftOut++;
                continue;
            }
            if (kind == RollDifferenceKind.Conflict && !decisions.Taken.Contains(difference.Id))
            {
                issues.Add(new(IssueCode.ChangedSince, sheet.Name, row.Number, column.Caption, difference.List,
                    $"Sau khi lập danh sách, sổ đăng ký đã đổi {column.Caption} từ “{Text(before)}” thành “{Text(stands)}”, danh sách ghi “{Text(list)}”; hãy chọn một giá trị ở trang Đối chiếu danh sách, hoặc ghi “{Text(stands)}” vào ô này nếu sổ đăng ký đúng."));
                continue;
            }
            said++;
            Set(now, column, list, place);
        }
        if (said > 0)
            corrected++;
        else if (leftOut > 0)
            left++;
        else
            agreed++;
    }

    private void TakeNew(SheetDefinition sheet, RollRow row, SourcePlace place, WorkedRow? was)
    {
        if (was is not null)
        {
            // Somebody removed it meanwhile: the list holds the row of then, corrected or not.
            if (sheet.Columns.Index().All(pair => !row.Present[pair.Index] || Same(row.Values[pair.Index], was.Value(pair.Item))))
            {
                agreed++;
                return;
            }
            issues.Add(new(IssueCode.ChangedSince, sheet.Name, row.Number, null, KeyText(was), $"Dòng {KeyText(was)} đã bị xóa khỏi sổ đăng ký sau khi lập danh sách, danh sách còn sửa dòng này; hãy kiểm tra rồi bỏ dòng, hoặc ghi lại bằng sổ trao đổi."));
            return;
        }
        if (row.IsUnsound)
            return;
        var person = row.Values[sheet.IndexOf(sheet == Members ? "code" : "member")] as string ?? "";
        var difference = Differ(RollDifferenceKind.Added, sheet, row.Number, person, string.Join(" · ", row.Key.Select(ColumnReader.Show).OfType<string>()), null, null,
            string.Join(", ", sheet.Columns.Index().Where(pair => !pair.Item.InKey && row.Values[pair.Index] is not null and not false).Select(pair => ColumnReader.Show(row.Values[pair.Index]))));
        if (decisions.Left.Contains(difference.Id))
        {
            left++;
            return;
        }
        added++;
        register.Add(new(sheet, place, sheet.Columns.Index().Select(pair => (pair.Item.Key, row.Values[pair.Index] ?? (pair.Item.Kind == ColumnKind.Boolean ? false : null)))));
    }

    /// <summary>A struck row removes nothing: who is said to be gone leaves or moves, or is asked for.</summary>
    private void Strike()
    {
        var missing = state.Rows.Where(was => !file.Of(was.Sheet).Any(row => !row.Remove && IsKeyOf(was, row)) && file.Has(was.Sheet)).ToList();
        foreach (var gone in missing.GroupBy(was => register.Meaning(Person(was.Sheet, was)), StringComparer.Ordinal))
        {
            var stays = state.Rows.Where(was => was.Sheet == Memberships && register.Meaning(was.Text("member")!) == gone.Key)
                .Select(was => register.Find(Memberships, Meant(was))).OfType<WorkedRow>().Where(stay => stay.To is null).ToList();
            // The list, or the register meanwhile, says already how it ended.
            if (stays.Count == 0)
            {
                agreed += gone.Count();
                continue;
            }
            var row = gone.Select(was => file.Of(was.Sheet).FirstOrDefault(row => row.Remove && IsKeyOf(was, row))?.Number).FirstOrDefault(number => number is not null);
            var sheet = gone.First().Sheet;
            struck += gone.Count();
            var difference = Differ(RollDifferenceKind.Struck, sheet, row, gone.Key, gone.Key, null,
                string.Join("; ", stays.Select(stay => $"{stay.Text("branch")} từ {Vietnamese.Day(stay.From)}")), null);
            if (decisions.Left.Contains(difference.Id))
            {
                struck -= gone.Count();
                left += gone.Count();
                continue;
            }
            var place = new SourcePlace(sheet.Name, row ?? 0);
            if (!decisions.Departures.TryGetValue(difference.Id, out var departure))
            {
                issues.Add(new(IssueCode.StruckRow, sheet.Name, row, row is null ? null : SheetDefinition.RemoveCaption, gone.Key,
                    $"{difference.Name} ({gone.Key}) bị gạch khỏi danh sách nhưng không có gì bị xóa; nếu đã thôi sinh hoạt, hãy ghi Thôi từ ngày và Lý do thôi ở trang Sinh hoạt (hoặc chọn ở trang Đối chiếu danh sách), nếu chuyển chi bộ thì thêm dòng của chi bộ mới."));
                continue;
            }
            foreach (var stay in stays)
            {
                stay.Set("to", departure.Date, place);
                stay.Set("reason_out", departure.Reason ?? "Chuyển nội bộ", place);
                if (departure.Branch is { } branch)
                    register.Add(new(Memberships, place, ("member", stay.Text("member")), ("branch", branch), ("from", departure.Date), ("reason_in", "Chuyển nội bộ")));
            }
        }
    }

    /// <summary>What is of the person goes into all versions of his record.</summary>
    private void Set(WorkedRow row, ColumnDefinition column, object? value, SourcePlace place)
    {
        row.Set(column.Key, value, place);
        if (!column.OfPerson)
            return;
        foreach (var other in register.Of(Members).Where(other => other.Text("code") == row.Text("code")).ToList())
            other.Set(column.Key, value, place);
    }

    private RollDifference Differ(RollDifferenceKind kind, SheetDefinition sheet, int? row, string person, string key, string? column, string? stands, string? list)
    {
        var difference = new RollDifference(kind, $"{sheet.Name}|{key}|{column}|{kind}", sheet.Name, row, person, register.Name(person) ?? file.Name(person) ?? person, column, stands, list);
        differences.Add(difference);
        used.Add(difference.Id);
        return difference;
    }

    /// <summary>Whether a row of the file is the row that was written: a file without the first day of records has one row of each.</summary>
    private static bool IsKeyOf(WorkedRow was, RollRow row) => was.Sheet.Columns.Index().Where(pair => pair.Item.InKey)
        .All(pair => !row.Present[pair.Index] ? pair.Item.OfLatest : Same(was.Value(pair.Item), row.Values[pair.Index]));

    /// <summary>The key by which the register has the row now: the person may have become another code's.</summary>
    private List<object?> Meant(WorkedRow was) =>
        [.. was.Sheet.Columns.Where(column => column.InKey).Select(column => column.Key is "code" or "member" ? register.Meaning(was.Text(column.Key)!) : was.Value(column))];

    private static string Person(SheetDefinition sheet, WorkedRow row) => row.Text(sheet == Members ? "code" : "member")!;

    private static string KeyText(WorkedRow row) => string.Join(" · ", row.Key.Select(ColumnReader.Show).OfType<string>());

    private static bool Same(object? one, object? other) => Equals(one is "" or false ? null : one, other is "" or false ? null : other);

    private static string Text(object? value) => value is null or "" ? "(trống)" : ColumnReader.Show(value) ?? "(trống)";
}
