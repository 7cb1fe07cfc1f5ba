using Microsoft.AspNetCore.Components.Forms;
using Npgsql;
using SinHo.Reporting.Catalog;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Sums;
using SinHo.Reporting.Words;

namespace SinHo.Reporting.Host.Web;

/// <summary>Sums of several registers for pages, and sets handed over in a browser.</summary>
public sealed class SumRoom(NpgsqlDataSource database, Definitions definitions)
{
    /// <summary>Files of a set.</summary>
    public const int MostFiles = 400;

    private const long LargestSet = 256L << 20;

    private static DateOnly Today => Vietnamese.Today(Workplace.Clock.GetUtcNow());

    /// <inheritdoc cref="Summing.SumAsync"/>
    public Task<RegisterSum> SumAsync(string report, Period period, CancellationToken cancel) =>
        new Summing(database, definitions, Workplace.Root).SumAsync(report, period, null, Today, cancel);

    /// <inheritdoc cref="SenderBoard.ReadAsync"/>
    public Task<SenderBoard> BoardAsync(string report, int year, CancellationToken cancel) =>
        SenderBoard.ReadAsync(database, definitions, Workplace.Root, report, year, Today, cancel);

    /// <summary>Takes in a set as the command does; nothing is kept before the last byte is here.</summary>
    /// <param name="index">What the receipt says of the index; null where nobody has looked.</param>
    /// <exception cref="ReceptionRefusedException">It is not taken in.</exception>
    /// <exception cref="IOException">It is too large, or the connection was lost.</exception>
    public async Task<ReceptionOutcome> TakeAsync(IReadOnlyList<IBrowserFile> files, string? index, string by, CancellationToken cancel)
    {
        var folder = Directory.CreateTempSubdirectory("sinho-set-");
        try
        {
            var left = LargestSet;
            foreach (var file in files)
            {
                if (file.Size > left)
                    throw new ReceptionRefusedException([new("too_large", file.Name, $"Bộ gửi lớn hơn {LargestSet >> 20} MB; hãy nhận trên máy chủ bằng lệnh receive.")]);
                left -= file.Size;
                await using var to = new FileStream(Path.Combine(folder.FullName, Path.GetFileName(file.Name)), FileMode.Create, FileAccess.Write);
                await using var sent = file.OpenReadStream(LargestSet, cancel);
                await sent.CopyToAsync(to, cancel);
            }
            return await new Reception(database).TakeAsync(new(folder.FullName, Workplace.Clock.GetUtcNow(), by) { Index = index }, cancel);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
