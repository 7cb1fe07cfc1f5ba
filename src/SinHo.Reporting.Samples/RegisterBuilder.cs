using SinHo.Reporting.Exchange;
using SinHo.Reporting.Register;

namespace SinHo.Reporting.Samples;

/// <summary>An organisation as it stands now; its versions are rows of the register.</summary>
internal sealed class Organisation(OrganisationVersion version)
{
    public OrganisationVersion Version { get; set; } = version;
    public string Code => Version.Code;
    public bool Holds => Version.To is null;
    public bool IsBranch => Version.Level is "Chi bộ trực thuộc" or "Chi bộ cơ sở" or "Chi bộ";
    public List<Person> Members { get; } = [];
    public List<Service> Services { get; } = [];
    public List<Assignment> Assignments { get; } = [];
    public Post? Secretary { get; set; }
    public Post? Deputy { get; set; }
}

/// <summary>
/// Writes a register the way a clerk does: things happen day after day, and what one act ends or opens follows from it, so that
/// the rules of the import hold by construction. Acts must come in order of time; it never looks ahead.
/// </summary>
internal sealed class RegisterBuilder : IRegisterSource
{
    private readonly List<Term> terms = [];
    private readonly List<OrganisationVersion> versions = [];
    private readonly List<Village> villages = [];
    private readonly List<Service> services = [];
    private readonly List<Person> people = [];
    private readonly List<Admission> admissions = [];
    private readonly List<Membership> memberships = [];
    private readonly List<Post> posts = [];
    private readonly List<Restructuring> restructurings = [];
    private readonly List<Rating> ratings = [];
    private readonly List<Meeting> meetings = [];
    private readonly List<Assignment> assignments = [];
    private readonly List<Inspection> inspections = [];
    private readonly List<Organisation> organisations = [];

    private readonly Dictionary<string, List<YearRow>> year = new(StringComparer.Ordinal);

    public IEnumerable<Organisation> Organisations => organisations.Where(o => o.Holds);

    /// <summary>Those that are no more, too.</summary>
    public IReadOnlyList<Organisation> AllOrganisations => organisations;

    public IReadOnlyList<Village> Villages => villages;

    /// <summary>A row of a sheet of the board's year, or of a post that no member holds.</summary>
    public void Add(string table, YearRow row)
    {
        if (!year.TryGetValue(table, out var rows))
            year.Add(table, rows = []);
        rows.Add(row);
    }

    /// <summary>Whether a member heads the village now.</summary>
    public bool HasHead(string village) => posts.Exists(post => post.Name == "Trưởng bản" && post.Place == village && post.To is null);

    public IReadOnlyList<Person> People => people;

    public IReadOnlyList<Admission> Admissions => admissions;

    public IEnumerable<Organisation> Branches => Organisations.Where(o => o.IsBranch);

    public void Add(Term term) => terms.Add(term);

    public void Add(Rating rating) => ratings.Add(rating);

    public void Add(Meeting meeting) => meetings.Add(meeting);

    public void Add(Inspection inspection) => inspections.Add(inspection);

    public Organisation Found(string code, string name, string level, string type, string? parent, DateOnly day)
    {
        var organisation = new Organisation(new(code, name, level, type, parent, day));
        versions.Add(organisation.Version);
        organisations.Add(organisation);
        return organisation;
    }

    public void Rename(Organisation organisation, string name, DateOnly day) =>
        Replace(organisation, organisation.Version with { Name = name, From = day });

    public void MoveUnder(Organisation organisation, string parent, DateOnly day) =>
        Replace(organisation, organisation.Version with { Parent = parent, From = day });

    /// <summary>The organisation goes on under its code, at another place in the order of things.</summary>
    public void Become(Organisation organisation, string level, string type, string? parent, DateOnly day) =>
        Replace(organisation, organisation.Version with { Level = level, Type = type, Parent = parent, From = day });

    /// <summary>Ends an organisation that everybody has left, with its links, posts and assignments.</summary>
    public void Close(Organisation organisation, DateOnly day)
    {
        if (organisation.Members.Count > 0)
            throw new InvalidOperationException($"{organisation.Code} still has members on {day:yyyy-MM-dd}.");
        foreach (var service in organisation.Services.ToList())
            Unlink(service, day);
        foreach (var assignment in organisation.Assignments.ToList())
            End(assignment, day);
        organisation.Version.To = day;
    }

    public Village Settle(string code, string name, string kind, Organisation commune, DateOnly day)
    {
        var village = new Village(code, name, kind, commune.Code, day);
        villages.Add(village);
        return village;
    }

    /// <summary>The villages of some communes pass to another, under their codes.</summary>
    /// <returns>The versions from that day on.</returns>
    public IReadOnlyList<Village> Pass(IReadOnlyCollection<string> communes, string commune, DateOnly day)
    {
        var passed = villages.Where(village => village.To is null && communes.Contains(village.Commune)).ToList();
        foreach (var village in passed)
            village.To = day;
        List<Village> next = [.. passed.Select(village => village with { Commune = commune, From = day, To = null })];
        villages.AddRange(next);
        return next;
    }

    public void Link(Organisation branch, Village village, DateOnly day)
    {
        var service = new Service(branch, village, day);
        services.Add(service);
        branch.Services.Add(service);
    }

    public static void Unlink(Service service, DateOnly day)
    {
        service.To = day;
        service.Branch.Services.Remove(service);
    }

    public void Add(Person person) => people.Add(person);

    public void Admit(Admission admission)
    {
        admissions.Add(admission);
        if (admission.Readmission)
            (admission.Member.FirstJoined, admission.Member.FirstOfficial) = (admission.Member.Joined, admission.Member.Official);
        admission.Member.Joined = admission.Date;
        admission.Member.Official = admission.Official;
        Join(admission.Member, admission.Branch, admission.Date, admission.Readmission ? "Kết nạp lại" : "Kết nạp");
    }

    public void Join(Person person, Organisation branch, DateOnly day, string reason, string? basis = null)
    {
        person.Membership = new(person, day, reason, basis) { Branch = branch };
        memberships.Add(person.Membership);
        branch.Members.Add(person);
    }

    /// <summary>Ends the membership that holds and every post and assignment that goes with it.</summary>
    public void Leave(Person person, DateOnly day, string reason)
    {
        EndMembership(person, day, reason);
        foreach (var post in person.Posts.ToList())
            End(post, day);
        foreach (var assignment in person.Assignments.ToList())
            End(assignment, day);
    }

    /// <summary>Moves a member between two branches without a gap; posts outside the branch go on.</summary>
    public void Transfer(Person person, Organisation branch, DateOnly day, string? basis = null)
    {
        if (person.Membership is { } today && today.From == day)
        {
            // Two reorganisations on one day: only where they lead is a membership.
            LeaveOffices(person, today.Branch, day);
            today.Branch = branch;
            branch.Members.Add(person);
            return;
        }
        EndMembership(person, day, "Chuyển nội bộ");
        Join(person, branch, day, "Chuyển nội bộ", basis);
    }

    public Post Appoint(Person person, string post, string place, DateOnly day)
    {
        var row = new Post(person, post, place, day);
        posts.Add(row);
        person.Posts.Add(row);
        return row;
    }

    /// <summary>Ends a post; one that began on the same day was never held.</summary>
    public void End(Post post, DateOnly day)
    {
        if (post.To is not null)
            return;
        if (post.From == day)
        {
            posts.Remove(post);
            post.Holder.Posts.Remove(post);
        }
        post.To = day;
    }

    /// <summary>Ends an assignment; one that began on the same day never was.</summary>
    public void End(Assignment assignment, DateOnly day)
    {
        if (assignment.To is not null)
            return;
        if (assignment.From == day)
        {
            assignments.Remove(assignment);
            assignment.Member.Assignments.Remove(assignment);
            assignment.Branch.Assignments.Remove(assignment);
        }
        assignment.To = day;
    }

    public void Elect(Organisation branch, Person secretary, DateOnly day)
    {
        Vacate(branch.Secretary, day);
        if (branch.Deputy?.Holder == secretary)
            branch.Deputy = Vacate(branch.Deputy, day);
        branch.Secretary = Appoint(secretary, "Bí thư chi bộ", branch.Code, day);
    }

    public void ElectDeputy(Organisation branch, Person deputy, DateOnly day)
    {
        Vacate(branch.Deputy, day);
        branch.Deputy = Appoint(deputy, "Phó bí thư chi bộ", branch.Code, day);
    }

    public void Assign(Person person, Organisation branch, string role, DateOnly day)
    {
        var row = new Assignment(person, branch, role, day);
        assignments.Add(row);
        person.Assignments.Add(row);
        branch.Assignments.Add(row);
    }

    public void Decide(string decision, DateOnly day, string form, IEnumerable<Organisation> before, IEnumerable<Organisation> after, string? group = null) =>
        Decide(decision, day, form, before.Select(unit => unit.Code), after.Select(unit => unit.Code), group);

    public void Decide(string decision, DateOnly day, string form, IEnumerable<string> before, IEnumerable<string> after, string? group)
    {
        restructurings.AddRange(before.Select(unit => new Restructuring(decision, day, form, group, unit, "Trước")));
        restructurings.AddRange(after.Select(unit => new Restructuring(decision, day, form, group, unit, "Sau")));
    }

    /// <summary>All sheets in the order of the exchange workbook; each row list in the order in which things happened.</summary>
    public IEnumerable<SourceSheet> Sheets() => ExchangeWorkbook.Sheets.Select(Sheet);

    /// <summary>The rows of one sheet, numbered from 2 as Excel does under a caption row.</summary>
    public IEnumerable<IReadOnlyList<object?>> Rows(SheetDefinition sheet) =>
        sheet.Table == "member" ? people.SelectMany(person => person.Versions()) : Of(sheet).Select(row => row.Cells());

    private SourceSheet Sheet(SheetDefinition sheet) => Named(sheet, Rows(sheet));

    public static SourceSheet Named(SheetDefinition sheet, IEnumerable<IReadOnlyList<object?>> rows) =>
        new(sheet.Name, [.. sheet.Columns.Select(column => column.Caption)], rows.Select((cells, index) => new SourceRow(index + 2, cells)));

    private IEnumerable<IRegisterRow> Of(SheetDefinition sheet) => sheet.Table switch
    {
        "term" => terms,
        "org_version" => versions,
        "village" => villages,
        "service" => services,
        "admission" => admissions,
        "membership" => memberships,
        "post" => posts.Cast<IRegisterRow>().Concat(year.GetValueOrDefault("post", [])),
        "restructuring" => restructurings,
        "rating" => ratings,
        "meeting" => meetings,
        "assignment" => assignments,
        "inspection" => inspections,
        "plan" or "badge" or "card" or "reward" or "stay" or "member_rating" or "source" or "congress" => year.GetValueOrDefault(sheet.Table, []),
        "former_code" => [],
        _ => throw new ArgumentException($"No rows are made for the sheet {sheet.Name}.", nameof(sheet)),
    };

    private void Replace(Organisation organisation, OrganisationVersion next)
    {
        organisation.Version.To = next.From;
        organisation.Version = next;
        versions.Add(next);
    }

    private void EndMembership(Person person, DateOnly day, string reason)
    {
        var membership = person.Membership ?? throw new InvalidOperationException($"{person.Code} has no branch to leave on {day:yyyy-MM-dd}.");
        membership.To = day;
        membership.ReasonOut = reason;
        LeaveOffices(person, membership.Branch, day);
        person.Membership = null;
    }

    private void LeaveOffices(Person person, Organisation branch, DateOnly day)
    {
        branch.Members.Remove(person);
        if (branch.Secretary?.Holder == person)
            branch.Secretary = Vacate(branch.Secretary, day);
        if (branch.Deputy?.Holder == person)
            branch.Deputy = Vacate(branch.Deputy, day);
    }

    private Post? Vacate(Post? office, DateOnly day)
    {
        if (office is not null)
            End(office, day);
        return null;
    }
}
