using SinHo.Reporting.Access;
using SinHo.Reporting.Facts;
using SinHo.Reporting.Register;
using static SinHo.Reporting.Register.ExchangeWorkbook;

namespace SinHo.Reporting.Reports;

/// <summary>A stored row of a sheet, as whoever corrects it sees it.</summary>
/// <param name="Key">Texts by the columns of the natural key, in their order; null where blank.</param>
/// <param name="Values">By caption, of the other columns that are not blank; names that one table alone holds are left out.</param>
public sealed record AmendableRow(SheetDefinition Sheet, IReadOnlyList<string?> Key, IReadOnlyDictionary<string, string> Values)
{
    /// <summary>What tells it from the others, without the code whose page it is.</summary>
    /// <param name="code">Of the person or unit.</param>
    public string Told(string code) => string.Join(" · ", Sheet.Columns.Where(column => column.InKey).Zip(Key).Where(part => part.Second is not null && part.Second != code).Select(part => part.Second!)
        .Concat(Values.Select(pair => $"{pair.Key}: {pair.Value}")).Take(5));
}

/// <summary>Rows of the sheets about a person or a unit, which an event corrects or removes one by one; records of people have an event of their own.</summary>
public static class AmendableRows
{
    /// <summary>Rows of a sheet that are offered: those of the latest days.</summary>
    private const int Most = 60;

    /// <summary>The sheets that have rows of a unit, each with what says so.</summary>
    private static readonly (SheetDefinition Sheet, string OfUnit)[] OfUnits =
    [
        (Services, "kept.branch = @code"), (Restructurings, "kept.unit = @code"), (Ratings, "kept.org = @code"), (Meetings, "kept.branch = @code"), (Inspections, "kept.org = @code"),
        (Congresses, "kept.org = @code"), (Rewards, "kept.code = @code"), (Sources, "kept.branch = @code"), (Stays, "kept.direction = 'Đến' and kept.place = @code"),
    ];

    public static Task<IReadOnlyList<AmendableRow>> OfPersonAsync(StatisticsSource source, Viewer viewer, string code, DateOnly day, CancellationToken cancel) =>
        ReadAsync(source, viewer, SheetsOfPeople.Select(sheet => (sheet, $"kept.{sheet.PersonColumn} = @code")), code, day, cancel);

    public static Task<IReadOnlyList<AmendableRow>> OfUnitAsync(StatisticsSource source, Viewer viewer, string code, DateOnly day, CancellationToken cancel) =>
        ReadAsync(source, viewer, OfUnits, code, day, cancel);

    private static async Task<IReadOnlyList<AmendableRow>> ReadAsync(
        StatisticsSource source, Viewer viewer, IEnumerable<(SheetDefinition Sheet, string Condition)> sheets, string code, DateOnly day, CancellationToken cancel)
    {
        await using var snapshot = await Snapshot.TakeAsync(source, viewer, new(day, day), cancel);
        var rows = new List<AmendableRow>();
        foreach (var (sheet, condition) in sheets)
        {
            var days = sheet.Columns.Where(column => column.InKey || column.Kind == ColumnKind.Date).OrderBy(column => column.Kind != ColumnKind.Date).Select(column => $"kept.{column.TableColumn} desc nulls last");
            rows.AddRange((await snapshot.QueryAsync<string>($"select to_jsonb(kept)::text from {sheet.Table} as kept where {condition} order by {string.Join(", ", days)} limit {Most}", new { code }, cancel))
                .Select(json => Row(sheet, StoredRow.Read(json)!)));
        }
        return rows;
    }

    private static AmendableRow Row(SheetDefinition sheet, StoredRow row) => new(
        sheet, [.. sheet.Columns.Where(column => column.InKey).Select(row.Text)],
        sheet.Columns.Where(column => !column.InKey && !column.IsKeptName && row.Text(column) is not null).ToDictionary(column => column.Caption, column => row.Text(column)!));
}
