using SinHo.Reporting.Reports;
using Xunit;

namespace SinHo.Reporting.Tests.Reports;

/// <summary>Plans are shared out in whole numbers that add up.</summary>
public sealed class TargetSharesTests
{
    [Fact]
    public void Of_equal_remainders_the_first_code_takes_what_is_left()
    {
        var shares = TargetShares.Of(10, [("C", 1), ("A", 1), ("B", 1), ("D", 0)]);
        Assert.Equal(("A", 4, "B", 3, "C", 3, "D", 0), ("A", shares["A"], "B", shares["B"], "C", shares["C"], "D", shares["D"]));
        Assert.Equal(1, TargetShares.Of(1, [("B", 5), ("A", 5)])["A"]);
    }

    [Fact]
    public void The_largest_remainder_comes_first()
    {
        // 7 · 50/100 = 3,5; 7 · 30/100 = 2,1; 7 · 20/100 = 1,4.
        var shares = TargetShares.Of(7, [("A", 20), ("B", 30), ("C", 50)]);
        Assert.Equal((1, 2, 4), (shares["A"], shares["B"], shares["C"]));
    }

    [Fact]
    public void Nothing_is_shared_among_those_who_have_nothing() => Assert.Empty(TargetShares.Of(5, [("A", 0), ("B", 0)]));

    [Fact]
    public void Shares_add_up_keep_to_their_quota_and_do_not_depend_on_the_order()
    {
        var random = new Random(20140);
        for (var turn = 0; turn < 2_000; turn++)
        {
            var whole = random.Next(turn % 7 == 0 ? int.MaxValue : 400);
            var parts = Enumerable.Range(0, random.Next(1, 60)).Select(number => (Code: $"X{number:00}", Weight: random.Next(4) == 0 ? 0 : random.Next(turn % 5 == 0 ? int.MaxValue : 300))).ToList();
            var all = parts.Sum(part => (long)part.Weight);
            var shares = TargetShares.Of(whole, parts);
            if (all == 0)
                continue;
            Assert.Equal(whole, shares.Values.Sum(share => (long)share));
            Assert.Equal(parts.Count, shares.Count);
            foreach (var (code, weight) in parts)
            {
                var quota = (decimal)whole * weight / all;
                Assert.InRange(shares[code], decimal.Floor(quota), decimal.Ceiling(quota));
            }
            // Whoever got one more had no smaller remainder, and of equal ones no later code.
            var more = parts.Where(part => shares[part.Code] > decimal.Floor((decimal)whole * part.Weight / all)).Select(Rank).ToList();
            var less = parts.Where(part => shares[part.Code] <= (long)whole * part.Weight / all).Select(Rank).ToList();
            Assert.True(more.Count == 0 || less.Count == 0 || more.Max().CompareTo(less.Min()) < 0);
            Assert.Equal(shares.OrderBy(share => share.Key, StringComparer.Ordinal), TargetShares.Of(whole, [.. parts.OrderBy(_ => random.Next())]).OrderBy(share => share.Key, StringComparer.Ordinal));

            (long, string) Rank((string Code, int Weight) part) => (-((long)whole * part.Weight % all), part.Code);
        }
    }
}
