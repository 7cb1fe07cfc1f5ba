using SinHo.Reporting.Catalog;
using SinHo.Reporting.Facts;
using SinHo.Reporting.Figures;

namespace SinHo.Reporting.Reports;

/// <summary>The identities of a report over the codes of its own numbers, and which of them are one number: a stock of the same day, a flow of the same days.</summary>
internal static class LinearStatements
{
    public static IReadOnlyList<Linear> Of(Definitions definitions, ReportPlan plan)
    {
        var codes = plan.Codes.ToLookup(one => Key(one.Address), one => one.Code);
        return
        [
            .. codes.Where(same => same.Distinct(StringComparer.Ordinal).Skip(1).Any()).SelectMany(same => same.Distinct(StringComparer.Ordinal).Skip(1).Select(other => new Linear([(1, same.First())], [(1, other)], IsEquality: true))),
            .. from identity in plan.Definition.Identities
               from statement in plan.Statements(identity)
               where statement.Left.Concat(statement.Right).All(term => codes.Contains(Key(term.Address)))
               select new Linear(Terms(statement.Left), Terms(statement.Right), identity.IsEquality),
        ];

        List<(int Sign, string Code)> Terms(IReadOnlyList<SignedAddress> side) => [.. side.Select(term => (term.Sign, codes[Key(term.Address)].First()))];

        // The closing of one period is the opening of the next: one stock, whatever it is called.
        (Measure Measure, DateOnly? From, DateOnly To) Key(Address address)
        {
            var indicator = definitions[address.Measure.Figure].Indicator;
            return (address.Measure, indicator.IsStock ? null : address.Period.From, indicator.IsOpening ? address.Period.From.AddDays(-1) : address.Period.To);
        }
    }
}
