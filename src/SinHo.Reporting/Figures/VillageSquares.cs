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

    private string BranchWords => Branch switch { VillageBranch.Own => "có chi bộ độc lập", VillageBranch.Joint => "sinh hoạt ghép", _ => "chưa có chi bộ" };

    /// <summary>What colours and letters mean.</summary>
    public const string Legend = "Số trong ô: đảng viên cư trú (đỏ: chưa có; vàng: 1-2; xanh: từ 3). G: sinh hoạt ghép; ×: chưa có chi bộ; !: nguy cơ trắng đảng viên.";
}
