using SinHo.Reporting.Catalog;

namespace SinHo.Reporting.Host.Web;

/// <summary>What readers call reports and lists, whose names are for machines.</summary>
public static class Titles
{
    /// <returns>The name itself where there is no such report any more.</returns>
    public static string Report(Definitions definitions, string? name) => definitions.Reports.FirstOrDefault(one => one.Name == name)?.Caption ?? name ?? "";

    /// <summary>The caption of a figure or report; the name itself where it is neither.</summary>
    public static string Subject(Definitions definitions, string name) =>
        definitions.Has(name) ? definitions[name].Indicator.Caption : Report(definitions, name);
}
