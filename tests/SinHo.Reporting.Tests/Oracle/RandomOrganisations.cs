using SinHo.Reporting.Register;

namespace SinHo.Reporting.Tests;

/// <summary>
/// Organisations with random lives: they are renamed, change type and level, move between parents, end, become others, and sometimes come back;
/// in most registers a reform ends a district and makes new units of its communes. A parent of a fitting level always holds as long as the child does.
/// </summary>
internal sealed class RandomOrganisations
{
    private static readonly string[] _communeTypes = ["Xã", "Phường", "Thị trấn", "Đặc khu"];

    private readonly Dice _dice;

    public RandomOrganisations(Dice dice, int communes)
    {
        _dice = dice;
        var province = dice.Chance(40);
        if (province)
            AddVersion("T", "Đảng bộ tỉnh", "Khác", null, Dice.Start.AddYears(-10), null);
        foreach (var district in dice.Chance(50) ? ["H1", "H2"] : new[] { "H1" })
            AddVersion(district, "Đảng bộ huyện", "Khác", province && dice.Chance(80) ? "T" : null, Dice.Start.AddYears(-10), null);
        for (var i = 1; i <= communes; i++)
            AddLife($"X{i}", () => (dice.Chance(80) ? "Đảng bộ cơ sở" : "Đảng bộ cấp xã", dice.Chance(10) ? "Đặc khu" : dice.Pick(["Xã", "Xã", "Thị trấn", "Phường"])));
        for (var i = 1; i <= communes; i++)
            AddLife($"C{i}", () => (dice.Pick(["Đảng bộ cơ sở", "Chi bộ cơ sở"]), AgencyType()));
        for (var i = 1; i <= communes; i++)
            AddLife($"P{i}", () => (dice.Pick(["Đảng bộ bộ phận", "Đảng bộ trực thuộc"]), "Khác"));
        for (var i = 1; i <= communes * 8; i++)
            AddLife($"B-{i:00}", Branch);
        if (dice.Chance(75))
            Reform(dice.Chance(50) ? new DateOnly(2019, 3, 1) : dice.Day(new(2016, 1, 1), new(2021, 1, 1)));
        FitToParents();
        foreach (var village in Enumerable.Range(1, communes * 5))
            AddVillage($"V{village:00}");
    }

    public List<OrgVersion> Versions { get; } = [];

    public List<Village> Villages { get; } = [];

    /// <summary>What became what: of the reform, and of villages.</summary>
    public List<Became> Successions { get; } = [];

    public IEnumerable<string> Codes => Versions.Select(version => version.Code).Distinct();

    public List<(string Code, DateOnly From, DateOnly? To)> BranchSpans() => Spans(version => version.IsBranch);

    /// <summary>The longest stretches without a gap on which an organisation is of a kind.</summary>
    private List<(string Code, DateOnly From, DateOnly? To)> Spans(Func<OrgVersion, bool> kind)
    {
        var spans = new List<(string Code, DateOnly From, DateOnly? To)>();
        foreach (var version in Versions.Where(kind).OrderBy(v => v.Code, StringComparer.Ordinal).ThenBy(v => v.From))
        {
            if (spans.Count > 0 && spans[^1].Code == version.Code && spans[^1].To == version.From)
                spans[^1] = spans[^1] with { To = version.To };
            else
                spans.Add((version.Code, version.From, version.To));
        }

        return spans;
    }

    /// <summary>Whether an organisation of the level and type may stand under another.</summary>
    private static bool MayStandUnder(string level, string type, OrgVersion parent) => level switch
    {
        "Chi bộ trực thuộc" or "Chi bộ" => parent.IsGrassrootsCommittee || parent.IsSubCommittee,
        "Đảng bộ bộ phận" or "Đảng bộ trực thuộc" => parent.IsGrassrootsCommittee,
        "Đảng bộ cấp xã" => parent.Level is "Đảng bộ huyện" or "Đảng bộ tỉnh",
        "Chi bộ cơ sở" => parent.IsSuperior && (Vocabulary.GrassrootsType.Values.Contains(type) || parent.Level == "Đảng bộ cấp xã"),
        _ => parent.IsSuperior,
    };

    private (string Level, string Type) Branch() => _dice.Number(1, 100) switch
    {
        <= 70 => ("Chi bộ trực thuộc", BranchType()),
        <= 84 => ("Chi bộ", BranchType()),
        <= 92 => ("Chi bộ cơ sở", BranchType()),
        _ => ("Chi bộ cơ sở", AgencyType()),
    };

    private string BranchType() => _dice.Number(1, 10) switch
    {
        <= 5 => _dice.Pick(["Bản", "Khu phố"]),
        <= 9 => _dice.Pick(["Trường học", "Quân sự", "Công an", "Cơ quan xã"]),
        _ => _dice.Pick(Vocabulary.BranchType.Values),
    };

    private string AgencyType() => _dice.Chance(40) ? "Công an" : _dice.Pick([.. Vocabulary.GrassrootsType.Values.Where(type => type != "Đặc khu")]);

    private void AddLife(string code, Func<(string Level, string Type)> shape)
    {
        var from = _dice.Chance(60) ? Dice.Start.AddYears(-5) : _dice.Day(Dice.Start, Dice.End);
        while (from < Dice.End)
        {
            var (level, type) = shape();
            if (level == "Đảng bộ cấp xã" && _dice.Chance(15))
            {
                AddVersion(code, level, type, null, from, null);
                return;
            }
            var parents = Spans(version => MayStandUnder(level, type, version)).FindAll(span => span.From <= from && (span.To is null || from < span.To));
            if (parents.Count == 0)
            {
                if (!_dice.Chance(50))
                    return;
                from = _dice.Day(from.AddDays(1), Dice.End.AddDays(1));
                continue;
            }
            var parent = _dice.Pick(parents);
            var to = _dice.Until(from, parent.To);
            AddVersion(code, level, type, parent.Code, from, to);
            if (to is null || _dice.Chance(20))
                return;
            from = _dice.Chance(15) ? _dice.Day(to.Value, Dice.End) : to.Value;
        }
    }

    /// <summary>A district ends; its communes become new units or go on as such, what stood below them goes on below, merges, splits or ends.</summary>
    private void Reform(DateOnly day)
    {
        var district = _dice.Pick([.. Versions.Where(version => version.Level == "Đảng bộ huyện")]).Code;
        var root = Versions.Exists(version => version.Code == "T") && _dice.Chance(80) ? "T" : null;
        var ended = EndBelow(district, day);
        if (_dice.Chance(50))
            Successions.Add(new("1-NQ/UB", day, "Giải thể", "huyện", [district], []));
        var communes = ended.FindAll(version => version.IsCommuneCommittee);
        for (var n = 1; communes.Count > 0; n++)
        {
            OrgVersion[] merged = [.. communes.Take(_dice.Number(1, 3))];
            communes.RemoveRange(0, merged.Length);
            Merge(merged, _dice.Chance(60) ? $"N{n}" : merged[0].Code, root, day, ended);
        }
        foreach (var agency in ended.Where(version => version is { IsGrassroots: true, IsCommuneCommittee: false } && !HoldsFrom(version.Code, day) && _dice.Chance(60)))
        {
            // An agency goes to the province, or to a commune; what stands below it comes along.
            var above = Versions.Where(version => version.From == day && version.IsSuperior).Select(version => version.Code).Append(root).OfType<string>().ToList();
            if (above.Count == 0 || !MayStandUnder(agency.Level, agency.Type, Versions.Last(version => version.Code == above[^1])))
                continue;
            AddVersion(agency.Code, agency.Level, agency.Type, above[^1], day, null);
            foreach (var branch in ended.Where(version => version.Parent == agency.Code && version.IsSubordinateBranch))
                AddVersion(branch.Code, branch.Level, branch.Type, agency.Code, day, null);
        }
    }

    private bool HoldsFrom(string code, DateOnly day) => Versions.Exists(version => version.Code == code && version.From == day);

    /// <summary>Ends all that stands at or below the unit on the day before, and gives what it was.</summary>
    private List<OrgVersion> EndBelow(string unit, DateOnly day)
    {
        var ended = new List<OrgVersion>();
        for (var found = new List<string> { unit }; found.Count > 0;)
        {
            var now = Versions.FindAll(version => version.HoldsOn(day.AddDays(-1)) && (found.Contains(version.Code) && version.Code == unit || (version.Parent is { } parent && found.Contains(parent))));
            now = [.. now.Where(version => version.Code == unit || version.Parent is not null && found.Contains(version.Parent)).Where(version => ended.TrueForAll(one => one.Code != version.Code))];
            ended.AddRange(now);
            found = [.. now.Select(version => version.Code)];
        }
        var codes = ended.Select(version => version.Code).ToHashSet();
        Versions.RemoveAll(version => codes.Contains(version.Code) && version.From >= day);
        for (var i = 0; i < Versions.Count; i++)
        {
            if (codes.Contains(Versions[i].Code) && Versions[i].HoldsOn(day))
                Versions[i] = Versions[i] with { To = day };
        }
        return ended;
    }

    private void Merge(OrgVersion[] communes, string code, string? root, DateOnly day, List<OrgVersion> ended)
    {
        var level = root is null || _dice.Chance(80) ? "Đảng bộ cấp xã" : "Đảng bộ cơ sở";
        AddVersion(code, level, _dice.Pick(_communeTypes), root, day, null);
        if (communes.Length > 1 || communes[0].Code != code)
            Successions.Add(new("1-NQ/UB", day, communes.Length > 1 ? "Sáp nhập" : "Đổi tên", code, [.. communes.Select(commune => commune.Code)], [code]));
        string? committee = null;
        if (level == "Đảng bộ cấp xã" && _dice.Chance(60))
            AddVersion(committee = $"{code}-C", "Đảng bộ cơ sở", "Cơ quan Nhà nước", code, day, null);
        var below = ended.FindAll(version => version.IsBranch && IsBelow(version, communes, ended));
        while (below.Count > 0)
        {
            var branch = below[0];
            below.RemoveAt(0);
            switch (_dice.Number(1, 10))
            {
                case 1 when below.Count > 0:
                    var other = below[0];
                    below.RemoveAt(0);
                    var into = _dice.Chance(50) ? other.Code : $"{branch.Code}N";
                    if (GoOn(into, other, code, committee, day))
                        Successions.Add(new($"{branch.Code}-QĐ", day, "Sáp nhập", null, [branch.Code, other.Code], [into]));
                    break;
                case 2:
                    string[] halves = [_dice.Chance(30) ? branch.Code : $"{branch.Code}N1", $"{branch.Code}N2"];
                    if (halves.All(half => GoOn(half, branch, code, committee, day)))
                        Successions.Add(new($"{branch.Code}-QĐ", day, "Chia tách", _dice.Chance(50) ? "nhóm" : null, [branch.Code], halves));
                    break;
                case 3:
                    if (_dice.Chance(50))
                        Successions.Add(new($"{branch.Code}-QĐ", day, "Giải thể", null, [branch.Code], []));
                    break;
                default:
                    GoOn(branch.Code, branch, code, committee, day);
                    break;
            }
        }
    }

    private static bool IsBelow(OrgVersion version, OrgVersion[] communes, List<OrgVersion> ended)
    {
        for (var at = version; at is not null; at = at.Parent is null ? null : ended.Find(one => one.Code == at.Parent))
        {
            if (communes.Contains(at))
                return true;
        }
        return false;
    }

    /// <summary>A branch from the day on, in one of the ways in which it may stand under a new unit.</summary>
    private bool GoOn(string code, OrgVersion was, string unit, string? committee, DateOnly day)
    {
        if (HoldsFrom(code, day))
            return false;
        var parent = committee is not null && _dice.Chance(60) ? committee : unit;
        var above = Versions.Last(version => version.Code == parent);
        var level = above.IsSuperior ? "Chi bộ cơ sở" : _dice.Pick(["Chi bộ trực thuộc", "Chi bộ"]);
        var type = level == "Chi bộ cơ sở" || Vocabulary.BranchType.Values.Contains(was.Type) ? was.Type : "Khác";
        if (level == "Chi bộ cơ sở" && !Vocabulary.GrassrootsType.Values.Contains(type) && above.Level != "Đảng bộ cấp xã")
            return false;
        AddVersion(code, level, type, parent, day, _dice.Chance(85) ? null : _dice.Day(day.AddDays(1), Dice.End.AddYears(1)));
        return true;
    }

    /// <summary>Where a parent ended earlier than was thought, or is not there any more, so do its children.</summary>
    private void FitToParents()
    {
        for (var changed = true; changed;)
        {
            changed = false;
            foreach (var child in Versions.Where(version => version.Parent is not null).ToList())
            {
                var spans = Spans(version => version.Code == child.Parent && MayStandUnder(child.Level, child.Type, version));
                var there = spans.Find(span => span.From <= child.From && (span.To is null || child.From < span.To));
                if (there.Code is not null && (there.To is null || child.To <= there.To))
                    continue;
                changed = true;
                Versions.Remove(child);
                if (there.Code is not null)
                    Versions.Add(child with { To = there.To });
            }
        }
        var known = Codes.ToHashSet();
        Successions.RemoveAll(one => !one.Before.Concat(one.After).All(known.Contains));
        // A code is once in a group; who goes on as he was is not restructured by it.
        Successions.RemoveAll(one => one.Before.SequenceEqual(one.After));
    }

    /// <summary>A village passes from commune to commune, with the units into which they go, and may become others.</summary>
    private void AddVillage(string code)
    {
        var kind = _dice.Pick(Vocabulary.VillageKind.Values);
        var communes = Spans(version => version.IsCommuneCommittee);
        if (communes.Count == 0)
            return;
        var commune = _dice.Pick(communes);
        var from = _dice.Chance(70) ? commune.From : _dice.Day(commune.From, commune.To ?? Dice.End);
        for (var n = 0; n < 4; n++)
        {
            var to = _dice.Chance(60) ? commune.To : _dice.Until(from, commune.To);
            Villages.Add(new(code, commune.Code, from, to));
            if (to is not { } end)
                return;
            var next = communes.FindAll(span => span.From <= end && (span.To is null || end < span.To));
            if (next.Count == 0 || _dice.Chance(20))
            {
                var others = Villages.FindAll(other => other.Code != code && other.HoldsOn(end));
                if (others.Count > 1 && _dice.Chance(60))
                    Successions.Add(new($"{code}-NQ", end, _dice.Chance(60) ? "Sáp nhập" : "Chia tách", null, [code], [.. others.Take(_dice.Number(1, 2)).Select(other => other.Code).Distinct()]));
                return;
            }
            var became = Successions.Find(one => one.Date == end && one.Before.Contains(commune.Code));
            var after = next.FindAll(span => became?.After.Contains(span.Code) == true);
            commune = after.Count > 0 && _dice.Chance(80) ? after[0] : _dice.Pick(next);
            from = end;
        }
    }

    private void AddVersion(string code, string level, string type, string? parent, DateOnly from, DateOnly? to) =>
        Versions.Add(new OrgVersion(code, $"{level} {code} từ {from.Year}", level, type, parent, from, to));
}

/// <summary>One group of a decision: the units as they were, and as they became.</summary>
internal sealed record Became(string Decision, DateOnly Date, string Form, string? Group, string[] Before, string[] After);
