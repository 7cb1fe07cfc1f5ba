using SinHo.Reporting.Register;

namespace SinHo.Reporting.Tests;

/// <summary>
/// Organisations with random lives: they are renamed, change type and level, move between parents, end, and sometimes come back.
/// A parent of a fitting level always holds as long as the child does.
/// </summary>
internal sealed class RandomOrganisations
{
    private readonly Dice _dice;

    public RandomOrganisations(Dice dice, int communes)
    {
        _dice = dice;
        foreach (var district in dice.Chance(30) ? ["H1", "H2"] : new[] { "H1" })
            AddVersion(district, "Đảng bộ huyện", "Khác", null, Dice.Start.AddYears(-10), null);
        for (var i = 1; i <= communes; i++)
            AddLife($"X{i}", () => ("Đảng bộ cơ sở", _dice.Pick(["Xã", "Xã", "Thị trấn", "Phường"])));
        for (var i = 1; i <= communes; i++)
            AddLife($"C{i}", () => (_dice.Pick(["Đảng bộ cơ sở", "Chi bộ cơ sở"]), AgencyType()));
        for (var i = 1; i <= communes; i++)
            AddLife($"P{i}", () => ("Đảng bộ bộ phận", "Khác"));
        for (var i = 1; i <= communes * 8; i++)
            AddLife($"B-{i:00}", Branch);
    }

    public List<OrgVersion> Versions { get; } = [];

    public IEnumerable<string> Codes => Versions.Select(version => version.Code).Distinct();

    /// <summary>The longest stretches without a gap on which an organisation is of one of the levels.</summary>
    public List<(string Code, DateOnly From, DateOnly? To)> Spans(params string[] levels)
    {
        var spans = new List<(string Code, DateOnly From, DateOnly? To)>();
        foreach (var version in Versions.Where(version => levels.Contains(version.Level)).OrderBy(v => v.Code).ThenBy(v => v.From))
        {
            if (spans.Count > 0 && spans[^1].Code == version.Code && spans[^1].To == version.From)
                spans[^1] = spans[^1] with { To = version.To };
            else
                spans.Add((version.Code, version.From, version.To));
        }

        return spans;
    }

    public List<(string Code, DateOnly From, DateOnly? To)> BranchSpans() => Spans("Chi bộ trực thuộc", "Chi bộ cơ sở");

    private static string[] ParentLevelsOf(string level) => level switch
    {
        "Chi bộ trực thuộc" => ["Đảng bộ cơ sở", "Đảng bộ bộ phận"],
        "Đảng bộ bộ phận" => ["Đảng bộ cơ sở"],
        _ => ["Đảng bộ huyện"],
    };

    private (string Level, string Type) Branch() => _dice.Chance(92)
        ? ("Chi bộ trực thuộc", BranchType())
        : ("Chi bộ cơ sở", AgencyType());

    private string BranchType() => _dice.Number(1, 10) switch
    {
        <= 5 => _dice.Pick(["Bản", "Khu phố"]),
        <= 9 => _dice.Pick(["Trường học", "Quân sự", "Công an", "Cơ quan xã"]),
        _ => _dice.Pick(Vocabulary.BranchType.Values),
    };

    private string AgencyType() => _dice.Chance(40) ? "Công an" : _dice.Pick(Vocabulary.GrassrootsType.Values);

    private void AddLife(string code, Func<(string Level, string Type)> shape)
    {
        var from = _dice.Chance(60) ? Dice.Start.AddYears(-5) : _dice.Day(Dice.Start, Dice.End);
        while (from < Dice.End)
        {
            var (level, type) = shape();
            var parents = Spans(ParentLevelsOf(level)).FindAll(span => span.From <= from && (span.To is null || from < span.To));
            if (parents.Count == 0)
                return;
            var parent = _dice.Pick(parents);
            var to = _dice.Until(from, parent.To);
            AddVersion(code, level, type, parent.Code, from, to);
            if (to is null || _dice.Chance(20))
                return;
            from = _dice.Chance(15) ? _dice.Day(to.Value, Dice.End) : to.Value;
        }
    }

    private void AddVersion(string code, string level, string type, string? parent, DateOnly from, DateOnly? to) =>
        Versions.Add(new OrgVersion(code, $"{level} {code} từ {from.Year}", level, type, parent, from, to));
}
