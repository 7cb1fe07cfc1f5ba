using System.CommandLine;
using SinHo.Reporting.Events;
using SinHo.Reporting.Exchange;

namespace SinHo.Reporting.Host.Verbs;

/// <summary>sinho record EVENTS.json: events one by one, through the door of the import.</summary>
public static class RecordVerb
{
    public static Command Command()
    {
        var file = new Argument<string>("EVENTS") { HelpName = "EVENTS.json", Description = "Các sự kiện: {\"entries\": [ … ]}" };
        var dryRun = new Option<bool>("--dry-run") { Description = "Chỉ kiểm tra, không ghi gì" };
        var reason = CommonOptions.Reason();
        var format = CommonOptions.Format();
        var command = new Command("record", "Ghi sự kiện vào sổ đăng ký: kết nạp, công nhận, chuyển, thôi, chức vụ, họp, xếp loại, gộp mã trùng…; tất cả hoặc không gì cả") { file, dryRun, reason, format };
        command.SetAction(async (words, cancel) =>
        {
            var (path, isTrial) = (words.GetValue(file)!, words.GetValue(dryRun));
            var json = CommonOptions.IsJson(words, format);
            if (!File.Exists(path))
                throw new WorkbookRefusedException($"Không tìm thấy tệp {path}; hãy kiểm tra lại đường dẫn.");
            await using var place = await Workplace.OpenAsync(words, cancel);
            var import = new RegisterImport(place.Database, Path.Combine(Workplace.Root, "sql", "import"), Workplace.Clock);
            var request = new ImportRequest(Path.GetFileName(path), await ImportVerb.HashAsync(path, cancel), Environment.UserName, isTrial) { WithChanges = isTrial, Reason = words.GetValue(reason) };
            await using var events = File.OpenRead(path);
            var outcome = await EventRecord.RunAsync(place.Database, import, events, request, place.Steps, cancel);
            place.Steps.Clear();
            if (!json)
                return ImportVerb.Show(outcome, isTrial, called: "Tệp sự kiện");
            await ImportVerb.WriteJsonAsync(outcome, cancel);
            return ImportVerb.Exit(outcome);
        });
        return command;
    }
}
