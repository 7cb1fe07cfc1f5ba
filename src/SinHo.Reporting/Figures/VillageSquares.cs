namespace SinHo.Reporting.Figures;

/// <summary>How a village is served by branches.</summary>
public enum VillageBranch
{
    None,
    Joint,
    Own,
}

/// <summary>The villages of a commune, one square each.</summary>
public sealed record VillageSquares(string Commune, IReadOnlyList<VillageSquare> Villages);

/// <param name="Members">Who reside there.</param>
/// <param name="IsAtRisk">Members reside there and all are over 60, excused or away.</param>
public sealed record VillageSquare(string Code, string Name, int Members, VillageBranch Branch, bool IsAtRisk)
{
    /// <summary>None, one or two, or more.</summary>
    public string Shade => Members switch { 0 => "none", <= 2 => "few", _ => "more" };

    /// <summary>What the square says, in words.</summary>
    public string Words => $"{Name}: {(Members == 0 ? "chưa có đảng viên" : $"{Members} đảng viên")}, {BranchWords}{(IsAtRisk ? ", nguy cơ trắng đảng viên" : "")}";

    /// <summary>A few letters for the square: the members, G of a joint branch, × of none, ! at risk.</summary>
    public string Marks => $"{Members}{Branch switch { VillageBranch.Joint => " G", VillageBranch.None => " ×", _ => "" }}{(IsAtRisk ? " !" : "")}";

    public string BranchWords => Branch switch { VillageBranch.Own => "có chi bộ độc lập", VillageBranch.Joint => "sinh hoạt ghép", _ => "chưa có chi bộ" };

    /// <summary>What colours and letters mean.</summary>
    public const string Legend = "Số trong ô: đảng viên cư trú (đỏ: chưa có; vàng: 1-2; xanh: từ 3). G: sinh hoạt ghép; ×: chưa có chi bộ; !: nguy cơ trắng đảng viên.";
}

/// <summary>A village on the last day and on the first of the term; null where the unit had it not.</summary>
public sealed record VillageChange(string Commune, VillageSquare? Then, VillageSquare? Now)
{
    public string Code => (Now ?? Then)!.Code;

    public string Name => (Now ?? Then)!.Name;

    /// <summary>What became otherwise, in words; empty where nothing did.</summary>
    public string Words => (Then, Now) switch
    {
        (null, _) => "bản mới",
        (_, null) => "không còn",
        var (then, now) => string.Join("; ", Differences(then, now)),
    };

    private static IEnumerable<string> Differences(VillageSquare then, VillageSquare now)
    {
        if ((then.Members == 0) != (now.Members == 0))
            yield return now.Members > 0 ? "đã có đảng viên" : "không còn đảng viên";
        if (then.Branch != now.Branch)
            yield return $"{then.BranchWords} → {now.BranchWords}";
        if (then.IsAtRisk != now.IsAtRisk)
            yield return now.IsAtRisk ? "mới có nguy cơ trắng" : "hết nguy cơ trắng";
    }
}
