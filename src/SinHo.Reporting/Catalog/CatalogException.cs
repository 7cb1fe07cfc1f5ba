namespace SinHo.Reporting.Catalog;

/// <summary>Definitions that cannot be used; one line per fault, each with its file.</summary>
public sealed class CatalogException(IReadOnlyList<string> faults) : Exception(string.Join(Environment.NewLine, faults))
{
    public IReadOnlyList<string> Faults => faults;
}
