using SinHo.Reporting.Catalog;
using SinHo.Reporting.Facts;
using SinHo.Reporting.Figures;

namespace SinHo.Reporting.Reports;

/// <summary>What is asked for every unit: a measure and the days it is asked about.</summary>
internal sealed record Address(Measure Measure, Period Period)
{
    /// <summary>The name of a period plays no part: "năm 2019" and its days are one question.</summary>
    public static Address Of(Measure measure, Period period) => new(measure, new(period.From, period.To));
}

/// <summary>The answers to all that a run asks, from one snapshot. Nothing is asked after them but the rows behind a figure.</summary>
/// <param name="firstDay">The first day on which anybody was a member; null where nobody ever was.</param>
internal sealed class Answers(Definitions definitions, DateOnly? firstDay, IReadOnlyDictionary<(string Unit, Address Address), long> values)
{
    public DateOnly? FirstDay => firstDay;

    public long this[string unit, Address address] => values[(unit, address)];

    /// <summary>The register says nothing of these days: it begins later.</summary>
    public bool IsUnknown(Address address) => definitions[address.Measure.Figure].Indicator.IsOpening
        ? address.Period.From <= (firstDay ?? DateOnly.MaxValue)
        : address.Period.To < (firstDay ?? DateOnly.MaxValue);

    /// <summary>The same answers, but for one.</summary>
    public Answers With(string unit, Address address, long value) =>
        new(definitions, firstDay, new Dictionary<(string, Address), long>(values) { [(unit, address)] = value });

    /// <summary>One question per set and period, about all units at once.</summary>
    public static async Task<Answers> CollectAsync(
        Snapshot snapshot, Definitions definitions, IEnumerable<Address> asked, IReadOnlyList<string> units,
        IReadOnlyDictionary<string, int> settings, IProgress<JobStep>? progress, CancellationToken cancel)
    {
        var firstDay = (await snapshot.QueryAsync<DateOnly?>("select first_day_of_register()", new { }, cancel)).Single();
        var values = new Dictionary<(string, Address), long>();
        var questions = asked.Distinct().GroupBy(address => (definitions[address.Measure.Figure].Set, address.Period)).ToList();
        foreach (var (index, group) in questions.Index())
        {
            progress?.Report(JobStep.Of("Đếm", group.Key.Set.About, index, questions.Count));
            var counted = await snapshot.CountAsync(group.Key.Set, [.. group.Select(address => address.Measure)], units, new(group.Key.Period, settings), cancel);
            foreach (var address in group)
            {
                foreach (var unit in units)
                    values[(unit, address)] = counted.GetValueOrDefault((unit, address.Measure));
            }
        }
        return new(definitions, firstDay, values);
    }
}
