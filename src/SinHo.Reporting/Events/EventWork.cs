using SinHo.Reporting.Exchange;
using SinHo.Reporting.Register;
using SinHo.Reporting.Words;
using static SinHo.Reporting.Register.ExchangeWorkbook;

namespace SinHo.Reporting.Events;

/// <summary>Works out events one after another into rows of the register. Source: docs/spec/command-line.md, EVENTS.json.</summary>
internal sealed class EventWork(EventRegister register)
{
    private const string Within = "Chuyển nội bộ";

    private readonly List<ImportIssue> issues = [];

    public IReadOnlyList<ImportIssue> Issues => issues;

    public void Run(IReadOnlyList<EventEntry> entries)
    {
        foreach (var entry in entries)
        {
            MeanPeople(entry);
            var named = ((string[])["member", "keep", "alias"]).Select(field => (Field: field, Code: entry.TextOrNull(field))).Concat(entry.Members.Select(code => (Field: "members", Code: (string?)code)));
            var others = named.Where(one => one.Code is not null && register.Outside.Contains(register.Meaning(one.Code))).ToList();
            foreach (var (field, other) in others)
                Fault(entry, IssueCode.OutsideScope, field, other, $"Mã {other} có ở đơn vị khác; hãy gửi đề nghị.");
            if (others.Count == 0)
                Act(entry);
        }
    }

    private void Act(EventEntry entry)
    {
        switch (entry.Kind.Name)
        {
            case "admit": Admit(entry); break;
            case "recognise": Recognise(entry); break;
            case "refuse": Refuse(entry); break;
            case "arrive": Arrive(entry); break;
            case "leave": Leave(entry, entry.Text("member"), entry.Text("reason"), entry.Is("keep_posts")); break;
            case "move": Move(entry); break;
            case "change": Change(entry, entry.Text("member"), entry.Day(), entry.Said, entry.Is("later")); break;
            case "correct": Correct(entry); break;
            case "appoint": Begin(entry, Posts, Holder(entry), ("post", entry.Text("post")), ("place", entry.Text("place"))); break;
            case "dismiss": End(entry, Posts, Holder(entry), ("post", entry.Text("post")), ("place", entry.Text("place"))); break;
            case "assign": Begin(entry, Assignments, ("member", entry.Text("member")), ("branch", entry.Text("branch")), ("role", entry.Text("role"))); break;
            case "release": End(entry, Assignments, ("member", entry.Text("member")), ("branch", entry.Text("branch")), ("role", entry.Text("role"))); break;
            case "serve": Begin(entry, Services, ("branch", entry.Text("branch")), ("village", entry.Text("village"))); break;
            case "unserve": End(entry, Services, ("branch", entry.Text("branch")), ("village", entry.Text("village"))); break;
            case "meet": Replace(entry, Meetings, ["branch", "date"], ["kind", "due", "present"]); break;
            case "rate": Rate(entry); break;
            case "plan": Plan(entry); break;
            case "inspect": Inspect(entry); break;
            case "badge":
                AddNew(entry, Badges, "years", ("member", entry.Text("member")), ("years", entry.Values["years"]), ("date", entry.Day()), ("decision", entry.Text("decision")), ("early", entry.Is("early")), ("posthumous", entry.Is("posthumous")));
                break;
            case "card": AddNew(entry, Cards, "date", ("member", entry.Text("member")), ("form", entry.Text("form")), ("date", entry.Day()), ("number", entry.TextOrNull("number"))); break;
            case "reward":
                AddNew(entry, Rewards, "date", ("code", entry.TextOrNull("member") ?? entry.Text("unit")), ("form", entry.Text("form")), ("level", entry.Text("level")), ("date", entry.Day()), ("decision", entry.TextOrNull("decision")));
                break;
            case "stay": Stay(entry, "member", "Đi", ("place", entry.Text("place"))); break;
            case "return": EndStay(entry, "member", "Đi"); break;
            case "host": Stay(entry, "guest", "Đến", ("place", entry.Text("branch")), ("name", entry.Text("name")), ("origin", entry.TextOrNull("origin"))); break;
            case "depart": EndStay(entry, "guest", "Đến"); break;
            case "foster": Foster(entry); break;
            case "attend": Followed(entry)?.Set("class_date", entry.Day(), entry.Place); break;
            case "unfoster": EndFollowing(entry, entry.Text("result"), entry.TextOrNull("member")); break;
            case "congress": AddNew(entry, Congresses, "date", ("org", entry.Text("unit")), ("date", entry.Day()), ("name", entry.TextOrNull("term")), ("until", entry.Day("until"))); break;
            case "amend": Amend(entry); break;
            case "merge": new MergeWork(register, issues).Merge(entry); break;
            case "part": new MergeWork(register, issues).Part(entry); break;
            default: throw new InvalidOperationException($"Event {entry.Kind.Name} does nothing.");
        }
    }

    /// <summary>A former code means the member it stands for at this point of the record.</summary>
    private void MeanPeople(EventEntry entry)
    {
        if (entry.TextOrNull("member") is { } member)
            entry.Values["member"] = register.Meaning(member);
        foreach (var (index, code) in entry.Members.ToList().Index())
        {
            entry.Members[index] = register.Meaning(code);
            if (entry.Members.IndexOf(entry.Members[index]) < index)
                Fault(entry, IssueCode.DuplicateKey, "members", code, $"Mã {code} là mã cũ của {entry.Members[index]}, người này có hai lần trong danh sách.");
        }
        if (entry.Sheet is { } sheet && entry.Key.Count > 0 && (sheet == Members || SheetsOfPeople.Contains(sheet)))
        {
            foreach (var (index, column) in sheet.Columns.Where(column => column.InKey).Index().ToList())
            {
                if (column.Key == sheet.PersonColumn && entry.Key[index] is string code)
                    entry.Key[index] = register.Meaning(code);
            }
        }
    }

    private void Admit(EventEntry entry)
    {
        var (member, day, official) = (entry.Text("member"), entry.Day(), entry.DayOrNull("official"));
        if (register.Find(Admissions, [member, day]) is not null)
        {
            Fault(entry, IssueCode.AlreadyThere, "date", Vietnamese.Day(day), $"{Name(member)} đã có lần kết nạp ngày {Vietnamese.Day(day)}.");
            return;
        }
        var versions = register.Records(member);
        if (versions.Count == 0)
        {
            if (!Enter(entry, member, day, official))
                return;
        }
        else
        {
            Renew(entry, versions, day, official);
            if (entry.Said.Count > 0)
                Change(entry, member, day, Different(entry, versions, day), later: false);
        }
        var record = RecordOn(member, day)!;
        register.Add(new(Admissions, entry.Place,
            ("member", member), ("date", day), ("decision", entry.Text("decision")), ("decided", entry.Day("decided")), ("official", official), ("branch", entry.Text("branch")),
            ("readmission", entry.Is("readmission")), ("local", entry.Is("local")), ("occupation", record.Text("occupation")), ("schooling", record.Text("schooling")),
            ("qualification", record.Text("qualification")), ("youth", record.Values[Members.IndexOf("youth")])));
        register.Add(new(Memberships, entry.Place,
            ("member", member), ("branch", entry.Text("branch")), ("from", day), ("reason_in", entry.Is("readmission") ? "Kết nạp lại" : "Kết nạp")));
        PassOn(entry, member, day, record.Text("name")!);
        if (entry.TextOrNull("source") is not null)
            EndFollowing(entry, "Kết nạp", member);
    }

    /// <summary>Who holds a post: a member, or somebody outside the Party by name.</summary>
    private static (string Column, object? Value) Holder(EventEntry entry) =>
        entry.TextOrNull("member") is { } member ? ("member", member) : ("outsider", entry.Text("outsider"));

    /// <summary>Posts of a village that somebody held before he was a member go on under his code from the day of the ceremony.</summary>
    private void PassOn(EventEntry entry, string member, DateOnly day, string name)
    {
        if (entry.TextOrNull("outsider_place") is not { } place)
            return;
        var held = register.Of(Posts).Where(row => row.Text("member") is null && row.Text("place") == place && row.From < day && row.HoldsOn(day) && Matching.Key(row.Text("outsider") ?? "") == Matching.Key(name)).ToList();
        if (held.Count == 0)
            Fault(entry, IssueCode.UnknownReference, "outsider_place", place, $"Không có chức vụ nào tại {place} do {name} (người ngoài Đảng) còn giữ vào hôm trước ngày {Vietnamese.Day(day)}; hãy kiểm tra mã bản và họ tên.");
        foreach (var row in held)
        {
            register.Add(new(Posts, entry.Place, ("member", member), ("post", row.Text("post")), ("place", place), ("from", day), ("to", row.To)));
            row.Set("to", day, entry.Place);
        }
    }

    /// <summary>The first record of a person; its required columns must be said.</summary>
    private bool Enter(EventEntry entry, string member, DateOnly joined, DateOnly? official)
    {
        if (!entry.HasSaid)
        {
            Fault(entry, IssueCode.Required, "record", null, $"Chưa có đảng viên {member} trong hệ thống nên cần hồ sơ (họ tên, ngày sinh, dân tộc…).");
            return false;
        }
        var isWhole = true;
        foreach (var column in Members.Columns.Where(column => column is { Required: true, InKey: false, Key: not "joined" } && !entry.Said.ContainsKey(column)))
        {
            Fault(entry, IssueCode.Required, column.Caption, null, $"Hồ sơ của {member} còn thiếu “{column.Caption}”.");
            isWhole = false;
        }
        if (!isWhole || !KeepsDates(entry))
            return false;
        var record = new WorkedRow(Members, entry.Place, [("code", member), .. Members.Columns.Where(column => column.Kind == ColumnKind.Boolean).Select(column => (column.Key, (object?)false))]);
        foreach (var (column, value) in entry.Said)
            record.Set(column.Key, value, entry.Place);
        record.Set("joined", joined, entry.Place);
        record.Set("official", official, entry.Place);
        register.Add(record);
        return true;
    }

    /// <summary>Somebody is admitted again: the dates are those of the last admission, the old ones those of the first where no row of Kết nạp has them.</summary>
    private void Renew(EventEntry entry, List<WorkedRow> versions, DateOnly day, DateOnly? official)
    {
        var (joined, confirmed) = (DayOf(versions[0], "joined"), DayOf(versions[0], "official"));
        var isFirst = joined < day && DayOf(versions[0], "first_joined") is null && !register.Of(Admissions, entry.Text("member")).Any(row => DayOf(row, "date") == joined);
        foreach (var version in versions)
        {
            if (isFirst)
            {
                version.Set("first_joined", joined, entry.Place);
                version.Set("first_official", confirmed, entry.Place);
            }
            version.Set("joined", day, entry.Place);
            version.Set("official", official, entry.Place);
        }
    }

    private void Recognise(EventEntry entry)
    {
        var member = entry.Text("member");
        if (Known(entry, member) is not { } versions)
            return;
        var admission = register.Of(Admissions, member).MaxBy(row => DayOf(row, "date"));
        if (DayOf(versions[0], "official") is { } already)
        {
            Fault(entry, IssueCode.AlreadyOfficial, "member", member, $"{Name(member)} đã là đảng viên chính thức từ {Vietnamese.Day(already)}.");
            return;
        }
        admission?.Set("official", entry.Day(), entry.Place);
        foreach (var version in versions)
            version.Set("official", entry.Day(), entry.Place);
    }

    private void Refuse(EventEntry entry)
    {
        var member = entry.Text("member");
        if (Known(entry, member) is not { } versions)
            return;
        if (DayOf(versions[0], "official") is { } already)
            Fault(entry, IssueCode.AlreadyOfficial, "member", member, $"{Name(member)} đã là đảng viên chính thức từ {Vietnamese.Day(already)}.");
        else
            Leave(entry, member, "Xóa tên", keepPosts: false);
    }

    private void Arrive(EventEntry entry)
    {
        var (member, day) = (entry.Text("member"), entry.Day());
        if (register.Find(Memberships, [member, entry.Text("branch"), day]) is not null)
        {
            Fault(entry, IssueCode.AlreadyThere, "date", Vietnamese.Day(day), $"{Name(member)} đã có ở {entry.Text("branch")} từ ngày đó.");
            return;
        }
        var versions = register.Records(member);
        if (versions.Count == 0)
        {
            if (entry.DayOrNull("joined") is not { } joined)
            {
                Fault(entry, IssueCode.Required, "joined", null, $"Chưa có đảng viên {member} trong hệ thống nên cần ngày vào Đảng.");
                return;
            }
            if (!Enter(entry, member, joined, entry.DayOrNull("official")))
                return;
        }
        else if (entry.Said.Count > 0)
        {
            Change(entry, member, day, Different(entry, versions, day), later: false);
        }
        register.Add(new(Memberships, entry.Place, ("member", member), ("branch", entry.Text("branch")), ("from", day), ("reason_in", entry.Text("reason"))));
    }

    private void Leave(EventEntry entry, string member, string reason, bool keepPosts)
    {
        var day = entry.Day();
        if (Known(entry, member) is null || Held(entry, member) is not { } membership)
            return;
        membership.Set("to", day, entry.Place);
        membership.Set("reason_out", reason, entry.Place);
        if (keepPosts)
            return;
        foreach (var held in register.Of(Posts, member).Concat(register.Of(Assignments, member)).Where(row => row.To is not { } end || end > day).ToList())
        {
            if (held.From < day)
                held.Set("to", day, entry.Place);
            else
                Fault(entry, IssueCode.BadValue, "date", Vietnamese.Day(day), $"{Name(member)} còn {What(held)} bắt đầu từ {Vietnamese.Day(held.From)}, sau ngày thôi; hãy sửa hoặc xóa dòng đó trước.");
        }
    }

    /// <summary>The membership that ends on the day; null, and said, where there is none, or where it had ended or others follow.</summary>
    private WorkedRow? Held(EventEntry entry, string member)
    {
        var day = entry.Day();
        var membership = register.Of(Memberships, member).FirstOrDefault(row => row.From < day && row.HoldsOn(day));
        if (membership is null)
            Fault(entry, IssueCode.BadValue, "date", Vietnamese.Day(day), $"{Name(member)} không sinh hoạt tại chi bộ nào vào hôm trước ngày {Vietnamese.Day(day)}; hãy kiểm tra mã và ngày.");
        else if (membership.To is { } end)
            Fault(entry, IssueCode.AlreadyThere, "date", Vietnamese.Day(day), $"{Name(member)} đã được ghi thôi sinh hoạt tại {membership.Text("branch")} từ {Vietnamese.Day(end)}; nếu ngày đó sai, hãy sửa (amend) hoặc hoàn tác lần ghi đó.");
        else if (register.Of(Memberships, member).FirstOrDefault(row => row.From >= day) is { } later)
            Fault(entry, IssueCode.BadValue, "date", Vietnamese.Day(day), $"{Name(member)} có sinh hoạt tại {later.Text("branch")} từ {Vietnamese.Day(later.From)}, sau ngày này; hãy sửa dòng đó trước.");
        else
            return membership;
        return null;
    }

    private void Move(EventEntry entry)
    {
        var (branch, day) = (entry.Text("branch"), entry.Day());
        foreach (var member in entry.Members)
        {
            if (Known(entry, member, "members") is null || Held(entry, member) is not { } membership)
                continue;
            if (membership.Text("branch") == branch)
            {
                Fault(entry, IssueCode.AlreadyThere, "members", member, $"{Name(member)} đang sinh hoạt tại chính {branch}.");
                continue;
            }
            membership.Set("to", day, entry.Place);
            membership.Set("reason_out", Within, entry.Place);
            register.Add(new(Memberships, entry.Place, ("member", member), ("branch", branch), ("from", day), ("reason_in", Within), ("basis", entry.TextOrNull("basis"))));
        }
    }

    private void Change(EventEntry entry, string member, DateOnly day, Dictionary<ColumnDefinition, object?> said, bool later)
    {
        if (Known(entry, member) is not { } versions || said.Count == 0)
            return;
        foreach (var column in said.Keys.Where(column => column.OfPerson).ToList())
        {
            Fault(entry, IssueCode.BadValue, column.Caption, null, $"“{column.Caption}” là của cả đời người nên không đổi từ một ngày; ghi sai thì dùng sự kiện correct.");
            return;
        }
        if (versions.Exists(version => version.From == day))
        {
            Fault(entry, IssueCode.VersionExists, "date", Vietnamese.Day(day), $"{Name(member)} đã có thay đổi ghi từ ngày {Vietnamese.Day(day)}; muốn sửa dòng đó thì dùng sự kiện correct.");
            return;
        }
        var speaking = WorkedRow.SpeakingOn(versions, day);
        // The first version holds since ever, whatever its date: what came before the day stays as it was.
        if (speaking.From > day)
            register.Add(speaking.SinceEver(entry.Place));
        var next = speaking.StartingOn(day, entry.Place);
        foreach (var (column, value) in said)
            next.Set(column.Key, value, entry.Place);
        register.Add(next);
        Follow(entry, versions.Where(version => version.From > day), speaking, said, later);
    }

    /// <summary>Later versions that held the old value take the new one where told so; else the reader is told of them.</summary>
    private void Follow(EventEntry entry, IEnumerable<WorkedRow> versions, WorkedRow before, Dictionary<ColumnDefinition, object?> said, bool later)
    {
        var old = said.Keys.ToDictionary(column => column, before.Value);
        foreach (var version in versions.ToList())
        {
            foreach (var (column, value) in said.Where(pair => Equals(version.Value(pair.Key), old[pair.Key]) && !Equals(pair.Value, old[pair.Key])))
            {
                if (later)
                    version.Set(column.Key, value, entry.Place);
                else
                    Fault(entry, IssueCode.RevertsLater, column.Caption, ColumnReader.Show(old[column]), $"Dòng từ {Vietnamese.Day(version.From)} vẫn giữ giá trị cũ “{ColumnReader.Show(old[column])}”; nếu giá trị mới còn đúng sau đó, hãy chọn sửa cả các dòng hồ sơ sau (“later”: true).");
            }
        }
    }

    private void Correct(EventEntry entry)
    {
        var member = entry.Text("member");
        if (Known(entry, member) is not { } versions)
            return;
        var version = entry.DayOrNull("version") is { } day ? versions.Find(one => one.From == day) : versions[0];
        if (version is null)
        {
            Fault(entry, IssueCode.UnknownReference, "version", Vietnamese.Day(entry.Day("version")), $"{Name(member)} không có dòng từ ngày đó; các dòng từ: {string.Join(", ", versions.Select(one => one.From == DateOnly.MinValue ? "đầu" : Vietnamese.Day(one.From)))}.");
            return;
        }
        var old = entry.Said.Keys.ToDictionary(column => column, version.Value);
        foreach (var (column, value) in entry.Said)
        {
            version.Set(column.Key, value, entry.Place);
            foreach (var other in versions.Where(other => other != version && (column.OfPerson || (entry.Is("later") && other.From > version.From && Equals(other.Value(column), old[column])))))
                other.Set(column.Key, value, entry.Place);
        }
    }

    /// <summary>A post, an assignment or a link begins.</summary>
    private void Begin(EventEntry entry, SheetDefinition sheet, params (string Column, object? Value)[] who)
    {
        var day = entry.Day();
        if (register.Of(sheet).FirstOrDefault(row => who.All(pair => Equals(row.Text(pair.Column), pair.Value)) && (row.HoldsOn(day) || row.From == day)) is { } held)
        {
            Fault(entry, IssueCode.AlreadyThere, "date", Vietnamese.Day(day), $"Đã có {What(held)} từ {Vietnamese.Day(held.From)}.");
            return;
        }
        register.Add(new(sheet, entry.Place, [.. who, ("from", day)]));
    }

    private void End(EventEntry entry, SheetDefinition sheet, params (string Column, object? Value)[] who)
    {
        var day = entry.Day();
        if (register.Of(sheet).FirstOrDefault(row => who.All(pair => Equals(row.Text(pair.Column), pair.Value)) && row.From < day && row.HoldsOn(day)) is { To: null } held)
            held.Set("to", day, entry.Place);
        else
            Fault(entry, IssueCode.UnknownReference, "date", Vietnamese.Day(day), $"Không có dòng nào còn giữ vào hôm trước ngày {Vietnamese.Day(day)} ({string.Join(", ", who.Select(pair => pair.Value))}); hãy kiểm tra mã và ngày.");
    }

    private void Replace(EventEntry entry, SheetDefinition sheet, string[] keys, string[] values)
    {
        var row = register.Find(sheet, [.. keys.Select(key => entry.Values[key])]);
        if (row is null)
            register.Add(row = new(sheet, entry.Place, keys.Select(key => (key, entry.Values[key]))));
        foreach (var value in values)
            row.Set(value, entry.Values[value], entry.Place);
    }

    private void Rate(EventEntry entry)
    {
        var (unit, member) = (entry.TextOrNull("unit"), entry.TextOrNull("member"));
        if (unit is null == member is null)
        {
            Fault(entry, unit is null ? IssueCode.Required : IssueCode.BadValue, unit is null ? "unit" : "member", member, "Xếp loại một tổ chức (unit) hoặc một đảng viên (member), không phải cả hai.");
            return;
        }
        if (unit is null)
        {
            Replace(entry, MemberRatings, ["year", "member"], ["grade"]);
            return;
        }
        entry.Values["org"] = unit;
        Replace(entry, Ratings, ["year", "org"], ["grade"]);
    }

    /// <summary>No number, or 0, is no plan.</summary>
    private void Plan(EventEntry entry)
    {
        var key = new[] { entry.Text("unit"), entry.Values["period"], entry.Values["item"] };
        var row = register.Find(Plans, key);
        if (entry.Values.GetValueOrDefault("number") is not int number || number == 0)
        {
            row?.Remove(entry.Place);
            return;
        }
        if (row is null)
            register.Add(row = new(Plans, entry.Place, ("org", key[0]), ("period", key[1]), ("item", key[2])));
        row.Set("number", number, entry.Place);
        if (entry.TextOrNull("document") is { } document)
            row.Set("document", document, entry.Place);
    }

    private void Inspect(EventEntry entry)
    {
        if (register.Find(Inspections, [entry.Text("document"), entry.Text("unit")]) is not null)
        {
            Fault(entry, IssueCode.AlreadyThere, "document", entry.Text("document"), $"Đã có {entry.Text("document")} đối với {entry.Text("unit")}; muốn sửa thì dùng sự kiện amend.");
            return;
        }
        register.Add(new(Inspections, entry.Place,
            ("document", entry.Text("document")), ("org", entry.Text("unit")), ("date", entry.Day()), ("form", entry.Text("form")),
            ("subject", entry.TextOrNull("subject")), ("result", entry.TextOrNull("result"))));
    }

    /// <summary>A row that there may be once; one that is there already is corrected with amend.</summary>
    private void AddNew(EventEntry entry, SheetDefinition sheet, string field, params (string Column, object? Value)[] said)
    {
        var row = new WorkedRow(sheet, entry.Place, said);
        if (register.Find(sheet, row.Key) is null)
            register.Add(row);
        else
            Fault(entry, IssueCode.AlreadyThere, field, ColumnReader.Show(entry.Values[field]), $"Trang {sheet.Name} đã có dòng này ({string.Join(" · ", row.Key.Select(ColumnReader.Show))}); muốn sửa thì dùng sự kiện amend.");
    }

    private void Stay(EventEntry entry, string field, string direction, params (string Column, object? Value)[] said)
    {
        var (who, day) = (entry.Text(field), entry.Day());
        if (StaysOf(who, direction).FirstOrDefault(row => row.HoldsOn(day)) is { } held)
        {
            Fault(entry, IssueCode.AlreadyThere, "date", Vietnamese.Day(day), $"{who} đang sinh hoạt tạm thời tại {held.Text("place")} từ {Vietnamese.Day(held.From)}; hãy ghi ngày thôi của lần đó trước.");
            return;
        }
        if (field == "member" && Known(entry, who) is null)
            return;
        AddNew(entry, Stays, "date", [("member", who), ("direction", direction), ("from", day), ("to", entry.DayOrNull("until")), .. said]);
    }

    private void EndStay(EventEntry entry, string field, string direction)
    {
        var (who, day) = (entry.Text(field), entry.Day());
        if (StaysOf(who, direction).FirstOrDefault(row => row.From < day && (row.To is not { } end || end > day)) is { } held)
            held.Set("to", day, entry.Place);
        else
            Fault(entry, IssueCode.UnknownReference, "date", Vietnamese.Day(day), $"{who} không sinh hoạt tạm thời {(direction == "Đi" ? "ở nơi khác" : "tại đây")} vào hôm trước ngày {Vietnamese.Day(day)}; hãy kiểm tra mã và ngày.");
    }

    private IEnumerable<WorkedRow> StaysOf(string who, string direction) => register.Of(Stays).Where(row => row.Text("member") == who && row.Text("direction") == direction);

    private void Foster(EventEntry entry) => AddNew(entry, Sources, "source",
        ("code", entry.Text("source")), ("name", entry.Text("name")), ("sex", entry.Text("sex")), ("born", entry.Values["born"]), ("ethnicity", entry.Text("ethnicity")), ("residence", entry.TextOrNull("village")),
        ("branch", entry.Text("branch")), ("from", entry.Day()), ("class_date", entry.DayOrNull("class_date")), ("youth", entry.Is("youth")));

    private void EndFollowing(EventEntry entry, string result, string? member)
    {
        if (Followed(entry) is not { } source)
            return;
        source.Set("to", entry.Day(), entry.Place);
        source.Set("result", result, entry.Place);
        source.Set("member", member, entry.Place);
    }

    /// <summary>Somebody followed on the day before the event, or on it; null, and said, where he is not.</summary>
    private WorkedRow? Followed(EventEntry entry)
    {
        var (code, day) = (entry.Text("source"), entry.Day());
        if (register.Of(Sources).FirstOrDefault(row => row.Text("code") == code) is not { } source)
            Fault(entry, IssueCode.UnknownReference, "source", code, $"Không có nguồn kết nạp “{code}”; hãy kiểm tra lại mã nguồn.");
        else if (source.To is { } end && entry.Kind.Name != "attend")
            Fault(entry, IssueCode.AlreadyThere, "source", code, $"Nguồn kết nạp {code} đã thôi theo dõi từ {Vietnamese.Day(end)}.");
        else if (source.From >= day && entry.Kind.Name != "attend")
            Fault(entry, IssueCode.BadValue, "date", Vietnamese.Day(day), $"Nguồn kết nạp {code} được theo dõi từ {Vietnamese.Day(source.From)}; ngày thôi phải sau ngày đó.");
        else
            return source;
        return null;
    }

    private void Amend(EventEntry entry)
    {
        if (register.Find(entry.Sheet!, entry.Key) is not { } row)
        {
            Fault(entry, IssueCode.UnknownReference, "key", string.Join(" · ", entry.Key.Select(ColumnReader.Show)), $"Trang {entry.Sheet!.Name} không có dòng với khóa này.");
            return;
        }
        if (entry.Is("remove"))
            row.Remove(entry.Place);
        foreach (var (column, value) in entry.Said)
            row.Set(column.Key, value, entry.Place);
    }

    /// <summary>The four dates are the event's, not the record's.</summary>
    private bool KeepsDates(EventEntry entry)
    {
        var dates = entry.Said.Keys.Where(column => column.Key is "joined" or "official" or "first_joined" or "first_official").ToList();
        foreach (var column in dates)
            Fault(entry, IssueCode.UnknownField, column.Caption, null, $"“{column.Caption}” do sự kiện đặt nên không ghi ở “record”.");
        return dates.Count == 0;
    }

    /// <summary>What a record given with an event says otherwise than the one that is stored.</summary>
    private static Dictionary<ColumnDefinition, object?> Different(EventEntry entry, List<WorkedRow> versions, DateOnly day)
    {
        var speaking = WorkedRow.SpeakingOn(versions, day);
        return entry.Said.Where(pair => !pair.Key.OfPerson && !Equals(speaking.Value(pair.Key), pair.Value)).ToDictionary(pair => pair.Key, pair => pair.Value);
    }

    private List<WorkedRow>? Known(EventEntry entry, string member, string field = "member")
    {
        if (register.Records(member) is { Count: > 0 } versions)
            return versions;
        Fault(entry, IssueCode.UnknownReference, field, member, $"Mã “{member}” chưa có trong hệ thống; hãy kiểm tra lại mã đảng viên.");
        return null;
    }

    private WorkedRow? RecordOn(string member, DateOnly day) =>
        register.Records(member) is { Count: > 0 } versions ? WorkedRow.SpeakingOn(versions, day) : null;

    private string Name(string member) => register.Records(member) is [.., var last] ? $"{last.Text("name")} ({member})" : member;

    private static string What(WorkedRow row) => row.Sheet == Posts ? $"chức {row.Text("post")} tại {row.Text("place")}"
        : row.Sheet == Assignments ? $"phân công theo dõi {row.Text("branch")}" : $"phụ trách bản {row.Text("village")}";

    private static DateOnly? DayOf(WorkedRow row, string column) => row.Values[row.Sheet.IndexOf(column)] as DateOnly?;

    private void Fault(EventEntry entry, string code, string field, string? value, string message) => issues.Add(new(code, entry.Place.Sheet, entry.Place.Row, field, value, message));
}
