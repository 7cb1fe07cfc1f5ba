using System.IO.Compression;
using System.Xml;
using System.Xml.Linq;

namespace SinHo.Reporting.Exchange;

/// <summary>
/// The parts of an .xlsx package and how they hang together. Looks at local names only, so the strict variant of the format reads as well; names of
/// parts ignore case, and a backslash is a slash.
/// </summary>
internal sealed class XlsxPackage
{
    /// <summary>A relationship of a part: its id, the last step of its type (worksheet, styles, …) and the part it leads to.</summary>
    public sealed record Relation(string Id, string Kind, string Part);

    /// <summary>A sheet with cells, as listed in the workbook.</summary>
    /// <param name="Id">The workbook's relationship to the sheet.</param>
    public sealed record Sheet(string Name, string Id, string Part);

    /// <summary>Parts that are read whole stay small; sheets and strings are streamed.</summary>
    public const long LargestPart = 4L << 20;

    private readonly Dictionary<string, ZipArchiveEntry> parts = new(StringComparer.OrdinalIgnoreCase);

    /// <exception cref="WorkbookRefusedException">The package has no workbook.</exception>
    public XlsxPackage(ZipArchive package)
    {
        foreach (var entry in package.Entries)
            parts.TryAdd(NameOf(entry), entry);
        WorkbookPart = Relations("").FirstOrDefault(relation => relation.Kind == "officeDocument")?.Part ?? "";
        if (Find(WorkbookPart) is not { } workbook)
            throw new WorkbookRefusedException("Tệp là gói nén nhưng không chứa sổ Excel; hãy chọn đúng tệp .xlsx.");
        Workbook = Load(workbook);
        if (Workbook.Root!.Name.LocalName != "workbook")
            throw new WorkbookRefusedException("Tệp là gói nén nhưng không chứa sổ Excel; hãy chọn đúng tệp .xlsx.");
        WorkbookRelations = Relations(WorkbookPart);
        Sheets = [.. FindSheets()];
    }

    public string WorkbookPart { get; }

    public XDocument Workbook { get; }

    public IReadOnlyList<Relation> WorkbookRelations { get; }

    /// <summary>In the order of the tabs; hidden sheets too, sheets without cells (charts) not.</summary>
    public IReadOnlyList<Sheet> Sheets { get; }

    /// <summary>
    /// A report of the program's names the cells of its figures; a list is of its making and has the one sheet Danh sách. Null for any other workbook.
    /// </summary>
    public OwnWork? OwnWork =>
        Workbook.Descendants().Any(element => element.Name.LocalName == "definedName" && element.Attribute("name")?.Value.StartsWith("fig_", StringComparison.Ordinal) == true)
            ? Exchange.OwnWork.Report
            : Sheets.Any(sheet => sheet.Name == "Danh sách") && IsOfThisProgram ? Exchange.OwnWork.List : null;

    private bool IsOfThisProgram => Relations("").FirstOrDefault(relation => relation.Kind == "core-properties")?.Part is { } part && Find(part) is { } entry
        && Load(entry).Descendants().Any(element => element.Name.LocalName == "creator" && element.Value == "SinHo.Reporting");

    /// <summary>Namespace of everything in the workbook.</summary>
    public XNamespace Main => Workbook.Root!.Name.Namespace;

    /// <summary>Namespace and stem of the types of relationships.</summary>
    public string Office => Main.NamespaceName.Contains("purl.oclc.org", StringComparison.Ordinal)
        ? "http://purl.oclc.org/ooxml/officeDocument/relationships"
        : "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    /// <summary>Days are counted from 1904, as old Macs did.</summary>
    public bool CountsFrom1904 =>
        Workbook.Root!.Elements().FirstOrDefault(element => element.Name.LocalName == "workbookPr")?.Attribute("date1904")?.Value is "1" or "true";

    /// <summary>The part of the given kind that belongs to the workbook, such as styles; null where it has none.</summary>
    public ZipArchiveEntry? EntryOf(string kind) =>
        WorkbookRelations.FirstOrDefault(relation => relation.Kind == kind) is { } relation ? Find(relation.Part) : null;

    public Stream Open(Sheet sheet) => Find(sheet.Part)!.Open();

    /// <summary>The part of that name; null where there is none.</summary>
    public ZipArchiveEntry? Find(string part) => parts.GetValueOrDefault(part);

    /// <summary>The name of a part as others refer to it.</summary>
    public static string NameOf(ZipArchiveEntry entry) => entry.FullName.Replace('\\', '/');

    /// <summary>Reads a small part whole.</summary>
    /// <exception cref="XmlException">Not well formed, with a document type, or too large.</exception>
    public static XDocument Load(ZipArchiveEntry entry, long largest = LargestPart)
    {
        // A look through first: a tree of elements takes many times the memory of its text.
        using (var content = entry.Open())
        {
            using var look = BoundedXml.Create(content, largest, CancellationToken.None);
            for (var nodes = 0; look.Next(); nodes++)
            {
                if (nodes > largest / 8)
                    throw new XmlException("The part has more elements than any workbook needs.");
            }
        }
        using var whole = entry.Open();
        using var reader = XmlReader.Create(whole, new XmlReaderSettings { MaxCharactersInDocument = largest });
        return XDocument.Load(reader);
    }

    /// <summary>Relationships of a part; "" is the package itself.</summary>
    public IReadOnlyList<Relation> Relations(string part)
    {
        if (Find(RelationsPart(part)) is not { } entry)
            return [];
        return [.. Load(entry).Root!.Elements()
            .Where(relation => relation.Attribute("TargetMode")?.Value != "External" && relation.Attribute("Target") is not null)
            .Select(relation => new Relation(
                relation.Attribute("Id")?.Value ?? "",
                (relation.Attribute("Type")?.Value ?? "").Split('/')[^1],
                Resolve(part, relation.Attribute("Target")!.Value)))];
    }

    public static string RelationsPart(string part)
    {
        var slash = part.LastIndexOf('/') + 1;
        return $"{part[..slash]}_rels/{part[slash..]}.rels";
    }

    /// <summary>Takes a sheet out of the list of tabs, and the names that hold only on it.</summary>
    public void RemoveSheet(Sheet sheet)
    {
        var tabs = Tabs().ToList();
        var index = tabs.FindIndex(tab => IdOf(tab) == sheet.Id);
        tabs[index].Remove();
        foreach (var name in LocalNames().ToList())
        {
            if ((int)name.Attribute("localSheetId")! == index)
                name.Remove();
            else if ((int)name.Attribute("localSheetId")! > index)
                name.SetAttributeValue("localSheetId", (int)name.Attribute("localSheetId")! - 1);
        }
    }

    /// <summary>Puts a sheet before all others and shows it first.</summary>
    public void InsertFirstSheet(string name, string id)
    {
        var highest = Tabs().Select(tab => (int?)tab.Attribute("sheetId") ?? 0).DefaultIfEmpty(0).Max();
        foreach (var local in LocalNames())
            local.SetAttributeValue("localSheetId", (int)local.Attribute("localSheetId")! + 1);
        foreach (var view in Workbook.Descendants(Main + "workbookView"))
        {
            view.SetAttributeValue("activeTab", 0);
            view.SetAttributeValue("firstSheet", 0);
        }
        Workbook.Root!.Element(Main + "sheets")!.AddFirst(new XElement(Main + "sheet",
            new XAttribute("name", name), new XAttribute("sheetId", highest + 1), new XAttribute((XNamespace)Office + "id", id)));
    }

    private IEnumerable<XElement> Tabs() => Workbook.Descendants().Where(element => element.Name.LocalName == "sheet");

    private IEnumerable<XElement> LocalNames() =>
        Workbook.Descendants().Where(element => element.Name.LocalName == "definedName" && element.Attribute("localSheetId") is not null);

    private static string IdOf(XElement tab) => tab.Attributes().FirstOrDefault(attribute => attribute.Name.LocalName == "id")?.Value ?? "";

    private IEnumerable<Sheet> FindSheets()
    {
        var sheets = WorkbookRelations.Where(relation => relation.Kind == "worksheet").ToLookup(relation => relation.Id, relation => relation.Part, StringComparer.Ordinal);
        foreach (var sheet in Tabs())
        {
            var id = IdOf(sheet);
            if (sheets[id].FirstOrDefault() is { } part && Find(part) is not null)
                yield return new(sheet.Attribute("name")?.Value ?? "", id, part);
        }
    }

    private static string Resolve(string part, string target) => Uri.TryCreate(new Uri(new Uri("zip:///"), part), target, out var resolved)
        ? Uri.UnescapeDataString(resolved.AbsolutePath).TrimStart('/')
        : "";
}
