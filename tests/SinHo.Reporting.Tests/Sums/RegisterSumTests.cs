using System.Reflection;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using ClosedXML.Excel;
using SinHo.Reporting.Catalog;
using SinHo.Reporting.Events;
using SinHo.Reporting.Faces;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Reports;
using SinHo.Reporting.Runs;
using SinHo.Reporting.Signing;
using SinHo.Reporting.Sums;
using SinHo.Reporting.Tests.Exchange;
using SinHo.Reporting.Tests.Signing;
using SinHo.Reporting.Tests.Support;
using Xunit;

namespace SinHo.Reporting.Tests.Sums;

/// <summary>Two registers with the same codes of units in two databases, and one above that has nothing but their signed figures.</summary>
public sealed class RegisterSumTests(TestCluster cluster)
{
    private const string Leave = """{"entries": [{"event": "leave", "member": "3", "date": "2018-03-10", "reason": "Từ trần"}]}""";

    private static readonly Definitions Definitions = CatalogReader.Read(AppContext.BaseDirectory);
    private static readonly Period March = Period.Month(2018, 3);
    private static readonly DateOnly Today = new(2018, 4, 10);
    private static readonly DateTimeOffset Now = new(2018, 4, 4, 3, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_sum_is_the_sum_of_both_signed_reports_whatever_is_written_afterwards()
    {
        using var folder = new TemporaryFolder();
        await using var world = await World.BeginAsync(cluster);
        await world.Second.RecordAsync(Leave);
        foreach (var report in (string[])["form-1", "term", "monthly"])
        {
            var (first, second) = (await SignAsync(world.First, folder, report, $"1{report}-BC/HU"), await SignAsync(world.Second, folder, report, $"2{report}-BC/HU"));
            await TakeAsync(world, await SendAsync(world.First, folder, first));
            await TakeAsync(world, await SendAsync(world.Second, folder, second));
            await world.First.RecordAsync($$"""{"entries": [{"event": "correct", "member": "1", "version": null, "set": {"Họ và tên": "Lò {{report}}"}, "reason": "tên"}]}""");

            var sum = await SumAsync(world, report);
            Assert.True(sum.IsComplete);
            Assert.Empty(sum.Checks);
            Assert.True(sum.Proved > 0 || report == "monthly", report);
            var (one, other) = (await FiguresAsync(world.First, first), await FiguresAsync(world.Second, second));
            Assert.NotEmpty(one);
            foreach (var line in sum.Lines.Where(line => one.ContainsKey(line.Code) && line.WhyNone is null))
                Assert.Equal((line.Code, one[line.Code] + other[line.Code]), (line.Code, (int)line.Sum!.Value));
            Assert.True(sum.Lines.Count(line => one.ContainsKey(line.Code) && line.Sum is not null) >= one.Count - 1, report);
            // Each number opens the signed ones that it is made of.
            Assert.All(sum.Lines, line => Assert.Equal(["A", "B"], line.Values.Select(value => value.Part.Sender.Code)));
            Assert.Equal([first.CheckCode, second.CheckCode], sum.Lines[0].Values.Select(value => value.Part.Received!.Figures.CheckCode));
        }
        var term = await SumAsync(world, "term");
        // Rates are of the sums, not sums of rates.
        var (members, women) = (Line(term, "members").Sum!.Value, Line(term, "female_members").Sum!.Value);
        Assert.Equal(Math.Round(women * 100 / members, 2, MidpointRounding.AwayFromZero), Line(term, "share_female_members").Sum);
        Assert.Equal((5, 2), ((int)members, (int)women));
        Assert.Contains("không cộng", Line(term, "years_rated_well").WhyNone, StringComparison.Ordinal);
        Assert.Equal(Line(term, "closing").Sum, Line(term, "opening").Sum + term.Lines.Where(line => line.Code.StartsWith("inc_", StringComparison.Ordinal)).Sum(line => line.Sum) - term.Lines.Where(line => line.Code.StartsWith("dec_", StringComparison.Ordinal) && line.Code != "dec_struck_off_probationary").Sum(line => line.Sum));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task Registers_sum_to_what_one_that_holds_all_of_them_counts(int seed)
    {
        using var folder = new TemporaryFolder();
        await using var whole = await TestRegister.EmptyAsync(cluster);
        await using var above = await TestRegister.EmptyAsync(cluster);
        await whole.AcceptAsync(RandomRegister.Create(seed, 2));
        var period = new Period(new(2019, 1, 1), new(2019, 12, 31));
        var parent = (await whole.ScalarAsync<string>("""
            select parent::text
            from org_version
            where parent is not null and level_role <> 'branch' and valid_from <= '2019-12-31' and coalesce(valid_to, 'infinity') > '2019-12-31'
            group by parent
            order by count(*) desc, 1
            limit 1
            """))!;
        var parts = await whole.ColumnAsync($"select code::text from org_version where parent = '{parent}' and valid_from <= '2019-12-31' and coalesce(valid_to, 'infinity') > '2019-12-31' order by 1");
        Assert.NotEmpty(parts);
        foreach (var (index, part) in parts.Index())
        {
            await new OwnRegister(whole.Database).EnterAsync(new($"S{index}", $"Sổ {index}"), "test", Cancel);
            await new Senders(above.Database).EnterAsync(new($"S{index}", $"Sổ {index}", part, new(2019, 1, 1), null), "test", Cancel);
            var signed = await ChangesSinceTests.SignAsync(whole, folder, "term", part, period, $"{index + 1}-BC/HU");
            await new Reception(above.Database).TakeAsync(new(await SendAsync(whole, folder, signed), Now, "test"), Cancel);
        }
        using var expected = await new ReportBuilder(whole.Database, Definitions).BuildAsync(new("term", parent, period, new Dictionary<string, int>(), WithEvidence: false), null, Cancel);
        var sum = await new Summing(above.Database, Definitions, AppContext.BaseDirectory).SumAsync("term", period, null, new(2020, 2, 1), Cancel);
        Assert.True(sum.IsComplete);
        foreach (var figure in expected.Figures.Where(figure => figure.IsStock && !figure.IsOpening && figure.CountedIn is "người" or "đảng viên"))
            Assert.Equal((figure.Code, (decimal?)figure.Value), (figure.Code, Line(sum, figure.Code).Sum));
        Assert.True(expected.Figures.First(figure => figure.Code == "members").Value > 0);
    }

    [Trait("Length", "Long")]
    [Fact]
    public async Task Of_two_equal_registers_every_count_doubles_every_rate_stays_and_every_identity_holds()
    {
        using var folder = new TemporaryFolder();
        await using var above = await TestRegister.EmptyAsync(cluster);
        var faults = new List<string>();
        foreach (var code in (string[])["A", "B"])
        {
            await using var register = TestRegister.At(await cluster.NewSampleAsync());
            await new OwnRegister(register.Database).EnterAsync(new(code, $"Tỉnh {code}"), "test", Cancel);
            await new Senders(above.Database).EnterAsync(new(code, $"Tỉnh {code}", "SH.X03", new(2010, 1, 1), null), "test", Cancel);
            // Villages have a row for each commune.
            foreach (var report in Definitions.ReportNames.Where(one => one != "villages"))
            {
                var signed = await ChangesSinceTests.SignAsync(register, folder, report, "SH.X03", PeriodOf(report), $"{report}-BC/{code}");
                await new Reception(above.Database).TakeAsync(new(await SendAsync(register, folder, signed), Now, "test"), Cancel);
            }
        }
        foreach (var report in Definitions.ReportNames.Where(one => one != "villages"))
        {
            var sum = await new Summing(above.Database, Definitions, AppContext.BaseDirectory).SumAsync(report, PeriodOf(report), null, new(2021, 1, 1), Cancel);
            Assert.True(sum.IsComplete && sum.Proved > 0);
            faults.AddRange(sum.Checks.Select(check => $"{report}: {check}"));
            foreach (var line in sum.Lines.Where(line => line.Sum is not null || line.Values[0].Value is not null))
            {
                var isCount = sum.Present.First().Received!.Figures.Figures.Single(figure => figure.Code == line.Code).Kind == SignedFigures.Counted;
                if (isCount && line.WhyNone is null ? line.Sum != 2 * line.Values[0].Value : line.WhyNone is null && line.Sum != line.Values[0].Value && line.Sum != 2 * (line.Values[0].Value ?? 0))
                    faults.Add($"{report}: {line.Code} {line.Values[0].Value} -> {line.Sum}");
                // Means, what follows from them, and the years of the unit itself.
                if (line.WhyNone is not null && !line.Code.StartsWith("age_mean.", StringComparison.Ordinal) && line.Code != "years_rated_well")
                    faults.Add($"{report}: {line.Code} {line.WhyNone}");
            }
        }
        Assert.True(faults.Count == 0, string.Join('\n', faults.Take(30)));

        static Period PeriodOf(string report) => report is "term" or "term-years" ? new(new(2015, 7, 1), new(2020, 6, 30), "nhiệm kỳ 2015-2020") : report == "monthly" ? Period.Month(2019, 12) : Period.Year(2019);
    }

    [Fact]
    public async Task A_register_that_has_not_sent_is_a_gap_and_the_sum_says_so_everywhere()
    {
        using var folder = new TemporaryFolder();
        await using var world = await World.BeginAsync(cluster);
        await TakeAsync(world, await SendAsync(world.First, folder, await SignAsync(world.First, folder, "monthly", "1-BC/HU")));

        var sum = await SumAsync(world, "monthly");
        Assert.False(sum.IsComplete);
        var gap = Assert.Single(sum.Gaps);
        Assert.Equal(("B", new DateOnly(2018, 4, 5), true), (gap.Sender.Code, gap.Due, gap.IsOverdue));
        Assert.Equal("Cộng chưa đủ: thiếu Tỉnh B", sum.SumCaption);
        using var written = new StringWriter();
        SumFace.Write(sum, written);
        Assert.Contains("CHƯA ĐỦ: mới có 1 trong 2 sổ. Còn thiếu: Tỉnh B (quá hạn từ 05/04/2018)", written.ToString(), StringComparison.Ordinal);
        using var json = new MemoryStream();
        await SigningFace.WriteAsync(SumFace.Of(sum), json, Cancel);
        using var shape = System.Text.Json.JsonDocument.Parse(json.ToArray());
        Assert.False(shape.RootElement.GetProperty("complete").GetBoolean());
        Assert.All(shape.RootElement.GetProperty("figures").EnumerateArray(), figure => Assert.Equal(System.Text.Json.JsonValueKind.Null, figure.GetProperty("sum").ValueKind));
        SumBook.Write(sum, folder.File("sum.xlsx"), Cancel);
        using var book = new XLWorkbook(folder.File("sum.xlsx"));
        Assert.Contains(book.Worksheets.First().CellsUsed(), cell => cell.GetString() == "Cộng chưa đủ: thiếu Tỉnh B");
        Assert.Contains(book.Worksheets.Last().CellsUsed(), cell => cell.GetString() == "Thiếu: Tỉnh B, quá hạn từ 05/04/2018");

        // Another period than the one asked for fills no gap, and is seen.
        var february = await ChangesSinceTests.SignAsync(world.Second, folder, "monthly", "SH", Period.Month(2018, 2), "7-BC/HU");
        await TakeAsync(world, await SendAsync(world.Second, folder, february));
        Assert.False((await SumAsync(world, "monthly")).IsComplete);
        var board = await BoardAsync(world, "monthly");
        Assert.Equal([SendingState.Overdue, SendingState.Overdue, SendingState.Received, SendingState.Waiting], board.Rows[0].Cells.Select(cell => cell.State));
        Assert.Equal([SendingState.Overdue, SendingState.ReceivedLate, SendingState.Overdue, SendingState.Waiting], board.Rows[1].Cells.Select(cell => cell.State));

        // Before it was waited for there is no gap.
        await new Senders(world.Above.Database).EnterAsync(new("B", "Tỉnh B", "SH", new(2018, 4, 1), null), "test", Cancel);
        Assert.True((await SumAsync(world, "monthly")).IsComplete);
    }

    [Fact]
    public async Task A_set_is_taken_once_and_a_later_report_stands_for_the_one_that_it_replaces()
    {
        using var folder = new TemporaryFolder();
        await using var world = await World.BeginAsync(cluster);
        var first = await SignAsync(world.First, folder, "form-1", "1-BC/HU");
        var sent = await SendAsync(world.First, folder, first);
        Assert.Single((await TakeAsync(world, sent, Convert.ToHexString(SHA256.HashData(await File.ReadAllBytesAsync(Path.Combine(sent, Outbox.Index), Cancel)))[..12])).Taken);
        var before = await world.Above.DumpAsync();
        var again = await TakeAsync(world, sent);
        Assert.Empty(again.Taken);
        Assert.Single(again.Known);
        Assert.Equal(before, await world.Above.DumpAsync());
        Assert.Contains(again.IndexSha256, await File.ReadAllTextAsync(Path.Combine(sent, "bien-nhan.txt"), Cancel), StringComparison.Ordinal);

        var members = Line(await SumAsync(world, "form-1"), "D.now").Sum;
        await world.First.RecordAsync(Leave);
        var draft = folder.File("again.xlsx");
        using (var made = await new ReportBuilder(world.First.Database, Definitions).BuildAsync(new("form-1", "SH", March, new Dictionary<string, int>(), WithEvidence: true) { WithCharts = true }, null, Cancel))
            WorkbookFace.Write(made, draft, null, Cancel);
        var second = await new SignDesk(world.First.Database, Definitions, AppContext.BaseDirectory)
            .SignAsync(draft, new("2-BC/HU", new(2018, 4, 6), "Lò Văn Ký", [], "1-BC/HU", "báo sót", "test"), null, Cancel);
        await TakeAsync(world, await SendAsync(world.First, folder, second));

        var sum = await SumAsync(world, "form-1");
        Assert.Equal(members - 1, Line(sum, "D.now").Sum);
        Assert.Equal("2-BC/HU", sum.Present.Single().Received!.Figures.Number);
        Assert.Equal(2, await world.Above.ScalarAsync<int>("select count(*) from received_report"));
        var former = Assert.Single((await new ReceivedReports(world.Above.Database).ListAsync("form-1", March.From, March.To, Cancel)), one => one.ReplacedBy is not null);
        Assert.Equal(("1-BC/HU", "2-BC/HU"), (former.Figures.Number, former.ReplacedBy));

        // The earlier one alone, after the later: known, and it stays replaced.
        Assert.Empty((await TakeAsync(world, sent)).Taken);
        Assert.Equal(members - 1, Line(await SumAsync(world, "form-1"), "D.now").Sum);
    }

    [Fact]
    public async Task The_certificate_of_the_office_signs_the_figures_and_who_changes_them_is_found_out_without_a_receipt()
    {
        using var folder = new TemporaryFolder();
        await using var world = await World.BeginAsync(cluster);
        using var office = Office(folder, "CN=Ban Tổ chức Tỉnh A");
        using var stranger = Office(folder, "CN=Ban Tổ chức Tỉnh A");
        var first = await SignAsync(world.First, folder, "form-1", "1-BC/HU");
        var sent = await SendAsync(world.First, folder, office, first);
        var (figures, signature) = (Directory.GetFiles(sent, "*.json").Single(), Directory.GetFiles(sent, "*.json.p7s").Single());
        var (original, sealedBy) = (await File.ReadAllBytesAsync(figures, Cancel), await File.ReadAllBytesAsync(signature, Cancel));
        Assert.Contains("CN=Ban Tổ chức Tỉnh A", await File.ReadAllTextAsync(Path.Combine(sent, "bien-nhan.txt"), Cancel), StringComparison.Ordinal);

        // Everything made anew, each hash as it should be: only the key is not theirs.
        var read = SignedFigures.Read(original)!;
        var forged = read with { Figures = [.. read.Figures.Select(figure => figure.Code == "D.now" ? figure with { Value = figure.Value + 1 } : figure)] };
        await File.WriteAllBytesAsync(figures, Rehashed(forged).Write(), Cancel);
        await IndexAnewAsync(sent);
        Assert.Equal("bad_signature", Assert.Single(await RefusedAsync(world, sent)).Code);
        Assert.Equal(0, await world.Above.ScalarAsync<int>("select count(*) from received_report"));

        await File.WriteAllBytesAsync(figures, original, Cancel);
        await IndexAnewAsync(sent);
        var signer = Assert.Single((await TakeAsync(world, sent)).Signers).Value;
        Assert.Equal("CN=Ban Tổ chức Tỉnh A", signer.Owner);
        var kept = Assert.Single(await new ReceivedReports(world.Above.Database).ListAsync("form-1", March.From, March.To, Cancel));
        Assert.Equal(signer, kept.Signer);
        Assert.Equal(original, (await new ReceivedReports(world.Above.Database).FileAsync(kept.ReceivedId, false, Cancel))!.Value.Bytes);
        Assert.Equal(sealedBy, (await new ReceivedReports(world.Above.Database).FileAsync(kept.ReceivedId, true, Cancel))!.Value.Bytes);
        // Another certificate with the same name is another certificate.
        Assert.NotEqual(signer, OfficeCertificate.SignerOf(stranger.Sign(original), original));

        // Who has signed once is not believed without.
        var second = await SignAsync(world.First, folder, "monthly", "2-BC/HU");
        Assert.Equal("no_signature", Assert.Single(await RefusedAsync(world, await SendAsync(world.First, folder, second))).Code);
        Assert.Single((await TakeAsync(world, await SendAsync(world.First, folder, office, second))).Taken);
        // The same set again, without: it is known, and stays signed.
        Assert.Single((await TakeAsync(world, await SendAsync(world.First, folder, first))).Known);
    }

    [Fact]
    public async Task Whatever_is_wrong_with_a_set_is_told_at_once_and_nothing_of_it_is_kept()
    {
        using var folder = new TemporaryFolder();
        await using var world = await World.BeginAsync(cluster);
        var (one, other) = (await SignAsync(world.First, folder, "form-1", "1-BC/HU"), await SignAsync(world.First, folder, "monthly", "2-BC/HU"));
        var before = await world.Above.DumpAsync();
        var sent = await SendAsync(world.First, folder, one, other);
        var files = Directory.GetFiles(sent, "*.json").Order(StringComparer.Ordinal).ToList();
        Assert.Equal(2, files.Count);

        // A number, with the hash of the file as the index would have it, and a paper that is not there.
        var text = await File.ReadAllTextAsync(files[0], Cancel);
        await File.WriteAllTextAsync(files[0], text.Replace("\"value\": 3", "\"value\": 4", StringComparison.Ordinal), Cancel);
        File.Delete(Directory.GetFiles(sent, "2-*.pdf").Single());
        await using (var append = new StreamWriter(files[1], append: true))
            await append.WriteAsync(' ');
        Assert.Equal(["altered_file", "altered_file", "missing_file"], (await RefusedAsync(world, sent)).Select(fault => fault.Code).Order(StringComparer.Ordinal));
        await IndexAnewAsync(sent);
        var faults = await RefusedAsync(world, sent);
        Assert.Equal(["altered_figures", "missing_file"], faults.Select(fault => fault.Code).Order(StringComparer.Ordinal));
        // Who makes all of it anew is betrayed by the receipt.
        var receipt = await File.ReadAllTextAsync(Path.Combine(sent, "bien-nhan.txt"), Cancel);
        var printed = receipt[(receipt.IndexOf("SHA-256 ", StringComparison.Ordinal) + 8)..][..64];
        Assert.Contains("other_index", (await RefusedAsync(world, sent, printed)).Select(fault => fault.Code));
        Assert.Equal(before, await world.Above.DumpAsync());

        // From nobody who is waited for, about another unit, of days before.
        var whole = await SendAsync(world.First, folder, one, other);
        foreach (var (sender, code) in ((Sender, string)[])[
            (new("A", "Tỉnh A", "SH.X", new(2018, 1, 1), null), "unknown_unit"),
            (new("A", "Tỉnh A", "SH", new(2018, 4, 1), null), "not_expected"),
            (new("A", "Tỉnh A", "SH", new(2017, 1, 1), new(2018, 3, 1)), "not_expected")])
        {
            await new Senders(world.Above.Database).EnterAsync(sender, "test", Cancel);
            Assert.Equal([code, code], (await RefusedAsync(world, whole)).Select(fault => fault.Code));
        }
        await new OwnRegister(world.First.Database).EnterAsync(new("C", "Tỉnh C"), "test", Cancel);
        Assert.All(await RefusedAsync(world, await SendAsync(world.First, folder, one)), fault => Assert.Equal("unknown_register", fault.Code));
        Assert.Equal(0, await world.Above.ScalarAsync<int>("select count(*) from received_report"));
        Assert.Equal("no_index", Assert.Single(await RefusedAsync(world, folder.Path)).Code);

        // One paper under two names would be counted twice.
        await new Senders(world.Above.Database).EnterAsync(new("C", "Tỉnh C", "SH", new(2018, 1, 1), null), "test", Cancel);
        var twice = await SendAsync(world.First, folder, one);
        await new OwnRegister(world.First.Database).EnterAsync(new("A", "Tỉnh A"), "test", Cancel);

        // A second report for the same question that stands for none.
        await new Senders(world.Above.Database).EnterAsync(new("A", "Tỉnh A", "SH", new(2018, 1, 1), null), "test", Cancel);
        await TakeAsync(world, whole);
        Assert.Equal("same_check_code", Assert.Single(await RefusedAsync(world, twice)).Code);
        await new OwnRegister(world.Second.Database).EnterAsync(new("A", "Tỉnh A"), "test", Cancel);
        await world.Second.RecordAsync(Leave);
        Assert.Equal("two_standing", Assert.Single(await RefusedAsync(world, await SendAsync(world.Second, folder, await SignAsync(world.Second, folder, "form-1", "9-BC/HU")))).Code);
        Assert.Equal(2, await world.Above.ScalarAsync<int>("select count(*) from received_report"));
    }

    [Theory]
    [InlineData("\"replaces\": []", "\"replaces\": [null]")]
    [InlineData("\"figures\": [", "\"figures\": [null,")]
    [InlineData("\"definitions\": {", "\"definitions\": {\"a\": null,")]
    [InlineData("\"value\": 3", "\"value\": 79228162514264337593543950335")]
    public async Task Figures_with_gaps_or_beyond_all_measure_are_none(string part, string instead)
    {
        using var folder = new TemporaryFolder();
        await using var world = await World.BeginAsync(cluster);
        var sent = await SendAsync(world.First, folder, await SignAsync(world.First, folder, "form-1", "1-BC/HU"));
        var file = Directory.GetFiles(sent, $"*{SignedFigures.Ending}").Single();
        var text = await File.ReadAllTextAsync(file, Cancel);
        Assert.Contains(part, text, StringComparison.Ordinal);
        await File.WriteAllTextAsync(file, text.Replace(part, instead, StringComparison.Ordinal), Cancel);
        await IndexAnewAsync(sent);
        Assert.Equal("not_figures", Assert.Single(await RefusedAsync(world, sent)).Code);
    }

    [Fact]
    public async Task The_plan_of_one_register_does_not_measure_the_work_of_another_that_has_none()
    {
        using var folder = new TemporaryFolder();
        await using var world = await World.BeginAsync(cluster);
        await world.First.RecordAsync("""{"entries": [{"event": "plan", "unit": "SH", "period": "2018", "item": "Kết nạp đảng viên", "number": 4}]}""");
        await TakeAsync(world, await SendAsync(world.First, folder, await SignAsync(world.First, folder, "monthly", "1-BC/HU")));
        await TakeAsync(world, await SendAsync(world.Second, folder, await SignAsync(world.Second, folder, "monthly", "2-BC/HU")));

        var plan = Line(await SumAsync(world, "monthly"), "plan_admissions.year");
        Assert.Equal([4, null], plan.Values.Select(value => value.Value));
        Assert.Equal((null, "Không có ở: Tỉnh B"), (plan.Sum, plan.WhyNone));
        Assert.Null(Line(await SumAsync(world, "monthly"), "plan_done.year").Sum);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(30)]
    [InlineData(-1)]
    public async Task An_index_that_was_cut_off_is_told_as_such(int kept)
    {
        using var folder = new TemporaryFolder();
        await using var world = await World.BeginAsync(cluster);
        // A number may hold what separates fields.
        var sent = await SendAsync(world.First, folder, await SignAsync(world.First, folder, "form-1", "1 \"a;b\"-BC/HU"), await SignAsync(world.First, folder, "form-3", "2-BC/HU"));
        var path = Path.Combine(sent, Outbox.Index);
        var index = await File.ReadAllBytesAsync(path, Cancel);
        var text = Encoding.UTF8.GetString(index);
        // Of whole lines: without the figures of the second report, which are its last line.
        await File.WriteAllBytesAsync(path, kept < 0 ? Encoding.UTF8.GetBytes(text[..(text.TrimEnd().LastIndexOf('\n') + 1)]) : index[..kept], Cancel);
        Assert.Equal("bad_index", Assert.Single(await RefusedAsync(world, sent)).Code);
        Assert.Equal(0, await world.Above.ScalarAsync<int>("select count(*) from received_report"));
        await File.WriteAllBytesAsync(path, index, Cancel);
        Assert.Equal(2, (await TakeAsync(world, sent)).Taken.Count);
    }

    [Fact]
    public async Task What_is_defined_in_another_way_is_not_summed_but_for_a_reason()
    {
        using var folder = new TemporaryFolder();
        await using var world = await World.BeginAsync(cluster);
        await TakeAsync(world, await SendAsync(world.First, folder, await SignAsync(world.First, folder, "term", "1-BC/HU")));
        await world.Second.ExecuteAsync("update setting set value = 9 where name = 'few_member_max'");
        await TakeAsync(world, await SendAsync(world.Second, folder, await SignAsync(world.Second, folder, "term", "2-BC/HU")));

        var sum = await SumAsync(world, "term");
        Assert.Null(Line(sum, "few_member_branches").Sum);
        Assert.Equal("Định nghĩa khác: Tỉnh B (few_member_max = 9, ở đây 5)", Line(sum, "few_member_branches").WhyNone);
        Assert.NotNull(Line(sum, "members").Sum);
        Assert.Equal(SendingState.Mismatch, (await BoardAsync(world, "term")).Rows[1].Cells[0].State);
        var over = await SumAsync(world, "term", "đã thống nhất với Tỉnh B");
        Assert.NotNull(Line(over, "few_member_branches").Sum);
        Assert.Contains(over.Notices, notice => notice.Contains("đã thống nhất với Tỉnh B", StringComparison.Ordinal));

        // A program above that counts members in another way: all that reads this file, and nothing else.
        var root = Directory.CreateDirectory(folder.File("root")).FullName;
        foreach (var file in ((string[])["sql", "reports"]).SelectMany(part => Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, part), "*", SearchOption.AllDirectories)))
        {
            var copy = Path.Combine(root, Path.GetRelativePath(AppContext.BaseDirectory, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
        await File.AppendAllTextAsync(Path.Combine(root, "sql", "indicators", "members.sql"), "-- changed\n", Cancel);
        await world.Above.ExecuteAsync("update setting set value = 9 where name = 'few_member_max'");
        var changed = await new Summing(world.Above.Database, Definitions, root).SumAsync("term", March, null, Today, Cancel);
        Assert.Contains("sql/indicators/members.sql", Line(changed, "members").WhyNone, StringComparison.Ordinal);
        Assert.NotNull(Line(changed, "branch_meetings").Sum);
        Assert.Null(Line(changed, "share_female_members").Sum);
        Assert.NotNull(Line(changed, "admissions").Sum);
    }

    private static SumLine Line(RegisterSum sum, string code) => sum.Lines.Single(line => line.Code == code);

    private static Task<SignedReport> SignAsync(TestRegister register, TemporaryFolder folder, string report, string number) => ChangesSinceTests.SignAsync(register, folder, report, "SH", March, number);

    private static async Task<Dictionary<string, int>> FiguresAsync(TestRegister register, SignedReport signed) =>
        (await new IssuedReports(register.Database).FindAsync(signed.IssuedId, Cancel))!.Figures.DistinctBy(figure => figure.Code).ToDictionary(figure => figure.Code, figure => figure.Value);

    private static Task<string> SendAsync(TestRegister register, TemporaryFolder folder, params SignedReport[] reports) => SendAsync(register, folder, null, reports);

    private static async Task<string> SendAsync(TestRegister register, TemporaryFolder folder, IOfficeSeal? seal, params SignedReport[] reports)
    {
        var to = Directory.CreateDirectory(folder.File(Guid.NewGuid().ToString("N"))).FullName;
        await new Outbox(register.Database).SendAsync(new(reports, "Trung ương", to, null, "test") { Seal = seal }, Cancel);
        return to;
    }

    /// <summary>As somebody does who knows the format: the hash is that of the contents again.</summary>
    private static SignedFigures Rehashed(SignedFigures figures) =>
        figures with { ContentSha256 = (string)typeof(SignedFigures).GetMethod("Hash", BindingFlags.Instance | BindingFlags.NonPublic)!.Invoke(figures, [])! };

    private static OfficeCertificate Office(TemporaryFolder folder, string subject)
    {
        var path = folder.File($"{Guid.NewGuid():N}.p12");
        using (var key = RSA.Create(2048))
        using (var made = new CertificateRequest(subject, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(Now.AddDays(-1), Now.AddDays(365)))
            File.WriteAllBytes(path, made.Export(X509ContentType.Pkcs12, "mật khẩu"));
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return OfficeCertificate.Open(path, "mật khẩu", new(2018, 4, 5));
    }

    private static Task<ReceptionOutcome> TakeAsync(World world, string folder, string? index = null) => new Reception(world.Above.Database).TakeAsync(new(folder, Now, "test") { Index = index }, Cancel);

    private static async Task<IReadOnlyList<ReceptionFault>> RefusedAsync(World world, string folder, string? index = null) =>
        (await Assert.ThrowsAsync<ReceptionRefusedException>(() => TakeAsync(world, folder, index))).Faults;

    private static Task<RegisterSum> SumAsync(World world, string report, string? over = null) =>
        new Summing(world.Above.Database, Definitions, AppContext.BaseDirectory).SumAsync(report, March, over, Today, Cancel);

    private static Task<SenderBoard> BoardAsync(World world, string report) =>
        SenderBoard.ReadAsync(world.Above.Database, Definitions, AppContext.BaseDirectory, report, 2018, Today, Cancel);

    /// <summary>As who forges a set would do it.</summary>
    private static async Task IndexAnewAsync(string folder)
    {
        var index = Path.Combine(folder, Outbox.Index);
        var lines = new StringBuilder();
        foreach (var line in (await File.ReadAllTextAsync(index, Cancel)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries))
        {
            var fields = line.Split(';');
            var file = Path.Combine(folder, fields[5]);
            if (File.Exists(file))
                fields[6] = Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(file, Cancel)));
            lines.Append(string.Join(';', fields)).Append("\r\n");
        }
        await File.WriteAllTextAsync(index, lines.ToString(), Cancel);
    }

    private sealed record World(TestRegister First, TestRegister Second, TestRegister Above) : IAsyncDisposable
    {
        public static async Task<World> BeginAsync(TestCluster cluster)
        {
            var world = new World(await TestRegister.SoundAsync(cluster), await TestRegister.SoundAsync(cluster), await TestRegister.EmptyAsync(cluster));
            foreach (var (register, code) in ((TestRegister, string)[])[(world.First, "A"), (world.Second, "B")])
            {
                await new OwnRegister(register.Database).EnterAsync(new(code, $"Tỉnh {code}"), "test", Cancel);
                await new Senders(world.Above.Database).EnterAsync(new(code, $"Tỉnh {code}", "SH", new(2018, 1, 1), null), "test", Cancel);
            }
            return world;
        }

        public async ValueTask DisposeAsync()
        {
            await First.DisposeAsync();
            await Second.DisposeAsync();
            await Above.DisposeAsync();
        }
    }
}
