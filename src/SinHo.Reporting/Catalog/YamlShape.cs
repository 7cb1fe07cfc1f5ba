using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using SinHo.Reporting.Words;
using YamlDotNet.RepresentationModel;
using YamlDotNet.Serialization.NamingConventions;

namespace SinHo.Reporting.Catalog;

/// <param name="Line">Counted from 1.</param>
internal readonly record struct ShapeFault(long Line, string Problem);

/// <summary>
/// Holds a YAML file against the type it is read into: keys nobody knows, required keys that are missing, words and numbers where none fits.
/// Every fault is told, in Vietnamese, with the nearest key; the tree that comes back has them mended by guess, so that nothing else seems wrong because of them.
/// </summary>
internal sealed class YamlShape(Action<ShapeFault> fault)
{
    private readonly NullabilityInfoContext nullability = new();

    /// <summary>Whether something had to be left out: what speaks of it elsewhere cannot be judged.</summary>
    public bool SomethingLost { get; private set; }

    /// <returns>Null where the file has not even the form that is needed.</returns>
    public YamlNode? Mend(YamlNode? node, Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (node is null || type == typeof(object))
            return node;
        if (IsDictionary(type))
            return Entries(node, type.GetGenericArguments()[1]);
        if (IsList(type))
            return Items(node, type.GetGenericArguments()[0]);
        return type == typeof(string) || type.IsPrimitive || type.IsEnum ? Scalar(node, type) : Members(node, type);
    }

    private static bool IsDictionary(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Dictionary<,>);

    private static bool IsList(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(List<>);

    private static string KeyOf(MemberInfo member) => UnderscoredNamingConvention.Instance.Apply(member.Name);

    private YamlMappingNode? Entries(YamlNode node, Type values)
    {
        if (Mapping(node) is not { } mapping)
            return null;
        foreach (var (key, value) in mapping.Children.ToList())
        {
            if (!IsBlank(value))
                Put(mapping, key, Mend(value, values));
        }
        return mapping;
    }

    private YamlSequenceNode? Items(YamlNode node, Type items)
    {
        if (node is YamlSequenceNode sequence)
            return new([.. sequence.Children.Select(item => Mend(item, items)).OfType<YamlNode>()]);
        Tell(node, "cần một danh sách: mỗi mục một dòng bắt đầu bằng “- ”, hoặc [a, b].");
        return null;
    }

    private YamlMappingNode? Members(YamlNode node, Type type)
    {
        if (Mapping(node) is not { } mapping)
            return null;
        var members = type.GetProperties().Where(member => member.CanWrite).ToDictionary(KeyOf, StringComparer.Ordinal);
        foreach (var (key, value) in mapping.Children.Where(pair => !members.ContainsKey(Word(pair.Key))).ToList())
        {
            var absent = members.Keys.Where(name => !mapping.Children.ContainsKey(name)).ToList();
            var required = absent.Where(name => IsRequired(members[name])).ToList();
            var meant = NearestWord.To(Word(key), absent) ?? (required.Count == 1 ? required[0] : null);
            Tell(key, meant is null
                ? $"không có khóa “{Word(key)}” ở đây; các khóa dùng được: {string.Join(", ", members.Keys)}."
                : $"không có khóa “{Word(key)}” ở đây. Có phải “{meant}”?");
            mapping.Children.Remove(key);
            if (meant is not null)
                mapping.Children[meant] = value;
        }
        foreach (var (name, member) in members)
        {
            if (!mapping.Children.TryGetValue(name, out var value))
            {
                if (!IsRequired(member))
                    continue;
                Tell(mapping, $"thiếu khóa “{name}”.");
                SomethingLost = true;
                return null;
            }
            if (!IsBlank(value))
                Put(mapping, name, Mend(value, member.PropertyType));
            else if (nullability.Create(member).WriteState != NullabilityState.Nullable)
                Tell(value, $"khóa “{name}” để trống.");
        }
        return mapping;
    }

    private YamlNode? Scalar(YamlNode node, Type type)
    {
        if (node is not YamlScalarNode scalar)
        {
            Tell(node, "cần một giá trị, không phải danh sách hay mục con; chữ có dấu { [ : # ở đầu phải đặt trong dấu nháy.");
            return null;
        }
        var text = scalar.Value ?? "";
        if (type.IsEnum)
        {
            var words = Enum.GetNames(type).Select(UnderscoredNamingConvention.Instance.Apply).ToList();
            if (words.Contains(text))
                return node;
            Tell(node, $"“{text}” không dùng được ở đây; chỉ có {string.Join(", ", words)}{(NearestWord.To(text, words) is { } near ? $". Có phải “{near}”?" : ".")}");
            return new YamlScalarNode(words[0]);
        }
        if (type == typeof(bool) && text is not ("true" or "false"))
        {
            Tell(node, $"“{text}” không dùng được ở đây; chỉ có true hoặc false.");
            return new YamlScalarNode("false");
        }
        if (type == typeof(int) && !int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _))
        {
            Tell(node, $"“{text}” không phải là số nguyên.");
            return new YamlScalarNode("0");
        }
        return node;
    }

    private YamlMappingNode? Mapping(YamlNode node)
    {
        if (node is YamlMappingNode mapping)
            return mapping;
        Tell(node, "cần các khóa, mỗi khóa một dòng “khóa: giá trị”.");
        return null;
    }

    private void Put(YamlMappingNode mapping, YamlNode key, YamlNode? value)
    {
        mapping.Children[key] = value ?? new YamlScalarNode("");
        SomethingLost |= value is null;
    }

    private static bool IsRequired(PropertyInfo member) => member.IsDefined(typeof(RequiredMemberAttribute));

    private static bool IsBlank(YamlNode node) => node is YamlScalarNode { Style: YamlDotNet.Core.ScalarStyle.Plain, Value: null or "" or "~" or "null" };

    private static string Word(YamlNode key) => (key as YamlScalarNode)?.Value ?? key.ToString();

    private void Tell(YamlNode node, string problem) => fault(new(node.Start.Line, problem));
}
