using System.Collections.Concurrent;
using SinHo.Reporting.Catalog;
using SinHo.Reporting.Facts;
using SinHo.Reporting.Figures;

namespace SinHo.Reporting.Reports;

/// <summary>What is asked of a unit and its parts: a measure and the days it is asked about.</summary>
internal sealed record Address(Measure Measure, Period Period)
{
    /// <summary>The name of a period plays no part: "năm 2019" and its days are one question.</summary>
    public static Address Of(Measure measure, Period period) => new(measure, new(period.From, period.To));
}

/// <summary>The answers to all that a run asks of its unit, from one snapshot. Nothing is asked after them but the rows behind a figure.</summary>
/// <param name="firstDay">The first day on which anybody was a member; null where nobody ever was.</param>
internal sealed class Answers(Definitions definitions, DateOnly? firstDay, IReadOnlyDictionary<Address, CountByPart> values)
{
    public DateOnly? FirstDay => firstDay;

    /// <summary>The unit's own value.</summary>
    public long this[Address address] => values[address].Whole;

    /// <summary>What of it stood in a part on the day counted.</summary>
    public long Of(string part, Address address) => values[address].Parts.TryGetValue(part, out var value) ? value : 0;

    /// <summary>What of it stood in none of the parts.</summary>
    public long Outside(IReadOnlyList<Part> parts, Address address)
    {
        var listed = parts.Select(part => part.Code).ToHashSet(StringComparer.Ordinal);
        return values[address].Parts.Where(one => !listed.Contains(one.Key)).Sum(one => one.Value);
    }

    /// <summary>The register says nothing of these days: it begins later.</summary>
    public bool IsUnknown(Address address) => definitions[address.Measure.Figure].Indicator.IsOpening
        ? address.Period.From <= (firstDay ?? DateOnly.MaxValue)
        : address.Period.To < (firstDay ?? DateOnly.MaxValue);

    /// <summary>The same answers, but for one.</summary>
    public Answers With(Address address, long value) => With(address, changed => changed.Whole = value);

    /// <inheritdoc cref="With(Address, long)"/>
    public Answers With(string part, Address address, long value) => With(address, changed => changed.Parts[part] = value);

    /// <summary>One question per set and period.</summary>
    /// <param name="parts">Levels of the parts of the unit; none for the unit alone.</param>
    public static async Task<Answers> CollectAsync(
        Snapshot snapshot, Definitions definitions, IEnumerable<Address> asked, string unit, IReadOnlyList<string> parts,
        IReadOnlyDictionary<string, int> settings, IProgress<JobStep>? progress, CancellationToken cancel)
    {
        var firstDay = (await snapshot.QueryAsync<DateOnly?>("select first_day_of_register()", new { }, cancel)).Single();
        var values = new ConcurrentDictionary<Address, CountByPart>();
        var questions = asked.Distinct().GroupBy(address => (definitions[address.Measure.Figure].Set, address.Period)).ToList();
        var done = 0;
        await Parallel.ForEachAsync(questions, new ParallelOptions { MaxDegreeOfParallelism = snapshot.Width, CancellationToken = cancel }, async (group, stop) =>
        {
            using var span = Spans.Begin(Spans.Figures, group.Key.Set.Name);
            progress?.Report(JobStep.Of("Đếm", group.Key.Set.About, Interlocked.Increment(ref done) - 1, questions.Count));
            var (measures, question) = (group.Select(address => address.Measure).ToList(), new Question(group.Key.Period, settings));
            if (parts.Count > 0)
            {
                var counted = await snapshot.CountByPartAsync(group.Key.Set, measures, unit, parts, question, stop);
                foreach (var address in group)
                    values[address] = counted[address.Measure];
            }
            else
            {
                var counted = await snapshot.CountAsync(group.Key.Set, measures, [unit], question, stop);
                foreach (var address in group)
                    values[address] = new() { Whole = counted.GetValueOrDefault((unit, address.Measure)) };
            }
        });
        return new(definitions, firstDay, values);
    }

    private Answers With(Address address, Action<CountByPart> change)
    {
        var changed = new CountByPart { Whole = values[address].Whole };
        foreach (var (part, value) in values[address].Parts)
            changed.Parts[part] = value;
        change(changed);
        return new(definitions, firstDay, new Dictionary<Address, CountByPart>(values) { [address] = changed });
    }
}
