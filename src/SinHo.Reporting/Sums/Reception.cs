using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using Npgsql;
using SinHo.Reporting.Signing;
using SinHo.Reporting.Words;

namespace SinHo.Reporting.Sums;

/// <summary>Something that is wrong with a set.</summary>
/// <param name="Code">"altered_file", "unknown_register"…: docs/spec/command-line.md, Several registers.</param>
/// <param name="File">Empty where it is about the whole set.</param>
public sealed record ReceptionFault(string Code, string File, string Message);

/// <summary>A set that was not taken in; nothing of it was kept.</summary>
public sealed class ReceptionRefusedException(IReadOnlyList<ReceptionFault> faults) : RefusalException(Lines(faults.Select(fault => fault.Message)), RefusalKind.Refused)
{
    public IReadOnlyList<ReceptionFault> Faults => faults;
}

/// <summary>A set that is handed over.</summary>
/// <param name="At">When.</param>
public sealed record ReceptionWish(string Folder, DateTimeOffset At, string By)
{
    /// <summary>What the receipt says of the index, at least its first twelve digits; null where nobody has looked.</summary>
    public string? Index { get; init; }
}

/// <summary>A set that was taken in.</summary>
/// <param name="Taken">What it brought.</param>
/// <param name="Known">What had been taken in before.</param>
/// <param name="IndexSha256">Of the index, as the receipt has it.</param>
public sealed record ReceptionOutcome(IReadOnlyList<SignedFigures> Taken, IReadOnlyList<SignedFigures> Known, string IndexSha256)
{
    /// <summary>By check code, with whose certificate the figures were signed; those without are not here.</summary>
    public IReadOnlyDictionary<string, CertificateOfSigner> Signers { get; init; } = new Dictionary<string, CertificateOfSigner>(StringComparer.Ordinal);
}

/// <summary>
/// Takes in a set that a register has put out: every file is held against the index, the figures against their own hash and the registers that are waited for; all of it is
/// kept or nothing. Source: docs/spec/command-line.md, Several registers.
/// </summary>
public sealed class Reception(NpgsqlDataSource database)
{
    private const int Fields = 8;
    private const int LeastDigits = 12;

    /// <summary>Of an index too: tables of numbers are far smaller.</summary>
    private const long LargestFigures = 16 << 20;

    private readonly Senders senders = new(database);

    private sealed record Line(string Number, string Day, string File, string Sha256, string CheckCode);

    private sealed record Sheet(string File, string Sha256, byte[] Bytes, SignedFigures Figures)
    {
        public byte[]? Signature { get; init; }

        public CertificateOfSigner? Signer { get; init; }
    }

    /// <exception cref="ReceptionRefusedException">It is not as it was put out, or not waited for; nothing was kept.</exception>
    public async Task<ReceptionOutcome> TakeAsync(ReceptionWish wish, CancellationToken cancel)
    {
        var path = Path.Combine(wish.Folder, Outbox.Index);
        if (!File.Exists(path) || new FileInfo(path).Length > LargestFigures)
            throw Refused("no_index", "", $"Không có tệp {Outbox.Index}: đây không phải bộ gửi do lệnh send lập, hoặc chép còn thiếu.");
        var index = await File.ReadAllBytesAsync(path, cancel);
        var faults = new List<ReceptionFault>();
        if (wish.Index is { } printed && !(Digits(printed) is { Length: >= LeastDigits } digits && Hash(index).StartsWith(digits, StringComparison.Ordinal)))
            faults.Add(new("other_index", Outbox.Index, $"Dấu của {Outbox.Index} không phải {printed.Trim()} như trên biên nhận (cần ít nhất {LeastDigits} chữ số đầu): đây không phải bộ mà nơi gửi đã lập."));
        var sheets = new List<Sheet>();
        var lines = Lines(index, faults);
        foreach (var line in lines)
        {
            if (await ReadAsync(wish.Folder, line, faults, cancel) is { } sheet)
                sheets.Add(lines.Exists(other => other.File == sheet.File + SignDesk.Signatures) ? await SignedAsync(wish.Folder, sheet, faults, cancel) : sheet);
        }
        if (!faults.Exists(fault => fault.Code == "bad_index"))
            faults.AddRange(await UnlistedAsync(wish.Folder, [.. lines.Select(line => line.File)], cancel));
        if (faults.Count == 0 && sheets.Count == 0)
            faults.Add(new("no_figures", "", "Bộ gửi không có tệp số liệu nào (.json): nó do bản cũ của chương trình lập; hãy đề nghị nơi gửi lập lại bằng lệnh send."));
        var expected = (await senders.ListAsync(cancel)).ToDictionary(sender => sender.Code, StringComparer.Ordinal);
        foreach (var sheet in sheets)
            faults.AddRange(Expected(sheet, expected));
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        // Two who take in at once: the second sees what the first has taken.
        await connection.ExecuteAsync(new CommandDefinition("select pg_advisory_xact_lock(hashtextextended('received_report', 0))", transaction: transaction, cancellationToken: cancel));
        var kept = await ReceivedReports.ReadAsync(connection, "where register = any (@registers) or check_code = any (@codes)", new { registers = sheets.Select(sheet => sheet.Figures.Register.Code).Distinct().ToArray(), codes = sheets.Select(sheet => sheet.Figures.CheckCode).ToArray() }, cancel);
        faults.AddRange(AgainstKept(sheets, kept));
        if (faults.Count > 0)
            throw new ReceptionRefusedException(faults);
        var known = sheets.Where(sheet => kept.Any(one => Same(one.Figures, sheet.Figures))).ToList();
        var taken = sheets.Except(known).ToList();
        if (taken.Count > 0)
        {
            await KeepAsync(connection, taken, Hash(index), wish, cancel);
            await transaction.CommitAsync(cancel);
        }
        return new([.. taken.Select(sheet => sheet.Figures)], [.. known.Select(sheet => sheet.Figures)], Hash(index)) { Signers = sheets.Where(sheet => sheet.Signer is not null).ToDictionary(sheet => sheet.Figures.CheckCode, sheet => sheet.Signer!, StringComparer.Ordinal) };
    }

    /// <summary>A file as the index has it, and where it holds figures, these; null for any other.</summary>
    private static async Task<Sheet?> ReadAsync(string folder, Line line, List<ReceptionFault> faults, CancellationToken cancel)
    {
        var path = Path.Combine(folder, line.File);
        if (line.File != Path.GetFileName(line.File) || line.File is "" or "." or "..")
        {
            faults.Add(new("bad_index", line.File, $"Mục lục nêu “{line.File}”, không phải tên một tệp trong bộ."));
            return null;
        }
        if (!File.Exists(path))
        {
            faults.Add(new("missing_file", line.File, $"Thiếu tệp {line.File} có trong mục lục; hãy chép lại cả bộ."));
            return null;
        }
        await using (var file = File.OpenRead(path))
        {
            if (Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancel)) != line.Sha256)
            {
                faults.Add(new("altered_file", line.File, $"Tệp {line.File} khác với mục lục: đã bị sửa hoặc chép hỏng; hãy chép lại cả bộ từ nơi gửi."));
                return null;
            }
        }
        if (!Path.GetExtension(line.File).Equals(SignedFigures.Ending, StringComparison.OrdinalIgnoreCase))
            return null;
        var bytes = new FileInfo(path).Length <= LargestFigures ? await File.ReadAllBytesAsync(path, cancel) : [];
        if (SignedFigures.Read(bytes) is not { } figures)
        {
            faults.Add(new("not_figures", line.File, $"Tệp {line.File} không phải tệp số liệu đã ký, hoặc do một bản chương trình mới hơn lập."));
            return null;
        }
        if (!figures.IsUnaltered())
        {
            faults.Add(new("altered_figures", line.File, $"Số liệu trong {line.File} không khớp dấu của chính nó: đã bị sửa sau khi ký."));
            return null;
        }
        if (CheckCode.Read(figures.CheckCode) != figures.CheckCode || figures.Replaces.Any(code => CheckCode.Read(code) != code))
        {
            faults.Add(new("bad_check_code", line.File, $"Mã kiểm tra {figures.CheckCode} trong {line.File} viết sai."));
            return null;
        }
        if ((line.Number, line.Day, line.CheckCode) != (figures.Number, Vietnamese.Day(figures.Date), figures.CheckCode))
        {
            faults.Add(new("index_differs", line.File, $"Mục lục ghi số {line.Number} ngày {line.Day}, mã {line.CheckCode}; tệp {line.File} ghi số {figures.Number} ngày {Vietnamese.Day(figures.Date)}, mã {figures.CheckCode}."));
            return null;
        }
        return new(line.File, line.Sha256, bytes, figures);
    }

    /// <summary>With whose certificate it was signed. That its signature is there, as the index has it, is found out with all other files.</summary>
    private static async Task<Sheet> SignedAsync(string folder, Sheet sheet, List<ReceptionFault> faults, CancellationToken cancel)
    {
        var path = Path.Combine(folder, sheet.File + SignDesk.Signatures);
        if (!File.Exists(path) || new FileInfo(path).Length > LargestFigures)
            return sheet;
        var signature = await File.ReadAllBytesAsync(path, cancel);
        if (OfficeCertificate.SignerOf(signature, sheet.Bytes) is { } signer)
            return sheet with { Signature = signature, Signer = signer };
        faults.Add(new("bad_signature", sheet.File, $"Chữ ký của cơ quan không phải của {sheet.File}: số liệu đã bị sửa sau khi gửi, hoặc chữ ký bị thay; hãy hỏi lại nơi gửi."));
        return sheet;
    }

    /// <summary>Figures beside the set that its index does not name: the index was cut off, and the set would be taken in in part.</summary>
    private static async Task<IReadOnlyList<ReceptionFault>> UnlistedAsync(string folder, HashSet<string> listed, CancellationToken cancel)
    {
        var faults = new List<ReceptionFault>();
        foreach (var path in Directory.GetFiles(folder, $"*{SignedFigures.Ending}").Order(StringComparer.Ordinal))
        {
            var file = Path.GetFileName(path);
            if (!listed.Contains(file) && new FileInfo(path).Length <= LargestFigures && SignedFigures.Read(await File.ReadAllBytesAsync(path, cancel)) is not null)
                faults.Add(new("bad_index", file, $"{Outbox.Index} không nêu tệp số liệu {file} nằm trong bộ: mục lục đã bị cắt hoặc sửa; hãy chép lại cả bộ."));
        }
        return faults;
    }

    private static IEnumerable<ReceptionFault> Expected(Sheet sheet, Dictionary<string, Sender> expected)
    {
        var figures = sheet.Figures;
        var from = $"{figures.Register.Name} (mã sổ {figures.Register.Code})";
        if (!expected.TryGetValue(figures.Register.Code, out var sender))
            yield return new("unknown_register", sheet.File, $"{sheet.File}: không chờ nhận số liệu của {from}; nếu đúng là nơi gửi, hãy ghi sổ đó bằng lệnh senders.");
        else if (sender.Unit != figures.Unit.Code)
            yield return new("unknown_unit", sheet.File, $"{sheet.File}: của {from} chỉ chờ báo cáo về đơn vị mã {sender.Unit}, tệp này về {figures.Unit.Name} (mã {figures.Unit.Code}).");
        else if (!sender.IsExpectedFor(new(figures.Period.From, figures.Period.To)))
            yield return new("not_expected", sheet.File, $"{sheet.File}: không chờ số liệu {figures.Period.Name} của {from}; chỉ chờ các kỳ kết thúc từ {Vietnamese.Day(sender.From)}{(sender.To is { } to ? $" đến trước {Vietnamese.Day(to)}" : "")}.");
        if (figures.Date < figures.Period.To)
            yield return new("date_before_period_end", sheet.File, $"{sheet.File}: ngày ký {Vietnamese.Day(figures.Date)} trước ngày cuối của kỳ ({Vietnamese.Day(figures.Period.To)}).");
    }

    private static IEnumerable<ReceptionFault> AgainstKept(List<Sheet> sheets, IReadOnlyList<ReceivedReport> kept)
    {
        var all = kept.Select(one => one.Figures).Concat(sheets.Select(sheet => sheet.Figures).Where(one => !kept.Any(former => Same(former.Figures, one)))).ToList();
        foreach (var sheet in sheets)
        {
            var figures = sheet.Figures;
            if (sheet.Signer is null && kept.Any(one => one.Register == figures.Register.Code && one.Signer is not null) && !kept.Any(one => Same(one.Figures, figures)))
                yield return new("no_signature", sheet.File, $"{sheet.File}: {figures.Register.Name} đã gửi số liệu có chữ ký của cơ quan, tệp này thì không; hãy đề nghị nơi gửi ký bằng chứng thư (send --certificate).");
            var own = all.Where(one => one.Register.Code == figures.Register.Code && !Same(one, figures)).ToList();
            if (all.Find(one => one.CheckCode == figures.CheckCode && one.Register.Code != figures.Register.Code) is { } elsewhere)
                yield return new("same_check_code", sheet.File, $"{sheet.File}: báo cáo mã kiểm tra {figures.CheckCode} đã nhận từ {elsewhere.Register.Name} (mã sổ {elsewhere.Register.Code}); một báo cáo đã ký chỉ của một sổ, cộng cả hai là tính hai lần.");
            else if (own.Exists(one => one.CheckCode == figures.CheckCode))
                yield return new("same_check_code", sheet.File, $"{sheet.File}: đã nhận báo cáo cùng mã kiểm tra {figures.CheckCode} với số liệu khác; một báo cáo đã ký không đổi số, hãy hỏi lại nơi gửi.");
            else if (own.Exists(one => one.Unit.Code == figures.Unit.Code && one.Number == figures.Number && one.Date.Year == figures.Date.Year))
                yield return new("number_used", sheet.File, string.Create(CultureInfo.InvariantCulture, $"{sheet.File}: đã nhận một báo cáo khác cùng số {figures.Number} năm {figures.Date.Year} của {figures.Unit.Name}; hãy hỏi lại nơi gửi."));
            else if (!IsReplaced(figures, all) && own.Find(one => one.Report == figures.Report && one.Period.From == figures.Period.From && one.Period.To == figures.Period.To && !IsReplaced(one, all)) is { } other)
                yield return new("two_standing", sheet.File, $"{sheet.File}: đã nhận số {other.Number} ngày {Vietnamese.Day(other.Date)} cho cùng báo cáo và kỳ ({figures.Period.Name}), mà số {figures.Number} không ghi là thay thế báo cáo đó.");
        }
    }

    private static bool IsReplaced(SignedFigures figures, List<SignedFigures> all) => all.Exists(later => later.Register.Code == figures.Register.Code && later.Replaces.Contains(figures.CheckCode));

    private static bool Same(SignedFigures one, SignedFigures other) => (one.Register.Code, one.CheckCode, one.ContentSha256) == (other.Register.Code, other.CheckCode, other.ContentSha256);

    private static async Task KeepAsync(NpgsqlConnection connection, List<Sheet> taken, string sha256, ReceptionWish wish, CancellationToken cancel)
    {
        var set = await connection.ExecuteScalarAsync<Guid>(new CommandDefinition(
            "insert into received_set (sha256, received_at, by) values (@sha256, @at, @By) returning set_id", new { sha256, at = wish.At.ToUniversalTime(), wish.By }, cancellationToken: cancel));
        foreach (var sheet in taken)
        {
            var (_, file, bytes, figures) = sheet;
            await connection.ExecuteAsync(new CommandDefinition("""
                insert into received_report (set_id, register, unit, report, period_from, period_to, number, signed_on, check_code, replaces, content_sha256, sha256, bytes, certificate, certificate_sha256, signature)
                values (@set, @Register, @Unit, @Report, @From, @To, @Number, @Date, @CheckCode, @Replaces, @ContentSha256, @file, @bytes, @Owner, @Sha256, @Signature)
                """, new
            {
                set,
                Register = figures.Register.Code,
                Unit = figures.Unit.Code,
                figures.Report,
                figures.Period.From,
                figures.Period.To,
                figures.Number,
                figures.Date,
                figures.CheckCode,
                Replaces = figures.Replaces.ToArray(),
                figures.ContentSha256,
                file,
                bytes,
                sheet.Signer?.Owner,
                sheet.Signer?.Sha256,
                sheet.Signature,
            }, cancellationToken: cancel));
        }
    }

    private static List<Line> Lines(byte[] index, List<ReceptionFault> faults)
    {
        var lines = new List<Line>();
        var written = Encoding.UTF8.GetString(index).TrimStart('\uFEFF').Split('\n').Select(text => text.TrimEnd('\r')).Where(text => text.Length > 0).ToList();
        if (written.FirstOrDefault() != Outbox.IndexHead)
        {
            faults.Add(new("bad_index", Outbox.Index, $"{Outbox.Index} không phải mục lục do lệnh send lập, hoặc đã bị cắt mất phần đầu; hãy chép lại cả bộ."));
            return lines;
        }
        foreach (var (row, text) in written.Index().Skip(1))
        {
            if (Split(text) is [var number, var day, _, _, _, var file, var sha256, var code] && sha256.Length == 64)
                lines.Add(new(number, day, file, sha256, code));
            else
                faults.Add(new("bad_index", Outbox.Index, string.Create(CultureInfo.InvariantCulture, $"Dòng {row + 1} của {Outbox.Index} không đọc được (cần {Fields} cột); hãy chép lại cả bộ.")));
        }
        foreach (var twice in lines.GroupBy(line => line.File, StringComparer.OrdinalIgnoreCase).Where(same => same.Skip(1).Any()))
            faults.Add(new("bad_index", twice.Key, $"Mục lục nêu {twice.Key} hai lần."));
        return lines;
    }

    private static List<string> Split(string text)
    {
        var fields = new List<string>();
        var field = new StringBuilder();
        var quoted = false;
        foreach (var (at, sign) in text.Index())
        {
            if (sign == '"')
            {
                // Doubled, it stands for itself.
                if (!quoted && at > 0 && text[at - 1] == '"')
                    field.Append(sign);
                quoted = !quoted;
            }
            else if (sign == ';' && !quoted)
            {
                fields.Add(field.ToString());
                field.Clear();
            }
            else
                field.Append(sign);
        }
        fields.Add(field.ToString());
        return fields;
    }

    private static string Digits(string printed) => string.Concat(printed.Where(char.IsAsciiHexDigit)).ToLowerInvariant();

    private static ReceptionRefusedException Refused(string code, string file, string message) => new([new(code, file, message)]);

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
