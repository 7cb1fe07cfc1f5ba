namespace SinHo.Reporting.Reports;

/// <summary>Shares a plan out among units in proportion to something that they have, by the largest remainder: whole numbers that add up to the plan.</summary>
public static class TargetShares
{
    /// <param name="whole">What is shared out; not negative.</param>
    /// <param name="parts">Codes, each once, with what each has of it.</param>
    /// <returns>By code; of equal remainders the first code takes the one left over. Empty where nobody has anything.</returns>
    public static IReadOnlyDictionary<string, int> Of(int whole, IReadOnlyCollection<(string Code, int Weight)> parts)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(whole);
        var all = parts.Sum(part => (long)part.Weight);
        if (all == 0)
            return new Dictionary<string, int>(StringComparer.Ordinal);
        var exact = parts.Select(part => (part.Code, Share: (int)((long)whole * part.Weight / all), Remainder: (long)whole * part.Weight % all)).ToList();
        var left = whole - exact.Sum(part => part.Share);
        var favoured = exact.OrderByDescending(part => part.Remainder).ThenBy(part => part.Code, StringComparer.Ordinal).Take(left).Select(part => part.Code).ToHashSet(StringComparer.Ordinal);
        return exact.ToDictionary(part => part.Code, part => part.Share + (favoured.Contains(part.Code) ? 1 : 0), StringComparer.Ordinal);
    }
}
