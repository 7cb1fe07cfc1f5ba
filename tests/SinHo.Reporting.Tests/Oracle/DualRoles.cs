namespace SinHo.Reporting.Tests;

/// <summary>"Dual-role in U on day d" of docs/spec/figures.md: secretary of a residential branch and head of a village it serves.</summary>
internal sealed class DualRoles(RegisterModel register, UnitView unit)
{
    private const string Secretary = "Bí thư chi bộ";
    private const string Head = "Trưởng bản";

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

    /// <summary>Those who held both posts at any time: nobody else can be dual-role.</summary>
    private IEnumerable<string> Candidates() => PersonsWith(Secretary).Intersect(PersonsWith(Head));

    private IEnumerable<string> PersonsWith(string post) => register.Posts.Where(p => p.Name == post).Select(p => p.Member);

    private bool HoldsBoth(string person, DateOnly day) =>
        register.PostsOf(person, Secretary, day).Select(post => post.Place).Any(branch =>
            register.OrgOn(branch, day) is { IsBranch: true, IsResidential: true }
            && unit.Contains(branch, day)
            && register.PostsOf(person, Head, day).Any(head => register.VillagesServedBy(branch, day).Contains(head.Place)));
}
