using System.Globalization;
using System.Text;
using SinHo.Reporting.Figures;

namespace SinHo.Reporting.Faces;

/// <summary>A figure and where the workbook shows it.</summary>
/// <param name="Figure">The figure.</param>
/// <param name="Group">Roman number of its group.</param>
/// <param name="Number">Its number within the group: "1", or "1.2" for the second detail of the first line.</param>
/// <param name="Cell">Its cell on the sheet of figures.</param>
/// <param name="EvidenceSheet">The sheet of its rows; null where it is 0.</param>
internal sealed record PlacedFigure(Figure Figure, string Group, string Number, string Cell, string? EvidenceSheet)
{
    private const int LongestSheetName = 31;

    public string Name => $"fig_{Figure.Code}";

    /// <summary>"đến hết 30/06/2020" for a stock, "từ 01/07/2015 đến 30/06/2020" or "năm 2016" for a flow.</summary>
    public string When
    {
        get
        {
            var period = Figure.Period;
            if (Figure.IsStock)
                return $"đến hết\n{Vietnamese.Day(period.To)}";
            return period == Period.Year(period.From.Year) ? period.Name : $"từ {Vietnamese.Day(period.From)}\nđến {Vietnamese.Day(period.To)}";
        }
    }

    /// <summary>Places all figures: one row each from <paramref name="firstRow"/> on, with one row for the heading of each group.</summary>
    public static IReadOnlyList<PlacedFigure> Place(Report report, string column, int firstRow)
    {
        var placed = new List<PlacedFigure>();
        var row = firstRow;
        foreach (var (group, index) in report.Groups.Select((group, index) => (group, index)))
        {
            var roman = Vietnamese.Roman(index + 1);
            var counters = new List<int>();
            row++;
            foreach (var figure in group.Figures)
            {
                var number = NextNumber(counters, figure.Indent);
                var cell = string.Create(CultureInfo.InvariantCulture, $"{column}{row}");
                placed.Add(new(figure, roman, number, cell, figure.Value == 0 ? null : SheetName($"{roman}.{number} {figure.Caption}")));
                row++;
            }
        }

        return placed;
    }

    private static string NextNumber(List<int> counters, int indent)
    {
        while (counters.Count <= indent)
            counters.Add(counters.Count < indent ? 1 : 0);
        counters.RemoveRange(indent + 1, counters.Count - indent - 1);
        counters[indent]++;
        return string.Join('.', counters);
    }

    /// <summary>The number makes it unique; the rest is cut between words, without the characters that Excel refuses.</summary>
    private static string SheetName(string wanted)
    {
        var allowed = new StringBuilder();
        foreach (var word in wanted.Normalize(NormalizationForm.FormC).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var clean = string.Concat(word.Where(c => !char.IsControl(c) && !@":\/?*[]'".Contains(c, StringComparison.Ordinal)));
            if (allowed.Length + clean.Length + 1 > LongestSheetName)
                break;
            if (clean.Length > 0)
                allowed.Append(allowed.Length > 0 ? " " : "").Append(clean);
        }

        return allowed.ToString().TrimEnd(',', '.', ';', '…', ' ');
    }
}
