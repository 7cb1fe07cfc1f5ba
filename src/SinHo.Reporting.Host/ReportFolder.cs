namespace SinHo.Reporting.Host;

/// <summary>Where finished reports are kept when nobody says otherwise. Reports name people: only their owner may read them.</summary>
public static class ReportFolder
{
    public static string Of(Workplace place) => Path.Combine(place.Folder ?? Environment.CurrentDirectory, "bao-cao");

    public static void Make(string folder)
    {
        if (!Directory.Exists(folder))
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
