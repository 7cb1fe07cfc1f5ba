using SkiaSharp;

namespace SinHo.Reporting.Faces.Papers;

/// <summary>Prints a paper as a PDF: A4, margins 20/20/30/15 mm, pages numbered "Trang n/N". The same paper gives the same bytes.</summary>
internal sealed class PdfPrinter : IDisposable
{
    private const double Millimetre = 72 / 25.4;
    private const double Short = 210 * Millimetre;
    private const double Long = 297 * Millimetre;
    private const double Top = 20 * Millimetre;
    private const double Bottom = 20 * Millimetre;
    private const double Binding = 30 * Millimetre;
    private const double Edge = 15 * Millimetre;
    private const double FootSize = 10;
    private const double UsualPadding = 2.5;
    private const double NarrowPadding = 1.2;
    private const double Step = 10;

    // Where a hand signs and a seal is put.
    private const double Hand = 60;

    // Smaller letters nobody reads on paper.
    private const double SmallestSize = 6.5;

    // Rows of a table that stand under its first head, on the page of its heading.
    private const int FirstRows = 5;

    // Points by which letters of a table may be smaller.
    private const int MostSmaller = 2;

    private static readonly Lettered Body = new(14);
    private static readonly Lettered Note = new(12, Italic: true);
    private static readonly Lettered Small = new(12);

    private readonly Typesetter type = new();
    private readonly SKPaint line = new() { Color = SKColors.Black, StrokeWidth = 0.5f, Style = SKPaintStyle.Stroke };
    private readonly SKPaint shade = new() { Color = new(0xED, 0xED, 0xED), Style = SKPaintStyle.Fill };
    private readonly Paper paper;
    private readonly SKDocument? document;
    private readonly CancellationToken cancel;

    private SKCanvas? canvas;
    private Func<int, string> footer = _ => "";
    private bool across;
    private bool isOpen;
    private int numbered;
    private int pages;
    private double y;
    private double padding = UsualPadding;

    /// <param name="document">Null to count the pages alone.</param>
    private PdfPrinter(Paper paper, SKDocument? document, CancellationToken cancel)
    {
        this.paper = paper;
        this.document = document;
        this.cancel = cancel;
    }

    private List<PdfMark> Marks { get; } = [];

    private double PageWidth => across ? Long : Short;

    private double PageHeight => across ? Short : Long;

    // The bound edge is at the left of an upright page and at the top of one that lies across.
    private double Left => across ? Bottom : Binding;

    private double Room => PageWidth - Left - (across ? Top : Edge);

    private double First => across ? Edge + 3 * Millimetre : Top;

    private double Last => PageHeight - (across ? Edge + 3 * Millimetre : Bottom);

    public static void Print(Paper paper, Stream to, CancellationToken cancel)
    {
        int total;
        using (var counting = new PdfPrinter(paper, null, cancel))
            total = counting.CountSigned();
        using var plain = new MemoryStream();
        using var printer = Begin(paper, plain, cancel);
        printer.PrintAll(total);
        PdfOutline.Append(plain, printer.Marks);
        plain.Position = 0;
        plain.CopyTo(to);
    }

    public void Dispose()
    {
        type.Dispose();
        line.Dispose();
        shade.Dispose();
        document?.Dispose();
    }

    private static PdfPrinter Begin(Paper paper, Stream to, CancellationToken cancel) => new(paper, SKDocument.CreatePdf(to, new SKDocumentPdfMetadata
    {
        Title = paper.Title,
        Author = "SinHo.Reporting",
        Creator = "SinHo.Reporting",
        Producer = "SinHo.Reporting",
        Subject = paper.CheckCode is null ? "" : $"{PaperQuestion.CheckCodeProperty} {paper.CheckCode}",
        Keywords = $"{PaperQuestion.Property} {paper.Question}",
        RasterDpi = SKDocumentPdfMetadata.DefaultRasterDpi,
        EncodingQuality = SKDocumentPdfMetadata.DefaultEncodingQuality,
    }), cancel);

    private int CountSigned()
    {
        PrintBlocks(paper.Signed, _ => "");
        return pages;
    }

    private void PrintAll(int total)
    {
        PrintBlocks(paper.Signed, page => $"Trang {page}/{total}");
        foreach (var list in paper.Lists)
            PrintBlocks(list.Blocks, page => $"{list.Name} - trang {page}");
        document!.Close();
    }

    private void PrintBlocks(IReadOnlyList<PaperBlock> blocks, Func<int, string> foot)
    {
        footer = foot;
        numbered = 0;
        across = false;
        for (var index = 0; index < blocks.Count; index++)
        {
            cancel.ThrowIfCancellationRequested();
            // A heading takes the head of what it heads along.
            if (blocks[index] is PaperHeading heading)
                Need(HeightOf(heading) + Beginning(blocks, index + 1));
            if (blocks[index] is PaperTable table)
                Print(table, After(blocks, index + 1));
            else
                PrintBlock(blocks[index]);
        }
        EndPage();
    }

    /// <summary>The height of what may not be parted from the last row of a table.</summary>
    private double After(IReadOnlyList<PaperBlock> blocks, int index) => index >= blocks.Count ? 0 : blocks[index] switch
    {
        PaperWords { StaysWithNext: true } words => LinesOf(words).Count * Typesetter.Leading(LookOf(words)) + 3 + After(blocks, index + 1),
        PaperSignatures signatures => HeightOf(signatures),
        _ => 0,
    };

    private double Beginning(IReadOnlyList<PaperBlock> blocks, int index) => index >= blocks.Count ? 0 : blocks[index] switch
    {
        PaperHeading next => HeightOf(next) + Beginning(blocks, index + 1),
        PaperTable table when Fitted(table) is var fitted => HeadHeight(fitted, Widths(fitted)) + FirstRows * (Typesetter.Leading(new(table.Size)) + 2 * padding),
        PaperWords words => Math.Min(3, LinesOf(words).Count) * Typesetter.Leading(LookOf(words)),
        _ => 0,
    };

    private void PrintBlock(PaperBlock block)
    {
        switch (block)
        {
            case PaperTurn turn:
                EndPage();
                across = turn.Across;
                break;
            case PaperHead head:
                Print(head);
                break;
            case PaperTitle title:
                Print(title);
                break;
            case PaperHeading heading:
                Print(heading);
                break;
            case PaperWords words:
                Print(words);
                break;
            case PaperSignatures signatures:
                Print(signatures);
                break;
        }
    }

    private void Print(PaperHead head)
    {
        const double share = 0.44;
        var (leftRoom, rightAt) = (Room * share, Left + Room * (share + 0.02));
        var rightRoom = Left + Room - rightAt;
        var isLetter = head.Number is not null;
        Need(120);
        var top = y;
        foreach (var superior in head.Superior)
            Centred(superior, new(14), Left, leftRoom);
        Centred(head.Issuer, new(14, Bold: true), Left, leftRoom);
        if (isLetter)
        {
            Centred("*", new(14), Left, leftRoom);
            Centred(head.Number!, new(14), Left, leftRoom);
        }
        var bottom = y;
        y = top;
        Centred(head.Right[0], new(isLetter ? 15 : 14, Bold: true), rightAt, rightRoom);
        if (isLetter)
        {
            // A line as long as the text.
            var width = type.Width(head.Right[0], new(15, Bold: true));
            Rule(rightAt + (rightRoom - width) / 2, width, y);
            y += 8;
        }
        foreach (var further in head.Right.Skip(1))
            Centred(further, new(12, Italic: true), rightAt, rightRoom);
        if (head.PlaceDate is { } date)
        {
            y = Math.Max(y, bottom - Typesetter.Leading(Body));
            Centred(date, new(14, Italic: true), rightAt, rightRoom);
        }
        y = Math.Max(y, bottom) + 16;
    }

    private void Print(PaperTitle title)
    {
        Mark(title.Kind, 1);
        Centred(title.Kind, new(16, Bold: true), Left, Room);
        foreach (var text in title.Lines)
            Centred(text, new(14, Bold: true), Left, Room);
        const double rule = 60;
        Rule(Left + (Room - rule) / 2, rule, y + 3);
        y += 16;
    }

    private static Lettered LookOf(PaperHeading heading) => heading.Level == 1 ? new(14, Bold: true) : new(12, Bold: true);

    private double HeightOf(PaperHeading heading) => 10 + type.Lines(heading.Text, LookOf(heading), Room).Count * Typesetter.Leading(LookOf(heading));

    private void Print(PaperHeading heading)
    {
        Need(HeightOf(heading));
        if (y > First)
            y += 6;
        Mark(heading.Text, heading.Level + 1);
        foreach (var text in type.Lines(heading.Text, LookOf(heading), Room))
            OneLine(text, LookOf(heading), Left);
        y += 4;
    }

    private static Lettered LookOf(PaperWords words) => words.Look switch
    {
        WordsLook.Body => Body,
        WordsLook.Note => Note,
        _ => new(12, Bold: true),
    };

    private static double IndentOf(PaperWords words) => words.Look == WordsLook.Body ? 10 * Millimetre : 0;

    private List<string> LinesOf(PaperWords words) => type.Lines(words.Text, LookOf(words), Room, IndentOf(words));

    private void Print(PaperWords words)
    {
        var (look, lines) = (LookOf(words), LinesOf(words));
        for (var index = 0; index < lines.Count; index++)
        {
            // Neither the first nor the last line of a paragraph stands alone.
            Need((index == 0 && lines.Count > 1 ? 2 : index == lines.Count - 2 && lines.Count > 3 ? 2 : 1) * Typesetter.Leading(look));
            var indent = index == 0 ? IndentOf(words) : 0;
            OneLine(lines[index], look, Left + indent, words.Look == WordsLook.Body && index < lines.Count - 1 ? Room - indent : null, words.Look == WordsLook.Alarm);
        }
        y += words.Look == WordsLook.Body ? 6 : 3;
    }

    private List<string> Recipients(PaperSignatures signatures) => [.. signatures.Recipients.SelectMany(recipient => type.Lines($"- {recipient}", Small, Room / 2 - 10))];

    private double HeightOf(PaperSignatures signatures)
    {
        var right = (signatures.PlaceDate is null ? 0 : 1) + signatures.Office.Sum(office => type.Lines(office, Body, Room / 2).Count) + (signatures.Hints is null ? 0 : 1);
        return 12 + Math.Max((right + 1) * Typesetter.Leading(Body) + Hand, Typesetter.Leading(Body) + Recipients(signatures).Count * Typesetter.Leading(Small));
    }

    private void Print(PaperSignatures signatures)
    {
        var half = Room / 2;
        Need(HeightOf(signatures));
        y += 12;
        var top = y;
        if (signatures.PlaceDate is { } date)
            Centred(date, new(14, Italic: true), Left + half, half);
        var beneath = y;
        foreach (var (index, office) in signatures.Office.Index())
            Centred(office, new(14, Bold: index == 0), Left + half, half);
        if (signatures.Hints is { } hints)
        {
            Centred(hints.Right, Note, Left + half, half);
            var end = y;
            y = beneath;
            Centred(signatures.Left, new(14, Bold: true), Left, half);
            Centred(hints.Left, Note, Left, half);
            y = end;
        }
        y += Hand;
        Centred(signatures.Signer, new(14, Bold: true), Left + half, half);
        var bottom = y;
        if (signatures.Hints is null)
        {
            y = top;
            var under = type.Width(signatures.Left, Body);
            OneLine(signatures.Left, Body, Left);
            Rule(Left, under, y - 1);
            y += 2;
            foreach (var text in Recipients(signatures))
                OneLine(text, Small, Left);
        }
        y = Math.Max(y, bottom) + 6;
    }

    /// <summary>By the widths that the columns ask for, but none so narrow that a word of its head is cut, where there is room for that.</summary>
    private double[] Widths(PaperTable table)
    {
        var all = table.Columns.Sum(column => column.Width);
        double[] wanted = [.. table.Columns.Select(column => column.Width * Room / all)];
        var least = Least(table);
        var (missing, spare) = (wanted.Zip(least).Sum(one => Math.Max(0, one.Second - one.First)), wanted.Zip(least).Sum(one => Math.Max(0, one.First - one.Second)));
        return missing == 0 || missing > spare ? wanted : [.. wanted.Zip(least).Select(one => one.First <= one.Second ? one.Second : one.Second + (one.First - one.Second) * (1 - missing / spare))];
    }

    /// <summary>What the longest word of each head takes.</summary>
    private double[] Least(PaperTable table)
    {
        var look = new Lettered(table.Size, Bold: true);
        return [.. table.Columns.Select(column => column.Caption.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(word => type.Width(word, look)).DefaultIfEmpty(0).Max() + 2 * padding + 1)];
    }

    /// <summary>A table of many columns in letters so small that no word of a head is cut, within reason.</summary>
    private PaperTable Fitted(PaperTable table)
    {
        while (table.Size > SmallestSize && Least(table).Sum() > Room)
            table = table with { Size = table.Size - 0.5 };
        return table;
    }

    private double HeadHeight(PaperTable table, double[] widths) => RowHeight([.. table.Columns.Select((column, index) => Cell(column.Caption, new(table.Size, Bold: true), widths[index], 0))], table.Size)
        + (table.Numbers is null ? 0 : RowHeight([.. table.Numbers.Select((number, index) => Cell(number, new(table.Size - 2, Italic: true), widths[index], 0))], table.Size - 2));

    private List<string> Cell(string text, Lettered look, double width, int indent) => type.Lines(text, look, width - 2 * padding - indent * Step);

    private double RowHeight(IReadOnlyList<List<string>> cells, double size) => cells.Max(cell => cell.Count) * Typesetter.Leading(new(size)) + 2 * padding;

    /// <summary>A table with the signatures beneath it is made smaller where that brings both onto one page.</summary>
    private void Print(PaperTable table, double after)
    {
        table = Fitted(table);
        if (after > 0)
        {
            OpenPage();
            var whole = table with { Rows = table.Rows.ToList() };
            for (var smaller = 0; smaller <= MostSmaller; smaller++)
            {
                padding = smaller == 0 ? UsualPadding : NarrowPadding;
                var tried = whole with { Size = whole.Size - smaller };
                if (y + HeightOf(tried) + after + 8 > Last)
                    continue;
                PrintRows(tried, after);
                padding = UsualPadding;
                return;
            }
            padding = UsualPadding;
            table = whole;
        }
        PrintRows(table, after);
    }

    private double HeightOf(PaperTable table)
    {
        var widths = Widths(table);
        return HeadHeight(table, widths) + table.Rows.Sum(row => RowHeight([.. row.Cells.Select((cell, index) => Cell(cell.Text, new(table.Size, row.Bold, row.Italic), widths[index], cell.Indent))], table.Size));
    }

    private void PrintRows(PaperTable table, double after)
    {
        var widths = Widths(table);
        var head = HeadHeight(table, widths);
        Need(head + FirstRows * RowHeight([["x"]], table.Size));
        PrintHead(table, widths);
        // Rows that stay together are held back until one may be the last of a page.
        var held = new List<(PaperRow Row, List<List<string>> Cells, double Height)>();
        foreach (var row in table.Rows)
        {
            var look = new Lettered(table.Size, row.Bold, row.Italic);
            List<List<string>> cells = [.. row.Cells.Select((cell, index) => Cell(cell.Text, look, widths[index], cell.Indent))];
            held.Add((row, cells, RowHeight(cells, table.Size)));
            if (row.StaysWithNext && held.Sum(one => one.Height) < (Last - First - head) / 2)
                continue;
            PrintRows(table, widths, held);
            held.Clear();
        }
        PrintRows(table, widths, held, held.Count > 0 ? after + 8 : 0);
        y += 8;
    }

    private void PrintRows(PaperTable table, double[] widths, List<(PaperRow Row, List<List<string>> Cells, double Height)> rows, double after = 0)
    {
        if (rows.Count > 0 && y + rows.Sum(row => row.Height) + after > Last)
            Turn(table, widths);
        foreach (var (row, cells, height) in rows)
        {
            cancel.ThrowIfCancellationRequested();
            if (y + height > Last)
                Turn(table, widths);
            var look = new Lettered(table.Size, row.Bold, row.Italic);
            PrintRow(widths, cells, height, look, (index, width, text) => table.Columns[index].Side switch
            {
                PaperSide.Centre => (width - type.Width(text, look)) / 2,
                PaperSide.Right => width - padding - type.Width(text, look),
                _ => padding + row.Cells[index].Indent * Step,
            });
        }
    }

    private void Turn(PaperTable table, double[] widths)
    {
        EndPage();
        OpenPage();
        PrintHead(table, widths);
    }

    private void PrintHead(PaperTable table, double[] widths)
    {
        Row([.. table.Columns.Select(column => column.Caption)], new(table.Size, Bold: true), shaded: true);
        if (table.Numbers is { } numbers)
            Row(numbers, new(table.Size - 2, Italic: true), shaded: false);

        void Row(IReadOnlyList<string> texts, Lettered look, bool shaded)
        {
            List<List<string>> cells = [.. texts.Select((text, index) => Cell(text, look, widths[index], 0))];
            var height = RowHeight(cells, look.Size);
            if (shaded)
                canvas?.DrawRect(SKRect.Create((float)Left, (float)y, (float)Room, (float)height), shade);
            PrintRow(widths, cells, height, look, (_, width, text) => (width - type.Width(text, look)) / 2);
        }
    }

    private void PrintRow(double[] widths, List<List<string>> cells, double height, Lettered look, Func<int, double, string, double> place)
    {
        if (canvas is { } page)
        {
            var x = Left;
            for (var index = 0; index < cells.Count; index++)
            {
                page.DrawRect(SKRect.Create((float)x, (float)y, (float)widths[index], (float)height), line);
                var at = y + (height - cells[index].Count * Typesetter.Leading(look)) / 2;
                foreach (var text in cells[index])
                {
                    type.Draw(page, text, look, x + place(index, widths[index], text), at + look.Size * 0.95);
                    at += Typesetter.Leading(look);
                }
                x += widths[index];
            }
        }
        y += height;
    }

    private void Centred(string text, Lettered look, double x, double room)
    {
        foreach (var part in type.Lines(text, look, room))
            OneLine(part, look, x + (room - type.Width(part, look)) / 2);
    }

    private void OneLine(string text, Lettered look, double x, double? room = null, bool alarm = false)
    {
        OpenPage();
        if (canvas is { } page)
            type.Draw(page, text, look, x, y + look.Size * 0.95, room, alarm);
        y += Typesetter.Leading(look);
    }

    private void Rule(double x, double width, double at) => canvas?.DrawLine((float)x, (float)at, (float)(x + width), (float)at, line);

    private void Mark(string text, int level)
    {
        OpenPage();
        if (document is not null)
            Marks.Add(new(text, level, pages - 1, PageHeight - y));
    }

    private void Need(double height)
    {
        OpenPage();
        if (y + height <= Last || y <= First)
            return;
        EndPage();
        OpenPage();
    }

    private void OpenPage()
    {
        if (isOpen)
            return;
        isOpen = true;
        pages++;
        numbered++;
        y = First;
        canvas = document?.BeginPage((float)PageWidth, (float)PageHeight);
    }

    private void EndPage()
    {
        if (!isOpen)
            return;
        if (canvas is { } page)
        {
            var look = new Lettered(FootSize);
            var at = PageHeight - (across ? 9 : 11) * Millimetre;
            var number = footer(numbered);
            type.Draw(page, paper.Foot, look with { Italic = true }, Left, at);
            // In the middle, or at the edge where something stands at the left.
            type.Draw(page, number, look, Left + (Room - type.Width(number, look)) / (paper.Foot.Length == 0 ? 2 : 1), at);
            document!.EndPage();
        }
        canvas = null;
        isOpen = false;
    }
}
