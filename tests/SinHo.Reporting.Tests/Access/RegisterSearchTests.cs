using Dapper;
using Npgsql;
using SinHo.Reporting.Access;
using SinHo.Reporting.Catalog;
using SinHo.Reporting.Facts;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Reports;
using SinHo.Reporting.Tests.Support;
using Xunit;

namespace SinHo.Reporting.Tests.Access;

/// <summary>The search finds what an account may see and nothing else, by whichever index, in the order of how well it answers.</summary>
public sealed class RegisterSearchTests(TestCluster cluster)
{
    private const int All = 100_000;

    private static readonly DateOnly Day = new(2020, 6, 30);

    private static readonly string[] Typed = ["vang", "a do", "do", "uy", "NGUYỄN Văn", "05", "dv0005", "li seo", "e", "a_", "%", "zz", "thi van"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>The whole register, a district, a commune, a branch; gone through one by one (few), or by the indexes over all.</summary>
    [Theory]
    [InlineData(null)]
    [InlineData("SH")]
    [InlineData("SH.X03")]
    [InlineData("SH.X03.B01")]
    [InlineData("XX")]
    public async Task People_are_found_as_row_security_shows_them(string? unit)
    {
        await using var database = NpgsqlDataSource.Create(await cluster.NewSampleAsync());
        foreach (var day in (DateOnly[])[Day, new(2016, 3, 1)])
        {
            await using var seen = await Snapshot.TakeAsync(database, new(1, Role.Preparer, unit), new(day, day), Cancel);
            var visible = (await seen.QueryAsync<(string Code, string Name)>("select code::text, bare_name(name) from member", new { }, Cancel)).ToList();
            Assert.Equal(unit == "XX", visible.Count == 0);
            foreach (var typed in Typed)
            {
                var bare = (await seen.QueryAsync<string>("select btrim(search_key(@typed))", new { typed }, Cancel)).Single();
                var words = bare.Split(' ');
                var expected = bare.Length < RegisterSearch.Fewest ? [] : visible
                    .Where(one => words.All(word => one.Name.Contains(word, StringComparison.Ordinal)) || one.Code.Contains(bare, StringComparison.OrdinalIgnoreCase))
                    .Select(one => one.Code).Distinct().Order(StringComparer.Ordinal).ToList();
                foreach (var few in (int[])[10_000, 0])
                {
                    var hits = (await seen.QueryAsync<(string Code, int Rank)>("select code, rank from search(@typed, '{person}', @All, @few)", new { typed, All, few }, Cancel)).ToList();
                    Assert.Equal(hits.Count, hits.DistinctBy(hit => hit.Code).Count());
                    Assert.Equal((typed, string.Join(' ', expected)), (typed, string.Join(' ', hits.Where(hit => hit.Rank < 4).Select(hit => hit.Code).Order(StringComparer.Ordinal))));
                    Assert.Empty(hits.Select(hit => hit.Code).Except(visible.Select(one => one.Code)));
                }
            }
        }
    }

    /// <summary>What is found can be opened, and what can be opened is found by its code.</summary>
    [Theory]
    [InlineData(null)]
    [InlineData("SH.X03")]
    [InlineData("SH.X21")]
    [InlineData("SH.X21.B01")]
    public async Task What_is_no_person_is_found_as_its_page_opens(string? unit)
    {
        await using var database = NpgsqlDataSource.Create(await cluster.NewSampleAsync());
        var source = new StatisticsSource(database);
        var viewer = new Viewer(1, Role.Preparer, unit);
        var directory = new UnitDirectory(source, viewer);
        var definitions = CatalogReader.Read(AppContext.BaseDirectory);
        foreach (var day in (DateOnly[])[Day, new(2026, 10, 20)])
        {
            await using var seen = await Snapshot.TakeAsync(database, viewer, new(day, day), Cancel);
            var hits = (await seen.QueryAsync<(string Kind, string Code)>("select kind, code from search('an', '{unit,village,decision}', @All) union select kind, code from search('qd', '{unit,village,decision}', @All)", new { All }, Cancel)).ToLookup(hit => hit.Kind, hit => hit.Code, StringComparer.Ordinal);
            var known = await directory.TreeAsync(day, Cancel);
            foreach (var one in known.Where(one => one.Depth < 3).Take(30))
                Assert.Equal(one.Name, (await RegisterSearch.AskAsync(source, viewer, one.Code, day, Cancel)).First(hit => hit.Kind == FoundKind.Unit && hit.Code == one.Code).Name);
            foreach (var code in hits["unit"].Take(40))
            {
                var hit = (await RegisterSearch.AskAsync(source, viewer, code, day, Cancel)).First(hit => hit.Kind == FoundKind.Unit && hit.Code == code);
                Assert.NotEmpty((await directory.HistoryAsync(code, hit.Day, Cancel)).Versions);
            }
            foreach (var code in hits["village"].Take(40))
                Assert.NotEmpty((await VillageHistory.AskAsync(source, viewer, code, day, Cancel)).Versions);
            foreach (var code in hits["decision"].Take(10))
                await RestructuringDecision.AskAsync(source, definitions, viewer, code, Cancel);

            var refused = 0;
            foreach (var decision in await seen.QueryAsync<string>("select distinct decision from restructuring", new { }, Cancel))
            {
                if (hits["decision"].Contains(decision, StringComparer.Ordinal))
                    continue;
                await Assert.ThrowsAsync<UnknownNameException>(() => RestructuringDecision.AskAsync(source, definitions, viewer, decision, Cancel));
                if (++refused == 5)
                    break;
            }
            foreach (var village in (await seen.QueryAsync<string>("select distinct code::text from village where bare_name(name) like '%an%' and valid_from <= @day", new { day }, Cancel)).Except(hits["village"]).Take(10))
                await Assert.ThrowsAsync<UnknownNameException>(() => VillageHistory.AskAsync(source, viewer, village, day, Cancel));
        }
        Assert.DoesNotContain(
            await RegisterSearch.AskAsync(source, new(1, Role.Reader, unit), "vang a", Day, Cancel), hit => hit.Kind is FoundKind.Person or FoundKind.Import or FoundKind.Report);
    }

    [Fact]
    public async Task The_better_answer_comes_first_and_a_former_name_is_said_to_be_one()
    {
        await using var database = NpgsqlDataSource.Create(await cluster.NewRegisterAsync());
        await using (var connection = await database.OpenConnectionAsync(Cancel))
        {
            await connection.ExecuteAsync("""
                begin;
                insert into org values ('D'), ('B');
                insert into org_version (code, name, level, type, parent, valid_from, valid_to) values
                    ('D', 'Đảng bộ huyện Thử', 'Đảng bộ huyện', 'Khác', null, '2010-01-01', null),
                    ('B', 'Chi bộ Ly Tráng', 'Chi bộ cơ sở', 'Xã', 'D', '2010-01-01', '2020-01-01'),
                    ('B', 'Chi bộ Mới', 'Chi bộ cơ sở', 'Xã', 'D', '2020-01-01', null);
                select refresh_closure('{D,B}');
                insert into person select format('M%s', number) from generate_series(1, 6) as number;
                insert into member (code, name, sex, born, born_precision, ethnicity, joined, schooling, occupation, youth, owner, foreign_marriage, excused)
                select format('M%s', number), name, 'Nam', '1980-01-01', 'year', 'Mông', '2010-01-01', 'Tiểu học', 'Khác', false, false, false, false
                from unnest(array['Lý Tráng', 'Lỳ  Tráng Páo', 'Giàng Ly Trang', 'Sùng Aly Xtrang', 'Lí Cháng', 'Vàng A Đò']) with ordinality as one (name, number);
                insert into membership (member, branch, valid_from, reason_in) select code, 'B', '2010-01-01', 'Đầu kỳ' from person;
                commit
                """);
            await connection.ExecuteAsync("update member set name = 'Vàng A Tủa' where code = 'M6'");
            await connection.ExecuteAsync("insert into member select (jsonb_populate_record(member, '{\"valid_from\": \"2015-03-01\", \"name\": \"Vàng Minh\"}')).* from member where code = 'M6'");
            await connection.ExecuteAsync("select refresh_record('{M6}')");
        }
        var source = new StatisticsSource(database);
        var hits = await RegisterSearch.AskAsync(source, new(1, Role.Preparer, "B"), "ly trang", Day, Cancel);

        Assert.Equal(
            "M1 Exact, M2 Begins, M3 BeginsWords, B BeginsWords, M4 Contains, M5 SoundsLike",
            string.Join(", ", hits.Select(hit => $"{hit.Code} {hit.Rank}")));
        var unit = hits.Single(hit => hit.Kind == FoundKind.Unit);
        Assert.Equal(("Chi bộ Mới", "Chi bộ Ly Tráng"), (unit.Name, unit.Former));
        var renamed = Assert.Single(await RegisterSearch.AskAsync(source, new(1, Role.Preparer, "B"), "a tua", Day, Cancel));
        Assert.Equal(("M6", "Vàng Minh", "Vàng A Tủa", "sinh 1980 · Chi bộ Mới"), (renamed.Code, renamed.Name, renamed.Former, renamed.Detail));
        // A correction leaves nothing of what was wrong.
        Assert.Empty(await RegisterSearch.AskAsync(source, new(1, Role.Preparer, "B"), "a do", Day, Cancel));
    }

    [Fact]
    public async Task What_is_searched_follows_the_register()
    {
        await using var database = NpgsqlDataSource.Create(await cluster.NewSampleAsync());
        await using var connection = await database.OpenConnectionAsync(Cancel);
        await connection.ExecuteAsync("""
            begin;
            update member set name = name || ' Đổi' where code < 'DV000040';
            update org_version set name = 'Tên mới' where code = 'SH.X03.B01';
            delete from village where code = 'SH.X03.V01';
            delete from restructuring where decision = (select min(decision) from restructuring);
            set constraints all deferred;
            delete from member where code between 'DV000050' and 'DV000060';
            """);
        var differing = await connection.ExecuteScalarAsync<int>("""
            create temp table kept as select * from search_entry;
            create temp table words as select * from search_word;
            select refresh_search();
            select count(*) from (
                (select * from kept except select * from search_entry)
                union all
                (select * from search_entry except select * from kept)
                union all
                select word, null, null, null, null, null from (select * from search_word except select * from words) as missing) as differing
            """);
        Assert.Equal(0, differing);
        Assert.True(await connection.ExecuteScalarAsync<bool>("select count(*) > 1000 from search_entry"));
        await connection.ExecuteAsync("rollback");
    }

    [Fact]
    public async Task Without_a_window_nothing_is_found()
    {
        await using var database = NpgsqlDataSource.Create(await cluster.NewSampleAsync());
        await using var connection = await database.OpenConnectionAsync(Cancel);
        Assert.Equal(0, await connection.ExecuteScalarAsync<int>("select count(*) from search('vang', '{person,unit,village,decision,import,report}', 20)"));
        await connection.ExecuteAsync("set role sinho_reader");
        var refused = await Assert.ThrowsAsync<PostgresException>(() => connection.ExecuteAsync("select from search_entry"));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
        await connection.ExecuteAsync("reset role");
    }
}
