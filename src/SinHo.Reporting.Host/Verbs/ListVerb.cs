using System.CommandLine;
using SinHo.Reporting.Catalog;
using SinHo.Reporting.Faces;
using SinHo.Reporting.Facts;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Reports;
using SinHo.Reporting.Words;

namespace SinHo.Reporting.Host.Verbs;

/// <summary>sinho list NAME --unit CODE --as-of DATE: the rows behind a stock figure on any day. Every stock figure is a list.</summary>
public static class ListVerb
{
    public static Command Command()
    {
        var name = new Argument<string>("NAME") { HelpName = "NAME", Description = "members, branches, villages, few_member_branches… (mã số liệu có đến một ngày)" };
        var unit = new Option<string?>("--unit") { Description = "Mã đơn vị", HelpName = "MÃ" };
        var day = new Option<string?>("--as-of") { Description = "Ngày lấy số liệu", HelpName = "yyyy-MM-dd" };
        var file = new Option<string?>("--out") { Description = "Ghi theo đuôi tệp: sổ Excel, văn bản Word, PDF hoặc CSV", HelpName = "FILE.xlsx|.docx|.pdf|.csv" };
        var set = CommonOptions.Set();
        var basis = CommonOptions.Basis();
        var command = new Command("list", "Danh sách có đến một ngày: đảng viên, chi bộ, bản…") { name, unit, day, set, file, basis };
        command.SetAction(async (words, cancel) =>
        {
            var code = words.GetValue(unit) ?? throw new UsageException("Thiếu đơn vị: --unit MÃ.");
            var on = PeriodOptions.Day("--as-of", words.GetValue(day) ?? throw new UsageException("Thiếu ngày: --as-of yyyy-MM-dd."));
            PeriodOptions.RefuseFuture(on);
            var onMap = CommonOptions.IsOnMap(words, basis);
            var kind = words.GetValue(file) is { } asked ? OutFile.Kind(asked, Enum.GetValues<FileKind>()) : FileKind.Workbook;
            var definitions = Workplace.Definitions();
            var indicator = Find(definitions, words.GetValue(name)!);
            await using var place = await Workplace.OpenAsync(words, cancel);
            var request = new ListRequest(indicator.Code, code, new(on, on), ListView.Whole) { Map = onMap ? on : null, Settings = CommonOptions.Settings(words, set) };
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
