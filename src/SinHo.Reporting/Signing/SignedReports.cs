using System.Globalization;
using Dapper;
using Npgsql;
using SinHo.Reporting.Runs;
using SinHo.Reporting.Words;

namespace SinHo.Reporting.Signing;

/// <summary>Signed reports as they are kept: found by number, by check code, by the bytes of their files.</summary>
public sealed class SignedReports(NpgsqlDataSource database)
{
    private const string Query = """
        select signed.signed_id as SignedId, signed.issued_id as IssuedId, signed.unit::text as Unit, issued.unit_name as UnitName, signed.year as Year, signed.number as Number,
            signed.signed_on as SignedOn, signed.signer as Signer, signed.recipients as Recipients, signed.check_code as CheckCode, signed.report as Report, issued.title as Title,
            signed.period_from as PeriodFrom, signed.period_to as PeriodTo, issued.period_name as PeriodName, signed.question::text as Question, signed.last_import as LastImport,
            former.number as Replaces, signed.reason as Reason, later.number as ReplacedBy, signed.certificate as Certificate, signed.signed_by as SignedBy, signed.signed_at as SignedAt
        from signed_report as signed
        join issued_report as issued on issued.issued_id = signed.issued_id
        left join signed_report as former on former.signed_id = signed.replaces
        left join signed_report as later on later.replaces = signed.signed_id
        """;

    /// <summary>The newest first.</summary>
    /// <param name="unit">Of a body; null for all.</param>
    public async Task<IReadOnlyList<SignedReport>> ListAsync(string? unit, int? year, CancellationToken cancel) =>
        await AskAsync("where (@unit::text is null or signed.unit = @unit) and (@year::integer is null or signed.year = @year) order by signed.signed_at desc", new { unit, year }, cancel);

    public async Task<SignedReport?> FindAsync(Guid id, CancellationToken cancel) => (await AskAsync("where signed.signed_id = @id", new { id }, cancel)).SingleOrDefault();

    /// <summary>Which report behind an issued one was signed.</summary>
    public async Task<SignedReport?> OfIssuedAsync(Guid issued, CancellationToken cancel) => (await AskAsync("where signed.issued_id = @issued", new { issued }, cancel)).SingleOrDefault();

    /// <exception cref="UnknownNumberException">There is none.</exception>
    /// <exception cref="NumberNotUniqueException">There are several.</exception>
    public async Task<SignedReport> GetAsync(string number, string? unit, int? year, CancellationToken cancel)
    {
        var found = await AskAsync(
            "where signed.number = @number and (@unit::text is null or signed.unit = @unit) and (@year::integer is null or signed.year = @year) order by signed.year, signed.unit",
            new { number = number.Trim(), unit, year }, cancel);
        return found switch
        {
            [var one] => one,
            [] => throw new UnknownNumberException($"Không có báo cáo đã ký số “{number}”; xem các số đã ký bằng lệnh signed."),
            _ => throw new NumberNotUniqueException(
                $"Có {found.Count} báo cáo đã ký số {number}: {string.Join("; ", found.Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.UnitName} (--unit {one.Unit} --year {one.Year}), ngày {Vietnamese.Day(one.SignedOn)}")))}. Hãy nêu thêm --unit hoặc --year."),
        };
    }

    public async Task<SignedReport?> WithCodeAsync(string checkCode, CancellationToken cancel) => (await AskAsync("where signed.check_code = @checkCode", new { checkCode }, cancel)).SingleOrDefault();

    /// <summary>Those that a report stands for, one after another, the latest first.</summary>
    public async Task<IReadOnlyList<SignedReport>> FormerAsync(SignedReport report, CancellationToken cancel)
    {
        var former = new List<SignedReport>();
        for (var one = report; one.Replaces is not null; one = former[^1])
            former.Add((await AskAsync("where later.signed_id = @SignedId", new { one.SignedId }, cancel)).Single());
        return former;
    }

    /// <summary>The report of which a file is one, with the format of the file.</summary>
    /// <param name="sha256">Of the bytes.</param>
    public Task<(SignedReport Report, string Format)?> WithBytesAsync(string sha256, CancellationToken cancel) => WithFileAsync("stored.sha256 = @hash", sha256, cancel);

    /// <param name="sha256">Of the unpacked parts.</param>
    public Task<(SignedReport Report, string Format)?> WithContentAsync(string sha256, CancellationToken cancel) => WithFileAsync("file.content_sha256 = @hash", sha256, cancel);

    /// <summary>Signed reports of the same report, unit and period that nobody has replaced.</summary>
    public async Task<IReadOnlyList<SignedReport>> StandingAsync(string report, string unit, DateOnly from, DateOnly to, CancellationToken cancel) =>
        [.. (await AskAsync("where signed.report = @report and signed.unit = @unit and signed.period_from = @from and signed.period_to = @to order by signed.signed_at desc", new { report, unit, from, to }, cancel)).Where(one => !one.IsReplaced)];

    /// <summary>Names of the grassroots organisations under the unit that have signed this report for some period, but not for this one.</summary>
    public async Task<IReadOnlyList<string>> MissingPartsAsync(string report, string unit, DateOnly from, DateOnly to, CancellationToken cancel)
    {
        await using var connection = await database.OpenToLookAsync(cancel);
        return (await connection.QueryAsync<string>(new CommandDefinition("""
            select part.name
            from org_closure as scope
            join org_version as part on part.code = scope.descendant
                and part.valid_from <= @to
                and still_holds(part.valid_to, @to)
                and is_grassroots(part.level_role)
            where scope.ancestor = @unit
                and scope.descendant <> scope.ancestor
                and scope.valid_from <= @to
                and scope.valid_to > @to
                and exists (select from signed_report as own where own.unit = part.code and own.report = @report)
                and not exists (select from signed_report as own where own.unit = part.code and own.report = @report and own.period_from = @from and own.period_to = @to)
            order by part.code
            """, new { report, unit, from, to }, cancellationToken: cancel))).AsList();
    }

    /// <summary>Its files; the draft first.</summary>
    public async Task<IReadOnlyList<SignedFile>> FilesAsync(Guid report, CancellationToken cancel)
    {
        await using var connection = await database.OpenToLookAsync(cancel);
        return (await connection.QueryAsync<SignedFile>(new CommandDefinition("""
            select file.format as Format, file.file_id as FileId, stored.name as Name, stored.sha256 as Sha256, stored.size as Size
            from signed_file as file
            join stored_file as stored using (file_id)
            where file.signed_id = @report
            order by file.format <> 'draft', file.format
            """, new { report }, cancellationToken: cancel))).AsList();
    }

    /// <summary>The settings of the moment, all of them.</summary>
    public async Task<IReadOnlyDictionary<string, int>> SettingsAsync(Guid report, CancellationToken cancel)
    {
        await using var connection = await database.OpenToLookAsync(cancel);
        return (await connection.QueryAsync<(string Name, int Value)>(new CommandDefinition(
            "select key, value::integer from signed_report, jsonb_each_text(settings) where signed_id = @report", new { report }, cancellationToken: cancel)))
            .ToDictionary(one => one.Name, one => one.Value, StringComparer.Ordinal);
    }

    private async Task<(SignedReport Report, string Format)?> WithFileAsync(string condition, string hash, CancellationToken cancel)
    {
        await using var connection = await database.OpenToLookAsync(cancel);
        // The same draft may be signed again for one that it replaces: the latest.
        var found = (await connection.QueryAsync<(Guid Signed, string Format)>(new CommandDefinition($"""
            select file.signed_id, file.format
            from signed_file as file
            join stored_file as stored using (file_id)
            join signed_report as signed using (signed_id)
            where {condition}
            order by signed.signed_at desc
            limit 1
            """, new { hash }, cancellationToken: cancel))).ToList();
        return found is [var (signed, format)] ? ((await FindAsync(signed, cancel))!, format) : null;
    }

    private async Task<List<SignedReport>> AskAsync(string condition, object parameters, CancellationToken cancel)
    {
        await using var connection = await database.OpenToLookAsync(cancel);
        return (await connection.QueryAsync<SignedReport>(new CommandDefinition($"{Query}\n{condition}", parameters, cancellationToken: cancel))).AsList();
    }
}
