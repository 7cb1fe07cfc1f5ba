using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using SinHo.Reporting.Exchange;
using SinHo.Reporting.Register;
using static SinHo.Reporting.Register.ExchangeWorkbook;

namespace SinHo.Reporting.Events;

/// <summary>
/// Two codes that are one person: the record of the one that is kept stands, all rows of the other go to it, and its code is found ever after (sheet Mã cũ).
/// Parting gives back the rows that are still as merged. Source: docs/spec/command-line.md, EVENTS.json.
/// </summary>
internal sealed class MergeWork(EventRegister register, List<ImportIssue> issues)
{
    private static readonly JsonSerializerOptions Shown = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public void Merge(EventEntry entry)
    {
        var (keep, alias) = (register.Meaning(entry.Text("keep")), entry.Text("alias"));
        var found = issues.Count;
        if (keep == alias)
            Fault(entry, IssueCode.BadValue, "alias", alias, entry.Text("keep") == alias ? $"{alias} không thể gộp vào chính mình." : $"{entry.Text("keep")} đang là mã cũ của {alias}, hai mã đã là một người; muốn giữ mã {entry.Text("keep")} thì tách (part) rồi gộp lại.");
        else if (register.FormerCode(alias)?.Text("member") is { } other)
            Fault(entry, IssueCode.AlreadyThere, "alias", alias, other == keep ? $"{alias} đã là mã cũ của {keep}." : $"{alias} đang là mã cũ của {other}; hãy gộp {other}, hoặc tách (part) {alias} trước.");
        else if (register.Records(alias).Count == 0)
            Unknown(entry, "alias", alias);
        if (register.Records(keep).Count == 0)
            Unknown(entry, "keep", keep);
        if (issues.Count > found)
            return;

        var dropped = Dropped(entry, keep, alias);
        foreach (var (one, kept) in Overlaps(keep, alias, dropped))
        {
            Fault(entry, IssueCode.Overlap, "drop", KeyText(one),
                $"Trang {one.Sheet.Name}: dòng của {alias} ({KeyText(one)}) chồng lên dòng của {keep} ({KeyText(kept)}); hãy ghi một trong hai ở “drop”: {Written(one)} hoặc {Written(kept)}.",
                [Offer(one), Offer(kept)]);
        }
        if (issues.Count > found)
            return;

        var merge = new PeopleMerge(keep, alias, IsNew: true);
        foreach (var row in register.Records(alias).Concat(dropped))
        {
            merge.Rows.Add(new(row.Sheet, row.Json(), null));
            row.Remove(entry.Place);
        }
        foreach (var row in SheetsOfPeople.SelectMany(sheet => register.Of(sheet, alias)).ToList())
        {
            var moved = row.With(row.Sheet.PersonColumn!, keep, entry.Place);
            merge.Rows.Add(new(row.Sheet, row.Json(), moved.Json()));
            row.Remove(entry.Place);
            register.Add(moved);
        }
        foreach (var former in register.Of(FormerCodes, alias).ToList())
        {
            var before = former.Json();
            former.Set("member", keep, entry.Place);
            merge.Rows.Add(new(FormerCodes, before, former.Json()));
        }
        register.Add(new(FormerCodes, entry.Place, ("alias", alias), ("member", keep), ("reason", entry.Text("reason"))));
        register.Keep(merge);
    }

    public void Part(EventEntry entry)
    {
        var alias = entry.Text("alias");
        if (register.FormerCode(alias) is not { } former)
        {
            Fault(entry, IssueCode.UnknownReference, "alias", alias, $"{alias} không phải mã cũ của ai nên không có gì để tách.");
            return;
        }
        var keep = former.Text("member")!;
        if (register.Merges(alias).FirstOrDefault(one => one.Keep == keep) is not { } merge)
        {
            if (register.Merges(alias) is [var earlier, ..])
                Fault(entry, IssueCode.ChangedSince, "alias", alias, $"{alias} được gộp vào {earlier.Keep}, sau đó {earlier.Keep} được gộp vào {keep}; hãy tách {earlier.Keep} trước.");
            else
                Fault(entry, IssueCode.UnknownReference, "alias", alias, $"Mã cũ {alias} không do một lần gộp trong hệ thống này mà có nên không có dòng nào để trả lại; muốn bỏ mã cũ này, hãy xóa dòng của nó ở trang {FormerCodes.Name} (amend).");
            return;
        }
        var found = issues.Count;
        var given = merge.Rows.Select(row => (Row: row, Was: WorkedRow.As(row.Sheet, row.Before, entry.Place), Now: Current(entry, keep, row))).ToList();
        if (issues.Count > found)
            return;
        foreach (var (row, was, now) in given)
        {
            now?.Remove(entry.Place);
            register.Add(was);
        }
        former.Remove(entry.Place);
        register.Forget(merge);
    }

    /// <summary>The row as merged, where it is still so; null where there is none, and none is in the way.</summary>
    private WorkedRow? Current(EventEntry entry, string keep, MergedRow row)
    {
        var expected = WorkedRow.As(row.Sheet, row.After ?? row.Before, entry.Place);
        var now = register.Find(row.Sheet, expected.Key);
        if (row.After is null ? now is not null : now is null || !now.IsSameAs(expected))
        {
            Fault(entry, IssueCode.ChangedSince, "alias", entry.Text("alias"), row.After is null
                ? $"Trang {row.Sheet.Name}: đã có lại dòng {KeyText(expected)} mà lần gộp bỏ đi; hãy xóa hoặc sửa dòng đó trước."
                : $"Trang {row.Sheet.Name}: dòng {KeyText(expected)} của {keep} không còn như khi gộp; hãy sửa lại như cũ trước, hoặc sửa từng dòng bằng sổ trao đổi.");
        }
        return row.After is null ? null : now;
    }

    private List<WorkedRow> Dropped(EventEntry entry, string keep, string alias)
    {
        var dropped = new List<WorkedRow>();
        foreach (var (sheet, key) in entry.Dropped)
        {
            var shown = string.Join(" · ", key.Select(ColumnReader.Show).OfType<string>());
            if (sheet == Members && Equals(key[0], alias))
                continue;
            if (!SheetsOfPeople.Contains(sheet))
                Fault(entry, IssueCode.BadValue, "drop", shown, $"Trang {sheet.Name} không có dòng nào phải bỏ khi gộp: hồ sơ của {keep} được giữ, hồ sơ của {alias} thì không.");
            else if (register.Find(sheet, Meant(sheet, key)) is not { } row || (row.Text(sheet.PersonColumn!) != keep && row.Text(sheet.PersonColumn!) != alias))
                Fault(entry, IssueCode.UnknownReference, "drop", shown, $"Trang {sheet.Name} không có dòng với khóa này của {keep} hay {alias}.");
            else if (!dropped.Contains(row))
                dropped.Add(row);
        }
        return dropped;
    }

    private List<object?> Meant(SheetDefinition sheet, List<object?> key) =>
        [.. sheet.Columns.Where(column => column.InKey).Zip(key, (column, part) => column.Key == sheet.PersonColumn && part is string code ? register.Meaning(code) : part)];

    /// <summary>A row of each that cannot both be one person's, whatever their other cells say.</summary>
    private IEnumerable<(WorkedRow Alias, WorkedRow Keep)> Overlaps(string keep, string alias, List<WorkedRow> dropped) =>
        from sheet in SheetsOfPeople
        from one in register.Of(sheet, alias).Except(dropped)
        from other in register.Of(sheet, keep).Except(dropped)
        where Collide(one, other)
        select (one, other);

    private static bool Collide(WorkedRow one, WorkedRow other)
    {
        // A person is in one branch at a time; two posts overlap where they are the same post at the same place.
        var same = one.Sheet.Columns.Where(column => column.InKey && column.Key != "from" && column.Key != one.Sheet.PersonColumn && one.Sheet != Memberships);
        if (same.Any(column => !Equals(one.Value(column), other.Value(column))))
            return false;
        return one.Sheet.Columns.All(column => column.Key != "from") || (Begins(one, other) && Begins(other, one));

        static bool Begins(WorkedRow one, WorkedRow other) => other.To is not { } end || one.From < end;
    }

    private static string KeyText(WorkedRow row) => string.Join(" · ", row.Key.Select(ColumnReader.Show).OfType<string>());

    /// <summary>As it is written in a file of events.</summary>
    private static string Written(WorkedRow row) => JsonSerializer.Serialize(new
    {
        sheet = row.Sheet.Name,
        key = row.Key.Select(part => part is DateOnly day ? day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : part),
    }, Shown);

    private static IssueOffer Offer(WorkedRow row) => new($"Bỏ dòng {row.Sheet.Name} của {row.Text(row.Sheet.PersonColumn!)}: {Told(row)}", Written(row));

    /// <summary>All that a row says, for who must choose between two.</summary>
    private static string Told(WorkedRow row) => string.Join(", ", row.Sheet.Columns
        .Where(column => column.Key != row.Sheet.PersonColumn && !column.IsKeptName && row.Value(column) is not (null or "" or false))
        .Select(column => $"{column.Caption} {ColumnReader.Show(row.Value(column))}"));

    private void Unknown(EventEntry entry, string field, string code) =>
        Fault(entry, IssueCode.UnknownReference, field, code, $"Mã “{code}” chưa có trong hệ thống; hãy kiểm tra lại mã đảng viên.");

    private void Fault(EventEntry entry, string code, string field, string? value, string message, IReadOnlyList<IssueOffer>? offers = null) =>
        issues.Add(new(code, entry.Place.Sheet, entry.Place.Row, field, value, message) { Offers = offers ?? [] });
}
