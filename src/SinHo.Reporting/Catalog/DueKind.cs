using SinHo.Reporting.Access;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace SinHo.Reporting.Catalog;

/// <summary>What the code of a row of something due names.</summary>
public enum DueNames
{
    Person,
    Unit,
    Import,
    Schedule,
    Report,

    /// <summary>Somebody followed for admission.</summary>
    Source,
}

/// <summary>
/// One kind of thing that waits to be done: NAME.yaml in sql/due says what it means, NAME.sql beside it gives a row for each on a day (@day; @from is a year
/// before): unit, under which it stands (null for none), code, name, detail, since.
/// </summary>
public sealed class DueKind
{
    /// <summary>The name of its files.</summary>
    [YamlIgnore]
    public string Name { get; init; } = "";

    [YamlIgnore]
    public string Sql { get; init; } = "";

    /// <summary>Its place on the page.</summary>
    public int Place { get; init; }

    public string Caption { get; init; } = "";

    public string Meaning { get; init; } = "";

    /// <summary>What is said where nothing waits.</summary>
    public string Nothing { get; init; } = "";

    public DueNames Names { get; init; }

    /// <summary>program: of tables that readers do not see; what is not the viewer's unit's is left out all the same.</summary>
    public string View { get; init; } = "";

    /// <summary>Who is told of it at all; who may not open people is told how many wait.</summary>
    public Right Right { get; init; } = Right.SeeFigures;

    /// <summary>What is to be done.</summary>
    public string Action { get; init; } = "";

    /// <summary>Who may do it; others see that it waits.</summary>
    public Right ActionRight { get; init; } = Right.SeeFigures;

    /// <summary>Where: with {code}, {unit}, {day}, {year} and {from}.</summary>
    public string Address { get; init; } = "";

    /// <summary>Those of the running program, in their order.</summary>
    public static IReadOnlyList<DueKind> All { get; } = Read(Path.Combine(AppContext.BaseDirectory, "sql", "due"));

    /// <summary>Its rows name people, whom not everybody may open.</summary>
    public bool NamesPeople => Names is DueNames.Person or DueNames.Source;

    public bool IsOfProgram => View == "program";

    /// <exception cref="YamlDotNet.Core.YamlException">A key that nobody knows, or no YAML.</exception>
    public static IReadOnlyList<DueKind> Read(string folder)
    {
        var reader = new DeserializerBuilder().WithNamingConvention(UnderscoredNamingConvention.Instance).Build();
        return
        [
            .. Directory.GetFiles(folder, "*.yaml").Select(file =>
            {
                var said = reader.Deserialize<DueKind>(File.ReadAllText(file));
                return new DueKind
                {
                    Name = Path.GetFileNameWithoutExtension(file),
                    Sql = File.ReadAllText(Path.ChangeExtension(file, ".sql")),
                    Place = said.Place,
                    Caption = said.Caption,
                    Meaning = said.Meaning,
                    Nothing = said.Nothing,
                    Names = said.Names,
                    View = said.View,
                    Right = said.Right,
                    Action = said.Action,
                    ActionRight = said.ActionRight,
                    Address = said.Address,
                };
            }).OrderBy(kind => kind.Place),
        ];
    }
}
