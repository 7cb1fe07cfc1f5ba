using ClosedXML.Excel;
using SinHo.Reporting.Faces;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Tests.Support;
using Xunit;

namespace SinHo.Reporting.Tests.Faces;

public sealed class FormWorkbookTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Every_counted_cell_is_a_named_number_that_opens_as_many_rows_as_it_says()
    {
        using var report = SampleForm.Compared();
        using var book = Written(report);

        foreach (var figure in report.Figures)
        {
            var cell = book.NamedRange($"fig_{figure.Code.Replace('.', '_')}").Ranges.Single().Cells().Single();
            Assert.Equal((XLDataType.Number, (double)figure.Value), (cell.DataType, (double)cell.Value));
            Assert.Equal(figure.Value != 0, cell.HasHyperlink);
            if (figure.Value == 0)
                continue;
            var list = book.Range(cell.Hyperlink.InternalAddress).Worksheet;
            Assert.Equal(figure.Value, list.Tables.Single().DataRange.RowCount());
            Assert.Contains(list.CellsUsed(c => c.HasHyperlink), back => cell.Equals(book.Range(back.Hyperlink.InternalAddress).FirstCell()));
        }

        Assert.Equal(("Biểu 1", "Kiểm tra"), (book.Worksheets.First().Name, book.Worksheets.Last().Name));
    }

    [Fact]
    public void Blank_nought_and_no_basis_are_three_things()
    {
        using var report = SampleForm.Compared();
        using var book = Written(report);
        IXLCell[] Line(string caption)
        {
            var row = book.Worksheet(1).CellsUsed(cell => cell.GetString() == caption).Single().WorksheetRow();
            return [row.Cell(3), row.Cell(4), row.Cell(5)];
        }

        Assert.Equal(["120", "-", ""], Line("A - Tổng số đảng viên cuối kỳ trước chuyển sang").Select(cell => cell.GetString()));
        Assert.Equal(["4", "0", ""], Line("1. Kết nạp").Select(cell => cell.GetString()));
        Assert.Equal(["#,##0", "#,##0", "#,##0.0"], Line("- Đảng viên dự bị").Select(cell => cell.Style.NumberFormat.Format));
        Assert.Equal(["41.5", "", ""], Line("Tuổi bình quân").Select(cell => cell.GetString()));
        Assert.All(Line("Trong đó:"), cell => Assert.True(cell.IsEmpty()));
        Assert.True(Line("Nội bộ huyện")[0].WorksheetRow().IsHidden);
    }

    [Fact]
    public void Tables_stand_side_by_side_and_the_shorter_one_ends_in_empty_boxes()
    {
        using var report = SampleForm.Halves();
        using var book = Written(report);
        var first = book.Worksheet(1).CellsUsed(cell => cell.GetString() == "Dân tộc 1").Single();

        Assert.Equal(["1", "Dân tộc 1", "1", "0", "95.78", "4", "Dân tộc 4", "4", "0", "95.78"], first.WorksheetRow().Cells(1, 10).Select(cell => cell.GetString()));
        var third = first.CellBelow(2).WorksheetRow();
        Assert.Equal("Dân tộc 3", third.Cell(2).GetString());
        Assert.All(third.Cells(6, 10), cell => Assert.Equal((true, XLBorderStyleValues.Thin), (cell.IsEmpty(), cell.Style.Border.TopBorder)));
    }

    [Fact]
    public void Notices_and_failed_checks_stand_on_the_first_page()
    {
        using var report = SampleForm.Compared();
        using var book = Written(report with { Notices = ["Dữ liệu bắt đầu từ 01/07/2014."], Checks = [new("D", "D = A + B − C", Ok: false, "1 ≠ 2")] });

        var notices = book.Worksheet(1).Cell("A5");
        Assert.Equal("Dữ liệu bắt đầu từ 01/07/2014.\nCHÚ Ý: 1 phép kiểm tra không đạt: D = A + B − C. Xem tờ Kiểm tra.", notices.GetString());
        Assert.Equal(0xC00000, notices.RichText.Last().FontColor.Color.ToArgb() & 0xFFFFFF);
        Assert.False(notices.WorksheetRow().IsHidden);
        Assert.True(Written(report with { Checks = [] }).Worksheet(1).Row(5).IsHidden);
    }

    /// <summary>A unit of more than 5,000 members gets its forms without lists, unless they are asked for.</summary>
    [Fact]
    public void A_form_without_lists_has_numbers_without_links()
    {
        using var report = SampleForm.Compared();
        var form = report.Form!;
        FormCell Bare(FormCell cell) => cell with { Figure = cell.Figure is { } figure ? figure with { Evidence = new([], new EvidenceRows()) } : null };
        using var book = Written(report with { HasEvidence = false, Form = form with { Rows = [.. form.Rows.Select(row => row with { Cells = [.. row.Cells.Select(Bare)] })] } });

        Assert.Equal(120d, book.NamedRange("fig_A_now").Ranges.Single().FirstCell().Value);
        Assert.Equal(["Biểu 1", "Thuyết minh", "Kiểm tra"], book.Worksheets.Select(sheet => sheet.Name));
        Assert.DoesNotContain(book.Worksheet(1).CellsUsed(), cell => cell.HasHyperlink);
    }

    private XLWorkbook Written(Report report)
    {
        var path = folder.File($"{Guid.NewGuid():N}.xlsx");
        WorkbookFace.Write(report, path, progress: null, CancellationToken.None);
        return new XLWorkbook(path);
    }
}
