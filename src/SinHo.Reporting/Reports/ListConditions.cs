using System.Globalization;
using SinHo.Reporting.Catalog;
using SinHo.Reporting.Figures;

namespace SinHo.Reporting.Reports;

/// <summary>
/// Conditions on the columns of a list as they stand in an address and in a saved list: "ethnicity=Thái|Mông;age=18..30;joined=2015-01-01..;religion=~".
/// Between words "|", "~" for no value, "!~" for any; both ends of a range are included and one may be left out.
/// </summary>
public static class ListConditions
{
    private const string Missing = "~";
    private const string Present = "!~";
    private const string Dots = "..";

    /// <summary>Columns that conditions may be put on: of words, numbers and days. Names are looked for by the words of the list.</summary>
    public static IEnumerable<EvidenceColumn> Columns(IndicatorSet set) =>
        set.Columns.Values.Where(column => set.Words.ContainsKey(column.Key) || column.Kind is EvidenceKind.Number or EvidenceKind.Date);

    /// <exception cref="UnknownNameException">A column or a value that the set does not have.</exception>
    public static Condition Read(IndicatorSet set, string? written) => string.IsNullOrEmpty(written) ? Condition.None : new(written.Split(';').Select(one => ReadOne(set, one)));

    public static string Write(Condition where) => string.Join(';', where.Tests.Select(test => $"{test.Column}={test.Kind switch
    {
        TestKind.Missing => Missing,
        TestKind.Present => Present,
        TestKind.OneOf => string.Join('|', test.OrMissing ? test.Words.Append(Missing) : test.Words),
        _ => $"{End(test.Least)}{Dots}{End(test.Most)}",
    }}"));

    /// <summary>The conditions with another one on a column; null for none.</summary>
    public static Condition With(Condition where, string column, Test? test) =>
        new([.. where.Tests.Where(one => one.Column != column), .. test is null ? (Test[])[] : [test]]);

    /// <summary>A range of a column; null where both ends are open.</summary>
    public static Test? Between(string column, object? least, object? most) => least is null && most is null ? null : new(column, TestKind.Between, [], least, most);

    /// <summary>One of these values, of which null is no value; null where there is none.</summary>
    public static Test? OneOf(string column, IReadOnlyCollection<string?> values) => values.Count == 0 ? null
        : values.All(value => value is null) ? new(column, TestKind.Missing, [])
        : new(column, TestKind.OneOf, [.. values.OfType<string>().Order(StringComparer.Ordinal)]) { OrMissing = values.Contains(null) };

    /// <summary>The values that pass a test of words; null is no value.</summary>
    public static IReadOnlyList<string?> Values(Test? test) => test switch
    {
        { Kind: TestKind.Missing } => [null],
        { Kind: TestKind.OneOf } => [.. test.Words, .. test.OrMissing ? (string?[])[null] : []],
        _ => [],
    };

    private static Test ReadOne(IndicatorSet set, string written)
    {
        if (written.Split('=', 2) is [var key, var value] && Columns(set).FirstOrDefault(column => column.Key == key) is { } column)
        {
            if (value is Missing or Present)
                return new(key, value == Missing ? TestKind.Missing : TestKind.Present, []);
            if (set.Words.TryGetValue(key, out var words))
            {
                var said = value.Split('|');
                if (said.All(word => word == Missing || words.Contains(word)))
                    return OneOf(key, [.. said.Select(word => word == Missing ? null : word)])!;
            }
            else if (value.Split(Dots) is [var least, var most] && Read(column.Kind, least, out var from) && Read(column.Kind, most, out var to) && Between(key, from, to) is { } range)
            {
                return range;
            }
        }
        throw new UnknownNameException($"Điều kiện lọc “{written}” không dùng được cho danh sách này; hãy bỏ và chọn lại.");
    }

    private static bool Read(EvidenceKind kind, string text, out object? end)
    {
        end = null;
        if (text.Length == 0)
            return true;
        if (kind == EvidenceKind.Number && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            end = number;
        else if (kind == EvidenceKind.Date && DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            end = day;
        return end is not null;
    }

    private static string End(object? end) => end is DateOnly day ? day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"{end}");
}
