using System.Globalization;
using Npgsql;
using SinHo.Reporting.Catalog;
using SinHo.Reporting.Exchange;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Reports;
using SinHo.Reporting.Tests.Support;
using Xunit;

namespace SinHo.Reporting.Tests.Reports;

/// <summary>What happens on a day changes no figure of a period that ended before it: every figure, list, part and cell, on the map of each day and on that of the last day.</summary>
public sealed class PastIsStableTests(TestCluster cluster)
{
    private const int QuestionsOnEachMap = 3;

    /// <summary>After everything that a random register knows.</summary>
    private static readonly DateOnly Reform = new(2023, 6, 1);

    private static readonly Definitions Definitions = CatalogReader.Read(AppContext.BaseDirectory);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>
    /// A few: each asks seven reports of six questions, four times. In the registers of the seeds left out no district stands on the day of the reform.
    /// </summary>
    public static IEnumerable<TheoryDataRow<int>> Seeds => Registers.Seeds.Skip(1).Where(row => row.Data is not (6 or 8)).Take(6);

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Versions_village_moves_and_a_reform_move_no_figure_of_the_days_before(int seed)
    {
        var source = RandomRegister.Create(seed, 1 + seed % 3);
        var register = RegisterModel.From(source.Rows);
        var day = new DateOnly(2017, 1, 1).AddDays(seed * 53 % 1500);
        RandomQuestion[] questions =
        [
            .. RandomQuestion.About(register, seed, 60).Where(question => question.To < day).Take(QuestionsOnEachMap),
            .. RandomQuestion.OnTodaysMap(register, seed, 60).Where(question => question.To < day && register.OrgOn(question.Unit, question.To) is not null).Take(QuestionsOnEachMap),
        ];
        Assert.Equal(2 * QuestionsOnEachMap, questions.Length);

        await using var database = NpgsqlDataSource.Create(await cluster.NewRegisterAsync());
        await Registers.ImportAsync(database, source, Cancel);
        var before = await AskAsync(database, questions);
        await Registers.ImportAsync(database, LaterChange.OfRecordsAndVillages(source, seed, day), Cancel);
        Assert.Empty(Differences(before, await AskAsync(database, questions)));

        // The reform is told to the register as it was: rows of its own, villages that moved meanwhile are not among them.
        await using var other = NpgsqlDataSource.Create(await cluster.NewRegisterAsync());
        await Registers.ImportAsync(other, source, Cancel);
        await Registers.ImportAsync(other, LaterChange.OfAReform(source, seed, Reform), Cancel);
        Assert.Empty(Differences(before, await AskAsync(other, questions)));
    }

    private static IEnumerable<string> Differences(IEnumerable<string> before, IEnumerable<string> after) =>
        before.Zip(after).Where(pair => pair.First != pair.Second).Select(pair => $"{pair.First} -> {pair.Second}").Take(20);

    private static async Task<List<string>> AskAsync(NpgsqlDataSource database, IEnumerable<RandomQuestion> questions)
    {
        var builder = new ReportBuilder(database, Definitions);
        var lines = new List<string>();
        foreach (var question in questions)
        {
            var settings = new Dictionary<string, int>(StringComparer.Ordinal) { ["few_member_max"] = question.FewMemberMax };
            var request = new ReportRequest("term", question.Unit, new(question.From, question.To), settings, WithEvidence: true) { OnMap = question.OnMap };
            using (var term = await builder.BuildAsync(request, progress: null, Cancel))
                lines.AddRange(Lines(term, question));
            using (var monthly = await builder.BuildAsync(request with { Report = "monthly", WithEvidence = false }, progress: null, Cancel))
                lines.AddRange(Lines(monthly, question));
            await builder.BuildAllAsync(request with { WithEvidence = false }, "from", form =>
            {
                lines.AddRange(Lines(form, question));
                return Task.CompletedTask;
            }, progress: null, Cancel);
        }
        return lines;
    }

    private static IEnumerable<string> Lines(Report report, RandomQuestion question)
    {
        var about = string.Create(CultureInfo.InvariantCulture, $"{report.Name} {question.Unit} {question.From:yyyy-MM-dd}..{question.To:yyyy-MM-dd}{(question.OnMap ? " on today's map" : "")}");
        foreach (var figure in report.Figures)
            yield return string.Create(CultureInfo.InvariantCulture, $"{about} {figure.Code}: {figure.Value} [{string.Join(' ', figure.Evidence.Rows().Select(row => row[0]))}]");
        foreach (var part in report.Breakdown.Rows)
            yield return $"{about} part {part.Code}: {string.Join(' ', part.Values)}";
        foreach (var row in report.Bridge)
            yield return string.Create(CultureInfo.InvariantCulture, $"{about} from {row.Unit}, {row.Figure}: {row.Value}");
        foreach (var row in report.Form?.Rows ?? [])
            yield return $"{about} {row.Code}: {string.Join(' ', row.Cells.Select(cell => string.Create(CultureInfo.InvariantCulture, $"{cell.Kind}/{cell.Value}")))}";
    }
}
