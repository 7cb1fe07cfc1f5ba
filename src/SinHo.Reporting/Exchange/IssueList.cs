using SinHo.Reporting.Register;
using SinHo.Reporting.Words;

namespace SinHo.Reporting.Exchange;

/// <summary>
/// What an import has found: all of it counted, of one code, sheet and column the first <see cref="MostListed"/> kept, so that a file that is wrong in
/// every cell takes no more memory than its reader has patience.
/// </summary>
internal sealed class IssueList
{
    public const int MostListed = 1000;

    private static readonly Dictionary<string, int> SheetOrder =
        ExchangeWorkbook.Sheets.Select((sheet, index) => (sheet.Name, index)).ToDictionary(pair => pair.Name, pair => pair.index, StringComparer.Ordinal);

    private readonly Dictionary<(string Code, string Sheet, string? Column), Group> groups = [];
    private int found;

    public bool HasErrors => groups.Keys.Any(group => !IssueCode.Warnings.Contains(group.Code));

    public int Count(bool warnings) => groups.Sum(group => IssueCode.Warnings.Contains(group.Key.Code) == warnings ? group.Value.Total : 0);

    public void Add(ImportIssue issue)
    {
        var key = (issue.Code, issue.Sheet, issue.Column);
        if (!groups.TryGetValue(key, out var group))
            groups[key] = group = new();
        group.Add(issue, found++);
    }

    public void AddRange(IEnumerable<ImportIssue> issues)
    {
        foreach (var issue in issues)
            Add(issue);
    }

    /// <summary>Rows of which something of a sheet is kept.</summary>
    public IEnumerable<int> RowsOf(SheetDefinition sheet) =>
        groups.Where(group => group.Key.Sheet == sheet.Name).SelectMany(group => group.Value.Kept).Select(issue => issue.Row).OfType<int>().Distinct();

    /// <summary>Puts the key of a row in the place of its number.</summary>
    public void NameRows(SheetDefinition sheet, IReadOnlyDictionary<int, string> keys)
    {
        foreach (var group in groups.Where(group => group.Key.Sheet == sheet.Name))
            group.Value.Change(issue => issue.Row is { } row ? issue with { Row = null, Value = keys.GetValueOrDefault(row) ?? issue.Value } : issue);
    }

    /// <summary>By sheet and row; what has no row stands before the rows of its sheet, the number of those left out after the last that is listed.</summary>
    public IReadOnlyList<ImportIssue> Sorted(bool warnings) =>
    [
        .. groups.Where(group => IssueCode.Warnings.Contains(group.Key.Code) == warnings).SelectMany(group => group.Value.Listed())
            .OrderBy(found => SheetOrder.GetValueOrDefault(found.Issue.Sheet, -1)).ThenBy(found => found.Place).ThenBy(found => found.Turn)
            .Select(found => found.Issue),
    ];

    private sealed class Group
    {
        private readonly List<(ImportIssue Issue, int Place, int Turn)> kept = [];
        private int last = int.MaxValue;

        public int Total { get; private set; }

        public IEnumerable<ImportIssue> Kept => kept.Select(one => one.Issue);

        public void Change(Func<ImportIssue, ImportIssue> change)
        {
            for (var i = 0; i < kept.Count; i++)
                kept[i] = kept[i] with { Issue = change(kept[i].Issue) };
        }

        public void Add(ImportIssue issue, int turn)
        {
            Total++;
            var place = issue.Row ?? 0;
            if (place >= last)
                return;
            kept.Add((issue, place, turn));
            if (kept.Count >= 2 * MostListed)
                Trim();
        }

        public List<(ImportIssue Issue, int Place, int Turn)> Listed()
        {
            Trim();
            if (Total <= kept.Count)
                return kept;
            var (issue, place, _) = kept[^1];
            return
            [
                .. kept,
                (issue with
                {
                    Row = null,
                    Value = null,
                    Message = $"Còn {Vietnamese.Number(Total - kept.Count)} chỗ nữa có cùng vấn đề này, tất cả là {Vietnamese.Number(Total)}; chỉ liệt kê {Vietnamese.Number(kept.Count)} chỗ đầu.",
                }, place, int.MaxValue),
            ];
        }

        private void Trim()
        {
            kept.Sort((one, other) => (one.Place, one.Turn).CompareTo((other.Place, other.Turn)));
            if (kept.Count <= MostListed)
                return;
            kept.RemoveRange(MostListed, kept.Count - MostListed);
            last = kept[^1].Place;
        }
    }
}
