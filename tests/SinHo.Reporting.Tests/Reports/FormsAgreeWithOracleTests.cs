using System.Globalization;
using Npgsql;
using SinHo.Reporting.Catalog;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Reports;
using SinHo.Reporting.Tests.Support;
using Xunit;

namespace SinHo.Reporting.Tests.Reports;

/// <summary>Official forms and the monthly report say what the second calculation says, on registers and about questions nobody looked at.</summary>
public sealed class FormsAgreeWithOracleTests(TestCluster cluster)
{
    private const int QuestionsPerRegister = 4;

    // A random register holds people admitted too young, or after retiring: the checks that tell of them are right to fail.
    private static readonly string[] OfPeople = ["of_age", "at_work", "first_admission_unknown"];

    // Whoever leaves and is re-admitted on the same day never left the unit: form 2 counts him, form 1 does not. The checks then fail rightly.
    private static readonly string[] OfAdmissions = ["admitted_form_1", "admitted_form_2"];

    private static readonly Definitions Definitions = CatalogReader.Read(AppContext.BaseDirectory);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static IEnumerable<TheoryDataRow<int>> Seeds => Registers.Seeds;

    [Theory]
    [MemberData(nameof(Seeds))]
    public Task Every_cell_of_every_form(int seed) => CompareAsync(seed, register => RandomQuestion.About(register, seed, QuestionsPerRegister));

    [Theory]
    [MemberData(nameof(Seeds))]
    public Task Every_cell_on_todays_map(int seed) => CompareAsync(seed, register => RandomQuestion.OnTodaysMap(register, seed, QuestionsPerRegister));

    private Task CompareAsync(int seed, Func<RegisterModel, IEnumerable<RandomQuestion>> questions)
    {
        // Lists take long: one question of each register opens them.
        var withEvidence = true;
        return cluster.CompareRandomAsync(seed, questions, async (database, register, question) =>
        {
            var differences = await DifferencesAsync(database, register, question, withEvidence);
            withEvidence = false;
            return differences;
        }, Cancel);
    }

    private static async Task<List<string>> DifferencesAsync(NpgsqlDataSource database, RegisterModel register, RandomQuestion question, bool withEvidence)
    {
        var period = new Period(question.From, question.To);
        var request = new ReportRequest("monthly", question.Unit, period, new Dictionary<string, int>(StringComparer.Ordinal), withEvidence) { OnMap = question.OnMap };
        var builder = new ReportBuilder(database, Definitions);
        var differences = new List<string>();
        var forms = 0;
        using var monthly = await builder.BuildAsync(request, progress: null, Cancel);
        var readmittedAtOnce = monthly.Breakdown.Rows.Select(part => part.Code).Append(question.Unit)
            .Any(unit => new[] { period, period.LastYear() }.Any(one => IsReadmittedAtOnce(register, new(register, unit, question.MapIn(register)), one)));
        var allowed = readmittedAtOnce ? OfPeople.Concat(OfAdmissions).ToList() : [.. OfPeople];
        // On the map of a later day, people whose branch ended with no other in its place may stand in no part: the check is right to tell.
        if (question.OnMap && register.OrgOn(question.Unit, question.To) is null)
            allowed.Add("members_in_parts");
        await builder.BuildAllAsync(request, "from", form =>
        {
            // The sheets of the board's year have a calculation of their own: YearAgreesWithOracleTests.
            if (!OfficialForms.Names.Contains(form.Name))
                return Task.CompletedTask;
            forms++;
            differences.AddRange(Differences(form, register, Expected(form.Name, register, question), allowed, question.OnMap));
            return Task.CompletedTask;
        }, progress: null, Cancel);
        Assert.InRange(forms, 5, 6);
        differences.AddRange(Differences(monthly, register, Monthly(register, question), allowed, question.OnMap));
        return differences.ConvertAll(difference => string.Create(CultureInfo.InvariantCulture, $"{question.Unit} {question.From:yyyy-MM-dd}..{question.To:yyyy-MM-dd}{(question.OnMap ? " on today's map" : "")} {difference}"));
    }

    private static bool IsReadmittedAtOnce(RegisterModel register, UnitView unit, Period period) =>
        new MonthlyFigures(register, unit, period.From, period.To).All().Single(line => line.Code == "B1").Value != unit.AdmissionsIn(period.From, period.To).Count();

    private static IEnumerable<FormRow> Expected(string form, RegisterModel register, RandomQuestion question) =>
        Oracle.Form(form, register, question.Unit, question.From, question.To, question.MapIn(register));

    private static List<FormRow> Monthly(RegisterModel register, RandomQuestion question)
    {
        var view = new UnitView(register, question.Unit, question.MapIn(register));
        DateOnly Begins(DateOnly from) => Oracle.Begins(register, question.Unit, from, view.Map);
        var month = new MonthlyFigures(register, view, Begins(question.From), question.To).All();
        var year = new MonthlyFigures(register, view, Begins(new(question.To.Year, 1, 1)), question.To).All();
        var asked = new Period(question.From, question.To);
        var (monthLast, yearLast) = (Last("month_last"), Last("year_last"));
        return
        [
            .. month.Zip(year).Zip(monthLast, yearLast).Select(line => new FormRow(line.First.First.Code, new Dictionary<string, decimal?>(StringComparer.Ordinal)
            {
                ["month"] = line.First.First.Value,
                ["year"] = line.First.Second.Value,
                ["month_last"] = line.Second.Value,
                ["year_last"] = line.Third.Value,
                ["pct"] = line.Third.Value == 0 ? null : Math.Round(line.First.Second.Value * 100 / line.Third.Value, 2, MidpointRounding.AwayFromZero),
            })),
        ];

        IEnumerable<(string Code, decimal Value)> Last(string column)
        {
            var days = DaysOf(asked, column);
            return new MonthlyFigures(register, view, days.From, days.To).All();
        }
    }

    private static IEnumerable<string> Differences(Report report, RegisterModel register, IEnumerable<FormRow> expected, List<string> allowed, bool onMap)
    {
        var known = register.Memberships.Min(membership => membership.From);
        var form = report.Form!;
        foreach (var row in expected)
        {
            var counted = form.Rows.Single(one => one.Code == row.Code);
            foreach (var (column, cell) in form.Columns.Zip(counted.Cells))
            {
                var before = column.Code == "pct" ? report.Name == "monthly" ? "year_last" : "last" : column.Code;
                if (!onMap && (before is "last" or "month_last" or "year_last") && !HoldsThroughout(register, report.Unit.Code, DaysOf(report.Period, before)))
                {
                    if (cell.Value is not null || cell.Kind == CellKind.Unknown)
                        yield return $"{report.Name} {row.Code}.{column.Code} is {cell.Value}, but a year ago the unit was not there on every day";
                    continue;
                }
                // Empty before it is unknown: what has no meaning on the map.
                if (onMap && row.Values[column.Code] is null && cell.Kind == CellKind.Blank)
                    continue;
                if (onMap && (before is "month_last" or "year_last") && form.Columns.Zip(counted.Cells).First(one => one.First.Code == before).Second.Kind == CellKind.Blank)
                    continue;
                var unknown = IsUnknown(report.Period, row.Code, column.Code, known);
                if (unknown is { } says ? says != (cell.Kind == CellKind.Unknown) : cell.Kind == CellKind.Unknown)
                    yield return $"{report.Name} {row.Code}.{column.Code} is {cell.Kind}, the register begins on {known:yyyy-MM-dd}";
                else if (cell.Kind != CellKind.Unknown && cell.Value != row.Values[column.Code] && !RestsOnUnknown(report.Period, row.Code, column.Code, known, report.Name == "monthly"))
                    yield return $"{report.Name} {row.Code}.{column.Code} is {cell.Value}, expected {row.Values[column.Code]}";
            }
        }
        foreach (var check in report.Checks.Where(check => !check.Ok && !allowed.Contains(check.Code)))
            yield return $"{report.Name}: check {check.Code} fails: {check.Detail}";
    }

    private static bool HoldsThroughout(RegisterModel register, string unit, Period period) =>
        Enumerable.Range(0, period.To.DayNumber - period.From.DayNumber + 1).All(day => register.OrgOn(unit, period.From.AddDays(day)) is not null);

    /// <summary>Null for a column that is worked out from others, which is never unknown itself.</summary>
    private static bool? IsUnknown(Period period, string row, string column, DateOnly known)
    {
        var asked = DaysOf(period, column);
        return column is "pct" or "share" ? null : row == "A" ? asked.From <= known : asked.To < known;
    }

    private static Period DaysOf(Period period, string column) => column switch
    {
        "last" or "month_last" => period.LastYear(),
        "year" => new(new(period.To.Year, 1, 1), period.To),
        "year_last" => new Period(new(period.To.Year, 1, 1), period.To).LastYear(),
        _ => period,
    };

    private static bool RestsOnUnknown(Period period, string row, string column, DateOnly known, bool monthly) => column switch
    {
        "pct" when monthly => IsUnknown(period, row, "year_last", known) == true || IsUnknown(period, row, "year", known) == true,
        "pct" => IsUnknown(period, row, "last", known) == true || IsUnknown(period, row, "now", known) == true,
        "share" => IsUnknown(period, row, "total", known) == true,
        _ => false,
    };
}
