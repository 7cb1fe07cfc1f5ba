using ClosedXML.Excel;
using Dapper;
using SinHo.Reporting.Exchange;
using SinHo.Reporting.Faces;
using SinHo.Reporting.Register;
using SinHo.Reporting.Rolls;
using SinHo.Reporting.Tests.Exchange;
using SinHo.Reporting.Tests.Support;
using Xunit;
using static SinHo.Reporting.Register.ExchangeWorkbook;

namespace SinHo.Reporting.Tests.Rolls;

/// <summary>The list of a grassroots organisation that goes out, is corrected by hand and comes back. Source: docs/spec/command-line.md, roll.</summary>
public sealed class RollTests(TestCluster cluster)
{
    private static readonly DateOnly Day = new(2025, 6, 30);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Two communes: X with 1, 2 (two versions), 3; Y with 4.</summary>
    private static RegisterFile Before() => new RegisterFile()
        .Add(Organisations,
            "H|Đảng bộ huyện|Đảng bộ huyện|Khác||01/01/2010|",
            "X|Đảng bộ xã X|Đảng bộ cơ sở|Xã|H|01/01/2010|",
            "Y|Đảng bộ xã Y|Đảng bộ cơ sở|Xã|H|01/01/2010|",
            "A|Chi bộ A|Chi bộ trực thuộc|Bản|X|01/01/2010|",
            "B|Chi bộ B|Chi bộ trực thuộc|Bản|X|01/01/2010|",
            "C|Chi bộ C|Chi bộ trực thuộc|Bản|Y|01/01/2010|")
        .Add(Villages, "V1|Bản Một|Bản|X|01/01/2010|")
        .Add(Members,
            "0001||Lò Văn Một|Nam|1905|Thái||V1|01/01/1930|01/01/1931|||Tiểu học||||Khác||||",
            "2||Vàng Thị Hai|Nữ|03/1990|Mông||V1|01/01/2015|01/01/2016|||Tiểu học||||Khác||||",
            "2|01/01/2020|Vàng Thị Hai|Nữ|03/1990|Mông||V1|01/01/2015|01/01/2016|||Trung học cơ sở||||Khác|Có|||",
            "3||Sùng A Ba|Nam|15/04/1985|Mông||V1|01/01/2010|01/01/2011|||Tiểu học||||Khác||||",
            "4||Giàng A Bốn|Nam|15/04/1985|Mông|||01/01/2010|01/01/2011|||Tiểu học||||Khác||||")
        .Add(Memberships, "0001|A|01/01/2014||Đầu kỳ||", "2|A|01/01/2016||Đầu kỳ||", "3|B|01/01/2014||Đầu kỳ||", "4|C|01/01/2014||Đầu kỳ||");

    [Fact]
    public async Task A_list_that_comes_back_as_it_went_changes_nothing_and_says_so()
    {
        await using var register = await RegisterAsync();
        using var folder = new TemporaryFolder();
        var (path, _) = await WriteAsync(register, folder);
        var before = await RowsAsync(register);
        var outcome = await TakeAsync(register, path);
        Assert.Empty(outcome.Import.Errors);
        Assert.Empty(outcome.Import.Warnings);
        Assert.Equal(before, await RowsAsync(register));
        Assert.Equal(new RollReport("X", 1, Day, 6, 0, 0, 0, 0), outcome.Report);
        Assert.Equal([6], (await new RollHistory(register.Database).ListAsync(10, Cancel)).Select(roll => roll.Report!.Agreed));
    }

    [Fact]
    public async Task It_looks_like_an_office_wrote_it_and_leaves_no_key_to_chance()
    {
        await using var register = await RegisterAsync();
        using var folder = new TemporaryFolder();
        var (path, roll) = await WriteAsync(register, folder);
        using var book = new XLWorkbook(path);
        Assert.Equal(["Hướng dẫn", "Đảng viên", "Sinh hoạt", "Danh mục", "_sinho"], book.Worksheets.Select(sheet => sheet.Name));
        Assert.Equal(XLWorksheetVisibility.VeryHidden, book.Worksheet("_sinho").Visibility);
        var sheet = book.Worksheet("Đảng viên");
        Assert.True(sheet.Protection.IsProtected);
        Assert.Equal(XLPaperSize.A4Paper, sheet.PageSetup.PaperSize);
        Assert.Equal("Times New Roman", sheet.Cell("D5").Style.Font.FontName);
        Assert.Equal(XLBorderStyleValues.Thin, sheet.Cell("D5").Style.Border.BottomBorder);
        Assert.Equal((true, false), (sheet.Cell("B5").Style.Protection.Locked, sheet.Cell("D5").Style.Protection.Locked));
        Assert.False(sheet.Cell("B8").Style.Protection.Locked);
        var joined = sheet.Row(4).CellsUsed().Single(cell => cell.GetString() == "Ngày vào Đảng").Address.ColumnNumber;
        Assert.Equal(XLDataType.DateTime, sheet.Cell(5, joined).DataType);
        Assert.Equal("0001", sheet.Cell("B5").GetString());
        Assert.Contains(sheet.DataValidations, rule => rule.Value == "=dm_schooling" || rule.Value == "dm_schooling");
        Assert.Equal("doi-chieu-X-2025-06-30-so-1.xlsx", roll.FileName);
        Assert.DoesNotContain("Giàng A Bốn", sheet.CellsUsed().Select(cell => cell.GetString()));
        await Assert.ThrowsAsync<NoRollException>(() => Roll.MakeAsync(register.Database, "H", Day, Cancel));
        await Assert.ThrowsAsync<NoRollException>(() => Roll.MakeAsync(register.Database, "Q", Day, Cancel));
    }

    [Fact]
    public async Task Corrections_go_in_at_the_version_of_the_day_new_rows_are_added_and_the_import_can_be_given_back()
    {
        await using var register = await RegisterAsync();
        using var folder = new TemporaryFolder();
        var (path, _) = await WriteAsync(register, folder);
        Edit(path, book =>
        {
            Set(book, "Đảng viên", "2", "Giáo dục phổ thông", "Trung học phổ thông");
            Set(book, "Đảng viên", "2", "Ngày sinh", "15/03/1990");
            Set(book, "Sinh hoạt", "3", "Thôi từ ngày", new DateTime(2025, 5, 1));
            Set(book, "Sinh hoạt", "3", "Lý do thôi", "Chuyển đi tỉnh khác");
            Append(book, "Đảng viên", ("Mã đảng viên", "9"), ("Họ và tên", "Lò Thị Mới"), ("Giới tính", "Nữ"), ("Ngày sinh", "1995"), ("Dân tộc", "Thái"), ("Ngày vào Đảng", new DateTime(2016, 1, 1)),
                ("Ngày chính thức", new DateTime(2017, 1, 1)), ("Giáo dục phổ thông", "Tiểu học"), ("Nghề nghiệp", "Khác"));
            Append(book, "Sinh hoạt", ("Mã đảng viên", "9"), ("Mã chi bộ", "B"), ("Từ ngày", new DateTime(2025, 2, 1)), ("Lý do đến", "Chuyển đến từ tỉnh khác"));
        });
        var before = await RowsAsync(register);
        var outcome = await TakeAsync(register, path);
        Assert.Empty(outcome.Import.Errors);
        Assert.Equal(new RollReport("X", 1, Day, 4, 2, 2, 0, 0), outcome.Report);
        Assert.Equal(["Tiểu học 1990-03-15 day", "Trung học phổ thông 1990-03-15 day"], await register.ColumnAsync("select concat_ws(' ', schooling, born, born_precision) from member where code = '2' order by valid_from"));
        Assert.Equal(["3 B 2025-05-01", "9 B"], await register.ColumnAsync("select concat_ws(' ', member, branch, valid_to) from membership where branch = 'B' order by 1"));

        // The same list twice, and once more after it was given back.
        Assert.Equal(["same_roll|_sinho|||1"], (await TakeAsync(register, path)).Import.Errors.Select(TestRegister.Text));
        await UndoAsync(register, outcome.Import.Import!.Value);
        Assert.Equal(before, await RowsAsync(register));
        Assert.Null(Assert.Single(await new RollHistory(register.Database).ListAsync(10, Cancel)).Report);
        Assert.True((await TakeAsync(register, path)).Import.Accepted);
        Assert.Equal(2, Assert.Single(await new RollHistory(register.Database).ListAsync(10, Cancel)).Report!.Corrected);
    }

    [Fact]
    public async Task What_both_sides_changed_is_a_conflict_with_both_values_until_somebody_decides()
    {
        await using var register = await RegisterAsync();
        using var folder = new TemporaryFolder();
        var (path, _) = await WriteAsync(register, folder);
        await register.AcceptAsync(new RegisterFile()
            .Add(Members, "3||Sùng A Ba|Nam|15/04/1985|Mông||V1|01/01/2010|01/01/2011|||Trung học cơ sở|Sơ cấp|||Công nhân||||"));
        Edit(path, book =>
        {
            Set(book, "Đảng viên", "3", "Giáo dục phổ thông", "Trung học phổ thông");
            Set(book, "Đảng viên", "3", "Nghề nghiệp", "Công nhân");
        });
        var refused = await TakeAsync(register, path);
        Assert.Equal(["changed_since|Đảng viên|7|Giáo dục phổ thông|Trung học phổ thông"], refused.Import.Errors.Select(TestRegister.Text));
        Assert.Contains("từ “Tiểu học” thành “Trung học cơ sở”, danh sách ghi “Trung học phổ thông”", refused.Import.Errors[0].Message, StringComparison.Ordinal);
        var conflict = Assert.Single(refused.Differences);
        Assert.Equal((RollDifferenceKind.Conflict, "3", "Sùng A Ba", "Trung học cơ sở", "Trung học phổ thông"), (conflict.Kind, conflict.Person, conflict.Name, conflict.Register, conflict.List));

        var left = await TakeAsync(register, path, RollDecisions.None with { Left = [conflict.Id] }, isTrial: true);
        Assert.True(left.Import.Accepted);
        Assert.Equal(1, left.Report!.Left);
        var stale = await TakeAsync(register, path, RollDecisions.None with { Taken = [conflict.Id + "x"] }, isTrial: true);
        Assert.Equal(2, stale.Import.Errors.Count);
        Assert.True((await TakeAsync(register, path, RollDecisions.None with { Taken = [conflict.Id] })).Import.Accepted);
        // What the register changed alone stays: the list says nothing about it.
        Assert.Equal(["Trung học phổ thông Sơ cấp Công nhân"], await register.ColumnAsync("select concat_ws(' ', schooling, qualification, occupation) from member where code = '3'"));
    }

    [Fact]
    public async Task A_struck_row_removes_nothing_and_asks_for_a_leaving_or_a_move()
    {
        await using var register = await RegisterAsync();
        using var folder = new TemporaryFolder();
        var (path, _) = await WriteAsync(register, folder);
        Edit(path, book =>
        {
            Set(book, "Đảng viên", "2", "Xóa", "x");
            foreach (var sheet in (string[])["Đảng viên", "Sinh hoạt"])
                RowOf(book, sheet, "3").Delete();
        });
        var before = await RowsAsync(register);
        var trial = await TakeAsync(register, path, isTrial: true);
        Assert.Equal(["struck_row|Đảng viên|||3", "struck_row|Đảng viên|6|Xóa|2"], trial.Import.Warnings.Select(TestRegister.Text));
        Assert.True(trial.Import.Accepted);
        Assert.Equal(3, trial.Report!.Struck);
        var (two, three) = (trial.Differences.Single(one => one.Person == "2"), trial.Differences.Single(one => one.Person == "3"));

        var decided = new RollDecisions([], [], new Dictionary<string, RollDeparture>(StringComparer.Ordinal)
        {
            [two.Id] = new(new(2025, 6, 1), "Chuyển đi tỉnh khác", null),
            [three.Id] = new(new(2025, 6, 1), null, "A"),
        });
        var outcome = await TakeAsync(register, path, decided);
        Assert.Empty(outcome.Import.Errors);
        Assert.Equal(["2 A 2025-06-01 Chuyển đi tỉnh khác", "3 A", "3 B 2025-06-01 Chuyển nội bộ"],
            await register.ColumnAsync("select concat_ws(' ', member, branch, valid_to, reason_out) from membership where member in ('2', '3') order by 1"));
        Assert.Equal("5", await register.ScalarAsync<string>("select count(*)::text from member"));
        await UndoAsync(register, outcome.Import.Import!.Value);
        Assert.Equal(before, await RowsAsync(register));
    }

    [Fact]
    public async Task A_list_of_another_register_an_older_one_and_rows_of_another_unit_are_refused()
    {
        await using var register = await RegisterAsync();
        using var folder = new TemporaryFolder();
        var (older, _) = await WriteAsync(register, folder);
        var (newer, _) = await WriteAsync(register, folder);
        Edit(newer, book => Append(book, "Sinh hoạt", ("Mã đảng viên", "4"), ("Mã chi bộ", "C"), ("Từ ngày", new DateTime(2025, 2, 1)), ("Lý do đến", "Chuyển nội bộ")));
        Assert.Equal(["wrong_unit|Sinh hoạt|8|Mã chi bộ|C"], (await TakeAsync(register, newer)).Import.Errors.Select(TestRegister.Text));
        Edit(newer, book => RowOf(book, "Sinh hoạt", "4").Delete());
        Assert.True((await TakeAsync(register, newer)).Import.Accepted);
        Assert.Equal(["older_roll|_sinho|||1"], (await TakeAsync(register, older)).Import.Errors.Select(TestRegister.Text));

        await using var other = await RegisterAsync();
        Assert.Equal(["wrong_unit|_sinho|||2"], (await TakeAsync(other, newer)).Import.Errors.Select(TestRegister.Text));
        Edit(newer, book => book.Worksheet("_sinho").Cell("B3").SetValue("hôm qua"));
        Assert.Throws<WorkbookRefusedException>(() => RollState.Find(new WorkbookSource(newer)));
    }

    private Task<TestRegister> RegisterAsync() => TestRegister.WithAsync(cluster, "register_rolls", Before());

    private static async Task<(string Path, Roll Roll)> WriteAsync(TestRegister register, TemporaryFolder folder)
    {
        var roll = await Roll.MakeAsync(register.Database, "X", Day, Cancel);
        var path = folder.File(roll.FileName);
        RollFace.Write(roll, path, Cancel);
        await roll.KeepAsync(register.Database, "test", file: null, Cancel);
        return (path, roll);
    }

    private static RegisterImport Import(TestRegister register) => new(register.Database, Path.Combine(AppContext.BaseDirectory, "sql", "import"));

    private static Task<RollOutcome> TakeAsync(TestRegister register, string path, RollDecisions? decisions = null, bool isTrial = false)
    {
        var source = new WorkbookSource(path);
        return RollImport.RunAsync(register.Database, Import(register), source, RollState.Find(source)!, decisions ?? RollDecisions.None, new("danh sách.xlsx", "", "test", isTrial), progress: null, Cancel);
    }

    private static async Task UndoAsync(TestRegister register, long import) =>
        Assert.Empty((await Import(register).RunAsync(await GivenBack.FindAsync(register.Database, import, Cancel), new("", "", "test", DryRun: false), progress: null, Cancel)).Errors);

    private static void Edit(string path, Action<XLWorkbook> change)
    {
        using var book = new XLWorkbook(path);
        foreach (var sheet in book.Worksheets.Where(sheet => sheet.Protection.IsProtected))
            sheet.Unprotect();
        change(book);
        book.Save();
    }

    private static IXLRow RowOf(XLWorkbook book, string sheet, string code) => book.Worksheet(sheet).RowsUsed().First(row => row.RowNumber() > 4 && row.Cell(2).GetString() == code);

    private static IXLCell Cell(IXLRow row, string caption) => row.Cell(row.Worksheet.Row(4).CellsUsed().Single(cell => cell.GetString() == caption).Address.ColumnNumber);

    private static void Set(XLWorkbook book, string sheet, string code, string caption, object value) => Put(Cell(RowOf(book, sheet, code), caption), value);

    private static void Append(XLWorkbook book, string sheet, params (string Caption, object Value)[] cells)
    {
        var row = book.Worksheet(sheet).Row(book.Worksheet(sheet).Column(2).LastCellUsed()!.Address.RowNumber + 1);
        foreach (var (caption, value) in cells)
            Put(Cell(row, caption), value);
    }

    private static void Put(IXLCell cell, object value) => _ = value is DateTime day ? cell.SetValue(day) : cell.SetValue((string)value);

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
