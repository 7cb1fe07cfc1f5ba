using System.Security.Cryptography;
using System.Text;
using Dapper;
using DbUp;
using DbUp.Engine;
using Npgsql;
using SinHo.Reporting.Register;

namespace SinHo.Reporting.Servers;

/// <summary>
/// Brings a database up to date with sql/: numbered migrations once each and in order, then every function file whose text changed.
/// </summary>
public static class Migrator
{
    private const long Lock = 0x53494E484F;

    /// <summary>Grants what all other steps made: it runs again after any of them.</summary>
    private const string Grants = "work_role.sql";

    /// <param name="connectionString">A database the program owns; empty or made by this program.</param>
    /// <param name="folder">The folder sql/ of the program.</param>
    /// <exception cref="DatabaseException">The database was made by a newer program, or a step failed.</exception>
    public static async Task UpgradeAsync(string connectionString, string folder, CancellationToken cancel)
    {
        var scripts = Scripts(folder);
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(cancel);
        if (!await IsBehindAsync(connection, scripts, cancel))
            return;

        // Two programs started at once must not both migrate; the lock goes with the connection.
        await connection.ExecuteAsync(new CommandDefinition("select pg_advisory_lock(@Lock)", new { Lock }, cancellationToken: cancel));
        if (!await IsBehindAsync(connection, scripts, cancel))
            return;

        var outcome = DeployChanges.To.PostgresqlDatabase(connectionString)
            .WithScripts(scripts)
            .WithVariablesDisabled()
            .WithTransactionPerScript()
            .WithExecutionTimeout(TimeSpan.FromHours(1))
            .JournalToPostgresqlTable("public", "schema_version")
            .LogToNowhere()
            .Build()
            .PerformUpgrade();
        // A step that speaks to people says the whole sentence itself.
        if (outcome.Error is PostgresException { SqlState: PostgresErrorCodes.RaiseException } sentence)
            throw new DatabaseException(sentence.MessageText, sentence);
        if (!outcome.Successful)
            throw new DatabaseException($"Không nâng cấp được cơ sở dữ liệu ở bước {outcome.ErrorScript?.Name}: {outcome.Error.Message}", outcome.Error);
    }

    /// <summary>Of the steps that made a database, the first migration that this program does not know; null where it knows all.</summary>
    public static string? Unknown(IReadOnlyCollection<string> done, string folder) => Unknown(done, Scripts(folder).Select(script => script.Name).ToHashSet());

    private static string? Unknown(IReadOnlyCollection<string> done, HashSet<string> known) =>
        done.Where(name => name.StartsWith("migrations/", StringComparison.Ordinal) && !known.Contains(name)).Order(StringComparer.Ordinal).FirstOrDefault();

    /// <summary>Makes the next upgrade run every file of functions again, with the grants that stand there: roles are no part of a dump.</summary>
    public static async Task ForgetFunctionsAsync(string connectionString, CancellationToken cancel)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.ExecuteAsync(new CommandDefinition("delete from schema_version where scriptname like 'functions/%'", cancellationToken: cancel));
    }

    private static async Task<bool> IsBehindAsync(NpgsqlConnection connection, IReadOnlyList<SqlScript> scripts, CancellationToken cancel)
    {
        var journalled = await connection.ExecuteScalarAsync<bool>(
            new CommandDefinition("select to_regclass('public.schema_version') is not null", cancellationToken: cancel));
        if (!journalled)
            return true;
        var done = (await connection.QueryAsync<string>(
            new CommandDefinition("select scriptname from schema_version", cancellationToken: cancel))).ToHashSet();
        var known = scripts.Select(script => script.Name).ToHashSet();
        if (Unknown(done, known) is { } newer)
        {
            throw new DatabaseException(
                $"Cơ sở dữ liệu này do một bản mới hơn của chương trình tạo ra (có bước {newer}); hãy chạy bằng bản mới đó hoặc dùng thư mục dữ liệu khác.");
        }
        if (known.Any(name => !done.Contains(name)))
            return true;
        // Roles are the server's: the one that works may have been made, or be lost, since.
        var isUngranted = await connection.ExecuteScalarAsync<bool>(new CommandDefinition("""
            select coalesce(
                (select pg_has_role(current_user, oid, 'member') and not has_table_privilege(oid, 'public.org', 'select') from pg_roles where rolname = 'sinho_work'),
                (select rolsuper or rolcreaterole from pg_roles where rolname = current_user))
            """, cancellationToken: cancel));
        if (isUngranted)
            await connection.ExecuteAsync(new CommandDefinition($"delete from schema_version where scriptname like 'functions/{Grants}%'", cancellationToken: cancel));
        return isUngranted;
    }

    private static SqlScript[] Scripts(string folder)
    {
        var grants = Path.Combine(folder, "functions", Grants);
        var steps = Steps(folder).ToList();
        return [.. steps, Replaceable(grants, string.Concat(steps.Select(step => step.Name)) + File.ReadAllText(grants))];
    }

    private static IEnumerable<SqlScript> Steps(string folder) =>
    [
        .. Directory.GetFiles(Path.Combine(folder, "migrations"), "*.sql").Order(StringComparer.Ordinal)
            .Select(file => new SqlScript($"migrations/{Path.GetFileName(file)}", File.ReadAllText(file))),
        .. Directory.GetFiles(Path.Combine(folder, "functions"), "*.sql").Where(file => Path.GetFileName(file) != Grants).Order(StringComparer.Ordinal)
            .Select(file => Replaceable(file, File.ReadAllText(file))),
        LevelsOf(folder),
        SoundsOf(folder),
    ];

    /// <summary>The levels of organisations, put into their table again whenever the file that says them changes.</summary>
    private static SqlScript LevelsOf(string folder)
    {
        var file = Path.Combine(folder, Levels.FileName);
        return Replaceable(file, File.ReadAllText(file), Levels.Script(file));
    }

    /// <summary>What sounds alike, and all that is searched anew whenever that changes or how it is searched does.</summary>
    private static SqlScript SoundsOf(string folder)
    {
        var file = Path.Combine(folder, Sounds.FileName);
        var hangsOn = File.ReadAllText(file) + File.ReadAllText(Path.Combine(folder, "functions", "search.sql")) + File.ReadAllText(Path.Combine(folder, "functions", "words.sql"));
        return Replaceable(file, hangsOn, Sounds.Script(file), isLast: true);
    }

    /// <summary>A file of functions is journalled under the hash of what it hangs on, its text mostly, so that it runs again when that changes.</summary>
    /// <param name="isLast">Runs after all that are not, whatever their names.</param>
    private static SqlScript Replaceable(string file, string hangsOn, string? sql = null, bool isLast = false)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(hangsOn)))[..12];
        return new($"functions/{Path.GetFileName(file)}#{hash}", sql ?? File.ReadAllText(file), new SqlScriptOptions { RunGroupOrder = DbUpDefaults.DefaultRunGroupOrder + (isLast ? 2 : 1) });
    }
}
