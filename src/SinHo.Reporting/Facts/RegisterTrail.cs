using System.Globalization;
using System.Text.Json;
using SinHo.Reporting.Access;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Register;
using SinHo.Reporting.Words;

namespace SinHo.Reporting.Facts;

/// <param name="Days">Days of change, in Viet Nam, both included.</param>
/// <param name="Table">Null for all; else a table of <see cref="ExchangeWorkbook.Sheets"/> or "setting".</param>
/// <param name="Code">Code of a member, an organisation or a village; null for all.</param>
/// <param name="Import">Null for all.</param>
public sealed record TrailFilter(Period Days, string? Table, string? Code, long? Import);

/// <summary>A row that was added, changed or removed.</summary>
/// <param name="Sheet">The sheet of the exchange workbook that holds such rows.</param>
/// <param name="Key">What tells the row from others, as on the sheet.</param>
/// <param name="Cells">Of a changed row, what changed; of an added or removed one, all that was filled in.</param>
public sealed record TrailEntry(DateTimeOffset At, string By, long? Import, string Sheet, string What, string Key, IReadOnlyList<TrailCell> Cells);

/// <param name="Before">Null where the row was added.</param>
/// <param name="After">Null where it was removed.</param>
public sealed record TrailCell(string Caption, string? Before, string? After);

/// <summary>The trail as a viewer may read it: in the words of the exchange workbook, the newest change first.</summary>
public sealed class RegisterTrail(StatisticsSource source, Readings readings)
{
    public const string Settings = "setting";

    /// <summary>A stretch of it; that it was opened is recorded first.</summary>
    public async Task<IReadOnlyList<TrailEntry>> ReadAsync(Viewer viewer, TrailFilter filter, int skip, int most, CancellationToken cancel)
    {
        await readings.RecordAsync(viewer, new(ReadingKind.Trail, filter.Code ?? filter.Table ?? "*", viewer.Unit, filter.Days), cancel);
        await using var snapshot = await Snapshot.TakeAsync(source, viewer, filter.Days, cancel);
        var rows = await snapshot.QueryAsync<Row>("""
            select at as At, by as By, import_id as ImportId, table_name as TableName, before::text as Before, after::text as After
            from trail
            where at >= @from and at < @until
                and (@Table::text is null or table_name = @Table)
                and (@Import::bigint is null or import_id = @Import)
                and (@Code::text is null or exists (
                    select
                    from unnest(array['code', 'member', 'branch', 'org', 'village', 'place', 'parent']) as key
                    where coalesce(after, before) ->> key = @Code or before ->> key = @Code))
            order by trail_id desc
            limit @most offset @skip
            """, new
        {
            from = Vietnamese.StartOf(filter.Days.From).UtcDateTime,
            until = Vietnamese.StartOf(filter.Days.To.AddDays(1)).UtcDateTime,
            filter.Table,
            filter.Code,
            filter.Import,
            skip,
            most,
        }, cancel);
        return [.. rows.Select(Entry)];
    }

    private static TrailEntry Entry(Row row)
    {
        var (before, after) = (Fields(row.Before), Fields(row.After));
        var sheet = ExchangeWorkbook.Sheets.FirstOrDefault(one => one.Table == row.TableName);
        var what = (row.Before, row.After) switch
        {
            (null, _) => "Thêm",
            (_, null) => "Xóa",
            _ => "Sửa",
        };
        var cells = Columns(sheet, before.Count > 0 ? before : after)
            .Select(column => (column.InKey, Cell: new TrailCell(column.Caption, Text(before, column.Name), Text(after, column.Name)))).ToList();
        var key = string.Join(" · ", cells.Where(cell => cell.InKey).Select(cell => cell.Cell.After ?? cell.Cell.Before));
        return new(
            new(row.At, TimeSpan.Zero), row.By, row.ImportId, sheet?.Name ?? "Quy định", what, key,
            [.. cells.Where(cell => !cell.InKey && cell.Cell.Before != cell.Cell.After).Select(cell => cell.Cell)]);
    }

    /// <summary>Columns of a table in the order and with the captions of its sheet.</summary>
    private static IEnumerable<(string Name, string Caption, bool InKey)> Columns(SheetDefinition? sheet, Dictionary<string, JsonElement> fields) => sheet is null
        ? fields.Keys.Where(name => name != "name").Select(name => (name, name == "value" ? "Giá trị" : "Ý nghĩa", name == "caption"))
        : sheet.Columns.Select(column => (column.TableColumn, column.Caption, column.InKey));

    private static Dictionary<string, JsonElement> Fields(string? json) =>
        json is null ? [] : JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(json)!;

    private static string? Text(Dictionary<string, JsonElement> fields, string name)
    {
        if (!fields.TryGetValue(name, out var value))
            return null;
        var precision = fields.TryGetValue($"{name}_precision", out var known) ? known.GetString() : null;
        return value.ValueKind switch
        {
            JsonValueKind.True => "Có",
            JsonValueKind.False => "Không",
            JsonValueKind.String when DateOnly.TryParseExact(value.GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) =>
                new PartialDate(day, precision ?? "day").ToString(),
            JsonValueKind.Null => "",
            _ => value.ToString(),
        };
    }

    private sealed record Row(DateTime At, string By, long? ImportId, string TableName, string? Before, string? After);
}
