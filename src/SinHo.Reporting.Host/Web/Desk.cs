using System.Globalization;
using Microsoft.AspNetCore.Components.Authorization;
using SinHo.Reporting.Access;
using SinHo.Reporting.Catalog;
using SinHo.Reporting.Facts;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Reports;
using SinHo.Reporting.Runs;
using SinHo.Reporting.Words;

namespace SinHo.Reporting.Host.Web;

/// <summary>What every page begins with: who looks, what day it is, which units there are for him.</summary>
public sealed class Desk(
    AuthenticationStateProvider session, TimeProvider clock, StatisticsSource source, Definitions definitions, Readings readings, RegisterTrail trail, Orders orders,
    ReaderPositions positions)
{
    private const string DayFormat = "yyyy-MM-dd";
    private const int YearLength = 5;

    public DateTimeOffset Now => clock.GetUtcNow();

    public DateOnly Today => Vietnamese.Today(Now);

    /// <exception cref="UnauthorizedAccessException">Nobody has signed in.</exception>
    public async Task<Viewer> ViewerAsync() =>
        Door.Viewer((await session.GetAuthenticationStateAsync()).User) ?? throw new UnauthorizedAccessException("Nobody has signed in.");

    /// <summary>For what reads on, when nobody presses anything.</summary>
    public async Task<ReaderPosition?> PositionAsync() => positions.Of((await session.GetAuthenticationStateAsync()).User);

    /// <summary>Whether a unit of a period is one that the viewer may know of.</summary>
    public async Task<bool> SeesAsync(string unit, Period period, DateOnly? map, CancellationToken cancel) =>
        await (await UnitsAsync()).FindOrNullAsync(unit, period, map, cancel) is not null;

    /// <summary>The account's name, as jobs and trails keep it.</summary>
    public async Task<string> NameAsync() => (await session.GetAuthenticationStateAsync()).User.Identity?.Name ?? "";

    public async Task<UnitDirectory> UnitsAsync() => new(source, await ViewerAsync());

    public async Task<ReportBuilder> ReportsAsync() => new(source, definitions, await ViewerAsync());

    public async Task<Overview> OverviewAsync(string unit, DateOnly day, CancellationToken cancel) =>
        await Overview.AskAsync(source, definitions, await ViewerAsync(), unit, day, cancel);

    public async Task<RestructuringDecision> DecisionAsync(string decision, CancellationToken cancel) =>
        await RestructuringDecision.AskAsync(source, definitions, await ViewerAsync(), decision, cancel);

    /// <summary>The organisations that a question on the day may be about.</summary>
    /// <param name="onMap">On today's map.</param>
    public async Task<IReadOnlyList<UnitNode>> ChoicesAsync(UnitDirectory directory, DateOnly day, bool onMap, CancellationToken cancel) =>
        onMap ? await directory.TreeOnMapAsync(day, Today, cancel) : await directory.TreeAsync(day, cancel);

    /// <summary>A page of people or organisations; that it was opened is recorded first.</summary>
    /// <exception cref="UnknownNameException">No such list, no such unit for this viewer, or it did not exist in the period.</exception>
    public async Task<ListPage> ListAsync(ListRequest request, CancellationToken cancel)
    {
        var viewer = await ViewerAsync();
        await readings.RecordAsync(viewer, Opening(request), cancel);
        return await new ListPages(source, definitions, viewer).ReadAsync(request, cancel);
    }

    /// <inheritdoc cref="ListPages.ValuesAsync"/>
    public async Task<IReadOnlyDictionary<string, IReadOnlyList<(string? Value, int Count)>>> ValuesAsync(ListRequest request, CancellationToken cancel) =>
        await new ListPages(source, definitions, await ViewerAsync()).ValuesAsync(request, cancel);

    /// <summary>Whether the page of a person is there.</summary>
    /// <exception cref="UnknownNameException">No such person for this viewer.</exception>
    public async Task FindAsync(PersonRequest request, CancellationToken cancel) => await PersonHistory.FindAsync(source, await ViewerAsync(), request, cancel);

    /// <summary>A person's page; that it was opened is recorded first.</summary>
    /// <exception cref="UnknownNameException">No such person for this viewer.</exception>
    public async Task<PersonHistory> PersonAsync(PersonRequest request, CancellationToken cancel)
    {
        var viewer = await ViewerAsync();
        await readings.RecordAsync(viewer, new(ReadingKind.Person, request.Code, viewer.Unit, new(request.Day, request.Day), request.Map), cancel);
        return await PersonHistory.AskAsync(source, viewer, request, cancel);
    }

    /// <summary>A person about whom an event is entered; that he was opened is recorded first.</summary>
    /// <param name="isOpened">False on a page that has opened him already.</param>
    /// <returns>Null where the viewer is shown no such person on the day.</returns>
    public async Task<PersonFile?> PersonFileAsync(string code, DateOnly day, CancellationToken cancel, bool isOpened = true)
    {
        var viewer = await ViewerAsync();
        if (isOpened)
            await readings.RecordAsync(viewer, new(ReadingKind.Person, code, viewer.Unit, new(day, day)), cancel);
        return await PersonFile.FindAsync(source, viewer, code, day, cancel);
    }

    /// <summary>People followed for admission on the day; that they were opened is recorded first.</summary>
    public async Task<IReadOnlyList<FollowedPerson>> SourcesAsync(DateOnly day, CancellationToken cancel)
    {
        var viewer = await ViewerAsync();
        await readings.RecordAsync(viewer, new(ReadingKind.List, "Nguồn kết nạp", viewer.Unit, new(day, day)), cancel);
        return await FollowedPeople.SourcesAsync(source, viewer, day, cancel);
    }

    /// <inheritdoc cref="FollowedPeople.OutsidersAsync"/>
    public async Task<IReadOnlyList<PersonDuty>> OutsidersAsync(string village, DateOnly day, CancellationToken cancel) =>
        await FollowedPeople.OutsidersAsync(source, await ViewerAsync(), village, day, cancel);

    /// <summary>Guests on the day; that they were opened is recorded first.</summary>
    public async Task<IReadOnlyList<FollowedPerson>> GuestsAsync(DateOnly day, CancellationToken cancel)
    {
        var viewer = await ViewerAsync();
        await readings.RecordAsync(viewer, new(ReadingKind.List, "Sinh hoạt tạm thời", viewer.Unit, new(day, day)), cancel);
        return await FollowedPeople.GuestsAsync(source, viewer, day, cancel);
    }

    /// <inheritdoc cref="BranchSheet.MonthAsync"/>
    public async Task<IReadOnlyList<BranchMonth>> BranchesAsync(string unit, DateOnly first, CancellationToken cancel) =>
        await BranchSheet.MonthAsync(source, await ViewerAsync(), unit, first, cancel);

    /// <inheritdoc cref="BranchSheet.YearAsync"/>
    public async Task<IReadOnlyList<UnitYear>> RatedAsync(string unit, int year, CancellationToken cancel) =>
        await BranchSheet.YearAsync(source, await ViewerAsync(), unit, year, Today, cancel);

    /// <summary>As <see cref="BranchSheet.MembersAsync"/>; that they were opened is recorded first.</summary>
    public async Task<IReadOnlyList<MemberYear>> RatedMembersAsync(string branch, int year, CancellationToken cancel)
    {
        var viewer = await ViewerAsync();
        await readings.RecordAsync(viewer, new(ReadingKind.List, "Xếp loại đảng viên", branch, Period.Year(year)), cancel);
        return await BranchSheet.MembersAsync(source, viewer, branch, year, Today, cancel);
    }

    /// <inheritdoc cref="TargetSheet.AskAsync"/>
    public async Task<TargetSheet> TargetsAsync(string unit, Period period, CancellationToken cancel) =>
        await TargetSheet.AskAsync(source, definitions, await ViewerAsync(), unit, period, Today, cancel);

    /// <inheritdoc cref="TargetProgress.AskAsync"/>
    public async Task<TargetProgress> ProgressAsync(TargetSheet sheet, Period period, CancellationToken cancel) =>
        await TargetProgress.AskAsync(source, definitions, await ViewerAsync(), sheet, period, cancel);

    /// <summary>Rows about a person, to be corrected one by one; that he was opened is recorded first.</summary>
    public async Task<IReadOnlyList<AmendableRow>> RowsOfPersonAsync(string code, DateOnly day, CancellationToken cancel)
    {
        var viewer = await ViewerAsync();
        await readings.RecordAsync(viewer, new(ReadingKind.Person, code, viewer.Unit, new(day, day)), cancel);
        return await AmendableRows.OfPersonAsync(source, viewer, code, day, cancel);
    }

    /// <summary>The same about a unit.</summary>
    public async Task<IReadOnlyList<AmendableRow>> RowsOfUnitAsync(string code, DateOnly day, CancellationToken cancel)
    {
        var viewer = await ViewerAsync();
        await readings.RecordAsync(viewer, new(ReadingKind.Unit, code, viewer.Unit, new(day, day)), cancel);
        return await AmendableRows.OfUnitAsync(source, viewer, code, day, cancel);
    }

    /// <summary>A village's page; where it names people, that it was opened is recorded first.</summary>
    /// <param name="isOpened">False for a first sketch of the page, which shows nothing yet.</param>
    /// <exception cref="UnknownNameException">No such village for this viewer.</exception>
    public async Task<VillageHistory> VillageAsync(string code, DateOnly day, bool isOpened, CancellationToken cancel)
    {
        var viewer = await ViewerAsync();
        if (isOpened && viewer.May(Right.OpenPeople))
            await readings.RecordAsync(viewer, new(ReadingKind.Village, code, viewer.Unit, new(day, day)), cancel);
        return await VillageHistory.AskAsync(source, viewer, code, day, cancel);
    }

    /// <summary>A unit's page; where it names people, that it was opened is recorded first.</summary>
    /// <exception cref="UnknownNameException">No such unit for this viewer on the day, or it did not exist.</exception>
    public async Task<UnitHistory> UnitAsync(string code, DateOnly day, CancellationToken cancel)
    {
        var viewer = await ViewerAsync();
        if (viewer.May(Right.OpenPeople))
            await readings.RecordAsync(viewer, new(ReadingKind.Unit, code, viewer.Unit, new(day, day)), cancel);
        return await UnitHistory.AskAsync(source, definitions, viewer, code, day, cancel);
    }

    /// <summary>What was written of a code within a year, the newest first; that it was opened is recorded first.</summary>
    public async Task<IReadOnlyList<TrailEntry>> LatelyAsync(string code, int most, CancellationToken cancel) =>
        await trail.ReadAsync(await ViewerAsync(), new(new(Today.AddYears(-1), Today), null, code, null), 0, most, cancel);

    public static string UnitPage(string code, DateOnly day) => $"/to-chuc/don-vi?ma={Uri.EscapeDataString(code)}&ngay={Day(day)}";

    /// <inheritdoc cref="YearCalendar.AskAsync"/>
    public async Task<YearCalendar> CalendarAsync(string unit, int year, CancellationToken cancel) =>
        await YearCalendar.AskAsync(source, definitions, await ViewerAsync(), unit, year, Today, cancel);

    public static string CalendarPage(string? unit, int year) =>
        string.Create(CultureInfo.InvariantCulture, $"/lich-nam?nam={year}{(unit is null ? "" : $"&don-vi={Uri.EscapeDataString(unit)}")}");

    /// <summary>Where an obligation of the calendar is done.</summary>
    public static string Address(CalendarEntry entry, string unit) => entry.Rule.Address
        .Replace("{unit}", Uri.EscapeDataString(unit), StringComparison.Ordinal)
        .Replace("{year}", entry.About.To.Year.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace("{from}", Day(entry.About.From), StringComparison.Ordinal)
        .Replace("{to}", Day(entry.About.To), StringComparison.Ordinal);

    public async Task<Due> DueAsync() => new(source, await ViewerAsync());

    /// <summary>What waits, with its rows; where these name people, that they were opened is recorded first.</summary>
    public async Task<IReadOnlyList<DueRow>> DueRowsAsync(DueKind kind, string? unit, DateOnly day, int skip, CancellationToken cancel)
    {
        var viewer = await ViewerAsync();
        if (kind.NamesPeople)
            await readings.RecordAsync(viewer, new(ReadingKind.List, kind.Caption, unit ?? viewer.Unit, Due.Window(day)), cancel);
        return await new Due(source, viewer).RowsAsync(kind, unit, day, skip, cancel);
    }

    /// <summary>Where what waits is done.</summary>
    public static string Address(DueKind kind, DueRow row, DateOnly day) => kind.Address
        .Replace("{code}", Uri.EscapeDataString(row.Code), StringComparison.Ordinal)
        .Replace("{unit}", Uri.EscapeDataString(row.Unit ?? ""), StringComparison.Ordinal)
        .Replace("{day}", Day(day), StringComparison.Ordinal)
        .Replace("{year}", day.Year.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace("{from}", Day(Due.Window(day).From), StringComparison.Ordinal);

    /// <summary>Hits of the search as of a day; where they name people, that these were shown is recorded first, and what was typed is not.</summary>
    /// <param name="only">The one kind looked for; null for all.</param>
    public async Task<IReadOnlyList<Found>> SearchAsync(string asked, DateOnly day, CancellationToken cancel, FoundKind? only = null)
    {
        var viewer = await ViewerAsync();
        var found = await RegisterSearch.AskAsync(source, viewer, asked, day, cancel, only);
        var people = found.Where(hit => hit.Kind == FoundKind.Person).Select(hit => hit.Code).ToList();
        if (people.Count > 0)
            await readings.RecordAsync(viewer, new(ReadingKind.Search, string.Join(' ', people), viewer.Unit, new(day, day)), cancel);
        return found;
    }

    public async Task<Guid> OrderAsync(ListWish wish, CancellationToken cancel) => await orders.ListAsync(await ViewerAsync(), wish, await NameAsync(), cancel);

    public async Task<Guid> OrderAsync(ReportWish wish, CancellationToken cancel) => await orders.ReportAsync(await ViewerAsync(), wish, await NameAsync(), cancel);

    /// <summary>What is recorded when a list is opened: a cell of a form as evidence of its report.</summary>
    public static Reading Opening(ListRequest list) =>
        new(list.Subject.Contains(':', StringComparison.Ordinal) ? ReadingKind.Evidence : ReadingKind.List, list.Subject, list.Unit, list.Period, list.Map);

    /// <summary>A day in an address: yyyy-MM-dd. What no register holds is no day.</summary>
    public static DateOnly? Day(string? text) =>
        DateOnly.TryParseExact(text, DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is > 1900 and < 2200 ? day : null;

    public static string Day(DateOnly day) => day.ToString(DayFormat, CultureInfo.InvariantCulture);

    /// <summary>The address of the rows behind a number; a yearly figure of a report carries its year behind its code.</summary>
    /// <param name="code">See <see cref="ListSubject.CodeOf"/>.</param>
    /// <param name="part">Only the rows that stood in this part of the unit; null for all.</param>
    /// <param name="map">The map day of the number; null where it goes by the units of each day.</param>
    /// <returns>Null where the number has no list of its own.</returns>
    public string? ListAddress(string code, string unit, Period period, string? part = null, DateOnly? map = null)
    {
        var subject = ListSubject.Find(definitions, code, period) ?? (code.Length > YearLength ? ListSubject.Find(definitions, code[..^YearLength], period) : null);
        return subject is null
            ? null
            : $"/danh-sach?so-lieu={Uri.EscapeDataString(subject.Code)}&don-vi={Uri.EscapeDataString(unit)}&tu={Day(period.From)}&ngay={Day(period.To)}{(part is null ? "" : $"&phan={Uri.EscapeDataString(part)}")}{OnMap(map, period.To)}";
    }

    /// <summary>The page of what a code names.</summary>
    /// <param name="day">On which it is looked at.</param>
    /// <param name="window">The days of the question in which the code stands; null for the day.</param>
    /// <param name="map">Its map day.</param>
    /// <returns>Null where the code names nothing that has a page.</returns>
    public static string? Address(Named names, string code, DateOnly day, Period? window = null, DateOnly? map = null) => names switch
    {
        Named.Person => $"/dang-vien?ma={Uri.EscapeDataString(code)}&ngay={Day(day)}"
            + (window is null || (window.From == day && window.To == day) ? "" : $"&tu={Day(window.From)}&den={Day(window.To)}") + OnMap(map, window?.To ?? day),
        Named.Village => $"/ban?ma={Uri.EscapeDataString(code)}&ngay={Day(day)}",
        Named.Unit => $"/to-chuc?ngay={Day(day)}&don-vi={Uri.EscapeDataString(code)}",
        _ => null,
    };

    /// <summary>Where a hit of the search leads: the page of it on its day; an issued report's is a file.</summary>
    public static string Address(Found hit) => hit.Kind switch
    {
        FoundKind.Person => Address(Named.Person, hit.Code, hit.Day)!,
        FoundKind.Unit => UnitPage(hit.Code, hit.Day),
        FoundKind.Village => Address(Named.Village, hit.Code, hit.Day)!,
        FoundKind.Decision => $"/to-chuc/quyet-dinh?so={Uri.EscapeDataString(hit.Code)}",
        FoundKind.Import => Pages.Journal.OfImport(long.Parse(hit.Code, CultureInfo.InvariantCulture), hit.At!.Value),
        _ => $"/bao-cao-da-lap/{hit.Code}/tep",
    };

    /// <summary>What an address says of today's map; the day where it is not the question's own.</summary>
    public static string OnMap(DateOnly? map, DateOnly until) => map is not { } day ? "" : day == until ? "&ban-do=true" : $"&ban-do=true&ngay-ban-do={Day(day)}";

    /// <summary>The day from which on the map of a question is looked for, as its address says; null for the units of each day.</summary>
    public static DateOnly? Map(bool onMap, string? day, DateOnly until) => onMap ? Day(day) ?? until : null;
}
