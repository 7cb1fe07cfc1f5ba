using System.Security.Cryptography;
using SinHo.Reporting.Words;

namespace SinHo.Reporting.Backups;

/// <summary>A finished backup.</summary>
/// <param name="Path">Full path.</param>
/// <param name="Sha256">In hexadecimal, lower case.</param>
/// <param name="Members">Rows of the table of members, to tell the reader.</param>
public sealed record BackupFile(string Path, string Sha256, long Bytes, long Members)
{
    /// <summary>ENOSPC of Linux.</summary>
    private const int NoSpace = 28;

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>
    /// Writes the whole database into one file: beside its name first, flushed, read back from end to end, then renamed. A run that fails or is
    /// cancelled leaves nothing, and an older file of that name as it was.
    /// </summary>
    /// <exception cref="BackupException">It could not be written; the message says why.</exception>
    public static async Task<BackupFile> WriteAsync(string connectionString, string path, IProgress<JobStep>? progress, CancellationToken cancel)
    {
        var full = System.IO.Path.GetFullPath(path);
        var folder = System.IO.Path.GetDirectoryName(full)!;
        if (!Directory.Exists(folder))
            throw new BackupException($"Không có thư mục {folder} để ghi bản sao lưu; hãy tạo thư mục hoặc chọn nơi khác.", BackupFault.Refused);
        if (Directory.Exists(full))
            throw new BackupException($"{full} là một thư mục; hãy nêu tên tệp sao lưu, ví dụ {System.IO.Path.Combine(full, "sinho.backup")}.", BackupFault.Refused);
        var client = await PostgresClient.FindAsync(connectionString, progress, cancel);
        var half = full + ".part";
        Claim(half, folder);
        try
        {
            await client.DumpAsync(half, progress, cancel);
            progress?.Report(new("Kiểm tra lại bản sao lưu vừa ghi"));
            var (sha256, bytes) = await SealAsync(half, cancel);
            var archive = await BackupArchive.ReadAsync(client, half, isUnsealed: false, cancel);
            File.Move(half, full, overwrite: true);
            return new(full, sha256, bytes, archive.Rows.GetValueOrDefault("member"));
        }
        catch (IOException filled) when (filled.HResult == NoSpace)
        {
            throw Full(folder, filled);
        }
        finally
        {
            File.Delete(half);
        }
    }

    /// <summary>The SHA-256 of a file, in hexadecimal.</summary>
    public static async Task<string> HashAsync(string path, CancellationToken cancel)
    {
        await using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancel));
    }

    /// <summary>The size as a reader says it: "12,3 MB".</summary>
    public string Size => Bytes < 1 << 20 ? $"{Vietnamese.Number(Math.Ceiling(Bytes / 1024.0))} KB" : $"{Vietnamese.Number(Math.Round(Bytes / 1048576.0, 1))} MB";

    /// <summary>The file names people: only its owner may read it, from its first byte.</summary>
    private static void Claim(string half, string folder)
    {
        try
        {
            using var file = new FileStream(half, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = OwnerOnly });
            File.SetUnixFileMode(half, OwnerOnly);
        }
        catch (IOException filled) when (filled.HResult == NoSpace)
        {
            throw Full(folder, filled);
        }
        catch (Exception denied) when (denied is UnauthorizedAccessException or IOException)
        {
            throw new BackupException(
                $"Không ghi được vào thư mục sao lưu {folder}{(denied is IOException ? $" ({denied.Message})" : "")}; "
                + $"hãy cấp quyền ghi cho tài khoản {Environment.UserName} hoặc chọn thư mục khác.", BackupFault.Failed, denied);
        }
    }

    private static BackupException Full(string folder, IOException cause) => new(
        $"Không sao lưu được vào thư mục {folder}: ổ đĩa đã đầy; hãy giải phóng dung lượng rồi chạy lại. Dữ liệu đang dùng còn nguyên.", BackupFault.Failed, cause);

    private static async Task<(string Sha256, long Bytes)> SealAsync(string half, CancellationToken cancel)
    {
        await using var file = new FileStream(half, FileMode.Open, FileAccess.ReadWrite);
        await Seal.AddAsync(file, cancel);
        file.Flush(flushToDisk: true);
        file.Position = 0;
        return (Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancel)), file.Length);
    }
}
