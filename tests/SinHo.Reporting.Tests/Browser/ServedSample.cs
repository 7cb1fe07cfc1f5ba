using System.Collections.Concurrent;
using Dapper;
using Npgsql;
using SinHo.Reporting.Access;
using SinHo.Reporting.Host;
using SinHo.Reporting.Tests.Host;
using SinHo.Reporting.Tests.Support;
using Xunit;

namespace SinHo.Reporting.Tests.Browser;

/// <summary>`sinho serve` as a process on the sample, its workers included, and accounts that may look at it.</summary>
public sealed class ServedSample(TestCluster cluster, Chromium chromium) : IAsyncLifetime
{
    private readonly ConcurrentDictionary<string, Lazy<Task<string>>> signedIn = new(StringComparer.Ordinal);
    private readonly TemporaryFolder home = new();
    private SinhoProcess program = null!;
    private string connection = "";

    public Uri Address { get; private set; } = null!;

    /// <summary>The link that the first start printed.</summary>
    public Uri Invitation { get; private set; } = null!;

    public NpgsqlDataSource Database { get; private set; } = null!;

    /// <summary>For files that come and go.</summary>
    public TemporaryFolder Folder { get; } = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        connection = await cluster.NewSampleAsync();
        Database = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connection) { ApplicationName = "test" }.ConnectionString);
        await StartAsync(null);
        Invitation = (await program.InvitationAsync(CancellationToken.None))!;
    }

    /// <summary>Stops the program and starts it again, as if at another time.</summary>
    public async Task RestartAsync(DateTimeOffset clock)
    {
        await program.DisposeAsync();
        await StartAsync(clock);
    }

    /// <summary>A browser in which nobody has signed in.</summary>
    /// <param name="through">Another way to the site.</param>
    public Task<Visit> OpenAsync(Uri? through = null) => chromium.OpenAsync(through ?? Address);

    /// <summary>A browser in which somebody has signed in; all browsers of one account share a session.</summary>
    public async Task<Visit> EnterAsync(string name, Role role = Role.Administrator, string? unit = null, Uri? through = null)
    {
        var cookies = await signedIn.GetOrAdd(name, _ => new(() => SignInAsync(name, role, unit))).Value;
        return await chromium.OpenAsync(through ?? Address, cookies);
    }

    public async Task<T> ScalarAsync<T>(string sql)
    {
        await using var open = await Database.OpenConnectionAsync(Cancel);
        return (await open.ExecuteScalarAsync<T>(sql))!;
    }

    public async Task UntilAsync(string sql)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        limit.CancelAfter(TimeSpan.FromSeconds(90));
        while (!await ScalarAsync<bool>(sql))
            await Task.Delay(50, limit.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await program.DisposeAsync();
        await Database.DisposeAsync();
        await cluster.DropDatabaseAsync(connection);
        Folder.Dispose();
        home.Dispose();
    }

    private async Task StartAsync(DateTimeOffset? clock)
    {
        program = SinhoProcess.Start(["serve", "--urls", Address?.ToString() ?? "http://127.0.0.1:0"], connection, new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [MovedClock.Variable] = clock?.ToString("O") ?? "",
            // Where reports that commands made would lie.
            ["HOME"] = home.Path,
        });
        Address = await program.AddressAsync(CancellationToken.None);
    }

    private async Task<string> SignInAsync(string name, Role role, string? unit)
    {
        var account = await new Accounts(Database).AddAsync(new(name, name, role, unit), "test", Cancel);
        var token = await new Passwords(Database).MakeLinkAsync(account.Id, TimeSpan.FromHours(1), "test", Cancel);
        using (var visitor = new Visitor(Address))
        {
            (await visitor.SetPasswordAsync(new(Address, $"/dat-mat-khau?ma={token}"), Visitor.Password)).Dispose();
            // Else every page would tell of somebody elsewhere.
            (await visitor.SendAsync("/doi-mat-khau", "/dang-xuat")).Dispose();
        }
        await using var visit = await OpenAsync();
        await visit.GoAsync("/dang-nhap");
        await visit.SignInAsync(name, Visitor.Password);
        return await visit.CookiesAsync();
    }
}
