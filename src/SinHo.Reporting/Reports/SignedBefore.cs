using System.Globalization;
using SinHo.Reporting.Catalog;
using SinHo.Reporting.Facts;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Words;

namespace SinHo.Reporting.Reports;

/// <summary>
/// The signed report of the same kind and unit that ends on the eve of the period: what the new one begins with is held against what that one ended with,
/// as signed, and entries since on its days are told. Source: docs/spec/command-line.md, Signing.
/// </summary>
internal sealed class SignedBefore(Snapshot snapshot, ReportPlan plan, ReportUnit unit, CancellationToken cancel)
{
    private const int MostNamed = 3;

    /// <returns>Null where none was signed, or on today's map, where then and now are not the same units.</returns>
    public async Task<Found?> AskAsync()
    {
        if (snapshot.MapDay is not null)
            return null;
        var report = (await snapshot.QueryAsync<(Guid Id, string Number, DateOnly Day)>("""
            select signed_id, number, signed_on
            from standing_report
            where report = @report and unit = @unit and period_to = @eve
            order by signed_at desc
            limit 1
            """, new { report = plan.Definition.Name, unit = unit.Code, eve = plan.Period.From.AddDays(-1) }, cancel)).ToList();
        if (report is not [var (id, number, day)])
            return null;
        var figures = (await snapshot.QueryAsync<(string Code, int Value)>("""
            select figure ->> 'code', (figure ->> 'value')::integer
            from signed_report
            join issued_report using (issued_id)
            cross join lateral jsonb_array_elements(figures) as figure
            where signed_id = @id
            """, new { id }, cancel)).DistinctBy(figure => figure.Code).ToDictionary(figure => figure.Code, figure => figure.Value, StringComparer.Ordinal);
        var entries = (await snapshot.QueryAsync<(long Import, DateTime At, string Kind, long Entries)>(
            "select import_id, at, kind, entries from adjusting_imports(@id) order by import_id, kind", new { id }, cancel)).ToList();
        return new(plan, number, day, figures, [.. entries.Select(one => new Adjustment(one.Import, new(one.At, TimeSpan.Zero), one.Kind == "late", one.Entries))]);
    }

    public sealed record Adjustment(long Import, DateTimeOffset At, bool IsLate, long Entries);

    public sealed record Found(ReportPlan Plan, string Number, DateOnly Day, IReadOnlyDictionary<string, int> Figures, IReadOnlyList<Adjustment> Adjustments)
    {
        /// <summary>A sentence for the face where entries came since.</summary>
        public IEnumerable<string> Notices => Adjustments.Count == 0 ? [] :
            [$"Kỳ trước đã ký báo cáo số {Number} ngày {Vietnamese.Day(Day)}; từ đó có {Vietnamese.Number((int)Adjustments.Sum(one => one.Entries))} điều chỉnh vào những ngày của kỳ ấy: {Kinds()}."];

        /// <summary>One for each statement that what it begins with is what it ended with before.</summary>
        public IEnumerable<Check> Checks(Answers answers)
        {
            var addresses = Plan.Codes.DistinctBy(one => one.Code).ToDictionary(one => one.Code, one => one.Address, StringComparer.Ordinal);
            foreach (var identity in Plan.Definition.Identities)
            {
                if (identity is not { Left: [{ Sign: 1, Report: null, Previous: false } now], Right: [{ Sign: 1, Report: null, Previous: true } before] })
                    continue;
                var columns = Plan.Definition.Form is { } form ? form.Columns.Where(column => column.Period == ColumnPeriod.This).Select(column => $".{column.Code}") : [""];
                var compared = columns.Where(column => addresses.ContainsKey(now.Row + column) && Figures.ContainsKey(before.Row + column))
                    .Select(column => (Now: answers[addresses[now.Row + column]], Signed: Figures[before.Row + column])).ToList();
                if (compared.Count == 0)
                    continue;
                var broken = compared.Where(pair => pair.Now != pair.Signed).ToList();
                yield return new($"{identity.Code}_as_signed", $"{identity.Says}, như đã ký ở báo cáo số {Number}", broken.Count == 0, broken.Count == 0
                    ? $"{Vietnamese.Number((int)compared[0].Now)} = {Vietnamese.Number(compared[0].Signed)}"
                    : $"{string.Join("; ", broken.Select(pair => $"nay {Vietnamese.Number((int)pair.Now)} ≠ đã ký {Vietnamese.Number(pair.Signed)}"))}{Named()}");
            }
        }

        private string Kinds() => string.Join(", ", Adjustments.GroupBy(one => one.IsLate).OrderByDescending(kind => kind.Key)
            .Select(kind => $"{Vietnamese.Number((int)kind.Sum(one => one.Entries))} {(kind.Key ? "nhập muộn" : "sửa sai")}"));

        /// <summary>The latest entries, by number: no person's name stands on the face.</summary>
        private string Named() => Adjustments.Count == 0 ? "" : $"; do {string.Join("; ", Adjustments.OrderByDescending(one => one.Import).Take(MostNamed).Select(one => string.Create(
            CultureInfo.InvariantCulture, $"lần nhập {one.Import} ngày {Vietnamese.Day(Vietnamese.Today(one.At))} ({(one.IsLate ? "nhập muộn" : "sửa sai")})")))}{(Adjustments.Count > MostNamed ? "; …" : "")}";
    }
}
