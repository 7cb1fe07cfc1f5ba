using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using Npgsql;

namespace SinHo.Reporting.Access;

/// <param name="Account">Null where no open account has the name.</param>
/// <param name="Hash">What the password is to be compared with; null where none may be looked at.</param>
/// <param name="Wait">How long to wait before it is compared: more than nothing where many guess at this account.</param>
public sealed record Attempt(long? Account, string? Hash, TimeSpan Wait);

/// <summary>
/// Passwords and the links that set them, by the database's clock. Five wrong passwords in a row from one address
/// close the account to that address for a quarter of an hour; beyond fifty within an hour from anywhere each further try waits: nobody guesses
/// without limit, and nobody closes another's account.
/// </summary>
public sealed class Passwords(NpgsqlDataSource database)
{
    public const int Tries = 5;

    public static readonly TimeSpan Lockout = TimeSpan.FromMinutes(15);

    /// <summary>Wrong passwords of an account within an hour, whatever their addresses, beyond which each further try waits.</summary>
    public const int TriesAnHour = 50;

    public static readonly TimeSpan Slow = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Counts a try before its password is looked at, so that tries at the same moment are not more than those one after the other.
    /// </summary>
    public async Task<Attempt> BeginAsync(string userName, string address, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var found = await connection.QuerySingleOrDefaultAsync<(long Id, bool Active, bool HasPassword)>(new CommandDefinition(
            "select account_id, active, password_hash is not null from account where user_key = bare_name(trim(@userName))",
            new { userName }, cancellationToken: cancel));
        if (found is not { Active: true, HasPassword: true })
        {
            var why = found.Id == 0 ? "unknown_name" : "disabled";
            await Accounts.RecordAsync(connection, found.Id == 0 ? null : found.Id, why, null, cancel, address);
            return new(null, null, TimeSpan.Zero);
        }
        var place = Place(address);
        // The row is taken first, so that of tries at the same moment each sees the one before.
        var mayTry = await connection.ExecuteScalarAsync<bool>(new CommandDefinition("""
            insert into sign_in_lock as held (account_id, address, failed_count)
            values (@Id, @place, 1)
            on conflict (account_id, address) do update set
                failed_count = case when held.lockout_end is null then held.failed_count + 1 else 1 end,
                lockout_end = case when held.lockout_end is null and held.failed_count + 1 >= @Tries then now() + @Lockout end,
                tried_at = now()
            where held.lockout_end is null or held.lockout_end <= now()
            returning true
            """,
            new { found.Id, place, Tries, Lockout }, cancellationToken: cancel));
        if (!mayTry)
        {
            await Accounts.RecordAsync(connection, found.Id, "locked", null, cancel, address);
            return new(found.Id, null, TimeSpan.Zero);
        }
        var (hash, wrong) = await connection.QuerySingleAsync<(string?, int)>(new CommandDefinition("""
            select password_hash, (
                select count(*)::int from sign_in where account_id = @Id and event = 'wrong_password' and at > now() - interval '1 hour')
            from account
            where account_id = @Id
            """,
            new { found.Id }, cancellationToken: cancel));
        return new(found.Id, hash, wrong > TriesAnHour ? Slow : TimeSpan.Zero);
    }

    /// <summary>What counts as one place to guess from.</summary>
    private static string Place(string address) =>
        IPAddress.TryParse(address, out var read) && read.AddressFamily == AddressFamily.InterNetworkV6
            ? $"{new IPAddress([.. read.GetAddressBytes().Take(8), .. new byte[8]])}/64"
            : address;

    public async Task FailAsync(long account, string address, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await Accounts.RecordAsync(connection, account, "wrong_password", null, cancel, address);
    }

    /// <summary>The password was right: forgets the tries. Where the hash was made in an older way, keeps the new one.</summary>
    public async Task SucceedAsync(long account, string? newHash, string address, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await connection.ExecuteAsync(new CommandDefinition("""
            update account set password_hash = @newHash where account_id = @account and @newHash is not null;
            delete from sign_in_lock where account_id = @account and address = @place
            """,
            new { account, newHash, place = Place(address) }, cancellationToken: cancel));
    }

    /// <summary>Sets the password of somebody signed in; his other sessions are over, the one he uses goes on.</summary>
    public async Task ChangeAsync(long account, string hash, Guid session, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await SetAsync(connection, account, hash, cancel);
        await connection.ExecuteAsync(new CommandDefinition("""
            update web_session
            set stamp = account.stamp
            from account
            where session_id = @session and account.account_id = @account and web_session.account_id = @account
            """,
            new { account, session }, cancellationToken: cancel));
        await Accounts.RecordAsync(connection, account, "password_changed", null, cancel);
        await transaction.CommitAsync(cancel);
    }

    /// <summary>A new link; those given before no longer open.</summary>
    /// <returns>The token, which is kept nowhere.</returns>
    public async Task<string> MakeLinkAsync(long account, TimeSpan lifetime, string by, CancellationToken cancel)
    {
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await connection.ExecuteAsync(new CommandDefinition("""
            update one_time_link set expires_at = now() where account_id = @account and used_at is null and expires_at > now();
            insert into one_time_link (token_sha256, account_id, created_by, expires_at) values (@hash, @account, @by, now() + @lifetime)
            """,
            new { account, hash = Hash(token), by, lifetime }, cancellationToken: cancel));
        await Accounts.RecordAsync(connection, account, "link_made", by, cancel);
        await transaction.CommitAsync(cancel);
        return token;
    }

    /// <returns>The account whose password the link still sets; null for a link that is used up, expired or unknown.</returns>
    public async Task<long?> LinkAsync(string token, CancellationToken cancel)
    {
        await using var connection = await database.OpenToLookAsync(cancel);
        return await connection.ExecuteScalarAsync<long?>(new CommandDefinition("""
            select account_id
            from one_time_link
            join account using (account_id)
            where token_sha256 = @hash and used_at is null and expires_at > now() and active
            """,
            new { hash = Hash(token) }, cancellationToken: cancel));
    }

    /// <summary>Uses the link up and sets the password. Of two who use it at the same moment, one does.</summary>
    /// <returns>The account; null where the link no longer opened.</returns>
    public async Task<long?> UseLinkAsync(string token, string hash, string address, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var account = await connection.ExecuteScalarAsync<long?>(new CommandDefinition("""
            update one_time_link
            set used_at = now()
            from account
            where token_sha256 = @token and used_at is null and expires_at > now()
                and account.account_id = one_time_link.account_id and account.active
            returning one_time_link.account_id
            """,
            new { token = Hash(token) }, cancellationToken: cancel));
        if (account is not { } id)
            return null;
        await SetAsync(connection, id, hash, cancel);
        await Accounts.RecordAsync(connection, id, "password_set", null, cancel, address);
        await transaction.CommitAsync(cancel);
        return id;
    }

    private static Task<int> SetAsync(NpgsqlConnection connection, long account, string hash, CancellationToken cancel) =>
        connection.ExecuteAsync(new CommandDefinition("""
            update account
            set password_hash = @hash, stamp = gen_random_uuid()
            where account_id = @account;
            delete from sign_in_lock where account_id = @account
            """,
            new { account, hash }, cancellationToken: cancel));

    private static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
