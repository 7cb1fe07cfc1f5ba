using SinHo.Reporting.Exchange;
using SinHo.Reporting.Register;
using SinHo.Reporting.Samples;
using Xunit;

namespace SinHo.Reporting.Tests.Samples;

/// <summary>The sample counts what the newspaper told, by the second calculation. Source: issue 2, section 6.</summary>
public sealed class SinHoSampleTests
{
    private static readonly DateOnly From = new(2015, 7, 1);
    private static readonly DateOnly To = new(2020, 6, 30);
    private static readonly string[] Elevens = ["rearranged_school_branches", "dissolved_agency_branches", "founded_police_branches"];
    private static readonly RegisterModel Register = RegisterRowsOf.Model(new SinHoSample());
    private static readonly IReadOnlyDictionary<string, CountedFigure> Figures = Oracle.Figures(Register, "SH", From, To, 5);
    private static readonly IReadOnlyDictionary<string, CountedFigure> PaTan = Oracle.Figures(Register, "SH.X03", From, To, 5);

    [Theory]
    [MemberData(nameof(Article.District), MemberType = typeof(Article))]
    public void The_term_counts_what_the_article_told(string figure, int value) => Assert.Equal(value, Figures[figure].Value);

    [Theory]
    [MemberData(nameof(Article.PaTan), MemberType = typeof(Article))]
    public void Pa_Tan_counts_what_the_article_told(string figure, int value) => Assert.Equal(value, PaTan[figure].Value);

    [Fact]
    public void Long_Thang_in_Pa_Tan_is_the_one_village_branch_founded()
    {
        var branch = Register.OrgOn(Assert.Single(Figures["founded_village_branches"].Evidence), To)!;
        Assert.Equal(("Chi bộ bản Lồng Thàng", "SH.X03"), (branch.Name, branch.Parent));
    }

    [Fact]
    public void Pa_Tan_did_well_in_each_of_five_years() =>
        Assert.Equal(
            Enumerable.Range(2015, 5).Select(year => (year, "Hoàn thành tốt nhiệm vụ")),
            Register.Ratings.Where(rating => rating is { Org: "SH.X03", Year: >= 2015 and <= 2019 }).Select(r => (r.Year, r.Grade)).Order());

    [Fact]
    public void The_three_elevens_are_three_sets_of_communes()
    {
        var sets = Elevens
            .Select(figure => Figures[figure].Evidence.Select(branch => branch[..6]).Distinct().Order()).ToList();
        Assert.NotEqual(sets[0], sets[1]);
        Assert.NotEqual(sets[1], sets[2]);
        Assert.NotEqual(sets[0], sets[2]);
    }

    [Fact]
    public void Every_year_admits_as_many_as_a_district_of_this_size()
    {
        var years = Register.Admissions.GroupBy(admission => admission.Date.Year).Where(year => year.Key < 2026).ToDictionary(year => year.Key, year => year.Count());
        Assert.Equal(Enumerable.Range(2014, 12), years.Keys.Order());
        Assert.All(years, year => Assert.True(year.Value is >= 110 and <= 190, $"{year.Key}: {year.Value}"));
    }

    [Fact]
    public void Life_is_as_untidy_as_the_rules_allow()
    {
        Assert.Contains(Register.Admissions, admission => admission.Readmission);
        Assert.Contains(Register.Admissions, admission => admission.Date == From);
        Assert.Contains(Register.Admissions, admission => admission.Date == To);
        Assert.Contains(Register.Admissions, admission => admission.Date is { Month: 2, Day: 29 });
        Assert.Contains(Register.Members, member => member.Born is { Month: 1, Day: 1 } && member.Born.Year < 1950);
        Assert.True(Figures["joint_branches"].Value > 0 && Figures["dec_struck_off_probationary"].Value > 0 && Figures["inc_restored"].Value > 0);
        Assert.Equal(7, Register.Restructurings.Select(decision => decision.Form).Distinct().Count());
        Assert.Contains(Register.Organisations, organisation => organisation.Level == "Đảng bộ bộ phận");
        Assert.Contains(Register.Memberships.Join(Register.Memberships, m => m.Member, m => m.Member, (left, next) => (left, next)),
            pair => pair.left.ReasonOut == "Chuyển nội bộ" && pair.next.ReasonIn == "Chuyển nội bộ" && pair.left.To < pair.next.From);
    }

    [Fact]
    public void What_came_later_changed_nothing_of_the_years_before()
    {
        var article = RegisterRowsOf.Model(SinHoSample.OfTheArticle());
        foreach (var (from, to) in new[] { (From, To), (new DateOnly(2020, 1, 1), new DateOnly(2020, 12, 31)) })
        {
            var (then, now) = (Oracle.Figures(article, "SH", from, to, 5), Oracle.Figures(Register, "SH", from, to, 5));
            Assert.All(then, figure => Assert.Equal(figure.Value.Evidence, now[figure.Key].Evidence));
            foreach (var form in new[] { "form-1", "form-2", "form-3", "form-4", "form-5" })
                Assert.Equal(Oracle.Form(form, article, "SH", from, to).SelectMany(row => row.Values), Oracle.Form(form, Register, "SH", from, to).SelectMany(row => row.Values));
        }
    }

    [Fact]
    public void Through_the_reform_nobody_is_lost_and_nine_communes_stand_below_the_province()
    {
        DateOnly last = new(2025, 6, 30), first = new(2025, 7, 1);
        var stayed = Register.Memberships.Where(one => one.HoldsOn(last)).Select(one => one.Member).Intersect(Register.Memberships.Where(one => one.HoldsOn(first)).Select(one => one.Member)).ToHashSet();
        Assert.Equal(stayed.Order(), new UnitView(Register, "SH").MembersOn(last).Where(stayed.Contains).Order());
        Assert.Equal(stayed.Order(), new UnitView(Register, "LC").MembersOn(first).Where(stayed.Contains).Order());
        Assert.Null(Register.OrgOn("SH", first));
        Assert.Equal(9, Register.Organisations.Count(org => org is { Level: "Đảng bộ cấp xã", Parent: "LC" } && org.HoldsOn(first)));
        Assert.Equal(9, Register.Organisations.Count(org => org is { Level: "Đảng bộ cơ sở", Type: "Xã", Parent: "LC" } && org.HoldsOn(new(2026, 7, 26))));
        Assert.All(Register.Villages.Where(village => village.HoldsOn(first)), village => Assert.Equal("LC", Register.OrgOn(village.Commune, first)!.Parent));
    }

    [Fact]
    public void Tua_Sin_Chai_of_today_admitted_what_its_three_communes_and_the_offices_that_went_there_did()
    {
        DateOnly from = new(2020, 7, 1), to = new(2025, 6, 30);
        string[] communes = ["SH.X12", "SH.X16", "SH.X20"];
        var today = new UnitView(Register, "LC.03529", TodaysMap.For(Register, "LC.03529", to)).AdmissionsIn(from, to).ToLookup(one => Register.GrassrootsOf(one.Branch, one.Date)!.Code);
        Assert.All(communes, commune => Assert.Equal(new UnitView(Register, commune).AdmissionsIn(from, to), today[commune]));
        Assert.All(today.Select(gave => gave.Key).Except(communes), other => Assert.StartsWith("SH.C", other, StringComparison.Ordinal));
    }

    [Fact]
    public void People_change_in_time()
    {
        var records = Register.Members.GroupBy(member => member.Code).Where(person => person.Count() > 1).Select(person => person.ToList()).ToList();
        Assert.Contains(records, person => person[^1].Occupation == "Nghỉ hưu, nghỉ công tác" && person[0].Occupation != person[^1].Occupation);
        Assert.Contains(records, person => person[0].Youth && !person[^1].Youth);
        Assert.Contains(records, person => person[^1].Qualification == "Đại học" && person[0].Qualification != "Đại học");
        Assert.Contains(records, person => person[0].Residence != person[^1].Residence);
        Assert.Equal(Register.Admissions.Where(admission => admission.Readmission).Select(admission => admission.Member), Register.Admissions.Where(admission => admission.Readmission && Register.Person(admission.Member).FirstJoined is not null).Select(admission => admission.Member));
    }

    [Fact]
    public void Names_have_two_to_five_syllables()
    {
        var names = RegisterRowsOf.All(new SinHoSample()).Where(row => row.Sheet == ExchangeWorkbook.Members)
            .Select(row => ((string)row.Values[ExchangeWorkbook.Members.IndexOf("name")]!).Split(' ').Length);
        Assert.Equal([2, 3, 4, 5], names.Distinct().Order());
    }
}
