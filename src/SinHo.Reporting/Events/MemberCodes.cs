using System.Globalization;
using Dapper;
using Npgsql;

namespace SinHo.Reporting.Events;

/// <summary>Codes of people who are not in the register yet.</summary>
public static class MemberCodes
{
    /// <summary>Codes tried one after another before nothing is offered: more are taken only where codes are not counted up.</summary>
    private const int Tries = 50;

    /// <summary>The code after the last one: its digits counted on by one, the first that nobody has.</summary>
    /// <returns>Null where the last code does not end with digits, or nobody is in the register.</returns>
    public static async Task<string?> NextAsync(NpgsqlDataSource register, CancellationToken cancel)
    {
        await using var connection = await register.OpenToLookAsync(cancel);
        var last = await connection.ExecuteScalarAsync<string?>(new("select code from member order by code desc limit 1", cancellationToken: cancel));
        var digits = last is null ? 0 : last.Length - last.TrimEnd("0123456789".ToCharArray()).Length;
        if (last is null || digits == 0 || !long.TryParse(last.AsSpan(last.Length - digits), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return null;
        var codes = Enumerable.Range(1, Tries).Select(step => last[..^digits] + (number + step).ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0')).ToArray();
        return await connection.ExecuteScalarAsync<string?>(new(
            "select code from unnest(@codes) with ordinality as free (code, place) where not exists (select from member where member.code = free.code) and not exists (select from former_code where alias = free.code) order by place limit 1",
            new { codes }, cancellationToken: cancel));
    }
}
