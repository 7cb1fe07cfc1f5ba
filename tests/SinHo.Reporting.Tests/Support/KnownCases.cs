using System.Globalization;
using System.Text.Json;
using Xunit;

namespace SinHo.Reporting.Tests.Support;

/// <summary>The registers of tests/cases whose answers an independent program worked out.</summary>
public static class KnownCases
{
    private static readonly string _folder = Path.Combine(AppContext.BaseDirectory, "cases");

    public static TheoryData<string> Names => [.. NamesIn("")];

    /// <summary>The registers that change in time: cases/time.</summary>
    public static TheoryData<string> NamesInTime => [.. NamesIn("time")];

    /// <summary>Plans of restructuring: cases/time.</summary>
    public static TheoryData<string> Plans => [.. Directory.GetFiles(Path.Combine(_folder, "time"), "*.plan.json").Select(path => Path.GetFileName(path).Split('.')[0]).Order(StringComparer.Ordinal)];

    /// <summary>The register that a plan is for, a plan that is refused, one that is carried out, and what holds after it.</summary>
    public static (string Register, string Refused, string Plan, IReadOnlyList<KnownAnswer> Asks) PlanOf(string name)
    {
        var json = JsonElement.Parse(File.ReadAllText(Path.Combine(_folder, "time", $"{name}.plan.json")));
        string Beside(string property) => Path.Combine(_folder, "time", json.GetProperty(property).GetString()!);
        return (Beside("register"), Beside("refused"), Beside("plan"), [.. json.GetProperty("asks").EnumerateArray().Select(answer => new KnownAnswer(answer))]);
    }

    public static string WorkbookOf(string name) => Path.Combine(_folder, $"{name}.xlsx");

    /// <summary>The questions of a case with their answers.</summary>
    /// <param name="kind">"expected" for figures, "forms" for forms; a case may have none of a kind.</param>
    public static IReadOnlyList<KnownAnswer> Answers(string name, string kind)
    {
        var path = Path.Combine(_folder, $"{name}.{kind}.json");
        return File.Exists(path) ? [.. JsonElement.Parse(File.ReadAllText(path)).EnumerateArray().Select(answer => new KnownAnswer(answer))] : [];
    }

    private static IEnumerable<string> NamesIn(string folder) =>
        Directory.GetFiles(Path.Combine(_folder, folder), "*.expected.json").Select(path => Path.Combine(folder, Path.GetFileName(path).Split('.')[0])).Order(StringComparer.Ordinal);
}

/// <summary>One question, and what is right.</summary>
public sealed record KnownAnswer(JsonElement Json)
{
    public string Report => Json.TryGetProperty("report", out var report) ? report.GetString()! : "term";

    public string Unit => Json.GetProperty("unit").GetString()!;

    public DateOnly From => Day("from");

    public DateOnly To => Day("to");

    public int FewMemberMax => Json.TryGetProperty("few_member_max", out var most) ? most.GetInt32() : 5;

    /// <summary>Asked on today's map.</summary>
    public bool OnMap => Json.TryGetProperty("basis", out var basis) && basis.GetString() == "today";

    /// <summary>The unit has no such report: it is refused.</summary>
    public bool IsRefused => Json.TryGetProperty("exit", out _);

    /// <summary>What each organisation of that time gave; null where nothing is said of it.</summary>
    public IReadOnlyList<string>? Bridge => Json.TryGetProperty("bridge", out var bridge) ? BridgeOf(bridge) : null;

    /// <summary>Rows of a bridge that are not 0, in order.</summary>
    public static IReadOnlyList<string> BridgeOf(JsonElement bridge) =>
    [
        .. bridge.EnumerateArray().Where(row => row.GetProperty("value").GetInt32() != 0)
            .Select(row => $"{row.GetProperty("figure").GetString()} {row.GetProperty("unit").GetString()} {row.GetProperty("value").GetInt32()}").Order(StringComparer.Ordinal),
    ];

    /// <summary>Value by code.</summary>
    public IEnumerable<(string Code, int Value)> Figures => (Json.TryGetProperty("figures", out var figures) ? figures.EnumerateObject().Select(figure => (figure.Name, figure.Value.GetInt32())) : []);

    /// <summary>Keys of the rows counted, in order, by code.</summary>
    public IEnumerable<(string Code, IEnumerable<string> Keys)> Evidence => Json.TryGetProperty("evidence", out var evidence)
        ? evidence.EnumerateObject().Select(figure => (figure.Name, figure.Value.EnumerateArray().Select(key => key.GetString()!)))
        : [];

    /// <summary>The cells of a form; null where the cell is empty.</summary>
    public IEnumerable<(string Row, string Column, decimal? Value)> Cells => Json.GetProperty("rows").EnumerateObject().SelectMany(row =>
        row.Value.EnumerateObject().Select(cell => (row.Name, cell.Name, cell.Value.ValueKind == JsonValueKind.Null ? (decimal?)null : cell.Value.GetDecimal())));

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Report} {Unit} {From:yyyy-MM-dd}..{To:yyyy-MM-dd}{(OnMap ? " on today's map" : "")}");

    /// <summary>Counts agree exactly; the last decimal of a quotient may be rounded the other way.</summary>
    public static bool AreNear(decimal? value, decimal? expected) =>
        value == expected || (value is { } have && expected is { } want && want % 1 != 0 && Math.Abs(have - want) <= 0.01m);

    private DateOnly Day(string name) => DateOnly.ParseExact(Json.GetProperty(name).GetString()!, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
