using Dapper;
using Npgsql;
using SinHo.Reporting.Words;

namespace SinHo.Reporting.Signing;

/// <summary>Who signs for a body.</summary>
/// <param name="Office">Lines above the name; empty: as the level of the unit has it.</param>
/// <param name="From">First day; null for always.</param>
/// <param name="To">First day on which he no longer may; null for none.</param>
public sealed record BodySigner(string Unit, string Name, string Office, DateOnly? From, DateOnly? To);

/// <summary>Who may sign for which body, and on which days: the latest row of a name holds.</summary>
public sealed class Signers(NpgsqlDataSource database)
{
    public async Task<IReadOnlyList<BodySigner>> ListAsync(string unit, CancellationToken cancel)
    {
        await using var connection = await database.OpenToLookAsync(cancel);
        return (await connection.QueryAsync<BodySigner>(new CommandDefinition(
            "select distinct on (name) unit::text as Unit, name as Name, office as Office, valid_from as \"From\", valid_to as \"To\" from signer where unit = @unit order by name, signer_id desc", new { unit }, cancellationToken: cancel))).AsList();
    }

    /// <summary>Those of a day.</summary>
    public async Task<IReadOnlyList<BodySigner>> OnAsync(string unit, DateOnly day, CancellationToken cancel) =>
        [.. (await ListAsync(unit, cancel)).Where(one => (one.From ?? DateOnly.MinValue) <= day && (one.To ?? DateOnly.MaxValue) > day)];

    /// <exception cref="SigningRefusedException">The unit is unknown, the name empty, or the days are the wrong way round.</exception>
    public async Task AddAsync(BodySigner signer, string by, CancellationToken cancel)
    {
        if (signer.Name.Trim().Length == 0)
            throw new SigningRefusedException("required", "Thiếu họ tên người ký.");
        if (signer is { From: { } from, To: { } to } && to <= from)
            throw new SigningRefusedException("empty_interval", $"Ngày thôi ký {Vietnamese.Day(to)} phải sau ngày bắt đầu {Vietnamese.Day(from)}.");
        await using var connection = await database.OpenAsync(cancel);
        if (!await connection.ExecuteScalarAsync<bool>(new CommandDefinition("select exists (select from org where code = @Unit)", new { signer.Unit }, cancellationToken: cancel)))
            throw new SigningRefusedException("unknown_reference", $"Không có đơn vị mã “{signer.Unit}”.");
        await connection.ExecuteAsync(new CommandDefinition(
            "insert into signer (unit, name, office, valid_from, valid_to, by) values (@Unit, trim(@Name), trim(@Office), @From, @To, @by)",
            new { signer.Unit, signer.Name, signer.Office, signer.From, signer.To, by }, cancellationToken: cancel));
    }
}
