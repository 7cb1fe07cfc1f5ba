namespace SinHo.Reporting.Host.Web;

/// <summary>Workbooks that commands left in the folder of reports.</summary>
public sealed class MadeFiles(string folder)
{
    public string Folder { get; } = Path.GetFullPath(folder);

    /// <summary>The newest first; only .xlsx files directly in the folder.</summary>
    public IReadOnlyList<FileInfo> List() =>
    [
        .. new DirectoryInfo(Folder).EnumerateFiles("*.xlsx").Where(file => !file.Name.StartsWith('.')).OrderByDescending(file => file.LastWriteTimeUtc),
    ];

    /// <returns>Null where the folder offers no such file.</returns>
    public FileInfo? Find(string name) => List().FirstOrDefault(file => file.Name == name);
}
