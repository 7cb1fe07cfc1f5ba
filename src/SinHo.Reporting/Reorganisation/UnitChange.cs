using Dapper;
using Npgsql;
using SinHo.Reporting.Catalog;
using SinHo.Reporting.Facts;
using SinHo.Reporting.Figures;

namespace SinHo.Reporting.Reorganisation;

/// <summary>A unit before and after a plan, by figure: at the end of the day before its first change, and of the day of its last. Null where it does not hold.</summary>
public sealed record UnitChange(string Unit, string Name, IReadOnlyDictionary<string, long>? Before, IReadOnlyDictionary<string, long>? After);

/// <summary>Counts units before and after within the transaction of a plan, with the figures of every report.</summary>
public static class UnitChanges
{
    /// <summary>The figures shown, in their order.</summary>
    public static readonly IReadOnlyList<string> Figures =
    [
        "members", "branches", "villages", "branches_under_3", "few_member_branches", "villages_without_members", "villages_without_branch", "dual_role_secretaries",
    ];

    /// <param name="codes">Organisations that the plan names; what stands above them is shown too.</param>
    internal static async Task<IReadOnlyList<UnitChange>> ReadAsync(
        NpgsqlTransaction transaction, Definitions definitions, IReadOnlyList<string> codes, (DateOnly Before, DateOnly After) days, IProgress<JobStep>? progress, CancellationToken cancel)
    {
        progress?.Report(new("So trước và sau"));
        await using var snapshot = Snapshot.Within(transaction);
        var settings = (await snapshot.SettingsAsync(cancel)).ToDictionary(setting => setting.Code, setting => setting.Value, StringComparer.Ordinal);
        var (before, after) = (await NamesAsync(days.Before), await NamesAsync(days.After));
        var (then, now) = (await CountAsync(before, days.Before), await CountAsync(after, days.After));
        return
        [
            .. after.Concat(before).DistinctBy(unit => unit.Code).OrderBy(unit => unit.Place).ThenBy(unit => unit.Code, StringComparer.Ordinal)
                .Select(unit => new UnitChange(unit.Code, unit.Name, then.GetValueOrDefault(unit.Code), now.GetValueOrDefault(unit.Code))),
        ];

        async Task<List<UnitOfPlan>> NamesAsync(DateOnly day) =>
        [
            .. await transaction.Connection!.QueryAsync<UnitOfPlan>(new CommandDefinition("""
                select distinct version.code, version.name, level.place
                from org_closure as above
                join org_version as version on version.code = above.ancestor
                    and version.valid_from <= @day
                    and still_holds(version.valid_to, @day)
                join level on level.name = version.level
                where above.descendant = any (@codes)
                    and above.valid_from <= @day
                    and above.valid_to > @day
                """, new { codes = codes.ToArray(), day }, transaction, cancellationToken: cancel)),
        ];

        async Task<Dictionary<string, Dictionary<string, long>>> CountAsync(List<UnitOfPlan> units, DateOnly day)
        {
            var counted = units.ToDictionary(unit => unit.Code, _ => Figures.ToDictionary(figure => figure, _ => 0L), StringComparer.Ordinal);
            foreach (var set in Figures.GroupBy(figure => definitions[figure].Set))
            {
                var measures = set.Select(Measure.Of).ToList();
                foreach (var ((unit, measure), value) in await snapshot.CountAsync(set.Key, measures, [.. counted.Keys], new(new(day, day), settings), cancel))
                    counted[unit][measure.Figure] = value;
            }
            return counted;
        }
    }

    private sealed record UnitOfPlan(string Code, string Name, int Place);
}
