using SinHo.Reporting.Figures;

namespace SinHo.Reporting.Catalog;

#pragma warning disable CA1812 // Made by YamlDotNet.
/// <summary>The meaning of a set of figures, NAME.yaml in sql/indicators, as written.</summary>
internal sealed record SetFile
{
    public required string About { get; init; }
    public required string Source { get; init; }
    public required string Basis { get; init; }

    /// <summary>Rows are organisations: on today's map there are none of an earlier day.</summary>
    public bool CountsUnits { get; init; }

    /// <summary>Rows are listed by branch, as the tables that go with a decision.</summary>
    public bool ByBranch { get; init; }
    public required Dictionary<string, ColumnFile> Columns { get; init; }
    public required List<string> Evidence { get; init; }
    public required Dictionary<string, FigureFile> Figures { get; init; }
}

internal sealed record ColumnFile
{
    public required string Caption { get; init; }
    public EvidenceKind Kind { get; init; }
    public int Width { get; init; } = 20;

    /// <summary>What the codes in the column name.</summary>
    public Named Names { get; init; }

    /// <summary>The vocabulary whose words the column holds.</summary>
    public string? Vocabulary { get; init; }

    /// <summary>The words themselves, where they are no vocabulary.</summary>
    public List<string>? Words { get; init; }
}

internal sealed record FigureFile
{
    public required string Caption { get; init; }

    /// <summary>A caption for narrow places, such as the name of a sheet; of whole words.</summary>
    public string Short { get; init; } = "";
    public required string Unit { get; init; }
    public required FigureKind Kind { get; init; }
    public required string Rule { get; init; }
    public required string Meaning { get; init; }
    public string? Basis { get; init; }
    public List<string> Settings { get; init; } = [];
    public string? Flag { get; init; }
    public List<string> Distinct { get; init; } = [];
    public List<string>? Evidence { get; init; }
}

internal enum FigureKind
{
    Stock,
    Flow,

    /// <summary>Of the day before the period.</summary>
    Opening,
}
#pragma warning restore CA1812
