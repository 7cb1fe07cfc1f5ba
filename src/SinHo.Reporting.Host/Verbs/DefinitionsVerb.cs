using System.CommandLine;
using SinHo.Reporting.Catalog;
using SinHo.Reporting.Faces;
using SinHo.Reporting.Reports;
using SinHo.Reporting.Words;

namespace SinHo.Reporting.Host.Verbs;

/// <summary>sinho definitions [CODE] [--out DIR]: what each figure means, for people.</summary>
public static class DefinitionsVerb
{
    public static Command Command()
    {
        var code = new Argument<string?>("CODE") { HelpName = "[MÃ]", Description = "Mã một số liệu; không nêu: liệt kê tất cả", Arity = ArgumentArity.ZeroOrOne };
        var folder = new Option<string?>("--out") { Description = "Ghi mỗi số liệu một trang .md vào thư mục", HelpName = "THƯ MỤC" };
        var command = new Command("definitions", "Định nghĩa của từng số liệu: đếm gì, theo ngày nào, tham số và căn cứ") { code, folder };
        command.SetAction(words =>
        {
            var all = Workplace.Definitions().Sets.SelectMany(set => set.Indicators.Select(indicator => (Set: set, Indicator: indicator))).ToList();
            if (words.GetValue(code) is { } one)
                all = [Find(all, one)];
            if (words.GetValue(folder) is { } target)
                Write(all, target);
            else if (all.Count == 1)
                Console.Out.WriteLine(DefinitionPage.Write(all[0].Set, all[0].Indicator));
            else
                all.ForEach(pair => Console.Out.WriteLine($"{pair.Indicator.Code,-38} {pair.Indicator.Caption}"));
            return ExitCode.Done;
        });
        return command;
    }

    private static (IndicatorSet Set, Indicator Indicator) Find(List<(IndicatorSet Set, Indicator Indicator)> all, string code)
    {
        var found = all.FindIndex(pair => pair.Indicator.Code == code);
        if (found >= 0)
            return all[found];
        var nearest = NearestWord.To(code, all.Select(pair => pair.Indicator.Code));
        throw new UnknownNameException($"Không có số liệu “{code}”.{(nearest is null ? "" : $" Có phải “{nearest}”?")}");
    }

    private static void Write(List<(IndicatorSet Set, Indicator Indicator)> all, string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var (set, indicator) in all)
        {
            var page = Path.Combine(folder, $"{indicator.Code}.md");
            File.WriteAllText(page, DefinitionPage.Write(set, indicator));
            OwnFiles.Settle(page);
        }
        Console.Error.WriteLine($"Đã ghi {all.Count} trang vào {Path.GetFullPath(folder)}");
    }
}
