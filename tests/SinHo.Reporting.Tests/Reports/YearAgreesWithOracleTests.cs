using Npgsql;
using SinHo.Reporting.Catalog;
using SinHo.Reporting.Facts;
using SinHo.Reporting.Tests.Support;
using Xunit;

namespace SinHo.Reporting.Tests.Reports;

/// <summary>The figures of the board's year say what the second calculation says, on registers and about questions nobody looked at.</summary>
public sealed class YearAgreesWithOracleTests(TestCluster cluster)
{
    private const int QuestionsPerRegister = 5;

    private static readonly Definitions Definitions = CatalogReader.Read(AppContext.BaseDirectory);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static IEnumerable<TheoryDataRow<int>> Seeds => Registers.Seeds;

    [Theory]
    [MemberData(nameof(Seeds))]
    public Task Values_and_evidence(int seed) => cluster.CompareRandomAsync(seed, register => RandomQuestion.About(register, seed, QuestionsPerRegister), DifferencesAsync, Cancel);

    private static async Task<IEnumerable<string>> DifferencesAsync(NpgsqlDataSource database, RegisterModel register, RandomQuestion question)
    {
        var settings = new Dictionary<string, int>(StringComparer.Ordinal) { ["few_member_max"] = question.FewMemberMax };
        var differences = new List<string>();
        await using var snapshot = await Snapshot.TakeAsync(database, Cancel);
        foreach (var (code, evidence) in new YearFigures(register, new(register, question.Unit), question.From, question.To).All())
        {
            var expected = evidence.Order(StringComparer.Ordinal).ToList();
            var (set, measure) = (Definitions[code].Set, Measure.Of(code));
            var asked = new Question(new(question.From, question.To), settings);
            var counted = (await snapshot.CountAsync(set, [measure], [question.Unit], asked, Cancel)).GetValueOrDefault((question.Unit, measure));
            using var listed = await snapshot.ListAsync(set, measure, question.Unit, asked, Cancel);
            var found = listed.Rows().Select(row => (string)row[0]!).Order(StringComparer.Ordinal).ToList();
            if (counted != expected.Count || !found.SequenceEqual(expected))
                differences.Add($"{question.Unit} {question.From:O}..{question.To:O} {code}: {counted} [{string.Join(' ', found.Except(expected))}] too many, [{string.Join(' ', expected.Except(found))}] missing");
        }
        return differences;
    }
}
