namespace SinHo.Reporting.Workbooks;

/// <summary>
/// Numbers of the pages that are signed, by sheet: "Trang 3/7" counts these alone, whatever lists are printed with them. A program knows only how many pages
/// it prints at once, so the number of all of them is written out.
/// </summary>
/// <param name="First">By name of a sheet the number of its first page.</param>
public sealed record SignedPages(IReadOnlyDictionary<string, int> First, int Total)
{
    public static SignedPages Of(IEnumerable<(string Sheet, int Pages)> sheets)
    {
        var first = new Dictionary<string, int>(StringComparer.Ordinal);
        var next = 1;
        foreach (var (sheet, pages) in sheets.Where(sheet => sheet.Pages > 0))
        {
            first[sheet] = next;
            next += pages;
        }
        return new(first, next - 1);
    }
}
