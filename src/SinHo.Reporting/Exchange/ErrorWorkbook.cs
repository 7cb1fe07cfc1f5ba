using System.IO.Compression;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using SinHo.Reporting.Words;

namespace SinHo.Reporting.Exchange;

/// <summary>
/// A copy of the user's own workbook in which every faulty cell is coloured and explained in a note, with a first sheet that lists all issues.
/// Works on the parts of the package, so that everything else in the workbook stays as it was. Marks of an earlier check are taken out first.
/// </summary>
public static class ErrorWorkbook
{
    private const string CommentsType = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml";
    private const string SheetType = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml";
    private const string StylesType = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml";
    private const string VmlType = "application/vnd.openxmlformats-officedocument.vmlDrawing";

    private const long LargestStyles = 12L << 20;
    private const int LargestDrawing = 16 << 20;

    private static readonly XNamespace ContentTypes = "http://schemas.openxmlformats.org/package/2006/content-types";

    /// <summary>Writes the copy beside its target first: a file under <paramref name="path"/> is always whole.</summary>
    /// <exception cref="WorkbookRefusedException">The source is no workbook that may be opened.</exception>
    /// <exception cref="IOException">The folder is missing or the disk is full.</exception>
    public static void Write(string source, IReadOnlyList<ImportIssue> issues, string path, CancellationToken cancel = default)
    {
        var target = Path.GetFullPath(path);
        var unfinished = $"{target}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (var file = WorkbookGuard.Open(source, cancel))
            using (var original = new ZipArchive(file, ZipArchiveMode.Read))
            using (var copy = new ZipArchive(new FileStream(unfinished, FileMode.CreateNew, FileAccess.Write), ZipArchiveMode.Create))
                new Marking(original, copy, cancel).Write(issues);
            OwnFiles.Settle(unfinished);
            File.Move(unfinished, target, overwrite: true);
        }
        catch (Exception damaged) when (damaged is XmlException or InvalidDataException)
        {
            File.Delete(unfinished);
            throw new WorkbookRefusedException("Sổ bị hỏng nên không đánh dấu được; hãy mở bằng Excel, lưu lại rồi thực hiện lại.", damaged);
        }
        catch
        {
            File.Delete(unfinished);
            throw;
        }
    }

    /// <summary>One copy on its way: parts that change are held here or streamed, the others are copied as they are.</summary>
    private sealed class Marking
    {
        private readonly ZipArchive original;
        private readonly ZipArchive copy;
        private readonly CancellationToken cancel;
        private readonly XlsxPackage package;
        private readonly CellValues values;
        private readonly ErrorStyles styles;

        /// <summary>Names of the original's parts, and of those added.</summary>
        private readonly HashSet<string> names;

        /// <summary>Parts not to be copied as they are: rewritten, or gone.</summary>
        private readonly HashSet<string> handled = new(StringComparer.OrdinalIgnoreCase);

        private readonly XDocument contentTypes;
        private readonly XDocument workbookRelations;

        public Marking(ZipArchive original, ZipArchive copy, CancellationToken cancel)
        {
            this.cancel = cancel;
            this.original = original;
            this.copy = copy;
            package = new XlsxPackage(original);
            values = CellValues.Of(package, cancel);
            styles = new ErrorStyles(package.EntryOf("styles") is { } entry ? XlsxPackage.Load(entry, LargestStyles) : null, package.Main);
            names = original.Entries.Select(XlsxPackage.NameOf).ToHashSet(StringComparer.OrdinalIgnoreCase);
            contentTypes = XlsxPackage.Load(package.Find("[Content_Types].xml") ?? throw new InvalidDataException("No content types."));
            workbookRelations = LoadRelations(package.WorkbookPart);
        }

        public void Write(IReadOnlyList<ImportIssue> issues)
        {
            var sheets = RemoveEarlierList();
            var located = new List<LocatedIssue>(issues.Count);
            var bySheet = issues.ToLookup(issue => Holding(sheets, issue.Sheet));
            foreach (var (sheet, position) in sheets.Select((sheet, position) => (sheet, position)))
            {
                cancel.ThrowIfCancellationRequested();
                var marks = new ErrorMarks(Captions(sheet));
                located.AddRange(bySheet[sheet].Select(issue => marks.Add(issue, sheet.Name, position)));
                Mark(sheet, marks);
            }
            located.AddRange(bySheet[null].Select(issue => new LocatedIssue(issue, sheets.Count, null, null)));
            AddList(located, sheets.Exists(sheet => sheet.Name == ErrorSheet.Name) ? ErrorSheet.Name + " (2)" : ErrorSheet.Name);
            SaveStyles();
            Save(XlsxPackage.RelationsPart(package.WorkbookPart), workbookRelations);
            Save(package.WorkbookPart, package.Workbook);
            Save("[Content_Types].xml", contentTypes);
            foreach (var part in original.Entries.Where(part => !handled.Contains(XlsxPackage.NameOf(part))))
                Copy(part);
        }

        private static XlsxPackage.Sheet? Holding(List<XlsxPackage.Sheet> sheets, string name) =>
            sheets.Find(sheet => sheet.Name == name) ?? sheets.Find(sheet => Matching.Key(sheet.Name) == Matching.Key(name));

        /// <summary>The row of captions by the same rule as the import's.</summary>
        private CaptionRow Captions(XlsxPackage.Sheet sheet)
        {
            using var content = package.Open(sheet);
            using var reader = new SheetReader(content, sheet.Name, values, ReadingBudget.Unlimited, cancel);
            return CaptionRow.Of(sheet.Name, reader.ReadRows());
        }

        /// <summary>Takes out the list of an earlier check, known by its title; a sheet of the user's own stays, whatever its name.</summary>
        private List<XlsxPackage.Sheet> RemoveEarlierList()
        {
            var earlier = package.Sheets.Where(sheet => Matching.Key(sheet.Name) == Matching.Key(ErrorSheet.Name) && Captions(sheet).Cells is [ErrorSheet.Title, ..]).ToList();
            foreach (var sheet in earlier)
            {
                package.RemoveSheet(sheet);
                Drop(sheet.Part);
                workbookRelations.Root!.Elements().Where(relation => relation.Attribute("Id")?.Value == sheet.Id).Remove();
            }
            return [.. package.Sheets.Except(earlier)];
        }

        private void Drop(string part)
        {
            handled.Add(part);
            handled.Add(XlsxPackage.RelationsPart(part));
            contentTypes.Root!.Elements().Where(type => type.Attribute("PartName")?.Value == "/" + part).Remove();
        }

        private void Mark(XlsxPackage.Sheet sheet, ErrorMarks marks)
        {
            var relations = package.Relations(sheet.Part);
            var comments = relations.FirstOrDefault(relation => relation.Kind == "comments")?.Part;
            var drawing = relations.Any(relation => relation.Kind == "vmlDrawing") && NotesId(sheet) is { } id
                ? relations.FirstOrDefault(relation => relation.Id == id)?.Part
                : null;
            string? newDrawingId = null;
            if (comments is not null || !marks.IsEmpty)
            {
                var notes = new ErrorNotes(package.Main, comments is null ? null : XlsxPackage.Load(package.Find(comments)!), ReadText(drawing));
                notes.Explain(marks);
                var ids = LoadRelations(sheet.Part);
                SaveText(drawing ?? Add(ids, "xl/drawings/vmlDrawing{0}.vml", "vmlDrawing", null, out newDrawingId), notes.Drawing);
                Save(comments ?? Add(ids, "xl/comments{0}.xml", "comments", CommentsType, out _), notes.Comments);
                if (drawing is null)
                    AddDefaultType("vml", VmlType);
                Save(XlsxPackage.RelationsPart(sheet.Part), ids);
            }
            using var from = package.Open(sheet);
            using var to = Create(sheet.Part);
            MarkedSheet.Copy(from, to, marks, styles, newDrawingId is null ? null : XName.Get(newDrawingId, package.Office));
        }

        /// <summary>The relationship to the drawing that holds notes (and old form controls): a sheet may have another for its page header.</summary>
        private string? NotesId(XlsxPackage.Sheet sheet)
        {
            using var content = package.Open(sheet);
            using var xml = XmlReader.Create(content);
            return xml.ReadToFollowing("legacyDrawing", package.Main.NamespaceName) ? xml.GetAttribute("id", package.Office) : null;
        }

        private void AddList(List<LocatedIssue> issues, string name)
        {
            var part = Add(workbookRelations, "xl/worksheets/sheet{0}.xml", "worksheet", SheetType, out var id);
            package.InsertFirstSheet(name, id);
            using var to = Create(part);
            ErrorSheet.Write(to, package.Main, [.. issues.OrderBy(located => (located.Issue.IsWarning, located.SheetPosition, located.Issue.Row ?? 0))], styles);
        }

        private void SaveStyles()
        {
            var part = package.WorkbookRelations.FirstOrDefault(relation => relation.Kind == "styles")?.Part
                ?? Add(workbookRelations, "xl/styles{0}.xml", "styles", StylesType, out _);
            Save(part, styles.Document);
        }

        /// <summary>Names a new part and relates it.</summary>
        private string Add(XDocument relations, string pattern, string kind, string? contentType, out string id)
        {
            var part = Enumerable.Range(1, int.MaxValue).Select(number => string.Format(null, pattern, number)).First(names.Add);
            var taken = relations.Root!.Elements().Select(relation => relation.Attribute("Id")?.Value).ToHashSet(StringComparer.Ordinal);
            var free = Enumerable.Range(1, int.MaxValue).Select(number => $"rId{number}").First(candidate => !taken.Contains(candidate));
            relations.Root.Add(new XElement(relations.Root.Name.Namespace + "Relationship",
                new XAttribute("Id", free), new XAttribute("Type", $"{package.Office}/{kind}"), new XAttribute("Target", "/" + part)));
            if (contentType is not null)
                contentTypes.Root!.Add(new XElement(ContentTypes + "Override", new XAttribute("PartName", "/" + part), new XAttribute("ContentType", contentType)));
            id = free;
            return part;
        }

        private void AddDefaultType(string extension, string type)
        {
            var isThere = contentTypes.Root!.Elements().Any(known => string.Equals(known.Attribute("Extension")?.Value, extension, StringComparison.OrdinalIgnoreCase));
            if (!isThere)
                contentTypes.Root.AddFirst(new XElement(ContentTypes + "Default", new XAttribute("Extension", extension), new XAttribute("ContentType", type)));
        }

        private XDocument LoadRelations(string part) => package.Find(XlsxPackage.RelationsPart(part)) is { } entry
            ? XlsxPackage.Load(entry)
            : new XDocument(new XElement((XNamespace)"http://schemas.openxmlformats.org/package/2006/relationships" + "Relationships"));

        private string? ReadText(string? part)
        {
            if (part is null || package.Find(part) is not { } entry)
                return null;
            if (entry.Length > LargestDrawing)
                throw new InvalidDataException("The drawing of notes is beyond all measure.");
            using var reader = new StreamReader(entry.Open(), Encoding.UTF8);
            return reader.ReadToEnd();
        }

        private Stream Create(string part)
        {
            handled.Add(part);
            return copy.CreateEntry(part, CompressionLevel.Fastest).Open();
        }

        private void Save(string part, XDocument content)
        {
            using var to = Create(part);
            content.Save(to, SaveOptions.DisableFormatting);
        }

        private void SaveText(string part, string content)
        {
            using var to = Create(part);
            to.Write(Encoding.UTF8.GetBytes(content));
        }

        private void Copy(ZipArchiveEntry part)
        {
            using var from = part.Open();
            using var to = Create(XlsxPackage.NameOf(part));
            from.CopyTo(to);
        }
    }
}
