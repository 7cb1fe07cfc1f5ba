using SinHo.Reporting.Catalog;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Words;

namespace SinHo.Reporting.Reports;

/// <summary>What the words of a report cite: its own numbers, sums and shares of them, and the parts that stand out.</summary>
/// <param name="fill">Puts a word of the report, such as {unit}, in its place.</param>
internal sealed class NarrativeNumbers(ReportPlan plan, Answers answers, ReportUnit unit, IReadOnlyList<Part> parts, FigureMaker figures, Func<string, string> fill) : INarrativeNumbers
{
    public async Task<IReadOnlyList<TextPiece>> WriteAsync(NarrativeToken token) => token.Kind switch
    {
        TokenKind.Word => [new(fill($"{{{token.Code}}}"), null)],
        TokenKind.Number => [new(IsUnknown(token.Code) && plan.Definition.Form is not null ? "-" : Vietnamese.Number(answers[plan.At(token.Code)]), token.Code.EndsWith(NarrativeToken.LastYear, StringComparison.Ordinal) ? null : token.Code)],
        TokenKind.Rows => [new(await NamesAsync(plan.At(token.Code), token.Columns), token.Code)],
        TokenKind.Most => Joined(Most(token)),
        TokenKind.Share => [new(Vietnamese.Number((double)Size(token)), null)],
        _ => [new(Vietnamese.Number((long)Size(token)), null)],
    };

    public decimal Size(NarrativeToken token) => token.Kind switch
    {
        TokenKind.Number or TokenKind.Rows => IsUnknown(token.Code) ? 0 : answers[plan.At(token.Code)],
        TokenKind.Most => Most(token).Select(part => part.Value).FirstOrDefault(),
        TokenKind.None => Standing.Count(part => answers.Of(part.Code, plan.At(token.Code)) == 0),
        TokenKind.Sum => Sum(token.Left) is { } sum ? Math.Abs(sum) : 0,
        TokenKind.Share => Sum(token.Left) is { } part && Sum(token.Right) is { } whole && whole != 0 ? Math.Round(Math.Abs(part * 100m / whole), 2, MidpointRounding.AwayFromZero) : 0,
        _ => 0,
    };

    public bool Holds(NarrativeToken condition)
    {
        if (condition.Code == NarrativeText.IsSuperior)
            return Parts.RolesOf(unit.Role).Count > 0 && !Parts.AreBranches(unit.Role);
        return Sum(condition.Left) is { } left && Sum(condition.Right) is { } right && condition.Sign switch
        {
            ">" => left > right,
            "<" => left < right,
            ">=" => left >= right,
            "<=" => left <= right,
            _ => left == right,
        };
    }

    /// <summary>Parts that have members at the end: of one that was ended nothing is expected.</summary>
    private IEnumerable<Part> Standing => parts.Where(part => answers.Of(part.Code, Address.Of(Measure.Of("members"), new(plan.Period.To, plan.Period.To))) > 0);

    private bool IsUnknown(string code) => answers.IsUnknown(plan.At(code));

    /// <summary>Null where one of its numbers is not known.</summary>
    private long? Sum(IReadOnlyList<NarrativeTerm> terms)
    {
        long sum = 0;
        foreach (var term in terms)
        {
            if (term.Code is { } code && IsUnknown(code) && code.EndsWith(NarrativeToken.LastYear, StringComparison.Ordinal))
                return null;
            sum += term.Code is null ? term.Sign : term.Sign * answers[plan.At(term.Code)];
        }
        return sum;
    }

    /// <summary>None that has one alone, and none where too many have as much as the last of them: nobody stands out then.</summary>
    private List<(string Name, long Value)> Most(NarrativeToken token)
    {
        var all = parts.Select(part => (part.Name, Value: answers.Of(part.Code, plan.At(token.Code)))).Where(part => part.Value > 1).OrderByDescending(part => part.Value).ToList();
        var most = all.Take(token.Count).ToList();
        while (most.Count > 0 && most.Count < all.Count && all[most.Count].Value == most[^1].Value)
        {
            var shared = most[^1].Value;
            most.RemoveAll(part => part.Value == shared);
        }
        return most;
    }

    private static List<TextPiece> Joined(List<(string Name, long Value)> parts)
    {
        var pieces = new List<TextPiece>();
        foreach (var (index, part) in parts.Index())
            pieces.Add(new($"{(index == 0 ? "" : index == parts.Count - 1 ? " và " : ", ")}{part.Name} ({Vietnamese.Number(part.Value)})", null));
        return pieces;
    }

    /// <summary>The rows themselves: "Chi bộ bản A (Đảng bộ xã X); Chi bộ bản B (Đảng bộ xã Y)".</summary>
    private async Task<string> NamesAsync(Address address, IReadOnlyList<string> columns)
    {
        using var rows = await figures.RowsAsync(address);
        var places = columns.Select(column => rows.Columns.ToList().FindIndex(one => one.Key == column)).ToList();
        var names = rows.Rows().Select(row => string.Concat(places.Select((place, index) => index == 0 ? $"{row[place]}" : $" ({row[place]})"))).ToList();
        return names.Count == 0 ? "không có" : string.Join("; ", names);
    }
}
