using System.Security.Cryptography;
using System.Text;
using Dapper;
using DbUp;
using DbUp.Engine;
using Npgsql;

namespace SinHo.Reporting.Servers;

/// <summary>
/// Brings a database up to date with sql/: numbered migrations once each and in order, then every function file whose text changed.
/// </summary>
public static class Migrator
{
    private const long Lock = 0x53494E484F;

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
        return known.Any(name => !done.Contains(name));
    }

    private static SqlScript[] Scripts(string folder) =>
    [
        .. Directory.GetFiles(Path.Combine(folder, "migrations"), "*.sql").Order(StringComparer.Ordinal)
            .Select(file => new SqlScript($"migrations/{Path.GetFileName(file)}", File.ReadAllText(file))),
        .. Directory.GetFiles(Path.Combine(folder, "functions"), "*.sql").Order(StringComparer.Ordinal).Select(Replaceable),
    ];

    /// <summary>A file of functions is journalled under its text's hash, so that it runs again when the text changes.</summary>
    private static SqlScript Replaceable(string file)
    {
        var text = File.ReadAllText(file);
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..12];
        return new($"functions/{Path.GetFileName(file)}#{hash}", text, new SqlScriptOptions { RunGroupOrder = DbUpDefaults.DefaultRunGroupOrder + 1 });
    }
}
