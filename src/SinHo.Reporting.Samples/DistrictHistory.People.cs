using SinHo.Reporting.Register;

namespace SinHo.Reporting.Samples;

/// <content>People come into a cell, live in it and leave it.</content>
internal sealed partial class DistrictHistory
{
    /// <summary>
    /// A village of so many people or fewer takes in nobody but those planned: its branch then has few members on every day, and
    /// what happens there is the plan's to say.
    /// </summary>
    private const int SmallCell = 6;

    private enum Entry
    {
        TakenOver,
        Admitted,
        OtherProvince,
        OtherDistrict,
        Internal,
        Readmitted,
        Restored,
    }

    private const string FromProvince = "Chuyển đến từ tỉnh khác";
    private const string FromDistrict = "Chuyển đến từ huyện khác";

    private static readonly (int Month, int Day)[] Festivals = [(2, 3), (3, 26), (5, 19), (9, 2), (12, 22)];

    private void Populate(Cell cell)
    {
        var dice = Dice.Of(seed, cell.Code);
        var last = cell.Dissolved?.AddDays(-1) is { } end && end < plan.Sizing ? end : plan.Sizing;
        for (var number = 0; number < cell.Size; number++)
            AddStayer(cell, number, last, dice);
        var leavers = Share(cell.Profile.Departing * cell.Size, last, dice);
        // Those who leave a small cell leave it small on every earlier day too.
        if (IsSmall(cell))
            leavers = Math.Min(leavers, SmallCell - cell.Size);
        for (var i = 0; i < leavers; i++)
            AddLeaver(cell, last, dice);
        if (cell.Dissolved is null && plan.Sizing < plan.End)
            AddNewcomers(cell, dice);
        if (cell.IsVillage && !cell.HeadAdmitted && cell.Size > 0 && dice.Chance(45))
            At(dice.Chance(60) ? plan.Start : dice.Day(plan.Start, last), Step.Appoint, day => AppointSomeHead(cell, dice, day));
    }

    private static bool IsSmall(Cell cell) => cell is { IsVillage: true, Size: <= SmallCell };

    /// <summary>A rate per thousand and year over the days up to <paramref name="last"/>, rounded by chance.</summary>
    private int Share(int perThousandAndYear, DateOnly last, Dice dice)
    {
        var share = perThousandAndYear * (last.DayNumber - plan.Start.DayNumber) / 365;
        return share / 1000 + (dice.Below(1000) < share % 1000 ? 1 : 0);
    }

    private void AddStayer(Cell cell, int number, DateOnly last, Dice dice)
    {
        DateOnly? exit = plan.Sizing < plan.End && dice.Chance(2) ? dice.Day(plan.Sizing.AddDays(1), plan.End) : null;
        if (number < cell.FewMemberAdmissions || (cell.HeadAdmitted && number == cell.Profile.Core))
        {
            var from = cell.BranchFrom > plan.Campaign.From ? cell.BranchFrom.Value : plan.Campaign.From;
            // Now and then on the very first or last day of the term, where counting goes wrong most easily.
            var ceremony = dice.Weighted((94, AdmissionDay(from, plan.Campaign.Until, dice)), (3, from), (3, plan.Campaign.Until));
            var person = AddAdmitted(cell, ceremony, exit, true, dice);
            if (cell.HeadAdmitted && number is 0 or >= SmallCell)
                At(ceremony.AddDays(-dice.Between(200, 500)), Step.Appoint, day => AppointHead(cell, person, day));
            return;
        }
        if (number < cell.Profile.Core || IsSmall(cell) || last < plan.Start.AddMonths(6))
            AddTakenOver(cell, number < cell.Profile.Core ? null : exit, dice);
        else
            AddMover(cell, EntryOf(cell, last, dice), last, exit, dice);
    }

    private Entry EntryOf(Cell cell, DateOnly last, Dice dice)
    {
        var years = Math.Min(7, (last.DayNumber - plan.Start.DayNumber) / 365.0);
        var (admitted, arrived) = ((int)(cell.Profile.Admitted * years), (int)(cell.Profile.Arrived * years));
        return dice.Weighted(
            (1000 - admitted - arrived, Entry.TakenOver), (admitted * 49 / 50, Entry.Admitted), (admitted / 50, Entry.Readmitted),
            (arrived * 30 / 100, Entry.OtherProvince), (arrived * 25 / 100, Entry.OtherDistrict), (arrived * 44 / 100, Entry.Internal),
            (arrived / 100, Entry.Restored));
    }

    private void AddMover(Cell cell, Entry entry, DateOnly last, DateOnly? exit, Dice dice)
    {
        var first = plan.Start.AddDays(1);
        switch (entry)
        {
            case Entry.Admitted:
                AddAdmitted(cell, AdmissionDay(first, last, dice), exit, cell.IsVillage && dice.Chance(92), dice);
                break;
            case Entry.OtherProvince or Entry.OtherDistrict:
                AddArrival(cell, dice.Day(first, last), entry == Entry.OtherProvince ? FromProvince : FromDistrict, exit, dice);
                break;
            case Entry.Internal when Origin(cell, dice) is { } origin:
                AddInternal(origin, cell, dice.Day(first.AddDays(60), last), exit, dice);
                break;
            case Entry.Readmitted when last > plan.Start.AddMonths(44):
                AddReadmitted(cell, last, exit, dice);
                break;
            case Entry.Restored when last > plan.Start.AddMonths(20):
                AddRestored(cell, dice.Day(plan.Start.AddMonths(19), last), exit, dice);
                break;
            default:
                AddTakenOver(cell, exit, dice);
                break;
        }
    }

    private void AddLeaver(Cell cell, DateOnly last, Dice dice)
    {
        if (!IsSmall(cell) && last > plan.Start.AddMonths(20) && dice.Chance(25))
        {
            // Some fail their probation year and are struck off without ever becoming official.
            var failed = dice.Chance(12);
            var ceremony = AdmissionDay(plan.Start.AddDays(1), last.AddMonths(failed ? -15 : -4), dice);
            var exit = failed ? ceremony.AddMonths(12).AddDays(dice.Between(5, 60)) : dice.Day(ceremony.AddDays(90), last);
            AddAdmitted(cell, ceremony, exit, cell.IsVillage && dice.Chance(92), dice, failed ? "Xóa tên" : null);
        }
        else
        {
            AddTakenOver(cell, dice.Day(plan.Start.AddDays(20), last), dice);
        }
    }

    /// <summary>Those who come after the day of sizing.</summary>
    private void AddNewcomers(Cell cell, Dice dice)
    {
        var first = plan.Sizing.AddDays(1);
        if (cell.Size >= 3 && dice.Below(1000) < cell.Size * 22)
            AddAdmitted(cell, AdmissionDay(first, plan.End, dice), null, cell.IsVillage && dice.Chance(92), dice);
        if (!IsSmall(cell) && dice.Below(1000) < cell.Size * 8)
            AddArrival(cell, dice.Day(first, plan.End), FromDistrict, null, dice);
    }

    private void AddTakenOver(Cell cell, DateOnly? exit, Dice dice)
    {
        var person = NewVeteran(cell, plan.Start.AddDays(-1), dice);
        At(plan.Start, Step.Arrive, day => Join(person, cell, day, "Đầu kỳ"));
        PlanExit(person, exit, dice);
    }

    private Person AddAdmitted(Cell cell, DateOnly ceremony, DateOnly? exit, bool local, Dice dice, string? reason = null)
    {
        var person = NewYoung(cell, ceremony, dice);
        PlanAdmission(person, cell, ceremony, exit, local, false, dice);
        PlanExit(person, exit, dice, reason);
        return person;
    }

    private void AddArrival(Cell cell, DateOnly day, string reason, DateOnly? exit, Dice dice)
    {
        var person = NewVeteran(cell, day.AddDays(-400), dice);
        At(day, Step.Arrive, d => Join(person, cell, d, reason));
        PlanExit(person, exit, dice);
    }

    /// <summary>Somebody who was in another branch of the district before; some are on the way between the two for days.</summary>
    private void AddInternal(Cell origin, Cell cell, DateOnly day, DateOnly? exit, Dice dice)
    {
        var person = NewVeteran(cell, plan.Start.AddDays(-1), dice);
        At(plan.Start, Step.Arrive, d => Join(person, origin, d, "Đầu kỳ"));
        PlanExit(person, day.AddDays(dice.Chance(30) ? -dice.Between(1, 25) : 0), dice, "Chuyển nội bộ");
        At(day, Step.Arrive, d => Join(person, cell, d, "Chuyển nội bộ"));
        PlanExit(person, exit, dice);
    }

    /// <summary>Somebody struck off who is admitted again, at the earliest after 36 months.</summary>
    private void AddReadmitted(Cell cell, DateOnly last, DateOnly? exit, Dice dice)
    {
        var person = NewVeteran(cell, plan.Start.AddDays(-1), dice);
        var ceremony = AdmissionDay(plan.Start.AddMonths(40), last, dice);
        At(plan.Start, Step.Arrive, d => Join(person, cell, d, "Đầu kỳ"));
        PlanExit(person, dice.Day(plan.Start.AddDays(20), ceremony.AddMonths(-37)), dice, "Xóa tên");
        PlanAdmission(person, cell, ceremony, exit, cell.IsVillage, true, dice);
        PlanExit(person, exit, dice);
    }

    /// <summary>Somebody expelled whose membership is restored on appeal.</summary>
    private void AddRestored(Cell cell, DateOnly day, DateOnly? exit, Dice dice)
    {
        var person = NewVeteran(cell, plan.Start.AddDays(-1), dice);
        At(plan.Start, Step.Arrive, d => Join(person, cell, d, "Đầu kỳ"));
        PlanExit(person, day.AddMonths(-dice.Between(6, 18)), dice, "Khai trừ");
        At(day, Step.Arrive, d => Join(person, cell, d, "Phục hồi đảng tịch"));
        PlanExit(person, exit, dice);
    }

    private Cell? Origin(Cell cell, Dice dice)
    {
        var kind = cell.Kind == CellKind.CommunePolice ? CellKind.Police : cell.Kind;
        var origins = Cells.Where(c => c != cell && c.Kind == kind && c.Dissolved is null && !IsSmall(c)).ToList();
        return origins.Count == 0 ? null : dice.Pick(origins);
    }

    private void PlanAdmission(Person person, Cell cell, DateOnly ceremony, DateOnly? exit, bool local, bool again, Dice dice)
    {
        var official = ceremony.AddYears(1).AddDays(dice.Chance(4) ? dice.Between(20, 150) : 0);
        var confirmed = official <= end && (exit is null || official < exit) && dice.Below(1000) >= 3;
        var decided = ceremony.AddDays(-dice.Between(0, 25));
        At(ceremony, Step.Arrive, day =>
        {
            Register.Admit(new(person, day, $"{Number($"KN {decided.Year}")}-QĐ/HU", decided, cell.Branch!)
            {
                Official = confirmed ? official : null,
                Local = local,
                Readmission = again,
                Then = person.Education,
            });
            AppointCivilServant(person, cell, day);
        });
    }

    private void PlanExit(Person person, DateOnly? exit, Dice dice, string? reason = null)
    {
        if (exit is not { } day)
            return;
        reason ??= ReasonToLeave(person, day, dice);
        At(day, Step.Leave, _ =>
        {
            var branch = person.Branch!;
            Register.Leave(person, day, reason);
            At(day, Step.Appoint, _ => ElectIfVacant(branch, day));
        });
    }

    private static string ReasonToLeave(Person person, DateOnly day, Dice dice)
    {
        var village = person.Cell.IsVillage;
        return dice.Weighted(
            (person.AgeOn(day) >= 55 ? 120 : 8, "Từ trần"), (village ? 24 : 42, "Chuyển đi tỉnh khác"), (village ? 26 : 42, "Chuyển đi huyện khác"),
            (village ? 22 : 4, "Xóa tên"), (village ? 7 : 4, "Khai trừ"), (village ? 8 : 2, "Xin ra khỏi Đảng"));
    }

    private void Join(Person person, Cell cell, DateOnly day, string reason)
    {
        Register.Join(person, cell.Branch!, day, reason);
        AppointCivilServant(person, cell, day);
    }

    private void AppointCivilServant(Person person, Cell cell, DateOnly day)
    {
        if (person.Education.Occupation == "Cán bộ, công chức xã" && cell.Kind == CellKind.CommuneOffice)
            Register.Appoint(person, "Cán bộ, công chức xã", cell.Grassroots.Code, day);
    }

    /// <summary>A festival or any other day, now and then a leap day.</summary>
    private static DateOnly AdmissionDay(DateOnly from, DateOnly until, Dice dice)
    {
        var any = dice.Day(from, until);
        var (month, day) = dice.Pick(Festivals);
        var festival = new DateOnly(any.Year, month, day);
        var leap = new DateOnly(any.Year / 4 * 4, 2, 29);
        var wished = dice.Weighted((62, any), (36, festival), (2, leap));
        return wished >= from && wished <= until ? wished : any;
    }

    /// <summary>Somebody who has been an official member for long, admitted on or before <paramref name="until"/>.</summary>
    private Person NewVeteran(Cell cell, DateOnly until, Dice dice)
    {
        var age = cell.IsVillage
            ? dice.Weighted((40, dice.Between(22, 40)), (40, dice.Between(41, 58)), (20, dice.Between(59, 84)))
            : dice.Between(23, 54);
        var born = until.AddYears(-age).AddDays(-dice.Below(365));
        var oldest = Math.Min(age, 40);
        var joined = born.AddYears(dice.Between(Math.Min(21, oldest), oldest)).AddDays(dice.Below(300));
        if (joined > until)
            joined = until;
        var person = NewPerson(cell, age >= 59 && dice.Chance(45) ? new(new(born.Year, 1, 1), "year") : Precise(born, dice), until, dice);
        person.Joined = joined;
        person.Official = joined.AddYears(1);
        return person;
    }

    private Person NewYoung(Cell cell, DateOnly ceremony, Dice dice)
    {
        var age = dice.Weighted((60, dice.Between(19, 28)), (32, dice.Between(29, 38)), (7, dice.Between(39, 52)), (1, 18));
        // Eighteen on the very day is old enough.
        var born = ceremony.AddYears(-age).AddDays(age == 18 ? 0 : -dice.Below(360));
        return NewPerson(cell, Precise(born, dice), ceremony, dice);
    }

    private static PartialDate Precise(DateOnly born, Dice dice) =>
        born.Year < 1980 && dice.Chance(6) ? new(new(born.Year, born.Month, 1), "month") : new(born, "day");

    private Person NewPerson(Cell cell, PartialDate born, DateOnly day, Dice dice)
    {
        var woman = dice.Chance(cell.Profile.Women);
        var people = dice.Weighted((cell.Profile.Kinh, "Kinh"), (97 - cell.Profile.Kinh, dice.Pick(cell.Peoples)), (3, dice.Pick(Rare)));
        var age = day.Year - born.FirstDay.Year;
        var helper = cell.Kind == CellKind.CommuneOffice && Number($"{cell.Code} people") <= cell.Helpers;
        var education = Profile.Educate(helper ? CellKind.Village : cell.Kind, age, dice);
        var person = new Person($"{CodePrefix}{Number("members"):000000}", Names.Of(people, woman, dice), woman, people, born, education)
        {
            Cell = cell,
            Home = cell.IsVillage ? cell : HomeNearby(cell, dice),
            Religion = people switch
            {
                "Mông" => dice.Chance(5) ? "Tin Lành" : null,
                "Kinh" => dice.Weighted((92, (string?)null), (5, "Phật giáo"), (3, "Công giáo")),
                _ => null,
            },
            Youth = end.Year - born.FirstDay.Year <= 30,
            ForeignMarriage = dice.Below(1000) < 4,
            Excused = age >= 68 ? dice.Chance(35) : dice.Below(1000) < 5,
        };
        Register.Add(person);
        return person;
    }

    private static readonly string[] Rare = ["Giáy", "Hoa", "Hà Nhì", "Tày", "Khơ Mú", "Kháng"];

    private string CodePrefix => plan.Code == "SH" ? "DV" : plan.Code + ".";

    private Cell? HomeNearby(Cell cell, Dice dice)
    {
        if (!dice.Chance(40))
            return null;
        var villages = Cells.Where(c => c.IsVillage && c.Grassroots == cell.Grassroots && c.Size > SmallCell).ToList();
        return villages.Count == 0 ? null : dice.Pick(villages);
    }
}
