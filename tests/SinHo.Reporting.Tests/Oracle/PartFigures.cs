namespace SinHo.Reporting.Tests;

/// <summary>
/// "Parts" of spec/figures.md: of what a unit counts, how much stood in each part. The key "" is what stood in none of the organisations that are parts on some day of the period.
/// </summary>
internal sealed class PartFigures
{
    private readonly RegisterModel register;
    private readonly UnitView view;
    private readonly MovementFigures movement;
    private readonly string unit;
    private readonly bool ofBranches;
    private readonly DateOnly from;
    private readonly DateOnly to;

    public PartFigures(RegisterModel register, string unit, DateOnly from, DateOnly to)
    {
        (this.register, this.unit, this.from, this.to) = (register, unit, from, to);
        view = new(register, unit);
        movement = new(register, view, from, to);
        var last = register.Organisations.Where(version => version.Code == unit && version.From <= to && (version.To is null || version.To > from)).MaxBy(version => version.From)!;
        ofBranches = last.IsGrassrootsCommittee || last.IsSubCommittee;
        HasParts = ofBranches || last.IsSuperior;
        for (var day = from; HasParts && day <= to; day = NextChange(day))
            Codes.UnionWith(register.Organisations.Where(version => version.HoldsOn(day) && version.Code != unit && IsPart(version) && view.Contains(version.Code, day)).Select(version => version.Code));
    }

    public bool HasParts { get; }

    public HashSet<string> Codes { get; } = new(StringComparer.Ordinal);

    /// <summary>Values by figure and part.</summary>
    public Dictionary<string, Dictionary<string, int>> All() => new(StringComparer.Ordinal)
    {
        ["members"] = Told(register.Memberships.Where(one => one.HoldsOn(to)).Select(one => (one.Branch, to))),
        ["opening"] = Told(register.Memberships.Where(one => one.HoldsOn(from.AddDays(-1))).Select(one => (one.Branch, from.AddDays(-1)))),
        ["admissions"] = Told(view.AdmissionsIn(from, to).Select(one => (one.Branch, one.Date))),
        ["branch_meetings"] = Told(register.Meetings.Where(one => from <= one.Date && one.Date <= to).Select(one => (one.Branch, one.Date))),
        ["inspections"] = Told(register.Inspections.Where(one => from <= one.Date && one.Date <= to).Select(one => (one.Org, one.Date))),
        ["subordinate_branches"] = Told(view.OrganisationsOn(to).Where(one => one.IsSubordinateBranch).Select(one => (one.Code, to))),
        ["inc_reorganised"] = Told(view.Runs().Where(run => from <= run.From && run.From <= to && (run.First.From != run.From || movement.ReasonIn(run.First) is null)).Select(run => (run.First.Branch, run.From))),
        ["inc_internal"] = Told(view.Runs().Where(run => from <= run.From && run.From <= to && run.First.From == run.From && movement.ReasonIn(run.First) == "Chuyển nội bộ")
            .Select(run => (run.First.Branch, run.From))),
        ["dec_internal"] = Told(view.Runs().Where(run => from <= run.To && run.To <= to && run.Last.To == run.To && movement.ReasonOut(run.Last) == "Chuyển nội bộ")
            .Select(run => (run.Last.Branch, run.To!.Value.AddDays(-1)))),
    };

    private Dictionary<string, int> Told(IEnumerable<(string Place, DateOnly Day)> rows) => rows.Where(row => view.Contains(row.Place, row.Day))
        .GroupBy(row => Nearest(row.Place, row.Day) is { } part && Codes.Contains(part) ? part : "").ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);

    private string? Nearest(string code, DateOnly day)
    {
        for (var version = register.OrgOn(code, day); version is not null && version.Code != unit; version = version.Parent is null ? null : register.OrgOn(version.Parent, day))
        {
            if (IsPart(version))
                return version.Code;
        }
        return null;
    }

    private bool IsPart(OrgVersion version) => ofBranches ? version.IsBranch : version.IsGrassroots;

    private DateOnly NextChange(DateOnly day) => register.Organisations.SelectMany(version => new[] { version.From, version.To ?? version.From })
        .Where(change => change > day).DefaultIfEmpty(DateOnly.MaxValue).Min();
}
