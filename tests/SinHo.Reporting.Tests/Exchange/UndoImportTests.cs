using SinHo.Reporting.Exchange;
using SinHo.Reporting.Tests.Support;
using Xunit;
using static SinHo.Reporting.Register.ExchangeWorkbook;

namespace SinHo.Reporting.Tests.Exchange;

/// <summary>What an import changes is shown first, by person, and given back afterwards. Source: docs/spec/exchange-workbook.md, Import and Undo.</summary>
public sealed class UndoImportTests(TestCluster cluster)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_value_that_changes_is_shown_by_person_or_organisation_with_old_and_new()
    {
        await using var register = await TestRegister.SoundAsync(cluster);
        var outcome = await RunAsync(register, Mixed(), dryRun: true);
        Assert.Empty(outcome.Errors.Select(TestRegister.Text));
        Assert.Null(outcome.Import);
        Assert.Equal(
            [
                "Changed|Tổ chức|4|SH.B2 · 01/01/2000|Chi bộ bản 2|Tên tổ chức|Chi bộ bản 2|Chi bộ bản Hai",
                "Added|Đảng viên|3|4|Giàng D|||",
                "Changed|Đảng viên|2|3|Sùng C|Ngày sinh|03/1975|1974",
                "Changed|Đảng viên|2|3|Sùng C|Đoàn viên|Không|Có",
                "Added|Sinh hoạt|2|4 · SH.B1 · 01/01/2016|Giàng D|||",
                "Removed|Chức vụ|2|1 · Trưởng bản · V1 · 01/01/2015|Lò A|||",
                "Removed|Họp chi bộ|2|SH.B1 · 05/03/2017|Chi bộ bản 1|||",
            ],
            outcome.Changes!.Select(Text).OrderBy(line => Array.FindIndex([.. Sheets], sheet => line.Split('|')[1] == sheet.Name)).ThenBy(line => line, StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_import_is_given_back_whole_and_so_is_the_giving_back()
    {
        await using var register = await TestRegister.SoundAsync(cluster);
        var before = await RowsAsync(register);
        var done = await RunAsync(register, Mixed());
        Assert.Empty(done.Errors.Select(TestRegister.Text));
        var after = await RowsAsync(register);
        Assert.NotEqual(before, after);

        var shown = await UndoAsync(register, done.Import!.Value, dryRun: true);
        Assert.Contains("Changed|Đảng viên||3|Sùng C|Ngày sinh|1974|03/1975", shown.Changes!.Select(Text));
        Assert.Equal(after, await RowsAsync(register));

        var back = await UndoAsync(register, done.Import.Value);
        Assert.True(back.Accepted, string.Join('\n', back.Errors));
        Assert.Equal(done.Import + 1, back.Import);
        Assert.Equal(before, await RowsAsync(register));
        await register.DerivedTablesAreTrueAsync();

        Assert.Equal([IssueCode.AlreadyUndone], (await UndoAsync(register, done.Import.Value)).Errors.Select(issue => issue.Code));
        var again = await UndoAsync(register, back.Import!.Value);
        Assert.True(again.Accepted, string.Join('\n', again.Errors));
        Assert.Equal(after, await RowsAsync(register));
        await register.DerivedTablesAreTrueAsync();
        // What was given back and brought back is there again, and can be given back again.
        Assert.True((await UndoAsync(register, done.Import.Value)).Accepted);
        Assert.Equal(before, await RowsAsync(register));
        await Assert.ThrowsAsync<UnknownImportException>(() => UndoAsync(register, 999));
    }

    [Fact]
    public async Task A_row_that_somebody_changed_since_is_named_with_the_later_import()
    {
        await using var register = await TestRegister.SoundAsync(cluster);
        var done = await RunAsync(register, Mixed());
        var later = await RunAsync(register, new RegisterFile().Add(Members, "3||Sùng C|Nam|1974|Mông|||01/01/2005|01/01/2006|||Trung học cơ sở||||Khác||||"));
        var kept = await RowsAsync(register);

        var refused = await UndoAsync(register, done.Import!.Value);

        Assert.False(refused.Accepted);
        var issue = Assert.Single(refused.Errors);
        Assert.Equal((IssueCode.ChangedSince, "Đảng viên", (int?)null, "3"), (issue.Code, issue.Sheet, issue.Row, issue.Value));
        Assert.Contains($"lần nhập {later.Import}", issue.Message, StringComparison.Ordinal);
        Assert.Equal(kept, await RowsAsync(register));
    }

    [Fact]
    public async Task Giving_back_what_others_rest_on_is_refused_by_the_rule_it_would_break()
    {
        await using var register = await TestRegister.SoundAsync(cluster);
        var done = await RunAsync(register, new RegisterFile().Add(Organisations, "SH.B3|Chi bộ bản 3|Chi bộ trực thuộc|Bản|SH.X|01/01/2000|"));
        await RunAsync(register, new RegisterFile().Add(Meetings, "SH.B3|05/03/2017|Thường kỳ|3|3"));
        var kept = await RowsAsync(register);

        var refused = await UndoAsync(register, done.Import!.Value);

        Assert.False(refused.Accepted);
        Assert.All(refused.Errors, issue => Assert.Null(issue.Row));
        Assert.Contains(refused.Errors, issue => issue.Code == IssueCode.UnknownReference && issue.Value!.StartsWith("SH.B3", StringComparison.Ordinal));
        Assert.Equal(kept, await RowsAsync(register));
    }

    [Fact]
    public async Task Versions_that_came_go_again_and_what_a_file_without_days_shared_is_given_back()
    {
        await using var register = await TestRegister.SoundAsync(cluster);
        var before = await RowsAsync(register);
        var added = await RunAsync(register, new RegisterFile()
            .Add(Members, "3|01/01/2019|Sùng C|Nam|03/1975|Mông|||01/01/2005|01/01/2006|||Tiểu học||||Nghỉ hưu, nghỉ công tác||||")
            .Add(Organisations, "SH.B1|Chi bộ bản 1|Chi bộ trực thuộc|Bản|SH.X|01/01/2000|01/01/2019", "SH.B1|Chi bộ bản Một|Chi bộ trực thuộc|Bản|SH.X|01/01/2019|")
            .Add(Villages, "V1|Bản Một|Bản|SH.X|01/01/2000|01/01/2019", "V1|Bản Một Mới|Bản|SH.X|01/01/2019|"));
        Assert.Empty(added.Errors.Select(TestRegister.Text));
        var versions = await RowsAsync(register);
        var shared = await RunAsync(register, new RegisterFile()
            .Add(Members, "3||Sùng C|Nam|1974|Mông|||01/01/2005|01/01/2006|||Tiểu học||||Khác||||").Caption(Members, "from", null));
        Assert.Equal((true, 1), (shared.Accepted, shared.CorrectedLatest));
        Assert.Equal(
            ["2|Nghề nghiệp|Nghỉ hưu, nghỉ công tác|Khác", "2|Ngày sinh|03/1975|1974", "|Ngày sinh|03/1975|1974"],
            shared.Changes!.Select(change => $"{change.Row}|{change.Column}|{change.Old}|{change.New}").Order(StringComparer.Ordinal));

        Assert.Empty((await UndoAsync(register, shared.Import!.Value)).Errors.Select(TestRegister.Text));
        Assert.Equal(versions, await RowsAsync(register));
        Assert.Empty((await UndoAsync(register, added.Import!.Value)).Errors.Select(TestRegister.Text));
        Assert.Equal(before, await RowsAsync(register));
        await register.DerivedTablesAreTrueAsync();

        var removed = await RunAsync(register, new RegisterFile().Add(Members, "3|01/01/2019|Sùng C|Nam|03/1975|Mông|||01/01/2005|01/01/2006|||Tiểu học||||Học sinh||||"));
        var again = await RowsAsync(register);
        var gone = await RunAsync(register, new RegisterFile()
            .Remove(Members, "3").Caption(Members, "from", null).Remove(Memberships, "3|SH.B2|01/01/2015").Remove(Memberships, "3|SH.B1|01/01/2018"));
        Assert.Equal((true, 2), (gone.Accepted, gone.Sheets.Single(sheet => sheet.Sheet == Members.Name).Removed));
        Assert.Empty((await UndoAsync(register, gone.Import!.Value)).Errors.Select(TestRegister.Text));
        Assert.Equal(again, await RowsAsync(register));
        Assert.True(removed.Accepted);
        await register.DerivedTablesAreTrueAsync();
    }

    private static RegisterFile Mixed() => new RegisterFile()
        .Add(Organisations,
            "SH|Đảng bộ huyện|Đảng bộ huyện|Khác||01/01/2000|",
            "SH.B1|Chi bộ bản 1|Chi bộ trực thuộc|Bản|SH.X|01/01/2000|",
            "SH.B2|Chi bộ bản Hai|Chi bộ trực thuộc|Bản|SH.X|01/01/2000|")
        .Add(Members,
            "3||Sùng C|Nam|1974|Mông|||01/01/2005|01/01/2006|||Tiểu học||||Khác|Có|||",
            "4||Giàng D|Nam|1980|Mông|||01/01/2010|01/01/2011|||Tiểu học||||Khác||||")
        .Add(Memberships, "4|SH.B1|01/01/2016||Đầu kỳ||")
        .Remove(Posts, "1|Trưởng bản|V1|01/01/2015|")
        .Remove(Meetings, "SH.B1|05/03/2017|Thường kỳ|3|3");

    private static string Text(ImportChange change) =>
        $"{change.Kind}|{change.Sheet}|{change.Row}|{string.Join(" · ", change.Key)}|{change.Name}|{change.Column}|{change.Old}|{change.New}";

    private static async Task<ImportOutcome> UndoAsync(TestRegister register, long import, bool dryRun = false) =>
        await RunAsync(register, await GivenBack.FindAsync(register.Database, import, Cancel), dryRun);

    private static Task<ImportOutcome> RunAsync(TestRegister register, IRegisterSource source, bool dryRun = false) =>
        new RegisterImport(register.Database, Path.Combine(AppContext.BaseDirectory, "sql", "import"))
            .RunAsync(source, new("sổ.xlsx", "ab12", "người nhập", dryRun) { WithChanges = true }, progress: null, Cancel);

    /// <summary>The register as it would be exported.</summary>
    private static Task<string> RowsAsync(TestRegister register)
    {
        using var export = new RegisterExport(register.Database);
        return Task.FromResult(string.Join('\n', export.Sheets().SelectMany(sheet => sheet.Rows.Select(row => $"{sheet.Sheet.Name}: {string.Join('|', row)}"))));
    }
}
