using System.Security.Cryptography;
using System.Text.Json;
using Npgsql;
using SinHo.Reporting.Access;
using SinHo.Reporting.Catalog;
using SinHo.Reporting.Faces;
using SinHo.Reporting.Facts;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Reports;
using SinHo.Reporting.Runs;
using SinHo.Reporting.Samples;
using SinHo.Reporting.Servers;
using SinHo.Reporting.Tests.Reports;
using SinHo.Reporting.Tests.Support;
using Xunit;

namespace SinHo.Reporting.Tests.Work;

/// <summary>A primary with the sample, and a streaming standby of it.</summary>
public sealed class FollowedSample : IAsyncLifetime
{
    private OwnServer server = null!;

    public NpgsqlDataSource Register { get; private set; } = null!;

    public NpgsqlDataSource Standby { get; private set; } = null!;

    public string Connection => server.Connection;

    public string Read => server.At(1);

    public async ValueTask InitializeAsync()
    {
        server = await OwnServer.StartAsync();
        await Migrator.UpgradeAsync(server.Connection, Path.Combine(AppContext.BaseDirectory, "sql"), CancellationToken.None);
        Register = NpgsqlDataSource.Create(server.Connection);
        await Registers.ImportAsync(Register, SinHoSample.OfTheArticle(), CancellationToken.None);
        Standby = NpgsqlDataSource.Create(await server.FollowAsync());
    }

    /// <summary>One more standby.</summary>
    /// <returns>Its connection string.</returns>
    public Task<string> FollowAsync() => server.FollowAsync();

    /// <summary>The last standby dies without a word.</summary>
    public Task KillLastAsync() => server.DieAsync(server.Standbys);

    public async ValueTask DisposeAsync()
    {
        await Register.DisposeAsync();
        await Standby.DisposeAsync();
        await server.DisposeAsync();
    }
}

/// <summary>A standby can answer all that only reads, and is asked by those for whom it has come far enough.</summary>
public sealed class StandbyTests(FollowedSample sample) : IClassFixture<FollowedSample>
{
    private const string Who = "select case when pg_is_in_recovery() then 'standby' else 'primary' end";

    private static readonly Period Year = Period.Year(2019);

    private static readonly DateOnly Day = new(2020, 6, 30);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static Definitions Definitions => SampleReports.Definitions;

    /// <summary>No question needs a temporary table, a lock that writes, a sequence or anything else that only a primary has.</summary>
    [Trait("Length", "Long")]
    [Fact]
    public async Task Every_report_form_list_and_page_of_figures_is_the_same_on_a_standby()
    {
        var (primary, standby) = (new StatisticsSource(sample.Register), new StatisticsSource(sample.Register, sample.Standby, TimeSpan.FromSeconds(30)));
        Assert.Equal("standby", await AnswersAsync(standby));
        var asked = 0;
        foreach (var question in Questions())
        {
            Assert.True(await question.Ask(primary) == await question.Ask(standby), question.Name);
            asked++;
        }
        Assert.True(asked > 150, $"{asked} questions");
        // All of it came from there: whoever falls back to the primary once stays there for a while.
        Assert.Equal("standby", await AnswersAsync(standby));
    }

    [Fact]
    public async Task Who_entered_something_sees_it_and_who_entered_nothing_needs_no_primary()
    {
        var clock = new SteppedClock();
        var (writer, reader) = (new ReaderPosition(clock), new ReaderPosition(clock));
        var source = new StatisticsSource(sample.Register, sample.Standby, TimeSpan.FromMilliseconds(300));
        Assert.Equal("standby", await AnswersAsync(new(sample.Register, sample.Standby, TimeSpan.FromSeconds(30))));
        await ExecuteAsync(sample.Register, "update setting set value = 4 where name = 'few_member_max'");
        Assert.Equal("standby", await AnswersAsync(new(sample.Register, sample.Standby, TimeSpan.FromSeconds(30))));
        // What he entered before this service knew him is asked about once.
        Assert.Equal("standby", await AnswersAsync(source, reader));
        try
        {
            await ExecuteAsync(sample.Standby, "select pg_wal_replay_pause()");
            while (await AnswersAsync(new(sample.Standby), null, "select pg_get_wal_replay_pause_state()") != "paused")
                await Task.Delay(20, Cancel);
            await writer.ActsAsync(Cancel);
            await ExecuteAsync(sample.Register, "update setting set value = 5 where name = 'few_member_max'");

            Assert.Equal("standby", await AnswersAsync(Fresh(), reader));
            Assert.NotEqual(5, await SettingAsync(Fresh(), reader));
            Assert.Equal("primary", await AnswersAsync(Fresh(), writer));
            Assert.Equal(5, await SettingAsync(Fresh(), writer));
            // Long after he did anything his own entry is still waited for.
            clock.Now += TimeSpan.FromMinutes(10);
            Assert.Equal("primary", await AnswersAsync(Fresh(), writer));
            Assert.Equal("primary", await AnswersAsync(Fresh(), writer));
            // Nobody known: what was committed when it was asked is shown.
            Assert.Equal(5, await SettingAsync(Fresh(), null));
        }
        finally
        {
            await ExecuteAsync(sample.Standby, "select pg_wal_replay_resume()");
        }

        var patient = new StatisticsSource(sample.Register, sample.Standby, TimeSpan.FromSeconds(30));
        Assert.Equal(("standby", 5), (await AnswersAsync(patient, writer), await SettingAsync(patient, writer)));
        await using var away = NpgsqlDataSource.Create("Host=/nowhere;Username=x;Database=x");
        Assert.Equal("standby", await AnswersAsync(new(away, sample.Standby, TimeSpan.Zero), reader));

        StatisticsSource Fresh() => new(sample.Register, sample.Standby, TimeSpan.FromMilliseconds(300));
    }

    [Fact]
    public async Task A_snapshot_and_a_report_say_where_they_were_taken_and_files_do_not()
    {
        var source = new StatisticsSource(sample.Register, sample.Standby, TimeSpan.FromSeconds(30));
        using var report = await new ReportBuilder(source, Definitions).BuildAsync(Request("form-1", null), null, Cancel);

        Assert.Contains("standby1", report.SnapshotPosition!.Server, StringComparison.Ordinal);
        Assert.Matches("^[0-9A-F]+/[0-9A-F]+$", report.SnapshotPosition.Log);
        using var folder = new TemporaryFolder();
        foreach (var kind in Enum.GetValues<FileKind>())
        {
            var (one, other) = (folder.File($"one{FileKinds.Ending(kind)}"), folder.File($"other{FileKinds.Ending(kind)}"));
            FileKinds.Write(kind, report, null, one, null, Cancel);
            FileKinds.Write(kind, report with { SnapshotPosition = null }, null, other, null, Cancel);
            Assert.Equal(await File.ReadAllBytesAsync(one, Cancel), await File.ReadAllBytesAsync(other, Cancel));
        }
    }

    [Fact]
    public async Task A_host_that_is_away_is_an_alarm_and_one_that_follows_is_none()
    {
        var alarms = new Alarms(sample.Register, TimeProvider.System, []) { Standbys = [sample.Read, sample.Connection, "Host=/nowhere;Username=x;Database=x"] };

        var alarm = Assert.Single(await alarms.AskAsync(Cancel));

        Assert.Equal("standby", alarm.Code);
        Assert.Contains("/nowhere", alarm.Sentence, StringComparison.Ordinal);
        Assert.Equal((true, false, true), await StandbyState.AskAsync(sample.Read, Cancel) is var state ? (state.IsThere, state.IsPrimary, state.Hears) : default);
    }

    private static IEnumerable<(string Name, Func<StatisticsSource, Task<string>> Ask)> Questions()
    {
        foreach (var definition in Definitions.Reports)
        {
            var asked = Request(definition.Name, definition.Edition.Printed.Code) with { Unit = "SH.X03" };
            // Of the program itself, and under row security as a page asks.
            yield return ($"{definition.Name} {definition.Edition.Printed.Code}", source => ReportAsync(source, asked, null));
            yield return ($"{definition.Name} {definition.Edition.Printed.Code} of a commune", source => ReportAsync(source, asked, new(1, Role.Preparer, "SH.X03")));
        }
        yield return ("term of the district", source => ReportAsync(source, Request("term", null), null));
        yield return ("term on the map", source => ReportAsync(source, Request("term", null) with { Unit = "SH.X03", OnMap = true }, null));
        foreach (var code in Definitions.Sets.SelectMany(set => set.Indicators).Select(indicator => indicator.Code))
            yield return ($"list {code}", async source => Json(await new ListPages(source, Definitions, Head).ReadAsync(new(code, "SH", Year, ListView.Whole with { Filter = "a" }), Cancel)));
        foreach (var kind in DueKind.All)
            yield return ($"due {kind.Name}", async source => Json(await new Due(source, Head).RowsAsync(kind, null, Day, 0, Cancel), await new Due(source, Head).ByPartAsync(kind, null, Day, Cancel)));
        yield return ("overview", async source => Json(await Overview.AskAsync(source, Definitions, Head, "SH", Day, Cancel)));
        yield return ("calendar", async source => Json(await YearCalendar.AskAsync(source, Definitions, Head, "SH", 2019, Day, Cancel)));
        yield return ("unit", async source => Json(await UnitHistory.AskAsync(source, Definitions, Head, "SH.X03", Day, Cancel)));
        yield return ("tree", async source => Json(await new UnitDirectory(source, Head).TreeAsync(Day, Cancel)));
        yield return ("plans", async source => Json(await TargetSheet.AskAsync(source, Definitions, Head, "SH", Year, Day, Cancel)));
        foreach (var asked in (string[])["lò", "X03", "SH.X03"])
            yield return ($"search {asked}", async source => Json(await RegisterSearch.AskAsync(source, Head, asked, Day, Cancel)));
        yield return ("person", async source =>
        {
            var one = (await RegisterSearch.AskAsync(source, Head, "lò", Day, Cancel)).First(found => found.Kind == FoundKind.Person);
            return Json(await PersonHistory.AskAsync(source, Head, new(one.Code, Day, new(Day, Day), null), Cancel));
        }
        );
    }

    private static Viewer Head => new(1, Role.Head, null);

    private static ReportRequest Request(string name, string? edition) => new(
        name, "SH", name == "monthly" ? Period.Month(2019, 12) : Year, new Dictionary<string, int>(StringComparer.Ordinal), WithEvidence: true)
    { Edition = edition is "" ? null : edition, WithCharts = true };

    /// <summary>The bytes of its workbook; what it is refused for is an answer too.</summary>
    private static async Task<string> ReportAsync(StatisticsSource source, ReportRequest request, Viewer? viewer)
    {
        try
        {
            using var report = await new ReportBuilder(source, Definitions, viewer).BuildAsync(request, null, Cancel);
            using var folder = new TemporaryFolder();
            FileKinds.Write(FileKind.Workbook, report, null, folder.File("report.xlsx"), null, Cancel);
            return Convert.ToHexString(SHA256.HashData(await File.ReadAllBytesAsync(folder.File("report.xlsx"), Cancel)));
        }
        catch (UnknownNameException refused)
        {
            return refused.Message;
        }
    }

    private static string Json(params object[] answers) => JsonSerializer.Serialize(answers);

    private static Task<string> AnswersAsync(StatisticsSource source, ReaderPosition? reader = null, string asked = Who) => AskAsync<string>(source, reader, asked);

    private static Task<int> SettingAsync(StatisticsSource source, ReaderPosition? reader) => AskAsync<int>(source, reader, "select value from setting where name = 'few_member_max'");

    private static async Task<T> AskAsync<T>(StatisticsSource source, ReaderPosition? reader, string sql)
    {
        reader?.Enter();
        await using var snapshot = await Snapshot.TakeAsync(source, Cancel);
        return (await snapshot.QueryAsync<T>(sql, new { }, Cancel)).Single();
    }

    private static async Task ExecuteAsync(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Cancel);
    }

    private sealed class SteppedClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = DateTimeOffset.UtcNow;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
