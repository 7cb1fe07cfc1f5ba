using System.Text;
using System.Text.Json;
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

/// <summary>How a committee is called on letterheads. {name}: its name without "Đảng bộ" or "Chi bộ"; {place}: that without the word of its kind.</summary>
public sealed class LevelOnPaper
{
    /// <summary>Where it writes.</summary>
    public string Body { get; init; } = "";

    /// <summary>Where it stands above the one that writes.</summary>
    public string Above { get; init; } = "";
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
