namespace SinHo.Reporting.Samples;

/// <content>The years after those of the plan: the same district lives on, its people grow older, until it ends in the reform.</content>
internal sealed partial class DistrictHistory
{
    private static readonly int[] _perThousandAndYear = [34, 8, 35];

    /// <summary>What happens in this part of a life is told by versions of records, so that nothing before it changes.</summary>
    private bool isLater;

    /// <summary>Goes on from the last day so far to a later one.</summary>
    public void LiveOn(DateOnly until, Reform reform, Action planMore)
    {
        var first = end.AddDays(1);
        (end, isLater) = (until, true);
        calendar.Clear();
        foreach (var admission in Register.Admissions)
            ConfirmLater(admission, first);
        foreach (var person in Register.People.ToList())
            GrowOlder(person, first);
        foreach (var cell in Cells.Where(c => c.Dissolved is null && c.Branch is not null && c.Size > 0).ToList())
            ComeAndGo(cell, first);
        for (var year = first.Year; year <= end.Year; year++)
            PlanYear(year);
        for (var day = new DateOnly(first.Year, 6, 15).AddYears(1); day <= end; day = day.AddMonths(30))
            At(day, Step.Appoint, d => ElectEverywhere(d, 20));
        planMore();
        PlanReform(reform);
        Happen();
    }

    /// <summary>Who was still on probation on the last day so far is confirmed a year after the ceremony, if he stays.</summary>
    private static void ConfirmLater(Admission admission, DateOnly first)
    {
        var (person, official) = (admission.Member, admission.Date.AddYears(1));
        if (official >= first && admission.Official is null && person.Membership is not null && person.Joined == admission.Date)
            admission.Official = person.Official = official;
    }

    /// <summary>Retirement, the end of the Youth Union, a degree, excuse from meetings.</summary>
    private void GrowOlder(Person person, DateOnly first)
    {
        // The residence of all days before is what it is now.
        _ = person.Now;
        if (person.Membership is null)
            return;
        var dice = Dice.Of(seed, $"{person.Code} later");
        if (person.Youth)
            Later(new(Math.Max(first.Year, person.Born.Year + 31), 3, 26), record => record with { Youth = false });
        if (person.Education.Occupation is not ("Nông, lâm, ngư nghiệp" or "Nghỉ hưu, nghỉ công tác"))
            Later(new DateOnly(person.Born.Year + 60, person.Born.Month, 1).AddMonths(1), record => record with { Education = record.Education with { Occupation = "Nghỉ hưu, nghỉ công tác" } });
        if (person.AgeOn(first) is >= 20 and < 45 && dice.Chance(6))
            Later(dice.Day(first, end), record => record with { Education = record.Education with { Schooling = "Trung học phổ thông", Qualification = "Đại học", Theory = record.Education.Theory ?? "Sơ cấp" } });
        if (!person.Excused && dice.Chance(30))
            Later(new DateOnly(person.Born.Year + 70, person.Born.Month, 1).AddMonths(1), record => record with { Excused = true });

        void Later(DateOnly day, Func<Record, Record> change)
        {
            if (day >= first && day <= end)
                At(day, Step.Leave, _ => ChangeIfThere(person, day, change));
        }
    }

    private static void ChangeIfThere(Person person, DateOnly day, Func<Record, Record> change)
    {
        if (person.Membership is not null)
            person.Change(day, change);
    }

    private void ComeAndGo(Cell cell, DateOnly first)
    {
        var dice = Dice.Of(seed, $"{cell.Code} later");
        var thousandths = (end.DayNumber - first.DayNumber) * cell.Size / 365;
        int[] times = [.. _perThousandAndYear.Select(rate => (thousandths * rate / 1000) + (dice.Below(1000) < thousandths * rate % 1000 ? 1 : 0))];
        for (var i = 0; i < times[0]; i++)
            AddAdmitted(cell, AdmissionDay(first, end, dice), null, cell.IsVillage && dice.Chance(92), dice);
        for (var i = 0; i < times[1]; i++)
            AddArrival(cell, dice.Day(first, end), dice.Chance(40) ? FromProvince : FromDistrict, null, dice);
        for (var i = 0; i < times[2]; i++)
            At(dice.Day(first, end), Step.Leave, day => LeaveSomebody(cell, dice, day));
    }

    /// <summary>An official member goes, and not the last but two of a branch.</summary>
    private void LeaveSomebody(Cell cell, Dice dice, DateOnly day)
    {
        var branch = cell.Branch!;
        var candidates = branch.Members.FindAll(p => p.Cell == cell && p.IsOfficialOn(day) && p.Membership!.From < day);
        if (candidates.Count == 0 || branch.Members.Count <= 3)
            return;
        var person = dice.Pick(candidates);
        Register.Leave(person, day, ReasonToLeave(person, day, dice));
        At(day, Step.Appoint, _ => ElectIfVacant(branch, day));
    }

    /// <summary>Where villages become one, whoever lives there is told so by a version, and a decision of its own says it of the villages.</summary>
    private void PassResidents(List<Cell> cells, IReadOnlyList<string> former, Village village, DateOnly day)
    {
        if (!isLater)
            return;
        foreach (var person in Register.People.Where(p => p.Home is { } home && cells.Contains(home)))
            person.Change(day, record => record with { Village = village.Code });
        Register.Decide(Decision(day), day, "Sáp nhập", former, [village.Code], null);
    }
}
