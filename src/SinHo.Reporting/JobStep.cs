using SinHo.Reporting.Words;

namespace SinHo.Reporting;

/// <summary>How far a long job is.</summary>
/// <param name="Phase">What is being done, in Vietnamese; a phase is one bar.</param>
/// <param name="Detail">What of it just now; null where there is nothing to add.</param>
/// <param name="Share">How much of the phase is done, 0 to 1; null where nobody can say.</param>
public readonly record struct JobStep(string Phase, string? Detail = null, double? Share = null)
{
    /// <summary>So many of so many.</summary>
    public static JobStep Of(string phase, string? detail, int done, int total) => new(phase, detail, total == 0 ? 1 : (double)done / total);
}
