using SinHo.Reporting.Catalog;
using SinHo.Reporting.Facts;
using Xunit;

namespace SinHo.Reporting.Tests.Facts;

/// <summary>Every rule of docs/spec/figures.md, told as a case in sql/indicators/*.cases.yaml and counted by the program itself.</summary>
public sealed class IndicatorCasesTests(CaseRegister register) : IClassFixture<CaseRegister>
{
    private static readonly Definitions _definitions = CatalogReader.Read(AppContext.BaseDirectory);
    private static readonly Dictionary<string, IReadOnlyList<IndicatorCase>> _cases =
        _definitions.Sets.ToDictionary(set => set.Name, set => IndicatorCase.Of(set.Name));

    public static TheoryData<string, string> Cases() =>
        [.. _cases.SelectMany(file => file.Value.Select(one => new TheoryDataRow<string, string>(file.Key, one.Case)))];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Case(string set, string sentence)
    {
        var cancel = TestContext.Current.CancellationToken;
        var one = _cases[set].Single(one => one.Case == sentence);
        await register.HoldAsync(one.Given, cancel);

        await using var snapshot = await Snapshot.TakeAsync(register.Database, cancel);
        var question = new Question(
            new(one.Asked.From, one.Asked.To), new Dictionary<string, int>(StringComparer.Ordinal) { ["few_member_max"] = one.Asked.FewMemberMax });
        foreach (var (figure, expected) in one.Expect)
        {
            var of = _definitions[figure].Set;
            var measure = new Measure(figure, one.Where);
            var counts = await snapshot.CountAsync(of, [measure], [one.Asked.Unit], question, cancel);
            using var evidence = await snapshot.ListAsync(of, measure, one.Asked.Unit, question, cancel);
            var codes = evidence.Rows().Select(row => (string)row[0]!).Order(StringComparer.Ordinal);

            Assert.Equal($"{figure}: {string.Join(", ", expected)}", $"{figure}: {string.Join(", ", codes)}");
            Assert.Equal(expected.Count, counts.GetValueOrDefault((one.Asked.Unit, measure)));
        }
    }

    /// <summary>A figure that no case counts would be right by luck.</summary>
    [Fact]
    public void Every_figure_is_counted_in_a_case()
    {
        var counted = _cases.Values.SelectMany(file => file).SelectMany(one => one.Expect).Where(answer => answer.Value.Count > 0).Select(answer => answer.Key);

        Assert.Empty(_definitions.Sets.SelectMany(set => set.Indicators).Select(indicator => indicator.Code).Except(counted));
    }
}
