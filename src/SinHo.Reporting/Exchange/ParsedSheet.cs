using SinHo.Reporting.Register;

namespace SinHo.Reporting.Exchange;

/// <summary>One sheet of a source after its captions have been understood.</summary>
/// <param name="Name">Name as written in the source.</param>
/// <param name="Definition">What the sheet is; null where it is unknown or came a second time, and then there are no rows.</param>
/// <param name="Present">By column of the definition: whether the sheet has it. Of an absent column nothing is said, and its values are null.</param>
/// <param name="Misspelt">By column: it is absent because its caption is misspelt.</param>
/// <param name="CaptionRow">Row number of the captions.</param>
/// <param name="Issues">What is wrong with the sheet itself and its captions, whole once the rows have been read; rows carry their own issues.</param>
/// <param name="Rows">Streamed: to be read once, before the next sheet is asked for.</param>
public sealed record ParsedSheet(
    string Name, SheetDefinition? Definition, IReadOnlyList<bool> Present, IReadOnlyList<bool> Misspelt, int CaptionRow,
    IReadOnlyList<ImportIssue> Issues, IEnumerable<ParsedRow> Rows)
{
    /// <summary>
    /// The sheet leaves columns as they are stored, so that <see cref="RowRules"/> can only be asked about a row once these are known: they were not asked
    /// while reading.
    /// </summary>
    public bool IsPartial => Present.Contains(false);
}

/// <summary>
/// One row as typed values, by column of the definition. A value is null where the cell is blank or could not be read; a blank optional Có / Không is false.
/// A row that breaks a row rule keeps its values (an interval may then end before it starts).
/// </summary>
/// <param name="Number">Row number that Excel shows.</param>
/// <param name="Values">string, DateOnly, PartialDate, bool, int or null, as <see cref="ColumnKind"/> says.</param>
/// <param name="Remove">The row removes the stored row of its key; only the key columns have values.</param>
/// <param name="Issues">Empty where the row is sound.</param>
/// <param name="Faulty">Bit i is set where column i could not be read, or is required and blank.</param>
public sealed record ParsedRow(int Number, object?[] Values, bool Remove, IReadOnlyList<ImportIssue> Issues, uint Faulty)
{
    public bool IsFaulty(int column) => (Faulty & (1u << column)) != 0;

    /// <summary>True where the user left the cell blank; false where it held something that could not be read.</summary>
    public bool IsBlank(int column) => Values[column] is null && !IsFaulty(column);

    public string? Text(int column) => Values[column] as string;

    public int? Count(int column) => Values[column] as int?;

    /// <summary>A day, or the first day that a partial date can mean.</summary>
    public DateOnly? Day(int column) => Values[column] switch
    {
        DateOnly day => day,
        PartialDate date => date.FirstDay,
        _ => null,
    };

    /// <summary>The value as a message shows it; null where there is none.</summary>
    public string? Show(int column) => ColumnReader.Show(Values[column]);
}
