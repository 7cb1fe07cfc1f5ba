using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Dapper;
using Npgsql;
using SinHo.Reporting.Catalog;
using SinHo.Reporting.Faces;
using SinHo.Reporting.Facts;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Reports;
using SinHo.Reporting.Runs;
using SinHo.Reporting.Words;

namespace SinHo.Reporting.Signing;

/// <summary>How a report is to be signed.</summary>
/// <param name="Number">With its symbol: "12-BC/HU".</param>
/// <param name="Replaces">Number of the report that it shall stand for; null for none.</param>
/// <param name="Reason">Why; given exactly where it replaces one.</param>
/// <param name="By">The account that signs.</param>
public sealed record SignWish(string Number, DateOnly Day, string Signer, IReadOnlyList<string> Recipients, string? Replaces, string? Reason, string By)
{
    /// <summary>The approved draft of the desk that the file is; null where a file is signed at once.</summary>
    public Guid? Draft { get; init; }

    /// <summary>Why it is signed although parts that sign this report for the board have not yet; printed. Asked for at the desk alone.</summary>
    public string? OverMissing { get; init; }

    /// <summary>What the files are signed with; null where the office has none.</summary>
    public IOfficeSeal? Seal { get; init; }
}

/// <summary>
/// Signs reports: the question of the file is asked again, and only where the register gives the same bytes the set is issued, in all formats, under its
/// number and a check code. All of it is kept in one transaction, so that a number is used once or not at all. Source: docs/spec/command-line.md, Signing.
/// </summary>
/// <param name="root">The folder that holds sql/ and reports/.</param>
public sealed class SignDesk(NpgsqlDataSource database, Definitions definitions, string root)
{
    /// <summary>Behind the format of a file: its detached signature.</summary>
    public const string Signatures = ".p7s";

    /// <summary>Before the format of a file without names that was not asked for so.</summary>
    public const string Bare = "bare-";

    private const string NumberKey = "signed_report_unit_year_number_key";

    private readonly SignedReports signed = new(database);

    /// <param name="path">The draft as somebody hands it in.</param>
    /// <exception cref="SigningRefusedException">It is not signed; nothing was kept.</exception>
    public async Task<SignedReport> SignAsync(string path, SignWish wish, IProgress<JobStep>? progress, CancellationToken cancel)
    {
        var paper = await Paper.ReadAsync(path, cancel);
        var question = paper.Question is { Report: not null, Options.Look: null } asked && paper.CheckCode is null ? asked : throw NotOurs(paper);
        var kind = FileKinds.Of(paper.Format) ?? throw NotOurs(paper);
        var replaced = await JudgeAsync(question, wish, cancel);
        var notice = await MissingAsync(question, wish, cancel);
        var names = new FileNames(new(database), definitions);
        var folder = Directory.CreateTempSubdirectory("sinho-sign-");
        try
        {
            progress?.Report(new("Hỏi lại sổ đăng ký"));
            var (report, whole, bare) = await AskAgainAsync(question, progress, cancel);
            using (report)
            using (whole)
            using (bare)
            {
                var again = System.IO.Path.Combine(folder.FullName, $"draft.{paper.Format}");
                FileKinds.Write(kind, report, null, again, progress, cancel);
                if (await DefinitionHashes.Sha256Async(again, cancel) != paper.Sha256)
                    throw new SigningRefusedException("figures_changed", "Sổ đăng ký hoặc cách tính đã thay đổi từ khi lập tệp này (hoặc tệp đã bị sửa): lập lại bây giờ cho tệp khác. Hãy lập lại báo cáo, xem lại rồi ký bản mới.");
                var (printed, printedBare) = (WithNotice(report, notice), WithNotice(bare, notice));
                var issue = new Issue(wish.Number.Trim(), wish.Day, wish.Signer.Trim(), await OfficeAsync(question.Unit, wish, cancel), CheckCode.Make()) { Recipients = wish.Recipients };
                progress?.Report(new("Lập bộ phát hành"));
                var files = new List<(string Format, string Name, string Path)> { ("draft", System.IO.Path.GetFileName(path), path) };
                foreach (var format in Enum.GetValues<FileKind>())
                {
                    var name = await names.OfReportAsync(report, new(question.From, question.To, question.Period), question.Options.Edition, question.Options.Evidence == QuestionOptions.NoEvidence, FileKinds.Ending(format), cancel);
                    var file = System.IO.Path.Combine(folder.FullName, $"issued{FileKinds.Ending(format)}");
                    FileKinds.Write(format, printed, issue, file, progress, cancel);
                    if (wish.Seal is { } seal && format == FileKind.Pdf)
                        await SealedPdf.SealAsync(file, seal, issue);
                    files.Add((FileKinds.Ending(format)[1..], Numbered(issue.Number!, name), file));
                }
                if (wish.Seal is { } office)
                {
                    foreach (var (format, name, file) in files.Where(one => one.Format is "xlsx" or "docx").ToList())
                    {
                        await File.WriteAllBytesAsync(file + Signatures, office.Sign(await File.ReadAllBytesAsync(file, cancel)), cancel);
                        files.Add((format + Signatures, name + Signatures, file + Signatures));
                    }
                }
                if (report.HasEvidence)
                {
                    // The same without anybody's name, for whoever may not have them.
                    var name = await names.OfReportAsync(bare, new(question.From, question.To, question.Period), question.Options.Edition, withoutNames: true, ".xlsx", cancel);
                    var file = System.IO.Path.Combine(folder.FullName, "bare.xlsx");
                    FileKinds.Write(FileKind.Workbook, printedBare with { Question = question with { Options = question.Options with { Evidence = QuestionOptions.NoEvidence } } }, issue, file, progress, cancel);
                    files.Add(($"{Bare}xlsx", Numbered(issue.Number!, name), file));
                }
                progress?.Report(new("Lưu bộ phát hành"));
                return (await signed.FindAsync(await KeepAsync(WithNotice(whole, notice), issue, question, wish, replaced, files, cancel), cancel))!;
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>What can be said against it before anything is counted, all at once where it is of one kind.</summary>
    private async Task<SignedReport?> JudgeAsync(FileQuestion question, SignWish wish, CancellationToken cancel)
    {
        if (wish.Number.Trim().Length is 0 or > 60 || wish.Number.Any(char.IsControl))
            throw new SigningRefusedException("bad_number", "Thiếu số của báo cáo, hoặc số quá dài; ví dụ 12-BC/HU.");
        if (wish.Signer.Trim().Length == 0)
            throw new SigningRefusedException("signer_unknown", "Thiếu họ tên người ký.");
        if (wish.Day < question.To)
            throw new SigningRefusedException("date_before_period_end", $"Ngày ký {Vietnamese.Day(wish.Day)} trước ngày cuối của kỳ báo cáo ({Vietnamese.Day(question.To)}); hãy sửa ngày ký.");
        if ((wish.Replaces is null) != string.IsNullOrWhiteSpace(wish.Reason))
            throw new SigningRefusedException("reason", "Thay thế một báo cáo đã ký cần cả số của báo cáo đó và lý do.");
        var entered = new Signers(database);
        var signers = (await entered.OnAsync(question.Unit, wish.Day, cancel)).Select(one => one.Name).ToList();
        var areEntered = (await entered.ListAsync(question.Unit, cancel)).Count > 0;
        if (areEntered && !signers.Any(name => SameName(name, wish.Signer)))
            throw new SigningRefusedException("signer_unknown", $"“{wish.Signer}” không có thẩm quyền ký của đơn vị {question.Unit} vào ngày {Vietnamese.Day(wish.Day)}{(signers.Count == 0 ? "" : $"; người ký: {string.Join(", ", signers)}")}.");
        var replaced = wish.Replaces is null ? null : await signed.GetAsync(wish.Replaces, question.Unit, null, cancel);
        if (replaced is { IsReplaced: true })
            throw new SigningRefusedException("already_replaced", $"Báo cáo số {replaced.Number} đã được thay thế bởi số {replaced.ReplacedBy}; hãy thay thế báo cáo đó.");
        if ((await signed.ListAsync(question.Unit, wish.Day.Year, cancel)).FirstOrDefault(one => one.Number == wish.Number.Trim()) is { } same)
            throw NumberUsed(same.Number, wish.Day.Year, question.Unit);
        if ((await signed.StandingAsync(question.Report!, question.Unit, question.From, question.To, cancel)).FirstOrDefault(one => one.SignedId != replaced?.SignedId) is { } standing)
            throw AlreadySigned(standing.Number, standing.SignedOn);
        return replaced;
    }

    /// <summary>A sentence on the parts whose own report is not signed yet; null where none is missing, or where nobody approved a draft of it.</summary>
    private async Task<string?> MissingAsync(FileQuestion question, SignWish wish, CancellationToken cancel)
    {
        if (wish.Draft is null || await signed.MissingPartsAsync(question.Report!, question.Unit, question.From, question.To, cancel) is not { Count: > 0 } missing)
            return null;
        var names = string.Join("; ", missing);
        return string.IsNullOrWhiteSpace(wish.OverMissing)
            ? throw new SigningRefusedException("parts_missing", $"Chưa có báo cáo đã ký của: {names}. Muốn ký khi còn thiếu, hãy nêu lý do; lý do được in trong báo cáo.")
            : $"Ký khi chưa có báo cáo của: {names}. Lý do: {wish.OverMissing.Trim()}";
    }

    private static Report WithNotice(Report report, string? notice) => notice is null ? report : report with { Notices = [.. report.Notices, notice] };

    /// <summary>Lines above the name, where the board has entered them for who signs.</summary>
    private async Task<string?> OfficeAsync(string unit, SignWish wish, CancellationToken cancel) =>
        (await new Signers(database).OnAsync(unit, wish.Day, cancel)).FirstOrDefault(one => SameName(one.Name, wish.Signer))?.Office is { Length: > 0 } office ? office : null;

    private async Task<(Report Asked, Report Whole, Report Bare)> AskAgainAsync(FileQuestion question, IProgress<JobStep>? progress, CancellationToken cancel)
    {
        try
        {
            return await new ReportBuilder(database, definitions).BuildWithRowsAsync(ReportRequest.Of(question), progress, cancel);
        }
        catch (UnknownNameException gone)
        {
            throw new SigningRefusedException("figures_changed", $"Không lập lại được báo cáo của tệp này: {gone.Message}");
        }
    }

    private async Task<Guid> KeepAsync(
        Report report, Issue issue, FileQuestion question, SignWish wish, SignedReport? replaced, IReadOnlyList<(string Format, string Name, string Path)> files, CancellationToken cancel)
    {
        var hashes = await DefinitionHashes.HashesAsync(root, question.Report!, cancel);
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        // Two heads who sign at once: the second sees what the first has signed.
        await connection.ExecuteAsync(new CommandDefinition("select pg_advisory_xact_lock(hashtextextended(concat_ws('|', 'signed_report', @Unit), 0))", new { question.Unit }, transaction, cancellationToken: cancel));
        var standing = (await connection.QueryAsync<(Guid Id, string Number, DateOnly Day)>(new CommandDefinition(
            "select signed_id, number, signed_on from standing_report where report = @Report and unit = @Unit and period_from = @From and period_to = @To and signed_id is distinct from @replaced",
            new { question.Report, question.Unit, question.From, question.To, replaced = replaced?.SignedId }, transaction, cancellationToken: cancel))).ToList();
        if (standing is [var (_, number, day), ..])
            throw AlreadySigned(number, day);
        var stored = new List<(string Format, StoredFile File, string Content)>();
        foreach (var (format, name, path) in files)
        {
            await using var file = new FileStream(path, FileMode.Open, FileAccess.Read);
            var content = (await Paper.ReadAsync(path, cancel)).ContentSha256;
            stored.Add((format, await StoredFiles.AddAsync(connection, transaction, name, MediaType(path), file, cancel), content));
        }
        foreach (var (path, hash) in hashes)
        {
            await connection.ExecuteAsync(new CommandDefinition("insert into definition_text (sha256, bytes) values (@hash, @bytes) on conflict do nothing",
                new { hash, bytes = await File.ReadAllBytesAsync(System.IO.Path.Combine(root, path), cancel) }, transaction, cancellationToken: cancel));
        }
        var origin = new Origin(hashes, await DefinitionHashes.Sha256Async(report.Template, cancel), null, wish.By);
        var issued = await IssuedReports.KeepAsync(transaction, report, origin, null, stored[0].File.FileId, cancel);
        try
        {
            var id = await connection.ExecuteScalarAsync<Guid>(new CommandDefinition("""
                insert into signed_report (
                    issued_id, unit, year, number, signed_on, signer, recipients, check_code, report, period_from, period_to, question, settings, last_import, replaces, reason, certificate, signed_by)
                select @issued, @Unit, @year, @Number, @Day, @Signer, @recipients, @CheckCode, @Report, @From, @To, @question::jsonb,
                    coalesce((select jsonb_object_agg(name, value) from setting), '{}'), @LastImport, @replaces, nullif(trim(@Reason), ''), @certificate, @By
                returning signed_id
                """, new
            {
                issued,
                question.Unit,
                year = wish.Day.Year,
                issue.Number,
                wish.Day,
                issue.Signer,
                recipients = string.Join('\n', wish.Recipients),
                issue.CheckCode,
                question.Report,
                question.From,
                question.To,
                question = PaperQuestion.Write(question),
                report.LastImport,
                replaces = replaced?.SignedId,
                wish.Reason,
                certificate = wish.Seal?.Owner,
                wish.By,
            }, transaction, cancellationToken: cancel));
            foreach (var (format, file, content) in stored)
            {
                await connection.ExecuteAsync(new CommandDefinition(
                    "insert into signed_file (signed_id, format, file_id, content_sha256) values (@id, @format, @FileId, @content)", new { id, format, file.FileId, content }, transaction, cancellationToken: cancel));
            }
            if (wish.Draft is { } draft)
                await Drafts.SignedAsync(transaction, draft, id, wish.By, cancel);
            await transaction.CommitAsync(cancel);
            return id;
        }
        catch (PostgresException problem) when (problem.SqlState == PostgresErrorCodes.UniqueViolation && problem.ConstraintName == NumberKey)
        {
            throw NumberUsed(issue.Number!, wish.Day.Year, question.Unit);
        }
    }

    private static string MediaType(string path) =>
        FileKinds.Of(System.IO.Path.GetExtension(path).TrimStart('.')) is { } kind ? FileKinds.MediaType(kind) : "application/pkcs7-signature";

    /// <summary>"12-BC_HU - Bao cao….xlsx": numbers have strokes, which names of files may not have.</summary>
    private static string Numbered(string number, string name) =>
        $"{string.Concat(number.Select(sign => char.IsAsciiLetterOrDigit(sign) || sign is '-' or '.' ? sign : '_'))} - {name}";

    private static bool SameName(string one, string other) => string.Equals(one.Trim().Normalize(), other.Trim().Normalize(), StringComparison.OrdinalIgnoreCase);

    private static SigningRefusedException NotOurs(Paper paper) => new("not_ours", paper switch
    {
        { CheckCode: not null } => "Tệp này là bản đã phát hành; chỉ ký bản dự thảo. Muốn xem nó là bản nào, hãy kiểm tra mã ở chân trang (dòng lệnh: verify).",
        { Question.Options.Look: not null } => "Tệp này được in qua một mẫu trình bày riêng; hãy đặt mẫu đó vào thư mục của báo cáo rồi lập lại.",
        _ => "Tệp này không phải báo cáo do chương trình lập (hoặc đã được lưu lại bằng chương trình khác), nên không hỏi lại được sổ đăng ký; hãy lập lại báo cáo bằng lệnh report hoặc trên trang Báo cáo rồi ký tệp đó.",
    });

    private static SigningRefusedException NumberUsed(string number, int year, string unit) =>
        new("number_used", string.Create(CultureInfo.InvariantCulture, $"Số {number} năm {year} của đơn vị {unit} đã dùng cho báo cáo khác; hãy dùng số khác."));

    private static SigningRefusedException AlreadySigned(string number, DateOnly day) =>
        new("already_signed", $"Báo cáo này của cùng đơn vị và kỳ đã được ký: số {number} ngày {Vietnamese.Day(day)}; muốn ký lại, hãy thay thế báo cáo đó (dòng lệnh: --replaces {number} --reason LÝ DO).");
}
