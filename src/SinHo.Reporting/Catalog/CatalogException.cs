namespace SinHo.Reporting.Catalog;

/// <summary>Definitions that cannot be used; one line per fault, each with its file.</summary>
public sealed class CatalogException(IReadOnlyList<string> faults) : RefusalException($"Định nghĩa có {faults.Count} lỗi:{Environment.NewLine}{Lines(faults)}", RefusalKind.Failed)
{
    public IReadOnlyList<string> Faults => faults;
}
