using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace SinHo.Reporting.Workbooks;

/// <summary>Writes rows of a list as the bytes of a sheet, each as its sample row looks; what is the same in all rows is made once.</summary>
internal sealed class RowWriter
{
    private const int BlockSize = 1 << 16;
    private const int LongestText = 32_767;
    private const int LongestNumber = 32;

    // Excel counts a 29 February 1900 that never was: earlier days have no serial that means the same everywhere.
    private static readonly DateOnly FirstSafeDay = new(1900, 3, 1);
    private static readonly int DayZero = new DateOnly(1899, 12, 30).DayNumber;
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdefABCDEF");
    private static readonly SearchValues<char> Markup = SearchValues.Create("&<>");

    private readonly Stream target;
    private readonly StreamedRows list;
    private readonly List<(string Letters, string? Style)> styles;
    private readonly byte[] rowBegins;
    private readonly byte[] rowGoesOn;
    private readonly byte[] rowEnds;
    private readonly byte[][] cellBegins;
    private readonly byte[][] cellGoesOn;
    private readonly byte[] numberBegins;
    private readonly byte[] numberEnds;
    private readonly byte[] boolBegins;
    private readonly byte[] textBegins;
    private readonly byte[] spacedTextBegins;
    private readonly byte[] textEnds;
    private byte[] block = new byte[BlockSize];
    private int filled;

    public RowWriter(Stream target, StreamedRows list, SheetPart.Sample sample)
    {
        this.target = target;
        this.list = list;
        styles = sample.Styles;
        var name = sample.Prefix.Length == 0 ? "" : $"{sample.Prefix}:";
        rowBegins = Bytes($"<{name}row r=\"");
        rowGoesOn = Bytes($"\"{string.Concat(sample.RowAttributes.Select(one => $" {one.Name}=\"{one.Value}\""))}");
        rowEnds = Bytes($"</{name}row>");
        cellBegins = [.. styles.Select(style => Bytes($"<{name}c r=\"{style.Letters}"))];
        cellGoesOn = [.. styles.Select(style => Bytes(style.Style is null ? "\"" : $"\" s=\"{style.Style}\""))];
        numberBegins = Bytes($"><{name}v>");
        numberEnds = Bytes($"</{name}v></{name}c>");
        boolBegins = Bytes($" t=\"b\"><{name}v>");
        textBegins = Bytes($" t=\"inlineStr\"><{name}is><{name}t>");
        spacedTextBegins = Bytes($" t=\"inlineStr\"><{name}is><{name}t xml:space=\"preserve\">");
        textEnds = Bytes($"</{name}t></{name}is></{name}c>");
    }

    /// <exception cref="InvalidOperationException">More values than the sample row has cells, or one that has no place in a cell.</exception>
    public void Write(long number, object?[] values)
    {
        if (values.Length > styles.Count)
            throw new InvalidOperationException($"A row of sheet '{list.Sheet}' has {values.Length} values, its sample row {styles.Count} cells.");
        Put(rowBegins);
        Put(number);
        Put(rowGoesOn);
        if (list.Height?.Invoke(values) is { } height)
            Put(Bytes(string.Create(CultureInfo.InvariantCulture, $" ht=\"{height}\" customHeight=\"1\"")));
        Put(">"u8);
        for (var column = 0; column < styles.Count; column++)
            WriteCell(column, number, column < values.Length ? values[column] : null);
        Put(rowEnds);
    }

    /// <summary>What was written is in the target then.</summary>
    public void Flush()
    {
        target.Write(block, 0, filled);
        filled = 0;
    }

    private void WriteCell(int column, long row, object? value)
    {
        Put(cellBegins[column]);
        Put(row);
        Put(cellGoesOn[column]);
        switch (value)
        {
            case null:
                Put(" />"u8);
                break;
            case string text:
                WriteText(column, row, text);
                break;
            case DateOnly day when day >= FirstSafeDay:
                WriteNumber(day.DayNumber - DayZero);
                break;
            case DateOnly day:
                WriteText(column, row, day.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture));
                break;
            case int whole:
                WriteNumber(whole);
                break;
            case long whole:
                WriteNumber(whole);
                break;
            case double number when double.IsFinite(number):
                Put(numberBegins);
                Put(Bytes(number.ToString("R", CultureInfo.InvariantCulture)));
                Put(numberEnds);
                break;
            case bool yes:
                Put(boolBegins);
                Put(yes ? "1"u8 : "0"u8);
                Put(numberEnds);
                break;
            default:
                throw new InvalidOperationException($"Cell {styles[column].Letters}{row} of sheet '{list.Sheet}' cannot hold {value} ({value.GetType().Name}).");
        }
    }

    private void WriteNumber(long number)
    {
        Put(numberBegins);
        Put(number);
        Put(numberEnds);
    }

    /// <summary>Text is marked as text, so "=1+1" is never taken for a formula.</summary>
    private void WriteText(int column, long row, string text)
    {
        if (text.Length > LongestText)
            throw new InvalidOperationException($"Cell {styles[column].Letters}{row} of sheet '{list.Sheet}': a text of {text.Length} characters is longer than Excel allows.");
        Put(text.Length > 0 && (char.IsWhiteSpace(text[0]) || char.IsWhiteSpace(text[^1]) || text.Contains('\n', StringComparison.Ordinal)) ? spacedTextBegins : textBegins);
        var left = Escaped(text).AsSpan();
        while (left.IndexOfAny(Markup) is >= 0 and var at)
        {
            Put(left[..at]);
            Put(left[at] switch { '&' => "&amp;"u8, '<' => "&lt;"u8, _ => "&gt;"u8 });
            left = left[(at + 1)..];
        }
        Put(left);
        Put(textEnds);
    }

    /// <summary>What XML cannot carry is written as Excel does: _xHHHH_ for the character, and _x005F_ before a text that only looks so.</summary>
    internal static string Escaped(string text)
    {
        if (!MayNeedEscape(text))
            return text;
        StringBuilder? escaped = null;
        for (var at = 0; at < text.Length; at++)
        {
            if (char.IsSurrogatePair(text, at))
            {
                escaped?.Append(text, at, 2);
                at++;
            }
            else if (IsUnwritable(text[at]) || LooksEscaped(text.AsSpan(at)))
            {
                escaped ??= new StringBuilder(text, 0, at, text.Length + 16);
                escaped.Append(CultureInfo.InvariantCulture, $"_x{(int)text[at]:X4}_");
            }
            else
            {
                escaped?.Append(text[at]);
            }
        }

        return escaped?.ToString() ?? text;
    }

    private static bool MayNeedEscape(ReadOnlySpan<char> text) =>
        text.Contains('_') || text.ContainsAnyInRange('\0', '\u001F') || text.ContainsAnyInRange('\uD800', '\uDFFF') || text.ContainsAnyInRange('\uFFFE', '\uFFFF');

    private static bool IsUnwritable(char c) => c is (< ' ' and not ('\t' or '\n')) or '\uFFFE' or '\uFFFF' || char.IsSurrogate(c);

    private static bool LooksEscaped(ReadOnlySpan<char> text) =>
        text.Length >= 7 && text[0] == '_' && text[1] == 'x' && text[6] == '_' && text[2..6].ContainsAnyExcept(HexDigits) == false;

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private void Put(ReadOnlySpan<byte> bytes)
    {
        MakeRoom(bytes.Length);
        bytes.CopyTo(block.AsSpan(filled));
        filled += bytes.Length;
    }

    private void Put(ReadOnlySpan<char> text)
    {
        MakeRoom(Encoding.UTF8.GetMaxByteCount(text.Length));
        filled += Encoding.UTF8.GetBytes(text, block.AsSpan(filled));
    }

    private void Put(long number)
    {
        MakeRoom(LongestNumber);
        Utf8Formatter.TryFormat(number, block.AsSpan(filled), out var length);
        filled += length;
    }

    private void MakeRoom(int length)
    {
        if (block.Length - filled >= length)
            return;
        Flush();
        if (block.Length < length)
            block = new byte[length];
    }
}
