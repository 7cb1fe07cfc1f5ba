using System.Globalization;
using SinHo.Reporting.Figures;

namespace SinHo.Reporting.Catalog;

/// <summary>Judges the table of a form: what its cells count must be defined, and bands must neither overlap nor leave a gap.</summary>
internal sealed class FormJudge(DefinitionFiles files, Definitions definitions, ReportDefinition report, FormDefinition form)
{
    public void Judge()
    {
        foreach (var twice in form.Rows.Concat(form.HiddenRows).GroupBy(row => row.Code).Where(group => group.Count() > 1))
            files.Fault(report.File, twice.Key, $"mã dòng {twice.Key} có nhiều lần.");
        foreach (var column in form.Columns)
            Column(column);
        if (form.FiguresColumn is { } figures && form.Column(figures) is not { IsCounted: true })
            files.Fault(report.File, "figures", $"figures: biểu không có cột đếm {figures}.");
        if (form.RowsByCommune)
        {
            foreach (var problem in form.Columns.Where(column => column.IsCounted).SelectMany(column => Problems(new() { Code = "" }, column)).Distinct())
                files.Fault(report.File, "columns", $"columns: {problem}");
        }
        foreach (var row in form.Rows.Concat(form.HiddenRows))
            Row(row);
        foreach (var column in form.Columns.Where(column => column.IsCounted))
            Bands(column);
    }

    private void Column(FormColumnDefinition column)
    {
        foreach (var other in new[] { column.Ratio?.Over, column.Ratio?.Under, column.Share, column.Difference?.Over, column.Difference?.Under }.OfType<string>())
        {
            if (form.Column(other) is not { IsCounted: true })
                files.Fault(report.File, column.Code, $"cột {column.Code} tính từ cột {other}, mà biểu không có cột đếm đó.");
        }
    }

    private void Row(FormRowDefinition row)
    {
        foreach (var column in row.Only.Where(code => form.Column(code) is not { IsCounted: true }))
            files.Fault(report.File, row.Code, $"dòng {row.Code}: only nêu cột {column}, mà biểu không có cột đếm đó.");
        if (row.Whole is { } whole && form.Row(whole) is null)
            files.Fault(report.File, row.Code, $"dòng {row.Code}: không có dòng {whole} để lấy tỷ lệ.");
        foreach (var other in new[] { row.Ratio?.Over, row.Ratio?.Under }.OfType<string>().Where(code => form.Row(code) is not { Ratio: null, HasValues: true }))
            files.Fault(report.File, row.Code, $"dòng {row.Code} tính từ dòng {other}, mà biểu không có dòng đếm đó.");
        if (row.Optional is { } optional && form.Optional.All(lines => lines.Name != optional))
            files.Fault(report.File, row.Code, $"dòng {row.Code}: optional không có “{optional}”.");
        if (row is { HasValues: true, Ratio: null })
        {
            foreach (var problem in form.Columns.Where(column => column.IsCounted).SelectMany(column => Problems(row, column)).Distinct())
                files.Fault(report.File, row.Code, $"dòng {row.Code}: {problem}");
        }
    }

    private IEnumerable<string> Problems(FormRowDefinition row, FormColumnDefinition column)
    {
        if (form.FigureOf(row, column) is not { } figure)
            return [$"không biết đếm gì ở cột {column.Code}: thiếu count."];
        if (!definitions.Has(figure))
            return [$"chỉ tiêu {figure} chưa được định nghĩa trong sql/indicators."];
        var set = definitions[figure].Set;
        var where = row.Where.And(column.Where);
        return
        [
            .. where.Tests.GroupBy(test => test.Column).Where(group => group.Count() > 1).Select(group => $"{group.Key} có điều kiện ở cả dòng và cột {column.Code}."),
            .. where.Tests.Select(test => Problem(set, test)).OfType<string>(),
            .. new[] { row.Mean, row.Sum }.OfType<string>().Where(one => !set.Columns.TryGetValue(one, out var known) || known.Kind != EvidenceKind.Number)
                .Select(one => $"sql/indicators/{set.Name}.yaml không có cột số {one}."),
        ];
    }

    private static string? Problem(IndicatorSet set, Test test)
    {
        if (!set.Columns.TryGetValue(test.Column, out var column))
            return $"sql/indicators/{set.Name}.yaml không có cột {test.Column}.";
        if (set.Words.TryGetValue(test.Column, out var words) && test.Words.FirstOrDefault(word => !words.Contains(word)) is { } unknown)
            return $"{test.Column}: “{unknown}” không có trong danh mục ({string.Join(", ", words.Take(8))}{(words.Count > 8 ? "…" : "")}).";
        var ends = new[] { test.Least, test.Most }.OfType<object>().ToList();
        return column.Kind switch
        {
            EvidenceKind.Text when ends.Count > 0 => $"{test.Column} là chữ, không dùng từ..đến.",
            EvidenceKind.Date when test.Words.Count > 0 || ends.Exists(end => end is not DateOnly) => $"{test.Column} là ngày: dùng yyyy-MM-dd..yyyy-MM-dd.",
            EvidenceKind.Number when ends.Exists(end => end is not int) || !test.Words.All(IsNumber) => $"{test.Column} là số: dùng số hoặc số..số.",
            _ => null,
        };
    }

    private static bool IsNumber(string word) => int.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _);

    /// <summary>Rows that differ in the range of one column are bands of it: each begins where the one before ends.</summary>
    private void Bands(FormColumnDefinition column)
    {
        var bands = form.Rows.Concat(form.HiddenRows).Where(row => row.HasValues && row.Mean is null && row.Sum is null)
            .SelectMany(row => row.Where.Tests.Where(test => test.Kind == TestKind.Between).Select(test => (Row: row.Code, Test: test,
                Of: (form.FigureOf(row, column), test.Column, string.Join("; ", row.Where.Tests.Where(other => other.Column != test.Column))))));
        foreach (var group in bands.GroupBy(band => band.Of))
        {
            var sorted = group.OrderBy(band => Position(band.Test.Least) ?? int.MinValue).ToList();
            foreach (var (one, next) in sorted.Zip(sorted.Skip(1)))
            {
                var (end, start) = (Position(one.Test.Most), Position(next.Test.Least));
                if (end is null || start is null || start <= end)
                    files.Fault(report.File, next.Row, $"dòng {next.Row} chồng lên {one.Row}: {one.Test} và {next.Test}.");
                else if (start > end + 1)
                    files.Fault(report.File, next.Row, $"giữa dòng {one.Row} và {next.Row} còn khoảng trống: {one.Test} và {next.Test}.");
            }
        }
    }

    private static int? Position(object? end) => end switch
    {
        int number => number,
        DateOnly day => day.DayNumber,
        _ => null,
    };
}
