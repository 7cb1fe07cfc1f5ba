using SinHo.Reporting.Exchange;
using SinHo.Reporting.Register;

namespace SinHo.Reporting.Tests;

/// <summary>Rows that tell a register what happened on one day: new versions of records, villages that pass to other communes, a reform. Nothing of the days before is corrected.</summary>
internal sealed class LaterChange : IRegisterSource
{
    private readonly RegisterModel _register;
    private readonly ILookup<string, object?[]> _known;
    private readonly Random _random;
    private readonly DateOnly _day;
    private readonly List<(SheetDefinition Sheet, object?[] Values)> _rows = [];

    private LaterChange(RandomRegister source, int seed, DateOnly day)
    {
        _register = RegisterModel.From(source.Rows);
        _known = source.Rows.ToLookup(row => row.Sheet.Table, row => row.Values);
        (_random, _day) = (new Random(seed), day);
    }

    /// <summary>A third of the people who have an earlier version get another from the day on, a third of the villages another commune.</summary>
    public static LaterChange OfRecordsAndVillages(RandomRegister source, int seed, DateOnly day)
    {
        var change = new LaterChange(source, seed, day);
        change.AddVersions();
        change.MoveVillages();
        return change;
    }

    /// <summary>All that stands below one superior ends, goes on below a new commune, or becomes another there; people and villages go along.</summary>
    /// <param name="day">After everything that the register knows.</param>
    public static LaterChange OfAReform(RandomRegister source, int seed, DateOnly day)
    {
        var change = new LaterChange(source, seed, day);
        change.Reform();
        return change;
    }

    public IEnumerable<SourceSheet> Sheets() => _rows.GroupBy(row => row.Sheet).Select(sheet => new SourceSheet(
        sheet.Key.Name, [.. sheet.Key.Columns.Select(column => column.Caption)], sheet.Select((row, index) => new SourceRow(index + 2, row.Values))));

    private void Add(SheetDefinition sheet, object?[] row, params (string Key, object? Value)[] changes)
    {
        var values = row.ToArray();
        foreach (var (key, value) in changes)
            values[sheet.IndexOf(key)] = value;
        _rows.Add((sheet, values));
    }

    private T Pick<T>(IReadOnlyList<T> choices) => choices[_random.Next(choices.Count)];

    private void AddVersions()
    {
        var sheet = ExchangeWorkbook.Members;
        foreach (var person in _known["member"].GroupBy(row => (string)row[0]!).Where(_ => _random.Next(3) == 0))
        {
            var earlier = person.Where(row => row[sheet.IndexOf("from")] is not DateOnly from || from < _day).LastOrDefault();
            if (earlier is null || person.Any(row => row[sheet.IndexOf("from")] is DateOnly from && from == _day))
                continue;
            Add(sheet, earlier, ("from", _day), ("ethnicity", Pick(Vocabulary.Ethnicity.Values)), ("religion", Pick(Vocabulary.Religion.Values)), ("residence", Pick([null, .. _register.Villages.Select(village => village.Code)])),
                ("schooling", Pick(Vocabulary.Schooling.Values)), ("qualification", Pick(Vocabulary.Qualification.Values)), ("theory", Pick(Vocabulary.Theory.Values)),
                ("occupation", Pick(Vocabulary.Occupation.Values)), ("youth", _random.Next(2) == 0), ("excused", _random.Next(2) == 0), ("owner", _random.Next(2) == 0));
        }
    }

    private void MoveVillages()
    {
        var sheet = ExchangeWorkbook.Villages;
        foreach (var row in _known["village"].Where(_ => _random.Next(3) == 0))
        {
            var version = new Village((string)row[0]!, (string)row[sheet.IndexOf("commune")]!, (DateOnly)row[sheet.IndexOf("from")]!, (DateOnly?)row[sheet.IndexOf("to")]);
            var others = _register.Organisations.Where(org => org.IsCommuneCommittee && org.HoldsOn(_day) && org.Code != version.Commune).ToList();
            if (!version.HoldsOn(_day) || version.From == _day || others.Count == 0)
                continue;
            var commune = Pick(others);
            Add(sheet, row, ("to", _day));
            Add(sheet, row, ("from", _day), ("commune", commune.Code), ("to", commune.To < (version.To ?? DateOnly.MaxValue) ? commune.To : version.To));
        }
    }

    private void Reform()
    {
        var standing = _register.Organisations.Where(org => org.HoldsOn(_day)).ToList();
        var ending = Pick([.. standing.Where(org => org.IsSuperior && org.Level != "Đảng bộ tỉnh")]).Code;
        var view = new UnitView(_register, ending);
        var ended = standing.FindAll(org => view.Contains(org.Code, _day));
        AddOrganisation("Z1", "Đảng bộ cấp xã", "Xã", null);
        var goingOn = new Dictionary<string, string>();
        foreach (var branch in ended.Where(org => org.IsBranch))
        {
            var kept = goingOn.Values.Distinct().ToList();
            var successor = _random.Next(3) switch { 0 => branch.Code, 1 => $"Z{branch.Code}", _ => kept.Count > 0 ? Pick(kept) : branch.Code };
            goingOn[branch.Code] = successor;
            if (!kept.Contains(successor))
                AddOrganisation(successor, "Chi bộ cơ sở", branch.Type, "Z1");
            Decide(branch.Code, branch.Code, successor);
        }
        foreach (var org in ended)
        {
            Add(ExchangeWorkbook.Organisations, _known["org_version"].Single(row => (string)row[0]! == org.Code && Equals(row[ExchangeWorkbook.Organisations.IndexOf("from")], org.From)), ("to", _day));
            if (org.IsCommuneCommittee)
                Decide("xã", org.Code, "Z1");
        }
        var codes = ended.Select(org => org.Code).ToHashSet();
        foreach (var row in _known["village"].Where(row => row[ExchangeWorkbook.Villages.IndexOf("to")] is null && codes.Contains((string)row[ExchangeWorkbook.Villages.IndexOf("commune")]!)))
        {
            Add(ExchangeWorkbook.Villages, row, ("to", _day));
            Add(ExchangeWorkbook.Villages, row, ("commune", "Z1"), ("from", _day));
        }
        foreach (var sheet in new[] { ExchangeWorkbook.Memberships, ExchangeWorkbook.Services, ExchangeWorkbook.Assignments })
        {
            foreach (var row in _known[sheet.Table].Where(row => row[sheet.IndexOf("to")] is null && goingOn.TryGetValue((string)row[sheet.IndexOf("branch")]!, out var on) && on != (string)row[sheet.IndexOf("branch")]!))
            {
                if (sheet != ExchangeWorkbook.Memberships)
                {
                    Add(sheet, row, ("to", _day));
                    continue;
                }
                Add(sheet, row, ("to", _day), ("reason_out", "Chuyển nội bộ"));
                Add(sheet, row, ("branch", goingOn[(string)row[1]!]), ("from", _day), ("reason_in", "Chuyển nội bộ"), ("basis", null));
            }
        }
    }

    private void AddOrganisation(string code, string level, string type, string? parent)
    {
        var row = new object?[ExchangeWorkbook.Organisations.Columns.Count];
        Add(ExchangeWorkbook.Organisations, row, ("code", code), ("name", $"{level} {code}"), ("level", level), ("type", type), ("parent", parent), ("from", _day));
    }

    private void Decide(string group, string before, string after)
    {
        var sheet = ExchangeWorkbook.Restructurings;
        foreach (var (unit, role) in new[] { (before, "Trước"), (after, "Sau") })
        {
            var row = new object?[sheet.Columns.Count];
            if (!_rows.Exists(one => one.Sheet == sheet && Equals(one.Values[sheet.IndexOf("group")], group) && Equals(one.Values[sheet.IndexOf("unit")], unit) && Equals(one.Values[sheet.IndexOf("role")], role)))
                Add(sheet, row, ("decision", "1670"), ("date", _day), ("form", "Sáp nhập"), ("group", group), ("unit", unit), ("role", role));
        }
    }
}
