using System.CommandLine;
using SinHo.Reporting.Faces;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Reports;

namespace SinHo.Reporting.Host.Verbs;

/// <summary>sinho compare NAME --unit CODE PERIOD --with PERIOD: a report of two periods side by side, with whom each figure gained and lost.</summary>
public static class CompareVerb
{
    public static Command Command()
    {
        var name = new Argument<string>("NAME") { HelpName = "NAME", Description = "Tên báo cáo, ví dụ term, form-1, monthly" };
        var unit = new Option<string?>("--unit") { Description = "Mã đơn vị", HelpName = "MÃ" };
        var period = new PeriodOptions();
        var with = new Option<string?>("--with") { Description = "Kỳ để so sánh: 2019, 2019-03, 2019-Q1, 2019-H1, 2019-01-01..2019-03-31 hoặc tên nhiệm kỳ", HelpName = "KỲ" };
        var edition = new Option<string?>("--edition") { Description = "Mẫu của biểu, ví dụ 2021 (không nêu: mẫu áp dụng vào ngày cuối của mỗi kỳ)", HelpName = "MẪU" };
        var set = CommonOptions.Set();
        var basis = CommonOptions.Basis();
        var format = CommonOptions.Format();
        var command = new Command("compare", "So sánh một báo cáo của hai kỳ: từng số liệu, ai vào, ai ra") { name, unit, with, edition, set, basis, format };
        foreach (var option in period.All)
            command.Add(option);
        command.SetAction(async (words, cancel) =>
        {
            var json = CommonOptions.IsJson(words, format);
            var code = words.GetValue(unit) ?? throw new UsageException("Thiếu đơn vị: --unit MÃ.");
            var other = words.GetValue(with) ?? throw new UsageException("Thiếu kỳ để so sánh: --with KỲ.");
            var onMap = CommonOptions.IsOnMap(words, basis);
            await using var place = await Workplace.OpenAsync(words, cancel);
            var (now, calendar) = await period.ReadAsync(words, place.Database, cancel);
            PeriodOptions.RefuseFuture(now.From);
            var then = await PeriodOptions.InOneWordAsync("--with", other, place.Database, cancel);
            PeriodOptions.RefuseFuture(then.From);
            var request = new ReportRequest(words.GetValue(name)!, code, now, CommonOptions.Settings(words, set), WithEvidence: true, words.GetValue(edition)) { Calendar = calendar, OnMap = onMap };
            var (first, second) = await new ReportBuilder(place.Statistics, Workplace.Definitions()).BuildBothAsync(request, then, ReportingCalendar.Behind(then), place.Steps, cancel);
            using (first)
            using (second)
            {
                place.Steps.Clear();
                var figures = Comparison.Of(first, second);
                if (json)
                    await ComparisonFace.WriteJsonAsync(first, second, figures, cancel);
                else
                    ComparisonFace.Write(first, second, figures, Console.Out);
            }
            return ExitCode.Done;
        });
        return command;
    }
}
