using Dapper;
using SinHo.Reporting.Access;
using SinHo.Reporting.Exchange;
using SinHo.Reporting.Facts;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Reports;
using SinHo.Reporting.Tests.Exchange;
using SinHo.Reporting.Tests.Support;
using Xunit;
using static SinHo.Reporting.Register.ExchangeWorkbook;

namespace SinHo.Reporting.Tests.Events;

/// <summary>Two codes that are one person: merged, found by either code ever after, parted again. Source: docs/spec/command-line.md, EVENTS.json; docs/spec/exchange-workbook.md, Mã cũ.</summary>
public sealed class PeopleMergeTests(TestCluster cluster)
{
    private const string Dropped = """[{"sheet": "Sinh hoạt", "key": ["2", "B", "2019-01-01"]}, {"sheet": "Chức vụ", "key": ["1", "Trưởng bản", "V1", "2020-01-01"]}, {"sheet": "Phân công", "key": ["2", "A", "2021-01-01"]}]""";

    private const string Merge = $$"""{"event": "merge", "keep": "1", "alias": "2", "drop": {{Dropped}}, "reason": "một người hai mã"}""";

    private static readonly Viewer Everything = new(1, Role.Preparer, null);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>1 and 2 are one person, in B from 2018 as 1 and from 2019 as 2, who was 3 before; 5 is another.</summary>
    private static RegisterFile Before() => new RegisterFile()
        .Add(Organisations,
            "H|Đảng bộ huyện|Đảng bộ huyện|Khác||01/01/2000|",
            "X|Đảng bộ xã X|Đảng bộ cơ sở|Xã|H|01/01/2000|",
            "A|Chi bộ A|Chi bộ trực thuộc|Bản|X|01/01/2000|",
            "B|Chi bộ B|Chi bộ trực thuộc|Bản|X|01/01/2000|")
        .Add(Villages, "V1|Bản Một|Bản|X|01/01/2000|")
        .Add(Members,
            "1||Lò Văn Một|Nam|1970|Thái||V1|01/01/2010|01/01/2011|||Tiểu học||||Khác||||",
            "2||Lò V. Một|Nam|1970|Thái||V1|01/01/2010|01/01/2011|||Tiểu học||||Khác||||",
            "2|01/01/2015|Lò V. Một|Nam|1970|Thái||V1|01/01/2010|01/01/2011|||Trung học cơ sở||||Khác||||",
            "5||Người Năm|Nam|1980|Thái||V1|01/01/2005|01/01/2006|||Tiểu học||||Khác||||")
        .Add(Admissions, "2|01/01/2010|1-QĐ|20/12/2009|01/01/2011|A||Có|Khác|Tiểu học||")
        .Add(Memberships,
            "2|A|01/01/2010|01/01/2018|Kết nạp|Chuyển nội bộ|", "1|B|01/01/2018||Chuyển nội bộ||", "2|B|01/01/2019||Chuyển nội bộ||", "5|B|01/01/2010||Đầu kỳ||")
        .Add(Posts, "1|Trưởng bản|V1|01/01/2020|", "2|Trưởng bản|V1|01/01/2021|", "2|Bí thư chi bộ|A|01/01/2015|01/01/2018")
        .Add(Assignments, "1|A|Đảng ủy viên|01/01/2020|", "2|A|Đảng ủy viên|01/01/2021|")
        .Add(FormerCodes, "3|2|Đổi thẻ");

    public static TheoryData<string, string> Faults => new()
    {
        { """{"event": "merge", "keep": "1", "alias": "1", "reason": "x"}""", "bad_value|merge|1|alias|1" },
        { """{"event": "merge", "keep": "3", "alias": "2", "reason": "x"}""", "bad_value|merge|1|alias|2" },
        { """{"event": "merge", "keep": "2", "alias": "3", "reason": "x"}""", "already_there|merge|1|alias|3" },
        { """{"event": "merge", "keep": "1", "alias": "3", "reason": "x"}""", "already_there|merge|1|alias|3" },
        { """{"event": "merge", "keep": "1", "alias": "77", "reason": "x"}""", "unknown_reference|merge|1|alias|77" },
        { """{"event": "merge", "keep": "77", "alias": "1", "reason": "x"}""", "unknown_reference|merge|1|keep|77" },
        { """{"event": "merge", "keep": "1", "alias": "2"}""", "required|merge|1|reason|" },
        { """{"event": "merge", "keep": "1", "alias": "2", "drop": "x", "reason": "x"}""", "bad_value|merge|1|drop|" },
        { """{"event": "merge", "keep": "1", "alias": "2", "drop": ["x"], "reason": "x"}""", "bad_value|merge|1|drop|" },
        { """{"event": "merge", "keep": "1", "alias": "2", "drop": [{"sheet": "Sinh hoat", "key": ["1"]}], "reason": "x"}""", "bad_value|merge|1|drop|Sinh hoat" },
        { """{"event": "merge", "keep": "1", "alias": "2", "drop": [{"sheet": "Sinh hoạt", "key": ["1", "B"]}], "reason": "x"}""", "required|merge|1|drop|" },
        { """{"event": "merge", "keep": "1", "alias": "2", "drop": [{"sheet": "Sinh hoạt", "key": ["5", "B", "2010-01-01"]}], "reason": "x"}""", "unknown_reference|merge|1|drop|5 · B · 01/01/2010" },
        { """{"event": "merge", "keep": "1", "alias": "2", "drop": [{"sheet": "Đảng viên", "key": ["1"]}], "reason": "x"}""", "bad_value|merge|1|drop|1" },
        { """{"event": "merge", "keep": "1", "alias": "2", "reason": "x"}""", "overlap|merge|1|drop|2 · B · 01/01/2019" },
        { """{"event": "merge", "keep": "1", "alias": "2", "reason": "x"}""", "overlap|merge|1|drop|2 · Trưởng bản · V1 · 01/01/2021" },
        { """{"event": "merge", "keep": "1", "alias": "2", "reason": "x"}""", "overlap|merge|1|drop|2 · A · 01/01/2021" },
        { """{"event": "merge", "keep": "5", "alias": "1", "reason": "x"}""", "overlap|merge|1|drop|1 · B · 01/01/2018" },
        { """{"event": "part", "alias": "1", "reason": "x"}""", "unknown_reference|part|1|alias|1" },
        { """{"event": "part", "alias": "3", "reason": "x"}""", "unknown_reference|part|1|alias|3" },
        { $$"""{{Merge}}, {"event": "merge", "keep": "5", "alias": "1", "drop": [{"sheet": "Sinh hoạt", "key": ["1", "B", "2018-01-01"]}, {"sheet": "Sinh hoạt", "key": ["5", "B", "2010-01-01"]}], "reason": "x"}, {"event": "part", "alias": "2", "reason": "x"}""", "changed_since|part|3|alias|2" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task What_cannot_be_merged_or_parted_is_told_by_entry_and_field(string entries, string expected)
    {
        await using var register = await RegisterAsync();
        var kept = await register.DumpAsync();
        var outcome = await RunAsync(register, entries);
        Assert.False(outcome.Accepted);
        Assert.True(outcome.Errors.Select(TestRegister.Text).Contains(expected), string.Join('\n', outcome.Errors));
        Assert.Equal(kept, await register.DumpAsync());
    }

    [Fact]
    public async Task Every_overlap_is_told_with_what_to_write_and_nothing_else()
    {
        await using var register = await RegisterAsync();
        var outcome = await RunAsync(register, """{"event": "merge", "keep": "1", "alias": "2", "reason": "x"}""");
        Assert.Equal(3, outcome.Errors.Count);
        Assert.Contains("""{"sheet":"Sinh hoạt","key":["2","B","2019-01-01"]} hoặc {"sheet":"Sinh hoạt","key":["1","B","2018-01-01"]}""", outcome.Errors[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_record_that_is_kept_stands_and_all_rows_go_to_it()
    {
        await using var register = await RegisterAsync();
        var outcome = await RunAsync(register, Merge);
        Assert.Empty(outcome.Errors);
        Assert.Equal(["1 Lò Văn Một Tiểu học", "5 Người Năm Tiểu học"], await register.ColumnAsync("select concat_ws(' ', code, name, schooling) from member order by 1"));
        Assert.Equal(["1", "5"], await register.ColumnAsync("select code::text from person order by 1"));
        Assert.Equal(["1 A 2010-01-01 2018-01-01", "1 B 2018-01-01"], await register.ColumnAsync("select concat_ws(' ', member, branch, valid_from, valid_to) from membership where member <> '5' order by 1"));
        Assert.Equal(["1 Bí thư chi bộ 2015-01-01", "1 Trưởng bản 2021-01-01"], await register.ColumnAsync("select concat_ws(' ', member, post, valid_from) from post order by 1"));
        Assert.Equal(["1 1-QĐ"], await register.ColumnAsync("select concat_ws(' ', member, decision) from admission"));
        Assert.Equal(["1 2020-01-01"], await register.ColumnAsync("select concat_ws(' ', member, valid_from) from assignment"));
        Assert.Equal(["2 1 một người hai mã", "3 1 Đổi thẻ"], await register.ColumnAsync("select concat_ws(' ', alias, member, reason) from former_code order by 1"));
        await register.DerivedTablesAreTrueAsync();
    }

    [Fact]
    public async Task Undone_or_parted_or_both_the_register_is_as_it_was_to_the_letter()
    {
        await using var register = await RegisterAsync();
        var before = await RowsAsync(register);
        var merged = await RunAsync(register, Merge);
        var after = await RowsAsync(register);
        await UndoAsync(register, merged.Import!.Value);
        Assert.Equal(before, await RowsAsync(register));
        Assert.Contains("unknown_reference|part|1|alias|2", (await RunAsync(register, """{"event": "part", "alias": "2", "reason": "x"}""")).Errors.Select(TestRegister.Text));

        Assert.Empty((await RunAsync(register, Merge)).Errors);
        Assert.Equal(after, await RowsAsync(register));
        var parted = await RunAsync(register, """{"event": "part", "alias": "2", "reason": "hai người"}""");
        Assert.Empty(parted.Errors);
        Assert.Equal(before, await RowsAsync(register));
        await UndoAsync(register, parted.Import!.Value);
        Assert.Equal(after, await RowsAsync(register));
        Assert.Empty((await RunAsync(register, """{"event": "part", "alias": "2", "reason": "hai người"}""")).Errors);
        Assert.Equal(before, await RowsAsync(register));
        Assert.Empty((await RunAsync(register, $$"""{{Merge}}, {"event": "part", "alias": "2", "reason": "x"}""")).Errors);
        Assert.Equal(before, await RowsAsync(register));
        await register.DerivedTablesAreTrueAsync();
    }

    [Fact]
    public async Task What_came_since_stays_with_the_person_and_what_changed_is_in_the_way_of_parting()
    {
        await using var register = await RegisterAsync();
        Assert.Empty((await RunAsync(register, Merge)).Errors);
        Assert.Empty((await RunAsync(register, """{"event": "appoint", "member": "3", "post": "Phó bí thư chi bộ", "place": "B", "date": "2024-01-01"}""")).Errors);
        Assert.Empty((await RunAsync(register, """{"event": "amend", "sheet": "Sinh hoạt", "key": ["2", "A", "2010-01-01"], "set": {"Căn cứ": "7-QĐ"}, "reason": "thiếu căn cứ"}""")).Errors);
        Assert.Equal(["1"], await register.ColumnAsync("select member::text from post where post = 'Phó bí thư chi bộ'"));
        Assert.Equal(["1"], await register.ColumnAsync("select member::text from membership where basis = '7-QĐ'"));

        var refused = await RunAsync(register, """{"event": "part", "alias": "2", "reason": "x"}""");
        Assert.Equal("changed_since|part|1|alias|2", TestRegister.Text(Assert.Single(refused.Errors)));
        Assert.Contains("1 · A · 01/01/2010", refused.Errors[0].Message, StringComparison.Ordinal);
        Assert.Empty((await RunAsync(register, """{"event": "amend", "sheet": "Sinh hoạt", "key": ["1", "A", "2010-01-01"], "set": {"Căn cứ": null}, "reason": "như cũ"}, {"event": "part", "alias": "2", "reason": "x"}""")).Errors);
        Assert.Equal(["1"], await register.ColumnAsync("select member::text from post where post = 'Phó bí thư chi bộ'"));
        Assert.Equal(["2 A", "2 B"], await register.ColumnAsync("select concat_ws(' ', member, branch) from membership where member = '2' order by 1"));
    }

    [Fact]
    public async Task Chains_lead_to_the_last_one_and_are_parted_from_their_end()
    {
        await using var register = await RegisterAsync();
        var before = await RowsAsync(register);
        Assert.Empty((await RunAsync(register, Merge)).Errors);
        var between = await RowsAsync(register);
        var chained = await RunAsync(register, """
            {"event": "merge", "keep": "5", "alias": "1", "drop": [{"sheet": "Sinh hoạt", "key": ["5", "B", "2010-01-01"]}, {"sheet": "Kết nạp", "key": ["2", "2010-01-01"]}, {"sheet": "Sinh hoạt", "key": ["1", "A", "2010-01-01"]}], "reason": "x"},
            {"event": "amend", "sheet": "Sinh hoạt", "key": ["1", "B", "2018-01-01"], "set": {"Lý do đến": "Đầu kỳ"}, "reason": "x"}
            """);
        Assert.Empty(chained.Errors);
        Assert.Equal(["1 5", "2 5", "3 5"], await register.ColumnAsync("select concat_ws(' ', alias, member) from former_code order by 1"));
        Assert.Equal(["changed_since|part|1|alias|2"], (await RunAsync(register, """{"event": "part", "alias": "2", "reason": "x"}""")).Errors.Select(TestRegister.Text));
        Assert.Empty((await RunAsync(register, """{"event": "amend", "sheet": "Sinh hoạt", "key": ["3", "B", "2018-01-01"], "set": {"Lý do đến": "Chuyển nội bộ"}, "reason": "x"}, {"event": "part", "alias": "1", "reason": "x"}""")).Errors);
        Assert.Equal(between, await RowsAsync(register));
        Assert.Empty((await RunAsync(register, """{"event": "part", "alias": "2", "reason": "x"}""")).Errors);
        Assert.Equal(before, await RowsAsync(register));
    }

    [Fact]
    public async Task Exported_with_its_former_codes_the_register_is_the_same_elsewhere()
    {
        await using var register = await RegisterAsync();
        Assert.Empty((await RunAsync(register, Merge)).Errors);
        using var folder = new TemporaryFolder();
        await using var other = await TestRegister.EmptyAsync(cluster);
        await other.AcceptAsync(new WorkbookSource(Export(register, folder, "một.xlsx")));
        Assert.Equal(await RowsAsync(register), await RowsAsync(other));
        Assert.Equal(["unknown_reference|part|1|alias|2"], (await RunAsync(other, """{"event": "part", "alias": "2", "reason": "x"}""")).Errors.Select(TestRegister.Text));
    }

    [Fact]
    public async Task A_file_that_names_the_former_code_means_the_member()
    {
        await using var register = await RegisterAsync();
        Assert.Empty((await RunAsync(register, Merge)).Errors);
        await register.AcceptAsync(new RegisterFile()
            .Add(Members, "2||Lò Văn Một|Nam|1970|Thái||V1|01/01/2010|01/01/2011|||Trung học phổ thông||||Khác||||")
            .Add(Posts, "3|Phó bí thư chi bộ|B|01/01/2024|"));
        Assert.Equal(["1 Trung học phổ thông"], await register.ColumnAsync("select concat_ws(' ', code, schooling) from member where code <> '5'"));
        Assert.Equal(["1"], await register.ColumnAsync("select member::text from post where post = 'Phó bí thư chi bộ'"));

        // Its own sheet speaks first, be it the last one; a chain of it leads to the end.
        await register.AcceptAsync(new RegisterFile().Add(Posts, "8|Phó bí thư chi bộ|A|01/01/2024|").Add(FormerCodes, "8|9|", "9|2|"));
        Assert.Equal(["1"], await register.ColumnAsync("select member::text from post where place = 'A' and valid_from = '2024-01-01'"));
        Assert.Equal(["8 1", "9 1"], await register.ColumnAsync("select concat_ws(' ', alias, member) from former_code where alias in ('8', '9') order by 1"));
        await register.AcceptAsync(new RegisterFile().Remove(FormerCodes, "8||"));
        var unknown = await register.ImportAsync(new RegisterFile().Add(Posts, "8|Phó bí thư chi bộ|B|01/01/2024|"));
        Assert.Equal(["unknown_reference|Chức vụ|2|Mã đảng viên|8"], unknown.Errors.Select(TestRegister.Text));
    }

    [Fact]
    public async Task A_sheet_of_former_codes_is_judged_like_any_other()
    {
        await using var register = await RegisterAsync();
        var outcome = await register.ImportAsync(new RegisterFile()
            .Add(FormerCodes, "5|1|", "6|6|", "7|8|", "8|7|", "9|77|", "11|1|", "11|5|")
            .Add(Memberships, "1|A|01/01/2012|01/01/2013|Đầu kỳ|Chuyển nội bộ|", "11|A|01/01/2012|01/01/2013|Đầu kỳ|Chuyển nội bộ|"));
        Assert.Equal(
        [
            "bad_value|Mã cũ|2|Mã cũ|5", "bad_value|Mã cũ|3|Mã đảng viên|6", "bad_value|Mã cũ|4|Mã đảng viên|8", "bad_value|Mã cũ|5|Mã đảng viên|7",
            "duplicate_key|Mã cũ|8|Mã cũ|11", "duplicate_key|Sinh hoạt|3|Mã đảng viên|11", "unknown_reference|Mã cũ|6|Mã đảng viên|77",
        ], outcome.Errors.Select(TestRegister.Text).Order(StringComparer.Ordinal));
        Assert.Contains("(Người Năm)", outcome.Errors.First(error => error.Row == 2).Message, StringComparison.Ordinal);
        Assert.Contains("11 là mã cũ của 1", outcome.Errors.First(error => error.Sheet == "Sinh hoạt").Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_of_a_former_code_is_that_of_the_member()
    {
        await using var register = await RegisterAsync();
        Assert.Empty((await RunAsync(register, Merge)).Errors);
        var day = new DateOnly(2025, 1, 1);
        var former = await Assert.ThrowsAsync<FormerCodeException>(() =>
            PersonHistory.FindAsync(new StatisticsSource(register.Database), Everything, new("3", day, new(day, day), null), Cancel));
        Assert.Equal("1", former.Member);
        await register.AcceptAsync(new RegisterFile().Add(FormerCodes, "CU.77|1|"));
        var found = Assert.Single(await RegisterSearch.AskAsync(new StatisticsSource(register.Database), Everything, "cu.77", day, Cancel));
        Assert.Equal(("1", "Lò Văn Một", "Mã cũ CU.77", FoundRank.Exact), (found.Code, found.Name, found.Former, found.Rank));
        await register.AcceptAsync(new RegisterFile().Remove(FormerCodes, "CU.77"));
        Assert.Empty(await RegisterSearch.AskAsync(new StatisticsSource(register.Database), Everything, "cu.77", day, Cancel));

        var before = new DateOnly(2019, 1, 1);
        // Nor does a code that was given up tell an account of another unit whose it was.
        await Assert.ThrowsAsync<UnknownNameException>(() =>
            PersonHistory.FindAsync(new StatisticsSource(register.Database), new Viewer(1, Role.Preparer, "A"), new("2", before, new(before, before), null), Cancel));
    }

    [Fact]
    public async Task The_trail_tells_why_each_row_was_written()
    {
        await using var register = await RegisterAsync();
        var outcome = await RunAsync(register, $$"""{{Merge}}, {"event": "correct", "member": "5", "set": {"Giáo dục phổ thông": "Trung học cơ sở"}, "reason": "ghi nhầm"}, {"event": "meet", "branch": "A", "date": "2025-03-05", "kind": "Thường kỳ", "due": 4, "present": 3}""");
        Assert.Empty(outcome.Errors);
        Assert.Equal("một người hai mã; ghi nhầm", await register.ScalarAsync<string>($"select reason from import_run where import_id = {outcome.Import}"));
        await register.ExecuteAsync("insert into account (user_name, user_key, display_name, role, created_by) values ('an', 'an', 'An', 'Lập biểu', 'test')");
        var trail = new RegisterTrail(new StatisticsSource(register.Database), new Readings(register.Database));
        var entries = await trail.ReadAsync(Everything, new(Period.Year(DateTime.Now.Year), null, null, outcome.Import), 0, 100, Cancel);
        Assert.Equal("ghi nhầm", entries.Single(entry => entry is { Sheet: "Đảng viên", What: "Sửa" }).Reason);
        Assert.Equal(["một người hai mã"], entries.Where(entry => entry.Sheet is "Sinh hoạt" or "Chức vụ" or "Mã cũ").Select(entry => entry.Reason).Distinct());
        Assert.Equal("một người hai mã; ghi nhầm", entries.Single(entry => entry.Sheet == "Họp chi bộ").Reason);
        Assert.NotEmpty(await trail.ReadAsync(Everything, new(Period.Year(DateTime.Now.Year), null, "3", null), 0, 100, Cancel));

        var given = await register.ImportAsync(new RegisterFile().Add(Meetings, "A|06/03/2025|Chuyên đề|3|3"));
        Assert.Null(await register.ScalarAsync<string>($"select reason from import_run where import_id = {given.Import}"));
    }

    private Task<TestRegister> RegisterAsync() => TestRegister.WithAsync(cluster, "register_merges", Before());

    private static Task<ImportOutcome> RunAsync(TestRegister register, string entries) => register.RecordAsync($$"""{"entries": [{{entries}}]}""");

    private static RegisterImport Import(TestRegister register) => new(register.Database, Path.Combine(AppContext.BaseDirectory, "sql", "import"));

    private static async Task UndoAsync(TestRegister register, long import) =>
        Assert.Empty((await Import(register).RunAsync(await GivenBack.FindAsync(register.Database, import, Cancel), new("", "", "test", DryRun: false), progress: null, Cancel)).Errors);

    private static string Export(TestRegister register, TemporaryFolder folder, string name)
    {
        var path = Path.Combine(folder.Path, name);
        using var export = new RegisterExport(register.Database);
        RegisterWorkbook.Write(path, export.Sheets(), Cancel);
        return path;
    }

    /// <summary>Every row of every sheet.</summary>
    private static async Task<string> RowsAsync(TestRegister register)
    {
        await using var connection = await register.Database.OpenConnectionAsync(Cancel);
        var rows = new List<string>();
        foreach (var sheet in Sheets)
            rows.AddRange(await connection.QueryAsync<string>($"select '{sheet.Table} ' || r::text from {sheet.Table} as r order by 1"));
        return string.Join('\n', rows);
    }
}
