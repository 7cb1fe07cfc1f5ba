using ClosedXML.Excel;
using SinHo.Reporting.Faces;
using SinHo.Reporting.Words;
using SinHo.Reporting.Workbooks;

namespace SinHo.Reporting.Sums;

/// <summary>A sum as a workbook: figures by registers with the sum last, and for each figure the signed numbers that it sums.</summary>
public static class SumBook
{
    private const string SumSheet = "Cộng các sổ";
    private const string ProofSheet = "Nguồn số liệu";
    private const int FirstHead = 3;

    private static readonly string[] ProofHeads = ["Số liệu", "Sổ", "Số lượng", "Số, ký hiệu", "Ngày ký", "Mã kiểm tra", "Khác định nghĩa"];

    /// <param name="kind">A workbook or a table.</param>
    /// <exception cref="IOException">The file cannot be written; a former one is left as it was.</exception>
    public static void Write(FileKind kind, RegisterSum sum, string path, CancellationToken cancel)
    {
        if (kind == FileKind.Csv)
            SumFace.WriteCsv(sum, path);
        else
            Write(sum, path, cancel);
    }

    /// <exception cref="IOException">The file cannot be written; a former one is left as it was.</exception>
    public static void Write(RegisterSum sum, string path, CancellationToken cancel)
    {
        using var book = Office.NewBook($"{sum.Title}, {sum.Period.Name}: cộng các sổ");
        var parts = sum.Parts;
        var sheet = book.AddSheet(SumSheet, [5, 52, .. parts.Select(_ => 14.0), 18]);
        var proof = book.AddSheet(ProofSheet, 46, 24, 10, 16, 12, 20, 40);
        var places = WriteProof(sum, proof, cancel);
        var last = parts.Count + FirstHead;
        Center(sheet.Line(1, 1, last, $"{sum.Title}: cộng số liệu đã ký của các sổ", 14, bold: true));
        Center(sheet.Line(2, 1, last, $"{Upper(sum.Period.Name)}", 12, italic: true));
        var row = 3;
        foreach (var notice in sum.Notices)
        {
            var line = sheet.Line(row++, 1, last, notice, italic: true);
            if (!sum.IsComplete && row == 4)
                line.Style.Font.SetFontColor(Office.Alarm).Font.SetBold(true);
        }
        foreach (var check in sum.Checks.Select(check => $"Không cân: {check}").Append(SumFace.Proof(sum)))
            sheet.Line(row++, 1, last, check, italic: true);
        var head = ++row;
        foreach (var (column, caption) in parts.Select(RegisterSum.CaptionOf).Prepend("Số liệu").Prepend("TT").Append(sum.SumCaption).Index())
            sheet.Cell(head, column + 1).SetValue(caption);
        sheet.Range(head, 1, head, last).Head();
        // What is missing, and the sum that misses it.
        foreach (var column in sum.IsComplete ? [] : parts.Index().Where(one => one.Item.Received is null).Select(one => one.Index).Append(parts.Count))
            sheet.Cell(head, column + FirstHead).Style.Font.SetFontColor(Office.Alarm);
        sheet.FitRow(head, 1, last);
        sheet.NumberColumns(head + 1, last);
        row = head + 2;
        foreach (var (index, line) in sum.Lines.Index())
        {
            cancel.ThrowIfCancellationRequested();
            sheet.Cell(row, 1).SetValue(index + 1);
            sheet.Cell(row, 2).SetValue(line.WhyNone is null ? line.Caption : $"{line.Caption} ({line.WhyNone})");
            foreach (var (column, part) in parts.Index())
                Number(sheet.Cell(row, column + FirstHead), line.Of(part)?.Value, line.Decimals);
            var cell = sheet.Cell(row, last);
            Number(cell, line.Sum, line.Decimals);
            cell.Style.Font.SetBold(true);
            if (line.Sum is not null)
                cell.LinkTo(ProofSheet, $"A{places[line.Code]}", "các số đã ký được cộng");
            sheet.Range(row, 1, row, last).Boxed();
            sheet.FitRow(row, 1, last);
            row++;
        }
        sheet.PrintOn(landscape: parts.Count > 3, head, head + 1);
        sheet.Paginate(row - 1, last);
        sheet.FreezeHead(head + 1);
        StreamedSheets.Save(book, path, [], cancel);
    }

    /// <returns>The first row of each figure.</returns>
    private static Dictionary<string, int> WriteProof(RegisterSum sum, IXLWorksheet proof, CancellationToken cancel)
    {
        Center(proof.Line(1, 1, ProofHeads.Length, "Số đã ký của từng sổ đứng sau mỗi số cộng", 14, bold: true));
        var head = 2;
        foreach (var part in sum.Parts)
        {
            var source = proof.Line(head++, 1, ProofHeads.Length, part.Received is { } received ? $"{SumFace.Source(received)}, dấu nội dung (SHA-256) {received.Figures.ContentSha256}" : $"Thiếu: {part.Sender.Name}, {RegisterSum.GapOf(part)}", bold: part.Received is null);
            if (part.Received is null)
                source.Style.Font.SetFontColor(Office.Alarm);
        }
        head++;
        foreach (var (column, caption) in ProofHeads.Index())
            proof.Cell(head, column + 1).SetValue(caption);
        proof.Range(head, 1, head, ProofHeads.Length).Head();
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        var row = head + 1;
        foreach (var line in sum.Lines)
        {
            cancel.ThrowIfCancellationRequested();
            places[line.Code] = row;
            foreach (var value in line.Values)
            {
                var signed = value.Part.Received!.Figures;
                proof.Cell(row, 1).SetValue(line.Caption);
                proof.Cell(row, 2).SetValue(value.Part.Sender.Name);
                Number(proof.Cell(row, 3), value.Value, line.Decimals);
                proof.Cell(row, 4).SetValue(signed.Number);
                proof.Cell(row, 5).SetValue(Vietnamese.Day(signed.Date));
                proof.Cell(row, 6).SetValue(signed.CheckCode);
                proof.Cell(row, 7).SetValue(string.Join(", ", value.Differences));
                proof.FitRow(row, 1, ProofHeads.Length);
                row++;
            }
        }
        if (row > head + 1)
            proof.Range(head + 1, 1, row - 1, ProofHeads.Length).Boxed();
        proof.PrintOn(landscape: true, head, head);
        proof.Paginate(row - 1, ProofHeads.Length);
        proof.FreezeHead(head);
        return places;
    }

    private static void Number(IXLCell cell, decimal? value, int decimals)
    {
        if (value is { } known)
            cell.SetValue(known).Style.NumberFormat.SetFormat(decimals == 0 ? Office.NumberFormat : $"{Office.NumberFormat}.{new string('0', decimals)}");
    }

    private static void Center(IXLRange range) => range.Style.Alignment.SetHorizontal(XLAlignmentHorizontalValues.Center);

    private static string Upper(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];
}
