using System.ComponentModel;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace SinHo.Reporting.Servers;

/// <summary>A folder with the programs of PostgreSQL: those of the server, or those that make and read backups.</summary>
/// <param name="Folder">The folder that holds the programs, the last symbolic link resolved.</param>
/// <param name="Major">Major version, e.g. 15.</param>
/// <param name="LibraryPath">Folders of shared libraries that the programs need beside the system's, as LD_LIBRARY_PATH wants them.</param>
public sealed partial record PostgresBinaries(string Folder, int Major, string? LibraryPath)
{
    public const int OldestMajor = 15;

    /// <summary>Environment variable that names the folder of the programs.</summary>
    public const string FolderVariable = "SINHO_PG_BIN";

    private static readonly string[] Server = ["postgres", "initdb"];
    private static readonly string[] Client = ["pg_dump", "pg_restore"];

    /// <summary>
    /// Finds the programs: the folder named by SINHO_PG_BIN; else PATH, pg_config, the usual folders of the distributions,
    /// this user's cache. When the machine has none at all, installs the distribution's: as root with apt-get, otherwise unpacked into the cache.
    /// </summary>
    /// <param name="major">The one version that will do: a cluster is read only by the version that wrote it. Null for any from 15 on.</param>
    /// <exception cref="ServerException">None is there and none can be installed, or none of this version.</exception>
    public static async Task<PostgresBinaries> FindOrInstallAsync(int? major, IProgress<JobStep>? progress, CancellationToken cancel)
    {
        var (found, others) = await FindOrInstallAsync(Server, version => major is null || version == major, progress, cancel);
        return found ?? throw new ServerException(others.Count == 0
            ? PostgresInstaller.Remedy
            : $"Dữ liệu do PostgreSQL {major} ghi, nhưng máy này chỉ có PostgreSQL {string.Join(", ", others)}; "
                + $"hãy cài phiên bản {major} (`sudo apt-get install -y postgresql-{major}`) hoặc chọn thư mục dữ liệu khác bằng --data.");
    }

    /// <summary>Finds pg_dump and pg_restore, or installs the distribution's, in the same places as the server.</summary>
    /// <param name="least">The major version of the server that they talk to: an older client does not read a newer server.</param>
    /// <exception cref="ServerException">None is there that is new enough and none can be installed.</exception>
    public static async Task<PostgresBinaries> FindOrInstallClientAsync(int least, IProgress<JobStep>? progress, CancellationToken cancel)
    {
        // The same version by choice: a newer pg_dump may write what this server does not understand.
        if ((await FindAsync(Client, version => version == least, cancel)).Found is { } same)
            return same;
        var (found, others) = await FindOrInstallAsync(Client, version => version >= least, progress, cancel);
        return found ?? throw new ServerException(others.Count == 0 ? PostgresInstaller.Remedy :
            $"Máy chủ cơ sở dữ liệu là PostgreSQL {least}, nhưng máy này chỉ có pg_dump và pg_restore của PostgreSQL {string.Join(", ", others)}, cũ hơn; "
            + $"hãy cài bản {least} trở lên (`sudo apt-get install -y postgresql-client-{least}`) hoặc đặt {FolderVariable} là thư mục bin của bản đó.");
    }

    private static async Task<(PostgresBinaries? Found, SortedSet<int> OtherMajors)> FindOrInstallAsync(
        string[] programs, Predicate<int> fits, IProgress<JobStep>? progress, CancellationToken cancel)
    {
        var (found, others) = await FindAsync(programs, fits, cancel);
        if (found is not null || others.Count > 0)
            return (found, others);
        await new PostgresInstaller(programs, progress).InstallAsync(cancel);
        return await FindAsync(programs, fits, cancel);
    }

    internal static async Task<(PostgresBinaries? Found, SortedSet<int> OtherMajors)> FindAsync(
        string[] programs, Predicate<int> fits, CancellationToken cancel)
    {
        SortedSet<int> others = [];
        await foreach (var binaries in CandidatesAsync(programs, cancel))
        {
            if (fits(binaries.Major))
                return (binaries, others);
            others.Add(binaries.Major);
        }

        return (null, others);
    }

    private static async IAsyncEnumerable<PostgresBinaries> CandidatesAsync(string[] programs, [EnumeratorCancellation] CancellationToken cancel)
    {
        if (Environment.GetEnvironmentVariable(FolderVariable) is { Length: > 0 } chosen)
        {
            yield return await InspectAsync(programs, chosen, null, cancel) ?? throw new ServerException(
                $"Biến {FolderVariable} là {chosen} nhưng ở đó không có {string.Join(" và ", programs)} của PostgreSQL {OldestMajor} trở lên; "
                + "hãy sửa hoặc bỏ biến này.");
            yield break;
        }

        foreach (var folder in Environment.GetEnvironmentVariable("PATH")?.Split(':') ?? [])
        {
            if (await InspectAsync(programs, folder, null, cancel) is { } binaries)
                yield return binaries;
        }

        if (await AskPgConfigAsync(cancel) is { } configured && await InspectAsync(programs, configured, null, cancel) is { } own)
            yield return own;

        foreach (var folder in NewestFirst("/usr/lib/postgresql", "", "/bin").Concat(NewestFirst("/usr", "pgsql-", "/bin")))
        {
            if (await InspectAsync(programs, folder, null, cancel) is { } binaries)
                yield return binaries;
        }

        var cache = PostgresInstaller.CacheFolder;
        foreach (var folder in NewestFirst(Path.Combine(cache, "usr/lib/postgresql"), "", "/bin"))
        {
            if (await InspectAsync(programs, folder, PostgresInstaller.LibraryPath(cache), cancel) is { } binaries)
                yield return binaries;
        }
    }

    /// <summary>Folders parent/prefixN/suffix, N from high to low.</summary>
    private static IEnumerable<string> NewestFirst(string parent, string prefix, string suffix) =>
        from folder in Directory.Exists(parent) ? Directory.GetDirectories(parent, prefix + "*") : []
        let number = int.TryParse(Path.GetFileName(folder)[prefix.Length..], CultureInfo.InvariantCulture, out var n) ? n : 0
        where number > 0
        orderby number descending
        select folder + suffix;

    private static async Task<string?> AskPgConfigAsync(CancellationToken cancel)
    {
        try
        {
            var answer = await new Command("pg_config", "--bindir").RunAsync(cancel);
            return answer.Succeeded ? answer.Output.Trim() : null;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    /// <returns>Null when the folder has not all programs, they do not run, or they are too old.</returns>
    private static async Task<PostgresBinaries?> InspectAsync(string[] programs, string folder, string? libraries, CancellationToken cancel)
    {
        // Debian's PATH holds links to single programs, and one wrapper that stands in for several: the others lie beside the link's target.
        var program = new FileInfo(Path.Combine(folder, programs[0]));
        if (!program.Exists)
            return null;
        folder = Path.GetDirectoryName(program.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? program.FullName)!;
        if (programs.Any(name => !File.Exists(Path.Combine(folder, name))))
            return null;
        try
        {
            var answer = await new Command(Path.Combine(folder, programs[0]), "--version") { LibraryPath = libraries }.RunAsync(cancel);
            return Version().Match(answer.Output) is { Success: true } match
                && int.Parse(match.ValueSpan, CultureInfo.InvariantCulture) is var major and >= OldestMajor
                ? new(folder, major, libraries)
                : null;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    [GeneratedRegex(@"(?<=\(PostgreSQL\) )[0-9]+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Version();
}
