namespace SinHo.Reporting.Benchmarks;

/// <summary>How much is measured.</summary>
/// <param name="Organisations">Organisations of one district.</param>
/// <param name="Members">Members of one district.</param>
/// <param name="ImportDistricts">Sizes of the registers imported, in districts.</param>
/// <param name="RegisterDistricts">Sizes of the registers in which one district is reported on; from 1 upwards.</param>
/// <param name="EvidenceDistricts">How many districts' members one list holds; at most those of the largest register.</param>
/// <param name="Runs">Runs of which the median is taken.</param>
internal sealed record Sizes(
    int Organisations, int Members, IReadOnlyList<int> ImportDistricts, IReadOnlyList<int> RegisterDistricts, IReadOnlyList<int> EvidenceDistricts, int Runs)
{
    /// <summary>Minutes: 100,000 memberships imported, a register of 100 districts, a list of 100,000 rows.</summary>
    public static Sizes Full { get; } = new(350, 3_900, [1, 19], [1, 10, 100], [3, 26], Runs: 5);

    /// <summary>A minute: lists of 10,000 and of 100,000 rows alone.</summary>
    public static Sizes Lists { get; } = new(350, 3_900, [], [1, 26], [3, 26], Runs: 1);

    /// <summary>Minutes: the search alone, among a million people.</summary>
    public static Sizes Search { get; } = new(350, 3_900, [], [216], [], Runs: 5);

    /// <summary>Seconds: that everything still runs and gives the same figures, not how fast.</summary>
    public static Sizes Smoke { get; } = new(30, 300, [1], [1, 3], [1, 2], Runs: 1);
}
