using SinHo.Reporting.Exchange;
using SinHo.Reporting.Tests.Support;
using Xunit;
using static SinHo.Reporting.Register.ExchangeWorkbook;

namespace SinHo.Reporting.Tests.Exchange;

/// <summary>Which version of a person, unit or village a row speaks of, and what it leaves alone. Source: docs/spec/exchange-workbook.md, Versions.</summary>
public sealed class ImportVersionsTests(TestCluster cluster)
{
    [Fact]
    public async Task A_row_without_a_day_speaks_of_the_earliest_version_whatever_its_date()
    {
        await using var register = await TestRegister.SoundAsync(cluster);
        await register.AcceptAsync(Person("01/01/2017", "Khác").Add(Members, Line("01/01/2019", "Nghỉ hưu, nghỉ công tác")));
        var corrected = await register.AcceptAsync(Person("", "Quân đội, công an"));
        Assert.Equal((0, 1, 0), Counts(corrected, Members.Name));
        Assert.Equal(["2017-01-01 Quân đội, công an", "2019-01-01 Nghỉ hưu, nghỉ công tác"], await VersionsAsync(register));
        Assert.Equal((0, 0, 1), Counts(await register.AcceptAsync(Person("", "Quân đội, công an")), Members.Name));

        var twice = await register.ImportAsync(Person("", "Khác").Add(Members, Line("01/01/2017", "Khác")));
        Assert.Equal(["duplicate_key|Đảng viên|3|Mã đảng viên|5"], twice.Errors.Select(TestRegister.Text));
    }

    [Fact]
    public async Task A_file_without_days_corrects_the_latest_version_and_shares_what_is_of_the_person()
    {
        await using var register = await TestRegister.SoundAsync(cluster);
        await register.AcceptAsync(Person("", "Khác").Add(Members, Line("01/01/2019", "Nghỉ hưu, nghỉ công tác")));
        var file = Person("", "Học sinh").Set(Members, 2, "born", "1978").Caption(Members, "from", null)
            .Add(Members, "1||Lò A|Nam|1980|Thái||V1|01/01/2010|01/01/2011|||Trung học cơ sở||||Khác||||");

        var outcome = await register.AcceptAsync(file);

        Assert.Equal(1, outcome.CorrectedLatest);
        Assert.Equal((0, 2, 0), Counts(outcome, Members.Name));
        Assert.Equal(["-infinity Khác", "2019-01-01 Học sinh"], await VersionsAsync(register));
        Assert.Equal(["1978-01-01", "1978-01-01"], await register.ColumnAsync("select born::text from member where code = '5'"));
        await register.DerivedTablesAreTrueAsync();
        Assert.Equal(0, (await register.AcceptAsync(file)).CorrectedLatest);
    }

    [Fact]
    public async Task Removal_without_a_day_takes_all_versions_and_with_a_day_one()
    {
        await using var register = await TestRegister.SoundAsync(cluster);
        var versions = Person("", "Khác").Add(Members, Line("01/01/2017", "Học sinh"), Line("01/01/2019", "Nghỉ hưu, nghỉ công tác"))
            .Add(Villages, "V5|Bản Năm|Bản|SH.X|01/01/2000|01/01/2010", "V5|Bản Năm Mới|Bản|SH.X|01/01/2010|");
        await register.AcceptAsync(versions);
        Assert.Equal(1, (await register.AcceptAsync(new RegisterFile().Remove(Members, "5|01/01/2017"))).Sheets.Single().Removed);
        Assert.Equal(["-infinity Khác", "2019-01-01 Nghỉ hưu, nghỉ công tác"], await VersionsAsync(register));

        var gone = await register.AcceptAsync(new RegisterFile().Remove(Members, "5").Caption(Members, "from", null).Remove(Villages, "V5").Caption(Villages, "from", null));

        Assert.Equal([2, 2], gone.Sheets.Select(sheet => sheet.Removed));
        Assert.Empty(await VersionsAsync(register));
        Assert.Equal(0, await register.ScalarAsync<int>("select count(*) from village where code = 'V5'"));
        await register.DerivedTablesAreTrueAsync();
        Assert.Equal(0, await register.ScalarAsync<int>("select (select count(*) from person where code = '5') + (select count(*) from settlement where code = 'V5')"));
        // A code that is gone is free again.
        await register.AcceptAsync(versions);
    }

    [Fact]
    public async Task One_version_may_go_where_others_are_left_of_who_is_in_use()
    {
        await using var register = await TestRegister.SoundAsync(cluster);
        await register.AcceptAsync(new RegisterFile()
            .Add(Members, "1|01/01/2019|Lò A|Nam|1980|Thái||V1|01/01/2010|01/01/2011|||Tiểu học||||Học sinh||||")
            .Add(Villages, "V1|Bản Một|Bản|SH.X|01/01/2000|01/01/2017", "V1|Bản Một Mới|Bản|SH.X|01/01/2017|"));
        await register.AcceptAsync(new RegisterFile().Remove(Members, "1").Remove(Villages, "V1||||01/01/2000"));
        // The one that is left holds since ever.
        Assert.Equal(["-infinity infinity Học sinh"], await register.ColumnAsync("select concat_ws(' ', held_from, held_until, occupation) from member where code = '1'"));
        Assert.Equal(["Bản Một Mới"], await register.ColumnAsync("select name from village where code = 'V1'"));
        await register.DerivedTablesAreTrueAsync();
    }

    [Fact]
    public async Task A_new_version_goes_on_from_the_one_of_the_day_before()
    {
        await using var register = await TestRegister.SoundAsync(cluster);
        await register.AcceptAsync(Person("", "Khác").Add(Members, Line("01/01/2019", "Nghỉ hưu, nghỉ công tác").Replace("Tiểu học", "Trung học cơ sở", StringComparison.Ordinal)));
        var columns = Members.Columns.Select(column => column.Key).Except(["code", "from", "occupation"]);
        var file = Person("01/01/2017", "Học sinh");
        foreach (var key in columns)
            file.Caption(Members, key, null);
        Assert.Equal((1, 0, 0), Counts(await register.AcceptAsync(file), Members.Name));
        Assert.Equal(
            ["-infinity Khác Tiểu học", "2017-01-01 Học sinh Tiểu học", "2019-01-01 Nghỉ hưu, nghỉ công tác Trung học cơ sở"],
            await register.ColumnAsync("select concat_ws(' ', valid_from, occupation, schooling) from member where code = '5' order by valid_from"));

        // Of a village and an organisation as well: only the commune, only the name.
        var moved = new RegisterFile()
            .Add(Organisations, "SH.B1|||||01/01/2000|01/01/2017", "SH.B1|Chi bộ bản Một|||||").Set(Organisations, 3, "from", "01/01/2017").Set(Organisations, 2, "name", "Chi bộ bản 1")
            .Caption(Organisations, "level", null).Caption(Organisations, "type", null).Caption(Organisations, "parent", null).Caption(Organisations, "reports_to", null)
            .Add(Villages, "V1|||SH.X|01/01/2000|01/01/2017", "V1|||SH.X|01/01/2017|")
            .Caption(Villages, "name", null).Caption(Villages, "kind", null).Caption(Villages, "households", null).Caption(Villages, "people", null);
        await register.AcceptAsync(moved);
        Assert.Equal(["Chi bộ bản 1 Chi bộ trực thuộc SH.X 2017-01-01", "Chi bộ bản Một Chi bộ trực thuộc SH.X"],
            await register.ColumnAsync("select concat_ws(' ', name, level, parent, valid_to) from org_version where code = 'SH.B1' order by valid_from"));
        Assert.Equal(["Bản Một SH.X 2017-01-01", "Bản Một SH.X"], await register.ColumnAsync("select concat_ws(' ', name, commune, valid_to) from village where code = 'V1' order by valid_from"));
        await register.DerivedTablesAreTrueAsync();
    }

    private static string Line(string from, string occupation) => $"5|{from}|Giàng E|Nam|1980|Mông|||01/01/2010|01/01/2011|||Tiểu học||||{occupation}||||";

    private static RegisterFile Person(string from, string occupation) => new RegisterFile().Add(Members, Line(from, occupation));

    private static (int Added, int Changed, int Unchanged) Counts(ImportOutcome outcome, string sheet) =>
        outcome.Sheets.Where(one => one.Sheet == sheet).Select(one => (one.Added, one.Changed, one.Unchanged)).Single();

    private static Task<List<string>> VersionsAsync(TestRegister register) =>
        register.ColumnAsync("select concat_ws(' ', valid_from, occupation) from member where code = '5' order by valid_from");
}
