using Dapper;
using SinHo.Reporting.Exchange;
using SinHo.Reporting.Host.Verbs;
using SinHo.Reporting.Samples;

namespace SinHo.Reporting.Host;

/// <summary>The Sìn Hồ sample in a register that is still empty.</summary>
public static class Sample
{
    public static async Task<bool> IsEmptyAsync(Workplace place, CancellationToken cancel)
    {
        await using var connection = await place.Database.OpenToLookAsync(cancel);
        return await connection.ExecuteScalarAsync<bool>(new CommandDefinition("select not exists (select from org)", cancellationToken: cancel));
    }

    /// <summary>Loads the sample where nothing is there yet; a register with data is left as it is.</summary>
    public static async Task LoadIntoEmptyAsync(Workplace place, CancellationToken cancel)
    {
        if (!await IsEmptyAsync(place, cancel))
            return;
        place.Steps.Say("Nhập dữ liệu mẫu huyện Sìn Hồ (người và số thẻ đều bịa)…");
        var outcome = await ImportVerb.RunAsync(place, new SinHoSample(), null, dryRun: false, cancel);
        if (!outcome.Accepted)
            throw new InvalidOperationException($"The sample breaks {outcome.Errors.Count} rules, first: {outcome.Errors[0].Code} {outcome.Errors[0].Sheet} {outcome.Errors[0].Row}: {outcome.Errors[0].Message}");
    }
}
