using System.Globalization;
using Microsoft.AspNetCore.Components.Authorization;
using SinHo.Reporting.Access;
using SinHo.Reporting.Catalog;
using SinHo.Reporting.Faces;
using SinHo.Reporting.Facts;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Reports;

namespace SinHo.Reporting.Host.Web;

/// <summary>What every page begins with: who looks, what day it is, which units there are for him.</summary>
public sealed class Desk(AuthenticationStateProvider session, TimeProvider clock, StatisticsSource source, Definitions definitions, Readings readings)
{
    private const string DayFormat = "yyyy-MM-dd";

    public DateTimeOffset Now => clock.GetUtcNow();

    public DateOnly Today => Vietnamese.Today(Now);

    /// <exception cref="UnauthorizedAccessException">Nobody has signed in.</exception>
    public async Task<Viewer> ViewerAsync() =>
        Door.Viewer((await session.GetAuthenticationStateAsync()).User) ?? throw new UnauthorizedAccessException("Nobody has signed in.");

    /// <summary>The account's name, as jobs and trails keep it.</summary>
    public async Task<string> NameAsync() => (await session.GetAuthenticationStateAsync()).User.Identity?.Name ?? "";

    public async Task<UnitDirectory> UnitsAsync() => new(source, await ViewerAsync());

    public async Task<ReportBuilder> ReportsAsync() => new(source, definitions, await ViewerAsync());

    public async Task<Overview> OverviewAsync(string unit, DateOnly day, CancellationToken cancel) =>
        await Overview.AskAsync(source, definitions, await ViewerAsync(), unit, day, cancel);

    /// <summary>A page of people or organisations; that it was opened is recorded first.</summary>
    public async Task<ListPage> ListAsync(string figure, string unit, Period period, ListView view, CancellationToken cancel)
    {
        var viewer = await ViewerAsync();
        await readings.RecordAsync(viewer, new(ReadingKind.List, figure, unit, period), cancel);
        return await new ListPages(source, definitions, viewer).ReadAsync(figure, unit, period, view, cancel);
    }

    /// <summary>A day in an address: yyyy-MM-dd.</summary>
    public static DateOnly? Day(string? text) =>
        DateOnly.TryParseExact(text, DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    public static string Day(DateOnly day) => day.ToString(DayFormat, CultureInfo.InvariantCulture);

    /// <summary>The address of the rows behind a figure; a yearly figure of a report carries its year behind its code.</summary>
    /// <returns>Null where the figure has no list of its own.</returns>
    public string? ListAddress(string code, string unit, Period period)
    {
        var name = definitions.Has(code) ? code : code.Length > 5 && definitions.Has(code[..^5]) ? code[..^5] : null;
        return name is null ? null : $"/danh-sach?so-lieu={name}&don-vi={Uri.EscapeDataString(unit)}&tu={Day(period.From)}&ngay={Day(period.To)}";
    }
}
