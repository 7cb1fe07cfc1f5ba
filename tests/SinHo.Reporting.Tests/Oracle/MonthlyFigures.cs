namespace SinHo.Reporting.Tests;

/// <summary>The lines of the monthly report, for one unit and the days of one of its columns.</summary>
internal sealed class MonthlyFigures(RegisterModel register, UnitView unit, DateOnly from, DateOnly to)
{
    public IEnumerable<(string Code, decimal Value)> All()
    {
        var movement = new MovementFigures(register, unit, from, to).All().ToDictionary(line => line.Code, line => (decimal)line.Evidence.Count());
        var stock = new StockFigures(register, unit, to, fewMemberMax: 0).All().ToDictionary(line => line.Code, line => line.Evidence.Count());
        var flow = new FlowFigures(register, unit, from, to, fewMemberMax: 0).All().ToDictionary(line => line.Code, line => line.Evidence.Count());
        Meeting[] meetings = [.. register.Meetings.Where(meeting => In(meeting.Date) && unit.Contains(meeting.Branch, meeting.Date))];
        var branches = unit.BranchesOn(to).Count();
        return
        [
            ("A", movement["opening"]),
            ("B", movement.Where(line => line.Key.StartsWith("inc_", StringComparison.Ordinal)).Sum(line => line.Value)),
            ("B1", movement["inc_admitted"]),
            ("B2", movement["inc_other_province"] + movement["inc_other_district"]),
            ("C", movement.Where(line => line.Key.StartsWith("dec_", StringComparison.Ordinal) && line.Key != "dec_struck_off_probationary").Sum(line => line.Value)),
            ("C5", movement["dec_other_province"] + movement["dec_other_district"]),
            ("D", movement["closing"]),
            ("members", stock["members"]),
            ("official_members", stock["official_members"]),
            ("probationary_members", stock["probationary_members"]),
            ("recognitions", register.People.Sum(Recognitions)),
            ("branches", branches),
            ("branches_met", branches - flow["branches_without_meeting"]),
            ("branches_without_meeting", flow["branches_without_meeting"]),
            ("branch_meetings", flow["branch_meetings"]),
            ("topical_meetings", flow["topical_meetings"]),
            ("model_meetings", flow["model_meetings"]),
            ("attendance_due", meetings.Sum(meeting => meeting.Due)),
            ("attendance_present", meetings.Sum(meeting => meeting.Present)),
        ];
    }

    private bool In(DateOnly day) => from <= day && day <= to;

    /// <summary>Days of the period on which somebody is official who was not the day before, nor was re-admitted into it, and is in the unit.</summary>
    private int Recognitions(string member) => register.Admissions.Where(admission => admission.Member == member).Select(admission => admission.Official)
        .Append(register.Person(member).Official).OfType<DateOnly>().Distinct()
        .Count(day => In(day) && IsDated(member, day) && register.Memberships.Any(one => one.Member == member && one.HoldsOn(day) && unit.Contains(one.Branch, day)));

    /// <summary>Whether the official date that applies on the day is that very day.</summary>
    private bool IsDated(string member, DateOnly day)
    {
        var latest = register.Admissions.Where(admission => admission.Member == member && admission.Date <= day).MaxBy(admission => admission.Date);
        return (latest is null ? register.Person(member).Official : latest.Official) == day;
    }
}
