namespace SinHo.Reporting.Register;

/// <summary>What a cell of a column holds once it has been read.</summary>
public enum ColumnKind
{
    /// <summary>Text kept as typed (leading zeros stay); read as <see cref="string"/>.</summary>
    Code,

    /// <summary>Free text, NFC, trimmed; read as <see cref="string"/>.</summary>
    Text,

    /// <summary>A day; read as <see cref="DateOnly"/>.</summary>
    Date,

    /// <summary>A day, a month or a year; read as <see cref="PartialDate"/>.</summary>
    PartialDate,

    /// <summary>One value of a closed list; read as its canonical <see cref="string"/>.</summary>
    Vocabulary,

    /// <summary>Có / Không; blank reads as false; read as <see cref="bool"/>.</summary>
    Boolean,

    /// <summary>A whole number of at least 0; read as <see cref="int"/>.</summary>
    Number,
}

/// <summary>A birth date as known: the first day it can mean, and how much of it was given.</summary>
/// <param name="FirstDay">First day the given text can mean.</param>
/// <param name="Precision">"day", "month" or "year".</param>
public readonly record struct PartialDate(DateOnly FirstDay, string Precision)
{
    public override string ToString() => Precision switch
    {
        "year" => FirstDay.ToString("yyyy", System.Globalization.CultureInfo.InvariantCulture),
        "month" => FirstDay.ToString("MM/yyyy", System.Globalization.CultureInfo.InvariantCulture),
        _ => FirstDay.ToString("dd/MM/yyyy", System.Globalization.CultureInfo.InvariantCulture),
    };
}

/// <summary>One column of the exchange workbook. Source: docs/spec/exchange-workbook.md.</summary>
public sealed record ColumnDefinition(string Key, string Caption, ColumnKind Kind)
{
    public bool Required { get; init; }

    /// <summary>The column of the table that stores it; half-open interval ends are valid_from and valid_to.</summary>
    public string TableColumn => Key switch
    {
        "from" => "valid_from",
        "to" => "valid_to",
        "until" => "valid_until",
        "group" => "group_name",
        _ => Key,
    };

    /// <summary>Part of the natural key that decides insert or update.</summary>
    public bool InKey { get; init; }

    /// <summary>Another caption under which the column is known.</summary>
    public string? OtherCaption { get; init; }

    /// <summary>A blank is a value of the key like any other.</summary>
    public bool BlankInKey => InKey && !Required && Kind == ColumnKind.Text;

    /// <summary>A code of the key that a row may do without, as of people who are no members.</summary>
    public bool NullInKey => InKey && !Required && Kind == ColumnKind.Code;

    /// <summary>A key without which rows can be known all the same.</summary>
    public bool IsNeededKey => InKey && !OfLatest && !BlankInKey && !NullInKey;

    /// <summary>What stands for a name that the table kept_name alone holds.</summary>
    public const string KeptName = "(tên giữ riêng)";

    /// <summary>A name that the table kept_name alone holds; the register and the trail know it by its token.</summary>
    public bool IsKeptName { get; init; }

    /// <summary>Part of the key that a file may do without: it then speaks of the latest version of each code, and Xóa removes the code with all of them.</summary>
    public bool OfLatest { get; init; }

    /// <summary>Of the person, not of a version: the same in all versions of a code.</summary>
    public bool OfPerson { get; init; }

    public Vocabulary? Vocabulary { get; init; }

    /// <summary>A <see cref="ColumnKind.Code"/> that names an organisation: 1 to 32 of A-Z 0-9 . and -.</summary>
    public bool OfOrganisation { get; init; }

    /// <summary>What a user is told about the column, in the template and in error sentences.</summary>
    public string Note { get; init; } = "";

    /// <summary>The value of the grey example row of the template.</summary>
    public string Example { get; init; } = "";
}

/// <summary>One sheet of the exchange workbook, its rows stored in <see cref="Table"/> under the columns' keys.</summary>
public sealed record SheetDefinition(string Table, string Name, params IReadOnlyList<ColumnDefinition> Columns)
{
    /// <summary>Caption of the column that removes the stored row of that key where it holds x.</summary>
    public const string RemoveCaption = "Xóa";

    /// <summary>Several rows of one code are versions, told apart by their first day.</summary>
    public bool HasVersions => Columns[0].Key == "code" && Columns.Any(column => column is { Key: "from", InKey: true });

    /// <summary>Key of the column with the code of the member whose row it is; null where rows are about none. A reward is a member's or an organisation's.</summary>
    public string? PersonColumn => Table is "member" or "reward" ? "code" : Columns.FirstOrDefault(column => column.Key == "member")?.Key;

    public int IndexOf(string key) => Columns.Select((column, index) => (column, index)).First(c => c.column.Key == key).index;

    public ColumnDefinition Column(string key) => Columns[IndexOf(key)];

    /// <summary>The natural key of a row, as texts; blanks at its end are left out.</summary>
    public IReadOnlyList<string?> KeyOf(StoredRow row)
    {
        var key = Columns.Where(column => column.InKey).Select(row.Text).ToList();
        while (key.Count > 0 && key[^1] is null)
            key.RemoveAt(key.Count - 1);
        return key;
    }

    /// <summary>The natural key of a row for a reader.</summary>
    public string KeyText(StoredRow row) => string.Join(" · ", KeyOf(row));
}
