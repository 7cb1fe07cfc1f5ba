using System.CommandLine;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Runs;

namespace SinHo.Reporting.Host.Verbs;

/// <summary>sinho calendar: where months end; without a further word, the list.</summary>
public static class CalendarVerb
{
    private const string MonthEnd = "ngày cuối tháng";

    public static Command Command()
    {
        var command = new Command("calendar", "Lịch chốt số liệu: xem danh sách (không nêu gì thêm), add: thêm, change: sửa, remove: xóa") { Add(), Change(), Remove() };
        command.SetAction(async (words, cancel) =>
        {
            await using var place = await Workplace.OpenAsync(words, cancel);
            foreach (var (calendar, schedules) in await new Calendars(place.Database).UsesAsync(cancel))
            {
                await Console.Out.WriteLineAsync($"{calendar.Code}  {calendar.Name}  {(calendar.CutOffDay is { } day ? $"chốt ngày {day}" : MonthEnd)}"
                    + (schedules.Count > 0 ? $"  lịch xuất số {string.Join(", ", schedules)}" : ""));
            }
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Add()
    {
        var (code, day, name) = (Code(), Day(), Name());
        var command = new Command("add", "Thêm một lịch có tháng kết thúc vào một ngày chốt") { code, day, name };
        command.SetAction((words, cancel) => TryAsync(words, async (calendars, wanted) =>
        {
            var cutOff = words.GetValue(day) ?? throw new UsageException("Thiếu --day NGÀY: ngày cuối của tháng, 1 đến 28.");
            await calendars.AddAsync(new(wanted, words.GetValue(name) ?? $"Tháng chốt ngày {cutOff}", cutOff), cancel);
            return $"Đã thêm lịch {wanted}.";
        }, code, cancel));
        return command;
    }

    private static Command Change()
    {
        var (code, day, name) = (Code(), Day(), Name());
        var command = new Command("change", "Đổi tên lịch; đổi ngày chốt khi chưa lịch xuất nào dùng") { code, day, name };
        command.SetAction((words, cancel) => TryAsync(words, async (calendars, wanted) =>
        {
            var old = (await calendars.ListAsync(cancel)).FirstOrDefault(one => one.Code == wanted) ?? new ReportingCalendar(wanted, wanted, null);
            await calendars.ChangeAsync(new(wanted, words.GetValue(name) ?? old.Name, words.GetValue(day) ?? old.CutOffDay), cancel);
            return $"Đã sửa lịch {wanted}.";
        }, code, cancel));
        return command;
    }

    private static Command Remove()
    {
        var code = Code();
        var command = new Command("remove", "Xóa một lịch chưa lịch xuất nào dùng") { code };
        command.SetAction((words, cancel) => TryAsync(words, async (calendars, wanted) =>
        {
            await calendars.RemoveAsync(wanted, cancel);
            return $"Đã xóa lịch {wanted}.";
        }, code, cancel));
        return command;
    }

    private static async Task<int> TryAsync(ParseResult words, Func<Calendars, string, Task<string>> act, Argument<string> code, CancellationToken cancel)
    {
        await using var place = await Workplace.OpenAsync(words, cancel);
        try
        {
            await Console.Out.WriteLineAsync(await act(new Calendars(place.Database), words.GetValue(code)!));
            return ExitCode.Done;
        }
        catch (ScheduleRefusedException refused)
        {
            await Console.Error.WriteLineAsync(refused.Message);
            return ExitCode.Refused;
        }
    }

    private static Argument<string> Code() => new("LỊCH") { HelpName = "LỊCH", Description = "Mã của lịch, ví dụ chot-20" };

    private static Option<int?> Day() => new("--day") { Description = $"Ngày cuối của tháng, 1 đến {Calendars.LastCutOffDay}", HelpName = "NGÀY" };

    private static Option<string?> Name() => new("--name") { Description = "Tên trên trang và báo cáo", HelpName = "TÊN" };
}
