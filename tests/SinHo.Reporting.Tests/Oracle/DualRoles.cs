namespace SinHo.Reporting.Tests;

/// <summary>"Dual-role in U on day d" of spec/figures.md: secretary of a residential branch and head of a village it serves.</summary>
internal sealed class DualRoles(RegisterModel register, UnitView unit)
{
    private readonly ILookup<string, Post> _secretaries = register.Posts.Where(post => post.Name == "Bí thư chi bộ").ToLookup(p => p.Member);
    private readonly ILookup<string, Post> _heads = register.Posts.Where(post => post.Name == "Trưởng bản").ToLookup(p => p.Member);

    public IEnumerable<string> PersonsOn(DateOnly day) => Candidates().Where(person => HoldsBoth(person, day));

    /// <summary>Persons who are dual-role on some day of the period and were not on the day before it.</summary>
    public IEnumerable<string> PersonsStartedIn(DateOnly from, DateOnly to) =>
        Candidates().Where(person =>
        {
            var before = HoldsBoth(person, from.AddDays(-1));
            for (var day = from; day <= to; day = day.AddDays(1))
            {
                var now = HoldsBoth(person, day);
                if (now && !before)
                    return true;
                before = now;
            }

            return false;
        });

    private IEnumerable<string> Candidates() => _secretaries.Select(posts => posts.Key).Where(_heads.Contains);

    private bool HoldsBoth(string person, DateOnly day) =>
        _secretaries[person].Any(secretary => secretary.HoldsOn(day)
            && register.OrgOn(secretary.Place, day) is { IsBranch: true, IsResidential: true }
            && unit.Contains(secretary.Place, day)
            && _heads[person].Any(head => head.HoldsOn(day) && AreLinked(secretary.Place, head.Place, day)));

    private bool AreLinked(string branch, string village, DateOnly day) =>
        register.Services.Any(service => service.Branch == branch && service.Village == village && service.HoldsOn(day));
}
