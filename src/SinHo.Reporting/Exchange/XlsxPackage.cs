using System.IO.Compression;
using System.Xml;
using System.Xml.Linq;

namespace SinHo.Reporting.Exchange;

/// <summary>The parts of an .xlsx package and how they hang together. Looks at local names only, so the strict variant of the format reads as well.</summary>
internal sealed class XlsxPackage
{
    /// <summary>A relationship of a part: its id, the last step of its type (worksheet, styles, …) and the part it leads to.</summary>
    public sealed record Relation(string Id, string Kind, string Part);

    /// <summary>A sheet with cells, as listed in the workbook.</summary>
    /// <param name="Id">The workbook's relationship to the sheet.</param>
    public sealed record Sheet(string Name, string Id, string Part);

    /// <summary>Parts that are read whole stay small; sheets and strings are streamed.</summary>
    private const long LargestPart = 16L << 20;

    private readonly ZipArchive package;

    /// <exception cref="WorkbookRefusedException">The package has no workbook.</exception>
    public XlsxPackage(ZipArchive package)
    {
        this.package = package;
        WorkbookPart = Relations("").FirstOrDefault(relation => relation.Kind == "officeDocument")?.Part ?? "";
        if (package.GetEntry(WorkbookPart) is not { } entry)
            throw new WorkbookRefusedException("Tệp là gói nén nhưng không chứa sổ Excel; hãy chọn đúng tệp .xlsx.");
        Workbook = Load(entry);
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
        WorkbookRelations.FirstOrDefault(relation => relation.Kind == kind) is { } relation ? package.GetEntry(relation.Part) : null;

    public Stream Open(Sheet sheet) => package.GetEntry(sheet.Part)!.Open();

    /// <summary>Reads a small part whole.</summary>
    /// <exception cref="XmlException">Not well formed, with a document type, or too large.</exception>
    public static XDocument Load(ZipArchiveEntry entry)
    {
        using var content = entry.Open();
        using var reader = XmlReader.Create(content, new XmlReaderSettings { MaxCharactersInDocument = LargestPart });
        return XDocument.Load(reader);
    }

    /// <summary>Relationships of a part; "" is the package itself.</summary>
    public IReadOnlyList<Relation> Relations(string part)
    {
        if (package.GetEntry(RelationsPart(part)) is not { } entry)
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
        var parts = WorkbookRelations.Where(relation => relation.Kind == "worksheet").ToLookup(relation => relation.Id, relation => relation.Part, StringComparer.Ordinal);
        foreach (var sheet in Tabs())
        {
            var id = IdOf(sheet);
            if (parts[id].FirstOrDefault() is { } part && package.GetEntry(part) is not null)
                yield return new(sheet.Attribute("name")?.Value ?? "", id, part);
        }
    }

    private static string Resolve(string part, string target) => Uri.TryCreate(new Uri(new Uri("zip:///"), part), target, out var resolved)
        ? Uri.UnescapeDataString(resolved.AbsolutePath).TrimStart('/')
        : "";
}
