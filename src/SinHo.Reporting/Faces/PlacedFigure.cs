using SinHo.Reporting.Figures;
using SinHo.Reporting.Words;

namespace SinHo.Reporting.Faces;

/// <summary>A figure and where the workbook shows it.</summary>
/// <param name="Figure">The figure.</param>
/// <param name="Label">How it is cited: "I.1.2", or its cell.</param>
/// <param name="Sheet">The sheet of figures.</param>
/// <param name="Cell">Its cell there.</param>
/// <param name="List">The sheet of its rows; null where there are none.</param>
internal sealed record PlacedFigure(Figure Figure, string Label, string Sheet, string Cell, ListSheet? List)
{
    public string When => WhenOf(Figure);

    /// <summary>"I.1.2. Đảng viên"; the caption alone where its cell is all that cites it.</summary>
    public string Cited => Label == Cell ? Figure.Caption : $"{Label}. {Figure.Caption}";

    /// <summary>Dots of a cell's code become underscores: "fig_B1_now".</summary>
    public static string NameOf(Figure figure) => $"fig_{figure.Code.Replace('.', '_')}";

    /// <summary>"đến hết 30/06/2020" for a stock, "từ 01/07/2015 đến 30/06/2020" or "năm 2016" for a flow.</summary>
    public static string WhenOf(Figure figure)
    {
        var period = figure.Period;
        if (figure.AsOf is { } day)
            return $"đến hết\n{Vietnamese.Day(day)}";
        return period == Period.Year(period.From.Year) ? period.Name : $"từ {Vietnamese.Day(period.From)}\nđến {Vietnamese.Day(period.To)}";
    }
}
