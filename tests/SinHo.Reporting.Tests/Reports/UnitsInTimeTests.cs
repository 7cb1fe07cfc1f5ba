using SinHo.Reporting.Catalog;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Reports;
using SinHo.Reporting.Tests.Facts;
using Xunit;

namespace SinHo.Reporting.Tests.Reports;

/// <summary>
/// Units that begin, end and change in the period. K was a branch at the grassroots until 2019, then one of X; N begins in April 2020 and takes N.B along; E ends in
/// September 2020. Source: spec/figures.md, Units in time.
/// </summary>
public sealed class UnitsInTimeTests(CaseRegister register) : IClassFixture<CaseRegister>
{
    private static readonly Definitions Definitions = CatalogReader.Read(AppContext.BaseDirectory);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Parts_are_those_of_the_period_and_each_row_stands_where_it_stood_on_its_day()
    {
        await HoldAsync();
        using var report = await AskAsync("term", "H", Period.Year(2020));
        var rows = report.Breakdown.Rows.ToDictionary(row => row.Code, row => row.Values, StringComparer.Ordinal);
        int Value(string part, string figure) => rows[part][report.Breakdown.Columns.ToList().FindIndex(column => column.FigureCode == figure)];

        // K is none of 2020, but what X has counts its members; E was one until September.
        Assert.Equal(["E", "G", "N", "X", "Y"], rows.Keys);
        Assert.Contains(report.Breakdown.Rows, row => row is { Code: "E", Name: "Chi bộ cơ quan E (đến 31/08/2020)" });
        Assert.Equal((2, 0, 1, 0), (Value("X", "members"), Value("E", "members"), Value("N", "members"), Value("G", "members")));
        Assert.Equal((3, 1, 0), (Value("X", "opening"), Value("E", "opening"), Value("N", "opening")));
        // N.B went to N: nobody came to the district or left it.
        Assert.Equal((0, 0), (Value("N", "inc_reorganised"), Value("X", "dec_reorganised")));
        Assert.Equal((1, 0), (Value("E", "dec_died"), Value("X", "dec_died")));
        Assert.Equal((1, 1), (Value("X", "branch_meetings"), Value("N", "branch_meetings")));
        // The inspection of the district itself stands in no part.
        Assert.Equal(1, report.Breakdown.Outside![report.Breakdown.Columns.ToList().FindIndex(column => column.FigureCode == "inspections")]);
        Assert.All(report.Checks, check => Assert.True(check.Ok, $"{check.Code}: {check.Detail}"));
        Assert.Contains(report.Checks, check => check.Code == "members_in_parts");
    }

    [Fact]
    public async Task A_commune_is_told_by_its_branches()
    {
        await HoldAsync();
        using var report = await AskAsync("term", "X", Period.Year(2020));

        Assert.Equal("Chi bộ", report.Breakdown.PartsCaption);
        Assert.Contains("K", report.Breakdown.Rows.Select(row => row.Code));
        Assert.Contains(report.Breakdown.Rows, row => row is { Code: "N.B", Name: "Chi bộ bản N (đến 31/03/2020)" });
        Assert.All(report.Checks, check => Assert.True(check.Ok, $"{check.Code}: {check.Detail}"));
    }

    [Fact]
    public async Task A_younger_unit_is_told_from_its_first_day_and_has_no_year_before()
    {
        await HoldAsync();
        using var term = await AskAsync("term", "N", Period.Year(2020));
        using var form = await AskAsync("form-1", "N", Period.Year(2020));

        Assert.Equal((new DateOnly(2020, 4, 1), "năm 2020"), (term.Period.From, term.Period.Name));
        Assert.Contains(term.Notices, notice => notice.StartsWith("Đơn vị có từ ngày 01/04/2020", StringComparison.Ordinal));
        Assert.Equal((0, 1, 1), (Value(term, "opening"), Value(term, "inc_reorganised"), Value(term, "closing")));
        Assert.All(form.Form!.Rows.Where(row => row.Cells.Count > 0), row => Assert.Equal((CellKind.Blank, null, null), (row.Cells[1].Kind, row.Cells[1].Value, row.Cells[2].Value)));
    }

    [Fact]
    public async Task A_unit_that_ended_says_so_and_one_that_was_not_there_says_when_it_was()
    {
        await HoldAsync();
        using var ended = await AskAsync("term", "E", Period.Year(2020));

        Assert.Contains(ended.Notices, notice => notice.StartsWith("Đơn vị kết thúc ngày 31/08/2020", StringComparison.Ordinal));
        Assert.Equal((1, 0, 0), (Value(ended, "opening"), Value(ended, "closing"), Value(ended, "members")));
        var absent = await Assert.ThrowsAsync<AbsentUnitException>(() => AskAsync("term", "E", Period.Year(2021)));
        Assert.Contains("có từ 01/01/1990 đến 31/08/2020", absent.Message, StringComparison.Ordinal);
    }

    private static int Value(Report report, string code) => report.Figures.Single(figure => figure.Code == code).Value;

    private Task<Report> AskAsync(string report, string unit, Period period) => new ReportBuilder(register.Database, Definitions)
        .BuildAsync(new(report, unit, period, new Dictionary<string, int>(StringComparer.Ordinal), WithEvidence: true), progress: null, Cancel);

    private Task HoldAsync() => register.HoldAsync(new Dictionary<string, IList<IDictionary<string, string?>>>(StringComparer.Ordinal)
    {
        ["org_version"] =
        [
            Row("code K", "name Chi bộ Công an", "level Chi bộ cơ sở", "type Công an", "parent H", "valid_to 2019-07-01"),
            Row("code K", "name Chi bộ Công an xã", "level Chi bộ trực thuộc", "type Công an", "parent X", "valid_from 2019-07-01"),
            Row("code N", "name Đảng bộ xã N", "level Đảng bộ cơ sở", "type Xã", "parent H", "valid_from 2020-04-01"),
            Row("code E", "name Chi bộ cơ quan E", "level Chi bộ cơ sở", "type Cơ quan Nhà nước", "parent H", "valid_to 2020-09-01"),
            Row("code N.B", "name Chi bộ bản N", "level Chi bộ trực thuộc", "type Bản", "parent X", "valid_to 2020-04-01"),
            Row("code N.B", "name Chi bộ bản N", "level Chi bộ trực thuộc", "type Bản", "parent N", "valid_from 2020-04-01"),
        ],
        ["member"] = [Row("code 1"), Row("code 2"), Row("code 3"), Row("code 4")],
        ["membership"] =
        [
            Row("member 1", "branch K"),
            Row("member 2", "branch X.B2"),
            Row("member 3", "branch N.B"),
            Row("member 4", "branch E", "valid_to 2020-06-01", "reason_out Từ trần"),
        ],
        ["meeting"] = [Row("branch N.B", "date 2020-03-31"), Row("branch N.B", "date 2020-04-01"), Row("branch K", "date 2019-06-30")],
        ["inspection"] = [Row("org H", "date 2020-02-02", "document 1-KT")],
    }, Cancel);

    /// <summary>"column value" each.</summary>
    private static Dictionary<string, string?> Row(params string[] cells) =>
        cells.Select(cell => cell.Split(' ', 2)).ToDictionary(cell => cell[0], cell => (string?)cell[1], StringComparer.Ordinal);
}
