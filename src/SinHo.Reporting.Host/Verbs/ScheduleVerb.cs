using System.CommandLine;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Runs;
using SinHo.Reporting.Words;

namespace SinHo.Reporting.Host.Verbs;

/// <summary>sinho schedule: what is made by itself again and again; without a further word, the list.</summary>
public static class ScheduleVerb
{
    private static readonly (string Word, Cycle Cycle, string Says)[] Cycles =
    [
        ("month", Cycle.Monthly, "hằng tháng"),
        ("quarter", Cycle.Quarterly, "hằng quý"),
        ("half", Cycle.HalfYearly, "sáu tháng"),
        ("year", Cycle.Yearly, "hằng năm"),
    ];

    public static Command Command()
    {
        var command = new Command("schedule", "Lịch xuất báo cáo: xem danh sách (không nêu gì thêm), add: thêm, stop: dừng") { Add(), Stop() };
        command.SetAction(async (words, cancel) =>
        {
            await using var place = await Workplace.OpenAsync(words, cancel);
            var schedules = await new Schedules(place.Database, Workplace.Definitions()).ListAsync(cancel);
            foreach (var one in schedules)
            {
                await Console.Out.WriteLineAsync(
                    $"{one.ScheduleId}  {one.Report}  {string.Join(",", one.Units)}  {Cycles.First(cycle => cycle.Cycle == one.Cycle).Says}  {one.CalendarName}"
                    + $"  từ {Vietnamese.Day(one.StartsOn)}  hạn sau {one.DaysUntilDue} ngày{(one.OnMap ? "  địa bàn ngày cuối kỳ" : "")}  → {one.Folder}{(one.Active ? "" : "  (đã dừng)")}");
            }
            if (schedules.Count == 0)
                await Console.Out.WriteLineAsync("Chưa có lịch xuất nào. Thêm: sinho schedule add NAME --units MÃ --every month --from yyyy-MM-dd --folder THƯ MỤC");
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Add()
    {
        var name = new Argument<string>("NAME") { HelpName = "NAME", Description = "Tên báo cáo, ví dụ term" };
        var units = new Option<string?>("--units") { Description = "Mã các đơn vị lập báo cáo, cách nhau dấu phẩy", HelpName = "MÃ,MÃ" };
        var owner = new Option<string?>("--owner") { Description = "Đơn vị có lịch này (không nêu: đơn vị đầu trong --units)", HelpName = "MÃ" };
        var every = new Option<string?>("--every") { Description = "Chu kỳ", HelpName = "month|quarter|half|year" };
        var calendar = new Option<string?>("--calendar") { Description = $"Lịch chốt số liệu, xem sinho calendar (không nêu: {ReportingCalendar.Months.Code})", HelpName = "LỊCH" };
        var from = new Option<string?>("--from") { Description = "Kỳ đầu tiên là kỳ có ngày này", HelpName = "yyyy-MM-dd" };
        var due = new Option<int?>("--due") { Description = "Lập sau ngày cuối kỳ bao nhiêu ngày (không nêu: 1)", HelpName = "N" };
        var folder = new Option<string?>("--folder") { Description = "Thư mục nhận tệp, phải có sẵn", HelpName = "THƯ MỤC" };
        var basis = CommonOptions.Basis();
        var command = new Command("add", "Thêm một lịch xuất") { name, units, every, from, due, folder, calendar, owner, basis };
        command.SetAction(async (words, cancel) =>
        {
            var codes = Needed(words, units).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            var cycle = Cycles.FirstOrDefault(one => one.Word == Needed(words, every));
            if (cycle.Word is null)
                throw new UsageException($"--every chỉ nhận {string.Join(", ", Cycles.Select(one => one.Word))}, không nhận “{words.GetValue(every)}”.");
            var wish = new ScheduleWish(
                words.GetValue(owner) ?? codes.FirstOrDefault() ?? throw new UsageException("--units chưa nêu đơn vị nào."),
                words.GetValue(name)!, codes, words.GetValue(calendar) ?? ReportingCalendar.Months.Code, cycle.Cycle,
                PeriodOptions.Day("--from", Needed(words, from)), words.GetValue(due) ?? 1, Path.GetFullPath(Needed(words, folder)), CommonOptions.IsOnMap(words, basis));
            await using var place = await Workplace.OpenAsync(words, cancel);
            try
            {
                var id = await new Schedules(place.Database, Workplace.Definitions()).AddAsync(wish, Environment.UserName, cancel);
                await new Obligations(place.Database).PlanAsync(Vietnamese.Today(Workplace.Clock.GetUtcNow()), cancel);
                await Console.Out.WriteLineAsync($"Đã thêm lịch xuất số {id}. Dịch vụ (sinho serve) sẽ lập báo cáo khi đến hạn.");
                return ExitCode.Done;
            }
            catch (ScheduleRefusedException refused)
            {
                await Console.Error.WriteLineAsync(refused.Message);
                return ExitCode.Refused;
            }
        });
        return command;
    }

    private static Command Stop()
    {
        var number = new Argument<long>("SỐ") { HelpName = "SỐ", Description = "Số của lịch xuất, xem sinho schedule" };
        var command = new Command("stop", "Dừng một lịch xuất; báo cáo đã lập vẫn được giữ") { number };
        command.SetAction(async (words, cancel) =>
        {
            await using var place = await Workplace.OpenAsync(words, cancel);
            if (!await new Schedules(place.Database, Workplace.Definitions()).StopAsync(words.GetValue(number), cancel))
            {
                await Console.Error.WriteLineAsync($"Không có lịch xuất nào đang chạy mang số {words.GetValue(number)}; xem: sinho schedule");
                return ExitCode.Unknown;
            }
            await Console.Out.WriteLineAsync($"Đã dừng lịch xuất số {words.GetValue(number)}.");
            return ExitCode.Done;
        });
        return command;
    }

    private static string Needed(ParseResult words, Option<string?> option) =>
        words.GetValue(option) ?? throw new UsageException($"Thiếu {option.Name} {option.HelpName}.");
}
