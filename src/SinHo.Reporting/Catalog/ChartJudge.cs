namespace SinHo.Reporting.Catalog;

/// <summary>Reads the charts of a report, and compares what they name with what there is.</summary>
internal sealed class ChartJudge(DefinitionFiles files, Definitions definitions)
{
    private const string Each = "each";

    /// <summary>"form-4.eth_1..eth_56.total"; null where it is written otherwise.</summary>
    public static ChartRows? Read(string text)
    {
        var (dot, last) = (text.IndexOf('.', StringComparison.Ordinal), text.LastIndexOf('.'));
        return dot > 0 && last > dot + 1 && text[last - 1] != '.' && last < text.Length - 1 ? new(text[..dot], text[(dot + 1)..last], text[(last + 1)..]) : null;
    }

    public void Judge(ReportDefinition report)
    {
        foreach (var chart in report.Charts)
        {
            if (Problem(chart, report) is { } problem)
                files.Fault(report.File, $"biểu đồ “{chart.Caption}”: {problem}");
        }
    }

    /// <summary>Columns that count, from the first named to the last; null where they are not so.</summary>
    public static IReadOnlyList<FormColumnDefinition>? Columns(ChartColumns drawn, FormDefinition form)
    {
        var places = drawn.Range.Split("..").Select(code => form.Columns.ToList().FindIndex(column => column.Code == code)).ToList();
        if (places is not [>= 0 and var first, var last] || last < first)
            return null;
        var found = form.Columns.Take(first..(last + 1)).ToList();
        return found.TrueForAll(column => column.IsCounted) ? found : null;
    }

    private string? Problem(ChartDefinition chart, ReportDefinition report)
    {
        if (chart.Columns is { } drawn)
            return report.Form?.Row(drawn.Row) is { Ratio: null, Mean: null, HasValues: true } && Columns(drawn, report.Form) is not null ? null : $"cần row là một dòng đếm và columns dạng y1..y5 của chính báo cáo.";
        if (chart.Rows is null)
        {
            return chart.Figure is null ? $"cần count và {Each} (month hoặc year), rows dạng form-4.eth_1..eth_56.total, hoặc row và columns."
                : !definitions.Has(chart.Figure) ? $"chỉ tiêu {chart.Figure} chưa được định nghĩa trong sql/indicators."
                : chart.Last is < 1 ? "last phải từ 1 trở lên."
                : null;
        }

        var editions = definitions.Reports.Where(report => report.Name == chart.Rows.Report).ToList();
        return editions.Count == 0 ? $"không có báo cáo {chart.Rows.Report}." : editions.Select(edition => Problem(chart.Rows, edition)).FirstOrDefault(problem => problem is not null);
    }

    private static string? Problem(ChartRows rows, ReportDefinition edition)
    {
        if (edition.Form is not { } form || Formula.Range(rows.Range, form.Rows) is null)
            return $"“{rows.Range}” phải nêu hai mã dòng của {edition.Name} theo thứ tự.";
        return form.Column(rows.Column) is { IsCounted: true } ? null : $"{edition.Name} không có cột đếm {rows.Column}.";
    }
}
