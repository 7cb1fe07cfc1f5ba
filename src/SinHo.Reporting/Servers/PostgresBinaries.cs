using System.ComponentModel;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace SinHo.Reporting.Servers;

/// <summary>A folder with the server programs of PostgreSQL.</summary>
/// <param name="Folder">The folder that holds postgres and initdb, the last symbolic link resolved.</param>
/// <param name="Major">Major version, e.g. 15.</param>
/// <param name="LibraryPath">Folders of shared libraries that the programs need beside the system's, as LD_LIBRARY_PATH wants them.</param>
public sealed partial record PostgresBinaries(string Folder, int Major, string? LibraryPath)
{
    public const int OldestMajor = 15;

    /// <summary>Environment variable that names the folder of the programs.</summary>
    public const string FolderVariable = "SINHO_PG_BIN";

    /// <summary>
    /// Finds the programs: the folder named by SINHO_PG_BIN; else PATH, pg_config, the usual folders of the distributions,
    /// this user's cache. When the machine has none at all, installs the distribution's: as root with apt-get, otherwise unpacked into the cache.
    /// </summary>
    /// <param name="major">The one version that will do: a cluster is read only by the version that wrote it. Null for any from 15 on.</param>
    /// <exception cref="ServerException">None is there and none can be installed, or none of this version.</exception>
    public static async Task<PostgresBinaries> FindOrInstallAsync(int? major, IProgress<JobStep>? progress, CancellationToken cancel)
    {
        var (found, others) = await FindAsync(major, cancel);
        if (found is null && others.Count == 0)
        {
            await new PostgresInstaller(progress).InstallAsync(cancel);
            (found, others) = await FindAsync(major, cancel);
        }

        return found ?? throw new ServerException(others.Count == 0
            ? PostgresInstaller.Remedy
            : $"Dữ liệu do PostgreSQL {major} ghi, nhưng máy này chỉ có PostgreSQL {string.Join(", ", others)}; "
                + $"hãy cài phiên bản {major} (`sudo apt-get install -y postgresql-{major}`) hoặc chọn thư mục dữ liệu khác bằng --data.");
    }

    internal static async Task<(PostgresBinaries? Found, SortedSet<int> OtherMajors)> FindAsync(int? major, CancellationToken cancel)
    {
        SortedSet<int> others = [];
        await foreach (var binaries in CandidatesAsync(cancel))
        {
            if (major is null || binaries.Major == major)
                return (binaries, others);
            others.Add(binaries.Major);
        }

        return (null, others);
    }

    private static async IAsyncEnumerable<PostgresBinaries> CandidatesAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        if (Environment.GetEnvironmentVariable(FolderVariable) is { Length: > 0 } chosen)
        {
            yield return await InspectAsync(chosen, null, cancel) ?? throw new ServerException(
                $"Biến {FolderVariable} là {chosen} nhưng ở đó không có postgres và initdb của PostgreSQL {OldestMajor} trở lên; "
                + "hãy sửa hoặc bỏ biến này.");
            yield break;
        }

        foreach (var folder in Environment.GetEnvironmentVariable("PATH")?.Split(':') ?? [])
        {
            if (await InspectAsync(folder, null, cancel) is { } binaries)
                yield return binaries;
        }

        if (await AskPgConfigAsync(cancel) is { } configured && await InspectAsync(configured, null, cancel) is { } own)
            yield return own;

        foreach (var folder in NewestFirst("/usr/lib/postgresql", "", "/bin").Concat(NewestFirst("/usr", "pgsql-", "/bin")))
        {
            if (await InspectAsync(folder, null, cancel) is { } binaries)
                yield return binaries;
        }

        var cache = PostgresInstaller.CacheFolder;
        foreach (var folder in NewestFirst(Path.Combine(cache, "usr/lib/postgresql"), "", "/bin"))
        {
            if (await InspectAsync(folder, PostgresInstaller.LibraryPath(cache), cancel) is { } binaries)
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

    /// <returns>Null when the folder has not both programs, they do not run, or they are too old.</returns>
    private static async Task<PostgresBinaries?> InspectAsync(string folder, string? libraries, CancellationToken cancel)
    {
        var program = new FileInfo(Path.Combine(folder, "postgres"));
        if (!program.Exists)
            return null;
        // Debian's PATH holds links to single programs: the others lie beside the link's target.
        folder = Path.GetDirectoryName(program.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? program.FullName)!;
        if (!File.Exists(Path.Combine(folder, "initdb")))
            return null;
        try
        {
            var answer = await new Command(Path.Combine(folder, "postgres"), "--version") { LibraryPath = libraries }.RunAsync(cancel);
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
