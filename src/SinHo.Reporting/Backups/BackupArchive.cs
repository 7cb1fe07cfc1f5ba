using System.Text;
using System.Text.RegularExpressions;
using SinHo.Reporting.Servers;

namespace SinHo.Reporting.Backups;

/// <summary>A backup file that was read from its first to its last byte.</summary>
/// <param name="Rows">Rows per table of the schema public.</param>
/// <param name="Scripts">What made its schema: the names in schema_version.</param>
/// <param name="Roles">Roles of this program that its grants and policies name.</param>
internal sealed partial record BackupArchive(
    string Path, IReadOnlyDictionary<string, long> Rows, IReadOnlyCollection<string> Scripts, IReadOnlyList<string> Roles)
{
    private static readonly byte[] Magic = "PGDMP"u8.ToArray();

    /// <summary>Whether the file may be read at all; touches nothing.</summary>
    /// <param name="isUnsealed">Whether one without a whole seal is taken too.</param>
    /// <exception cref="BackupException">It is no backup, was damaged, or bears no whole seal.</exception>
    public static async Task JudgeSealAsync(string path, bool isUnsealed, CancellationToken cancel)
    {
        if (!File.Exists(path))
            throw new BackupException($"Không có tệp {path}; hãy kiểm tra lại đường dẫn.", BackupFault.Refused);
        if (!await BeginsAsBackupAsync(path, cancel))
            throw new BackupException($"{path} không phải là tệp sao lưu của sinho; hãy chọn tệp do `sinho backup` ghi.", BackupFault.Refused);
        switch (await Seal.StateAsync(path, cancel))
        {
            case SealState.Broken:
                throw Unreadable(path, "SHA-256 không khớp");
            case SealState.Missing or SealState.Marred when !isUnsealed:
                throw new BackupException(
                    $"{path} không còn dấu niêm nguyên vẹn ở cuối tệp (tệp bị cắt, bị nối thêm, hoặc không do `sinho backup` ghi); "
                    + "hãy dùng một bản sao lưu khác, hoặc nếu biết chắc nội dung còn nguyên thì chạy lại với --unsealed.", BackupFault.Refused);
        }
    }

    /// <summary>Reads all of a file; touches no database.</summary>
    /// <param name="isUnsealed">Whether one without a whole seal is taken too.</param>
    /// <exception cref="BackupException">It is no backup, not of this program, or not whole.</exception>
    public static async Task<BackupArchive> ReadAsync(PostgresClient client, string path, bool isUnsealed, CancellationToken cancel)
    {
        await JudgeSealAsync(path, isUnsealed, cancel);
        var (list, problem) = await client.ReadAsync(path, "--list", cancel);
        if (problem is not null)
            throw Unreadable(path, problem);
        if (!list.Contains("TABLE DATA public schema_version", StringComparison.Ordinal))
        {
            throw new BackupException(
                $"{path} là bản sao lưu của một cơ sở dữ liệu khác, không phải của sinho; hãy chọn tệp do `sinho backup` ghi.", BackupFault.Refused);
        }
        var (schema, broken) = await client.ReadAsync(path, "--schema-only", cancel);
        if (broken is not null)
            throw Unreadable(path, broken);
        var scan = new CopyScan();
        await ScanAsync(client, path, scan, cancel);
        return new(path, scan.Rows, scan.Scripts, [.. Role().Matches(schema).Select(match => match.Value).Distinct()]);
    }

    /// <exception cref="BackupException">A newer program made it.</exception>
    public void RefuseNewer(string sqlFolder)
    {
        var newer = Migrator.Unknown(Scripts, sqlFolder);
        if (newer is not null)
        {
            throw new BackupException(
                $"{Path} do một bản mới hơn của chương trình ghi (có bước {newer}); hãy nâng cấp chương trình này rồi khôi phục lại.", BackupFault.Refused);
        }
    }

    private static async Task<bool> BeginsAsBackupAsync(string path, CancellationToken cancel)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        var start = new byte[Magic.Length];
        var read = await file.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancel);
        return read == start.Length && start.AsSpan().SequenceEqual(Magic);
    }

    private static async Task ScanAsync(PostgresClient client, string path, CopyScan scan, CancellationToken cancel)
    {
        using var reading = client.ReadData(path);
        try
        {
            reading.StandardInput.Close();
            var errors = reading.StandardError.ReadToEndAsync(cancel);
            var block = new byte[1 << 16];
            while (await reading.StandardOutput.BaseStream.ReadAsync(block, cancel) is var count and > 0)
                scan.Read(block.AsSpan(0, count));
            await reading.WaitForExitAsync(cancel);
            if (reading.ExitCode != 0)
                throw Unreadable(path, await errors);
        }
        catch (OperationCanceledException)
        {
            reading.Kill(entireProcessTree: true);
            throw;
        }
    }

    private static BackupException Unreadable(string path, string errors) => new(
        errors.Contains("unsupported version", StringComparison.Ordinal)
            ? $"{path} do một bản PostgreSQL mới hơn ghi; hãy cài pg_restore của bản đó (gói postgresql-client) rồi khôi phục lại."
            : $"{path} bị cắt cụt hoặc hỏng ({PostgresClient.Complaint(errors)}); hãy dùng một bản sao lưu khác.",
        BackupFault.Refused);

    [GeneratedRegex(@"(?<=\bTO )sinho_[a-z_]+\b", RegexOptions.None, 10_000)]
    private static partial Regex Role();

    /// <summary>Counts the lines of COPY blocks as they pass; keeps nothing of them but the names in schema_version.</summary>
    private sealed partial class CopyScan
    {
        private const int LongestHeader = 10_000;

        private readonly List<byte> line = [];
        private string? table;
        private int names;

        public Dictionary<string, long> Rows { get; } = new(StringComparer.Ordinal);

        public HashSet<string> Scripts { get; } = new(StringComparer.Ordinal);

        public void Read(ReadOnlySpan<byte> block)
        {
            while (block.IndexOf((byte)'\n') is var end and >= 0)
            {
                Keep(block[..end]);
                EndLine();
                block = block[(end + 1)..];
            }
            Keep(block);
        }

        private void Keep(ReadOnlySpan<byte> part) => line.AddRange(part[..Math.Min(part.Length, LongestHeader - Math.Min(line.Count, LongestHeader))]);

        private void EndLine()
        {
            if (table is not null)
                EndRow();
            else if (line.Count > 5 && line[0] == 'C' && Header().Match(Encoding.UTF8.GetString([.. line])) is { Success: true } header)
                Begin(header);
            line.Clear();
        }

        private void Begin(Match header)
        {
            table = header.Groups["table"].Value.Trim('"');
            names = Array.IndexOf(header.Groups["columns"].Value.Split(", "), "scriptname");
            Rows[table] = 0;
        }

        private void EndRow()
        {
            if (line is [(byte)'\\', (byte)'.'])
            {
                table = null;
                return;
            }
            Rows[table!]++;
            if (table == "schema_version")
                Scripts.Add(Encoding.UTF8.GetString([.. line]).Split('\t')[names]);
        }

        [GeneratedRegex(@"^COPY public\.(?<table>\S+) \((?<columns>[^)]*)\) FROM stdin;$", RegexOptions.ExplicitCapture, 1000)]
        private static partial Regex Header();
    }
}
