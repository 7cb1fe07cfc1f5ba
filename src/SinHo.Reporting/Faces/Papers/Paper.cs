using SinHo.Reporting.Figures;

namespace SinHo.Reporting.Faces.Papers;

/// <summary>A report as a document to be read and signed, before anybody decides between a PDF and a letter for Word: both print the same blocks.</summary>
/// <param name="Title">Among the properties of the file.</param>
/// <param name="Question">See <see cref="PaperQuestion"/>.</param>
/// <param name="CheckCode">Of an issued one; null for a draft.</param>
/// <param name="Foot">At the left of the foot of each page.</param>
/// <param name="Signed">What is signed; its pages are numbered "Trang 3/7".</param>
/// <param name="Lists">What comes after it, each with pages of its own; made one by one, for they may be long.</param>
internal sealed record Paper(string Title, string Question, string? CheckCode, string Foot, IReadOnlyList<PaperBlock> Signed, IReadOnlyList<PaperList> Lists)
{
    /// <summary>The board's own letter, which a letter fills in place of printing the blocks; null where there is none.</summary>
    public FilledLetter? Letter { get; init; }
}

/// <param name="Texts">By tag: what the program writes into the letter.</param>
/// <param name="Blocks">By tag: what stands there.</param>
/// <param name="Appendices">Printed at its end.</param>
internal sealed record FilledLetter(Templates.LetterTemplate Template, IReadOnlyDictionary<string, string> Texts, IReadOnlyDictionary<string, IReadOnlyList<PaperBlock>> Blocks, IReadOnlyList<PaperBlock> Appendices);

/// <param name="Name">Before the numbers of its pages: "Danh sách 3".</param>
internal sealed record PaperList(string Name, IReadOnlyList<PaperBlock> Blocks);

internal abstract record PaperBlock;

/// <summary>The head of a letter (docs/spec/statistics.md 4.2), or of a form (1.3).</summary>
/// <param name="Superior">Lines above the issuer.</param>
/// <param name="Right">The first line at the right is bold: the title of the Party, or the number of the form; what follows is small.</param>
/// <param name="Number">"Số 12-BC/…"; null for a form.</param>
/// <param name="PlaceDate">Null for a form, which has it at its foot.</param>
internal sealed record PaperHead(IReadOnlyList<string> Superior, string Issuer, IReadOnlyList<string> Right, string? Number, string? PlaceDate) : PaperBlock;

/// <param name="Kind">"BÁO CÁO", or the title of a form.</param>
/// <param name="Lines">Beneath, bold; a rule comes after them.</param>
internal sealed record PaperTitle(string Kind, IReadOnlyList<string> Lines) : PaperBlock;

/// <param name="Level">1 or 2.</param>
internal sealed record PaperHeading(string Text, int Level) : PaperBlock;

internal enum WordsLook
{
    /// <summary>14 points, the first line indented, both edges straight.</summary>
    Body,

    /// <summary>12 points, italic.</summary>
    Note,

    /// <summary>12 points, bold and red.</summary>
    Alarm,
}

internal sealed record PaperWords(IReadOnlyList<TextPiece> Pieces, WordsLook Look) : PaperBlock
{
    public PaperWords(string text, WordsLook look)
        : this([new TextPiece(text, null)], look)
    {
    }

    public string Text => string.Concat(Pieces.Select(piece => piece.Text));

    /// <summary>May not be parted from what comes after it.</summary>
    public bool StaysWithNext { get; init; }
}

/// <summary>A table whose head comes again on every page, and whose rows are never torn apart.</summary>
/// <param name="Size">Of its letters, in points.</param>
/// <param name="Numbers">A row under the head: "1", "2", "4(=2*100/3)"; null for none.</param>
internal sealed record PaperTable(IReadOnlyList<PaperColumn> Columns, IEnumerable<PaperRow> Rows, double Size, IReadOnlyList<string>? Numbers = null) : PaperBlock;

/// <param name="Width">In millimetres, as a share of what there is; the table takes the width of the page.</param>
internal sealed record PaperColumn(string Caption, double Width, PaperSide Side);

internal enum PaperSide
{
    Left,
    Centre,
    Right,
}

/// <param name="StaysWithNext">May not be the last of a page; the last row of a table not without what comes after the table.</param>
internal sealed record PaperRow(IReadOnlyList<PaperCell> Cells, bool Bold = false, bool Italic = false, bool StaysWithNext = false);

/// <param name="Figure">Code of the figure that it shows; null for words.</param>
/// <param name="Indent">Steps.</param>
internal sealed record PaperCell(string Text, string? Figure = null, int Indent = 0);

/// <summary>Who gets it and who signs; never alone on a page.</summary>
/// <param name="Left">Above the left column: "Nơi nhận:", or who compiled a form.</param>
/// <param name="Recipients">Beneath, small.</param>
/// <param name="PlaceDate">Of a form, above the right column.</param>
/// <param name="Office">Lines above the signature; the first is bold.</param>
/// <param name="Signer">The name beneath; empty while there is none.</param>
internal sealed record PaperSignatures(string Left, IReadOnlyList<string> Recipients, string? PlaceDate, IReadOnlyList<string> Office, string Signer) : PaperBlock
{
    /// <summary>"(Ký, đóng dấu, ghi rõ họ và tên)" of a form, under its headings.</summary>
    public (string Left, string Right)? Hints { get; init; }
}

/// <summary>A new page, upright or across.</summary>
internal sealed record PaperTurn(bool Across) : PaperBlock;
