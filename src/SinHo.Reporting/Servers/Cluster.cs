using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace SinHo.Reporting.Servers;

/// <summary>
/// The cluster of a data folder (its subfolder "pg") and the server on it. Whoever calls holds the data folder's gate,
/// so nothing here runs twice at a time on one folder.
/// </summary>
/// <param name="home">The data folder, without symbolic links: servers are told apart by it.</param>
internal sealed class Cluster(string home, ServerOptions options, IProgress<JobStep>? progress)
{
    public const string User = "sinho";

    /// <summary>Name of the cluster's folder within the data folder.</summary>
    public const string Subfolder = "pg";

    /// <summary>Longest path of a socket, in bytes.</summary>
    private const int LongestSocketPath = 107;

    private const string SocketPrefix = "/tmp/sinho-socket-";

    /// <summary>Exit code of the scripts here when the server's account cannot enter the folder.</summary>
    private const int NotReachable = 99;

    /// <summary>What an empty cluster takes.</summary>
    private const long LeastFreeBytes = 64 << 20;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    /// <summary>How long a start may take before the user is told.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Fast and immediate shutdown.</summary>
    private static readonly string[] Pushes = ["INT", "QUIT"];

    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(30);

    /// <summary>How long a server that stops may wait for its sessions before they are ended, and before it is ended itself.</summary>
    private static readonly TimeSpan SessionsLimit = TimeSpan.FromSeconds(1), ShutdownLimit = TimeSpan.FromSeconds(8);

    private readonly string _folder = Path.Combine(home, Subfolder);

    private string HalfPrefix => _folder + ".new-";

    private string VersionFile => Path.Combine(_folder, "PG_VERSION");

    private string PasswordFile => Path.Combine(home, "password");

    private string WorkPasswordFile => Path.Combine(home, "password.work");

    private string LogFile => Path.Combine(_folder, "server.log");

    public string Password => File.Exists(PasswordFile)
        ? File.ReadAllText(PasswordFile)
        : throw new ServerException($"Thiếu tệp mật khẩu {PasswordFile} của cơ sở dữ liệu; "
            + "hãy lấy lại tệp từ bản sao lưu hoặc chọn thư mục dữ liệu khác bằng --data.");

    /// <summary>Whether the server runs and takes sessions.</summary>
    public bool IsReady => PostmasterFile.Read(_folder) is { IsReady: true } server && server.IsAlive() && !server.IsSuspended();

    /// <summary>The folder of the socket of a server that was started here: a later start uses it again.</summary>
    private string? _socket;

    /// <summary>Makes the cluster if there is none and starts its server unless it runs.</summary>
    /// <returns>The folder of the server's socket.</returns>
    public async Task<string> EnsureRunningAsync(CancellationToken cancel)
    {
        if (await WaitUntilReadyAsync(null, cancel) is { } running)
            return _socket = running;
        int? major = File.Exists(VersionFile)
            ? int.Parse(await File.ReadAllTextAsync(VersionFile, cancel), CultureInfo.InvariantCulture)
            : null;
        var binaries = await PostgresBinaries.FindOrInstallAsync(major, progress, cancel);
        var account = await ChooseAccountAsync(cancel);
        RemoveHalves();
        if (major is null)
            await CreateAsync(binaries, account, cancel);
        return _socket = await StartAsync(binaries, account, cancel);
    }

    /// <summary>Ends all sessions and stops the server; one that takes too long goes on stopping by itself.</summary>
    public async Task StopAsync()
    {
        if (PostmasterFile.Read(_folder) is not { } running || !running.IsAlive())
            return;
        await SignalAsync(running, "INT");
        var waiting = Stopwatch.StartNew();
        while (running.IsAlive() && waiting.Elapsed < StopLimit)
            await Task.Delay(Pause);
        RemoveSocketFolder(running);
    }

    /// <summary>PostgreSQL refuses to run as root, so root lends it the account that owns the cluster.</summary>
    /// <returns>Null for the present account.</returns>
    private async Task<string?> ChooseAccountAsync(CancellationToken cancel)
    {
        if (!Environment.IsPrivilegedProcess)
            return null;
        if (File.Exists(VersionFile))
            return (await new Command("stat", "-c", "%U", _folder).RunAsync(cancel)).Output.Trim();
        return (await new Command("id", "postgres").RunAsync(cancel)).Succeeded ? "postgres" : "nobody";
    }

    private async Task CreateAsync(PostgresBinaries binaries, string? account, CancellationToken cancel)
    {
        progress?.Report(new($"Đang tạo cơ sở dữ liệu PostgreSQL {binaries.Major} trong {_folder}…"));
        if (Directory.Exists(_folder) && Directory.EnumerateFileSystemEntries(_folder).Any())
        {
            throw new ServerException($"Thư mục {_folder} có tệp nhưng không phải cơ sở dữ liệu PostgreSQL; "
                + "hãy dời nó đi hoặc chọn thư mục dữ liệu khác bằng --data.");
        }

        // A cluster appears under its name only when whole. The initdb of a killed start may still be at work in a folder of its own.
        var half = HalfPrefix + RandomNumberGenerator.GetHexString(8, lowercase: true);
        await MakeFolderAsync(half, account, cancel);
        var outcome = await new Command(
            "sh",
            [
                // The account may not open the pipe from here, but it may one of its own, hence cat.
                // A session of its own keeps Ctrl-C away.
                "-c", $"cd \"$0\" 2>/dev/null || exit {NotReachable}; cat | setsid --wait \"$@\"", half,
                Path.Combine(binaries.Folder, "initdb"), "-D", half, "-U", User, "-E", "UTF8", "--locale=C.UTF-8", "--data-checksums",
                "-A", "scram-sha-256", "--pwfile=/dev/stdin", .. options.Durable ? (string[])[] : ["--no-sync"],
            ])
        {
            User = account,
            LibraryPath = binaries.LibraryPath,
            Input = await MakePasswordAsync(PasswordFile, cancel),
        }.RunAsync(cancel);
        if (!outcome.Succeeded)
            throw Failure(outcome.ExitCode, account, outcome.Errors);
        if (Directory.Exists(_folder))
            Directory.Delete(_folder);
        Directory.Move(half, _folder);
    }

    private void RemoveHalves()
    {
        foreach (var half in Directory.GetDirectories(home, Path.GetFileName(HalfPrefix) + "*"))
        {
            try
            {
                Directory.Delete(half, recursive: true);
            }
            catch (IOException)
            {
                // Somebody still writes there; a later start removes it.
            }
        }
    }

    /// <summary>Null where there is none yet.</summary>
    public string? WorkPassword => File.Exists(WorkPasswordFile) ? File.ReadAllText(WorkPasswordFile) : null;

    public Task<string> MakeWorkPasswordAsync(CancellationToken cancel) => MakePasswordAsync(WorkPasswordFile, cancel);

    /// <summary>The password is on disk before the cluster that it opens, so there is never a cluster without its password.</summary>
    private static async Task<string> MakePasswordAsync(string path, CancellationToken cancel)
    {
        var password = RandomNumberGenerator.GetHexString(32, lowercase: true);
        File.Delete(path);
        await using var file = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
        await file.WriteAsync(Encoding.ASCII.GetBytes(password), cancel);
        file.Flush(flushToDisk: true);
        return password;
    }

    private async Task<string> StartAsync(PostgresBinaries binaries, string? account, CancellationToken cancel)
    {
        if (PostmasterFile.Read(_folder) is { } stale)
        {
            if (stale.SocketFolder != _socket)
                RemoveSocketFolder(stale);
            stale.RemoveIfMisleading();
        }

        var socket = await MakeSocketFolderAsync(account, cancel);
        var trying = Stopwatch.StartNew();
        while (true)
        {
            using var child = Launch(binaries, account, socket);
            if (await WaitUntilReadyAsync(child, cancel) is not null)
                return socket;
            var log = File.Exists(LogFile) ? await File.ReadAllTextAsync(LogFile, cancel) : "";
            if (!log.Contains("pre-existing shared memory block", StringComparison.Ordinal) || trying.Elapsed > StopLimit)
                throw Failure(child.ExitCode, account, log);
            await EndOrphansAsync(account, cancel);
            await Task.Delay(TimeSpan.FromMilliseconds(100), cancel);
        }
    }

    /// <summary>
    /// Sessions of a killed server that are deep in a query do not notice its end, and hold its shared memory. They are known by the folder
    /// they work in, which only their own account may see in many containers.
    /// </summary>
    private async Task EndOrphansAsync(string? account, CancellationToken cancel) => await new Command(
        "sh",
        "-c", "for one in /proc/[0-9]*; do if [ \"$(readlink \"$one/cwd\")\" = \"$0\" ] && [ \"${one#/proc/}\" != $$ ]; then kill -KILL \"${one#/proc/}\"; fi; done", _folder)
    {
        User = account,
    }.RunAsync(cancel);

    private static async Task SignalAsync(PostmasterFile server, string signal) => await new Command(
        "sh", "-c", $"kill -{signal} \"$0\"", server.Process.ToString(CultureInfo.InvariantCulture)).RunAsync(CancellationToken.None);

    /// <summary>
    /// The server gets a session of its own, so that Ctrl-C and a closed terminal do not reach it, and none of our streams,
    /// so that nobody who reads them waits for its end.
    /// </summary>
    private Process Launch(PostgresBinaries binaries, string? account, string socket) => new Command(
        "sh",
        [
            // What the last one said may tell why it ended.
            "-c", $"umask 077; cd \"$0\" 2>/dev/null || exit {NotReachable}; log=$1; shift; chmod -f go= \"$log\" \"$log.1\"; [ -s \"$log\" ] && mv -f \"$log\" \"$log.1\"; exec setsid \"$@\" </dev/null >\"$log\" 2>&1",
            _folder, LogFile,
            Path.Combine(binaries.Folder, "postgres"), "-D", _folder, "-p", "5432",
            .. options.Settings(socket).SelectMany(setting => (string[])["-c", setting]),
        ])
    {
        User = account,
        LibraryPath = binaries.LibraryPath,
    }.Start();

    /// <summary>
    /// Waits for a server that starts or stops, whoever began it. One that was suspended is woken; one that is to stop when its sessions are
    /// over does not wait for them: those of this program wait in a pool, for ever.
    /// </summary>
    /// <param name="child">The server just launched, which may not have written its file yet.</param>
    /// <returns>The folder of the socket of a ready server; null when none runs (any more).</returns>
    private async Task<string?> WaitUntilReadyAsync(Process? child, CancellationToken cancel)
    {
        var waiting = Stopwatch.StartNew();
        var told = false;
        var pushed = 0;
        while (true)
        {
            var server = PostmasterFile.Read(_folder);
            if (server?.IsAlive() is not true)
            {
                if (child is null or { HasExited: true })
                    return null;
            }
            else if (server.IsReady && !server.IsSuspended())
            {
                return server.SocketFolder;
            }

            if (server?.IsSuspended() is true)
                await SignalAsync(server, "CONT");
            if (server is { IsStopping: true } && pushed == 0 && waiting.Elapsed > SessionsLimit)
                await SignalAsync(server, Pushes[pushed++]);
            if (server is { IsStopping: true } && pushed == 1 && waiting.Elapsed > ShutdownLimit)
                await SignalAsync(server, Pushes[pushed++]);

            if (!told && waiting.Elapsed > Patience)
            {
                progress?.Report(new("PostgreSQL đang khởi động hoặc tự sửa dữ liệu sau sự cố, xin chờ…"));
                told = true;
            }

            await Task.Delay(Pause, cancel);
        }
    }

    /// <summary>The cluster's folder holds the socket too, unless its path is too long or would be read as several.</summary>
    private async Task<string> MakeSocketFolderAsync(string? account, CancellationToken cancel)
    {
        if (Encoding.UTF8.GetByteCount(_folder + "/.s.PGSQL.5432") <= LongestSocketPath && _folder.AsSpan().IndexOfAny(",:\"") < 0)
            return _folder;
        // Sessions know the folder; it is this program's own.
        if (_socket is not null && Directory.Exists(_socket))
            return _socket;
        var near = SocketPrefix + RandomNumberGenerator.GetHexString(16, lowercase: true);
        await MakeFolderAsync(near, account, cancel);
        return near;
    }

    private static void RemoveSocketFolder(PostmasterFile server)
    {
        if (server.SocketFolder.StartsWith(SocketPrefix, StringComparison.Ordinal) && Directory.Exists(server.SocketFolder))
            Directory.Delete(server.SocketFolder, recursive: true);
    }

    /// <summary>A folder open to nobody but the server's account (and root).</summary>
    private static async Task MakeFolderAsync(string path, string? account, CancellationToken cancel)
    {
        Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        if (account is not null)
            await new Command("chown", account, path).RunAsync(cancel);
    }

    private ServerException Failure(int exitCode, string? account, string messages)
    {
        if (exitCode == NotReachable)
        {
            var closed = Ancestors(home).LastOrDefault(parent => !File.GetUnixFileMode(parent).HasFlag(UnixFileMode.OtherExecute)) ?? home;
            return new($"Tài khoản {account} chạy PostgreSQL không vào được thư mục {closed}; "
                + $"hãy chạy `chmod o+x {closed}` hoặc chọn thư mục dữ liệu khác bằng --data.");
        }

        // A full disk may leave no room for the message that says so.
        if (messages.Contains("No space left on device", StringComparison.Ordinal)
            || new DriveInfo(home).AvailableFreeSpace < LeastFreeBytes)
            return DiskFull(home, null);
        return new($"PostgreSQL không chạy được trên {_folder} (\"{messages.Trim().Split('\n')[^1]}\"); "
            + $"hãy xem {LogFile} hoặc chọn thư mục dữ liệu khác bằng --data.");
    }

    public static ServerException DiskFull(string home, Exception? cause) =>
        new($"Đĩa chứa thư mục dữ liệu {home} đã đầy; hãy giải phóng chỗ hoặc chọn thư mục trên đĩa khác bằng --data.", cause);

    /// <summary>The folder and all that hold it, from inside out.</summary>
    private static IEnumerable<string> Ancestors(string path)
    {
        for (string? folder = path; folder is not null; folder = Path.GetDirectoryName(folder))
            yield return folder;
    }
}
