using System.Globalization;
using System.Reflection;
using System.Xml.Linq;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.CustomProperties;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.VariantTypes;
using DocumentFormat.OpenXml.Wordprocessing;
using SinHo.Reporting.Workbooks;

namespace SinHo.Reporting.Faces.Papers;

/// <summary>
/// Prints a paper as a letter for Word: real styles and headings, heads of tables that come again, and every figure in a content control tagged with its code,
/// so that whoever edits the letter sees which numbers are the program's.
/// </summary>
internal sealed class LetterPrinter
{
    private const int TwipsOfMillimetre = 57;
    private const int Short = 11906;
    private const int Long = 16838;
    private const int Top = 20 * TwipsOfMillimetre;
    private const int Binding = 30 * TwipsOfMillimetre;
    private const int Edge = 15 * TwipsOfMillimetre;
    private const int IndentStep = 200;

    private readonly Paper paper;
    private readonly OpenXmlWriter? to;
    private readonly CancellationToken cancel;
    private int controls;
    private bool across;
    private bool isBegun;

    private LetterPrinter(Paper paper, OpenXmlWriter? to, CancellationToken cancel)
    {
        this.paper = paper;
        this.to = to;
        this.cancel = cancel;
    }

    private int Room => across ? Long - 2 * Top : Short - Binding - Edge;

    public static void Print(Paper paper, Stream target, CancellationToken cancel)
    {
        using var package = new MemoryStream();
        if (paper.Letter is { } letter)
            Fill(paper, letter, package, cancel);
        else
            Write(paper, package, cancel);
        package.Position = 0;
        SettledParts.Copy(package, target);
    }

    /// <summary>A letter without a report.</summary>
    public static void WriteStarter(IEnumerable<OpenXmlElement> body, Stream target)
    {
        using var package = new MemoryStream();
        using (var document = WordprocessingDocument.Create(package, WordprocessingDocumentType.Document))
        {
            document.PackageProperties.Creator = "SinHo.Reporting";
            var main = NewMain(document);
            main.Document = new(new Body([.. body, new SectionProperties(
                new PageSize { Width = Short, Height = Long },
                new PageMargin { Top = Top, Bottom = Top, Left = Binding, Right = Edge, Header = 567, Footer = 567, Gutter = 0 })]));
        }
        package.Position = 0;
        SettledParts.Copy(package, target);
    }

    private static void Write(Paper paper, Stream package, CancellationToken cancel)
    {
        using var document = WordprocessingDocument.Create(package, WordprocessingDocumentType.Document);
        Describe(document, paper);
        var main = NewMain(document);
        AddFooters(main, paper);
        using var writer = OpenXmlWriter.Create(main);
        new LetterPrinter(paper, writer, cancel).PrintAll();
    }

    private static MainDocumentPart NewMain(WordprocessingDocument document)
    {
        var main = document.AddMainDocumentPart();
        using (var styles = Assembly.GetExecutingAssembly().GetManifestResourceStream("letter-styles.xml")!)
            main.AddNewPart<StyleDefinitionsPart>("styles").FeedData(styles);
        main.AddNewPart<DocumentSettingsPart>("settings").Settings = new(
            new Zoom { Percent = "100" }, new DefaultTabStop { Val = 720 }, new Compatibility(new CompatibilitySetting
            {
                Name = CompatSettingNameValues.CompatibilityMode,
                Uri = "http://schemas.microsoft.com/office/word",
                Val = "15",
            }));
        return main;
    }

    /// <summary>The board's letter, with what its content controls name in their places; appendices and lists come after it.</summary>
    private static void Fill(Paper paper, FilledLetter letter, MemoryStream package, CancellationToken cancel)
    {
        package.Write(letter.Template.Bytes.Span);
        using var document = WordprocessingDocument.Open(package, isEditable: true);
        Describe(document, paper);
        var main = document.MainDocumentPart!;
        AddStyles(main);
        AddFooters(main, paper);
        var printer = new LetterPrinter(paper, null, cancel);
        var body = main.Document.Body!;
        foreach (var control in body.Descendants<SdtElement>().ToList())
            printer.FillControl(control, letter);
        var last = body.Elements<SectionProperties>().LastOrDefault() ?? body.AppendChild(new SectionProperties(new PageSize { Width = Short, Height = Long }));
        foreach (var section in body.Descendants<SectionProperties>())
        {
            section.RemoveAllChildren<FooterReference>();
            section.PrependChild(new FooterReference { Type = HeaderFooterValues.Default, Id = FooterId(0) });
        }
        last.Remove();
        body.AppendChild(new Paragraph(new ParagraphProperties(new SpacingBetweenLines { Line = "20", LineRule = LineSpacingRuleValues.Exact }, last)));
        printer.Append(body, letter.Appendices, 0);
        foreach (var (index, list) in paper.Lists.Index())
        {
            body.AppendChild(printer.SectionEnd(index));
            printer.Append(body, list.Blocks, index + 1);
        }
        body.AppendChild(printer.Section(paper.Lists.Count));
        // Those of the letter and those of the program must not meet.
        foreach (var (index, id) in body.Descendants<SdtId>().Index())
            id.Val = index + 1;
        main.Document.Save();
    }

    private void Append(Body body, IReadOnlyList<PaperBlock> blocks, int part)
    {
        isBegun = false;
        foreach (var block in blocks)
        {
            if (block is PaperTurn turn)
            {
                if (isBegun)
                    body.AppendChild(SectionEnd(part));
                across = turn.Across;
                continue;
            }
            isBegun = true;
            body.Append(Elements(block));
        }
    }

    private void FillControl(SdtElement control, FilledLetter letter)
    {
        if (control.Parent is null || control.SdtProperties?.GetFirstChild<Tag>()?.Val?.Value is not { } tag)
            return;
        control.SdtProperties.RemoveAllChildren<DataBinding>();
        control.SdtProperties.RemoveAllChildren<ShowingPlaceholder>();
        if (letter.Blocks.TryGetValue(tag, out var blocks) && control is SdtBlock block)
        {
            List<OpenXmlElement> elements = [.. blocks.SelectMany(Elements)];
            if (elements.Count == 0)
                block.Remove();
            else
                block.SdtContentBlock = new SdtContentBlock(elements);
        }
        else if (letter.Texts.TryGetValue(tag, out var text))
        {
            var look = control.Descendants<RunProperties>().FirstOrDefault(properties => properties.RunStyle is null)?.CloneNode(deep: true);
            var run = Run(text);
            if (look is not null)
                run.PrependChild(look);
            if (control is SdtRun inline)
                inline.SdtContentRun = new SdtContentRun(run);
            else if (control.Descendants<Paragraph>().FirstOrDefault() is { } paragraph)
            {
                foreach (var other in control.Descendants<Paragraph>().Skip(1).ToList())
                    other.Remove();
                foreach (var part in paragraph.ChildElements.Where(child => child is not ParagraphProperties).ToList())
                    part.Remove();
                paragraph.AppendChild(run);
            }
        }
    }

    /// <summary>Those of the program's styles that the letter has not.</summary>
    private static void AddStyles(MainDocumentPart main)
    {
        using var shipped = Assembly.GetExecutingAssembly().GetManifestResourceStream("letter-styles.xml")!;
        var part = main.StyleDefinitionsPart;
        if (part is null)
        {
            main.AddNewPart<StyleDefinitionsPart>("sinhoStyles").FeedData(shipped);
            return;
        }
        var own = part.Styles ??= new Styles();
        var known = own.Elements<Style>().Select(style => style.StyleId?.Value).ToHashSet(StringComparer.Ordinal);
        foreach (var style in new Styles(XDocument.Load(shipped).Root!.ToString(SaveOptions.DisableFormatting)).Elements<Style>().Where(style => !known.Contains(style.StyleId!.Value)).ToList())
            own.AppendChild(style.CloneNode(deep: true));
    }

    private static void Describe(WordprocessingDocument document, Paper paper)
    {
        document.PackageProperties.Title = paper.Title;
        document.PackageProperties.Creator = "SinHo.Reporting";
        document.PackageProperties.LastModifiedBy = "SinHo.Reporting";
        if (document.CustomFilePropertiesPart is { } old)
            document.DeletePart(old);
        var properties = document.AddCustomFilePropertiesPart().Properties = new(Property(2, PaperQuestion.Property, paper.Question));
        if (paper.CheckCode is { } code)
            properties.AppendChild(Property(3, PaperQuestion.CheckCodeProperty, code));
    }

    private static void AddFooters(MainDocumentPart main, Paper paper)
    {
        // Only of a letter without lists are all pages those that are signed.
        AddFooter(main, 0, paper.Foot, "Trang ", paper.Lists.Count == 0);
        foreach (var (index, list) in paper.Lists.Index())
            AddFooter(main, index + 1, paper.Foot, $"{list.Name} - trang ", ofAll: false);
    }

    private static CustomDocumentProperty Property(int number, string name, string value) => new()
    {
        FormatId = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}",
        PropertyId = number,
        Name = name,
        VTLPWSTR = new VTLPWSTR(value),
    };

    private static string FooterId(int part) => string.Create(CultureInfo.InvariantCulture, $"sinhoFooter{part}");

    private static void AddFooter(MainDocumentPart main, int part, string foot, string name, bool ofAll) => main.AddNewPart<FooterPart>(FooterId(part)).Footer = new(
        new Paragraph([
            new ParagraphProperties(new ParagraphStyleId { Val = "Footer" }, new Tabs(foot.Length == 0 ? new TabStop { Val = TabStopValues.Center, Position = (Short - Binding - Edge) / 2 } : new TabStop { Val = TabStopValues.Right, Position = Short - Binding - Edge })),
            Run(foot, italic: true), new Run(new TabChar()), Run(name), .. Field("PAGE"),
            .. ofAll ? [Run("/"), .. Field("NUMPAGES")] : Array.Empty<Run>(),
        ]));

    private static Run[] Field(string name) =>
    [
        new(new FieldChar { FieldCharType = FieldCharValues.Begin }),
        new(new FieldCode($" {name} ") { Space = SpaceProcessingModeValues.Preserve }),
        new(new FieldChar { FieldCharType = FieldCharValues.Separate }),
        Run("1"),
        new(new FieldChar { FieldCharType = FieldCharValues.End }),
    ];

    private void PrintAll()
    {
        to!.WriteStartDocument(standalone: true);
        to.WriteStartElement(new Document());
        to.WriteStartElement(new Body());
        PrintBlocks(paper.Signed, 0);
        foreach (var (index, list) in paper.Lists.Index())
        {
            EndSection(index);
            PrintBlocks(list.Blocks, index + 1);
        }
        to.WriteElement(Section(paper.Lists.Count));
        to.WriteEndElement();
        to.WriteEndElement();
    }

    private void PrintBlocks(IReadOnlyList<PaperBlock> blocks, int part)
    {
        isBegun = false;
        across = false;
        foreach (var block in blocks)
        {
            cancel.ThrowIfCancellationRequested();
            if (block is PaperTurn turn)
            {
                if (isBegun)
                    EndSection(part);
                across = turn.Across;
                continue;
            }
            isBegun = true;
            if (block is PaperTable table)
            {
                Print(table);
                continue;
            }
            foreach (var element in Elements(block))
                to!.WriteElement(element);
        }
    }

    private void EndSection(int part) => to!.WriteElement(SectionEnd(part));

    /// <summary>The section that stands until here ends in a small paragraph of its own.</summary>
    private Paragraph SectionEnd(int part) => new(new ParagraphProperties(
        new SpacingBetweenLines { Line = "20", LineRule = LineSpacingRuleValues.Exact }, Section(part)));

    private SectionProperties Section(int part)
    {
        var section = new SectionProperties(
            new FooterReference { Type = HeaderFooterValues.Default, Id = FooterId(part) },
            new SectionType { Val = SectionMarkValues.NextPage },
            across
                ? new PageSize { Width = Long, Height = Short, Orient = PageOrientationValues.Landscape }
                : new PageSize { Width = Short, Height = Long },
            across
                ? new PageMargin { Top = Edge + 3 * TwipsOfMillimetre, Bottom = Edge + 3 * TwipsOfMillimetre, Left = Top, Right = Top, Header = 567, Footer = 500, Gutter = 0 }
                : new PageMargin { Top = Top, Bottom = Top, Left = Binding, Right = Edge, Header = 567, Footer = 567, Gutter = 0 });
        if (part > 0)
            section.AppendChild(new PageNumberType { Start = 1 });
        return section;
    }

    private List<OpenXmlElement> Elements(PaperBlock block)
    {
        switch (block)
        {
            case PaperHead head:
                return [Head(head)];
            case PaperTitle title:
                return [Words("Title", title.Kind), .. title.Lines.Select(line => Words("TrichYeu", line)), Rule()];
            case PaperHeading heading:
                return [Words(heading.Level == 1 ? "Heading1" : "Heading2", heading.Text)];
            case PaperWords words:
                var look = new ParagraphProperties(new ParagraphStyleId { Val = words.Look switch { WordsLook.Body => "LoiVan", WordsLook.Note => "GhiChu", _ => "CanhBao" } });
                if (words.StaysWithNext)
                    look.Append(new KeepNext());
                return [new Paragraph([look, .. words.Pieces.Select(piece => Piece(piece.Text, piece.FigureCode))])];
            case PaperTable table:
                var rows = Rows(table).ToList();
                return [new Table([.. TableHead(table), .. rows]), Between(table, isHeld: false)];
            case PaperSignatures signatures:
                return [Signatures(signatures)];
            default:
                return [];
        }
    }

    /// <summary>A short rule.</summary>
    private Paragraph Rule() => new(new ParagraphProperties(
        new ParagraphStyleId { Val = "TrichYeu" },
        new ParagraphBorders(new TopBorder { Val = BorderValues.Single, Size = 4, Space = 1, Color = "auto" }),
        new SpacingBetweenLines { Before = "40", After = "120" },
        new Indentation { Left = $"{Room / 2 - 600}", Right = $"{Room / 2 - 600}" }));

    private Table Head(PaperHead head)
    {
        var left = Room * 44 / 100;
        var isLetter = head.Number is not null;
        return Unruled([left, Room - left],
        [
            .. head.Superior.Select(line => Words("Giua", line)),
            Words("Giua", Run(head.Issuer, bold: true)),
            .. isLetter ? [Words("Giua", "*"), Words("Giua", head.Number!)] : Array.Empty<Paragraph>(),
        ],
        [
            isLetter ? Words("Giua", Run(head.Right[0], bold: true, underline: true, size: 15)) : Words("Giua", Run(head.Right[0], bold: true)),
            .. head.Right.Skip(1).Select(line => Words("Giua", Run(line, italic: true, size: 12))),
            // The date stands beside the number.
            .. head.PlaceDate is { } date ? [.. Enumerable.Range(0, head.Superior.Count + 1).Select(_ => Words("Giua", "")), Words("Giua", Run(date, italic: true))] : Array.Empty<Paragraph>(),
        ]);
    }

    private Table Signatures(PaperSignatures signatures)
    {
        List<Paragraph> left = signatures.Hints is { } hints
            ? [Words("Giua", signatures.PlaceDate is null ? "" : " "), Words("Giua", Run(signatures.Left, bold: true)), Words("Giua", Run(hints.Left, italic: true, size: 12))]
            : [Words("NoiNhan", Run(signatures.Left, underline: true, size: 14)), .. signatures.Recipients.Select(recipient => Words("NoiNhan", $"- {recipient}"))];
        List<Paragraph> right =
        [
            .. signatures.PlaceDate is { } date ? [Words("Giua", Run(date, italic: true))] : Array.Empty<Paragraph>(),
            .. signatures.Office.Select((office, index) => Words("Giua", Run(office, bold: index == 0))),
            .. signatures.Hints is { } notes ? [Words("Giua", Run(notes.Right, italic: true, size: 12))] : Array.Empty<Paragraph>(),
            .. Enumerable.Range(0, 4).Select(_ => Words("Giua", "")),
            Words("Giua", Run(signatures.Signer, bold: true)),
        ];
        foreach (var line in left.Concat(right))
            line.ParagraphProperties!.Append(new KeepNext(), new KeepLines());
        return Unruled([Room * 45 / 100, Room - Room * 45 / 100], left, right);
    }

    internal static Table Unruled(int[] widths, IEnumerable<Paragraph> left, IEnumerable<Paragraph> right) => new(
        new TableProperties(new TableWidth { Width = $"{widths.Sum()}", Type = TableWidthUnitValues.Dxa }, new TableLayout { Type = TableLayoutValues.Fixed }),
        new TableGrid(widths.Select(width => new GridColumn { Width = $"{width}" })),
        new TableRow(
            new TableRowProperties(new CantSplit()),
            new TableCell([new TableCellProperties(new TableCellWidth { Width = $"{widths[0]}", Type = TableWidthUnitValues.Dxa }), .. left]),
            new TableCell([new TableCellProperties(new TableCellWidth { Width = $"{widths[1]}", Type = TableWidthUnitValues.Dxa }), .. right])));

    /// <summary>Row by row: lists may be long.</summary>
    private void Print(PaperTable table)
    {
        to!.WriteStartElement(new Table());
        foreach (var element in TableHead(table))
            to.WriteElement(element);
        var isHeld = false;
        foreach (var row in Rows(table))
        {
            cancel.ThrowIfCancellationRequested();
            isHeld = row.Descendants<KeepNext>().Any();
            to.WriteElement(row);
        }
        to.WriteEndElement();
        to.WriteElement(Between(table, isHeld));
    }

    /// <summary>Two tables without anything between them are one table to Word.</summary>
    private static Paragraph Between(PaperTable table, bool isHeld)
    {
        var between = Words("Bang9", "");
        if (isHeld || table.Rows is IReadOnlyList<PaperRow> and [.., { StaysWithNext: true }])
            between.ParagraphProperties!.Append(new KeepNext());
        return between;
    }

    private int[] Widths(PaperTable table)
    {
        var all = table.Columns.Sum(column => column.Width);
        return [.. table.Columns.Select(column => (int)(column.Width * Room / all))];
    }

    private static string StyleOf(PaperTable table) => string.Create(CultureInfo.InvariantCulture, $"Bang{table.Size}");

    private IEnumerable<OpenXmlElement> TableHead(PaperTable table)
    {
        var (widths, style) = (Widths(table), StyleOf(table));
        yield return new TableProperties(new TableStyle { Val = "KeBang" }, new TableWidth { Width = $"{widths.Sum()}", Type = TableWidthUnitValues.Dxa }, new TableLayout { Type = TableLayoutValues.Fixed });
        yield return new TableGrid(widths.Select(width => new GridColumn { Width = $"{width}" }));
        yield return HeadRow(style, widths, [.. table.Columns.Select(column => Run(column.Caption, bold: true))], shaded: true);
        if (table.Numbers is { } numbers)
            yield return HeadRow(style, widths, [.. numbers.Select(number => Run(number, italic: true, size: table.Size - 2))], shaded: false);
    }

    private IEnumerable<TableRow> Rows(PaperTable table)
    {
        var (widths, style) = (Widths(table), StyleOf(table));
        return table.Rows.Select(row => new TableRow([
            new TableRowProperties(new CantSplit()),
            .. row.Cells.Select((cell, index) => Cell(style, widths[index], table.Columns[index].Side, cell, row)),
        ]));
    }

    private static TableRow HeadRow(string style, int[] widths, IReadOnlyList<Run> captions, bool shaded) => new([
        new TableRowProperties(new CantSplit(), new TableHeader()),
        .. captions.Select((caption, index) => new TableCell(
            shaded
                ? new TableCellProperties(new TableCellWidth { Width = $"{widths[index]}", Type = TableWidthUnitValues.Dxa }, new Shading { Val = ShadingPatternValues.Clear, Color = "auto", Fill = "EDEDED" }, new TableCellVerticalAlignment { Val = TableVerticalAlignmentValues.Center })
                : new TableCellProperties(new TableCellWidth { Width = $"{widths[index]}", Type = TableWidthUnitValues.Dxa }, new TableCellVerticalAlignment { Val = TableVerticalAlignmentValues.Center }),
            new Paragraph(new ParagraphProperties(new ParagraphStyleId { Val = style }, new KeepNext(), new Justification { Val = JustificationValues.Center }), caption))),
    ]);

    private TableCell Cell(string style, int width, PaperSide side, PaperCell cell, PaperRow row)
    {
        var properties = new ParagraphProperties(new ParagraphStyleId { Val = style });
        if (row.StaysWithNext)
            properties.Append(new KeepNext());
        if (cell.Indent > 0)
            properties.Append(new Indentation { Left = $"{cell.Indent * IndentStep}" });
        if (side != PaperSide.Left)
            properties.Append(new Justification { Val = side == PaperSide.Right ? JustificationValues.Right : JustificationValues.Center });
        return new(
            new TableCellProperties(new TableCellWidth { Width = $"{width}", Type = TableWidthUnitValues.Dxa }, new TableCellVerticalAlignment { Val = TableVerticalAlignmentValues.Center }),
            cell.Text.Length == 0 ? new Paragraph(properties) : new Paragraph(properties, Piece(cell.Text, cell.Figure, row.Bold, row.Italic)));
    }

    /// <summary>A number of the report in a control that says which; words as they are.</summary>
    private OpenXmlElement Piece(string text, string? figure, bool bold = false, bool italic = false) => figure is null
        ? Run(text, bold, italic)
        : new SdtRun(
            new SdtProperties(new SdtAlias { Val = figure }, new Tag { Val = figure }, new SdtId { Val = ++controls }),
            new SdtContentRun(Run(text, bold, italic)));

    private static Paragraph Words(string style, string text) => text.Length == 0 ? new(new ParagraphProperties(new ParagraphStyleId { Val = style })) : Words(style, Run(text));

    private static Paragraph Words(string style, Run run) => new(new ParagraphProperties(new ParagraphStyleId { Val = style }), run);

    internal static Run Run(string text, bool bold = false, bool italic = false, bool underline = false, double? size = null)
    {
        var look = new RunProperties();
        if (bold)
            look.Append(new Bold());
        if (italic)
            look.Append(new Italic());
        if (size is { } points)
            look.Append(new FontSize { Val = (points * 2).ToString(CultureInfo.InvariantCulture) }, new FontSizeComplexScript { Val = (points * 2).ToString(CultureInfo.InvariantCulture) });
        if (underline)
            look.Append(new Underline { Val = UnderlineValues.Single });
        var run = new Run();
        if (look.HasChildren)
            run.Append(look);
        foreach (var (index, line) in text.Split('\n').Index())
        {
            if (index > 0)
                run.Append(new Break());
            run.Append(new Text(Clean(line)) { Space = SpaceProcessingModeValues.Preserve });
        }
        return run;
    }

    /// <summary>Without what XML cannot carry.</summary>
    private static string Clean(string text) => text.AsSpan().IndexOfAnyInRange('\0', '\u001F') < 0 ? text : string.Concat(text.Where(letter => letter >= ' ' || letter == '\t'));
}
