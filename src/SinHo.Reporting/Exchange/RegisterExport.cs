using Npgsql;
using SinHo.Reporting.Register;

namespace SinHo.Reporting.Exchange;

/// <summary>Reads the whole register as rows of the exchange workbook, sheet by sheet, by natural key, from one snapshot.</summary>
public sealed class RegisterExport : IDisposable
{
    private const int ProgressEvery = 2_000;

    private readonly NpgsqlConnection connection;
    private readonly NpgsqlTransaction snapshot;

    public RegisterExport(NpgsqlDataSource database)
    {
        connection = database.OpenConnection();
        snapshot = connection.BeginTransaction(System.Data.IsolationLevel.RepeatableRead);
    }

    /// <summary>Every sheet with its rows, each sheet's rows to be read to the end before the next sheet's.</summary>
    public IEnumerable<(SheetDefinition Sheet, IEnumerable<object?[]> Rows)> Sheets(IProgress<JobStep>? progress = null)
    {
        var total = ExchangeWorkbook.Sheets.Sum(sheet => Count(sheet.Table));
        var done = 0;
        return ExchangeWorkbook.Sheets.Select(sheet => (sheet, Rows(sheet).Select(row =>
        {
            if (done++ % ProgressEvery == 0)
                progress?.Report(JobStep.Of("Ghi sổ trao đổi", $"trang {sheet.Name}", done, total));
            return row;
        })));
    }

    public void Dispose()
    {
        snapshot.Dispose();
        connection.Dispose();
    }

    private int Count(string table)
    {
        using var command = new NpgsqlCommand($"select count(*)::integer from {table}", connection, snapshot) { CommandTimeout = 0 };
        return (int)command.ExecuteScalar()!;
    }

    private IEnumerable<object?[]> Rows(SheetDefinition sheet)
    {
        var keys = sheet.Columns.Where(column => column.InKey).Select(column => column.TableColumn);
        var columns = sheet.Columns.Select(column =>
            column.IsKeptName ? $"(select coalesce(kept_name.name, purged_name()) from kept_name where kept_name.token = {sheet.Table}.{column.TableColumn})" : column.Kind == ColumnKind.Vocabulary ? $"{column.TableColumn}::text" : column.TableColumn);
        var precision = sheet.Columns.Where(column => column.Kind == ColumnKind.PartialDate).Select(column => $", {column.Key}_precision");
        using var command = new NpgsqlCommand(
            $"select {string.Join(", ", columns)}{string.Concat(precision)} from {sheet.Table} order by {string.Join(", ", keys)}", connection, snapshot)
        { CommandTimeout = 0 };
        using var reader = command.ExecuteReader();
        while (reader.Read())
            yield return [.. sheet.Columns.Select((column, index) => Value(reader, column, index, sheet.Columns.Count))];
    }

    private static object? Value(NpgsqlDataReader reader, ColumnDefinition column, int index, int precision) => reader.IsDBNull(index) ? null : column.Kind switch
    {
        // A record without a first day holds since ever: PostgreSQL's -infinity.
        ColumnKind.Date => reader.GetFieldValue<DateOnly>(index) is var day && day == DateOnly.MinValue ? null : day,
        ColumnKind.PartialDate => new PartialDate(reader.GetFieldValue<DateOnly>(index), reader.GetString(precision)),
        ColumnKind.Boolean => reader.GetBoolean(index),
        ColumnKind.Number => reader.GetInt32(index),
        _ => reader.GetString(index) is { Length: > 0 } text ? text : null,
    };
}
