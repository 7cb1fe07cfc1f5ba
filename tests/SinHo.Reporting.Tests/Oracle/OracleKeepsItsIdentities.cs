using Xunit;

namespace SinHo.Reporting.Tests;

/// <summary>What must hold between figures by their definitions, on registers nobody looked at.</summary>
public sealed class OracleKeepsItsIdentities
{
    private static readonly string[] _forms = ["form-1", "form-2", "form-2b", "form-3", "form-4", "form-5"];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 40)];

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
        for (var month = new DateOnly(2018, 1, 1); month.Year < 2020; month = month.AddMonths(1))
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
                name => Oracle.Form(name, register, question.Unit, question.From, question.To).ToDictionary(row => row.Code, row => row.Values));
            decimal? Cell(string form, string row, string column) => forms[form][row][column];
            decimal? Sum(string form, string prefix, string column) =>
                forms[form].Where(row => row.Key.StartsWith(prefix, StringComparison.Ordinal) && !row.Key.EndsWith("total", StringComparison.Ordinal)).Sum(row => row.Value[column]);

            foreach (var column in (string[])["now", "last"])
            {
                Assert.Equal(Cell("form-1", "A", column) + Cell("form-1", "B", column) - Cell("form-1", "C", column), Cell("form-1", "D", column));
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
            if (register.OrgOn(question.Unit, question.To) is { Level: "Đảng bộ huyện" } or { IsGrassroots: true })
                Assert.Equal(Cell("form-1", "D", "now"), Cell("form-5", "total", "c7"));
        }
    }

    /// <summary>A cross-check of form 1 with form 2: differs from "1.B1 = 2.I" only by admissions of people already in the unit.</summary>
    [Theory]
    [MemberData(nameof(Seeds))]
    public void Admissions_are_at_least_the_increases_by_admission(int seed)
    {
        var register = RegisterModel.From(RandomRegister.Create(seed, 2).Rows);
        foreach (var question in RandomQuestion.About(register, seed, 8))
        {
            var figures = Oracle.Figures(register, question.Unit, question.From, question.To, question.FewMemberMax);
            var alreadyIn = register.Admissions.Where(a => question.From <= a.Date && a.Date <= question.To)
                .Count(a => register.Memberships.Any(m => m.Member == a.Member && m.To == a.Date
                    && new UnitView(register, question.Unit).Contains(m.Branch, a.Date.AddDays(-1))
                    && new UnitView(register, question.Unit).Contains(a.Branch, a.Date)));
            Assert.Equal(figures["admissions"].Value, figures["inc_admitted"].Value + alreadyIn);
        }
    }
}
