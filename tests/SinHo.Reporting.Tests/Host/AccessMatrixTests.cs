using System.Net;
using System.Text;
using ClosedXML.Excel;
using Dapper;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SinHo.Reporting.Access;
using Xunit;

namespace SinHo.Reporting.Tests.Host;

/// <summary>
/// Every role × every address that answers × units inside, above and beside × days before and after a branch went to another commune. Who may see is
/// worked out here from the plain rows of organisations, not by the program.
/// </summary>
public sealed class AccessMatrixTests(AccessSite site) : IClassFixture<AccessSite>
{
    /// <summary>What is asked of each address: with every unit and day, with decisions, or as it stands where it is about no single unit.</summary>
    private static readonly Dictionary<string, Func<World, IEnumerable<Probe>>> Rules = new(StringComparer.Ordinal)
    {
        ["/"] = Each(one => $"/?don-vi={one.Unit}&ngay={one.Day:yyyy-MM-dd}"),
        ["/bao-cao"] = OnBothMaps(one => $"/bao-cao?mau=term&don-vi={one.Unit}&tu={one.Day:yyyy-MM}-01&den={one.Day:yyyy-MM-dd}"),
        ["/bao-cao/van-ban"] = OnBothMaps(one => $"/bao-cao/van-ban?mau=term&don-vi={one.Unit}&tu={one.Day:yyyy-MM}-01&den={one.Day:yyyy-MM-dd}&dang=csv"),
        ["/danh-sach"] = OnBothMaps(one => $"/danh-sach?so-lieu=members&don-vi={one.Unit}&ngay={one.Day:yyyy-MM-dd}"),
        ["/danh-sach/{name}/tep"] = OnBothMaps(one => $"/danh-sach/members/tep?don-vi={one.Unit}&ngay={one.Day:yyyy-MM-dd}"),
        ["/to-chuc"] = Each(one => $"/to-chuc?don-vi={one.Unit}&ngay={one.Day:yyyy-MM-dd}"),
        // Who was tied to the unit on the eve is seen too.
        ["/dang-vien"] = world => world.People.SelectMany(person => world.Days.Select(day => new Probe($"/dang-vien?ma={person.Code}&ngay={day:yyyy-MM-dd}", day, unit =>
            world.Register.IsUnder(person.Branch, unit, day) || world.Register.IsUnder(person.Branch, unit, day.AddDays(-1)))))
            .Append(new("/dang-vien?ma=XX", world.Days[0], _ => false)),
        ["/ban"] = world => world.Villages.SelectMany(village => world.Days.Select(day => new Probe($"/ban?ma={village.Code}&ngay={day:yyyy-MM-dd}", day, unit =>
            world.Register.IsUnder(village.Commune, unit, day) || world.Register.IsUnder(village.Branch, unit, day))))
            .Append(new("/ban?ma=XX", world.Days[0], _ => false)),
        // The page is everybody's; what it finds by codes and names of all sides is cut to the viewer.
        ["/tim"] = world => world.Days.SelectMany(day => world.Cases.Select(one => one.Unit).Concat(world.People.SelectMany(person => new[] { person.Code, person.Branch }))
            .Concat(world.Villages.Select(village => village.Code)).Concat(world.Decisions.Select(one => one.Key)).Concat(["chi bo", "dang bo", "truong", "qd"]).Distinct()
            .Select(asked => new Probe($"/tim?q={Uri.EscapeDataString(asked)}&ngay={day:yyyy-MM-dd}", day, _ => true))),
        ["/to-chuc/don-vi"] = Each(one => $"/to-chuc/don-vi?ma={one.Unit}&ngay={one.Day:yyyy-MM-dd}"),
        ["/viec-can-lam"] = Each(one => $"/viec-can-lam?don-vi={one.Unit}&ngay={one.Day:yyyy-MM-dd}&xem=meetings"),
        // A year is looked at from its last day.
        ["/lich-nam"] = world => world.Cases.Select(one => new Probe($"/lich-nam?don-vi={one.Unit}&nam={one.Day.Year}", new(one.Day.Year, 12, 31), unit =>
            world.Register.IsUnder(one.Unit, unit, new(one.Day.Year, 12, 31)))),
        ["/viec/{Id:guid}"] = Each(one => $"/viec/{one.Job}", isStored: true),
        ["/viec/{id:guid}/tep"] = Each(one => $"/viec/{one.Job}/tep", isStored: true),
        ["/bao-cao-da-lap/{id:guid}/tep"] = Each(one => $"/bao-cao-da-lap/{one.Issued}/tep"),
        ["/ky-bao-cao/{Id:guid}"] = Each(one => $"/ky-bao-cao/{one.Issued}"),
        ["/da-ky/{Id:guid}"] = Each(one => $"/da-ky/{one.Signed}"),
        ["/so-sanh"] = OnBothMaps(one => $"/so-sanh?mau=term&don-vi={one.Unit}&tu={one.Day:yyyy-MM}-01&den={one.Day:yyyy-MM-dd}"),
        // The plans of a year go by the units of its last day.
        ["/chi-tieu"] = world => world.Cases.Select(one => new Probe($"/chi-tieu?don-vi={one.Unit}&tu={one.Day.Year}-01-01&den={one.Day.Year}-12-31", new(one.Day.Year, 12, 31), unit =>
            world.Register.IsUnder(one.Unit, unit, new(one.Day.Year, 12, 31)))),
        ["/to-chuc/quyet-dinh"] = world => world.Decisions.Select(one => new Probe($"/to-chuc/quyet-dinh?so={Uri.EscapeDataString(one.Key)}", one.First().Date, unit =>
            one.Any(named => world.Register.IsUnder(named.Branch, unit, named.Role == "Trước" ? named.Date.AddDays(-1) : named.Date)))),
        // What they list is cut to the viewer, or the right they ask for reaches beyond units anyway.
        ["/lich-xuat"] = AsItStands("/lich-xuat"),
        ["/ky-bao-cao"] = AsItStands("/ky-bao-cao"),
        ["/tong-hop"] = AsItStands("/tong-hop"),
        ["/nhat-ky"] = AsItStands("/nhat-ky"),
        ["/dinh-nghia"] = AsItStands("/dinh-nghia"),
        ["/doi-mat-khau"] = AsItStands("/doi-mat-khau"),
        ["/quan-tri"] = AsItStands("/quan-tri"),
        ["/nhap-so-lieu"] = AsItStands("/nhap-so-lieu"),
        ["/nhap-so-lieu/doi-chieu"] = AsItStands("/nhap-so-lieu/doi-chieu"),
        ["/nhap-so-lieu/so-trong.xlsx"] = AsItStands("/nhap-so-lieu/so-trong.xlsx"),
        ["/de-nghi"] = AsItStands("/de-nghi"),
        ["/su-kien"] = AsItStands("/su-kien"),
        ["/su-kien/{Address}"] = AsItStands("/su-kien/ket-nap"),
        ["/su-kien/hop-chi-bo"] = AsItStands("/su-kien/hop-chi-bo"),
        ["/su-kien/xep-loai"] = AsItStands("/su-kien/xep-loai"),
        ["/su-kien/xep-loai-dang-vien"] = AsItStands("/su-kien/xep-loai-dang-vien"),
        ["/su-kien/sua-dong"] = AsItStands("/su-kien/sua-dong?chi-bo=SH.X03"),
        ["/to-chuc/sap-xep"] = AsItStands("/to-chuc/sap-xep"),
        ["/to-chuc/sap-xep/phuong-an-trong.xlsx"] = AsItStands("/to-chuc/sap-xep/phuong-an-trong.xlsx"),
    };

    /// <summary>Tried by tests of their own: files by name or number that only the whole register's accounts may fetch.</summary>
    private static readonly string[] Elsewhere =
    [
        "/bao-cao/{file}", "/nhap-so-lieu/{Id:guid}", "/nhap-so-lieu/{Id:guid}/ghep-cot", "/nhap-so-lieu/{id:guid}/danh-dau.xlsx", "/nhap-so-lieu/doi-chieu/{id:guid}/danh-sach.xlsx", "/lich-xuat/{id:long}/tep", "/da-ky/{id:guid}/tep/{format}", "/da-ky/{id:guid}/ban-chup/{file:guid}", "/tong-hop/tep", "/tong-hop/goc/{id:guid}", "/tong-hop/goc/{id:guid}/chu-ky", "/hangfire/{**path}",
    ];

    private static readonly string[] OfTheFramework = ["/_blazor", "/_framework", "/{**path:file}"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_role_sees_its_unit_on_the_day_asked_and_never_a_name_from_outside()
    {
        var register = await RegisterAsync();
        var (moved, before, after, day) = register.Cession();
        var units = new[] { before, after, moved, register.BranchOf(before, day), register.Beside(before, after, day), "SH", "XX" };
        DateOnly[] days = [day.AddDays(-1), day];
        string[] branches = [moved, register.BranchOf(before, day), register.BranchOf(after, day), register.BranchOf(units[4], day)];
        var world = new World(register, await CasesAsync(units, days), await DecisionsAsync(before, after), days, await PeopleAsync(branches, days), await VillagesAsync(branches, days));
        Assert.Equal(4, world.People.Count);
        Assert.NotEmpty(world.Villages);
        await AddAsync(before, after);
        var probes = Routes().SelectMany(route => Rules[route.Route](world).Select(probe => (probe, route.Rights))).ToList();
        var faults = new List<string>();
        foreach (var account in (await new Accounts(site.Database).ListAsync(Cancel)).Where(one => one.UserName.StartsWith("m-", StringComparison.Ordinal)))
        {
            using var visitor = new Visitor(site.Address);
            (await visitor.SignInAsync(account.UserName, Visitor.Password)).Dispose();
            foreach (var (probe, rights) in probes)
            {
                var expected = !rights.TrueForAll(account.Viewer.May) ? HttpStatusCode.Forbidden : probe.IsSeen(account.Unit) ? HttpStatusCode.OK : HttpStatusCode.NotFound;
                faults.AddRange(await TryAsync(register, visitor, account, probe, expected));
            }
        }
        Assert.True(faults.Count == 0, string.Join('\n', faults.Take(40).Prepend($"{faults.Count} at {probes.Count} addresses")));
    }

    private static Func<World, IEnumerable<Probe>> Each(Func<Case, string> address, bool isStored = false) => world => world.Cases
        // A job about no unit is there for those who see everything.
        .Where(one => !isStored || one.Unit != "XX")
        .Select(one => new Probe(address(one), one.Day, unit => world.Register.IsUnder(one.Unit, unit, one.Day)));

    /// <summary>On the map of the day itself the units are those of the day.</summary>
    private static Func<World, IEnumerable<Probe>> OnBothMaps(Func<Case, string> address) => world => Each(address)(world).Concat(Each(one => $"{address(one)}&ban-do=true")(world));

    private static Func<World, IEnumerable<Probe>> AsItStands(string address) => world => [new(address, world.Cases[^1].Day, _ => true)];

    /// <summary>Every address that answers to GET and is not open; one without a rule here fails.</summary>
    private List<(string Route, List<Right> Rights)> Routes()
    {
        var routes = ((IEndpointRouteBuilder)site.Site).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null)
            .Where(endpoint => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains("GET") != false)
            .Select(endpoint => (Route: "/" + endpoint.RoutePattern.RawText!.TrimStart('/'), Rights: endpoint.Metadata
                .GetOrderedMetadata<IAuthorizeData>().Select(one => one.Policy).OfType<string>().Select(Enum.Parse<Right>).ToList()))
            .Where(one => !OfTheFramework.Any(start => one.Route.StartsWith(start, StringComparison.Ordinal)))
            .DistinctBy(one => one.Route).ToList();
        Assert.Equal(Rules.Keys.Concat(Elsewhere).Order(StringComparer.Ordinal), routes.Select(one => one.Route).Order(StringComparer.Ordinal));
        return [.. routes.Where(one => Rules.ContainsKey(one.Route))];
    }

    private static async Task<IEnumerable<string>> TryAsync(
        Tree register, Visitor visitor, Account account, Probe probe, HttpStatusCode expected)
    {
        var (address, day, _) = probe;
        using var answer = await visitor.GetAsync(address);
        var faults = new List<string>();
        if (answer.StatusCode != expected)
            faults.Add($"{account.UserName} {address}: {answer.StatusCode}, not {expected}");
        if (account.Unit is not { } unit)
            return faults;
        var said = await TextAsync(answer);
        faults.AddRange(register.Outside(unit, day).Where(outside => said.Contains(outside, StringComparison.Ordinal)).Take(2).Select(outside => $"{account.UserName} {address}: tells of {outside}"));
        return faults;
    }

    /// <summary>What a reader can read of an answer, page or workbook.</summary>
    private static async Task<string> TextAsync(HttpResponseMessage answer)
    {
        if (answer.Content.Headers.ContentType?.MediaType?.Contains("spreadsheet", StringComparison.Ordinal) is not true)
            return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Cancel));
        var bytes = await answer.Content.ReadAsByteArrayAsync(Cancel);
        if (bytes.Length < 100)
            return "";
        using var book = new XLWorkbook(new MemoryStream(bytes));
        var text = new StringBuilder();
        foreach (var cell in book.Worksheets.SelectMany(sheet => sheet.CellsUsed()))
            text.AppendLine(cell.GetString());
        return text.ToString();
    }

    private async Task AddAsync(params string[] units)
    {
        await site.AddAsync("m-quantri", Role.Administrator, null);
        await site.AddAsync("m-lapbieu", Role.Preparer, null);
        foreach (var unit in units)
        {
            foreach (var role in (Role[])[Role.Preparer, Role.Head, Role.Reader])
                await site.AddAsync($"m-{role}-{unit}", role, unit);
        }
    }

    /// <summary>A finished job and an issued report for every unit and day.</summary>
    private async Task<List<Case>> CasesAsync(IEnumerable<string> units, IEnumerable<DateOnly> days)
    {
        await using var connection = await site.Database.OpenConnectionAsync(Cancel);
        var file = await connection.ExecuteScalarAsync<Guid>("""
            insert into stored_file (name, media_type, size, sha256, bytes)
            values ('a.xlsx', 'application/x-test', 1, repeat('0', 64), 'x')
            returning file_id
            """);
        var cases = new List<Case>();
        foreach (var (unit, day) in units.SelectMany(unit => days.Select(day => (unit, day))))
        {
            var from = new DateOnly(day.Year, day.Month, 1);
            cases.Add(await connection.QuerySingleAsync<Case>("""
                with job as (
                    insert into job (kind, request, request_key, unit, requested_by, state, finished_at, file_id)
                    select 'report', jsonb_build_object('report', 'term', 'unit', @unit, 'from', @from, 'to', @day, 'periodName', '', 'settings', '{}'::jsonb),
                        format('%s %s', @unit, @day), @unit, 'test', 'done', now(), @file
                    returning job_id),
                issued as (
                    insert into issued_report (report, edition, unit, unit_name, period_from, period_to, period_name, title, settings, figures, checks, narrative,
                        definitions, snapshot_at, program_version, file_id, issued_by)
                    values ('term', 1, @unit, '', @from, @day, '', '', '[]', '[]', '[]', '', '{}', now(), '', @file, 'test')
                    returning issued_id),
                kept as (
                    insert into issued_report (report, edition, unit, unit_name, period_from, period_to, period_name, title, settings, figures, checks, narrative,
                        definitions, snapshot_at, program_version, file_id, issued_by)
                    values ('term', 2, @unit, '', @from, @day, '', '', '[]', '[]', '[]', '', '{}', now(), '', @file, 'test')
                    returning issued_id),
                signed as (
                    insert into signed_report (issued_id, unit, year, number, signed_on, signer, check_code, report, period_from, period_to, question, settings, last_import, signed_by)
                    select issued_id, @unit, extract(year from @day::date), format('%s-BC', @day), @day, 'ai đó', format('%s %s', @unit, @day), 'term', @from, @day, '{}', '{}', 0, 'test'
                    from kept
                    returning signed_id)
                select @unit as Unit, @day as Day, job_id as Job, issued.issued_id as Issued, signed_id as Signed from job, issued, signed
                """, new { unit, day, from, file }));
        }
        return cases;
    }

    /// <summary>Decisions about branches of the units and of none of them.</summary>
    private async Task<ILookup<string, Named>> DecisionsAsync(params string[] units)
    {
        await using var connection = await site.Database.OpenConnectionAsync(Cancel);
        return (await connection.QueryAsync<Named>("""
            select decision as Decision, date as Date, unit::text as Branch, role::text as Role
            from restructuring
            where decision in (select decision from restructuring where split_part(restructuring.unit::text, '.', 2) in (select split_part(one, '.', 2) from unnest(@units) as one) or restructuring.unit like 'SH.C21%')
            """, new { units })).ToLookup(one => one.Decision, StringComparer.Ordinal);
    }

    /// <summary>Of each branch somebody who was in it on all days, in no other, and holds no post.</summary>
    private async Task<IReadOnlyList<Standing>> PeopleAsync(string[] branches, DateOnly[] days)
    {
        await using var connection = await site.Database.OpenConnectionAsync(Cancel);
        return (await connection.QueryAsync<Standing>("""
            select distinct on (branch) member::text as Code, branch::text as Branch
            from membership as own
            where branch = any (@branches)
                and valid_from < @first and still_holds(valid_to, @last)
                and not exists (select from membership as other where other.member = own.member and other.valid_from <> own.valid_from)
                and not exists (select from post where post.member = own.member)
                and not exists (select from assignment where assignment.member = own.member)
            order by branch, member
            """, new { branches, first = days.Min().AddDays(-2), last = days.Max().AddDays(1) })).AsList();
    }

    /// <summary>Villages with the one branch that serves them.</summary>
    private async Task<IReadOnlyList<Served>> VillagesAsync(string[] branches, DateOnly[] days)
    {
        await using var connection = await site.Database.OpenConnectionAsync(Cancel);
        return (await connection.QueryAsync<Served>("""
            select min(village.code::text) as Code, village.commune::text as Commune, service.branch::text as Branch
            from service
            join village on village.code = service.village and village.valid_from < @first and still_holds(village.valid_to, @last)
            where service.branch = any (@branches) and service.valid_from < @first and still_holds(service.valid_to, @last)
                and not exists (select from service as other where other.village = service.village and other.branch <> service.branch)
            group by village.commune, service.branch
            """, new { branches, first = days.Min().AddDays(-2), last = days.Max().AddDays(1) })).AsList();
    }

    private async Task<Tree> RegisterAsync()
    {
        await using var connection = await site.Database.OpenConnectionAsync(Cancel);
        return new([.. await connection.QueryAsync<Version>(
            "select code::text as Code, name as Name, level::text as Level, parent::text as Parent, valid_from as From, coalesce(valid_to, '9999-12-31') as Until from org_version")]);
    }

    private sealed record World(
        Tree Register, IReadOnlyList<Case> Cases, ILookup<string, Named> Decisions, IReadOnlyList<DateOnly> Days, IReadOnlyList<Standing> People, IReadOnlyList<Served> Villages);

    private sealed record Standing(string Code, string Branch);

    private sealed record Served(string Code, string Commune, string Branch);

    /// <param name="IsSeen">Whether an account of a unit, or of none, may know of what is asked.</param>
    private sealed record Probe(string Address, DateOnly Day, Func<string?, bool> IsSeen);

    private sealed record Named(string Decision, DateOnly Date, string Branch, string Role);

    private sealed record Case(string Unit, DateOnly Day, Guid Job, Guid Issued, Guid Signed);

    /// <param name="Until">The first day on which this held no more.</param>
    private sealed record Version(string Code, string Name, string Level, string? Parent, DateOnly From, DateOnly Until)
    {
        public bool Holds(DateOnly day) => From <= day && day < Until;
    }

    /// <summary>The organisations as their rows say.</summary>
    private sealed class Tree(IReadOnlyList<Version> rows)
    {
        private readonly ILookup<string, Version> byCode = rows.ToLookup(row => row.Code, StringComparer.Ordinal);
        private readonly Dictionary<(string, DateOnly), List<string>> outside = [];

        /// <summary>Whether it stood under the unit on the day; on a day on which it is no more, on the last before within the month.</summary>
        public bool IsUnder(string code, string? unit, DateOnly day)
        {
            for (var above = On(code, day); above is not null; above = above.Parent is null ? null : On(above.Parent, day))
            {
                if (unit is null || above.Code == unit)
                    return true;
            }
            return false;
        }

        /// <summary>A branch that went from one commune to another, and the first day there.</summary>
        public (string Branch, string From, string To, DateOnly Day) Cession() => rows
            .SelectMany(row => byCode[row.Code].Where(next => next.From == row.Until && next.Parent != row.Parent)
                .Select(next => (row.Code, row.Parent, Next: next.Parent, next.From)))
            .Where(one => On(one.Parent!, one.From)?.Level == "Đảng bộ cơ sở" && On(one.Next!, one.From)?.Level == "Đảng bộ cơ sở")
            .Select(one => (one.Code, one.Parent!, one.Next!, one.From)).OrderBy(one => one.From).First();

        public string BranchOf(string unit, DateOnly day) =>
            rows.First(row => row.Parent == unit && row.From < day.AddYears(-1) && row.Until > day.AddYears(1)).Code;

        public string Beside(string one, string other, DateOnly day) =>
            rows.First(row => row.Level == "Đảng bộ cơ sở" && row.Code != one && row.Code != other && row.Holds(day)).Code;

        /// <summary>Names of branches and committees that were not under the unit at any time near the day, nor above it, nor called like one that was.</summary>
        public List<string> Outside(string unit, DateOnly day)
        {
            if (outside.TryGetValue((unit, day), out var known))
                return known;
            var near = Enumerable.Range(-1, 3).Select(day.AddDays).ToList();
            var inside = rows.Where(row => near.Exists(one => IsUnder(row.Code, unit, one) || IsUnder(unit, row.Code, one))).ToList();
            var codes = inside.Select(row => row.Code).ToHashSet(StringComparer.Ordinal);
            // Names of any time of those inside: a page of a unit tells its history.
            var names = rows.Where(row => codes.Contains(row.Code)).Select(row => row.Name).ToList();
            return outside[(unit, day)] =
            [
                .. rows.Where(row => !codes.Contains(row.Code)).Select(row => row.Name).Distinct()
                    .Where(name => !names.Exists(inner => inner.Contains(name, StringComparison.Ordinal))),
            ];
        }

        private Version? On(string code, DateOnly day) => byCode[code].FirstOrDefault(row => row.Holds(day));
    }
}
