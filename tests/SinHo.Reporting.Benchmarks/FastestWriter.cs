using Npgsql;
using SinHo.Reporting.Catalog;
using SinHo.Reporting.Facts;
using SinHo.Reporting.Figures;
using SpreadCheetah;

namespace SinHo.Reporting.Benchmarks;

/// <summary>What a list is measured against: the same query, its rows put into a workbook by the fastest writer that restores, without borders, titles, table or links.</summary>
internal static class FastestWriter
{
    /// <returns>The rows.</returns>
    public static async Task<int> WriteAsync(NpgsqlDataSource database, string figure, string unit, DateOnly day, string path, CancellationToken cancel)
    {
        var (set, indicator) = CatalogReader.Read(AppContext.BaseDirectory)[figure];
        var measure = Measure.Of(indicator.Code);
        var query = new FigureQuery(set);
        await using var command = database.CreateCommand(query.Page(measure, ListView.Whole, parts: false));
        foreach (var (name, value) in query.Parameters.Concat(new Dictionary<string, object>
        {
            ["units"] = new[] { unit },
            ["from"] = day,
            ["to"] = day,
            ["words"] = Array.Empty<string>(),
            ["skip"] = 0,
            ["most"] = int.MaxValue,
            ["part_roles"] = Array.Empty<string>(),
        }))
        {
            command.Parameters.AddWithValue(name, value);
        }
        command.CommandTimeout = 0;
        var columns = FigureQuery.Columns(set, measure).Count;
        await using var reader = await command.ExecuteReaderAsync(cancel);
        await using var file = File.Create(path);
        await using var book = await Spreadsheet.CreateNewAsync(file, cancellationToken: cancel);
        await book.StartWorksheetAsync("List", token: cancel);
        var (rows, cells) = (0, new DataCell[columns]);
        var kinds = Enumerable.Range(0, columns).Select(reader.GetDataTypeName).ToArray();
        while (await reader.ReadAsync(cancel))
        {
            for (var column = 0; column < columns; column++)
                cells[column] = Cell(reader, column, kinds[column]);
            await book.AddRowAsync(cells, cancel);
            rows++;
        }
        await book.FinishAsync(cancel);
        return rows;
    }

    private static DataCell Cell(NpgsqlDataReader reader, int column, string kind) => reader.IsDBNull(column) ? default : kind switch
    {
        "date" => new(reader.GetFieldValue<DateOnly>(column).ToDateTime(TimeOnly.MinValue)),
        "integer" => new(reader.GetInt32(column)),
        _ => new(reader.GetString(column)),
    };
}
