using System.Collections.Concurrent;
using System.Globalization;
using SinHo.Reporting.Catalog;
using SinHo.Reporting.Facts;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Words;

namespace SinHo.Reporting.Reports;

/// <summary>Makes a number that can be opened out of an answer: what it means, and its rows where they are asked for.</summary>
/// <param name="opened">The figures that will be made.</param>
internal sealed class FigureMaker(
    Snapshot snapshot, Definitions definitions, Answers answers, ReportUnit unit, IReadOnlyDictionary<string, int> settings, bool withRows, IReadOnlyList<Address> opened,
    IProgress<JobStep>? progress, CancellationToken cancel) : IDisposable
{
    /// <summary>By what they list; figures that ask the same have the same.</summary>
    private readonly ConcurrentDictionary<Address, Evidence> read = new();

    /// <summary>Whose rows a figure has, and drops with its report.</summary>
    private readonly HashSet<Address> taken = [];

    public async Task<Figure> MakeAsync(Address address, string code, string caption, int indent, Period shown, string? narrow = null)
    {
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
            Evidence = withRows && value > 0 ? await TakeAsync(address) : new(FigureQuery.Columns(set, address.Measure, PartRoles is not null), new EvidenceRows()),
        };
    }

    public Task<Evidence> RowsAsync(Address address) => RowsAsync(address, PartRoles, cancel);

    /// <summary>What was read with others is dropped unless a figure has it.</summary>
    public void Dispose()
    {
        foreach (var (_, list) in read.Where(one => !taken.Contains(one.Key)))
            list.Dispose();
    }

    /// <summary>
    /// Reads beforehand the rows behind all figures that will be made: those that list the same of the same days together, and several lists at a time where the
    /// snapshot is wide enough. Nothing to do without rows.
    /// </summary>
    public async Task ReadAsync()
    {
        if (!withRows)
            return;
        var lists = opened.Where(one => answers[one] > 0).Distinct().GroupBy(one => one.Period).SelectMany(Alike).ToList();
        var done = 0;
        await Parallel.ForEachAsync(lists, new ParallelOptions { MaxDegreeOfParallelism = snapshot.Width, CancellationToken = cancel }, async (alike, stop) =>
        {
            progress?.Report(JobStep.Of("Danh sách", definitions[alike[0].Measure.Figure].Indicator.Caption, Interlocked.Increment(ref done) - 1, lists.Count));
            if (alike is [var alone])
            {
                read[alone] = await RowsAsync(alone, PartRoles, stop);
                return;
            }
            using var span = Spans.Begin(Spans.Evidence);
            var rows = await snapshot.ListsAsync(definitions[alike[0].Measure.Figure].Set, alike.ConvertAll(one => one.Measure), unit.Code, new(alike[0].Period, settings), stop, PartRoles);
            foreach (var (one, list) in alike.Zip(rows))
                read[one] = list;
        });
    }

    /// <summary>Those that one pass can read together; what counts distinct things, or adds numbers up, is read alone.</summary>
    private IEnumerable<List<Address>> Alike(IEnumerable<Address> asked)
    {
        var groups = new List<List<Address>>();
        foreach (var one in asked)
        {
            var (set, indicator) = definitions[one.Measure.Figure];
            var together = one.Measure.Sum is not null ? null : groups.Find(group => group[0].Measure.Sum is null
                && definitions[group[0].Measure.Figure] is var (ofSet, first) && ReferenceEquals(ofSet, set) && FigureQuery.AreListedAlike(first, indicator));
            if (together is null)
                groups.Add([one]);
            else
                together.Add(one);
        }
        return groups;
    }

    /// <summary>The rows of a figure, which has them from now on.</summary>
    private async Task<Evidence> TakeAsync(Address address)
    {
        if (!read.ContainsKey(address))
            read[address] = await RowsAsync(address);
        taken.Add(address);
        return read[address];
    }

    /// <summary>The last column is the part in which each row stood, whatever parts are.</summary>
    public Task<Evidence> RowsByPartAsync(Address address) => RowsAsync(address, Parts.RolesOf(unit.Role), cancel);

    private async Task<Evidence> RowsAsync(Address address, IReadOnlyList<string>? parts, CancellationToken stop)
    {
        using var span = Spans.Begin(Spans.Evidence);
        return await snapshot.ListAsync(definitions[address.Measure.Figure].Set, address.Measure, unit.Code, new(address.Period, settings), stop, parts);
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
