using ClosedXML.Excel;
using Npgsql;
using SinHo.Reporting.Catalog;
using SinHo.Reporting.Exchange;
using SinHo.Reporting.Faces;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Reports;
using SinHo.Reporting.Tests.Support;
using Xunit;

namespace SinHo.Reporting.Tests.Reports;

/// <summary>What a reader of a report on today's map is told beside the figures, on the registers of tests/cases/time. Source: spec/figures.md, Today's map.</summary>
public sealed class TodaysMapOnPaperTests(TestCluster cluster)
{
    private static readonly Definitions Definitions = CatalogReader.Read(AppContext.BaseDirectory);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_words_name_the_map_and_the_sheet_beside_it_names_branches_that_were_split()
    {
        await using var database = await RegisterAsync("split");
        using var then = await AskAsync(database, "term", "X", Period.Year(2019), onMap: false);
        using var today = await AskAsync(database, "term", "X", Period.Year(2019), onMap: true);
        using var folder = new TemporaryFolder();
        WorkbookFace.Write(today, folder.File("today.xlsx"), progress: null, Cancel);
        using var book = new XLWorkbook(folder.File("today.xlsx"));
        string Words(string sheet) => string.Join('\n', book.Worksheet(sheet).CellsUsed(XLCellsUsedOptions.Contents).Select(cell => cell.GetString()));

        Assert.StartsWith("Số liệu dưới đây tính theo địa bàn ngày 31/12/2019 (bản đồ mới)", today.Narrative[0].ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("địa bàn", string.Join('\n', then.Narrative), StringComparison.Ordinal);
        Assert.Contains("theo địa bàn ngày 31/12/2019", Words("Lời văn"), StringComparison.Ordinal);
        // Most of A went to P2, none of B anywhere: the first by code.
        Assert.Equal(
            [("A", "Chi bộ trực thuộc P1; Chi bộ trực thuộc P2", "Chi bộ trực thuộc P2"), ("B", "Chi bộ trực thuộc Q1; Chi bộ trực thuộc Q2", "Chi bộ trực thuộc Q1")],
            today.Splits.Select(split => (split.Code, split.Successors, split.Becomes)));
        Assert.Contains("Tính vào: Chi bộ trực thuộc P2", Words("Đối chiếu địa bàn"), StringComparison.Ordinal);
        Assert.Empty(then.Splits);
    }

    [Fact]
    public async Task Organisations_that_admitted_are_empty_for_a_unit_that_begins_after_the_period()
    {
        await using var database = await RegisterAsync("younger");
        using var before = await AskAsync(database, "form-2", "N", Period.Year(2018), onMap: true);
        using var begun = await AskAsync(database, "form-2", "N", Period.Year(2019), onMap: true);
        static FormCell Cell(Report form, string row, int column = 0) => form.Form!.Rows.Single(one => one.Code == row).Cells[column];

        Assert.All(["orgs_committee_admitting", "orgs_branch_admitting"], row =>
        {
            Assert.Equal((CellKind.Blank, null), (Cell(before, row).Kind, Cell(before, row).Value));
            Assert.Equal(CellKind.Counted, Cell(begun, row).Kind);
            Assert.Equal(CellKind.Blank, Cell(begun, row, 1).Kind);
        });
        Assert.Equal(CellKind.Counted, Cell(before, "orgs_committee").Kind);
        Assert.All(before.Checks.Concat(begun.Checks), check => Assert.True(check.Ok, $"{check.Code}: {check.Detail}"));
    }

    [Fact]
    public async Task Who_is_on_the_roll_before_a_first_admission_that_is_written_down_is_named_where_lists_are()
    {
        await using var database = await RegisterAsync("readmitted");
        var asked = new Period(new(2015, 1, 1), new(2015, 12, 31));
        using var listed = await AskAsync(database, "form-3", "H", asked, onMap: false);
        using var signed = await AskAsync(database, "form-3", "H", asked, onMap: false, withRows: false);
        var (named, counted) = (listed.Checks.Single(check => check.Code == "first_admission_unknown"), signed.Checks.Single(check => check.Code == "first_admission_unknown"));

        Assert.False(named.Ok);
        Assert.Matches("Ngày chính thức lần đầu: [A-Z0-9]+ ", named.Detail);
        Assert.Equal(new("first_admission_unknown", new(2014, 1, 1), new(2015, 12, 31)), named.List);
        Assert.Matches("^[1-9] đảng viên .* Ngày chính thức lần đầu$", counted.Detail);
    }

    private async Task<NpgsqlDataSource> RegisterAsync(string name)
    {
        var database = NpgsqlDataSource.Create(await cluster.NewRegisterAsync());
        await Registers.ImportAsync(database, new WorkbookSource(KnownCases.WorkbookOf(Path.Combine("time", name))), Cancel);
        return database;
    }

    private static Task<Report> AskAsync(NpgsqlDataSource database, string report, string unit, Period period, bool onMap, bool withRows = true) => new ReportBuilder(database, Definitions)
        .BuildAsync(new(report, unit, period, new Dictionary<string, int>(StringComparer.Ordinal), withRows) { OnMap = onMap }, progress: null, Cancel);
}
