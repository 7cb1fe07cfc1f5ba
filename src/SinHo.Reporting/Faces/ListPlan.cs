using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SinHo.Reporting.Figures;

namespace SinHo.Reporting.Faces;

/// <summary>A sheet of rows and the figures that count just these.</summary>
/// <param name="Number">From 1, in the order of the report.</param>
/// <param name="FirstRows">By code of a part, "" for rows in none: which of the rows, from 0, is its first.</param>
internal sealed record ListSheet(int Number, string Name, IReadOnlyList<Figure> Figures, IReadOnlyDictionary<string, int> FirstRows)
{
    public Evidence Evidence => Figures[0].Evidence;
}

/// <summary>Which sheet holds the rows behind which figure: figures that count the same rows share one.</summary>
internal sealed class ListPlan
{
    private const int LongestSheetName = 31;

    private readonly Dictionary<Figure, ListSheet> byFigure = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, ListSheet> byCode = new(StringComparer.Ordinal);

    private ListPlan(List<ListSheet> sheets)
    {
        Sheets = sheets;
        foreach (var sheet in sheets)
        {
            foreach (var figure in sheet.Figures)
                byFigure[figure] = byCode[figure.Code] = sheet;
        }
    }

    public IReadOnlyList<ListSheet> Sheets { get; }

    /// <summary>Null where the figure has no rows.</summary>
    public ListSheet? Of(Figure figure) => byFigure.GetValueOrDefault(figure);

    /// <inheritdoc cref="Of(Figure)"/>
    public ListSheet? Of(string code) => byCode.GetValueOrDefault(code);

    public static ListPlan Make(Report report)
    {
        var groups = report.Figures.Where(figure => figure.Evidence.Count > 0)
            .GroupBy(figure => (figure.Evidence.Count, string.Join(',', figure.Evidence.Columns.Select(column => column.Key))))
            // Only what may be equal is compared.
            .SelectMany(alike => alike.Skip(1).Any() ? alike.GroupBy(figure => Print(figure.Evidence), StringComparer.Ordinal).Select(same => same.ToList()) : [alike.ToList()]);
        var order = report.Figures.ToList();
        return new([.. groups.OrderBy(same => order.FindIndex(figure => ReferenceEquals(figure, same[0]))).Select((same, index) => new ListSheet(index + 1, Name(index + 1, same), same, FirstRows(same[0].Evidence)))]);
    }

    /// <summary>Whole words only: a caption that does not fit gives way to a shorter one, or to "Danh sách".</summary>
    private static string Name(int number, IReadOnlyList<Figure> figures)
    {
        var head = string.Create(CultureInfo.InvariantCulture, $"{number}. ");
        var caption = figures.SelectMany(figure => new[] { figure.ShortCaption, figure.Caption }).FirstOrDefault(one =>
            one.Length > 0 && head.Length + one.Length <= LongestSheetName && !one.Any(letter => char.IsControl(letter) || @":\/?*[]'".Contains(letter, StringComparison.Ordinal)));
        return head + (caption ?? "Danh sách").Normalize(NormalizationForm.FormC);
    }

    private static Dictionary<string, int> FirstRows(Evidence evidence)
    {
        var first = new Dictionary<string, int>(StringComparer.Ordinal);
        if (PartColumn(evidence.Columns) is var column && column < 0)
            return first;
        foreach (var (index, row) in evidence.Rows().Index())
            first.TryAdd(row[column] as string ?? "", index);
        return first;
    }

    private static int PartColumn(IReadOnlyList<EvidenceColumn> columns)
    {
        var keys = columns.Select(column => column.Key).ToList();
        return keys.Contains(EvidenceColumn.PartCode.Key) ? keys.IndexOf(EvidenceColumn.PartCode.Key) : keys.IndexOf(EvidenceColumn.GrassrootsCode.Key);
    }

    private static string Print(Evidence evidence)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var row in evidence.Rows())
            hash.AppendData(Encoding.UTF8.GetBytes(string.Join('\u001F', row.Select(value => Convert.ToString(value, CultureInfo.InvariantCulture))) + '\n'));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
