namespace SinHo.Reporting.Reports;

/// <summary>What the parts of a unit are: the grassroots organisations of a superior, the branches of a committee at the grassroots. Source: docs/spec, figures, Units in time.</summary>
internal static class Parts
{
    /// <summary>Roles of the parts of a unit of the role; none for a branch.</summary>
    public static IReadOnlyList<string> RolesOf(string role) => role switch
    {
        "superior" => ["grassroots_committee", "grassroots_branch"],
        "grassroots_committee" or "sub_committee" => ["branch"],
        _ => [],
    };

    public static bool AreBranches(string role) => role is "grassroots_committee" or "sub_committee";
}
