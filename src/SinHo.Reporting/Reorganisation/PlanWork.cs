using System.Globalization;
using SinHo.Reporting.Exchange;
using SinHo.Reporting.Register;
using SinHo.Reporting.Words;

namespace SinHo.Reporting.Reorganisation;

/// <summary>
/// Works out what a plan means for the register, day by day: versions of units and villages, then links, people, posts and assignments of what
/// ends, and the rows of Sắp xếp. Source: docs/spec/command-line.md, PLAN.xlsx.
/// </summary>
internal sealed class PlanWork(PlanFile plan, PlanRegister register)
{
    private static readonly ColumnReader OrganisationCode = new(ExchangeWorkbook.Organisations.Column("code"));

    private readonly List<ImportIssue> issues = [.. plan.Issues];

    /// <summary>Who has been sent, by the rows of Phân bổ.</summary>
    private readonly HashSet<PlanPair> sent = [];

    public IReadOnlyList<ImportIssue> Issues => issues;

    /// <summary>The tree of the day that is worked out.</summary>
    private UnitsOfDay units = null!;

    /// <summary>Rows that do not say enough make nothing that could be judged.</summary>
    private bool IsIncomplete => issues.Exists(issue => issue.Code is IssueCode.Required or IssueCode.BadValue);

    private bool HasErrors => issues.Exists(issue => !issue.IsWarning);

    /// <returns>Whether the rows worked out can be judged: a plan that cannot be read, or that turns in a circle, gives none.</returns>
    public bool Run()
    {
        foreach (var row in plan.Rows)
            Understand(row);
        if (HasErrors)
            return false;
        foreach (var rows in plan.Rows.GroupBy(row => row.Day).OrderBy(day => day.Key))
        {
            if (!WorkOrganisations(rows.Key, [.. rows.Where(row => !row.IsVillage)]))
                return false;
            if (!WorkVillages(rows.Key, [.. rows.Where(row => row.IsVillage)]))
                return false;
            WorkPeople(rows.Key, [.. rows]);
        }
        foreach (var lost in plan.People.Where(pair => !sent.Contains(pair)))
        {
            if (!register.KnowsPerson(lost.First))
                Fault(IssueCode.UnknownReference, lost.Place, "Mã đảng viên", lost.First, $"Mã “{lost.First}” chưa có trong hệ thống; hãy kiểm tra lại mã đảng viên.");
            else
                Fault(IssueCode.BadValue, lost.Place, "Mã đảng viên", lost.First,
                $"Không có đảng viên {lost.First} đang sinh hoạt tại chi bộ nào được chia tách hoặc kết thúc trong phương án; hãy kiểm tra mã, hoặc bỏ dòng này.");
        }
        WriteDecisions();
        return true;
    }

    /// <summary>What a row is about, and whether its form has the codes that it needs.</summary>
    private void Understand(PlanRow row)
    {
        row.IsVillage = IsAboutVillage(row);
        if (row.Form == PlanRow.Founding && row.Old is not null)
            Fault(row, IssueCode.RestructuringRoles, "Mã cũ", row.Old, "Thành lập không có đơn vị cũ; hãy để trống Mã cũ, hoặc chọn hình thức khác.");
        if (row.Form == PlanRow.Dissolving && row.New is not null)
            Fault(row, IssueCode.RestructuringRoles, "Mã mới", row.New, "Giải thể không có đơn vị mới; hãy để trống Mã mới, hoặc chọn hình thức khác (Sáp nhập, Chia tách…).");
        if (row.Form != PlanRow.Founding && row.Old is null)
            Fault(row, IssueCode.Required, "Mã cũ", null, $"Chưa nhập Mã cũ; {row.Form} cần mã của đơn vị hoặc bản như trước.");
        if (row.Form != PlanRow.Dissolving && row.New is null)
            Fault(row, IssueCode.Required, "Mã mới", null, $"Chưa nhập Mã mới; {row.Form} cần mã của đơn vị hoặc bản như sau.");
        if (row.Old is { } old && !register.IsOrganisation(old) && !register.IsVillage(old) && !plan.Rows.Any(other => other.New == old && other.Day <= row.Day))
            Fault(row, IssueCode.UnknownReference, "Mã cũ", old, $"Mã “{old}” chưa có trong hệ thống; hãy kiểm tra lại mã đơn vị hoặc mã bản.");
        if (row is { IsVillage: true, Type: { } kind } && !Vocabulary.VillageKind.Values.Contains(kind))
            Fault(row, IssueCode.BadValue, "Loại hình mới", kind, "Bản có Loại hình mới là Bản hoặc Khu phố.");
        if (row is { IsVillage: true, Level: { } level })
            Fault(row, IssueCode.BadValue, "Cấp mới", level, "Bản không có cấp; hãy để trống Cấp mới.");
        if (row is { IsVillage: false, New: { } code } && !register.IsOrganisation(code) && OrganisationCode.Read(code).Fault is { } fault)
            Fault(row, IssueCode.BadValue, "Mã mới", code, fault);
    }

    /// <summary>A code that is both means the organisation, unless the row says the kind of a village and no level.</summary>
    private bool IsAboutVillage(PlanRow row)
    {
        var saysVillage = row is { Level: null, Type: { } type } && Vocabulary.VillageKind.Values.Contains(type);
        bool? Is(string? code)
        {
            if (code is null)
                return null;
            var founded = plan.Rows.Where(other => other.New == code && other != row && other.Level is not null).ToList();
            return (register.IsOrganisation(code) || founded.Count > 0, register.IsVillage(code)) switch
            {
                (true, false) => false,
                (false, true) => true,
                (true, true) => saysVillage,
                _ => null,
            };
        }
        return Is(row.Old) ?? Is(row.New) ?? saysVillage;
    }

    private bool WorkOrganisations(DateOnly day, List<PlanRow> rows)
    {
        CheckHolds(rows, day, register.Organisations);
        FindChains(rows);
        if (HasErrors)
            return false;
        units = new(register, rows, day, Fault);
        if (!units.Work() || IsIncomplete)
            return false;
        foreach (var (code, row) in units.Ended)
        {
            var version = PlanRegister.On(register.Organisations, code, day)!;
            version.Set("to", day, row.Place);
            if (register.Organisations[code].Find(later => later.From > day) is { } later)
            {
                Fault(row, IssueCode.Overlap, "Mã cũ", code,
                    $"{code} kết thúc ngày {Vietnamese.Day(day)} nhưng sổ còn dòng từ {Vietnamese.Day(later.From)}; hãy sửa hoặc xóa dòng đó trước.");
            }
        }
        var villages = plan.Rows.Where(row => row.IsVillage && row.Day == day).ToList();
        units.Write(Ended(villages).Select(pair => pair.Code).ToHashSet(StringComparer.Ordinal));
        return true;
    }

    /// <summary>What changes must be there on the day; what is founded must not.</summary>
    private void CheckHolds(List<PlanRow> rows, DateOnly day, IReadOnlyDictionary<string, List<WorkedRow>> versions)
    {
        foreach (var row in rows)
        {
            if (row.Old is { } old && versions.TryGetValue(old, out var lives) && !(lives.Exists(life => life.HoldsOn(day)) && (lives.Exists(life => life.From < day && (life.To is not { } end || end >= day)) || rows.Exists(other => other.New == old))))
            {
                Fault(row, IssueCode.OutsideBranchLife, "Mã cũ", old,
                    $"{old} không có vào hôm trước ngày {Vietnamese.Day(day)}; {(row.IsVillage ? "bản" : "đơn vị")} có {Life(lives)}. Hãy sửa ngày hiệu lực hoặc mã.");
            }
            if (row is { Form: PlanRow.Founding, New: { } founded } && PlanRegister.On(versions, founded, day) is not null)
            {
                Fault(row, IssueCode.Overlap, "Mã mới", founded,
                    $"Mã {founded} đã có và đang hoạt động vào ngày {Vietnamese.Day(day)}; đơn vị thành lập phải có mã mới.");
            }
            if (row is { Form: PlanRow.Founding, New: { } twice } && rows.Find(other => other.New == twice && other.Form == PlanRow.Founding) is { } first && first != row)
                Fault(row, IssueCode.DuplicateKey, "Mã mới", twice, string.Create(CultureInfo.InvariantCulture, $"Mã {twice} đã được thành lập ở hàng {first.Place.Row}."));
        }
    }

    /// <summary>A unit that goes into another on the day on which it takes in a third: nobody can say what becomes of whom.</summary>
    private bool FindChains(List<PlanRow> rows)
    {
        var found = false;
        foreach (var row in rows.Where(row => row is { GoesOn: false, Old: not null, New: not null }))
        {
            if (rows.Find(other => other.New == row.Old && other.Old is not null && other.Old != row.Old) is not { } into || rows.Exists(other => other.GoesOn && other.Old == row.Old))
                continue;
            Fault(row, IssueCode.PlanCycle, "Mã cũ", row.Old, string.Create(CultureInfo.InvariantCulture,
                $"{row.Old} vừa tiếp nhận {into.Old} (hàng {into.Place.Row}) vừa đi vào {row.New} cùng ngày nên phương án thành vòng; hãy cho {into.Old} đi thẳng vào nơi cuối cùng, hoặc thêm dòng {row.Old} → {row.Old} nếu {row.Old} vẫn còn."));
            found = true;
        }
        return found;
    }

    private bool WorkVillages(DateOnly day, List<PlanRow> rows)
    {
        CheckHolds(rows, day, register.Villages);
        if (FindChains(rows) || IsIncomplete || issues.Exists(issue => issue.Code == IssueCode.OutsideBranchLife))
            return false;
        var ended = Ended(rows);
        foreach (var group in rows.Where(row => row.New is not null).GroupBy(row => row.New!))
            WriteVillage(group.Key, [.. group], day);
        if (IsIncomplete)
            return false;
        foreach (var (code, row) in ended)
        {
            PlanRegister.On(register.Villages, code, day)!.Set("to", day, row.Place);
            var successors = Successors(rows, code);
            if (successors.Count == 0)
            {
                foreach (var person in register.Residents(code, day))
                {
                    Fault(row, IssueCode.PeopleLeft, "Mã cũ", person,
                        $"{Name(person, day)} ({person}) cư trú tại bản {code}, bản giải thể mà không có nơi kế thừa; hãy ghi bản kế thừa, hoặc sửa nơi cư trú trước.");
                }
            }
        }
        return true;
    }

    private void WriteVillage(string code, List<PlanRow> rows, DateOnly day)
    {
        var (name, kind, commune) = (Said(rows, "Tên mới", row => row.Name), Said(rows, "Loại hình mới", row => row.Type), Said(rows, "Trực thuộc mới", row => row.Parent));
        var cause = rows[0];
        if (PlanRegister.On(register.Villages, code, day) is { } version)
        {
            Change(version, day, cause.Place, [("name", name ?? version.Text("name")), ("kind", kind ?? version.Text("kind")), ("commune", commune ?? version.Text("commune"))]);
            return;
        }
        var before = rows.Select(row => row.Old).OfType<string>().Distinct().Select(old => PlanRegister.On(register.Villages, old, day)).OfType<WorkedRow>().ToList();
        kind ??= Common(before, "kind");
        commune ??= before.Select(one => units.Became(one.Text("commune")!)).Distinct().ToList() is [var one] ? one : null;
        if (name is null)
            Fault(cause, IssueCode.Required, "Tên mới", null, $"Bản {code} chưa có trong hệ thống nên cần Tên mới.");
        if (kind is null)
            Fault(cause, IssueCode.BadValue, "Loại hình mới", null, $"Bản {code} chưa có trong hệ thống nên cần Loại hình mới là Bản hoặc Khu phố.");
        if (commune is null)
            Fault(cause, IssueCode.Required, "Trực thuộc mới", null, $"Bản {code} cần mã xã, phường, thị trấn ở Trực thuộc mới.");
        register.AddVersion(new(ExchangeWorkbook.Villages, cause.Place,
            ("code", code), ("name", name), ("kind", kind), ("commune", commune), ("from", day), ("households", Sum("households")), ("people", Sum("people"))));

        // Households of villages that become one are those of all, where all are known and nothing of them goes elsewhere.
        object? Sum(string column)
        {
            var counts = before.Select(one => one.Values[one.Sheet.IndexOf(column)] as int?).ToList();
            var isWhole = before.TrueForAll(one => plan.Rows.Where(row => row.Old == one.Text("code") && row.Day == day).All(row => row.New == code));
            return isWhole && counts.Count > 0 && counts.TrueForAll(count => count is not null) ? counts.Sum() : null;
        }
    }

    private void WorkPeople(DateOnly day, List<PlanRow> rows)
    {
        var villages = rows.FindAll(row => row.IsVillage);
        var organisations = rows.FindAll(row => !row.IsVillage);
        foreach (var link in plan.Links.Where(link => DayOf(link) == day))
        {
            if (!Serves(link.First, link.Second, day))
                Link(link.First, link.Second, day, null, link.Place);
        }
        foreach (var (code, row) in Ended(villages))
            EndVillage(code, Successors(villages, code), row, day);
        foreach (var code in organisations.Select(row => row.Old).OfType<string>().Distinct())
        {
            if (WasBranch(register.Organisations[code], day))
                SendPeople(new(code, Successors(organisations, code), organisations.Find(row => row.Old == code)!, day), organisations.Exists(row => row.New == code));
        }
    }

    private sealed record BranchThatChanges(string Code, List<string> Successors, PlanRow Row, DateOnly Day);

    private static bool WasBranch(List<WorkedRow> versions, DateOnly day) =>
        versions.FindLast(version => version.From < day) is { } before && Levels.Of(before.Text("level")!)?.IsBranch == true;

    /// <param name="goesOn">The branch itself is among its successors, or takes in others.</param>
    private void SendPeople(BranchThatChanges branch, bool goesOn)
    {
        var (code, successors, row, day) = branch;
        if (goesOn && successors.All(one => one == code))
            return;
        var members = register.Memberships.Where(one => one.Text("branch") == code && one.From < day && one.HoldsOn(day)).ToList();
        var goesWhere = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var membership in members)
        {
            var member = membership.Text("member")!;
            if (Target(branch, member, goesOn) is not { } target)
                continue;
            goesWhere[member] = target;
            if (target != code)
                Move(membership, target, row, day);
        }
        if (goesOn)
            return;
        EndLinks(branch, goesWhere);
        foreach (var post in register.Posts.Where(post => post.Text("place") == code && post.HoldsOn(day)).ToList())
            GoOn(post, "place", successors is [var only] ? only : goesWhere.GetValueOrDefault(post.Text("member") ?? "") ?? successors.Order(StringComparer.Ordinal).FirstOrDefault(), row, day);
        foreach (var assignment in register.Assignments.Where(one => one.Text("branch") == code && one.HoldsOn(day)).ToList())
            GoOn(assignment, "branch", MostOf(goesWhere.Values, successors), row, day);
    }

    /// <summary>The branch to which a member goes; null, and said, where that cannot be known.</summary>
    private string? Target(BranchThatChanges branch, string member, bool goesOn)
    {
        var (code, successors, row, day) = branch;
        if (plan.People.FirstOrDefault(pair => register.Meaning(pair.First) == member) is { } said)
        {
            sent.Add(said);
            if (successors.Count > 0 && !successors.Contains(said.Second))
            {
                Fault(IssueCode.BadValue, said.Place, "Mã chi bộ mới", said.Second,
                    $"{code} đi vào {string.Join(", ", successors)}, không có {said.Second}; hãy sửa mã chi bộ mới của {Name(member, day)}.");
                return null;
            }
            if (PlanRegister.On(register.Organisations, said.Second, day) is null)
            {
                Fault(IssueCode.UnknownReference, said.Place, "Mã chi bộ mới", said.Second, $"Không có chi bộ {said.Second} vào ngày {Vietnamese.Day(day)}.");
                return null;
            }
            return said.Second;
        }
        switch (successors)
        {
            case []:
                Fault(row, IssueCode.PeopleLeft, "Mã cũ", member,
                    $"{Name(member, day)} ({member}) còn sinh hoạt tại {code}, chi bộ kết thúc mà không có nơi kế thừa; hãy ghi chi bộ kế thừa, hoặc ghi người này ở trang Phân bổ.");
                return null;
            case [var only]:
                return only;
        }
        var home = register.Record(member, day)?.Text("residence");
        var serving = home is null ? [] : successors.Where(one => Serves(one, home, day)).ToList();
        if (serving is [var served])
            return served;
        if (goesOn && (serving.Count == 0 || serving.Contains(code)))
            return code;
        var why = (home, serving.Count) switch
        {
            (null, _) => "chưa ghi bản cư trú",
            (_, 0) => $"cư trú tại bản {home}, không chi bộ mới nào phụ trách",
            _ => $"cư trú tại bản {home}, do {string.Join(" và ", serving)} cùng phụ trách",
        };
        Fault(row, IssueCode.PeopleLeft, "Mã cũ", member,
            $"{code} chia thành {string.Join(", ", successors)}, không rõ {Name(member, day)} ({member}) về đâu: {why}. Hãy ghi người này ở trang Phân bổ, hoặc ghi bản ở trang Chi bộ - bản.");
        return null;
    }

    private void Move(WorkedRow membership, string branch, PlanRow row, DateOnly day)
    {
        const string Within = "Chuyển nội bộ";
        register.Add(new(ExchangeWorkbook.Memberships, row.Place,
            ("member", membership.Text("member")), ("branch", branch), ("from", day), ("to", membership.To), ("reason_in", Within), ("reason_out", membership.Text("reason_out")), ("basis", row.Decision)));
        membership.Set("to", day, row.Place);
        membership.Set("reason_out", Within, row.Place);
    }

    /// <summary>Links of a branch that ends: with one successor they go on in it; else each where most of its residents go, unless the plan says who serves the village.</summary>
    private void EndLinks(BranchThatChanges branch, Dictionary<string, string> goesWhere)
    {
        var (code, successors, row, day) = branch;
        foreach (var link in register.Services.Where(link => link.Text("branch") == code && link.HoldsOn(day)).ToList())
        {
            var village = link.Text("village")!;
            if (link.From == day && !link.IsStored)
            {
                // A village of the branch ended the same day; what took its place goes straight to the successor.
                register.Forget(link);
            }
            else if (link.From == day)
            {
                Fault(row, IssueCode.OutsideBranchLife, "Mã cũ", code, $"{code} được ghi phụ trách bản {village} từ chính ngày kết thúc {Vietnamese.Day(day)}; hãy xóa dòng đó trước.");
                continue;
            }
            var end = link.To;
            if (link.From < day)
                link.Set("to", day, row.Place);
            var residents = goesWhere.Where(pair => register.Record(pair.Key, day)?.Text("residence") == village).Select(pair => pair.Value).ToList();
            var isSaid = successors.Count > 1 && plan.Links.Any(said => said.Second == village);
            var isServed = residents.Count == 0 && successors.Any(one => Serves(one, village, day));
            if (successors.Count == 0 || isSaid || (successors.Count > 1 && isServed))
                continue;
            var target = MostOf(residents, successors)!;
            if (!Serves(target, village, day))
                Link(target, village, day, end, row.Place);
        }
    }

    /// <summary>Links, posts and residents of a village that ends go on in its successor.</summary>
    private void EndVillage(string code, List<string> successors, PlanRow row, DateOnly day)
    {
        foreach (var link in register.Services.Where(link => link.Text("village") == code && link.From < day && link.HoldsOn(day)).ToList())
        {
            var end = link.To;
            link.Set("to", day, row.Place);
            foreach (var successor in successors.Where(one => !Serves(link.Text("branch")!, one, day)))
                Link(link.Text("branch")!, successor, day, end, row.Place);
        }
        foreach (var post in register.Posts.Where(post => post.Text("place") == code && post.HoldsOn(day)).ToList())
        {
            if (successors is [var only])
                GoOn(post, "place", only, row, day);
        }
        foreach (var person in register.Residents(code, day))
        {
            // Of a village that splits nobody knows by its name alone who lives where: the branch tells, where it serves one of them.
            var branch = register.Memberships.FirstOrDefault(one => one.Text("member") == person && one.HoldsOn(day))?.Text("branch");
            var homes = successors.Count > 1 ? successors.Where(one => branch is not null && Serves(branch, one, day)).ToList() : successors;
            if (homes is [var home])
                register.Rehouse(person, code, home, day, row.Place);
        }
    }

    /// <summary>A post or an assignment ends and begins in the successor.</summary>
    private void GoOn(WorkedRow held, string place, string? successor, PlanRow row, DateOnly day)
    {
        if (successor is null || held.From == day)
            return;
        var known = held.Sheet == ExchangeWorkbook.Posts ? register.Posts : register.Assignments;
        var same = held.Sheet == ExchangeWorkbook.Posts ? "post" : "role";
        var end = held.To;
        held.Set("to", day, row.Place);
        if (known.Any(other => other != held && other.Text("member") == held.Text("member") && other.Text(same) == held.Text(same) && other.Text(place) == successor && other.HoldsOn(day)))
            return;
        var next = held.StartingOn(day, row.Place);
        next.Set(place, successor, row.Place);
        next.Set("to", end, row.Place);
        register.Add(next);
    }

    private void Link(string branch, string village, DateOnly day, DateOnly? end, SourcePlace cause) =>
        register.Add(new WorkedRow(ExchangeWorkbook.Services, cause, ("branch", branch), ("village", village), ("from", day), ("to", end)));

    private bool Serves(string branch, string village, DateOnly day) =>
        register.Services.Any(link => link.Text("branch") == branch && link.Text("village") == village && link.HoldsOn(day));

    /// <summary>The successor that most chose; a tie goes to the first by code.</summary>
    private static string? MostOf(IEnumerable<string> chosen, List<string> successors)
    {
        var counts = chosen.CountBy(one => one).ToDictionary(StringComparer.Ordinal);
        return successors.OrderByDescending(one => counts.GetValueOrDefault(one)).ThenBy(one => one, StringComparer.Ordinal).FirstOrDefault();
    }

    /// <summary>The day on which a link of the plan begins: that of the rows that make its branch, else of those that name its village or branch.</summary>
    private DateOnly DayOf(PlanPair link) =>
        (plan.Rows.FirstOrDefault(row => row.New == link.First && !row.IsVillage)
            ?? plan.Rows.FirstOrDefault(row => row.IsVillage && (row.New == link.Second || row.Old == link.Second))
            ?? plan.Rows.FirstOrDefault(row => row.Old == link.First)
            ?? plan.Rows.MinBy(row => row.Day)!).Day;

    /// <summary>The rows of Sắp xếp. Rows without a group that share a code are one; where a decision has several, each is called by its first code.</summary>
    private void WriteDecisions()
    {
        foreach (var decision in plan.Rows.GroupBy(row => (row.Decision, row.Day)))
        {
            var parts = Parts([.. decision.Where(row => row.Group is null)]);
            var taken = decision.Select(row => row.Group).OfType<string>().ToHashSet(StringComparer.Ordinal);
            var groups = decision.Where(row => row.Group is not null).GroupBy(row => row.Group!).Select(group => (group.Key, Rows: group.ToList()))
                .Concat(parts.Select(rows => (parts.Count == 1 ? "" : Free(rows[0].New ?? rows[0].Old!, taken), rows)));
            foreach (var (name, rows) in groups)
            {
                foreach (var row in rows.Where(row => row.Old is not null).DistinctBy(row => row.Old))
                    Say(row, row.Old!, "Trước");
                foreach (var row in rows.Where(row => row.New is not null).DistinctBy(row => row.New))
                    Say(row, row.New!, "Sau");

                void Say(PlanRow row, string unit, string role) => register.Add(new(ExchangeWorkbook.Restructurings, row.Place,
                    ("decision", row.Decision), ("date", row.Day), ("form", row.Form), ("group", name.Length == 0 ? null : name), ("unit", unit), ("role", role)));
            }
        }

        static string Free(string code, HashSet<string> taken)
        {
            var name = code;
            for (var number = 2; !taken.Add(name); number++)
                name = string.Create(CultureInfo.InvariantCulture, $"{code} ({number})");
            return name;
        }
    }

    /// <summary>Rows that share an old or a new code, directly or through others.</summary>
    private static List<List<PlanRow>> Parts(List<PlanRow> rows)
    {
        var parts = new List<List<PlanRow>>();
        foreach (var row in rows)
        {
            var joined = parts.FindAll(part => part.Exists(other => other.IsVillage == row.IsVillage
                && ((row.Old is not null && other.Old == row.Old) || (row.New is not null && other.New == row.New))));
            parts.RemoveAll(joined.Contains);
            parts.Add([.. joined.SelectMany(part => part), row]);
        }
        return parts;
    }

    /// <summary>Codes that are no row's new code: they are no more; each with the first row that says so.</summary>
    internal static List<(string Code, PlanRow Row)> Ended(List<PlanRow> rows)
    {
        var kept = rows.Select(row => row.New).OfType<string>().ToHashSet(StringComparer.Ordinal);
        return [.. rows.Where(row => row.Old is not null && !kept.Contains(row.Old)).DistinctBy(row => row.Old).Select(row => (row.Old!, row))];
    }

    internal static List<string> Successors(List<PlanRow> rows, string code) =>
        [.. rows.Where(row => row.Old == code).Select(row => row.New).OfType<string>().Distinct()];

    /// <summary>A value that all rows of a code agree on.</summary>
    private string? Said(List<PlanRow> rows, string column, Func<PlanRow, string?> value) => Said(rows, column, value, Fault);

    internal static string? Said(List<PlanRow> rows, string column, Func<PlanRow, string?> value, Action<PlanRow, string, string, string?, string> fault)
    {
        var first = rows.Find(row => value(row) is not null);
        foreach (var row in rows.Where(row => value(row) is { } other && other != value(first!)))
        {
            fault(row, IssueCode.BadValue, column, value(row), string.Create(CultureInfo.InvariantCulture,
                $"Hàng {first!.Place.Row} ghi “{value(first)}” cho cùng mã {row.New}; các hàng của một mã mới phải giống nhau, hoặc để trống."));
        }
        return first is null ? null : value(first);
    }

    internal static string? Common(List<WorkedRow> rows, string column) => rows.Select(row => row.Text(column)).Distinct().ToList() is [var one] ? one : null;

    /// <summary>A unit or village is otherwise from the day on: a new version, or the same where it began that day.</summary>
    internal static WorkedRow? Next(WorkedRow version, DateOnly day, SourcePlace cause, IEnumerable<(string Column, string? Value)> said)
    {
        var changes = said.Where(pair => version.Text(pair.Column) != pair.Value).ToList();
        if (changes.Count == 0)
            return null;
        var next = version.From == day ? version : version.StartingOn(day, cause);
        foreach (var (column, value) in changes)
            next.Set(column, value, cause);
        if (next == version)
            return null;
        version.Set("to", day, cause);
        return next;
    }

    private void Change(WorkedRow version, DateOnly day, SourcePlace cause, IEnumerable<(string Column, string? Value)> said)
    {
        if (Next(version, day, cause, said) is { } next)
            register.AddVersion(next);
    }

    private static string Life(List<WorkedRow> versions) => string.Join(", ", versions.Select(version =>
        $"từ {Vietnamese.Day(version.From)} {(version.To is { } end ? $"đến trước {Vietnamese.Day(end)}" : "đến nay")}"));

    private string Name(string person, DateOnly day) => register.Record(person, day)?.Text("name") ?? person;

    private void Fault(PlanRow row, string code, string column, string? value, string message) => Fault(code, row.Place, column, value, message);

    private void Fault(string code, SourcePlace place, string column, string? value, string message) => issues.Add(new(code, place.Sheet, place.Row, column, value, message));
}
