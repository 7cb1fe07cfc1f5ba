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
}
