using Microsoft.AspNetCore.Components.Server.Circuits;
using SinHo.Reporting.Access;
using SinHo.Reporting.Events;
using SinHo.Reporting.Exchange;
using SinHo.Reporting.Facts;
using SinHo.Reporting.Reports;
using SinHo.Reporting.Rolls;
using SinHo.Reporting.Signing;
using SinHo.Reporting.Sums;

namespace SinHo.Reporting.Host.Web;

/// <summary>What pages ask, beside jobs and accounts.</summary>
public static class DeskServices
{
    /// <param name="reports">Folder of workbooks that commands made.</param>
    public static void AddDesk(this WebApplicationBuilder builder, string reports)
    {
        var services = builder.Services;
        services.AddSingleton(new MadeFiles(reports));
        services.AddSingleton<NamelessWorkbook>();
        services.AddSingleton<Uploads>();
        services.AddSingleton<EventDoor>();
        services.AddSingleton<EventRequests>();
        services.AddSingleton<Approvals>();
        services.AddSingleton<KnownLayouts>();
        services.AddSingleton<ImportHistory>();
        services.AddSingleton<RollHistory>();
        services.AddSingleton<RollDesk>();
        services.AddSingleton<RegisterTrail>();
        services.AddSingleton<AccessJournal>();
        services.AddSingleton<SettingTable>();
        services.AddSingleton<Drafts>();
        services.AddSingleton<SignedReports>();
        services.AddSingleton<Signers>();
        services.AddSingleton<PeriodLocks>();
        services.AddSingleton<SigningRoom>();
        services.AddSingleton<Attachments>();
        services.AddSingleton<Outbox>();
        services.AddSingleton<OwnRegister>();
        services.AddSingleton<Senders>();
        services.AddSingleton<ReceivedReports>();
        services.AddSingleton<SumRoom>();
        services.AddSingleton<Orders>();
        services.AddSingleton<AlarmWatch>();
        services.AddSingleton<ReaderPositions>();
        services.AddScoped<Desk>();
        services.AddScoped<DraftStore>();
        services.AddScoped<PageSocket>();
        services.AddScoped<CircuitHandler>(provider => provider.GetRequiredService<PageSocket>());
    }
}
