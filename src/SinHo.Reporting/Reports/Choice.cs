using SinHo.Reporting.Catalog;
using SinHo.Reporting.Words;

namespace SinHo.Reporting.Reports;

/// <summary>Which definitions a request means: its report in the edition asked for, or in that of its last day.</summary>
internal static class Choice
{
    /// <exception cref="UnknownNameException">There is no such report, or no such edition for the period; those that there are are named.</exception>
    public static ReportDefinition Of(Definitions definitions, ReportRequest request)
    {
        var editions = definitions.Reports.Where(report => report.Name == request.Report).ToList();
        if (editions.Count == 0)
        {
            var nearest = NearestWord.To(request.Report, definitions.ReportNames);
            throw new UnknownNameException(
                $"Không có báo cáo “{request.Report}”{(nearest is null ? "" : $" (có phải “{nearest}”?)")}; các báo cáo có sẵn: {string.Join(", ", definitions.ReportNames)}.");
        }
        return Edition(definitions, request, editions, request.Edition);
    }

    /// <exception cref="UnknownNameException">No report belongs to the set, or none has the edition.</exception>
    public static IReadOnlyList<ReportDefinition> AllOf(Definitions definitions, ReportRequest request, string kind)
    {
        var reports = definitions.Reports.Where(report => report.InAll.Contains(kind)).GroupBy(report => report.Name).ToList();
        if (reports.Count == 0)
            throw new UnknownNameException("Không có báo cáo nào thuộc bộ báo cáo của loại kỳ này (in_all trong report.yaml).");
        if (request.Edition is { } wanted && !reports.Exists(report => report.Any(one => one.Edition.Printed.Code == wanted)))
            throw new UnknownNameException($"Không báo cáo nào của bộ có mẫu “{wanted}”; các mẫu: {string.Join(", ", reports.SelectMany(report => report).Select(one => one.Edition.Printed.Code).Where(code => code.Length > 0).Distinct())}.");
        return
        [
            .. reports.Select(report => Edition(
                definitions, request with { Report = report.Key }, [.. report], report.Any(one => one.Edition.Printed.Code == request.Edition) ? request.Edition : null)),
        ];
    }

    private static ReportDefinition Edition(Definitions definitions, ReportRequest request, IReadOnlyList<ReportDefinition> editions, string? wanted)
    {
        var usable = definitions.Editions(request.Report, request.Period.To);
        var named = usable.Count == 0 ? "không có mẫu nào dùng được" : $"có thể dùng: {string.Join(", ", usable.Select(one => one.Edition.Printed.Code))}";
        if (wanted is null)
            return usable.Count > 0 ? usable[0] : throw new UnknownNameException($"Báo cáo {request.Report} không có mẫu nào cho kỳ kết thúc ngày {Vietnamese.Day(request.Period.To)}.");
        if (editions.All(one => one.Edition.Printed.Code.Length == 0))
            throw new UnknownNameException($"Báo cáo {request.Report} không có mẫu khác nhau; hãy bỏ --edition.");
        var found = editions.FirstOrDefault(one => one.Edition.Printed.Code == wanted)
            ?? throw new UnknownNameException($"Báo cáo {request.Report} không có mẫu “{wanted}”; kỳ này {named}.");
        return usable.Contains(found)
            ? found
            : throw new UnknownNameException($"Mẫu {wanted} của {request.Report} chỉ dùng cho kỳ kết thúc đến hết ngày {Vietnamese.Day(found.Edition.Until!.Value)}; kỳ này {named}.");
    }
}
