using System.Globalization;
using System.IO.Compression;
using System.Xml;
using SinHo.Reporting.Words;

namespace SinHo.Reporting.Exchange;

/// <summary>
/// The sheets of an .xlsx file, streamed: memory holds the shared strings and one row. Row numbers are those that Excel shows, dates come by number
/// format, a failed formula as <see cref="ErrorCell"/>. Hidden sheets are read like others. The file is guarded when it is first read, and again where it has changed since.
/// </summary>
/// <remarks>ExcelDataReader 3.6.0 was tried: it reads #N/A as a blank cell, reads every sheet twice, and walks through two thousand million rows if a file says so.</remarks>
public sealed class WorkbookSource(string path, CancellationToken cancel = default) : IRegisterSource
{
    private FileStream? reading;

    /// <summary>Size and time of the file that the guard has let pass.</summary>
    private (long Length, DateTime Written)? guarded;

    /// <summary>By the place in the file: sheets lie in it one after the other.</summary>
    public double? ShareRead => reading is { } file ? (double)file.Position / file.Length : null;

    public OwnWork? OwnWork { get; private set; }

    /// <inheritdoc/>
    /// <exception cref="WorkbookRefusedException">See <see cref="WorkbookGuard.Open"/>.</exception>
    public IEnumerable<SourceSheet> Sheets()
    {
        using var file = Open();
        using var zip = new ZipArchive(file, ZipArchiveMode.Read);
        var package = new XlsxPackage(zip);
        OwnWork = package.OwnWork;
        var values = CellValues.Of(package, cancel);
        var budget = new ReadingBudget(file.Length);
        try
        {
            reading = file;
            foreach (var sheet in package.Sheets)
            {
                using var content = package.Open(sheet);
                using var reader = new SheetReader(content, sheet.Name, values, budget, cancel);
                yield return new SourceSheet(sheet.Name, [], reader.ReadRows()) { Merged = reader.Merged };
            }
        }
        finally
        {
            reading = null;
        }
    }

    private FileStream Open()
    {
        var file = WorkbookGuard.Open(path, isKnown: opened => guarded == State(opened), cancel);
        guarded = State(file);
        return file;
    }

    private static (long, DateTime) State(FileStream file) => (file.Length, File.GetLastWriteTimeUtc(file.SafeFileHandle));
}

/// <summary>
/// How much of one file is read before it is refused: rows and texts that pack into almost nothing would else fill memory and time for ever.
/// </summary>
/// <param name="length">Size of the file in bytes; a real row takes more than six of them.</param>
internal sealed class ReadingBudget(long length)
{
    private const long AlwaysRows = 50_000;
    private const int BytesOfRow = 6;
    private const long MostEmptyRows = 3_000_000;
    private const long AlwaysLetters = 64L << 20;
    private const int LettersOfByte = 20;

    /// <summary>For a file that has been read before.</summary>
    public static ReadingBudget Unlimited => new(long.MaxValue / (2 * LettersOfByte));

    private long rows;
    private long emptyRows;
    private long letters;

    /// <exception cref="WorkbookRefusedException">More than the file can hold in earnest.</exception>
    public void Spend(List<object?> row)
    {
        if (row.Count == 0)
        {
            if (++emptyRows > MostEmptyRows)
                throw new WorkbookRefusedException($"Sổ có hơn {Vietnamese.Number(MostEmptyRows)} hàng trống; hãy chép các dòng có số liệu sang sổ mẫu mới rồi thực hiện lại.");
            return;
        }
        if (++rows > Math.Max(AlwaysRows, length / BytesOfRow))
            throw new WorkbookRefusedException($"Sổ có hơn {Vietnamese.Number(rows - 1)} hàng trong một tệp chỉ {Vietnamese.Number(length >> 10)} KB (bom nén) nên không được đọc; hãy chép các dòng có số liệu sang sổ mẫu mới.");
        foreach (var cell in row)
            letters += cell is string text ? text.Length : 0;
        if (letters > Math.Max(AlwaysLetters, length * LettersOfByte))
            throw new WorkbookRefusedException("Nội dung các ô bung ra lớn bất thường (bom nén) nên sổ không được đọc; hãy chép các dòng có số liệu sang sổ mẫu mới.");
    }
}

/// <summary>Reads the rows of one sheet part, from first to last, then its merged ranges.</summary>
internal sealed class SheetReader : IDisposable
{
    private const int LastRow = 1_048_576;
    private const int LastColumn = 16_384;

    /// <summary>Each is told of; more than these nobody mends one by one.</summary>
    private const int MostMerged = 10_000;

    private readonly BoundedXml xml;
    private readonly string sheet;
    private readonly CellValues values;
    private readonly ReadingBudget budget;
    private readonly List<CellRange> merged = [];

    /// <summary>The row last read, by column from the left; one list serves all rows.</summary>
    private readonly List<object?> cells = [];

    private int number;
    private bool hidden;

    public SheetReader(Stream content, string sheet, CellValues values, ReadingBudget budget, CancellationToken cancel)
    {
        xml = BoundedXml.Create(content, 0, cancel);
        this.sheet = sheet;
        this.values = values;
        this.budget = budget;
    }

    /// <summary>Merged ranges of more than one row; they stand after the rows.</summary>
    public IReadOnlyList<CellRange> Merged => merged;

    public void Dispose() => xml.Dispose();

    /// <summary>Every row. A row's cells are good until the next is asked for.</summary>
    public IEnumerable<SourceRow> ReadRows()
    {
        while (MoveToRow())
            yield return new SourceRow(number, cells, hidden);
    }

    private bool MoveToRow()
    {
        try
        {
            while (xml.Next())
            {
                if (xml.NodeType != XmlNodeType.Element)
                    continue;
                if (xml.LocalName == "row")
                {
                    ReadRow();
                    budget.Spend(cells);
                    return true;
                }
                if (xml.LocalName == "mergeCell" && xml.GetAttribute("ref") is { } range)
                    AddMerged(range);
            }
            return false;
        }
        catch (Exception damaged) when (damaged is XmlException or InvalidDataException or FormatException or OverflowException)
        {
            throw new WorkbookRefusedException($"Trang “{sheet}” bị hỏng sau hàng {number}; hãy mở bằng Excel, lưu lại rồi thực hiện lại.", damaged);
        }
    }

    private void ReadRow()
    {
        number = xml.GetAttribute("r") is { } written ? XmlConvert.ToInt32(written) : number + 1;
        if (number is < 1 or > LastRow)
            throw new WorkbookRefusedException($"Trang “{sheet}” có hàng {number}, ngoài khuôn khổ của Excel; tệp có thể độc hại nên không được đọc.");
        hidden = xml.GetAttribute("hidden") is "1" or "true";
        cells.Clear();
        if (xml.IsEmptyElement)
            return;
        var depth = xml.Depth;
        var column = 0;
        while (xml.Next() && xml.Depth > depth)
        {
            if (xml.NodeType != XmlNodeType.Element || xml.LocalName != "c" || xml.Depth != depth + 1)
                continue;
            column = xml.GetAttribute("r") is { } reference ? ColumnOf(reference) : column + 1;
            if (column is < 1 or > LastColumn)
                throw new WorkbookRefusedException($"Trang “{sheet}” có ô ngoài khuôn khổ của Excel; tệp có thể độc hại nên không được đọc.");
            var value = values.Read(xml);
            if (value is null)
                continue;
            while (cells.Count < column)
                cells.Add(null);
            cells[column - 1] = value;
        }
    }

    private void AddMerged(string range)
    {
        var corners = range.Replace("$", "", StringComparison.Ordinal).Split(':');
        if (corners.Length != 2 || merged.Count >= MostMerged || RowOf(corners[0]) is not { } first || RowOf(corners[1]) is not { } last || first >= last)
            return;
        merged.Add(new(range, first, ColumnOf(corners[0]), last, ColumnOf(corners[1])));
    }

    private static int? RowOf(string reference) =>
        int.TryParse(reference.AsSpan().TrimStart("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"), NumberStyles.None, CultureInfo.InvariantCulture, out var row) ? row : null;

    /// <summary>BC17 is column 55. More letters than Excel has give a number beyond its last column.</summary>
    public static int ColumnOf(string reference)
    {
        var column = 0;
        foreach (var letter in reference)
        {
            if (!char.IsAsciiLetter(letter) || column > LastColumn)
                break;
            column = column * 26 + (char.ToUpperInvariant(letter) - 'A' + 1);
        }
        return column;
    }
}
