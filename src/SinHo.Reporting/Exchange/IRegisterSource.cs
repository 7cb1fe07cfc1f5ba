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

    /// <summary>The program made the rows itself: a blank is nothing but a blank, and there may be none.</summary>
    bool IsExact => false;

    /// <summary>The last import of the register that the rows were worked out from; null where they do not go by one.</summary>
    long? WorkedOutFrom => null;

    /// <summary>What caused a row of a sheet, where the rows were worked out; null where the row is its own place.</summary>
    (string Sheet, int Row)? PlaceOf(string sheet, int row) => null;

    /// <summary>What the program itself made the source as, where that is no register. Known once the first sheet has been asked for.</summary>
    OwnWork? OwnWork => null;
}

/// <summary>Workbooks of the program's own that are to be read, not imported.</summary>
public enum OwnWork
{
    List,
    Report,
}

/// <summary>
/// One sheet as found. Rows are streamed; cells hold string, double, <see cref="ShownNumber"/>, DateTime, <see cref="ShownDate"/>, DateOnly, PartialDate,
/// bool, int, <see cref="ErrorCell"/>, <see cref="FormulaCell"/> or null.
/// </summary>
/// <param name="Name">Name as written in the source.</param>
/// <param name="Captions">Cells of row 1 where the source knows that these name the columns; else empty, and they are looked for among the rows.</param>
/// <param name="Rows">Every other row that is there, with the row number that Excel shows; wholly blank ones may come too.</param>
public sealed record SourceSheet(string Name, IReadOnlyList<string?> Captions, IEnumerable<SourceRow> Rows)
{
    /// <summary>Merged ranges of more than one row. Whole once the last row has been read.</summary>
    public IReadOnlyList<CellRange> Merged { get; init; } = [];
}

/// <summary>One row as found; <see cref="Cells"/> may be shorter than the captions, and are good only until the next row is asked for.</summary>
/// <param name="Hidden">A filter or a hand hides the row from its reader.</param>
public readonly record struct SourceRow(int Number, IReadOnlyList<object?> Cells, bool Hidden = false);

/// <summary>A rectangle of cells; rows and columns are counted from 1, both ends included.</summary>
/// <param name="Text">As A2:A5.</param>
public readonly record struct CellRange(string Text, int FirstRow, int FirstColumn, int LastRow, int LastColumn);

/// <summary>A cell whose formula failed in Excel, with what Excel shows, such as #N/A.</summary>
public sealed record ErrorCell(string Text)
{
    public override string ToString() => Text;
}

/// <summary>A formula that nobody has worked out: its cell shows nothing until Excel opens the file.</summary>
public sealed record FormulaCell(string Text)
{
    public override string ToString() => $"={Text}";
}

/// <summary>A number that its format shows otherwise: 11 as 000011, or 38012300000 as 3.80123E+10.</summary>
public sealed record ShownNumber(double Value, string Shown, bool IsScientific)
{
    public override string ToString() => Shown;
}

/// <summary>A day of which the format shows a part, or that may be meant as a year.</summary>
/// <param name="Precision">What is shown of it, as in <see cref="PartialDate"/>.</param>
/// <param name="Raw">The number in the cell; not a number where it was no number.</param>
public sealed record ShownDate(DateTime Moment, string Shown, string Precision, double Raw)
{
    public override string ToString() => Shown;
}
