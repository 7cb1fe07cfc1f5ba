using System.Globalization;
using System.Text.Json;
using Dapper;
using Npgsql;
using NpgsqlTypes;
using SinHo.Reporting.Figures;

namespace SinHo.Reporting.Runs;

/// <summary>Where a report comes from, beside its figures.</summary>
/// <param name="Definitions">SHA-256 of the definition files, by path.</param>
/// <param name="ObligationId">What it fulfils; an obligation is fulfilled once.</param>
public sealed record Origin(IReadOnlyDictionary<string, string> Definitions, string? TemplateSha256, long? ObligationId, string By);

/// <summary>Reports as issued: kept whole, never changed.</summary>
public sealed class IssuedReports(NpgsqlDataSource database)
{
    private const string DayFormat = "yyyy-MM-dd";

    /// <summary>Keeps a report with its figures, their evidence and its file, if the job's holder is still the holder.</summary>
    /// <param name="file">The workbook; a stream that can be read twice.</param>
    /// <exception cref="LeaseLostException">The job has another holder; nothing was kept.</exception>
    public async Task<Guid> AddAsync(JobHold hold, Report report, Origin origin, string fileName, Stream file)
    {
        var cancel = hold.Cancel;
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var stored = await StoredFiles.AddAsync(connection, transaction, fileName, StoredFiles.Workbook, file, cancel);
        var issued = await KeepAsync(transaction, report, origin, hold.Job.JobId, stored.FileId, cancel);
        // Last, so that the holder may renew its lease meanwhile.
        await hold.GuardAsync(transaction);
        await hold.KeepPositionAsync(transaction, report.SnapshotPosition);
        await transaction.CommitAsync(cancel);
        return issued;
    }

    /// <summary>Keeps a report with its figures and their evidence in somebody's transaction.</summary>
    /// <param name="job">Null where no job made it.</param>
    internal static async Task<Guid> KeepAsync(NpgsqlTransaction transaction, Report report, Origin origin, Guid? job, Guid file, CancellationToken cancel)
    {
        var issued = await InsertAsync(transaction, report, origin, job, file, cancel);
        await CopyEvidenceAsync(transaction.Connection!, issued, report, cancel);
        return issued;
    }

    public async Task<IssuedReport?> FindAsync(Guid id, CancellationToken cancel)
    {
        await using var connection = await database.OpenToLookAsync(cancel);
        var row = await connection.QuerySingleOrDefaultAsync<Row>(new CommandDefinition("""
            select issued_id as IssuedId, report as Report, edition as Edition, unit::text as Unit, unit_name as UnitName,
                period_from as PeriodFrom, period_to as PeriodTo, period_name as PeriodName, title as Title,
                settings::text as Settings, figures::text as Figures, checks::text as Checks, narrative as Narrative, content::text as Content, definitions::text as Definitions,
                template_sha256 as TemplateSha256, snapshot_at as SnapshotAt, program_version as ProgramVersion, file_id as FileId,
                job_id as JobId, obligation_id as ObligationId, issued_by as IssuedBy, issued_at as IssuedAt
            from issued_report
            where issued_id = @id
            """, new { id }, cancellationToken: cancel));
        if (row is null)
            return null;
        var file = await connection.QuerySingleAsync<StoredFile>(
            new CommandDefinition($"select {StoredFiles.Columns} from stored_file where file_id = @FileId", new { row.FileId }, cancellationToken: cancel));
        return row.Open(file);
    }

    /// <summary>What was made for a job or an obligation before, by whichever holder.</summary>
    public async Task<IssuedReport?> MadeForAsync(Guid job, long? obligation, CancellationToken cancel)
    {
        await using var connection = await database.OpenToLookAsync(cancel);
        var id = await connection.ExecuteScalarAsync<Guid?>(new CommandDefinition(
            "select issued_id from issued_report where job_id = @job or obligation_id = @obligation", new { job, obligation }, cancellationToken: cancel));
        return id is { } made ? await FindAsync(made, cancel) : null;
    }

    /// <summary>The newest first.</summary>
    /// <param name="report">Only of this report; null for all.</param>
    /// <param name="unit">Only of this unit; null for all.</param>
    public async Task<IReadOnlyList<IssuedLine>> ListAsync(string? report, string? unit, int most, CancellationToken cancel)
    {
        await using var connection = await database.OpenToLookAsync(cancel);
        return (await connection.QueryAsync<IssuedLine>(new CommandDefinition("""
            select issued_id as IssuedId, report as Report, edition as Edition, unit::text as Unit, unit_name as UnitName, period_from as PeriodFrom,
                period_to as PeriodTo, period_name as PeriodName, file_id as FileId, stored_file.name as FileName, sha256 as Sha256, size as Size,
                issued_by as IssuedBy, issued_at as IssuedAt
            from issued_report
            join stored_file using (file_id)
            where (@report::text is null or report = @report)
                and (@unit::text is null or unit = @unit)
            order by issued_at desc
            limit @most
            """, new { report, unit, most }, cancellationToken: cancel))).AsList();
    }

    /// <summary>Rows behind a figure as issued, in the order of then. Values are string, DateOnly, int or null.</summary>
    /// <param name="figure">A figure of the issued report.</param>
    /// <param name="skip">Rows left out at the head.</param>
    public async Task<IReadOnlyList<object?[]>> EvidenceAsync(Guid id, IssuedFigure figure, int skip, int most, CancellationToken cancel)
    {
        await using var connection = await database.OpenToLookAsync(cancel);
        var rows = await connection.QueryAsync<string>(new CommandDefinition("""
            select columns::text
            from issued_evidence
            where issued_id = @id and figure = @Code and position >= @skip
            order by position
            limit @most
            """, new { id, figure.Code, skip, most }, cancellationToken: cancel));
        return [.. rows.Select(row => Values(figure, row))];
    }

    private static object?[] Values(IssuedFigure figure, string row)
    {
        using var json = JsonDocument.Parse(row);
        return [.. json.RootElement.EnumerateArray().Select((value, column) => value.ValueKind == JsonValueKind.Null ? null : figure.Columns[column].Kind switch
        {
            EvidenceKind.Date => DateOnly.ParseExact(value.GetString()!, DayFormat, CultureInfo.InvariantCulture),
            EvidenceKind.Birth => DateOnly.TryParseExact(value.GetString()!, DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : value.GetString(),
            EvidenceKind.Number => (object?)value.GetInt32(),
            _ => value.GetString(),
        })];
    }

    private static async Task<Guid> InsertAsync(NpgsqlTransaction transaction, Report report, Origin origin, Guid? job, Guid file, CancellationToken cancel)
    {
        var figures = report.Groups.SelectMany(group => group.Figures.Select(figure => Issued(group.Caption, figure)))
            .Concat(report.Form is null ? [] : report.Form.Rows.SelectMany(row => row.Cells.Select(cell => cell.Figure).OfType<Figure>().Select(figure => Issued(row.Caption, figure))));
        // Two issues of one report at once would take the same number.
        await transaction.Connection!.ExecuteAsync(new CommandDefinition(
            "select pg_advisory_xact_lock(hashtextextended(concat_ws('|', 'issued_report', @Name, @Code), 0))",
            new { report.Name, report.Unit.Code }, transaction, cancellationToken: cancel));
        return await transaction.Connection!.ExecuteScalarAsync<Guid>(new CommandDefinition("""
            insert into issued_report (
                report, edition, unit, unit_name, period_from, period_to, period_name, title, settings, figures, checks, narrative, content, definitions,
                template_sha256, snapshot_at, snapshot_server, snapshot_position, program_version, file_id, job_id, obligation_id, issued_by)
            select @Name, coalesce(max(edition), 0) + 1, @Unit, @UnitName, @From, @To, @PeriodName, @Title, @settings::jsonb, @figures::jsonb, @checks::jsonb,
                @narrative, @content::jsonb, @definitions::jsonb, @TemplateSha256, @SnapshotAt, @Server, @Log::pg_lsn, @ProgramVersion, @file, @job, @ObligationId, @By
            from issued_report
            where report = @Name and unit = @Unit and period_from = @From and period_to = @To
            returning issued_id
            """, new
        {
            report.Name,
            Unit = report.Unit.Code,
            UnitName = report.Unit.Name,
            report.Period.From,
            report.Period.To,
            PeriodName = report.Period.Name,
            report.Title,
            settings = Json(report.Settings),
            figures = Json(figures),
            checks = Json(report.Checks),
            narrative = string.Join('\n', report.Narrative),
            content = Json(IssuedContent.Of(report)),
            definitions = Json(origin.Definitions),
            origin.TemplateSha256,
            report.SnapshotAt,
            report.SnapshotPosition?.Server,
            report.SnapshotPosition?.Log,
            report.ProgramVersion,
            file,
            job,
            origin.ObligationId,
            origin.By,
        }, transaction, cancellationToken: cancel));
    }

    private static IssuedFigure Issued(string group, Figure figure) => new(
        group, figure.Code, figure.Caption, figure.Indent, figure.CountedIn, figure.Period.From, figure.Period.To, figure.Value, figure.Rule, figure.Meaning,
        figure.Evidence.Columns);

    private static async Task CopyEvidenceAsync(NpgsqlConnection connection, Guid issued, Report report, CancellationToken cancel)
    {
        // PostgreSQL takes no COPY into a table under row security from a role that is under it: the rows go by way of one that is not.
        await connection.ExecuteAsync(new CommandDefinition(
            "create temp table copied_evidence on commit drop as select issued_id, figure, position, key, columns from issued_evidence with no data", cancellationToken: cancel));
        await using (var copy = await connection.BeginBinaryImportAsync("copy copied_evidence (issued_id, figure, position, key, columns) from stdin (format binary)", cancel))
            await CopyEvidenceAsync(copy, issued, report, cancel);
        await connection.ExecuteAsync(new CommandDefinition("""
            insert into issued_evidence (issued_id, figure, position, key, columns) select issued_id, figure, position, key, columns from copied_evidence
            """, commandTimeout: 0, cancellationToken: cancel));
    }

    private static async Task CopyEvidenceAsync(NpgsqlBinaryImporter copy, Guid issued, Report report, CancellationToken cancel)
    {
        foreach (var figure in report.Figures)
        {
            var position = 0;
            foreach (var row in figure.Evidence.Rows())
            {
                await copy.StartRowAsync(cancel);
                await copy.WriteAsync(issued, NpgsqlDbType.Uuid, cancel);
                await copy.WriteAsync(figure.Code, NpgsqlDbType.Text, cancel);
                await copy.WriteAsync(position++, NpgsqlDbType.Integer, cancel);
                await copy.WriteAsync(Convert.ToString(row[0], CultureInfo.InvariantCulture) ?? "", NpgsqlDbType.Text, cancel);
                await copy.WriteAsync(Json(row.Select(value => value is DateOnly day ? day.ToString(DayFormat, CultureInfo.InvariantCulture) : value)), NpgsqlDbType.Jsonb, cancel);
            }
        }

        await copy.CompleteAsync(cancel);
    }

    private static string Json<T>(T value) => JsonSerializer.Serialize(value, JsonSerializerOptions.Web);

    private static T Read<T>(string json) => JsonSerializer.Deserialize<T>(json, JsonSerializerOptions.Web)!;

    private sealed record Row
    {
        public required Guid IssuedId { get; init; }
        public required string Report { get; init; }
        public required int Edition { get; init; }
        public required string Unit { get; init; }
        public required string UnitName { get; init; }
        public required DateOnly PeriodFrom { get; init; }
        public required DateOnly PeriodTo { get; init; }
        public required string PeriodName { get; init; }
        public required string Title { get; init; }
        public required string Settings { get; init; }
        public required string Figures { get; init; }
        public required string Checks { get; init; }
        public required string Narrative { get; init; }
        public required string Content { get; init; }
        public required string Definitions { get; init; }
        public string? TemplateSha256 { get; init; }
        public required DateTimeOffset SnapshotAt { get; init; }
        public required string ProgramVersion { get; init; }
        public required Guid FileId { get; init; }
        public Guid? JobId { get; init; }
        public long? ObligationId { get; init; }
        public required string IssuedBy { get; init; }
        public required DateTimeOffset IssuedAt { get; init; }

        public IssuedReport Open(StoredFile file) => new()
        {
            IssuedId = IssuedId,
            Report = Report,
            Edition = Edition,
            Unit = Unit,
            UnitName = UnitName,
            Period = new(PeriodFrom, PeriodTo, PeriodName),
            Title = Title,
            Settings = Read<IReadOnlyList<Setting>>(Settings),
            Figures = Read<IReadOnlyList<IssuedFigure>>(Figures),
            Checks = Read<IReadOnlyList<Check>>(Checks),
            Narrative = Narrative,
            Content = Read<IssuedContent>(Content),
            Definitions = Read<Dictionary<string, string>>(Definitions),
            TemplateSha256 = TemplateSha256,
            SnapshotAt = SnapshotAt,
            ProgramVersion = ProgramVersion,
            File = file,
            JobId = JobId,
            ObligationId = ObligationId,
            IssuedBy = IssuedBy,
            IssuedAt = IssuedAt,
        };
    }
}
