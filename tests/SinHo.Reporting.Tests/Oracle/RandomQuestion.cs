namespace SinHo.Reporting.Tests;

/// <summary>A unit, a period on some days of which it existed (both days included) and a threshold, to put to both calculations.</summary>
public sealed record RandomQuestion(string Unit, DateOnly From, DateOnly To, int FewMemberMax)
{
    /// <summary>Asked on today's map: the unit need not have been there.</summary>
    public bool OnMap { get; init; }

    /// <summary>Null on the map of each day.</summary>
    public TodaysMap? MapIn(RegisterModel register) => OnMap ? TodaysMap.For(register, Unit, To) : null;

    /// <summary>Questions on today's map, every level of organisation about equally often; days before the unit was there among the periods.</summary>
    public static IEnumerable<RandomQuestion> OnTodaysMap(RegisterModel register, int seed, int count)
    {
        var dice = new Dice(seed);
        var levels = register.Organisations.ToLookup(version => version.Level).Select(level => level.ToArray()).ToArray();
        for (var i = 0; i < count; i++)
        {
            var unit = dice.Pick(dice.Pick(levels));
            var to = dice.Chance(50) ? dice.Day(unit.From, unit.To ?? Dice.End.AddYears(1)) : dice.Day(Dice.Start.AddYears(2), unit.To ?? Dice.End);
            if (unit.To <= to)
                continue;
            var from = dice.Chance(50) ? dice.Day(Dice.Start.AddYears(1), to.AddDays(1)) : to.AddYears(-dice.Number(1, 3)).AddDays(1);
            yield return new RandomQuestion(unit.Code, from > to ? to : from, to, dice.Number(0, 8)) { OnMap = true };
        }
    }

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
            // Some begin before the unit does.
            if (!register.LifeOf(unit.Code).Any(version => version.From < unit.From) && dice.Chance(20))
                from = from.AddDays(-dice.Number(1, 400));
            yield return new RandomQuestion(unit.Code, from, to, dice.Number(0, 8));
        }
    }
}
