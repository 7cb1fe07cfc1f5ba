using SinHo.Reporting.Catalog;
using SinHo.Reporting.Signing;

namespace SinHo.Reporting.Sums;

/// <summary>Which files and settings decide a figure, so that it is known whether two registers mean the same by it.</summary>
/// <param name="root">The folder that holds sql/ and reports/.</param>
/// <param name="hashes">SHA-256 of our definition files, by path.</param>
/// <param name="settings">Our settings.</param>
public sealed class DefinitionReach(Definitions definitions, string root, IReadOnlyDictionary<string, string> hashes, IReadOnlyDictionary<string, int> settings)
{
    /// <summary>They fill the tables that every figure reads.</summary>
    private static readonly string[] OfAll = [Path.Combine("sql", "functions", "derived.sql"), Path.Combine("sql", "functions", "records.sql"), Path.Combine("sql", "functions", "roles.sql")];

    private readonly Dictionary<string, IReadOnlyList<string>> bySet = new(StringComparer.Ordinal);
    private readonly List<Source> functions = [.. hashes.Keys.Where(path => path.StartsWith(Path.Combine("sql", "functions"), StringComparison.Ordinal)).Select(path => Read(root, path))];

    /// <param name="Gives">Names of the functions and views that it makes.</param>
    /// <param name="Words">All names in it.</param>
    private sealed record Source(string Path, HashSet<string> Gives, HashSet<string> Words);

    /// <summary>What of a figure is not as with us: paths of files, and settings with both values. Empty where it means the same.</summary>
    /// <param name="indicators">Codes of the indicators that it counts.</param>
    /// <param name="report">The report.yaml that says what its cells count; null where it counts an indicator as it is.</param>
    public IReadOnlyList<string> Differences(SignedFigures theirs, IEnumerable<string> indicators, string? report)
    {
        var known = indicators.Where(definitions.Has).ToList();
        var files = known.SelectMany(Files).Concat(report is null ? [] : [report]).Distinct(StringComparer.Ordinal)
            .Where(path => !theirs.Definitions.TryGetValue(path, out var hash) || hash != hashes.GetValueOrDefault(path));
        var numbers = known.SelectMany(code => definitions[code].Indicator.Settings).Distinct(StringComparer.Ordinal)
            .Where(name => theirs.Settings.TryGetValue(name, out var value) && settings.TryGetValue(name, out var own) && value != own)
            .Select(name => $"{name} = {theirs.Settings[name]}, ở đây {settings[name]}");
        return [.. files.Concat(numbers)];
    }

    private IReadOnlyList<string> Files(string code)
    {
        var set = definitions[code].Set;
        if (bySet.TryGetValue(set.Name, out var files))
            return files;
        var reached = new List<Source>();
        var open = new Queue<HashSet<string>>([WordsOf(set.Sql)]);
        while (open.TryDequeue(out var words))
        {
            foreach (var next in functions.Where(source => !reached.Contains(source) && source.Gives.Overlaps(words)).ToList())
            {
                reached.Add(next);
                open.Enqueue(next.Words);
            }
        }
        return bySet[set.Name] = [.. ((string[])[".sql", ".yaml"]).Select(ending => Path.Combine("sql", "indicators", set.Name + ending)), .. OfAll.Union(reached.Select(source => source.Path), StringComparer.Ordinal)];
    }

    private static Source Read(string root, string path)
    {
        var text = File.ReadAllText(Path.Combine(root, path));
        var gives = text.Split('\n').Select(line => line.Split([' ', '('], StringSplitOptions.RemoveEmptyEntries))
            .Where(words => words is ["create", "or", "replace", "function" or "view", _, ..]).Select(words => words[4]).ToHashSet(StringComparer.Ordinal);
        return new(path, gives, WordsOf(text));
    }

    private static HashSet<string> WordsOf(string text)
    {
        var words = new HashSet<string>(StringComparer.Ordinal);
        var start = -1;
        for (var at = 0; at <= text.Length; at++)
        {
            var isName = at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] == '_');
            if (isName && start < 0)
                start = at;
            else if (!isName && start >= 0)
            {
                words.Add(text[start..at]);
                start = -1;
            }
        }
        return words;
    }
}
