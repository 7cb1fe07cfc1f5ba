using SinHo.Reporting.Register;
using SinHo.Reporting.Words;

namespace SinHo.Reporting.Exchange;

/// <summary>An issue and the cell that shows it.</summary>
/// <param name="SheetPosition">For sorting: sheets in the order of their tabs, unknown ones last.</param>
/// <param name="Sheet">Name as written in the workbook; null where the workbook has no such sheet.</param>
/// <param name="Cell">As B5; null where there is no sheet.</param>
internal sealed record LocatedIssue(ImportIssue Issue, int SheetPosition, string? Sheet, string? Cell);

/// <summary>What is said about one cell.</summary>
internal sealed class ErrorMark
{
    private const int MostMessages = 5;

    private readonly List<string> messages = [];

    public bool IsError { get; private set; }

    public void Add(ImportIssue issue)
    {
        IsError |= !issue.IsWarning;
        messages.Add(issue.Message);
    }

    public string Text
    {
        get
        {
            var rest = messages.Count > MostMessages ? $"\n… và {messages.Count - MostMessages} ý khác, xem trang {ErrorSheet.Name}." : "";
            return string.Join('\n', messages.Take(MostMessages).Select(message => $"{ErrorNotes.Sign} {message}")) + rest;
        }
    }
}

/// <summary>The marks of one sheet by row and column, both counted from 1.</summary>
/// <param name="captions">The row that names the columns.</param>
internal sealed class ErrorMarks(CaptionRow captions)
{
    private const int LastColumn = 16_384;

    private readonly SortedDictionary<int, SortedDictionary<int, ErrorMark>> rows = [];
    private readonly Dictionary<string, int> columns = captions.Cells
        .Select((caption, index) => (Key: CaptionRow.KeyOf(caption ?? ""), Column: index + 1))
        .DistinctBy(caption => caption.Key)
        .ToDictionary(caption => caption.Key, caption => caption.Column, StringComparer.Ordinal);

    /// <summary>The key of the other caption that a column may have; one that no column has where there is none.</summary>
    private static string OtherKeyOf(string caption) => ExchangeWorkbook.Sheets.SelectMany(sheet => sheet.Columns)
        .FirstOrDefault(column => column.Caption == caption && column.OtherCaption is not null)?.OtherCaption is { } other ? CaptionRow.KeyOf(other) : "-";

    public bool IsEmpty => rows.Count == 0;

    public IReadOnlyDictionary<int, SortedDictionary<int, ErrorMark>> Rows => rows;

    /// <summary>
    /// An issue without a row belongs to the first cell of the caption row; a missing column to the first free cell after the captions;
    /// any other issue whose column is not there to the first cell of its row.
    /// </summary>
    public LocatedIssue Add(ImportIssue issue, string sheet, int position)
    {
        var row = issue.Row ?? captions.Number;
        var column = 1;
        if (issue.Column is not null && !columns.TryGetValue(CaptionRow.KeyOf(issue.Column), out column) && !columns.TryGetValue(OtherKeyOf(issue.Column), out column))
            column = row == captions.Number ? Math.Min(captions.Cells.Count + 1, LastColumn) : 1;
        if (!rows.TryGetValue(row, out var cells))
            rows[row] = cells = [];
        if (!cells.TryGetValue(column, out var mark))
            cells[column] = mark = new();
        mark.Add(issue);
        return new(issue, position, sheet, $"{SheetParser.ColumnLetters(column - 1)}{row}");
    }
}
