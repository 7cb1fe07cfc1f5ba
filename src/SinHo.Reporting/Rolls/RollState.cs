using System.Globalization;
using SinHo.Reporting.Exchange;
using SinHo.Reporting.Register;

namespace SinHo.Reporting.Rolls;

/// <summary>What the sheet _sinho of a list says: which list it is, and how each of its rows stood in the register when it was written.</summary>
public sealed class RollState
{
    /// <summary>Name of the sheet; hidden from readers.</summary>
    public const string SheetName = "_sinho";

    private readonly List<WorkedRow> rows = [];

    private RollState()
    {
    }

    public long Number { get; private set; }

    public string Unit { get; private set; } = "";

    public DateOnly Day { get; private set; }

    /// <summary>As they stood in the register.</summary>
    internal IReadOnlyList<WorkedRow> Rows => rows;

    /// <summary>The state that a source carries; null where it is no list.</summary>
    /// <exception cref="WorkbookRefusedException">The file cannot be opened, or its sheet _sinho is no longer as it was written.</exception>
    public static RollState? Find(IRegisterSource source)
    {
        foreach (var sheet in source.Sheets())
        {
            if (sheet.Name == SheetName)
                return Read(sheet);
        }
        return null;
    }

    /// <summary>The cells of the sheet, row by row.</summary>
    internal static IEnumerable<object?[]> Cells(Roll roll) =>
    [
        ["number", roll.Number.ToString(CultureInfo.InvariantCulture)],
        ["unit", roll.Unit],
        ["day", roll.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)],
        .. roll.People.Concat(roll.Memberships).Select(row => new object?[] { row.Sheet.Table, row.Json() }),
    ];

    private static RollState Read(SourceSheet sheet)
    {
        var state = new RollState();
        var said = 0;
        foreach (var row in sheet.Rows)
        {
            if (row.Cells.Count < 2 || row.Cells[0] is not string name || row.Cells[1] is not string value)
                continue;
            switch (name)
            {
                case "number" when long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number):
                    (state.Number, said) = (number, said + 1);
                    break;
                case "unit":
                    (state.Unit, said) = (value, said + 1);
                    break;
                case "day" when DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day):
                    (state.Day, said) = (day, said + 1);
                    break;
                case "member" or "membership" when Row(name == "member" ? ExchangeWorkbook.Members : ExchangeWorkbook.Memberships, value) is { } kept:
                    state.rows.Add(kept);
                    break;
                default:
                    said = int.MinValue / 2;
                    break;
            }
        }
        return said == 3 ? state : throw new WorkbookRefusedException($"Trang ẩn “{SheetName}” của danh sách đối chiếu đã bị sửa nên không biết danh sách lúc lập thế nào; hãy lập danh sách mới rồi chép các chỗ đã sửa sang.");
    }

    /// <summary>Null where somebody changed it into what is no row.</summary>
    private static WorkedRow? Row(SheetDefinition sheet, string json)
    {
        try
        {
            var row = new WorkedRow(sheet, json);
            return row.Text(sheet.Columns[0].Key) is null ? null : row;
        }
        catch (Exception wrong) when (wrong is System.Text.Json.JsonException or FormatException or InvalidOperationException or KeyNotFoundException)
        {
            return null;
        }
    }
}
