using Dapper;
using Npgsql;
using SinHo.Reporting.Exchange;
using SinHo.Reporting.Register;

namespace SinHo.Reporting.Reorganisation;

/// <summary>What of the register a plan touches, in memory, where the plan is carried out row by row.</summary>
internal sealed class PlanRegister
{
    private readonly Dictionary<string, List<WorkedRow>> organisations = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<WorkedRow>> villages = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<WorkedRow>> records = new(StringComparer.Ordinal);
    private readonly List<WorkedRow> memberships = [];
    private readonly List<WorkedRow> posts = [];
    private readonly List<WorkedRow> services = [];
    private readonly List<WorkedRow> assignments = [];
    private readonly List<WorkedRow> restructurings = [];
    private readonly HashSet<string> onRoll = new(StringComparer.Ordinal);

    private readonly HashSet<string> persons = new(StringComparer.Ordinal);
    private Dictionary<string, string> formerCodes = [];

    private PlanRegister(long import) => Import = import;

    /// <summary>The last import that the register held when it was read.</summary>
    public long Import { get; }

    /// <summary>Versions by code.</summary>
    public IReadOnlyDictionary<string, List<WorkedRow>> Organisations => organisations;

    /// <summary>Versions by code.</summary>
    public IReadOnlyDictionary<string, List<WorkedRow>> Villages => villages;

    public IReadOnlyList<WorkedRow> Memberships => memberships;

    public IReadOnlyList<WorkedRow> Posts => posts;

    public IReadOnlyList<WorkedRow> Services => services;

    public IReadOnlyList<WorkedRow> Assignments => assignments;

    /// <summary>Every row that the plan makes or changes, by sheet.</summary>
    public IEnumerable<(SheetDefinition Sheet, IEnumerable<WorkedRow> Rows)> Changed =>
    [
        (ExchangeWorkbook.Organisations, Touched(organisations.Values.SelectMany(versions => versions))),
        (ExchangeWorkbook.Villages, Touched(villages.Values.SelectMany(versions => versions))),
        (ExchangeWorkbook.Services, Touched(services)),
        (ExchangeWorkbook.Members, Touched(records.Values.SelectMany(versions => versions))),
        (ExchangeWorkbook.Memberships, Touched(memberships)),
        (ExchangeWorkbook.Posts, Touched(posts)),
        (ExchangeWorkbook.Restructurings, Touched(restructurings)),
        (ExchangeWorkbook.Assignments, Touched(assignments)),
    ];

    /// <summary>Reads all organisations and villages, and of people, posts, links and assignments those of the codes that the plan names.</summary>
    public static async Task<PlanRegister> LoadAsync(NpgsqlDataSource database, PlanFile plan, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await using var view = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancel);
        var register = new PlanRegister(await WorkedRows.LastImportAsync(view, cancel));
        var asked = new
        {
            first = plan.Rows.Min(row => row.Day),
            ending = plan.Rows.Select(row => row.Old).OfType<string>().Distinct().ToArray(),
            people = plan.People.Select(pair => pair.First).ToArray(),
            named = plan.Rows.SelectMany(row => new[] { row.Old, row.New }).OfType<string>().Concat(plan.Links.Select(link => link.First)).Distinct().ToArray(),
        };

        await ReadAsync(ExchangeWorkbook.Organisations, "still_holds(kept.valid_to, @first) or kept.code = any (@named)", row => Add(register.organisations, row));
        await ReadAsync(ExchangeWorkbook.Villages, "still_holds(kept.valid_to, @first) or kept.code = any (@named)", row => Add(register.villages, row));
        await ReadAsync(ExchangeWorkbook.Services, "still_holds(kept.valid_to, @first) and (kept.branch = any (@named) or kept.village = any (@named))", register.services.Add);
        await ReadAsync(ExchangeWorkbook.Memberships, "still_holds(kept.valid_to, @first) and (kept.branch = any (@ending) or kept.member in (select code from member where residence = any (@ending)))", register.memberships.Add);
        await ReadAsync(ExchangeWorkbook.Posts, "still_holds(kept.valid_to, @first) and kept.place = any (@named)", register.posts.Add);
        await ReadAsync(ExchangeWorkbook.Assignments, "still_holds(kept.valid_to, @first) and kept.branch = any (@named)", register.assignments.Add);
        await ReadAsync(ExchangeWorkbook.Members, """
            kept.code in (
                select member from membership where still_holds(valid_to, @first) and branch = any (@ending)
                union
                select code from member where residence = any (@ending))
            """, row => Add(register.records, row));
        register.onRoll.UnionWith(await connection.QueryAsync<string>(new CommandDefinition("""
            select member.code
            from member
            where residence = any (@ending)
                and exists (
                    select from membership
                    where membership.member = member.code and (still_holds(membership.valid_to, @first) or membership.reason_out = 'Chuyển nội bộ'))
            """, asked, view, cancellationToken: cancel)));
        register.formerCodes = await MeantCodes.StoredAsync(view, asked.people, cancel);
        register.persons.UnionWith(await connection.QueryAsync<string>(new CommandDefinition("select code from person where code = any (@people)", asked, view, cancellationToken: cancel)));
        return register;

        async Task ReadAsync(SheetDefinition sheet, string condition, Action<WorkedRow> take)
        {
            foreach (var row in await WorkedRows.ReadAsync(view, sheet, condition, asked, cancel))
                take(row);
        }
    }

    public static WorkedRow? On(IReadOnlyDictionary<string, List<WorkedRow>> versions, string code, DateOnly day) =>
        versions.TryGetValue(code, out var rows) ? rows.Find(row => row.HoldsOn(day)) : null;

    public bool IsOrganisation(string code) => organisations.ContainsKey(code);

    public bool IsVillage(string code) => villages.ContainsKey(code);

    /// <summary>Whether the register has a person whom the sheet Phân bổ names.</summary>
    public bool KnowsPerson(string code) => persons.Contains(code) || formerCodes.ContainsKey(code);

    /// <summary>The member whom a code of the sheet Phân bổ means.</summary>
    public string Meaning(string code) => formerCodes.GetValueOrDefault(code, code);

    public void Forget(WorkedRow link) => services.Remove(link);

    public void AddVersion(WorkedRow row) => Add(row.Sheet == ExchangeWorkbook.Organisations ? organisations : villages, row);

    public void Add(WorkedRow row) => (row.Sheet.Table switch
    {
        "membership" => memberships,
        "post" => posts,
        "service" => services,
        "assignment" => assignments,
        _ => restructurings,
    }).Add(row);

    /// <summary>The record of a person that speaks on a day: the first holds since ever, each until the next.</summary>
    public WorkedRow? Record(string person, DateOnly day) => records.TryGetValue(person, out var versions) ? WorkedRow.SpeakingOn(versions, day) : null;

    /// <summary>People on the roll, or on the way, whose record on the day says that they live in the village.</summary>
    public IEnumerable<string> Residents(string village, DateOnly day) =>
        records.Keys.Where(person => onRoll.Contains(person) && Record(person, day)!.Text("residence") == village).ToList();

    /// <summary>From the day on a person lives elsewhere; later versions that name the same village are mended too.</summary>
    public void Rehouse(string person, string village, string successor, DateOnly day, SourcePlace cause)
    {
        var versions = records[person];
        var speaking = Record(person, day)!;
        foreach (var later in versions.Where(version => version.From >= day && version.Text("residence") == village).ToList())
        {
            // The first version holds since ever, whatever its date: what came before the day stays as it was.
            if (later == versions[0])
                versions.Insert(0, later.SinceEver(cause));
            later.Set("residence", successor, cause);
        }
        if (speaking.From == day)
            return;
        var moved = speaking.StartingOn(day, cause);
        moved.Set("residence", successor, cause);
        versions.Insert(versions.FindLastIndex(version => version.From < day) + 1, moved);
    }

    private static void Add(Dictionary<string, List<WorkedRow>> versions, WorkedRow row)
    {
        var code = row.Text("code")!;
        if (!versions.TryGetValue(code, out var rows))
            versions[code] = rows = [];
        rows.Add(row);
    }

    private static IEnumerable<WorkedRow> Touched(IEnumerable<WorkedRow> rows) => rows.Where(row => row.Cause is not null);
}
