using SinHo.Reporting.Access;
using SinHo.Reporting.Facts;
using SinHo.Reporting.Register;

namespace SinHo.Reporting.Reports;

/// <summary>A person as whoever enters an event about him needs to see him on a day.</summary>
/// <param name="Versions">Of the record, the oldest first; never empty.</param>
/// <param name="Branch">On whose roll he is on the day; null for none that the viewer may know of.</param>
/// <param name="IsOfficial">On the day.</param>
/// <param name="Posts">Held on the day.</param>
/// <param name="Assignments">Held on the day; the post is the role.</param>
public sealed record PersonFile(
    string Code, DateOnly Day, IReadOnlyList<PersonFileVersion> Versions, PersonPlace? Branch, bool IsOfficial, IReadOnlyList<PersonDuty> Posts, IReadOnlyList<PersonDuty> Assignments)
{
    /// <summary>Where he stays for a while on the day; the post is Đi.</summary>
    public PersonDuty? Stay { get; private init; }

    public PersonFileVersion OnDay => Versions.LastOrDefault(version => version.Since is null || version.Since <= Day) ?? Versions[0];

    public string Name => OnDay.Values["Họ và tên"];

    /// <returns>Null where the viewer is shown no such person on the day.</returns>
    public static async Task<PersonFile?> FindAsync(StatisticsSource source, Viewer viewer, string code, DateOnly day, CancellationToken cancel)
    {
        await using var snapshot = await Snapshot.TakeAsync(source, viewer, new(day, day), cancel);
        var versions = (await snapshot.QueryAsync<string>("select to_jsonb(member)::text from member where code = @code order by held_from", new { code }, cancel))
            .Select(row => Version(StoredRow.Read(row)!)).ToList();
        if (versions.Count == 0)
            return null;
        var branch = (await snapshot.QueryAsync<PersonPlace>("""
            select membership.branch::text as Code, version.name as Name
            from membership
            join org_version as version on version.code = membership.branch and version.valid_from <= @day and still_holds(version.valid_to, @day)
            where membership.member = @code and membership.valid_from <= @day and still_holds(membership.valid_to, @day)
            """, new { code, day }, cancel)).FirstOrDefault();
        var isOfficial = (await snapshot.QueryAsync<bool>(
            "select exists (select from official_span where member = @code and valid_from <= @day and still_holds(valid_to, @day))", new { code, day }, cancel)).Single();
        var posts = await snapshot.QueryAsync<PersonDuty>("""
            select post.post::text as What, post.place::text as Place, coalesce(org.name, village.name) as PlaceName, post.valid_from as Since
            from post
            left join org_version as org on org.code = post.org and org.valid_from <= @day and still_holds(org.valid_to, @day)
            left join village on village.code = post.village and village.valid_from <= @day and still_holds(village.valid_to, @day)
            where post.member = @code and post.valid_from <= @day and still_holds(post.valid_to, @day)
            order by 1, 2
            """, new { code, day }, cancel);
        var assignments = await snapshot.QueryAsync<PersonDuty>("""
            select assignment.role::text as What, assignment.branch::text as Place, org.name as PlaceName, assignment.valid_from as Since
            from assignment
            left join org_version as org on org.code = assignment.branch and org.valid_from <= @day and still_holds(org.valid_to, @day)
            where assignment.member = @code and assignment.valid_from <= @day and still_holds(assignment.valid_to, @day)
            order by 1, 2
            """, new { code, day }, cancel);
        var stay = (await snapshot.QueryAsync<PersonDuty>("""
            select stay.direction::text as What, stay.place as Place, org.name as PlaceName, stay.valid_from as Since
            from stay
            left join org_version as org on org.code = stay.place and org.valid_from <= @day and still_holds(org.valid_to, @day)
            where stay.member = @code and stay.direction = 'Đi' and stay.valid_from <= @day and still_holds(stay.valid_to, @day)
            """, new { code, day }, cancel)).FirstOrDefault();
        return new(code, day, versions, branch, isOfficial, [.. posts], [.. assignments]) { Stay = stay };
    }

    private static PersonFileVersion Version(StoredRow row)
    {
        var members = ExchangeWorkbook.Members;
        return new(row.Value(members.Column("from")) as DateOnly?, members.Columns.Where(column => !column.InKey).ToDictionary(column => column.Caption, column => row.Text(column) ?? ""));
    }
}

/// <param name="Since">Null where the version was written without a day.</param>
/// <param name="Values">By caption of the exchange workbook, as it shows them; empty where blank.</param>
public sealed record PersonFileVersion(DateOnly? Since, IReadOnlyDictionary<string, string> Values);

public sealed record PersonPlace(string Code, string Name);

/// <summary>A post or an assignment.</summary>
/// <param name="PlaceName">On the day; null where nothing is called so on it.</param>
public sealed record PersonDuty(string What, string Place, string? PlaceName, DateOnly Since);
