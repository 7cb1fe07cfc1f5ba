namespace SinHo.Reporting.Tests;

/// <summary>"Movement" of docs/spec/figures.md: runs of days in the unit that start or end within the period.</summary>
internal sealed class MovementFigures(RegisterModel register, UnitView unit, DateOnly from, DateOnly to)
{
    private const string Internal = "Chuyển nội bộ";

    private readonly Run[] _runs = [.. unit.Runs()];

    public IEnumerable<(string Code, IEnumerable<string> Evidence)> All() =>
    [
        ("opening", unit.MembersOn(from.AddDays(-1))),
        ("inc_admitted", Started("Kết nạp", "Kết nạp lại")),
        ("inc_other_province", Started("Chuyển đến từ tỉnh khác")),
        ("inc_other_district", Started("Chuyển đến từ huyện khác")),
        ("inc_restored", Started("Phục hồi đảng tịch")),
        ("inc_initial", Started("Đầu kỳ")),
        ("inc_internal", Started("Chuyển nội bộ")),
        ("inc_reorganised", Increases().Where(run => run.First.From != run.From || ReasonIn(run.First) is null).Select(run => run.Member)),
        ("dec_died", Ended("Từ trần")),
        ("dec_expelled", Ended("Khai trừ")),
        ("dec_struck_off", Ended("Xóa tên")),
        ("dec_struck_off_probationary", EndedRuns("Xóa tên")
            .Where(run => !register.IsOfficial(run.Member, run.To!.Value.AddDays(-1))).Select(run => run.Member)),
        ("dec_resigned", Ended("Xin ra khỏi Đảng")),
        ("dec_other_province", Ended("Chuyển đi tỉnh khác")),
        ("dec_other_district", Ended("Chuyển đi huyện khác")),
        ("dec_internal", Ended("Chuyển nội bộ")),
        ("dec_reorganised", Decreases().Where(run => run.Last.To != run.To || ReasonOut(run.Last) is null).Select(run => run.Member)),
        ("closing", unit.MembersOn(to)),
    ];

    private IEnumerable<Run> Increases() => _runs.Where(run => from <= run.From && run.From <= to);

    private IEnumerable<Run> Decreases() => _runs.Where(run => from <= run.To && run.To <= to);

    private IEnumerable<string> Started(params string[] reasons) =>
        Increases().Where(run => run.First.From == run.From && reasons.Contains(ReasonIn(run.First))).Select(run => run.Member);

    private IEnumerable<Run> EndedRuns(string reason) =>
        Decreases().Where(run => run.Last.To == run.To && ReasonOut(run.Last) == reason);

    /// <summary>A move within the register that came from another district is one from there, or a reorganisation where the branch went on in this one.</summary>
    public string? ReasonIn(Membership reached)
    {
        if (reached.ReasonIn != Internal)
            return reached.ReasonIn;
        var left = register.MembershipsOf(reached.Member).Where(earlier => earlier.To <= reached.From).MaxBy(earlier => earlier.To);
        return left is not null && IsFar(left, reached) ? register.GoesOnIn(left.Branch, reached.Branch, left.To!.Value) ? null : "Chuyển đến từ huyện khác" : Internal;
    }

    /// <summary>The same of a move that goes to another district.</summary>
    public string? ReasonOut(Membership left)
    {
        if (left.ReasonOut != Internal)
            return left.ReasonOut;
        var reached = register.MembershipsOf(left.Member).Where(later => later.From >= left.To).MinBy(later => later.From);
        return reached is { ReasonIn: Internal } && IsFar(left, reached) ? register.GoesOnIn(left.Branch, reached.Branch, left.To!.Value) ? null : "Chuyển đi huyện khác" : Internal;
    }

    private bool IsFar(Membership left, Membership reached) => unit.Map is { } map
        ? map.SuperiorOf(left.Branch) != map.SuperiorOf(reached.Branch)
        : register.SuperiorOn(left.Branch, left.To!.Value.AddDays(-1)) != register.SuperiorOn(reached.Branch, reached.From);

    private IEnumerable<string> Ended(string reason) => EndedRuns(reason).Select(run => run.Member);
}
