using System.Text;
using System.Text.Json;
using SinHo.Reporting.Words;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace SinHo.Reporting.Register;

/// <summary>One level of organisations, as sql/levels.yaml says it.</summary>
public sealed class Level
{
    /// <summary>What stands in the column Cấp.</summary>
    [YamlMember(Alias = "level")]
    public string Name { get; init; } = "";

    /// <summary>superior, grassroots_committee, grassroots_branch, sub_committee or branch.</summary>
    public string Role { get; init; } = "";

    /// <summary>May stand under nothing.</summary>
    public bool Root { get; init; }

    /// <summary>Roles and captions that may stand above it.</summary>
    public IList<string> Under { get; init; } = [];

    /// <summary>Types it takes: words, or names of lists.</summary>
    public IList<string> Types { get; init; } = [];

    /// <summary>By level of the parent, types that it takes besides.</summary>
    public IDictionary<string, IList<string>> Below { get; init; } = new Dictionary<string, IList<string>>();

    public LevelOnPaper Paper { get; init; } = new();

    /// <summary>always, or the first day: a unit that comes along with another, and may not keep its level under its new superior, gets this one.</summary>
    public string? ComesAlong { get; init; }

    /// <summary>The first day of <see cref="ComesAlong"/>; null where no unit gets the level without being told.</summary>
    public DateOnly? Received => ComesAlong switch
    {
        null => null,
        "always" => DateOnly.MinValue,
        var day => DateOnly.ParseExact(day, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
    };

    /// <summary>Members belong to it.</summary>
    public bool IsBranch => Role is "branch" or "grassroots_branch";

    /// <param name="above">The level of the superior; null for a root.</param>
    public bool StandsUnder(Level? above) => above is null ? Root : Under.Contains(above.Role) || Under.Contains(above.Name);

    /// <param name="above">The level of the superior; null for a root.</param>
    public bool Takes(string type, Level? above) =>
        Levels.Words(Types).Contains(type) || (above is not null && Below.TryGetValue(above.Name, out var more) && Levels.Words(more).Contains(type));
}

/// <summary>What stands on the documents of an organisation: how its committee is called, the office that writes for it, who signs.</summary>
public sealed class LevelOnPaper
{
    /// <summary>The first that fits its name and type says how it is called.</summary>
    public IList<NameOnPaper> Names { get; init; } = [];

    /// <summary>The office of the committee that makes its reports; empty where the committee makes them itself.</summary>
    public string Office { get; init; } = "";

    /// <summary>Heading of the left block of signatures.</summary>
    public string Compiler { get; init; } = "";

    /// <summary>Heading of the right block of signatures.</summary>
    public string Signer { get; init; } = "";

    /// <summary>The names in capitals. Where nothing fits, the name of the organisation as it is.</summary>
    /// <param name="name">As in the register: "Đảng bộ xã Pa Tần".</param>
    /// <param name="type">Its Loại hình: "Xã".</param>
    /// <returns>Body: where it writes. Above: where it stands above the one that writes. Place: where its letters are dated, as written; empty where it is no place.</returns>
    public (string Body, string Above, string Place) Called(string name, string type)
    {
        var clean = Matching.Clean(name);
        return Names.Select(one => one.Called(clean, type)).FirstOrDefault(called => called is not null) ?? (Vietnamese.Capitals(clean), Vietnamese.Capitals(clean), "");
    }
}

/// <summary>
/// One way in which names of a level are written in the register, and what the committee is then called. {name} and {place}: what follows the beginning
/// and the kind; {place} says besides that it is a place. {kind}: the kind in the name, else the type.
/// </summary>
public sealed class NameOnPaper
{
    /// <summary>How the name may begin, in whole words; "": in any way.</summary>
    public IList<string> Begins { get; init; } = [];

    /// <summary>Only for these types; one of them may follow the beginning.</summary>
    public IList<string> Kinds { get; init; } = [];

    public string Body { get; init; } = "";

    public string Above { get; init; } = "";

    /// <summary>Null where the name begins otherwise or the type is another.</summary>
    internal (string Body, string Above, string Place)? Called(string name, string type)
    {
        if (Kinds.Count > 0 && !Kinds.Contains(type))
            return null;
        var rest = Begins.OrderByDescending(begin => begin.Length).Select(begin => After(name, begin)).FirstOrDefault(after => after is not null);
        if (rest is null)
            return null;
        var kind = type;
        if (Kinds.FirstOrDefault(one => After(rest, one) is not null) is { } written)
            (kind, rest) = (written, After(rest, written)!);
        return (Filled(Body, kind, rest), Filled(Above, kind, rest), Body.Contains("{place}", StringComparison.Ordinal) ? rest : "");
    }

    /// <summary>What follows the words at the beginning of a text; null where it begins otherwise.</summary>
    private static string? After(string text, string words)
    {
        if (words.Length == 0)
            return text;
        var written = text.Split(' ');
        var count = words.Split(' ').Length;
        return written.Length >= count && Matching.Key(string.Join(' ', written.Take(count))) == Matching.Key(words) ? string.Join(' ', written.Skip(count)) : null;
    }

    private static string Filled(string text, string kind, string rest) => Vietnamese.Capitals(text
        .Replace("{kind}", kind, StringComparison.Ordinal)
        .Replace("{name}", rest, StringComparison.Ordinal)
        .Replace("{place}", rest, StringComparison.Ordinal).TrimEnd());
}

/// <summary>The levels of organisations: data of sql/levels.yaml. Source: docs/spec/exchange-workbook.md, Levels are data.</summary>
public static class Levels
{
    public const string FileName = "levels.yaml";

    public static readonly IReadOnlyList<string> Roles = ["superior", "grassroots_committee", "grassroots_branch", "sub_committee", "branch"];

    /// <summary>Those of the running program.</summary>
    public static IReadOnlyList<Level> All { get; } = Read(Path.Combine(AppContext.BaseDirectory, "sql", FileName));

    public static Level? Of(string name) => All.FirstOrDefault(level => level.Name == name);

    /// <summary>The types that a level takes, whatever stands above it.</summary>
    public static IReadOnlyList<string> TypesOf(Level level) => [.. Words(level.Types).Union(level.Below.Values.SelectMany(Words))];

    /// <exception cref="YamlDotNet.Core.YamlException">A key that nobody knows, or no YAML.</exception>
    public static IReadOnlyList<Level> Read(string path) => new DeserializerBuilder().WithNamingConvention(UnderscoredNamingConvention.Instance).Build()
        .Deserialize<List<Level>>(File.ReadAllText(path));

    /// <summary>SQL that puts the levels of a file into the table level, and the roles that follow into the organisations.</summary>
    public static string Script(string path)
    {
        var script = new StringBuilder("delete from level;\n");
        foreach (var (place, level) in Read(path).Index())
        {
            script.Append(System.Globalization.CultureInfo.InvariantCulture, $"""
                insert into level values ({Text(level.Name)}, {place}, {Text(level.Role)}, {(level.Root ? "true" : "false")}, {Array(level.Under)}, {Array(Words(level.Types))}, {Text(JsonSerializer.Serialize(level.Below.ToDictionary(pair => pair.Key, pair => Words(pair.Value))))}::jsonb);

                """);
        }
        return script.Append("""
            update org_version set level_role = level.role from level where level.name = org_version.level and level.role <> org_version.level_role;
            """).ToString();
    }

    internal static IReadOnlyList<string> Words(IEnumerable<string> types) => [.. types.SelectMany<string, string>(type => type switch
    {
        "grassroots" => Vocabulary.GrassrootsType.Values,
        "branch" => Vocabulary.BranchType.Values,
        _ => [type],
    })];

    private static string Array(IEnumerable<string> words) => $"array[{string.Join(", ", words.Select(Text))}]::text[]";

    private static string Text(string word) => $"'{word.Replace("'", "''", StringComparison.Ordinal)}'";
}
