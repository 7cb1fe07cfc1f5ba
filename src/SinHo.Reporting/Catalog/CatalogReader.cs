using System.Text.RegularExpressions;
using SinHo.Reporting.Figures;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace SinHo.Reporting.Catalog;

/// <summary>
/// Reads sql/indicators (.sql with the .yaml of the same stem) and reports/*/report.yaml. Unknown keys, missing files, codes defined twice
/// and figures that nobody defines are all reported together, before anything is counted.
/// </summary>
public sealed partial class CatalogReader
{
    private static readonly IDeserializer Yaml = new DeserializerBuilder()
        .WithNamingConvention(UnderscoredNamingConvention.Instance)
        .WithDuplicateKeyChecking()
        .WithEnforceRequiredMembers()
        .Build();

    private readonly List<string> faults = [];

    /// <param name="root">The folder that holds sql/ and reports/.</param>
    /// <exception cref="CatalogException">Something is wrong; all faults are named.</exception>
    public static Definitions Read(string root)
    {
        var reader = new CatalogReader();
        var sets = reader.Sets(Path.Combine(root, "sql", "indicators"));
        var reports = reader.Reports(Path.Combine(root, "reports"));
        reader.Compare(sets, reports);
        return reader.faults.Count == 0 ? new(sets, reports) : throw new CatalogException(reader.faults);
    }

    private List<IndicatorSet> Sets(string folder)
    {
        var sets = new List<IndicatorSet>();
        foreach (var file in Directory.GetFiles(folder, "*.sql").Order(StringComparer.Ordinal))
        {
            var meaning = Path.ChangeExtension(file, ".yaml");
            if (!File.Exists(meaning))
                faults.Add($"{file}: thiếu tệp ý nghĩa {Path.GetFileName(meaning)}.");
            else if (Parse<SetFile>(meaning) is { } parsed)
                sets.Add(Set(Path.GetFileNameWithoutExtension(file), File.ReadAllText(file), meaning, parsed));
        }
        foreach (var twice in sets.SelectMany(set => set.Indicators.Select(indicator => (indicator.Code, set.Name))).GroupBy(pair => pair.Code).Where(group => group.Count() > 1))
            faults.Add($"{folder}: chỉ tiêu {twice.Key} được định nghĩa nhiều lần ({string.Join(", ", twice.Select(pair => pair.Name))}).");
        return sets;
    }

    private IndicatorSet Set(string name, string sql, string file, SetFile parsed)
    {
        var columns = parsed.Columns.ToDictionary(
            pair => pair.Key,
            pair => new EvidenceColumn(pair.Key, pair.Value.Caption, pair.Value.Kind, pair.Value.Width));
        var indicators = parsed.Figures.Select(pair => Indicator(pair.Key, pair.Value, parsed)).ToList();
        foreach (var word in indicators.SelectMany(one => one.Evidence.Concat(one.Distinct).Append(one.Flag)).Concat(columns.Keys).Distinct())
        {
            if (!Name().IsMatch(word))
                faults.Add($"{file}: tên “{word}” chỉ được gồm a-z, 0-9 và gạch dưới.");
        }
        foreach (var (code, column) in indicators.SelectMany(one => one.Evidence.Concat(one.Distinct).Select(column => (one.Code, column))))
        {
            if (!columns.ContainsKey(column))
                faults.Add($"{file}: chỉ tiêu {code} nêu cột {column} không có trong columns.");
        }
        return new() { Name = name, Sql = sql.TrimEnd().TrimEnd(';'), About = parsed.About, Source = parsed.Source, Columns = columns, Indicators = indicators };
    }

    private static Indicator Indicator(string code, FigureFile figure, SetFile set) => new()
    {
        Code = code,
        Caption = figure.Caption,
        CountedIn = figure.Unit,
        IsStock = figure.Kind == FigureKind.Stock,
        Rule = figure.Rule,
        Meaning = figure.Meaning,
        Basis = figure.Basis ?? set.Basis,
        Settings = figure.Settings,
        Flag = figure.Flag ?? code,
        Distinct = figure.Distinct,
        Evidence = figure.Evidence ?? set.Evidence,
        Additive = figure.Additive,
    };

    private List<ReportDefinition> Reports(string folder)
    {
        var reports = new List<ReportDefinition>();
        foreach (var file in Directory.GetFiles(folder, "report.yaml", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            if (Parse<ReportFile>(file) is { } parsed)
                reports.Add(Report(Path.GetFileName(Path.GetDirectoryName(file)!), file, parsed));
        }
        return reports;
    }

    private ReportDefinition Report(string name, string file, ReportFile parsed) => new()
    {
        Name = name,
        Template = Path.Combine(Path.GetDirectoryName(file)!, "template.xlsx"),
        Title = parsed.Title,
        Letterhead = new(parsed.Letterhead.Superior, parsed.Letterhead.Issuer, parsed.Letterhead.Place, parsed.Letterhead.Compiler, parsed.Letterhead.Signer),
        Groups = [.. parsed.Groups.Select(group => new GroupDefinition(group.Caption, group.Yearly, [.. group.Figures.Select(Line)]))],
        PartsCaption = parsed.Parts,
        Breakdown = [.. parsed.Breakdown.Select(group => new BreakdownGroup(group.Caption, [.. group.Columns.Select(pair => new BreakdownEntry(pair.Key, pair.Value))]))],
        Narrative = parsed.Narrative,
        Identities = [.. parsed.Identities.Select(pair => IdentityOf(file, pair.Key, pair.Value)).OfType<Identity>()],
    };

    /// <summary>A line is a code; leading dashes indent it: "- commune_committees" stands under the line before.</summary>
    private static LineDefinition Line(string text)
    {
        var code = text.TrimStart('-', ' ');
        return new(code, text.Count(letter => letter == '-'));
    }

    private Identity? IdentityOf(string file, string code, IdentityFile parsed)
    {
        var sign = parsed.Holds.Contains("<=", StringComparison.Ordinal) ? "<=" : "=";
        var sides = parsed.Holds.Split(sign, StringSplitOptions.TrimEntries);
        if (sides.Length == 2 && sides.All(side => Sum().IsMatch(side)))
            return new(code, parsed.Says, Terms(sides[0]), Terms(sides[1]), sign == "=");
        faults.Add($"{file}: đẳng thức {code} không đọc được: “{parsed.Holds}”; chỉ dùng mã chỉ tiêu, +, -, = và <=.");
        return null;
    }

    private static List<Term> Terms(string side) =>
        [.. Signed().Matches(side).Select(match => new Term(match.Groups["sign"].Value == "-" ? -1 : 1, match.Groups["code"].Value))];

    private void Compare(List<IndicatorSet> sets, List<ReportDefinition> reports)
    {
        var known = sets.SelectMany(set => set.Indicators).Select(indicator => indicator.Code).ToHashSet();
        foreach (var report in reports)
        {
            var shown = report.Groups.SelectMany(group => group.Lines).Select(line => line.Figure).ToHashSet();
            var cited = report.Narrative.SelectMany(text => Citation().Matches(text).Select(match => match.Groups["code"].Value))
                .Where(word => !ReportWords.Contains(word)).ToList();
            var asked = shown
                .Concat(report.Breakdown.SelectMany(group => group.Columns).Select(column => column.Figure))
                .Concat(report.Identities.SelectMany(identity => identity.Left.Concat(identity.Right)).Select(term => term.Figure))
                .Concat(cited);
            foreach (var code in asked.Distinct().Where(code => !known.Contains(code)))
                faults.Add($"reports/{report.Name}: chỉ tiêu {code} chưa được định nghĩa trong sql/indicators.");
            foreach (var code in cited.Where(code => known.Contains(code) && !shown.Contains(code)))
                faults.Add($"reports/{report.Name}: lời văn dẫn {code} nhưng báo cáo không in chỉ tiêu này.");
        }
    }

    /// <summary>Words in braces that are not figures.</summary>
    internal static readonly IReadOnlyList<string> ReportWords = ["unit", "period", "from", "to"];

    private T? Parse<T>(string file)
        where T : class
    {
        try
        {
            return Yaml.Deserialize<T>(File.ReadAllText(file));
        }
        catch (YamlException problem)
        {
            faults.Add($"{file}, dòng {problem.Start.Line}: {problem.InnerException?.Message ?? problem.Message}");
            return null;
        }
    }

    [GeneratedRegex("^[a-z][a-z0-9_]*$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Name();

    [GeneratedRegex(@"^[a-z][a-z0-9_]*(\s*[+-]\s*[a-z][a-z0-9_]*)*$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Sum();

    [GeneratedRegex(@"(?<sign>[+-]?)\s*(?<code>[a-z][a-z0-9_]*)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Signed();

    [GeneratedRegex(@"\{(?<code>[a-z][a-z0-9_]*)\}", RegexOptions.ExplicitCapture, 1000)]
    internal static partial Regex Citation();

    private enum FigureKind
    {
        Stock,
        Flow,
    }

#pragma warning disable CA1812 // Made by YamlDotNet.
    private sealed record SetFile
    {
        public required string About { get; init; }
        public required string Source { get; init; }
        public required string Basis { get; init; }
        public required Dictionary<string, ColumnFile> Columns { get; init; }
        public required List<string> Evidence { get; init; }
        public required Dictionary<string, FigureFile> Figures { get; init; }
    }

    private sealed record ColumnFile
    {
        public required string Caption { get; init; }
        public EvidenceKind Kind { get; init; }
        public int Width { get; init; } = 20;
    }

    private sealed record FigureFile
    {
        public required string Caption { get; init; }
        public required string Unit { get; init; }
        public required FigureKind Kind { get; init; }
        public required string Rule { get; init; }
        public required string Meaning { get; init; }
        public string? Basis { get; init; }
        public List<string> Settings { get; init; } = [];
        public string? Flag { get; init; }
        public List<string> Distinct { get; init; } = [];
        public List<string>? Evidence { get; init; }
        public bool Additive { get; init; }
    }

    private sealed record ReportFile
    {
        public required string Title { get; init; }
        public required LetterheadFile Letterhead { get; init; }
        public required List<GroupFile> Groups { get; init; }
        public required string Parts { get; init; }
        public required List<BreakdownFile> Breakdown { get; init; }
        public required List<string> Narrative { get; init; }
        public required Dictionary<string, IdentityFile> Identities { get; init; }
    }

    private sealed record LetterheadFile
    {
        public required string Superior { get; init; }
        public required string Issuer { get; init; }
        public required string Place { get; init; }
        public required string Compiler { get; init; }
        public required string Signer { get; init; }
    }

    private sealed record GroupFile
    {
        public required string Caption { get; init; }
        public bool Yearly { get; init; }
        public required List<string> Figures { get; init; }
    }

    private sealed record BreakdownFile
    {
        public required string Caption { get; init; }
        public required Dictionary<string, string> Columns { get; init; }
    }

    private sealed record IdentityFile
    {
        public required string Says { get; init; }
        public required string Holds { get; init; }
    }
#pragma warning restore CA1812
}
