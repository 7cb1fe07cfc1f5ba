namespace SinHo.Reporting.Register;

/// <summary>Years of Party age for which a badge is given.</summary>
public static class BadgeYears
{
    public static IReadOnlyList<int> All { get; } = [30, 40, 45, 50, 55, 60, 65, 70, 75, 80, 85, 90];
}
