using System.CommandLine;
using SinHo.Reporting.Faces;
using SinHo.Reporting.Reports;

namespace SinHo.Reporting.Host.Verbs;

/// <summary>sinho public-copy NAME --unit CODE PERIOD --out FILE: figures of a unit for everybody, small counts of people withheld.</summary>
public static class PublicCopyVerb
{
    public static Command Command()
    {
        var name = new Argument<string>("NAME") { HelpName = "NAME", Description = "Tên báo cáo, ví dụ term, form-1" };
        var unit = new Option<string?>("--unit") { Description = "Mã đơn vị", HelpName = "MÃ" };
        var period = new PeriodOptions();
        var path = new Option<string?>("--out") { Description = "Tệp để công bố", HelpName = "FILE.xlsx|.csv" };
        var command = new Command("public-copy", "Bản công bố: chỉ số của đơn vị, giấu ô có 1-2 người và những ô làm lộ chúng") { name, unit, path };
        foreach (var option in period.All)
            command.Add(option);
        command.SetAction(async (words, cancel) =>
        {
            var code = words.GetValue(unit) ?? throw new UsageException("Thiếu đơn vị: --unit MÃ.");
            var file = words.GetValue(path) ?? throw new UsageException("Thiếu tệp: --out FILE.xlsx hoặc FILE.csv.");
            if (Path.GetExtension(file).ToUpperInvariant() is not (".XLSX" or ".CSV"))
                throw new UsageException($"Bản công bố là .xlsx hoặc .csv, không phải “{Path.GetExtension(file)}”.");
            await using var place = await Workplace.OpenAsync(words, cancel);
            var (asked, calendar) = await period.ReadAsync(words, place.Database, cancel);
            PeriodOptions.RefuseFuture(asked.From);
            var request = new ReportRequest(words.GetValue(name)!, code, asked, new Dictionary<string, int>(StringComparer.Ordinal), WithEvidence: false) { Calendar = calendar };
            using var report = await new ReportBuilder(place.Statistics, Workplace.Definitions()).BuildAsync(request, place.Steps, cancel);
            place.Steps.Clear();
            PublicFace.Write(report, file, cancel);
            place.Steps.Say($"Đã ghi bản công bố: {Path.GetFullPath(file)}");
            return ExitCode.Done;
        });
        return command;
    }
}
