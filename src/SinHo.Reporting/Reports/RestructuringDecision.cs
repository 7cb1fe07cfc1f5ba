using SinHo.Reporting.Access;
using SinHo.Reporting.Catalog;
using SinHo.Reporting.Facts;
using SinHo.Reporting.Figures;

namespace SinHo.Reporting.Reports;

/// <summary>What a decision of restructuring changed.</summary>
/// <param name="Date">From this day on it holds.</param>
/// <param name="Outside">How many branches it named that the viewer may not know of.</param>
public sealed record RestructuringDecision(string Decision, DateOnly Date, string Form, IReadOnlyList<RestructuredBranch> Before, IReadOnlyList<RestructuredBranch> After, int Outside)
{
    private const string Members = "members";

    /// <exception cref="UnknownNameException">No such decision, or none of its branches is under the viewer's unit.</exception>
    public static async Task<RestructuringDecision> AskAsync(StatisticsSource source, Definitions definitions, Viewer viewer, string decision, CancellationToken cancel)
    {
        var days = await DaysAsync(source, viewer, decision, cancel);
        await using var snapshot = await Snapshot.TakeAsync(source, viewer, days, cancel);
        var named = (await snapshot.QueryAsync<Named>("""
            select distinct on (unit, role) unit::text as Branch, role::text as Role, form::text as Form
            from restructuring
            where decision = @decision
            order by unit, role
            """, new { decision }, cancel)).ToList();
        var settings = (await snapshot.SettingsAsync(cancel)).ToDictionary(setting => setting.Code, setting => setting.Value);
        var before = await SideAsync("Trước", days.From);
        var after = await SideAsync("Sau", days.To);
        return before.Count + after.Count > 0
            ? new(decision, days.To, named[0].Form, before, after, named.Count - before.Count - after.Count)
            : throw Unknown(decision);

        async Task<IReadOnlyList<RestructuredBranch>> SideAsync(string role, DateOnly day)
        {
            var (set, _) = definitions[Members];
            var measure = Measure.Of(Members);
            var found = new List<RestructuredBranch>();
            foreach (var branch in named.Where(one => one.Role == role))
            {
                if (await new Units(snapshot, new(day, day), cancel).TryFindAsync(branch.Branch) is not { } unit)
                    continue;
                var above = await snapshot.QueryAsync<string>("""
                    select above.name
                    from org_version as own
                    join org_version as above on above.code = own.parent
                        and above.valid_from <= @day and still_holds(above.valid_to, @day)
                    where own.code = @Branch and own.valid_from <= @day and still_holds(own.valid_to, @day)
                    """, new { branch.Branch, day }, cancel);
                var counted = await snapshot.CountAsync(set, [measure], [branch.Branch], new(new(day, day), settings), cancel);
                found.Add(new(branch.Branch, unit.Name, above.SingleOrDefault(), day, checked((int)counted.GetValueOrDefault((branch.Branch, measure)))));
            }
            return found;
        }
    }

    /// <summary>The eve of the decision and the day on which it took effect.</summary>
    private static async Task<Period> DaysAsync(StatisticsSource source, Viewer viewer, string decision, CancellationToken cancel)
    {
        await using var snapshot = await Snapshot.TakeAsync(source, viewer, new(new(1900, 1, 1), new(1900, 1, 1)), cancel);
        var date = (await snapshot.QueryAsync<DateOnly?>("select max(date) from restructuring where decision = @decision", new { decision }, cancel)).Single();
        return date is { } day ? new(day.AddDays(-1), day) : throw Unknown(decision);
    }

    private static UnknownNameException Unknown(string decision) => new($"Không có quyết định “{decision}”.");

    private sealed record Named(string Branch, string Role, string Form);
}

/// <param name="Day">The eve of the decision for a branch before it, its day for one after it.</param>
/// <param name="Members">At the end of that day.</param>
public sealed record RestructuredBranch(string Code, string Name, string? ParentName, DateOnly Day, int Members);
