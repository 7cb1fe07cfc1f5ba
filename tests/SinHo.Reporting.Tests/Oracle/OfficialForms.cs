using SinHo.Reporting.Register;

namespace SinHo.Reporting.Tests;

/// <summary>The official forms of docs/spec/forms.md, for one unit.</summary>
internal sealed class OfficialForms(RegisterModel register, string unitCode, TodaysMap? map)
{
    private static readonly (string Row, string[] Types)[] _form5Rows =
    [
        ("1", ["Xã", "Đặc khu"]), ("2", ["Phường"]), ("3", ["Thị trấn"]), ("4", ["Cơ quan Đảng, đoàn thể"]), ("5", ["Cơ quan Nhà nước"]),
        ("6", ["Sự nghiệp công lập", "Sự nghiệp ngoài công lập"]), ("6a", ["Sự nghiệp công lập"]), ("6b", ["Sự nghiệp ngoài công lập"]),
        ("7", ["Quân đội"]), ("8", ["Công an"]),
        ("9", ["Doanh nghiệp Nhà nước", "Doanh nghiệp ngoài Nhà nước", "Hợp tác xã"]),
        ("9a", ["Doanh nghiệp Nhà nước"]), ("9b", ["Doanh nghiệp ngoài Nhà nước"]), ("9c", ["Hợp tác xã"]),
        ("10", []), ("11", ["Khác"]), ("total", [.. Vocabulary.GrassrootsType.Values]),
    ];

    /// <summary>Forms that are worked out here.</summary>
    public static IReadOnlyList<string> Names { get; } = ["form-1", "form-2", "form-3", "form-2b", "form-4", "form-5"];

    private readonly UnitView _unit = new(register, unitCode, map);

    public IReadOnlyList<FormRow> Rows(string form, DateOnly from, DateOnly to) => form switch
    {
        "form-1" => Compared(Form1, from, to),
        "form-2" => WithoutUnitsOfTheMap(Compared(Form2, from, to), to),
        "form-3" => Compared((_, last) => Form3(last), from, to),
        "form-2b" => ByEthnicityAndReligion([.. _unit.AdmissionsIn(from, to).Select(admission => register.RecordOn(admission.Member, admission.Date))]),
        "form-4" => ByEthnicityAndReligion(MembersOn(to)),
        "form-5" => Form5(to),
        _ => throw new ArgumentOutOfRangeException(nameof(form), form, "Không có biểu này."),
    };

    /// <summary>Columns of forms 1 to 3: this period, the same dates a year earlier, and the first as percent of the second.</summary>
    private static List<FormRow> Compared(
        Func<DateOnly, DateOnly, IEnumerable<(string Code, decimal? Value)>> lines, DateOnly from, DateOnly to) =>
        [.. lines(from, to).Zip(lines(from.AddYears(-1), to.AddYears(-1)), (now, last) =>
            Row(now.Code, ("now", now.Value), ("last", last.Value), ("pct", Percent(now.Value, last.Value))))];

    private static FormRow Row(string code, params (string Column, decimal? Value)[] values) =>
        new(code, values.ToDictionary(value => value.Column, value => value.Value));

    private static decimal? Percent(decimal? part, decimal? whole) =>
        part is null || whole is null or 0 ? null : Math.Round(part.Value * 100 / whole.Value, 2, MidpointRounding.AwayFromZero);

    private Member[] MembersOn(DateOnly day) => [.. _unit.MembersOn(day).Select(member => register.RecordOn(member, day))];

    private IEnumerable<(string Code, decimal? Value)> Form1(DateOnly from, DateOnly to)
    {
        var lines = new MovementFigures(register, _unit, from, to).All()
            .ToDictionary(line => line.Code, line => (decimal)line.Evidence.Count());
        decimal B2() => lines["inc_other_province"] + lines["inc_other_district"];
        decimal C5() => lines["dec_other_province"] + lines["dec_other_district"];
        return
        [
            ("A", lines["opening"]),
            ("B", lines["inc_admitted"] + B2() + lines["inc_restored"]
                + lines["inc_internal"] + lines["inc_reorganised"] + lines["inc_initial"]),
            ("B1", lines["inc_admitted"]),
            ("B2", B2()),
            ("B2a", lines["inc_other_province"]),
            ("B2b", lines["inc_other_district"]),
            ("B3", lines["inc_restored"]),
            ("B_internal", lines["inc_internal"]),
            ("B_reorganised", lines["inc_reorganised"]),
            ("B_initial", lines["inc_initial"]),
            ("C", lines["dec_died"] + lines["dec_expelled"] + lines["dec_struck_off"] + lines["dec_resigned"] + C5()
                + lines["dec_internal"] + lines["dec_reorganised"]),
            ("C1", lines["dec_died"]),
            ("C2", lines["dec_expelled"]),
            ("C3", lines["dec_struck_off"]),
            ("C3p", lines["dec_struck_off_probationary"]),
            ("C4", lines["dec_resigned"]),
            ("C5", C5()),
            ("C5a", lines["dec_other_province"]),
            ("C5b", lines["dec_other_district"]),
            ("C_internal", lines["dec_internal"]),
            ("C_reorganised", lines["dec_reorganised"]),
            ("D", lines["closing"]),
        ];
    }

    private IEnumerable<(string Code, decimal? Value)> Form2(DateOnly from, DateOnly to)
    {
        (Admission Admission, Member Member)[] admitted =
            [.. _unit.AdmissionsIn(from, to).Select(admission => (admission, register.RecordOn(admission.Member, admission.Date)))];
        var organisations = _unit.GrassrootsOn(to).ToLookup(org => org.IsGrassrootsCommittee);
        return
        [
            ("I", admitted.Length),
            ("I_female", admitted.Count(a => a.Member.IsFemale)),
            ("I_minority", admitted.Count(a => a.Member.IsMinority)),
            ("I_religious", admitted.Count(a => a.Member.Religion is not null)),
            ("I_youth", admitted.Count(a => a.Admission.Youth)),
            ("I_readmitted", admitted.Count(a => a.Admission.Readmission)),
            .. Each("occ", Vocabulary.Occupation, admitted.Select(a => a.Admission.Occupation)).Take(14),
            .. Ages([.. admitted.Select(a => Age(a.Member, a.Admission.Date))]),
            .. Each("school", Vocabulary.Schooling, admitted.Select(a => a.Admission.Schooling)),
            .. Each("qual", Vocabulary.Qualification, admitted.Select(a => a.Admission.Qualification)),
            ("orgs_committee", organisations[true].Count()),
            ("orgs_committee_admitting", organisations[true].Count(org => HasAdmission(org, from, to))),
            ("orgs_branch", organisations[false].Count()),
            ("orgs_branch_admitting", organisations[false].Count(org => HasAdmission(org, from, to))),
        ];
    }

    private bool HasAdmission(OrgVersion org, DateOnly from, DateOnly to) => new UnitView(register, org.Code, map).AdmissionsIn(from, to).Any();

    private IEnumerable<(string Code, decimal? Value)> Form3(DateOnly day)
    {
        var members = MembersOn(day);
        DateOnly[] joined = [.. members.Select(member => register.JoinedOn(member.Code, day))];
        bool Retired(Member member) => member.Occupation == "Nghỉ hưu, nghỉ công tác";
        return
        [
            ("I", members.Length),
            ("I_female", members.Count(m => m.IsFemale)),
            ("I_probationary", members.Count(m => !register.IsOfficial(m.Code, day))),
            ("I_minority", members.Count(m => m.IsMinority)),
            ("I_religious", members.Count(m => m.Religion is not null)),
            ("I_youth", members.Count(m => m.Youth)),
            ("I_owner", members.Count(m => m.Owner)),
            ("I_foreign_marriage", members.Count(m => m.ForeignMarriage)),
            ("II1a", members.Count(m => !Retired(m))),
            .. Each("occ", Vocabulary.Occupation, members.Select(m => m.Occupation)).Take(14),
            ("II1b", members.Count(Retired)),
            ("II1b_excused", members.Count(m => Retired(m) && m.Excused)),
            .. Ages([.. members.Select(m => Age(m, day))]),
            ("joined_1", joined.Count(began => began < new DateOnly(1945, 8, 19))),
            ("joined_2", joined.Count(began => began >= new DateOnly(1945, 8, 19) && began <= new DateOnly(1954, 7, 20))),
            ("joined_3", joined.Count(began => began >= new DateOnly(1954, 7, 21) && began <= new DateOnly(1975, 4, 30))),
            ("joined_4", joined.Count(began => began >= new DateOnly(1975, 5, 1))),
            .. Each("school", Vocabulary.Schooling, members.Select(m => m.Schooling)),
            .. Each("qual", Vocabulary.Qualification, members.Select(m => m.Qualification)),
            .. Each("title", Vocabulary.AcademicTitle, members.Select(m => m.Title)),
            .. Each("theory", Vocabulary.Theory, members.Select(m => m.Theory)),
        ];
    }

    /// <summary>Completed years: one counts from the birthday on, which is 1 March where there is no 29 February.</summary>
    private static int Age(Member member, DateOnly day)
    {
        var years = day.Year - member.Born.Year;
        return (day.Month, day.Day).CompareTo((member.Born.Month, member.Born.Day)) < 0 ? years - 1 : years;
    }

    private static IEnumerable<(string Code, decimal? Value)> Ages(int[] ages)
    {
        decimal Between(int youngest, int oldest) => ages.Count(age => youngest <= age && age <= oldest);
        return
        [
            ("age_18_30", Between(18, 30)),
            ("age_31_35", Between(31, 35)),
            ("age_36_40", Between(36, 40)),
            ("age_41_45", Between(41, 45)),
            ("age_46_50", Between(46, 50)),
            ("age_51_55", Between(51, 55)),
            ("age_56_60", Between(56, 60)),
            ("age_over_60", ages.Count(age => age > 60)),
            ("age_mean", ages.Length == 0 ? null
                : Math.Round(ages.Sum(age => (decimal)age) / ages.Length, 1, MidpointRounding.AwayFromZero)),
        ];
    }

    /// <summary>One line per value of a vocabulary, numbered from 1 in its order.</summary>
    private static IEnumerable<(string Code, decimal? Value)> Each(string prefix, Vocabulary vocabulary, IEnumerable<string?> values)
    {
        string?[] all = [.. values];
        return vocabulary.Values.Select((value, index) => ($"{prefix}_{index + 1}", (decimal?)all.Count(v => v == value)));
    }

    private static List<FormRow> ByEthnicityAndReligion(Member[] members) =>
    [
        .. Part("eth", Vocabulary.Ethnicity, members, member => member.Ethnicity),
        .. Part("rel", Vocabulary.Religion, [.. members.Where(member => member.Religion is not null)], member => member.Religion),
    ];

    private static IEnumerable<FormRow> Part(string prefix, Vocabulary vocabulary, Member[] members, Func<Member, string?> attribute)
    {
        FormRow Line(string code, Member[] counted) => Row($"{prefix}_{code}",
            ("total", counted.Length),
            ("female", counted.Count(member => member.IsFemale)),
            ("share", Percent(counted.Length, members.Length)));
        return vocabulary.Values
            .Select((value, index) => Line($"{index + 1}", [.. members.Where(member => attribute(member) == value)]))
            .Append(Line("total", members));
    }

    /// <summary>What has no meaning on today's map is empty: units of the year before, and admissions into units that are not there yet.</summary>
    private List<FormRow> WithoutUnitsOfTheMap(List<FormRow> rows, DateOnly to)
    {
        if (map is null)
            return rows;
        var isYounger = register.OrgOn(unitCode, to) is null;
        return rows.ConvertAll(row => !row.Code.StartsWith("orgs_", StringComparison.Ordinal) ? row
            : Row(row.Code, ("now", isYounger && row.Code.EndsWith("_admitting", StringComparison.Ordinal) ? null : row.Values["now"]), ("last", null), ("pct", null)));
    }

    private List<FormRow> Form5(DateOnly day)
    {
        var below = _unit.OrganisationsOn(day).ToLookup(org => register.GrassrootsOf(org.Code, day));
        var branches = register.Memberships.Where(one => one.HoldsOn(day) && _unit.Contains(one.Branch, day)).ToLookup(one => register.GrassrootsOf(one.Branch, day));
        return
        [
            .. _form5Rows.Select(row =>
            {
                OrgVersion[] grassroots = [.. register.Organisations.Where(org => org.HoldsOn(day) && org.IsGrassroots && row.Types.Contains(TypeInForm5(org, day)))];
                OrgVersion[] counted = [.. grassroots.SelectMany(org => below[org])];
                return Row(row.Row,
                    ("c2", counted.Count(org => org.IsGrassroots)),
                    ("c3", counted.Count(org => org.IsGrassrootsCommittee)),
                    ("c4", counted.Count(org => org.IsGrassrootsBranch)),
                    ("c5", counted.Count(org => org.IsSubCommittee)),
                    ("c6", counted.Count(org => org.IsSubordinateBranch)),
                    ("c7", grassroots.Sum(org => branches[org].Count())));
            }),
        ];
    }

    /// <summary>A grassroots branch of a type that only branches have counts with the commune committee above it.</summary>
    private string? TypeInForm5(OrgVersion grassroots, DateOnly day)
    {
        if (!grassroots.IsGrassrootsBranch || Vocabulary.GrassrootsType.Values.Contains(grassroots.Type))
            return grassroots.Type;
        var above = grassroots;
        while (above is { IsCommuneCommittee: false })
            above = above.Parent is null ? null : register.OrgOn(above.Parent, day);
        return above?.Type;
    }
}
