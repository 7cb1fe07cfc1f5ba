using System.ComponentModel;
using Npgsql;
using SinHo.Reporting.Words;

namespace SinHo.Reporting.Servers;

/// <summary>
/// A PostgreSQL server of the program's own in a data folder, reachable by a socket only. Several processes may use one folder at a time:
/// the first starts the server, the last to leave stops it. Whatever a killed process left behind, the next start puts right.
/// </summary>
public sealed class PrivateServer : IAsyncDisposable
{
    /// <summary>ENOSPC of Linux.</summary>
    private const int NoSpace = 28;

    private readonly string _home;
    private readonly Cluster _cluster;
    private readonly FileStream _use;

    private PrivateServer(string home, Cluster cluster)
    {
        _home = home;
        _cluster = cluster;
        _use = FolderLock.Share(UsersFile);
    }

    /// <summary>
    /// The data folder when none is named: /var/lib/sinho for root; $XDG_DATA_HOME/sinho or ~/.local/share/sinho for others.
    /// </summary>
    public static string DefaultFolder => Path.Combine(
        Environment.IsPrivilegedProcess
            ? "/var/lib"
            : Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify),
        "sinho");

    /// <summary>For Npgsql: the database "sinho" of this server, as its owner, who may do everything.</summary>
    public string ConnectionString { get; private set; } = "";

    /// <summary>The same as <see cref="Worker"/>, who owns nothing.</summary>
    public string WorkConnectionString { get; private set; } = "";

    /// <summary>The role under which the service works; what it may do is granted by sql/functions/work_role.sql.</summary>
    public const string Worker = "sinho_work";

    /// <summary>Whether the server runs and takes sessions, as far as its process tells: cheap enough to ask often.</summary>
    public bool IsReady => _cluster.IsReady;

    private string UsersFile => Path.Combine(_home, "users.lock");

    /// <summary>Joins the server of a data folder, starting it or making the whole cluster as needed.</summary>
    /// <param name="folder">The data folder; made when absent. Root opens it to every account's search: the server runs as another.</param>
    /// <param name="progress">Receives Vietnamese lines on the steps that take long.</param>
    /// <exception cref="ServerException">The server cannot be had; the message says why and what to do.</exception>
    public static async Task<PrivateServer> StartAsync(
        string folder, ServerOptions options, IProgress<JobStep>? progress, CancellationToken cancel)
    {
        try
        {
            var home = Prepare(folder);
            await using var gate = await EnterAsync(home, progress, cancel);
            var server = new PrivateServer(home, new(home, options, progress));
            try
            {
                await server.OpenAsync(cancel);
                return server;
            }
            catch
            {
                await server.LeaveAsync();
                throw;
            }
        }
        catch (UnauthorizedAccessException denied)
        {
            var sentence = $"Không có quyền dùng thư mục dữ liệu {folder} ({denied.Message}); "
                + "hãy chạy bằng tài khoản đã tạo nó hoặc chọn thư mục khác bằng --data.";
            throw new ServerException(sentence, denied);
        }
        catch (IOException full) when (full.HResult == NoSpace)
        {
            throw Cluster.DiskFull(folder, full);
        }
        catch (Exception failure) when (failure is IOException or Win32Exception or NpgsqlException)
        {
            var sentence = $"Không mở được cơ sở dữ liệu trong {folder} ({failure.Message}); "
                + "hãy thử lại hoặc chọn thư mục dữ liệu khác bằng --data.";
            throw new ServerException(sentence, failure);
        }
    }

    /// <summary>Starts the server again where it was killed or stopped; returns when it takes sessions.</summary>
    /// <exception cref="ServerException">It cannot be started; the message says why and what to do.</exception>
    /// <exception cref="NpgsqlException">It runs but takes no session.</exception>
    public async Task ReviveAsync(CancellationToken cancel)
    {
        await using var gate = await EnterAsync(_home, progress: null, cancel);
        var socket = await _cluster.EnsureRunningAsync(cancel);
        var settings = new NpgsqlConnectionStringBuilder(ConnectionString) { Pooling = false };
        if (settings.Host != socket)
            throw new ServerException("Cơ sở dữ liệu đã được khởi động ở địa chỉ khác; hãy khởi động lại dịch vụ (sinho serve).");
        await using var connection = new NpgsqlConnection(settings.ConnectionString);
        await connection.OpenAsync(cancel);
    }

    /// <summary>Leaves the server; stops it when nobody else uses it.</summary>
    public async ValueTask DisposeAsync()
    {
        await using (await EnterAsync(_home, progress: null, CancellationToken.None))
            await LeaveAsync();
    }

    private static string Prepare(string folder)
    {
        var home = Directory.CreateDirectory(folder).FullName;
        const UnixFileMode owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        // Nobody else may list it; as root the server's account must find its way through.
        File.SetUnixFileMode(home, Environment.IsPrivilegedProcess ? owner | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute : owner);
        var plain = WithoutLinks(Path.TrimEndingDirectorySeparator(home));
        OwnFiles.Take(plain, Path.Combine(plain, Cluster.Subfolder));
        return plain;
    }

    private static string WithoutLinks(string path)
    {
        if (Path.GetDirectoryName(path) is not { } parent)
            return path;
        var plain = Path.Combine(WithoutLinks(parent), Path.GetFileName(path));
        return Directory.ResolveLinkTarget(plain, returnFinalTarget: true) is { } target ? WithoutLinks(target.FullName) : plain;
    }

    /// <summary>Only one process at a time starts or stops the server.</summary>
    private static async Task<FileStream> EnterAsync(string home, IProgress<JobStep>? progress, CancellationToken cancel)
    {
        var file = Path.Combine(home, "gate.lock");
        if (FolderLock.TryTake(file) is { } gate)
            return gate;
        progress?.Report(new("Đang chờ một tiến trình sinho khác khởi động hoặc dừng cơ sở dữ liệu…"));
        return await FolderLock.TakeAsync(file, cancel);
    }

    private async Task OpenAsync(CancellationToken cancel)
    {
        var socket = await _cluster.EnsureRunningAsync(cancel);
        var settings = new NpgsqlConnectionStringBuilder
        {
            Host = socket,
            Username = Cluster.User,
            Password = _cluster.Password,
            Database = "sinho",
            SslMode = SslMode.Disable,
            GssEncryptionMode = GssEncryptionMode.Disable,
            ApplicationName = "sinho",
        };
        ConnectionString = settings.ConnectionString;
        try
        {
            await using var connection = new NpgsqlConnection(ConnectionString);
            await connection.OpenAsync(cancel);
        }
        catch (PostgresException absent) when (absent.SqlState == PostgresErrorCodes.InvalidCatalogName)
        {
            settings.Database = "postgres";
            settings.Pooling = false;
            await using var connection = new NpgsqlConnection(settings.ConnectionString);
            await connection.OpenAsync(cancel);
            await using var create = new NpgsqlCommand("CREATE DATABASE sinho", connection);
            await create.ExecuteNonQueryAsync(cancel);
        }
        WorkConnectionString = new NpgsqlConnectionStringBuilder(ConnectionString)
        {
            Username = Worker,
            Password = await LetWorkerInAsync(cancel),
        }.ConnectionString;
    }

    /// <returns>The password of the role that works, made and given to it where it has none yet: clusters of earlier versions have no such role.</returns>
    private async Task<string> LetWorkerInAsync(CancellationToken cancel)
    {
        // A pooled session may be one of a server that is gone.
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(ConnectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(cancel);
        await using var asking = new NpgsqlCommand("select rolcanlogin from pg_roles where rolname = $1", connection) { Parameters = { new() { Value = Worker } } };
        var mayLogIn = await asking.ExecuteScalarAsync(cancel) as bool?;
        if (mayLogIn is true && _cluster.WorkPassword is { } known)
            return known;
        var password = await _cluster.MakeWorkPasswordAsync(cancel);
        // Letters and digits, so it may stand in the text.
        await using var let = new NpgsqlCommand($"{(mayLogIn is null ? "create" : "alter")} role {Worker} login password '{password}'", connection);
        await let.ExecuteNonQueryAsync(cancel);
        return password;
    }

    /// <summary>To be called inside the gate.</summary>
    private async Task LeaveAsync()
    {
        foreach (var used in (string[])[ConnectionString, WorkConnectionString])
        {
            await using var connection = new NpgsqlConnection(used);
            NpgsqlConnection.ClearPool(connection);
        }
        await _use.DisposeAsync();
        await using var alone = FolderLock.TryTake(UsersFile);
        if (alone is not null)
            await _cluster.StopAsync();
    }
}
