using SinHo.Reporting.Access;
using SinHo.Reporting.Facts;

namespace SinHo.Reporting.Reports;

/// <summary>A branch of a committee in a month, with what is known of its meetings.</summary>
/// <param name="Due">Members on the roll at the end of the month who are not excused from meeting.</param>
/// <param name="Meetings">Of the month, the earliest first.</param>
public sealed record BranchMonth(string Code, string Name, int Due, IReadOnlyList<BranchMeeting> Meetings);

public sealed record BranchMeeting(string Branch, DateOnly Date, string Kind, int Due, int Present);

/// <summary>An organisation in a year, with its rating.</summary>
/// <param name="Grade">Null while it has none.</param>
public sealed record UnitYear(string Code, string Name, string Level, string? Grade);

/// <summary>A member of a branch in a year, with his rating.</summary>
/// <param name="Grade">Null while he has none.</param>
public sealed record MemberYear(string Code, string Name, bool IsExcused, string? Grade);

/// <summary>What the grids of a committee begin with: its branches in a month, its parts in a year.</summary>
public static class BranchSheet
{
    /// <param name="first">The first day of the month.</param>
    public static async Task<IReadOnlyList<BranchMonth>> MonthAsync(StatisticsSource source, Viewer viewer, string unit, DateOnly first, CancellationToken cancel)
    {
        var last = first.AddMonths(1).AddDays(-1);
        await using var snapshot = await Snapshot.TakeAsync(source, viewer, new(first, last), cancel);
        var branches = await snapshot.QueryAsync<(string Code, string Name, int Due)>("""
            select version.code::text, version.name, (
                select count(*)::int
                from membership
                where membership.branch = version.code and membership.valid_from <= @last and still_holds(membership.valid_to, @last)
                    and not (select excused from member where member.code = membership.member and member.held_from <= @last and member.held_until > @last)
            )
            from org_closure as tie
            join org_version as version on version.code = tie.descendant and version.valid_from <= @last and still_holds(version.valid_to, @last)
            where tie.ancestor = @unit and tie.valid_from <= @last and tie.valid_to > @last and is_branch(version.level_role)
            order by version.code
            """, new { unit, last }, cancel);
        var meetings = (await snapshot.QueryAsync<BranchMeeting>("""
            select meeting.branch::text as Branch, meeting.date as Date, meeting.kind::text as Kind, meeting.due as Due, meeting.present as Present
            from meeting
            where meeting.date between @first and @last
            order by meeting.date
            """, new { first, last }, cancel)).ToLookup(meeting => meeting.Branch);
        return [.. branches.Select(branch => new BranchMonth(branch.Code, branch.Name, branch.Due, [.. meetings[branch.Code]]))];
    }

    /// <summary>The unit and what stands below it on the last day of the year, or today where the year is not over.</summary>
    public static async Task<IReadOnlyList<UnitYear>> YearAsync(StatisticsSource source, Viewer viewer, string unit, int year, DateOnly today, CancellationToken cancel)
    {
        var end = new DateOnly(year, 12, 31);
        var day = end < today ? end : today;
        await using var snapshot = await Snapshot.TakeAsync(source, viewer, new(day, day), cancel);
        return
        [
            .. await snapshot.QueryAsync<UnitYear>("""
                select version.code::text as Code, version.name as Name, version.level::text as Level, rating.grade::text as Grade
                from org_closure as tie
                join org_version as version on version.code = tie.descendant and version.valid_from <= @day and still_holds(version.valid_to, @day)
                left join rating on rating.org = version.code and rating.year = @year
                where tie.ancestor = @unit and tie.valid_from <= @day and tie.valid_to > @day
                order by version.code
                """, new { unit, year, day }, cancel),
        ];
    }

    /// <summary>Who is on the roll of a branch on the last day of the year, or today where the year is not over, by given name.</summary>
    public static async Task<IReadOnlyList<MemberYear>> MembersAsync(StatisticsSource source, Viewer viewer, string branch, int year, DateOnly today, CancellationToken cancel)
    {
        var end = new DateOnly(year, 12, 31);
        var day = end < today ? end : today;
        await using var snapshot = await Snapshot.TakeAsync(source, viewer, new(day, day), cancel);
        return
        [
            .. await snapshot.QueryAsync<MemberYear>("""
                select member.code::text as Code, member.name as Name, member.excused as IsExcused, rated.grade::text as Grade
                from membership
                join member on member.code = membership.member and member.held_from <= @day and member.held_until > @day
                left join member_rating as rated on rated.member = membership.member and rated.year = @year
                where membership.branch = @branch and membership.valid_from <= @day and still_holds(membership.valid_to, @day)
                order by given_name(member.name) collate "vi-x-icu", member.name collate "vi-x-icu", member.code
                """, new { branch, year, day }, cancel),
        ];
    }
}
