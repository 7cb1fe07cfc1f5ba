using System.CommandLine;
using SinHo.Reporting.Faces;
using SinHo.Reporting.Rolls;
using SinHo.Reporting.Words;

namespace SinHo.Reporting.Host.Verbs;

/// <summary>sinho roll --unit CODE --as-of DATE --out FILE.xlsx: the list of one grassroots organisation for matching.</summary>
public static class RollVerb
{
    public static Command Command()
    {
        var unit = new Option<string?>("--unit") { Description = "Mã tổ chức cơ sở đảng", HelpName = "MÃ" };
        var day = new Option<string?>("--as-of") { Description = "Ngày của danh sách", HelpName = "yyyy-MM-dd" };
        var file = new Option<string?>("--out") { Description = "Tệp sẽ ghi", HelpName = "FILE.xlsx" };
        var command = new Command("roll", "Danh sách đối chiếu của một tổ chức cơ sở đảng: gửi đi để sửa, nhập lại bằng import") { unit, day, file };
        command.SetAction(async (words, cancel) =>
        {
            var code = words.GetValue(unit) ?? throw new UsageException("Thiếu đơn vị: --unit MÃ.");
            var on = PeriodOptions.Day("--as-of", words.GetValue(day) ?? throw new UsageException("Thiếu ngày: --as-of yyyy-MM-dd."));
            PeriodOptions.RefuseFuture(on);
            var path = words.GetValue(file) ?? throw new UsageException("Thiếu tệp sẽ ghi: --out FILE.xlsx.");
            _ = OutFile.Kind(path, FileKind.Workbook);
            await using var place = await Workplace.OpenAsync(words, cancel);
            var roll = await Roll.MakeAsync(place.Database, code, on, cancel);
            RollFace.Write(roll, path, cancel);
            await roll.KeepAsync(place.Database, Environment.UserName, file: null, cancel);
            place.Steps.Say($"Đã ghi danh sách đối chiếu số {roll.Number} của {roll.UnitName} ({Vietnamese.Number(roll.Count)} đảng viên): {Path.GetFullPath(path)}");
            return ExitCode.Done;
        });
        return command;
    }
}
