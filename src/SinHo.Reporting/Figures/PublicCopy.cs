namespace SinHo.Reporting.Figures;

/// <summary>A linear statement over numbers of a report that everybody knows to hold: Left = Right, or Left ≤ Right.</summary>
public sealed record Linear(IReadOnlyList<(int Sign, string Code)> Left, IReadOnlyList<(int Sign, string Code)> Right, bool IsEquality)
{
    public IEnumerable<string> Codes => Left.Concat(Right).Select(term => term.Code).Distinct(StringComparer.Ordinal);
}

/// <summary>A number of a public copy; without a value where it is withheld.</summary>
public sealed record PublicFigure(string Code, string Caption, string CountedIn, int? Value);

/// <summary>
/// The figures of a unit for everybody: counts of one or two people are withheld, and so much beside them that the identities of the report do not give them
/// away. Who knows every published number and every identity cannot tell a withheld count of people to less than four values, nor that it is below three.
/// </summary>
public static class PublicCopy
{
    /// <summary>Counts of people from 1 to this are withheld.</summary>
    public const int MostWithheld = 2;

    /// <summary>Highest minus lowest value that a reader cannot rule out, at least.</summary>
    public const int LeastSpread = 3;

    private static readonly string[] People = ["người", "lượt"];

    public static IReadOnlyList<PublicFigure> Of(Report report)
    {
        var figures = report.Figures.DistinctBy(figure => figure.Code).ToList();
        var withheld = Withheld(
            figures.ToDictionary(figure => figure.Code, figure => figure.Value, StringComparer.Ordinal),
            [.. figures.Where(figure => People.Contains(figure.CountedIn) && figure.Value is > 0 and <= MostWithheld).Select(figure => figure.Code)], report.Statements);
        return [.. figures.Select(figure => new PublicFigure(figure.Code, figure.Caption, figure.CountedIn, withheld.Contains(figure.Code) ? null : figure.Value))];
    }

    /// <param name="values">All numbers, none below 0.</param>
    /// <param name="small">Those that may not be told.</param>
    /// <returns>Those and what must be withheld with them.</returns>
    public static IReadOnlySet<string> Withheld(IReadOnlyDictionary<string, int> values, IReadOnlyCollection<string> small, IReadOnlyList<Linear> statements)
    {
        var withheld = small.ToHashSet(StringComparer.Ordinal);
        var known = statements.Where(statement => statement.Codes.All(values.ContainsKey)).ToList();
        while (true)
        {
            var bounds = Bounds(values, withheld, known);
            var told = small.Where(code => bounds[code] is { High: { } high } && (high <= MostWithheld || high - bounds[code].Low < LeastSpread)).ToHashSet(StringComparer.Ordinal);
            // The smallest published number of a statement that tells goes with it; zeros last, for they are what readers look for.
            var next = known.Where(statement => statement.Codes.Any(told.Contains)).SelectMany(statement => statement.Codes).Where(code => !withheld.Contains(code))
                .OrderBy(code => values[code] == 0).ThenBy(code => values[code]).ThenBy(code => code, StringComparer.Ordinal).FirstOrDefault()
                ?? (told.Count == 0 ? null : Around(known, withheld).OrderBy(code => values[code]).ThenBy(code => code, StringComparer.Ordinal).FirstOrDefault());
            if (next is null)
                return withheld;
            withheld.Add(next);
        }
    }

    /// <summary>Published numbers of any statement that speaks of a withheld one.</summary>
    private static IEnumerable<string> Around(List<Linear> statements, HashSet<string> withheld) =>
        statements.Where(statement => statement.Codes.Any(withheld.Contains)).SelectMany(statement => statement.Codes).Where(code => !withheld.Contains(code));

    /// <summary>What a reader can tell of each number; no high where there is no end.</summary>
    private static Dictionary<string, (long Low, long? High)> Bounds(IReadOnlyDictionary<string, int> values, HashSet<string> withheld, List<Linear> statements)
    {
        var bounds = values.ToDictionary(one => one.Key, one => withheld.Contains(one.Key) ? (0L, (long?)null) : (one.Value, (long?)one.Value), StringComparer.Ordinal);
        for (var moved = true; moved;)
        {
            moved = false;
            foreach (var statement in statements)
            {
                // Every term to one side: the sum is 0, or not above it.
                var terms = statement.Left.Select(term => (term.Sign, term.Code)).Concat(statement.Right.Select(term => (-term.Sign, term.Code)))
                    .GroupBy(term => term.Code, term => term.Item1, StringComparer.Ordinal).Select(same => (Weight: same.Sum(), Code: same.Key)).Where(term => term.Weight != 0).ToList();
                foreach (var (weight, code) in terms)
                {
                    var others = terms.Where(term => term.Code != code).ToList();
                    var low = others.Aggregate((long?)0, (sum, term) => sum + (term.Weight > 0 ? term.Weight * bounds[term.Code].Item1 : term.Weight * bounds[term.Code].Item2));
                    var high = statement.IsEquality ? others.Aggregate((long?)0, (sum, term) => sum + (term.Weight > 0 ? term.Weight * bounds[term.Code].Item2 : term.Weight * bounds[term.Code].Item1)) : null;
                    var (least, most) = bounds[code];
                    // weight × code ≤ −low of the others, and of an equality ≥ −high.
                    var (newLeast, newMost) = weight > 0
                        ? (high is { } top ? Ceiling(-top, weight) : least, low is { } bottom ? Floor(-bottom, weight) : most)
                        : (low is { } base1 ? Ceiling(base1, -weight) : least, high is { } base2 ? Floor(base2, -weight) : most);
                    var after = (Math.Max(least, newLeast), most is null ? newMost : newMost is null ? most : Math.Min(most.Value, newMost.Value));
                    if (after != (least, most))
                        (bounds[code], moved) = (after, true);
                }
            }
        }
        return bounds;
    }

    private static long Floor(long dividend, long divisor) => dividend >= 0 ? dividend / divisor : -((-dividend + divisor - 1) / divisor);

    private static long Ceiling(long dividend, long divisor) => -Floor(-dividend, divisor);
}
