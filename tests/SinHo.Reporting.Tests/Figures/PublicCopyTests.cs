using SinHo.Reporting.Catalog;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Reports;
using SinHo.Reporting.Tests.Exchange;
using SinHo.Reporting.Tests.Reports;
using SinHo.Reporting.Tests.Support;
using Xunit;

namespace SinHo.Reporting.Tests.Figures;

/// <summary>Attacks public copies: what every published number and every identity together leave possible for what was withheld.</summary>
public sealed class PublicCopyTests(TestCluster cluster)
{
    private static readonly Definitions Definitions = CatalogReader.Read(AppContext.BaseDirectory);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static IEnumerable<TheoryDataRow<int>> Seeds => Registers.Seeds;

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Nothing_withheld_follows_from_what_is_published(int seed)
    {
        await using var register = await TestRegister.EmptyAsync(cluster);
        await register.AcceptAsync(RandomRegister.Create(seed, 2));
        var units = await register.ColumnAsync("select distinct code::text from org_version where valid_from <= '2018-12-31' and coalesce(valid_to, 'infinity') > '2018-01-01' order by 1 limit 12");
        var small = 0;
        foreach (var (unit, name) in units.SelectMany(unit => new[] { (unit, "form-1"), (unit, "term"), (unit, "form-3") }))
        {
            try
            {
                using var report = await new ReportBuilder(register.Database, Definitions).BuildAsync(new(name, unit, Period.Year(2018), new Dictionary<string, int>(), WithEvidence: false), null, Cancel);
                small += Attack(report);
            }
            catch (UnknownNameException)
            {
                // Not made for units like this one.
            }
        }
        Assert.True(small > 0 || units.Count == 0, "No small count was ever withheld.");
    }

    [Fact]
    public void A_sum_of_one_small_part_takes_another_along()
    {
        var values = new Dictionary<string, int> { ["all"] = 20, ["a"] = 1, ["b"] = 12, ["c"] = 7, ["none"] = 0 };
        var split = new Linear([(1, "all")], [(1, "a"), (1, "b"), (1, "c"), (1, "none")], IsEquality: true);
        Assert.Equal(["a", "c"], PublicCopy.Withheld(values, ["a"], [split]).Order(StringComparer.Ordinal));
        Assert.Equal(["a"], PublicCopy.Withheld(values, ["a"], [new([(1, "a")], [(1, "all")], IsEquality: false)]));
        Assert.Equal(["a", "twin"], PublicCopy.Withheld(new Dictionary<string, int>(values) { ["twin"] = 1 }, ["a", "twin"], [new([(1, "a")], [(1, "twin")], IsEquality: true)]).Order(StringComparer.Ordinal));
    }

    /// <returns>How many small counts were withheld.</returns>
    private static int Attack(Report report)
    {
        var published = PublicCopy.Of(report).ToDictionary(figure => figure.Code);
        var secrets = report.Figures.DistinctBy(figure => figure.Code).Where(figure => figure.CountedIn is "người" or "lượt" && figure.Value is 1 or 2).ToList();
        Assert.All(secrets, secret => Assert.Null(published[secret.Code].Value));
        Assert.All(report.Figures.DistinctBy(figure => figure.Code), figure => Assert.True(published[figure.Code].Value is null || published[figure.Code].Value == figure.Value));
        var (low, high) = (new Dictionary<string, double>(), new Dictionary<string, double>());
        foreach (var figure in published.Values)
            (low[figure.Code], high[figure.Code]) = (figure.Value ?? 0, figure.Value ?? double.PositiveInfinity);
        for (var round = 0; round < 200; round++)
        {
            foreach (var statement in report.Statements)
            {
                var terms = statement.Left.Concat(statement.Right.Select(term => (Sign: -term.Sign, term.Code))).ToList();
                if (!terms.TrueForAll(term => low.ContainsKey(term.Code)))
                    continue;
                foreach (var (sign, code) in terms.Where(one => terms.Count(other => other.Code == one.Code) == 1))
                {
                    var (least, most) = (0.0, 0.0);
                    foreach (var (other, name) in terms.Where(term => term.Code != code))
                    {
                        least += other > 0 ? low[name] : -high[name];
                        most += other > 0 ? high[name] : -low[name];
                    }
                    // sign × code + others = 0, or ≤ 0.
                    if (sign > 0)
                    {
                        high[code] = Math.Min(high[code], -least);
                        low[code] = statement.IsEquality ? Math.Max(low[code], -most) : low[code];
                    }
                    else
                    {
                        low[code] = Math.Max(low[code], least);
                        high[code] = statement.IsEquality ? Math.Min(high[code], most) : high[code];
                    }
                }
            }
        }
        foreach (var secret in secrets)
        {
            var wide = high[secret.Code] - low[secret.Code] >= PublicCopy.LeastSpread && high[secret.Code] > PublicCopy.MostWithheld;
            Assert.True(wide, $"{report.Name} {report.Unit.Code}: {secret.Code} = {secret.Value} is told to {low[secret.Code]}..{high[secret.Code]}");
        }
        return secrets.Count;
    }
}
