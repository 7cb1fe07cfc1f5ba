using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;
using Dapper;
using Npgsql;
using SinHo.Reporting.Register;
using SinHo.Reporting.Servers;
using SinHo.Reporting.Words;

namespace SinHo.Reporting.Exchange;

/// <summary>
/// A workbook that is kept as it was handed in, but for names that the table kept_name alone holds: in their cells stand tokens, which an import takes for
/// the names. Works on the parts of the package, so that everything else stays as it was.
/// </summary>
public sealed class NamelessWorkbook(NpgsqlDataSource database)
{
    private static readonly XmlWriterSettings Written = new()
    {
        Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        NewLineHandling = NewLineHandling.Entitize,
        CheckCharacters = false,
    };

    /// <summary>Puts tokens in the place of such names. What is no sound workbook stays as it is: no import reads it.</summary>
    /// <param name="path">The file; it is written anew where it holds such names.</param>
    /// <param name="mendNames">Names typed in TCVN3 or VNI are kept as what they say.</param>
    public async Task HideAsync(string path, bool mendNames, CancellationToken cancel)
    {
        try
        {
            var hidden = Find(path, mendNames, cancel);
            if (hidden.Count == 0)
                return;
            var names = hidden.Values.SelectMany(cells => cells.Values).Distinct().ToArray();
            await using (var connection = await database.OpenToLookAsync(cancel))
            {
                var tokens = (await connection.QueryAsync<(string Name, string Token)>(new CommandDefinition("select name, keep_name(name) from unnest(@names) as one (name)", new { names }, cancellationToken: cancel)))
                    .ToDictionary(pair => pair.Name, pair => pair.Token, StringComparer.Ordinal);
                foreach (var cells in hidden.Values)
                {
                    foreach (var cell in cells.Keys.ToList())
                        cells[cell] = tokens[cells[cell]];
                }
            }
            Write(path, hidden, cancel);
        }
        catch (Exception unsound) when (unsound is WorkbookRefusedException or XmlException or InvalidDataException)
        {
            // The import says what is wrong with it.
        }
    }

    /// <summary>By part of the package, the cells that hold such names, by row and column from 1.</summary>
    private static Dictionary<string, Dictionary<(int Row, int Column), string>> Find(string path, bool mendNames, CancellationToken cancel)
    {
        var found = new Dictionary<string, Dictionary<(int, int), string>>(StringComparer.OrdinalIgnoreCase);
        using var file = WorkbookGuard.Open(path, cancel);
        using var zip = new ZipArchive(file, ZipArchiveMode.Read);
        var package = new XlsxPackage(zip);
        CellValues? values = null;
        foreach (var sheet in package.Sheets)
        {
            if (ExchangeWorkbook.Sheets.FirstOrDefault(one => Matching.Key(one.Name) == Matching.Key(sheet.Name) && one.Columns.Any(column => column.IsKeptName)) is not { } definition)
                continue;
            values ??= CellValues.Of(package, cancel);
            var captions = Captions(package, sheet, values, cancel);
            var columns = captions.Cells.Index().Where(cell => cell.Item is { } caption && definition.Columns.Any(column => column.IsKeptName && Matching.Key(column.Caption) == CaptionRow.KeyOf(caption)))
                .ToDictionary(cell => cell.Index, cell => mendNames || CaptionRow.CodeOf(cell.Item!) is not null);
            using var content = package.Open(sheet);
            using var reader = new SheetReader(content, sheet.Name, values, new(file.Length), cancel);
            var cells = new Dictionary<(int, int), string>();
            foreach (var row in reader.ReadRows().Where(row => row.Number > captions.Number))
            {
                foreach (var (column, isMended) in columns.Where(column => column.Key < row.Cells.Count))
                {
                    if (row.Cells[column] is string name && !ColumnReader.IsBlank(name))
                        cells[(row.Number, column + 1)] = isMended && LegacyText.Reading(name) is { Reading: var reading } ? reading : Matching.Clean(name);
                }
            }
            if (cells.Count > 0)
                found[sheet.Part] = cells;
        }
        return found;
    }

    private static CaptionRow Captions(XlsxPackage package, XlsxPackage.Sheet sheet, CellValues values, CancellationToken cancel)
    {
        using var content = package.Open(sheet);
        using var reader = new SheetReader(content, sheet.Name, values, ReadingBudget.Unlimited, cancel);
        return CaptionRow.Of(sheet.Name, reader.ReadRows());
    }

    private static void Write(string path, Dictionary<string, Dictionary<(int, int), string>> hidden, CancellationToken cancel)
    {
        var unfinished = $"{path}.tmp";
        using (var file = WorkbookGuard.Open(path, cancel))
        using (var original = new ZipArchive(file, ZipArchiveMode.Read))
        using (var copy = new ZipArchive(new FileStream(unfinished, FileMode.Create, FileAccess.Write), ZipArchiveMode.Create))
        {
            var package = new XlsxPackage(original);
            var strings = package.EntryOf("sharedStrings");
            // A text that other cells show too stays: there it is somebody else's to show.
            var (ofNames, ofOthers) = (new HashSet<int>(), new HashSet<int>());
            foreach (var sheet in package.Sheets)
            {
                using var content = package.Open(sheet);
                Walk(content, null, hidden.GetValueOrDefault(sheet.Part) ?? [], (isName, text) => (isName ? ofNames : ofOthers).Add(text), cancel);
            }
            ofNames.ExceptWith(ofOthers);
            foreach (var part in original.Entries)
            {
                using var from = part.Open();
                using var to = copy.CreateEntry(part.FullName).Open();
                if (hidden.TryGetValue(XlsxPackage.NameOf(part), out var cells))
                    Walk(from, to, cells, (_, _) => { }, cancel);
                else if (part == strings)
                    Forget(from, to, ofNames);
                else
                    from.CopyTo(to);
            }
        }
        File.Move(unfinished, path, overwrite: true);
    }

    /// <summary>Goes through a sheet and copies it with tokens in the place of names.</summary>
    /// <param name="target">Null to look at it alone.</param>
    /// <param name="shown">Told of every shared text that a cell shows, and whether the cell is one of the names.</param>
    private static void Walk(Stream source, Stream? target, Dictionary<(int Row, int Column), string> cells, Action<bool, int> shown, CancellationToken cancel)
    {
        using var from = XmlReader.Create(source);
        using var to = target is null ? null : XmlWriter.Create(target, Written);
        var (row, column) = (0, 0);
        from.Read();
        while (!from.EOF)
        {
            cancel.ThrowIfCancellationRequested();
            if (from.NodeType == XmlNodeType.Element && from.LocalName == "row")
                (row, column) = (from.GetAttribute("r") is { } written ? XmlConvert.ToInt32(written) : row + 1, 0);
            if (from.NodeType == XmlNodeType.Element && from.LocalName == "c")
            {
                column = from.GetAttribute("r") is { } reference ? SheetReader.ColumnOf(reference) : column + 1;
                var isName = cells.TryGetValue((row, column), out var token);
                var isShared = from.GetAttribute("t") == "s";
                if (isName && to is not null)
                {
                    WriteToken(from, to, token!);
                    continue;
                }
                if (isShared && to is null && !from.IsEmptyElement)
                {
                    using var cell = from.ReadSubtree();
                    while (cell.Read())
                    {
                        if (cell.NodeType == XmlNodeType.Element && cell.LocalName == "v" && int.TryParse(cell.ReadString(), NumberStyles.None, CultureInfo.InvariantCulture, out var index))
                            shown(isName, index);
                    }
                }
            }
            Step(from, to);
        }
    }

    private static void WriteToken(XmlReader from, XmlWriter to, string token)
    {
        var (prefix, space) = (from.Prefix, from.NamespaceURI);
        to.WriteStartElement(prefix, "c", space);
        while (from.MoveToNextAttribute())
        {
            if (from.LocalName != "t")
                to.WriteAttributeString(from.Prefix, from.LocalName, from.NamespaceURI, from.Value);
        }
        from.MoveToElement();
        to.WriteAttributeString("t", "inlineStr");
        to.WriteStartElement(prefix, "is", space);
        to.WriteElementString(prefix, "t", space, token);
        to.WriteEndElement();
        to.WriteEndElement();
        from.Skip();
    }

    /// <summary>Copies the shared texts but for those of names.</summary>
    private static void Forget(Stream source, Stream target, HashSet<int> forgotten)
    {
        using var from = XmlReader.Create(source);
        using var to = XmlWriter.Create(target, Written);
        var index = -1;
        from.Read();
        while (!from.EOF)
        {
            if (from.NodeType == XmlNodeType.Element && from.LocalName == "si" && forgotten.Contains(++index))
            {
                to.WriteStartElement(from.Prefix, "si", from.NamespaceURI);
                to.WriteElementString(from.Prefix, "t", from.NamespaceURI, "");
                to.WriteEndElement();
                from.Skip();
                continue;
            }
            Step(from, to);
        }
    }

    /// <summary>Copies the node on which the reader stands, without what lies within, and goes on to the next.</summary>
    private static void Step(XmlReader from, XmlWriter? to)
    {
        if (to is not null)
        {
            switch (from.NodeType)
            {
                case XmlNodeType.Element:
                    to.WriteStartElement(from.Prefix, from.LocalName, from.NamespaceURI);
                    to.WriteAttributes(from, defattr: false);
                    if (from.IsEmptyElement)
                        to.WriteEndElement();
                    break;
                case XmlNodeType.EndElement:
                    to.WriteFullEndElement();
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA:
                    to.WriteString(from.Value);
                    break;
                case XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace:
                    to.WriteWhitespace(from.Value);
                    break;
            }
        }
        from.Read();
    }
}
