using SinHo.Reporting.Facts;
using SinHo.Reporting.Figures;

namespace SinHo.Reporting.Reports;

/// <summary>The settings that one run goes by.</summary>
internal static class SettingsOfRun
{
    /// <summary>Values from the register, overridden by those of the run.</summary>
    /// <exception cref="UnknownNameException">The register has no such setting.</exception>
    public static async Task<IReadOnlyList<Setting>> ReadAsync(Snapshot snapshot, IReadOnlyDictionary<string, int> overridden, CancellationToken cancel)
    {
        var stored = await snapshot.SettingsAsync(cancel);
        foreach (var name in overridden.Keys.Where(name => stored.All(setting => setting.Code != name)))
            throw new UnknownNameException($"Không có tham số “{name}”; các tham số: {string.Join(", ", stored.Select(setting => setting.Code))}.");
        return [.. stored.Select(setting => setting with { Value = overridden.GetValueOrDefault(setting.Code, setting.Value) })];
    }
}
