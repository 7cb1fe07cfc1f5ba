using SinHo.Reporting.Figures;
using SinHo.Reporting.Register;
using SinHo.Reporting.Words;

namespace SinHo.Reporting.Reports;

/// <summary>An organisation as a letterhead needs it.</summary>
/// <param name="ReportsTo">The committee above a root of the register; null where none is written.</param>
internal sealed record OrganisationOnPaper(string Name, string Level, string Type, string? ReportsTo);

/// <summary>
/// Who writes and who stands above: names on paper are data of the levels (sql/levels.yaml), who stands where is the register's.
/// Source: docs/spec, exchange-workbook, Nơi nhận báo cáo and Levels are data; docs/spec/statistics.md 1.3 and 4.2.
/// </summary>
internal static class Letterheads
{
    /// <param name="chain">The unit, then each organisation above it up to its root, as they were on one day; at least the unit.</param>
    public static Letterhead Of(IReadOnlyList<OrganisationOnPaper> chain)
    {
        var unit = chain[0];
        var paper = PaperOf(unit);
        var above = chain.Count > 1
            ? PaperOf(chain[1]).Called(chain[1].Name, chain[1].Type).Above
            : Vietnamese.Capitals(Matching.Clean(unit.ReportsTo ?? ""));
        var body = paper.Called(unit.Name, unit.Type).Body;
        var lines = (string[])[above, body, paper.Office];
        var printed = lines.Where(line => line.Length > 0).ToList();
        return new(
            string.Join('\n', printed.SkipLast(1)),
            printed[^1],
            Vietnamese.Sentence(chain.Select(one => PaperOf(one).Called(one.Name, one.Type).Place).FirstOrDefault(place => place.Length > 0, "")),
            paper.Compiler,
            paper.Signer);
    }

    private static LevelOnPaper PaperOf(OrganisationOnPaper organisation) => Levels.Of(organisation.Level)?.Paper ?? new();
}
