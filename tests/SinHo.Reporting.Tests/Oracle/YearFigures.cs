using SinHo.Reporting.Register;

namespace SinHo.Reporting.Tests;

/// <summary>"Figures of the board's year" of docs/spec/figures.md, and what forms 6 and 7 count besides.</summary>
internal sealed class YearFigures(RegisterModel register, UnitView unit, DateOnly from, DateOnly to)
{
    public IEnumerable<(string Code, IEnumerable<string> Evidence)> All() =>
    [
        ("recognised", register.Admissions.Where(one => one.Official is { } day && InPeriod(day) && BranchOn(one.Member, day) is { } branch && unit.Contains(branch, day)).Select(one => one.Member)),
        ("female_members", Members().Where(one => one.IsFemale).Select(one => one.Code)),
        ("minority_members", Members().Where(one => one.IsMinority).Select(one => one.Code)),
        ("youth_members", Members().Where(one => one.Youth).Select(one => one.Code)),
        ("religious_members", Members().Where(one => one.Religion is not null).Select(one => one.Code)),
        ("away_members", Members().Where(one => one.Away).Select(one => one.Code)),
        ("female_admissions", Admitted().Where(one => one.Record.IsFemale).Select(one => one.Record.Code)),
        ("minority_admissions", Admitted().Where(one => one.Record.IsMinority).Select(one => one.Record.Code)),
        ("youth_admissions", Admitted().Where(one => one.Admission.Youth).Select(one => one.Record.Code)),
        ("religious_admissions", Admitted().Where(one => one.Record.Religion is not null).Select(one => one.Record.Code)),
        ("branches_with_committee", Branches().Where(HasCommittee)),
        ("branches_9_without_committee", Branches().Where(branch => register.OfficialMembersOf(branch, to) >= 9 && !HasCommittee(branch))),
        ("villages", Villages()),
        ("villages_with_members", Villages().Where(village => Residents(village).Any())),
        ("villages_1_2_members", Villages().Where(village => Residents(village).Count() is 1 or 2)),
        ("villages_at_risk", Villages().Where(village => Residents(village).Any() && Residents(village).All(one => Age(one.Born, to) >= 61 || one.Excused || one.Away))),
        ("villages_own_branch", Villages().Where(IsOwn)),
        ("villages_joint_branch", Villages().Where(village => Serving(village).Any() && !IsOwn(village))),
        ("founded_branches", register.Restructurings.Where(one => InPeriod(one.Date) && one is { Role: "Sau", Form: "Thành lập" } && register.OrgOn(one.Unit, one.Date) is { IsBranch: true } && unit.Contains(one.Unit, one.Date))
            .Select(one => one.Unit).Distinct()),
        ("villages_with_branch", Villages().Where(village => Serving(village).Any())),
        ("village_heads", Villages().Where(village => Heads(village).Any())),
        ("village_heads_members", Villages().Where(village => Heads(village).Any(post => BranchOn(post.Member, to) is not null))),
        ("respected_members", register.Posts.Where(post => post.Name == "Người có uy tín" && post.HoldsOn(to) && Villages().Contains(post.Place) && BranchOn(post.Member, to) is not null).Select(post => post.Member).Distinct()),
        ("communes_with_police_branch", unit.OrganisationsOn(to).Where(one => one.IsCommuneCommittee).Select(one => one.Code)
            .Where(commune => register.Organisations.Any(one => one.HoldsOn(to) && one is { IsBranch: true, Type: "Công an" } && new UnitView(register, commune).Contains(one.Code, to)))),
        ("probation_due", unit.MembersOn(to).Where(member => !register.IsOfficial(member, to) && register.JoinedOn(member, to).AddMonths(12) <= to)),
        ("badge_due", unit.MembersOn(to).Distinct().Where(member => BadgeYears.All.Any(years => Reached(register, member, years) is { } day && InPeriod(day)
            && !register.Badges.Any(badge => badge.Member == member && badge.Years == years && badge.Date <= to)))),
        ("badges", register.Badges.Where(badge => InPeriod(badge.Date) && Held(badge) is { } day && BranchOn(badge.Member, day) is { } branch && unit.Contains(branch, day)).Select(badge => badge.Member)),
        ("source_people", register.Sources.Where(source => source.HoldsOn(to) && unit.Contains(source.Branch, to)).Select(source => source.Code)),
        ("congress_due", unit.OrganisationsOn(to).Select(one => one.Code)
            .Where(code => register.Congresses.Where(one => one.Org == code && one.Date <= to).OrderBy(one => one.Date).LastOrDefault() is { } last && InPeriod(last.Until))),
        ("rewards_of_members", register.Rewards.Where(one => InPeriod(one.Date) && BranchOn(one.Code, one.Date) is { } branch && unit.Contains(branch, one.Date)).Select(one => one.Code)),
        ("rewards_of_organisations", register.Rewards.Where(one => InPeriod(one.Date) && unit.Contains(one.Code, one.Date)).Select(one => one.Code)),
        ("cards", register.Cards.Where(one => InPeriod(one.Date) && BranchOn(one.Member, one.Date) is { } branch && unit.Contains(branch, one.Date)).Select(one => one.Member)),
        ("stays_away", register.Stays.Where(one => one.Direction == "Đi" && InPeriod(one.From) && BranchOn(one.Member, one.From) is { } branch && unit.Contains(branch, one.From)).Select(one => one.Member)),
        ("stays_here", register.Stays.Where(one => one.Direction == "Đến" && InPeriod(one.From) && unit.Contains(one.Place, one.From)).Select(one => one.Member)),
        ("transfers_out", register.Memberships.Where(one => one.To is { } day && InPeriod(day) && unit.Contains(one.Branch, day.AddDays(-1)) && IsTransfer(one.ReasonOut)
            && !(one.ReasonOut == "Chuyển nội bộ" && Next(one) is { } next && unit.Contains(next.Branch, next.From))).Select(one => one.Member)),
        ("transfers_in", register.Memberships.Where(one => InPeriod(one.From) && unit.Contains(one.Branch, one.From) && IsTransfer(one.ReasonIn)
            && !(one.ReasonIn == "Chuyển nội bộ" && Last(one) is { } last && unit.Contains(last.Branch, last.To!.Value.AddDays(-1)))).Select(one => one.Member)),
        ("organisations_to_rate", unit.OrganisationsOn(to).Where(one => !one.IsSuperior).Select(one => one.Code)),
        ("members_to_rate", unit.MembersOn(to)),
        ("members_unrated", Members().Where(one => !one.Excused && !register.MemberRatings.Any(rating => rating.Member == one.Code && rating.Year == to.Year)).Select(one => one.Code)),
        ("plan_admissions", Planned("Kết nạp đảng viên")),
        ("plan_recognised", Planned("Công nhận chính thức")),
        ("plan_branches", Planned("Phát triển tổ chức đảng")),
        ("plan_villages", Planned("Bản có chi bộ")),
    ];

    /// <summary>The first day on which somebody is on the roll, official, and of so many years of Party age; null where there is none.</summary>
    public static DateOnly? Reached(RegisterModel register, string member, int years)
    {
        var memberships = register.MembershipsOf(member).OrderBy(one => one.From).ToList();
        if (memberships.Count == 0)
            return null;
        // What is asked changes on these days only.
        var days = memberships.SelectMany(one => new[] { one.From, one.To }).Concat(register.Cycles(member).SelectMany(cycle => new DateOnly?[] { cycle.Began, cycle.Official })).OfType<DateOnly>()
            .SelectMany(day => new[] { day }.Concat(CountedFrom(register, member, day) is { } start ? [Full(start, years)] : [])).Distinct().Order();
        return days.Cast<DateOnly?>().FirstOrDefault(day => CountedFrom(register, member, day!.Value) is { } start && Full(start, years) <= day && register.IsOfficial(member, day.Value)
            && (memberships.Any(one => one.HoldsOn(day.Value)) || day < memberships[0].From));
    }

    /// <summary>The day from which Party age is counted on a day; null before any admission.</summary>
    public static DateOnly? CountedFrom(RegisterModel register, string member, DateOnly day)
    {
        DateOnly? start = null;
        foreach (var (began, _) in register.Cycles(member).Where(cycle => cycle.Began <= day).OrderBy(cycle => cycle.Began))
        {
            var first = register.Admissions.FirstOrDefault(one => one.Member == member && one.Date == began)?.Decided ?? began;
            var before = register.MembershipsOf(member).Where(one => one.From < began).OrderBy(one => one.From).LastOrDefault();
            start = start is null || before is null ? first : start.Value.AddDays(began.DayNumber - (before.To is { } end && end < began ? end : began).DayNumber);
        }
        return start;
    }

    private static DateOnly Full(DateOnly start, int years) =>
        start is { Month: 2, Day: 29 } && !DateTime.IsLeapYear(start.Year + years) ? new(start.Year + years, 3, 1) : start.AddYears(years);

    private static int Age(DateOnly born, DateOnly day) => day.Year - born.Year - (day < Full(born, day.Year - born.Year) ? 1 : 0);

    private static bool IsTransfer(string? reason) => reason?.StartsWith("Chuyển", StringComparison.Ordinal) == true;

    private bool InPeriod(DateOnly day) => from <= day && day <= to;

    private Membership? Next(Membership one) => register.MembershipsOf(one.Member).Where(other => other.From >= one.To).OrderBy(other => other.From).FirstOrDefault();

    private Membership? Last(Membership one) => register.MembershipsOf(one.Member).Where(other => other.To <= one.From).OrderBy(other => other.To).LastOrDefault();

    private IEnumerable<Member> Members() => unit.MembersOn(to).Select(member => register.RecordOn(member, to));

    private IEnumerable<(Admission Admission, Member Record)> Admitted() => unit.AdmissionsIn(from, to).Select(one => (one, register.RecordOn(one.Member, one.Date)));

    private IEnumerable<string> Branches() => unit.BranchesOn(to).Select(branch => branch.Code);

    private bool HasCommittee(string branch) => register.Posts.Any(post => post.Name == "Chi ủy viên" && post.Place == branch && post.HoldsOn(to));

    private IEnumerable<string> Villages() => register.Villages.Where(village => village.HoldsOn(to) && unit.HasVillage(village, to)).Select(village => village.Code);

    private IEnumerable<Member> Residents(string village) => register.Memberships.Where(one => one.HoldsOn(to)).Select(one => register.RecordOn(one.Member, to)).Where(one => one.Residence == village);

    private IEnumerable<string> Serving(string village) =>
        register.Services.Where(one => one.Village == village && one.HoldsOn(to) && register.OrgOn(one.Branch, to) is { IsBranch: true }).Select(one => one.Branch);

    private bool IsOwn(string village) => Serving(village).Any(branch => register.VillagesServedBy(branch, to).All(other => other == village || register.VillageOn(other, to) is null));

    private IEnumerable<Post> Heads(string village) => register.Posts.Where(post => post.Name == "Trưởng bản" && post.Place == village && post.HoldsOn(to));

    private string? BranchOn(string member, DateOnly day) => register.MembershipsOf(member).FirstOrDefault(one => one.HoldsOn(day))?.Branch;

    private DateOnly? Held(Badge badge) => badge.Posthumous ? register.MembershipsOf(badge.Member).FirstOrDefault(one => one.ReasonOut == "Từ trần")?.To?.AddDays(-1) : badge.Date;

    private IEnumerable<string> Planned(string item) => register.Plans.Where(one => one.Org == unit.Code && one.Item == item && one.Period == PlanPeriod()).Select(one => one.Org);

    private string? PlanPeriod() => register.Terms.FirstOrDefault(term => term.From == from && term.Until == to)?.Name ?? (from.Year == to.Year ? $"{to.Year}" : null);
}
