using System.Text.RegularExpressions;
using SinHo.Reporting.Register;
using static SinHo.Reporting.Register.ExchangeWorkbook;

namespace SinHo.Reporting.Exchange;

/// <summary>Of which sheets a rule of sql/import speaks, as its text has it. Where the file has no row of any, the rule has nothing to find and is not asked.</summary>
internal static partial class RuleSubjects
{
    /// <summary>What prepare.sql makes, by the sheets from whose rows.</summary>
    private static readonly Dictionary<string, SheetDefinition[]> Made = new(StringComparer.Ordinal)
    {
        ["described_org"] = [Organisations],
        ["touched_member"] = [Members, Admissions, Memberships],
        ["touched_person"] = [Members, Admissions, Memberships, Posts, Assignments],
        ["use_of_branch"] = [Organisations, Services, Admissions, Memberships, Meetings, Assignments],
    };

    private static readonly Dictionary<string, SheetDefinition> Staged = Sheets.ToDictionary(sheet => new ImportTables(sheet).Stage, StringComparer.Ordinal);

    /// <summary>No sheet twice; every sheet where the rule reads the trail, which has them all.</summary>
    public static IReadOnlySet<SheetDefinition> Of(string sql)
    {
        var names = Word().Matches(sql).Select(match => match.Value).ToHashSet(StringComparer.Ordinal);
        return names.Contains("trail") ? Sheets.ToHashSet() : names.SelectMany(name => Made.GetValueOrDefault(name) ?? (Staged.TryGetValue(name, out var sheet) ? [sheet] : [])).ToHashSet();
    }

    [GeneratedRegex("[a-z_]+", RegexOptions.None, 1000)]
    private static partial Regex Word();
}
