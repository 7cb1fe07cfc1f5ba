using System.Globalization;
using SinHo.Reporting.Register;
using SinHo.Reporting.Words;

namespace SinHo.Reporting.Exchange;

/// <summary>A cell as read: <see cref="Value"/> is null where the cell is blank or faulty; <see cref="Fault"/> says what is wrong with it.</summary>
public readonly record struct ReadCell(object? Value, string? Fault)
{
    public static ReadCell Of(object? value) => new(value, null);

    public static ReadCell Bad(string fault) => new(null, fault);
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

    private readonly ColumnDefinition column;

    /// <summary>The words of the column as written in the vocabulary, which most cells are, and by their matching key.</summary>
    private readonly Dictionary<string, string> words = new(StringComparer.Ordinal);

    public ColumnReader(ColumnDefinition column)
    {
        this.column = column;
        foreach (var word in (column.Vocabulary ?? YesNo).Values)
            words[word] = words[Matching.Key(word)] = word;
    }

    public const string Yes = StoredRow.Yes;
    public const string No = StoredRow.No;

    /// <summary>True for null and for text of white space only.</summary>
    public static bool IsBlank(object? cell) => cell is null || (cell is string text && (text.Length == 0 || Matching.Clean(text).Length == 0));

    /// <summary>A cell as its user sees it, for a message; null where blank.</summary>
    public static string? Show(object? cell) => cell switch
    {
        null => null,
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

    private static ReadCell AsText(object cell)
    {
        switch (cell)
        {
            case string text:
                return ReadCell.Of(Matching.Clean(text));
            case int number:
                return ReadCell.Of(number.ToString(CultureInfo.InvariantCulture));
            case double number when Math.Abs(number) < FirstDamagedNumber:
                return ReadCell.Of(number.ToString("0.##############", CultureInfo.InvariantCulture));
            case double:
                return ReadCell.Bad("Số có hơn 15 chữ số nên Excel đã làm tròn; hãy định dạng cột là Văn bản (Text) rồi nhập lại.");
            case DateTime or DateOnly or PartialDate:
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
                return Sensible(DateOnly.FromDateTime(moment), cell);
            case string text when TryParse(text, DayFormats, out var day):
                return Sensible(day, cell);
            case double or int:
                return ReadCell.Bad($"“{Show(cell)}” là số, không phải ngày; hãy nhập ngày/tháng/năm, ví dụ 19/05/2016.");
            default:
                return ReadCell.Bad($"“{Brief(Show(cell)!)}” không phải một ngày có thật; hãy nhập ngày/tháng/năm, ví dụ 19/05/2016.");
        }
    }

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
                return Sensible(new PartialDate(DateOnly.FromDateTime(moment), "day"), cell);
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
        return day.Fault is null ? ReadCell.Of(date) : day;
    }

    private static bool TryParse(string text, string[] formats, out DateOnly day) =>
        DateOnly.TryParseExact(Matching.Clean(text), formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out day);

    private ReadCell ReadWord(object cell)
    {
        if (cell is string written && (words.TryGetValue(written, out var word) || words.TryGetValue(Matching.Key(written), out word)))
            return ReadCell.Of(word);
        var text = Show(cell)!;
        var nearest = NearestWord.To(text, column.Vocabulary!.Values);
        var hint = nearest is null ? "" : $" Có phải “{nearest}”?";
        return ReadCell.Bad($"“{Brief(text)}” không có trong danh mục của cột “{column.Caption}”.{hint} {Choices(column.Vocabulary)}");
    }

    private static string Choices(Vocabulary vocabulary) => vocabulary.Values.Count <= 8
        ? $"Các giá trị được nhận: {string.Join("; ", vocabulary.Values)}."
        : $"Danh mục có {vocabulary.Values.Count} giá trị, xem trang Danh mục của sổ mẫu.";

    private ReadCell ReadBoolean(object cell)
    {
        if (cell is bool flag)
            return ReadCell.Of(flag ? True : False);
        if (cell is string text && words.TryGetValue(Matching.Key(text), out var word))
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
            case string text when int.TryParse(Matching.Clean(text), NumberStyles.None, CultureInfo.InvariantCulture, out var number):
                return ReadCell.Of(number);
            default:
                return ReadCell.Bad($"“{Brief(Show(cell)!)}” không hợp lệ; cột này nhận số nguyên từ 0 trở lên, không có dấu phân cách.");
        }
    }

    /// <summary>A message stays readable even where somebody pasted a page into a cell.</summary>
    private static string Brief(string text) => text.Length <= 60 ? text : string.Concat(text.AsSpan(0, 59), "…");
}
