using SinHo.Reporting.Figures;
using SinHo.Reporting.Words;

namespace SinHo.Reporting.Faces;

/// <summary>The figures of a report as lines of plain text, for a terminal or a log of a run.</summary>
public static class TextFace
{
    private const int Indent = 2;
    private const int WidestCaption = 64;
    private const int WidestColumn = 14;

    public static void Write(Report report, TextWriter to)
    {
        to.WriteLine(report.Title);
        if (report.Edition.Number.Length > 0)
            to.WriteLine($"{report.Edition.Number} ({report.Edition.Basis})");
        to.WriteLine($"{report.Unit.Name}, {report.Period.Name} ({Vietnamese.Day(report.Period.From)} - {Vietnamese.Day(report.Period.To)})");
        foreach (var notice in report.Notices.Append(report.BeyondData).OfType<string>())
            to.WriteLine($"Lưu ý: {notice}");
        if (report.Groups.Count > 0)
            WriteGroups([.. report.PrintedGroups], to);
        if (report.Form is { } form)
            WriteForm(form, to);
        to.WriteLine();
        WriteChecks(report, to);
    }

    /// <summary>How much was proved, and what failed.</summary>
    public static void WriteChecks(Report report, TextWriter to)
    {
        var failed = report.Checks.Where(check => !check.Ok).ToList();
        to.WriteLine($"Đã chứng minh {report.Checks.Count(check => check.Ok && check.Times > 0)} đẳng thức qua {Vietnamese.Number(report.Checks.Sum(check => check.Times))} phép so sánh; {(failed.Count == 0 ? "không có sai lệch" : $"{failed.Count} đẳng thức SAI")}.");
        foreach (var check in failed)
            to.WriteLine($"KHÔNG ĐẠT: {check.Caption}: {check.Detail}");
    }

    private static void WriteGroups(IReadOnlyList<FigureGroup> groups, TextWriter to)
    {
        var lines = groups.SelectMany(group => Lines(group)).ToList();
        var widest = lines.Max(line => Indent * (line.Indent + 1) + line.Caption.Length);
        var longest = lines.Max(line => line.Value.Length);
        foreach (var group in groups)
        {
            to.WriteLine();
            to.WriteLine(group.Caption);
            foreach (var (indent, words, value, counted) in Lines(group))
            {
                var caption = new string(' ', Indent * (indent + 1)) + words;
                to.WriteLine($"{caption.PadRight(widest)}  {value.PadLeft(longest)} {counted}");
            }
        }

        static IEnumerable<(int Indent, string Caption, string Value, string CountedIn)> Lines(FigureGroup group) =>
            group.Figures.Select(figure => (figure.Indent, figure.Caption, Vietnamese.Number(figure.Value), figure.CountedIn))
                .Concat(group.Printed.Select(rate => (rate.Indent, rate.Caption, Vietnamese.Number(rate.Value!.Value, rate.Decimals), rate.CountedIn)));
    }

    /// <summary>The rows that would be printed; long captions are folded, long heads too.</summary>
    private static void WriteForm(FormTable form, TextWriter to)
    {
        var rows = form.Rows.Where(row => row.Printed).ToList();
        var columns = form.Columns.Select((column, index) => (
            Head: Folded(column.Caption, WidestColumn),
            Values: rows.ConvertAll(row => row.Cells.Count == 0 ? "" : Written(row.Cells[index])))).ToList();
        var widths = columns.ConvertAll(column => column.Head.Concat(column.Values).Max(text => text.Length));
        var captions = rows.ConvertAll(row => Folded(new string(' ', Indent * row.Indent) + (row.Mark.Length > 0 ? $"{row.Mark} " : "") + row.Caption, WidestCaption));
        var widest = captions.Max(caption => caption.Max(line => line.Length));
        to.WriteLine();
        for (var line = 0; line < columns.Max(column => column.Head.Count); line++)
            to.WriteLine(Line("", widest, columns.Select((column, index) => (column.Head.ElementAtOrDefault(line) ?? "").PadLeft(widths[index]))));
        foreach (var (index, caption) in captions.Index())
        {
            foreach (var head in caption.SkipLast(1))
                to.WriteLine(head);
            to.WriteLine(Line(caption[^1], widest, columns.Select((column, place) => column.Values[index].PadLeft(widths[place]))));
        }
    }

    private static string Line(string caption, int widest, IEnumerable<string> cells) => $"{caption.PadRight(widest)}  {string.Join("  ", cells)}".TrimEnd();

    private static string Written(FormCell cell) => cell switch
    {
        { Kind: CellKind.Unknown } => "-",
        { Value: { } value } => Vietnamese.Number((double)value),
        _ => "",
    };

    private static List<string> Folded(string text, int width)
    {
        var lines = new List<string>();
        var rest = text;
        while (rest.Length > width && rest.LastIndexOf(' ', width) is var space && space > rest.Length - rest.TrimStart().Length)
        {
            lines.Add(rest[..space]);
            rest = new string(' ', rest.Length - rest.TrimStart().Length) + rest[(space + 1)..];
        }
        lines.Add(rest);
        return lines;
    }

    /// <summary>The rows of a figure, columns apart by tabs: to read, or to paste into a sheet.</summary>
    public static void WriteList(Figure figure, TextWriter to)
    {
        to.WriteLine(string.Join('\t', figure.Evidence.Columns.Select(column => column.Caption)));
        foreach (var row in figure.Evidence.Rows())
            to.WriteLine(string.Join('\t', row.Select(value => value is DateOnly day ? Vietnamese.Day(day) : value?.ToString())));
    }
}
