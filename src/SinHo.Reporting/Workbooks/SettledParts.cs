using System.Globalization;
using System.IO.Compression;
using System.Xml.Linq;

namespace SinHo.Reporting.Workbooks;

/// <summary>Takes out of a package what differs from one making to the next: times, and the random names that System.IO.Packaging gives.</summary>
internal static class SettledParts
{
    /// <summary>The earliest that a zip can say: the same content is the same file whenever it was made.</summary>
    public static readonly DateTimeOffset NoTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private const string ContentTypes = "[Content_Types].xml";
    private const string PackageRelations = "_rels/.rels";
    private const string CoreProperties = "docProps/core.xml";
    private const string RandomEnding = ".psmdcp";

    /// <summary>What a part is called in the finished package.</summary>
    public static string NameOf(string part) => part.EndsWith(RandomEnding, StringComparison.Ordinal) ? CoreProperties : part;

    /// <summary>Where it stands in it: what says how to read the others comes first.</summary>
    public static int Rank(string part) => part switch
    {
        ContentTypes => 0,
        PackageRelations => 1,
        _ => 2,
    };

    /// <summary>What is to be changed in a part; null for nothing.</summary>
    public static Action<XElement>? Mending(string part) => NameOf(part) switch
    {
        ContentTypes => MendTypes,
        PackageRelations => MendRelations,
        CoreProperties => RemoveClock,
        _ => null,
    };

    /// <param name="package">Whole, and can be read from anywhere.</param>
    public static void Copy(Stream package, Stream to)
    {
        using var source = new ZipArchive(package, ZipArchiveMode.Read, leaveOpen: true);
        using var result = new ZipArchive(to, ZipArchiveMode.Create, leaveOpen: true);
        foreach (var entry in source.Entries.OrderBy(entry => Rank(entry.FullName)).ThenBy(entry => NameOf(entry.FullName), StringComparer.Ordinal))
        {
            using var from = entry.Open();
            using var copy = Add(result, entry.FullName).Open();
            Copy(from, copy, Mending(entry.FullName));
        }
    }

    public static ZipArchiveEntry Add(ZipArchive package, string part)
    {
        var entry = package.CreateEntry(NameOf(part), CompressionLevel.Fastest);
        entry.LastWriteTime = NoTime;
        return entry;
    }

    public static void Copy(Stream from, Stream to, Action<XElement>? mend)
    {
        if (mend is null)
        {
            from.CopyTo(to);
            return;
        }
        var document = XDocument.Load(from, LoadOptions.PreserveWhitespace);
        mend(document.Root!);
        document.Save(to, SaveOptions.DisableFormatting);
    }

    private static void MendTypes(XElement types)
    {
        if (!types.Elements().Any(type => $".{(string?)type.Attribute("Extension")}" == RandomEnding))
            return;
        types.Elements().Where(type => $".{(string?)type.Attribute("Extension")}" == RandomEnding).Remove();
        types.Add(new XElement(types.Name.Namespace + "Override", new XAttribute("PartName", $"/{CoreProperties}"),
            new XAttribute("ContentType", "application/vnd.openxmlformats-package.core-properties+xml")));
    }

    private static void MendRelations(XElement relations)
    {
        foreach (var target in relations.Elements().Select(relation => relation.Attribute("Target")!))
            target.Value = $"/{NameOf(target.Value.TrimStart('/'))}";
        relations.ReplaceNodes(relations.Elements().OrderBy(relation => (string)relation.Attribute("Target")!, StringComparer.Ordinal).ToList());
        foreach (var (index, relation) in relations.Elements().Index())
            relation.SetAttributeValue("Id", string.Create(CultureInfo.InvariantCulture, $"rId{index + 1}"));
    }

    /// <summary>When a file was made stands in the trail.</summary>
    private static void RemoveClock(XElement properties) => properties.Elements().Where(property => property.Name.LocalName is "created" or "modified").Remove();
}
