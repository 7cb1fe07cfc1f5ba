using SinHo.Reporting.Faces;

namespace SinHo.Reporting.Host;

/// <summary>What --out asks for, by the ending of the file. Source: docs/spec, command line.</summary>
public static class OutFile
{
    /// <param name="kinds">What the command writes.</param>
    /// <exception cref="UsageException">It writes no such files, or none can stand there.</exception>
    public static FileKind Kind(string path, params ReadOnlySpan<FileKind> kinds)
    {
        var ending = Path.GetExtension(path).ToLowerInvariant();
        foreach (var kind in kinds)
        {
            if (ending == FileKinds.Ending(kind))
                return Standing(path, kind);
        }
        var endings = kinds.ToArray().Select(FileKinds.Ending).ToList();
        var known = endings.Count == 1 ? endings[0] : $"{string.Join(", ", endings.SkipLast(1))} hoặc {endings[^1]}";
        throw new UsageException(ending.Length == 0 ? $"--out {path}: tên tệp phải có đuôi {known}." : $"--out {path}: không ghi loại tệp “{ending}” ở đây; hãy nêu tệp {known}.");
    }

    /// <summary>Said before anything is counted, not after minutes of it.</summary>
    private static FileKind Standing(string path, FileKind kind)
    {
        if (Directory.Exists(path))
            throw new UsageException($"--out {path}: đó là một thư mục; hãy nêu tên tệp.");
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder && !Directory.Exists(folder))
            throw new UsageException($"--out {path}: không có thư mục {folder}; hãy tạo thư mục đó hoặc nêu thư mục khác.");
        return kind;
    }
}
