using System.CommandLine;
using System.Security.Cryptography;
using SinHo.Reporting.Runs;
using SinHo.Reporting.Signing;
using SinHo.Reporting.Words;
using Spectre.Console;

namespace SinHo.Reporting.Host.Verbs;

/// <summary>sinho sign, signed, verify, changed, signer. Source: docs/spec/command-line.md, Signing.</summary>
public static class SigningVerbs
{
    public static IEnumerable<Command> Commands() => [Sign(), Signed(), Verify(), Changed(), Signer(), Send(), Open()];

    private static Command Sign()
    {
        var file = new Argument<string>("FILE") { HelpName = "FILE", Description = "Báo cáo do lệnh report hoặc trang Báo cáo lập, chưa sửa gì" };
        var number = new Option<string?>("--number") { Description = "Số và ký hiệu, ví dụ 12-BC/HU", HelpName = "SỐ" };
        var day = new Option<string?>("--date") { Description = "Ngày ký", HelpName = "yyyy-MM-dd" };
        var signer = new Option<string?>("--signer") { Description = "Họ tên người ký", HelpName = "HỌ TÊN" };
        var recipients = new Option<string[]>("--recipient") { Description = "Một dòng của Nơi nhận; có thể nêu nhiều lần", HelpName = "NƠI NHẬN" };
        var replaces = new Option<string?>("--replaces") { Description = "Số của báo cáo đã ký mà bản này thay thế", HelpName = "SỐ" };
        var reason = new Option<string?>("--reason") { Description = "Lý do thay thế", HelpName = "LÝ DO" };
        var certificate = new Option<string?>("--certificate") { Description = "Chứng thư của cơ quan: tệp PKCS#12 quyền 0600", HelpName = "FILE.p12" };
        var passphrase = new Option<string?>("--passphrase-file") { Description = "Tệp có mật khẩu chứng thư ở dòng đầu (không nêu: hỏi)", HelpName = "FILE" };
        var folder = new Option<string?>("--out") { Description = "Thư mục nhận bộ phát hành (không nêu: cạnh FILE)", HelpName = "THƯ MỤC" };
        var format = CommonOptions.Format();
        var command = new Command("sign", "Ký một báo cáo: hỏi lại sổ đăng ký, đúng từng byte thì phát hành bộ có số, ngày, người ký, mã kiểm tra") { file, number, day, signer, recipients, replaces, reason, certificate, passphrase, folder, format };
        command.SetAction(async (words, cancel) =>
        {
            var json = CommonOptions.IsJson(words, format);
            var path = words.GetValue(file)!;
            if (!File.Exists(path))
                throw new UsageException($"Không có tệp {path}.");
            var wish = new SignWish(
                words.GetValue(number) ?? throw new UsageException("Thiếu số: --number SỐ."), PeriodOptions.Day("--date", words.GetValue(day) ?? throw new UsageException("Thiếu ngày ký: --date yyyy-MM-dd.")),
                words.GetValue(signer) ?? throw new UsageException("Thiếu người ký: --signer HỌ TÊN."), words.GetValue(recipients) ?? [], words.GetValue(replaces), words.GetValue(reason), Environment.UserName);
            var office = words.GetValue(certificate);
            if (office is not null && !File.Exists(office))
                throw new UsageException($"Không có tệp {office}.");
            var secret = Passphrase(words.GetValue(passphrase)) ?? (office is null ? null : AskPassphrase());
            await using var place = await Workplace.OpenAsync(words, cancel);
            SignedReport signed;
            try
            {
                using var seal = office is null ? null : OfficeCertificate.Open(office, secret!, wish.Day);
                wish = wish with { Seal = seal };
                signed = await new SignDesk(place.Database, Workplace.Definitions(), Workplace.Root).SignAsync(path, wish, place.Steps, cancel);
            }
            catch (SigningRefusedException refused) when (json)
            {
                place.Steps.Clear();
                await WriteAsync(new { Accepted = false, Errors = (object[])[new { refused.Code, refused.Message }] }, cancel);
                return ExitCode.Refused;
            }
            place.Steps.Clear();
            var target = words.GetValue(folder) is { } asked ? Path.GetFullPath(asked) : Path.GetDirectoryName(Path.GetFullPath(path))!;
            IReadOnlyList<string> written;
            try
            {
                ReportFolder.Make(target);
                written = await PutAsync(place, signed, target, cancel);
            }
            catch (Exception problem) when (problem is PublishException or IOException or UnauthorizedAccessException)
            {
                throw new PublishException($"Báo cáo đã được ký (số {signed.Number}, mã {signed.CheckCode}) và giữ trong sổ, nhưng chưa ghi được bộ phát hành ra thư mục: {problem.Message} Đừng ký lại; lấy bộ bằng lệnh send, hoặc trên trang Đã ký.", problem);
            }
            if (json)
                await WriteAsync(SigningFace.Of(signed, written), cancel);
            else
            {
                SigningFace.Write(signed, Console.Out);
                foreach (var one in written)
                    place.Steps.Say($"Đã ghi: {one}");
            }
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>The issued files, by path.</summary>
    private static async Task<IReadOnlyList<string>> PutAsync(Workplace place, SignedReport signed, string folder, CancellationToken cancel)
    {
        var store = new StoredFiles(place.Database);
        var written = new List<string>();
        foreach (var file in (await new SignedReports(place.Database).FilesAsync(signed.SignedId, cancel)).Where(file => file.Format != "draft"))
            written.Add(await Publisher.PublishAsync(folder, file.Name, file.Sha256, to => store.CopyToAsync(file.FileId, to, cancel), () => Task.CompletedTask, cancel));
        return written;
    }

    private static Command Signed()
    {
        var unit = new Option<string?>("--unit") { Description = "Chỉ của một đơn vị", HelpName = "MÃ" };
        var year = new Option<int?>("--year") { Description = "Chỉ của một năm (năm của ngày ký)", HelpName = "yyyy" };
        var format = CommonOptions.Format();
        var command = new Command("signed", "Các báo cáo đã ký, mới nhất trước") { unit, year, format };
        command.SetAction(async (words, cancel) =>
        {
            var json = CommonOptions.IsJson(words, format);
            await using var place = await Workplace.OpenAsync(words, cancel);
            var found = await new SignedReports(place.Database).ListAsync(words.GetValue(unit), words.GetValue(year), cancel);
            if (json)
                await WriteAsync(found.Select(one => SigningFace.Of(one)).ToList(), cancel);
            else if (found.Count == 0)
                Console.Out.WriteLine("Chưa có báo cáo nào được ký.");
            else
                found.ToList().ForEach(one => SigningFace.Write(one, Console.Out));
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Verify()
    {
        var paper = new Argument<string>("FILE|CODE") { HelpName = "FILE|MÃ", Description = "Tệp, hoặc mã kiểm tra ở chân trang" };
        var format = CommonOptions.Format();
        var command = new Command("verify", "Tệp này, hoặc tờ giấy có mã này, có phải là bản đã ký") { paper, format };
        command.SetAction(async (words, cancel) =>
        {
            var json = CommonOptions.IsJson(words, format);
            var asked = words.GetValue(paper)!;
            if (!File.Exists(asked) && Path.HasExtension(asked))
                throw new UsageException($"Không có tệp {asked}.");
            await using var place = await Workplace.OpenAsync(words, cancel);
            var verifier = new Verifier(place.Database);
            var isFigures = File.Exists(asked) && Path.GetExtension(asked).Equals(SignedFigures.Ending, StringComparison.OrdinalIgnoreCase);
            var found = (isFigures ? await verifier.OfFiguresAsync(await File.ReadAllBytesAsync(asked, cancel), cancel) : null)
                ?? (File.Exists(asked) ? await verifier.OfFileAsync(await Paper.ReadAsync(asked, cancel), cancel) : await verifier.OfCodeAsync(asked, cancel));
            if (json)
                await WriteAsync(SigningFace.Of(found), cancel);
            else
            {
                Console.Out.WriteLine(found.Says);
                if (found.Report is { } report)
                    SigningFace.Write(report, Console.Out);
            }
            return found.IsOurs ? ExitCode.Done : ExitCode.Refused;
        });
        return command;
    }

    private static Command Changed()
    {
        var number = new Argument<string>("NUMBER") { HelpName = "SỐ", Description = "Số và ký hiệu của báo cáo đã ký, ví dụ 12-BC/HU" };
        var unit = new Option<string?>("--unit") { Description = "Đơn vị ban hành, khi nhiều đơn vị có cùng số", HelpName = "MÃ" };
        var year = new Option<int?>("--year") { Description = "Năm của ngày ký, khi nhiều năm có cùng số", HelpName = "yyyy" };
        var book = new Option<string?>("--out") { Description = "Ghi thành sổ Excel", HelpName = "FILE.xlsx" };
        var format = CommonOptions.Format();
        var command = new Command("changed", "Báo cáo đã ký nay đã khác gì: từng số liệu, từng người, do lần ghi nào, vì sao") { number, unit, year, book, format };
        command.SetAction(async (words, cancel) =>
        {
            var json = CommonOptions.IsJson(words, format);
            if (words.GetValue(book) is { } wanted && !Path.GetExtension(wanted).Equals(".xlsx", StringComparison.OrdinalIgnoreCase))
                throw new UsageException($"changed chỉ ghi sổ Excel: --out FILE.xlsx, không phải {Path.GetExtension(wanted)}.");
            await using var place = await Workplace.OpenAsync(words, cancel);
            var signed = await new SignedReports(place.Database).GetAsync(words.GetValue(number)!, words.GetValue(unit), words.GetValue(year), cancel);
            var changes = await new ChangesSince(place.Database, place.Statistics, Workplace.Definitions(), Workplace.Root).AskAsync(signed, place.Steps, cancel);
            place.Steps.Clear();
            if (words.GetValue(book) is { } path)
            {
                ChangesBook.Write(changes, path, cancel);
                place.Steps.Say($"Đã ghi: {Path.GetFullPath(path)}");
            }
            if (json)
                await WriteAsync(SigningFace.Of(changes), cancel);
            else
                SigningFace.Write(changes, Console.Out);
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Signer()
    {
        var name = new Argument<string?>("NAME") { HelpName = "HỌ TÊN", Description = "Người ký; không nêu: liệt kê", Arity = ArgumentArity.ZeroOrOne };
        var unit = new Option<string?>("--unit") { Description = "Đơn vị ban hành", HelpName = "MÃ" };
        var office = new Option<string?>("--office") { Description = "Chức vụ in trên tên, ví dụ “K/T TRƯỞNG BAN|PHÓ TRƯỞNG BAN”; | là xuống dòng", HelpName = "CHỨC VỤ" };
        var from = new Option<string?>("--from") { Description = "Ngày đầu có thẩm quyền", HelpName = "yyyy-MM-dd" };
        var to = new Option<string?>("--to") { Description = "Ngày đầu không còn thẩm quyền", HelpName = "yyyy-MM-dd" };
        var command = new Command("signer", "Người có thẩm quyền ký của một đơn vị: liệt kê, ghi") { name, unit, office, from, to };
        command.SetAction(async (words, cancel) =>
        {
            var code = words.GetValue(unit) ?? throw new UsageException("Thiếu đơn vị: --unit MÃ.");
            await using var place = await Workplace.OpenAsync(words, cancel);
            var signers = new Signers(place.Database);
            if (words.GetValue(name) is { } wanted)
            {
                await signers.AddAsync(
                    new(code, wanted, (words.GetValue(office) ?? "").Replace('|', '\n'), Day("--from", words.GetValue(from)), Day("--to", words.GetValue(to))), Environment.UserName, cancel);
            }
            foreach (var one in await signers.ListAsync(code, cancel))
                Console.Out.WriteLine($"{one.Name}{(one.Office.Length > 0 ? $" · {one.Office.Replace('\n', ' ')}" : "")}{(one.From is { } first ? $" · từ {Vietnamese.Day(first)}" : "")}{(one.To is { } last ? $" · đến trước {Vietnamese.Day(last)}" : "")}");
            return ExitCode.Done;
        });
        return command;

        static DateOnly? Day(string option, string? text) => text is null ? null : PeriodOptions.Day(option, text);
    }

    private static Command Send()
    {
        var numbers = new Argument<string[]>("NUMBER…") { HelpName = "SỐ…", Description = "Số của các báo cáo đã ký", Arity = ArgumentArity.OneOrMore };
        var unit = new Option<string?>("--unit") { Description = "Đơn vị ban hành, khi nhiều đơn vị có cùng số", HelpName = "MÃ" };
        var year = new Option<int?>("--year") { Description = "Năm của ngày ký, khi nhiều năm có cùng số", HelpName = "yyyy" };
        var to = new Option<string?>("--to") { Description = "Nơi nhận, ghi trên biên nhận", HelpName = "NƠI NHẬN" };
        var folder = new Option<string?>("--out") { Description = "Thư mục hoặc ổ đĩa rời nhận bộ gửi", HelpName = "THƯ MỤC" };
        var passphrase = new Option<string?>("--passphrase-file") { Description = "Kèm danh sách có tên, niêm phong bằng mật khẩu ở dòng đầu của tệp này (không nêu: không kèm tên)", HelpName = "FILE" };
        var certificate = new Option<string?>("--certificate") { Description = "Ký tệp số liệu bằng chứng thư của cơ quan: tệp PKCS#12 quyền 0600", HelpName = "FILE.p12" };
        var certificatePassphrase = new Option<string?>("--certificate-passphrase-file") { Description = "Tệp có mật khẩu chứng thư ở dòng đầu (không nêu: hỏi)", HelpName = "FILE" };
        var command = new Command("send", "Đưa bộ đã ký ra thư mục hoặc ổ đĩa rời cho nơi nhận, có mục lục, mã kiểm tra và biên nhận") { numbers, unit, year, to, folder, passphrase, certificate, certificatePassphrase };
        command.SetAction(async (words, cancel) =>
        {
            var recipient = words.GetValue(to) ?? throw new UsageException("Thiếu nơi nhận: --to NƠI NHẬN.");
            var target = Path.GetFullPath(words.GetValue(folder) ?? throw new UsageException("Thiếu thư mục: --out THƯ MỤC."));
            var secret = Passphrase(words.GetValue(passphrase));
            var office = words.GetValue(certificate);
            if (office is not null && !File.Exists(office))
                throw new UsageException($"Không có tệp {office}.");
            using var seal = office is null ? null : OfficeCertificate.Open(office, Passphrase(words.GetValue(certificatePassphrase)) ?? AskPassphrase(), Vietnamese.Today(Workplace.Clock.GetUtcNow()));
            await using var place = await Workplace.OpenAsync(words, cancel);
            var reports = new List<SignedReport>();
            foreach (var number in words.GetValue(numbers)!)
                reports.Add(await new SignedReports(place.Database).GetAsync(number, words.GetValue(unit), words.GetValue(year), cancel));
            ReportFolder.Make(target);
            Console.Out.Write(await new Outbox(place.Database).SendAsync(new(reports, recipient, target, secret, Environment.UserName) { Seal = seal }, cancel));
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Open()
    {
        var file = new Argument<string>("FILE") { HelpName = "FILE.sinho", Description = "Tệp niêm phong do lệnh send lập" };
        var folder = new Option<string?>("--out") { Description = "Thư mục nhận các tệp", HelpName = "THƯ MỤC" };
        var passphrase = new Option<string?>("--passphrase-file") { Description = "Tệp có mật khẩu niêm phong ở dòng đầu", HelpName = "FILE" };
        var command = new Command("open", "Mở tệp niêm phong") { file, folder, passphrase };
        command.SetAction(async (words, cancel) =>
        {
            var path = words.GetValue(file)!;
            if (!File.Exists(path))
                throw new UsageException($"Không có tệp {path}.");
            var target = Path.GetFullPath(words.GetValue(folder) ?? throw new UsageException("Thiếu thư mục: --out THƯ MỤC."));
            var secret = Passphrase(words.GetValue(passphrase)) ?? throw new UsageException("Thiếu mật khẩu: --passphrase-file FILE.");
            var opened = Sealed.Open(await File.ReadAllBytesAsync(path, cancel), secret);
            ReportFolder.Make(target);
            foreach (var (name, bytes) in opened)
            {
                // Whole, and never over another file of that name.
                Console.Out.WriteLine(await Publisher.PublishAsync(
                    target, Path.GetFileName(name), Convert.ToHexStringLower(SHA256.HashData(bytes)), to => to.WriteAsync(bytes, cancel).AsTask(), () => Task.CompletedTask, cancel));
            }
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>Typed, not shown and not kept.</summary>
    private static string AskPassphrase()
    {
        if (Console.IsInputRedirected)
            throw new UsageException("Thiếu mật khẩu chứng thư: --passphrase-file FILE.");
        return AnsiConsole.Prompt(new TextPrompt<string>("Mật khẩu chứng thư:").Secret());
    }

    private static string? Passphrase(string? path) => path is null ? null
        : !File.Exists(path) ? throw new UsageException($"Không có tệp {path}.")
        : File.ReadLines(path).FirstOrDefault()?.TrimEnd('\r') is { Length: > 0 } secret ? secret : throw new UsageException($"Tệp {path} không có mật khẩu ở dòng đầu.");

    private static async Task WriteAsync(object shape, CancellationToken cancel)
    {
        await using var output = Console.OpenStandardOutput();
        await SigningFace.WriteAsync(shape, output, cancel);
    }
}
