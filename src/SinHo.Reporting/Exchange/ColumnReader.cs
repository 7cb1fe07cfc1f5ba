using System.Globalization;
using SinHo.Reporting.Register;
using SinHo.Reporting.Words;

namespace SinHo.Reporting.Exchange;

/// <summary>
/// A cell as read: <see cref="Value"/> is null where the cell is blank or faulty; <see cref="Said"/> says what is wrong with it, or, beside a value,
/// what is worth a look.
/// </summary>
/// <param name="Code">One of <see cref="IssueCode"/>, for what is said.</param>
public readonly record struct ReadCell(object? Value, string? Said, string Code = IssueCode.BadValue)
{
    /// <summary>What is wrong; null where the cell could be read.</summary>
    public string? Fault => Value is null ? Said : null;

    public static ReadCell Of(object? value) => new(value, null);

    public static ReadCell Bad(string fault, string code = IssueCode.BadValue) => new(null, fault, code);
}

/// <summary>
/// Reads the cells of one column: whatever a source holds becomes the typed value that <see cref="ColumnKind"/> promises, or a Vietnamese
/// sentence that says what is wrong and what is expected. Built once per sheet.
/// </summary>
public sealed class ColumnReader
{
    public const int FirstYear = 1900;
    public const int LastYear = 2100;

    private const int LongestOrgCode = 32;
    private const int LongestCode = 64;

    /// <summary>A required text can be part of a key, and PostgreSQL bounds what an index may hold.</summary>
    private const int LongestRequiredText = 255;

    private const int LongestText = 4000;

    /// <summary>Excel keeps 15 digits of a number; a longer code typed as a number is already damaged.</summary>
    private const double FirstDamagedNumber = 1e15;

    private static readonly object True = true;
    private static readonly object False = false;
    private static readonly Vocabulary YesNo = new("yes_no", Yes, No);
    private static readonly string[] DayFormats = ["d/M/yyyy", "dd-MM-yyyy", "yyyy-MM-dd"];
    private static readonly string[] MonthFormats = ["M/yyyy"];
    private static readonly string[] YearFormats = ["yyyy"];

    /// <summary>A longer text is nothing but a mistake, and is not looked at further.</summary>
    private const int LongestLookedAt = 8000;

    private const int LongestWord = 200;
    private const int MostHints = 1000;

    /// <summary>A time this near midnight is the rounding of another program.</summary>
    private static readonly TimeSpan Rounding = TimeSpan.FromMinutes(1);

    private readonly ColumnDefinition column;

    /// <summary>Words of no vocabulary that came up, with the word that was meant: a file says the same wrong word thousands of times.</summary>
    private readonly Dictionary<string, string?> hints = new(StringComparer.Ordinal);

    /// <summary>The words of the column as written in the vocabulary, which most cells are, and by their matching key.</summary>
    private readonly Dictionary<string, string> words = new(StringComparer.Ordinal);

    public ColumnReader(ColumnDefinition column)
    {
        this.column = column;
        foreach (var word in (column.Vocabulary ?? YesNo).Values)
            words[word] = words[Matching.Key(word)] = word;
    }

    private static readonly System.Buffers.SearchValues<char> NumberMarks = System.Buffers.SearchValues.Create("0123456789.,");

    public const string Yes = StoredRow.Yes;
    public const string No = StoredRow.No;

    /// <summary>True for null and for text of white space only.</summary>
    public static bool IsBlank(object? cell) => cell is null || (cell is string text && (text.Length == 0 || (text.Length <= LongestLookedAt && Matching.Clean(text).Length == 0)));

    /// <summary>A cell as its user sees it, for a message; null where blank.</summary>
    public static string? Show(object? cell) => cell switch
    {
        null => null,
        string { Length: > LongestLookedAt } text => string.Concat(text.AsSpan(0, LongestWord), "…"),
        string text => Matching.Clean(text) is { Length: > 0 } clean ? clean : null,
        double number => number.ToString("G15", CultureInfo.InvariantCulture),
        DateTime moment when moment.TimeOfDay != TimeSpan.Zero => moment.ToString("dd/MM/yyyy HH:mm", CultureInfo.InvariantCulture),
        DateTime moment => moment.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture),
        DateOnly day => day.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture),
        bool flag => flag ? Yes : No,
        _ => Convert.ToString(cell, CultureInfo.InvariantCulture),
    };

    /// <summary>Reads one cell. A blank cell reads as null, or as false in a column of Có / Không that may be blank.</summary>
    public ReadCell Read(object? cell)
    {
        if (IsBlank(cell))
            return ReadCell.Of(column is { Kind: ColumnKind.Boolean, Required: false } ? False : null);
        if (cell is ErrorCell error)
            return ReadCell.Bad($"Ô chứa lỗi công thức {error.Text} của Excel; hãy nhập giá trị thật.");
        if (cell is FormulaCell)
            return ReadCell.Bad("Ô chứa công thức chưa có kết quả; hãy mở sổ bằng Excel, lưu lại, hoặc chép rồi dán giá trị (Paste Values) vào ô này.", IssueCode.FormulaWithoutValue);
        if (cell is string { Length: > LongestLookedAt } endless)
            return ReadCell.Bad($"Nội dung dài {endless.Length} ký tự; cột này không nhận nội dung dài như vậy.");
        return column.Kind switch
        {
            ColumnKind.Code => ReadCode(cell!),
            ColumnKind.Text => ReadText(cell!),
            ColumnKind.Date => ReadDate(cell!),
            ColumnKind.PartialDate => ReadPartialDate(cell!),
            ColumnKind.Vocabulary => ReadWord(cell!),
            ColumnKind.Boolean => ReadBoolean(cell!),
            ColumnKind.Number => ReadNumber(cell!),
            _ => throw new InvalidOperationException($"Column kind {column.Kind} has no reader."),
        };
    }

    private ReadCell ReadCode(object cell)
    {
        var read = AsText(cell);
        if (read.Value is not string code)
            return read;
        if (IsScientific(code))
            return read with { Said = $"Mã “{Brief(code)}” có dạng số mũ mà Excel tự đổi; mã thật có thể đã mất, hãy kiểm tra lại và định dạng cột là Văn bản (Text).", Code = IssueCode.ScientificCode };
        if (column.OfOrganisation)
        {
            return code.Length <= LongestOrgCode && code.All(letter => char.IsAsciiLetterUpper(letter) || char.IsAsciiDigit(letter) || letter is '.' or '-')
                ? read
                : ReadCell.Bad($"“{Brief(code)}” không phải mã tổ chức: mã gồm 1 đến {LongestOrgCode} ký tự trong A-Z (chữ hoa, không dấu), 0-9, dấu chấm và gạch ngang.");
        }
        if (code.Contains(' '))
            return ReadCell.Bad($"“{Brief(code)}” có khoảng trắng; mã không được chứa khoảng trắng.");
        return code.Length <= LongestCode
            ? read
            : ReadCell.Bad($"“{Brief(code)}” dài {code.Length} ký tự; mã dài nhất là {LongestCode} ký tự.");
    }

    private ReadCell ReadText(object cell)
    {
        var read = AsText(cell);
        var longest = column.Required ? LongestRequiredText : LongestText;
        return read.Value is string text && text.Length > longest
            ? ReadCell.Bad($"Nội dung dài {text.Length} ký tự; cột này nhận nhiều nhất {longest} ký tự.")
            : read;
    }

    private ReadCell AsText(object cell)
    {
        switch (cell)
        {
            case string text:
                return ReadCell.Of(Matching.Clean(text));
            case int number:
                return ReadCell.Of(number.ToString(CultureInfo.InvariantCulture));
            case ShownNumber { IsScientific: true, Value: var exact } shown when Math.Abs(exact) < FirstDamagedNumber:
                return new(exact.ToString("0.##############", CultureInfo.InvariantCulture), column.Kind == ColumnKind.Code
                    ? $"Ô hiện “{shown.Shown}” vì Excel coi mã là số; mã được đọc là {exact.ToString("0.##############", CultureInfo.InvariantCulture)}, hãy kiểm tra lại và định dạng cột là Văn bản (Text)."
                    : null, IssueCode.ScientificCode);
            case ShownNumber { IsScientific: false } shown:
                return ReadCell.Of(Matching.Clean(shown.Shown));
            case double number when Math.Abs(number) < FirstDamagedNumber:
                return ReadCell.Of(number.ToString("0.##############", CultureInfo.InvariantCulture));
            case double or ShownNumber:
                return ReadCell.Bad("Số có hơn 15 chữ số nên Excel đã làm tròn; hãy định dạng cột là Văn bản (Text) rồi nhập lại.");
            case DateTime or DateOnly or PartialDate or ShownDate:
                return ReadCell.Bad($"Excel đã đổi ô này thành ngày {Show(cell)}; hãy định dạng cột là Văn bản (Text) rồi nhập lại.");
            default:
                return ReadCell.Bad($"“{Show(cell)}” là giá trị đúng/sai của Excel; cột này nhận văn bản.");
        }
    }

    private static ReadCell ReadDate(object cell)
    {
        switch (cell)
        {
            case DateOnly day:
                return Sensible(day, cell);
            case DateTime moment:
                return DayOf(moment) is { } shown ? Sensible(shown, cell) : TimeOfDay(cell);
            case ShownDate { Raw: >= FirstYear and <= LastYear and var year } when double.IsInteger(year):
                return ReadCell.Bad($"Ô hiện ngày {Show(cell)} vì số {Show(year)} được nhập vào ô kiểu ngày; hãy nhập đủ ngày/tháng/năm, ví dụ 19/05/{Show(year)}.");
            case ShownDate { Moment: var moment }:
                return DayOf(moment) is { } part ? Sensible(part, cell) : TimeOfDay(moment);
            case string text when TryParse(text, DayFormats, out var day):
                return Sensible(day, cell);
            case double or int or ShownNumber:
                return ReadCell.Bad($"“{Show(cell)}” là số, không phải ngày; hãy nhập ngày/tháng/năm, ví dụ 19/05/2016.");
            default:
                return ReadCell.Bad($"“{Brief(Show(cell)!)}” không phải một ngày có thật; hãy nhập ngày/tháng/năm, ví dụ 19/05/2016.");
        }
    }

    /// <summary>The day of a moment at midnight or within a minute of it; null for any other time of day, which another day may have been meant by.</summary>
    private static DateOnly? DayOf(DateTime moment)
    {
        if (moment.TimeOfDay <= Rounding)
            return DateOnly.FromDateTime(moment);
        return moment.TimeOfDay >= TimeSpan.FromDays(1) - Rounding ? DateOnly.FromDateTime(moment.Date.AddDays(1)) : null;
    }

    private static ReadCell TimeOfDay(object cell) => ReadCell.Bad(
        $"Ô có cả giờ trong ngày ({Show(cell)}), có thể do một chương trình khác ghi lệch múi giờ nên không biết chắc là ngày nào; hãy nhập lại chỉ ngày/tháng/năm.", IssueCode.TimeOfDay);

    /// <summary>Whether the cell is a day of Excel's own, and whether its day of the month could be no month; null where it is neither.</summary>
    public static (bool Native, bool BeyondTwelve)? EvidenceOfOrder(object? cell, object? read) => (cell, Day(read)) switch
    {
        (DateTime or ShownDate { Precision: "day" }, { } day) => (true, day.Day > 12),
        (string, { } day) => (false, day.Day > 12),
        _ => null,
    };

    private static DateOnly? Day(object? read) => read switch
    {
        DateOnly day => day,
        PartialDate { Precision: "day" } date => date.FirstDay,
        _ => null,
    };

    private static ReadCell Sensible(DateOnly day, object cell) => day.Year is >= FirstYear and <= LastYear
        ? ReadCell.Of(day)
        : ReadCell.Bad($"Ngày {Show(cell)} nằm ngoài các năm {FirstYear}-{LastYear}; hãy kiểm tra lại năm.");

    private static ReadCell ReadPartialDate(object cell)
    {
        switch (cell)
        {
            case PartialDate given:
                return Sensible(given, cell);
            case DateOnly day:
                return Sensible(new PartialDate(day, "day"), cell);
            case DateTime moment:
                return DayOf(moment) is { } known ? Sensible(new PartialDate(known, "day"), cell) : TimeOfDay(cell);
            case ShownDate { Raw: >= FirstYear and <= LastYear and var year } when double.IsInteger(year):
                return ReadCell.Of(new PartialDate(new DateOnly((int)year, 1, 1), "year"));
            case ShownNumber { Value: >= FirstYear and <= LastYear and var year } when double.IsInteger(year):
                return ReadCell.Of(new PartialDate(new DateOnly((int)year, 1, 1), "year"));
            case ShownDate { Moment: var moment } shown:
                return DayOf(moment) is { } part ? Sensible(FirstOf(part, shown.Precision), cell) : TimeOfDay(moment);
            case double year when year is >= FirstYear and <= LastYear && double.IsInteger(year):
                return ReadCell.Of(new PartialDate(new DateOnly((int)year, 1, 1), "year"));
            case int year and >= FirstYear and <= LastYear:
                return ReadCell.Of(new PartialDate(new DateOnly(year, 1, 1), "year"));
            case string text when TryParse(text, DayFormats, out var day):
                return Sensible(new PartialDate(day, "day"), cell);
            case string text when TryParse(text, MonthFormats, out var month):
                return Sensible(new PartialDate(month, "month"), cell);
            case string text when TryParse(text, YearFormats, out var year):
                return Sensible(new PartialDate(year, "year"), cell);
            default:
                return ReadCell.Bad(
                    $"“{Brief(Show(cell)!)}” không phải ngày sinh; hãy nhập ngày/tháng/năm, tháng/năm hoặc năm, ví dụ 15/03/1990, 03/1990, 1990.");
        }
    }

    private static ReadCell Sensible(PartialDate date, object cell)
    {
        var day = Sensible(date.FirstDay, cell);
        return day.Said is null ? ReadCell.Of(date) : day;
    }

    private static PartialDate FirstOf(DateOnly day, string precision) => precision switch
    {
        "year" => new(new(day.Year, 1, 1), precision),
        "month" => new(new(day.Year, day.Month, 1), precision),
        _ => new(day, precision),
    };

    private static bool TryParse(string text, string[] formats, out DateOnly day) =>
        DateOnly.TryParseExact(Matching.Clean(text), formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out day);

    private ReadCell ReadWord(object cell)
    {
        if (cell is string { Length: <= LongestWord } written && (words.TryGetValue(written, out var word) || words.TryGetValue(Matching.Key(written), out word)))
            return ReadCell.Of(word);
        var text = Show(cell)!;
        var hint = !column.Required && Vocabulary.IsNothing(text) ? " Nếu không có thì để trống ô này." : Meant(text) is { } nearest ? $" Có phải “{nearest}”?" : "";
        return ReadCell.Bad($"“{Brief(text)}” không có trong danh mục của cột “{column.Caption}”.{hint} {Choices(column.Vocabulary!)}");
    }

    private string? Meant(string text)
    {
        if (hints.TryGetValue(text, out var known) || hints.Count >= MostHints)
            return known;
        return hints[text] = column.Vocabulary!.Meant(text);
    }

    private static string Choices(Vocabulary vocabulary) => vocabulary.Values.Count <= 8
        ? $"Các giá trị được nhận: {string.Join("; ", vocabulary.Values)}."
        : $"Danh mục có {vocabulary.Values.Count} giá trị, xem trang Danh mục của sổ mẫu.";

    private ReadCell ReadBoolean(object cell)
    {
        if (cell is bool flag)
            return ReadCell.Of(flag ? True : False);
        if (cell is string { Length: <= LongestWord } text && words.TryGetValue(Matching.Key(text), out var word))
            return ReadCell.Of(word == Yes ? True : False);
        return ReadCell.Bad($"“{Brief(Show(cell)!)}” không hợp lệ; cột này chỉ nhận {Yes} hoặc {No}.");
    }

    private static ReadCell ReadNumber(object cell)
    {
        switch (cell)
        {
            case int number and >= 0:
                return ReadCell.Of(number);
            case double number when number is >= 0 and <= int.MaxValue && double.IsInteger(number):
                return ReadCell.Of((int)number);
            case ShownNumber { Value: >= 0 and <= int.MaxValue and var number } when double.IsInteger(number):
                return ReadCell.Of((int)number);
            case string text when int.TryParse(Matching.Clean(text), NumberStyles.None, CultureInfo.InvariantCulture, out var number):
                return ReadCell.Of(number);
            default:
                return ReadCell.Bad($"“{Brief(Show(cell)!)}” không hợp lệ; cột này nhận số nguyên từ 0 trở lên, không có dấu phân cách.");
        }
    }

    /// <summary>3.80123E+10: what Excel makes of a code that it takes for a number.</summary>
    private static bool IsScientific(string code)
    {
        var at = code.IndexOf("E+", StringComparison.OrdinalIgnoreCase);
        return at > 0 && at + 2 < code.Length && code.AsSpan(at + 2).IndexOfAnyExceptInRange('0', '9') < 0
            && code.AsSpan(0, at).IndexOfAnyExcept(NumberMarks) < 0;
    }

    /// <summary>A message stays readable even where somebody pasted a page into a cell.</summary>
    private static string Brief(string text) => text.Length <= 60 ? text : string.Concat(text.AsSpan(0, 59), "…");
}
