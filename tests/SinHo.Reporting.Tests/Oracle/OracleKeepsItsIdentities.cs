using Xunit;

namespace SinHo.Reporting.Tests;

/// <summary>What must hold between figures by their definitions, on registers nobody looked at.</summary>
public sealed class OracleKeepsItsIdentities
{
    private static readonly string[] _forms = ["form-1", "form-2", "form-2b", "form-3", "form-4", "form-5"];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 25)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Figures(int seed)
    {
        var register = RegisterModel.From(RandomRegister.Create(seed, 1 + seed % 3).Rows);
        foreach (var question in RandomQuestion.About(register, seed, 8))
        {
            var figures = Oracle.Figures(register, question.Unit, question.From, question.To, question.FewMemberMax);
            int Value(string code) => figures[code].Value;
            int Sum(string prefix) =>
                figures.Where(f => f.Key.StartsWith(prefix, StringComparison.Ordinal) && f.Key != "dec_struck_off_probationary")
                    .Sum(f => f.Value.Value);

            Assert.Equal(Value("opening") + Sum("inc_") - Sum("dec_"), Value("closing"));
            Assert.Equal(figures["members"].Evidence, figures["closing"].Evidence);
            Assert.Equal(Value("members"), Value("official_members") + Value("probationary_members"));
            Assert.True(Value("few_member_local_admission_branches") <= Value("few_member_local_admissions"));
            Assert.True(Value("village_head_admissions") <= Value("admissions"));
            Assert.True(Value("topical_meetings") + Value("model_meetings") <= Value("branch_meetings"));
            Assert.True(Value("dec_struck_off_probationary") <= Value("dec_struck_off"));
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Each_month_opens_where_the_last_one_closed(int seed)
    {
        var register = RegisterModel.From(RandomRegister.Create(seed, 1).Rows);
        var unit = RandomQuestion.About(register, seed, 1).First().Unit;
        var view = new UnitView(register, unit);
        for (var month = new DateOnly(2019, 7, 1); month < new DateOnly(2020, 7, 1); month = month.AddMonths(1))
        {
            var now = Oracle.Figures(register, unit, month, month.AddMonths(1).AddDays(-1), 5);
            var next = Oracle.Figures(register, unit, month.AddMonths(1), month.AddMonths(2).AddDays(-1), 5);
            Assert.Equal(now["closing"].Evidence, next["opening"].Evidence);
            Assert.Equal(
                view.Runs().Where(run => run.HoldsOn(month)).Select(run => run.Member).Order(StringComparer.Ordinal),
                view.MembersOn(month).Order(StringComparer.Ordinal));
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Forms(int seed)
    {
        var register = RegisterModel.From(RandomRegister.Create(seed, 1 + seed % 3).Rows);
        foreach (var question in RandomQuestion.About(register, seed, 4))
        {
            var forms = _forms.ToDictionary(
                name => name,
                name => Oracle.Form(name, register, question.Unit, question.From, question.To)
                    .ToDictionary(row => row.Code, row => row.Values));
            decimal? Cell(string form, string row, string column) => forms[form][row][column];
            decimal? Sum(string form, string prefix, string column) =>
                forms[form].Where(row => row.Key.StartsWith(prefix, StringComparison.Ordinal) && row.Key != $"{prefix}total")
                    .Sum(row => row.Value[column]);

            foreach (var column in (string[])["now", "last"])
            {
                Assert.Equal(
                    Cell("form-1", "A", column) + Cell("form-1", "B", column) - Cell("form-1", "C", column), Cell("form-1", "D", column));
                Assert.Equal(Cell("form-3", "I", column), Cell("form-1", "D", column));
                Assert.Equal(Cell("form-3", "I", column), Cell("form-3", "II1a", column) + Cell("form-3", "II1b", column));
                Assert.Equal(Cell("form-3", "II1a", column), Sum("form-3", "occ_", column));
                Assert.Equal(Cell("form-3", "I", column), Sum("form-3", "joined_", column));
                Assert.Equal(Cell("form-3", "I", column), Sum("form-3", "school_", column));
                Assert.Equal(Cell("form-2", "I", column), Sum("form-2", "school_", column));
            }

            Assert.Equal(Cell("form-1", "D", "now"), Sum("form-4", "eth_", "total"));
            Assert.Equal(Cell("form-2", "I", "now"), Sum("form-2b", "eth_", "total"));
            Assert.Equal(Cell("form-3", "I_religious", "now"), Cell("form-4", "rel_total", "total"));
            Assert.Equal(Cell("form-3", "I_female", "now"), Cell("form-4", "eth_total", "female"));
            if (register.OrgOn(question.Unit, question.To) is { IsSuperior: true } or { IsGrassroots: true })
                Assert.Equal(Cell("form-1", "D", "now"), Cell("form-5", "total", "c7"));
        }
    }

    /// <summary>1.B1 = 2.I, but for those admitted on the very day their last membership in the unit ended: their run goes on.</summary>
    [Theory]
    [MemberData(nameof(Seeds))]
    public void Admissions_are_increases_but_for_people_already_in_the_unit(int seed)
    {
        var register = RegisterModel.From(RandomRegister.Create(seed, 2).Rows);
        foreach (var question in RandomQuestion.About(register, seed, 8))
        {
            var figures = Oracle.Figures(register, question.Unit, question.From, question.To, question.FewMemberMax);
            var view = new UnitView(register, question.Unit);
            var alreadyIn = view.AdmissionsIn(question.From, question.To).Count(admission => register.Memberships.Any(last =>
                last.Member == admission.Member && last.To == admission.Date && view.Contains(last.Branch, admission.Date.AddDays(-1))));
            Assert.Equal(figures["admissions"].Value, figures["inc_admitted"].Value + alreadyIn);
        }
    }
}
