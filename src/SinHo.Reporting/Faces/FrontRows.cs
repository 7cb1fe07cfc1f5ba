using System.Text.RegularExpressions;
using SinHo.Reporting.Faces.Templates;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Words;

namespace SinHo.Reporting.Faces;

/// <summary>One line of the table on the front page: as many halves as stand side by side, null where a half has no more lines.</summary>
/// <param name="IsPrinted">False: there for links and names, hidden on paper.</param>
internal sealed record FrontRow(bool IsPrinted, IReadOnlyList<FrontHalf?> Halves);

/// <param name="Values">By code of the column; a column that is missing stays blank.</param>
internal sealed record FrontHalf(RowLook Look, int Indent, string Mark, string Caption, IReadOnlyDictionary<string, FrontValue> Values);

/// <param name="Value">A text, an int or a decimal; null prints nothing.</param>
/// <param name="Decimals">Places behind the comma.</param>
/// <param name="Figure">Set where the value is counted.</param>
/// <param name="Label">How the figure is cited: "I.2.1"; empty where its cell has to do.</param>
internal sealed record FrontValue(object? Value, int Decimals = 0, Figure? Figure = null, string Label = "");

/// <summary>The lines of a report's front table, whatever it is made of.</summary>
internal static partial class FrontRows
{
    private const string NoBasis = "-";

    public static IReadOnlyList<FrontRow> Of(Report report) => report.Form is { } form ? [.. OfForm(form)] : [.. OfGroups(report)];

    /// <summary>What is printed, one line under another: of tables that stand side by side, the second after the first.</summary>
    public static IReadOnlyList<FrontHalf> OneUnderAnother(Report report)
    {
        if (report.Form is not { } form)
            return [.. OfGroups(report).SelectMany(row => row.Halves.OfType<FrontHalf>())];
        var rows = form.Rows.ToDictionary(row => row.Code, StringComparer.Ordinal);
        return [.. form.Halves.SelectMany(half => half).Select(code => rows[code]).Where(row => row.Printed).Select(row => Half(form, row))];
    }

    /// <summary>
    /// The text of a model cell for one line. The sign behind the mark belongs to letters and numbers: "{{mark}}. {{caption}}" gives "a. Tỉnh khác chuyển đến",
    /// "- Nữ", and without a mark "Trong đó:".
    /// </summary>
    public static string Written(string model, FrontHalf half)
    {
        var text = half.Mark.Length == 0 ? MarkPattern().Replace(model, "")
            : char.IsLetterOrDigit(half.Mark[0]) ? model
            : MarkPattern().Replace(model, match => match.Length > match.Groups["tag"].Length ? $"{match.Groups["tag"].Value} " : match.Value);
        return TemplateTags.Fill(text, name => name switch
        {
            TemplateTags.Mark => half.Mark,
            TemplateTags.Caption => half.Caption,
            _ => "",
        });
    }

    private static IEnumerable<FrontRow> OfGroups(Report report)
    {
        foreach (var (index, group) in report.PrintedGroups.Index())
        {
            var roman = Vietnamese.Roman(index + 1);
            yield return new(IsPrinted: true, [new(RowLook.Head, 0, roman, group.Caption, new Dictionary<string, FrontValue>(StringComparer.Ordinal))]);
            var counters = new List<int>();
            foreach (var figure in group.Figures)
            {
                var number = NextNumber(counters, figure.Indent);
                var look = figure.Indent == 0 ? RowLook.Main : RowLook.Detail;
                var values = About(figure);
                values["value"] = new(figure.Value, Figure: figure, Label: $"{roman}.{number}");
                yield return new(IsPrinted: true, [new(look, figure.Indent, number, figure.Caption, values)]);
            }
            foreach (var rate in group.Printed)
            {
                yield return new(IsPrinted: true, [new(rate.Indent == 0 ? RowLook.Main : RowLook.Detail, rate.Indent, NextNumber(counters, rate.Indent), rate.Caption, new Dictionary<string, FrontValue>(StringComparer.Ordinal)
                {
                    ["counted_in"] = new(rate.CountedIn),
                    ["when"] = new(rate.When),
                    ["rule"] = new(rate.Rule),
                    ["value"] = new(rate.Value, rate.Decimals),
                })]);
            }
        }
    }

    private static string NextNumber(List<int> counters, int indent)
    {
        while (counters.Count <= indent)
            counters.Add(counters.Count < indent ? 1 : 0);
        counters.RemoveRange(indent + 1, counters.Count - indent - 1);
        counters[indent]++;
        return string.Join('.', counters);
    }

    private static IEnumerable<FrontRow> OfForm(FormTable form)
    {
        var rows = form.Rows.ToDictionary(row => row.Code, StringComparer.Ordinal);
        for (var line = 0; line < form.Halves.Max(half => half.Count); line++)
        {
            var halves = form.Halves.Select(half => line < half.Count ? rows[half[line]] : null).ToList();
            yield return new(halves.Exists(row => row is { Printed: true }), [.. halves.Select(row => row is null ? null : Half(form, row))]);
        }
    }

    private static FrontHalf Half(FormTable form, FormRow row)
    {
        var values = row.Cells.Select(cell => cell.Figure).OfType<Figure>().FirstOrDefault() is { } first
            ? About(first)
            : new Dictionary<string, FrontValue>(StringComparer.Ordinal);
        foreach (var (column, cell) in form.Columns.Zip(row.Cells))
            values[column.Code] = Value(cell);
        return new(row.Look, row.Indent, row.Mark, row.Caption, values);
    }

    private static Dictionary<string, FrontValue> About(Figure figure) => new(StringComparer.Ordinal)
    {
        ["counted_in"] = new(figure.CountedIn),
        ["when"] = new(PlacedFigure.WhenOf(figure)),
        ["rule"] = new(figure.Rule),
    };

    private static FrontValue Value(FormCell cell) => cell.Kind switch
    {
        CellKind.Counted => new(cell.Figure!.Value, Figure: cell.Figure),
        CellKind.Computed => new(cell.Value, cell.Decimals),
        CellKind.Unknown => new(NoBasis),
        _ => new(null),
    };

    [GeneratedRegex(@"(?<tag>\{\{([1-9]\.)?mark\}\})[^{]*", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex MarkPattern();
}
