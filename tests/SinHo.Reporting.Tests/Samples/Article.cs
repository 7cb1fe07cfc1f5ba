using Xunit;

namespace SinHo.Reporting.Tests.Samples;

/// <summary>What the newspaper told of the term 2015-2020: the SQL and the second calculation must both count it. Source: issue 2, section 6.</summary>
internal static class Article
{
    public static TheoryData<string, int> District => new()
    {
        { "grassroots_orgs", 55 },
        { "commune_committees", 22 },
        { "subordinate_branches", 310 },
        { "members", 3882 },
        { "few_member_local_admissions", 64 },
        { "few_member_local_admission_branches", 48 },
        { "village_head_admissions", 7 },
        { "dual_role_secretaries_started", 20 },
        { "rearranged_village_branches", 49 },
        { "rearranged_school_branches", 11 },
        { "dissolved_military_branches", 2 },
        { "dissolved_agency_branches", 11 },
        { "founded_village_branches", 1 },
        { "founded_police_branches", 11 },
        { "officials_to_village_branches", 184 },
    };

    public static TheoryData<string, int> PaTan => new()
    {
        { "subordinate_branches", 18 },
        { "members", 170 },
        { "few_member_branches", 6 },
        { "branches_under_3", 0 },
        { "villages_without_members", 0 },
    };
}
