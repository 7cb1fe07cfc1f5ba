using System.Runtime.InteropServices;
using System.Security.Cryptography;
using SinHo.Reporting.Words;

namespace SinHo.Reporting.Runs;

/// <summary>A file cannot be put where it belongs; the message says why and what to do, in Vietnamese.</summary>
public sealed class PublishException(string message, Exception? cause = null) : RefusalException(message, RefusalKind.Failed, cause);

/// <summary>
/// Puts a file into a folder that others read: whole or not at all. It is written beside under another name, forced to disk, read back and
/// compared, and only then takes its name. A different file of that name is never replaced.
/// </summary>
public static class Publisher
{
    private const int NoSpace = 28;
    private const int QuotaExceeded = 122;

    /// <param name="folder">Must be there: a folder that vanished is not made again, for it may be a disk that is not mounted.</param>
    /// <param name="write">Writes the bytes.</param>
    /// <param name="sha256">Of the bytes, 64 digits in lower case.</param>
    /// <param name="confirm">Asked last before the file takes its name: throws if it may not.</param>
    /// <returns>The path of the file.</returns>
    /// <exception cref="PublishException">The folder is not there, full or closed, or holds another file of that name.</exception>
    public static async Task<string> PublishAsync(
        string folder, string name, string sha256, Func<Stream, Task> write, Func<Task> confirm, CancellationToken cancel)
    {
        var path = Path.Combine(folder, name);
        var part = Path.Combine(folder, $".{name}.{Guid.NewGuid():N}.part");
        try
        {
            if (!Directory.Exists(folder))
                throw new PublishException($"Không có thư mục {folder} (có thể ổ đĩa mạng chưa được gắn). Hãy tạo hoặc gắn lại thư mục; chương trình sẽ tự thử lại, hoặc bấm “Làm lại”.");
            if (await IsThereAsync(path, sha256, cancel))
                return path;
            foreach (var left in Directory.GetFiles(folder, $".{name}.*.part"))
                File.Delete(left);
            await WriteAsync(part, write, cancel);
            if (await Sha256Async(part, cancel) != sha256)
                throw new PublishException($"Tệp ghi vào {folder} đọc lại không giống bản gốc; ổ đĩa có thể bị hỏng. Hãy kiểm tra ổ đĩa; chương trình sẽ tự thử lại.");
            OwnFiles.Settle(part);
            await confirm();
            if (!Rename(part, path) && !await IsThereAsync(path, sha256, cancel))
                throw new IOException($"Cannot rename {part}.");
            Flush(folder);
            return path;
        }
        catch (IOException problem) when (problem.HResult is NoSpace or QuotaExceeded)
        {
            throw new PublishException($"Ổ đĩa chứa thư mục {folder} đã đầy. Hãy giải phóng dung lượng; chương trình sẽ tự thử lại, hoặc bấm “Làm lại”. Báo cáo đã lập vẫn được giữ.", problem);
        }
        catch (UnauthorizedAccessException problem)
        {
            throw new PublishException($"Không có quyền ghi vào thư mục {folder}. Hãy cấp quyền ghi cho tài khoản chạy dịch vụ ({Environment.UserName}), rồi bấm “Làm lại”.", problem);
        }
        catch (IOException problem)
        {
            throw new PublishException($"Không ghi được vào thư mục {folder} ({problem.Message}). Hãy kiểm tra ổ đĩa hoặc đường mạng; chương trình sẽ tự thử lại.", problem);
        }
        finally
        {
            Remove(part);
        }
    }

    /// <summary>Tries whether files can be put there, by this account of this machine.</summary>
    /// <returns>Null when they can; else why not and what to do.</returns>
    public static string? WhyNotWritable(string folder)
    {
        if (!Directory.Exists(folder))
            return $"Không có thư mục {folder} trên máy chủ; hãy tạo thư mục rồi làm lại.";
        try
        {
            using var trial = new FileStream(
                Path.Combine(folder, $".sinho-{Guid.NewGuid():N}.part"), FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
            trial.WriteByte(0);
            return null;
        }
        catch (IOException problem) when (problem.HResult is NoSpace or QuotaExceeded)
        {
            return $"Ổ đĩa chứa thư mục {folder} đã đầy; hãy giải phóng dung lượng rồi làm lại.";
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return $"Không ghi được vào thư mục {folder}; hãy cấp quyền ghi cho tài khoản chạy dịch vụ ({Environment.UserName}) rồi làm lại.";
        }
    }

    /// <returns>Whether the file is there already, byte for byte.</returns>
    private static async Task<bool> IsThereAsync(string path, string sha256, CancellationToken cancel)
    {
        if (!File.Exists(path))
            return false;
        return await Sha256Async(path, cancel) == sha256 ? true : throw new PublishException(
            $"Đã có tệp {path} với nội dung khác; chương trình không ghi đè. Hãy đổi tên hoặc dời tệp đó đi, rồi làm lại.");
    }

    private static async Task WriteAsync(string path, Func<Stream, Task> write, CancellationToken cancel)
    {
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        await write(file);
        await file.FlushAsync(cancel);
        file.Flush(flushToDisk: true);
    }

    private static async Task<string> Sha256Async(string path, CancellationToken cancel)
    {
        await using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancel));
    }

    private static void Remove(string part)
    {
        try
        {
            File.Delete(part);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // What is left has a name of its own; the next try removes it.
        }
    }

    /// <returns>False when something of that name came between.</returns>
    private static bool Rename(string from, string to)
    {
        const int here = -100;
        const uint noReplace = 1;
        const int exists = 17;
        const int notSupported = 22;
        const int notKnown = 38;
        if (NativeMethods.renameat2(here, from, here, to, noReplace) == 0)
            return true;
        var error = Marshal.GetLastPInvokeError();
        if (error == exists)
            return false;
        if (error is not (notSupported or notKnown))
            throw new IOException(Marshal.GetPInvokeErrorMessage(error), error);
        // Some network disks cannot refuse to replace; there the look just before must do.
        if (File.Exists(to))
            return false;
        File.Move(from, to, overwrite: true);
        return true;
    }

    /// <summary>Without this a power cut may forget the name, though not the bytes.</summary>
    private static void Flush(string folder)
    {
        var handle = NativeMethods.open(folder, 0);
        if (handle < 0)
            return;
        _ = NativeMethods.fsync(handle);
        _ = NativeMethods.close(handle);
    }

    private static class NativeMethods
    {
        [DllImport("libc", SetLastError = true, BestFitMapping = false, ThrowOnUnmappableChar = true)]
        public static extern int renameat2(int fromFolder, [MarshalAs(UnmanagedType.LPUTF8Str)] string from, int toFolder, [MarshalAs(UnmanagedType.LPUTF8Str)] string to, uint flags);

        [DllImport("libc", SetLastError = true, BestFitMapping = false, ThrowOnUnmappableChar = true)]
        public static extern int open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

        [DllImport("libc", SetLastError = true, BestFitMapping = false, ThrowOnUnmappableChar = true)]
        public static extern int fsync(int handle);

        [DllImport("libc", SetLastError = true, BestFitMapping = false, ThrowOnUnmappableChar = true)]
        public static extern int close(int handle);
    }
}
