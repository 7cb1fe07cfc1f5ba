using SinHo.Reporting.Figures;

namespace SinHo.Reporting.Catalog;

/// <summary>The table of an official form: what each cell counts, by row and column.</summary>
public sealed record FormDefinition
{
    /// <summary>What a cell counts where neither row nor column says; null where they must.</summary>
    public string? Figure { get; init; }

    public required IReadOnlyList<FormColumnDefinition> Columns { get; init; }
    public required IReadOnlyList<FormRowDefinition> Rows { get; init; }

    /// <summary>Rows that only identities speak of; they are counted and not shown.</summary>
    public required IReadOnlyList<FormRowDefinition> HiddenRows { get; init; }

    public required IReadOnlyList<IReadOnlyList<string>> Halves { get; init; }
    public required IReadOnlyList<OptionalLines> Optional { get; init; }

    /// <summary>Code of the column whose cells are figures under the codes of their rows; null where none is.</summary>
    public string? FiguresColumn { get; init; }

    /// <summary>One row for each commune committee under the unit on the last day, and their sum; there are no other rows.</summary>
    public bool RowsByCommune { get; init; }

    public FormRowDefinition? Row(string code) => Rows.Concat(HiddenRows).FirstOrDefault(row => row.Code == code);

    public FormColumnDefinition? Column(string code) => Columns.FirstOrDefault(column => column.Code == code);

    /// <summary>Code of the figure of a cell; null where nothing says.</summary>
    public string? FigureOf(FormRowDefinition row, FormColumnDefinition column) => row.Figure ?? column.Figure ?? Figure;

    /// <summary>What a cell counts, or adds up; null for a cell that is blank or worked out from others.</summary>
    public Measure? MeasureOf(FormRowDefinition row, FormColumnDefinition column) =>
        row.IsIn(column) && column.IsCounted && row is { Mean: null, Ratio: null } && FigureOf(row, column) is { } figure
            ? new(figure, row.Where.And(column.Where), row.Sum)
            : null;
}

/// <summary>Which days a column is about.</summary>
public enum ColumnPeriod
{
    /// <summary>The period of the report.</summary>
    This,

    /// <summary>The same dates a year earlier.</summary>
    LastYear,

    /// <summary>From the first day of the year, by the calendar of the report, to the end of its period.</summary>
    YearToDate,

    /// <summary>As <see cref="YearToDate"/>, a year earlier.</summary>
    LastYearToDate,

    /// <summary>A calendar year that ends in the period: see <see cref="FormColumnDefinition.Nth"/>.</summary>
    YearOfPeriod,

    /// <summary>The first day of the term that holds on the last day of the period.</summary>
    TermStart,
}

/// <param name="Caption">{from} and {to} are the days of the column's period, {year} is the year in which it ends.</param>
/// <param name="Ratio">Percent that one column is of another; null where the column counts.</param>
/// <param name="Share">The column of which a cell is the percent of its row's whole.</param>
public sealed record FormColumnDefinition(
    string Code, string Caption, string Number, int Decimals, ColumnPeriod Period, string? Figure, Condition Where, Ratio? Ratio, string? Share)
{
    /// <summary>What it has more than another column; null where it counts.</summary>
    public Ratio? Difference { get; init; }

    /// <summary>Which of the calendar years that end in the period, from 1.</summary>
    public int Nth { get; init; }

    /// <summary>It compares with days before the period.</summary>
    public bool IsOfLastYear => Period is ColumnPeriod.LastYear or ColumnPeriod.LastYearToDate;

    public bool IsCounted => Ratio is null && Share is null && Difference is null;
}

/// <param name="Over">Code of the column on top.</param>
/// <param name="Under">Code of the column below; where it is 0 there is no ratio.</param>
public sealed record Ratio(string Over, string Under);

public sealed record FormRowDefinition
{
    public required string Code { get; init; }
    public string Mark { get; init; } = "";
    public string Caption { get; init; } = "";
    public RowLook Look { get; init; } = RowLook.Main;
    public int Indent { get; init; }
    public string? Figure { get; init; }
    public Condition Where { get; init; } = Condition.None;

    /// <summary>A column of which the mean is taken over the rows counted.</summary>
    public string? Mean { get; init; }

    /// <summary>A column that is added up over the rows counted.</summary>
    public string? Sum { get; init; }

    /// <summary>Decimals of a mean.</summary>
    public int Decimals { get; init; }

    /// <summary>The register does not hold what the line asks.</summary>
    public bool Blank { get; init; }

    /// <summary>Code of the row of which a share is taken.</summary>
    public string? Whole { get; init; }

    /// <summary>Name of the optional lines that it belongs to; null for a line that is always printed.</summary>
    public string? Optional { get; init; }

    /// <summary>Percent that one row is of another, in each column that counts; where the row below is 0 or empty there is none.</summary>
    public Ratio? Ratio { get; init; }

    /// <summary>Only in a period of exactly so many months; null for any.</summary>
    public int? Months { get; init; }

    /// <summary>0 is left empty: there is nothing to tell.</summary>
    public bool EmptyAtZero { get; init; }

    /// <summary>Codes of the columns in which alone it has a value; all where it names none.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];

    /// <summary>Whether the row says anything in the column.</summary>
    public bool IsIn(FormColumnDefinition column) => HasValues && (Only.Count == 0 || Only.Contains(column.Code));

    public bool HasValues => !Blank && Look != RowLook.Note;
}

/// <summary>Lines that are printed together when one of them is not 0, or when their condition holds; without a condition they follow their values alone.</summary>
/// <param name="Below">Printed anyhow for a unit that is not of this role.</param>
/// <param name="On">Printed if and only if the period of the report holds this day of a year, as MM-dd.</param>
public sealed record OptionalLines(string Name, string? Below, (int Month, int Day)? On);
