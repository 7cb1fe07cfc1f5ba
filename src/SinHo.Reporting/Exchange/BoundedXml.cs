using System.Xml;

namespace SinHo.Reporting.Exchange;

/// <summary>
/// Reads a part of a package forwards: no deeper and with no more different names than a workbook can have, and can be stopped at any element.
/// What goes beyond is an <see cref="InvalidDataException"/>, as damage is.
/// </summary>
internal sealed class BoundedXml : IDisposable
{
    private const int Deepest = 100;
    private const int MostNames = 10_000;
    private const int AskEvery = 4096;

    private readonly XmlReader xml;
    private readonly CancellationToken cancel;
    private int steps;

    private BoundedXml(XmlReader xml, CancellationToken cancel)
    {
        this.xml = xml;
        this.cancel = cancel;
    }

    public XmlNodeType NodeType => xml.NodeType;

    public string LocalName => xml.LocalName;

    public string Value => xml.Value;

    public int Depth => xml.Depth;

    public bool IsEmptyElement => xml.IsEmptyElement;

    /// <param name="mostCharacters">0 for any number.</param>
    public static BoundedXml Create(Stream content, long mostCharacters, CancellationToken cancel) =>
        new(XmlReader.Create(content, new XmlReaderSettings { MaxCharactersInDocument = mostCharacters, NameTable = new Names() }), cancel);

    public string? GetAttribute(string name) => xml.GetAttribute(name);

    /// <summary>Moves to the next node; false at the end.</summary>
    public bool Next()
    {
        if (++steps % AskEvery == 0)
            cancel.ThrowIfCancellationRequested();
        if (!xml.Read())
            return false;
        return xml.Depth <= Deepest ? true : throw new InvalidDataException("Elements lie deeper than in any workbook.");
    }

    public void Dispose() => xml.Dispose();

    private sealed class Names : NameTable
    {
        private int count;

        public override string Add(char[] key, int start, int len) => Get(key, start, len) ?? Counted(base.Add(key, start, len));

        public override string Add(string key) => Get(key) ?? Counted(base.Add(key));

        private string Counted(string name) => ++count <= MostNames ? name : throw new InvalidDataException("More different names than in any workbook.");
    }
}
