using System.CommandLine;
using SinHo.Reporting.Exchange;
using SinHo.Reporting.Faces;
using SinHo.Reporting.Reorganisation;
using SinHo.Reporting.Words;
using Spectre.Console;

namespace SinHo.Reporting.Host.Verbs;

/// <summary>sinho reorganise PLAN: carries out a plan of restructuring as one import, or shows what it would do.</summary>
public static class ReorganiseVerb
{
    private const int ShownUnits = 60;

    public static Command Command()
    {
        var file = new Argument<string>("PLAN") { HelpName = "PLAN.xlsx", Description = "Phương án: trang Phương án, có thể thêm Phân bổ và Chi bộ - bản" };
        var rehearse = new Option<bool>("--rehearse") { Description = "Chỉ diễn tập: nêu trước và sau, không ghi gì" };
        var outFile = new Option<string?>("--out") { Description = "Ghi trước và sau, lỗi và từng thay đổi ra tệp Excel", HelpName = "FILE.xlsx" };
        var reason = CommonOptions.Reason();
        var format = CommonOptions.Format();
        var command = new Command("reorganise", "Sắp xếp tổ chức theo phương án: sáp nhập, chia tách, chuyển, đổi tên, giải thể, thành lập") { file, rehearse, outFile, reason, format };
        command.SetAction(async (words, cancel) =>
        {
            var (path, isRehearsal, target) = (words.GetValue(file)!, words.GetValue(rehearse), words.GetValue(outFile));
            var json = CommonOptions.IsJson(words, format);
            if (target is not null)
                _ = OutFile.Kind(target, FileKind.Workbook);
            await using var place = await Workplace.OpenAsync(words, cancel);
            var definitions = Workplace.Definitions();
            var import = new RegisterImport(place.Database, Path.Combine(Workplace.Root, "sql", "import"), Workplace.Clock);
            var request = new ImportRequest(Path.GetFileName(path), File.Exists(path) ? await ImportVerb.HashAsync(path, cancel) : "", Environment.UserName, isRehearsal) { WithChanges = true, Reason = words.GetValue(reason) };
            var outcome = await Plan.RunAsync(place.Database, import, definitions, new WorkbookSource(path, cancel), request, place.Steps, cancel);
            place.Steps.Clear();
            if (target is not null)
            {
                PlanFace.Write(outcome, definitions, Path.GetFileName(path), isRehearsal, target, cancel);
                place.Steps.Say($"Đã ghi trước và sau: {Path.GetFullPath(target)}");
            }
            if (json)
                await ImportVerb.WriteJsonAsync(outcome.Import, cancel, outcome.Units);
            else
                Show(outcome, isRehearsal);
            return ImportVerb.Exit(outcome.Import);
        });
        return command;
    }

    private static void Show(PlanOutcome outcome, bool isRehearsal)
    {
        var console = AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(Console.Out) });
        if (outcome.Units.Count > 0)
        {
            string[] heads = ["Đảng viên", "Chi bộ", "Bản", "Dưới 3", "Ít đảng viên", "Bản trắng", "Bản chưa có chi bộ", "Bí thư là trưởng bản"];
            var table = new Table().RoundedBorder().AddColumn("Đơn vị (trước → sau)").AddColumns([.. heads.Select(head => new TableColumn(head).RightAligned())]);
            foreach (var unit in outcome.Units.Take(ShownUnits))
                table.AddRow([Markup.Escape($"{unit.Unit} {unit.Name}"), .. UnitChanges.Figures.Select(figure => $"{Number(unit.Before?[figure])} → {Number(unit.After?[figure])}")]);
            console.Write(table);
            if (outcome.Units.Count > ShownUnits)
                Console.Out.WriteLine($"… và {Vietnamese.Number(outcome.Units.Count - ShownUnits)} đơn vị nữa; dùng --out FILE.xlsx để xem tất cả.");
        }
        ImportVerb.Show(outcome.Import, isRehearsal, called: "Phương án");
    }

    private static string Number(long? value) => value is { } known ? Vietnamese.Number(known) : "–";
}
