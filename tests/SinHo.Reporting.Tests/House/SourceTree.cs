namespace SinHo.Reporting.Tests.House;

/// <summary>The tree these tests were built from: what they say about documents and sources is read there.</summary>
internal static class SourceTree
{
    public static string Root { get; } = Above(AppContext.BaseDirectory);

    public static string Read(params string[] path) => File.ReadAllText(Path.Combine([Root, .. path]));

    /// <summary>Files that belong to the tree, as paths below its root with "/"; nothing that a build or a run left.</summary>
    public static IEnumerable<string> Files() => Directory.EnumerateFiles(Root, "*", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(Root, path))
        .Where(path => !path.Split('/').Any(part => part is "bin" or "obj" or ".git" or ".sinho" or "out"));

    private static string Above(string folder)
    {
        for (var place = new DirectoryInfo(folder); place is not null; place = place.Parent)
        {
            if (File.Exists(Path.Combine(place.FullName, "SinHo.Reporting.sln")))
                return place.FullName;
        }
        throw new DirectoryNotFoundException($"No SinHo.Reporting.sln in {folder} or above it: these tests run in the tree they were built from.");
    }
}
