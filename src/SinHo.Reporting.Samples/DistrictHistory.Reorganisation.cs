using System.Globalization;

namespace SinHo.Reporting.Samples;

/// <content>Branches are founded, dissolved, merged, split, renamed and moved.</content>
internal sealed partial class DistrictHistory
{
    /// <summary>A new branch for a cell whose people have so far belonged to another branch.</summary>
    public void PlanFounding(Cell cell, string name, DateOnly day)
    {
        cell.BranchFrom = day;
        At(day, Step.Reorganise, _ =>
        {
            var branch = Detach(cell, name, day);
            Register.Decide(Decision(day), day, "Thành lập", [], [branch]);
        });
    }

    /// <summary>The people of the cell get a branch of their own; the one they leave goes on.</summary>
    public void PlanSplit(Cell cell, DateOnly day)
    {
        cell.BranchFrom = day;
        At(day, Step.Reorganise, _ =>
        {
            var old = cell.Branch!;
            var branch = Detach(cell, BranchName(cell.Name), day);
            Register.Decide(Decision(day), day, "Chia tách", [old], [old, branch]);
        });
    }

    /// <summary>The branch ends; its people go to the branches of the cells named, in turn.</summary>
    public void PlanDissolution(Cell cell, DateOnly day, IReadOnlyList<Cell> destinations, string? basis)
    {
        cell.Dissolved = day;
        At(day, Step.Reorganise, _ =>
        {
            var branch = cell.Branch!;
            foreach (var (index, person) in branch.Members.ToList().Index())
                Register.Transfer(person, destinations[index % destinations.Count].Branch!, day, basis);
            Register.Close(branch, day);
            Register.Decide(Decision(day), day, "Giải thể", [branch], []);
        });
    }

    /// <summary>The branches of the cells become one, which is new; with a village name, so do their villages.</summary>
    public void PlanMerger(IReadOnlyList<Cell> cells, string name, DateOnly day, string? village = null) => At(day, Step.Reorganise, _ =>
    {
        var old = cells.Select(c => c.Branch!).ToList();
        var first = old[0].Version;
        var branch = Register.Found(NextBranchCode(cells[0].Grassroots), name, first.Level, first.Type, first.Parent, day);
        var everyone = Cells.Where(c => old.Contains(c.Branch!)).ToList();
        MoveInto(branch, everyone, old, day);
        if (village is null)
            MoveLinks(branch, old, day);
        else
            MergeVillages(branch, everyone, village, day);
        foreach (var gone in old)
            Register.Close(gone, day);
        Register.Decide(Decision(day), day, "Sáp nhập", old, [branch]);
    });

    /// <summary>The branches of the cells become that of the first.</summary>
    public void PlanAbsorption(IReadOnlyList<Cell> cells, DateOnly day) => At(day, Step.Reorganise, _ =>
    {
        var old = cells.Select(c => c.Branch!).ToList();
        var gone = old.Skip(1).ToList();
        MoveInto(old[0], [.. Cells.Where(c => gone.Contains(c.Branch!))], gone, day);
        MoveLinks(old[0], gone, day);
        foreach (var branch in gone)
            Register.Close(branch, day);
        Register.Decide(Decision(day), day, "Sáp nhập", old, [old[0]]);
    });

    public void PlanRenaming(Cell cell, string name, DateOnly day) => At(day, Step.Reorganise, _ =>
    {
        Register.Rename(cell.Branch!, name, day);
        Register.Decide(Decision(day), day, "Đổi tên", [cell.Branch!], [cell.Branch!]);
    });

    /// <summary>The branch stays what it is and gets a new secretary.</summary>
    public void PlanStrengthening(Cell cell, DateOnly day)
    {
        At(day, Step.Reorganise, _ => Register.Decide(Decision(day), day, "Kiện toàn", [cell.Branch!], [cell.Branch!]));
        At(day, Step.Appoint, _ => ElectAnew(cell.Branch!, day));
    }

    /// <summary>A Đảng bộ bộ phận between a commune and some of its branches.</summary>
    public void PlanSection(IReadOnlyList<Cell> cells, string name, DateOnly day) => At(day, Step.Reorganise, _ =>
    {
        var grassroots = cells[0].Grassroots.Code;
        var section = Register.Found($"{grassroots}.P01", $"Đảng bộ bộ phận {name}", "Đảng bộ bộ phận", "Khác", grassroots, day);
        foreach (var cell in cells)
            Register.MoveUnder(cell.Branch!, section.Code, day);
        var branches = cells.Select(c => c.Branch!).ToList();
        Register.Decide(Decision(day), day, "Chuyển trực thuộc", branches, branches);
    });

    /// <summary>A village and its branch go to another commune; the village gets a code there.</summary>
    public void PlanCession(Cell cell, Organisation commune, DateOnly day) => At(day, Step.Reorganise, _ =>
    {
        var branch = cell.Branch!;
        var head = cell.Head;
        Register.MoveUnder(branch, commune.Code, day);
        RegisterBuilder.Unlink(branch.Services.Single(), day);
        cell.Village!.To = day;
        cell.Grassroots = commune;
        cell.Village = Register.Settle($"{commune.Code}.V{Number(commune.Code + ".V"):00}", $"Bản {cell.Name}", "Bản", commune, day);
        Register.Link(branch, cell.Village, day);
        if (head is { To: null })
            AppointHead(cell, head.Holder, day);
        Register.Decide(Decision(day), day, "Chuyển trực thuộc", [branch], [branch]);
    });

    /// <summary>One commune official moves to another branch alone.</summary>
    public void PlanMove(Cell from, Cell to, DateOnly day, string? basis) => At(day, Step.Reorganise, _ =>
    {
        var old = from.Branch!;
        Register.Transfer(old.Members.First(p => p.Holds("Cán bộ, công chức xã") is not null), to.Branch!, day, basis);
        At(day, Step.Appoint, _ => ElectIfVacant(old, day));
    });

    private Organisation Detach(Cell cell, string name, DateOnly day)
    {
        var old = cell.Branch!;
        var branch = FoundBranch(cell.Grassroots, name, cell.Kind, day);
        foreach (var person in old.Members.Where(p => p.Cell == cell).ToList())
            Register.Transfer(person, branch, day);
        cell.Branch = branch;
        if (cell.Village is { } village)
        {
            RegisterBuilder.Unlink(old.Services.Single(s => s.Village == village), day);
            Register.Link(branch, village, day);
        }
        At(day, Step.Appoint, _ => ElectIfVacant(old, day));
        At(day, Step.Appoint, _ => ElectIfVacant(branch, day));
        return branch;
    }

    private void MoveInto(Organisation branch, List<Cell> cells, List<Organisation> old, DateOnly day)
    {
        var secretary = old[0].Secretary?.Holder;
        foreach (var person in old.SelectMany(b => b.Members).ToList())
            Register.Transfer(person, branch, day);
        foreach (var cell in cells)
            cell.Branch = branch;
        // The secretary of the first branch goes on without a day's gap, and so does a village head among them.
        if (branch.Secretary is null && secretary is not null)
            Register.Elect(branch, secretary, day);
        At(day, Step.Appoint, _ => ElectIfVacant(branch, day));
    }

    private void MoveLinks(Organisation branch, List<Organisation> old, DateOnly day)
    {
        foreach (var service in old.SelectMany(b => b.Services).ToList())
        {
            RegisterBuilder.Unlink(service, day);
            Register.Link(branch, service.Village, day);
        }
    }

    private void MergeVillages(Organisation branch, List<Cell> cells, string name, DateOnly day)
    {
        var grassroots = cells[0].Grassroots;
        var village = Register.Settle($"{grassroots.Code}.V{Number(grassroots.Code + ".V"):00}", name, cells[0].Village!.Kind, grassroots, day);
        Register.Link(branch, village, day);
        var head = cells.Select(c => c.Head).FirstOrDefault(h => h is { To: null })?.Holder;
        var former = cells.Select(c => c.Village!.Code).ToList();
        foreach (var cell in cells)
        {
            EndHead(cell, day);
            cell.Village!.To = day;
            cell.Village = village;
        }
        PassResidents(cells, former, village, day);
        if (head is not null)
            AppointHead(cells[0], head, day);
    }

    private string NextBranchCode(Organisation grassroots) => $"{grassroots.Code}.B{Number(grassroots.Code + ".B"):00}";

    /// <summary>Numbers start anew each year, so the year is part of the number; several districts keep apart by their code.</summary>
    private string Decision(DateOnly day) =>
        string.Create(CultureInfo.InvariantCulture, $"{Number($"QĐ {day.Year}")}-QĐ/HU ({plan.Code} {day.Year})");
}
