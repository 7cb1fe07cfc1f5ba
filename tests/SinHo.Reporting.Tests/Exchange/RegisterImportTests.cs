using System.Globalization;
using ClosedXML.Excel;
using Npgsql;
using SinHo.Reporting.Exchange;
using SinHo.Reporting.Register;
using SinHo.Reporting.Tests.Support;
using Xunit;
using static SinHo.Reporting.Register.ExchangeWorkbook;

namespace SinHo.Reporting.Tests.Exchange;

public sealed class RegisterImportTests(TestCluster cluster)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_same_file_again_changes_nothing()
    {
        await using var register = await TestRegister.EmptyAsync(cluster);
        var first = await register.AcceptAsync(RegisterFile.Sound());
        Assert.Equal([1, 4, 1, 1, 3, 1, 4, 2, 2, 1, 1, 1, 1], first.Sheets.Select(sheet => sheet.Added));
        Assert.All(first.Sheets, sheet => Assert.Equal((0, 0, 0), (sheet.Changed, sheet.Unchanged, sheet.Removed)));
        Assert.Empty(first.Warnings);
        await register.DerivedTablesAreTrueAsync();

        var trail = await register.ScalarAsync<long>("select count(*) from trail where import_id is not null");
        Assert.Equal(23, trail);
        var again = await register.AcceptAsync(RegisterFile.Sound());
        Assert.Equal(first.Sheets.Select(sheet => sheet.Added), again.Sheets.Select(sheet => sheet.Unchanged));
        Assert.All(again.Sheets, sheet => Assert.Equal((0, 0, 0), (sheet.Added, sheet.Changed, sheet.Removed)));
        Assert.Equal(trail, await register.ScalarAsync<long>("select count(*) from trail where import_id is not null"));
    }

    [Fact]
    public async Task Every_fault_of_a_file_is_reported_at_once()
    {
        await using var register = await TestRegister.SoundAsync(cluster);
        var file = RegisterFile.Sound()
            .Add(Inspections, "9-KH|SH.X|12/04/2017|Kiểm tra||")
            .Caption(Inspections, "form", null)
            .Set(Villages, 2, "name", null)
            .Add(Organisations, "sh.b3|Chi bộ|Chi bộ trực thuộc|Bản|SH.X|01/01/2000|", "SH.B4|Chi bộ|Chi bộ trực thuộc|Bản|SH|01/01/2000|01/01/2010")
            .Add(Members,
                "4||Giàng A|Nam|2000|Mông|||01/01/2010||||Tiểu học||||Khác||||",
                "5||Giàng B|Nam|1970|Mông|||01/01/2010|01/01/2009|||Tiểu học||||Khác||||",
                "6||Giàng C|Nam|1970|Mông|||01/01/2010|01/01/2011|||Tiểu học||||Khác||||")
            .Add(Memberships,
                "9|SH.B1|01/01/2015||Đầu kỳ||",
                "1|SH.B2|01/01/2016|01/01/2017|Đầu kỳ|Chuyển nội bộ|",
                "6|SH.X|01/01/2015|01/01/2016|Đầu kỳ|Chuyển nội bộ|",
                "6|SH.B4|01/01/2016|01/01/2017|Kết nạp|Chuyển nội bộ|",
                "6|SH.B1|01/01/2017|01/01/2017|Chuyển nội bộ|Chuyển nội bộ|",
                "6|SH.B1|01/01/2018|01/01/2019|Chuyển nội bộ||")
            .Add(Restructurings, "14-QĐ|01/01/2018|Đổi tên||SH.B1|Sau")
            .Add(Ratings, "2019|SH.X|Hoàn thành tốt nhiệm vụ");
        var before = await register.DumpAsync();
        var outcome = await register.ImportAsync(file);
        Assert.Equal(
            [
                IssueCode.AdmissionMismatch, IssueCode.BadValue, IssueCode.DateOrder, IssueCode.DuplicateKey, IssueCode.EmptyInterval,
                IssueCode.MissingColumn, IssueCode.MissingReason, IssueCode.NotABranch, IssueCode.OutsideBranchLife, IssueCode.Overlap,
                IssueCode.Required, IssueCode.RestructuringRoles, IssueCode.UnderAge, IssueCode.UnknownReference, IssueCode.WrongParent,
            ],
            outcome.Errors.Select(error => error.Code).Distinct().Order());
        Assert.Equal(before, await register.DumpAsync());
    }

    [Fact]
    public async Task A_dry_run_counts_and_changes_nothing()
    {
        await using var register = await TestRegister.EmptyAsync(cluster);
        var before = await register.DumpAsync();
        var outcome = await register.ImportAsync(RegisterFile.Sound(), dryRun: true);
        Assert.True(outcome.Accepted);
        Assert.Equal(23, outcome.Sheets.Sum(sheet => sheet.Added));
        Assert.Equal(before, await register.DumpAsync());
    }

    [Fact]
    public async Task Only_what_is_written_has_a_number_and_reading_holds_up_nobody()
    {
        await using var register = await TestRegister.SoundAsync(cluster);
        var sound = RegisterFile.Sound();
        Assert.Null((await register.ImportAsync(sound, dryRun: true)).Import);
        Assert.Null((await register.ImportAsync(RegisterFile.Sound().Set(Members, 2, "sex", "?"))).Import);
        // Another import goes in while this one is read.
        long? meanwhile = null;
        var slow = new SlowSource(sound, async () => meanwhile = (await register.AcceptAsync(RegisterFile.Sound())).Import);
        Assert.Equal(3, (await register.AcceptAsync(slow)).Import);
        Assert.Equal(2, meanwhile);
        Assert.Equal(new DateOnly(2018, 1, 1), await register.ScalarAsync<DateOnly>("select data_until()"));
        await register.ExecuteAsync("update import_run set at = '2017-12-31 18:00+07'");
        Assert.Equal(new DateOnly(2017, 5, 19), await register.ScalarAsync<DateOnly>("select data_until()"));
    }

    private sealed class SlowSource(IRegisterSource source, Func<Task> meanwhile) : IRegisterSource
    {
        public IEnumerable<SourceSheet> Sheets()
        {
            foreach (var sheet in source.Sheets())
                yield return sheet;
            meanwhile().GetAwaiter().GetResult();
        }
    }

    [Fact]
    public async Task Rows_are_known_by_their_key_and_the_trail_tells_before_and_after()
    {
        await using var register = await TestRegister.SoundAsync(cluster);
        var outcome = await register.AcceptAsync(new RegisterFile()
            .Add(Ratings, "2019|SH.X|Hoàn thành tốt nhiệm vụ", "2020|SH.X|Hoàn thành nhiệm vụ")
            .Remove(Meetings, "SH.B1|05/03/2017")
            .Remove(Meetings, "SH.B1|06/03/2017")
            .Add(Inspections, "8-KH|SH.X|12/04/2017|Kiểm tra||"));
        Assert.Equal(
            [new("Xếp loại", 1, 1, 0, 0), new("Họp chi bộ", 0, 0, 0, 1), new("Kiểm tra", 0, 0, 1, 0)],
            outcome.Sheets);
        Assert.Equal(
            [
                "meeting|người nhập|2|{\"due\": 3, \"date\": \"2017-03-05\", \"kind\": \"Thường kỳ\", \"branch\": \"SH.B1\", \"present\": 3}|-",
                "rating|người nhập|2|-|{\"org\": \"SH.X\", \"year\": 2020, \"grade\": \"Hoàn thành nhiệm vụ\"}",
                "rating|người nhập|2|{\"org\": \"SH.X\", \"year\": 2019, \"grade\": \"Hoàn thành nhiệm vụ\"}|{\"org\": \"SH.X\", \"year\": 2019, \"grade\": \"Hoàn thành tốt nhiệm vụ\"}",
            ],
            (await register.ColumnAsync("""
                select concat_ws('|', table_name, by, import_id, coalesce(before::text, '-'), coalesce(after::text, '-'))
                from trail where import_id = (select max(import_id) from import_run)
                """)).Order(StringComparer.Ordinal));
        Assert.Equal("sổ.xlsx ab12 người nhập", await register.ScalarAsync<string>("select concat_ws(' ', file_name, sha256, by) from import_run where import_id = 2"));
    }

    [Theory]
    [InlineData("update trail set by = 'x'")]
    [InlineData("delete from trail")]
    [InlineData("truncate trail")]
    public async Task The_trail_only_grows(string sql)
    {
        await using var register = await TestRegister.SoundAsync(cluster);
        var refused = await Assert.ThrowsAsync<PostgresException>(() => register.ExecuteAsync(sql));
        Assert.Equal("trail is append-only", refused.MessageText);
    }

    [Fact]
    public async Task What_counts_is_the_state_after_the_import()
    {
        await using var register = await TestRegister.SoundAsync(cluster);
        // Somebody moves: the end of one row and the start of the next, in the order that overlaps while it is being written.
        await register.AcceptAsync(new RegisterFile().Add(Memberships,
            "1|SH.B2|01/06/2017||Chuyển nội bộ||", "1|SH.B1|01/01/2015|01/06/2017|Đầu kỳ|Chuyển nội bộ|"));
        // Two rows change places in time.
        await register.AcceptAsync(new RegisterFile()
            .Remove(Memberships, "1|SH.B2|01/06/2017").Remove(Memberships, "1|SH.B1|01/01/2015")
            .Add(Memberships, "1|SH.B1|01/06/2017||Chuyển nội bộ||", "1|SH.B2|01/01/2015|01/06/2017|Đầu kỳ|Chuyển nội bộ|"));
        // A branch ends, its stored people and services with it, all in one file; its parent's type changes by a second version.
        var outcome = await register.AcceptAsync(new RegisterFile()
            .Add(Organisations,
                "SH.B2|Chi bộ bản 2|Chi bộ trực thuộc|Bản|SH.X|01/01/2000|01/01/2019",
                "SH.X|Đảng bộ xã|Đảng bộ cơ sở|Xã|SH|01/01/2000|01/01/2020",
                "SH.X|Đảng bộ thị trấn|Đảng bộ cơ sở|Thị trấn|SH|01/01/2020|")
            .Add(Assignments, "1|SH.B2|Đảng ủy viên|01/01/2016|01/01/2019"));
        Assert.Equal((1, 2), (outcome.Sheets[0].Added, outcome.Sheets[0].Changed));
        await register.DerivedTablesAreTrueAsync();
    }

    [Fact]
    public async Task A_register_can_be_emptied_by_removals()
    {
        await using var register = await TestRegister.SoundAsync(cluster);
        var file = RegisterFile.Sound();
        var removal = new InMemorySource();
        foreach (var sheet in file.Sheets())
        {
            removal.With(sheet.Name,
                [[.. sheet.Captions], .. sheet.Rows.Select(row => (object?[])[.. row.Cells.SkipLast(1), " X "])]);
        }
        var outcome = await register.AcceptAsync(removal);
        Assert.Equal(23, outcome.Sheets.Sum(sheet => sheet.Removed));
        foreach (var table in ExchangeWorkbook.Sheets.Select(sheet => sheet.Table).Concat(["org", "settlement", "person", "org_closure", "official_span"]))
            Assert.Equal(0, await register.ScalarAsync<long>($"select count(*) from {table}"));
    }

    [Fact]
    public async Task A_workbook_as_people_type_it_goes_in()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("sổ.xlsx");
        using (var workbook = new XLWorkbook())
        {
            foreach (var source in RegisterFile.Sound().Sheets())
            {
                var sheet = workbook.AddWorksheet(source.Name.ToUpperInvariant());
                for (var column = 0; column < source.Captions.Count; column++)
                    sheet.Cell(1, column + 1).SetValue($" {source.Captions[column]!.ToUpperInvariant()}  ");
                foreach (var row in source.Rows)
                {
                    for (var column = 0; column < row.Cells.Count; column++)
                        Put(sheet.Cell(row.Number, column + 1), row.Cells[column] as string);
                }
            }
            workbook.SaveAs(path);
        }
        await using var register = await TestRegister.EmptyAsync(cluster);
        await register.AcceptAsync(new WorkbookSource(path));
        var again = await register.AcceptAsync(RegisterFile.Sound());
        Assert.Equal(23, again.Sheets.Sum(sheet => sheet.Unchanged));
    }

    private static void Put(IXLCell cell, string? text)
    {
        if (text is null)
            return;
        if (DateOnly.TryParseExact(text, "dd/MM/yyyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            cell.SetValue(day.ToDateTime(TimeOnly.MinValue));
        else
            cell.SetValue(text is "Kiểm tra" ? "KIỂM  TRA " : text);
    }

    [Fact]
    public async Task Words_match_whatever_their_case_and_the_place_of_the_tone_mark()
    {
        await using var register = await TestRegister.SoundAsync(cluster);
        var outcome = await register.AcceptAsync(new RegisterFile()
            .Add(Posts, "1|đảng uỷ  VIÊN|SH.X|01/01/2015|", "1|HUYỆN ỦY VIÊN|SH|01/01/2015|")
            .Add(Memberships, "3|SH.B2|01/01/2015|01/01/2018|ĐẦU KỲ|chuyển  Nội bộ|")
            .Add(Members, "4||Lò Văn Hoà|nam|1980|THÁI|phật giáo HOÀ hảo||01/01/2010|01/01/2011|||tiểu Học||||Khác|CÓ|không||"));
        Assert.Equal([(1, 0, 0), (0, 0, 1), (2, 0, 0)], outcome.Sheets.Select(sheet => (sheet.Added, sheet.Changed, sheet.Unchanged)));
        Assert.Equal("Lò Văn Hoà, Phật giáo Hòa Hảo", await register.ScalarAsync<string>("select name || ', ' || religion from member where code = '4'"));
    }

    [Fact]
    public async Task No_text_brings_the_import_down()
    {
        await using var register = await TestRegister.SoundAsync(cluster);
        string[] hostile = ["\0", "\ud800", "a\0b", "\udc00x", "\uffff", "'; drop table member; --", "{}", "\\N", "%s", "😀", new string('ạ', 5000), "a\u2028b", "\u202e"];
        var file = new RegisterFile();
        foreach (var text in hostile)
        {
            foreach (var sheet in ExchangeWorkbook.Sheets)
                file.Row(sheet, [.. sheet.Columns.Select(_ => text)]);
        }
        var before = await register.DumpAsync();
        Assert.False((await register.ImportAsync(file)).Accepted);
        Assert.Equal(before, await register.DumpAsync());
    }

    [Fact]
    public async Task Codes_and_texts_may_be_as_long_as_allowed()
    {
        var code = new string('9', 64);
        var org = new string('Z', 32);
        var key = string.Concat(Enumerable.Range(0, 127).Select(number => char.ConvertFromUtf32(0x20000 + number * 37))) + "x";
        await using var register = await TestRegister.SoundAsync(cluster);
        await register.AcceptAsync(new RegisterFile()
            .Row(Organisations, org, key, "Chi bộ trực thuộc", "Bản", "SH.X", "01/01/2000")
            .Add(Villages, $"{code}|Bản Xa|Bản|SH.X|01/01/2000|")
            .Add(Members, $"{code}||{key}|Nam|1980|Thái||{code}|01/01/2010|01/01/2011|||Tiểu học||||Khác||||")
            .Row(Memberships, code, org, "01/01/2015", null, "Đầu kỳ", null, new string('ạ', 4000))
            .Row(Restructurings, key, "01/01/2015", "Thành lập", null, org, "Sau")
            .Row(Inspections, key, org, "01/01/2015", "Giám sát", new string('ạ', 4000), string.Concat(Enumerable.Repeat("😀", 2000))));
        Assert.Equal(key, await register.ScalarAsync<string>($"select decision from restructuring where unit = '{org}'"));
        var outcome = await register.ImportAsync(new RegisterFile()
            .Add(Villages, $"{code}9|Bản Xa|Bản|SH.X|01/01/2000|")
            .Row(Restructurings, key + "x", "01/01/2015", "Thành lập", null, org, "Sau")
            .Row(Memberships, code, org, "01/01/2015", null, "Đầu kỳ", null, new string('ạ', 4001)));
        Assert.Equal([IssueCode.BadValue, IssueCode.BadValue, IssueCode.BadValue], outcome.Errors.Select(error => error.Code));
    }

    [Theory]
    [InlineData("23P01", "insert into membership values ('1', 'SH.B2', '2016-01-01', null, 'Đầu kỳ')")]
    [InlineData("23P01", "insert into org_version values ('SH.B2', 'x', 'Chi bộ trực thuộc', 'Bản', 'SH.X', '2016-01-01')")]
    [InlineData("23P01", "insert into restructuring values ('12-QĐ', '2018-01-02', 'Sáp nhập', 'SH.X', 'Sau')")]
    [InlineData("23P01", "insert into restructuring values ('12-QĐ', '2018-01-01', 'Đổi tên', 'SH.X', 'Sau')")]
    [InlineData("23503", "insert into membership values ('9', 'SH.B2', '2016-01-01', null, 'Đầu kỳ')")]
    [InlineData("23503", "insert into meeting values ('SH.B9', '2016-01-01', 'Thường kỳ', 1, 1)")]
    [InlineData("23503", "insert into post values ('1', 'Trưởng bản', 'SH.B1', '2016-01-01')")]
    [InlineData("23503", "insert into post values ('1', 'Bí thư chi bộ', 'V1', '2016-01-01')")]
    [InlineData("23503", "delete from person where code = '1'")]
    [InlineData("23503", "delete from org where code = 'SH.B1'")]
    [InlineData("23503", "delete from settlement")]
    [InlineData("23505", "insert into rating values (2019, 'SH.X', 'Hoàn thành nhiệm vụ')")]
    [InlineData("22P02", "insert into rating values (2020, 'SH.X', 'Tốt')")]
    [InlineData("23514", "insert into rating values (20, 'SH.X', 'Hoàn thành nhiệm vụ')")]
    [InlineData("23514", "insert into meeting values ('SH.B1', '2016-01-01', 'Thường kỳ', 1, 2)")]
    [InlineData("23514", "update membership set valid_to = valid_from, reason_out = 'Từ trần'")]
    [InlineData("23514", "update membership set valid_to = '2020-01-01' where valid_to is null")]
    [InlineData("23514", "update member set born = '2020-01-01'")]
    [InlineData("23514", "update admission set decided = '2020-01-01'")]
    [InlineData("23503", "update org_version set level = 'Tổ đảng' where code = 'SH.X'")]
    [InlineData("23514", "insert into org values ('sh')")]
    [InlineData("23514", "insert into village values ('V 1', 'x', 'Bản', 'SH.X', '2000-01-01')")]
    public async Task The_database_itself_refuses_what_cannot_be(string state, string sql)
    {
        await using var register = await TestRegister.SoundAsync(cluster);
        var refused = await Assert.ThrowsAsync<PostgresException>(() => register.ExecuteAsync(sql));
        Assert.Equal(state, refused.SqlState);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2, Traits = ["Length", "Long"])]
    [InlineData(3, Traits = ["Length", "Long"])]
    public async Task Derived_tables_stay_true_through_any_sequence_of_imports(int seed)
    {
        await using var register = await TestRegister.EmptyAsync(cluster);
        var rows = RandomRegister.Create(seed, 1).Rows;
        await register.AcceptAsync(Rows(rows));
        await register.DerivedTablesAreTrueAsync();
        var random = new Random(seed);
        var organisations = rows.Where(row => row.Sheet == Organisations).ToList();
        await using var bare = await TestRegister.EmptyAsync(cluster);
        await bare.AcceptAsync(Rows(organisations));
        var accepted = 0;
        for (var step = 0; step < 40; step++)
        {
            accepted += (await register.ImportAsync(Rows(Altered(rows, random)))).Accepted ? 1 : 0;
            accepted += (await bare.ImportAsync(Rows(Altered(organisations, random)))).Accepted ? 1 : 0;
        }
        Assert.InRange(accepted, 10, 79);
        await register.DerivedTablesAreTrueAsync();
        await bare.DerivedTablesAreTrueAsync();
    }

    /// <summary>One to three rows with a date moved, a parent changed, or the row gone.</summary>
    private static IEnumerable<(SheetDefinition Sheet, object?[] Values)> Altered(IReadOnlyList<(SheetDefinition Sheet, object?[] Values)> rows, Random random)
    {
        foreach (var (sheet, values) in random.GetItems(rows.ToArray(), random.Next(1, 4)).DistinctBy(row => row.Values))
        {
            object?[] altered = [.. values, random.Next(4) == 0 ? "x" : null];
            var days = sheet.Columns.Select((column, index) => (column, index))
                .Where(c => c.column.Kind == ColumnKind.Date && !c.column.InKey && !(c.column.Required && random.Next(3) > 0)).Select(c => c.index).ToList();
            foreach (var day in days)
                altered[day] = (altered[day] as DateOnly? ?? new DateOnly(2018, 1, 1)).AddDays(random.Next(-400, 400));
            yield return (sheet, altered);
        }
    }

    private static InMemorySource Rows(IEnumerable<(SheetDefinition Sheet, object?[] Values)> rows)
    {
        var source = new InMemorySource();
        foreach (var sheet in rows.GroupBy(row => row.Sheet.Table, row => row))
        {
            var definition = sheet.First().Sheet;
            source.With(definition.Name,
                [[.. definition.Columns.Select(column => column.Caption), SheetDefinition.RemoveCaption], .. sheet.Select(row => row.Values)]);
        }
        return source;
    }

    [Fact]
    public async Task Two_imports_at_once_go_in_one_after_the_other()
    {
        await using var register = await TestRegister.EmptyAsync(cluster);
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => register.ImportAsync(RegisterFile.Sound())));
        Assert.All(outcomes, outcome => Assert.True(outcome.Accepted));
        Assert.Equal([0, 0, 23], outcomes.Select(outcome => outcome.Sheets.Sum(sheet => sheet.Added)).Order());
        Assert.Equal(23, await register.ScalarAsync<long>("select count(*) from trail where import_id is not null"));
    }

    [Fact]
    public async Task Cancelled_at_any_step_the_register_is_as_it_was()
    {
        await using var register = await TestRegister.SoundAsync(cluster);
        var before = await register.DumpAsync();
        var file = RegisterFile.Sound().Set(Members, 2, "name", "Lò Văn A").Remove(Meetings, "SH.B1|05/03/2017").Drop(Meetings, 2);
        var steps = 0;
        for (var accepted = false; !accepted; steps++)
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
            try
            {
                await register.ImportAsync(file, progress: new CancelAfter(steps, stop), cancel: stop.Token);
                accepted = true;
            }
            catch (OperationCanceledException)
            {
                Assert.Equal(before, await register.DumpAsync());
            }
        }
        Assert.InRange(steps, 30, 80);
        Assert.Equal("Lò Văn A", await register.ScalarAsync<string>("select name from member where code = '1'"));
    }

    private sealed class CancelAfter(int steps, CancellationTokenSource stop) : IProgress<JobStep>
    {
        private int _left = steps;

        public void Report(JobStep value)
        {
            if (_left-- == 0)
                stop.Cancel();
        }
    }
}
