using System.Globalization;
using SinHo.Reporting.Catalog;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Words;

namespace SinHo.Reporting.Reports;

/// <summary>
/// Proves what must hold of the answers: every identity for the unit and, unless it weighs flows against what there was before, for each part; and parts that
/// add up to the whole. People who go from one part to another are no flow of the unit, so the movement of a part need not balance.
/// </summary>
internal sealed class Proofs(Definitions definitions, ReportPlan plan, Answers answers, ReportUnit unit, IReadOnlyList<Part> parts)
{
    /// <summary>The unit, its parts, and what stood in none.</summary>
    private readonly List<Place> places = [new(unit.Code, null), .. parts.Select(part => new Place(part.Code, part.Code)), .. parts.Count > 0 ? [new(Breakdown.OutsideCaption, "")] : (Place[])[]];

    public IEnumerable<Check> All()
    {
        // A form with a row for each commune proves its own.
        foreach (var identity in plan.Definition.Form is { RowsByCommune: true } ? [] : plan.Definition.Identities)
            yield return Prove(identity);
        if (parts.Count == 0)
            yield break;
        if (plan.Definition.Form is { RowsByCommune: true })
            yield break;
        if (plan.Definition.Form is { } form)
            yield return CellsAddUp(form);
        foreach (var check in plan.Definition.Form is null ? plan.Entries.Where(entry => IsAdditive(plan.At(entry.Figure))).Select(EntryAddsUp) : [])
            yield return check;
    }

    public Check Prove(Identity identity)
    {
        var statements = plan.Statements(identity).Where(statement => !Terms(statement).Any(term => answers.IsUnknown(term.Address))).ToList();
        var applies = Applies(identity);
        var proved = places.Where(place => applies && (place.Part is null || !statements.Exists(Balances)))
            .SelectMany(place => statements.Select(statement => (Place: place, Statement: statement))).ToList();
        if (proved.Count == 0)
            return new(identity.Code, identity.Says, Ok: true, "Không áp dụng cho kỳ này hoặc đơn vị này", Times: 0);
        var broken = proved.Where(one => !Holds(identity, one.Statement, one.Place)).ToList();
        var detail = broken.Count > 0
            ? string.Join("; ", broken.Select(one => $"{one.Place.Name}{(one.Statement.Place.Length > 0 ? $", {one.Statement.Place}" : "")}: {Written(identity, one.Statement, one.Place)}"))
            : string.Create(CultureInfo.InvariantCulture, $"{Written(identity, proved[0].Statement, proved[0].Place)}; {Extent(proved.Count, statements.Count)}");
        return new(identity.Code, identity.Says, broken.Count == 0, detail, proved.Count);
    }

    private static string Extent(int proved, int statements) =>
        statements == 1 ? $"đúng với {proved} đơn vị" : $"đúng ở {Vietnamese.Number(proved)} chỗ so sánh";

    private static IEnumerable<SignedAddress> Terms(Statement statement) => statement.Left.Concat(statement.Right);

    /// <summary>A form that is not made for a level says nothing about it.</summary>
    private bool Applies(Identity identity) => identity.Terms.Select(term => term.Report).OfType<string>()
        .All(report => definitions.Editions(report, plan.Period.To) is [var edition, ..] && edition.IsFor(unit));

    private bool Holds(Identity identity, Statement statement, Place place)
    {
        var (left, right) = (Sum(statement.Left, place), Sum(statement.Right, place));
        return identity.IsEquality ? left == right : left <= right;
    }

    private long Sum(IEnumerable<SignedAddress> terms, Place place) => terms.Sum(term => term.Sign * Value(place, term.Address));

    private long Value(Place place, Address address) => place.Part switch
    {
        null => answers[address],
        "" => answers.Outside(parts, address),
        var part => answers.Of(part, address),
    };

    /// <summary>Whether flows are weighed against what there was on the eve.</summary>
    private bool Balances(Statement statement) =>
        Terms(statement).Any(term => definitions[term.Address.Measure.Figure].Indicator.IsOpening) && Terms(statement).Any(term => !definitions[term.Address.Measure.Figure].Indicator.IsStock);

    private string Written(Identity identity, Statement statement, Place place)
    {
        var holds = Holds(identity, statement, place);
        return $"{Written(statement.Left, place)} {(identity.IsEquality ? (holds ? "=" : "≠") : (holds ? "≤" : ">"))} {Written(statement.Right, place)}";
    }

    private string Written(IReadOnlyList<SignedAddress> terms, Place place) => terms.Count == 0 ? "0" : string.Concat(terms.Select((term, index) =>
        (index == 0 ? (term.Sign < 0 ? "−" : "") : term.Sign < 0 ? " − " : " + ") + Vietnamese.Number(Value(place, term.Address))));

    private bool IsAdditive(Address address) => definitions[address.Measure.Figure].Indicator.Additive;

    private string PartsCaption => Parts.AreBranches(unit.Role) ? "chi bộ" : plan.Definition.PartsCaption.ToLower(CultureInfo.GetCultureInfo("vi-VN"));

    private Check EntryAddsUp(BreakdownEntry entry)
    {
        var (sum, whole) = PartsAndWhole(plan.At(entry.Figure));
        return new(
            $"parts_{entry.Figure}", $"Cộng các {PartsCaption} bằng toàn đơn vị: {definitions[entry.Figure].Indicator.Caption}",
            sum == whole, $"{Vietnamese.Number(sum)} {(sum == whole ? "=" : "≠")} {Vietnamese.Number(whole)}{Outside(plan.At(entry.Figure))}");
    }

    /// <summary>All cells of a form whose parts must add up, in one check: there may be hundreds.</summary>
    private Check CellsAddUp(FormDefinition form)
    {
        var cells = form.Rows.SelectMany(row => form.Columns.Select(column => (Code: $"{row.Code}.{column.Code}", Address: plan.Cell(row, column))))
            .Where(cell => cell.Address is { } address && IsAdditive(address) && !answers.IsUnknown(address))
            .Select(cell => (cell.Code, Values: PartsAndWhole(cell.Address!))).ToList();
        var broken = cells.Where(cell => cell.Values.Sum != cell.Values.Whole).ToList();
        return new("parts", $"Cộng các {PartsCaption} bằng toàn đơn vị ở mọi ô cộng được", broken.Count == 0, broken.Count == 0
            ? $"{Vietnamese.Number(cells.Count)} ô, {Vietnamese.Number(parts.Count)} đơn vị"
            : string.Join("; ", broken.Select(cell => $"{cell.Code}: {Vietnamese.Number(cell.Values.Sum)} ≠ {Vietnamese.Number(cell.Values.Whole)}")), cells.Count);
    }

    private (long Sum, long Whole) PartsAndWhole(Address address) =>
        (parts.Sum(part => answers.Of(part.Code, address)) + answers.Outside(parts, address), answers[address]);

    private string Outside(Address address) => answers.Outside(parts, address) is not 0 and var outside ? $", trong đó {Vietnamese.Number(outside)} {Breakdown.OutsideCaption}" : "";

    /// <param name="Name">For the reader.</param>
    /// <param name="Part">Null for the unit itself, "" for what stood in no part.</param>
    private sealed record Place(string Name, string? Part);
}
