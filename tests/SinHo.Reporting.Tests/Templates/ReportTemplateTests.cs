using System.IO.Compression;
using ClosedXML.Excel;
using SinHo.Reporting.Faces;
using SinHo.Reporting.Faces.Templates;
using SinHo.Reporting.Tests.Support;
using Xunit;

namespace SinHo.Reporting.Tests.Templates;

public sealed class ReportTemplateTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_copy_with_another_look_prints_the_same_numbers_in_that_look()
    {
        var copy = Changed(book =>
        {
            var sheet = book.Worksheet(1);
            sheet.Row(1).InsertRowsAbove(2);
            sheet.Cell(1, 1).SetValue("MẬT");
            sheet.Column(2).Width = 30;
            var main = sheet.Range("A15:F15");
            main.Cell(1, 2).SetValue("Chỉ tiêu {{mark}}: {{caption}}").Style.Font.SetFontColor(XLColor.Green);
            main.Cell(1, 4).Style.NumberFormat.SetFormat("0");
            var signer = sheet.CellsUsed(cell => cell.GetString() == "{{signer}}").Single();
            signer.SetValue("K/T {{Signer}}\nPHÓ TRƯỞNG BAN");
            // Excel keeps names when a sheet is renamed; ClosedXML does not.
            sheet.Name = "Trang ký";
            foreach (var (name, range) in new[] { ("rows", "A14:F17"), ("foot", $"A{signer.Address.RowNumber}:F{signer.Address.RowNumber + 5}") })
            {
                book.NamedRanges.Delete(name);
                book.NamedRanges.Add(name, sheet.Range(range));
            }
        });

        using var report = SampleReport.Create(failing: true);
        WorkbookFace.Write(report with { Template = copy }, folder.File("out.xlsx"), progress: null, CancellationToken.None);

        using var written = new XLWorkbook(folder.File("out.xlsx"));
        var page = written.Worksheet("Trang ký");
        Assert.Equal("MẬT", page.Cell(1, 1).GetString());
        Assert.Equal(30, page.Column(2).Width, 1);
        var members = written.NamedRange("fig_members").Ranges.Single().FirstCell();
        Assert.Equal((3882d, "0"), ((double)members.Value, members.Style.NumberFormat.Format));
        Assert.Equal("Chỉ tiêu 1: Đảng viên", members.CellLeft(2).GetString());
        Assert.Equal(XLColor.Green, members.CellLeft(2).Style.Font.FontColor);
        Assert.Equal("K/T TRƯỞNG BAN\nPHÓ TRƯỞNG BAN", page.CellsUsed(cell => cell.GetString().StartsWith("K/T", StringComparison.Ordinal)).Single().GetString());
        Assert.DoesNotContain(page.CellsUsed(), cell => cell.GetString().Contains("{{", StringComparison.Ordinal));
        Assert.DoesNotContain(written.NamedRanges, name => name.Name is ReportTemplate.RowsName or ReportTemplate.FootName);
    }

    [Fact]
    public void All_reasons_are_named_at_once_with_sheet_and_cell()
    {
        var refused = Refused(Changed(book =>
        {
            var sheet = book.Worksheet(1);
            sheet.Cell("A1").SetValue("{{superieur}}");
            sheet.Cell("A2").FormulaA1 = "1+1";
            sheet.Cell("A3").SetValue("{{unit");
            sheet.Cell("A7").SetValue("không còn đơn vị");
            sheet.Cell("A8").SetValue("Chú ý: {{notices}}");
            sheet.Cell("D13").SetValue("khoảng {{value}}");
            sheet.Cell("D14").SetValue("{{2.value}}");
            sheet.Cell("B15").SetValue("{{now}}");
        }));

        Assert.Collection(
            refused.Faults.Order(StringComparer.Ordinal),
            fault => Assert.Equal("Trang “Tổng hợp”, ô A14: dòng chi tiết thiếu thẻ {{value}}.", fault),
            fault => Assert.Equal("Trang “Tổng hợp”, ô A15: dòng chỉ có chữ thiếu thẻ {{caption}}.", fault),
            fault => Assert.StartsWith("Trang “Tổng hợp”, ô A1: thẻ {{superieur}} không có; các thẻ của trang: superior,", fault, StringComparison.Ordinal),
            fault => Assert.Equal("Trang “Tổng hợp”, ô A2: có công thức; mẫu chỉ chứa chữ và thẻ, số liệu do báo cáo điền.", fault),
            fault => Assert.StartsWith("Trang “Tổng hợp”, ô A3: thẻ viết sai trong “{{unit”", fault, StringComparison.Ordinal),
            fault => Assert.Equal("Trang “Tổng hợp”, ô A8: thẻ {{notices}} phải đứng một mình trong ô.", fault),
            fault => Assert.StartsWith("Trang “Tổng hợp”, ô B15: thẻ {{now}} không có trong báo cáo này; các thẻ của dòng: mark, caption,", fault, StringComparison.Ordinal),
            fault => Assert.Equal("Trang “Tổng hợp”, ô D13: thẻ số liệu {{value}} phải đứng một mình trong ô.", fault),
            fault => Assert.Equal("Trang “Tổng hợp”, ô D14: thẻ {{2.value}} thuộc nửa thứ 2 nhưng bảng chỉ có 1.", fault),
            fault => Assert.Equal("Trang “Tổng hợp”: thiếu thẻ {{unit}} (đơn vị báo cáo).", fault));
    }

    [Fact]
    public void A_lost_or_misplaced_name_is_a_reason()
    {
        Assert.Contains(Refused(Changed(book => book.NamedRanges.Delete("rows"))).Faults, fault => fault.StartsWith("Không còn vùng tên “rows”", StringComparison.Ordinal));
        Assert.Contains(
            Refused(Changed(book =>
            {
                book.NamedRanges.Delete("rows");
                book.NamedRanges.Add("rows", "'Tổng hợp'!#REF!");
            })).Faults,
            fault => fault.StartsWith("Vùng tên “rows” không còn chỉ vào trang “Tổng hợp”", StringComparison.Ordinal));
        Assert.Contains(
            Refused(Changed(book =>
            {
                book.NamedRanges.Delete("foot");
                book.NamedRanges.Add("foot", book.Worksheet(1).Range("A1:F3"));
            })).Faults,
            fault => fault.StartsWith("Vùng tên “foot” (A1:F3) phải nằm dưới vùng “rows”", StringComparison.Ordinal));
        Assert.Contains(
            Refused(Changed(book =>
            {
                book.NamedRanges.Delete("rows");
                book.NamedRanges.Add("rows", book.Worksheet(1).Range("A12:F13"));
            })).Faults,
            fault => fault.StartsWith("Vùng tên “rows” (A12:F13) phải có đúng 4 hàng", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("xl/vbaProject.bin", "Sổ có macro (VBA)")]
    [InlineData("xl/externalLinks/externalLink1.xml", "Sổ có liên kết tới tệp khác")]
    [InlineData("xl/media/image1.png", "Mẫu có hình ảnh, hình vẽ hoặc biểu đồ")]
    public void What_is_more_than_a_plain_page_is_refused(string part, string reason)
    {
        var copy = Changed(_ => { });
        using (var package = ZipFile.Open(copy, ZipArchiveMode.Update))
        using (var content = package.CreateEntry(part).Open())
            content.Write("<x/>"u8);

        Assert.StartsWith(reason, Refused(copy).Faults.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_workbook_is_refused()
    {
        File.WriteAllText(folder.File("mau.xlsx"), "TT;Chỉ tiêu;Số lượng");

        Assert.StartsWith("Tệp là văn bản", Refused(folder.File("mau.xlsx")).Faults.Single(), StringComparison.Ordinal);
    }

    /// <summary>However many lines there are, the signatures are whole and have lines of the table above them on their page.</summary>
    [Fact]
    public void Signatures_are_never_alone_on_a_page_and_never_split()
    {
        using var report = SampleReport.Create(parts: 0, longest: 200);
        var figure = report.Groups[0].Figures[1] with { Value = 0, Evidence = new([], new SinHo.Reporting.Figures.EvidenceRows()) };
        for (var lines = 20; lines < 60; lines += 3)
        {
            var many = report with
            {
                Groups = [new("Nhóm", [.. Enumerable.Range(0, lines).Select(line => figure with { Code = $"line_{line}" })])],
                Narrative = [],
            };
            WorkbookFace.Write(many, folder.File("out.xlsx"), progress: null, CancellationToken.None);

            using var book = new XLWorkbook(folder.File("out.xlsx"));
            var page = book.Worksheet(1);
            var lastLine = page.CellsUsed(cell => cell.GetString() == figure.Caption).Max(cell => cell.Address.RowNumber);
            var bottom = page.PageSetup.PrintAreas.Single().LastRow().RowNumber();
            var ends = page.PageSetup.RowBreaks;
            Assert.All(ends, end => Assert.InRange(end, 12, lastLine - 3));
            Assert.All(ends.Prepend(0).Zip(ends.Append(bottom)), rows => Assert.InRange(Height(page, rows.First + 1, rows.Second), 1, 735));
        }
    }

    private static double Height(IXLWorksheet page, int first, int last) =>
        (first == 1 ? 0 : page.Rows(page.PageSetup.FirstRowToRepeatAtTop, page.PageSetup.LastRowToRepeatAtTop).Sum(row => row.Height) * page.PageSetup.Scale / 100d)
        + page.Rows(first, last).Where(row => !row.IsHidden).Sum(row => row.Height) * page.PageSetup.Scale / 100d;

    private static TemplateRefusedException Refused(string path) => Assert.Throws<TemplateRefusedException>(() => ReportTemplate.Read(path, TemplateTable.OfGroups));

    private string Changed(Action<XLWorkbook> change)
    {
        var path = folder.File($"{Guid.NewGuid():N}.xlsx");
        using var book = new XLWorkbook(SampleReport.Template);
        change(book);
        book.SaveAs(path, new SaveOptions { ValidatePackage = false, EvaluateFormulasBeforeSaving = false });
        return path;
    }
}
