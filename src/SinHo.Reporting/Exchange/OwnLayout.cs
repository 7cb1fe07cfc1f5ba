using System.Security.Cryptography;
using System.Text;
using SinHo.Reporting.Register;
using SinHo.Reporting.Words;

namespace SinHo.Reporting.Exchange;

/// <summary>A column of a unit's own list.</summary>
/// <param name="Place">From the left, from 0.</param>
/// <param name="Caption">As written; "Cột C" where there is none.</param>
/// <param name="Values">The different values as their reader sees them, blanks left out, in the order found; at most <see cref="OwnLayout.MostValues"/>.</param>
public sealed record LayoutColumn(int Place, string Caption, IReadOnlyList<string> Values);

/// <summary>What becomes of a unit's own list: its columns and values in the words of the exchange workbook.</summary>
/// <param name="Targets">By place of a column, the key of a column of Đảng viên, or "branch" or "from" of Sinh hoạt. Several places of one target are put together.</param>
/// <param name="Values">By place, then by value as written, the value meant.</param>
/// <param name="Branch">Code of the branch of rows that name none.</param>
/// <param name="From">The first day of the membership of rows that give none.</param>
/// <param name="Reason">Why they came: a value of Lý do đến.</param>
public sealed record LayoutMapping(
    IReadOnlyDictionary<int, string> Targets, IReadOnlyDictionary<int, IReadOnlyDictionary<string, string>> Values, string? Branch, DateOnly? From, string Reason);

/// <summary>A list of members in a layout of a unit's own: its columns, and the exchange workbook that it becomes.</summary>
/// <param name="Sheet">The first sheet with rows.</param>
/// <param name="CaptionRow">Row number that Excel shows.</param>
/// <param name="Rows">Rows below the captions that hold anything.</param>
public sealed record OwnLayout(string Sheet, int CaptionRow, IReadOnlyList<LayoutColumn> Columns, int Rows)
{
    public const int MostValues = 60;

    private const int LastCaptionRow = 20;
    private const int MostColumns = 100;

    /// <summary>Columns of Sinh hoạt that a list may hold.</summary>
    private static readonly string[] OfMembership = ["branch", "from"];

    /// <summary>Other captions that boards give to columns, as letters without marks, and what they mean.</summary>
    private static readonly (string Key, string[] Captions)[] Usual =
    [
        ("code", ["sothe", "sothedang", "sothedangvien", "madv"]),
        ("name", ["hoten", "hovatendangvien", "hovatenkhaisinh"]),
        ("sex", ["namnu", "gioi"]),
        ("born", ["ngaythangnamsinh", "namsinh"]),
        ("ethnicity", ["dantoc", "dt"]),
        ("joined", ["vaodang", "ngayketnap", "ngayvaodangcsvn"]),
        ("official", ["chinhthuc", "ngaycongnhanchinhthuc"]),
        ("schooling", ["vanhoa", "hocvan", "trinhdovanhoa", "trinhdohocvan"]),
        ("qualification", ["chuyenmon", "trinhdochuyenmon"]),
        ("theory", ["llct", "lyluan"]),
        ("occupation", ["nghe", "nghenghiephiennay"]),
        ("branch", ["machibo"]),
    ];

    /// <summary>What a column may become: key and caption.</summary>
    public static IReadOnlyList<(string Key, string Caption)> Targets { get; } =
    [
        .. ExchangeWorkbook.Members.Columns.Where(column => column.Key != "from").Select(column => (column.Key, column.Caption)),
        .. OfMembership.Select(key => (key, $"Sinh hoạt: {ExchangeWorkbook.Memberships.Column(key).Caption}")),
    ];

    /// <summary>By which a layout is known again: its captions.</summary>
    public string Key => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\u001f', Columns.Select(column => Matching.Key(column.Caption))))));

    /// <summary>Reads how a list is laid out.</summary>
    /// <returns>Null where no sheet has rows below captions.</returns>
    /// <exception cref="WorkbookRefusedException">The file cannot be read.</exception>
    public static OwnLayout? Read(string path, CancellationToken cancel)
    {
        foreach (var sheet in new WorkbookSource(path, cancel).Sheets())
        {
            var head = new List<(int Number, List<string?> Cells)>();
            Dictionary<int, List<string>>? values = null;
            var (captions, rows) = ((Number: 0, Cells: new List<string?>()), 0);
            foreach (var row in sheet.Rows)
            {
                var cells = row.Cells.Take(MostColumns).Select(ColumnReader.Show).ToList();
                if (values is null)
                {
                    head.Add((row.Number, cells));
                    if (row.Number < LastCaptionRow)
                        continue;
                    Begin();
                    continue;
                }
                Take(cells);
            }
            if (values is null && head.Count > 0)
                Begin();
            if (rows > 0)
            {
                return new(sheet.Name, captions.Number,
                [
                    .. captions.Cells.Index().Where(cell => cell.Item is not null || values!.ContainsKey(cell.Index))
                        .Select(cell => new LayoutColumn(cell.Index, cell.Item ?? $"Cột {Letters(cell.Index)}", values!.GetValueOrDefault(cell.Index) ?? [])),
                ], rows);
            }

            // Captions stand in the row with the most texts; what stands above is a title.
            void Begin()
            {
                captions = head.MaxBy(row => row.Cells.Count(cell => cell is not null && !cell.All(letter => char.IsDigit(letter) || letter is '/' or '.' or '-')));
                values = [];
                foreach (var row in head.Where(row => row.Number > captions.Number))
                    Take(row.Cells);
            }

            void Take(List<string?> cells)
            {
                if (cells.TrueForAll(cell => cell is null))
                    return;
                rows++;
                foreach (var (place, cell) in cells.Index().Where(one => one.Item is not null))
                {
                    if (!values!.TryGetValue(place, out var known))
                        values.Add(place, known = []);
                    if (known.Count < MostValues && !known.Contains(cell!))
                        known.Add(cell!);
                }
            }
        }
        return null;
    }

    /// <summary>What the captions and values say by themselves.</summary>
    public LayoutMapping Guess(DateOnly from)
    {
        var targets = new Dictionary<int, string>();
        foreach (var column in Columns)
        {
            var meant = NearestWord.To(column.Caption, Targets.Select(target => target.Caption).Concat(Targets.Select(target => target.Caption.Replace("Sinh hoạt: ", "", StringComparison.Ordinal))));
            if ((Usual.FirstOrDefault(usual => usual.Captions.Contains(NearestWord.Letters(column.Caption))).Key ?? Targets.FirstOrDefault(target => target.Caption == meant || target.Caption == $"Sinh hoạt: {meant}").Key) is { } key && !targets.ContainsValue(key))
                targets.Add(column.Place, key);
        }
        return new(targets, Columns.Where(column => targets.ContainsKey(column.Place)).ToDictionary(column => column.Place, column => GuessValues(column, targets[column.Place])), null, from, "Đầu kỳ");
    }

    /// <summary>By value of a column, the value of the vocabulary that it most likely means; what cannot be said is left out.</summary>
    public static IReadOnlyDictionary<string, string> GuessValues(LayoutColumn column, string target) => WordsOf(target) is not { } words
        ? new Dictionary<string, string>(StringComparer.Ordinal)
        : column.Values.Select(value => (Value: value, Meant: words.Values.FirstOrDefault(word => Matching.Key(word) == Matching.Key(value)) ?? words.Meant(value)))
            .Where(pair => pair.Meant is not null).ToDictionary(pair => pair.Value, pair => pair.Meant!, StringComparer.Ordinal);

    /// <summary>The words that a target takes; null where it takes any.</summary>
    public static Vocabulary? WordsOf(string target) => OfMembership.Contains(target) ? null : ExchangeWorkbook.Members.Columns.FirstOrDefault(column => column.Key == target)?.Vocabulary;

    /// <summary>Sentences on what is still missing for the list to become an exchange workbook; empty where nothing is.</summary>
    public static IReadOnlyList<string> Missing(LayoutMapping mapping)
    {
        var said = mapping.Targets.Values.ToHashSet(StringComparer.Ordinal);
        return
        [
            .. ExchangeWorkbook.Members.Columns.Where(column => (column.Required || column.InKey) && column.Key != "from" && !said.Contains(column.Key)).Select(column => $"Chưa có cột nào là “{column.Caption}”."),
            .. !said.Contains("branch") && string.IsNullOrEmpty(mapping.Branch) ? (string[])["Hãy chọn chi bộ của cả danh sách, hoặc cột mã chi bộ."] : [],
            .. !said.Contains("from") && mapping.From is null ? (string[])["Hãy ghi ngày bắt đầu sinh hoạt của cả danh sách, hoặc chọn cột ngày."] : [],
        ];
    }

    /// <summary>Writes the list as an exchange workbook with Đảng viên and Sinh hoạt.</summary>
    public void Write(string path, LayoutMapping mapping, string to, CancellationToken cancel)
    {
        var (members, memberships) = (new List<object?[]>(), new List<object?[]>());
        // A sheet can be read only while it is the one that is asked for.
        foreach (var row in new WorkbookSource(path, cancel).Sheets().Where(sheet => sheet.Name == Sheet).Take(1).SelectMany(sheet => sheet.Rows).Where(row => row.Number > CaptionRow))
        {
            var said = mapping.Targets.GroupBy(pair => pair.Value).ToDictionary(
                target => target.Key, target => string.Join(' ', target.OrderBy(pair => pair.Key).Select(pair => Meant(mapping, pair.Key, row.Cells)).OfType<string>()), StringComparer.Ordinal);
            // Below the captions there may be numbers of columns, above the signature blank rows: nobody has no name.
            if (said.Values.All(text => text.Length == 0) || string.IsNullOrEmpty(said.GetValueOrDefault("name")) || said["name"].All(char.IsDigit))
                continue;
            members.Add([.. ExchangeWorkbook.Members.Columns.Select(column => column.Key == "from" ? null : (object?)said.GetValueOrDefault(column.Key) is "" ? null : said.GetValueOrDefault(column.Key))]);
            memberships.Add(
            [
                .. ExchangeWorkbook.Memberships.Columns.Select(column => column.Key switch
                {
                    "member" => (object?)said.GetValueOrDefault("code"),
                    "branch" => said.GetValueOrDefault("branch") is { Length: > 0 } branch ? branch : mapping.Branch,
                    "from" => said.GetValueOrDefault("from") is { Length: > 0 } from ? from : mapping.From,
                    "reason_in" => mapping.Reason,
                    _ => null,
                }),
            ]);
        }
        RegisterWorkbook.Write(to, [(ExchangeWorkbook.Members, members), (ExchangeWorkbook.Memberships, memberships)], cancel);
    }

    private static string? Meant(LayoutMapping mapping, int place, IReadOnlyList<object?> cells)
    {
        if (place >= cells.Count || ColumnReader.Show(cells[place]) is not { } shown)
            return null;
        return mapping.Values.TryGetValue(place, out var values) && values.TryGetValue(shown, out var meant) ? meant : shown;
    }

    private static string Letters(int place) => place < 26 ? $"{(char)('A' + place)}" : $"{Letters((place / 26) - 1)}{Letters(place % 26)}";
}
