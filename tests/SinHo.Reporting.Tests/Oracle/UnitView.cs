namespace SinHo.Reporting.Tests;

/// <summary>The part of a register that is under one unit, day by day (docs/spec/figures.md: "x under U on day d", or on today's map).</summary>
public sealed class UnitView(RegisterModel register, string unit, TodaysMap? map = null)
{
    private readonly DateOnly[] _changeDays =
    [
        .. register.Organisations.SelectMany(version => new[] { version.From, version.To ?? version.From }).Distinct().Order(),
    ];

    private readonly Dictionary<string, List<Span>> _spans = [];

    public string Code => unit;

    /// <summary>Null on the map of each day.</summary>
    public TodaysMap? Map => map;

    /// <summary>Whether following the parents that hold on the day (on today's map: on its day, from what the organisation became) upward reaches the unit.</summary>
    /// <remarks>An organisation that does not hold on the day is under nothing, not even under itself.</remarks>
    public bool Contains(string org, DateOnly day)
    {
        if (register.OrgOn(org, day) is not { } version)
            return false;
        return map is null ? org == unit || (version.Parent is not null && Contains(version.Parent, day)) : map.IsUnder(org, unit);
    }

    /// <summary>Whether the commune of a village that holds on the day is in the unit.</summary>
    public bool HasVillage(Village version, DateOnly day) => map is null ? Contains(version.Commune, day) : map.HasVillage(version.Code, unit);

    public IEnumerable<OrgVersion> OrganisationsOn(DateOnly day) =>
        register.Organisations.Where(version => version.HoldsOn(day) && Contains(version.Code, day));

    public IEnumerable<OrgVersion> BranchesOn(DateOnly day) => OrganisationsOn(day).Where(version => version.IsBranch);

    public IEnumerable<OrgVersion> GrassrootsOn(DateOnly day) => OrganisationsOn(day).Where(version => version.IsGrassroots);

    public IEnumerable<string> MembersOn(DateOnly day) =>
        register.Memberships
            .Where(membership => membership.HoldsOn(day) && Contains(membership.Branch, day))
            .Select(membership => membership.Member);

    public IEnumerable<Admission> AdmissionsIn(DateOnly from, DateOnly to) =>
        register.Admissions.Where(admission =>
            from <= admission.Date && admission.Date <= to && Contains(admission.Branch, admission.Date));

    /// <summary>Every stretch of days without a gap on which a member is in the unit, over all time.</summary>
    public IEnumerable<Run> Runs() => register.Memberships.GroupBy(membership => membership.Member).SelectMany(RunsOf);

    private static Span? Overlap(Span span, Membership membership)
    {
        var from = span.From > membership.From ? span.From : membership.From;
        var to = span.To is null || membership.To < span.To ? membership.To : span.To;
        return to is null || from < to ? new Span(from, to) : null;
    }

    private List<Run> RunsOf(IEnumerable<Membership> memberships)
    {
        var runs = new List<Run>();
        foreach (var membership in memberships.OrderBy(membership => membership.From))
        {
            foreach (var days in DaysOf(membership.Branch).Select(span => Overlap(span, membership)).OfType<Span>())
            {
                if (runs.Count > 0 && runs[^1].To == days.From)
                    runs[^1] = runs[^1] with { To = days.To, Last = membership };
                else
                    runs.Add(new Run(days.From, days.To, membership, membership));
            }
        }

        return runs;
    }

    /// <summary>The stretches on which the organisation is in the unit; what is under what changes on change days only.</summary>
    private List<Span> DaysOf(string org)
    {
        if (_spans.TryGetValue(org, out var known))
            return known;
        var spans = new List<Span>();
        DateOnly? since = null;
        foreach (var day in _changeDays)
        {
            var inside = Contains(org, day);
            if (inside && since is null)
                since = day;
            if (!inside && since is { } from)
            {
                spans.Add(new Span(from, day));
                since = null;
            }
        }

        if (since is { } open)
            spans.Add(new Span(open, null));
        return _spans[org] = spans;
    }

    private sealed record Span(DateOnly From, DateOnly? To) : Lasting(From, To);
}

/// <summary>A stretch of days on which one member is in the unit.</summary>
/// <param name="First">The membership that holds on the first day.</param>
/// <param name="Last">The membership that holds on the last day.</param>
public sealed record Run(DateOnly From, DateOnly? To, Membership First, Membership Last) : Lasting(From, To)
{
    public string Member => First.Member;
}
