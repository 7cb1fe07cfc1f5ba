using Dapper;
using SinHo.Reporting.Exchange;
using SinHo.Reporting.Tests.Exchange;
using SinHo.Reporting.Tests.Support;
using Xunit;
using static SinHo.Reporting.Register.ExchangeWorkbook;

namespace SinHo.Reporting.Tests.Events;

/// <summary>Events recorded one by one: what each does, what is wrong with it, and that it is given back whole. Source: docs/spec/command-line.md, EVENTS.json.</summary>
public sealed class EventRecordTests(TestCluster cluster)
{
    private const string Record = """
        {"Họ và tên": "Lò Thị Mới", "Giới tính": "Nữ", "Ngày sinh": "1995-02-03", "Dân tộc": "Thái", "Mã bản cư trú": "V1", "Giáo dục phổ thông": "Trung học phổ thông", "Nghề nghiệp": "Viên chức công lập", "Đoàn viên": true}
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>A commune with two branches; 1 is secretary and head of a village, 2 on probation, 3 was struck off, 4 has two versions.</summary>
    private static RegisterFile Before() => new RegisterFile()
        .Add(Organisations,
            "H|Đảng bộ huyện|Đảng bộ huyện|Khác||01/01/2010|",
            "X|Đảng bộ xã X|Đảng bộ cơ sở|Xã|H|01/01/2010|",
            "A|Chi bộ A|Chi bộ trực thuộc|Bản|X|01/01/2010|",
            "B|Chi bộ B|Chi bộ trực thuộc|Bản|X|01/01/2010|")
        .Add(Villages, "V1|Bản Một|Bản|X|01/01/2010|", "V2|Bản Hai|Bản|X|01/01/2010|")
        .Add(Services, "A|V1|01/01/2010|")
        .Add(Members,
            "1||Người 1|Nam|1970|Thái||V1|01/01/2000|01/01/2001|||Tiểu học||||Khác||||",
            "2||Người 2|Nam|1990|Thái||V1|01/03/2024||||Tiểu học||||Khác||||",
            "3||Người 3|Nam|1980|Thái||V1|01/01/2005|01/01/2006|||Tiểu học||||Khác||||",
            "4||Người 4|Nam|1980|Thái||V1|01/01/2005|01/01/2006|||Tiểu học||||Khác||||",
            "4|01/01/2024|Người 4|Nam|1980|Thái||V1|01/01/2005|01/01/2006|||Tiểu học||||Nghỉ hưu, nghỉ công tác||||")
        .Add(Admissions, "2|01/03/2024|1-QĐ|20/02/2024||A||Có|Khác|Tiểu học||")
        .Add(Memberships,
            "1|A|01/01/2014||Đầu kỳ||", "2|A|01/03/2024||Kết nạp||", "3|A|01/01/2014|01/01/2018|Đầu kỳ|Xóa tên|", "4|A|01/01/2014||Đầu kỳ||")
        .Add(Posts, "1|Bí thư chi bộ|A|01/01/2020|", "1|Trưởng bản|V1|01/01/2020|")
        .Add(Assignments, "1|B|Đảng ủy viên|01/01/2022|")
        .Add(Meetings, "A|05/03/2025|Thường kỳ|3|3");

    public static TheoryData<string, string, string[]> Deeds => new()
    {
        {
            $$"""{"event": "admit", "member": "9", "record": {{Record}}, "date": "2025-05-19", "decision": "5-QĐ", "decided": "2025-05-10", "branch": "A", "local": true}""",
            "select concat_ws(' ', name, joined, official, residence, youth, held_from) from member where code = '9' union all select concat_ws(' ', branch, valid_from, reason_in) from membership where member = '9' union all select concat_ws(' ', decision, decided, branch, readmission, local, occupation, schooling, youth) from admission where member = '9'",
            ["Lò Thị Mới 2025-05-19 V1 t -infinity", "A 2025-05-19 Kết nạp", "5-QĐ 2025-05-10 A f t Viên chức công lập Trung học phổ thông t"]
        },
        {
            """{"event": "admit", "member": "3", "date": "2025-05-19", "decision": "5-QĐ", "decided": "2025-05-10", "branch": "B", "local": false, "readmission": true}""",
            "select concat_ws(' ', joined, official, first_joined, first_official) from member where code = '3' union all select concat_ws(' ', branch, valid_from, reason_in) from membership where member = '3' and valid_to is null union all select concat_ws(' ', date, readmission, occupation) from admission where member = '3'",
            ["2025-05-19 2005-01-01 2006-01-01", "B 2025-05-19 Kết nạp lại", "2025-05-19 t Khác"]
        },
        {
            """{"event": "recognise", "member": "2", "date": "2025-03-01"}""",
            "select official::text from member where code = '2' union all select official::text from admission where member = '2'",
            ["2025-03-01", "2025-03-01"]
        },
        {
            """{"event": "refuse", "member": "2", "date": "2025-03-01"}""",
            "select concat_ws(' ', valid_to, reason_out) from membership where member = '2' union all select coalesce(official::text, '-') from member where code = '2'",
            ["2025-03-01 Xóa tên", "-"]
        },
        {
            $$"""{"event": "arrive", "member": "9", "record": {{Record}}, "branch": "B", "date": "2025-02-01", "reason": "Chuyển đến từ tỉnh khác", "joined": "2020-01-05", "official": "2021-01-05"}""",
            "select concat_ws(' ', name, joined, official) from member where code = '9' union all select concat_ws(' ', branch, valid_from, reason_in) from membership where member = '9'",
            ["Lò Thị Mới 2020-01-05 2021-01-05", "B 2025-02-01 Chuyển đến từ tỉnh khác"]
        },
        {
            """{"event": "leave", "member": "1", "date": "2025-04-02", "reason": "Từ trần"}""",
            "select concat_ws(' ', valid_to, reason_out) from membership where member = '1' union all select concat_ws(' ', post, valid_to) from post where member = '1' union all select concat_ws(' ', role, valid_to) from assignment where member = '1'",
            ["2025-04-02 Từ trần", "Bí thư chi bộ 2025-04-02", "Trưởng bản 2025-04-02", "Đảng ủy viên 2025-04-02"]
        },
        {
            """{"event": "leave", "member": "1", "date": "2025-04-02", "reason": "Chuyển đi tỉnh khác", "keep_posts": true}""",
            "select count(*)::text from post where valid_to is null",
            ["2"]
        },
        {
            """{"event": "move", "members": ["1", "4"], "branch": "B", "date": "2025-04-01", "basis": "7-QĐ"}""",
            "select concat_ws(' ', member, branch, valid_from, valid_to, reason_in, reason_out, basis) from membership where member in ('1', '4') order by 1",
            ["1 A 2014-01-01 2025-04-01 Đầu kỳ Chuyển nội bộ", "1 B 2025-04-01 Chuyển nội bộ 7-QĐ", "4 A 2014-01-01 2025-04-01 Đầu kỳ Chuyển nội bộ", "4 B 2025-04-01 Chuyển nội bộ 7-QĐ"]
        },
        {
            """{"event": "change", "member": "4", "date": "2020-06-01", "set": {"Giáo dục phổ thông": "Trung học cơ sở", "Mã bản cư trú": "V2"}, "later": true}""",
            "select concat_ws(' ', nullif(valid_from, '-infinity'), schooling, residence, occupation) from member where code = '4' order by valid_from",
            ["Tiểu học V1 Khác", "2020-06-01 Trung học cơ sở V2 Khác", "2024-01-01 Trung học cơ sở V2 Nghỉ hưu, nghỉ công tác"]
        },
        {
            """{"event": "correct", "member": "4", "version": null, "set": {"Dân tộc": "Mông", "Ngày sinh": "1981"}, "reason": "ghi nhầm"}""",
            "select concat_ws(' ', ethnicity, born, born_precision) from member where code = '4' order by valid_from",
            ["Mông 1981-01-01 year", "Thái 1981-01-01 year"]
        },
        {
            """{"event": "correct", "member": "4", "version": "2024-01-01", "set": {"Nghề nghiệp": "Khác"}, "reason": "ghi nhầm"}""",
            "select occupation::text from member where code = '4'",
            ["Khác", "Khác"]
        },
        { """{"event": "appoint", "member": "4", "post": "Phó bí thư chi bộ", "place": "A", "date": "2025-01-01"}""", "select concat_ws(' ', member, place, valid_from) from post where post = 'Phó bí thư chi bộ'", ["4 A 2025-01-01"] },
        { """{"event": "dismiss", "member": "1", "post": "Trưởng bản", "place": "V1", "date": "2025-01-01"}""", "select valid_to::text from post where post = 'Trưởng bản'", ["2025-01-01"] },
        { """{"event": "assign", "member": "4", "branch": "B", "role": "Cán bộ xã phụ trách", "date": "2025-01-01"}""", "select concat_ws(' ', branch, valid_from) from assignment where member = '4'", ["B 2025-01-01"] },
        { """{"event": "release", "member": "1", "branch": "B", "role": "Đảng ủy viên", "date": "2025-01-01"}""", "select valid_to::text from assignment", ["2025-01-01"] },
        { """{"event": "meet", "branch": "A", "date": "2025-03-05", "kind": "Thường kỳ", "due": 4, "present": 3}""", "select concat_ws(' ', due, present) from meeting", ["4 3"] },
        { """{"event": "meet", "branch": "A", "date": "2025-04-05", "kind": "Chuyên đề", "due": 4, "present": 4}""", "select concat_ws(' ', date, kind) from meeting order by 1", ["2025-03-05 Thường kỳ", "2025-04-05 Chuyên đề"] },
        { """{"event": "inspect", "document": "3-KH", "unit": "X", "date": "2025-02-02", "form": "Giám sát", "subject": "Học tập"}""", "select concat_ws(' ', document, org, form, subject) from inspection", ["3-KH X Giám sát Học tập"] },
        { """{"event": "serve", "branch": "B", "village": "V2", "date": "2025-01-01"}""", "select concat_ws(' ', branch, village, valid_from) from service where branch = 'B'", ["B V2 2025-01-01"] },
        { """{"event": "unserve", "branch": "A", "village": "V1", "date": "2025-01-01"}""", "select valid_to::text from service", ["2025-01-01"] },
        { """{"event": "rate", "year": 2024, "unit": "X", "grade": "Hoàn thành tốt nhiệm vụ"}""", "select concat_ws(' ', year, org, grade) from rating", ["2024 X Hoàn thành tốt nhiệm vụ"] },
        { """{"event": "badge", "member": "1", "years": 30, "date": "2030-02-03", "decision": "1-QĐ/TU"}""", "select concat_ws(' ', member, years, date, decision, early, posthumous) from badge", ["1 30 2030-02-03 1-QĐ/TU f f"] },
        { """{"event": "badge", "member": "1", "years": 30, "date": "2029-02-03", "decision": "1-QĐ/TU", "early": true}""", "select early::text from badge", ["true"] },
        { """{"event": "card", "member": "1", "form": "Cấp lại do mất", "date": "2025-11-07", "number": "12.000001"}""", "select concat_ws(' ', member, form, date, number) from card", ["1 Cấp lại do mất 2025-11-07 12.000001"] },
        { """{"event": "reward", "member": "1", "form": "Giấy khen", "level": "Huyện ủy", "date": "2025-02-03", "decision": "3-QĐ"}""", "select concat_ws(' ', code, form, level, date, decision) from reward", ["1 Giấy khen Huyện ủy 2025-02-03 3-QĐ"] },
        { """{"event": "reward", "unit": "A", "form": "Cờ", "level": "Tỉnh ủy", "date": "2025-02-03"}""", "select concat_ws(' ', code, form) from reward", ["A Cờ"] },
        { """{"event": "stay", "member": "1", "place": "Chi bộ khu công nghiệp", "date": "2025-02-01"}""", "select concat_ws(' ', member, direction, place, valid_from, valid_to) from stay", ["1 Đi Chi bộ khu công nghiệp 2025-02-01"] },
        { """{"event": "stay", "member": "1", "place": "B", "date": "2025-02-01", "until": "2026-01-01"}, {"event": "return", "member": "1", "date": "2025-06-01"}""", "select concat_ws(' ', place, valid_to) from stay", ["B 2025-06-01"] },
        { """{"event": "host", "guest": "K1", "name": "Cứ A Khách", "origin": "Chi bộ Y", "branch": "B", "date": "2025-02-01"}, {"event": "depart", "guest": "K1", "date": "2025-03-01"}""", "select concat_ws(' ', member, direction, place, name_kept(name), origin, valid_to) from stay", ["K1 Đến B Cứ A Khách Chi bộ Y 2025-03-01"] },
        {
            """{"event": "foster", "source": "NG1", "branch": "A", "date": "2025-01-01", "name": "Tráng Thị Kín", "sex": "Nữ", "born": "10/1999", "ethnicity": "Mông", "village": "V1", "youth": true}, {"event": "attend", "source": "NG1", "date": "2025-03-01"}""",
            "select concat_ws(' ', code, name_kept(name), born, born_precision, residence, branch, valid_from, class_date, youth, valid_to) from source", ["NG1 Tráng Thị Kín 1999-10-01 month V1 A 2025-01-01 2025-03-01 t"]
        },
        {
            """{"event": "foster", "source": "NG1", "branch": "A", "date": "2025-01-01", "name": "Tráng Thị Kín", "sex": "Nữ", "born": "1999", "ethnicity": "Mông"}, {"event": "unfoster", "source": "NG1", "date": "2025-06-01", "result": "Thôi theo dõi"}""",
            "select concat_ws(' ', valid_to, result, member) from source", ["2025-06-01 Thôi theo dõi"]
        },
        {
            $$"""{"event": "foster", "source": "NG1", "branch": "A", "date": "2024-01-01", "name": "Lò Thị Mới", "sex": "Nữ", "born": "1995-02-03", "ethnicity": "Thái"}, {"event": "admit", "member": "9", "record": {{Record}}, "date": "2025-05-19", "decision": "5-QĐ", "decided": "2025-05-10", "branch": "A", "local": true, "source": "NG1"}""",
            "select concat_ws(' ', valid_to, result, member) from source", ["2025-05-19 Kết nạp 9"]
        },
        { """{"event": "congress", "unit": "A", "date": "2025-03-12", "term": "2025-2027", "until": "2027-09-11"}""", "select concat_ws(' ', org, date, name, valid_until) from congress", ["A 2025-03-12 2025-2027 2027-09-11"] },
        { """{"event": "plan", "unit": "X", "period": "2025", "item": "Kết nạp đảng viên", "number": 8, "document": "5-NQ"}""", "select concat_ws(' ', org, period, item, number, document) from plan", ["X 2025 Kết nạp đảng viên 8 5-NQ"] },
        { """{"event": "amend", "sheet": "Sinh hoạt", "key": ["3", "A", "2014-01-01"], "set": {"Lý do thôi": "Xin ra khỏi Đảng"}, "reason": "ghi nhầm"}""", "select reason_out::text from membership where member = '3'", ["Xin ra khỏi Đảng"] },
        { """{"event": "amend", "sheet": "Họp chi bộ", "key": {"Mã chi bộ": "A", "Ngày họp": "2025-03-05"}, "remove": true, "reason": "không họp"}""", "select date::text from meeting", [] },
    };

    public static TheoryData<string, string> Faults => new()
    {
        { """{"event": "plan", "unit": "Q", "period": "2025", "item": "Kết nạp đảng viên", "number": 8}""", "unknown_reference|plan|1|unit|Q" },
        { """{"event": "plan", "unit": "X", "period": "2025", "item": "Kết nạp đảng viên", "number": "tám"}""", "bad_value|plan|1|number|tám" },
        { "{", "bad_value||0||" },
        { """{"event": "dance", "member": "1"}""", "bad_value|dance|1|event|dance" },
        { """{"event": "recognise", "member": "2"}""", "required|recognise|1|date|" },
        { """{"event": "recognise", "member": "2", "date": "2025-02-30"}""", "bad_value|recognise|1|date|2025-02-30" },
        { """{"event": "recognise", "member": "2", "date": "2025-03-01", "why": "x"}""", "unknown_field|recognise|1|why|" },
        { """{"event": "recognise", "member": "1", "date": "2025-03-01"}""", "already_official|recognise|1|member|1" },
        { """{"event": "refuse", "member": "1", "date": "2025-03-01"}""", "already_official|refuse|1|member|1" },
        { """{"event": "leave", "member": "77", "date": "2025-03-01", "reason": "Từ trần"}""", "unknown_reference|leave|1|member|77" },
        { """{"event": "leave", "member": "3", "date": "2025-03-01", "reason": "Từ trần"}""", "bad_value|leave|1|date|01/03/2025" },
        { """{"event": "move", "members": ["1", "1"], "branch": "B", "date": "2025-03-01"}""", "duplicate_key|move|1|members|1" },
        { """{"event": "move", "members": ["1"], "branch": "A", "date": "2025-03-01"}""", "already_there|move|1|members|1" },
        { """{"event": "move", "members": ["1"], "branch": "Q", "date": "2025-03-01"}""", "unknown_reference|move|1|branch|Q" },
        { """{"event": "move", "members": ["1"], "branch": "X", "date": "2025-03-01"}""", "not_a_branch|move|1|branch|X" },
        { """{"event": "change", "member": "4", "date": "2024-01-01", "set": {"Nghề nghiệp": "Khác"}}""", "version_exists|change|1|date|01/01/2024" },
        { """{"event": "change", "member": "4", "date": "2025-01-01", "set": {"Nghề": "Khác"}}""", "unknown_field|change|1|Nghề|" },
        { """{"event": "change", "member": "4", "date": "2025-01-01", "set": {"Giới tính": "Nữ"}}""", "bad_value|change|1|Giới tính|" },
        { """{"event": "change", "member": "4", "date": "2025-01-01", "set": {"Mã bản cư trú": "V9"}}""", "unknown_reference|change|1|Mã bản cư trú|V9" },
        { """{"event": "correct", "member": "4", "version": "2023-01-01", "set": {"Nghề nghiệp": "Khác"}, "reason": "x"}""", "unknown_reference|correct|1|version|01/01/2023" },
        { """{"event": "appoint", "member": "1", "post": "Trưởng bản", "place": "V1", "date": "2025-01-01"}""", "already_there|appoint|1|date|01/01/2025" },
        { """{"event": "dismiss", "member": "2", "post": "Trưởng bản", "place": "V1", "date": "2025-01-01"}""", "unknown_reference|dismiss|1|date|01/01/2025" },
        { """{"event": "admit", "member": "9", "date": "2025-05-19", "decision": "5-QĐ", "decided": "2025-05-10", "branch": "A", "local": true}""", "required|admit|1|record|" },
        { $$"""{"event": "admit", "member": "9", "record": {{Record}}, "date": "2025-05-19", "decision": "5-QĐ", "decided": "2025-06-10", "branch": "A", "local": true}""", "date_order|admit|1|decided|10/06/2025" },
        { """{"event": "amend", "sheet": "Sinh hoạt", "key": ["3", "A", "2014-01-02"], "set": {"Căn cứ": "x"}, "reason": "x"}""", "unknown_reference|amend|1|key|3 · A · 02/01/2014" },
        { """{"event": "amend", "sheet": "Sinh hoạt", "key": ["3", "A", "2014-01-01"], "reason": "x"}""", "required|amend|1|set|" },
        { """{"event": "badge", "member": "1", "years": 30, "date": "2029-02-03", "decision": "1-QĐ/TU"}""", "badge_too_early|badge|1|date|03/02/2029" },
        { """{"event": "badge", "member": "1", "years": 31, "date": "2032-02-03", "decision": "1-QĐ/TU"}""", "bad_value|badge|1|years|31" },
        { """{"event": "card", "member": "1", "form": "Phát mới", "date": "2025-11-07", "number": "1"}, {"event": "card", "member": "1", "form": "Đổi do hỏng", "date": "2025-11-07"}""", "already_there|card|2|date|07/11/2025" },
        { """{"event": "card", "member": "1", "form": "Phát mới", "date": "2025-11-07", "number": "1"}, {"event": "card", "member": "4", "form": "Phát mới", "date": "2025-11-07", "number": "1"}""", "card_number_twice|card|1|number|1" },
        { """{"event": "reward", "form": "Cờ", "level": "Tỉnh ủy", "date": "2025-02-03"}""", "required|reward|1|member|" },
        { """{"event": "stay", "member": "1", "place": "B", "date": "2020-02-01", "until": "2022-02-02"}""", "stay_too_long|stay|1|until|02/02/2022" },
        { """{"event": "return", "member": "1", "date": "2025-06-01"}""", "unknown_reference|return|1|date|01/06/2025" },
        { """{"event": "host", "guest": "K1", "branch": "B", "date": "2025-02-01"}""", "required|host|1|name|" },
        { """{"event": "unfoster", "source": "NG9", "date": "2025-06-01", "result": "Thôi theo dõi"}""", "unknown_reference|unfoster|1|source|NG9" },
        { """{"event": "congress", "unit": "Q", "date": "2025-03-12", "until": "2027-09-11"}""", "unknown_reference|congress|1|unit|Q" },
        { """{"event": "meet", "branch": "A", "date": "2009-03-05", "kind": "Thường kỳ", "due": 4, "present": 3}""", "outside_branch_life|meet|1|date|05/03/2009" },
    };

    [Theory]
    [MemberData(nameof(Deeds))]
    public async Task An_event_does_what_its_words_say_and_is_given_back_whole(string entry, string query, string[] expected)
    {
        await using var register = await RegisterAsync();
        var kept = await RowsAsync(register);
        var outcome = await register.RecordAsync(Entries(entry));
        Assert.Empty(outcome.Errors);
        Assert.Equal(expected.Order(StringComparer.Ordinal), (await register.ColumnAsync(query)).Order(StringComparer.Ordinal));
        await register.DerivedTablesAreTrueAsync();

        var import = new RegisterImport(register.Database, Path.Combine(AppContext.BaseDirectory, "sql", "import"));
        var undone = await import.RunAsync(await GivenBack.FindAsync(register.Database, outcome.Import!.Value, Cancel), new("", "", "test", DryRun: false), progress: null, Cancel);
        Assert.Empty(undone.Errors);
        Assert.Equal(kept, await RowsAsync(register));
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task What_is_wrong_is_told_by_entry_and_field_and_nothing_is_done(string entry, string expected)
    {
        await using var register = await RegisterAsync();
        var kept = await register.DumpAsync();
        var outcome = await register.RecordAsync(entry == "{" ? entry : Entries(entry));
        Assert.False(outcome.Accepted);
        Assert.True(outcome.Errors.Select(TestRegister.Text).Contains(expected), string.Join('\n', outcome.Errors));
        Assert.Equal(kept, await register.DumpAsync());
    }

    [Fact]
    public async Task Entries_apply_in_their_order_all_or_nothing()
    {
        await using var register = await RegisterAsync();
        var day = """{"event": "move", "members": ["2"], "branch": "B", "date": "2025-02-01"}, {"event": "recognise", "member": "2", "date": "2025-03-01"}, {"event": "appoint", "member": "2", "post": "Phó bí thư chi bộ", "place": "B", "date": "2025-03-02"}, {"event": "leave", "member": "2", "date": "2025-06-01", "reason": "Chuyển đi tỉnh khác"}""";
        var kept = await register.DumpAsync();
        Assert.False((await register.RecordAsync(Entries($$"""{{day}}, {"event": "recognise", "member": "2", "date": "2025-07-01"}"""))).Accepted);
        Assert.Equal(kept, await register.DumpAsync());
        Assert.Empty((await register.RecordAsync(Entries(day), isTrial: true)).Errors);
        Assert.Equal(kept, await register.DumpAsync());

        var outcome = await register.RecordAsync(Entries(day));
        Assert.Empty(outcome.Errors);
        Assert.Equal(["A 2024-03-01 2025-02-01", "B 2025-02-01 2025-06-01"], await register.ColumnAsync("select concat_ws(' ', branch, valid_from, valid_to) from membership where member = '2' order by 1"));
        Assert.Equal(["2025-03-02 2025-06-01"], await register.ColumnAsync("select concat_ws(' ', valid_from, valid_to) from post where member = '2'"));
    }

    [Fact]
    public async Task A_plan_is_replaced_and_goes_where_its_number_is_0_or_left_out()
    {
        await using var register = await RegisterAsync();
        static string Plan(string item, string rest) => $$"""{"event": "plan", "unit": "X", "period": "2025", "item": "{{item}}"{{rest}}}""";
        var given = await register.RecordAsync(Entries($"""{Plan("Kết nạp đảng viên", ", \"number\": 8, \"document\": \"5-NQ\"")}, {Plan("Bản có chi bộ", ", \"number\": 3")}, {Plan("Công nhận chính thức", ", \"number\": 2")}"""));
        Assert.Empty(given.Errors);
        var changed = await register.RecordAsync(Entries($"""{Plan("Kết nạp đảng viên", ", \"number\": 9")}, {Plan("Bản có chi bộ", ", \"number\": 0")}, {Plan("Công nhận chính thức", "")}, {Plan("Phát triển tổ chức đảng", "")}"""));
        Assert.Empty(changed.Errors);
        Assert.Equal(["Kết nạp đảng viên 9 5-NQ"], await register.ColumnAsync("select concat_ws(' ', item, number, document) from plan"));
        Assert.Equal((1, 2), (changed.Sheets.Sum(sheet => sheet.Changed), changed.Sheets.Sum(sheet => sheet.Removed)));
    }

    [Fact]
    public async Task A_change_before_a_later_record_that_keeps_the_old_value_is_pointed_out()
    {
        await using var register = await RegisterAsync();
        var outcome = await register.RecordAsync(Entries("""{"event": "change", "member": "4", "date": "2020-06-01", "set": {"Giáo dục phổ thông": "Trung học cơ sở"}}"""));
        Assert.True(outcome.Accepted);
        Assert.Equal("reverts_later|change|1|Giáo dục phổ thông|Tiểu học", TestRegister.Text(Assert.Single(outcome.Warnings)));
        Assert.Equal(["Tiểu học", "Trung học cơ sở", "Tiểu học"], await register.ColumnAsync("select schooling::text from member where code = '4' order by valid_from"));
    }

    [Fact]
    public async Task A_post_of_somebody_outside_the_Party_goes_on_when_he_is_admitted()
    {
        await using var register = await RegisterAsync();
        var outcome = await register.RecordAsync(Entries($$"""
            {"event": "appoint", "outsider": "Lò Thị Mới", "post": "Trưởng bản", "place": "V2", "date": "2020-01-01"},
            {"event": "appoint", "outsider": "Lò Thị Mới", "post": "Người có uy tín", "place": "V2", "date": "2021-01-01"},
            {"event": "dismiss", "outsider": "Lò Thị Mới", "post": "Người có uy tín", "place": "V2", "date": "2022-01-01"},
            {"event": "admit", "member": "9", "record": {{Record}}, "date": "2024-05-19", "decision": "9-QĐ", "decided": "2024-05-05", "branch": "A", "local": true, "outsider_place": "V2"},
            {"event": "rate", "year": 2023, "member": "1", "grade": "Hoàn thành nhiệm vụ"}
            """));
        Assert.Empty(outcome.Errors);
        Assert.Equal(
            ["Người có uy tín Lò Thị Mới 2021-01-01 2022-01-01", "Trưởng bản 9 2024-05-19", "Trưởng bản Lò Thị Mới 2020-01-01 2024-05-19"],
            await register.ColumnAsync("select concat_ws(' ', post, coalesce(member, outsider), valid_from, valid_to) from post where place = 'V2' order by 1"));
        Assert.Equal(["2023 Hoàn thành nhiệm vụ"], await register.ColumnAsync("select concat_ws(' ', year, grade) from member_rating where member = '1'"));
    }

    [Fact]
    public async Task Either_a_member_or_somebody_outside_holds_a_post()
    {
        await using var register = await RegisterAsync();
        var outcome = await register.RecordAsync(Entries("""
            {"event": "appoint", "post": "Trưởng bản", "place": "V2", "date": "2020-01-01"},
            {"event": "appoint", "member": "1", "outsider": "Lò A", "post": "Trưởng bản", "place": "V2", "date": "2020-01-01"},
            {"event": "rate", "year": 2023, "grade": "Hoàn thành nhiệm vụ"}
            """));
        Assert.Equal(["required|appoint|1|member|", "bad_value|appoint|2|outsider|", "required|rate|3|unit|"], outcome.Errors.Select(TestRegister.Text));
    }

    /// <summary>A name of somebody who is no member is in its own table alone, is back when his row is given back, and is known by its token everywhere else.</summary>
    [Fact]
    public async Task Names_of_sources_stand_in_one_table_alone()
    {
        await using var register = await RegisterAsync();
        var first = await register.AcceptAsync(new RegisterFile().Add(Sources, "NG1|Tráng Thị Kín|Nữ|1999|Mông||A|01/01/2024|||||").Add(Stays, "K1|Đến|A|01/02/2024||Cứ A Khách|Nơi khác"));
        Assert.Equal(0, (await register.AcceptAsync(new RegisterFile().Add(Sources, "NG1|Tráng Thị Kín|Nữ|1999|Mông||A|01/01/2024|||||"))).Sheets.Sum(sheet => sheet.Changed));
        await register.RecordAsync(Entries("""{"event": "amend", "sheet": "Nguồn kết nạp", "key": ["NG1"], "set": {"Họ và tên": "Tráng Thị Sửa"}, "reason": "ghi sai"}"""));
        await register.AcceptAsync(new RegisterFile().Remove(Sources, "NG1"));

        var names = await register.ColumnAsync("select name from kept_name order by name");
        Assert.Equal(["Cứ A Khách", "Tráng Thị Kín", "Tráng Thị Sửa"], names);
        var dump = string.Join(' ', (await register.DumpAsync()).Split((char)10).Where(line => !line.Contains("kept_name", StringComparison.Ordinal)));
        Assert.DoesNotContain("Kín", dump, StringComparison.Ordinal);
        Assert.DoesNotContain("Khách", dump, StringComparison.Ordinal);
        Assert.NotNull(first.Import);
    }

    /// <summary>Two years after somebody was followed no more his name is forgotten; he stays, and is counted.</summary>
    [Fact]
    public async Task A_name_is_forgotten_two_years_after_its_end()
    {
        await using var register = await RegisterAsync();
        await register.AcceptAsync(new RegisterFile().Add(Sources, "NG1|Tráng A Xưa|Nam|1990|Mông||A|01/01/2015|||01/01/2016|Thôi theo dõi|", "NG2|Tráng A Nay|Nam|1990|Mông||A|01/01/2015|||||"));
        Assert.Equal(1, await register.ScalarAsync<long>("select purge_kept_names()"));
        Assert.Equal(0, await register.ScalarAsync<long>("select purge_kept_names()"));
        Assert.Equal(["NG1 ", "NG2 Tráng A Nay"], await register.ColumnAsync("select concat(code, ' ', name_kept(name)) from source order by code"));
        using var export = new RegisterExport(register.Database);
        var rows = export.Sheets().First(one => one.Sheet == Sources).Rows.ToList();
        Assert.Equal("(đã xóa tên)", rows[0][1]);
        Assert.Equal(0, (await register.AcceptAsync(new RegisterFile().Row(Sources, rows[0]))).Sheets.Sum(sheet => sheet.Changed));
    }

    private static string Entries(string entries) => $$"""{"entries": [{{entries}}]}""";

    private Task<TestRegister> RegisterAsync() => TestRegister.WithAsync(cluster, "register_events", Before());

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
