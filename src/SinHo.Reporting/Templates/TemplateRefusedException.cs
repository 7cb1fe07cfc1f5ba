namespace SinHo.Reporting.Templates;

/// <summary>A template that cannot be used; every reason is named, with sheet and cell where it has one, and what to do.</summary>
public sealed class TemplateRefusedException(string file, IReadOnlyList<string> faults) :
    Exception($"Không dùng được mẫu {file}:{Environment.NewLine}{string.Join(Environment.NewLine, faults.Select(fault => $"- {fault}"))}")
{
    public IReadOnlyList<string> Faults => faults;
}
