using System.CommandLine;
using SinHo.Reporting.Faces;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Signing;
using SinHo.Reporting.Sums;
using SinHo.Reporting.Words;

namespace SinHo.Reporting.Host.Verbs;

/// <summary>sinho register-name, senders, receive, received, sum. Source: docs/spec/command-line.md, Several registers.</summary>
public static class SumVerbs
{
    public static IEnumerable<Command> Commands() => [RegisterName(), SendersOf(), Receive(), Received(), Sum()];

    private static DateOnly Today => Vietnamese.Today(Workplace.Clock.GetUtcNow());

    private static Command RegisterName()
    {
        var code = new Argument<string?>("CODE") { HelpName = "MÃ", Description = "Mã của sổ này ở nơi cộng số liệu; không nêu: cho biết mã đang dùng", Arity = ArgumentArity.ZeroOrOne };
        var name = new Option<string?>("--name") { Description = "Tên của sổ, ví dụ “Tỉnh ủy Lai Châu”", HelpName = "TÊN" };
        var command = new Command("register-name", "Mã và tên của sổ này trong số liệu gửi cấp trên") { code, name };
        command.SetAction(async (words, cancel) =>
        {
            await using var place = await Workplace.OpenAsync(words, cancel);
            var own = new OwnRegister(place.Database);
            if (words.GetValue(code) is { } wanted)
                await own.EnterAsync(new(wanted, words.GetValue(name) ?? throw new UsageException("Thiếu tên: --name TÊN.")), Environment.UserName, cancel);
            Console.Out.WriteLine(await own.EnteredAsync(cancel) is { } entered ? $"{entered.Code} · {entered.Name}" : "Chưa ghi; số liệu gửi đi mang mã và tên của tổ chức cao nhất trong sổ.");
            return ExitCode.Done;
        });
        return command;
    }

    private static Command SendersOf()
    {
        var code = new Argument<string?>("CODE") { HelpName = "MÃ", Description = "Mã của sổ chờ nhận; không nêu: liệt kê", Arity = ArgumentArity.ZeroOrOne };
        var name = new Option<string?>("--name") { Description = "Tên của sổ", HelpName = "TÊN" };
        var unit = new Option<string?>("--unit") { Description = "Mã đơn vị mà sổ đó báo cáo cho toàn sổ (không nêu: như mã sổ)", HelpName = "MÃ" };
        var since = new Option<string?>("--since") { Description = "Chờ các kỳ kết thúc từ ngày này", HelpName = "yyyy-MM-dd" };
        var until = new Option<string?>("--until") { Description = "Ngày đầu không còn chờ", HelpName = "yyyy-MM-dd" };
        var format = CommonOptions.Format();
        var command = new Command("senders", "Các sổ mà số liệu đã ký được cộng ở đây: liệt kê, ghi") { code, name, unit, since, until, format };
        command.SetAction(async (words, cancel) =>
        {
            var json = CommonOptions.IsJson(words, format);
            await using var place = await Workplace.OpenAsync(words, cancel);
            var senders = new Senders(place.Database);
            if (words.GetValue(code) is { } wanted)
            {
                var known = (await senders.ListAsync(cancel)).FirstOrDefault(one => one.Code == wanted);
                await senders.EnterAsync(new(
                    wanted, words.GetValue(name) ?? known?.Name ?? throw new UsageException("Thiếu tên: --name TÊN."), words.GetValue(unit) ?? known?.Unit ?? wanted,
                    words.GetValue(since) is { } first ? PeriodOptions.Day("--since", first) : known?.From ?? throw new UsageException("Thiếu ngày bắt đầu chờ: --since yyyy-MM-dd."),
                    words.GetValue(until) is { } end ? PeriodOptions.Day("--until", end) : known?.To), Environment.UserName, cancel);
            }
            var all = await senders.ListAsync(cancel);
            if (json)
                await WriteAsync(all.Select(SumFace.Of), cancel);
            else
                all.ToList().ForEach(one => Console.Out.WriteLine($"{one.Code} · {one.Name} · đơn vị {one.Unit} · từ {Vietnamese.Day(one.From)}{(one.To is { } last ? $" · đến trước {Vietnamese.Day(last)}" : "")}"));
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Receive()
    {
        var folder = new Argument<string>("FOLDER") { HelpName = "THƯ MỤC", Description = "Thư mục hoặc ổ đĩa rời có bộ gửi (lệnh send của sổ cấp dưới)" };
        var index = new Option<string?>("--index") { Description = "Dấu của mục lục in trên biên nhận (ít nhất 12 chữ số đầu), để biết chắc là bộ của nơi gửi", HelpName = "SHA-256" };
        var format = CommonOptions.Format();
        var command = new Command("receive", "Nhận bộ số liệu đã ký của một sổ: soát từng tệp với mục lục, nhận cả bộ hoặc không nhận gì") { folder, index, format };
        command.SetAction(async (words, cancel) =>
        {
            var json = CommonOptions.IsJson(words, format);
            var path = Path.GetFullPath(words.GetValue(folder)!);
            if (!Directory.Exists(path))
                throw new UsageException($"Không có thư mục {path}.");
            await using var place = await Workplace.OpenAsync(words, cancel);
            try
            {
                var outcome = await new Reception(place.Database).TakeAsync(new(path, Workplace.Clock.GetUtcNow(), Environment.UserName) { Index = words.GetValue(index) }, cancel);
                if (json)
                    await WriteAsync(SumFace.Of(outcome), cancel);
                else
                    SumFace.Write(outcome, Console.Out);
                return ExitCode.Done;
            }
            catch (ReceptionRefusedException refused) when (json)
            {
                await WriteAsync(SumFace.Of(refused), cancel);
                return ExitCode.Refused;
            }
        });
        return command;
    }

    private static Command Received()
    {
        var name = new Argument<string>("NAME") { HelpName = "NAME", Description = "Tên báo cáo, ví dụ monthly, form-1, term" };
        var year = new Option<int?>("--year") { Description = "Các kỳ kết thúc trong năm (không nêu: năm nay)", HelpName = "yyyy" };
        var format = CommonOptions.Format();
        var command = new Command("received", "Bảng các sổ: kỳ nào đã nhận, nhận muộn, đã thay, chưa gửi, không khớp") { name, year, format };
        command.SetAction(async (words, cancel) =>
        {
            var json = CommonOptions.IsJson(words, format);
            var asked = words.GetValue(year) ?? Today.Year;
            if (asked is < 1900 or > 2100)
                throw new UsageException($"--year: “{asked}” không phải là năm từ 1900 đến 2100.");
            await using var place = await Workplace.OpenAsync(words, cancel);
            var board = await SenderBoard.ReadAsync(place.Database, Workplace.Definitions(), Workplace.Root, words.GetValue(name)!, asked, Today, cancel);
            if (json)
                await WriteAsync(SumFace.Of(board), cancel);
            else
                SumFace.Write(board, Console.Out);
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Sum()
    {
        var name = new Argument<string>("NAME") { HelpName = "NAME", Description = "Tên báo cáo, ví dụ monthly, form-1, term" };
        var period = new PeriodOptions();
        var over = new Option<string?>("--over-definitions") { Description = "Cộng cả số liệu có định nghĩa khác, vì lý do này; lý do được in", HelpName = "LÝ DO" };
        var file = new Option<string?>("--out") { Description = "Ghi thành sổ Excel hoặc CSV", HelpName = "FILE.xlsx|FILE.csv" };
        var format = CommonOptions.Format();
        var command = new Command("sum", "Cộng số liệu đã ký của các sổ; sổ chưa gửi là chỗ trống và số cộng ghi rõ là chưa đủ") { name, over, file, format };
        foreach (var option in period.All)
            command.Add(option);
        command.SetAction(async (words, cancel) =>
        {
            var json = CommonOptions.IsJson(words, format);
            var path = words.GetValue(file);
            var kind = path is null ? FileKind.Workbook : OutFile.Kind(path, FileKind.Workbook, FileKind.Csv);
            await using var place = await Workplace.OpenAsync(words, cancel);
            var (asked, _) = await period.ReadAsync(words, place.Database, cancel);
            PeriodOptions.RefuseFuture(asked.From);
            var sum = await new Summing(place.Database, Workplace.Definitions(), Workplace.Root).SumAsync(words.GetValue(name)!, asked, words.GetValue(over), Today, cancel);
            place.Steps.Clear();
            if (path is not null)
            {
                SumBook.Write(kind, sum, path, cancel);
                place.Steps.Say($"Đã ghi: {Path.GetFullPath(path)}");
            }
            if (json)
                await WriteAsync(SumFace.Of(sum), cancel);
            else if (path is null)
                SumFace.Write(sum, Console.Out);
            return ExitCode.Done;
        });
        return command;
    }

    private static async Task WriteAsync(object shape, CancellationToken cancel)
    {
        await using var output = Console.OpenStandardOutput();
        await SigningFace.WriteAsync(shape, output, cancel);
    }
}
