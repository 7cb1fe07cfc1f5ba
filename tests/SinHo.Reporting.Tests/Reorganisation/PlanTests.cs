using Dapper;
using Npgsql;
using SinHo.Reporting.Catalog;
using SinHo.Reporting.Exchange;
using SinHo.Reporting.Register;
using SinHo.Reporting.Reorganisation;
using SinHo.Reporting.Tests.Exchange;
using SinHo.Reporting.Tests.Support;
using Xunit;
using static SinHo.Reporting.Register.ExchangeWorkbook;
using static SinHo.Reporting.Register.PlanSheets;

namespace SinHo.Reporting.Tests.Reorganisation;

/// <summary>What a plan of restructuring does to units, villages and people, and what is wrong with it. Source: docs/spec/command-line.md, PLAN.xlsx.</summary>
public sealed class PlanTests(TestCluster cluster)
{
    private static readonly Definitions _definitions = CatalogReader.Read(AppContext.BaseDirectory);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>A district with two communes, the first with a sub-committee, three branches and two villages.</summary>
    private static RegisterFile Before() => new RegisterFile()
        .Add(Organisations,
            "H|Đảng bộ huyện|Đảng bộ huyện|Khác||01/01/2010|",
            "X|Đảng bộ xã X|Đảng bộ cơ sở|Xã|H|01/01/2010|",
            "Y|Đảng bộ xã Y|Đảng bộ cơ sở|Xã|H|01/01/2010|",
            "BP|Đảng bộ bộ phận|Đảng bộ bộ phận|Khác|X|01/01/2010|",
            "A|Chi bộ A|Chi bộ trực thuộc|Bản|X|01/01/2010|",
            "B|Chi bộ B|Chi bộ trực thuộc|Quân sự|BP|01/01/2010|",
            "E|Chi bộ rỗng|Chi bộ trực thuộc|Bản|Y|01/01/2010|")
        .Add(Villages, "V1|Bản Một|Bản|X|01/01/2010||40|200", "V2|Bản Hai|Bản|X|01/01/2010||30|150")
        .Add(Services, "A|V1|01/01/2010|", "A|V2|01/01/2010|")
        .Add(Members, Person("1", "V1"), Person("2", "V2"), Person("3", ""), "4|01/01/2024|Người 4|Nam|1970|Thái||V1|01/01/2000|01/01/2001|||Tiểu học||||Khác||||")
        .Add(Memberships, "1|A|01/01/2014||Đầu kỳ||", "2|A|01/01/2014||Đầu kỳ||", "3|B|01/01/2014||Đầu kỳ||", "4|A|01/01/2014||Đầu kỳ||")
        .Add(Posts, "1|Bí thư chi bộ|A|01/01/2020|", "2|Trưởng bản|V2|01/01/2020|")
        .Add(Assignments, "3|A|Đảng ủy viên|01/01/2022|");

    [Theory]
    [InlineData("1-NQ|01/07/2025|Giải thể|A||", "people_left|Phương án|2|Mã cũ|1;people_left|Phương án|2|Mã cũ|2;people_left|Phương án|2|Mã cũ|4")]
    [InlineData("1-NQ|01/07/2025|Giải thể|V1||", "people_left|Phương án|2|Mã cũ|1;people_left|Phương án|2|Mã cũ|4")]
    [InlineData("1-NQ|01/07/2025|Giải thể|X||", "wrong_parent|Phương án|2|Mã cũ|A;wrong_parent|Phương án|2|Mã cũ|BP;wrong_parent|Phương án|2|Mã cũ|V1;wrong_parent|Phương án|2|Mã cũ|V2")]
    [InlineData("1-NQ|01/07/2025|Chuyển trực thuộc|X|X||||Y~1-NQ|01/07/2025|Chuyển trực thuộc|Y|Y||||X", "plan_cycle|Phương án|2|Trực thuộc mới|Y;plan_cycle|Phương án|3|Trực thuộc mới|X")]
    [InlineData("1-NQ|01/07/2025|Sáp nhập|X|Y~2-NQ|01/07/2025|Sáp nhập|Y|X", "plan_cycle|Phương án|2|Mã cũ|X;plan_cycle|Phương án|3|Mã cũ|Y")]
    [InlineData("1-NQ|01/07/2025|Thành lập||Y|Đảng bộ xã Y|Đảng bộ cơ sở|Xã|H", "overlap|Phương án|2|Mã mới|Y")]
    [InlineData("1-NQ|01/07/2025|Thành lập||N|Một|Đảng bộ cơ sở|Xã|H~2-NQ|01/07/2025|Thành lập||N|Một|Đảng bộ cơ sở|Xã|H", "duplicate_key|Phương án|3|Mã mới|N")]
    [InlineData("1-NQ|01/07/2025|Thành lập||N", "required|Phương án|2|Tên mới|;required|Phương án|2|Cấp mới|")]
    [InlineData("1-NQ|01/07/2025|Thành lập|A|N|Một|Chi bộ trực thuộc|Bản|X~1-NQ|01/07/2025|Giải thể|B|N~1-NQ|01/07/2025|Sáp nhập|A", "restructuring_roles|Phương án|2|Mã cũ|A;restructuring_roles|Phương án|3|Mã mới|N;required|Phương án|4|Mã mới|")]
    [InlineData("1-NQ|01/07/2025|Sáp nhập|Q|A", "unknown_reference|Phương án|2|Mã cũ|Q")]
    [InlineData("1-NQ|01/07/2025|Chuyển trực thuộc|A|A||||Q", "unknown_reference|Phương án|2|Trực thuộc mới|Q")]
    [InlineData("1-NQ|01/07/2009|Đổi tên|A|A|Tên", "outside_branch_life|Phương án|2|Mã cũ|A")]
    [InlineData("1-NQ|01/07/2025|Sáp nhập|E|y|Một|Chi bộ trực thuộc|Bản|Y", "bad_value|Phương án|2|Mã mới|y")]
    [InlineData("1-NQ|01/07/2025|Sáp nhập|V1|W|Bản Mới||Xã", "bad_value|Phương án|2|Loại hình mới|Xã")]
    [InlineData("1-NQ|01/07/2025|Sáp nhập|V1|W|Bản Mới||Bản|E~1-NQ|01/07/2025|Sáp nhập|V2|W||||", "wrong_parent|Phương án|2|Trực thuộc mới|E")]
    [InlineData("1-NQ|01/07/2025|Chuyển trực thuộc|A|A||Chi bộ trực thuộc||", "required|Phương án|2|Trực thuộc mới|")]
    [InlineData("1-NQ|01/07/2025|Sáp nhập|A|Y", "not_a_branch|Phương án|2|Mã mới|Y")]
    [InlineData("1-NQ|01/07/2025|Sáp nhập|A|E|||Bản|~1-NQ|01/07/2025|Sáp nhập|E|E|||Khác|", "bad_value|Phương án|3|Loại hình mới|Khác")]
    [InlineData("1-NQ|31/02/2025|Dời|A|A", "bad_value|Phương án|2|Ngày hiệu lực|31/02/2025;bad_value|Phương án|2|Hình thức|Dời")]
    [InlineData("1-NQ|01/07/2025|Chia tách|A|A1|Một~1-NQ|01/07/2025|Chia tách|A|A2|Hai", "people_left|Phương án|2|Mã cũ|1;people_left|Phương án|2|Mã cũ|2;people_left|Phương án|2|Mã cũ|4")]
    [InlineData("1-NQ|01/07/2025|Sáp nhập|A|E~2-NQ|01/07/2025|Giải thể|B", "people_left|Phương án|3|Mã cũ|3")]
    public async Task Wrong_plans_are_told_by_cell_and_nothing_is_done(string rows, string expected)
    {
        await using var register = await RegisterAsync();
        var kept = await register.DumpAsync();
        var outcome = await RunAsync(register, new RegisterFile().Add(PlanSheets.Rows, rows.Split('~')));
        Assert.False(outcome.Import.Accepted);
        var told = outcome.Import.Errors.Select(TestRegister.Text).ToList();
        Assert.All(expected.Split(';'), one => Assert.True(told.Contains(one), $"{one} is not among\n{string.Join('\n', outcome.Import.Errors)}"));
        Assert.Empty(outcome.Units);
        Assert.Equal(kept, await register.DumpAsync());
    }

    [Fact]
    public async Task A_commune_that_becomes_a_superior_takes_its_branches_along_at_a_level_that_may_stand_there()
    {
        await using var register = await RegisterAsync();
        await DoAsync(register, "1-NQ|01/07/2025|Kiện toàn|X|X|Đảng bộ xã mới|Đảng bộ cấp xã|");
        Assert.Equal(["A Chi bộ cơ sở Bản X", "B Chi bộ trực thuộc Quân sự BP", "BP Đảng bộ cơ sở Khác X", "X Đảng bộ cấp xã Xã H"], await TreeAsync(register, "2025-07-01", "A", "B", "BP", "X"));
        // From the renaming on a commune is a grassroots committee again, and gives the new levels.
        await DoAsync(register, "2-NQ|26/07/2026|Kiện toàn|X|X||Đảng bộ cơ sở|Xã");
        Assert.Equal(["A Chi bộ Bản X", "B Chi bộ trực thuộc Quân sự BP", "BP Đảng bộ trực thuộc Khác X"], await TreeAsync(register, "2026-07-26", "A", "B", "BP"));
        Assert.Equal(["A Chi bộ cơ sở Bản X", "BP Đảng bộ cơ sở Khác X"], await TreeAsync(register, "2026-07-25", "A", "BP"));
    }

    [Fact]
    public async Task A_branch_that_ends_goes_on_in_its_successor_with_people_posts_links_and_assignments()
    {
        await using var register = await RegisterAsync();
        await DoAsync(register, "12-NQ|01/07/2025|Sáp nhập|A|E");
        Assert.Equal(
            ["1 E 2025-07-01 Chuyển nội bộ 12-NQ", "2 E 2025-07-01 Chuyển nội bộ 12-NQ", "4 E 2025-07-01 Chuyển nội bộ 12-NQ"],
            await register.ColumnAsync("select concat_ws(' ', member, branch, valid_from, reason_in, basis) from membership where valid_to is null and branch = 'E' order by 1"));
        Assert.Equal(["1 2025-07-01 Chuyển nội bộ"], await register.ColumnAsync("select concat_ws(' ', member, valid_to, reason_out) from membership where branch = 'A' and member = '1'"));
        Assert.Equal(["1 E 2025-07-01"], await register.ColumnAsync("select concat_ws(' ', member, place, valid_from) from post where valid_to is null and post = 'Bí thư chi bộ'"));
        Assert.Equal(["E V1", "E V2"], await register.ColumnAsync("select concat_ws(' ', branch, village) from service where valid_to is null order by 1"));
        Assert.Equal(["3 E"], await register.ColumnAsync("select concat_ws(' ', member, branch) from assignment where valid_to is null"));
        Assert.Equal(["12-NQ  A Trước", "12-NQ  E Sau"], await register.ColumnAsync("select concat_ws(' ', decision, group_name, unit, role) from restructuring order by role"));
        await register.DerivedTablesAreTrueAsync();
    }

    [Fact]
    public async Task A_village_that_ends_takes_its_people_along_whatever_the_date_of_their_first_record()
    {
        await using var register = await RegisterAsync();
        await register.AcceptAsync(new RegisterFile().Add(Members, "1|01/01/2026|Người 1|Nam|1970|Thái||V1|01/01/2000|01/01/2001|||Tiểu học||||Nghỉ hưu, nghỉ công tác||||"));
        await DoAsync(register, "1-NQ|01/07/2023|Sáp nhập|V1|W|Bản Mới||Bản~1-NQ|01/07/2023|Sáp nhập|V2|W");
        Assert.Equal(
            ["1 V1", "1 2023-07-01 W", "1 2026-01-01 W", "2 V2", "2 2023-07-01 W", "4 V1", "4 2023-07-01 W", "4 2024-01-01 W"],
            await register.ColumnAsync("select concat_ws(' ', code, nullif(valid_from, '-infinity'), residence) from member where code <> '3' order by code, valid_from"));
        Assert.Equal(["W Bản Mới Bản X 70 350"], await register.ColumnAsync("select concat_ws(' ', code, name, kind, commune, households, people) from village where valid_to is null"));
        Assert.Equal(["A W"], await register.ColumnAsync("select concat_ws(' ', branch, village) from service where valid_to is null"));
        Assert.Equal(["2 W"], await register.ColumnAsync("select concat_ws(' ', member, place) from post where post = 'Trưởng bản' and valid_to is null"));
    }

    [Fact]
    public async Task A_branch_that_splits_sends_people_as_told_then_by_village_and_links_follow_them()
    {
        await using var register = await RegisterAsync();
        var plan = new RegisterFile()
            .Add(PlanSheets.Rows, "1-NQ|01/07/2025|Chia tách|A|A1|Một", "1-NQ|01/07/2025|Chia tách|A|A2|Hai")
            .Add(People, "4|A2")
            .Add(Links, "A1|V1", "A2|V2");
        await DoneAsync(register, plan);
        Assert.Equal(["1 A1", "2 A2", "4 A2"], await register.ColumnAsync("select concat_ws(' ', member, branch) from membership where valid_to is null and member <> '3' order by 1"));
        Assert.Equal(["A1 V1", "A2 V2"], await register.ColumnAsync("select concat_ws(' ', branch, village) from service where valid_to is null order by 1"));
        Assert.Equal(["1 A1"], await register.ColumnAsync("select concat_ws(' ', member, place) from post where post = 'Bí thư chi bộ' and valid_to is null"));
        // Two go to A2: who follows the branch follows them.
        Assert.Equal(["3 A2"], await register.ColumnAsync("select concat_ws(' ', member, branch) from assignment where valid_to is null"));
        Assert.Equal(["A1 Chi bộ trực thuộc Bản X", "A2 Chi bộ trực thuộc Bản X"], await TreeAsync(register, "2025-07-01", "A1", "A2"));
    }

    [Fact]
    public async Task A_part_of_a_branch_leaves_and_the_branch_stays()
    {
        await using var register = await RegisterAsync();
        // A paper may still name the code that was given up.
        await register.AcceptAsync(new RegisterFile().Add(ExchangeWorkbook.FormerCodes, "22|2|"));
        await DoneAsync(register, new RegisterFile().Add(PlanSheets.Rows, "1-NQ|01/07/2025|Chia tách|A|A", "1-NQ|01/07/2025|Chia tách|A|A2|Hai").Add(People, "22|A2"));
        Assert.Equal(["1 A", "2 A2", "4 A"], await register.ColumnAsync("select concat_ws(' ', member, branch) from membership where valid_to is null and member <> '3' order by 1"));
        Assert.Equal(["1 A"], await register.ColumnAsync("select concat_ws(' ', member, place) from post where post = 'Bí thư chi bộ' and valid_to is null"));
    }

    [Fact]
    public async Task Decisions_with_several_restructurings_have_a_group_each()
    {
        await using var register = await RegisterAsync();
        await DoAsync(register, "1-NQ|01/07/2025|Đổi tên|X|X|Xã mới~1-NQ|01/07/2025|Đổi tên|V1|V1|Bản Mới~1-NQ|01/07/2025|Sáp nhập|A|E");
        Assert.Equal(
            ["E A Trước Sáp nhập", "E E Sau Sáp nhập", "V1 V1 Sau Đổi tên", "V1 V1 Trước Đổi tên", "X X Sau Đổi tên", "X X Trước Đổi tên"],
            await register.ColumnAsync("select concat_ws(' ', group_name, unit, role, form) from restructuring order by 1"));
    }

    [Fact]
    public async Task A_plan_that_another_import_overtakes_is_not_written()
    {
        await using var register = await RegisterAsync();
        var import = new RegisterImport(register.Database, Path.Combine(AppContext.BaseDirectory, "sql", "import"));
        var kept = "";
        var source = new RegisterFile().Add(PlanSheets.Rows, "1-NQ|01/07/2025|Sáp nhập|A|E");
        await Assert.ThrowsAsync<RegisterMovedException>(() => Plan.RunAsync(register.Database, import, _definitions, source, new("", "", "test", DryRun: false), new OnStep("Đọc sổ", () =>
        {
            register.AcceptAsync(new RegisterFile().Add(Ratings, "2019|X|Hoàn thành nhiệm vụ")).GetAwaiter().GetResult();
            kept = register.DumpAsync().GetAwaiter().GetResult();
        }), Cancel));
        Assert.Equal(kept, await register.DumpAsync());
    }

    /// <summary>Does something once, when a step is first told.</summary>
    private sealed class OnStep(string phase, Action act) : IProgress<JobStep>
    {
        private bool _done;

        public void Report(JobStep value)
        {
            if (_done || !value.ToString().Contains(phase, StringComparison.Ordinal))
                return;
            _done = true;
            act();
        }
    }

    private static string Person(string code, string village) => $"{code}||Người {code}|Nam|1970|Thái||{village}|01/01/2000|01/01/2001|||Tiểu học||||Khác||||";

    private Task<TestRegister> RegisterAsync() => TestRegister.WithAsync(cluster, "register_plan", Before());

    private static Task<PlanOutcome> RunAsync(TestRegister register, RegisterFile plan) => Plan.RunAsync(
        register.Database, new(register.Database, Path.Combine(AppContext.BaseDirectory, "sql", "import")), _definitions, plan, new("phương án.xlsx", "", "test", DryRun: false), progress: null, Cancel);

    private static async Task DoneAsync(TestRegister register, RegisterFile plan)
    {
        var outcome = await RunAsync(register, plan);
        Assert.Empty(outcome.Import.Errors);
        Assert.True(outcome.Import.Accepted);
    }

    private static Task DoAsync(TestRegister register, string rows) => DoneAsync(register, new RegisterFile().Add(PlanSheets.Rows, rows.Split('~')));

    private static async Task<List<string>> TreeAsync(TestRegister register, string day, params string[] codes)
    {
        await using var connection = await register.Database.OpenConnectionAsync(Cancel);
        return [.. await connection.QueryAsync<string>("""
            select concat_ws(' ', code, level, type, parent)
            from org_version
            where code = any (@codes) and valid_from <= @day::date and still_holds(valid_to, @day::date)
            order by code
            """, new { codes, day })];
    }
}
