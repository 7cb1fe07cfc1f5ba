using Dapper;
using Npgsql;
using SinHo.Reporting.Catalog;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Register;
using SinHo.Reporting.Runs;

namespace SinHo.Reporting.Signing;

/// <summary>
/// Which entries since a signing speak of whom: rows of the person, unit or village itself, and for units and villages rows of people tied to them in the
/// period. Who was moved by no entry of his own was moved by a setting, by the units around him, by a definition, or by the map, looked for in this order.
/// </summary>
internal sealed class Causes(NpgsqlDataSource database, Definitions definitions, SignedReport signed, FileQuestion question, string root)
{
    private static readonly Dictionary<string, string> SheetOf = ExchangeWorkbook.Sheets.ToDictionary(sheet => sheet.Table, sheet => sheet.Name, StringComparer.Ordinal);

    private readonly Dictionary<string, List<Cause>> own = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Cause>> around = new(StringComparer.Ordinal);
    private readonly HashSet<string> changedSettings = new(StringComparer.Ordinal);
    private Cause? setting;
    private Cause? definition;
    private Cause? any;

    /// <param name="keys">Whom it is about, and what the code names.</param>
    /// <param name="hashes">Of the definitions that were signed, by path.</param>
    public async Task ReadAsync(IReadOnlyList<(string Key, Named Names)> keys, IReadOnlyDictionary<string, string> hashes, CancellationToken cancel)
    {
        await using var connection = await database.OpenToLookAsync(cancel);
        var asked = new { keys = keys.Select(one => one.Key).Distinct().ToArray(), since = signed.LastImport, from = signed.PeriodFrom, to = signed.PeriodTo };
        await FillAsync(connection, OwnEntries, asked, own, cancel);
        await FillAsync(connection, EntriesAround, asked with { keys = [.. asked.keys.Where(key => !own.ContainsKey(key))] }, around, cancel);
        var now = (await connection.QueryAsync<(string Name, int Value)>(new CommandDefinition("select name, value from setting", cancellationToken: cancel))).ToList();
        var then = await new SignedReports(database).SettingsAsync(signed.SignedId, cancel);
        changedSettings.UnionWith(now.Where(one => !question.Options.Settings?.ContainsKey(one.Name) == true && then.GetValueOrDefault(one.Name, one.Value) != one.Value).Select(one => one.Name));
        setting = (await connection.QueryAsync<(string By, DateTime At)>(new CommandDefinition("select by, at from trail where table_name = 'setting' order by trail_id desc limit 1", cancellationToken: cancel)))
            .Select(one => new Cause("setting", null, null, null, one.By, new DateTimeOffset(one.At, TimeSpan.Zero), null)).FirstOrDefault() ?? new("setting", null, null, null, null, null, null);
        var today = await DefinitionHashes.HashesAsync(root, signed.Report, cancel);
        if (today.Count != hashes.Count || today.Any(file => hashes.GetValueOrDefault(file.Key) != file.Value))
            definition = new("definition", null, null, null, null, null, null);
        var last = new Dictionary<string, List<Cause>>(StringComparer.Ordinal);
        await FillAsync(connection, LastEntry, asked, last, cancel);
        any = last.Values.SelectMany(causes => causes).FirstOrDefault();
    }

    /// <param name="figure">Code of the figure in which the key moved.</param>
    public IReadOnlyList<Cause> Of(string key, string figure)
    {
        if (own.TryGetValue(key, out var causes))
            return causes;
        if (changedSettings.Count > 0 && (!definitions.Has(figure) || definitions[figure].Indicator.Settings.Any(changedSettings.Contains)))
            return [setting!];
        if (around.TryGetValue(key, out causes))
            return causes;
        if (definition is not null)
            return [definition];
        if (question.Options.OnMap is true)
            return [new("map", null, null, null, null, null, null)];
        return [any ?? new("correction", null, null, null, null, null, null)];
    }

    private static async Task FillAsync(NpgsqlConnection connection, string sql, object asked, Dictionary<string, List<Cause>> causes, CancellationToken cancel)
    {
        foreach (var entry in await connection.QueryAsync<Entry>(new CommandDefinition(sql, asked, commandTimeout: 0, cancellationToken: cancel)))
        {
            if (!causes.TryGetValue(entry.Key, out var ofKey))
                causes[entry.Key] = ofKey = [];
            ofKey.Add(new(entry.Kind, entry.Import, entry.Row, entry.Sheet ?? SheetOf.GetValueOrDefault(entry.TableName), entry.By, new DateTimeOffset(entry.At, TimeSpan.Zero), entry.Reason));
        }
    }

    /// <summary>Entries told of (key, trail_id) pairs of `pair`.</summary>
    private const string Told = """
        select pair.key as Key, entry_kind(done.import_id, done.before) as Kind, done.import_id as Import, place.row_no as Row, place.sheet as Sheet, done.table_name as TableName,
            done.by as By, done.at as At, trail_reason(done.import_id, done.table_name, coalesce(done.after, done.before)) as Reason
        from (select distinct key, trail_id from pair) as pair
        join trail as done using (trail_id)
        left join entry_place as place using (trail_id)
        order by pair.key, done.trail_id desc
        """;

    private const string Since = """
        with asked as (
            select unnest(@keys) as key
        ),
        done as materialized (
            select trail_id, table_name, before, after, coalesce(after ->> 'member', before ->> 'member', case when table_name = 'member' then coalesce(after, before) ->> 'code' end) as person
            from trail
            where import_id > @since
        ),
        said as materialized (
            select distinct done.trail_id, done.table_name, value.value
            from done
            cross join lateral (
                select value from jsonb_each_text(coalesce(before, '{}')) union select value from jsonb_each_text(coalesce(after, '{}'))
            ) as value
            where value.value is not null
        ),
        """;

    private const string OwnEntries = $"""
        {Since}
        tied as (
            select asked.key, membership.member::text as person
            from asked
            join org_closure as closure on closure.ancestor = asked.key
            join membership on membership.branch = closure.descendant
                and daterange(membership.valid_from, membership.valid_to) && (daterange(closure.valid_from, closure.valid_to) * daterange(@from::date - 1, @to::date, '[]'))
            where membership.member in (select person from done)
            union
            select asked.key, done.person
            from done
            cross join lateral (values (done.before), (done.after)) as side (row)
            join org_closure as closure on closure.descendant = side.row ->> 'branch'
            join asked on asked.key = closure.ancestor
            where done.table_name in ('membership', 'admission', 'assignment')
            union
            select asked.key, member.code
            from asked
            join member on member.residence = asked.key
            where member.code in (select person from done)
            union
            select asked.key, done.person
            from done
            cross join lateral (values (done.before), (done.after)) as side (row)
            join asked on asked.key = side.row ->> 'residence'
            where done.table_name = 'member'
        ),
        pair as (
            select asked.key, said.trail_id from asked join said on said.value = asked.key
            union
            select tied.key, done.trail_id from tied join done on done.person = tied.person
        )
        {Told}
        """;

    private const string EntriesAround = $"""
        {Since}
        place as (
            select asked.key, closure.ancestor::text as code
            from asked
            join membership on membership.member = asked.key
            join org_closure as closure on closure.descendant = membership.branch
            union
            select asked.key, member.residence from asked join member on member.code = asked.key
            union
            select asked.key, closure.ancestor from asked join org_closure as closure on closure.descendant = asked.key
            union
            select asked.key, closure.descendant from asked join org_closure as closure on closure.ancestor = asked.key
            union
            select asked.key, service.village from asked join service on service.branch = asked.key
            union
            select asked.key, service.branch from asked join service on service.village = asked.key
        ),
        pair as (
            select place.key, said.trail_id
            from place
            join said on said.value = place.code
            where said.table_name in ('org_version', 'village', 'service', 'restructuring')
        )
        {Told}
        """;

    private const string LastEntry = $"""
        with pair as (
            select '' as key, trail_id from trail where import_id > @since order by trail_id desc limit 1
        )
        {Told}
        """;

    private sealed record Entry
    {
        public required string Key { get; init; }
        public required string Kind { get; init; }
        public long? Import { get; init; }
        public int? Row { get; init; }
        public string? Sheet { get; init; }
        public required string TableName { get; init; }
        public required string By { get; init; }
        public required DateTime At { get; init; }
        public string? Reason { get; init; }
    }
}
