using System.IO.Compression;

namespace SinHo.Reporting.Tests.Exchange;

/// <summary>An .xlsx package written part by part, so that a test can bend any of them.</summary>
internal sealed class RawWorkbook
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Package = "http://schemas.openxmlformats.org/package/2006";

    private readonly List<(string Name, Action<Stream> Write)> parts = [];

    /// <summary>A sound book with one sheet; <paramref name="rows"/> is the XML inside sheetData.</summary>
    public static RawWorkbook With(string sheet, string rows, string sharedStrings = "") => new RawWorkbook()
        .Part("[Content_Types].xml", $"""
            <Types xmlns="{Package}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>
            <Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>
            <Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>
            <Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>
            <Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>
            """)
        .Part("_rels/.rels", Relations(("rId1", "officeDocument", "xl/workbook.xml")))
        .Part("xl/workbook.xml", $"""<workbook xmlns="{Main}" xmlns:r="{Office}"><sheets><sheet name="{sheet}" sheetId="1" r:id="rId1"/></sheets></workbook>""")
        .Part("xl/_rels/workbook.xml.rels", Relations(
            ("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId2", "styles", "styles.xml"), ("rId3", "sharedStrings", "sharedStrings.xml")))
        .Part("xl/styles.xml", $"""
            <styleSheet xmlns="{Main}"><numFmts count="2"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/><numFmt numFmtId="165" formatCode="0.00"/></numFmts>
            <fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>
            <fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>
            <borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>
            <cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>
            <cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>
            <xf numFmtId="14" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs></styleSheet>
            """)
        .Part("xl/sharedStrings.xml", $"""<sst xmlns="{Main}">{sharedStrings}</sst>""")
        .Part("xl/worksheets/sheet1.xml", $"""<worksheet xmlns="{Main}"><sheetData>{rows}</sheetData></worksheet>""");

    public static string Relations(params (string Id, string Kind, string Target)[] relations) =>
        $"""<Relationships xmlns="{Package}/relationships">{string.Concat(relations.Select(relation =>
            $"""<Relationship Id="{relation.Id}" Type="{Office}/{relation.Kind}" Target="{relation.Target}"/>"""))}</Relationships>""";

    /// <summary>Adds a part, or takes the place of the one of that name.</summary>
    public RawWorkbook Part(string name, string content) => Part(name, stream =>
    {
        using var writer = new StreamWriter(stream);
        writer.Write(content);
    });

    public RawWorkbook Part(string name, Action<Stream> write)
    {
        parts.RemoveAll(part => part.Name == name);
        parts.Add((name, write));
        return this;
    }

    /// <summary>Adds a second part of a name that is there already.</summary>
    public RawWorkbook Again(string name)
    {
        parts.Add((name, _ => { }));
        return this;
    }

    public RawWorkbook Without(string name)
    {
        parts.RemoveAll(part => part.Name == name);
        return this;
    }

    public string Save(string path)
    {
        using var zip = new ZipArchive(File.Create(path), ZipArchiveMode.Create);
        foreach (var (name, write) in parts)
        {
            using var content = zip.CreateEntry(name).Open();
            write(content);
        }
        return path;
    }
}
