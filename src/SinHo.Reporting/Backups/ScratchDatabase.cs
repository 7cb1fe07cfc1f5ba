using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Dapper;
using Npgsql;

namespace SinHo.Reporting.Backups;

/// <summary>
/// A database made beside another on its server, to restore into; dropped at the end unless it took the other's place.
/// One at a time per original: what a killed run left behind is cleared by the next.
/// </summary>
internal sealed class ScratchDatabase : IAsyncDisposable
{
    private readonly NpgsqlConnection server;
    private readonly NpgsqlConnectionStringBuilder original;
    private bool gone;

    private ScratchDatabase(NpgsqlConnection server, NpgsqlConnectionStringBuilder original, string purpose)
    {
        this.server = server;
        this.original = original;
        Name = NewName(purpose);
    }

    public string Name { get; }

    public string ConnectionString => new NpgsqlConnectionStringBuilder(original.ConnectionString) { Database = Name }.ConnectionString;

    private string Original => original.Database!;

    private string Prefix => Original[..Math.Min(Original.Length, 40)];

    /// <param name="connectionString">The database beside which it is made.</param>
    /// <param name="purpose">restore or proof; part of the name.</param>
    /// <exception cref="BackupException">Another run is at work, or the account may not make databases.</exception>
    public static async Task<ScratchDatabase> CreateAsync(string connectionString, string purpose, CancellationToken cancel)
    {
        var beside = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false };
        var maintenance = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(beside.ConnectionString) { Database = "postgres" }.ConnectionString);
        try
        {
            await maintenance.OpenAsync(cancel);
            var scratch = new ScratchDatabase(maintenance, beside, purpose);
            await scratch.CreateAsync(cancel);
            return scratch;
        }
        catch (PostgresException denied) when (denied.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            await maintenance.DisposeAsync();
            throw new BackupException(
                $"Tài khoản {beside.Username} không được tạo cơ sở dữ liệu tạm để khôi phục; "
                + $"hãy nhờ người quản trị PostgreSQL chạy `ALTER ROLE \"{beside.Username}\" CREATEDB`.", BackupFault.Failed, denied);
        }
        catch
        {
            await maintenance.DisposeAsync();
            throw;
        }
    }

    /// <summary>Roles are the server's, not the database's: those that the grants and policies of a backup name must be there before it.</summary>
    public async Task EnsureRolesAsync(IEnumerable<string> roles)
    {
        foreach (var role in roles)
        {
            if (await server.ExecuteScalarAsync<bool>("select exists (select from pg_roles where rolname = @role)", new { role }))
                continue;
            await server.ExecuteAsync($"create role {Quoted(role)} nologin");
            await server.ExecuteAsync($"grant {Quoted(role)} to current_user");
        }
    }

    /// <summary>
    /// Takes the place of the original, which is then dropped. Both change names in one transaction, so there is never none of that name;
    /// nobody may be using the original.
    /// </summary>
    /// <exception cref="BackupException">Somebody uses the original.</exception>
    public async Task TakePlaceAsync()
    {
        var old = NewName("old");
        try
        {
            await using var both = await server.BeginTransactionAsync();
            await server.ExecuteAsync($"alter database {Quoted(Original)} rename to {Quoted(old)}", transaction: both);
            await server.ExecuteAsync($"alter database {Quoted(Name)} rename to {Quoted(Original)}", transaction: both);
            await both.CommitAsync();
            gone = true;
        }
        catch (PostgresException used) when (used.SqlState == PostgresErrorCodes.ObjectInUse)
        {
            throw await InUseAsync() ?? new BackupException("Cơ sở dữ liệu đang được dùng; hãy dừng dịch vụ rồi chạy lại. Dữ liệu đang dùng còn nguyên.", BackupFault.Busy, used);
        }
        await DropAsync(old);
    }

    /// <summary>Null when nobody uses the original, else the refusal that says who.</summary>
    public async Task<BackupException?> InUseAsync()
    {
        List<string> sessions = [];
        // A session that was closed just now takes a moment to be gone.
        for (var look = 0; look < 20; look++)
        {
            sessions = (await server.QueryAsync<string>("""
                select case when application_name = '' then usename else application_name end
                from pg_stat_activity where datname = @Original and backend_type = 'client backend'
                """, new { Original })).AsList();
            if (sessions.Count == 0)
                return null;
            await Task.Delay(TimeSpan.FromMilliseconds(100));
        }
        return new(
            $"Đang có {sessions.Count} phiên làm việc với cơ sở dữ liệu ({string.Join(", ", sessions.Distinct().Order(StringComparer.Ordinal))}); "
            + "hãy dừng dịch vụ (`systemctl stop sinho`) và mọi lệnh sinho khác rồi chạy lại. Dữ liệu đang dùng còn nguyên.", BackupFault.Busy);
    }

    public async ValueTask DisposeAsync()
    {
        if (!gone && server.State == System.Data.ConnectionState.Open)
            await DropAsync(Name);
        await server.DisposeAsync();
    }

    private async Task CreateAsync(CancellationToken cancel)
    {
        if (!await server.ExecuteScalarAsync<bool>("select pg_try_advisory_lock(hashtextextended('sinho scratch ' || @Original, 0))", new { Original }))
            throw new BackupException("Đang có một lần khôi phục hoặc kiểm chứng sao lưu khác; hãy chờ nó xong rồi chạy lại.", BackupFault.Busy);
        await ClearAsync();
        var (encoding, collate, type) = await server.QuerySingleAsync<(string, string, string)>(
            "select pg_encoding_to_char(encoding)::text, datcollate::text, datctype::text from pg_database where datname = @Original", new { Original });
        await server.ExecuteAsync(new CommandDefinition(
            $"create database {Quoted(Name)} template template0 encoding '{encoding}' lc_collate '{Escaped(collate)}' lc_ctype '{Escaped(type)}'",
            cancellationToken: cancel));
    }

    /// <summary>What a killed run left: only names of the exact shape made here.</summary>
    private async Task ClearAsync()
    {
        var left = await server.QueryAsync<string>(
            "select datname::text from pg_database where datname ~ @shape",
            new { shape = $"^{Regex.Escape(Prefix)}__(restore|proof|old)_[0-9a-f]{{8}}$" });
        foreach (var name in left)
            await DropAsync(name);
    }

    private Task<int> DropAsync(string name) => server.ExecuteAsync($"drop database if exists {Quoted(name)} with (force)");

    private string NewName(string purpose) => $"{Prefix}__{purpose}_{RandomNumberGenerator.GetHexString(8, lowercase: true)}";

    private static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string Escaped(string text) => text.Replace("'", "''", StringComparison.Ordinal);
}
