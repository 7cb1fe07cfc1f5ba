using System.Text;
using SinHo.Reporting.Events;
using SinHo.Reporting.Exchange;
using SinHo.Reporting.Tests.Exchange;
using SinHo.Reporting.Tests.Support;
using Xunit;
using static SinHo.Reporting.Register.ExchangeWorkbook;

namespace SinHo.Reporting.Tests.Events;

/// <summary>What an account of a unit may write, and what becomes a request. Source: sql/import/outside_scope.sql.</summary>
public sealed class OwnPartTests(TestCluster cluster)
{
    private static readonly DateTimeOffset Now = new(2026, 11, 2, 3, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Two communes of a district; 1 went from Y to X, 2 is on probation in X after Y admitted him, 3 is Y's.</summary>
    internal static RegisterFile Before() => new RegisterFile()
        .Add(Organisations,
            "H|Đảng bộ huyện|Đảng bộ huyện|Khác||01/01/2010|",
            "X|Đảng bộ xã X|Đảng bộ cơ sở|Xã|H|01/01/2010|",
            "Y|Đảng bộ xã Y|Đảng bộ cơ sở|Xã|H|01/01/2010|",
            "A|Chi bộ A|Chi bộ trực thuộc|Bản|X|01/01/2010|",
            "B|Chi bộ B|Chi bộ trực thuộc|Bản|X|01/01/2010|",
            "C|Chi bộ C|Chi bộ trực thuộc|Bản|Y|01/01/2010|")
        .Add(Villages, "V1|Bản Một|Bản|X|01/01/2010|", "V3|Bản Ba|Bản|Y|01/01/2010|")
        .Add(Members,
            "1||Người 1|Nam|1970|Thái||V1|01/01/2000|01/01/2001|||Tiểu học||||Khác||||",
            "2||Người 2|Nam|1990|Thái||V1|01/09/2025||||Tiểu học||||Khác||||",
            "3||Người 3|Nam|1980|Thái||V3|01/01/2005|01/01/2006|||Tiểu học||||Khác||||")
        .Add(Admissions, "2|01/09/2025|1-QĐ|20/08/2025||C||Có|Khác|Tiểu học||")
        .Add(Memberships,
            "1|C|01/01/2014|01/01/2020|Đầu kỳ|Chuyển nội bộ|", "1|A|01/01/2020||Chuyển nội bộ||", "2|C|01/09/2025|01/02/2026|Kết nạp|Chuyển nội bộ|", "2|A|01/02/2026||Chuyển nội bộ||",
            "3|C|01/01/2014||Đầu kỳ||");

    [Theory]
    [InlineData("""{"event": "recognise", "member": "2", "date": "2026-09-01"}""")]
    [InlineData("""{"event": "move", "members": ["1"], "branch": "B", "date": "2026-10-01"}""")]
    [InlineData("""{"event": "leave", "member": "1", "date": "2026-10-01", "reason": "Từ trần"}""")]
    [InlineData("""{"event": "change", "member": "1", "date": "2026-10-01", "set": {"Nghề nghiệp": "Nghỉ hưu, nghỉ công tác"}}""")]
    [InlineData("""{"event": "appoint", "member": "1", "post": "Trưởng bản", "place": "V1", "date": "2026-10-01"}""")]
    [InlineData("""{"event": "appoint", "member": "1", "post": "Đảng ủy viên", "place": "X", "date": "2026-10-01"}""")]
    [InlineData("""{"event": "serve", "branch": "B", "village": "V1", "date": "2026-10-01"}""")]
    [InlineData("""{"event": "meet", "branch": "A", "date": "2026-10-05", "kind": "Thường kỳ", "due": 2, "present": 2}""")]
    [InlineData("""{"event": "rate", "year": 2025, "unit": "A", "grade": "Hoàn thành nhiệm vụ"}""")]
    public async Task What_is_the_units_own_goes_in(string entry)
    {
        await using var register = await RegisterAsync();
        Assert.Empty((await RunAsync(register, entry, "X")).Errors);
    }

    [Theory]
    [InlineData("""{"event": "leave", "member": "3", "date": "2026-10-01", "reason": "Từ trần"}""", "outside_scope|leave|1|member|3")]
    [InlineData("""{"event": "move", "members": ["1"], "branch": "C", "date": "2026-10-01"}""", "outside_scope|move|1|branch|C")]
    [InlineData("""{"event": "move", "members": ["3"], "branch": "A", "date": "2026-10-01"}""", "outside_scope|move|1|members|3")]
    [InlineData("""{"event": "appoint", "member": "1", "post": "Trưởng bản", "place": "V3", "date": "2026-10-01"}""", "outside_scope|appoint|1|place|Y")]
    [InlineData("""{"event": "appoint", "member": "1", "post": "Huyện ủy viên", "place": "H", "date": "2026-10-01"}""", "outside_scope|appoint|1|place|H")]
    [InlineData("""{"event": "rate", "year": 2025, "unit": "Y", "grade": "Hoàn thành nhiệm vụ"}""", "outside_scope|rate|1|unit|Y")]
    [InlineData("""{"event": "amend", "sheet": "Sinh hoạt", "key": ["1", "C", "2014-01-01"], "set": {"Căn cứ": "1-NQ"}, "reason": "sai"}""", "outside_scope|amend|1|Mã chi bộ|C")]
    [InlineData("""{"event": "amend", "sheet": "Tổ chức", "key": ["A", "2010-01-01"], "set": {"Tên tổ chức": "Chi bộ khác"}, "reason": "sai"}""", "outside_scope|Tổ chức|||A")]
    public async Task What_reaches_outside_does_not_and_says_no_more_than_that(string entry, string expected)
    {
        await using var register = await RegisterAsync();
        var kept = await register.DumpAsync();
        var outcome = await RunAsync(register, entry, "X");
        Assert.Contains(expected, outcome.Errors.Select(TestRegister.Text));
        Assert.DoesNotContain(outcome.Errors, issue => issue.Message.Contains("Người", StringComparison.Ordinal));
        Assert.Equal(kept, await register.DumpAsync());
        // The board may.
        Assert.Empty((await RunAsync(register, entry)).Errors);
    }

    [Fact]
    public async Task A_request_changes_nothing_until_the_other_side_accepts_it_and_is_decided_once()
    {
        await using var register = await RegisterAsync();
        var requests = new EventRequests(register.Database);
        const string move = """{"event": "move", "members": ["1"], "branch": "C", "date": "2026-10-01", "basis": "5-QĐ"}""";
        var number = await requests.SendAsync("xax", "X", "Chuyển nội bộ: 1", "Người 1 chuyển về C", Encoding.UTF8.GetBytes(Entries(move)), ["C"], ["1"], Now, Cancel);
        foreach (var unit in (string?[])["X", "Y", null])
            Assert.Equal(number, Assert.Single(await requests.ListAsync(unit, 10, Cancel)).RequestId);
        Assert.Empty(await requests.ListAsync("B", 10, Cancel));
        Assert.False(Assert.Single(await requests.ListAsync("X", 10, Cancel)).IsOverdue(Now.AddDays(EventRequest.Patience)));
        Assert.True(Assert.Single(await requests.ListAsync("X", 10, Cancel)).IsOverdue(Now.AddDays(EventRequest.Patience + 1)));

        Assert.NotEmpty((await RunAsync(register, move, "Y")).Errors);
        var outcome = await RunAsync(register, move, "Y", "X");
        Assert.Empty(outcome.Errors);
        Assert.Equal(["A 2020-01-01 2026-10-01", "C 2014-01-01 2020-01-01", "C 2026-10-01"], await register.ColumnAsync("select concat_ws(' ', branch, valid_from, valid_to) from membership where member = '1' order by 1"));
        await using var connection = await register.Database.OpenConnectionAsync(Cancel);
        Assert.True(await EventRequests.DecideAsync(connection, null, number, RequestState.Accepted, "yay", null, outcome.Import, Now, Cancel));
        Assert.False(await requests.DecideAsync(number, RequestState.Withdrawn, "xax", null, Now, Cancel));
        Assert.Equal((RequestState.Accepted, "yay", outcome.Import), Assert.Single(await requests.ListAsync("Y", 10, Cancel)) is var done ? (done.State, done.DecidedBy!, done.Import) : default);
    }

    [Fact]
    public async Task A_workbook_of_a_unit_goes_in_where_all_of_it_is_its_own_and_of_people_of_others_nothing_is_told()
    {
        await using var register = await RegisterAsync();
        var own = new RegisterFile().Add(Members, "1|01/10/2026|Người 1|Nam|1970|Thái||V1|01/01/2000|01/01/2001|||Tiểu học||||Nghỉ hưu, nghỉ công tác||||").Add(Meetings, "A|05/10/2026|Thường kỳ|2|2");
        var outcome = await ImportAsync(own);
        Assert.Empty(outcome.Errors.Select(TestRegister.Text));
        Assert.Equal("X", await new ImportHistory(register.Database).UnitAsync(outcome.Import!.Value, Cancel));

        var kept = await register.DumpAsync();
        var others = await ImportAsync(new RegisterFile().Add(Members, "3|01/10/2026|Người Khác|Nữ|1981|Mông||V3|01/01/2004||||Tiểu học||||Khác||||").Add(Meetings, "C|05/10/2026|Thường kỳ|2|2"));
        Assert.Equal(["outside_scope|Đảng viên|2|Mã đảng viên|3"], others.Errors.Select(TestRegister.Text));
        Assert.DoesNotContain(others.Errors, issue => issue.Message.Contains("1980", StringComparison.Ordinal) || issue.Message.Contains("Người 3", StringComparison.Ordinal));
        Assert.Equal(["outside_scope|Họp chi bộ|2|Mã chi bộ|C"], (await ImportAsync(new RegisterFile().Add(Meetings, "C|05/10/2026|Thường kỳ|2|2"))).Errors.Select(TestRegister.Text));
        Assert.Equal(kept, await register.DumpAsync());

        // What a unit wrote it takes back; what reaches outside by now it does not.
        Assert.Empty((await ImportAsync(await GivenBack.FindAsync(register.Database, outcome.Import.Value, Cancel))).Errors);
        var boards = await RunAsync(register, """{"event": "leave", "member": "3", "date": "2026-10-01", "reason": "Từ trần"}""");
        Assert.Contains(IssueCode.OutsideScope, (await ImportAsync(await GivenBack.FindAsync(register.Database, boards.Import!.Value, Cancel))).Errors.Select(issue => issue.Code));

        Task<ImportOutcome> ImportAsync(IRegisterSource source) => new RegisterImport(register.Database, Path.Combine(AppContext.BaseDirectory, "sql", "import"))
            .RunAsync(source, new("sổ.xlsx", "", "xax", DryRun: false) { Scope = ["X"] }, null, Cancel);
    }

    [Theory]
    [InlineData("Công nhận chính thức", """{"event": "recognise", "member": "2", "date": "2026-09-01"}""")]
    [InlineData("Chuyển nội bộ", """{"event": "move", "members": ["1"], "branch": "B", "date": "2026-10-01"}""")]
    [InlineData("Thôi sinh hoạt", """{"event": "leave", "member": "1", "date": "2026-10-01", "reason": "Từ trần"}""")]
    [InlineData("Sửa hồ sơ", """{"event": "change", "member": "1", "date": "2026-10-01", "set": {"Nghề nghiệp": "Nghỉ hưu, nghỉ công tác"}}""")]
    [InlineData("Sửa hồ sơ", """{"event": "correct", "member": "1", "set": {"Giới tính": "Nữ"}, "reason": "Ghi nhầm"}""")]
    [InlineData("Chức vụ", """{"event": "appoint", "member": "1", "post": "Trưởng bản", "place": "V1", "date": "2026-10-01"}""")]
    [InlineData("Xếp loại", """{"event": "rate", "year": 2025, "unit": "A", "grade": "Hoàn thành nhiệm vụ"}""")]
    [InlineData("Kết nạp", """{"event": "admit", "member": "9", "date": "2026-10-01", "decision": "1-QĐ", "decided": "2026-09-20", "branch": "A", "local": true, "record": {"Họ và tên": "Người 9", "Giới tính": "Nữ", "Ngày sinh": "1995", "Dân tộc": "Thái", "Giáo dục phổ thông": "Tiểu học", "Nghề nghiệp": "Khác"}}""")]
    [InlineData("Chuyển đến", """{"event": "arrive", "member": "9", "date": "2026-10-01", "branch": "A", "reason": "Chuyển đến từ tỉnh khác", "joined": "2015-01-01", "official": "2016-01-01", "record": {"Họ và tên": "Người 9", "Giới tính": "Nữ", "Ngày sinh": "1990", "Dân tộc": "Thái", "Giáo dục phổ thông": "Tiểu học", "Nghề nghiệp": "Khác"}}""")]
    public async Task A_kind_that_the_board_wants_to_accept_first_is_a_units_no_more_and_no_other_is(string kind, string entry)
    {
        await using var register = await RegisterAsync();
        var approvals = new Approvals(register.Database);
        foreach (var other in Approvals.Kinds.Where(other => other != kind))
            await approvals.SetAsync(other, true, "trưởng ban", Cancel);
        Assert.Empty((await register.RecordAsync(Entries(entry), isTrial: true, "X")).Errors.Select(TestRegister.Text));

        foreach (var other in Approvals.Kinds)
            await approvals.SetAsync(other, other == kind, "trưởng ban", Cancel);
        var refused = await RunAsync(register, entry, "X");
        Assert.Equal([IssueCode.NeedsApproval], refused.Errors.Select(issue => issue.Code).Distinct());
        Assert.All(refused.Errors, issue => Assert.StartsWith($"{kind} của ", issue.Message, StringComparison.Ordinal));
        Assert.True((await RunAsync(register, entry)).Accepted);
    }

    [Theory]
    [InlineData("Thôi sinh hoạt", "Sinh hoạt", "1|A|01/01/2020")]
    [InlineData("Sửa hồ sơ", "Đảng viên", "1|01/10/2026")]
    [InlineData("Kết nạp", "Kết nạp", "2|01/09/2025")]
    public async Task What_is_taken_away_needs_as_much_approval_as_what_is_written(string kind, string sheet, string key)
    {
        await using var register = await RegisterAsync();
        await RunAsync(register, """{"event": "change", "member": "1", "date": "2026-10-01", "set": {"Nghề nghiệp": "Nghỉ hưu, nghỉ công tác"}}""");
        var approvals = new Approvals(register.Database);
        await approvals.SetAsync(kind, true, "trưởng ban", Cancel);
        var kept = await register.DumpAsync();
        var outcome = await new RegisterImport(register.Database, Path.Combine(AppContext.BaseDirectory, "sql", "import"))
            .RunAsync(new RegisterFile().Remove(Sheets.Single(one => one.Name == sheet), key), new("sổ.xlsx", "", "xax", DryRun: false) { Scope = ["X"] }, null, Cancel);
        Assert.Contains(outcome.Errors, issue => issue.Code == IssueCode.NeedsApproval && issue.Message.StartsWith($"{kind} của ", StringComparison.Ordinal));
        Assert.Equal(kept, await register.DumpAsync());
        await approvals.SetAsync(kind, false, "trưởng ban", Cancel);
        Assert.Equal((false, "trưởng ban"), (await approvals.ListAsync(Cancel))[kind] is var last ? (last.Needed, last.By) : default);
        Assert.Equal(2, await register.ScalarAsync<int>("select count(*)::integer from approval"));
    }

    private Task<TestRegister> RegisterAsync() => TestRegister.WithAsync(cluster, "register_own_part", Before());

    private static string Entries(string entry) => $$"""{"entries": [{{entry}}]}""";

    private static Task<ImportOutcome> RunAsync(TestRegister register, string entry, params string[] scope) => register.RecordAsync(Entries(entry), isTrial: false, scope);
}
