namespace SinHo.Reporting.Samples;

/// <summary>What comes first on one day: who leaves is gone before a branch is reorganised, who comes finds the new branch.</summary>
internal enum Step
{
    Leave,
    Reorganise,
    Arrive,
    Appoint,
    Meet,
}

/// <summary>
/// Lives a district plan from its first to its last day. Acts are planned ahead on a calendar, by place and person, and then
/// happen in order of time; each sees the register as it stands on that day. One plan and seed always give the same register.
/// </summary>
internal sealed partial class DistrictHistory
{
    private static readonly string[] DistrictPeoples = ["Thái", "Thái", "Thái", "Thái", "Thái", "Mông", "Mông", "Dao", "Dao", "Tày"];

    private readonly DistrictPlan plan;
    private readonly ulong seed;
    private readonly PriorityQueue<Action<DateOnly>, (DateOnly Day, Step Step, int Order)> calendar = new();
    private readonly Dictionary<string, int> numbers = [];
    private readonly Organisation district;

    /// <summary>The last day on which something happens; what is planned for after it does not.</summary>
    private DateOnly end;

    /// <summary>Lays out the organisations of the plan as they stand on its first day.</summary>
    public DistrictHistory(DistrictPlan plan, ulong seed)
    {
        this.plan = plan;
        this.seed = seed;
        end = plan.End;
        routine = Dice.Of(seed, plan.Code);
        district = Register.Found(plan.Code, $"Đảng bộ {plan.Name}", "Đảng bộ huyện", "Khác", plan.Province, plan.Start);
        foreach (var other in plan.Others)
            LayOut(other);
        foreach (var commune in plan.Communes)
            LayOut(commune);
    }

    public RegisterBuilder Register { get; } = new();

    public List<Cell> Cells { get; } = [];

    /// <summary>Lets everything planned happen; what is planned for after the last day does not.</summary>
    public void Live()
    {
        foreach (var cell in Cells)
            Populate(cell);
        PlanRoutine();
        Happen();
    }

    private void Happen()
    {
        while (calendar.TryDequeue(out var act, out var when) && when.Day <= end)
            act(when.Day);
    }

    public void At(DateOnly day, Step step, Action<DateOnly> act) => calendar.Enqueue(act, (day, step, Number("acts")));

    /// <summary>The next number of a series that starts at 1: codes, decisions, documents.</summary>
    private int Number(string series) => numbers[series] = numbers.GetValueOrDefault(series) + 1;

    private void LayOut(GrassrootsPlan other)
    {
        var isBranch = other.Branches.Count == 0;
        var grassroots = Register.Found($"{plan.Code}.{other.Code}", $"{(isBranch ? "Chi bộ" : "Đảng bộ")} {other.Name}",
            isBranch ? "Chi bộ cơ sở" : "Đảng bộ cơ sở", other.Type, plan.Code, plan.Start);
        if (isBranch)
        {
            AddCell(new(grassroots.Code, other.Name, other.Kind, DistrictPeoples, other.Size) { Grassroots = grassroots }, grassroots);
            return;
        }
        var section = other.Section is { } s
            ? Register.Found($"{grassroots.Code}.P01", $"Đảng bộ bộ phận {s.Name}", "Đảng bộ bộ phận", "Khác", grassroots.Code, plan.Start)
            : null;
        foreach (var (index, branch) in other.Branches.Index())
            LayOut(grassroots, branch, other.Kind, DistrictPeoples, index < other.Section?.Branches ? section : null);
    }

    private void LayOut(CommunePlan commune)
    {
        var town = commune.Name.StartsWith("thị trấn", StringComparison.Ordinal);
        var grassroots = Register.Found($"{plan.Code}.{commune.Code}", $"Đảng bộ {commune.Name}", "Đảng bộ cơ sở", town ? "Thị trấn" : "Xã",
            plan.Code, plan.Start);
        foreach (var village in commune.Villages)
            LayOut(grassroots, village);
        var peoples = commune.Villages.Select(v => v.People).DefaultIfEmpty("Kinh").ToList();
        foreach (var school in commune.Schools)
            LayOut(grassroots, new BranchPlan($"Trường {school.Name} {commune.Name}", school.Size), CellKind.School, peoples);
        if (commune.Health is { } health)
            LayOut(grassroots, new BranchPlan($"Trạm Y tế {commune.Name}", health), CellKind.Health, peoples);
        if (commune.Office is { } office)
            LayOutOffices(grassroots, commune, office, peoples);
        if (commune.Police is { } police)
            LayOutPolice(grassroots, commune, police, peoples);
    }

    private void LayOutOffices(Organisation grassroots, CommunePlan commune, int office, IReadOnlyList<string> peoples)
    {
        var offices = LayOut(grassroots, new BranchPlan($"Cơ quan {commune.Name}", office + commune.Helpers), CellKind.CommuneOffice, peoples,
            helpers: commune.Helpers);
        if (commune.OfficeDissolved is { } day)
            PlanDissolution(offices, day, DestinationsIn(grassroots), "26-NQ/TW");
        if (commune.Military is { } military)
        {
            var branch = LayOut(grassroots, new BranchPlan($"Quân sự {commune.Name}", military), CellKind.CommuneMilitary, peoples);
            PlanDissolution(branch, commune.MilitaryDissolved, [offices], null);
        }
    }

    /// <summary>Officials go to the larger villages: they would lift a branch with few members above the threshold.</summary>
    private List<Cell> DestinationsIn(Organisation grassroots)
    {
        var villages = Cells.Where(c => c.Grassroots == grassroots && c.IsVillage).ToList();
        return villages.Exists(c => !IsSmall(c)) ? villages.FindAll(c => !IsSmall(c)) : villages;
    }

    private void LayOut(Organisation grassroots, VillagePlan plan)
    {
        var code = $"{grassroots.Code}.V{Number(grassroots.Code + ".V"):00}";
        var quarter = plan.Kind == CellKind.Quarter;
        var village = Register.Settle(code, quarter ? plan.Name : $"Bản {plan.Name}", quarter ? "Khu phố" : "Bản", grassroots, this.plan.Start);
        var cell = new Cell(code, plan.Name, plan.Kind, [plan.People], plan.Size)
        {
            Grassroots = grassroots,
            Village = village,
            FewMemberAdmissions = plan.FewMemberAdmissions,
            HeadAdmitted = plan.HeadAdmitted,
        };
        if (plan.Unserved)
            return;
        var branch = plan.Joint ? Cells[^1].Branch! : FoundBranch(grassroots, BranchName(plan.Name), plan.Kind, this.plan.Start);
        AddCell(cell, branch);
        Register.Link(branch, village, this.plan.Start);
    }

    private void LayOutPolice(Organisation grassroots, CommunePlan commune, int police, IReadOnlyList<string> peoples)
    {
        var hosts = Cells.Where(c => c.Kind == CellKind.Police).ToList();
        var cell = new Cell($"{grassroots.Code}.POLICE", $"Công an {commune.Name}", CellKind.CommunePolice, peoples, police)
        {
            Grassroots = grassroots,
        };
        AddCell(cell, Dice.Of(seed, cell.Code).Pick(hosts).Branch!);
        PlanFounding(cell, $"Chi bộ Công an {commune.Name}", commune.PoliceFounded);
    }

    private Cell LayOut(
        Organisation grassroots, BranchPlan plan, CellKind kind, IReadOnlyList<string> peoples, Organisation? section = null, int helpers = 0)
    {
        var branch = FoundBranch(section ?? grassroots, $"Chi bộ {plan.Name}", kind, this.plan.Start, grassroots);
        return AddCell(new(branch.Code, plan.Name, kind, peoples, plan.Size) { Grassroots = grassroots, Helpers = helpers }, branch);
    }

    private Cell AddCell(Cell cell, Organisation branch)
    {
        cell.Branch = branch;
        Cells.Add(cell);
        return cell;
    }

    private Organisation FoundBranch(Organisation parent, string name, CellKind kind, DateOnly day, Organisation? grassroots = null)
    {
        var root = (grassroots ?? parent).Code;
        return Register.Found($"{root}.B{Number(root + ".B"):00}", name, "Chi bộ trực thuộc", Profile.For(kind).BranchType, parent.Code, day);
    }

    private static string BranchName(string place) =>
        place.StartsWith("Khu phố", StringComparison.Ordinal) ? $"Chi bộ k{place[1..]}" : $"Chi bộ bản {place}";
}
