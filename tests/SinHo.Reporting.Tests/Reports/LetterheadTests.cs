using System.Text;
using ClosedXML.Excel;
using SinHo.Reporting.Catalog;
using SinHo.Reporting.Faces;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Register;
using SinHo.Reporting.Reports;
using SinHo.Reporting.Tests.Facts;
using SinHo.Reporting.Tests.Support;
using Xunit;

namespace SinHo.Reporting.Tests.Reports;

/// <summary>
/// Who writes, who stands above, who signs, for units of every kind: a province with a district and, since July 2025, a commune right below it, and roots of their own.
/// Source: spec/exchange-workbook.md, Nơi nhận báo cáo and Levels are data; spec/statistics.md 1.3, 4.1 and 4.2.
/// </summary>
public sealed class LetterheadTests(CaseRegister register) : IClassFixture<CaseRegister>
{
    private static readonly Definitions Definitions = CatalogReader.Read(AppContext.BaseDirectory);

    private static readonly Period Before = Period.Year(2024);
    private static readonly Period After = new(new(2025, 7, 1), new(2025, 12, 31), "từ 01/07/2025 đến 31/12/2025");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Đảng bộ tỉnh", "Khác", "Đảng bộ tỉnh Lai Châu", "TỈNH ỦY LAI CHÂU", "ĐẢNG BỘ TỈNH LAI CHÂU", "Lai Châu")]
    [InlineData("Đảng bộ tỉnh", "Khác", "Tỉnh uỷ Lai Châu", "TỈNH ỦY LAI CHÂU", "ĐẢNG BỘ TỈNH LAI CHÂU", "Lai Châu")]
    [InlineData("Đảng bộ tỉnh", "Khác", "Lai Châu", "TỈNH ỦY LAI CHÂU", "ĐẢNG BỘ TỈNH LAI CHÂU", "Lai Châu")]
    [InlineData("Đảng bộ tỉnh", "Khác", "Đảng bộ thành phố Huế", "THÀNH ỦY HUẾ", "ĐẢNG BỘ THÀNH PHỐ HUẾ", "Huế")]
    [InlineData("Đảng bộ huyện", "Khác", "Đảng bộ huyện Sìn Hồ", "HUYỆN ỦY SÌN HỒ", "HUYỆN ỦY SÌN HỒ", "Sìn Hồ")]
    [InlineData("Đảng bộ huyện", "Khác", "Huyện ủy Sìn Hồ", "HUYỆN ỦY SÌN HỒ", "HUYỆN ỦY SÌN HỒ", "Sìn Hồ")]
    [InlineData("Đảng bộ huyện", "Khác", "HUYỆN UỶ  Sìn Hồ", "HUYỆN ỦY SÌN HỒ", "HUYỆN ỦY SÌN HỒ", "Sìn Hồ")]
    [InlineData("Đảng bộ huyện", "Khác", "huyện Sìn Hồ", "HUYỆN ỦY SÌN HỒ", "HUYỆN ỦY SÌN HỒ", "Sìn Hồ")]
    [InlineData("Đảng bộ huyện", "Khác", "Đảng bộ huyện", "HUYỆN ỦY", "HUYỆN ỦY", "")]
    [InlineData("Đảng bộ huyện", "Khác", "Đảng bộ thành phố Lai Châu", "THÀNH ỦY LAI CHÂU", "THÀNH ỦY LAI CHÂU", "Lai Châu")]
    [InlineData("Đảng bộ huyện", "Khác", "Thị uỷ Mường Lay", "THỊ ỦY MƯỜNG LAY", "THỊ ỦY MƯỜNG LAY", "Mường Lay")]
    [InlineData("Đảng bộ cấp xã", "Xã", "Đảng bộ xã Tủa Sín Chải", "ĐẢNG ỦY XÃ TỦA SÍN CHẢI", "ĐẢNG ỦY XÃ TỦA SÍN CHẢI", "Tủa Sín Chải")]
    [InlineData("Đảng bộ cấp xã", "Phường", "Đảng ủy phường Tân Phong", "ĐẢNG ỦY PHƯỜNG TÂN PHONG", "ĐẢNG ỦY PHƯỜNG TÂN PHONG", "Tân Phong")]
    [InlineData("Đảng bộ cơ sở", "Xã", "Đảng bộ xã Pa Tần", "ĐẢNG ỦY XÃ PA TẦN", "ĐẢNG ỦY XÃ PA TẦN", "Pa Tần")]
    [InlineData("Đảng bộ cơ sở", "Thị trấn", "Sìn Hồ", "ĐẢNG ỦY THỊ TRẤN SÌN HỒ", "ĐẢNG ỦY THỊ TRẤN SÌN HỒ", "Sìn Hồ")]
    [InlineData("Đảng bộ cơ sở", "Xã", "Đảng bộ thị trấn Sìn Hồ", "ĐẢNG ỦY THỊ TRẤN SÌN HỒ", "ĐẢNG ỦY THỊ TRẤN SÌN HỒ", "Sìn Hồ")]
    [InlineData("Đảng bộ cơ sở", "Cơ quan Đảng, đoàn thể", "Đảng bộ cơ quan Huyện ủy", "ĐẢNG ỦY CƠ QUAN HUYỆN ỦY", "ĐẢNG ỦY CƠ QUAN HUYỆN ỦY", "")]
    [InlineData("Đảng bộ bộ phận", "Khác", "Đảng bộ bộ phận Khối dân", "ĐẢNG ỦY BỘ PHẬN KHỐI DÂN", "ĐẢNG ỦY BỘ PHẬN KHỐI DÂN", "")]
    [InlineData("Đảng bộ trực thuộc", "Khác", "Đảng bộ cơ quan UBND xã", "ĐẢNG ỦY CƠ QUAN UBND XÃ", "ĐẢNG ỦY CƠ QUAN UBND XÃ", "")]
    [InlineData("Chi bộ cơ sở", "Công an", "Chi bộ Công an huyện", "CHI BỘ CÔNG AN HUYỆN", "CHI BỘ CÔNG AN HUYỆN", "")]
    [InlineData("Chi bộ trực thuộc", "Bản", "bản Nậm Sảo", "CHI BỘ BẢN NẬM SẢO", "CHI BỘ BẢN NẬM SẢO", "")]
    [InlineData("Chi bộ", "Bản", "Chi bộ bản Nậm Sảo", "CHI BỘ BẢN NẬM SẢO", "CHI BỘ BẢN NẬM SẢO", "")]
    public void A_committee_is_called_after_its_level_however_its_name_begins(string level, string type, string name, string body, string above, string place) =>
        Assert.Equal((body, above, place), Levels.Of(level)!.Paper.Called(name, type));

    [Fact]
    public void Every_level_says_how_each_of_its_types_is_called_and_who_signs() => Assert.All(Levels.All, level =>
    {
        Assert.All(Levels.TypesOf(level), type => Assert.Matches("(ỦY|CHI BỘ).* TÊN LẠ$", level.Paper.Called("Tên lạ", type).Body));
        Assert.NotEmpty(level.Paper.Compiler);
        Assert.NotEmpty(level.Paper.Signer);
    });

    [Fact]
    public async Task Reports_of_every_kind_of_unit_bear_the_names_of_their_committee_and_of_who_stands_above_on_the_day()
    {
        await HoldAsync();
        var text = new StringBuilder();
        foreach (var (unit, period) in ((string, Period)[])[
            ("T", Before), ("HS", Before), ("H.X", Before), ("H.CQ", Before), ("H.CQ.B", Before), ("H.CA", Before), ("H.X.BP", Before), ("H.X.B1", Before),
            ("M", After), ("M.B1", After), ("R1", Before), ("R2", Before), ("R3", Before), ("R3.B", Before)])
        {
            foreach (var report in (string[])["form-1", "term"])
                await WriteAsync(text, report, unit, period);
        }
        await Golden.AgreesAsync("letterheads", text.ToString(), Cancel);
    }

    [Fact]
    public async Task A_unit_that_ended_writes_under_who_stood_above_it_on_its_last_day_and_one_that_moved_under_who_stands_there_now()
    {
        await HoldAsync();

        Assert.Equal("HUYỆN ỦY SÌN HỒ", (await LetterheadAsync("H.X", Period.Year(2025))).Superior);
        Assert.Equal("HUYỆN ỦY SÌN HỒ", (await LetterheadAsync("H.CA", Before)).Superior);
        Assert.Equal("ĐẢNG BỘ TỈNH LAI CHÂU", (await LetterheadAsync("H.CA", After)).Superior);
        Assert.Equal("ĐẢNG ỦY XÃ TỦA SÍN CHẢI", (await LetterheadAsync("M", Before, onMap: true)).Issuer);
    }

    private async Task<Letterhead> LetterheadAsync(string unit, Period period, bool onMap = false)
    {
        using var report = await AskAsync("form-1", unit, period, onMap);
        return report.Letterhead;
    }

    /// <summary>What the printed page says at its head and beneath its table.</summary>
    private async Task WriteAsync(StringBuilder text, string name, string unit, Period period)
    {
        using var report = await AskAsync(name, unit, period);
        using var folder = new TemporaryFolder();
        WorkbookFace.Write(report, folder.File("report.xlsx"), progress: null, Cancel);
        using var book = new XLWorkbook(folder.File("report.xlsx"));
        var sheet = book.Worksheet(1);
        var cells = sheet.CellsUsed(XLCellsUsedOptions.Contents).Select(cell => cell.GetString()).ToList();
        var signed = cells.FindLastIndex(cell => cell == report.Letterhead.Compiler);
        text.Append(System.Globalization.CultureInfo.InvariantCulture, $"== {unit} {report.Unit.Name}, {period.Name}: {name}\n");
        foreach (var line in (string[])[sheet.Cell(1, 1).GetString(), sheet.Cell(2, 1).GetString(), cells.Single(cell => cell.Contains("ngày …… tháng", StringComparison.Ordinal)), cells[signed], cells[signed + 1]])
            text.Append(line.Replace("\n", " ⏎ ", StringComparison.Ordinal)).Append('\n');
    }

    private Task<Report> AskAsync(string report, string unit, Period period, bool onMap = false) => new ReportBuilder(register.Database, Definitions)
        .BuildAsync(new(report, unit, period, new Dictionary<string, int>(StringComparer.Ordinal), WithEvidence: true) { OnMap = onMap }, progress: null, Cancel);

    private Task HoldAsync() => register.HoldAsync(new Dictionary<string, IList<IDictionary<string, string?>>>(StringComparer.Ordinal)
    {
        ["org_version"] =
        [
            Row("code T", "name Đảng bộ tỉnh Lai Châu", "level Đảng bộ tỉnh", "type Khác"),
            Row("code HS", "name Đảng bộ huyện Sìn Hồ", "level Đảng bộ huyện", "type Khác", "parent T", "valid_to 2025-07-01"),
            Row("code H.X", "name Đảng bộ xã Tủa Sín Chải", "level Đảng bộ cơ sở", "type Xã", "parent HS", "valid_to 2025-07-01"),
            Row("code H.X.BP", "name Đảng bộ bộ phận Khối dân", "level Đảng bộ bộ phận", "type Khác", "parent H.X", "valid_to 2025-07-01"),
            Row("code H.X.B1", "name Chi bộ bản Nậm Sảo", "level Chi bộ trực thuộc", "type Bản", "parent H.X", "valid_to 2025-07-01"),
            Row("code H.CQ", "name Đảng bộ cơ quan Huyện ủy", "level Đảng bộ cơ sở", "type Cơ quan Đảng, đoàn thể", "parent HS", "valid_to 2025-07-01"),
            Row("code H.CQ.B", "name Chi bộ Văn phòng", "level Chi bộ trực thuộc", "type Khác", "parent H.CQ", "valid_to 2025-07-01"),
            Row("code H.CA", "name Chi bộ Công an huyện", "level Chi bộ cơ sở", "type Công an", "parent HS", "valid_to 2025-07-01"),
            Row("code H.CA", "name Chi bộ Công an khu vực", "level Chi bộ cơ sở", "type Công an", "parent T", "valid_from 2025-07-01"),
            Row("code M", "name Đảng bộ xã Tủa Sín Chải", "level Đảng bộ cấp xã", "type Xã", "parent T", "valid_from 2025-07-01"),
            Row("code M.B1", "name Chi bộ bản Nậm Sảo", "level Chi bộ cơ sở", "type Bản", "parent M", "valid_from 2025-07-01"),
            Row("code R1", "name Huyện uỷ Mường Tè", "level Đảng bộ huyện", "type Khác", "reports_to Tỉnh ủy Lai Châu"),
            Row("code R2", "name Đảng bộ xã Pa Ủ", "level Đảng bộ cơ sở", "type Xã"),
            Row("code R3", "name Đảng bộ Khối các cơ quan", "level Đảng bộ cơ sở", "type Khác", "reports_to Tỉnh ủy Lai Châu"),
            Row("code R3.B", "name Chi bộ Văn phòng", "level Chi bộ trực thuộc", "type Khác", "parent R3"),
        ],
    }, Cancel);

    /// <summary>"column value" each.</summary>
    private static Dictionary<string, string?> Row(params string[] cells) =>
        cells.Select(cell => cell.Split(' ', 2)).ToDictionary(cell => cell[0], cell => (string?)cell[1], StringComparer.Ordinal);
}
