using Dapper;
using Npgsql;
using SinHo.Reporting.Catalog;
using SinHo.Reporting.Words;

namespace SinHo.Reporting.Backups;

/// <summary>What restoring a backup on trial has shown.</summary>
/// <param name="Proven">False where the backup is not what it should be.</param>
/// <param name="Compared">Issued reports counted again.</param>
/// <param name="MovedOn">Of these, how many differ for a known reason: the register corrected or a definition changed since the issue.</param>
/// <param name="Differing">How many differ though nothing was changed.</param>
/// <param name="Detail">Vietnamese sentences for the reader.</param>
public sealed record ProofOutcome(bool Proven, int Compared, int MovedOn, int Differing, string Detail);

/// <summary>Restores a backup into a scratch database and counts its last issued reports again.</summary>
/// <param name="programFolder">Where sql/ and reports/ lie.</param>
internal sealed class BackupProof(string connectionString, Definitions definitions, string programFolder, IProgress<JobStep>? progress)
{
    private const int MostReports = 10;

    /// <param name="sha256">What the file was when it was written.</param>
    public async Task<ProofOutcome> RunAsync(string file, string sha256, CancellationToken cancel)
    {
        if (!File.Exists(file))
            return Fault($"Không còn tệp sao lưu {file}; hãy kiểm tra thư mục sao lưu rồi sao lưu lại.");
        progress?.Report(new("Đọc bản sao lưu"));
        if (await BackupFile.HashAsync(file, cancel) != sha256)
            return Fault($"Tệp sao lưu {file} không còn như lúc ghi (SHA-256 khác): tệp bị sửa hoặc ổ đĩa hỏng; hãy kiểm tra ổ đĩa rồi sao lưu lại.");
        try
        {
            return await RestoreAsync(file, cancel);
        }
        catch (BackupException problem) when (problem.Fault != BackupFault.Busy)
        {
            return Fault(problem.Message);
        }
    }

    private async Task<ProofOutcome> RestoreAsync(string file, CancellationToken cancel)
    {
        var client = await PostgresClient.FindAsync(connectionString, progress, cancel);
        var archive = await BackupArchive.ReadAsync(client, file, isUnsealed: false, cancel);
        await using var scratch = await ScratchDatabase.CreateAsync(connectionString, "proof", cancel);
        var restoration = new Restoration(connectionString, definitions, Path.Combine(programFolder, "sql"), progress);
        await restoration.FillAsync(client, archive, scratch, cancel);
        await using var database = NpgsqlDataSource.Create(scratch.ConnectionString);
        var damaged = await DamagedFilesAsync(database, cancel);
        var compared = await new IssuedComparison(database, definitions, programFolder, progress).RunAsync(MostReports, cancel);
        var faults = damaged.Concat(compared.Differing).ToList();
        var same = compared.Compared - compared.MovedOn.Count - compared.Differing.Count;
        var detail = faults.Count > 0
            ? $"Số liệu khôi phục từ {file} không khớp: {string.Join(" ", faults)}"
            : $"Khôi phục được {file}: {Vietnamese.Number(archive.Rows.GetValueOrDefault("member"))} đảng viên; "
                + (compared.Compared == 0 ? "chưa có báo cáo nào đã phát hành để so." : $"{same}/{compared.Compared} báo cáo tính lại giống hệt lúc phát hành.");
        return new(
            faults.Count == 0, compared.Compared, compared.MovedOn.Count, compared.Differing.Count, string.Join(" ", compared.MovedOn.Prepend(detail)));
    }

    /// <summary>Stored files whose bytes are no longer those of their SHA-256.</summary>
    private static async Task<IEnumerable<string>> DamagedFilesAsync(NpgsqlDataSource database, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var names = await connection.QueryAsync<string>(new CommandDefinition(
            "select name from stored_file where encode(sha256(bytes), 'hex') <> sha256 order by stored_at", commandTimeout: 0, cancellationToken: cancel));
        return names.Select(name => $"Tệp {name} trong kho không còn nguyên vẹn.");
    }

    private static ProofOutcome Fault(string sentence) => new(false, 0, 0, 0, sentence);
}
