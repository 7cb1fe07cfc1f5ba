namespace SinHo.Reporting.Figures;

/// <summary>Which edition of a form a report follows. Source: docs/spec/statistics.md 1.1-1.3.</summary>
/// <param name="Code">Folder of the edition, e.g. "2021"; "" where a report has one only.</param>
/// <param name="Number">As printed at the top right: "Biểu số 1-BTCTW"; "" for a report without a number.</param>
/// <param name="Basis">The text that prescribes it: "Hướng dẫn 11-HD/BTCTW ngày 13/12/2021".</param>
/// <param name="CountedIn">What the whole form counts, printed under Đvt: "Người".</param>
/// <param name="Deadline">The line on when it is due, as printed; "" where the edition prints none.</param>
public sealed record Edition(string Code, string Number, string Basis, string CountedIn, string Deadline = "");

/// <summary>The table of an official form: rows with one cell per column.</summary>
/// <param name="Halves">Codes of rows per table that stand side by side; one half where there is one table.</param>
public sealed record FormTable(IReadOnlyList<FormColumn> Columns, IReadOnlyList<FormRow> Rows, IReadOnlyList<IReadOnlyList<string>> Halves)
{
    /// <summary>Code of the column whose cells are figures under the codes of their rows; null where none is.</summary>
    public string? FiguresColumn { get; init; }
}

/// <param name="Code">Its name in definitions, JSON and templates: "now", "last", "pct".</param>
/// <param name="Number">As printed in the row of column numbers: "4(=2*100/3)".</param>
/// <param name="Decimals">Places behind the comma of computed values, unless a cell has its own.</param>
public sealed record FormColumn(string Code, string Caption, string Number, int Decimals);

/// <summary>Which model row of the template a row looks like.</summary>
public enum RowLook
{
    Head,
    Main,
    Detail,

    /// <summary>Words without cells: "Trong đó:".</summary>
    Note,
}

/// <param name="Mark">As printed before the caption: "B", "1", "a", "-", "+"; "" for none.</param>
/// <param name="Printed">False for an optional line that is 0: it is there, and hidden on paper.</param>
/// <param name="Cells">One per column; none for a note.</param>
public sealed record FormRow(string Code, string Mark, string Caption, RowLook Look, int Indent, bool Printed, IReadOnlyList<FormCell> Cells);

/// <summary>Blank, 0 and "-" are three things. Source: docs/spec/forms.md.</summary>
public enum CellKind
{
    /// <summary>Counted: 0 is 0.</summary>
    Counted,

    /// <summary>A ratio, a mean, a sum; without a value where it is undefined, and then printed empty.</summary>
    Computed,

    /// <summary>Not applicable: printed empty.</summary>
    Blank,

    /// <summary>No basis, such as a period before the first data: printed "-".</summary>
    Unknown,
}

/// <param name="Value">Null where there is none to print.</param>
/// <param name="Figure">The figure of a counted cell, with its rows; its code is "B1.now".</param>
/// <param name="Decimals">Places behind the comma; the value is rounded to them.</param>
public sealed record FormCell(CellKind Kind, decimal? Value, Figure? Figure, int Decimals = 0)
{
    /// <summary>The rows behind it where it is a number of another unit: the figure as it stands there; null where it is the report's own.</summary>
    public CellOfUnit? Elsewhere { get; init; }
}

/// <summary>A figure of a unit in a period.</summary>
public sealed record CellOfUnit(string Figure, string Unit, Period Period);
