using Npgsql;
using SinHo.Reporting.Catalog;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Reports;
using SinHo.Reporting.Runs;
using SinHo.Reporting.Signing;
using SinHo.Reporting.Words;

namespace SinHo.Reporting.Sums;

/// <summary>A sum that is not made; the message says why.</summary>
public sealed class SumRefusedException(string message) : RefusalException(message, RefusalKind.Refused);

/// <summary>
/// Sums the signed figures of the registers that are waited for. Counts alone are added up; rates are worked out from the sums; a register that has not sent is a gap, and a
/// figure that somebody defines in another way has no sum unless a reason is given. Source: docs/spec/command-line.md, Several registers.
/// </summary>
/// <param name="root">The folder that holds sql/ and reports/.</param>
public sealed class Summing(NpgsqlDataSource database, Definitions definitions, string root)
{
    private readonly ReceivedReports received = new(database);
    private readonly Senders senders = new(database);

    /// <param name="overDefinitions">Why figures that are defined in other ways are summed all the same; null: they are not.</param>
    /// <exception cref="UnknownNameException">No such report.</exception>
    /// <exception cref="SumRefusedException">No register is waited for, or the report has rows that differ between registers.</exception>
    public async Task<RegisterSum> SumAsync(string report, Period period, string? overDefinitions, DateOnly today, CancellationToken cancel)
    {
        var expected = (await senders.ListAsync(cancel)).Where(sender => sender.IsExpectedFor(period)).ToList();
        if (definitions.Editions(report, period.To) is not [var newest, ..])
            throw new UnknownNameException($"Không có báo cáo “{report}”; các báo cáo: {string.Join(", ", definitions.ReportNames)}.");
        if (expected.Count == 0)
            throw new SumRefusedException($"Chưa chờ sổ nào cho kỳ {period.Name}: hãy ghi các sổ chờ nhận bằng lệnh senders hoặc trên trang Tổng hợp.");
        if (newest.Form is { RowsByCommune: true })
            throw new SumRefusedException($"Báo cáo “{newest.Caption}” có một dòng cho mỗi xã, mỗi sổ một khác: không cộng được từng dòng.");
        var standing = await received.StandingAsync(report, period, cancel);
        var due = CalendarRule.DueOf(report, period);
        List<SumPart> parts = [.. expected.Select(sender => new SumPart(sender, standing.GetValueOrDefault(sender.Code), due, due < today))];
        var definition = parts.Select(part => part.Received?.Figures.Edition).OfType<string>().Select(edition => definitions.Reports.FirstOrDefault(one => one.Name == report && one.Edition.Printed.Code == edition)).FirstOrDefault(one => one is not null) ?? newest;
        var reach = await ReachAsync(report, cancel);
        var rules = new SumRules(definitions, definition);
        var lines = new Dictionary<string, SumLine>(StringComparer.Ordinal);
        var codes = CodesOf(parts);
        foreach (var code in codes.Where(code => !rules.Of(code).IsRate))
            lines[code] = Added(code, rules, reach, parts, overDefinitions is not null);
        foreach (var code in codes.Where(code => rules.Of(code).IsRate))
            lines[code] = WorkedOut(code, rules, reach, parts, lines);
        var (proved, broken) = Prove(rules.Statements(period), lines);
        return new(report, definition.Caption, period, parts, [.. codes.Select(code => lines[code])], broken, proved, Blank(overDefinitions));
    }

    /// <summary>What our program and settings say of its definitions.</summary>
    internal async Task<DefinitionReach> ReachAsync(string report, CancellationToken cancel) =>
        new(definitions, root, await DefinitionHashes.HashesAsync(root, report, cancel), (await new SettingTable(database).ListAsync(cancel)).ToDictionary(setting => setting.Code, setting => setting.Value, StringComparer.Ordinal));

    /// <summary>Codes of figures that a register means in another way than we, with what differs.</summary>
    internal IReadOnlyList<string> Differences(SignedFigures figures, DefinitionReach reach)
    {
        var definition = definitions.Reports.FirstOrDefault(one => one.Name == figures.Report && one.Edition.Printed.Code == figures.Edition);
        if (definition is null)
            return [$"{figures.Report} {figures.Edition}".Trim()];
        var rules = new SumRules(definitions, definition);
        return [.. figures.Figures.SelectMany(figure => rules.Differences(figure.Code, figures, reach, root)).Distinct(StringComparer.Ordinal)];
    }

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    /// <summary>In the order of the first that has them; codes that only others have come after those before them.</summary>
    private static List<string> CodesOf(List<SumPart> parts)
    {
        var codes = new List<string>();
        foreach (var figures in parts.Select(part => part.Received?.Figures.Figures).OfType<IReadOnlyList<SignedFigure>>())
        {
            var place = 0;
            foreach (var code in figures.Select(figure => figure.Code))
            {
                var at = codes.IndexOf(code);
                if (at < 0)
                    codes.Insert(place++, code);
                else
                    place = at + 1;
            }
        }
        return codes;
    }

    private SumLine Added(string code, SumRules rules, DefinitionReach reach, List<SumPart> parts, bool isOver)
    {
        var line = Line(code, rules, reach, parts);
        if (rules.Of(code).WhyNot is { } why)
            return line with { WhyNone = why };
        if (!isOver && line.Values.Where(value => value.Differences.Count > 0).ToList() is { Count: > 0 } others)
            return line with { WhyNone = $"Định nghĩa khác: {string.Join("; ", others.Select(value => $"{value.Part.Sender.Name} ({string.Join(", ", value.Differences)})"))}" };
        var without = line.Values.Where(value => value.Value is null).ToList();
        if (without.Count == line.Values.Count)
            return line;
        // A register without a plan has none, not one of 0: its work would be measured by the plans of the others.
        return without.Count > 0
            ? line with { WhyNone = $"Không có ở: {string.Join(", ", without.Select(value => value.Part.Sender.Name))}" }
            : line with { Sum = line.Values.Sum(value => value.Value) };
    }

    private SumLine WorkedOut(string code, SumRules rules, DefinitionReach reach, List<SumPart> parts, Dictionary<string, SumLine> lines)
    {
        var line = Line(code, rules, reach, parts);
        var (over, under) = (rules.Of(code).Over!, rules.Of(code).Under!);
        if (line.Values.All(value => value.Value is null))
            return line;
        if (lines.GetValueOrDefault(over)?.Sum is not { } top || lines.GetValueOrDefault(under)?.Sum is not { } bottom)
            return line with { WhyNone = "Không tính được: số để tính không cộng được" };
        if (rules.Of(code).IsDifference)
            return line with { Sum = top - bottom };
        return bottom == 0 ? line : line with { Sum = Math.Round(top * 100 / bottom, line.Decimals, MidpointRounding.AwayFromZero) };
    }

    private SumLine Line(string code, SumRules rules, DefinitionReach reach, List<SumPart> parts)
    {
        var values = parts.Where(part => part.Received is not null).Select(part => new SumValue(
            part, part.Received!.Figures.Figures.FirstOrDefault(figure => figure.Code == code)?.Value, rules.Differences(code, part.Received.Figures, reach, root))).ToList();
        var shown = parts.SelectMany(part => part.Received?.Figures.Figures ?? []).First(figure => figure.Code == code);
        return new(code, shown.Caption, shown.CountedIn, rules.Of(code).Decimals, values, null, null);
    }

    private static (int Proved, IReadOnlyList<string> Broken) Prove(IReadOnlyList<Linear> statements, Dictionary<string, SumLine> lines)
    {
        var known = statements.Where(statement => statement.Codes.All(code => lines.GetValueOrDefault(code)?.Sum is not null)).ToList();
        return (known.Count,
        [
            .. known.Where(statement => statement.IsEquality ? Side(statement.Left) != Side(statement.Right) : Side(statement.Left) > Side(statement.Right))
                .Select(statement => $"{Words(statement.Left)} {(statement.IsEquality ? "=" : "≤")} {Words(statement.Right)} không đúng: {Number(Side(statement.Left))} và {Number(Side(statement.Right))}"),
        ]);

        decimal Side(IEnumerable<(int Sign, string Code)> terms) => terms.Sum(term => term.Sign * lines[term.Code].Sum!.Value);

        string Words(IReadOnlyList<(int Sign, string Code)> terms) =>
            terms.Count == 0 ? "0" : string.Concat(terms.Select((term, index) => $"{(term.Sign < 0 ? " − " : index == 0 ? "" : " + ")}{lines[term.Code].Caption}")).TrimStart();

        static string Number(decimal value) => Vietnamese.Number((double)value);
    }
}
