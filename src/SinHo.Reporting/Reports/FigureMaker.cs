using System.Globalization;
using SinHo.Reporting.Catalog;
using SinHo.Reporting.Facts;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Words;

namespace SinHo.Reporting.Reports;

/// <summary>Makes a number that can be opened out of an answer: what it means, and its rows where they are asked for.</summary>
/// <param name="most">How many figures will be made, for the reader who waits.</param>
internal sealed class FigureMaker(
    Snapshot snapshot, Definitions definitions, Answers answers, ReportUnit unit, IReadOnlyDictionary<string, int> settings, bool withRows, int most,
    IProgress<JobStep>? progress, CancellationToken cancel)
{
    private int made;

    public async Task<Figure> MakeAsync(Address address, string code, string caption, int indent, Period shown, string? narrow = null)
    {
        if (withRows)
            progress?.Report(JobStep.Of("Danh sách", caption, made++, most));
        var (set, indicator) = definitions[address.Measure.Figure];
        var value = answers[address];
        return new()
        {
            Code = code,
            Caption = caption,
            ShortCaption = narrow ?? indicator.ShortCaption,
            Indent = indent,
            CountedIn = indicator.CountedIn,
            IsStock = indicator.IsStock,
            IsOpening = indicator.IsOpening,
            Period = shown,
            Rule = indicator.RuleWith(settings),
            Meaning = indicator.MeaningWith(settings) + Conditions(set, address.Measure.Where),
            Value = checked((int)value),
            Evidence = withRows && value > 0 ? await RowsAsync(address) : new(FigureQuery.Columns(set, address.Measure, PartRoles is not null), new EvidenceRows()),
        };
    }

    public Task<Evidence> RowsAsync(Address address) => RowsAsync(address, PartRoles);

    /// <summary>The last column is the part in which each row stood, whatever parts are.</summary>
    public Task<Evidence> RowsByPartAsync(Address address) => RowsAsync(address, Parts.RolesOf(unit.Role));

    private async Task<Evidence> RowsAsync(Address address, IReadOnlyList<string>? parts)
    {
        using var span = Spans.Begin(Spans.Evidence);
        return await snapshot.ListAsync(definitions[address.Measure.Figure].Set, address.Measure, unit.Code, new(address.Period, settings), cancel, parts);
    }

    /// <summary>Null where the grassroots organisation of the day, which every list has, says which part a row belongs to.</summary>
    private IReadOnlyList<string>? PartRoles => Parts.AreBranches(unit.Role) || (snapshot.MapDay is not null && Parts.RolesOf(unit.Role).Count > 0) ? Parts.RolesOf(unit.Role) : null;

    /// <summary>A sentence on the rows chosen, with a space before it; "" where all count.</summary>
    public static string Conditions(IndicatorSet set, Condition where) => where.Tests.Count == 0 ? ""
        : $" Chỉ đếm dòng có {string.Join("; ", where.Tests.Select(test => $"{set.Columns[test.Column].Caption.ToLower(CultureInfo.GetCultureInfo("vi-VN"))} {InWords(test)}"))}.";

    private static string InWords(Test test) => test.Kind switch
    {
        TestKind.OneOf when test.Words.Count == 0 => "không có trong sổ đăng ký",
        TestKind.OneOf => $"là {string.Join(" hoặc ", test.Words)}{(test.OrMissing ? " hoặc để trống" : "")}",
        TestKind.NoneOf => $"khác {string.Join(", ", test.Words)}",
        TestKind.Missing => "để trống",
        TestKind.Present => "không để trống",
        _ when test.Least is null => $"đến {InWords(test.Most)}",
        _ when test.Most is null => $"từ {InWords(test.Least)}",
        _ => $"từ {InWords(test.Least)} đến {InWords(test.Most)}",
    };

    private static string InWords(object? end) => end is DateOnly day ? Vietnamese.Day(day) : $"{end}";
}
