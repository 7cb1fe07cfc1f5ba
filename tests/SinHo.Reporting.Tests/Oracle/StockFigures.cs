namespace SinHo.Reporting.Tests;

/// <summary>"Stock figures, on day T" of docs/spec/figures.md.</summary>
internal sealed class StockFigures(RegisterModel register, UnitView unit, DateOnly day, int fewMemberMax)
{
    public IEnumerable<(string Code, IEnumerable<string> Evidence)> All() =>
    [
        ("grassroots_orgs", unit.GrassrootsOn(day).Select(org => org.Code)),
        ("commune_committees", unit.OrganisationsOn(day).Where(org => org.IsCommuneCommittee).Select(org => org.Code)),
        ("subordinate_branches", unit.OrganisationsOn(day).Where(org => org.IsSubordinateBranch).Select(org => org.Code)),
        ("members", unit.MembersOn(day)),
        ("official_members", unit.MembersOn(day).Where(member => register.IsOfficial(member, day))),
        ("probationary_members", unit.MembersOn(day).Where(member => !register.IsOfficial(member, day))),
        ("branches_under_3", unit.BranchesOn(day)
            .Select(branch => branch.Code).Where(branch => register.OfficialMembersOf(branch, day) < 3)),
        ("few_member_branches", LocalBranches()
            .Select(branch => branch.Code).Where(branch => register.OfficialMembersOf(branch, day) <= fewMemberMax)),
        ("villages_without_members", Villages().Except(Residences())),
        ("villages_without_branch", Villages().Except(ServedVillages())),
        ("joint_branches", LocalBranches().Select(branch => branch.Code).Where(IsJoint)),
        ("dual_role_secretaries", new DualRoles(register, unit).PersonsOn(day)),
    ];

    private IEnumerable<OrgVersion> LocalBranches() => unit.OrganisationsOn(day).Where(org => org.IsLocalBranch);

    private IEnumerable<string> Villages() =>
        register.Villages.Where(village => village.HoldsOn(day) && unit.HasVillage(village, day)).Select(village => village.Code);

    /// <summary>Where members live, whichever branch they belong to: a village is not "white" because its member goes elsewhere.</summary>
    private IEnumerable<string> Residences() =>
        register.Memberships.Where(membership => membership.HoldsOn(day))
            .Select(membership => register.RecordOn(membership.Member, day).Residence).OfType<string>();

    private IEnumerable<string> ServedVillages() =>
        register.Services
            .Where(service => service.HoldsOn(day) && register.OrgOn(service.Branch, day) is { IsBranch: true })
            .Select(service => service.Village);

    private bool IsJoint(string branch) =>
        register.VillagesServedBy(branch, day).Count(village => register.VillageOn(village, day) is not null) >= 2;
}
