using SinHo.Reporting.Access;
using SinHo.Reporting.Facts;

namespace SinHo.Reporting.Reports;

/// <summary>Somebody of the register who is no member of it: followed for admission, or a guest.</summary>
/// <param name="Branch">That follows or receives him.</param>
/// <param name="BranchName">On the day; null where nothing is called so on it.</param>
/// <param name="Facts">By caption of the exchange workbook, as it shows them; none of a guest.</param>
public sealed record FollowedPerson(string Code, string Name, string Branch, string? BranchName, DateOnly Since, IReadOnlyDictionary<string, string> Facts);

/// <summary>People whose names one table holds, as whoever enters an event about them needs to find them.</summary>
public static class FollowedPeople
{
    /// <summary>Who is followed for admission on the day.</summary>
    public static async Task<IReadOnlyList<FollowedPerson>> SourcesAsync(StatisticsSource source, Viewer viewer, DateOnly day, CancellationToken cancel)
    {
        await using var snapshot = await Snapshot.TakeAsync(source, viewer, new(day, day), cancel);
        var rows = await snapshot.QueryAsync<Row>($"""
            select
                source.code::text as Code, coalesce(name_kept(source.name), purged_name()) as Name, source.branch::text as Branch, {BranchName("source.branch")} as BranchName, source.valid_from as Since,
                source.sex::text as Sex, to_char(source.born, case source.born_precision when 'year' then 'YYYY' when 'month' then 'MM/YYYY' else 'DD/MM/YYYY' end) as Born, source.ethnicity::text as Ethnicity, source.residence::text as Residence, source.youth as Youth,
                day_text(source.class_date) as Class
            from source
            where source.valid_from <= @day and still_holds(source.valid_to, @day)
            order by source.code
            """, new { day }, cancel);
        return [.. rows.Select(row => row.Person)];
    }

    /// <summary>Guests who stay in a branch on the day.</summary>
    public static async Task<IReadOnlyList<FollowedPerson>> GuestsAsync(StatisticsSource source, Viewer viewer, DateOnly day, CancellationToken cancel)
    {
        await using var snapshot = await Snapshot.TakeAsync(source, viewer, new(day, day), cancel);
        var rows = await snapshot.QueryAsync<Row>($"""
            select
                stay.member::text as Code, coalesce(name_kept(stay.name), purged_name()) as Name, stay.place as Branch, {BranchName("stay.place")} as BranchName, stay.valid_from as Since
            from stay
            where stay.direction = 'Đến' and stay.valid_from <= @day and still_holds(stay.valid_to, @day)
            order by stay.member
            """, new { day }, cancel);
        return [.. rows.Select(row => row.Person)];
    }

    /// <summary>Posts of a village that people outside the Party hold on the day; the place is the holder's name.</summary>
    public static async Task<IReadOnlyList<PersonDuty>> OutsidersAsync(StatisticsSource source, Viewer viewer, string village, DateOnly day, CancellationToken cancel)
    {
        await using var snapshot = await Snapshot.TakeAsync(source, viewer, new(day, day), cancel);
        return
        [
            .. await snapshot.QueryAsync<PersonDuty>("""
                select post.post::text as What, post.outsider as Place, null as PlaceName, post.valid_from as Since
                from post
                where post.village = @village and post.member is null and post.valid_from <= @day and still_holds(post.valid_to, @day)
                order by 1, 2
                """, new { village, day }, cancel),
        ];
    }

    private static string BranchName(string code) => $"(select version.name from org_version as version where version.code = {code} and version.valid_from <= @day and still_holds(version.valid_to, @day))";

    /// <summary>A row as the database gives it.</summary>
    private sealed record Row
    {
        public string Code { get; init; } = "";

        public string Name { get; init; } = "";

        public string Branch { get; init; } = "";

        public string? BranchName { get; init; }

        public DateOnly Since { get; init; }

        public string? Sex { get; init; }

        public string? Born { get; init; }

        public string? Ethnicity { get; init; }

        public string? Residence { get; init; }

        public bool? Youth { get; init; }

        public string? Class { get; init; }

        public FollowedPerson Person => new(Code, Name, Branch, BranchName, Since, new (string Caption, string? Value)[]
        {
            ("Giới tính", Sex), ("Ngày sinh", Born), ("Dân tộc", Ethnicity), ("Mã bản cư trú", Residence), ("Đoàn viên", Youth == true ? "Có" : null), ("Học lớp nhận thức", Class),
        }.Where(pair => pair.Value is not null).ToDictionary(pair => pair.Caption, pair => pair.Value!));
    }
}
