using Dapper;
using Npgsql;
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

    public (string Sheet, int Row)? PlaceOf(string sheet, int row) => Place(sheet, row) is { } place ? (place.Sheet, place.Row) : null;

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
    private SourcePlace? Place(string sheet, int? row) => row is { } number && places.TryGetValue((sheet, number), out var place) ? place : null;

    /// <summary>An outcome told by the places that caused it; its own warnings stay the caller's to add.</summary>
    /// <param name="column">What is called at a place what a sheet calls by that caption.</param>
    public ImportOutcome Told(ImportOutcome outcome, Func<SourcePlace, string?, string?> column)
    {
        return outcome with
        {
            Errors = [.. outcome.Errors.Select(Tell)],
            Warnings = [.. outcome.Warnings.Select(Tell)],
            Changes = outcome.Changes?.Select(change => change with { Row = Place(change.Sheet, change.Row)?.Row }).ToList(),
        };

        ImportIssue Tell(ImportIssue issue) => Place(issue.Sheet, issue.Row) is { } place
            ? issue with { Sheet = place.Sheet, Row = place.Row, Column = column(place, issue.Column) }
            : issue;
    }

    /// <summary>The last import that a view of the register holds.</summary>
    public static Task<long> LastImportAsync(NpgsqlTransaction view, CancellationToken cancel) => view.Connection!.ExecuteScalarAsync<long>(
        new CommandDefinition("select coalesce(max(import_id), 0) from import_run", transaction: view, cancellationToken: cancel));

    /// <summary>Stored rows of a sheet, by natural key.</summary>
    /// <param name="condition">SQL over `kept`.</param>
    public static async Task<IEnumerable<WorkedRow>> ReadAsync(NpgsqlTransaction view, SheetDefinition sheet, string condition, object parameters, CancellationToken cancel)
    {
        var keys = string.Join(", ", sheet.Columns.Where(column => column.InKey).Select(column => column.TableColumn));
        var rows = await view.Connection!.QueryAsync<string>(new CommandDefinition(
            $"select to_jsonb(kept)::text from {sheet.Table} as kept where {condition} order by {keys}", parameters, view, commandTimeout: 0, cancellationToken: cancel));
        return rows.Select(json => new WorkedRow(sheet, json));
    }

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
