using System.Text.RegularExpressions;
using Dapper;
using Npgsql;

namespace SinHo.Reporting.Access;

/// <summary>The accounts, kept in the register's database. Names are matched without marks and in any case.</summary>
public sealed partial class Accounts(NpgsqlDataSource database)
{
    /// <summary>Who did what no account did: the program at its first start, or a command line.</summary>
    public const string CommandLine = "dòng lệnh";

    private const string Columns = """
        account_id as Id, user_name as UserName, display_name as DisplayName, role::text as RoleName, unit as Unit, active as Active,
        password_hash is not null as HasPassword, (select max(lockout_end) from sign_in_lock where sign_in_lock.account_id = account.account_id) as LockoutEnd, created_at as CreatedAt
        """;

    public Task<IReadOnlyList<Account>> ListAsync(CancellationToken cancel) => SelectAsync("true", new { }, cancel);

    public async Task<Account?> FindAsync(string userName, CancellationToken cancel) =>
        (await SelectAsync("user_key = bare_name(trim(@userName))", new { userName }, cancel)).SingleOrDefault();

    public async Task<Account?> FindAsync(long id, CancellationToken cancel) =>
        (await SelectAsync("account_id = @id", new { id }, cancel)).SingleOrDefault();

    /// <summary>Whether somebody can get in and make accounts for others.</summary>
    public async Task<bool> HasAdministratorAsync(CancellationToken cancel) =>
        (await SelectAsync("role = 'Quản trị' and active and password_hash is not null", new { }, cancel)).Count > 0;

    /// <param name="by">Name of the account that adds it.</param>
    /// <exception cref="AccountException">The wish cannot be granted.</exception>
    public async Task<Account> AddAsync(AccountWish wish, string by, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var faults = await FaultsAsync(connection, wish, cancel);
        if (!UserNames().IsMatch(wish.UserName))
        {
            faults.Insert(0, $"Tên đăng nhập “{wish.UserName}” không dùng được: cần 2 đến 32 chữ cái không dấu, chữ số hoặc dấu . _ -, "
                + "bắt đầu bằng chữ hoặc số.");
        }
        if (faults.Count > 0)
            throw new AccountException(faults);
        long id;
        try
        {
            id = await connection.ExecuteScalarAsync<long>(new CommandDefinition("""
                insert into account (user_name, user_key, display_name, role, unit, created_by)
                values (@UserName, bare_name(@UserName), @DisplayName, @Role::account_role, @Unit, @by)
                returning account_id
                """,
                new { wish.UserName, DisplayName = wish.DisplayName.Trim(), Role = Rights.Name(wish.Role), wish.Unit, by },
                cancellationToken: cancel));
        }
        catch (PostgresException taken) when (taken.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            throw new AccountException($"Đã có tài khoản “{wish.UserName}”; hãy chọn tên đăng nhập khác.");
        }
        await RecordAsync(connection, id, "account_added", by, cancel);
        await transaction.CommitAsync(cancel);
        return (await FindAsync(id, cancel))!;
    }

    /// <summary>Changes all but the user name. Who is signed in must sign in anew when what he may see or do changed.</summary>
    /// <exception cref="AccountException">The wish cannot be granted.</exception>
    public async Task ChangeAsync(long id, AccountWish wish, string by, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await LockAsync(connection, cancel);
        var faults = await FaultsAsync(connection, wish, cancel);
        if (faults.Count > 0)
            throw new AccountException(faults);
        await connection.ExecuteAsync(new CommandDefinition("""
            update account
            set display_name = @DisplayName, role = @Role::account_role, unit = @Unit,
                stamp = case when (role, unit) is distinct from (@Role::account_role, @Unit::code) then gen_random_uuid() else stamp end
            where account_id = @id
            """,
            new { id, DisplayName = wish.DisplayName.Trim(), Role = Rights.Name(wish.Role), wish.Unit }, cancellationToken: cancel));
        await KeepAnAdministratorAsync(connection, cancel);
        await RecordAsync(connection, id, "account_changed", by, cancel);
        await transaction.CommitAsync(cancel);
    }

    /// <summary>Closes an account, at once for whoever is signed in with it, or opens it again.</summary>
    /// <exception cref="AccountException">Nobody could administer the register any more.</exception>
    public async Task SetActiveAsync(long id, bool active, string by, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await LockAsync(connection, cancel);
        await connection.ExecuteAsync(new CommandDefinition("""
            update account
            set active = @active, stamp = gen_random_uuid()
            where account_id = @id and active <> @active;
            delete from sign_in_lock where account_id = @id
            """,
            new { id, active }, cancellationToken: cancel));
        await KeepAnAdministratorAsync(connection, cancel);
        await RecordAsync(connection, id, active ? "account_enabled" : "account_disabled", by, cancel);
        await transaction.CommitAsync(cancel);
    }

    internal static Task RecordAsync(
        NpgsqlConnection connection, long? account, string happened, string? by, CancellationToken cancel, string? address = null) =>
        connection.ExecuteAsync(new CommandDefinition(
            "insert into sign_in (account_id, event, by, address) values (@account, @happened, @by, @address)",
            new { account, happened, by, address }, cancellationToken: cancel));

    private static async Task<List<string>> FaultsAsync(NpgsqlConnection connection, AccountWish wish, CancellationToken cancel)
    {
        var faults = new List<string>();
        if (string.IsNullOrWhiteSpace(wish.DisplayName))
            faults.Add("Thiếu họ và tên của người dùng tài khoản.");
        if (wish is { Role: Role.Administrator, Unit: not null })
            faults.Add("Tài khoản quản trị luôn thấy toàn bộ sổ đăng ký; hãy bỏ đơn vị hoặc chọn vai trò khác.");
        if (wish.Unit is not null && !await connection.ExecuteScalarAsync<bool>(
            new CommandDefinition("select exists (select from org where code = @Unit)", wish, cancellationToken: cancel)))
            faults.Add($"Không có đơn vị “{wish.Unit}” trong sổ đăng ký.");
        return faults;
    }

    /// <summary>Two administrators must not close one another at the same moment: the second waits and sees what the first did.</summary>
    private static Task<int> LockAsync(NpgsqlConnection connection, CancellationToken cancel) =>
        connection.ExecuteAsync(new CommandDefinition("lock table account in share row exclusive mode", cancellationToken: cancel));

    private static async Task KeepAnAdministratorAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        if (!await connection.ExecuteScalarAsync<bool>(
            new CommandDefinition("select exists (select from account where role = 'Quản trị' and active)", cancellationToken: cancel)))
            throw new AccountException("Đây là tài khoản quản trị duy nhất đang mở; hãy tạo một tài khoản quản trị khác trước.");
    }

    private async Task<IReadOnlyList<Account>> SelectAsync(string condition, object parameters, CancellationToken cancel)
    {
        await using var connection = await database.OpenToLookAsync(cancel);
        var rows = await connection.QueryAsync<Row>(new CommandDefinition(
            $"select {Columns} from account where {condition} order by user_key", parameters, cancellationToken: cancel));
        return [.. rows.Select(row => row.Account)];
    }

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._-]{1,31}$", RegexOptions.None, 1000)]
    private static partial Regex UserNames();

    private sealed record Row(
        long Id, string UserName, string DisplayName, string RoleName, string? Unit, bool Active, bool HasPassword,
        DateTime? LockoutEnd, DateTime CreatedAt)
    {
        public Account Account => new(
            Id, UserName, DisplayName, Rights.Named(RoleName) ?? Role.Reader, Unit, Active, HasPassword,
            LockoutEnd is { } end ? new DateTimeOffset(end, TimeSpan.Zero) : null, new DateTimeOffset(CreatedAt, TimeSpan.Zero));
    }
}
