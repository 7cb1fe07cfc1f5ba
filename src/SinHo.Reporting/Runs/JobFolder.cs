namespace SinHo.Reporting.Runs;

/// <summary>
/// Where the holder of a job writes before anything is kept. What lies there names people: only the program's own account may look inside,
/// and what a killed holder left goes with it.
/// </summary>
internal sealed class JobFolder : IDisposable
{
    private readonly string prefix;
    private readonly string folder;

    public JobFolder(JobHold hold)
    {
        prefix = $"sinho-job-{hold.Job.JobId:N}-";
        RemoveAll();
        folder = Path.Combine(Path.GetTempPath(), $"{prefix}{hold.Epoch}");
        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public string File(string name) => Path.Combine(folder, name);

    public void Dispose() => RemoveAll();

    private void RemoveAll()
    {
        foreach (var left in Directory.GetDirectories(Path.GetTempPath(), prefix + "*"))
            Directory.Delete(left, recursive: true);
    }
}
