using Dapper;
using Npgsql;
using SinHo.Reporting.Access;
using SinHo.Reporting.Catalog;
using SinHo.Reporting.Reports;
using SinHo.Reporting.Tests.Support;
using Xunit;

namespace SinHo.Reporting.Tests.Reports;

/// <summary>What waits to be done, on a register where each kind has one that waits and one that does not. Source: sql/due.</summary>
public sealed class DueTests(TestCluster cluster)
{
    private static readonly DateOnly Day = new(2020, 6, 30);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_kind_names_who_waits_and_nobody_else()
    {
        await using var database = NpgsqlDataSource.Create(await cluster.NewRegisterAsync());
        await using (var connection = await database.OpenConnectionAsync(Cancel))
        {
            await connection.ExecuteAsync("""
                begin;
                insert into org values ('D'), ('X'), ('Y'), ('B1'), ('B2'), ('B3');
                insert into org_version (code, name, level, type, parent, valid_from, valid_to) values
                    ('D', 'Đảng bộ huyện Thử', 'Đảng bộ huyện', 'Khác', null, '2010-01-01', null),
                    ('X', 'Đảng bộ xã Một', 'Đảng bộ cơ sở', 'Xã', 'D', '2010-01-01', null),
                    ('Y', 'Đảng bộ xã Hai', 'Đảng bộ cơ sở', 'Xã', 'D', '2020-02-01', null),
                    ('B1', 'Chi bộ Một', 'Chi bộ trực thuộc', 'Bản', 'X', '2010-01-01', null),
                    ('B2', 'Chi bộ Hai', 'Chi bộ trực thuộc', 'Bản', 'Y', '2020-02-01', null),
                    ('B3', 'Chi bộ cũ', 'Chi bộ trực thuộc', 'Bản', 'X', '2010-01-01', '2020-01-01');
                select refresh_closure('{D,X,Y,B1,B2,B3}');
                insert into person select format('M%s', number) from generate_series(1, 9) as number;
                insert into member (code, name, sex, born, born_precision, ethnicity, joined, official, schooling, occupation, youth, owner, foreign_marriage, excused)
                select code, 'Vàng A ' || code, 'Nam', '1980-01-01', 'year', 'Mông', joined::date, official::date, 'Tiểu học', 'Khác', false, false, false, false
                from (values ('M1', '2019-06-29', null), ('M2', '2019-06-30', null), ('M3', '2010-01-01', '2011-01-01'), ('M4', '2010-01-01', '2011-01-01'), ('M5', '2010-01-01', '2011-01-01'), ('M6', '2010-01-01', '2011-01-01'),
                    ('M7', '1990-08-15', '1991-08-15'), ('M8', '1990-05-01', '1991-05-01'), ('M9', '1990-07-01', '1991-07-01'))
                    as said (code, joined, official);
                insert into membership (member, branch, valid_from, valid_to, reason_in, reason_out) values
                    ('M1', 'B1', '2019-06-29', null, 'Kết nạp', null),
                    ('M2', 'B1', '2019-06-30', null, 'Kết nạp', null),
                    ('M3', 'B3', '2010-01-01', '2020-01-01', 'Đầu kỳ', 'Chuyển nội bộ'),
                    ('M4', 'B3', '2010-01-01', '2020-01-01', 'Đầu kỳ', 'Chuyển nội bộ'),
                    ('M4', 'B2', '2020-02-01', null, 'Chuyển nội bộ', null),
                    ('M5', 'B1', '2010-01-01', '2020-03-01', 'Đầu kỳ', 'Từ trần'),
                    ('M6', 'B1', '2010-01-01', null, 'Đầu kỳ', null),
                    ('M7', 'B1', '2010-01-01', null, 'Đầu kỳ', null), ('M8', 'B1', '2010-01-01', null, 'Đầu kỳ', null), ('M9', 'B1', '2010-01-01', null, 'Đầu kỳ', null);
                select refresh_record('{M1,M2,M3,M4,M5,M6,M7,M8,M9}');
                select refresh_official_span('{M1,M2,M3,M4,M5,M6,M7,M8,M9}');
                insert into badge values ('M9', 30, '2020-05-19', '1-QĐ', true, false);
                insert into congress values ('X', '2015-08-01', null, '2020-09-30'), ('Y', '2020-02-01', null, '2025-01-31'), ('B1', '2015-01-01', null, '2017-12-31'), ('B1', '2018-01-01', null, '2020-10-01');
                insert into member_rating select 2019, format('M%s', number), 'Hoàn thành nhiệm vụ' from generate_series(6, 9) as number;
                insert into plan values ('X', '2020', 'Kết nạp đảng viên', 3, null), ('Y', '2019', 'Kết nạp đảng viên', 3, null);
                insert into kept_name (token, name) values ('~0000000000000001', 'Lò Thị Một');
                insert into source (code, name, sex, born, born_precision, ethnicity, branch, valid_from, class_date, youth, valid_to) values
                    ('S1', '~0000000000000001', 'Nữ', '1995-01-01', 'day', 'Mông', 'B1', '2015-01-01', '2015-12-30', true, null),
                    ('S2', '~0000000000000001', 'Nữ', '1995-01-01', 'day', 'Mông', 'B1', '2015-01-01', '2015-12-31', true, null),
                    ('S3', '~0000000000000001', 'Nữ', '1960-12-30', 'day', 'Mông', 'B2', '2015-01-01', null, false, null),
                    ('S4', '~0000000000000001', 'Nữ', '1950-01-01', 'day', 'Mông', 'B2', '2015-01-01', null, false, '2020-06-30');
                insert into post (member, post, place, valid_from) values
                    ('M5', 'Bí thư chi bộ', 'B1', '2015-01-01'), ('M6', 'Phó bí thư chi bộ', 'B3', '2015-01-01'), ('M6', 'Bí thư chi bộ', 'B1', '2020-03-01');
                insert into meeting (branch, date, kind, due, present) values ('B1', '2020-06-05', 'Thường kỳ', 3, 3), ('B2', '2020-06-06', 'Chuyên đề', 1, 1), ('B2', '2020-05-05', 'Thường kỳ', 1, 1);
                insert into rating values (2019, 'X', 'Hoàn thành nhiệm vụ');
                commit
                """);
        }
        Assert.Equal("M1", await CodesAsync(database, "probation", null));
        Assert.Equal("M3", await CodesAsync(database, "in_flight", null));
        Assert.Equal("B2", await CodesAsync(database, "meetings", null));
        Assert.Equal("M5 M6", await CodesAsync(database, "open_posts", null));
        Assert.Equal("B1", await CodesAsync(database, "unrated", null));
        Assert.Equal("M1 M2 M4", await CodesAsync(database, "unrated_members", null));
        Assert.Equal("M7", await CodesAsync(database, "badge_due", null));
        Assert.Equal("X", await CodesAsync(database, "congress_due", null));
        Assert.Equal("D Y", await CodesAsync(database, "unplanned", null));
        Assert.Equal("S1 S3", await CodesAsync(database, "sources", null));
        Assert.Equal("", await CodesAsync(database, "badge_due", "Y"));
        Assert.Equal("S3", await CodesAsync(database, "sources", "Y"));
        // A unit is told of what stood under it last, and of nothing beside it.
        Assert.Equal("M3", await CodesAsync(database, "in_flight", "X"));
        Assert.Equal("", await CodesAsync(database, "in_flight", "Y"));
        Assert.Equal("", await CodesAsync(database, "meetings", "X"));
        Assert.Equal("B2", await CodesAsync(database, "meetings", "Y"));
        Assert.Equal("M5 M6", await CodesAsync(database, "open_posts", "X"));
        foreach (var (kind, unit, parts) in ((string, string?, string)[])
            [("meetings", null, "Y 1"), ("in_flight", null, "X 1"), ("open_posts", null, "X 2"), ("open_posts", "X", "B1 1, B3 1"), ("meetings", "Y", "B2 1"), ("in_flight", "Y", "")])
        {
            var found = await new Due(new(database), new(0, Role.Preparer, null)).ByPartAsync(DueKind.All.Single(one => one.Name == kind), unit, Day, Cancel);
            Assert.Equal((kind, unit, parts), (kind, unit, string.Join(", ", found.Select(part => $"{part.Unit} {part.Count}"))));
        }
    }

    [Fact]
    public async Task A_report_that_is_late_and_warnings_that_nobody_looked_at_wait_for_those_who_may_know()
    {
        await using var database = NpgsqlDataSource.Create(await cluster.NewSampleAsync());
        await using (var connection = await database.OpenConnectionAsync(Cancel))
        {
            await connection.ExecuteAsync("""
                insert into schedule (owner, report, units, calendar, cycle, starts_on, days_until_due, folder, created_by) values ('SH', 'term', '{SH.X03}', 'thang', 'monthly', '2020-01-01', 5, '/tmp', 'test');
                insert into obligation (schedule_id, report, unit, period_from, period_to, period_name, due_on)
                select max(schedule_id), 'term', 'SH.X03', '2020-05-01', '2020-05-31', 'tháng 5/2020', '2020-06-05' from schedule;
                insert into obligation (schedule_id, report, unit, period_from, period_to, period_name, due_on)
                select max(schedule_id), 'term', 'SH.X03', '2020-06-01', '2020-06-30', 'tháng 6/2020', '2020-07-05' from schedule;
                insert into job (kind, request, request_key, requested_by, state, finished_at, outcome, acknowledged_at)
                select 'import', jsonb_build_object('fileName', 'so.xlsx', 'dryRun', dry), format('%s %s %s', dry, warnings, looked), 'an', 'done', '2020-06-01', jsonb_build_object('accepted', true, 'warnings', warnings), looked
                from (values (false, 3, null::timestamptz), (true, 3, null), (false, 0, null), (false, 2, now())) as one (dry, warnings, looked)
                """);
        }
        Assert.Equal(1, await CountAsync(database, "obligations", null));
        Assert.Equal(1, await CountAsync(database, "obligations", "SH.X03"));
        Assert.Equal(0, await CountAsync(database, "obligations", "SH.X04"));
        Assert.Equal(1, await CountAsync(database, "warned_imports", null));
        Assert.DoesNotContain(new Due(new(database), new(1, Role.Preparer, "SH")).Kinds, kind => kind.Name == "warned_imports");
    }

    private static async Task<string> CodesAsync(NpgsqlDataSource database, string name, string? unit)
    {
        var due = new Due(new(database), new(1, Role.Preparer, unit));
        var rows = await due.RowsAsync(due.Kinds.Single(kind => kind.Name == name), null, Day, 0, Cancel);
        Assert.Equal(rows.Count, await CountAsync(database, name, unit));
        return string.Join(' ', rows.Select(row => row.Code).Order(StringComparer.Ordinal));
    }

    private static async Task<int> CountAsync(NpgsqlDataSource database, string name, string? unit) =>
        (await new Due(new(database), new(1, Role.Preparer, unit)).CountAsync(null, Day, Cancel)).Single(one => one.Kind.Name == name).Count;
}
