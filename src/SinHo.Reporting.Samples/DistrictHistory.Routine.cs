using System.Globalization;

namespace SinHo.Reporting.Samples;

/// <content>What comes back month by month and year by year: elections, meetings, assignments, inspections, ratings.</content>
internal sealed partial class DistrictHistory
{
    private static readonly string[] Subjects =
    [
        "Việc chấp hành Điều lệ Đảng và nền nếp sinh hoạt chi bộ",
        "Việc thực hiện Nghị quyết Trung ương 4 khóa XII",
        "Công tác kết nạp đảng viên",
        "Việc thu, nộp và sử dụng đảng phí",
        "Việc thực hiện quy chế làm việc của cấp ủy",
    ];

    /// <summary>A branch of nine official members or more elects a committee, and so a deputy secretary (Điều lệ Đảng, Điều 24).</summary>
    private const int DeputyFrom = 9;

    private readonly Dice routine;

    private void PlanRoutine()
    {
        At(plan.Start, Step.Appoint, day => ElectEverywhere(day, 100));
        for (var day = new DateOnly(plan.Start.Year, 6, 15).AddYears(1); day <= plan.End; day = day.AddMonths(30))
            At(day, Step.Appoint, d => ElectEverywhere(d, 20));
        for (var year = plan.Start.Year; year <= plan.End.Year; year++)
            PlanYear(year);
        PlanCommittees(plan.Start.AddDays(1));
        for (var year = plan.Start.Year; year <= plan.End.Year; year++)
        {
            if (year % 5 == 0 && new DateOnly(year, 5, 20) is var congress && congress > plan.Start)
                PlanCommittees(congress);
        }
        var campaign = new DateOnly(2018, 7, 1);
        if (campaign > plan.Start)
            At(campaign, Step.Appoint, AssignOfficials);
    }

    private void PlanCommittees(DateOnly day)
    {
        At(day, Step.Appoint, ElectCommittees);
        At(day.AddDays(60), Step.Appoint, AssignCommitteeMembers);
    }

    private void PlanYear(int year)
    {
        for (var month = new DateOnly(year, 1, 1); month.Year == year; month = month.AddMonths(1))
        {
            for (var day = 3; day <= 5; day++)
                At(month.AddDays(day - 1), Step.Meet, HoldRegularMeetings);
            At(month.AddDays(routine.Between(14, 18)), Step.Meet, day => HoldMeetings(day, "Chuyên đề", 8));
            At(month.AddDays(routine.Between(20, 26)), Step.Meet, day => HoldMeetings(day, "Sinh hoạt mẫu", 2));
            At(month.AddDays(routine.Between(8, 20)), Step.Meet, Inspect);
        }
        At(new(year, 12, 31), Step.Meet, _ => Rate(year));
    }

    private void ElectEverywhere(DateOnly day, int percent)
    {
        foreach (var branch in Register.Branches.ToList())
        {
            if (routine.Chance(percent))
                ElectAnew(branch, day);
            if (branch.Members.Count(p => p.IsOfficialOn(day)) >= DeputyFrom)
                ElectDeputy(branch, day);
        }
    }

    private void ElectDeputy(Organisation branch, DateOnly day)
    {
        var candidates = Candidates(branch, day);
        if (candidates.Count > 0)
            Register.ElectDeputy(branch, Dice.Of(seed, $"{branch.Code} deputy {day:O}").Pick(candidates), day);
    }

    private void ElectIfVacant(Organisation branch, DateOnly day)
    {
        if (branch is { Holds: true, Secretary: null })
            ElectAnew(branch, day);
    }

    /// <summary>Village heads are not elected by chance: who is secretary and head at once is the story's to say.</summary>
    private static List<Person> Candidates(Organisation branch, DateOnly day) =>
        branch.Members.FindAll(p => p != branch.Secretary?.Holder && p.IsOfficialOn(day) && !p.Excused && p.Holds("Trưởng bản") is null);

    private void ElectAnew(Organisation branch, DateOnly day)
    {
        var candidates = Candidates(branch, day);
        if (candidates.Count > 0)
            Register.Elect(branch, Dice.Of(seed, $"{branch.Code} {day:O}").Pick(candidates), day);
    }

    private void AppointSomeHead(Cell cell, Dice dice, DateOnly day)
    {
        var candidates = cell.Branch!.Members.Where(p => p.Cell == cell && p != cell.Branch.Secretary?.Holder && p.AgeOn(day) < 60).ToList();
        if (candidates.Count > 0 && cell.Head is not { To: null })
            AppointHead(cell, dice.Pick(candidates), day);
    }

    /// <summary>One person becomes both secretary and village head: the head is elected, or else the secretary appointed.</summary>
    public void PlanDualRole(Cell cell, DateOnly day) => At(day, Step.Appoint, _ =>
    {
        var branch = cell.Branch!;
        if (cell.Head is { To: null, Holder: var head } && head.Branch == branch && head.IsOfficialOn(day))
            Register.Elect(branch, head, day);
        else
            MakeSecretaryHead(cell, branch, day);
    });

    private void MakeSecretaryHead(Cell cell, Organisation branch, DateOnly day)
    {
        if (branch.Secretary?.Holder.Cell != cell && branch.Members.Find(p => p.Cell == cell && p.IsOfficialOn(day)) is { } resident)
            Register.Elect(branch, resident, day);
        if (branch.Secretary is { } secretary)
            AppointHead(cell, secretary.Holder, day);
    }

    public void PlanEndOfHead(Cell cell, DateOnly day) => At(day, Step.Appoint, _ => EndHead(cell, day));

    private void AppointHead(Cell cell, Person person, DateOnly day)
    {
        EndHead(cell, day);
        cell.Head = Register.Appoint(person, "Trưởng bản", cell.Village!.Code, day);
    }

    private void EndHead(Cell cell, DateOnly day)
    {
        if (cell.Head is { To: null } head)
            Register.End(head, day);
    }

    private void ElectCommittees(DateOnly day)
    {
        foreach (var committee in Register.Organisations.Where(o => o.Version.Level == "Đảng bộ cơ sở").ToList())
            ElectCommittee(committee.Code, "Đảng ủy viên", 9, [.. MembersUnder(committee)], day);
        var cadres = Register.Branches.Where(b => b.Version.Type != "Bản").SelectMany(b => b.Members).ToList();
        ElectCommittee(district.Code, "Huyện ủy viên", 33, cadres, day);
    }

    private void ElectCommittee(string place, string post, int seats, List<Person> members, DateOnly day)
    {
        foreach (var former in committees.GetValueOrDefault(place, []).Where(p => p.To is null))
            Register.End(former, day);
        var elected = members.Where(p => p.IsOfficialOn(day) && !p.Excused).OrderBy(_ => routine.Below(1_000_000)).Take(seats).ToList();
        committees[place] = [.. elected.Select(person => Register.Appoint(person, post, place, day))];
    }

    private readonly Dictionary<string, IReadOnlyList<Post>> committees = [];

    private IEnumerable<Person> MembersUnder(Organisation committee) =>
        Register.Branches.Where(b => GrassrootsCode(b) == committee.Code).SelectMany(b => b.Members);

    /// <summary>Each branch gets a member of its committee; those with few members one of the district committee too.</summary>
    private void AssignCommitteeMembers(DateOnly day)
    {
        foreach (var branch in Register.Branches.ToList())
        {
            foreach (var former in branch.Assignments.Where(a => a.To is null).ToList())
                Register.End(former, day);
            Assign(branch, "Đảng ủy viên", GrassrootsCode(branch), 80, day);
            if (branch.Members.Count(p => p.IsOfficialOn(day)) < SmallCell)
                Assign(branch, "Huyện ủy viên", district.Code, 50, day);
        }
    }

    private void Assign(Organisation branch, string role, string committee, int percent, DateOnly day)
    {
        // Whoever sits in both committees follows a branch for one of them.
        var free = committees.GetValueOrDefault(committee, []).Where(p => p.To is null).Select(p => p.Holder)
            .Where(person => !branch.Assignments.Exists(a => a.Member == person && a.From == day)).ToList();
        if (free.Count > 0 && routine.Chance(percent))
            Register.Assign(routine.Pick(free), branch, role, day);
    }

    /// <summary>Commune officials look after the branches with few members.</summary>
    private void AssignOfficials(DateOnly day)
    {
        foreach (var cell in Cells.Where(IsSmall).DistinctBy(c => c.Branch))
        {
            var officials = MembersUnder(cell.Grassroots).Where(p => p.Holds("Cán bộ, công chức xã") is not null).ToList();
            if (officials.Count > 0)
                Register.Assign(routine.Pick(officials), cell.Branch!, "Cán bộ xã phụ trách", day);
        }
    }

    /// <summary>The committee above a branch, whichever code the branch was given once; a Chi bộ cơ sở below the district is its own, below a commune the commune's.</summary>
    private string GrassrootsCode(Organisation branch) =>
        branch.Version.Level != "Chi bộ cơ sở" ? string.Join('.', branch.Version.Parent!.Split('.').Take(2))
        : branch.Version.Parent == district.Code ? branch.Code : branch.Version.Parent!;

    private void HoldRegularMeetings(DateOnly day)
    {
        foreach (var branch in Register.Branches)
        {
            if (branch.Code.Sum(letter => letter) % 3 + 3 == day.Day && routine.Below(1000) >= 8)
                Hold(branch, day, "Thường kỳ");
        }
    }

    private void HoldMeetings(DateOnly day, string kind, int percent)
    {
        foreach (var branch in Register.Branches)
        {
            if (routine.Chance(percent))
                Hold(branch, day, kind);
        }
    }

    private void Hold(Organisation branch, DateOnly day, string kind)
    {
        var due = branch.Members.Count(p => !p.Excused);
        if (due > 0)
            Register.Add(new Meeting(branch.Code, day, kind, due, Enumerable.Range(0, due).Count(_ => routine.Chance(93))));
    }

    private void Inspect(DateOnly day)
    {
        foreach (var organisation in Register.Organisations.Where(o => o.Version.Level is not ("Đảng bộ huyện" or "Đảng bộ tỉnh")))
        {
            if (routine.Below(1000) >= 12)
                continue;
            var number = Number($"KH {day.Year}");
            Register.Add(new Inspection(
                string.Create(CultureInfo.InvariantCulture, $"{number:00}-KH/UBKTHU ({plan.Code} {day.Year})"), organisation.Code, day,
                routine.Chance(40) ? "Giám sát" : "Kiểm tra", routine.Pick(Subjects),
                routine.Chance(85) ? "Cơ bản thực hiện tốt" : "Còn khuyết điểm, đã yêu cầu khắc phục"));
        }
    }

    private void Rate(int year)
    {
        foreach (var organisation in Register.Organisations.Where(o => o.IsBranch || o.Version.Level == "Đảng bộ cơ sở"))
        {
            var grade = plan.Ratings.GetValueOrDefault(organisation.Code) ?? routine.Weighted((18, "Hoàn thành xuất sắc nhiệm vụ"),
                (62, "Hoàn thành tốt nhiệm vụ"), (18, "Hoàn thành nhiệm vụ"), (2, "Không hoàn thành nhiệm vụ"));
            Register.Add(new Rating(year, organisation.Code, grade));
        }
    }
}
