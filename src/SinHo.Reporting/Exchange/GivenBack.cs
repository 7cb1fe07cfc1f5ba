using Dapper;
using Npgsql;
using SinHo.Reporting.Register;
using SinHo.Reporting.Words;

namespace SinHo.Reporting.Exchange;

/// <summary>There is no import of that number.</summary>
public sealed class UnknownImportException(long import) :
    RefusalException($"Không có lần nhập số {import}; trang Nhập số liệu liệt kê các lần đã nhập.", RefusalKind.Unknown);

/// <summary>
/// What an import changed, added and removed, as rows to import again: so giving it back goes through the same door as everything else, is judged by
/// the same rules, has a number and can be given back itself.
/// </summary>
public sealed class GivenBack : IRegisterSource
{
    private readonly NpgsqlDataSource database;

    private GivenBack(NpgsqlDataSource database, long import) => (this.database, Import) = (database, import);

    /// <summary>The import that is given back.</summary>
    public long Import { get; }

    /// <summary>What stands in the place of a file's name.</summary>
    public string Name => $"Hoàn tác lần nhập {Import}";

    /// <exception cref="UnknownImportException">There is none of that number.</exception>
    public static async Task<GivenBack> FindAsync(NpgsqlDataSource database, long import, CancellationToken cancel)
    {
        await using var connection = await database.OpenToLookAsync(cancel);
        return await connection.ExecuteScalarAsync<bool>(new CommandDefinition("select exists (select from import_run where import_id = @import)", new { import }, cancellationToken: cancel))
            ? new(database, import)
            : throw new UnknownImportException(import);
    }

    public bool IsExact => true;

    public IEnumerable<SourceSheet> Sheets()
    {
        using var connection = database.OpenConnection();
        foreach (var sheet in ExchangeWorkbook.Sheets)
        {
            using var command = new NpgsqlCommand(
                "select before::text, after::text from trail where import_id = @import and table_name = @table order by trail_id", connection)
            { CommandTimeout = 0 };
            command.Parameters.AddWithValue("import", Import);
            command.Parameters.AddWithValue("table", sheet.Table);
            using var reader = command.ExecuteReader();
            if (reader.HasRows)
                yield return new(sheet.Name, [.. sheet.Columns.Select(column => column.Caption), SheetDefinition.RemoveCaption], Rows(reader, sheet));
        }
    }

    /// <summary>Whether it may be given back at all: not twice, and only while every row is as it left it.</summary>
    /// <param name="connection">In the transaction that lets no other import in.</param>
    /// <param name="number">Of the import that is to give it back.</param>
    internal async Task<List<ImportIssue>> ObstaclesAsync(NpgsqlConnection connection, long number, CancellationToken cancel)
    {
        if (await IsGivenBackAsync(connection, Import, number, cancel))
            return [new(IssueCode.AlreadyUndone, "", null, null, Text(Import), $"Lần nhập {Import} đã được hoàn tác rồi; muốn nhập lại thì hoàn tác chính lần hoàn tác đó.")];
        if (await connection.ExecuteScalarAsync<bool>(new CommandDefinition(
            "select exists (select from trail where import_id = @import and table_name = @table)", new { import = Import, table = RegisterFill.TrailTable }, commandTimeout: 0, cancellationToken: cancel)))
            return [new(IssueCode.ChangedSince, "", null, null, Text(Import), $"Lần nhập {Import} là sổ giả lập được ghi thẳng, không có gì để hoàn tác từng dòng; muốn bắt đầu lại, hãy dùng thư mục dữ liệu khác.")];
        var issues = new List<ImportIssue>();
        foreach (var sheet in ExchangeWorkbook.Sheets)
        {
            foreach (var (row, since, gone) in await connection.QueryAsync<(string Row, long[] Since, string? Gone)>(new CommandDefinition(
                Changed(sheet), new { import = Import, table = sheet.Table }, commandTimeout: 0, cancellationToken: cancel)))
            {
                issues.Add(new(IssueCode.ChangedSince, sheet.Name, null, null, sheet.KeyText(StoredRow.Read(row)!), gone is not null
                    ? $"Lần nhập {Import} có trước khi chương trình được nâng cấp ({gone}) và cột của trang này đã đổi nên không hoàn tác được; hãy sửa bằng sổ trao đổi."
                    : $"Dòng này không còn như lần nhập {Import} để lại{Later(since)}; hãy hoàn tác các lần sau trước, hoặc sửa bằng sổ trao đổi."));
            }
        }
        return issues;
    }

    private static string Later(long[] since) => since.Length == 0 ? "" : $": lần nhập {string.Join(", ", since)} đã sửa tiếp";

    /// <summary>An import is given back while the one that gave it back is not given back itself.</summary>
    internal static async Task<bool> IsGivenBackAsync(NpgsqlConnection connection, long import, long until, CancellationToken cancel)
    {
        var undone = await connection.QueryAsync<long>(new CommandDefinition(
            "select import_id from import_run where undoes = @import and import_id < @until", new { import, until }, cancellationToken: cancel));
        foreach (var later in undone)
        {
            if (!await IsGivenBackAsync(connection, later, until, cancel))
                return true;
        }
        return false;
    }

    private static IEnumerable<SourceRow> Rows(NpgsqlDataReader reader, SheetDefinition sheet)
    {
        for (var number = 2; reader.Read(); number++)
        {
            var wasThere = !reader.IsDBNull(0);
            var row = StoredRow.Read(reader.GetString(wasThere ? 0 : 1))!;
            yield return new(number, [.. sheet.Columns.Select(row.Value), wasThere ? null : "x"]);
        }
    }

    /// <summary>Rows that are no longer as the import left them: the row, the later imports that touched it, and the upgrade that took a column of it away.</summary>
    private static string Changed(SheetDefinition sheet)
    {
        var tables = new ImportTables(sheet);
        return $"""
            with done as (
                select before, after, coalesce(after, before) as said from trail where import_id = @import and table_name = @table
            )
            select
                done.said::text,
                array(
                    select distinct later.import_id
                    from trail as later
                    where later.import_id > @import and later.table_name = @table
                        and {tables.HasSameKey("coalesce(later.after, later.before)", "done.said")}
                    order by 1),
                case when done.said - array(
                        select attname::text from pg_attribute where attrelid = '{sheet.Table}'::regclass and attnum > 0 and not attisdropped) <> jsonb '{"{}"}'
                    then (select max(scriptname) from schema_version where scriptname like 'migrations/%' and applied > (select at from import_run where import_id = @import))
                end
            from done
            left join {sheet.Table} as kept on {tables.IsKeyOf("kept", "done.said")}
            where case when done.after is null then kept.{tables.FirstKey} is not null else to_jsonb(kept) @> done.after is not true end
            order by done.said::text
            """;
    }

    private static string Text(long number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
