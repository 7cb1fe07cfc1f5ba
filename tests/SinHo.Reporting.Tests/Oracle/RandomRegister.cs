using SinHo.Reporting.Exchange;
using SinHo.Reporting.Register;

namespace SinHo.Reporting.Tests;

/// <summary>
/// A small register of random histories that obeys the import rules of docs/spec/exchange-workbook.md, and nothing beyond them: people
/// meet where nobody is a member and lead villages that are gone, because the rules allow it.
/// </summary>
public sealed class RandomRegister : IRegisterSource
{
    private const int MembersPerCommune = 40;

    private readonly Dice _dice;
    private readonly RandomOrganisations _organisations;
    private readonly List<(string Code, DateOnly From, DateOnly? To)> _branches;
    private readonly List<(SheetDefinition Sheet, object?[] Values)> _rows = [];
    private readonly HashSet<string> _keys = [];
    private readonly List<string> _villages = [];
    private readonly List<(string Branch, string Village)> _links = [];
    private readonly List<string> _members = [];
    private readonly Dictionary<string, DateOnly> _died = [];
    private readonly List<Became> _decided = [];

    private RandomRegister(int seed, int communes)
    {
        _dice = new Dice(seed);
        _organisations = new RandomOrganisations(_dice, communes);
        _branches = _organisations.BranchSpans();
        Add(ExchangeWorkbook.Terms, "2015-2020", new DateOnly(2015, 7, 1), new DateOnly(2020, 6, 30));
        foreach (var version in _organisations.Versions)
        {
            Add(ExchangeWorkbook.Organisations,
                version.Code, version.Name, version.Level, version.Type, version.Parent, version.From, version.To, null);
        }

        foreach (var (code, commune, from, to) in _organisations.Villages)
        {
            Add(ExchangeWorkbook.Villages, code, $"Bản {code}", code[^1] % 2 == 0 ? "Bản" : "Khu phố", commune, from, to);
            if (!_villages.Contains(code))
                _villages.Add(code);
        }
        AddServices();
        AddRestructurings();
        for (var i = 1; i <= communes * MembersPerCommune; i++)
            AddMember($"{i:000000}");
        AddLeaders();
        AddDoings();
        AddYear();
        // The dead take up no post.
        _rows.RemoveAll(row => row.Sheet == ExchangeWorkbook.Posts && row.Values[0] is string holder && _died.TryGetValue(holder, out var day) && (DateOnly)row.Values[3]! >= day);
    }

    /// <summary>The rows, values in the order of the sheet's columns, typed as <see cref="ColumnKind"/> says.</summary>
    public IReadOnlyList<(SheetDefinition Sheet, object?[] Values)> Rows => _rows;

    /// <param name="seed">The same seed and size give the same register.</param>
    /// <param name="size">Number of communes, at least 1; each brings about 10 organisations and 40 members.</param>
    public static RandomRegister Create(int seed, int size) => new(seed, size);

    public IEnumerable<SourceSheet> Sheets()
    {
        var rows = _rows.ToLookup(row => row.Sheet.Table, row => row.Values);
        return ExchangeWorkbook.Sheets.Select(sheet => new SourceSheet(
            sheet.Name,
            [.. sheet.Columns.Select(column => column.Caption)],
            rows[sheet.Table].Select((values, index) => new SourceRow(index + 2, values))));
    }

    /// <summary>Adds the row, unless one with its natural key is there.</summary>
    /// <param name="values">In the order of the columns; what lacks at the end is blank.</param>
    private bool Add(SheetDefinition sheet, params object?[] values)
    {
        Array.Resize(ref values, sheet.Columns.Count);
        var key = sheet.Columns.Zip(values).Where(cell => cell.First.InKey).Select(cell => cell.Second);
        if (!_keys.Add(string.Join('|', key.Prepend(sheet.Table))))
            return false;
        _rows.Add((sheet, values));
        return true;
    }

    private DateOnly AnyDay() => _dice.Day(Dice.Start, Dice.End);

    private void AddServices()
    {
        foreach (var (branch, born, ended) in _branches)
        {
            for (var n = _villages.Count == 0 ? 0 : _dice.Number(0, 4); n > 0; n--)
            {
                var village = _dice.Pick(_villages);
                var from = _dice.Chance(50) ? born : _dice.Day(born, ended ?? Dice.End);
                if (Add(ExchangeWorkbook.Services, branch, village, from, _dice.Until(from, ended)))
                    _links.Add((branch, village));
            }
        }
    }

    private void AddMember(string code)
    {
        _members.Add(code);
        var (joined, official, youngest) = AddStays(code);
        var (firstJoined, firstOfficial) = FirstAdmission(youngest);
        var born = Birth(firstJoined ?? youngest);
        var sex = _dice.Pick(Vocabulary.Sex.Values);
        var days = Enumerable.Range(0, _dice.Chance(45) ? 0 : _dice.Number(1, 3)).Select(_ => (DateOnly?)AnyDay()).Prepend(_dice.Chance(80) ? null : AnyDay()).Distinct().ToList();
        object?[]? last = null;
        foreach (var from in days)
        {
            object?[] values =
            [
                code, from, $"Vàng A {code}", sex, born, Ethnicity(),
                _dice.PickOrNone(30, Vocabulary.Religion.Values), _dice.PickOrNone(70, _villages), joined, official, firstJoined, firstOfficial,
                _dice.Pick(Vocabulary.Schooling.Values), _dice.PickOrNone(60, Vocabulary.Qualification.Values),
                _dice.PickOrNone(5, Vocabulary.AcademicTitle.Values), _dice.PickOrNone(60, Vocabulary.Theory.Values),
                _dice.Pick(Vocabulary.Occupation.Values), _dice.Chance(25), _dice.Chance(5), _dice.Chance(5), _dice.Chance(15),
            ];
            // Most of a record stays as it was.
            for (var i = 5; last is not null && i < values.Length; i++)
            {
                if (_dice.Chance(60))
                    values[i] = last[i];
            }
            Add(ExchangeWorkbook.Members, values);
            last = values;
        }
    }

    /// <summary>An admission before all that are known: of some people, whether they were ever admitted again or not.</summary>
    private (DateOnly? Joined, DateOnly? Official) FirstAdmission(DateOnly before)
    {
        if (!_dice.Chance(15))
            return (null, null);
        var joined = before.AddDays(-_dice.Pick([1, 200, 366, 1500, 4000]));
        return (joined, _dice.Chance(40) ? null : joined.AddDays(_dice.Pick([0, 100, 365, 800])));
    }

    private string Ethnicity() => _dice.Chance(70)
        ? _dice.Pick(["Kinh", "Mông", "Thái", "Dao", "Quốc tịch gốc nước ngoài"])
        : _dice.Pick(Vocabulary.Ethnicity.Values);

    /// <param name="adultOn">A day on which the person has completed 18 years.</param>
    private PartialDate Birth(DateOnly adultOn)
    {
        // Nobody is born before 1900, where Excel has no dates. Who is just 18 was not born on a 29 February, where ways to count differ.
        var oldest = Math.Min(60, adultOn.Year - 1902);
        var day = _dice.Chance(15) ? adultOn.AddYears(-18)
            : _dice.Chance(10) ? new DateOnly((adultOn.Year - _dice.Number(20, oldest - 4)) / 4 * 4, 2, 29)
            : adultOn.AddYears(-19).AddDays(-_dice.Number(0, (oldest - 20) * 365));
        return _dice.Number(1, 10) switch
        {
            1 => new PartialDate(new DateOnly(day.Year, 1, 1), "year"),
            2 => new PartialDate(new DateOnly(day.Year, day.Month, 1), "month"),
            _ => new PartialDate(day, "day"),
        };
    }

    /// <summary>
    /// Adds the memberships of a person and the admissions among them. Returns the dates of the last admission, or invented
    /// ones where there is none, and the earliest day on which the person must have been of age.
    /// </summary>
    private (DateOnly Joined, DateOnly? Official, DateOnly AdultOn) AddStays(string member)
    {
        (DateOnly Joined, DateOnly? Official)? last = null;
        DateOnly? first = null;
        string? leftFor = null;
        string[] successors = [];
        var from = _dice.Chance(30) ? _dice.Pick(_branches).From : AnyDay();
        for (var n = _dice.Number(0, 5); n > 0 && from < Dice.End; n--)
        {
            var there = _branches.FindAll(span => span.From <= from && (span.To is null || from < span.To));
            if (there.Count > 0)
            {
                var going = there.FindAll(span => successors.Contains(span.Code));
                var branch = going.Count > 0 && _dice.Chance(85) ? _dice.Pick(going) : _dice.Pick(there);
                var to = _dice.Until(from, branch.To);
                var reasonIn = ReasonIn(leftFor);
                if (reasonIn is "Kết nạp" or "Kết nạp lại")
                {
                    last = (from, Confirmation(from, to));
                    first ??= from;
                    AddAdmission(member, from, last.Value.Official, branch.Code, reasonIn == "Kết nạp lại");
                }

                successors = to is { } ended && ended == branch.To ? Successors(branch.Code, ended) : [];
                leftFor = to is null ? null : successors.Length > 0 && _dice.Chance(80) ? "Chuyển nội bộ" : ReasonOut();
                Add(ExchangeWorkbook.Memberships, member, branch.Code, from, to, reasonIn, leftFor, Basis(member, from));
                if (to is null)
                    break;
                if (leftFor == "Từ trần")
                {
                    _died[member] = to.Value;
                    break;
                }
                from = to.Value;
            }

            if (there.Count == 0 || _dice.Chance(successors.Length > 0 ? 5 : 25))
                from = _dice.Day(from.AddDays(1), Dice.End.AddYears(1));
        }

        var joined = last?.Joined ?? LongAgo();
        return (joined, last is null ? Confirmation(joined, null) : last.Value.Official, first ?? joined);
    }

    private string[] Successors(string branch, DateOnly day) =>
    [
        .. _decided.Where(one => one.Date == day && one.Before.Contains(branch)).SelectMany(one => one.After)
            .SelectMany(code => _branches.Where(span => span.Code == code || _organisations.Versions.Exists(version => version.Code == span.Code && version.Parent == code && version.HoldsOn(day))))
            .Select(span => span.Code),
    ];

    private string ReasonIn(string? leftFor)
    {
        if (leftFor is null)
            return _dice.Chance(50) ? "Kết nạp" : _dice.Pick(Vocabulary.ReasonIn.Values);
        return leftFor == "Chuyển nội bộ" && _dice.Chance(80) ? "Chuyển nội bộ" : _dice.Pick(Vocabulary.ReasonIn.Values);
    }

    private string ReasonOut() => _dice.Number(1, 10) switch
    {
        <= 4 => "Chuyển nội bộ",
        <= 6 => "Xóa tên",
        _ => _dice.Pick(Vocabulary.ReasonOut.Values),
    };

    private DateOnly LongAgo() => _dice.Chance(20)
        ? _dice.Pick<DateOnly>(
            [new(1945, 8, 18), new(1945, 8, 19), new(1954, 7, 20), new(1954, 7, 21), new(1975, 4, 30), new(1975, 5, 1)])
        : Dice.Start.AddDays(-_dice.Number(1, 40 * 365));

    /// <summary>When somebody who joined on a day becomes official: a year later as it should be, at once, on leaving, late, never.</summary>
    private DateOnly? Confirmation(DateOnly joined, DateOnly? left) => _dice.Number(1, 10) switch
    {
        <= 2 => null,
        3 => joined,
        4 => _dice.Day(joined, Dice.End.AddYears(1)),
        5 or 6 => left,
        _ => joined.AddYears(1),
    };

    private void AddAdmission(string member, DateOnly day, DateOnly? official, string branch, bool again)
    {
        Add(ExchangeWorkbook.Admissions,
            member, day, $"{_rows.Count}-QĐ/HU", day.AddDays(-_dice.Number(0, 40)), official, branch, again, _dice.Chance(70),
            _dice.Pick(Vocabulary.Occupation.Values), _dice.Pick(Vocabulary.Schooling.Values),
            _dice.PickOrNone(50, Vocabulary.Qualification.Values), _dice.Chance(40));
        if (_villages.Count > 0 && _dice.Chance(25))
            AddPostAround(day, member, "Trưởng bản", _dice.Pick(_villages));
    }

    private string? Basis(string member, DateOnly from)
    {
        if (_dice.Chance(70))
            AddPostAround(from, member, "Cán bộ, công chức xã", _dice.Pick(_organisations.Versions).Code);
        return _dice.Chance(60) ? "26-NQ/TW" : _dice.PickOrNone(50, ["Quyết định điều động"]);
    }

    /// <summary>A post that starts shortly before, on or after a day, or ends on it or right after it.</summary>
    private void AddPostAround(DateOnly day, string member, string post, string place)
    {
        var from = day.AddDays(_dice.Pick([-200, -1, 0, 0, 1]));
        DateOnly[] ends = [.. new[] { day, day.AddDays(1), day.AddDays(90) }.Where(end => end > from)];
        Add(ExchangeWorkbook.Posts, member, post, place, from, _dice.Chance(50) ? null : _dice.Pick(ends));
    }

    /// <summary>Few people with many posts, so that being secretary and being head of a village often meet, end and meet again.</summary>
    private void AddLeaders()
    {
        if (_links.Count == 0)
            return;
        for (var n = _members.Count / 3; n > 0; n--)
        {
            var member = _dice.Pick(_members);
            var (branch, village) = _dice.Pick(_links);
            for (var posts = _dice.Number(1, 3); posts > 0; posts--)
            {
                AddPost(member, "Bí thư chi bộ", branch);
                AddPost(member, "Trưởng bản", _dice.Chance(80) ? village : _dice.Pick(_villages));
            }

            AddPost(_dice.Pick(_members), _dice.Pick(["Phó bí thư chi bộ", "Huyện ủy viên", "Đảng ủy viên"]), branch);
        }
    }

    private void AddPost(string member, string post, string place)
    {
        var from = AnyDay();
        Add(ExchangeWorkbook.Posts, member, post, place, from, _dice.Until(from, null));
    }

    /// <summary>Decisions behind what happened to organisations that are branches at some time, and some behind nothing.</summary>
    private void AddRestructurings()
    {
        foreach (var decided in _organisations.Successions)
            AddDecision(decided);
        var branches = _branches.Select(branch => branch.Code).ToHashSet();
        foreach (var life in _organisations.Versions.Where(version => branches.Contains(version.Code)).GroupBy(version => version.Code))
        {
            foreach (var version in life)
            {
                if (!life.Any(earlier => earlier.To == version.From))
                    AddDecision("Thành lập", version.From, version.Code);
                if (version.To is { } end && !_decided.Exists(one => one.Date == end && one.Before.Contains(version.Code)))
                {
                    AddDecision(life.Any(later => later.From == end) || _dice.Chance(60) ? _dice.Pick(Vocabulary.RestructuringForm.Values.Skip(2).ToArray())
                        : "Giải thể", end, version.Code);
                }
            }
        }

        for (var n = branches.Count / 4; n > 0; n--)
            AddDecision(_dice.Pick(Vocabulary.RestructuringForm.Values), AnyDay(), _dice.Pick(_branches).Code);
    }

    private void AddDecision(string form, DateOnly day, string unit)
    {
        var decision = $"{_rows.Count}-QĐ/ĐU";
        List<string> before = [], after = [];
        var there = _dice.Chance(60) ? [.. _organisations.Versions.Where(version => version.HoldsOn(day) && version.Code != unit).Select(version => version.Code).Distinct()] : _organisations.Codes.ToList();
        for (var n = _dice.Number(0, 2); n >= 0; n--)
        {
            if (form != "Thành lập")
                before.Add(unit);
            if (form == "Thành lập" || (form != "Giải thể" && (_dice.Chance(50) || n == 0)))
                after.Add(_dice.Chance(60) && form != "Thành lập" && there.Count > 0 ? _dice.Pick(there) : unit);
            unit = _dice.Pick(_branches).Code;
        }
        AddDecision(new(decision, day, form, _dice.Chance(30) ? "nhóm 1" : null, [.. before.Distinct()], [.. after.Distinct()]));
    }

    private void AddDecision(Became decided)
    {
        _decided.Add(decided);
        foreach (var unit in decided.Before)
            Add(ExchangeWorkbook.Restructurings, decided.Decision, decided.Date, decided.Form, decided.Group, unit, "Trước");
        foreach (var unit in decided.After)
            Add(ExchangeWorkbook.Restructurings, decided.Decision, decided.Date, decided.Form, decided.Group, unit, "Sau");
    }

    /// <summary>Meetings, assignments, ratings and inspections.</summary>
    private void AddDoings()
    {
        var document = 0;
        foreach (var (branch, born, ended) in _branches)
        {
            for (var n = _dice.Number(0, 12); n > 0; n--)
                Add(ExchangeWorkbook.Meetings, branch, _dice.Day(born, ended ?? Dice.End), _dice.Pick(Vocabulary.MeetingKind.Values), 9, 8);
            for (var n = _dice.Number(0, 2); n > 0; n--)
            {
                var from = _dice.Day(born, ended ?? Dice.End);
                Add(ExchangeWorkbook.Assignments,
                    _dice.Pick(_members), branch, _dice.Pick(Vocabulary.AssignmentRole.Values), from, _dice.Until(from, ended));
            }
        }

        foreach (var org in _organisations.Codes)
        {
            for (var n = _dice.Number(0, 3); n > 0; n--)
            {
                Add(ExchangeWorkbook.Inspections,
                    $"{++document}-KT", org, AnyDay(), _dice.Pick(Vocabulary.InspectionForm.Values), null, null);
            }

            for (var year = Math.Max(2015, _organisations.Versions.Where(version => version.Code == org).Min(version => version.From).Year); year <= 2020; year++)
                Add(ExchangeWorkbook.Ratings, year, org, _dice.Pick(Vocabulary.Grade.Values));
        }
    }

    /// <summary>The sheets of the board's year, posts of a year's figures, and who is away.</summary>
    private void AddYear()
    {
        var away = ExchangeWorkbook.Members.IndexOf("away");
        foreach (var (_, values) in _rows.Where(row => row.Sheet == ExchangeWorkbook.Members))
            values[away] = _dice.Chance(15);
        foreach (var village in _villages)
        {
            for (var n = _dice.Number(0, 2); n > 0; n--)
            {
                var from = AnyDay();
                Add(ExchangeWorkbook.Posts, null, _dice.Pick(Vocabulary.VillagePosts), village, from, _dice.Until(from, null), $"Giàng A {_rows.Count}");
                AddPost(_dice.Pick(_members), _dice.Pick(Vocabulary.VillagePosts), village);
            }
        }
        foreach (var (branch, born, ended) in _branches)
        {
            if (_dice.Chance(50))
            {
                var from = _dice.Day(born, ended ?? Dice.End);
                Add(ExchangeWorkbook.Posts, _dice.Pick(_members), "Chi ủy viên", branch, from, _dice.Until(from, ended), null);
            }
            for (var n = _dice.Number(0, 2); n > 0; n--)
            {
                var from = _dice.Day(born, ended ?? Dice.End);
                Add(ExchangeWorkbook.Sources, $"S{_rows.Count}", $"Người {_rows.Count}", "Nam", new PartialDate(new(1998, 1, 1), "year"), "Mông", null, branch, from, null, _dice.Chance(50), _dice.Until(from, null), null, null);
                Add(ExchangeWorkbook.Stays, $"K{_rows.Count}", "Đến", branch, from, null, "Khách", "Nơi khác");
            }
        }
        foreach (var org in _organisations.Codes)
        {
            for (var n = _dice.Number(0, 3); n > 0; n--)
            {
                var day = AnyDay();
                Add(ExchangeWorkbook.Congresses, org, day, null, day.AddDays(_dice.Number(200, 1800)));
                Add(ExchangeWorkbook.Rewards, org, _dice.Pick(Vocabulary.RewardForm.Values), _dice.Pick(Vocabulary.RewardLevel.Values), AnyDay(), null);
            }
            foreach (var period in (string[])["2015-2020", "2016", "2018", "2019", "2020"])
            {
                if (!_dice.Chance(30))
                    continue;
                var number = _dice.Number(1, 20);
                Add(ExchangeWorkbook.Plans, org, period, "Kết nạp đảng viên", number, null);
                foreach (var (index, item) in Vocabulary.PlanItem.Values.Skip(1).Where((_, index) => number % (index + 2) == 0).Index())
                    Add(ExchangeWorkbook.Plans, org, period, item, number + index, null);
            }
        }
        var register = RegisterModel.From(_rows);
        foreach (var member in _members)
        {
            if (_dice.Chance(30))
                Add(ExchangeWorkbook.Rewards, member, _dice.Pick(Vocabulary.RewardForm.Values), _dice.Pick(Vocabulary.RewardLevel.Values), AnyDay(), null);
            if (_dice.Chance(20))
                Add(ExchangeWorkbook.Cards, member, _dice.Pick(Vocabulary.CardForm.Values), AnyDay(), $"{_rows.Count:000000}");
            if (_dice.Chance(20))
                Add(ExchangeWorkbook.Stays, member, "Đi", "Nơi khác", AnyDay(), null, null, null);
            var since = register.MembershipsOf(member).Select(one => one.From.Year).DefaultIfEmpty(2022).Min();
            for (var year = Math.Max(since, 2017); year <= 2020; year++)
            {
                if (_dice.Chance(60))
                    Add(ExchangeWorkbook.MemberRatings, year, member, _dice.Pick(Vocabulary.Grade.Values));
            }
            foreach (var years in BadgeYears.All.Where(_ => _dice.Chance(40)))
            {
                if (YearFigures.Reached(register, member, years) is { } reached && reached < Dice.End)
                    Add(ExchangeWorkbook.Badges, member, years, _dice.Day(reached, reached.AddDays(400)), "1-QĐ/TU", false, false);
            }
        }
    }
}
