using Npgsql;
using SinHo.Reporting.Catalog;
using SinHo.Reporting.Facts;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Reports;
using SinHo.Reporting.Tests.Support;
using Xunit;

namespace SinHo.Reporting.Tests.Reports;

/// <summary>
/// Every identity is broken on purpose. The register's own constraints forbid most data that would break one, so the answers are changed
/// between counting and proving: one term of one statement at a time, for the unit and for a part.
/// </summary>
public sealed class IdentitiesCanFailTests(TestCluster cluster)
{
    private const long Much = 1_000_000;

    private static readonly Dictionary<string, int> Settings = new(StringComparer.Ordinal) { ["few_member_max"] = 5 };

    private static readonly Definitions Definitions = CatalogReader.Read(AppContext.BaseDirectory);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>All but forms with a row for each commune, which prove their own rows and have no parts.</summary>
    public static TheoryData<string, string> Reports => [.. Definitions.Reports.Where(report => report.Form is not { RowsByCommune: true }).Select(report => new TheoryDataRow<string, string>(report.Name, report.Edition.Printed.Code))];

    [Theory]
    [MemberData(nameof(Reports))]
    public async Task Every_term_of_every_identity(string name, string edition)
    {
        await using var database = NpgsqlDataSource.Create(await cluster.NewSampleAsync());
        var definition = Definitions.Reports.Single(report => report.Name == name && report.Edition.Printed.Code == edition);
        var period = edition == "tctw" ? Period.Year(2016) : Period.Month(2019, 12);
        var plan = new ReportPlan(Definitions, definition, period, ReportingCalendar.Months);
        await using var snapshot = await Snapshot.TakeAsync(database, Cancel);
        var units = new Units(snapshot, period, Cancel);
        var unit = await units.FindAsync("SH");
        var parts = await units.PartsAsync(unit, plan.Span);
        var answers = await Answers.CollectAsync(snapshot, Definitions, plan.Asked, unit.Code, Parts.RolesOf(unit.Role), Settings, progress: null, Cancel);
        Proofs With(Answers changed) => new(Definitions, plan, changed, unit, parts);

        Assert.All(With(answers).All(), check => Assert.True(check.Ok, $"{check.Code}: {check.Detail}"));
        Assert.NotEmpty(definition.Identities);
        foreach (var identity in definition.Identities)
        {
            Assert.True(With(answers).Prove(identity).Times > 0, $"{identity.Code} is not proved");
            foreach (var statement in plan.Statements(identity))
            {
                foreach (var (term, sign) in statement.Left.Select(term => (term, 1)).Concat(statement.Right.Select(term => (term, -1))))
                {
                    // Grows the left side or shrinks the right one, so that a statement with <= breaks too.
                    var broken = With(answers.With(term.Address, answers[term.Address] + sign * term.Sign * Much)).Prove(identity);
                    Assert.False(broken.Ok, $"{identity.Code} holds in {statement.Place} whatever {term.Address.Measure} is");
                    Assert.Contains($"{unit.Code}", broken.Detail, StringComparison.Ordinal);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Reports))]
    public async Task Parts_that_do_not_add_up(string name, string edition)
    {
        await using var database = NpgsqlDataSource.Create(await cluster.NewSampleAsync());
        var definition = Definitions.Reports.Single(report => report.Name == name && report.Edition.Printed.Code == edition);
        var period = edition == "tctw" ? Period.Year(2016) : Period.Year(2019);
        var plan = new ReportPlan(Definitions, definition, period, ReportingCalendar.Months);
        await using var snapshot = await Snapshot.TakeAsync(database, Cancel);
        var units = new Units(snapshot, period, Cancel);
        var unit = await units.FindAsync("SH");
        var parts = await units.PartsAsync(unit, plan.Span);
        var answers = await Answers.CollectAsync(snapshot, Definitions, plan.Asked, unit.Code, Parts.RolesOf(unit.Role), Settings, progress: null, Cancel);
        var shown = definition.Form is null ? plan.Entries.Select(entry => plan.At(entry.Figure)) : plan.Asked;
        var additive = shown.First(address => Definitions[address.Measure.Figure].Indicator.Additive && address.Period.From == period.From);

        var proofs = new Proofs(Definitions, plan, answers.With(parts[0].Code, additive, answers.Of(parts[0].Code, additive) + 1), unit, parts);

        Assert.Contains(proofs.All(), check => !check.Ok && check.Code.StartsWith("parts", StringComparison.Ordinal));
    }

    /// <summary>What goes wrong in a register, past the import: the report prints its numbers, and says which of them disagree.</summary>
    [Fact]
    public async Task Data_that_breaks_them_is_named_and_nothing_is_corrected()
    {
        await using var database = NpgsqlDataSource.Create(await cluster.NewSampleAsync());
        await using (var connection = await database.OpenConnectionAsync(Cancel))
        await using (var command = new NpgsqlCommand("""
            delete from admission where (member, date) in (select member, date from admission where date between '2019-01-01' and '2019-12-31' order by member limit 1);
            update member set born = '2005-01-01', joined = '2019-06-01', official = null
            where code = (select member from membership where valid_to is null order by member desc limit 1)
            """, connection))
        {
            await command.ExecuteNonQueryAsync(Cancel);
        }
        var request = new ReportRequest("form-1", "SH", Period.Year(2019), new Dictionary<string, int>(StringComparer.Ordinal), WithEvidence: false);
        var builder = new ReportBuilder(database, Definitions);
        using var form1 = await builder.BuildAsync(request, progress: null, Cancel);
        using var form3 = await builder.BuildAsync(request with { Report = "form-3" }, progress: null, Cancel);

        var admitted = form1.Form!.Rows.Single(row => row.Code == "B1").Cells[0].Value;
        var check = Assert.Single(form1.Checks, check => !check.Ok);
        Assert.Equal("admitted_form_2", check.Code);
        Assert.Contains($"SH, now: {admitted} ≠ {admitted - 1}", check.Detail, StringComparison.Ordinal);
        Assert.Equal(["of_age"], form3.Checks.Where(one => !one.Ok).Select(one => one.Code));
        Assert.Equal(form3.Form!.Rows.Single(row => row.Code == "I").Cells[0].Value - 1, form3.Form.Rows.Where(row => row.Code.StartsWith("age_", StringComparison.Ordinal) && row.Code != "age_mean").Sum(row => row.Cells[0].Value));
    }
}
