using System.Globalization;
using SinHo.Reporting.Words;

namespace SinHo.Reporting.Backups;

/// <summary>
/// Which automatic backups are kept: the newest 14 days, the last of each of the 12 months before, and whatever was last proven to restore.
/// Only files of the name given here are ever deleted.
/// </summary>
public static class Retention
{
    public const int Days = 14;
    public const int Months = 12;

    private const string Prefix = "sinho-";
    private const string Suffix = ".backup";
    private const string Moment = "yyyy-MM-dd-HHmmss";

    /// <summary>"sinho-2026-10-05-013000.backup", in Vietnamese time.</summary>
    public static string NameAt(DateTimeOffset moment) =>
        Prefix + moment.ToOffset(Vietnamese.HoChiMinh).ToString(Moment, CultureInfo.InvariantCulture) + Suffix;

    /// <param name="files">Paths; those that are no automatic backups are left out of all this.</param>
    /// <param name="proven">The backup that was last proven, or null.</param>
    public static IReadOnlyList<string> Expired(IEnumerable<string> files, string? proven)
    {
        var all = files.Select(file => (File: file, At: MomentOf(file))).Where(one => one.At is not null)
            .Select(one => (one.File, At: one.At!.Value)).OrderByDescending(one => one.At).ToList();
        var daily = all.DistinctBy(one => one.At.Date).Take(Days);
        var monthly = all.DistinctBy(one => (one.At.Year, one.At.Month)).Take(Months + 1);
        var kept = daily.Concat(monthly).Select(one => one.File).ToHashSet();
        return [.. all.Select(one => one.File).Where(file => !kept.Contains(file) && file != proven)];
    }

    private static DateTime? MomentOf(string file)
    {
        var name = Path.GetFileName(file);
        return name.StartsWith(Prefix, StringComparison.Ordinal)
            && name.EndsWith(Suffix, StringComparison.Ordinal)
            && DateTime.TryParseExact(name[Prefix.Length..^Suffix.Length], Moment, CultureInfo.InvariantCulture, DateTimeStyles.None, out var at)
            ? at
            : null;
    }
}
