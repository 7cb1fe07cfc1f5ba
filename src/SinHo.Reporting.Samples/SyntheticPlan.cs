namespace SinHo.Reporting.Samples;

/// <summary>
/// A district plan by chance, in the proportions of Sìn Hồ: of 366 organisations 22 communes, 26 single branches and 7 other
/// committees. On the last day exactly the organisations and members asked for are there.
/// </summary>
internal sealed class SyntheticPlan(string code, int organisations, int members, int years, Dice dice)
{
    private static readonly DateOnly End = new(2020, 12, 31);
    private static readonly DateOnly Resolution = new(2018, 5, 19);

    private static readonly string[] First = "Nậm Pa Tả Phìn Lùng Noong Mường Căn Huổi Sà Phiêng Chiềng Hồng Tủa".Split(' ');
    private static readonly string[] Second = "Tăm Tần Hồ Thàng Cha Mạ Hăn Cuổi Ngảo Khóa Mô Lót Kinh Ngài Tong Sái Béo".Split(' ');
    private static readonly string[] Peoples = ["Thái", "Mông", "Dao", "Thái", "Mông", "Dao", "Lự", "Khơ Mú", "Kinh"];

    private static readonly (string Type, CellKind Kind, string Name)[] Agencies =
    [
        ("Công an", CellKind.Police, "Công an"),
        ("Quân đội", CellKind.Army, "Quân sự"),
        ("Sự nghiệp công lập", CellKind.PublicService, "Trung tâm Y tế"),
        ("Doanh nghiệp Nhà nước", CellKind.Enterprise, "Công ty Cao su"),
        ("Cơ quan Đảng, đoàn thể", CellKind.PartyOffice, "Cơ quan Đảng"),
        ("Cơ quan Nhà nước", CellKind.StateOffice, "Cơ quan Ủy ban"),
        ("Quân đội", CellKind.Army, "Đồn Biên phòng"),
    ];

    private readonly DateOnly start = new(End.Year + 1 - years, 1, 1);
    private int names = dice.Below(1000);

    /// <param name="province">Code of the committee above; null where there is none.</param>
    public DistrictPlan District(string? province)
    {
        var single = organisations * 26 / 366;
        var committees = organisations * 7 / 366;
        var communes = Math.Max(1, organisations * 22 / 366);
        var branches = organisations - 1 - single - committees * 6 - communes;
        var plans = Enumerable.Range(0, communes)
            .Select(i => Commune(i + 1, branches / communes + (i < branches % communes ? 1 : 0), committees > 0)).ToList();
        var others = Enumerable.Range(0, committees).Select(Committee)
            .Concat(Enumerable.Range(committees, single).Select(i => Agency(i) with { Size = dice.Between(6, 24) })).ToList();
        var sizes = new Sizes(members, plans, others);
        return new(code, $"huyện {code}", start, End, End)
        {
            Province = province,
            Communes = [.. plans.Select(sizes.Of)],
            Others = [.. others.Select(sizes.Of)],
            Campaign = (start.AddDays(30), End),
        };
    }

    /// <summary>The reform of the district: three communes become one; forces, services and enterprises go to the province, offices end.</summary>
    public Reform Reform(DistrictHistory history, string province)
    {
        List<Organisation> grassroots = [.. history.Register.Organisations.Where(unit => unit.Version.Parent == code)];
        var communes = grassroots.FindAll(unit => unit.Version.Type == "Xã").Chunk(3);
        return new(new(2025, 7, 1), (province, ""), [.. communes.Select((merged, index) => new NewCommune(Text($"{code}.N{index + 1:00}"), $"xã {Name()}", [.. merged.Select(commune => commune.Code)]))], new(2026, 7, 26))
        {
            GoTo = grassroots.Where(unit => unit.Version.Type is "Quân đội" or "Sự nghiệp công lập" or "Doanh nghiệp Nhà nước").ToDictionary(unit => unit.Code, _ => province),
        };
    }

    /// <summary>What befalls villages and schools beyond everyday life; the number of branches is the same afterwards as planned.</summary>
    public void PlanEvents(DistrictHistory history)
    {
        var single = history.Cells.GroupBy(c => c.Branch).Where(branch => branch.Count() == 1).Select(branch => branch.Single());
        foreach (var cell in single.Where(c => c.IsVillage || c.Kind == CellKind.School))
        {
            if (dice.Chance(8))
                history.PlanRenaming(cell, $"Chi bộ {Name()}", Day());
            if (dice.Chance(8))
                history.PlanStrengthening(cell, Day());
            if (cell.IsVillage && cell.Size > 6 && dice.Chance(12))
                history.PlanDualRole(cell, Day());
        }
        foreach (var joint in history.Cells.Where(c => c.IsVillage).GroupBy(c => c.Branch).Select(branch => branch.ToList()))
        {
            if (joint.Count == 2 && years >= 2 && dice.Chance(50))
                SplitAndMerge(history, joint, dice.Day(start.AddDays(60), End.AddDays(-400)));
        }
    }

    /// <summary>A branch split and merged again is there once, as planned.</summary>
    private static void SplitAndMerge(DistrictHistory history, List<Cell> joint, DateOnly day)
    {
        history.PlanSplit(joint[1], day);
        history.PlanMerger(joint, $"Chi bộ liên bản {joint[0].Name}", day.AddDays(330));
    }

    private CommunePlan Commune(int number, int branches, bool districtPolice)
    {
        var offices = branches >= 3;
        DateOnly? dissolved = offices && dice.Chance(50) && start.AddYears(1) < Resolution ? dice.Day(Resolution, End.AddDays(-60)) : null;
        var police = branches >= 9 && districtPolice && dice.Chance(50);
        var health = branches >= 8;
        var schools = branches / 5;
        var villages = branches - schools - (health ? 1 : 0) - (police ? 1 : 0) - (offices && dissolved is null ? 1 : 0);
        return new(
            Text($"X{number:00}"), $"xã {Name()}",
            [.. Enumerable.Range(0, villages).SelectMany(_ => Villages())],
            [.. Enumerable.Range(1, schools).Select(i => new BranchPlan(Text($"PTDTBT số {i}"), dice.Between(8, 18)))],
            offices ? dice.Between(14, 20) : null)
        {
            Helpers = offices ? 1 : 0,
            OfficeDissolved = dissolved,
            Health = health ? dice.Between(4, 8) : null,
            Police = police ? dice.Between(4, 6) : null,
            PoliceFounded = dice.Day(start.AddDays(60), End.AddDays(-60)),
        };
    }

    /// <summary>A village with a branch, now and then with a second village that the branch serves too.</summary>
    private IEnumerable<VillagePlan> Villages()
    {
        var size = dice.Weighted((30, dice.Between(3, 6)), (50, dice.Between(7, 12)), (20, dice.Between(13, 24)));
        yield return new(Name(), dice.Pick(Peoples), size) { FewMemberAdmissions = size is >= 4 and <= 6 && dice.Chance(70) ? 1 : 0 };
        if (dice.Chance(8))
            yield return new(Name(), dice.Pick(Peoples), dice.Between(3, 9)) { Joint = true };
    }

    private GrassrootsPlan Committee(int index) =>
        Agency(index) with { Branches = [.. Enumerable.Range(1, 5).Select(i => new BranchPlan(Text($"Đội {i}"), dice.Between(8, 16)))] };

    private static GrassrootsPlan Agency(int index)
    {
        var (type, kind, name) = Agencies[index % Agencies.Length];
        return new(Text($"C{index + 1:00}"), Text($"{name} {index / Agencies.Length + 1}"), type, kind);
    }

    private string Name()
    {
        var place = names++;
        var round = place / (First.Length * Second.Length) % 9 + 1;
        return Text($"{First[place % First.Length]} {Second[place / First.Length % Second.Length]} {round}");
    }

    private static string Text(FormattableString text) => FormattableString.Invariant(text);

    private DateOnly Day() => dice.Day(start.AddDays(60), End.AddDays(-30));

    /// <summary>Turns wished sizes into ones that keep their proportions and add up to the members asked for.</summary>
    private sealed class Sizes(int members, IReadOnlyList<CommunePlan> communes, IReadOnlyList<GrassrootsPlan> others)
    {
        private readonly int wished = communes.Sum(Total) + others.Sum(other => other.Size + other.Branches.Sum(b => b.Size));
        private int wishedSoFar;
        private int givenSoFar;

        public CommunePlan Of(CommunePlan commune) => commune with
        {
            Villages = [.. commune.Villages.Select(village => Fit(village with { Size = Scale(village.Size) }))],
            Schools = [.. commune.Schools.Select(school => school with { Size = Scale(school.Size) })],
            Office = Scale(commune.Office),
            Helpers = Scale(commune.Helpers),
            Health = Scale(commune.Health),
            Police = Scale(commune.Police),
        };

        public GrassrootsPlan Of(GrassrootsPlan other) => other with
        {
            Size = Scale(other.Size),
            Branches = [.. other.Branches.Select(branch => branch with { Size = Scale(branch.Size) })],
        };

        private static int Total(CommunePlan commune) =>
            commune.Villages.Sum(village => village.Size) + commune.Schools.Sum(school => school.Size)
            + (commune.Office ?? 0) + commune.Helpers + (commune.Health ?? 0) + (commune.Police ?? 0);

        private static VillagePlan Fit(VillagePlan village) =>
            village with { FewMemberAdmissions = Math.Min(village.FewMemberAdmissions, Math.Max(0, village.Size - 3)) };

        private int? Scale(int? size) => size is { } given ? Scale(given) : null;

        /// <summary>The rounding of each is carried on to the next, so that nothing is lost in the end.</summary>
        private int Scale(int size)
        {
            wishedSoFar += size;
            var part = (int)((long)members * wishedSoFar / wished) - givenSoFar;
            givenSoFar += part;
            return part;
        }
    }
}
