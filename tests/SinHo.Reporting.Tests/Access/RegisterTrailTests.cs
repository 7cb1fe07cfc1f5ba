using System.Text.RegularExpressions;
using Npgsql;
using SinHo.Reporting.Access;
using SinHo.Reporting.Faces;
using SinHo.Reporting.Facts;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Reports;
using SinHo.Reporting.Tests.Support;
using SinHo.Reporting.Words;
using Xunit;

namespace SinHo.Reporting.Tests.Access;

/// <summary>The trail as those may read it who open people: in the words of the exchange workbook, their own units and people only.</summary>
public sealed partial class RegisterTrailTests(TestCluster cluster)
{
    private const int Page = 5_000;

    /// <summary>Sheets whose rows are about organisations; rows about people show where else a person of the unit was.</summary>
    private static readonly string[] OfOrganisations = ["Tổ chức", "Bản", "Chi bộ - bản", "Sắp xếp", "Xếp loại", "Họp chi bộ", "Kiểm tra"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_unit_reads_of_its_own_organisations_and_people_and_of_no_other()
    {
        await using var database = NpgsqlDataSource.Create(await cluster.NewSampleAsync());
        await new SettingTable(database).ChangeAsync("few_member_max", 4, "an", Cancel);
        var viewer = await ViewerAsync(database, "xa", Role.Head, "SH.X07");
        var organisations = await ReadAsync(database, viewer, row => OfOrganisations.Contains(row.Sheet));
        Assert.Equal(OfOrganisations.Order(StringComparer.Ordinal), organisations.Select(row => row.Sheet).Distinct().Order(StringComparer.Ordinal));
        var codes = organisations.SelectMany(row => Codes().Matches(row.Key + " " + string.Join(' ', row.Cells.Where(cell => cell.Caption != "Trực thuộc").Select(cell => cell.After))))
            .Select(code => code.Value).Distinct();
        Assert.All(codes, code => Assert.StartsWith("SH.X07", code, StringComparison.Ordinal));

        var all = await ReadAsync(database, viewer with { Role = Role.Preparer, Unit = null }, row => row.Sheet == "Tổ chức");
        Assert.Contains(all, row => row.Key.StartsWith("SH.X22", StringComparison.Ordinal));
        var setting = Assert.Single(await ReadAsync(database, viewer, row => row.Sheet == "Quy định"));
        Assert.Equal(("an", "Sửa", "5", "4"), (setting.By, setting.What, setting.Cells.Single().Before, setting.Cells.Single().After));
        Assert.StartsWith("Chi bộ có ít đảng viên", setting.Key, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_trail_of_one_code_or_one_import_is_found()
    {
        await using var database = NpgsqlDataSource.Create(await cluster.NewSampleAsync());
        var viewer = await ViewerAsync(database, "lapbieu", Role.Preparer, null);
        var trail = new RegisterTrail(new StatisticsSource(database), new Readings(database));
        var one = await trail.ReadAsync(viewer, new(Today, null, "DV000003", null), 0, Page, Cancel);
        Assert.NotEmpty(one);
        Assert.All(one, row => Assert.Contains("DV000003", row.Key, StringComparison.Ordinal));
        Assert.Contains(one, row => row.Sheet == "Đảng viên" && row.Cells.Any(cell => cell is { Caption: "Giới tính", Before: null, After: "Nam" }));

        // By name, without marks; who may not see somebody does not find him.
        var name = one.First(row => row.Sheet == "Đảng viên").Cells.Single(cell => cell.Caption == "Họ và tên").After!;
        Assert.All(one, row => Assert.StartsWith(name, row.Name, StringComparison.Ordinal));
        Assert.All(one.Where(row => row.Sheet == "Sinh hoạt"), row => Assert.Contains(" · Chi bộ ", row.Name, StringComparison.Ordinal));
        var named = await trail.ReadAsync(viewer, new(Today, null, Matching.Bare(name).ToUpperInvariant(), null), 0, Page, Cancel);
        Assert.Subset(named.Select(row => (row.Sheet, row.Key)).ToHashSet(), one.Select(row => (row.Sheet, row.Key)).ToHashSet());
        Assert.True(named.Count < Page);
        Assert.Equal(one.Count, (await trail.ReadAsync(viewer, new(Today, null, "dv000003", null), 0, Page, Cancel)).Count);
        Assert.Contains(await trail.ReadAsync(viewer, new(Today, "org_version", "pa tan", null), 0, Page, Cancel), row => row.Key.StartsWith("SH.X03", StringComparison.Ordinal));
        var commune = await ViewerAsync(database, "xa7", Role.Head, "SH.X07");
        Assert.Empty(await trail.ReadAsync(commune, new(Today, "org_version", "pa tan", null), 0, Page, Cancel));
        Assert.Equal(Today.To, await trail.BeginsAsync(Cancel));

        Assert.Empty(await trail.ReadAsync(viewer, new(Today, null, null, 999), 0, Page, Cancel));
        Assert.Equal(3, (await trail.ReadAsync(viewer, new(Today, "term", null, one[0].Import), 0, Page, Cancel)).Count);
        await using var counted = database.CreateCommand("select count(*) from reading where kind = 'trail' and subject = 'DV000003'");
        Assert.Equal(1L, await counted.ExecuteScalarAsync(Cancel));
    }

    private static Period Today
    {
        get
        {
            var today = Vietnamese.Today(TimeProvider.System.GetUtcNow());
            return new(today.AddDays(-1), today);
        }
    }

    private static async Task<Viewer> ViewerAsync(NpgsqlDataSource database, string name, Role role, string? unit) =>
        (await new Accounts(database).AddAsync(new(name, name, role, unit), "test", Cancel)).Viewer;

    private static async Task<List<TrailEntry>> ReadAsync(NpgsqlDataSource database, Viewer viewer, Func<TrailEntry, bool> wanted)
    {
        var trail = new RegisterTrail(new StatisticsSource(database), new Readings(database));
        var found = new List<TrailEntry>();
        for (var skip = 0; ; skip += Page)
        {
            var rows = await trail.ReadAsync(viewer, new(Today, null, null, null), skip, Page, Cancel);
            found.AddRange(rows.Where(wanted));
            if (rows.Count < Page)
                return found;
        }
    }

    [GeneratedRegex(@"\bSH\.[A-Z]\d+", RegexOptions.None, 1000)]
    private static partial Regex Codes();
}
