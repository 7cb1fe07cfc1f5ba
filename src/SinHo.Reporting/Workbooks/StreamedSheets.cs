using System.Globalization;
using System.IO.Compression;
using System.IO.Pipelines;
using System.Xml.Linq;
using ClosedXML.Excel;

namespace SinHo.Reporting.Workbooks;

/// <summary>The rows of one list sheet, written in place of its sample row.</summary>
/// <param name="Sheet">Name of the sheet.</param>
/// <param name="SampleRow">
/// Number of the sheet's last row: one row, styled as every row of the list shall look. Excel tables and filters that end with it grow with the list.
/// </param>
/// <param name="Rows">
/// Read once, from first to last. Values are string, DateOnly, int, long, double, bool or null, by column from A;
/// a row may be shorter than the sample row and then ends in empty styled cells.
/// </param>
public sealed record StreamedRows(string Sheet, int SampleRow, IEnumerable<object?[]> Rows)
{
    /// <summary>Height in points of a row whose text needs more than one line, else null. Without it every row is as high as the sample row.</summary>
    public Func<object?[], double?>? Height { get; init; }
}

/// <summary>
/// Saves books with long lists: ClosedXML makes everything visible and one sample row, the rows themselves are streamed into the finished package.
/// Memory does not grow with the rows (ClosedXML alone needs 1.3 GiB for 100,000).
/// </summary>
public static class StreamedSheets
{
    private const int PieceSize = 1 << 16;

    /// <summary>At most so much waits to be packed.</summary>
    private static readonly PipeOptions Ahead = new(pauseWriterThreshold: 1 << 20, resumeWriterThreshold: 1 << 19, minimumSegmentSize: 1 << 16, useSynchronizationContext: false);

    private static readonly ClosedXML.Excel.SaveOptions AsBuilt = new() { EvaluateFormulasBeforeSaving = false, ValidatePackage = false };

    /// <summary>
    /// Writes the book beside the target, flushes it to disk, reads it back and only then gives it its name:
    /// a file under <paramref name="path"/> is always whole, and the former one stays until then.
    /// </summary>
    /// <param name="charts">Drawn from cells of the book's own sheets, not from streamed rows.</param>
    /// <param name="pages">Numbers of the pages that are counted together; null where every program counts for itself.</param>
    /// <exception cref="IOException">The folder is missing, the disk is full, or what was written cannot be read back.</exception>
    /// <exception cref="InvalidOperationException">A sheet is unknown, has no sample row as its last one, or a value has no place in a cell.</exception>
    public static void Save(XLWorkbook book, string path, IReadOnlyList<StreamedRows> lists, CancellationToken cancel, IReadOnlyList<PlacedChart>? charts = null, SignedPages? pages = null)
    {
        var target = Path.GetFullPath(path);
        var unfinished = Path.Combine(Path.GetDirectoryName(target)!, $".{Path.GetFileName(target)}.{Guid.NewGuid():N}.tmp");
        try
        {
            using (var file = new FileStream(unfinished, FileMode.CreateNew, FileAccess.Write))
            {
                Write(book, file, lists, charts ?? [], pages, cancel);
                file.Flush(flushToDisk: true);
            }

            using (Spans.Begin(Spans.Writing, "reading back"))
                ReadBack(unfinished, cancel);
            OwnFiles.Settle(unfinished);
            File.Move(unfinished, target, overwrite: true);
        }
        catch
        {
            File.Delete(unfinished);
            throw;
        }
    }

    /// <summary>Writes the book nowhere; see <see cref="Faces.WorkbookFace.WarmUp"/>.</summary>
    internal static void WarmUp(XLWorkbook book)
    {
        using var nowhere = new MemoryStream();
        Write(book, nowhere, [], [], null, CancellationToken.None);
    }

    private static void Write(XLWorkbook book, Stream file, IReadOnlyList<StreamedRows> lists, IReadOnlyList<PlacedChart> charts, SignedPages? pages, CancellationToken cancel)
    {
        using var styled = new MemoryStream();
        using (Spans.Begin(Spans.Writing, "ClosedXML"))
        {
            book.SaveAs(styled, AsBuilt);
            ChartParts.Add(styled, charts);
        }
        using var span = Spans.Begin(Spans.Writing, "package");
        using var source = new ZipArchive(styled, ZipArchiveMode.Read);
        using var result = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true);
        var index = new PackageIndex(source);
        var listOfPart = index.Parts(lists);
        var mended = new MendedParts(book.Style.Font, index.SheetNames(), pages);
        var written = new Dictionary<StreamedRows, long>();

        // Tables come after the sheets they lie on: only then is the number of rows known.
        foreach (var entry in source.Entries.OrderBy(entry => entry.FullName.StartsWith("xl/tables/", StringComparison.Ordinal) ? int.MaxValue : SettledParts.Rank(entry.FullName)))
        {
            cancel.ThrowIfCancellationRequested();
            using var from = entry.Open();
            using var to = SettledParts.Add(result, entry.FullName).Open();
            if (!listOfPart.TryGetValue(entry.FullName, out var list))
                mended.Copy(entry.FullName, from, to);
            else if (written.TryGetValue(list, out var rows))
                GrowTable(from, to, list.SampleRow, rows);
            else
                written[list] = CopyPacking(from, to, list, cancel);
        }
    }

    /// <summary>Packs the rows on another core than the one that writes them.</summary>
    private static long CopyPacking(Stream from, Stream to, StreamedRows list, CancellationToken cancel)
    {
        var rows = new Pipe(Ahead);
        // It ends with the writing, whatever ends that; a disk that is full ends the packing, and nobody reads what is still written.
        var packing = Task.Run(async () =>
        {
            await using var packed = rows.Reader.AsStream();
            // What comes out depends on the pieces that go in: those are always the same, however the two cores take turns.
            var piece = new byte[PieceSize];
            while (await packed.ReadAtLeastAsync(piece, PieceSize, throwOnEndOfStream: false) is > 0 and var length)
                await to.WriteAsync(piece.AsMemory(0, length));
        }, CancellationToken.None);
        try
        {
            using var written = rows.Writer.AsStream();
            return SheetPart.Copy(from, written, list, cancel);
        }
        finally
        {
            packing.GetAwaiter().GetResult();
        }
    }

    /// <summary>A table without rows keeps the blank line that Excel, too, shows under its header.</summary>
    private static void GrowTable(Stream from, Stream to, int sampleRow, long rows)
    {
        var part = XDocument.Load(from);
        foreach (var element in part.Descendants().Where(element => element.Name.LocalName is "table" or "autoFilter"))
        {
            if (element.Attribute("ref") is { } reference)
                reference.Value = Grown(reference.Value, sampleRow, rows);
        }

        part.Save(to, System.Xml.Linq.SaveOptions.DisableFormatting);
    }

    /// <summary>"A4:F5" with sample row 5 and 3,882 rows is "A4:F3886"; a range that ends elsewhere stays.</summary>
    internal static string Grown(string range, int sampleRow, long rows)
    {
        var end = range.Length - sampleRow.ToString(CultureInfo.InvariantCulture).Length;
        var endsInSample = end > 0 && char.IsLetter(range[end - 1]) && range[end..] == sampleRow.ToString(CultureInfo.InvariantCulture);
        return endsInSample ? string.Create(CultureInfo.InvariantCulture, $"{range[..end]}{sampleRow + Math.Max(rows, 1) - 1}") : range;
    }

    private static void ReadBack(string path, CancellationToken cancel)
    {
        try
        {
            using var zip = ZipFile.OpenRead(path);
            foreach (var entry in zip.Entries)
            {
                cancel.ThrowIfCancellationRequested();
                using var content = entry.Open();
                content.CopyTo(Stream.Null);
            }
        }
        catch (InvalidDataException broken)
        {
            throw new IOException($"Tệp vừa ghi bị hỏng: {path}. Hãy kiểm tra ổ đĩa rồi thực hiện lại.", broken);
        }
    }

    /// <summary>Which part of the package holds which sheet, and which tables lie on it.</summary>
    private sealed class PackageIndex(ZipArchive package)
    {
        private static readonly XNamespace Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

        /// <summary>Names of the sheets by their parts.</summary>
        public Dictionary<string, string> SheetNames()
        {
            const string workbook = "xl/workbook.xml";
            var targets = Related(workbook).ToDictionary(related => related.Id, related => related.Part, StringComparer.Ordinal);
            return Load(workbook).Descendants().Where(element => element.Name.LocalName == "sheet")
                .ToDictionary(sheet => targets[(string)sheet.Attribute(Office + "id")!], sheet => (string)sheet.Attribute("name")!, StringComparer.Ordinal);
        }

        public Dictionary<string, StreamedRows> Parts(IReadOnlyList<StreamedRows> lists)
        {
            const string workbook = "xl/workbook.xml";
            var sheets = Load(workbook).Descendants().Where(element => element.Name.LocalName == "sheet")
                .ToDictionary(sheet => (string)sheet.Attribute("name")!, sheet => (string)sheet.Attribute(Office + "id")!, StringComparer.Ordinal);
            var targets = Related(workbook).ToDictionary(related => related.Id, related => related.Part, StringComparer.Ordinal);
            var parts = new Dictionary<string, StreamedRows>(StringComparer.Ordinal);
            foreach (var list in lists)
            {
                if (!sheets.TryGetValue(list.Sheet, out var id))
                    throw new InvalidOperationException($"No sheet '{list.Sheet}' in the book.");
                parts.Add(targets[id], list);
                foreach (var table in Related(targets[id]).Where(related => related.Type.EndsWith("/table", StringComparison.Ordinal)))
                    parts.Add(table.Part, list);
            }

            return parts;
        }

        private IEnumerable<(string Id, string Type, string Part)> Related(string part)
        {
            var folder = new Uri(new Uri("zip:///"), part);
            var relations = $"{Path.GetDirectoryName(part)!.Replace('\\', '/')}/_rels/{Path.GetFileName(part)}.rels";
            return package.GetEntry(relations) is null ? [] : Load(relations).Root!.Elements().Select(relation => (
                (string)relation.Attribute("Id")!,
                (string)relation.Attribute("Type")!,
                new Uri(folder, (string)relation.Attribute("Target")!).AbsolutePath.TrimStart('/')));
        }

        private XDocument Load(string part)
        {
            using var content = package.GetEntry(part)!.Open();
            return XDocument.Load(content);
        }
    }
}
