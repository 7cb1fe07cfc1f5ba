namespace SinHo.Reporting.Faces;

/// <summary>Files that are whole whenever they can be seen: written beside, flushed, then given their name.</summary>
internal static class WrittenFile
{
    /// <exception cref="IOException">The file cannot be written; a former one is left as it was.</exception>
    public static void Save(string path, Action<Stream> write)
    {
        var target = Path.GetFullPath(path);
        var unfinished = Path.Combine(Path.GetDirectoryName(target)!, $".{Path.GetFileName(target)}.{Guid.NewGuid():N}.tmp");
        try
        {
            using (var file = new FileStream(unfinished, FileMode.CreateNew, FileAccess.ReadWrite))
            {
                write(file);
                file.Flush(flushToDisk: true);
            }
            OwnFiles.Settle(unfinished);
            File.Move(unfinished, target, overwrite: true);
        }
        catch
        {
            File.Delete(unfinished);
            throw;
        }
    }
}
