using System.Text;
using YamlDotNet.Serialization;

namespace SinHo.Reporting.Register;

/// <summary>What sounds alike and is written one way or the other: data of sql/sounds.yaml, for the search.</summary>
public static class Sounds
{
    public const string FileName = "sounds.yaml";

    /// <returns>Lines in their order: the first spelling of each stands for all of it.</returns>
    /// <exception cref="YamlDotNet.Core.YamlException">No YAML of that shape.</exception>
    public static IReadOnlyList<IReadOnlyList<string>> Read(string path) =>
        new DeserializerBuilder().Build().Deserialize<List<List<string>>>(File.ReadAllText(path));

    /// <summary>SQL of the function sound_of(text), which puts in the first spelling for all, and what is searched made anew by it.</summary>
    public static string Script(string path)
    {
        var text = new StringBuilder("key");
        foreach (var line in Read(path))
        {
            foreach (var other in line.Skip(1))
                text.Insert(0, "replace(").Append(System.Globalization.CultureInfo.InvariantCulture, $", {Quoted(other)}, {Quoted(line[0])})");
        }
        return $"""
            create or replace function sound_of(key text) returns text language sql immutable as
            $$ select {text} $$;
            select refresh_search();
            """;
    }

    private static string Quoted(string word) => $"'{word.Replace("'", "''", StringComparison.Ordinal)}'";
}
