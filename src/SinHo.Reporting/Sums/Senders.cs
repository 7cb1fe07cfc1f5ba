using Dapper;
using Npgsql;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Signing;
using SinHo.Reporting.Words;

namespace SinHo.Reporting.Sums;

/// <summary>A register whose signed figures are waited for.</summary>
/// <param name="Code">What it calls itself: <see cref="OwnRegister"/>.</param>
/// <param name="Unit">Code of the unit on which it reports for the whole of itself.</param>
/// <param name="From">Periods that end on this day or later are waited for.</param>
/// <param name="To">First day of which nothing is waited for any more; null for none.</param>
public sealed record Sender(string Code, string Name, string Unit, DateOnly From, DateOnly? To)
{
    public bool IsExpectedFor(Period period) => From <= period.To && (To is not { } end || end > period.To);
}

/// <summary>The registers that are summed here: the latest row of a code holds.</summary>
public sealed class Senders(NpgsqlDataSource database)
{
    /// <summary>By code.</summary>
    public async Task<IReadOnlyList<Sender>> ListAsync(CancellationToken cancel)
    {
        await using var connection = await database.OpenToLookAsync(cancel);
        return (await connection.QueryAsync<Sender>(new CommandDefinition("""
            select distinct on (code) code::text as Code, name as Name, unit::text as Unit, valid_from as "From", valid_to as "To"
            from sender
            order by code, sender_id desc
            """, cancellationToken: cancel))).AsList();
    }

    /// <exception cref="SigningRefusedException">It has no code, unit or name, or its days are the wrong way round.</exception>
    public async Task EnterAsync(Sender sender, string by, CancellationToken cancel)
    {
        if (!OwnRegister.IsCode(sender.Code) || !OwnRegister.IsCode(sender.Unit) || sender.Name.Trim().Length == 0)
            throw new SigningRefusedException("bad_register", "Sổ chờ nhận cần mã sổ và mã đơn vị báo cáo (không có dấu cách) và tên.");
        if (sender.To is { } to && to <= sender.From)
            throw new SigningRefusedException("empty_interval", $"Ngày thôi chờ {Vietnamese.Day(to)} phải sau ngày bắt đầu {Vietnamese.Day(sender.From)}.");
        await using var connection = await database.OpenAsync(cancel);
        await connection.ExecuteAsync(new CommandDefinition(
            "insert into sender (code, name, unit, valid_from, valid_to, by) values (@Code, trim(@Name), @Unit, @From, @To, @by)",
            new { sender.Code, sender.Name, sender.Unit, sender.From, sender.To, by }, cancellationToken: cancel));
    }
}
