using System.Globalization;
using ClosedXML.Excel;
using Npgsql;
using SinHo.Reporting.Catalog;
using SinHo.Reporting.Faces;
using SinHo.Reporting.Facts;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Reports;
using SinHo.Reporting.Tests.Support;
using SinHo.Reporting.Words;
using Xunit;

namespace SinHo.Reporting.Tests.Reports;

/// <summary>Faults that other programs made with these very forms, tried on the Sìn Hồ sample; editions, calendars, days without data.</summary>
public sealed class FormsOfTheSampleTests(TestCluster cluster) : IAsyncLifetime
{
    private static readonly Definitions Definitions = CatalogReader.Read(AppContext.BaseDirectory);

    private NpgsqlDataSource database = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => database = NpgsqlDataSource.Create(await cluster.NewSampleAsync());

    public ValueTask DisposeAsync() => database.DisposeAsync();

    [Fact]
    public async Task Changing_what_is_not_counted_moves_no_count()
    {
        var before = await AllAsync("SH", Period.Year(2019));
        await ChangeAsync("update member set name = name || ' (sửa)'; update org_version set name = name || ' (sửa)'; update inspection set subject = 'khác'");

        Assert.Equal(before, await AllAsync("SH", Period.Year(2019)));
        Assert.True(before.Split('\n').Length > 600);
    }

    /// <summary>Many lists come from one pass over the rows: each must be the list that its figure alone gives.</summary>
    [Theory]
    [InlineData("form-3", "SH")]
    [InlineData("form-4", "SH")]
    [InlineData("form-6", "SH")]
    [InlineData("form-2", "SH.X03")]
    [InlineData("term", "SH.X03")]
    public async Task Lists_read_together_are_the_lists_read_one_by_one(string name, string unit)
    {
        var definition = Definitions.Editions(name, new(2019, 12, 31))[0];
        var measures = (definition.Form is { } form
                ? form.Rows.SelectMany(row => form.Columns.Select(column => form.MeasureOf(row, column))).OfType<Measure>()
                : definition.Groups.SelectMany(group => group.Lines).Select(line => Measure.Of(line.Figure)))
            .Where(measure => measure.Sum is null && Definitions[measure.Figure].Indicator.Distinct.Count == 0).Distinct();
        await using var snapshot = await Snapshot.TakeAsync(database, Cancel);
        var question = new Question(Period.Year(2019), new Dictionary<string, int>(StringComparer.Ordinal) { ["few_member_max"] = 3, ["good_meeting_share"] = 75 });
        var compared = 0;
        foreach (var alike in measures.GroupBy(measure => (Definitions[measure.Figure].Set, string.Join(',', Definitions[measure.Figure].Indicator.Evidence))))
        {
            var asked = alike.ToList();
            foreach (var (measure, together) in asked.Zip(await snapshot.ListsAsync(alike.Key.Set, asked, unit, question, Cancel)))
            {
                using var alone = await snapshot.ListAsync(alike.Key.Set, measure, unit, question, Cancel);
                Assert.Equal(alone.Columns, together.Columns);
                Assert.Equal(alone.Rows(), together.Rows());
                compared += alone.Count;
                together.Dispose();
            }
        }
        Assert.True(compared > 20, $"Only {compared} rows were compared.");
    }

    [Theory]
    [InlineData("SH")]
    [InlineData("SH.X03")]
    public async Task Villages_one_by_one_are_those_that_the_figures_count_and_stand_in_the_workbook(string unit)
    {
        using var report = await BuildAsync("villages", unit, Period.Year(2019));
        decimal? Total(string column) => Cell(report, "total", column).Value;
        var (now, then) = (report.Villages.Select(village => village.Now).OfType<VillageSquare>().ToList(), report.Villages.Select(village => village.Then).OfType<VillageSquare>().ToList());
        Assert.Equal((Total("c1"), Total("c3"), Total("c4"), Total("c5"), Total("c11"), Total("c12")), Counted(now));
        Assert.Equal((Total("c1_start"), Total("c3_start"), Total("c4_start"), Total("c5_start"), Total("c11_start"), Total("c12_start")), Counted(then));
        Assert.Equal(new DateOnly(2015, 7, 1), report.VillagesSince);
        Assert.Contains(report.Villages, village => village.Words.Length > 0);

        var path = Path.Combine(Path.GetTempPath(), $"sinho-test-{Guid.NewGuid():N}.xlsx");
        try
        {
            WorkbookFace.Write(report, path, null, Cancel);
            using var book = new XLWorkbook(path);
            var squares = book.Worksheet("Bản đồ bản").CellsUsed(cell => cell.Style.Border.TopBorder != XLBorderStyleValues.None && cell.Style.Fill.PatternType == XLFillPatternValues.Solid).ToList();
            Assert.Equal(now.Select(village => $"{village.Name}\n{village.Marks}").Order(StringComparer.Ordinal), squares.Select(cell => cell.GetString()).Order(StringComparer.Ordinal));
            Assert.All(squares, cell => Assert.Equal(cell.GetString().Split('\n')[1].Split(' ')[0] == "0", cell.Style.Fill.BackgroundColor.Color.ToArgb() == unchecked((int)0xFFF4B6AE)));
            var lines = book.Worksheet("Theo bản").Rows().Where(row => row.Cell(2).GetString().Length > 0 && row.Cell(1).DataType == XLDataType.Number).ToList();
            Assert.Equal(report.Villages.Select(village => (village.Code, village.Words)), lines.Select(row => (row.Cell(2).GetString(), row.Cell(10).GetString())));
        }
        finally
        {
            File.Delete(path);
        }

        static (decimal?, decimal?, decimal?, decimal?, decimal?, decimal?) Counted(List<VillageSquare> villages) => (
            villages.Count, villages.Count(village => village.Members == 0), villages.Count(village => village.Branch == VillageBranch.Own), villages.Count(village => village.Branch == VillageBranch.Joint),
            villages.Count(village => village.Members is 1 or 2), villages.Count(village => village.IsAtRisk));
    }

    [Fact]
    public async Task March_printed_in_June_is_March_printed_in_April()
    {
        var april = await AllAsync("SH", Period.Month(2020, 3));
        var may = await AllAsync("SH", Period.Month(2020, 5));
        await ChangeAsync("""
            update membership set valid_to = '2020-05-10', reason_out = 'Từ trần'
            where valid_to is null and valid_from < '2020-01-01' and member in (select member from membership where valid_to is null order by member limit 20)
            """);

        Assert.Equal(april, await AllAsync("SH", Period.Month(2020, 3)));
        Assert.NotEqual(may, await AllAsync("SH", Period.Month(2020, 5)));
    }

    [Fact]
    public async Task The_third_quarter_is_July_to_September_and_nothing_else()
    {
        using var quarter = await BuildAsync("form-1", "SH", Period.Quarter(2019, 3));
        var months = new List<Report>();
        foreach (var month in new[] { 7, 8, 9 })
            months.Add(await BuildAsync("form-1", "SH", Period.Month(2019, month)));

        Assert.Equal((new DateOnly(2019, 7, 1), new DateOnly(2019, 9, 30)), (quarter.Period.From, quarter.Period.To));
        Assert.All(quarter.Form!.Rows.Where(row => row.Code is not ("A" or "D")), row => Assert.Equal(row.Cells[0].Value, months.Sum(month => Cell(month, row.Code, "now").Value)));
        Assert.True(Cell(quarter, "B1", "now").Value > 0);
        Assert.Equal((Cell(months[0], "A", "now").Value, Cell(months[2], "D", "now").Value), (Cell(quarter, "A", "now").Value, Cell(quarter, "D", "now").Value));
        months.ForEach(month => month.Dispose());
    }

    [Fact]
    public async Task Nothing_last_year_leaves_the_percent_empty_and_prints_a_nought_for_what_was_counted()
    {
        using var form = await BuildAsync("form-1", "SH", Period.Month(2019, 10));
        var row = form.Form!.Rows.First(row => row.Cells[0].Value > 0 && row.Cells[1].Value == 0);

        Assert.Equal((CellKind.Counted, 0m), (row.Cells[1].Kind, row.Cells[1].Value!.Value));
        Assert.Equal((CellKind.Computed, null), (row.Cells[2].Kind, row.Cells[2].Value));
    }

    [Fact]
    public async Task A_unit_includes_all_that_is_under_it()
    {
        var members = new Dictionary<string, HashSet<object?>>(StringComparer.Ordinal);
        foreach (var unit in new[] { "SH", "SH.X03" })
        {
            using var form = await BuildAsync("form-3", unit, Period.Year(2019), withEvidence: true);
            members[unit] = [.. Cell(form, "I", "now").Figure!.Evidence.Rows().Select(row => row[0])];
        }

        Assert.NotEmpty(members["SH.X03"]);
        Assert.Superset(members["SH.X03"], members["SH"]);
        Assert.True(members["SH"].Count > members["SH.X03"].Count);
    }

    [Theory]
    [InlineData("form-1", "2021", "Biểu số 1-BTCTW", "THỐNG KÊ TĂNG, GIẢM ĐẢNG VIÊN")]
    [InlineData("form-1", "tctw", "Biểu số 1-TCTW", "THỐNG KÊ TĂNG, GIẢM ĐẢNG VIÊN")]
    [InlineData("form-2", "2021", "Biểu số 2-BTCTW", "THỐNG KÊ ĐẢNG VIÊN MỚI KẾT NẠP")]
    [InlineData("form-2", "2026", "Biểu số 2-BTCTW", "THỐNG KÊ ĐẢNG VIÊN MỚI KẾT NẠP")]
    [InlineData("form-2b", "2021", "Biểu số 2B-BTCTW", "THỐNG KÊ ĐẢNG VIÊN MỚI KẾT NẠP, CHIA THEO DÂN TỘC VÀ TÔN GIÁO")]
    [InlineData("form-3", "2021", "Biểu số 3-BTCTW", "THỐNG KÊ ĐỘI NGŨ ĐẢNG VIÊN")]
    [InlineData("form-4", "2021", "Biểu số 4-BTCTW", "THỐNG KÊ ĐẢNG VIÊN CHIA THEO DÂN TỘC VÀ TRONG CÁC TÔN GIÁO")]
    [InlineData("form-5", "2021", "Biểu số 5-BTCTW", "THỐNG KÊ TỔ CHỨC ĐẢNG VÀ ĐẢNG VIÊN TRONG CÁC LOẠI HÌNH CƠ SỞ")]
    [InlineData("form-5", "2026", "Biểu số 5-BTCTW", "THỐNG KÊ TỔ CHỨC ĐẢNG VÀ ĐẢNG VIÊN TRONG CÁC LOẠI HÌNH CƠ SỞ")]
    public async Task Title_number_and_rows_of_a_form_belong_together(string name, string edition, string number, string title)
    {
        var period = Period.Year(2016);
        using var form = await BuildAsync(name, "SH", period, edition: edition);
        var oracle = Oracle.Form(name, RegisterModel.From([]), "SH", period.From, period.To).Select(row => row.Code).Where(code => edition != "tctw" || code != "C3p").ToList();

        Assert.Equal((number, title), (form.Edition.Number, form.Title));
        Assert.Empty(oracle.Except(form.Form!.Rows.Select(row => row.Code)));
        Assert.All(form.Form.Rows.Where(row => row.Look != RowLook.Note), row => Assert.Equal(form.Form.Columns.Count, row.Cells.Count));
    }

    [Theory]
    [InlineData("form-5", "2012-12-31", "2021")]
    [InlineData("form-1", "2016-12-31", "2021")]
    [InlineData("form-5", "2021-12-12", "2021")]
    [InlineData("form-5", "2026-07-25", "2021")]
    [InlineData("form-5", "2026-07-26", "2026")]
    [InlineData("form-2", "2026-12-31", "2026")]
    [InlineData("form-1", "2026-12-31", "2021")]
    public void A_report_takes_the_edition_of_its_last_day(string name, string to, string edition)
    {
        var last = DateOnly.ParseExact(to, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        var request = new ReportRequest(name, "SH", new(last.AddMonths(-1), last), new Dictionary<string, int>(StringComparer.Ordinal), WithEvidence: false);

        Assert.Equal(edition, Choice.Of(SampleReports.Definitions, request).Edition.Printed.Code);
    }

    [Theory]
    [InlineData("form-2")]
    [InlineData("form-5")]
    public async Task The_edition_of_2026_counts_as_that_of_2021_calls_every_branch_a_branch_and_says_that_it_is_provisional(string name)
    {
        using var older = await BuildAsync(name, "SH", Period.Year(2019), edition: "2021");
        using var newer = await BuildAsync(name, "SH", Period.Year(2019), edition: "2026");
        static string Renamed(string caption) => caption.Replace("Chi bộ cơ sở", "Chi bộ", StringComparison.Ordinal).Replace("Chi bộ trực thuộc", "Chi bộ", StringComparison.Ordinal);

        Assert.Equal(older.Form!.Columns.Select(column => (column.Code, Renamed(column.Caption), column.Number)), newer.Form!.Columns.Select(column => (column.Code, column.Caption, column.Number)));
        Assert.Equal(older.Form.Rows.Select(row => (row.Code, row.Mark, Renamed(row.Caption))), newer.Form.Rows.Select(row => (row.Code, row.Mark, row.Caption)));
        Assert.Equal(
            older.Form.Rows.SelectMany(row => row.Cells.Select(cell => (row.Code, cell.Kind, cell.Value))), newer.Form.Rows.SelectMany(row => row.Cells.Select(cell => (row.Code, cell.Kind, cell.Value))));
        Assert.NotEqual(older.Form.Columns.Concat(older.Form.Rows.Select(row => new FormColumn("", row.Caption, "", 0))).Select(column => column.Caption), newer.Form.Columns.Concat(newer.Form.Rows.Select(row => new FormColumn("", row.Caption, "", 0))).Select(column => column.Caption));
        Assert.DoesNotContain(older.Notices, notice => notice.Contains("tạm thời", StringComparison.Ordinal));
        Assert.Contains(newer.Notices, notice => notice.StartsWith("Mẫu tạm thời", StringComparison.Ordinal));
        Assert.Contains(newer.Notices, notice => notice.Contains("áp dụng từ ngày 26/07/2026", StringComparison.Ordinal));
        Assert.All(newer.Checks, check => Assert.True(check.Ok, $"{check.Code}: {check.Detail}"));
    }

    [Fact]
    public async Task Two_editions_stand_side_by_side_and_each_recomputes_last_year()
    {
        using var newer = await BuildAsync("form-1", "SH", Period.Year(2016));
        using var older = await BuildAsync("form-1", "SH", Period.Year(2016), edition: "tctw");

        Assert.Equal(("2021", "tctw"), (newer.Edition.Code, older.Edition.Code));
        Assert.Contains("20 ngày", older.Edition.Deadline, StringComparison.Ordinal);
        Assert.Contains(newer.Notices, notice => notice.Contains("áp dụng từ ngày 13/12/2021", StringComparison.Ordinal));
        Assert.Equal(["C3p"], newer.Form!.Rows.Select(row => row.Code).Except(older.Form!.Rows.Select(row => row.Code)));
        Assert.Equal(CellKind.Blank, Cell(older, "G", "now").Kind);
        Assert.All(older.Form.Rows.Where(row => row.Code is not ("E" or "G")), row =>
            Assert.Equal(newer.Form.Rows.Single(one => one.Code == row.Code).Cells.Select(cell => (cell.Kind, cell.Value)), row.Cells.Select(cell => (cell.Kind, cell.Value))));
        Assert.Equal("2:3", older.Form.Columns[2].Number);

        var refused = await Assert.ThrowsAsync<UnknownNameException>(() => BuildAsync("form-1", "SH", Period.Year(2019), edition: "tctw"));
        Assert.Contains("chỉ dùng cho kỳ kết thúc đến hết ngày 25/07/2017; kỳ này có thể dùng: 2021", refused.Message, StringComparison.Ordinal);
        var unknown = await Assert.ThrowsAsync<UnknownNameException>(() => BuildAsync("form-3", "SH", Period.Year(2016), edition: "2017"));
        Assert.Contains("không có mẫu “2017”; kỳ này có thể dùng: 2021", unknown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Before_the_first_data_there_is_no_number_and_the_first_page_says_so()
    {
        var first = await FirstDayAsync();
        var period = new Period(first, first.AddMonths(6));
        using var form = await BuildAsync("form-1", "SH", period);

        // A year before, the district itself was not there.
        Assert.Equal([CellKind.Unknown, CellKind.Blank, CellKind.Computed], form.Form!.Rows[0].Cells.Select(cell => cell.Kind));
        Assert.Null(form.Form.Rows[0].Cells[2].Value);
        Assert.Equal(CellKind.Counted, Cell(form, "D", "now").Kind);
        Assert.Contains(form.Notices, notice => notice.Contains($"có số liệu từ ngày {Vietnamese.Day(first)}", StringComparison.Ordinal));
        Assert.DoesNotContain(form.Checks, check => !check.Ok);

        using var text = new StringWriter(CultureInfo.InvariantCulture);
        TextFace.Write(form, text);
        Assert.Matches(@"A Tổng số đảng viên cuối kỳ trước chuyển sang +- *\n", text.ToString());
        using var later = await BuildAsync("form-1", "SH", new(first.AddYears(1).AddDays(1), first.AddYears(2)));
        Assert.DoesNotContain(later.Notices, notice => notice.Contains("không có căn cứ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Months_that_end_on_the_14th_add_up_to_their_year()
    {
        var calendar = new ReportingCalendar("ngay-14", "Chốt ngày 14", 14);
        var months = calendar.PeriodsFrom(Cycle.Monthly, new(2019, 1, 1)).Take(3).ToList();
        var reports = new List<Report>();
        foreach (var month in months)
            reports.Add(await BuildAsync("monthly", "SH", month, calendar: calendar));

        Assert.Equal((new DateOnly(2018, 12, 15), new DateOnly(2019, 3, 14)), (months[0].From, months[2].To));
        Assert.Equal("Lũy kế từ 15/12/2018 đến 14/03/2019", reports[2].Form!.Columns[1].Caption);
        Assert.All(["B", "C", "B1", "recognitions", "branch_meetings", "attendance_due", "attendance_present"], code =>
            Assert.Equal(reports.Sum(report => Cell(report, code, "month").Value), Cell(reports[2], code, "year").Value));
        Assert.True(Cell(reports[2], "attendance_present", "year").Value > 0);
        reports.ForEach(report => report.Dispose());
    }

    [Fact]
    public async Task The_monthly_report_names_branches_without_a_meeting_and_rates_in_December()
    {
        await ChangeAsync("delete from meeting where branch = (select min(branch) from meeting where date between '2019-12-01' and '2019-12-31') and date between '2019-12-01' and '2019-12-31'");
        using var december = await BuildAsync("monthly", "SH", Period.Month(2019, 12), withEvidence: true);
        using var november = await BuildAsync("monthly", "SH", Period.Month(2019, 11));

        var silent = Cell(december, "branches_without_meeting", "month").Figure!;
        Assert.True(silent.Value > 0);
        Assert.All(silent.Evidence.Rows(), row => Assert.Contains((string)row[1]!, december.Narrative[^1].ToString(), StringComparison.Ordinal));
        Assert.Equal((true, false), (Printed(december, "rated_good"), Printed(november, "rated_good")));
        Assert.True(Cell(december, "rated_good", "year").Value > 0);
        Assert.True(Printed(december, "branches_met"));
    }

    [Fact]
    public async Task Lines_between_units_are_printed_below_the_district_and_in_it_when_they_are_not_0()
    {
        using var district = await BuildAsync("form-1", "SH", Period.Year(2019));
        using var commune = await BuildAsync("form-1", "SH.X03", Period.Year(2019));

        string[] lines = ["B_internal", "B_reorganised", "C_internal", "C_reorganised"];
        Assert.Equal(lines.Any(code => Cell(district, code, "now").Value + Cell(district, code, "last").Value > 0), Printed(district, "B_internal"));
        Assert.All(lines, code => Assert.True(Printed(commune, code)));
    }

    [Theory]
    [InlineData("SH")]
    [InlineData("SH.X03")]
    // Founded within the term.
    [InlineData("SH.X03.B19")]
    public async Task The_years_of_a_term_are_those_of_the_report_of_the_year(string unit)
    {
        await ChangeAsync($"""
            insert into plan (org, period, item, number)
            select '{unit}', period, item, case period when '2015-2020' then 40 else 7 end
            from unnest(array['2015-2020', '2017']) as period, unnest(enum_range(null::plan_item)) as item
            on conflict (org, period, item) do update set number = excluded.number
            """);
        var term = new Period(new(2015, 7, 1), new(2020, 6, 30), "nhiệm kỳ 2015-2020");
        using var years = await BuildAsync("term-years", unit, term);
        Assert.Equal((string[])["Năm 2015", "Năm 2016", "Năm 2017", "Năm 2018", "Năm 2019"], years.Form!.Columns.Take(5).Select(column => column.Caption));
        foreach (var year in Enumerable.Range(2015, 5))
        {
            if (await RunsAsync(unit, year))
            {
                using var report = await BuildAsync("year", unit, Period.Year(year));
                Assert.Equal(
                    report.Form!.Rows.Where(row => row.Cells.Count > 0).Select(row => $"{row.Code} {Cell(report, row.Code, "now").Value}"),
                    years.Form.Rows.Where(row => row.Cells.Count > 0).Select(row => $"{row.Code} {Cell(years, row.Code, $"y{year - 2014}").Value}"));
            }
            else
            {
                Assert.All(years.Form.Rows.Where(row => row.Cells.Count > 0), row => Assert.Null(Cell(years, row.Code, $"y{year - 2014}").Value));
            }
        }
        using var whole = await BuildAsync("year", unit, term);
        Assert.All(years.Form.Rows.Where(row => row.Cells.Count > 0), row => Assert.Equal(Cell(whole, row.Code, "now").Value, Cell(years, row.Code, "term").Value));
        Assert.Equal((40m, await RunsAsync(unit, 2017) ? 7m : null), (Cell(years, "plan_villages", "term").Value, Cell(years, "plan_villages", "y3").Value));
        Assert.Equal(years.Checks.Where(check => !check.Ok), []);
    }

    [Fact]
    public async Task The_monthly_report_measures_the_plan_of_the_year_and_the_same_days_a_year_before()
    {
        await ChangeAsync("insert into plan (org, period, item, number) values ('SH', '2019', 'Công nhận chính thức', 100)");
        using var september = await BuildAsync("monthly", "SH", Period.Month(2019, 9));
        using var before = await BuildAsync("monthly", "SH", Period.Month(2018, 9));
        Assert.All(september.Form!.Rows.Where(row => row.Cells.Count > 0), row =>
        {
            Assert.Equal(Cell(before, row.Code, "month").Value, Cell(september, row.Code, "month_last").Value);
            Assert.Equal(Cell(before, row.Code, "year").Value, Cell(september, row.Code, "year_last").Value);
        });
        Assert.Equal(Cell(september, "recognised", "year").Value, Cell(september, "plan_recognised_done", "year").Value);
        Assert.Equal((CellKind.Blank, CellKind.Blank), (Cell(september, "plan_recognised", "month").Kind, Cell(september, "plan_recognised_done", "month").Kind));
        Assert.Equal(Math.Round(100 * Cell(september, "B1", "year").Value!.Value / Cell(before, "B1", "year").Value!.Value, 2, MidpointRounding.AwayFromZero), Cell(september, "B1", "pct").Value);
    }

    [Fact]
    public async Task The_term_report_has_plans_shares_and_what_was_before()
    {
        await ChangeAsync("insert into plan (org, period, item, number) values ('SH', '2015-2020', 'Kết nạp đảng viên', 700), ('SH', '2015-2020', 'Bản có chi bộ', 205)");
        using var term = await BuildAsync("term", "SH", new(new(2015, 7, 1), new(2020, 6, 30), "nhiệm kỳ 2015-2020"));
        int Value(string code) => term.Figures.Single(figure => figure.Code == code).Value;
        Assert.Equal((700m, Share(Value("admissions"), 700, 1)), (Rate(term, "plan_admissions"), Rate(term, "plan_done")));
        Assert.Equal((205m, Share(Value("villages_with_branch"), 205, 1)), (Rate(term, "plan_villages"), Rate(term, "plan_villages_done")));
        Assert.Equal((null, null), (Rate(term, "plan_recognised"), Rate(term, "plan_recognised_done")));
        Assert.Equal(Share(Value("minority_members"), Value("members"), 2), Rate(term, "share_minority_members"));
        // The register begins within the term before: what stood on its last day is known, what happened in it is not.
        Assert.Equal(((decimal?)Value("opening"), null), (Rate(term, "members_before"), Rate(term, "admissions_before")));
        Assert.DoesNotContain(term.PrintedGroups.SelectMany(group => group.Printed), rate => rate.Code is "plan_recognised" or "admissions_before");

        using var year = await BuildAsync("term", "SH", Period.Year(2019));
        using var before = await BuildAsync("term", "SH", Period.Year(2018));
        foreach (var code in (string[])["admissions", "recognised", "members", "subordinate_branches", "villages_without_members"])
        {
            var (now, then) = (year.Figures.Single(figure => figure.Code == code).Value, before.Figures.Single(figure => figure.Code == code).Value);
            Assert.Equal((then, Share(now, then, 2)), (Rate(year, $"{code}_before"), Rate(year, $"{code}_to_before")));
        }

        static decimal? Rate(Report report, string code) => report.Groups.SelectMany(group => group.Rates).Single(rate => rate.Code == code).Value;

        static decimal? Share(int over, int under, int decimals) => Math.Round(over * 100m / under, decimals, MidpointRounding.AwayFromZero);
    }

    private async Task<bool> RunsAsync(string unit, int year)
    {
        await using var connection = await database.OpenConnectionAsync(Cancel);
        await using var command = new NpgsqlCommand($"select exists (select from org_version where code = '{unit}' and valid_from <= '{year}-12-31')", connection);
        return (bool)(await command.ExecuteScalarAsync(Cancel))!;
    }

    private static bool Printed(Report report, string row) => report.Form!.Rows.Single(one => one.Code == row).Printed;

    private static FormCell Cell(Report report, string row, string column) =>
        report.Form!.Columns.Zip(report.Form.Rows.Single(one => one.Code == row).Cells).Single(cell => cell.First.Code == column).Second;

    private Task<Report> BuildAsync(string name, string unit, Period period, bool withEvidence = false, string? edition = null, ReportingCalendar? calendar = null) =>
        new ReportBuilder(database, Definitions).BuildAsync(
            new(name, unit, period, new Dictionary<string, int>(StringComparer.Ordinal), withEvidence, edition) { Calendar = calendar ?? ReportingCalendar.Months }, progress: null, Cancel);

    /// <summary>Every cell of every report, as text.</summary>
    private async Task<string> AllAsync(string unit, Period period)
    {
        var lines = new List<string>();
        foreach (var name in Definitions.ReportNames.Where(name => name != "term"))
        {
            using var report = await BuildAsync(name, unit, period);
            lines.AddRange(report.Form!.Rows.SelectMany(row => row.Cells.Select((cell, index) => string.Create(CultureInfo.InvariantCulture, $"{name} {row.Code} {index} {cell.Value}"))));
        }
        return string.Join('\n', lines);
    }

    private async Task ChangeAsync(string sql)
    {
        await using var connection = await database.OpenConnectionAsync(Cancel);
        await using var command = new NpgsqlCommand(sql, connection);
        Assert.True(await command.ExecuteNonQueryAsync(Cancel) > 0);
    }

    private async Task<DateOnly> FirstDayAsync()
    {
        await using var connection = await database.OpenConnectionAsync(Cancel);
        await using var command = new NpgsqlCommand("select min(valid_from) from membership", connection);
        return (DateOnly)(await command.ExecuteScalarAsync(Cancel))!;
    }
}
