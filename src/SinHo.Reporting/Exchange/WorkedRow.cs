using System.Text.Json;
using SinHo.Reporting.Register;

namespace SinHo.Reporting.Exchange;

/// <summary>Where in what was handed in something was said.</summary>
/// <param name="Sheet">Name of the sheet, or of the event.</param>
/// <param name="Row">Row number that Excel shows, or place among the entries.</param>
internal sealed record SourcePlace(string Sheet, int Row);

/// <summary>A row of a sheet of the register while a plan or events are worked out.</summary>
internal sealed class WorkedRow
{
    private readonly SheetDefinition sheet;
    private readonly object?[] values;

    /// <summary>A stored row.</summary>
    public WorkedRow(SheetDefinition sheet, string json)
    {
        IsStored = true;
        this.sheet = sheet;
        var row = StoredRow.Read(json)!;
        values = [.. sheet.Columns.Select(row.Value)];
    }

    /// <summary>A new row.</summary>
    public WorkedRow(SheetDefinition sheet, SourcePlace cause, params IEnumerable<(string Column, object? Value)> said)
    {
        this.sheet = sheet;
        values = new object?[sheet.Columns.Count];
        foreach (var (column, value) in said)
            values[sheet.IndexOf(column)] = value;
        Cause = cause;
    }

    private WorkedRow(SheetDefinition sheet, object?[] values, SourcePlace cause) => (this.sheet, this.values, Cause) = (sheet, values, cause);

    /// <summary>What makes or changes the row; null while it is as stored.</summary>
    public SourcePlace? Cause { get; private set; }

    public bool IsStored { get; }

    public SheetDefinition Sheet => sheet;

    public IReadOnlyList<object?> Values => values;

    public string? Text(string column) => values[sheet.IndexOf(column)] as string;

    /// <summary>The first day of a version without one is the beginning of time.</summary>
    public DateOnly From => values[sheet.IndexOf("from")] as DateOnly? ?? DateOnly.MinValue;

    /// <summary>The first day on which it no longer holds; null where it goes on.</summary>
    public DateOnly? To => values[sheet.IndexOf("to")] as DateOnly?;

    public bool HoldsOn(DateOnly day) => From <= day && (To is not { } end || end > day);

    /// <summary>Of the versions of a person's record, the earliest first, the one that speaks on a day: the first holds since ever, each until the next.</summary>
    public static WorkedRow SpeakingOn(List<WorkedRow> versions, DateOnly day) => versions.FindLast(version => version.From <= day) ?? versions[0];

    /// <summary>The row is to be removed.</summary>
    public bool IsRemoved { get; private set; }

    public object? Value(ColumnDefinition column) => values[sheet.IndexOf(column.Key)];

    public void Remove(SourcePlace cause) => (IsRemoved, Cause) = (true, cause);

    public void Set(string column, object? value, SourcePlace cause)
    {
        var index = sheet.IndexOf(column);
        if (Equals(values[index], value))
            return;
        values[index] = value;
        Cause = cause;
    }

    /// <summary>The same from another day on, as a row of its own.</summary>
    public WorkedRow StartingOn(DateOnly day, SourcePlace cause) => With("from", day, cause);

    /// <summary>The same without a first day: it holds since ever.</summary>
    public WorkedRow SinceEver(SourcePlace cause) => With("from", null, cause);

    /// <summary>The same with another value, as a row of its own.</summary>
    public WorkedRow With(string column, object? value, SourcePlace cause)
    {
        var copy = new WorkedRow(sheet, [.. values], cause);
        copy.values[sheet.IndexOf(column)] = value;
        return copy;
    }

    /// <summary>A row that is to be as one that was kept.</summary>
    public static WorkedRow As(SheetDefinition sheet, string json, SourcePlace cause) => new(sheet, new WorkedRow(sheet, json).values, cause);

    /// <summary>The values of the natural key, in the order of its columns.</summary>
    public IReadOnlyList<object?> Key => [.. sheet.Columns.Where(column => column.InKey).Select(Value)];

    /// <summary>Whether every cell is the same; a blank is a blank.</summary>
    public bool IsSameAs(WorkedRow other) => values.Zip(other.values).All(pair => Equals(pair.First is "" ? null : pair.First, pair.Second is "" ? null : pair.Second));

    /// <summary>The row, or its key alone, as the trail keeps it: a column of the table to a value.</summary>
    public string Json(bool keyOnly = false)
    {
        var fields = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var column in sheet.Columns.Where(column => !keyOnly || column.InKey))
        {
            var value = Value(column);
            fields[column.TableColumn] = value switch
            {
                PartialDate date => date.FirstDay,
                null when column is { OfLatest: true, Required: false } => StoredRow.Since,
                null when column.BlankInKey => "",
                null when column.Kind == ColumnKind.Boolean => false,
                _ => value,
            };
            if (value is PartialDate known)
                fields[$"{column.TableColumn}_precision"] = known.Precision;
        }
        return JsonSerializer.Serialize(fields);
    }
}
