using System.Security.Cryptography;
using Dapper;
using Npgsql;
using SinHo.Reporting.Catalog;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Reports;
using SinHo.Reporting.Words;

namespace SinHo.Reporting.Backups;

/// <summary>
/// The last issued reports of a restored register, counted again and compared with what was issued: every figure and the key of every row behind it.
/// </summary>
/// <param name="programFolder">Where sql/ and reports/ lie.</param>
internal sealed class IssuedComparison(NpgsqlDataSource database, Definitions definitions, string programFolder, IProgress<JobStep>? progress)
{
    private readonly Dictionary<string, string> hashes = new(StringComparer.Ordinal);

    public sealed record Outcome
    {
        public int Compared { get; init; }

        /// <summary>Sentences on reports that differ because the register or a definition was changed since.</summary>
        public required IReadOnlyList<string> MovedOn { get; init; }

        /// <summary>Sentences on reports that differ though nothing was changed.</summary>
        public required IReadOnlyList<string> Differing { get; init; }
    }

    public async Task<Outcome> RunAsync(int most, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var issued = (await connection.QueryAsync<Issued>(new CommandDefinition("""
            select issued_id as Id, report as Report, edition as Edition, unit::text as Unit, period_from as PeriodFrom, period_to as PeriodTo,
                period_name as PeriodName, nullif(content -> 'edition' ->> 'code', '') as Form,
                content ->> 'mapDay' is not null as OnMap,
                exists (select from issued_evidence where issued_evidence.issued_id = issued_report.issued_id) as HasLists, exists (select from trail where at > snapshot_at) as Corrected
            from issued_report
            order by issued_at desc, issued_id
            limit @most
            """, new { most }, cancellationToken: cancel))).ToList();
        List<string> moved = [], differing = [];
        foreach (var (number, report) in issued.Index())
        {
            progress?.Report(JobStep.Of("Tính lại báo cáo đã phát hành", $"{report}", number, issued.Count));
            var differences = await DifferencesAsync(connection, report, cancel);
            if (differences.Count == 0)
                continue;
            var figures = $"{string.Join("; ", differences.Take(3))}{(differences.Count > 3 ? $" và {differences.Count - 3} số liệu khác" : "")}";
            if (report.Corrected)
                moved.Add($"{report}: sổ đăng ký đã được sửa sau khi phát hành ({figures}).");
            else if (await ChangedDefinitionAsync(connection, report, cancel) is { } file)
                moved.Add($"{report}: định nghĩa {file} đã đổi sau khi phát hành ({figures}).");
            else
                differing.Add($"{report}: {figures}.");
        }
        return new() { Compared = issued.Count, MovedOn = moved, Differing = differing };
    }

    private async Task<IReadOnlyList<string>> DifferencesAsync(NpgsqlConnection connection, Issued issued, CancellationToken cancel)
    {
        var figures = (await connection.QueryAsync<(string Code, string Caption, int Value)>(new CommandDefinition("""
            select figure ->> 'code', figure ->> 'caption', (figure ->> 'value')::int
            from issued_report
            cross join jsonb_array_elements(figures) with ordinality as stored (figure, position)
            where issued_id = @Id
            order by position
            """, new { issued.Id }, cancellationToken: cancel))).ToList();
        try
        {
            using var again = await new ReportBuilder(database, definitions).BuildAsync(await RequestAsync(connection, issued, cancel), null, cancel);
            var recounted = again.Figures.ToDictionary(figure => figure.Code);
            var differences = new List<string>();
            foreach (var (code, caption, value) in figures)
            {
                if (!recounted.TryGetValue(code, out var figure))
                    differences.Add($"“{caption}” không còn được tính");
                else if (figure.Value != value)
                    differences.Add($"“{caption}” phát hành {Vietnamese.Number(value)}, tính lại {Vietnamese.Number(figure.Value)}");
                else if (!await SameRowsAsync(connection, issued, figure, cancel))
                    differences.Add($"“{caption}” vẫn là {Vietnamese.Number(value)} nhưng danh sách khác");
            }
            return differences;
        }
        catch (UnknownNameException unknown)
        {
            return [unknown.Message.TrimEnd('.')];
        }
    }

    private static async Task<ReportRequest> RequestAsync(NpgsqlConnection connection, Issued issued, CancellationToken cancel)
    {
        var settings = await connection.QueryAsync<(string Code, int Value)>(new CommandDefinition("""
            select setting ->> 'code', (setting ->> 'value')::int
            from issued_report
            cross join jsonb_array_elements(settings) as setting
            where issued_id = @Id
            """, new { issued.Id }, cancellationToken: cancel));
        var period = new Period(issued.PeriodFrom, issued.PeriodTo, issued.PeriodName);
        return new(
            issued.Report, issued.Unit, period, settings.ToDictionary(setting => setting.Code, setting => setting.Value), issued.HasLists, issued.Form)
        {
            Calendar = ReportingCalendar.Behind(period),
            OnMap = issued.OnMap,
            EvidenceUpTo = ReportRequest.MostMembersWithEvidence,
        };
    }

    private static async Task<bool> SameRowsAsync(NpgsqlConnection connection, Issued issued, Figure figure, CancellationToken cancel)
    {
        var stored = await connection.QueryAsync<string>(new CommandDefinition(
            "select key from issued_evidence where issued_id = @Id and figure = @Code", new { issued.Id, figure.Code }, cancellationToken: cancel));
        return stored.Order(StringComparer.Ordinal)
            .SequenceEqual(figure.Evidence.Rows().Select(row => Convert.ToString(row[0], System.Globalization.CultureInfo.InvariantCulture) ?? "").Order(StringComparer.Ordinal));
    }

    /// <returns>A definition file that is no longer as it was at the issue; null where all are.</returns>
    private async Task<string?> ChangedDefinitionAsync(NpgsqlConnection connection, Issued issued, CancellationToken cancel)
    {
        var then = await connection.QueryAsync<(string Path, string Sha256)>(new CommandDefinition(
            "select key, value from issued_report cross join jsonb_each_text(definitions) where issued_id = @Id", new { issued.Id }, cancellationToken: cancel));
        foreach (var (path, sha256) in then)
        {
            if (await HashNowAsync(path, cancel) != sha256)
                return path;
        }
        return null;
    }

    private async Task<string> HashNowAsync(string path, CancellationToken cancel)
    {
        if (hashes.TryGetValue(path, out var known))
            return known;
        var full = Path.Combine(programFolder, path);
        return hashes[path] = File.Exists(full) ? Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(full, cancel))) : "";
    }

    private sealed record Issued(
        Guid Id, string Report, int Edition, string Unit, DateOnly PeriodFrom, DateOnly PeriodTo, string PeriodName, string? Form, bool OnMap, bool HasLists, bool Corrected)
    {
        public override string ToString() => $"{Report} của {Unit}, {PeriodName}{(Edition > 1 ? $", lần {Edition}" : "")}";
    }
}
