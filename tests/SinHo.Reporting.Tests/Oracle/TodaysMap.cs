namespace SinHo.Reporting.Tests;

/// <summary>"Today's map" of docs/spec/figures.md: what every organisation and village of any day is on one day.</summary>
public sealed class TodaysMap(RegisterModel register, DateOnly day)
{
    private readonly Dictionary<string, string?> _organisations = [];
    private readonly Dictionary<string, (string? Village, string? Commune)> _villages = [];

    public DateOnly Day => day;

    /// <summary>The map on which a unit is asked about a period that ends on the day: of that day, or of the first later one on which the unit holds.</summary>
    /// <returns>Null where it never holds again.</returns>
    public static TodaysMap? For(RegisterModel register, string unit, DateOnly to)
    {
        DateOnly[] days = [.. register.LifeOf(unit).Where(version => version.To is null || version.To > to).Select(version => version.From > to ? version.From : to)];
        return days.Length == 0 ? null : new(register, days.Min());
    }

    /// <summary>f(x) of an organisation; null where its chain ends nowhere.</summary>
    public string? Carried(string org)
    {
        if (!_organisations.TryGetValue(org, out var known))
            _organisations[org] = known = Carried(org, []);
        return known;
    }

    /// <summary>Whether the organisation is under the unit, or is it, on this map.</summary>
    public bool IsUnder(string org, string unit)
    {
        for (var at = Carried(org); at is not null; at = register.OrgOn(at, day)?.Parent)
        {
            if (at == unit)
                return true;
        }
        return false;
    }

    /// <summary>The nearest superior at or above the organisation, where none is its root; null outside the map.</summary>
    public string? SuperiorOf(string org)
    {
        var version = Carried(org) is { } carried ? register.OrgOn(carried, day) : null;
        while (version is { IsSuperior: false, Parent: { } parent })
            version = register.OrgOn(parent, day);
        return version?.Code;
    }

    /// <summary>Whether the commune of what the village became is under the unit.</summary>
    public bool HasVillage(string village, string unit)
    {
        if (!_villages.TryGetValue(village, out var known))
            _villages[village] = known = CarriedVillage(village, []);
        return known.Commune is { } commune && IsUnder(commune, unit);
    }

    private string? Carried(string org, HashSet<string> met)
    {
        if (register.OrgOn(org, day) is not null)
            return org;
        if (!met.Add(org) || LastEnd(register.LifeOf(org)) is not { } ended)
            return null;
        var successors = Successors(org, ended);
        if (successors.Count > 0)
            return Carried(successors.Count == 1 ? successors[0] : MostOf(org, successors, ended), met);
        return register.OrgOn(org, ended.AddDays(-1))?.Parent is { } parent ? Carried(parent, met) : null;
    }

    private DateOnly? LastEnd(IEnumerable<Lasting> versions) => versions.Select(version => version.To).Where(to => to <= day).Max();

    /// <summary>By code.</summary>
    private List<string> Successors(string unit, DateOnly ended) =>
    [
        .. register.Restructurings.Where(was => was.Unit == unit && was.Role == "Trước" && was.Date == ended)
            .SelectMany(was => register.Restructurings.Where(became => became.Decision == was.Decision && became.Group == was.Group && became.Role == "Sau"))
            .Select(became => became.Unit).Where(code => code != unit).Distinct().Order(StringComparer.Ordinal),
    ];

    /// <summary>The one that received most of the members that were in or below the organisation the day before; the first by code where several did, or none.</summary>
    private string MostOf(string org, List<string> successors, DateOnly ended)
    {
        var left = new UnitView(register, org).MembersOn(ended.AddDays(-1)).ToHashSet();
        var begun = register.Memberships.Where(one => one.From == ended && left.Contains(one.Member)).ToList();
        return successors.MaxBy(code => begun.Count(one => new UnitView(register, code).Contains(one.Branch, ended)))!;
    }

    private (string? Village, string? Commune) CarriedVillage(string village, HashSet<string> met)
    {
        if (register.VillageOn(village, day) is { } holds)
            return (village, holds.Commune);
        if (!met.Add(village) || LastEnd(register.VersionsOfVillage(village)) is not { } ended)
            return (null, null);
        return Successors(village, ended) is [var first, ..]
            ? CarriedVillage(first, met)
            : (null, register.VillageOn(village, ended.AddDays(-1))?.Commune);
    }
}
