namespace SinHo.Reporting.Tests;

/// <summary>"Flow figures, in [from, to]" of docs/spec/figures.md.</summary>
internal sealed class FlowFigures(RegisterModel register, UnitView unit, DateOnly from, DateOnly to, int fewMemberMax)
{
    public IEnumerable<(string Code, IEnumerable<string> Evidence)> All() =>
    [
        ("admissions", Admissions().Select(admission => admission.Member)),
        ("few_member_local_admissions", FewMemberLocalAdmissions().Select(admission => admission.Member)),
        ("few_member_local_admission_branches", FewMemberLocalAdmissions().Select(admission => admission.Branch).Distinct()),
        ("village_head_admissions", Admissions()
            .Where(admission => HoldsPost(admission.Member, "Trưởng bản", admission.Date)).Select(admission => admission.Member)),
        ("dual_role_secretaries_started", new DualRoles(register, unit).PersonsStartedIn(from, to)),
        ("rearranged_village_branches", Rearranged("Bản", "Khu phố")),
        ("rearranged_school_branches", Rearranged("Trường học")),
        ("dissolved_military_branches", Dissolved("Quân sự")),
        ("dissolved_agency_branches", Dissolved("Cơ quan xã")),
        ("founded_village_branches", Founded("Bản", "Khu phố")),
        ("founded_police_branches", Founded("Công an")),
        ("officials_to_village_branches", OfficialsToVillageBranches()),
        ("branch_meetings", Meetings().Select(meeting => meeting.Branch)),
        ("topical_meetings", Meetings().Where(meeting => meeting.Kind == "Chuyên đề").Select(meeting => meeting.Branch)),
        ("model_meetings", Meetings().Where(meeting => meeting.Kind == "Sinh hoạt mẫu").Select(meeting => meeting.Branch)),
        ("branches_without_meeting", unit.BranchesOn(to).Select(branch => branch.Code).Except(BranchesThatMetRegularly())),
        ("followed_branches", unit.BranchesOn(to).Select(branch => branch.Code)
            .Intersect(register.Assignments.Where(assignment => assignment.HoldsOn(to)).Select(assignment => assignment.Branch))),
        ("inspections", register.Inspections
            .Where(inspection => InPeriod(inspection.Date) && unit.Contains(inspection.Org, inspection.Date))
            .Select(inspection => inspection.Org)),
    ];

    private bool InPeriod(DateOnly day) => from <= day && day <= to;

    private bool HoldsPost(string member, string name, DateOnly day) => register.PostsOf(member, name, day).Any();

    private IEnumerable<Admission> Admissions() => unit.AdmissionsIn(from, to);

    private IEnumerable<Admission> FewMemberLocalAdmissions() =>
        Admissions().Where(admission => admission.Local
            && register.OrgOn(admission.Branch, admission.Date) is { IsLocalBranch: true }
            && register.OfficialMembersOf(admission.Branch, admission.Date.AddDays(-1)) <= fewMemberMax);

    private IEnumerable<string> Rearranged(params string[] types) =>
        Restructured("Trước", types, "Sáp nhập", "Chia tách", "Kiện toàn", "Đổi tên", "Chuyển trực thuộc");

    private IEnumerable<string> Dissolved(params string[] types) => Restructured("Trước", types, "Giải thể");

    private IEnumerable<string> Founded(params string[] types) => Restructured("Sau", types, "Thành lập");

    /// <summary>What a branch was is asked on the day before the decision took effect, what it became on that day.</summary>
    private IEnumerable<string> Restructured(string role, string[] types, params string[] forms) =>
        register.Restructurings
            .Where(r => InPeriod(r.Date) && r.Role == role && forms.Contains(r.Form)
                && IsOfType(r.Unit, types, role == "Trước" ? r.Date.AddDays(-1) : r.Date))
            .Select(r => r.Unit)
            .Distinct();

    private bool IsOfType(string branch, string[] types, DateOnly day) =>
        register.OrgOn(branch, day) is { IsBranch: true } version && types.Contains(version.Type) && unit.Contains(branch, day);

    private IEnumerable<string> OfficialsToVillageBranches() =>
        register.Memberships
            .Where(m => InPeriod(m.From) && m.ReasonIn == "Chuyển nội bộ" && m.Basis == "26-NQ/TW"
                && register.OrgOn(m.Branch, m.From) is { IsResidential: true } && unit.Contains(m.Branch, m.From)
                && HoldsPost(m.Member, "Cán bộ, công chức xã", m.From))
            .Select(m => m.Member)
            .Distinct();

    private IEnumerable<Meeting> Meetings() =>
        register.Meetings.Where(meeting => InPeriod(meeting.Date) && unit.Contains(meeting.Branch, meeting.Date));

    private IEnumerable<string> BranchesThatMetRegularly() =>
        register.Meetings.Where(meeting => InPeriod(meeting.Date) && meeting.Kind == "Thường kỳ").Select(meeting => meeting.Branch);
}
