using Dapper;
using Npgsql;

namespace SinHo.Reporting.Signing;

/// <summary>What a register or a unit is called.</summary>
public sealed record CodeAndName(string Code, string Name);

/// <summary>The name of this register: as it was entered, else that of the highest organisation above the unit that it reports on.</summary>
public sealed class OwnRegister(NpgsqlDataSource database)
{
    /// <returns>Null where nobody has entered one.</returns>
    public async Task<CodeAndName?> EnteredAsync(CancellationToken cancel)
    {
        await using var connection = await database.OpenToLookAsync(cancel);
        return await connection.QuerySingleOrDefaultAsync<CodeAndName>(new CommandDefinition(
            "select code::text as Code, name as Name from own_register order by own_register_id desc limit 1", cancellationToken: cancel));
    }

    public async Task<CodeAndName> NameAsync(string unit, string unitName, DateOnly day, CancellationToken cancel)
    {
        if (await EnteredAsync(cancel) is { } entered)
            return entered;
        await using var connection = await database.OpenToLookAsync(cancel);
        return await connection.QueryFirstOrDefaultAsync<CodeAndName>(new CommandDefinition("""
            select top.code::text as Code, top.name as Name
            from org_closure as above
            join org_version as top on top.code = above.ancestor
                and top.parent is null
                and top.valid_from <= @day
                and still_holds(top.valid_to, @day)
            where above.descendant = @unit and above.valid_from <= @day and above.valid_to > @day
            """, new { unit, day }, cancellationToken: cancel)) ?? new(unit, unitName);
    }

    /// <exception cref="SigningRefusedException">It is no code, or has no name.</exception>
    public async Task EnterAsync(CodeAndName named, string by, CancellationToken cancel)
    {
        if (!IsCode(named.Code) || named.Name.Trim().Length == 0)
            throw new SigningRefusedException("bad_register", "Sổ cần một mã không có dấu cách (đến 64 chữ) và một tên, đúng như cấp trên đã ghi trong các sổ chờ nhận.");
        await using var connection = await database.OpenAsync(cancel);
        await connection.ExecuteAsync(new CommandDefinition(
            "insert into own_register (code, name, by) values (@Code, trim(@Name), @by)", new { named.Code, named.Name, by }, cancellationToken: cancel));
    }

    /// <summary>As the database takes it.</summary>
    internal static bool IsCode(string text) => text.Length is >= 1 and <= 64 && !text.Any(sign => char.IsWhiteSpace(sign) || char.IsControl(sign));
}
