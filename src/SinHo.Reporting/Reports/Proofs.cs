using System.Globalization;
using SinHo.Reporting.Catalog;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Words;

namespace SinHo.Reporting.Reports;

/// <summary>Proves what must hold of the answers: every identity for the unit and each part, and parts that add up to the whole.</summary>
internal sealed class Proofs(Definitions definitions, ReportPlan plan, Answers answers, ReportUnit unit, IReadOnlyList<Part> parts)
{
    private readonly List<(string Code, string Level)> units = [(unit.Code, unit.Level), .. parts.Select(part => (part.Code, part.Level))];

    public IEnumerable<Check> All()
    {
        foreach (var identity in plan.Definition.Identities)
            yield return Prove(identity);
        if (parts.Count == 0)
            yield break;
        if (plan.Definition.Form is { } form)
            yield return CellsAddUp(form);
        foreach (var check in plan.Definition.Form is null ? plan.Entries.Where(entry => IsAdditive(plan.At(entry.Figure))).Select(EntryAddsUp) : [])
            yield return check;
    }

    public Check Prove(Identity identity)
    {
        var statements = plan.Statements(identity).Where(statement => !Terms(statement).Any(term => answers.IsUnknown(term.Address))).ToList();
        var proved = units.Where(one => Applies(identity, one.Level)).SelectMany(one => statements.Select(statement => (Unit: one.Code, Statement: statement))).ToList();
        if (proved.Count == 0)
            return new(identity.Code, identity.Says, Ok: true, "Không áp dụng cho kỳ này hoặc đơn vị này", Times: 0);
        var broken = proved.Where(one => !Holds(identity, one.Statement, one.Unit)).ToList();
        var detail = broken.Count > 0
            ? string.Join("; ", broken.Select(one => $"{one.Unit}{(one.Statement.Place.Length > 0 ? $", {one.Statement.Place}" : "")}: {Written(identity, one.Statement, one.Unit)}"))
            : string.Create(CultureInfo.InvariantCulture, $"{Written(identity, proved[0].Statement, proved[0].Unit)}; {Extent(proved.Count, statements.Count)}");
        return new(identity.Code, identity.Says, broken.Count == 0, detail, proved.Count);
    }

    private static string Extent(int proved, int statements) =>
        statements == 1 ? $"đúng với {proved} đơn vị" : $"đúng ở {Vietnamese.Number(proved)} chỗ so sánh";

    private static IEnumerable<SignedAddress> Terms(Statement statement) => statement.Left.Concat(statement.Right);

    /// <summary>A form that is not made for a level says nothing about it.</summary>
    private bool Applies(Identity identity, string level) => identity.Terms.Select(term => term.Report).OfType<string>()
        .All(report => definitions.Editions(report, plan.Period.To) is [var edition, ..] && edition.IsFor(level));

    private bool Holds(Identity identity, Statement statement, string code)
    {
        var (left, right) = (Sum(statement.Left, code), Sum(statement.Right, code));
        return identity.IsEquality ? left == right : left <= right;
    }

    private long Sum(IEnumerable<SignedAddress> terms, string code) => terms.Sum(term => term.Sign * answers[code, term.Address]);

    private string Written(Identity identity, Statement statement, string code)
    {
        var holds = Holds(identity, statement, code);
        return $"{Written(statement.Left, code)} {(identity.IsEquality ? (holds ? "=" : "≠") : (holds ? "≤" : ">"))} {Written(statement.Right, code)}";
    }

    private string Written(IReadOnlyList<SignedAddress> terms, string code) => terms.Count == 0 ? "0" : string.Concat(terms.Select((term, index) =>
        (index == 0 ? (term.Sign < 0 ? "−" : "") : term.Sign < 0 ? " − " : " + ") + Vietnamese.Number(answers[code, term.Address])));

    private bool IsAdditive(Address address) => definitions[address.Measure.Figure].Indicator.Additive;

    private Check EntryAddsUp(BreakdownEntry entry)
    {
        var says = $"Cộng các {plan.Definition.PartsCaption.ToLower(CultureInfo.GetCultureInfo("vi-VN"))} bằng toàn đơn vị: {definitions[entry.Figure].Indicator.Caption}";
        var (sum, whole) = PartsAndWhole(plan.At(entry.Figure));
        return sum != whole && Moved is { } moved
            ? new($"parts_{entry.Figure}", says, Ok: true, moved, Times: 0)
            : new($"parts_{entry.Figure}", says, sum == whole, $"{Vietnamese.Number(sum)} {(sum == whole ? "=" : "≠")} {Vietnamese.Number(whole)}");
    }

    /// <summary>All cells of a form whose parts must add up, in one check: there may be hundreds.</summary>
    private Check CellsAddUp(FormDefinition form)
    {
        var cells = form.Rows.SelectMany(row => form.Columns.Select(column => (Code: $"{row.Code}.{column.Code}", Address: plan.Cell(row, column))))
            .Where(cell => cell.Address is { } address && IsAdditive(address) && !answers.IsUnknown(address)
                && address.Period.From >= plan.Span.From && address.Period.To <= plan.Span.To)
            .Select(cell => (cell.Code, Values: PartsAndWhole(cell.Address!))).ToList();
        var says = $"Cộng các {plan.Definition.PartsCaption.ToLower(CultureInfo.GetCultureInfo("vi-VN"))} bằng toàn đơn vị ở mọi ô cộng được";
        var broken = cells.Where(cell => cell.Values.Sum != cell.Values.Whole).ToList();
        if (broken.Count > 0 && Moved is { } moved)
            return new("parts", says, Ok: true, moved, Times: 0);
        return new("parts", says, broken.Count == 0, broken.Count == 0
            ? $"{Vietnamese.Number(cells.Count)} ô, {Vietnamese.Number(parts.Count)} đơn vị"
            : string.Join("; ", broken.Select(cell => $"{cell.Code}: {Vietnamese.Number(cell.Values.Sum)} ≠ {Vietnamese.Number(cell.Values.Whole)}")), cells.Count);
    }

    private (long Sum, long Whole) PartsAndWhole(Address address) => (parts.Sum(part => answers[part.Code, address]), answers[unit.Code, address]);

    /// <summary>Why parts need not add up: a part counts all that is under it, also on days when it was no part.</summary>
    private string? Moved => parts.Where(part => !part.Stayed).Select(part => part.Code).ToList() is { Count: > 0 } moved
        ? $"Không so sánh: {string.Join(", ", moved)} không phải lúc nào trong kỳ cũng là tổ chức cơ sở đảng của đơn vị"
        : null;
}
