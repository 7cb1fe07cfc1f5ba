using Npgsql;
using SinHo.Reporting.Runs;

namespace SinHo.Reporting.Signing;

/// <summary>What a file or check code is.</summary>
public enum PaperState
{
    /// <summary>An issued file of a report that stands.</summary>
    Valid,

    /// <summary>The file that was signed, before it had a number.</summary>
    Draft,

    /// <summary>An issued file of a report that a later one stands for.</summary>
    Replaced,

    /// <summary>It says that it is one of ours, and its content is another.</summary>
    Altered,

    Unknown,
}

/// <param name="Report">Which signed report it is, or says it is; null where nothing is known.</param>
/// <param name="IsRepacked">The parts are the same; only what a zip says of itself differs.</param>
/// <param name="Says">In words.</param>
public sealed record Verification(PaperState State, SignedReport? Report, bool IsRepacked, string Says)
{
    public bool IsOurs => State is PaperState.Valid or PaperState.Draft or PaperState.Replaced;
}

/// <summary>Says which signed report a file or a check code is. Needs nothing but the database. Source: docs/spec/command-line.md, Signing.</summary>
public sealed class Verifier(NpgsqlDataSource database)
{
    private readonly SignedReports signed = new(database);
    private readonly IssuedReports issued = new(database);

    /// <param name="written">A check code as somebody typed it.</param>
    public async Task<Verification> OfCodeAsync(string written, CancellationToken cancel)
    {
        if (CheckCode.Read(written) is not { } code)
            return new(PaperState.Unknown, null, false, CheckCode.IsMeant(written)
                ? "Mã kiểm tra viết sai: có ít nhất một chữ hoặc số không đúng; hãy so lại với chân trang."
                : "Đây không phải mã kiểm tra (12 chữ và số, cộng một chữ để soát lỗi) và không có tệp nào tên như vậy.");
        return await signed.WithCodeAsync(code, cancel) is { } report ? Known(report, "xlsx", repacked: false) : new(PaperState.Unknown, null, false, "Mã kiểm tra viết đúng nhưng không có trong sổ này.");
    }

    public async Task<Verification> OfFileAsync(Paper paper, CancellationToken cancel)
    {
        if (await signed.WithBytesAsync(paper.Sha256, cancel) is var (report, format))
            return Known(report, format, repacked: false);
        if (await signed.WithContentAsync(paper.ContentSha256, cancel) is var (same, kind))
            return Known(same, kind, repacked: true);
        if (paper.CheckCode is { } written && CheckCode.Read(written) is { } code && await signed.WithCodeAsync(code, cancel) is { } said)
            return new(PaperState.Altered, said, false, $"Tệp mang mã kiểm tra của báo cáo số {said.Number} nhưng nội dung khác bản đã phát hành: tệp đã bị sửa.");
        if (paper.Question is { Report: { } asked } question && (await signed.StandingAsync(asked, question.Unit, question.From, question.To, cancel)) is [var meant, ..])
            return new(PaperState.Altered, meant, false, $"Tệp hỏi cùng báo cáo, đơn vị và kỳ với báo cáo đã ký số {meant.Number} nhưng nội dung khác bản đã ký.");
        return new(PaperState.Unknown, null, false, paper.Question is null ? "Không phải tệp do chương trình lập, hoặc của một sổ khác." : "Báo cáo do chương trình lập nhưng chưa được ký trong sổ này.");
    }

    /// <summary>A file of figures alone, which is made when a set is put out.</summary>
    /// <returns>Null where it is no such file.</returns>
    public async Task<Verification?> OfFiguresAsync(byte[] bytes, CancellationToken cancel)
    {
        if (SignedFigures.Read(bytes) is not { } figures)
            return null;
        if (await signed.WithCodeAsync(figures.CheckCode, cancel) is not { } report || await issued.FindAsync(report.IssuedId, cancel) is not { } kept)
            return new(PaperState.Unknown, null, false, "Số liệu đã ký của một sổ khác, hoặc chưa được ký trong sổ này.");
        var again = SignedFigures.Of(report, kept, figures.Register, figures.Replaces, await signed.SettingsAsync(report.SignedId, cancel));
        return figures.IsUnaltered() && figures.ContentSha256 == again.ContentSha256
            ? Known(report, SignedFigures.Ending, repacked: false)
            : new(PaperState.Altered, report, false, $"Tệp mang mã kiểm tra của báo cáo số {report.Number} nhưng số liệu khác bản đã ký: tệp đã bị sửa.");
    }

    private static Verification Known(SignedReport report, string format, bool repacked)
    {
        var packed = repacked ? " Chỉ vỏ nén của tệp khác, nội dung nguyên vẹn." : "";
        if (format == "draft")
            return new(PaperState.Draft, report, repacked, $"Đây là bản dự thảo đã được ký thành báo cáo số {report.Number}.{packed}");
        return report.IsReplaced
            ? new(PaperState.Replaced, report, repacked, $"Báo cáo số {report.Number} đã được thay thế bởi số {report.ReplacedBy}.{packed}")
            : new(PaperState.Valid, report, repacked, $"Đúng là báo cáo số {report.Number} đã ký.{(report.Certificate is { } owner ? $" Chứng thư: {owner}." : "")}{packed}");
    }
}
