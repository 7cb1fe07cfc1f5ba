namespace SinHo.Reporting.Samples;

/// <summary>
/// Reproducible chance: SplitMix64 (Steele, Lea, Flood 2014). The numbers of a seed never change with the runtime, unlike
/// those of <see cref="Random"/>, and each key has its own sequence, so that a change in one village leaves the others as they were.
/// </summary>
internal sealed class Dice(ulong seed)
{
    private ulong state = seed;

    /// <summary>The dice of one place, independent of the order in which places are asked.</summary>
    public static Dice Of(ulong seed, string key) =>
        new(key.Aggregate(seed ^ 0xCBF29CE484222325, (hash, letter) => unchecked((hash ^ letter) * 0x100000001B3)));

    /// <summary>A number from 0 to <paramref name="bound"/> - 1.</summary>
    public int Below(int bound) => (int)(Next() % (ulong)bound);

    /// <summary>A number from <paramref name="least"/> to <paramref name="most"/>, both included.</summary>
    public int Between(int least, int most) => least + Below(most - least + 1);

    public bool Chance(int percent) => Below(100) < percent;

    /// <summary>A day from <paramref name="from"/> to <paramref name="until"/>, both included.</summary>
    public DateOnly Day(DateOnly from, DateOnly until) => from.AddDays(Below(until.DayNumber - from.DayNumber + 1));

    public T Pick<T>(IReadOnlyList<T> list) => list[Below(list.Count)];

    /// <summary>One of the values, each as likely as its weight says.</summary>
    public T Weighted<T>(params ReadOnlySpan<(int Weight, T Value)> choices)
    {
        var total = 0;
        foreach (var (weight, _) in choices)
            total += weight;
        var left = Below(total);
        foreach (var (weight, value) in choices)
        {
            if ((left -= weight) < 0)
                return value;
        }
        throw new ArgumentException("The choices have no weight.", nameof(choices));
    }

    private ulong Next()
    {
        unchecked
        {
            var z = state += 0x9E3779B97F4A7C15;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }
}
