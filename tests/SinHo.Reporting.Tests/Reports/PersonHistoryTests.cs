using SinHo.Reporting.Access;
using SinHo.Reporting.Facts;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Reports;
using SinHo.Reporting.Tests.Exchange;
using SinHo.Reporting.Tests.Support;
using Xunit;
using static SinHo.Reporting.Register.ExchangeWorkbook;

namespace SinHo.Reporting.Tests.Reports;

/// <summary>One person and one village as the register holds them in time, for accounts of the district and of two communes.</summary>
public sealed class PersonHistoryTests(TestCluster cluster)
{
    private static readonly Viewer Whole = new(1, Role.Preparer, null);
    private static readonly Viewer CommuneX = new(1, Role.Preparer, "SH.X");
    private static readonly Viewer CommuneY = new(1, Role.Preparer, "SH.Y");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_record_of_a_day_what_changed_and_where_each_version_came_from()
    {
        await using var register = await MovedAsync();
        var corrected = await register.AcceptAsync(new RegisterFile().Add(Members, "2|01/03/2019|Vàng B|Nữ|15/03/1990|Mông||V1|19/05/2016|19/05/2017|||Trung học phổ thông||||Khác||||"));

        var then = await OpenAsync(register, Whole, "2", new(2018, 1, 1));
        Assert.Equal(("Vàng B", "Tiểu học"), (then.Name, then.Record.Single(field => field.Caption == "Giáo dục phổ thông").Text));
        Assert.Equal(new("Chi bộ bản 1", IsOfficial: true), then.Standing);
        Assert.Equal(new("Chi bộ bản 1", IsOfficial: false), (await OpenAsync(register, Whole, "2", new(2017, 5, 18))).Standing);
        Assert.Null((await OpenAsync(register, Whole, "2", new(2016, 5, 18))).Standing);

        var now = await OpenAsync(register, Whole, "2", new(2020, 1, 1));
        Assert.Equal("Trung học phổ thông", now.Record.Single(field => field.Caption == "Giáo dục phổ thông").Text);
        Assert.Equal(new("Mã bản cư trú", "Bản Một (V1)", "V1"), now.Record.Single(field => field.Village is not null));
        Assert.Equal([(null, new DateOnly(2019, 3, 1)), (new DateOnly(2019, 3, 1), (DateOnly?)null)], now.Versions.Select(one => (one.Since, one.Until)));
        Assert.Empty(now.Versions[0].Changes);
        Assert.Equal([new("Mã bản cư trú", "", "Bản Một (V1)"), new("Giáo dục phổ thông", "Tiểu học", "Trung học phổ thông")], now.Versions[1].Changes);
        var moved = corrected.Import - 1;
        Assert.Equal([(moved - 1, true)], now.Versions[0].Origins.Select(one => (one.Import, one.IsNew)));
        Assert.Equal([(moved, true), (corrected.Import, false)], now.Versions[1].Origins.Select(one => (one.Import, one.IsNew)));
        Assert.Equal(["SH.B1 2016-05-19 2019-06-01", "SH.Y1 2019-06-01 "], now.Memberships.Select(one => $"{one.Branch} {one.From:yyyy-MM-dd} {one.Until:yyyy-MM-dd}"));
        Assert.Equal(("Chi bộ bản 1", "Đảng bộ xã", "Kết nạp", "Chuyển nội bộ"), (now.Memberships[0].BranchName, now.Memberships[0].ParentName, now.Memberships[0].ReasonIn, now.Memberships[0].ReasonOut));
        Assert.Equal([new(new(2016, 5, 19), new(2017, 5, 19), "45-QĐ")], now.Cycles);
        Assert.Equal(
            [new(new(1995, 1, 1), new(1996, 1, 1), null), new(new(2015, 1, 1), new(2016, 1, 1), null)],
            (await OpenAsync(register, Whole, "5", new(2020, 1, 1))).Cycles);
    }

    /// <summary>Who is seen, is seen whole; but what he had to do with elsewhere is not named.</summary>
    [Fact]
    public async Task An_account_of_a_unit_opens_whom_the_question_ties_to_it_and_is_told_of_no_other_unit()
    {
        await using var register = await MovedAsync();
        var year = new DateOnly(2019, 12, 31);

        await Assert.ThrowsAsync<UnknownNameException>(() => OpenAsync(register, CommuneX, "2", new(2020, 1, 1)));
        await Assert.ThrowsAsync<UnknownNameException>(() => OpenAsync(register, CommuneY, "2", new(2018, 1, 1)));
        await Assert.ThrowsAsync<UnknownNameException>(() => OpenAsync(register, Whole, "KHONG-CO", year));
        var left = await OpenAsync(register, CommuneX, "2", year, Period.Year(2019));
        Assert.Equal([("SH.B1", "Chi bộ bản 1"), (null, "tổ chức ngoài phạm vi")], left.Memberships.Select(one => (one.Branch, one.BranchName)));
        Assert.Equal("tổ chức ngoài phạm vi", left.Standing!.BranchName);
        Assert.NotEmpty(left.Versions[1].Origins);
        var came = await OpenAsync(register, CommuneY, "2", year);
        Assert.Equal([(null, null), ("SH.Y1", "Đảng bộ xã Y")], came.Memberships.Select(one => (one.Branch, one.ParentName)));
    }

    /// <summary>On 01/01/2021 the branch SH.B1 came to SH.Y: on today's map its people of before are those of SH.Y.</summary>
    [Fact]
    public async Task On_todays_map_a_person_is_opened_by_whose_he_is_on_it_and_never_by_an_earlier_map()
    {
        await using var register = await MovedAsync();
        await register.AcceptAsync(new RegisterFile().Add(Organisations, "SH.B1|Chi bộ bản 1|Chi bộ trực thuộc|Bản|SH.X|01/01/2000|01/01/2021", "SH.B1|Chi bộ bản 1|Chi bộ trực thuộc|Bản|SH.Y|01/01/2021|"));
        var (before, after) = (new DateOnly(2018, 6, 1), new DateOnly(2021, 1, 1));

        Assert.Equal("SH.B1", (await OpenAsync(register, CommuneY, "3", before, map: after)).Memberships[^1].Branch);
        await Assert.ThrowsAsync<UnknownNameException>(() => OpenAsync(register, CommuneY, "3", before));
        await Assert.ThrowsAsync<UnknownNameException>(() => OpenAsync(register, CommuneX, "3", before, map: after));
        await Assert.ThrowsAsync<UnknownNameException>(() => OpenAsync(register, CommuneX, "3", after.AddDays(40), map: before));
    }

    [Fact]
    public async Task A_village_tells_its_versions_what_it_came_from_who_serves_it_and_who_resides_there()
    {
        await using var register = await MovedAsync();
        await register.AcceptAsync(MergedVillages());
        var day = new DateOnly(2020, 6, 30);

        var merged = await VillageAsync(register, CommuneX, "V3", day);
        Assert.Equal(("Bản Ba", true), (merged.Name, merged.Holds));
        Assert.Equal([new("Bản Ba", "Bản", 90, 400, new(2019, 1, 1), null, "SH.X", "Đảng bộ xã")], merged.Versions);
        var decision = Assert.Single(merged.Decisions);
        Assert.Equal(("30-QĐ", new DateOnly(2019, 1, 1), "Sáp nhập"), (decision.Decision, decision.Date, decision.Form));
        Assert.Equal([new("V1", "Bản Một"), new("V2", "Bản Hai")], decision.Before);
        Assert.Equal([new("V3", "Bản Ba")], decision.After);
        Assert.Equal([new("SH.B1", "Chi bộ bản 1", new(2019, 1, 1), null)], merged.Services);
        Assert.Equal(["1"], merged.Residents!.Select(one => one.Code));

        var gone = await VillageAsync(register, CommuneX, "V1", day);
        Assert.Equal(("Bản Một", false, 50), (gone.Name, gone.Holds, gone.Versions.Single().Households));
        Assert.Equal(["1"], (await VillageAsync(register, CommuneX, "V1", new(2018, 12, 31))).Residents!.Select(one => one.Code));
        Assert.Empty(gone.Residents!);
        Assert.Null((await VillageAsync(register, CommuneX with { Role = Role.Reader }, "V3", day)).Residents);

        var units = new UnitDirectory(new(register.Database), CommuneX);
        Assert.Equal(["V1", "V2", "V4"], (await units.HistoryAsync("SH.X", new(2018, 12, 31), Cancel)).Villages.Select(one => one.Code));
        Assert.Equal([("V3", "Chi bộ bản 1")], (await units.HistoryAsync("SH.X", day, Cancel)).Villages.Select(one => (one.Code, one.Branches)));
    }

    [Fact]
    public async Task A_village_is_there_for_who_has_its_commune_or_serves_it_on_the_day()
    {
        await using var register = await MovedAsync();
        await register.AcceptAsync(MergedVillages());
        var (before, after) = (new DateOnly(2018, 12, 31), new DateOnly(2019, 1, 1));

        await Assert.ThrowsAsync<UnknownNameException>(() => VillageAsync(register, CommuneY, "V3", after));
        await Assert.ThrowsAsync<UnknownNameException>(() => VillageAsync(register, Whole, "V9", after));
        Assert.Equal("Bản Bốn", (await VillageAsync(register, CommuneX, "V4", before)).Name);
        await Assert.ThrowsAsync<UnknownNameException>(() => VillageAsync(register, CommuneX, "V4", after));
        Assert.Equal(
            [(null, "tổ chức ngoài phạm vi"), ("SH.Y", "Đảng bộ xã Y")],
            (await VillageAsync(register, CommuneY, "V4", after)).Versions.Select(one => (one.Commune, one.CommuneName)));
        Assert.Equal("Bản Ba", (await VillageAsync(register, new(1, Role.Preparer, "SH.B1"), "V3", after)).Name);
    }

    /// <summary>V1 and V2 become V3, and V4 passes to SH.Y, on 01/01/2019.</summary>
    private static RegisterFile MergedVillages() => new RegisterFile()
        .Add(Villages,
            "V1|Bản Một|Bản|SH.X|01/01/2000|01/01/2019|50|200", "V2|Bản Hai|Bản|SH.X|01/01/2000|01/01/2019", "V3|Bản Ba|Bản|SH.X|01/01/2019||90|400",
            "V4|Bản Bốn|Bản|SH.X|01/01/2000|01/01/2019", "V4|Bản Bốn|Bản|SH.Y|01/01/2019|")
        .Add(Services, "SH.B1|V1|01/01/2000|01/01/2019", "SH.B1|V3|01/01/2019|")
        .Add(Members, "1|01/01/2019|Lò A|Nam|1980|Thái||V3|01/01/2010|01/01/2011|||Tiểu học||||Khác||||", "2|01/03/2019|Vàng B|Nữ|15/03/1990|Mông|||19/05/2016|19/05/2017|||Trung học cơ sở||||Khác||||")
        .Add(Posts, "1|Trưởng bản|V1|01/01/2015|01/01/2019", "1|Trưởng bản|V3|01/01/2019|")
        .Add(Restructurings, "30-QĐ|01/01/2019|Sáp nhập||V1|Trước", "30-QĐ|01/01/2019|Sáp nhập||V2|Trước", "30-QĐ|01/01/2019|Sáp nhập||V3|Sau");

    /// <summary>In 2019 person 2 studied on, moved house and went to another commune; person 5 was admitted twice.</summary>
    private async Task<TestRegister> MovedAsync()
    {
        var register = await TestRegister.SoundAsync(cluster);
        await register.AcceptAsync(new RegisterFile()
            .Add(Organisations, "SH.Y|Đảng bộ xã Y|Đảng bộ cơ sở|Xã|SH|01/01/2000|", "SH.Y1|Chi bộ bản Y|Chi bộ trực thuộc|Bản|SH.Y|01/01/2000|")
            .Add(Members,
                "2|01/03/2019|Vàng B|Nữ|15/03/1990|Mông||V1|19/05/2016|19/05/2017|||Trung học cơ sở||||Khác||||",
                "5||Giàng E|Nam|1970|Mông|||01/01/2015|01/01/2016|01/01/1995|01/01/1996|Tiểu học||||Khác||||")
            .Add(Memberships, "2|SH.B1|19/05/2016|01/06/2019|Kết nạp|Chuyển nội bộ|", "2|SH.Y1|01/06/2019||Chuyển nội bộ||", "5|SH.Y1|01/01/2016||Đầu kỳ||"));
        return register;
    }

    private static Task<PersonHistory> OpenAsync(TestRegister register, Viewer viewer, string code, DateOnly day, Period? window = null, DateOnly? map = null) =>
        PersonHistory.AskAsync(new StatisticsSource(register.Database), viewer, new(code, day, window ?? new(day, day), map), Cancel);

    private static Task<VillageHistory> VillageAsync(TestRegister register, Viewer viewer, string code, DateOnly day) =>
        VillageHistory.AskAsync(new StatisticsSource(register.Database), viewer, code, day, Cancel);
}
