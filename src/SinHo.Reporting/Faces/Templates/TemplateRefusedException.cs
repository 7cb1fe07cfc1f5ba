namespace SinHo.Reporting.Faces.Templates;

/// <summary>A template that cannot be used; every reason is named, with sheet and cell where it has one, and what to do.</summary>
public sealed class TemplateRefusedException(string file, IReadOnlyList<string> faults) :
    RefusalException($"Không dùng được mẫu {file}:{Environment.NewLine}{Lines(faults.Select(fault => $"- {fault}"))}", RefusalKind.Refused)
{
    public IReadOnlyList<string> Faults => faults;
}
