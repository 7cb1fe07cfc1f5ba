using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using Npgsql;
using SinHo.Reporting.Faces;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Runs;
using SinHo.Reporting.Words;

namespace SinHo.Reporting.Signing;

/// <summary>What is to be put out, and for whom.</summary>
/// <param name="Reports">Signed reports.</param>
/// <param name="Folder">A folder or removable disk.</param>
/// <param name="Passphrase">With names: what seals them; null without names.</param>
public sealed record SendWish(IReadOnlyList<SignedReport> Reports, string Recipient, string Folder, string? Passphrase, string By)
{
    /// <summary>Signs the files of figures for the register above; null where the office has no certificate.</summary>
    public IOfficeSeal? Seal { get; init; }
}

/// <summary>A set that is not put out; nothing was written.</summary>
public sealed class SendRefusedException(string message) : RefusalException(message, RefusalKind.Refused);

/// <summary>
/// Puts signed sets out: the files without names as they are, the figures alone for the register above, an index with check codes, a receipt; files with names only when
/// asked, and then sealed. What was put out is recorded.
/// </summary>
public sealed class Outbox(NpgsqlDataSource database)
{
    /// <summary>The file that names all others with their hashes.</summary>
    public const string Index = "muc-luc.csv";

    /// <summary>The first line of it.</summary>
    public const string IndexHead = "Số;Ngày;Đơn vị;Báo cáo;Kỳ;Tệp;SHA-256;Mã kiểm tra";

    private const string Receipt = "bien-nhan.txt";
    private const string Named = $"kem-danh-sach{Sealed.Ending}";

    private readonly StoredFiles files = new(database);
    private readonly SignedReports signed = new(database);
    private readonly IssuedReports issued = new(database);
    private readonly OwnRegister own = new(database);

    /// <returns>The receipt.</returns>
    /// <exception cref="PublishException">The folder is not there, full or closed, or has other files of these names.</exception>
    /// <exception cref="SealException">The passphrase is too short.</exception>
    /// <exception cref="SendRefusedException">It is for nobody, or the folder has a set already.</exception>
    public async Task<string> SendAsync(SendWish wish, CancellationToken cancel)
    {
        if (string.IsNullOrWhiteSpace(wish.Recipient) || wish.Recipient.Any(char.IsControl))
            throw new SendRefusedException("Cần nơi nhận trên một dòng, ví dụ “Ban Tổ chức Tỉnh ủy”.");
        // Its receipt is the last to be written: found only at the end, the sending would have been recorded without one.
        if (File.Exists(Path.Combine(wish.Folder, Receipt)))
            throw new SendRefusedException($"Thư mục {wish.Folder} đã có một bộ gửi và biên nhận của nó ({Receipt}); hãy nêu một thư mục khác, hoặc dời bộ đó đi.");
        var (open, hidden) = (new List<(SignedReport Report, SignedFile File)>(), new List<(SignedReport Report, SignedFile File)>());
        foreach (var report in wish.Reports)
        {
            foreach (var file in (await signed.FilesAsync(report.SignedId, cancel)).Where(file => file.Format != "draft"))
                (IsBare(report, file.Format) ? open : hidden).Add((report, file));
        }
        var figures = new List<(string Name, byte[] Bytes)>();
        var lines = open.Select(one => Line(one.Report, one.File.Name, one.File.Sha256)).ToList();
        foreach (var report in wish.Reports)
        {
            var (name, bytes) = await FiguresAsync(report, cancel);
            figures.Add((name, bytes));
            lines.Add(Line(report, name, Hash(bytes)));
            if (wish.Seal is not { } office)
                continue;
            var signature = office.Sign(bytes);
            figures.Add((name + SignDesk.Signatures, signature));
            lines.Add(Line(report, name + SignDesk.Signatures, Hash(signature)));
        }
        byte[]? sealedFiles = null;
        if (wish.Passphrase is not null && hidden.Count > 0)
        {
            var contents = new List<(string, byte[])>();
            foreach (var (_, file) in hidden)
            {
                using var bytes = new MemoryStream();
                await files.CopyToAsync(file.FileId, bytes, cancel);
                contents.Add((file.Name, bytes.ToArray()));
            }
            sealedFiles = Sealed.Close(contents, wish.Passphrase);
            lines.Add(string.Join(';', "", "", "", "", "", Named, Hash(sealedFiles), ""));
        }
        var index = Encoding.UTF8.GetPreamble().Concat(Encoding.UTF8.GetBytes($"{IndexHead}\r\n" + string.Concat(lines.Select(line => line + "\r\n")))).ToArray();
        foreach (var (_, file) in open)
            await Publisher.PublishAsync(wish.Folder, file.Name, file.Sha256, to => files.CopyToAsync(file.FileId, to, cancel), () => Task.CompletedTask, cancel);
        foreach (var (name, bytes) in figures)
            await PutAsync(wish.Folder, name, bytes, cancel);
        if (sealedFiles is not null)
            await PutAsync(wish.Folder, Named, sealedFiles, cancel);
        await PutAsync(wish.Folder, Index, index, cancel);
        var (id, at) = await RecordAsync(wish, sealedFiles is not null, Hash(index), cancel);
        var receipt = Written(wish, id, at, open.Count + figures.Count, sealedFiles is not null, Hash(index));
        await PutAsync(wish.Folder, Receipt, Encoding.UTF8.GetBytes(receipt), cancel);
        return receipt;
    }

    /// <summary>Named as the table of the same figures is.</summary>
    private async Task<(string Name, byte[] Bytes)> FiguresAsync(SignedReport report, CancellationToken cancel)
    {
        var former = await signed.FormerAsync(report, cancel);
        var table = (await signed.FilesAsync(report.SignedId, cancel)).Single(file => file.Format == "csv").Name;
        var figures = SignedFigures.Of(
            report, (await issued.FindAsync(report.IssuedId, cancel))!, await own.NameAsync(report.Unit, report.UnitName, report.PeriodTo, cancel), [.. former.Select(one => one.CheckCode)], await signed.SettingsAsync(report.SignedId, cancel));
        return (Path.ChangeExtension(table, SignedFigures.Ending), figures.Write());
    }

    /// <summary>Figures alone, or papers and workbooks that were asked for without lists.</summary>
    private static bool IsBare(SignedReport report, string format) => format.EndsWith(SignDesk.Signatures, StringComparison.Ordinal)
        ? IsBare(report, format[..^SignDesk.Signatures.Length])
        : format is "csv" or "docx" or "pdf"
        ? PaperQuestion.Parse(report.Question)?.Options.Evidence != QuestionOptions.AllEvidence
        : format.StartsWith(SignDesk.Bare, StringComparison.Ordinal) || PaperQuestion.Parse(report.Question)?.Options.Evidence == QuestionOptions.NoEvidence;

    private static string Line(SignedReport report, string file, string sha256) => string.Join(';', ((string[])
        [report.Number, Vietnamese.Day(report.SignedOn), report.UnitName, report.Title, report.PeriodName, file, sha256, report.CheckCode]).Select(CsvFace.Quoted));

    private static Task<string> PutAsync(string folder, string name, byte[] bytes, CancellationToken cancel) =>
        Publisher.PublishAsync(folder, name, Hash(bytes), to => to.WriteAsync(bytes, cancel).AsTask(), () => Task.CompletedTask, cancel);

    private async Task<(long Id, DateTimeOffset At)> RecordAsync(SendWish wish, bool withNames, string sha256, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var (id, at) = await connection.QuerySingleAsync<(long, DateTime)>(new CommandDefinition("""
            insert into sent (recipient, folder, reports, with_names, sha256, by)
            values (trim(@Recipient), @Folder, @reports, @withNames, @sha256, @By)
            returning sent_id, at
            """, new { wish.Recipient, wish.Folder, reports = wish.Reports.Select(report => report.SignedId).ToArray(), withNames, sha256, wish.By }, cancellationToken: cancel));
        return (id, new(at, TimeSpan.Zero));
    }

    private static string Written(SendWish wish, long id, DateTimeOffset at, int count, bool withNames, string sha256) => string.Join("\r\n",
    [
        string.Create(CultureInfo.InvariantCulture, $"BIÊN NHẬN SỐ {id}"),
        $"Gửi: {wish.Recipient.Trim()}",
        $"Lúc: {Vietnamese.Moment(at)}; người gửi: {wish.By}",
        $"Báo cáo: {string.Join("; ", wish.Reports.Select(report => $"{report.Number} ngày {Vietnamese.Day(report.SignedOn)} ({report.PeriodName}), mã kiểm tra {report.CheckCode}"))}",
        $"Số tệp: {Vietnamese.Number(count)}{(withNames ? $"; danh sách niêm phong trong {Named} (mở bằng sinho open, mật khẩu gửi riêng)" : "; không kèm danh sách người")}",
        $"Mục lục {Index}, SHA-256 {sha256}",
        .. wish.Seal is { } office ? [$"Tệp số liệu ký bằng chứng thư của {office.Owner}"] : Array.Empty<string>(),
        "Người nhận ký, ghi rõ họ tên: ………………………………………",
        "",
    ]);

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
