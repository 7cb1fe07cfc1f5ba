using Npgsql;
using SinHo.Reporting.Access;
using SinHo.Reporting.Catalog;
using SinHo.Reporting.Faces;
using SinHo.Reporting.Facts;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Reports;
using SinHo.Reporting.Runs;

namespace SinHo.Reporting.Signing;

/// <summary>The signed figures against the same question asked of the register now, and for each difference whom it is about and which entries did it.</summary>
/// <param name="root">The folder that holds sql/ and reports/.</param>
/// <param name="viewer">For whom; null for the program itself.</param>
public sealed class ChangesSince(NpgsqlDataSource database, StatisticsSource source, Definitions definitions, string root, Viewer? viewer = null)
{
    private readonly IssuedReports reports = new(database);

    private sealed record Difference(string Code, string Caption, decimal? Signed, decimal? Now, Named Names, IReadOnlyList<ComparedRow> In, IReadOnlyList<ComparedRow> Out);

    public async Task<Changes> AskAsync(SignedReport report, IProgress<JobStep>? progress, CancellationToken cancel)
    {
        var question = PaperQuestion.Parse(report.Question)!;
        Report now;
        try
        {
            now = await new ReportBuilder(source, definitions, viewer).BuildAsync(ReportRequest.Of(question) with { WithEvidence = true, EvidenceUpTo = null }, progress, cancel);
        }
        catch (UnknownNameException gone)
        {
            return new(report, [], gone.Message);
        }
        using (now)
        {
            var issued = (await reports.FindAsync(report.IssuedId, cancel))!;
            var differences = await CompareAsync(issued, now, cancel);
            var causes = new Causes(database, definitions, report, question, root);
            await causes.ReadAsync(
                [.. differences.SelectMany(one => one.In.Concat(one.Out).Select(row => (row.Key, one.Names))).Distinct()], issued.Definitions, cancel);
            return new(report, [.. differences.Select(one => new SinceSigned(one.Code, one.Caption, one.Signed, one.Now, Rows(one, one.In), Rows(one, one.Out)))], null);

            IReadOnlyList<MovedRow> Rows(Difference figure, IReadOnlyList<ComparedRow> rows) => [.. rows.Select(row => new MovedRow(row.Key, row.Name, causes.Of(row.Key, figure.Code)))];
        }
    }

    private async Task<List<Difference>> CompareAsync(IssuedReport issued, Report now, CancellationToken cancel)
    {
        var figures = now.Figures.GroupBy(figure => figure.Code).ToDictionary(same => same.Key, same => same.First(), StringComparer.Ordinal);
        var differences = new List<Difference>();
        foreach (var before in issued.Figures.DistinctBy(figure => figure.Code))
        {
            var name = before.Columns.Count > 0 ? before.Columns[0].Names : Named.None;
            if (!figures.TryGetValue(before.Code, out var after))
            {
                differences.Add(new(before.Code, before.Caption, before.Value, null, name, [], []));
                continue;
            }
            var was = await reports.EvidenceAsync(issued.IssuedId, before, 0, int.MaxValue, cancel);
            var (came, went) = Comparison.Apart(Comparison.Rows(after.Evidence.Columns, after.Evidence.Rows()), Comparison.Rows(before.Columns, was));
            if (came.Count + went.Count > 0 || before.Value != after.Value)
                differences.Add(new(before.Code, before.Caption, before.Value, after.Value, name, came, went));
        }
        differences.AddRange(Computed(issued.Content.Form, now.Form));
        var rates = now.Groups.SelectMany(group => group.Rates).ToDictionary(rate => rate.Code, rate => rate.Value, StringComparer.Ordinal);
        differences.AddRange((issued.Content.Rates ?? []).Where(rate => rates.GetValueOrDefault(rate.Code) != rate.Value)
            .Select(rate => new Difference(rate.Code, rate.Caption, rate.Value, rates.GetValueOrDefault(rate.Code), Named.None, [], [])));
        return differences;
    }

    /// <summary>Cells that are worked out from counts, of which the counts are told apart.</summary>
    private static IEnumerable<Difference> Computed(IssuedForm? signed, FormTable? now)
    {
        var values = (now?.Rows ?? []).SelectMany(row => now!.Columns.Zip(row.Cells, (column, cell) => ($"{row.Code}.{column.Code}", cell.Value))).DistinctBy(one => one.Item1).ToDictionary(one => one.Item1, one => one.Value, StringComparer.Ordinal);
        foreach (var row in signed?.Rows ?? [])
        {
            foreach (var (column, cell) in signed!.Columns.Zip(row.Cells).Where(one => one.Second.Figure is null && one.Second.Value is not null))
            {
                var code = $"{row.Code}.{column.Code}";
                if (values.GetValueOrDefault(code) != cell.Value)
                    yield return new(code, $"{row.Caption} - {column.Caption}", cell.Value, values.GetValueOrDefault(code), Named.None, [], []);
            }
        }
    }
}
