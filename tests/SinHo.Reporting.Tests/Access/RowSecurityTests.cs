using System.Globalization;
using Dapper;
using Npgsql;
using SinHo.Reporting.Access;
using SinHo.Reporting.Catalog;
using SinHo.Reporting.Facts;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Reports;
using SinHo.Reporting.Servers;
using SinHo.Reporting.Tests.Support;
using Xunit;

namespace SinHo.Reporting.Tests.Access;

/// <summary>What PostgreSQL itself shows to an account of a unit: every figure of the unit whole, and nobody else.</summary>
public sealed class RowSecurityTests(TestCluster cluster)
{
    private const int QuestionsPerRegister = 6;

    private static readonly Definitions Definitions = CatalogReader.Read(AppContext.BaseDirectory);

    /// <summary>Tables of people: the column that names the person.</summary>
    private static readonly (string Table, string Person)[] People =
    [
        ("member", "code"), ("membership", "member"), ("admission", "member"), ("post", "member"), ("assignment", "member"),
        ("official_span", "member"), ("badge", "member"), ("card", "member"), ("member_rating", "member"),
    ];

    /// <summary>A guest is a person of Sinh hoạt tạm thời alone, known to the branch where he stays.</summary>
    private const string TrailPerson = "case when table_name <> 'stay' or coalesce(after, before) ->> 'direction' = 'Đi' then coalesce(after, before) ->> case table_name when 'member' then 'code' else 'member' end end";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static IEnumerable<TheoryDataRow<int>> Seeds => Registers.Seeds;

    [Theory]
    [MemberData(nameof(Seeds))]
    public Task A_reader_counts_what_the_owner_counts_and_sees_nobody_outside(int seed) => cluster.CompareRandomAsync(seed, register => RandomQuestion.About(register, seed, QuestionsPerRegister), async (database, register, question) =>
    {
        var differences = new List<string>();
        var period = new Period(question.From, question.To);
        foreach (var unit in UnitsAbove(register, question))
        {
            var faults = (await FigureDifferencesAsync(database, unit, question)).Concat(await StrangersAsync(database, register, unit, period));
            differences.AddRange(faults.Select(fault => string.Create(CultureInfo.InvariantCulture, $"{question.Unit} {period.Name} asked by {unit}: {fault}")));
        }

        return differences;
    }, Cancel);

    /// <summary>The same on today's map: an account counts what the owner counts, whatever was ended since, and sees those people alone.</summary>
    [Theory]
    [MemberData(nameof(Seeds))]
    public Task On_todays_map_a_reader_counts_what_the_owner_counts_and_sees_nobody_else(int seed) => cluster.CompareRandomAsync(seed, register => RandomQuestion.About(register, seed, QuestionsPerRegister), async (database, register, question) =>
    {
        var differences = new List<string>();
        if (MapDay(register, question) is not { } day)
            return differences;
        for (var unit = question.Unit; unit is not null; unit = register.OrgOn(unit, day)?.Parent)
        {
            var faults = (await FigureDifferencesAsync(database, unit, question, day)).Concat(await StrangersOnMapAsync(database, unit, new(question.From, question.To), day));
            differences.AddRange(faults.Select(fault => string.Create(CultureInfo.InvariantCulture, $"{question.Unit} {question.From:yyyy-MM-dd}..{question.To:yyyy-MM-dd} on the map of {day:yyyy-MM-dd} asked by {unit}: {fault}")));
        }
        return differences;
    }, Cancel);

    /// <summary>The last day of the question where the unit holds on it, else the first day on which it does.</summary>
    private static DateOnly? MapDay(RegisterModel register, RandomQuestion question) => register.Organisations
        .Where(one => one.Code == question.Unit && (one.To is null || one.To > question.To))
        .Select(one => (DateOnly?)(one.From > question.To ? one.From : question.To)).Min();

    /// <summary>People shown who had nothing to do with what the map puts under the unit, from the eve of the period to its end, and people of it who are hidden.</summary>
    private static async Task<IEnumerable<string>> StrangersOnMapAsync(NpgsqlDataSource database, string unit, Period period, DateOnly day)
    {
        await using var all = await Snapshot.TakeAsync(database, Cancel);
        var known = (await all.QueryAsync<string>("""
            with recursive became as materialized (select * from map_of(@day)),
            below as (
                select @unit collate "C" as code
                union
                select version.code::text from below join org_version as version on version.parent = below.code and version.valid_from <= @day and still_holds(version.valid_to, @day)
            ),
            scope as materialized (
                select org.code::text from org left join became on became.unit = org.code
                where case when became.unit is null then org.code::text else became.becomes end in (select code from below)
            )
            select member from membership where branch in (select code from scope) and valid_from <= @To and still_holds(valid_to, @eve)
            union
            select member from admission where branch in (select code from scope) and date between @eve and @To
            union
            select member from post where org in (select code from scope) and valid_from <= @To and still_holds(valid_to, @eve)
            union
            select post.member from post join village on village.code = post.village
            where post.member is not null and village.commune in (select code from scope) and village.valid_from <= @To and still_holds(village.valid_to, @eve) and post.valid_from <= @To and still_holds(post.valid_to, @eve)
            union
            select member from assignment where branch in (select code from scope) and valid_from <= @To and still_holds(valid_to, @eve)
            """, new { unit, day, period.To, eve = period.From.AddDays(-1) }, Cancel)).ToHashSet(StringComparer.Ordinal);
        var faults = new List<string>();
        await using var seen = await Snapshot.TakeAsync(database, new(1, Role.Preparer, unit), period, Cancel);
        await seen.OpenMapAsync(day, Cancel);
        foreach (var (table, person) in People.Append(("trail", TrailPerson)))
        {
            var shown = await seen.QueryAsync<string?>($"select distinct {person} from {table}", new { }, Cancel);
            faults.AddRange(shown.OfType<string>().Except(known).Select(stranger => $"{table} shows {stranger}"));
        }
        var visible = (await seen.QueryAsync<string>("select code from member", new { }, Cancel)).ToList();
        faults.AddRange(known.Except(visible).Select(missing => $"member {missing} is hidden"));
        return faults;
    }

    /// <summary>The unit asked about and everything it stood under on the last day it lived to see.</summary>
    private static IEnumerable<string> UnitsAbove(RegisterModel register, RandomQuestion question)
    {
        var version = register.Organisations.Where(one => one.Code == question.Unit && one.From <= question.To).MaxBy(one => one.From)!;
        var day = version.To is { } end && end <= question.To ? end.AddDays(-1) : question.To;
        for (var code = question.Unit; code is not null; code = register.OrgOn(code, day)?.Parent)
            yield return code;
    }

    private static async Task<IEnumerable<string>> FigureDifferencesAsync(NpgsqlDataSource database, string unit, RandomQuestion question, DateOnly? map = null)
    {
        var period = new Period(question.From, question.To);
        var settings = new Dictionary<string, int>(StringComparer.Ordinal) { ["few_member_max"] = question.FewMemberMax };
        await using var all = await Snapshot.TakeAsync(database, Cancel);
        await using var seen = await Snapshot.TakeAsync(database, new(1, Role.Preparer, unit), period, Cancel);
        if (map is { } day)
        {
            await all.OpenMapAsync(day, Cancel);
            await seen.OpenMapAsync(day, Cancel);
        }
        var parts = await all.QueryAsync<string>(
            "select distinct descendant from org_closure where ancestor = @Unit and valid_from <= @to and valid_to >= @from",
            // What was under it on the eve is part of the question where units go by their days; on a map it is what holds on the map day.
            new { question.Unit, from = map?.AddDays(1) ?? question.From, to = map ?? question.To },
            Cancel);
        var units = parts.Append(question.Unit).Distinct().ToList();
        var differences = new List<string>();
        foreach (var set in Definitions.Sets)
        {
            var expected = await all.CountAsync(set, set.Measures, units, new(period, settings), Cancel);
            var counted = await seen.CountAsync(set, set.Measures, units, new(period, settings), Cancel);
            differences.AddRange(expected.Keys.Union(counted.Keys)
                .Where(key => expected.GetValueOrDefault(key) != counted.GetValueOrDefault(key))
                .Select(key => $"{key.Measure.Figure} of {key.Unit} is {counted.GetValueOrDefault(key)} of {expected.GetValueOrDefault(key)}"));
            foreach (var indicator in set.Indicators.Where(indicator => expected.GetValueOrDefault((question.Unit, Measure.Of(indicator.Code))) > 0))
            {
                using var whole = await all.ListAsync(set, Measure.Of(indicator.Code), question.Unit, new(period, settings), Cancel);
                using var listed = await seen.ListAsync(set, Measure.Of(indicator.Code), question.Unit, new(period, settings), Cancel);
                if (!Lines(whole).SequenceEqual(Lines(listed)))
                    differences.Add($"{indicator.Code} lists other rows");
            }
        }
        return differences;
    }

    private static IEnumerable<string> Lines(Evidence evidence) => evidence.Rows().Select(row => string.Join('|', row));

    /// <summary>People shown by any table as a whole who had nothing to do with the unit from the eve of the period to its end.</summary>
    private static async Task<IEnumerable<string>> StrangersAsync(
        NpgsqlDataSource database, RegisterModel register, string unit, Period period)
    {
        // Whoever holds a post from outside the Party has no record.
        var known = KnownTo(register, unit, period).Where(person => person.Length > 0).ToHashSet(StringComparer.Ordinal);
        var faults = new List<string>();
        await using var seen = await Snapshot.TakeAsync(database, new(1, Role.Preparer, unit), period, Cancel);
        foreach (var (table, person) in People.Append(("trail", TrailPerson)))
        {
            var shown = await seen.QueryAsync<string?>($"select distinct {person} from {table}", new { }, Cancel);
            faults.AddRange(shown.OfType<string>().Except(known).Select(stranger => $"{table} shows {stranger}"));
        }
        var visible = (await seen.QueryAsync<string>("select code from member", new { }, Cancel)).ToList();
        faults.AddRange(known.Except(visible).Select(missing => $"member {missing} is hidden"));
        return faults;
    }

    /// <summary>The rule of sql/functions/row_security.sql, in memory and day by day.</summary>
    private static HashSet<string> KnownTo(RegisterModel register, string unit, Period period)
    {
        var eve = period.From.AddDays(-1);
        var days = register.Organisations.SelectMany(version => new[] { version.From, version.To ?? version.From })
            .Where(day => day > eve && day <= period.To).Append(eve).Append(period.To).Distinct().ToList();
        var scope = new HashSet<string>();
        var found = new Queue<string>([unit]);
        while (found.TryDequeue(out var above))
        {
            var view = new UnitView(register, above);
            foreach (var code in days.SelectMany(view.OrganisationsOn).Select(version => version.Code).Where(scope.Add).ToList())
                found.Enqueue(code);
        }
        bool InWindow(Lasting row) => row.From <= period.To && (row.To is null || row.To > eve);
        return
        [
            .. register.Memberships.Where(row => scope.Contains(row.Branch) && InWindow(row)).Select(row => row.Member),
            .. register.Admissions.Where(row => scope.Contains(row.Branch) && row.Date >= eve && row.Date <= period.To)
                .Select(row => row.Member),
            .. register.Posts.Where(row => scope.Contains(row.Place) && InWindow(row)).Select(row => row.Member),
            .. register.Posts.Where(row => InWindow(row) && row.Name is ("Trưởng bản" or "Người có uy tín")
                && register.Villages.Any(village => village.Code == row.Place && scope.Contains(village.Commune) && InWindow(village))).Select(row => row.Member),
            .. register.Assignments.Where(row => scope.Contains(row.Branch) && InWindow(row)).Select(row => row.Member),
        ];
    }

    /// <summary>The committee comes from X1 to X2 on 01/06; its branch had left it on 01/03 and was never under X2.</summary>
    [Fact]
    public async Task With_an_organisation_that_came_comes_what_it_had_in_the_period()
    {
        await using var database = NpgsqlDataSource.Create(await cluster.NewRegisterAsync());
        await using var connection = await database.OpenConnectionAsync(Cancel);
        await connection.ExecuteAsync("""
            begin;
            insert into org values ('D'), ('X1'), ('X2'), ('P'), ('B');
            insert into org_version values
                ('D', 'Đảng bộ huyện Thử', 'Đảng bộ huyện', 'Khác', null, '2010-01-01', null),
                ('X1', 'Xã Một', 'Đảng bộ cơ sở', 'Xã', 'D', '2010-01-01', null),
                ('X2', 'Xã Hai', 'Đảng bộ cơ sở', 'Xã', 'D', '2010-01-01', null),
                ('P', 'Bộ phận', 'Đảng bộ bộ phận', 'Khác', 'X1', '2010-01-01', '2019-06-01'),
                ('P', 'Bộ phận', 'Đảng bộ bộ phận', 'Khác', 'X2', '2019-06-01', null),
                ('B', 'Bản Một', 'Chi bộ trực thuộc', 'Bản', 'P', '2010-01-01', '2019-03-01'),
                ('B', 'Bản Một', 'Chi bộ trực thuộc', 'Bản', 'X1', '2019-03-01', null);
            insert into person values ('M1');
            insert into member (code, name, sex, born, born_precision, ethnicity, joined, schooling, occupation,
                youth, owner, foreign_marriage, excused)
            values ('M1', 'Vàng A Một', 'Nam', '1980-01-01', 'day', 'Mông', '2010-01-01', 'Tiểu học', 'Khác', false, false, false, false);
            insert into membership values ('M1', 'B', '2010-01-01', null, 'Đầu kỳ', null, null);
            select refresh_closure('{D,X1,X2,P,B}');
            commit
            """);
        var question = new RandomQuestion("P", new(2019, 1, 1), new(2019, 12, 31), 5);

        Assert.Empty(await FigureDifferencesAsync(database, "X2", question));
        Assert.Empty(await FigureDifferencesAsync(database, "X2", question with { From = new(2019, 7, 1) }));
        var later = new Period(new(2019, 7, 1), new(2019, 12, 31));
        await using var seen = await Snapshot.TakeAsync(database, new(1, Role.Preparer, "X2"), later, Cancel);
        Assert.Empty(await seen.QueryAsync<string>("select code from member", new { }, Cancel));
    }

    [Fact]
    public async Task Without_a_window_the_reader_sees_nobody_and_other_tables_not_at_all()
    {
        await using var database = NpgsqlDataSource.Create(await cluster.NewSampleAsync());
        await using var connection = await database.OpenConnectionAsync(Cancel);
        await connection.ExecuteAsync("set role sinho_reader");
        string[] others = ["reward", "stay", "source", "kept_name", "inspection", "trail", "issued_report", "issued_evidence", "window_tie", "window_scope"];
        foreach (var table in People.Select(people => people.Table).Concat(others))
            Assert.Equal((table, 0), (table, await connection.ExecuteScalarAsync<int>($"select count(*)::integer from {table}")));
        string[] closed =
            ["account", "one_time_link", "web_session", "protection_key", "sign_in", "reading", "import_run", "stored_file", "job"];
        foreach (var table in closed)
        {
            var refused = await Assert.ThrowsAsync<PostgresException>(() => connection.ExecuteAsync($"select from {table}"));
            Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
        }
        await connection.ExecuteAsync("reset role");
    }

    [Fact]
    public async Task Every_table_is_either_without_people_or_under_row_security_or_closed_to_the_reader()
    {
        await using var database = NpgsqlDataSource.Create(await cluster.NewRegisterAsync());
        await using var connection = await database.OpenConnectionAsync(Cancel);
        var open = await connection.QueryAsync<string>("""
            select relname::text
            from pg_class
            where relnamespace = 'public'::regnamespace
                and relkind in ('r', 'p', 'v', 'm')
                and has_table_privilege('sinho_reader', oid, 'select')
                and not relrowsecurity
                -- Reads with the rights of who asks: what lies behind it is judged itself.
                and not (relkind = 'v' and 'security_invoker=true' = any (coalesce(reloptions, '{}')))
            order by relname
            """);
        Assert.Equal(
            "congress meeting org org_closure org_version plan rating restructuring service setting term village window_scope window_tie",
            string.Join(' ', open));
    }

    [Fact]
    public async Task A_unit_outside_is_not_found_and_not_named()
    {
        await using var database = NpgsqlDataSource.Create(await cluster.NewSampleAsync());
        var pages = new ListPages(new(database), Definitions, new(1, Role.Preparer, "SH.X03"));
        var year = Period.Year(2019);

        Assert.Equal("SH.X03", (await pages.ReadAsync(new("members", "SH.X03", year, ListView.Whole), Cancel)).Unit.Code);
        foreach (var outside in (string[])["SH", "SH.X04", "SH.X04.01", "KHONG-CO"])
        {
            var unknown = await Assert.ThrowsAsync<UnknownNameException>(() => pages.ReadAsync(new("members", outside, year, ListView.Whole), Cancel));
            Assert.StartsWith($"Không có đơn vị “{outside}”.", unknown.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("X04", unknown.Message.Replace(outside, "", StringComparison.Ordinal), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Databases_of_one_cluster_migrate_at_once_and_an_owner_who_may_not_make_roles_is_told_what_to_ask_for()
    {
        var connections = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => cluster.NewDatabaseAsync()));
        await Task.WhenAll(connections.Select(Registers.MigrateAsync));

        await using var administrator = NpgsqlDataSource.Create(connections[0]);
        await using var connection = await administrator.OpenConnectionAsync(Cancel);
        await connection.ExecuteAsync("create role owner_of_one login password 'x'");
        var plain = new NpgsqlConnectionStringBuilder(await cluster.NewDatabaseAsync())
        {
            Username = "owner_of_one",
            Password = "x",
            Pooling = false,
        };
        await connection.ExecuteAsync($"alter database {plain.Database} owner to owner_of_one");
        var refused = await Assert.ThrowsAsync<DatabaseException>(() => Registers.MigrateAsync(plain.ConnectionString));
        Assert.Contains("CREATE ROLE sinho_reader NOLOGIN; GRANT sinho_reader TO owner_of_one;", refused.Message, StringComparison.Ordinal);

        await connection.ExecuteAsync("grant sinho_reader to owner_of_one");
        await Registers.MigrateAsync(plain.ConnectionString);
        await using var database = NpgsqlDataSource.Create(plain.ConnectionString);
        await using var seen = await Snapshot.TakeAsync(database, new(1, Role.Reader, null), Period.Year(2019), Cancel);
        Assert.Equal(0, (await seen.QueryAsync<int>("select count(*)::integer from member", new { }, Cancel)).Single());
    }
}
