using System.CommandLine;
using SinHo.Reporting.Catalog;
using SinHo.Reporting.Faces;
using SinHo.Reporting.Facts;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Reports;
using SinHo.Reporting.Words;

namespace SinHo.Reporting.Host.Verbs;

/// <summary>
/// sinho list NAME --unit CODE --as-of DATE: the rows behind a stock figure on any day. Every stock figure is a list.
/// sinho list probation-due|badge-due|congress-due --unit CODE --from D --to D [--early]: what falls due, the future allowed.
/// </summary>
public static class ListVerb
{
    private const string Badges = "badge_due";
    private const string EarlyBadges = "badge_due_early";

    /// <summary>What falls due, by the name of its list: the figure that counts it.</summary>
    private static readonly Dictionary<string, string> Due = new(StringComparer.Ordinal)
    {
        ["probation-due"] = "probation_falling_due",
        ["badge-due"] = Badges,
        ["congress-due"] = "congress_due",
    };

    public static Command Command()
    {
        var name = new Argument<string>("NAME") { HelpName = "NAME", Description = $"members, branches, villages, few_member_branches… (mã số liệu có đến một ngày); đến hạn: {string.Join(", ", Due.Keys)}" };
        var unit = new Option<string?>("--unit") { Description = "Mã đơn vị", HelpName = "MÃ" };
        var day = new Option<string?>("--as-of") { Description = "Ngày lấy số liệu", HelpName = "yyyy-MM-dd" };
        var from = new Option<string?>("--from") { Description = "Danh sách đến hạn: từ ngày", HelpName = "yyyy-MM-dd" };
        var to = new Option<string?>("--to") { Description = "Danh sách đến hạn: đến hết ngày, có thể ở phía trước", HelpName = "yyyy-MM-dd" };
        var file = new Option<string?>("--out") { Description = "Ghi theo đuôi tệp: sổ Excel, văn bản Word, PDF hoặc CSV", HelpName = "FILE.xlsx|.docx|.pdf|.csv" };
        var early = new Option<bool>("--early") { Description = "badge-due: kể cả người còn không quá 12 tháng (24 tháng với Huy hiệu từ 70 năm) thì đủ, có thể tặng sớm" };
        var set = CommonOptions.Set();
        var basis = CommonOptions.Basis();
        var command = new Command("list", "Danh sách có đến một ngày: đảng viên, chi bộ, bản…") { name, unit, day, from, to, early, set, file, basis };
        command.SetAction(async (words, cancel) =>
        {
            var code = words.GetValue(unit) ?? throw new UsageException("Thiếu đơn vị: --unit MÃ.");
            var due = Due.GetValueOrDefault(words.GetValue(name)!);
            if (words.GetValue(early))
                due = due == Badges ? EarlyBadges : throw new UsageException("--early chỉ đi cùng badge-due.");
            var period = due is null ? OnDay(words.GetValue(day), words.GetValue(from) ?? words.GetValue(to)) : Days(words.GetValue(from), words.GetValue(to), words.GetValue(day));
            var onMap = CommonOptions.IsOnMap(words, basis);
            var kind = words.GetValue(file) is { } asked ? OutFile.Kind(asked, Enum.GetValues<FileKind>()) : FileKind.Workbook;
            var definitions = Workplace.Definitions();
            var indicator = due is null ? Find(definitions, words.GetValue(name)!) : definitions[due].Indicator;
            await using var place = await Workplace.OpenAsync(words, cancel);
            var request = new ListRequest(indicator.Code, code, period, ListView.Whole) { Map = onMap ? period.To : null, Settings = CommonOptions.Settings(words, set) };
            var list = await new ListPages(place.Statistics, definitions).ListAsync(request, place.Steps, cancel);
            var figure = list.Figure;
            using (figure.Evidence)
            {
                if (words.GetValue(file) is not { } path)
                {
                    TextFace.WriteList(figure, Console.Out);
                    return ExitCode.Done;
                }
                FileKinds.WriteList(kind, list, filter: null, path, place.Steps, cancel);
                place.Steps.Say($"Đã ghi danh sách ({Vietnamese.Number(figure.Value)} dòng): {Path.GetFullPath(path)}");
            }
            return ExitCode.Done;
        });
        return command;
    }

    private static Period OnDay(string? day, string? other)
    {
        if (other is not null)
            throw new UsageException($"--from và --to chỉ đi cùng {string.Join(", ", Due.Keys)}; danh sách này có đến một ngày: --as-of yyyy-MM-dd.");
        var on = PeriodOptions.Day("--as-of", day ?? throw new UsageException("Thiếu ngày: --as-of yyyy-MM-dd."));
        PeriodOptions.RefuseFuture(on);
        return new(on, on);
    }

    private static Period Days(string? from, string? to, string? day)
    {
        if (day is not null || from is null || to is null)
            throw new UsageException("Danh sách đến hạn cần --from yyyy-MM-dd và --to yyyy-MM-dd, không dùng --as-of.");
        var (first, last) = (PeriodOptions.Day("--from", from), PeriodOptions.Day("--to", to));
        return last >= first ? new(first, last) : throw new UsageException($"Kỳ kết thúc ({Vietnamese.Day(last)}) trước khi bắt đầu ({Vietnamese.Day(first)}).");
    }

    private static Indicator Find(Definitions definitions, string name)
    {
        var lists = definitions.Sets.SelectMany(set => set.Indicators).Where(indicator => indicator.IsStock).ToList();
        if (lists.Find(indicator => indicator.Code == name) is { } found)
            return found;
        var nearest = NearestWord.To(name, lists.Select(indicator => indicator.Code));
        throw new UnknownNameException(nearest is null
            ? $"Không có danh sách “{name}”; các danh sách: {string.Join(", ", lists.Select(indicator => indicator.Code))}."
            : $"Không có danh sách “{name}”. Có phải “{nearest}”?");
    }
}
