using System.Text.Json;
using Dapper;
using Npgsql;
using SinHo.Reporting.Register;
using SinHo.Reporting.Words;

namespace SinHo.Reporting.Exchange;

/// <summary>The register has rows already.</summary>
public sealed class RegisterNotEmptyException() :
    RefusalException("Sổ đăng ký đã có dữ liệu; sổ giả lập chỉ ghi vào sổ trống. Hãy dùng --data THƯ MỤC khác.", RefusalKind.Refused);

/// <summary>
/// Fills an empty register with rows that are sound by construction, for trials at the size of a nation: straight into the tables, part after part, without
/// staging, rules or a line of trail a row; what is derived is worked out once at the end, and indexes and keys are made over the full tables. The rows are those that an
/// import would have stored. One transaction: whoever breaks off leaves an empty register.
/// </summary>
/// <param name="owner">Connection of the owner of the database: tables are changed on the way.</param>
public sealed class RegisterFill(string owner)
{
    private const int ProgressEvery = 50_000;

    /// <summary>What the trail says in the place of the rows: by this an undo knows that there is nothing to give back.</summary>
    internal const string TrailTable = "import_run";

    private static readonly string[] Derived = ["org", "settlement", "person", "org_closure", "official_span", "search_entry"];

    private static readonly string[] Filled = [.. ExchangeWorkbook.Sheets.Select(sheet => sheet.Table).Concat(Derived)];

    /// <param name="parts">Each with the sheets of one part of the register; lived and parsed on one core while the rows of those before are written on another.</param>
    /// <param name="count">How many parts there are, for the progress.</param>
    /// <param name="name">What stands in the place of a file's name.</param>
    /// <returns>Rows by sheet.</returns>
    /// <exception cref="RegisterNotEmptyException">There are organisations already.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; the register is as it was.</exception>
    public async Task<ImportOutcome> RunAsync(IEnumerable<IRegisterSource> parts, int count, string name, string actor, IProgress<JobStep>? progress, CancellationToken cancel)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(owner) { CommandTimeout = 0 }.ConnectionString);
        await connection.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await DoAsync("lock table import_run in share row exclusive mode; set local synchronous_commit = off; set local maintenance_work_mem = '1GB'; set local work_mem = '256MB'");
        if (await connection.ExecuteScalarAsync<bool>("select exists (select from org) or exists (select from person)"))
            throw new RegisterNotEmptyException();
        var keys = await TakeKeysAsync(connection);
        await DoAsync(string.Join(";\n", keys.Select(key => key.Drop).Concat(await Triggers("disable"))));
        Dictionary<SheetDefinition, int> rows;
        using (Spans.Begin(Spans.Reading))
            rows = await CopyAsync(connection, parts, count, progress, cancel);
        progress?.Report(new("Suy ra", "mã, tên, nguồn kết nạp"));
        await DoAsync("""
            insert into org select distinct code from org_version;
            insert into settlement select distinct code from village;
            insert into person select distinct code from member
            """);
        foreach (var (table, column) in ExchangeWorkbook.Sheets.SelectMany(sheet => sheet.Columns.Where(column => column.IsKeptName).Select(column => (sheet.Table, column.TableColumn))))
            await DoAsync($"update {table} set {column} = keep_name({column}) where {column} is not null");
        // Without statistics the planner would go through the tables, which have no keys yet, once for each row.
        foreach (var table in ExchangeWorkbook.Sheets.Select(sheet => sheet.Table))
            await DoAsync($"analyze {table}");
        await DoAsync("select refresh_record(array(select code from member group by code having count(*) > 1))");
        progress?.Report(new("Suy ra", "đơn vị cấp trên của từng thời điểm"));
        await DoAsync("insert into org_closure select * from closure_of(null)", "org_closure");
        progress?.Report(new("Suy ra", "những ngày là đảng viên chính thức"));
        await DoAsync("insert into official_span select * from official_span_of(null)", "official_span");
        progress?.Report(new("Suy ra", "từ để tìm"));
        await DoAsync("select refresh_search()", "search");
        foreach (var (index, key) in Enumerable.Reverse(keys).Index())
        {
            progress?.Report(JobStep.Of("Lập chỉ mục", key.Table, index, keys.Count));
            await DoAsync(key.Make, key.Table);
        }
        await DoAsync(string.Join(";\n", await Triggers("enable")));
        foreach (var table in Filled)
            await DoAsync($"analyze {table}");
        var outcome = new ImportOutcome(true, [.. ExchangeWorkbook.Sheets.Select(sheet => new SheetOutcome(sheet.Name, rows.GetValueOrDefault(sheet), 0, 0, 0))], [], [], await RecordAsync());
        await transaction.CommitAsync(CancellationToken.None);
        return outcome;

        async Task<int> DoAsync(string sql, string? which = null)
        {
            using var span = Spans.Begin(Spans.Saving, which);
            return await connection.ExecuteAsync(new CommandDefinition(sql, cancellationToken: cancel));
        }

        async Task<IEnumerable<string>> Triggers(string what) => (await connection.QueryAsync<(string Table, string Name)>("""
            select tgrelid::regclass::text, tgname from pg_trigger where tgrelid::regclass::text = any (@Filled) and tgname ~ '^(trail|search)_' order by 1, 2
            """, new { Filled })).Select(trigger => $"alter table {trigger.Table} {what} trigger {trigger.Name}");

        // One line of the trail for the whole run: what it wrote are the rows that nothing else in the trail tells of.
        async Task<long> RecordAsync() => await connection.ExecuteScalarAsync<long>("""
            with run as (
                insert into import_run (import_id, at, by, file_name, sha256, outcome)
                select coalesce(max(import_id), 0) + 1, now(), @actor, @name, '', @outcome::jsonb from import_run
                returning import_id
            ),
            told as (
                insert into trail (by, import_id, table_name, after)
                select @actor, import_id, @TrailTable, @outcome::jsonb from run
            )
            select import_id from run
            """, new { actor, name, TrailTable, outcome = JsonSerializer.Serialize(rows.ToDictionary(sheet => sheet.Key.Name, sheet => sheet.Value)) });
    }

    private static async Task<Dictionary<SheetDefinition, int>> CopyAsync(
        NpgsqlConnection connection, IEnumerable<IRegisterSource> parts, int count, IProgress<JobStep>? progress, CancellationToken cancel)
    {
        var (written, done, all) = (new Dictionary<SheetDefinition, int>(), 0, 0L);
        SheetDefinition? open = null;
        ImportTables? tables = null;
        NpgsqlBinaryImporter? writer = null;
        try
        {
            await foreach (var batch in ReadAhead.BatchesAsync(Rows(parts, () => done++), cancel))
            {
                foreach (var (sheet, row) in batch)
                {
                    if (sheet != open)
                    {
                        await CloseAsync();
                        (open, tables) = (sheet, new(sheet));
                        writer = await connection.BeginBinaryImportAsync(tables.CopyWhole, cancel);
                    }
                    tables!.WriteWhole(writer!, row);
                    written[sheet] = written.GetValueOrDefault(sheet) + 1;
                }
                if (all / ProgressEvery != (all += batch.Count) / ProgressEvery)
                    progress?.Report(JobStep.Of("Ghi sổ", $"{Vietnamese.Number(all)} dòng", done, count));
            }
            await CloseAsync();
        }
        finally
        {
            if (writer is not null)
                await writer.DisposeAsync();
        }
        return written;

        async Task CloseAsync()
        {
            if (writer is null)
                return;
            await writer.CompleteAsync(cancel);
            await writer.DisposeAsync();
            writer = null;
        }
    }

    /// <exception cref="InvalidOperationException">A row is not sound.</exception>
    private static IEnumerable<(SheetDefinition Sheet, ParsedRow Row)> Rows(IEnumerable<IRegisterSource> parts, Action partDone)
    {
        foreach (var part in parts)
        {
            foreach (var sheet in SheetParser.Parse(part))
            {
                foreach (var row in sheet.Rows)
                {
                    if (row.Issues.FirstOrDefault(issue => !issue.IsWarning) is { } fault)
                        throw new InvalidOperationException($"Row {row.Number} of sheet {sheet.Name} is not sound: {fault.Code} in {fault.Column}.");
                    yield return (sheet.Definition!, row);
                }
            }
            partDone();
        }
    }

    /// <summary>Indexes, keys and references of the tables that are filled, in the order in which they can be dropped.</summary>
    private static async Task<IReadOnlyList<TableKey>> TakeKeysAsync(NpgsqlConnection connection) => (await connection.QueryAsync<TableKey>("""
        with filled as (
            select oid from pg_class where relnamespace = 'public'::regnamespace and relname = any (@Filled)
        )
        select
            conrelid::regclass::text as "Table",
            format('alter table %s drop constraint %I', conrelid::regclass, conname) as "Drop",
            format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) as "Make"
        from pg_constraint
        where contype in ('f', 'p', 'u', 'x') and (conrelid in (select oid from filled) or confrelid in (select oid from filled))
        order by contype <> 'f', 1, conname
        """, new { Filled })).Concat(await connection.QueryAsync<TableKey>("""
        select
            indrelid::regclass::text as "Table",
            format('drop index %s', indexrelid::regclass) as "Drop",
            pg_get_indexdef(indexrelid) as "Make"
        from pg_index
        join pg_class as filled on filled.oid = indrelid and filled.relnamespace = 'public'::regnamespace and filled.relname = any (@Filled)
        where not exists (select from pg_constraint where conindid = indexrelid and contype in ('p', 'u', 'x'))
        order by 1, 2
        """, new { Filled })).ToList();

    /// <summary>An index or a constraint: how it goes and how it comes back.</summary>
    private sealed record TableKey(string Table, string Drop, string Make);
}
