namespace SinHo.Reporting.Tests;

/// <summary>"Stock figures, on day T" of docs/spec/figures.md.</summary>
internal sealed class StockFigures(RegisterModel register, UnitView unit, DateOnly day, int fewMemberMax)
{
    public IEnumerable<(string Code, IEnumerable<string> Evidence)> All() =>
    [
        ("grassroots_orgs", unit.GrassrootsOn(day).Select(org => org.Code)),
        ("commune_committees", unit.GrassrootsOn(day)
            .Where(org => org.Level == "Đảng bộ cơ sở" && org.Type is "Xã" or "Phường" or "Thị trấn").Select(org => org.Code)),
        ("subordinate_branches", SubordinateBranches().Select(org => org.Code)),
        ("members", unit.MembersOn(day)),
        ("official_members", unit.MembersOn(day).Where(member => register.IsOfficial(member, day))),
        ("probationary_members", unit.MembersOn(day).Where(member => !register.IsOfficial(member, day))),
        ("branches_under_3", unit.BranchesOn(day)
            .Select(branch => branch.Code).Where(branch => register.OfficialMembersOf(branch, day) < 3)),
        ("few_member_branches", SubordinateBranches()
            .Select(branch => branch.Code).Where(branch => register.OfficialMembersOf(branch, day) <= fewMemberMax)),
        ("villages_without_members", Villages().Except(Residences())),
        ("villages_without_branch", Villages().Except(ServedVillages())),
        ("joint_branches", SubordinateBranches().Select(branch => branch.Code).Where(IsJoint)),
        ("dual_role_secretaries", new DualRoles(register, unit).PersonsOn(day)),
    ];

    private IEnumerable<OrgVersion> SubordinateBranches() => unit.OrganisationsOn(day).Where(org => org.IsSubordinateBranch);

    private IEnumerable<string> Villages() =>
        register.Villages.Where(village => village.HoldsOn(day) && unit.Contains(village.Commune, day)).Select(village => village.Code);

    /// <summary>Where members live, whichever branch they belong to: a village is not "white" because its member goes elsewhere.</summary>
    private IEnumerable<string> Residences() =>
        register.Memberships.Where(membership => membership.HoldsOn(day))
            .Select(membership => register.Member(membership.Member).Residence).OfType<string>();

    private IEnumerable<string> ServedVillages() =>
        register.Services
            .Where(service => service.HoldsOn(day) && register.OrgOn(service.Branch, day) is { IsBranch: true })
            .Select(service => service.Village);

    private bool IsJoint(string branch) =>
        register.VillagesServedBy(branch, day).Count(village => register.Villages.Any(v => v.Code == village && v.HoldsOn(day))) >= 2;
}
