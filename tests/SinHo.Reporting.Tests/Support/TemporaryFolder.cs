namespace SinHo.Reporting.Tests.Support;

/// <summary>A folder under /tmp of one's own, open to nobody else at first, removed with all it holds at the end.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("sinho-test-").FullName;

    /// <summary>A path inside the folder; nothing is made there.</summary>
    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
