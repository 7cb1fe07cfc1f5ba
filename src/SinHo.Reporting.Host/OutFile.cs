using SinHo.Reporting.Faces;

namespace SinHo.Reporting.Host;

/// <summary>What --out asks for, by the ending of the file. Source: docs/spec, command line.</summary>
public static class OutFile
{
    /// <param name="kinds">What the command writes.</param>
    /// <exception cref="UsageException">It writes no such files.</exception>
    public static FileKind Kind(string path, params ReadOnlySpan<FileKind> kinds)
    {
        var ending = Path.GetExtension(path).ToLowerInvariant();
        foreach (var kind in kinds)
        {
            if (ending == FileKinds.Ending(kind))
                return kind;
        }
        var endings = kinds.ToArray().Select(FileKinds.Ending).ToList();
        var known = endings.Count == 1 ? endings[0] : $"{string.Join(", ", endings.SkipLast(1))} hoặc {endings[^1]}";
        throw new UsageException(ending.Length == 0 ? $"--out {path}: tên tệp phải có đuôi {known}." : $"--out {path}: không ghi loại tệp “{ending}” ở đây; hãy nêu tệp {known}.");
    }
}
