using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using ClosedXML.Excel;
using Npgsql;
using SinHo.Reporting.Register;
using SinHo.Reporting.Tests.Exchange;
using SinHo.Reporting.Tests.Support;
using Xunit;

namespace SinHo.Reporting.Tests.Host;

/// <summary>A register with the sample that commands only read.</summary>
public sealed class ReadRegister(TestCluster cluster) : IAsyncLifetime
{
    public string Database { get; private set; } = "";

    public async ValueTask InitializeAsync() => Database = await cluster.NewSampleAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

/// <summary>The program from outside: exit codes, streams and JSON. Binding: docs/spec/command-line.md.</summary>
public sealed class CommandLineTests(TestCluster cluster, ReadRegister register) : IClassFixture<ReadRegister>, IDisposable
{
    private static readonly string[] Term = ["report", "term", "--unit", "SH.X03", "--term", "2015-2020"];

    private readonly TemporaryFolder folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("--help")]
    [InlineData("help")]
    public async Task Help_lists_every_verb(string words)
    {
        var said = await SinhoProcess.RunAsync(Split(words), "Host=/nowhere", Cancel);

        Assert.Equal((0, ""), (said.Exit, said.Error));
        Assert.All(
            (string[])["demo", "serve", "import", "export-register", "report", "list", "generate", "template", "report-template", "check", "backup", "restore", "prove-backup", "--database", "--data"],
            verb => Assert.Contains($"  {verb} ", said.Output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Out_writes_what_its_ending_says()
    {
        var (figures, members, signed) = (folder.File("so-lieu.csv"), folder.File("dang-vien.CSV"), folder.File("ky.xlsx"));
        Assert.Equal(0, (await SinhoProcess.RunAsync(["report", "form-1", "--unit", "SH.X03", "--year", "2019", "--out", figures], register.Database, Cancel)).Exit);
        Assert.Equal(0, (await SinhoProcess.RunAsync(["list", "members", "--unit", "SH.X03", "--as-of", "2020-06-30", "--out", members], register.Database, Cancel)).Exit);
        Assert.Equal(0, (await SinhoProcess.RunAsync([.. Term, "--without-names", "--out", signed], register.Database, Cancel)).Exit);

        Assert.Equal([0xEF, 0xBB, 0xBF], (await File.ReadAllBytesAsync(figures, Cancel))[..3]);
        var lines = await File.ReadAllLinesAsync(figures, Cancel);
        Assert.Equal("code;caption;value", lines[0]);
        Assert.Contains(lines, line => line.StartsWith("B1.now;Kết nạp - Kỳ này;", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Split(';') is ["D.pct", _, var percent] && percent.Contains('.', StringComparison.Ordinal));
        var rows = await File.ReadAllLinesAsync(members, Cancel);
        Assert.Equal(("Mã đảng viên;Họ và tên;Giới tính;Ngày sinh;Dân tộc;Ngày vào Đảng;Ngày vào Đảng lần đầu;Chi bộ;Mã TCCSĐ;Mã đơn vị", 171), (rows[0], rows.Length));
        // Born in a year of which no more is known.
        Assert.Contains(rows, row => row.Split(';')[3].Length == 4);
        using var book = new XLWorkbook(signed);
        Assert.DoesNotContain(book.Worksheets, sheet => sheet.Tables.Any());
        // Nor does it speak of what is not there.
        Assert.DoesNotContain(book.Worksheets.SelectMany(sheet => sheet.CellsUsed()), cell => cell.GetString().Contains("liên kết", StringComparison.Ordinal));
        Assert.Equal(170d, book.NamedRange("fig_members").Ranges.Single().FirstCell().Value);
    }

    [Fact]
    public async Task A_letter_is_begun_tried_and_judged()
    {
        var (letter, report) = (folder.File("thu.docx"), folder.File("bao-cao.docx"));
        Assert.Equal(0, (await SinhoProcess.RunAsync(["report-template", "term", letter], null, Cancel)).Exit);

        Assert.Equal(0, (await SinhoProcess.RunAsync([.. Term, "--without-names", "--template", letter, "--out", report], register.Database, Cancel)).Exit);

        Assert.Equal(64, SinHo.Reporting.Faces.PaperQuestion.Read(report)!.Options.Look!.Length);
        AssertRefused(2, "mẫu .docx cho văn bản Word và PDF", await SinhoProcess.RunAsync([.. Term, "--template", letter, "--out", folder.File("a.xlsx")], register.Database, Cancel));
        await File.WriteAllTextAsync(letter, "hỏng", Cancel);
        AssertRefused(3, "Không phải tệp .docx", await SinhoProcess.RunAsync([.. Term, "--template", letter, "--out", report], register.Database, Cancel));
    }

    [Fact]
    public async Task Two_periods_are_compared_and_parts_ranked_for_machines_and_for_readers()
    {
        string[] year = ["--unit", "SH.X03", "--year", "2019"];
        var compared = await SinhoProcess.RunAsync(["compare", "term", .. year, "--with", "2018", "--format", "json"], register.Database, Cancel);
        Assert.Equal(0, compared.Exit);
        using (var json = System.Text.Json.JsonDocument.Parse(compared.Output))
        {
            var members = json.RootElement.GetProperty("figures").EnumerateArray().Single(figure => figure.GetProperty("code").GetString() == "members");
            Assert.Equal(members.GetProperty("now").GetInt32(), members.GetProperty("then").GetInt32() + members.GetProperty("in").GetArrayLength() - members.GetProperty("out").GetArrayLength());
            Assert.Equal("2018-12-31", json.RootElement.GetProperty("with").GetProperty("to").GetString());
        }
        foreach (var with in (string[])["2018-Q3", "2018-H1", "2018-02", "2018-01-01..2018-03-31", "2015-2020"])
            Assert.Equal((with, 0), (with, (await SinhoProcess.RunAsync(["compare", "monthly", .. year, "--with", with], register.Database, Cancel)).Exit));
        Assert.Equal(2, (await SinhoProcess.RunAsync(["compare", "term", .. year, "--with", "2018-13"], register.Database, Cancel)).Exit);
        Assert.Equal(2, (await SinhoProcess.RunAsync(["compare", "term", .. year], register.Database, Cancel)).Exit);
        Assert.Equal(4, (await SinhoProcess.RunAsync(["compare", "term", .. year, "--with", "nhiem ky nao"], register.Database, Cancel)).Exit);

        var ranked = await SinhoProcess.RunAsync(["rank", "term", "--unit", "SH", "--year", "2019", "--by", "members", "--format", "json"], register.Database, Cancel);
        Assert.Equal(0, ranked.Exit);
        using (var json = System.Text.Json.JsonDocument.Parse(ranked.Output))
            Assert.Equal(json.RootElement.GetProperty("total").GetInt32(), json.RootElement.GetProperty("rows").EnumerateArray().Sum(row => row.GetProperty("value").GetInt32()));
        Assert.Contains("   1  ", (await SinhoProcess.RunAsync(["rank", "term", "--unit", "SH", "--year", "2019", "--by", "members"], register.Database, Cancel)).Output, StringComparison.Ordinal);
        Assert.Equal(4, (await SinhoProcess.RunAsync(["rank", "term", "--unit", "SH", "--year", "2019", "--by", "khong"], register.Database, Cancel)).Exit);
    }

    [Fact]
    public async Task A_copy_of_a_template_is_taken_changed_and_used_and_a_spoiled_one_writes_nothing()
    {
        var (copy, made) = (folder.File("mau.xlsx"), folder.File("bieu.xlsx"));
        string[] report = ["report", "form-1", "--unit", "SH.X03", "--year", "2016", "--edition", "tctw", "--template", copy, "--out", made];
        Assert.Equal(0, (await SinhoProcess.RunAsync(["report-template", "form-1", copy, "--edition", "tctw"], "Host=/nowhere", Cancel)).Exit);
        Assert.Equal(2, (await SinhoProcess.RunAsync(["report-template", "form-1", copy], "Host=/nowhere", Cancel)).Exit);
        Change(copy, "{{signer}}", "K/T TRƯỞNG BAN");

        var said = await SinhoProcess.RunAsync(report, register.Database, Cancel);

        Assert.Equal(0, said.Exit);
        using (var book = new XLWorkbook(made))
            Assert.Contains(book.Worksheet(1).CellsUsed(), cell => cell.GetString() == "K/T TRƯỞNG BAN");
        File.Delete(made);
        Change(copy, "{{unit}}", "{{unti}}");

        said = await SinhoProcess.RunAsync(report, register.Database, Cancel);

        Assert.Equal(3, said.Exit);
        Assert.Contains("thẻ {{unti}} không có", said.Error, StringComparison.Ordinal);
        Assert.Contains("thiếu thẻ {{unit}}", said.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(made));

        static void Change(string path, string from, string to)
        {
            using var book = new XLWorkbook(path);
            var cell = book.Worksheet(1).CellsUsed(cell => cell.GetString().Contains(from, StringComparison.Ordinal)).Single();
            cell.SetValue(cell.GetString().Replace(from, to, StringComparison.Ordinal));
            book.SaveAs(path);
        }
    }

    [Fact]
    public async Task Help_of_a_verb_lists_its_options()
    {
        var said = await SinhoProcess.RunAsync(["report", "--help"], "Host=/nowhere", Cancel);

        Assert.Equal((0, ""), (said.Exit, said.Error));
        Assert.All(
            (string[])["--unit", "--term", "--from", "--to", "--month", "--quarter", "--half", "--year", "--few-member-max", "--out", "--format", "--evidence", "--without-names", "--edition", "--calendar"],
            option => Assert.Contains($"  {option} ", said.Output, StringComparison.Ordinal));
        // The library's own words are English.
        Assert.DoesNotContain(" help ", said.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("reprot term --unit SH --year 2019", "Có phải “report”?")]
    [InlineData("report term --unti SH --year 2019", "Có phải “--unit”?")]
    [InlineData("report", "Thiếu NAME.")]
    [InlineData("report term --year 2019", "Thiếu đơn vị")]
    [InlineData("report term --unit", "--unit")]
    [InlineData("report term --unit SH", "Thiếu kỳ báo cáo")]
    [InlineData("report term --unit SH --year 2019 --month 2019-01", "Chỉ nêu một kỳ báo cáo")]
    [InlineData("report term --unit SH --from 2019-01-01", "--to")]
    [InlineData("report term --unit SH --to 2019-01-01", "--from")]
    [InlineData("report term --unit SH --from 2019-06-30 --to 2019-01-01", "kết thúc (01/01/2019) trước khi bắt đầu (30/06/2019)")]
    [InlineData("report term --unit SH --from 2019-01-01 --to 2019-02-29", "ngày gần nhất là 2019-02-28")]
    [InlineData("report term --unit SH --from 2019-13-01 --to 2019-12-31", "ngày gần nhất là 2019-12-01")]
    [InlineData("report term --unit SH --from 01/01/2019 --to 2019-12-31", "yyyy-MM-dd")]
    [InlineData("report term --unit SH --month 2019-13", "gần nhất là 2019-12")]
    [InlineData("report term --unit SH --quarter 2019-Q5", "gần nhất là 2019-Q4")]
    [InlineData("report term --unit SH --half 2019-H3", "gần nhất là 2019-H2")]
    [InlineData("report term --unit SH --year 19", "năm từ 1900 đến 2100")]
    [InlineData("report term --unit SH --year 2019 --few-member-max năm", "--few-member-max")]
    [InlineData("report term --unit SH --year 2019 --few-member-max -1", "--few-member-max")]
    [InlineData("report term --unit SH --year 2019 --format xml", "--format chỉ nhận json")]
    [InlineData("report monthly --unit SH --from 2019-01-01 --to 2019-01-31 --calendar thang", "--calendar chỉ đi cùng")]
    [InlineData("report all --unit SH --year 2019", "cần --out THƯ MỤC")]
    [InlineData("roll --unit SH.X03 --as-of 2019-12-31 --out a.docx", "không ghi loại tệp “.docx”")]
    [InlineData("report term --unit SH --year 2019 --out a.txt", "không ghi loại tệp “.txt”")]
    [InlineData("report term --unit SH --year 2019 --out /không-có/a.xlsx", "không có thư mục /không-có; hãy tạo thư mục đó")]
    [InlineData("sum term --year 2019 --out /không-có/a.csv", "không có thư mục /không-có; hãy tạo thư mục đó")]
    [InlineData("report term --unit SH --year 2019 --without-names --evidence", "không đi cùng --evidence")]
    [InlineData("list members --unit SH --as-of 2020-06-30 --out a.odt", "hãy nêu tệp .xlsx, .docx, .pdf hoặc .csv")]
    [InlineData("import", "Thiếu FILE.xlsx.")]
    [InlineData("serve --proxies 10.0.0.5,máy-chủ,10.0.0.0/99", "“máy-chủ”, “10.0.0.0/99” không phải là địa chỉ IP")]
    [InlineData("serve --public-url thongke.example.vn", "hãy nêu như https://")]
    public async Task Wrong_usage_is_2_and_says_what_would_be_right(string words, string says) =>
        AssertRefused(2, says, await SinhoProcess.RunAsync(Split(words), register.Database, Cancel));

    [Theory]
    [InlineData("report form-1 --unit SH --year 2019 --edition tctw", "chỉ dùng cho kỳ kết thúc đến hết ngày 25/07/2017; kỳ này có thể dùng: 2021")]
    [InlineData("report form-9 --unit SH --year 2019", "các báo cáo có sẵn: form-1, form-2, form-2b, form-3, form-4, form-5, form-6, form-7, monthly, term-years, term, villages, year")]
    [InlineData("report term --unit SH --year 2019 --edition 2021", "không có mẫu khác nhau")]
    [InlineData("report monthly --unit SH --month 2019-01 --calendar ngay-14", "Không có lịch “ngay-14”; các lịch có sẵn: thang")]
    public async Task Editions_calendars_and_forms_that_there_are_not_are_4(string words, string says) =>
        AssertRefused(4, says, await SinhoProcess.RunAsync(Split(words), register.Database, Cancel));

    [Fact]
    public async Task The_whole_set_of_a_year_is_a_workbook_per_form()
    {
        var said = await SinhoProcess.RunAsync(["report", "all", "--unit", "SH.X03", "--year", "2019", "--out", folder.Path], register.Database, Cancel);

        Assert.Equal(0, said.Exit);
        Assert.Equal(
            [
                "Bieu so 1-BTCTW. Thong ke tang, giam dang vien - Dang bo xa Pa Tan - nam 2019.xlsx",
                "Bieu so 2-BTCTW. Thong ke dang vien moi ket nap - Dang bo xa Pa Tan - nam 2019.xlsx",
                "Bieu so 2B-BTCTW. Thong ke dang vien moi ket nap, chia theo dan toc va ton giao - Dang bo xa Pa Tan - nam 2019.xlsx",
                "Bieu so 3-BTCTW. Thong ke doi ngu dang vien - Dang bo xa Pa Tan - nam 2019.xlsx",
                "Bieu so 4-BTCTW. Thong ke dang vien chia theo dan toc va trong cac ton giao - Dang bo xa Pa Tan - nam 2019.xlsx",
                "Bieu so 5-BTCTW. Thong ke to chuc dang va dang vien trong cac loai hinh co so - Dang bo xa Pa Tan - nam 2019.xlsx",
                "Bieu so 6-BTCTW. Ket qua danh gia, xep loai to chuc dang va dang vien - Dang bo xa Pa Tan - nam 2019.xlsx",
                "Bieu so 7-BTCTW. Thong ke ve nghiep vu cong tac dang vien - Dang bo xa Pa Tan - nam 2019.xlsx",
            ],
            Directory.GetFiles(folder.Path).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal));
        Assert.Equal(8, said.Output.Split('\n').Count(line => line.Contains("không có sai lệch", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Times_of_the_steps_stand_on_standard_error_and_leave_the_answer_alone()
    {
        var words = (string[])["report", "term", "--unit", "SH.X03", "--year", "2019", "--format", "json"];
        var plain = await SinhoProcess.RunAsync(words, register.Database, Cancel);
        var timed = await SinhoProcess.RunAsync([.. words, "--timings"], register.Database, Cancel);

        Assert.Equal((0, plain.Output), (timed.Exit, timed.Output));
        Assert.DoesNotContain("Thời gian", plain.Error, StringComparison.Ordinal);
        Assert.Matches(@"\nĐếm số liệu +\d+\.\d{3} +\d+\.\d{3} +1\n(.*\n)*?  movement +\d+\.\d{3} ", timed.Error);
        Assert.Matches(@"\nCả tiến trình +\d+\.\d{3} ", timed.Error);
    }

    [Fact]
    public async Task A_form_in_JSON_opens_every_cell_that_was_counted()
    {
        var said = await SinhoProcess.RunAsync(["report", "form-1", "--unit", "SH.X03", "--year", "2019", "--format", "json", "--evidence"], register.Database, Cancel);

        using var form = JsonDocument.Parse(said.Output);
        Assert.Equal("2021", form.RootElement.GetProperty("edition").GetProperty("code").GetString());
        var rows = form.RootElement.GetProperty("rows").EnumerateArray().ToList();
        Assert.Equal(22, rows.Count);
        Assert.All(rows, row => Assert.All((string[])["now", "last"], column =>
            Assert.Equal(row.GetProperty("values").GetProperty(column).GetInt32(), row.GetProperty("evidence").GetProperty(column).GetArrayLength())));
        Assert.All(form.RootElement.GetProperty("checks").EnumerateArray(), check => Assert.True(check.GetProperty("ok").GetBoolean()));
    }

    [Theory]
    [InlineData("report trem --unit SH --year 2019", "term")]
    [InlineData("report term --unit SH --term 2016-2020", "2015-2020")]
    [InlineData("report term --unit SH.X3 --year 2019", "SH.X")]
    [InlineData("report term --unit 0123 --year 2019", "“0123”")]
    [InlineData("report term --unit -0123 --year 2019", "“-0123”")]
    public async Task Unknown_names_are_4_and_name_the_nearest(string words, string says) =>
        AssertRefused(4, says, await SinhoProcess.RunAsync(Split(words), register.Database, Cancel));

    [Fact]
    public async Task A_unit_that_did_not_exist_in_the_period_is_4_and_says_when_it_did()
    {
        var dissolved = await ValueAsync<string>(register.Database, """
            select min(code) from org_version where type = 'Quân sự' and valid_to <= '2020-06-30'
                and not exists (select from org_version as later where later.code = org_version.code and (later.valid_to is null or later.valid_to > '2020-06-30'))
            """);
        var said = await SinhoProcess.RunAsync(["report", "term", "--unit", dissolved, "--month", "2020-12"], register.Database, Cancel);

        AssertRefused(4, $"Đơn vị {dissolved}", said);
        Assert.Contains("không tồn tại trong kỳ tháng 12 năm 2020: có từ ", said.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Host=127.0.0.1;Port=1;Username=x;Database=x", 5)]
    [InlineData("Host=/nowhere;Username=x;Database=x", 5)]
    [InlineData("không phải chuỗi kết nối", 2)]
    public async Task A_database_that_cannot_be_reached_is_5(string database, int exit) =>
        AssertRefused(exit, exit == 5 ? "Không kết nối được cơ sở dữ liệu" : "Chuỗi kết nối", await SinhoProcess.RunAsync([.. Term, "--database", database], null, Cancel));

    [Fact]
    public async Task A_wrong_password_and_an_unknown_database_are_5()
    {
        var wrong = new NpgsqlConnectionStringBuilder(register.Database) { Password = "sai" }.ConnectionString;
        AssertRefused(5, "mật khẩu", await SinhoProcess.RunAsync(Term, wrong, Cancel));
        var unknown = new NpgsqlConnectionStringBuilder(register.Database) { Database = "khong_co" }.ConnectionString;
        AssertRefused(5, "Không có cơ sở dữ liệu", await SinhoProcess.RunAsync(Term, unknown, Cancel));
    }

    [Fact]
    public async Task A_database_of_a_newer_program_is_left_alone()
    {
        var database = await cluster.NewRegisterAsync();
        await ValueAsync<object>(database, "insert into schema_version (scriptname, applied) values ('migrations/9999_future.sql', now()) returning 1");

        AssertRefused(1, "do một bản mới hơn của chương trình", await SinhoProcess.RunAsync(Term, database, Cancel));
    }

    [Fact]
    public async Task A_report_in_JSON_is_alone_on_its_stream_and_names_its_workbook()
    {
        var path = folder.File("báo cáo.xlsx");
        var said = await SinhoProcess.RunAsync([.. Term, "--format", "json", "--out", path], register.Database, Cancel);

        Assert.True(said.Exit == 0, said.Error);
        using var json = JsonDocument.Parse(said.Output);
        var root = json.RootElement;
        Assert.Equal("term", root.GetProperty("report").GetString());
        Assert.Equal("SH.X03", root.GetProperty("unit").GetProperty("code").GetString());
        Assert.Contains("Pa Tần", root.GetProperty("unit").GetProperty("name").GetString(), StringComparison.Ordinal);
        Assert.Equal("2015-07-01", root.GetProperty("from").GetString());
        Assert.Equal("2020-06-30", root.GetProperty("to").GetString());
        Assert.Equal(5, root.GetProperty("settings").GetProperty("few_member_max").GetInt32());
        Assert.Equal(170, Value(root, "members"));
        Assert.All(root.GetProperty("figures").EnumerateArray(), figure =>
        {
            Assert.NotEqual("", figure.GetProperty("caption").GetString());
            Assert.False(figure.TryGetProperty("evidence", out _));
        });
        Assert.All(root.GetProperty("checks").EnumerateArray(), check =>
        {
            Assert.True(check.GetProperty("ok").GetBoolean());
            Assert.NotEqual("", check.GetProperty("detail").GetString());
        });
        Assert.Contains(root.GetProperty("checks").EnumerateArray(), check => check.GetProperty("code").GetString() == "movement_balance");
        Assert.Contains("170 đảng viên", root.GetProperty("narrative").GetString(), StringComparison.Ordinal);
        Assert.Equal(path, root.GetProperty("workbook").GetProperty("file").GetString());
        Assert.Equal(
            Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(path, Cancel))),
            root.GetProperty("workbook").GetProperty("sha256").GetString());
    }

    [Fact]
    public async Task Evidence_in_JSON_has_as_many_rows_as_each_figure_and_every_figure_of_the_spec_is_there()
    {
        var said = await SinhoProcess.RunAsync([.. Term, "--format", "json", "--evidence"], register.Database, Cancel);

        using var json = JsonDocument.Parse(said.Output);
        var figures = json.RootElement.GetProperty("figures").EnumerateArray().ToList();
        Assert.All(figures, figure => Assert.Equal(figure.GetProperty("value").GetInt32(), figure.GetProperty("evidence").GetArrayLength()));
        var rates = json.RootElement.GetProperty("rates").EnumerateArray().ToDictionary(rate => rate.GetProperty("code").GetString()!, rate => rate.GetProperty("value"));
        Assert.Equal(JsonValueKind.Null, rates["plan_done"].ValueKind);
        Assert.InRange(rates["share_female_members"].GetDecimal(), 1, 99);
        var spec = Oracle.Figures(RegisterModel.From([]), "SH", new(2015, 7, 1), new(2020, 6, 30), 5).Keys;
        Assert.Empty(spec.Except(figures.Select(figure => figure.GetProperty("code").GetString()!)));
        Assert.False(json.RootElement.TryGetProperty("workbook", out _));
    }

    [Fact]
    public async Task The_threshold_of_few_members_is_overridden_for_one_run()
    {
        async Task<JsonDocument> AskAsync(params string[] more) =>
            JsonDocument.Parse((await SinhoProcess.RunAsync([.. Term, "--format", "json", .. more], register.Database, Cancel)).Output);

        using var none = await AskAsync("--few-member-max", "0");
        Assert.Equal(0, none.RootElement.GetProperty("settings").GetProperty("few_member_max").GetInt32());
        Assert.Equal(0, Value(none.RootElement, "few_member_branches"));
        using var all = await AskAsync("--few-member-max", "999");
        Assert.Equal(18, Value(all.RootElement, "few_member_branches"));
        using var usual = await AskAsync();
        Assert.Equal(6, Value(usual.RootElement, "few_member_branches"));
    }

    [Fact]
    public async Task An_import_in_JSON_tells_what_it_did_and_a_dry_run_does_nothing()
    {
        var database = await cluster.NewRegisterAsync();
        var file = Terms("01/07/2015", "30/06/2020");
        foreach (var (words, added, unchanged) in new[] { ("--dry-run", 1, 0), ("", 1, 0), ("", 0, 1) })
        {
            var said = await SinhoProcess.RunAsync(["import", file, "--format", "json", .. Split(words)], database, Cancel);
            Assert.True(said.Exit == 0, said.Error);
            using var json = JsonDocument.Parse(said.Output);
            var sheet = Assert.Single(json.RootElement.GetProperty("sheets").EnumerateArray());
            Assert.True(json.RootElement.GetProperty("accepted").GetBoolean());
            Assert.Equal("Nhiệm kỳ", sheet.GetProperty("sheet").GetString());
            Assert.Equal(
                (added, 0, unchanged, 0),
                (Count(sheet, "added"), Count(sheet, "changed"), Count(sheet, "unchanged"), Count(sheet, "removed")));
            Assert.Equal(0, json.RootElement.GetProperty("errors").GetArrayLength());
            Assert.Equal(0, json.RootElement.GetProperty("warnings").GetArrayLength());
        }
    }

    [Fact]
    public async Task An_import_without_days_says_of_how_many_people_it_corrected_the_latest_of_several_versions()
    {
        await using var own = await TestRegister.SoundAsync(cluster);
        await own.AcceptAsync(new RegisterFile().Add(ExchangeWorkbook.Members, "3|01/01/2019|Sùng C|Nam|03/1975|Mông|||01/01/2005|01/01/2006|||Tiểu học||||Học sinh||||"));
        var file = Occupations("1", "3");

        var tried = await SinhoProcess.RunAsync(["import", file, "--dry-run"], own.ConnectionString, Cancel);
        Assert.Contains("sửa dòng mới nhất của 1 người có nhiều dòng", tried.Output.ReplaceLineEndings(" "), StringComparison.Ordinal);
        using (var json = JsonDocument.Parse((await SinhoProcess.RunAsync(["import", file, "--format", "json"], own.ConnectionString, Cancel)).Output))
            Assert.Equal(1, json.RootElement.GetProperty("corrected_latest").GetInt32());
        using (var json = JsonDocument.Parse((await SinhoProcess.RunAsync(["import", file, "--format", "json"], own.ConnectionString, Cancel)).Output))
            Assert.False(json.RootElement.TryGetProperty("corrected_latest", out _));
    }

    [Fact]
    public async Task A_refused_import_is_3_and_names_the_cell()
    {
        var database = await cluster.NewRegisterAsync();
        var marked = folder.File("lỗi.xlsx");
        var said = await SinhoProcess.RunAsync(["import", Terms("31/02/2015", "30/06/2020"), "--format", "json", "--errors", marked], database, Cancel);

        Assert.True(said.Exit == 3, said.Error);
        using var json = JsonDocument.Parse(said.Output);
        Assert.False(json.RootElement.GetProperty("accepted").GetBoolean());
        Assert.All(json.RootElement.GetProperty("sheets").EnumerateArray(), sheet => Assert.Equal(0, Count(sheet, "added")));
        var error = Assert.Single(json.RootElement.GetProperty("errors").EnumerateArray());
        Assert.Equal(
            ("bad_value", "Nhiệm kỳ", 2, "Từ ngày", "31/02/2015"),
            (Word(error, "code"), Word(error, "sheet"), error.GetProperty("row").GetInt32(), Word(error, "column"), Word(error, "value")));
        Assert.NotEqual("", Word(error, "message"));
        Assert.True(File.Exists(marked));
        Assert.Equal(0L, await ValueAsync<long>(database, "select count(*) from term"));
    }

    [Fact]
    public async Task What_is_no_workbook_is_3_in_one_sentence()
    {
        var file = folder.File("sổ.xlsx");
        await File.WriteAllTextAsync(file, "Mã,Tên\n1,2\n", Cancel);
        AssertRefused(3, "Tệp là văn bản (CSV hoặc tương tự)", await SinhoProcess.RunAsync(["import", file], register.Database, Cancel));
    }

    [Fact]
    public async Task A_file_that_is_not_there_or_a_folder_that_cannot_be_written_has_its_sentence()
    {
        var missing = await SinhoProcess.RunAsync(["import", folder.File("không có.xlsx")], register.Database, Cancel);
        AssertRefused(missing.Exit, "không có.xlsx", missing);
        Assert.NotEqual(0, missing.Exit);
        AssertRefused(2, "thư mục", await SinhoProcess.RunAsync([.. Term, "--out", folder.File("không/có.xlsx")], register.Database, Cancel));
    }

    /// <summary>Needs a small file system of its own, which only root may make; elsewhere there is nothing to see.</summary>
    [Fact]
    public async Task A_full_disk_has_its_sentence_and_leaves_no_file()
    {
        var small = Directory.CreateDirectory(folder.File("small")).FullName;
        if (await ExitOfAsync("mount", "-t", "tmpfs", "-o", "size=32k", "tmpfs", small) != 0)
            return;
        try
        {
            AssertRefused(1, "Ổ đĩa đã đầy", await SinhoProcess.RunAsync([.. Term, "--out", Path.Combine(small, "r.xlsx")], register.Database, Cancel));
            Assert.Empty(Directory.GetFileSystemEntries(small));
        }
        finally
        {
            await ExitOfAsync("umount", small);
        }
    }

    private static void AssertRefused(int exit, string says, Said said)
    {
        Assert.Contains(says, said.Error, StringComparison.Ordinal);
        Assert.Equal(exit, said.Exit);
        Assert.Equal("", said.Output);
        Assert.DoesNotContain("   at ", said.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", said.Error, StringComparison.Ordinal);
    }

    private string Terms(string from, string until)
    {
        using var book = new XLWorkbook();
        var sheet = book.AddWorksheet("Nhiệm kỳ");
        string[] cells = ["Nhiệm kỳ", "Từ ngày", "Đến ngày", "2015-2020", from, until];
        for (var i = 0; i < cells.Length; i++)
            sheet.Cell(1 + i / 3, 1 + i % 3).SetValue(cells[i]);
        var path = folder.File("sổ trao đổi.xlsx");
        book.SaveAs(path);
        return path;
    }

    private string Occupations(params string[] people)
    {
        using var book = new XLWorkbook();
        var sheet = book.AddWorksheet("Đảng viên");
        sheet.Cell(1, 1).SetValue("Mã đảng viên");
        sheet.Cell(1, 2).SetValue("Nghề nghiệp");
        foreach (var (row, code) in people.Index())
        {
            sheet.Cell(row + 2, 1).SetValue(code);
            sheet.Cell(row + 2, 2).SetValue("Nghỉ hưu, nghỉ công tác");
        }
        var path = folder.File("nghề nghiệp.xlsx");
        book.SaveAs(path);
        return path;
    }

    private static string[] Split(string words) => words.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static int Value(JsonElement report, string code) =>
        report.GetProperty("figures").EnumerateArray().Single(figure => Word(figure, "code") == code).GetProperty("value").GetInt32();

    private static int Count(JsonElement sheet, string name) => sheet.GetProperty(name).GetInt32();

    private static string? Word(JsonElement element, string name) => element.GetProperty(name).GetString();

    private static async Task<T> ValueAsync<T>(string database, string sql)
    {
        await using var source = NpgsqlDataSource.Create(database);
        await using var command = source.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync(Cancel))!;
    }

    private static async Task<int> ExitOfAsync(string program, params string[] words)
    {
        using var process = Process.Start(new ProcessStartInfo(program, words) { UseShellExecute = false, RedirectStandardError = true })!;
        await process.WaitForExitAsync(Cancel);
        return process.ExitCode;
    }
}
