using Dapper;
using Npgsql;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Signing;

namespace SinHo.Reporting.Sums;

/// <summary>Signed figures of a register as they were taken in.</summary>
/// <param name="Sha256">Of the file.</param>
/// <param name="ReplacedBy">Number of the later report that stands for it; null while it stands.</param>
public sealed record ReceivedReport(Guid ReceivedId, SignedFigures Figures, string Sha256, string? ReplacedBy, DateTimeOffset ReceivedAt, string By)
{
    /// <summary>Whose certificate signed the file; null where it came without.</summary>
    public CertificateOfSigner? Signer { get; init; }

    public string Register => Figures.Register.Code;

    public Period Period => new(Figures.Period.From, Figures.Period.To, Figures.Period.Name);
}

/// <summary>What was taken in and is kept for ever; a later report stands for those that it names.</summary>
public sealed class ReceivedReports(NpgsqlDataSource database)
{
    /// <summary>Of a report, by register and then by the day of receipt; the replaced ones too.</summary>
    /// <param name="from">Periods that end on this day or later.</param>
    /// <param name="to">Periods that end on this day or earlier.</param>
    public async Task<IReadOnlyList<ReceivedReport>> ListAsync(string report, DateOnly from, DateOnly to, CancellationToken cancel)
    {
        await using var connection = await database.OpenToLookAsync(cancel);
        return await ReadAsync(connection, "where report = @report and period_to between @from and @to", new { report, from, to }, cancel);
    }

    /// <summary>The file as it came, or the office's signature of it.</summary>
    /// <returns>Null where there is none.</returns>
    public async Task<(string Name, byte[] Bytes)?> FileAsync(Guid received, bool isSignature, CancellationToken cancel)
    {
        await using var connection = await database.OpenToLookAsync(cancel);
        var (register, number, bytes) = await connection.QuerySingleOrDefaultAsync<(string?, string, byte[]?)>(new CommandDefinition(
            "select register::text, number, case when @isSignature then signature else bytes end from received_report where received_id = @received", new { received, isSignature }, cancellationToken: cancel));
        return bytes is null ? null : ($"{register} {number.Replace('/', '-')}{SignedFigures.Ending}{(isSignature ? SignDesk.Signatures : "")}", bytes);
    }

    /// <summary>Of one period, those that stand.</summary>
    public async Task<IReadOnlyDictionary<string, ReceivedReport>> StandingAsync(string report, Period period, CancellationToken cancel)
    {
        await using var connection = await database.OpenToLookAsync(cancel);
        return (await ReadAsync(connection, "where report = @report and period_from = @From and period_to = @To", new { report, period.From, period.To }, cancel))
            .Where(one => one.ReplacedBy is null).ToDictionary(one => one.Register, StringComparer.Ordinal);
    }

    internal static async Task<IReadOnlyList<ReceivedReport>> ReadAsync(NpgsqlConnection connection, string condition, object? parameters, CancellationToken cancel) =>
    [
        .. (await connection.QueryAsync<Row>(new CommandDefinition($"""
            select received_id as ReceivedId, certificate as Certificate, certificate_sha256 as CertificateSha256, bytes as Bytes, received_report.sha256 as Sha256, received_at as ReceivedAt, by as By, (
                select later.number
                from received_report as later
                where later.register = received_report.register and received_report.check_code = any (later.replaces)
                order by cardinality(later.replaces)
                limit 1) as ReplacedBy
            from received_report
            join received_set using (set_id)
            {condition}
            order by register, received_at
            """, parameters, cancellationToken: cancel))).Select(row => new ReceivedReport(row.ReceivedId, SignedFigures.Read(row.Bytes)!, row.Sha256, row.ReplacedBy, new(row.ReceivedAt, TimeSpan.Zero), row.By) { Signer = row.Certificate is { } owner ? new(owner, row.CertificateSha256!) : null }),
    ];

    private sealed record Row
    {
        public required Guid ReceivedId { get; init; }
        public required byte[] Bytes { get; init; }
        public required string Sha256 { get; init; }
        public required DateTime ReceivedAt { get; init; }
        public required string By { get; init; }
        public string? ReplacedBy { get; init; }
        public string? Certificate { get; init; }
        public string? CertificateSha256 { get; init; }
    }
}
