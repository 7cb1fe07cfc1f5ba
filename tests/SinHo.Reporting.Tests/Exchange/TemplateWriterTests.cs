using ClosedXML.Excel;
using SinHo.Reporting.Exchange;
using SinHo.Reporting.Register;
using SinHo.Reporting.Tests.Support;
using Xunit;

namespace SinHo.Reporting.Tests.Exchange;

public sealed class TemplateWriterTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string Template
    {
        get
        {
            TemplateWriter.Write(folder.File("mẫu.xlsx"));
            return folder.File("mẫu.xlsx");
        }
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Read_again_it_has_every_sheet_no_row_and_no_warning()
    {
        var sheets = new List<SheetDefinition>();
        foreach (var sheet in SheetParser.Parse(new WorkbookSource(Template)))
        {
            sheets.Add(sheet.Definition!);
            Assert.Empty(sheet.Issues);
            Assert.Empty(sheet.Rows);
        }
        Assert.Equal(ExchangeWorkbook.Sheets, sheets);
    }

    [Fact]
    public void The_example_row_would_be_accepted_without_its_mark()
    {
        var path = Template;
        using (var book = new XLWorkbook(path))
        {
            foreach (var definition in ExchangeWorkbook.Sheets)
                book.Worksheet(definition.Name).Cell("A2").SetValue(definition.Columns[0].Example);
            book.Save();
        }
        foreach (var sheet in SheetParser.Parse(new WorkbookSource(path)))
            Assert.Empty(Assert.Single(sheet.Rows).Issues);
    }

    [Fact]
    public void Lists_notes_and_formats_are_there()
    {
        using var book = new XLWorkbook(Template);
        Assert.Equal(XLWorksheetVisibility.Hidden, book.Worksheet("Danh mục").Visibility);
        foreach (var definition in ExchangeWorkbook.Sheets)
        {
            var sheet = book.Worksheet(definition.Name);
            for (var i = 0; i < definition.Columns.Count; i++)
            {
                var column = definition.Columns[i];
                Assert.True(sheet.Cell(1, i + 1).HasComment);
                Assert.Equal(column.Required, sheet.Cell(1, i + 1).Style.Font.Bold);
                if (column.Vocabulary is { } vocabulary)
                {
                    Assert.Equal($"dm_{vocabulary.Name}", sheet.Cell(100_000, i + 1).DataValidation.MinValue.TrimStart('='));
                    Assert.Equal(vocabulary.Values, book.Range($"dm_{vocabulary.Name}").Cells().Select(cell => cell.GetString()));
                }
                if (column.Kind is ColumnKind.Code or ColumnKind.PartialDate)
                    Assert.Equal("@", sheet.Cell(500, i + 1).Style.NumberFormat.Format);
            }
        }
    }

    [Fact]
    public void A_faulty_filled_template_comes_back_with_its_notes_and_lists()
    {
        var path = Template;
        using (var book = new XLWorkbook(path))
        {
            book.Worksheet("Đảng viên").Cell("A3").SetValue("00123");
            book.Worksheet("Đảng viên").Cell("D3").SetValue("Nam giới");
            book.Save();
        }
        var issues = new List<ImportIssue>();
        foreach (var sheet in SheetParser.Parse(new WorkbookSource(path)))
            issues.AddRange([.. sheet.Issues, .. sheet.Rows.SelectMany(row => row.Issues)]);
        Assert.NotEmpty(issues);
        ErrorWorkbook.Write(path, issues, path, TestContext.Current.CancellationToken);
        using var marked = new XLWorkbook(path);
        Assert.StartsWith("Bắt buộc.", marked.Worksheet("Đảng viên").Cell("D1").Comment.Text, StringComparison.Ordinal);
        Assert.Contains("Nam giới", marked.Worksheet("Đảng viên").Cell("D3").Comment.Text, StringComparison.Ordinal);
        Assert.Equal("@", marked.Worksheet("Đảng viên").Cell("C3").Style.NumberFormat.Format);
        Assert.Contains("dm_sex", marked.Worksheet("Đảng viên").Cell("D3").DataValidation.MinValue, StringComparison.Ordinal);
    }
}
