using System.Globalization;
using System.Text;

namespace SinHo.Reporting.Exchange;

/// <summary>What a number format makes its reader see, as far as a cell's meaning depends on it. Made once per distinct code.</summary>
internal sealed class CellFormat
{
    /// <summary>Excel takes no longer code; one that is longer shows its number plainly.</summary>
    public const int LongestCode = 255;

    /// <summary>From this number on Excel shows a cell without a format of its own as 3.80123E+11.</summary>
    private const double FirstScientific = 1e11;

    /// <summary>A number as it is.</summary>
    public static readonly CellFormat General = new("General");

    private readonly List<(char Kind, string Text)> tokens = [];
    private readonly bool general;
    private readonly bool masked;

    private CellFormat(string code)
    {
        Tokenize(code.Length > LongestCode ? "General" : code);
        general = tokens is [('G', _)] or [];
        var hasTime = Has('h') || Has('s');
        var hasMonth = tokens.Select((token, index) => (token, index)).Any(pair => pair.token.Kind == 'm' && !IsMinutes(pair.index));
        var (hasDay, hasYear) = (Has('d'), Has('y'));
        IsDate = !Has('G') && (hasDay || hasMonth || hasYear || hasTime || Has('m'));
        Precision = hasDay || hasTime || !hasYear ? "day" : hasMonth ? "month" : "year";
        ShowsDayAndYear = !IsDate || (hasYear && hasDay) || !(hasYear || hasDay || hasMonth);
        IsScientific = !IsDate && Has('E');
        // One plain 0 shows nothing that the number does not.
        masked = !IsDate && !general && !IsScientific && tokens.TrueForAll(token => token.Kind is '0' or '#' or 'l')
            && Has('0') && tokens.Sum(token => token.Kind == '0' ? token.Text.Length : token.Kind == 'l' ? 2 : 0) >= 2;
    }

    /// <summary>Shows a number as a day, a month, a year or a time.</summary>
    public bool IsDate { get; }

    /// <summary>How much of a birth date is shown: "day", "month" or "year".</summary>
    public string Precision { get; }

    /// <summary>False where a date is shown in part, so that what was typed is not what dd/MM/yyyy would say.</summary>
    public bool ShowsDayAndYear { get; }

    /// <summary>Shows powers of ten.</summary>
    public bool IsScientific { get; }

    /// <summary>Never fails: what is no format of Excel's shows plain numbers.</summary>
    public static CellFormat Of(string code) => code.Length is 0 or > LongestCode ? General : new(code);

    /// <summary>A number format that every Excel has under the same number; some show dates in East Asian editions only.</summary>
    public static CellFormat BuiltIn(int number) => number switch
    {
        11 or 48 => new("0.00E+00"),
        16 => new("d-mmm"),
        17 => new("mmm-yy"),
        18 or 19 or 20 or 21 or (>= 45 and <= 47) => new("h:mm:ss"),
        22 => new("dd/mm/yyyy h:mm"),
        14 or 15 or (>= 27 and <= 36) or (>= 50 and <= 58) => new("dd/mm/yyyy"),
        _ => General,
    };

    /// <summary>The number as its reader sees it where that says more than the number: leading zeros, or powers of ten; else null.</summary>
    public ShownNumber? Shown(double number)
    {
        if (IsScientific || (general && Math.Abs(number) >= FirstScientific && double.IsInteger(number)))
            return new(number, number.ToString("0.#####E+00", CultureInfo.InvariantCulture), IsScientific: true);
        return masked && number is >= 0 and < 1e15 && double.IsInteger(number) ? new(number, Masked(number.ToString("0", CultureInfo.InvariantCulture)), IsScientific: false) : null;
    }

    /// <summary>A day as it is shown: 12/12 stays 12/12. The name of a month is written as its number.</summary>
    public string Shown(DateTime moment)
    {
        var text = new StringBuilder();
        foreach (var (token, index) in tokens.Select((token, index) => (token, index)))
        {
            text.Append(token.Kind switch
            {
                'y' => moment.ToString(token.Text.Length > 2 ? "yyyy" : "yy", CultureInfo.InvariantCulture),
                'd' when token.Text.Length <= 2 => moment.ToString(token.Text.Length == 2 ? "dd" : "%d", CultureInfo.InvariantCulture),
                'm' when !IsMinutes(index) => moment.ToString(token.Text.Length == 2 ? "MM" : "%M", CultureInfo.InvariantCulture),
                'l' => token.Text == "-" ? "/" : token.Text,
                _ => "",
            });
        }
        return text.ToString().Trim();
    }

    /// <summary>Digits fill the places from the right; what is left over goes before the first.</summary>
    private string Masked(string digits)
    {
        var text = new StringBuilder();
        var left = digits.Length;
        var first = tokens.FindIndex(token => token.Kind is '0' or '#');
        for (var index = tokens.Count - 1; index >= 0; index--)
        {
            var (kind, places) = tokens[index];
            if (kind == 'l')
            {
                text.Insert(0, places);
                continue;
            }
            for (var place = 0; place < places.Length; place++)
            {
                if (left > 0)
                    text.Insert(0, digits[--left]);
                else if (kind == '0')
                    text.Insert(0, '0');
            }
            if (index == first && left > 0)
                text.Insert(0, digits[..left]);
        }
        return text.ToString();
    }

    private bool Has(char kind) => tokens.Exists(token => token.Kind == kind);

    /// <summary>m after hours or before seconds.</summary>
    private bool IsMinutes(int index)
    {
        for (var before = index - 1; before >= 0; before--)
        {
            if (tokens[before].Kind is 'h' or 's')
                return true;
            if (tokens[before].Kind is 'd' or 'm' or 'y')
                break;
        }
        for (var after = index + 1; after < tokens.Count; after++)
        {
            if (tokens[after].Kind == 's')
                return true;
            if (tokens[after].Kind is 'd' or 'm' or 'y' or 'h')
                break;
        }
        return false;
    }

    /// <summary>The first section of the code: runs of one letter, and l for what is written as it stands.</summary>
    private void Tokenize(string code)
    {
        if (code.StartsWith("General", StringComparison.OrdinalIgnoreCase))
        {
            tokens.Add(('G', "General"));
            return;
        }
        for (var at = 0; at < code.Length && code[at] != ';'; at++)
        {
            switch (code[at])
            {
                case '"':
                    var end = code.IndexOf('"', at + 1);
                    end = end < 0 ? code.Length : end;
                    Literal(code[(at + 1)..end]);
                    at = end;
                    break;
                case '\\' or '!' when at + 1 < code.Length:
                    Literal(code[++at].ToString());
                    break;
                case '_' or '*':
                    at++;
                    break;
                case '[':
                    var close = code.IndexOf(']', at);
                    close = close < 0 ? code.Length : close;
                    if (code.AsSpan(at + 1, Math.Max(0, close - at - 1)) is [var unit, ..] && char.ToLowerInvariant(unit) is 'h' or 's' or 'm' && IsElapsed(code[(at + 1)..close]))
                        tokens.Add((char.ToLowerInvariant(code[at + 1]) == 'm' ? 'h' : char.ToLowerInvariant(code[at + 1]), "h"));
                    at = close;
                    break;
                case 'E' or 'e' when at + 1 < code.Length && code[at + 1] is '+' or '-':
                    tokens.Add(('E', "E"));
                    at++;
                    break;
                case 'A' or 'a' when code.AsSpan(at).StartsWith("AM/PM", StringComparison.OrdinalIgnoreCase):
                    tokens.Add(('h', "h"));
                    at += 4;
                    break;
                case 'd' or 'D' or 'm' or 'M' or 'y' or 'Y' or 'h' or 'H' or 's' or 'S' or '0' or '#' or '?':
                    Run(char.ToLowerInvariant(code[at]) == '?' ? '#' : char.ToLowerInvariant(code[at]));
                    break;
                case '.' or ',' or '%' or '@':
                    tokens.Add((code[at], code[at].ToString()));
                    break;
                default:
                    Literal(code[at].ToString());
                    break;
            }
        }
    }

    private static bool IsElapsed(string inside) => inside.All(letter => char.ToLowerInvariant(letter) == char.ToLowerInvariant(inside[0]));

    private void Literal(string text)
    {
        if (text.Length > 0)
            tokens.Add(('l', text));
    }

    private void Run(char kind)
    {
        if (tokens is [.., var last] && last.Kind == kind)
            tokens[^1] = (kind, last.Text + kind);
        else
            tokens.Add((kind, kind.ToString()));
    }
}
