namespace SinHo.Reporting.Samples;

/// <content>The reform of 1 July 2025: the district ends, its communes merge and stand below the province.</content>
internal sealed partial class DistrictHistory
{
    /// <summary>Branches that a new commune has once, of whatever its communes had.</summary>
    private static readonly (CellKind Kind, string Type, string Name)[] Anew =
    [
        (CellKind.CommuneOffice, Offices, "Chi bộ Cơ quan"), (CellKind.CommuneMilitary, "Quân sự", "Chi bộ Quân sự"),
        (CellKind.CommunePolice, "Công an", "Chi bộ Công an"), (CellKind.Health, "Trạm y tế", "Chi bộ Trạm Y tế"),
    ];

    private const int FirstMembers = 4;
    private const string Offices = "Cơ quan xã";

    /// <summary>By commune and type.</summary>
    private readonly Dictionary<(string Commune, string Type), Organisation> anew = [];

    public void PlanReform(Reform reform)
    {
        At(reform.Day, Step.Reorganise, _ => Carry(reform));
        At(reform.Day, Step.Appoint, _ => ElectNewCommittees(reform));
        At(reform.Day.AddDays(60), Step.Appoint, AssignCommitteeMembers);
        if (reform.Renamed is { } renamed)
            At(renamed, Step.Reorganise, _ => RenameLevels(reform, renamed));
    }

    private void Carry(Reform reform)
    {
        var day = reform.Day;
        var (code, name) = reform.Province;
        if (district.Version.Parent is null)
            Register.Found(code, name, "Đảng bộ tỉnh", "Khác", null, day);
        foreach (var committee in committees.Values)
        {
            foreach (var post in committee.Where(post => post.To is null))
                Register.End(post, day);
        }
        foreach (var assignment in Register.Branches.SelectMany(branch => branch.Assignments).ToList())
            Register.End(assignment, day);
        var decision = $"1670/NQ ({plan.Code})";
        List<Organisation> grassroots = [.. Register.Organisations.Where(unit => unit.Version.Parent == district.Code)];
        foreach (var commune in reform.Communes)
            Merge(commune, grassroots.FindAll(unit => commune.Of.Contains(unit.Code)), code, decision, day);
        foreach (var (index, unit) in grassroots.Where(unit => unit.Holds && unit.Version.Parent == district.Code).Index())
        {
            if (reform.GoTo.TryGetValue(unit.Code, out var above))
            {
                Register.Become(unit, unit.Version.Level, unit.Version.Type, above, day);
                Register.Decide(decision, day, "Chuyển trực thuộc", [unit], [unit], unit.Code);
            }
            else
            {
                EndInto(reform, unit, index, decision, day);
            }
        }
        foreach (var ((commune, _), branch) in anew.Where(one => one.Value.Members.Count < FirstMembers))
            Fill(branch, anew[(commune, Offices)], day);
        Register.Close(district, day);
        Register.Decide(decision, day, "Giải thể", [district], [], district.Code);
    }

    private void Merge(NewCommune plan, List<Organisation> old, string province, string decision, DateOnly day)
    {
        var unit = Register.Found(plan.Code, $"Đảng bộ {plan.Name}", "Đảng bộ cấp xã", "Xã", province, day);
        var codes = old.ConvertAll(commune => commune.Code);
        List<Organisation> branches = [.. Register.Branches.Where(branch => codes.Contains(GrassrootsCode(branch)))];
        var villages = Register.Pass(codes, plan.Code, day).ToDictionary(village => village.Code);
        foreach (var cell in Cells.Where(cell => codes.Contains(cell.Grassroots.Code)))
        {
            cell.Grassroots = unit;
            cell.Village = cell.Village is { } village ? villages.GetValueOrDefault(village.Code, village) : null;
        }
        foreach (var post in Register.People.SelectMany(person => person.Posts).Where(post => post.To is null && codes.Contains(post.Place)).ToList())
        {
            Register.End(post, day);
            if (post.Name == "Cán bộ, công chức xã")
                Register.Appoint(post.Holder, post.Name, plan.Code, day);
        }
        foreach (var (kind, type, name) in Anew)
            FoundAnew(unit, $"{name} {plan.Name}", type, branches.FindAll(branch => branch.Version.Type == type), kind, decision, day);
        foreach (var branch in branches.Where(branch => branch.Holds))
            Register.Become(branch, "Chi bộ cơ sở", branch.Version.Type, plan.Code, day);
        foreach (var section in Register.Organisations.Where(section => section.Version.Level == "Đảng bộ bộ phận" && codes.Contains(section.Version.Parent!)).ToList())
            Register.Close(section, day);
        foreach (var commune in old)
            Register.Close(commune, day);
        Register.Decide(decision, day, "Sáp nhập", old, [unit], plan.Code);
    }

    private void FoundAnew(Organisation unit, string name, string type, List<Organisation> old, CellKind kind, string decision, DateOnly day)
    {
        var branch = Register.Found(NextBranchCode(unit), name, "Chi bộ cơ sở", type, unit.Code, day);
        anew[(unit.Code, type)] = branch;
        if (old.Count == 0)
        {
            Register.Decide(decision, day, "Thành lập", [], [branch], branch.Code);
            Cells.Add(new(branch.Code, name, kind, DistrictPeoples, 0) { Grassroots = unit, Branch = branch });
            return;
        }
        End(old, branch, decision, day);
    }

    /// <summary>Officials of the commune are the first members of a branch that has nobody yet.</summary>
    private void Fill(Organisation branch, Organisation offices, DateOnly day)
    {
        if (branch != offices)
        {
            foreach (var person in offices.Members.Where(p => p.IsOfficialOn(day)).Take(FirstMembers - branch.Members.Count).ToList())
                Register.Transfer(person, branch, day);
        }
        At(day, Step.Appoint, _ => ElectIfVacant(branch, day));
    }

    /// <summary>The branches end, and their people go on in another.</summary>
    private void End(List<Organisation> old, Organisation branch, string decision, DateOnly day)
    {
        MoveInto(branch, [.. Cells.Where(cell => old.Contains(cell.Branch!))], old, day);
        MoveLinks(branch, old, day);
        foreach (var gone in old)
            Register.Close(gone, day);
        Register.Decide(decision, day, "Sáp nhập", old, [branch], old[0].Code);
    }

    /// <summary>An organisation of the district ends: its police go to the police of the communes, the others to their offices, branch by branch.</summary>
    private void EndInto(Reform reform, Organisation unit, int turn, string decision, DateOnly day)
    {
        var type = unit.Version.Type == "Công an" ? "Công an" : Offices;
        List<Organisation> branches = unit.IsBranch ? [unit] : [.. Register.Branches.Where(branch => GrassrootsCode(branch) == unit.Code)];
        foreach (var (index, branch) in branches.Index())
            End([branch], anew[(reform.Communes[(turn + index) % reform.Communes.Count].Code, type)], decision, day);
        foreach (var section in Register.Organisations.Where(section => section.Version.Parent == unit.Code && !section.IsBranch).ToList())
            Register.Close(section, day);
        if (!unit.IsBranch)
            Register.Close(unit, day);
    }

    private void ElectNewCommittees(Reform reform)
    {
        foreach (var commune in reform.Communes)
            ElectCommittee(commune.Code, "Đảng ủy viên", 15, [.. Register.Branches.Where(branch => GrassrootsCode(branch) == commune.Code).SelectMany(branch => branch.Members)], reform.Day);
    }

    /// <summary>From then on the communes are grassroots committees, and what stands below a committee at the grassroots is called Chi bộ or Đảng bộ trực thuộc.</summary>
    private void RenameLevels(Reform reform, DateOnly day)
    {
        var communes = reform.Communes.Select(commune => commune.Code).ToHashSet();
        foreach (var unit in Register.Organisations.ToList())
        {
            var version = unit.Version;
            if (communes.Contains(unit.Code))
                Register.Become(unit, "Đảng bộ cơ sở", version.Type, version.Parent, day);
            else if (version.Level == "Đảng bộ bộ phận")
                Register.Become(unit, "Đảng bộ trực thuộc", version.Type, version.Parent, day);
            else if (version.Level == "Chi bộ trực thuộc" || (version.Level == "Chi bộ cơ sở" && communes.Contains(version.Parent!)))
                Register.Become(unit, "Chi bộ", Cells.Find(cell => cell.Branch == unit) is { } cell ? Profile.For(cell.Kind).BranchType : version.Type, version.Parent, day);
        }
    }
}
