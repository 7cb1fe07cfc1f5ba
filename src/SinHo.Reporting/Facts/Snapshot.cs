using System.Globalization;
using Dapper;
using Npgsql;
using SinHo.Reporting.Access;
using SinHo.Reporting.Catalog;
using SinHo.Reporting.Figures;

namespace SinHo.Reporting.Facts;

/// <summary>A value of a unit, and what of it stood in each part; under "" what stood in none.</summary>
public sealed class CountByPart
{
    public long Whole { get; set; }

    /// <summary>Only parts with anything.</summary>
    public IDictionary<string, long> Parts { get; } = new Dictionary<string, long>(StringComparer.Ordinal);
}

/// <summary>What a question is asked about: the settings ride along with every question of a report.</summary>
public sealed record Question(Period Period, IReadOnlyDictionary<string, int> Settings);

/// <summary>
/// The only place that counts. One read-only, repeatable-read view of the register for a whole report: no figure sees a change that another missed.
/// May be asked by several at once; one is answered after another unless <see cref="WidenAsync"/> gave it more sessions.
/// </summary>
public sealed class Snapshot : IAsyncDisposable
{
    private const int RowsPerStep = 1_000;

    private readonly ViewSessions sessions;

    private readonly Period? window;

    /// <summary>In seconds; 0 for no limit.</summary>
    private readonly int limit;

    private Snapshot(ViewSessions sessions, DateTimeOffset takenAt, LogPosition? position, Viewer? viewer, Period? window, int limit)
    {
        Position = position;
        this.limit = limit;
        this.sessions = sessions;
        this.window = window;
        TakenAt = takenAt;
        Viewer = viewer;
    }

    /// <summary>The moment of the view, by the clock of the database.</summary>
    public DateTimeOffset TakenAt { get; }

    /// <summary>Which server showed it, and how far its log went; null within a transaction of the program itself.</summary>
    public LogPosition? Position { get; }

    /// <summary>For whom the view was taken; null for the program itself, which sees all.</summary>
    public Viewer? Viewer { get; }

    /// <summary>The day by whose units figures are counted; null where it is that of each row.</summary>
    public DateOnly? MapDay { get; private set; }

    /// <summary>From now on figures go by the units as they stand on the day: worked out once, for all units.</summary>
    public async Task OpenMapAsync(DateOnly day, CancellationToken cancel)
    {
        using var session = await sessions.BorrowAsync(cancel);
        await session.Connection.ExecuteAsync(new CommandDefinition("select open_map(@day)", new { day }, session.Transaction, commandTimeout: limit, cancellationToken: cancel));
        MapDay = day;
    }

    /// <summary>How many questions are answered at a time.</summary>
    public int Width => sessions.Count;

    /// <summary>
    /// From now on several questions are answered at a time, each by a session of its own that sees the very same state of the register, where server and machine
    /// have room for it; else everything stays as it was. What a map works out belongs to one session: with one nothing is widened.
    /// </summary>
    public Task WidenAsync(CancellationToken cancel) => MapDay is null ? sessions.WidenAsync(cancel) : Task.CompletedTask;

    private FigureQuery Asking(IndicatorSet set) => new(set, MapDay is not null);

    /// <summary>Of a measure on a map, how much each grassroots organisation gave that stood nearest above the place on the day counted; an empty code where none stood.</summary>
    public async Task<IReadOnlyList<(string Code, long Value)>> BridgeAsync(IndicatorSet set, Measure measure, string unit, Question question, CancellationToken cancel)
    {
        var query = Asking(set);
        var given = new List<(string, long)>();
        using var session = await sessions.BorrowAsync(cancel);
        await using var command = Command(session, query.Bridge(measure), query, [unit], question);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
            given.Add((reader.GetString(0), reader.GetInt64(1)));
        return given;
    }

    /// <summary>A view of the whole register, for the program itself.</summary>
    public static Task<Snapshot> TakeAsync(NpgsqlDataSource database, CancellationToken cancel) => OpenAsync(new(database), null, null, cancel);

    /// <summary>The same, from the register or a standby.</summary>
    public static Task<Snapshot> TakeAsync(StatisticsSource source, CancellationToken cancel) => OpenAsync(source, null, null, cancel);

    /// <summary>
    /// A view of what the database shows to a viewer: people tied to his unit in the window. Questions must lie within the window.
    /// </summary>
    public static Task<Snapshot> TakeAsync(NpgsqlDataSource database, Viewer viewer, Period window, CancellationToken cancel) =>
        OpenAsync(new(database), viewer, window, cancel);

    /// <summary>The same, from the register or a standby.</summary>
    public static Task<Snapshot> TakeAsync(StatisticsSource source, Viewer viewer, Period window, CancellationToken cancel) =>
        OpenAsync(source, viewer, window, cancel);

    private static async Task<Snapshot> OpenAsync(StatisticsSource source, Viewer? viewer, Period? window, CancellationToken cancel)
    {
        var opening = await ViewSessions.OpenAsync(source, viewer, window, cancel);
        try
        {
            using var session = await opening.BorrowAsync(cancel);
            var opened = session.Connection;
            var (takenAt, position) = await opened.QuerySingleAsync<(DateTime, string)>(
                "select now(), case when pg_is_in_recovery() then pg_last_wal_replay_lsn() else pg_current_wal_flush_lsn() end::text", transaction: session.Transaction);
            return new(opening, new DateTimeOffset(takenAt, TimeSpan.Zero), new(opened.Host is { } host ? $"{host}:{opened.Port}" : "", position), viewer, window, (int)Math.Ceiling(source.QueryLimit?.TotalSeconds ?? 0));
        }
        catch
        {
            await opening.DisposeAsync();
            throw;
        }
    }

    /// <summary>What stands within a transaction of the program itself, as nobody else sees it yet. The transaction stays its caller's.</summary>
    public static Snapshot Within(NpgsqlTransaction transaction) =>
        new(ViewSessions.Within(transaction), DateTimeOffset.MinValue, null, null, null, 0);

    /// <summary>The values of measures of one set for several units at once; what is absent is 0.</summary>
    public async Task<IReadOnlyDictionary<(string Unit, Measure Measure), long>> CountAsync(
        IndicatorSet set, IReadOnlyList<Measure> measures, IReadOnlyList<string> units, Question question, CancellationToken cancel)
    {
        var values = new Dictionary<(string, Measure), long>();
        // PostgreSQL gives at most 1,664 columns.
        foreach (var asked in measures.Chunk(1_000))
        {
            var query = Asking(set);
            using var session = await sessions.BorrowAsync(cancel);
            await using var command = Command(session, query.Counts(asked), query, units, question);
            await using var reader = await command.ExecuteReaderAsync(cancel);
            while (await reader.ReadAsync(cancel))
            {
                for (var index = 0; index < asked.Length; index++)
                    values[(reader.GetString(0), asked[index])] = reader.GetInt64(index + 1);
            }
        }
        return values;
    }

    /// <summary>The same for one unit and its parts, in one pass over the unit's own rows.</summary>
    /// <param name="roles">Roles of the organisations that are its parts.</param>
    public async Task<IReadOnlyDictionary<Measure, CountByPart>> CountByPartAsync(
        IndicatorSet set, IReadOnlyList<Measure> measures, string unit, IReadOnlyList<string> roles, Question question, CancellationToken cancel)
    {
        var values = measures.Distinct().ToDictionary(measure => measure, _ => new CountByPart());
        foreach (var asked in measures.Distinct().Chunk(1_000))
        {
            var query = Asking(set);
            using var session = await sessions.BorrowAsync(cancel);
            await using var command = Command(session, query.CountsByPart(asked), query, [unit], question);
            command.Parameters.AddWithValue("part_roles", roles.ToArray());
            await using var reader = await command.ExecuteReaderAsync(cancel);
            while (await reader.ReadAsync(cancel))
            {
                var (part, isWhole) = (reader.GetString(0), reader.GetBoolean(1));
                for (var index = 0; index < asked.Length; index++)
                {
                    var value = reader.GetInt64(index + 2);
                    if (isWhole)
                        values[asked[index]].Whole = value;
                    else if (value != 0)
                        values[asked[index]].Parts[part] = value;
                }
            }
        }
        return values;
    }

    /// <summary>The rows that a measure counts, or whose numbers it adds up, for one unit.</summary>
    /// <param name="partRoles">Roles of the unit's parts where the last column is to be the part of each row: the grassroots organisation of the day does not say it.</param>
    public async Task<Evidence> ListAsync(
        IndicatorSet set, Measure measure, string unit, Question question, CancellationToken cancel, IReadOnlyList<string>? partRoles = null)
    {
        var columns = FigureQuery.Columns(set, measure, partRoles is not null);
        var query = Asking(set);
        using var session = await sessions.BorrowAsync(cancel);
        await using var command = Command(session, query.Evidence(measure, partRoles is not null), query, [unit], question);
        if (partRoles is not null)
            command.Parameters.AddWithValue("part_roles", partRoles.ToArray());
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var rows = new EvidenceRows();
        try
        {
            var kinds = Kinds(columns);
            while (await reader.ReadAsync(cancel))
                rows.Add(Row(reader, kinds));
            return new(columns, rows);
        }
        catch
        {
            rows.Dispose();
            throw;
        }
    }

    /// <summary>The same of several measures at once, in one pass; in their order.</summary>
    /// <param name="measures">Of figures that are listed alike (<see cref="FigureQuery.AreListedAlike"/>).</param>
    public async Task<IReadOnlyList<Evidence>> ListsAsync(
        IndicatorSet set, IReadOnlyList<Measure> measures, string unit, Question question, CancellationToken cancel, IReadOnlyList<string>? partRoles = null)
    {
        var columns = FigureQuery.Columns(set, measures, partRoles is not null);
        var own = measures.Select(measure => FigureQuery.Columns(set, measure, partRoles is not null)).ToList();
        var places = own.ConvertAll(list => list.SequenceEqual(columns) ? null : list.Select(column => columns.Index().First(one => one.Item == column).Index).ToArray());
        var query = Asking(set);
        using var session = await sessions.BorrowAsync(cancel);
        await using var command = Command(session, query.Lists(measures, columns, partRoles is not null), query, [unit], question);
        if (partRoles is not null)
            command.Parameters.AddWithValue("part_roles", partRoles.ToArray());
        var lists = own.ConvertAll(_ => new EvidenceRows());
        try
        {
            var kinds = Kinds(columns);
            await using var reader = await command.ExecuteReaderAsync(cancel);
            while (await reader.ReadAsync(cancel))
            {
                var row = Row(reader, kinds);
                foreach (var list in reader.GetFieldValue<int[]>(kinds.Length))
                    lists[list].Add(places[list] is { } chosen ? Array.ConvertAll(chosen, place => row[place]) : row);
            }
            return own.Zip(lists, (list, rows) => new Evidence(list, rows)).ToList();
        }
        catch
        {
            lists.ForEach(rows => rows.Dispose());
            throw;
        }
    }

    /// <summary>Rows that a measure counts for one unit, filtered and in the order asked, and how many pass the filter.</summary>
    /// <param name="roles">Roles of the unit's parts.</param>
    /// <param name="branches">Whether these are branches: the last column is then the part of each row.</param>
    /// <param name="progress">Gets the rows read.</param>
    public async Task<(int Total, Evidence Rows)> ListAsync(
        IndicatorSet set, Measure measure, string unit, IReadOnlyList<string> roles, bool branches, Question question, ListView view, IProgress<JobStep>? progress, CancellationToken cancel)
    {
        var columns = FigureQuery.Columns(set, measure, branches, view.Columns);
        var query = Asking(set);
        using var session = await sessions.BorrowAsync(cancel);
        await using var command = Command(session, query.Page(measure, view, branches), query, [unit], question);
        command.Parameters.AddWithValue("words", FigureQuery.Patterns(view.Filter));
        command.Parameters.AddWithValue("skip", view.Skip);
        command.Parameters.AddWithValue("most", view.Most);
        command.Parameters.AddWithValue("part_roles", roles.ToArray());
        if (view.Part is not null)
            command.Parameters.AddWithValue("part", view.Part);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var (total, rows) = (0, new EvidenceRows());
        var kinds = Kinds(columns);
        try
        {
            while (await reader.ReadAsync(cancel))
            {
                total = reader.GetInt32(columns.Count);
                // A page beyond the end still tells how many there are.
                if (reader.IsDBNull(columns.Count + 1))
                    break;
                if (rows.Count % RowsPerStep == 0)
                    progress?.Report(JobStep.Of("Đọc sổ đăng ký", null, rows.Count, total));
                rows.Add(Row(reader, kinds));
            }
            return (total, new(columns, rows));
        }
        catch
        {
            rows.Dispose();
            throw;
        }
    }

    /// <summary>By column of words, the values that the rows of a measure have for one unit, and how many have each; the commonest first, no value last.</summary>
    /// <param name="chosen">As of <see cref="FigureQuery.Values"/>.</param>
    public async Task<IReadOnlyDictionary<string, IReadOnlyList<(string? Value, int Count)>>> ValuesAsync(
        IndicatorSet set, Measure measure, Condition chosen, string unit, IReadOnlyList<string> columns, Question question, CancellationToken cancel)
    {
        var query = Asking(set);
        using var session = await sessions.BorrowAsync(cancel);
        await using var command = Command(session, query.Values(measure, chosen, columns), query, [unit], question);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var values = columns.ToDictionary(column => column, _ => new List<(string? Value, int Count)>(), StringComparer.Ordinal);
        while (await reader.ReadAsync(cancel))
            values[reader.GetString(0)].Add((reader.IsDBNull(1) ? null : reader.GetString(1), reader.GetInt32(2)));
        return values.ToDictionary(
            one => one.Key,
            one => (IReadOnlyList<(string?, int)>)[.. one.Value.OrderBy(value => value.Value is null).ThenByDescending(value => value.Count).ThenBy(value => value.Value, StringComparer.Ordinal)],
            StringComparer.Ordinal);
    }

    /// <summary>The settings of the register, in the order of their names.</summary>
    public async Task<IReadOnlyList<Setting>> SettingsAsync(CancellationToken cancel) =>
        (await QueryAsync<Setting>("select name as Code, caption as Caption, value as Value from setting order by name", new { }, cancel)).ToList();

    /// <summary>Rows of a query that is no figure: names of units, terms.</summary>
    public async Task<IEnumerable<T>> QueryAsync<T>(string sql, object parameters, CancellationToken cancel)
    {
        using var session = await sessions.BorrowAsync(cancel);
        return await session.Connection.QueryAsync<T>(new CommandDefinition(sql, parameters, session.Transaction, cancellationToken: cancel));
    }

    public ValueTask DisposeAsync() => sessions.DisposeAsync();

    private static EvidenceKind[] Kinds(IReadOnlyList<EvidenceColumn> columns) => [.. columns.Select(column => column.Kind)];

    private static object?[] Row(NpgsqlDataReader reader, EvidenceKind[] kinds)
    {
        var row = new object?[kinds.Length];
        for (var column = 0; column < kinds.Length; column++)
            row[column] = Value(reader, column, kinds[column]);
        return row;
    }

    private static object? Value(NpgsqlDataReader reader, int column, EvidenceKind kind) => reader.IsDBNull(column) ? null : kind switch
    {
        EvidenceKind.Date => reader.GetFieldValue<DateOnly>(column),
        EvidenceKind.Number => reader.GetInt32(column),
        EvidenceKind.Birth => Birth(reader.GetString(column)),
        _ => reader.GetString(column),
    };

    /// <param name="known">As known_birth gives it: "1964-07-05", "1964-07" or "1964".</param>
    private static object Birth(string known) => known.Split('-') switch
    {
        [var year] => year,
        [var year, var month] => $"{month.TrimStart('0')}/{year}",
        _ => DateOnly.ParseExact(known, "yyyy-MM-dd", CultureInfo.InvariantCulture),
    };

    /// <exception cref="InvalidOperationException">The question reaches beyond the window, where row security would hide people.</exception>
    private NpgsqlCommand Command(ViewSessions.Session session, string sql, FigureQuery query, IReadOnlyList<string> units, Question question)
    {
        if (window is not null && (question.Period.From < window.From || question.Period.To > window.To))
            throw new InvalidOperationException($"A question on {question.Period.Name} was put to a view of {window.Name}.");
        var command = new NpgsqlCommand(sql, session.Connection, session.Transaction) { CommandTimeout = limit };
        command.Parameters.AddWithValue("units", units.ToArray());
        command.Parameters.AddWithValue("from", question.Period.From);
        command.Parameters.AddWithValue("to", question.Period.To);
        foreach (var (name, value) in question.Settings)
            command.Parameters.AddWithValue(name, value);
        foreach (var (name, value) in query.Parameters)
            command.Parameters.AddWithValue(name, value);
        return command;
    }
}
