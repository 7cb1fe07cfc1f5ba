using System.ComponentModel;
using System.Text.RegularExpressions;

namespace SinHo.Reporting.Servers;

/// <summary>Gets PostgreSQL from the Debian (or Ubuntu) package archive.</summary>
/// <param name="programs">What is wanted of it; the packages give the server's and the client's programs.</param>
internal sealed partial class PostgresInstaller(string[] programs, IProgress<JobStep>? progress)
{
    private const string ClusterSettings = "/etc/postgresql-common/createcluster.conf";

    public static string Remedy { get; } =
        $"Máy này chưa có PostgreSQL {PostgresBinaries.OldestMajor} trở lên; "
        + "hãy chạy `sudo apt-get update && sudo apt-get install -y postgresql` rồi thử lại, "
        + $"hoặc đặt {PostgresBinaries.FolderVariable} là thư mục bin của PostgreSQL, hoặc dùng cơ sở dữ liệu sẵn có bằng --database.";

    /// <summary>Where the packages of a user who may not install lie unpacked.</summary>
    public static string CacheFolder { get; } = Path.Combine(
        Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } cache && Path.IsPathRooted(cache)
            ? cache
            : Path.Combine(HomeFolder, ".cache"),
        "sinho",
        "postgres");

    private static string HomeFolder =>
        Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify);

    /// <summary>The library folders of packages unpacked into a folder.</summary>
    public static string LibraryPath(string folder) => string.Join(
        ':',
        from parent in (string[])["usr/lib", "lib"]
        let libraries = Path.Combine(folder, parent)
        where Directory.Exists(libraries)
        from architecture in Directory.GetDirectories(libraries, "*-linux-gnu*")
        select architecture);

    /// <summary>Installs the programs unless another process has done so meanwhile.</summary>
    /// <exception cref="ServerException">It could not be done; the message ends with what the packages' program said.</exception>
    public async Task InstallAsync(CancellationToken cancel)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(CacheFolder)!);
            await using var alone = await FolderLock.TakeAsync(CacheFolder + ".lock", cancel);
            if ((await PostgresBinaries.FindAsync(programs, _ => true, cancel)).Found is not null)
                return;
            if (Environment.IsPrivilegedProcess)
                await InstallForAllAsync(cancel);
            else
                await UnpackIntoCacheAsync(cancel);
        }
        catch (Exception failure) when (failure is Win32Exception or IOException or UnauthorizedAccessException)
        {
            throw new ServerException($"{Remedy} (Tự cài không được: {failure.Message})", failure);
        }
    }

    private async Task InstallForAllAsync(CancellationToken cancel)
    {
        const int parts = 3;
        const string phase = "Máy chưa có PostgreSQL: đang cài từ kho gói của hệ điều hành, mất khoảng một phút";
        progress?.Report(JobStep.Of(phase, "đọc danh mục gói", 0, parts));
        await RunAsync(new("apt-get", "-qq", "update"), cancel);
        progress?.Report(JobStep.Of(phase, "gói chung", 1, parts));
        await AptInstallAsync("postgresql-common", cancel);
        // Without this the package would set up and start a system-wide server that nobody asked for.
        var settings = await File.ReadAllTextAsync(ClusterSettings, cancel);
        await File.AppendAllTextAsync(ClusterSettings, "\ncreate_main_cluster = false\n", cancel);
        progress?.Report(JobStep.Of(phase, "máy chủ", 2, parts));
        try
        {
            await AptInstallAsync("postgresql", cancel);
        }
        finally
        {
            await File.WriteAllTextAsync(ClusterSettings, settings, CancellationToken.None);
        }
    }

    /// <summary>Waits its turn where the system is installing something else. Not to be killed halfway: that breaks the system's packages.</summary>
    private static async Task AptInstallAsync(string package, CancellationToken cancel)
    {
        string[] patiently = ["-qq", "-y", "-o", "DPkg::Lock::Timeout=120"];
        await RunAsync(new("apt-get", [.. patiently, "--no-install-recommends", "install", package]), CancellationToken.None);
        cancel.ThrowIfCancellationRequested();
    }

    private async Task UnpackIntoCacheAsync(CancellationToken cancel)
    {
        var phase = $"Máy chưa có PostgreSQL: đang tải về {CacheFolder} (không cần quyền quản trị), mất khoảng một phút";
        progress?.Report(new(phase, "đọc danh mục gói"));
        var work = CacheFolder + ".new";
        DeleteFolder(work);
        var apt = Directory.CreateDirectory(Path.Combine(work, "apt")).FullName;
        Directory.CreateDirectory(Path.Combine(apt, "lists/partial"));
        Directory.CreateDirectory(Path.Combine(apt, "cache/archives/partial"));
        string[] ownFolders = ["-qq", "-o", $"Dir::State::lists={apt}/lists", "-o", $"Dir::Cache={apt}/cache"];

        await RunAsync(new("apt-get", [.. ownFolders, "update"]), cancel);
        var plan = await RunAsync(new("apt-get", [.. ownFolders, "-s", "--no-install-recommends", "install", "postgresql"]), cancel);
        var packages = ServerPackage().Matches(plan).Select(match => match.Value).ToList();
        foreach (var (index, package) in packages.Index())
        {
            progress?.Report(JobStep.Of(phase, package, index, packages.Count + 1));
            await RunAsync(new("sh", ["-c", "cd \"$0\" && exec apt-get \"$@\"", apt, .. ownFolders, "download", package]), cancel);
        }

        progress?.Report(JobStep.Of(phase, "mở gói", packages.Count, packages.Count + 1));
        foreach (var package in Directory.GetFiles(apt, "*.deb"))
            await RunAsync(new("dpkg", "-x", package, work), cancel);
        DeleteFolder(apt);
        // What is there no longer runs: the system was upgraded, say.
        DeleteFolder(CacheFolder);
        Directory.Move(work, CacheFolder);
    }

    private static void DeleteFolder(string folder)
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }

    private static async Task<string> RunAsync(Command command, CancellationToken cancel)
    {
        var outcome = await command.RunAsync(cancel);
        return outcome.Succeeded
            ? outcome.Output
            : throw new IOException(outcome.Errors.Trim().Split('\n')[^1]);
    }

    /// <summary>
    /// Of the packages that a plan of apt-get would newly install: the server, the client and their shared libraries,
    /// but for the compiler that only just-in-time compilation needs, which stays off.
    /// </summary>
    [GeneratedRegex(
        @"(?<=^Inst )(?:postgresql-(?:client-)?[0-9]+|lib(?!llvm|z3|[^ ]*perl)[^ ]+)(?= \()",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex ServerPackage();
}
