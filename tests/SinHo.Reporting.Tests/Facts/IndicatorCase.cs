using SinHo.Reporting.Catalog;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.Converters;
using YamlDotNet.Serialization.NamingConventions;

namespace SinHo.Reporting.Tests.Facts;

/// <summary>One entry of sql/indicators/*.cases.yaml: what the register says, what is asked, and the codes that each figure must list.</summary>
public sealed record IndicatorCase
{
    /// <summary>The rule, as a sentence.</summary>
    public required string Case { get; init; }

    /// <summary>Rows by table, on top of the background.</summary>
    public required IDictionary<string, IList<IDictionary<string, string?>>> Given { get; init; }

    public required Asked Asked { get; init; }

    /// <summary>By figure, the codes of its evidence in order; a figure not named is not looked at.</summary>
    public required IDictionary<string, IList<string>> Expect { get; init; }

    internal Condition Where => new(Asked.Where.Select(pair => WhereReader.Read(pair.Key, pair.Value) ?? throw new FormatException($"{Case}: {pair.Key}")));

    public static IReadOnlyList<IndicatorCase> Of(string set) => CaseFiles.Read<List<IndicatorCase>>($"{set}.cases.yaml");
}

/// <summary>The question of a case: both days are in the period.</summary>
public sealed record Asked
{
    public required string Unit { get; init; }
    public required DateOnly From { get; init; }
    public required DateOnly To { get; init; }
    public int FewMemberMax { get; init; } = 5;

    /// <summary>As a form asks: which rows are counted.</summary>
    public Dictionary<string, object?> Where { get; init; } = [];
}

/// <summary>What all cases have in common: sql/indicators/background.yaml.</summary>
public sealed record Background
{
    /// <summary>By table, values of columns that a row does not name.</summary>
    public required IDictionary<string, IDictionary<string, string?>> Defaults { get; init; }

    public required IDictionary<string, IList<IDictionary<string, string?>>> Given { get; init; }

    public static Background Read() => CaseFiles.Read<Background>("background.yaml");
}

internal static class CaseFiles
{
    private static readonly IDeserializer _yaml = new DeserializerBuilder()
        .WithNamingConvention(UnderscoredNamingConvention.Instance)
        .WithTypeConverter(new DateOnlyConverter(formats: "yyyy-MM-dd"))
        .WithDuplicateKeyChecking()
        .WithEnforceRequiredMembers()
        .Build();

    public static T Read<T>(string name) =>
        _yaml.Deserialize<T>(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "sql", "indicators", name)));
}
