using SinHo.Reporting.Register;
using SinHo.Reporting.Words;

namespace SinHo.Reporting.Exchange;

/// <summary>The row that names the columns of a sheet.</summary>
/// <param name="Number">Row number that Excel shows.</param>
/// <param name="Cells">Texts by column from the left; null where blank.</param>
internal sealed record CaptionRow(int Number, IReadOnlyList<string?> Cells)
{
    /// <summary>Captions stand in the first of so many rows that holds <see cref="Fewest"/> of the sheet's; a title may stand above them.</summary>
    public const int LastPlace = 20;

    private const int Fewest = 2;

    private const int MostLookedAt = 100;

    private static readonly string RemoveKey = Matching.Key(SheetDefinition.RemoveCaption);

    private static readonly (string Suffix, LegacyCode Code)[] Codes = [("(tcvn3)", LegacyCode.Tcvn3), ("(vni)", LegacyCode.Vni)];

    /// <summary>Whether the row holds the captions of the sheet.</summary>
    public static bool IsCaptionsOf(SheetDefinition definition, IReadOnlyList<object?> cells) => cells
        .Select(cell => cell is string { Length: < 200 } text ? KeyOf(text) : "")
        .Distinct()
        .Count(key => key.Length > 0 && (key == RemoveKey || definition.Columns.Any(column => Matching.Key(column.Caption) == key || (column.OtherCaption is { } other && Matching.Key(other) == key)))) >= Fewest;

    /// <summary>The captions that are nearly some of the sheet's, where with them the row would hold enough; else none.</summary>
    public static IReadOnlyList<(string Written, string Caption)> NearlyCaptionsOf(SheetDefinition definition, IReadOnlyList<object?> cells)
    {
        var texts = cells.Take(MostLookedAt).OfType<string>().Where(text => text.Length < 200 && !ColumnReader.IsBlank(text)).Distinct().ToList();
        var nearly = texts.Select(text => (Written: Matching.Clean(text), definition.Columns.FirstOrDefault(column => IsNearly(text, column.Caption))?.Caption))
            .Where(pair => pair.Caption is not null && KeyOf(pair.Written) != Matching.Key(pair.Caption)).Select(pair => (pair.Written, pair.Caption!)).ToList();
        var exact = texts.Count(text => definition.Columns.Any(column => Matching.Key(column.Caption) == KeyOf(text)));
        return nearly.Count > 0 && nearly.Count + exact >= Fewest ? nearly : [];
    }

    public static CaptionRow From(SourceRow row) => new(row.Number, [.. row.Cells.Select(ColumnReader.Show)]);

    /// <summary>The captions of a sheet by its name: row 1 where there are none.</summary>
    public static CaptionRow Of(string sheet, IEnumerable<SourceRow> rows)
    {
        var definition = ExchangeWorkbook.Sheets.FirstOrDefault(known => Matching.Key(known.Name) == Matching.Key(sheet));
        var first = new CaptionRow(1, []);
        foreach (var row in rows.TakeWhile(row => row.Number <= LastPlace))
        {
            if (row.Number == 1)
                first = From(row);
            if (definition is null)
                break;
            if (IsCaptionsOf(definition, row.Cells))
                return From(row);
        }
        return first;
    }

    /// <summary>The key under which a caption is known, without the name of an old code behind it.</summary>
    public static string KeyOf(string caption)
    {
        var key = Matching.Key(caption);
        foreach (var (suffix, _) in Codes)
        {
            if (key.EndsWith(suffix, StringComparison.Ordinal) && key.Length > suffix.Length)
                return key[..^suffix.Length].TrimEnd();
        }
        return key;
    }

    /// <summary>The old code in which the column is written, by what stands behind its caption: Họ và tên (TCVN3).</summary>
    public static LegacyCode? CodeOf(string caption) =>
        Matching.Key(caption) is var key && Codes.FirstOrDefault(code => key.EndsWith(code.Suffix, StringComparison.Ordinal)) is { Suffix: not null } found ? found.Code : null;

    /// <summary>
    /// Whether an unknown caption is nearly that one: equal without marks, spaces and punctuation, one edit away (two from 12 letters on), or its
    /// beginning in two or more whole words.
    /// </summary>
    public static bool IsNearly(string written, string caption)
    {
        if (written.Length > 2 * caption.Length + 20)
            return false;
        var (typed, meant) = (NearestWord.Letters(written), NearestWord.Letters(caption));
        if (typed.Length == 0)
            return false;
        if (typed == meant || NearestWord.Edits(typed, meant) <= (meant.Length >= 12 ? 2 : 1))
            return true;
        var (words, whole) = (Words(written), Words(caption));
        return words.Length >= 2 && words.Length < whole.Length && whole.AsSpan(0, words.Length).SequenceEqual(words);
    }

    private static string[] Words(string text) =>
        [.. Matching.Bare(text).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(NearestWord.Letters).Where(word => word.Length > 0)];
}
