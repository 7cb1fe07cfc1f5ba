using System.IO.Compression;
using System.Xml;

namespace SinHo.Reporting.Exchange;

/// <summary>
/// The sheets of an .xlsx file, streamed: memory holds the shared strings and one row. Row numbers are those that Excel shows, dates come by number
/// format, a failed formula as <see cref="ErrorCell"/>. Hidden sheets are read like others. The file is guarded each time it is read.
/// </summary>
/// <remarks>ExcelDataReader 3.6.0 was tried: it reads #N/A as a blank cell, reads every sheet twice, and walks through two thousand million rows if a file says so.</remarks>
public sealed class WorkbookSource(string path) : IRegisterSource
{
    private FileStream? reading;

    /// <summary>By the place in the file: sheets lie in it one after the other.</summary>
    public double? ShareRead => reading is { } file ? (double)file.Position / file.Length : null;

    /// <inheritdoc/>
    /// <exception cref="WorkbookRefusedException">See <see cref="WorkbookGuard.Open"/>.</exception>
    public IEnumerable<SourceSheet> Sheets()
    {
        using var file = WorkbookGuard.Open(path);
        using var zip = new ZipArchive(file, ZipArchiveMode.Read);
        var package = new XlsxPackage(zip);
        var values = CellValues.Of(package);
        try
        {
            reading = file;
            foreach (var sheet in package.Sheets)
            {
                using var content = package.Open(sheet);
                using var reader = new SheetReader(content, sheet.Name, values);
                yield return new SourceSheet(sheet.Name, reader.ReadCaptions(), reader.ReadRows());
            }
        }
        finally
        {
            reading = null;
        }
    }
}

/// <summary>Reads the rows of one sheet part, from first to last.</summary>
internal sealed class SheetReader : IDisposable
{
    private const int LastRow = 1_048_576;
    private const int LastColumn = 16_384;

    private readonly XmlReader xml;
    private readonly string sheet;
    private readonly CellValues values;

    /// <summary>The row last read, by column from the left; one list serves all rows.</summary>
    private readonly List<object?> cells = [];

    private int number;
    private bool hasRow;
    private int width = LastColumn;

    public SheetReader(Stream content, string sheet, CellValues values)
    {
        xml = XmlReader.Create(content);
        this.sheet = sheet;
        this.values = values;
    }

    public void Dispose() => xml.Dispose();

    /// <summary>Row 1; empty where the sheet has none.</summary>
    public IReadOnlyList<string?> ReadCaptions()
    {
        hasRow = MoveToRow();
        if (!hasRow || number != 1)
            return [];
        var captions = cells.ConvertAll(ColumnReader.Show);
        width = captions.Count;
        hasRow = MoveToRow();
        return captions;
    }

    /// <summary>The rows after the captions. A row's cells are good until the next is asked for; cells right of the last caption are left out.</summary>
    public IEnumerable<SourceRow> ReadRows()
    {
        for (; hasRow; hasRow = MoveToRow())
            yield return new SourceRow(number, cells);
    }

    private bool MoveToRow()
    {
        try
        {
            while (xml.Read())
            {
                if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "row")
                {
                    ReadRow();
                    return true;
                }
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
        cells.Clear();
        if (xml.IsEmptyElement)
            return;
        var depth = xml.Depth;
        var column = 0;
        while (xml.Read() && xml.Depth > depth)
        {
            if (xml.NodeType != XmlNodeType.Element || xml.LocalName != "c" || xml.Depth != depth + 1)
                continue;
            column = xml.GetAttribute("r") is { } reference ? ColumnOf(reference) : column + 1;
            if (column is < 1 or > LastColumn)
                throw new WorkbookRefusedException($"Trang “{sheet}” có ô ngoài khuôn khổ của Excel; tệp có thể độc hại nên không được đọc.");
            var value = values.Read(xml);
            if (value is null || column > width)
                continue;
            while (cells.Count < column)
                cells.Add(null);
            cells[column - 1] = value;
        }
    }

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
