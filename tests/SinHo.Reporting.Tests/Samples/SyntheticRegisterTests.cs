using SinHo.Reporting.Samples;
using Xunit;

namespace SinHo.Reporting.Tests.Samples;

public sealed class SyntheticRegisterTests
{
    private static readonly DateOnly End = new(2020, 12, 31);

    [Theory]
    [InlineData(3, 0, 1)]
    [InlineData(4, 30, 2)]
    [InlineData(20, 5, 3)]
    [InlineData(350, 3_900, 6)]
    [InlineData(1_200, 9_001, 4)]
    public void On_the_last_day_exactly_what_was_asked_for_is_there(int organisations, int members, int years)
    {
        var register = RegisterRowsOf.Model(new SyntheticRegister(organisations, members, years, 7));
        Assert.Equal(organisations, register.Organisations.Count(organisation => organisation.HoldsOn(End)));
        Assert.Equal(members, register.Memberships.Count(membership => membership.HoldsOn(End)));
        Assert.Equal(new DateOnly(2021 - years, 1, 1), register.Organisations.Min(organisation => organisation.From));
    }

    [Fact]
    public void A_district_has_about_350_organisations()
    {
        var districts = RegisterRowsOf.Model(new SyntheticRegister(1_060, 900, 1, 7)).Organisations.Where(o => o.Level == "Đảng bộ huyện");
        Assert.Equal(["D001", "D002", "D003"], districts.Select(district => district.Code));
    }

    [Fact]
    public void A_seed_always_gives_the_same_register_and_another_one_another()
    {
        Assert.Equal(Dump(1), Dump(1));
        Assert.NotEqual(Dump(1), Dump(2));
    }

    [Fact]
    public void Districts_that_are_not_kept_are_lived_again_alike()
    {
        // Fourteen districts: the last two are made anew for every sheet and must agree with themselves.
        var register = RegisterRowsOf.Model(new SyntheticRegister(14 * 350, 3_000, 1, 3));
        var members = register.Members.Select(member => member.Code).ToHashSet();
        Assert.Equal(register.Members.Count, register.Members.Select(member => (member.Code, member.Since)).Distinct().Count());
        Assert.All(register.Memberships, membership => Assert.Contains(membership.Member, members));
    }

    [Theory]
    [InlineData(2, 10, 1)]
    [InlineData(10, -1, 1)]
    [InlineData(10, 10, 0)]
    public void Numbers_too_small_are_refused(int organisations, int members, int years) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new SyntheticRegister(organisations, members, years, 1));

    private static string Dump(int seed) => string.Join('\n',
        RegisterRowsOf.All(new SyntheticRegister(40, 300, 2, seed)).Select(row => $"{row.Sheet.Name}|{string.Join('|', row.Values)}"));
}
