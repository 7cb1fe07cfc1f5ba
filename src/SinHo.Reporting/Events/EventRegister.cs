using System.Globalization;
using Dapper;
using Npgsql;
using SinHo.Reporting.Exchange;
using SinHo.Reporting.Register;
using static SinHo.Reporting.Register.ExchangeWorkbook;

namespace SinHo.Reporting.Events;

/// <summary>What of the register the events touch, in memory, where they are worked out one after another.</summary>
internal sealed class EventRegister
{
    private readonly Dictionary<SheetDefinition, List<WorkedRow>> rows = Sheets.ToDictionary(sheet => sheet, _ => new List<WorkedRow>());

    private readonly Dictionary<string, List<PeopleMerge>> merges = new(StringComparer.Ordinal);

    private EventRegister(long import) => Import = import;

    /// <summary>The last import that the register held when it was read.</summary>
    public long Import { get; }

    /// <summary>What others wrote about the people and branches named after the import that the events were written by, the newest first.</summary>
    public IReadOnlyList<ImportIssue> OthersWork { get; private set; } = [];

    /// <summary>People named who are another unit's: nothing of them is to be told.</summary>
    public IReadOnlySet<string> Outside { get; private set; } = new HashSet<string>();

    /// <summary>Every row that the events make, change or remove, by sheet.</summary>
    public IEnumerable<(SheetDefinition Sheet, IEnumerable<WorkedRow> Rows)> Changed => Sheets.Select(sheet => (sheet, ChangedOf(sheet)));

    /// <summary>Merges of this record that stand at its end.</summary>
    public IEnumerable<PeopleMerge> NewMerges => merges.Values.SelectMany(known => known.Where(merge => merge.IsNew));

    /// <summary>Reads everything about the people named, and of other sheets the rows that the events could touch.</summary>
    /// <param name="scope">See <see cref="ImportRequest.Scope"/>: whoever else is named is another unit's.</param>
    /// <param name="since">The last import that whoever wrote the events had seen; null where nobody says.</param>
    public static async Task<EventRegister> LoadAsync(NpgsqlDataSource database, IReadOnlyList<EventEntry> entries, long? since, IReadOnlyList<string> scope, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await using var view = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancel);
        var register = new EventRegister(await WorkedRows.LastImportAsync(view, cancel));
        string[] Named(params string[] fields) => [.. entries.SelectMany(entry => fields.Select(entry.TextOrNull)).OfType<string>().Distinct()];
        var named = Named("member", "keep", "alias").Union(entries.SelectMany(entry => entry.Members)).Union(entries.SelectMany(PeopleOfKeys)).ToArray();
        await ReadAsync(FormerCodes, "kept.alias = any (@named) or kept.member = any (@named) or kept.member in (select member from former_code where alias = any (@named))", new { named });
        await register.ReadMergesAsync(view, Named("alias"), cancel);
        var asked = new
        {
            people = named.Union(register.Of(FormerCodes).Select(row => row.Text("member")!)).ToArray(),
            units = Named("branch", "unit"),
            days = entries.Select(entry => entry.DayOrNull("date")).OfType<DateOnly>().Distinct().ToArray(),
            years = entries.Select(entry => entry.Values.GetValueOrDefault("year")).OfType<int>().Distinct().ToArray(),
            documents = Named("document"),
            sources = Named("source"),
            guests = Named("guest"),
            periods = Named("period"),
        };
        if (scope.Count > 0)
            register.Outside = await OthersPeople.FindAsync(connection, asked.people, scope, cancel);
        await ReadAsync(Members, "kept.code = any (@people)", asked);
        foreach (var sheet in SheetsOfPeople)
            await ReadAsync(sheet, $"kept.{sheet.PersonColumn} = any (@people)", asked);
        await ReadAsync(Posts, "kept.member is null and kept.place = any (@places)", new { places = Named("place", "outsider_place") });
        await ReadAsync(Services, "kept.branch = any (@units)", asked);
        await ReadAsync(Meetings, "kept.branch = any (@units) and kept.date = any (@days)", asked);
        await ReadAsync(Ratings, "kept.org = any (@units) and kept.year = any (@years)", asked);
        await ReadAsync(Rewards, "kept.code = any (@units) and kept.code <> all (@people)", asked);
        await ReadAsync(Congresses, "kept.org = any (@units)", asked);
        await ReadAsync(Stays, "kept.member = any (@guests) and kept.member <> all (@people)", asked);
        await ReadAsync(Sources, "kept.code = any (@sources) and (kept.member is null or kept.member <> all (@people))", asked);
        await ReadAsync(Plans, "kept.org = any (@units) and kept.period = any (@periods)", asked);
        await ReadAsync(Inspections, "kept.document = any (@documents)", asked);
        foreach (var entry in entries.Where(entry => entry.Sheet is not null && register.Find(entry.Sheet, entry.Key) is null))
        {
            var tables = new ImportTables(entry.Sheet!);
            await ReadAsync(entry.Sheet!, tables.IsKeyOf("kept", "@key::jsonb"), new { key = KeyJson(entry) });
        }
        if (since is { } seen && seen < register.Import)
            register.OthersWork = await Events.OthersWork.SinceAsync(view, seen, asked.people, cancel);
        return register;

        async Task ReadAsync(SheetDefinition sheet, string condition, object parameters) =>
            register.rows[sheet].AddRange(await WorkedRows.ReadAsync(view, sheet, condition, parameters, cancel));
    }

    public IEnumerable<WorkedRow> Of(SheetDefinition sheet) => rows[sheet].Where(row => !row.IsRemoved);

    /// <summary>Rows of a person.</summary>
    public IEnumerable<WorkedRow> Of(SheetDefinition sheet, string person) => Of(sheet).Where(row => row.Text(sheet.PersonColumn!) == person);

    /// <summary>Versions of a person's record, the earliest first.</summary>
    public List<WorkedRow> Records(string person) => [.. Of(Members).Where(row => row.Text("code") == person).OrderBy(row => row.From)];

    /// <summary>The row with a key; null where there is none.</summary>
    public WorkedRow? Find(SheetDefinition sheet, IReadOnlyList<object?> key)
    {
        var columns = sheet.Columns.Where(column => column.InKey).ToList();
        return Of(sheet).FirstOrDefault(row => columns.Index().All(pair => Equals(Known(row.Value(pair.Item)), Known(key[pair.Index]))));

        // A blank of the key is stored as an empty text.
        static object? Known(object? cell) => cell is "" ? null : cell;
    }

    public void Add(WorkedRow row) => rows[row.Sheet].Add(row);

    /// <summary>The row of Mã cũ of a code; null where it is none.</summary>
    public WorkedRow? FormerCode(string code) => Of(FormerCodes).FirstOrDefault(row => row.Text("alias") == code);

    /// <summary>The code that a code means now.</summary>
    public string Meaning(string code) => FormerCode(code)?.Text("member") ?? code;

    /// <summary>Merges of a code into another that were not given back, the latest first.</summary>
    public IReadOnlyList<PeopleMerge> Merges(string alias) => merges.GetValueOrDefault(alias) ?? [];

    public void Keep(PeopleMerge merge)
    {
        if (!merges.TryAdd(merge.Alias, [merge]))
            merges[merge.Alias].Insert(0, merge);
    }

    public void Forget(PeopleMerge merge) => merges[merge.Alias].Remove(merge);

    /// <summary>A row that was to go and came again under its key is changed, not removed; what was never stored need not be removed.</summary>
    private IEnumerable<WorkedRow> ChangedOf(SheetDefinition sheet)
    {
        var changed = rows[sheet].Where(row => row.Cause is not null).ToList();
        var there = changed.Where(row => !row.IsRemoved).Select(row => row.Json(keyOnly: true)).ToHashSet(StringComparer.Ordinal);
        return changed.Where(row => !row.IsRemoved || (row.IsStored && !there.Contains(row.Json(keyOnly: true))));
    }

    private async Task ReadMergesAsync(NpgsqlTransaction view, string[] aliases, CancellationToken cancel)
    {
        var kept = await view.Connection!.QueryAsync<(long Import, string Alias, string Member, string Table, string Before, string? After)>(new CommandDefinition(
            "select import_id, alias, member, table_name, before::text, after::text from merged_row where alias = any (@aliases) order by import_id desc, place",
            new { aliases }, view, cancellationToken: cancel));
        foreach (var merge in kept.GroupBy(row => (row.Import, row.Alias, row.Member)).ToList())
        {
            if (await GivenBack.IsGivenBackAsync(view.Connection!, merge.Key.Import, long.MaxValue, cancel))
                continue;
            var known = new PeopleMerge(merge.Key.Member, merge.Key.Alias, IsNew: false);
            known.Rows.AddRange(merge.Select(row => new MergedRow(Sheets.First(sheet => sheet.Table == row.Table), row.Before, row.After)));
            if (!merges.TryAdd(known.Alias, [known]))
                merges[known.Alias].Add(known);
        }
    }

    private static IEnumerable<string> PeopleOfKeys(EventEntry entry) =>
        entry.Dropped.Append((entry.Sheet!, entry.Key)).Where(row => row.Item1 is not null).SelectMany(row => row.Item1.Columns.Where(column => column.InKey).Zip(row.Item2))
            .Where(part => part.First.Key is "member" or "code" or "alias").Select(part => part.Second).OfType<string>();

    private static string KeyJson(EventEntry entry) => System.Text.Json.JsonSerializer.Serialize(entry.Sheet!.Columns.Where(column => column.InKey).Index().ToDictionary(
        pair => pair.Item.TableColumn,
        pair => entry.Key[pair.Index] switch
        {
            DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            null when pair.Item.BlankInKey => "",
            null => null,
            var value => Convert.ToString(value, CultureInfo.InvariantCulture),
        }));
}
