using System.Globalization;
using SinHo.Reporting.Register;

namespace SinHo.Reporting.Samples;

/// <summary>A row of a sheet of the board's year: its cells in the order of the columns.</summary>
internal sealed record YearRow(params object?[] Values) : IRegisterRow
{
    public object?[] Cells() => Values;
}

/// <summary>
/// Writes the sheets of the board's year from a history that has been lived: plans, badges, cards, rewards, stays, ratings, sources and congresses that
/// fit the people and organisations there are. Who sits in a committee or works far away is said of them too; nothing that other figures count changes.
/// </summary>
/// <param name="end">The last day of the history.</param>
/// <param name="code">Of the district: codes of sources begin with it.</param>
/// <param name="series">Of its cards: no two districts have one.</param>
internal sealed class BoardYear(RegisterBuilder register, string code, int series, DateOnly end, ulong seed)
{
    private static readonly int[] BadgeYears = [30, 40, 45, 50, 55, 60, 65];
    private static readonly (int Month, int Day)[] BadgeDays = [(2, 3), (5, 19), (9, 2), (11, 7)];
    private static readonly string[] Places = ["thành phố Lai Châu, tỉnh Lai Châu", "khu công nghiệp tỉnh Bắc Ninh", "khu công nghiệp tỉnh Thái Nguyên", "thành phố Điện Biên Phủ, tỉnh Điện Biên"];

    public void Write()
    {
        Plans();
        Congresses();
        foreach (var person in register.People)
            Write(person);
        Sources();
        Heads();
        foreach (var branch in register.Branches)
            Committee(branch);
    }

    private void Plans()
    {
        var organisations = register.AllOrganisations.Select(one => one.Code).ToHashSet(StringComparer.Ordinal);
        foreach (var year in register.Admissions.Where(one => one.Date.Year >= end.Year - 3).GroupBy(one => (one.Date.Year, Unit: Grassroots(one.Branch.Code))).OrderBy(one => one.Key.Year).ThenBy(one => one.Key.Unit, StringComparer.Ordinal))
        {
            if (organisations.Contains(year.Key.Unit))
                register.Add("plan", new(year.Key.Unit, Text(year.Key.Year), "Kết nạp đảng viên", Math.Max(1, year.Count() + DiceOf(year.Key.Unit, year.Key.Year).Between(-2, 1)), null));
        }
        foreach (var year in register.Admissions.Where(one => one.Date.Year >= end.Year - 3).GroupBy(one => (one.Date.Year, Unit: one.Branch.Code.Split('.')[0])).OrderBy(one => one.Key.Year).ThenBy(one => one.Key.Unit, StringComparer.Ordinal))
        {
            if (organisations.Contains(year.Key.Unit))
                register.Add("plan", new(year.Key.Unit, Text(year.Key.Year), "Kết nạp đảng viên", Math.Max(1, year.Count() * 9 / 10), null));
        }
    }

    private void Congresses()
    {
        foreach (var organisation in register.Organisations)
        {
            var dice = DiceOf(organisation.Code, 1);
            var years = organisation.IsBranch && organisation.Version.Level != "Chi bộ cơ sở" ? 30 : 60;
            var day = new DateOnly(end.Year - 1, dice.Between(1, 12), dice.Between(1, 28)).AddMonths(organisation.IsBranch ? -12 * dice.Below(2) : 0);
            if (day >= organisation.Version.From && day <= end)
                register.Add("congress", new(organisation.Code, day, null, day.AddMonths(years)));
        }
    }

    private void Write(Person person)
    {
        var dice = DiceOf(person.Code, 2);
        if (person.Membership is { To: null } here)
        {
            if (person.FirstJoined is null)
                Badges(person, here, dice);
            if (dice.Below(60) == 0)
                register.Add("reward", new(person.Code, dice.Weighted((6, "Giấy khen"), (3, "Biểu dương"), (1, "Bằng khen")), dice.Weighted((6, "Huyện ủy"), (3, "Cơ sở"), (1, "Tỉnh ủy")), new DateOnly(end.Year - 1, 2, 3).AddDays(dice.Below(300)), null));
            if (dice.Below(120) == 0)
            {
                var day = new DateOnly(end.Year - 1, 3, 1).AddDays(dice.Below(200));
                if (day >= here.From)
                    register.Add("stay", new(person.Code, "Đi", dice.Pick(Places), day, dice.Chance(60) ? day.AddMonths(dice.Between(3, 9)) : null, null, null));
            }
            GoAway(person, here, DiceOf(person.Code, 7));
            if (here.Branch.Version.Level == "Chi bộ cơ sở" && here.From.Year < end.Year)
                register.Add("member_rating", new(end.Year - 1, person.Code, dice.Weighted((18, "Hoàn thành xuất sắc nhiệm vụ"), (70, "Hoàn thành tốt nhiệm vụ"), (11, "Hoàn thành nhiệm vụ"), (1, "Không hoàn thành nhiệm vụ"))));
        }
    }

    /// <summary>Who works far away, of the young of villages: one of twenty-five.</summary>
    private void GoAway(Person person, Membership here, Dice dice)
    {
        var day = end.AddDays(-dice.Between(20, 700));
        if (here.Branch.Version.Type is "Bản" && person.AgeOn(day) is >= 20 and <= 40 && day > here.From && (person.Now.From ?? DateOnly.MinValue) < day && dice.Below(25) == 0
            && person.Posts.TrueForAll(post => post.To is not null))
        {
            person.Change(day, record => record with { Away = true });
        }
    }

    /// <summary>Branches with nine official members and more elect a committee, but for one in fifteen; the longest there sit in it.</summary>
    private void Committee(Organisation branch)
    {
        var official = branch.Members.FindAll(member => member.IsOfficialOn(end) && !member.Excused && !member.Now.Away);
        var dice = DiceOf(branch.Code, 6);
        if (official.Count < 9 || dice.Below(15) == 0)
            return;
        var elected = end.AddDays(-dice.Between(100, 900));
        foreach (var member in official.Where(member => member.Posts.TrueForAll(post => post.To is not null)).OrderBy(member => member.Membership!.From).ThenBy(member => member.Code, StringComparer.Ordinal).Take(official.Count < 25 ? 1 : 3))
        {
            var since = new[] { elected, member.Membership!.From, branch.Version.From }.Max();
            register.Appoint(member, "Chi ủy viên", branch.Code, since > member.Official ? since : member.Official!.Value);
        }
    }

    /// <summary>On the great day after the years are full, of who was here by then; now and then somebody is left waiting.</summary>
    private void Badges(Person person, Membership here, Dice dice)
    {
        var start = register.Admissions.FirstOrDefault(one => one.Member == person)?.Decided ?? person.Joined;
        foreach (var years in BadgeYears)
        {
            var due = start.AddYears(years).AddDays(1);
            var day = Enumerable.Range(0, 2).SelectMany(later => BadgeDays.Select(one => new DateOnly(due.Year + later, one.Month, one.Day))).First(one => one >= due);
            if (day <= end && due >= here.From && person.Official is not null && dice.Chance(90))
                register.Add("badge", new(person.Code, years, day, string.Create(CultureInfo.InvariantCulture, $"{dice.Between(10, 90)}-QĐ/TU"), false, false));
        }
    }

    /// <summary>Who was admitted lately was followed before it; every third branch follows somebody now.</summary>
    private void Sources()
    {
        var number = 0;
        foreach (var admission in register.Admissions.Where(one => one.Date.Year >= end.Year - 1 && one.Date <= end && !one.Readmission))
        {
            var dice = DiceOf(admission.Member.Code, 3);
            var from = admission.Date.AddDays(-dice.Between(240, 700));
            Follow(++number, dice, admission.Branch.Code, from, admission.Date.AddDays(-dice.Between(60, 200)), admission.Date, "Kết nạp", admission.Member.Code, dice.Chance(60));
            if (admission.Official is { } official && official.AddDays(45) <= end)
                register.Add("card", new(admission.Member.Code, "Phát mới", official.AddDays(45), string.Create(CultureInfo.InvariantCulture, $"{series}.{700000 + number}")));
        }
        foreach (var branch in register.Branches)
        {
            var dice = DiceOf(branch.Code, 4);
            if (dice.Below(3) == 0)
                Follow(++number, dice, branch.Code, end.AddDays(-dice.Between(30, 500)), dice.Chance(60) ? end.AddDays(-dice.Between(5, 25)) : null, null, null, null, youth: true);
        }
    }

    private void Follow(int number, Dice dice, string branch, DateOnly from, DateOnly? course, DateOnly? until, string? result, string? member, bool youth)
    {
        var people = dice.Weighted((5, "Mông"), (3, "Thái"), (1, "Dao"), (1, "Kinh"));
        var woman = dice.Chance(40);
        register.Add("source", new(
            string.Create(CultureInfo.InvariantCulture, $"{code}.NG{number:00000}"), Names.Of(people, woman, dice), woman ? "Nữ" : "Nam", new PartialDate(new(from.Year - dice.Between(19, 34), 1, 1), "year"), people,
            null, branch, from, course > from ? course : null, youth, until, result, member));
    }

    /// <summary>Villages that no member heads are headed by people outside the Party.</summary>
    private void Heads()
    {
        foreach (var village in register.Villages.Where(village => village.To is null && !register.HasHead(village.Code)))
        {
            var dice = DiceOf(village.Code, 5);
            register.Add("post", new(null, "Trưởng bản", village.Code, village.From, null, Names.Of(dice.Weighted((5, "Mông"), (4, "Thái")), woman: false, dice)));
        }
    }

    private Dice DiceOf(string key, int turn) => Dice.Of(seed, $"{key}/{turn}");

    /// <summary>Codes of branches begin with that of their grassroots organisation.</summary>
    private static string Grassroots(string branch) => string.Join('.', branch.Split('.').Take(2));

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
