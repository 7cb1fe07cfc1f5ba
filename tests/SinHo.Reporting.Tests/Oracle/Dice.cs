namespace SinHo.Reporting.Tests;

/// <summary>Seeded chance whose days often coincide: faults hide where two things happen on one day, or on two days side by side.</summary>
internal sealed class Dice
{
    /// <summary>Everything random happens from here on …</summary>
    public static readonly DateOnly Start = new(2012, 1, 1);

    /// <summary>… and before this day.</summary>
    public static readonly DateOnly End = new(2022, 1, 1);

    private readonly Random _random;
    private readonly List<DateOnly> _eventfulDays;

    public Dice(int seed)
    {
        _random = new Random(seed);
        DateOnly[] boundaries =
            [new(2015, 7, 1), new(2016, 2, 29), new(2017, 1, 1), new(2018, 2, 28), new(2019, 3, 1), new(2020, 2, 29), new(2020, 7, 1)];
        _eventfulDays =
        [
            .. boundaries.SelectMany(day => new[] { day.AddDays(-1), day, day.AddDays(1) }),
            .. Enumerable.Range(0, 12).Select(_ => AnyDay(Start, End)),
        ];
    }

    public bool Chance(int percent) => _random.Next(100) < percent;

    /// <summary>A number of at least <paramref name="least"/> and at most <paramref name="most"/>.</summary>
    public int Number(int least, int most) => _random.Next(least, most + 1);

    public T Pick<T>(IReadOnlyList<T> choices) => choices[_random.Next(choices.Count)];

    public T? PickOrNone<T>(int percent, IReadOnlyList<T> choices) => Chance(percent) && choices.Count > 0 ? Pick(choices) : default;

    /// <summary>A day from <paramref name="from"/> on and before <paramref name="before"/>, at least the first of them.</summary>
    public DateOnly Day(DateOnly from, DateOnly before)
    {
        var eventful = _eventfulDays.FindAll(day => from <= day && day < before);
        return eventful.Count > 0 && Chance(70) ? Pick(eventful) : AnyDay(from, before);
    }

    /// <summary>An end of what starts on a day and may last until a limit; null is no limit, and no end.</summary>
    public DateOnly? Until(DateOnly from, DateOnly? limit) =>
        Chance(40) || limit <= from.AddDays(1) ? limit : Day(from.AddDays(1), limit ?? End);

    private DateOnly AnyDay(DateOnly from, DateOnly before) =>
        from.AddDays(_random.Next(Math.Max(1, before.DayNumber - from.DayNumber)));
}
