using System.IO.Compression;
using ClosedXML.Excel;
using SinHo.Reporting.Exchange;

namespace SinHo.Reporting.Faces.Templates;

/// <summary>
/// The look of a report's front page, owned by the board: letterhead, fonts, widths, wording, head of the table, signatures. The first sheet is the page;
/// other sheets are the board's own notes. The name `rows` marks four model rows (head, main, detail, note), the name `foot` the block of signatures.
/// </summary>
public sealed class ReportTemplate : IDisposable
{
    public const string RowsName = "rows";
    public const string FootName = "foot";

    private readonly XLWorkbook book;

    private ReportTemplate(XLWorkbook book, TemplateFrame frame)
    {
        this.book = book;
        Frame = frame;
    }

    internal TemplateFrame Frame { get; }

    /// <param name="path">An .xlsx file; it is not kept open.</param>
    /// <param name="table">What the report prints.</param>
    /// <exception cref="TemplateRefusedException">Not a plain workbook, a name or a tag is missing, a tag is unknown; all reasons at once.</exception>
    public static ReportTemplate Read(string path, TemplateTable table)
    {
        var opened = Open(path);
        try
        {
            var judge = new TemplateJudge(opened, table);
            var frame = judge.Judge();
            return judge.Faults.Count == 0 && frame is not null ? new(opened, frame) : throw new TemplateRefusedException(path, judge.Faults);
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    public void Dispose() => book.Dispose();

    private static XLWorkbook Open(string path)
    {
        try
        {
            using var file = WorkbookGuard.Open(path);
            RefusePictures(file, path);
            file.Position = 0;
            return new XLWorkbook(file);
        }
        catch (WorkbookRefusedException refused)
        {
            throw new TemplateRefusedException(path, [refused.Message]);
        }
        catch (Exception unreadable) when (unreadable is not (TemplateRefusedException or IOException or OutOfMemoryException))
        {
            // What ClosedXML cannot read ends in whatever exception lies nearest.
            throw new TemplateRefusedException(path, ["Sổ có nội dung không đọc được; hãy mở bằng Excel, lưu lại rồi thực hiện lại, hoặc bắt đầu lại từ mẫu gốc (sinho report-template)."]);
        }
    }

    /// <summary>A picture or chart would be lost in the report without a word.</summary>
    private static void RefusePictures(Stream file, string path)
    {
        using var package = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
        if (package.Entries.Any(entry => entry.FullName.StartsWith("xl/media/", StringComparison.OrdinalIgnoreCase)
            || entry.FullName.StartsWith("xl/drawings/drawing", StringComparison.OrdinalIgnoreCase)))
        {
            throw new TemplateRefusedException(path, ["Mẫu có hình ảnh, hình vẽ hoặc biểu đồ; báo cáo không giữ được chúng, hãy xóa khỏi mẫu rồi thực hiện lại."]);
        }
    }
}
