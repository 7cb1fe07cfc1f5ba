using SinHo.Reporting.Register;

namespace SinHo.Reporting.Exchange;

/// <summary>Rows that the program worked out itself, as a source of an import; what the rules find goes back to the place that caused the row.</summary>
/// <param name="import">The last import that the register held when the rows were worked out.</param>
/// <param name="changed">Every row that is made, changed or removed, by sheet.</param>
internal sealed class WorkedRows(long import, IEnumerable<(SheetDefinition Sheet, IEnumerable<WorkedRow> Rows)> changed) : IRegisterSource
{
    private readonly Dictionary<(string Sheet, int Row), SourcePlace> places = [];

    public bool IsExact => true;

    public long? WorkedOutFrom => import;

    public IEnumerable<SourceSheet> Sheets()
    {
        foreach (var (sheet, rows) in changed)
        {
            var worked = rows.ToList();
            if (worked.Count > 0)
                yield return new(sheet.Name, [.. sheet.Columns.Select(column => column.Caption), SheetDefinition.RemoveCaption], Numbered(sheet, worked));
        }
    }

    /// <summary>What caused the row of a sheet; null where an issue has no row.</summary>
    public SourcePlace? Place(string sheet, int? row) => row is { } number && places.TryGetValue((sheet, number), out var place) ? place : null;

    private IEnumerable<SourceRow> Numbered(SheetDefinition sheet, List<WorkedRow> rows)
    {
        // Captions stand in row 1.
        foreach (var (index, row) in rows.Index())
        {
            places[(sheet.Name, index + 2)] = row.Cause!;
            yield return new(index + 2, [.. row.Values, row.IsRemoved ? "x" : null]);
        }
    }
}
