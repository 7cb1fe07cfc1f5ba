using SinHo.Reporting.Register;

namespace SinHo.Reporting.Exchange;

/// <summary>
/// A register on its way in, sheet by sheet: a workbook somebody filled, or rows made by the generator.
/// </summary>
public interface IRegisterSource
{
    /// <summary>Sheets in the order of the source. Each is read once, from first row to last, before the next is asked for.</summary>
    IEnumerable<SourceSheet> Sheets();

    /// <summary>How much has been read while it is being read, 0 to 1, roughly; null where the source cannot say.</summary>
    double? ShareRead => null;
}

/// <summary>One sheet as found. Rows are streamed; cells hold string, double, DateTime, DateOnly, PartialDate, bool, int, <see cref="ErrorCell"/> or null.</summary>
/// <param name="Name">Name as written in the source.</param>
/// <param name="Captions">Cells of the caption row, by column from the left; null where blank.</param>
/// <param name="Rows">Every later row that is there, with the row number that Excel shows; wholly blank ones may come too.</param>
public sealed record SourceSheet(string Name, IReadOnlyList<string?> Captions, IEnumerable<SourceRow> Rows);

/// <summary>One row as found; <see cref="Cells"/> may be shorter than the captions, and are good only until the next row is asked for.</summary>
public readonly record struct SourceRow(int Number, IReadOnlyList<object?> Cells);

/// <summary>A cell whose formula failed in Excel, with what Excel shows, such as #N/A.</summary>
public sealed record ErrorCell(string Text)
{
    public override string ToString() => Text;
}
