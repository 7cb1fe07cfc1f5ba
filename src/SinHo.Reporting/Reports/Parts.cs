namespace SinHo.Reporting.Reports;

/// <summary>What the parts of a unit are: the grassroots organisations of a superior, the branches of a committee at the grassroots. Source: docs/spec, figures, Units in time.</summary>
internal static class Parts
{
    /// <summary>Levels of the parts of a unit of the level; none for a branch.</summary>
    public static IReadOnlyList<string> LevelsOf(string level) => level switch
    {
        "Đảng bộ huyện" => ["Đảng bộ cơ sở", "Chi bộ cơ sở"],
        "Đảng bộ cơ sở" or "Đảng bộ bộ phận" => ["Chi bộ trực thuộc", "Chi bộ cơ sở"],
        _ => [],
    };

    public static bool AreBranches(string level) => level is "Đảng bộ cơ sở" or "Đảng bộ bộ phận";
}
