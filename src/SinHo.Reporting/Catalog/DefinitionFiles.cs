using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace SinHo.Reporting.Catalog;

/// <summary>YAML files of definitions as they are read, and the faults found in them: all of them, each with its place.</summary>
internal sealed class DefinitionFiles(string root)
{
    private static readonly IDeserializer Yaml = new DeserializerBuilder()
        .WithNamingConvention(UnderscoredNamingConvention.Instance)
        .WithDuplicateKeyChecking()
        .WithEnforceRequiredMembers()
        .Build();

    private readonly Dictionary<string, string[]> lines = new(StringComparer.Ordinal);

    public List<string> Faults { get; } = [];

    public T? Parse<T>(string file)
        where T : class
    {
        try
        {
            return Yaml.Deserialize<T>(File.ReadAllText(file));
        }
        catch (YamlException problem)
        {
            Faults.Add($"{Short(file)}, dòng {problem.Start.Line}: {problem.InnerException?.Message ?? problem.Message}");
            return null;
        }
    }

    public void Fault(string file, string problem) => Faults.Add($"{Short(file)}: {problem}");

    /// <summary>A fault of what stands under a key: at the first line that begins with it.</summary>
    public void Fault(string file, string key, string problem)
    {
        if (!lines.TryGetValue(file, out var text))
            lines[file] = text = File.ReadAllLines(file);
        var line = Array.FindIndex(text, one => one.TrimStart(' ', '"', '\'', '{').StartsWith(key, StringComparison.Ordinal)
            && one.TrimStart(' ', '"', '\'', '{')[key.Length..].TrimStart('"', '\'', ' ').StartsWith(':'));
        Faults.Add(line < 0 ? $"{Short(file)}: {problem}" : $"{Short(file)}, dòng {line + 1}: {problem}");
    }

    private string Short(string file) => Path.GetRelativePath(root, file);
}
