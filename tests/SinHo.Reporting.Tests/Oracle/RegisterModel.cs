using SinHo.Reporting.Exchange;
using SinHo.Reporting.Register;

namespace SinHo.Reporting.Tests;

/// <summary>A whole register in memory, with the questions the figures share: what and who was what on a day.</summary>
public sealed class RegisterModel
{
    private readonly ILookup<string, OrgVersion> _versions;
    private readonly Dictionary<string, Member[]> _records;
    private readonly ILookup<string, Village> _villages;
    private readonly ILookup<string, Admission> _admissions;
    private readonly ILookup<string, Membership> _membershipsByBranch;
    private readonly ILookup<string, Membership> _membershipsByMember;
    private readonly ILookup<(string Member, string Name), Post> _posts;
    private readonly ILookup<string, Service> _services;

    private RegisterModel(ILookup<string, Cells> rows)
    {
        Terms = [.. rows["term"].Select(c => new Term(c.Text("name"), c.Day("from"), c.Day("until")))];
        Organisations = [.. rows["org_version"].Select(c => new OrgVersion(
            c.Text("code"), c.Text("name"), c.Text("level"), c.Text("type"), c.TextOrNull("parent"), c.Day("from"), c.DayOrNull("to")))];
        Villages = [.. rows["village"].Select(c => new Village(c.Text("code"), c.Text("commune"), c.Day("from"), c.DayOrNull("to")))];
        Services = [.. rows["service"].Select(c => new Service(c.Text("branch"), c.Text("village"), c.Day("from"), c.DayOrNull("to")))];
        Members = [.. rows["member"].Select(c => new Member(
            c.Text("code"), c.DayOrNull("from"), c.Text("sex"), c.Birth("born"), c.Text("ethnicity"), c.TextOrNull("religion"), c.TextOrNull("residence"),
            c.Day("joined"), c.DayOrNull("official"), c.DayOrNull("first_joined"), c.DayOrNull("first_official"), c.Text("schooling"), c.TextOrNull("qualification"), c.TextOrNull("title"),
            c.TextOrNull("theory"), c.Text("occupation"), c.Flag("youth"), c.Flag("owner"), c.Flag("foreign_marriage"),
            c.Flag("excused"), c.Flag("away")))];
        Admissions = [.. rows["admission"].Select(c => new Admission(
            c.Text("member"), c.Day("date"), c.Day("decided"), c.DayOrNull("official"), c.Text("branch"), c.Flag("readmission"),
            c.Flag("local"), c.Text("occupation"), c.Text("schooling"), c.TextOrNull("qualification"), c.Flag("youth")))];
        Memberships = [.. rows["membership"].Select(c => new Membership(
            c.Text("member"), c.Text("branch"), c.Day("from"), c.DayOrNull("to"), c.Text("reason_in"), c.TextOrNull("reason_out"),
            c.TextOrNull("basis")))];
        Posts = [.. rows["post"].Select(c => new Post(
            c.TextOrNull("member") ?? "", c.Text("post"), c.Text("place"), c.Day("from"), c.DayOrNull("to")))];
        Restructurings = [.. rows["restructuring"].Select(c => new Restructuring(
            c.Text("decision"), c.Day("date"), c.Text("form"), c.TextOrNull("group"), c.Text("unit"), c.Text("role")))];
        Ratings = [.. rows["rating"].Select(c => new Rating(c.Count("year"), c.Text("org"), c.Text("grade")))];
        Meetings = [.. rows["meeting"].Select(c => new Meeting(
            c.Text("branch"), c.Day("date"), c.Text("kind"), c.Count("due"), c.Count("present")))];
        Assignments = [.. rows["assignment"].Select(c => new Assignment(
            c.Text("member"), c.Text("branch"), c.Day("from"), c.DayOrNull("to")))];
        Plans = [.. rows["plan"].Select(c => new PlanRow(c.Text("org"), c.Text("period"), c.Text("item"), c.Count("number")))];
        Badges = [.. rows["badge"].Select(c => new Badge(c.Text("member"), c.Count("years"), c.Day("date"), c.Flag("posthumous")))];
        Cards = [.. rows["card"].Select(c => new Card(c.Text("member"), c.Day("date")))];
        Rewards = [.. rows["reward"].Select(c => new Reward(c.Text("code"), c.Day("date")))];
        Stays = [.. rows["stay"].Select(c => new Stay(c.Text("member"), c.Text("direction"), c.Text("place"), c.Day("from"), c.DayOrNull("to")))];
        MemberRatings = [.. rows["member_rating"].Select(c => new MemberRating(c.Count("year"), c.Text("member"), c.Text("grade")))];
        Sources = [.. rows["source"].Select(c => new Source(c.Text("code"), c.Text("branch"), c.Day("from"), c.DayOrNull("to")))];
        Congresses = [.. rows["congress"].Select(c => new Congress(c.Text("org"), c.Day("date"), c.Day("until")))];
        Inspections = [.. rows["inspection"].Select(c => new Inspection(c.Text("org"), c.Day("date")))];

        _versions = Organisations.ToLookup(version => version.Code);
        _records = Members.GroupBy(member => member.Code).ToDictionary(one => one.Key, one => one.OrderBy(version => version.Since ?? DateOnly.MinValue).ToArray());
        _villages = Villages.ToLookup(village => village.Code);
        _admissions = Admissions.ToLookup(admission => admission.Member);
        _membershipsByBranch = Memberships.ToLookup(membership => membership.Branch);
        _membershipsByMember = Memberships.ToLookup(membership => membership.Member);
        _posts = Posts.ToLookup(post => (post.Member, post.Name));
        _services = Services.ToLookup(service => service.Branch);
    }

    public IReadOnlyList<Term> Terms { get; }
    public IReadOnlyList<OrgVersion> Organisations { get; }
    public IReadOnlyList<Village> Villages { get; }
    public IReadOnlyList<Service> Services { get; }
    public IReadOnlyList<Member> Members { get; }
    public IReadOnlyList<Admission> Admissions { get; }
    public IReadOnlyList<Membership> Memberships { get; }
    public IReadOnlyList<Post> Posts { get; }
    public IReadOnlyList<Restructuring> Restructurings { get; }
    public IReadOnlyList<Rating> Ratings { get; }
    public IReadOnlyList<Meeting> Meetings { get; }
    public IReadOnlyList<Assignment> Assignments { get; }
    public IReadOnlyList<Inspection> Inspections { get; }
    public IReadOnlyList<PlanRow> Plans { get; }
    public IReadOnlyList<Badge> Badges { get; }
    public IReadOnlyList<Card> Cards { get; }
    public IReadOnlyList<Reward> Rewards { get; }
    public IReadOnlyList<Stay> Stays { get; }
    public IReadOnlyList<MemberRating> MemberRatings { get; }
    public IReadOnlyList<Source> Sources { get; }
    public IReadOnlyList<Congress> Congresses { get; }

    /// <param name="rows">Values in the order of the sheet's columns, typed as <see cref="ColumnKind"/> says; null where blank.</param>
    public static RegisterModel From(IEnumerable<(SheetDefinition Sheet, object?[] Values)> rows) =>
        new(rows.ToLookup(row => row.Sheet.Table, row => new Cells(row.Sheet, row.Values)));

    /// <summary>The version of the organisation that holds on the day; null where none does.</summary>
    public OrgVersion? OrgOn(string code, DateOnly day) => _versions[code].FirstOrDefault(version => version.HoldsOn(day));

    /// <summary>Every version of the organisation.</summary>
    public IEnumerable<OrgVersion> LifeOf(string code) => _versions[code];

    /// <summary>The record of the person as it is on the day: the latest version that began by then, or the earliest there is.</summary>
    public Member RecordOn(string code, DateOnly day) => _records[code].LastOrDefault(version => version.Since <= day) ?? _records[code][0];

    /// <summary>What is of the person, not of a version.</summary>
    public Member Person(string code) => _records[code][0];

    /// <summary>Everybody of the register, each once.</summary>
    public IEnumerable<string> People => _records.Keys;

    /// <summary>The version of the village that holds on the day; null where none does.</summary>
    public Village? VillageOn(string code, DateOnly day) => _villages[code].FirstOrDefault(version => version.HoldsOn(day));

    public IEnumerable<Village> VersionsOfVillage(string code) => _villages[code];

    /// <summary>
    /// Whether the official date of the cycle that applies on the day is given and reached; who is on the roll before any cycle began was admitted
    /// before it.
    /// </summary>
    public bool IsOfficial(string member, DateOnly day)
    {
        var cycles = Cycles(member).Where(cycle => cycle.Began <= day).ToList();
        return cycles.Count == 0 || cycles.MaxBy(cycle => cycle.Began).Official <= day;
    }

    /// <summary>When the cycle that applies on the day began; where none did, the day of the last admission.</summary>
    public DateOnly JoinedOn(string member, DateOnly day) =>
        Cycles(member).Select(cycle => cycle.Began).Where(began => began <= day).DefaultIfEmpty(Person(member).Joined).Max();

    /// <summary>Whether no admission that is written down had begun on the day.</summary>
    public bool IsBeforeFirstAdmission(string member, DateOnly day) => Cycles(member).All(cycle => cycle.Began > day);

    public IEnumerable<(DateOnly Began, DateOnly? Official)> Cycles(string member)
    {
        var person = Person(member);
        if (person.FirstJoined is { } first && !_admissions[member].Any(admission => admission.Date == first))
            yield return (first, person.FirstOfficial);
        foreach (var admission in _admissions[member])
            yield return (admission.Date, admission.Official);
        if (!_admissions[member].Any())
            yield return (person.Joined, person.Official);
    }

    public int OfficialMembersOf(string branch, DateOnly day) =>
        _membershipsByBranch[branch].Count(membership => membership.HoldsOn(day) && IsOfficial(membership.Member, day));

    public IEnumerable<Membership> MembershipsOf(string member) => _membershipsByMember[member];

    /// <summary>The nearest superior above the organisation on the day; where none stands above, its root.</summary>
    public string? SuperiorOn(string code, DateOnly day)
    {
        var version = OrgOn(code, day);
        while (version?.Parent is { } parent)
        {
            version = OrgOn(parent, day);
            if (version is { IsSuperior: true })
                break;
        }
        return version?.Code;
    }

    /// <summary>The grassroots organisation at or above another on the day; null where there is none.</summary>
    public OrgVersion? GrassrootsOf(string code, DateOnly day)
    {
        var version = OrgOn(code, day);
        while (version is { IsGrassroots: false })
            version = version.Parent is null ? null : OrgOn(version.Parent, day);
        return version;
    }

    /// <summary>Whether the branch ended on the day and is before, the other after, in one group of a decision that takes effect that day.</summary>
    public bool GoesOnIn(string branch, string successor, DateOnly day) => OrgOn(branch, day) is null
        && Restructurings.Any(was => was.Unit == branch && was.Role == "Trước" && was.Date == day
            && Restructurings.Any(became => became.Decision == was.Decision && became.Group == was.Group && became.Role == "Sau" && became.Unit == successor));

    public IEnumerable<Post> PostsOf(string member, string name, DateOnly day) =>
        _posts[(member, name)].Where(post => post.HoldsOn(day));

    /// <summary>The villages to which the branch is linked on the day, each once, whether they hold on that day or not.</summary>
    public IEnumerable<string> VillagesServedBy(string branch, DateOnly day) =>
        _services[branch].Where(service => service.HoldsOn(day)).Select(service => service.Village).Distinct();

    /// <summary>One row, its cells asked for by the column's key.</summary>
    private readonly record struct Cells(SheetDefinition Sheet, object?[] Values)
    {
        public string Text(string key) => (string)this[key]!;

        public string? TextOrNull(string key) => (string?)this[key];

        public DateOnly Day(string key) => (DateOnly)this[key]!;

        public DateOnly? DayOrNull(string key) => (DateOnly?)this[key];

        public DateOnly Birth(string key) => ((PartialDate)this[key]!).FirstDay;

        public bool Flag(string key) => this[key] is true;

        public int Count(string key) => (int)this[key]!;

        private object? this[string key] => Values[Sheet.IndexOf(key)];
    }
}
