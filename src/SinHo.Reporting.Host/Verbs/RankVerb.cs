using System.CommandLine;
using SinHo.Reporting.Faces;
using SinHo.Reporting.Reports;

namespace SinHo.Reporting.Host.Verbs;

/// <summary>sinho rank NAME --unit CODE PERIOD --by FIGURE: the parts of a unit in the order of one number of a report.</summary>
public static class RankVerb
{
    public static Command Command()
    {
        var name = new Argument<string>("NAME") { HelpName = "NAME", Description = "Tên báo cáo, ví dụ term, form-1, monthly" };
        var unit = new Option<string?>("--unit") { Description = "Mã đơn vị", HelpName = "MÃ" };
        var period = new PeriodOptions();
        var by = new Option<string?>("--by") { Description = "Mã số liệu của báo cáo, ví dụ members, admissions; với biểu: DÒNG.CỘT", HelpName = "SỐ LIỆU" };
        var set = CommonOptions.Set();
        var basis = CommonOptions.Basis();
        var format = CommonOptions.Format();
        var command = new Command("rank", "Xếp thứ tự các đơn vị trực thuộc theo một số liệu") { name, unit, by, set, basis, format };
        foreach (var option in period.All)
            command.Add(option);
        command.SetAction(async (words, cancel) =>
        {
            var json = CommonOptions.IsJson(words, format);
            var code = words.GetValue(unit) ?? throw new UsageException("Thiếu đơn vị: --unit MÃ.");
            var figure = words.GetValue(by) ?? throw new UsageException("Thiếu số liệu để xếp: --by SỐ LIỆU.");
            var onMap = CommonOptions.IsOnMap(words, basis);
            await using var place = await Workplace.OpenAsync(words, cancel);
            var (asked, calendar) = await period.ReadAsync(words, place.Database, cancel);
            PeriodOptions.RefuseFuture(asked.From);
            var request = new ReportRequest(words.GetValue(name)!, code, asked, CommonOptions.Settings(words, set), WithEvidence: false) { Calendar = calendar, OnMap = onMap };
            var ranking = await new ReportBuilder(place.Statistics, Workplace.Definitions()).RankAsync(request, figure, place.Steps, cancel);
            place.Steps.Clear();
            if (json)
                await RankingFace.WriteJsonAsync(ranking, cancel);
            else
                RankingFace.Write(ranking, Console.Out);
            return ExitCode.Done;
        });
        return command;
    }
}
