using SinHo.Reporting.Access;
using SinHo.Reporting.Catalog;
using SinHo.Reporting.Facts;
using SinHo.Reporting.Figures;

namespace SinHo.Reporting.Reports;

/// <summary>One organisation as the register holds it on a day, and what became of it over the years.</summary>
/// <param name="Versions">The oldest first; that of the day is its card.</param>
/// <param name="Parts">Organisations right below it on the day, by code.</param>
/// <param name="Posts">Who holds its posts on the day; null where the viewer may open no people.</param>
/// <param name="Ratings">The newest first.</param>
/// <param name="Meetings">Its own, up to the day, the newest first; at most <see cref="Shown"/>.</param>
/// <param name="Inspections">Up to the day, the newest first; at most <see cref="Shown"/>.</param>
/// <param name="Notes">Congresses, plans and rewards of its own, by kind, the newest first.</param>
/// <param name="Members">At the end of each of the last years, the last on the day; none from before the register begins.</param>
/// <param name="Admissions">In each of the last years, the last up to the day; none from before the register begins.</param>
public sealed record UnitHistory(
    ReportUnit Unit, DateOnly Day, IReadOnlyList<UnitVersion> Versions, IReadOnlyList<UnitDecision> Decisions, IReadOnlyList<VillageLine> Villages, IReadOnlyList<UnitPart> Parts,
    IReadOnlyList<UnitPost>? Posts, IReadOnlyList<UnitRating> Ratings, IReadOnlyList<UnitMeeting> Meetings, IReadOnlyList<UnitInspection> Inspections,
    IReadOnlyList<UnitNote> Notes, IReadOnlyList<OverviewFigure> Members, IReadOnlyList<OverviewFigure> Admissions)
{
    /// <summary>Meetings and inspections that a page shows.</summary>
    public const int Shown = 6;

    private const int Years = 8;

    /// <summary>Whom it follows for admission on the day, and its guests; none for a viewer who opens no people.</summary>
    public IReadOnlyList<UnitFollowed> Followed { get; private init; } = [];

    private const string MemberFigure = "members";

    /// <exception cref="UnknownNameException">No such unit for this viewer on the day.</exception>
    /// <exception cref="AbsentUnitException">It did not exist on the day.</exception>
    public static async Task<UnitHistory> AskAsync(StatisticsSource source, Definitions definitions, Viewer viewer, string code, DateOnly day, CancellationToken cancel)
    {
        var (versions, decisions, villages) = await new UnitDirectory(source, viewer).HistoryAsync(code, day, cancel);
        var asked = new { code, day, Shown };
        await using var today = await Snapshot.TakeAsync(source, viewer, new(day, day), cancel);
        var directory = new Units(today, new(day, day), cancel);
        var unit = await directory.FindAsync(code);
        var life = await directory.LifeAsync(code);
        var posts = viewer.May(Right.OpenPeople)
            ? await today.QueryAsync<UnitPost>("""
                select post.post::text as Post, person.code as Code, person.name as Name, post.valid_from as "From"
                from post
                join member as person on person.code = post.member and person.held_from <= @day and person.held_until > @day
                where post.place = @code and post.org is not null and post.valid_from <= @day and still_holds(post.valid_to, @day)
                order by post.post, post.valid_from
                """, asked, cancel)
            : null;
        var followed = viewer.May(Right.OpenPeople)
            ? await today.QueryAsync<UnitFollowed>("""
                select 'Nguồn kết nạp' as Kind, code::text as Code, coalesce(name_kept(name), purged_name()) as Name, valid_from as "From", class_date as Class
                from source
                where branch = @code and valid_from <= @day and still_holds(valid_to, @day)
                union all
                select 'Khách sinh hoạt tạm thời', member::text, coalesce(name_kept(name), purged_name()), valid_from, null
                from stay
                where place = @code and direction = 'Đến' and valid_from <= @day and still_holds(valid_to, @day)
                order by 1 desc, 2
                """, asked, cancel)
            : [];
        var window = new Period(new(Math.Max(day.Year - Years + 1, 1), 1, 1), day);
        await using var snapshot = await Snapshot.TakeAsync(source, viewer, window, cancel);
        var settings = (await snapshot.SettingsAsync(cancel)).ToDictionary(setting => setting.Code, setting => setting.Value);
        var years = Enumerable.Range(window.From.Year, day.Year - window.From.Year + 1).Select(year => year == day.Year ? new Period(new(year, 1, 1), day) : Period.Year(year)).Where(life.Touches).ToList();
        var members = years.Select(year => Address.Of(Measure.Of(MemberFigure), new(year.To, year.To))).Where(one => life.Touches(one.Period)).ToList();
        var admissions = years.Select(year => Address.Of(Measure.Of(Overview.Admissions), year)).ToList();
        var answers = await Answers.CollectAsync(snapshot, definitions, [.. members, .. admissions], code, [], settings, null, cancel);
        return new(
            unit, day, versions, decisions, villages,
            [
                .. await today.QueryAsync<UnitPart>("""
                    select code as Code, name as Name, level::text as Level, type::text as Type
                    from org_version
                    where parent = @code and valid_from <= @day and still_holds(valid_to, @day)
                    order by code
                    """, asked, cancel),
            ],
            posts?.ToList(),
            [.. await today.QueryAsync<UnitRating>("select year as Year, grade::text as Grade from rating where org = @code and make_date(year, 12, 31) <= @day order by year desc", asked, cancel)],
            [.. await today.QueryAsync<UnitMeeting>("select date as Date, kind::text as Kind, due as Due, present as Present from meeting where branch = @code and date <= @day order by date desc limit @Shown", asked, cancel)],
            [.. await today.QueryAsync<UnitInspection>("select document as Document, date as Date, form::text as Form, subject as Subject, result as Result from inspection where org = @code and date <= @day order by date desc, document limit @Shown", asked, cancel)],
            [.. await today.QueryAsync<UnitNote>("""
                select kind as Kind, text as Text
                from (
                select 'Đại hội' as kind, concat_ws(', ', day_text(date), name, 'nhiệm kỳ đến ' || day_text(valid_until)) as text, to_char(date, 'YYYYMMDD') as turn from congress where org = @code and date <= @day
                union all
                select 'Chỉ tiêu', concat_ws(', ', format('%s: %s %s', period, item, number), document), period from plan where org = @code
                union all
                select 'Khen thưởng', concat_ws(', ', day_text(date), form::text, level::text, decision), to_char(date, 'YYYYMMDD') from reward where code = @code and date <= @day
                ) as note
                order by kind, turn desc
                """, asked, cancel)],
            [.. members.Where(one => !answers.IsUnknown(one)).Select(Answer)],
            [.. admissions.Where(one => !answers.IsUnknown(one)).Select(Answer)])
        {
            Followed = [.. followed],
        };

        OverviewFigure Answer(Address address)
        {
            var indicator = definitions[address.Measure.Figure].Indicator;
            return new(indicator.Code, indicator.Caption, indicator.CountedIn, address.Period, checked((int)answers[address]), null);
        }
    }
}

public sealed record UnitPart(string Code, string Name, string Level, string Type);

public sealed record UnitPost(string Post, string Code, string Name, DateOnly From);

/// <param name="Kind">Đại hội, Chỉ tiêu, Khen thưởng.</param>
public sealed record UnitNote(string Kind, string Text);

/// <summary>Somebody who is no member.</summary>
/// <param name="Kind">Nguồn kết nạp, Khách sinh hoạt tạm thời.</param>
/// <param name="Class">When he attended the class for admission; null where he did not.</param>
public sealed record UnitFollowed(string Kind, string Code, string Name, DateOnly From, DateOnly? Class);

public sealed record UnitRating(int Year, string Grade);

public sealed record UnitMeeting(DateOnly Date, string Kind, int Due, int Present);

public sealed record UnitInspection(string Document, DateOnly Date, string Form, string? Subject, string? Result);
