namespace SinHo.Reporting.Faces;

/// <summary>
/// Where the pages of a front sheet end. All breaks are set by hand, so both programs end the pages alike: a heading keeps its next row, and the block of
/// signatures is whole and has the last rows of the table above it.
/// </summary>
/// <param name="Page">Height of the printed area in points, at the size of the sheet.</param>
/// <param name="Repeated">Height of the rows that come again on every page after the first.</param>
internal sealed record PageBreaks(double Page, double Repeated)
{
    /// <summary>Lines of the table that stay with the signatures.</summary>
    public const int RowsAboveSignatures = 3;

    // Printers and programs round heights in their own way.
    private const double Sure = 0.97;

    /// <param name="heights">Height of every row from 1 on, 0 where it is hidden.</param>
    /// <param name="staysWithNext">Rows that may not end a page.</param>
    /// <param name="block">First row of those that stay together up to the last one.</param>
    /// <returns>Rows that are the last of their page.</returns>
    public IReadOnlyList<int> Find(IReadOnlyList<double> heights, Func<int, bool> staysWithNext, int block)
    {
        var breaks = new List<int>();
        var (first, used, room) = (1, 0d, Page * Sure);
        for (var row = 1; row <= heights.Count; row++)
        {
            var needed = row == block ? heights.Skip(block - 1).Sum() : heights[row - 1];
            if (used + needed > room && row > first)
            {
                var last = row - 1;
                while (last > first && staysWithNext(last))
                    last--;
                breaks.Add(last);
                first = last + 1;
                room = Page * Sure - Repeated;
                used = heights.Skip(last).Take(row - 1 - last).Sum();
            }

            used += heights[row - 1];
        }

        return breaks;
    }
}
