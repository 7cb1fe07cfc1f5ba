using System.Text.RegularExpressions;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Register;

namespace SinHo.Reporting.Catalog;

/// <summary>
/// Reads sql/indicators (.sql with the .yaml of the same stem) and the report.yaml files of reports/. Unknown keys, missing files, codes
/// defined twice, figures, columns and words that nobody defines are all reported together, before anything is counted.
/// </summary>
public sealed partial class CatalogReader
{
    private readonly DefinitionFiles files;

    private CatalogReader(DefinitionFiles files) => this.files = files;

    /// <param name="root">The folder that holds sql/ and reports/.</param>
    /// <exception cref="CatalogException">Something is wrong; all faults are named.</exception>
    public static Definitions Read(string root)
    {
        var read = new DefinitionFiles(root);
        var sets = new CatalogReader(read).Sets(Path.Combine(root, "sql", "indicators"));
        var reports = new ReportReader(read).Read(Path.Combine(root, "reports"));
        if (!read.SomeUnreadable && sets.SelectMany(set => set.Indicators).GroupBy(indicator => indicator.Code).All(group => group.Count() == 1))
            new ReportJudge(read, new(sets, reports)).Judge();
        return read.Faults.Count == 0 ? new(sets, reports) : throw new CatalogException(read.Faults);
    }

    private List<IndicatorSet> Sets(string folder)
    {
        var sets = new List<IndicatorSet>();
        foreach (var file in Directory.GetFiles(folder, "*.sql").Order(StringComparer.Ordinal))
        {
            var meaning = Path.ChangeExtension(file, ".yaml");
            if (!File.Exists(meaning))
                files.Fault(file, $"thiếu tệp ý nghĩa {Path.GetFileName(meaning)}.");
            else if (files.Parse<SetFile>(meaning) is { } parsed)
                sets.Add(Set(Path.GetFileNameWithoutExtension(file), File.ReadAllText(file), meaning, parsed));
        }
        foreach (var twice in sets.SelectMany(set => set.Indicators.Select(indicator => (indicator.Code, set.Name))).GroupBy(pair => pair.Code).Where(group => group.Count() > 1))
            files.Fault(folder, $"chỉ tiêu {twice.Key} được định nghĩa nhiều lần ({string.Join(", ", twice.Select(pair => pair.Name))}).");
        return sets;
    }

    private IndicatorSet Set(string name, string sql, string file, SetFile parsed)
    {
        var columns = parsed.Columns.ToDictionary(
            pair => pair.Key,
            pair => new EvidenceColumn(pair.Key, pair.Value.Caption, pair.Value.Kind, pair.Value.Width) { Names = pair.Value.Names });
        var indicators = parsed.Figures.Select(pair => Indicator(pair.Key, pair.Value, parsed)).ToList();
        foreach (var word in indicators.SelectMany(one => one.Evidence.Concat(one.Distinct).Append(one.Flag)).Concat(columns.Keys).Distinct())
        {
            if (!Name().IsMatch(word))
                files.Fault(file, word, $"tên “{word}” chỉ được gồm a-z, 0-9 và gạch dưới.");
        }
        foreach (var (code, column) in indicators.SelectMany(one => one.Evidence.Concat(one.Distinct).Select(column => (one.Code, column))))
        {
            if (!columns.ContainsKey(column))
                files.Fault(file, code, $"chỉ tiêu {code} nêu cột {column} không có trong columns.");
        }
        return new()
        {
            Name = name,
            Sql = sql.TrimEnd().TrimEnd(';'),
            About = parsed.About,
            Source = parsed.Source,
            CountsUnits = parsed.CountsUnits,
            ByBranch = parsed.ByBranch,
            Columns = columns,
            Words = parsed.Columns.Where(pair => pair.Value.Vocabulary is not null || pair.Value.Words is not null)
                .ToDictionary(pair => pair.Key, pair => pair.Value.Words ?? WordsOf(file, pair.Key, pair.Value.Vocabulary!), StringComparer.Ordinal),
            Indicators = indicators,
        };
    }

    private IReadOnlyList<string> WordsOf(string file, string column, string vocabulary)
    {
        var known = ExchangeWorkbook.Sheets.SelectMany(sheet => sheet.Columns).Select(one => one.Vocabulary).OfType<Vocabulary>().Append(Vocabulary.GrassrootsType);
        if (known.FirstOrDefault(one => one.Name == vocabulary) is { } found)
            return found.Values;
        files.Fault(file, column, $"không có danh mục {vocabulary}.");
        return [];
    }

    private static Indicator Indicator(string code, FigureFile figure, SetFile set) => new()
    {
        Code = code,
        Caption = figure.Caption,
        ShortCaption = figure.Short,
        CountedIn = figure.Unit,
        IsStock = figure.Kind != FigureKind.Flow,
        IsOpening = figure.Kind == FigureKind.Opening,
        Rule = figure.Rule,
        Meaning = figure.Meaning,
        Basis = figure.Basis ?? set.Basis,
        Settings = figure.Settings,
        Flag = figure.Flag ?? code,
        Distinct = figure.Distinct,
        Evidence = figure.Evidence ?? set.Evidence,
    };

    /// <summary>Words in braces that are not figures.</summary>
    internal static readonly IReadOnlyList<string> ReportWords = ["unit", "period", "in_period", "from", "to", "parts", NarrativeText.IsSuperior];

    [GeneratedRegex("^[a-z][a-z0-9_]*$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Name();

    /// <summary>"{few_member_max}": a setting in words.</summary>
    [GeneratedRegex(@"\{(?<code>[a-z0-9_]+)\}", RegexOptions.ExplicitCapture, 1000)]
    internal static partial Regex Citation();
}
