using System.Runtime.InteropServices;

namespace SinHo.Reporting;

/// <summary>
/// Who may read what the program writes: its owner alone, whatever the umask it was started with. A file that goes into a folder outside the data
/// folder gets the mode it would have had there.
/// </summary>
public static class OwnFiles
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private const UnixFileMode Everybody = (UnixFileMode)0b110_110_110;

    /// <summary>What is taken from a file that others may have; as the program was started.</summary>
    private static UnixFileMode taken = (UnixFileMode)0b010_010;

    private static string? home;

    /// <summary>To be called once, before anything is written.</summary>
    public static void CloseToOthers() => taken = (UnixFileMode)NativeMethods.umask(0b111_111);

    /// <summary>Takes a data folder for the program's own, and mends the modes of what earlier versions or a wide umask left there.</summary>
    /// <param name="folder">Without symbolic links.</param>
    /// <param name="apart">A folder in it that another account may own, with a rule of its own.</param>
    public static void Take(string folder, string apart)
    {
        home = folder;
        foreach (var entry in new DirectoryInfo(folder).EnumerateFileSystemInfos())
        {
            if (entry.FullName != apart)
                Mend(entry);
        }
    }

    /// <summary>A finished file that is about to take its name: the rule of its folder holds for it.</summary>
    /// <param name="file">As it is called now.</param>
    public static void Settle(string file)
    {
        if (home is null || !Path.GetFullPath(file).StartsWith(home + "/", StringComparison.Ordinal))
            File.SetUnixFileMode(file, Everybody & ~taken);
    }

    private static void Mend(FileSystemInfo entry)
    {
        // What a link leads to is not the program's.
        if (entry.LinkTarget is not null)
            return;
        try
        {
            var mode = entry.UnixFileMode;
            if ((mode & ~Owner) != UnixFileMode.None)
                File.SetUnixFileMode(entry.FullName, mode & Owner);
            if (entry is DirectoryInfo inner)
            {
                foreach (var one in inner.EnumerateFileSystemInfos())
                    Mend(one);
            }
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException)
        {
            // Another process has removed it, or it belongs to somebody else.
        }
    }

    private static class NativeMethods
    {
        [DllImport("libc")]
        public static extern int umask(int mask);
    }
}
