using System.CommandLine;
using SinHo.Reporting.Exchange;

namespace SinHo.Reporting.Host.Verbs;

/// <summary>sinho undo-import N: gives back what an import changed, added and removed, whole or not at all. Source: docs/spec/exchange-workbook.md, Undo.</summary>
public static class UndoImportVerb
{
    public static Command Command()
    {
        var number = new Argument<long>("N") { HelpName = "N", Description = "Số của lần nhập" };
        var dryRun = new Option<bool>("--dry-run") { Description = "Chỉ xem sẽ trả lại những gì, không ghi" };
        var reason = CommonOptions.Reason();
        var format = CommonOptions.Format();
        var command = new Command("undo-import", "Hoàn tác một lần nhập: trả lại đúng những gì nó đã sửa, thêm, xóa") { number, dryRun, reason, format };
        command.SetAction(async (words, cancel) =>
        {
            var json = CommonOptions.IsJson(words, format);
            var isTrial = words.GetValue(dryRun);
            await using var place = await Workplace.OpenAsync(words, cancel);
            var undo = await GivenBack.FindAsync(place.Database, words.GetValue(number), cancel);
            var outcome = await ImportVerb.RunAsync(place, undo, undo.Name, isTrial, cancel, withChanges: true, reason: words.GetValue(reason));
            if (!json)
                return ImportVerb.Show(outcome, isTrial, undo.Import);
            await ImportVerb.WriteJsonAsync(outcome, cancel);
            return ImportVerb.Exit(outcome);
        });
        return command;
    }
}
