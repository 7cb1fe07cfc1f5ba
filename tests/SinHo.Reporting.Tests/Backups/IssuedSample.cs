using Npgsql;
using SinHo.Reporting.Catalog;
using SinHo.Reporting.Facts;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Reports;
using SinHo.Reporting.Runs;
using SinHo.Reporting.Tests.Exchange;

namespace SinHo.Reporting.Tests.Backups;

/// <summary>Reports issued as the service issues them.</summary>
internal static class IssuedSample
{
    public static async Task IssueAsync(NpgsqlDataSource database, string report, string unit, int year = 2019, bool onMap = false)
    {
        var jobs = new Jobs(database, WorkTimes.Usual);
        var period = Period.Year(year);
        var wish = new ReportWish(report, unit, period.From, period.To, period.Name, new Dictionary<string, int>(), OnMap: onMap);
        var id = await jobs.SubmitAsync(ReportWork.Wish(wish, "test"), CancellationToken.None);
        var definitions = CatalogReader.Read(AppContext.BaseDirectory);
        using var work = new ReportWork(database, new ReportBuilder(database, definitions), new FileNames(new StatisticsSource(database), definitions), new ListWork(database, new StatisticsSource(database), definitions), AppContext.BaseDirectory);
        var runner = new JobRunner(jobs, WorkTimes.Usual, "test", new Dictionary<string, Func<JobHold, Task>> { [ReportWork.Kind] = work.MakeAsync });
        var end = await runner.RunAsync(id, CancellationToken.None);
        if (end.State != JobState.Done)
            throw new InvalidOperationException("The report was not issued.", end.Problem);
    }

    /// <summary>Changes what must never change, as a fault of a disk or a program would.</summary>
    public static Task TamperAsync(this TestRegister register, string table, string change) => register.ExecuteAsync($"""
        alter table {table} disable trigger user;
        update {table} set {change};
        alter table {table} enable trigger user;
        """);
}
