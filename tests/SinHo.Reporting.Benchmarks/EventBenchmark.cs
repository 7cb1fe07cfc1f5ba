using System.Text.Json;
using Dapper;
using SinHo.Reporting.Events;
using SinHo.Reporting.Exchange;

namespace SinHo.Reporting.Benchmarks;

/// <summary>What it takes to save one event, as a form does: worked out, judged by every rule and written, of the whole register and of a commune.</summary>
internal static class EventBenchmark
{
    private static readonly Func<Choice, int, object> Recognise = (chosen, run) => new { @event = "recognise", member = chosen.Probationer, date = Day(5, run) };

    private static readonly Func<Choice, int, object>[] Kinds =
    [
        (chosen, run) => new { @event = "admit", member = $"N{Environment.ProcessId}-{run:D6}", date = Day(4, run), decision = $"{run}-QĐ/HU", decided = Day(3, run), branch = chosen.Branch, local = false, record = Record(run) },
        Recognise,
        (chosen, run) => new { @event = "arrive", member = $"A{Environment.ProcessId}-{run:D6}", branch = chosen.Branch, date = Day(4, run), reason = "Chuyển đến từ tỉnh khác", joined = "2012-02-03", official = "2013-02-03", record = Record(run + 500) },
        (chosen, run) => new { @event = "leave", member = chosen.People[1], date = Day(5, run), reason = "Chuyển đi tỉnh khác" },
        (chosen, run) => new { @event = "move", members = new[] { chosen.People[2] }, branch = chosen.OtherBranch, date = Day(5, run) },
        (chosen, run) => new { @event = "change", member = chosen.People[3], date = Day(5, run), set = new Dictionary<string, object> { ["Nghề nghiệp"] = chosen.Occupation } },
        (chosen, run) => new { @event = "correct", member = chosen.People[4], set = new Dictionary<string, object> { ["Nghề nghiệp"] = chosen.Occupation }, reason = "Ghi nhầm" },
        (chosen, run) => new { @event = "appoint", member = chosen.People[5], post = "Phó bí thư chi bộ", place = chosen.Branch, date = Day(5, run) },
        (chosen, run) => new { @event = "meet", branch = chosen.Branch, date = Day(5, run), kind = "Chuyên đề", due = 20, present = 18 },
        (chosen, run) => new { @event = "rate", year = 2019, unit = chosen.Branch, grade = "Hoàn thành tốt nhiệm vụ" },
        (chosen, run) => new { @event = "inspect", document = $"{Environment.ProcessId}-{run}-KH/UBKT", unit = chosen.Branch, date = Day(5, run), form = "Kiểm tra" },
    ];

    public static async Task<List<object[]>> RunAsync(TemporaryRegister register, Sizes sizes, CancellationToken cancel)
    {
        var import = new RegisterImport(register.Database, Path.Combine(AppContext.BaseDirectory, "sql", "import"));
        await using var connection = await register.Database.OpenConnectionAsync(cancel);
        var people = await connection.ExecuteScalarAsync<long>("select count(*) from person");
        var rows = new List<object[]>();
        foreach (var (who, unit) in ((string, string?)[])[("whole register", null), ("commune", await ReportBenchmark.CommuneAsync(register, cancel))])
        {
            var times = new List<(double Time, string Kind)>();
            foreach (var (index, kind) in Kinds.Index())
            {
                var name = "";
                var own = new List<double>();
                for (var run = 0; run <= sizes.Runs; run++)
                {
                    var chosen = await ChooseAsync(connection, unit, rows.Count * 10_000 + index * 100 + run);
                    if (kind == Recognise && chosen.Probationer is null)
                        continue;
                    var entry = kind(chosen, rows.Count * 10_000 + index * 100 + run);
                    name = JsonSerializer.SerializeToElement(entry).GetProperty("event").GetString()!;
                    var file = JsonSerializer.SerializeToUtf8Bytes(new { entries = new[] { entry } });
                    var time = await Stopwatches.TimeAsync(async () =>
                    {
                        using var events = new MemoryStream(file);
                        var outcome = await EventRecord.RunAsync(register.Database, import, events, new("", "", "benchmark", DryRun: false) { Scope = unit is null ? [] : [unit] }, null, cancel);
                        if (!outcome.Accepted)
                            throw new InvalidOperationException($"{name}: {outcome.Errors[0].Message}");
                    });
                    if (run > 0)
                        own.Add(time.TotalMilliseconds);
                }
                if (own.Count == 0)
                    continue;
                own.Sort();
                times.Add((own[own.Count / 2], name));
                await Console.Error.WriteLineAsync(FormattableString.Invariant($"{who}: {name} {own[own.Count / 2]:0.0} ms (slowest {own[^1]:0.0})"));
            }
            times.Sort();
            rows.Add([people, who, times.Count, times[times.Count / 2].Time, times[^1].Time, times[^1].Kind]);
        }
        return rows;
    }

    /// <summary>People of one branch who are on the roll and have nothing dated after the events, other ones each time.</summary>
    private static async Task<Choice> ChooseAsync(Npgsql.NpgsqlConnection connection, string? unit, int turn)
    {
        var branches = (await connection.QueryAsync<string>("""
            select version.code::text
            from org_version as version
            join org_closure as tie on tie.descendant = version.code and tie.ancestor = @unit and tie.valid_to = 'infinity'
            where is_branch(version.level_role) and version.valid_to is null and version.valid_from < '2020-01-01'
            order by md5(version.code || @turn::text) limit 2
            """, new { unit = unit ?? TemporaryRegister.District, turn })).AsList();
        var people = (await connection.QueryAsync<string>("""
            select membership.member::text
            from membership
            join org_closure as tie on tie.descendant = membership.branch and tie.ancestor = @unit and tie.valid_to = 'infinity'
            where membership.valid_to is null and membership.valid_from < '2020-01-01' and membership.branch <> all (@branches)
                and (select count(*) from member where code = membership.member) = 1
                and exists (select from member where code = membership.member and official < '2020-01-01')
                and not exists (select from post where member = membership.member)
            order by md5(membership.member || @turn::text) limit 6
            """, new { unit = unit ?? TemporaryRegister.District, turn, branches })).AsList();
        var probationer = await connection.ExecuteScalarAsync<string?>("""
            select membership.member::text
            from membership
            join org_closure as tie on tie.descendant = membership.branch and tie.ancestor = @unit and tie.valid_to = 'infinity'
            join member on member.code = membership.member and member.official is null
            where membership.valid_to is null and member.joined < '2020-01-01'
            order by md5(membership.member || @turn::text) limit 1
            """, new { unit = unit ?? TemporaryRegister.District, turn });
        return new(branches[0], branches[1], people, probationer, turn % 2 == 0 ? "Nông, lâm, ngư nghiệp" : "Nghỉ hưu, nghỉ công tác");
    }

    private static string Day(int month, int run) => new DateOnly(2020, month, 1 + run % 28).ToString("O", System.Globalization.CultureInfo.InvariantCulture);

    private static Dictionary<string, object> Record(int run) => new()
    {
        ["Họ và tên"] = $"Lò Thị Thử {run}",
        ["Ngày sinh"] = $"{1970 + run % 25}-03-0{1 + run % 9}",
        ["Giới tính"] = "Nữ",
        ["Dân tộc"] = "Thái",
        ["Giáo dục phổ thông"] = "Trung học phổ thông",
        ["Nghề nghiệp"] = "Nông, lâm, ngư nghiệp",
    };

    private sealed record Choice(string Branch, string OtherBranch, IReadOnlyList<string> People, string? Probationer, string Occupation);
}
