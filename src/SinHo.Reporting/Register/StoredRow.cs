using System.Globalization;
using System.Text.Json;

namespace SinHo.Reporting.Register;

/// <summary>A row of the register as the trail keeps it, read in the terms of its sheet.</summary>
public sealed class StoredRow
{
    public const string Yes = "Có";
    public const string No = "Không";

    /// <summary>Where no first day was given.</summary>
    public const string Since = "-infinity";

    private readonly Dictionary<string, JsonElement> fields;

    private StoredRow(Dictionary<string, JsonElement> fields) => this.fields = fields;

    /// <summary>Names of the columns of the table.</summary>
    public IEnumerable<string> Columns => fields.Keys;

    /// <param name="json">An object, a column of the table to a key; null gives null: there was no row.</param>
    public static StoredRow? Read(string? json) => json is null ? null : new(JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(json)!);

    /// <summary>What a cell of the sheet holds: string, <see cref="DateOnly"/>, <see cref="PartialDate"/>, bool, int, or null where blank.</summary>
    public object? Value(ColumnDefinition column)
    {
        if (!fields.TryGetValue(column.TableColumn, out var field) || field.ValueKind == JsonValueKind.Null)
            return null;
        return column.Kind switch
        {
            ColumnKind.Boolean => field.GetBoolean(),
            ColumnKind.Number => field.GetInt32(),
            ColumnKind.Date when field.GetString() == Since => null,
            ColumnKind.Date => Day(field),
            ColumnKind.PartialDate => new PartialDate(Day(field), fields[$"{column.TableColumn}_precision"].GetString()!),
            _ => field.GetString(),
        };
    }

    /// <summary>The cell as the exported workbook shows it; null where blank.</summary>
    public string? Text(ColumnDefinition column) => Value(column) switch
    {
        null or "" => null,
        bool flag => flag ? Yes : No,
        DateOnly day => new PartialDate(day, "day").ToString(),
        var value => Convert.ToString(value, CultureInfo.InvariantCulture),
    };

    /// <summary>A column that no sheet has, as text.</summary>
    public string? Text(string name) => fields.TryGetValue(name, out var field) && field.ValueKind != JsonValueKind.Null ? field.ToString() : null;

    private static DateOnly Day(JsonElement field) => DateOnly.ParseExact(field.GetString()!, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
