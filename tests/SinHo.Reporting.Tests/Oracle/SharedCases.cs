using System.Text.Json;

namespace SinHo.Reporting.Tests;

/// <summary>The cases with known answers that all who build this program share; they lie outside the source tree.</summary>
public static class SharedCases
{
    private static readonly Lazy<string> _folder = new(Find);

    public static string WorkbookOf(string name) => Path.Combine(_folder.Value, $"{name}.xlsx");

    /// <summary>The questions and answers of a case: "expected" for figures, "forms" for forms.</summary>
    public static JsonDocument Answers(string name, string kind) =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(_folder.Value, $"{name}.{kind}.json")));

    private static string Find()
    {
        var places = new List<string>();
        if (Environment.GetEnvironmentVariable("SINHO_SHARED") is { Length: > 0 } named)
            places.Add(Path.Combine(named, "cases"));
        else
            for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
                places.Add(Path.Combine(folder.FullName, "shared", "cases"));
        return places.Find(Directory.Exists) ?? throw new DirectoryNotFoundException(
            "The shared cases are missing: set SINHO_SHARED to the folder that holds cases/, or put shared/ next to the project. "
            + $"Looked for {string.Join(", ", places)}.");
    }
}
