using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Dapper;
using Npgsql;
using SinHo.Reporting.Servers;

namespace SinHo.Reporting.Backups;

/// <summary>pg_dump and pg_restore, speaking to the server of a connection string.</summary>
internal sealed partial class PostgresClient
{
    /// <summary>Hangfire's schema is only the bell: it is rebuilt when the service starts, and a bell that rings for the past is of no use.</summary>
    private const string NotBackedUp = "hangfire";

    private readonly PostgresBinaries binaries;
    private readonly NpgsqlConnectionStringBuilder settings;

    private PostgresClient(PostgresBinaries binaries, NpgsqlConnectionStringBuilder settings)
    {
        this.binaries = binaries;
        this.settings = settings;
    }

    /// <exception cref="ServerException">No program is there that is as new as the server.</exception>
    public static async Task<PostgresClient> FindAsync(string connectionString, IProgress<JobStep>? progress, CancellationToken cancel)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(cancel);
        var major = await connection.ExecuteScalarAsync<int>(
            new CommandDefinition("select current_setting('server_version_num')::int / 10000", cancellationToken: cancel));
        var programs = await PostgresBinaries.FindOrInstallClientAsync(major, progress, cancel);
        return new(programs, new(connectionString));
    }

    /// <summary>Writes the database into a file in pg_dump's custom format.</summary>
    public async Task DumpAsync(string path, IProgress<JobStep>? progress, CancellationToken cancel)
    {
        var outcome = await (Program(
            "pg_dump", settings.Database!,
            ["--format=custom", "--no-owner", $"--exclude-schema={NotBackedUp}", "--verbose", $"--file={path}"]) with
        {
            OnErrorLine = Hear("Sao lưu", progress),
        }).RunAsync(cancel);
        if (!outcome.Succeeded)
            throw new BackupException(Sentence($"Không sao lưu được vào thư mục {Path.GetDirectoryName(path)}", outcome.Errors));
    }

    /// <summary>Puts the contents of a file into an empty database of the same server.</summary>
    public async Task RestoreAsync(string path, string database, IProgress<JobStep>? progress, CancellationToken cancel)
    {
        var outcome = await (Program(
            "pg_restore", database, [$"--dbname={database}", "--no-owner", "--exit-on-error", "--jobs=2", "--verbose", path]) with
        {
            OnErrorLine = Hear("Khôi phục", progress),
        }).RunAsync(cancel);
        if (!outcome.Succeeded)
            throw new BackupException(Sentence("Không khôi phục được", outcome.Errors));
    }

    /// <summary>A text that pg_restore makes of a file: its list of contents, or statements.</summary>
    public async Task<(string Text, string? Error)> ReadAsync(string path, string what, CancellationToken cancel)
    {
        var outcome = await Program("pg_restore", null, [what, "--file=-", path]).RunAsync(cancel);
        return (outcome.Output, outcome.Succeeded ? null : outcome.Errors);
    }

    /// <summary>All data of a file as a stream of COPY statements, to be read to its end from <see cref="Process.StandardOutput"/>.</summary>
    public Process ReadData(string path) => Program("pg_restore", null, ["--data-only", "--file=-", path]).Start();

    /// <summary>What a program complained about, without the lines that hold rows of the register.</summary>
    public static string Complaint(string errors) =>
        errors.Split('\n').FirstOrDefault(line => line.Contains(": error: ", StringComparison.Ordinal)) is { } line
            ? line[(line.IndexOf(": error: ", StringComparison.Ordinal) + 9)..].Trim()
            : errors.Trim().Split('\n')[^1];

    private static string Sentence(string what, string errors) =>
        errors.Contains("No space left on device", StringComparison.Ordinal) || errors.Contains("could not extend file", StringComparison.Ordinal)
            ? $"{what}: ổ đĩa đã đầy; hãy giải phóng dung lượng rồi chạy lại. Dữ liệu đang dùng còn nguyên."
            : $"{what}: {Complaint(errors)}. Dữ liệu đang dùng còn nguyên.";

    private static Action<string> Hear(string doing, IProgress<JobStep>? progress) => line =>
    {
        if (Table().Match(line) is { Success: true } table)
            progress?.Report(new(doing, $"bảng {table.Value}"));
    };

    private Command Program(string name, string? database, string[] words) => new(Path.Combine(binaries.Folder, name), words)
    {
        LibraryPath = binaries.LibraryPath,
        Variables = database is null ? new Dictionary<string, string>(StringComparer.Ordinal) : Variables(database),
    };

    /// <summary>The connection string as libpq reads it; the password is on no command line.</summary>
    private Dictionary<string, string> Variables(string database)
    {
        var hosts = (settings.Host ?? "").Split(',').Select(host => host.Trim()).ToList();
        var all = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["PGHOST"] = string.Join(',', hosts.Select(host => HostAndPort().Match(host) is { Success: true } both ? both.Groups["host"].Value : host)),
            ["PGPORT"] = string.Join(',', hosts.Select(host => HostAndPort().Match(host) is { Success: true } both
                ? both.Groups["port"].Value
                : settings.Port.ToString(CultureInfo.InvariantCulture))),
            ["PGUSER"] = settings.Username,
            ["PGPASSWORD"] = settings.Password,
            ["PGPASSFILE"] = settings.Passfile,
            ["PGDATABASE"] = database,
            ["PGSSLMODE"] = settings.SslMode switch
            {
                SslMode.VerifyCA => "verify-ca",
                SslMode.VerifyFull => "verify-full",
                var mode => mode.ToString().ToLowerInvariant(),
            },
            ["PGSSLROOTCERT"] = settings.RootCertificate,
            ["PGSSLCERT"] = settings.SslCertificate,
            ["PGSSLKEY"] = settings.SslKey,
            ["PGTARGETSESSIONATTRS"] = hosts.Count > 1 ? "read-write" : null,
            ["PGAPPNAME"] = "sinho backup",
        };
        return all.Where(pair => pair.Value is { Length: > 0 }).ToDictionary(pair => pair.Key, pair => pair.Value!, StringComparer.Ordinal);
    }

    [GeneratedRegex(@"(?<=(?:contents of|data for) table ""(public\.)?)[a-z][^"".]+(?="")", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Table();

    [GeneratedRegex(@"^(?<host>[^/:]+):(?<port>[0-9]+)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex HostAndPort();
}
