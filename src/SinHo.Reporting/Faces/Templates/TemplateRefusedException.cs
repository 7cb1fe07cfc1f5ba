namespace SinHo.Reporting.Faces.Templates;

/// <summary>A template that cannot be used; every reason is named, with sheet and cell where it has one, and what to do.</summary>
public sealed class TemplateRefusedException(string file, IReadOnlyList<string> faults) :
    RefusalException($"Không dùng được mẫu {Shown(file)}:{Environment.NewLine}{Lines(faults.Select(fault => $"- {fault}"))}", RefusalKind.Refused)
{
    public IReadOnlyList<string> Faults => faults;

    /// <summary>A template that came with the program is named as in the source tree; another one as it was given.</summary>
    private static string Shown(string file) =>
        file.StartsWith(AppContext.BaseDirectory, StringComparison.Ordinal) ? Path.GetRelativePath(AppContext.BaseDirectory, file) : file;
}
