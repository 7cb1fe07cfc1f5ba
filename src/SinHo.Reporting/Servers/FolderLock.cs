namespace SinHo.Reporting.Servers;

/// <summary>Locks between processes on files of the data folder; the system lets go of them when a process dies.</summary>
internal static class FolderLock
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    /// <summary>Waits until nobody else holds the file.</summary>
    public static async Task<FileStream> TakeAsync(string file, CancellationToken cancel)
    {
        while (true)
        {
            if (TryTake(file) is { } taken)
                return taken;
            await Task.Delay(Pause, cancel);
        }
    }

    /// <summary>The file for oneself alone, or null when anybody else holds it.</summary>
    public static FileStream? TryTake(string file)
    {
        try
        {
            return Open(file, FileShare.None);
        }
        catch (IOException held) when (held.HResult == WouldBlock)
        {
            return null;
        }
    }

    /// <summary>The file together with others who share it. Nobody may hold it alone.</summary>
    public static FileStream Share(string file) => Open(file, FileShare.ReadWrite);

    // .NET turns FileShare.None into an exclusive flock and every other mode into a shared one; both fail at once when refused.
    private static FileStream Open(string file, FileShare share) => new(file, new FileStreamOptions
    {
        Mode = FileMode.OpenOrCreate,
        Access = FileAccess.ReadWrite,
        Share = share,
        BufferSize = 0,
        UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
    });

    /// <summary>EWOULDBLOCK of Linux.</summary>
    private const int WouldBlock = 11;
}
