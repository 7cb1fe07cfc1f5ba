using System.Globalization;
using SinHo.Reporting.Exchange;
using SinHo.Reporting.Register;
using SinHo.Reporting.Words;

namespace SinHo.Reporting.Reorganisation;

/// <summary>
/// The tree as it stands from one day of a plan on: what rows say, and what stands below comes along with its code and name, at a level that may
/// stand there. Source: docs/spec/command-line.md, PLAN.xlsx.
/// </summary>
internal sealed class UnitsOfDay(
    PlanRegister register, List<PlanRow> rows, DateOnly day, Action<PlanRow, string, string, string?, string> fault)
{
    private readonly Dictionary<string, Unit> units = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PlanRow> endedBy = PlanWork.Ended(rows).ToDictionary(pair => pair.Code, pair => pair.Row, StringComparer.Ordinal);
    private readonly HashSet<(string Ended, string Child)> told = [];

    public IEnumerable<(string Code, PlanRow Row)> Ended => endedBy.Select(pair => (pair.Key, pair.Value));

    /// <returns>False where the units turn in a circle.</returns>
    public bool Work()
    {
        foreach (var (code, versions) in register.Organisations)
        {
            if (!endedBy.ContainsKey(code) && versions.Find(version => version.HoldsOn(day)) is { } version)
                units[code] = new(version) { Name = version.Text("name"), Level = version.Text("level"), Type = version.Text("type"), Parent = version.Text("parent") };
        }
        foreach (var group in rows.Where(row => row.New is not null).GroupBy(row => row.New!))
            Say(group.Key, [.. group]);
        foreach (var (code, unit) in units.Where(pair => pair.Value.Version is not null && pair.Value.Row is not { Parent: not null }))
        {
            if (unit.Row is { Form: PlanRow.Moving, GoesOn: true })
                unit.Parent = null;
            else if (Image(unit.Parent, code) is var image && image != unit.Parent)
                (unit.Cause, unit.Parent) = (unit.Cause ?? endedBy[unit.Parent!], image);
        }
        if (FindCircle())
            return false;
        foreach (var (code, unit) in units.OrderBy(pair => Depth(pair.Key)).ToList())
            Fit(code, unit);
        return true;
    }

    /// <summary>What a committee that ends has become; itself where it goes on or nobody can say.</summary>
    public string Became(string code) => endedBy.ContainsKey(code) && PlanWork.Successors(rows, code) is [var only] ? only : code;

    /// <param name="endingVillages">They do not come along: they end.</param>
    public void Write(IReadOnlySet<string> endingVillages)
    {
        foreach (var (code, unit) in units)
        {
            if (unit.Cause is not { } cause)
                continue;
            IEnumerable<(string, string?)> said = [("name", unit.Name), ("level", unit.Level), ("type", unit.Type), ("parent", unit.Parent)];
            if (unit.Version is null)
                register.AddVersion(new(ExchangeWorkbook.Organisations, cause.Place, [("code", code), ("from", day), .. said.Select(pair => (pair.Item1, (object?)pair.Item2))]));
            else if (PlanWork.Next(unit.Version, day, cause.Place, said) is { } next)
                register.AddVersion(next);
        }
        foreach (var (code, versions) in register.Villages.ToList())
        {
            if (!endingVillages.Contains(code) && versions.Find(version => version.HoldsOn(day)) is { } village && village.Text("commune") is { } commune && endedBy.TryGetValue(commune, out var cause)
                && !rows.Exists(row => row.IsVillage && row.New == code && row.Parent is not null)
                && Image(commune, code, isVillage: true) is { } image && image != commune
                && PlanWork.Next(village, day, cause.Place, [("commune", image)]) is { } next)
            {
                register.AddVersion(next);
            }
        }
    }

    /// <summary>What the rows of one new code say of it.</summary>
    private void Say(string code, List<PlanRow> said)
    {
        var first = said.Find(row => row.Parent is not null || row.Level is not null || row.Name is not null) ?? said[0];
        string? Told(string column, Func<PlanRow, string?> value) => PlanWork.Said(said, column, value, fault);
        var (name, level, type, parent) = (Told("Tên mới", row => row.Name), Told("Cấp mới", row => row.Level), Told("Loại hình mới", row => row.Type), Told("Trực thuộc mới", row => row.Parent));
        if (units.TryGetValue(code, out var unit))
        {
            units[code] = unit with { Row = first with { Parent = parent }, Cause = first, Name = name ?? unit.Name, Level = level ?? unit.Level, Type = type ?? unit.Type, Parent = parent ?? unit.Parent, IsLevelSaid = level is not null, IsTypeSaid = type is not null };
            return;
        }
        // A new code: what its rows leave open it has from those that went into it, where they agree.
        var before = said.Select(row => row.Old).OfType<string>().Distinct().Select(old => PlanRegister.On(register.Organisations, old, day)).OfType<WorkedRow>().ToList();
        if (name is null)
            fault(first, IssueCode.Required, "Tên mới", null, $"{code} chưa có trong hệ thống nên cần Tên mới.");
        if ((level ?? PlanWork.Common(before, "level")) is not { } newLevel)
            fault(first, IssueCode.Required, "Cấp mới", null, $"{code} chưa có trong hệ thống nên cần Cấp mới.");
        else if ((type ?? PlanWork.Common(before, "type")) is not { } newType)
            fault(first, IssueCode.Required, "Loại hình mới", null, $"{code} chưa có trong hệ thống nên cần Loại hình mới.");
        else
            units[code] = new(null) { Row = first, Cause = first, Name = name, Level = newLevel, Type = newType, Parent = parent ?? Inherited(), IsLevelSaid = level is not null, IsTypeSaid = type is not null };

        string? Inherited()
        {
            var parents = before.Select(one => one.Text("parent") is { } above && endedBy.ContainsKey(above) ? Became(above) is var became && became != above ? became : null : one.Text("parent")).Distinct().ToList();
            return parents is [var one] && one != code ? one : null;
        }
    }

    /// <summary>What a superior that ends has become, for who stands below it.</summary>
    private string? Image(string? superior, string child, bool isVillage = false)
    {
        if (superior is null || !endedBy.TryGetValue(superior, out var row))
            return superior;
        var successors = PlanWork.Successors(rows, superior);
        if (successors is [var only])
            return only;
        if (successors.Count > 1 && told.Add((superior, child)))
        {
            fault(row, IssueCode.WrongParent, "Mã cũ", child,
                $"{superior} chia thành {string.Join(", ", successors)} nên không rõ {(isVillage ? "bản " : "")}{child} về đâu; hãy thêm một dòng {child} → {child} với Trực thuộc mới.");
        }
        else if (told.Add((superior, child)))
        {
            fault(row, IssueCode.WrongParent, "Mã cũ", child,
                $"{superior} kết thúc mà không có nơi kế thừa nhưng {(isVillage ? "bản " : "")}{child} còn trực thuộc; hãy thêm một dòng cho {child}, hoặc ghi nơi kế thừa của {superior}.");
        }
        return superior;
    }

    private bool FindCircle()
    {
        var found = false;
        foreach (var (code, unit) in units.Where(pair => pair.Value.Row is not null))
        {
            var seen = new HashSet<string>(StringComparer.Ordinal);
            var above = unit.Parent;
            while (above is not null && above != code && seen.Add(above))
                above = units.GetValueOrDefault(above)?.Parent;
            if (above != code)
                continue;
            fault(unit.Row!, IssueCode.PlanCycle, "Trực thuộc mới", unit.Parent, string.Create(CultureInfo.InvariantCulture,
                $"{code} trực thuộc {unit.Parent}, mà {unit.Parent} lại ở dưới {code}: phương án thành vòng; hãy sửa Trực thuộc mới."));
            found = true;
        }
        return found;
    }

    private int Depth(string code)
    {
        var unit = units[code];
        // Superiors that the register does not have, or that turn in a circle stored before, end the way up.
        if (unit.Depth < 0)
        {
            unit.Depth = 0;
            unit.Depth = unit.Parent is { } above && units.ContainsKey(above) ? Depth(above) + 1 : 0;
        }
        return unit.Depth;
    }

    /// <summary>The level and type of a unit that changed, or whose superior did.</summary>
    private void Fit(string code, Unit unit)
    {
        var above = unit.Parent is { } parent ? units.GetValueOrDefault(parent) : null;
        if ((unit.Parent is not null && above is null) || Levels.Of(unit.Level!) is not { } level)
            return;
        var hasMoved = unit.Cause is not null;
        if (!hasMoved && !(above is { Cause: not null } && above.Level != above.Version?.Text("level")))
            return;
        var aboveLevel = above is null ? null : Levels.Of(above.Level!);
        if (!unit.IsLevelSaid && !level.StandsUnder(aboveLevel))
        {
            var received = Levels.All.Where(one => one.Received <= day && one.IsBranch == level.IsBranch && one.StandsUnder(aboveLevel)).MaxBy(one => one.Received);
            if (received is null)
                return;
            (unit.Cause, unit.Level, level) = (unit.Cause ?? above!.Cause, received.Name, received);
        }
        if (!unit.IsTypeSaid && !level.Takes(unit.Type!, aboveLevel))
            (unit.Cause, unit.Type) = (unit.Cause ?? above!.Cause, "Khác");
    }

    /// <param name="Version">As stored; null for a new one.</param>
    private sealed record Unit(WorkedRow? Version)
    {
        /// <summary>The row that speaks of it.</summary>
        public PlanRow? Row { get; init; }

        /// <summary>The row because of which it may change.</summary>
        public PlanRow? Cause { get; set; }

        public string? Name { get; init; }
        public string? Level { get; set; }
        public string? Type { get; set; }
        public string? Parent { get; set; }
        public bool IsLevelSaid { get; init; }
        public bool IsTypeSaid { get; init; }
        public int Depth { get; set; } = -1;
    }
}
