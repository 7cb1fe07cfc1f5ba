using Dapper;
using Npgsql;
using SinHo.Reporting.Exchange;
using SinHo.Reporting.Register;
using static SinHo.Reporting.Register.ExchangeWorkbook;

namespace SinHo.Reporting.Rolls;

/// <summary>What of the register a list speaks of, in memory, and what is known of the list itself.</summary>
internal sealed class RollRegister
{
    private readonly Dictionary<SheetDefinition, List<WorkedRow>> rows = new() { [Members] = [], [Memberships] = [] };
    private Dictionary<string, string> formerCodes = [];

    private RollRegister(long import) => Import = import;

    /// <summary>The last import that the register held when it was read.</summary>
    public long Import { get; }

    /// <summary>The unit for which the list of this number was written, and on which day; null where this register wrote none of that number.</summary>
    public (string Unit, DateOnly Day)? Known { get; private set; }

    /// <summary>Lists of the unit that were taken and not given back: number of the list, and of the import.</summary>
    public IReadOnlyList<(long Number, long Import)> Taken { get; private set; } = [];

    /// <summary>Branches that stand or stood under the unit.</summary>
    public IReadOnlySet<string> Branches { get; private set; } = new HashSet<string>();

    public IEnumerable<(SheetDefinition Sheet, IEnumerable<WorkedRow> Rows)> Changed => rows.Select(sheet => (sheet.Key, sheet.Value.Where(row => row.Cause is not null)));

    public static async Task<RollRegister> LoadAsync(NpgsqlDataSource database, RollState state, RollFile file, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await using var view = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancel);
        var register = new RollRegister(await WorkedRows.LastImportAsync(view, cancel));
        var named = file.People.Union(state.Rows.Select(row => row.Text(row.Sheet == Members ? "code" : "member")!)).ToArray();
        register.formerCodes = await MeantCodes.StoredAsync(view, named, cancel);
        var asked = new { people = named.Select(register.Meaning).Distinct().ToArray(), unit = state.Unit, number = state.Number };
        register.rows[Members].AddRange(await WorkedRows.ReadAsync(view, Members, "kept.code = any (@people)", asked, cancel));
        register.rows[Memberships].AddRange(await WorkedRows.ReadAsync(view, Memberships, "kept.member = any (@people)", asked, cancel));
        register.Branches = (await connection.QueryAsync<string>(new CommandDefinition("select distinct descendant::text from org_closure where ancestor = @unit", asked, view, cancellationToken: cancel)))
            .ToHashSet(StringComparer.Ordinal);
        register.Known = await connection.QueryFirstOrDefaultAsync<(string, DateOnly)?>(new CommandDefinition("select unit::text, day from roll where roll_id = @number", asked, view, cancellationToken: cancel));
        var taken = new List<(long, long)>();
        foreach (var one in await connection.QueryAsync<(long Number, long Import)>(new CommandDefinition(
            "select roll_id, import_id from roll_taken join roll using (roll_id) where unit = @unit order by import_id", asked, view, cancellationToken: cancel)))
        {
            if (!await GivenBack.IsGivenBackAsync(connection, one.Import, long.MaxValue, cancel))
                taken.Add(one);
        }
        register.Taken = taken;
        return register;
    }

    public IEnumerable<WorkedRow> Of(SheetDefinition sheet) => rows[sheet];

    public WorkedRow? Find(SheetDefinition sheet, IReadOnlyList<object?> key)
    {
        var meant = sheet.Columns.Where(column => column.InKey).Zip(key, (column, part) => column.Key is "code" or "member" && part is string code ? Meaning(code) : part).ToList();
        // A row of a person without a first day is his earliest version, whatever its date.
        return rows[sheet].Find(row => row.Key.SequenceEqual(meant))
            ?? (sheet == Members && meant[1] is null ? rows[sheet].Where(row => Equals(row.Key[0], meant[0])).MinBy(row => row.From) : null);
    }

    public void Add(WorkedRow row) => rows[row.Sheet].Add(row);

    /// <summary>The code that a code means now.</summary>
    public string Meaning(string code) => formerCodes.GetValueOrDefault(code, code);

    /// <summary>By the latest version; null where there is no such person.</summary>
    public string? Name(string person) => rows[Members].Where(row => row.Text("code") == Meaning(person)).MaxBy(row => row.From)?.Text("name");
}
