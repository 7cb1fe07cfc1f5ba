using Dapper;
using Npgsql;
using SinHo.Reporting.Runs;

namespace SinHo.Reporting.Signing;

/// <summary>A scan of the paper, kept beside a signed report.</summary>
public sealed record Attachment(Guid FileId, string Name, long Size, DateTimeOffset At, string By);

/// <summary>Scans of signed papers: they prove nothing and change nothing, and stay for ever.</summary>
public sealed class Attachments(NpgsqlDataSource database)
{
    public const int Largest = 20 << 20;

    private static readonly (byte[] Start, string MediaType, string Ending)[] Kinds =
    [
        ("%PDF-"u8.ToArray(), "application/pdf", ".pdf"),
        ([0xFF, 0xD8, 0xFF], "image/jpeg", ".jpg"),
        ([0x89, 0x50, 0x4E, 0x47], "image/png", ".png"),
    ];

    /// <summary>The oldest first.</summary>
    public async Task<IReadOnlyList<Attachment>> ListAsync(Guid report, CancellationToken cancel)
    {
        await using var connection = await database.OpenToLookAsync(cancel);
        return
        [
            .. (await connection.QueryAsync<(Guid File, string Name, long Size, DateTime At, string By)>(new CommandDefinition("""
                select file_id, stored.name, stored.size, attachment.at, attachment.by
                from signed_attachment as attachment
                join stored_file as stored using (file_id)
                where attachment.signed_id = @report
                order by attachment.at
                """, new { report }, cancellationToken: cancel))).Select(row => new Attachment(row.File, row.Name, row.Size, new(row.At, TimeSpan.Zero), row.By)),
        ];
    }

    /// <param name="name">As it was handed in; it gets the ending of what it is.</param>
    /// <exception cref="SigningRefusedException">It is no scan, or too large.</exception>
    public async Task AddAsync(Guid report, string name, byte[] bytes, string by, CancellationToken cancel)
    {
        if (bytes.Length > Largest || Kinds.FirstOrDefault(kind => bytes.AsSpan().StartsWith(kind.Start)) is not { Start: not null } known)
            throw new SigningRefusedException("not_a_scan", $"Bản chụp phải là tệp PDF, JPEG hoặc PNG không quá {Largest >> 20} MB.");
        var plain = string.Concat(Path.GetFileNameWithoutExtension(name).Where(sign => !char.IsControl(sign)).Take(100)).Trim();
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        using var content = new MemoryStream(bytes);
        var stored = await StoredFiles.AddAsync(connection, transaction, (plain.Length == 0 ? "ban-chup" : plain) + known.Ending, known.MediaType, content, cancel);
        await connection.ExecuteAsync(new CommandDefinition(
            "insert into signed_attachment (file_id, signed_id, by) values (@FileId, @report, @by)", new { stored.FileId, report, by }, transaction, cancellationToken: cancel));
        await transaction.CommitAsync(cancel);
    }
}
