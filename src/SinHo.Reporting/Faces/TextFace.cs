using SinHo.Reporting.Figures;

namespace SinHo.Reporting.Faces;

/// <summary>The figures of a report as lines of plain text, for a terminal or a log of a run.</summary>
public static class TextFace
{
    public static void Write(Report report, TextWriter to)
    {
        const int indent = 2;
        var widest = report.Figures.Max(figure => indent * (figure.Indent + 1) + figure.Caption.Length);
        var longest = report.Figures.Max(figure => Vietnamese.Number(figure.Value).Length);
        to.WriteLine(report.Title);
        to.WriteLine($"{report.Unit.Name}, {report.Period.Name} ({Vietnamese.Day(report.Period.From)} - {Vietnamese.Day(report.Period.To)})");
        foreach (var group in report.Groups)
        {
            to.WriteLine();
            to.WriteLine(group.Caption);
            foreach (var figure in group.Figures)
            {
                var caption = new string(' ', indent * (figure.Indent + 1)) + figure.Caption;
                to.WriteLine($"{caption.PadRight(widest)}  {Vietnamese.Number(figure.Value).PadLeft(longest)} {figure.CountedIn}");
            }
        }
    }

    /// <summary>The rows of a figure, columns apart by tabs: to read, or to paste into a sheet.</summary>
    public static void WriteList(Figure figure, TextWriter to)
    {
        to.WriteLine(string.Join('\t', figure.Evidence.Columns.Select(column => column.Caption)));
        foreach (var row in figure.Evidence.Rows())
            to.WriteLine(string.Join('\t', row.Select(value => value is DateOnly day ? Vietnamese.Day(day) : value?.ToString())));
    }
}
