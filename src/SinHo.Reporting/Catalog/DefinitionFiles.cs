using System.Text;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace SinHo.Reporting.Catalog;

/// <summary>YAML files of definitions as they are read, and the faults found in them: all of them, each with its place.</summary>
internal sealed class DefinitionFiles(string root)
{
    private static readonly IDeserializer Yaml = new DeserializerBuilder()
        .WithNamingConvention(UnderscoredNamingConvention.Instance)
        .Build();

    private readonly Dictionary<string, string[]> lines = new(StringComparer.Ordinal);

    public List<string> Faults { get; } = [];

    /// <summary>Whether some file says nothing at all: what others take from it cannot be judged.</summary>
    public bool SomeUnreadable { get; private set; }

    /// <summary>What a file says. Where keys are wrong it is read as it was most likely meant, so that one slip is one fault.</summary>
    /// <returns>Null where even that cannot be guessed; the faults say why.</returns>
    public T? Parse<T>(string file)
        where T : class
    {
        try
        {
            var yaml = new YamlStream();
            using (var text = File.OpenText(file))
                yaml.Load(text);
            if (yaml.Documents.Count == 0)
                Fault(file, "tệp không có nội dung.");
            else if (Mended(file, yaml.Documents[0].RootNode, typeof(T)) is { } mended)
                return Yaml.Deserialize<T>(Text(mended));
        }
        catch (YamlException problem) when (problem.InnerException is null && problem.Message.Contains("uplicate", StringComparison.Ordinal))
        {
            Faults.Add($"{Short(file)}, dòng {problem.Start.Line}: một khóa đứng hai lần trong cùng một mục; hãy bỏ một dòng.");
        }
        catch (YamlException problem)
        {
            Faults.Add($"{Short(file)}, dòng {problem.Start.Line}, cột {problem.Start.Column}: không phải YAML; hãy xem lại thụt dòng, dấu ngoặc, dấu nháy và dấu hai chấm ở đây.");
        }
        SomeUnreadable = true;
        return null;
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

    private YamlNode? Mended(string file, YamlNode node, Type type)
    {
        var shape = new YamlShape(fault => Faults.Add($"{Short(file)}, dòng {fault.Line}: {fault.Problem}"));
        var mended = shape.Mend(node, type);
        SomeUnreadable |= shape.SomethingLost;
        return shape.SomethingLost ? null : mended;
    }

    private static string Text(YamlNode node)
    {
        var text = new StringBuilder();
        using var writer = new StringWriter(text, System.Globalization.CultureInfo.InvariantCulture);
        new YamlStream(new YamlDocument(node)).Save(writer, assignAnchors: false);
        return text.ToString();
    }

    private string Short(string file) => Path.GetRelativePath(root, file);
}
