using System.Globalization;
using SinHo.Reporting.Faces;
using SinHo.Reporting.Words;

namespace SinHo.Reporting.Sums;

/// <summary>Sums, the board and receptions as text, and as shapes for machines. Shapes: docs/spec/command-line.md, Several registers.</summary>
public static class SumFace
{
    public static object Of(RegisterSum sum) => new
    {
        sum.Report,
        From = Day(sum.Period.From),
        To = Day(sum.Period.To),
        Complete = sum.IsComplete,
        Missing = sum.Gaps.Select(part => new { part.Sender.Code, part.Sender.Name, Due = Day(part.Due), Overdue = part.IsOverdue }),
        Registers = sum.Present.Select(part => Signed(part.Received!)),
        Figures = sum.Lines.Select(line => new
        {
            line.Code,
            line.Caption,
            // What is not whole never stands where a whole sum is looked for.
            Sum = sum.IsComplete ? line.Sum : null,
            PartialSum = sum.IsComplete ? null : line.Sum,
            WhyNone = line.WhyNone,
            Values = line.Values.Select(value => new { Register = value.Part.Sender.Code, value.Value, value.Differences }),
        }),
        Notices = sum.Notices,
        Checks = new { sum.Proved, Broken = sum.Checks },
    };

    public static object Of(SenderBoard board) => new
    {
        board.Report,
        board.Year,
        Rows = board.Rows.Select(row => new
        {
            Register = row.Sender.Code,
            row.Sender.Name,
            Periods = row.Cells.Select(cell => new
            {
                From = Day(cell.Period.From),
                To = Day(cell.Period.To),
                State = Name(cell.State),
                Due = Day(cell.Due),
                Report = cell.Standing is { } standing ? Signed(standing) : null,
                Replaced = cell.Former.Select(Signed),
                cell.Differences,
            }),
        }),
    };

    public static object Of(ReceptionOutcome outcome) => new
    {
        Accepted = true,
        Index = outcome.IndexSha256,
        Taken = outcome.Taken.Select(Reported),
        Known = outcome.Known.Select(Reported),
        Signers = outcome.Signers.Select(one => new { CheckCode = one.Key, one.Value.Owner, CertificateSha256 = one.Value.Sha256 }),
        Errors = Array.Empty<object>(),
    };

    public static object Of(ReceptionRefusedException refused) => new { Accepted = false, Errors = refused.Faults.Select(fault => new { fault.Code, fault.File, fault.Message }) };

    public static object Of(Sender sender) => new { sender.Code, sender.Name, sender.Unit, Since = Day(sender.From), Until = Day(sender.To) };

    public static void Write(RegisterSum sum, TextWriter to)
    {
        to.WriteLine($"{sum.Title}, {sum.Period.Name}: cộng {Vietnamese.Number(sum.Present.Count())} sổ");
        foreach (var notice in sum.Notices)
            to.WriteLine(notice);
        var heads = sum.Parts.Select(part => part.Received is null ? $"{part.Sender.Code} (thiếu)" : part.Sender.Code).Append(sum.IsComplete ? "Cộng" : "Cộng chưa đủ").ToList();
        var rows = sum.Lines.Select(line => sum.Parts.Select(part => line.Of(part) is { } value ? Text(value.Value, line.Decimals) + (value.Differences.Count > 0 ? "*" : "") : "").Append(Text(line.Sum, line.Decimals)).ToList()).ToList();
        var widths = heads.Select((head, column) => rows.Select(row => row[column].Length).Append(head.Length).Max()).ToList();
        var widest = sum.Lines.Select(line => line.Caption.Length).Append(0).Max();
        to.WriteLine($"{"".PadRight(widest)}  {string.Join("  ", heads.Select((head, column) => head.PadLeft(widths[column])))}");
        foreach (var (line, row) in sum.Lines.Zip(rows))
            to.WriteLine($"{line.Caption.PadRight(widest)}  {string.Join("  ", row.Select((value, column) => value.PadLeft(widths[column])))}{(line.WhyNone is null ? "" : $"  {line.WhyNone}")}".TrimEnd());
        to.WriteLine(Proof(sum));
        foreach (var check in sum.Checks)
            to.WriteLine($"Không cân: {check}");
        foreach (var part in sum.Present)
            to.WriteLine(Source(part.Received!));
    }

    public static void Write(SenderBoard board, TextWriter to)
    {
        to.WriteLine($"{board.Title}, năm {board.Year.ToString(CultureInfo.InvariantCulture)}");
        if (board.Rows.Count == 0)
            to.WriteLine("Chưa chờ sổ nào trong năm này (lệnh senders).");
        foreach (var row in board.Rows)
        {
            to.WriteLine($"{row.Sender.Name} ({row.Sender.Code})");
            foreach (var cell in row.Cells.Where(cell => cell.State != SendingState.NotExpected))
                to.WriteLine($"  {cell.Period.Name}: {cell.StateName}{Detail(cell)}");
        }
    }

    public static void Write(ReceptionOutcome outcome, TextWriter to)
    {
        foreach (var figures in outcome.Taken)
            to.WriteLine($"Đã nhận: {figures.Register.Name}, số {figures.Number} ngày {Vietnamese.Day(figures.Date)}, {figures.Title}, {figures.Period.Name}{(figures.Replaces.Count > 0 ? " (thay thế bản trước)" : "")}, mã {figures.CheckCode}");
        foreach (var figures in outcome.Known)
            to.WriteLine($"Đã nhận từ trước: {figures.Register.Name}, số {figures.Number} ngày {Vietnamese.Day(figures.Date)}");
        foreach (var line in Signers(outcome))
            to.WriteLine(line);
        to.WriteLine($"Mục lục của bộ, SHA-256 {outcome.IndexSha256}: so với biên nhận của nơi gửi.");
    }

    /// <summary>A sentence for each certificate that signed something of the set.</summary>
    public static IEnumerable<string> Signers(ReceptionOutcome outcome) => outcome.Signers.Values.Distinct()
        .Select(signer => $"Số liệu ký bằng chứng thư của {signer.Owner}, dấu chứng thư SHA-256 {signer.Sha256}: so với dấu mà nơi gửi cho biết bằng đường khác.");

    /// <summary>";" between fields, as <see cref="CsvFace"/>: code, caption, a column for each register, the sum.</summary>
    public static void WriteCsv(RegisterSum sum, string path) => CsvFace.WriteLines(sum.Lines
        .Select(line => sum.Parts.Select(part => CsvFace.Written(line.Of(part)?.Value)).Prepend(line.Caption).Prepend(line.Code).Append(CsvFace.Written(line.Sum)))
        .Prepend(sum.Parts.Select(part => part.Received is null ? $"{part.Sender.Code} (thiếu)" : part.Sender.Code).Prepend("caption").Prepend("code").Append(sum.SumCaption)), path);

    /// <summary>Which signed paper the numbers of a register are.</summary>
    public static string Source(ReceivedReport received) =>
        $"{received.Figures.Register.Name}: số {received.Figures.Number} ngày {Vietnamese.Day(received.Figures.Date)}, mã kiểm tra {received.Figures.CheckCode}, nhận {Vietnamese.ShortMoment(received.ReceivedAt)}";

    public static string Proof(RegisterSum sum) => sum.Checks.Count == 0
        ? $"Cân đối: {Vietnamese.Number(sum.Proved)} đẳng thức của báo cáo đúng với số cộng."
        : $"Cân đối: {Vietnamese.Number(sum.Checks.Count)} trong {Vietnamese.Number(sum.Proved)} đẳng thức của báo cáo không đúng với số cộng.";

    public static string Text(decimal? value, int decimals) => value is { } known ? Vietnamese.Number(known, known == decimal.Truncate(known) ? 0 : decimals) : "";

    public static string Detail(BoardCell cell) => string.Concat(((string?[])
    [
        cell.Standing is { } standing ? $", số {standing.Figures.Number}, nhận {Vietnamese.Day(Vietnamese.Today(standing.ReceivedAt))}" : null,
        cell.Former.Count > 0 ? $", đã thay {string.Join(", ", cell.Former.Select(one => one.Figures.Number))}" : null,
        cell.Differences.Count > 0 ? $": {string.Join(", ", cell.Differences)}" : null,
    ]).OfType<string>());

    private static object Reported(Signing.SignedFigures figures) => new
    {
        Register = figures.Register.Code,
        Unit = figures.Unit.Code,
        figures.Report,
        From = Day(figures.Period.From),
        To = Day(figures.Period.To),
        figures.Number,
        Date = Day(figures.Date),
        figures.CheckCode,
        figures.Replaces,
    };

    private static object Signed(ReceivedReport received) => new
    {
        Register = received.Register,
        received.Figures.Register.Name,
        received.Figures.Number,
        Date = Day(received.Figures.Date),
        received.Figures.CheckCode,
        received.Figures.ContentSha256,
        FileSha256 = received.Sha256,
        received.ReplacedBy,
        ReceivedAt = received.ReceivedAt.ToString("yyyy-MM-dd'T'HH:mm:ssK", CultureInfo.InvariantCulture),
    };

    private static string Name(SendingState state) => state switch
    {
        SendingState.NotExpected => "not_expected",
        SendingState.ReceivedLate => "received_late",
        _ => state.ToString().ToLowerInvariant(),
    };

    private static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
