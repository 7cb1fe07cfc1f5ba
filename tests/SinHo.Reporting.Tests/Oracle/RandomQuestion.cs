namespace SinHo.Reporting.Tests;

/// <summary>A unit, a period in which it existed (both days included) and a threshold, to put to both calculations.</summary>
public sealed record RandomQuestion(string Unit, DateOnly From, DateOnly To, int FewMemberMax)
{
    /// <summary>Questions about a register; every level of organisation is asked about equally often.</summary>
    public static IEnumerable<RandomQuestion> About(RegisterModel register, int seed, int count)
    {
        var dice = new Dice(seed);
        var levels = register.Organisations.ToLookup(version => version.Level).Select(level => level.ToArray()).ToArray();
        for (var i = 0; i < count; i++)
        {
            var unit = dice.Pick(dice.Pick(levels));
            var from = dice.Day(unit.From < Dice.Start ? Dice.Start : unit.From, unit.To ?? Dice.End);
            var to = dice.Number(1, 4) switch
            {
                1 => from,
                2 => from.AddMonths(1).AddDays(-1),
                3 => from.AddYears(1).AddDays(-1),
                _ => dice.Day(from, Dice.End.AddYears(1)),
            };
            yield return new RandomQuestion(unit.Code, from, to, dice.Number(0, 8));
        }
    }
}
