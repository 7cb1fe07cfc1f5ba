using SinHo.Reporting.Catalog;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Reports;

namespace SinHo.Reporting.Host.Web;

/// <summary>What readers call reports and lists, whose names are for machines.</summary>
public static class Titles
{
    /// <returns>The name itself where there is no such report any more.</returns>
    public static string Report(Definitions definitions, string? name) => definitions.Reports.FirstOrDefault(one => one.Name == name)?.Caption ?? name ?? "";

    /// <summary>What a schedule makes.</summary>
    /// <param name="list">What the saved list is called, where it is one.</param>
    public static string Scheduled(Definitions definitions, string report, string? list) => list is null ? Report(definitions, report) : $"Danh sách “{list}”";

    /// <summary>The caption of a list or a report; the name itself where it is neither.</summary>
    /// <param name="period">The days that were asked about.</param>
    public static string Subject(Definitions definitions, string name, Period period) =>
        ListSubject.Find(definitions, name, period)?.Caption ?? Report(definitions, name);
}
