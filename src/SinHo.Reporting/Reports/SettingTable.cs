using Dapper;
using Npgsql;
using SinHo.Reporting.Figures;

namespace SinHo.Reporting.Reports;

/// <summary>The numbers that the board decides itself; every figure that uses one prints it.</summary>
public sealed class SettingTable(NpgsqlDataSource database)
{
    public const int Most = 1_000;

    public async Task<IReadOnlyList<Setting>> ListAsync(CancellationToken cancel)
    {
        await using var connection = await database.OpenToLookAsync(cancel);
        return (await connection.QueryAsync<Setting>(new CommandDefinition(
            "select name as Code, caption as Caption, value as Value from setting order by name", cancellationToken: cancel))).AsList();
    }

    /// <summary>Holds for every report made from now on, whatever its period; reports issued before keep theirs.</summary>
    /// <param name="value">0 to <see cref="Most"/>.</param>
    /// <param name="by">For the trail.</param>
    public async Task ChangeAsync(string code, int value, string by, CancellationToken cancel)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, Most);
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await connection.ExecuteAsync(new CommandDefinition(
            "select set_config('sinho.actor', @by, true); update setting set value = @value where name = @code", new { code, value, by }, transaction, cancellationToken: cancel));
        await transaction.CommitAsync(cancel);
    }
}
