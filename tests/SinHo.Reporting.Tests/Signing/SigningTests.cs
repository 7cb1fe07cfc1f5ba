using System.IO.Compression;
using SinHo.Reporting.Catalog;
using SinHo.Reporting.Events;
using SinHo.Reporting.Faces;
using SinHo.Reporting.Facts;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Reports;
using SinHo.Reporting.Runs;
using SinHo.Reporting.Signing;
using SinHo.Reporting.Tests.Exchange;
using SinHo.Reporting.Tests.Support;
using Xunit;

namespace SinHo.Reporting.Tests.Signing;

/// <summary>The desk on a register of three people: what is signed, what is refused, and what later entries say of it.</summary>
public sealed class SigningTests(TestCluster cluster)
{
    private const string Leave = """{"entries": [{"event": "leave", "member": "3", "date": "2018-03-10", "reason": "Từ trần"}]}""";

    private static readonly Definitions Definitions = CatalogReader.Read(AppContext.BaseDirectory);
    private static readonly Period March = Period.Month(2018, 3);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_signed_report_is_known_by_its_files_and_its_code()
    {
        using var folder = new TemporaryFolder();
        await using var register = await TestRegister.SoundAsync(cluster);
        var draft = await DraftAsync(register, folder, "form-1", March);
        var signed = await SignAsync(register, draft, "12-BC/HU");
        var verifier = new Verifier(register.Database);

        Assert.Equal(PaperState.Draft, (await verifier.OfFileAsync(await Paper.ReadAsync(draft, Cancel), Cancel)).State);
        Assert.Equal(PaperState.Valid, (await verifier.OfCodeAsync(signed.CheckCode.ToLowerInvariant(), Cancel)).State);
        Assert.Equal(PaperState.Unknown, (await verifier.OfCodeAsync(signed.CheckCode[..^1] + (signed.CheckCode[^1] == '7' ? '8' : '7'), Cancel)).State);
        var files = await new SignedReports(register.Database).FilesAsync(signed.SignedId, Cancel);
        Assert.Equal(["draft", "bare-xlsx", "csv", "docx", "pdf", "xlsx"], files.Select(file => file.Format));
        foreach (var file in files.Where(file => file.Format != "draft"))
        {
            var path = folder.File($"issued.{file.Format.Replace("bare-", "", StringComparison.Ordinal)}");
            await using (var to = File.Create(path))
                await new StoredFiles(register.Database).CopyToAsync(file.FileId, to, Cancel);
            var found = await verifier.OfFileAsync(await Paper.ReadAsync(path, Cancel), Cancel);
            Assert.Equal((PaperState.Valid, "12-BC/HU", false), (found.State, found.Report!.Number, found.IsRepacked));
        }

        var issued = folder.File("issued.xlsx");
        Repack(issued, folder.File("repacked.xlsx"), change: false);
        var repacked = await verifier.OfFileAsync(await Paper.ReadAsync(folder.File("repacked.xlsx"), Cancel), Cancel);
        Assert.Equal((PaperState.Valid, true), (repacked.State, repacked.IsRepacked));
        Repack(issued, folder.File("altered.xlsx"), change: true);
        var altered = await verifier.OfFileAsync(await Paper.ReadAsync(folder.File("altered.xlsx"), Cancel), Cancel);
        Assert.Equal((PaperState.Altered, "12-BC/HU"), (altered.State, altered.Report!.Number));
        Assert.Equal("not_ours", (await Assert.ThrowsAsync<SigningRefusedException>(() => SignAsync(register, issued, "13-BC/HU"))).Code);
        await File.WriteAllTextAsync(folder.File("other.xlsx"), "no workbook", Cancel);
        Assert.Equal(PaperState.Unknown, (await verifier.OfFileAsync(await Paper.ReadAsync(folder.File("other.xlsx"), Cancel), Cancel)).State);
        Assert.Equal("not_ours", (await Assert.ThrowsAsync<SigningRefusedException>(() => SignAsync(register, folder.File("other.xlsx"), "13-BC/HU"))).Code);
    }

    [Theory]
    [InlineData(FileKind.Letter)]
    [InlineData(FileKind.Pdf)]
    public async Task A_paper_is_signed_as_a_workbook_is(FileKind kind)
    {
        using var folder = new TemporaryFolder();
        await using var register = await TestRegister.SoundAsync(cluster);
        var path = folder.File($"draft{FileKinds.Ending(kind)}");
        var request = new ReportRequest("term", "SH", March, new Dictionary<string, int>(), WithEvidence: false) { WithCharts = true };
        using (var made = await new ReportBuilder(register.Database, Definitions).BuildAsync(request, null, Cancel))
            FileKinds.Write(kind, made, null, path, null, Cancel);
        var signed = await SignAsync(register, path, "7-BC/HU");
        Assert.Equal(PaperState.Draft, (await new Verifier(register.Database).OfFileAsync(await Paper.ReadAsync(path, Cancel), Cancel)).State);
        // A file without names keeps its people all the same.
        Assert.Equal(3, await register.ScalarAsync<int>($"select count(*) from issued_evidence where issued_id = '{signed.IssuedId}' and figure = 'members'"));

        var issued = folder.File($"issued{FileKinds.Ending(kind)}");
        await using (var to = File.Create(issued))
            await new StoredFiles(register.Database).CopyToAsync((await new SignedReports(register.Database).FilesAsync(signed.SignedId, Cancel)).Single(file => $".{file.Format}" == FileKinds.Ending(kind)).FileId, to, Cancel);
        Assert.Equal(signed.CheckCode, (await Paper.ReadAsync(issued, Cancel)).CheckCode);
        await using (var end = new FileStream(issued, FileMode.Append))
            end.Write(kind == FileKind.Pdf ? "% x"u8 : " "u8);
        var altered = await new Verifier(register.Database).OfFileAsync(await Paper.ReadAsync(issued, Cancel), Cancel);
        Assert.Equal(kind == FileKind.Pdf ? PaperState.Altered : PaperState.Valid, altered.State);
    }

    [Fact]
    public async Task Files_carry_the_signature_of_the_office_where_it_has_a_certificate()
    {
        using var folder = new TemporaryFolder();
        await using var register = await TestRegister.SoundAsync(cluster);
        var path = folder.File("office.p12");
        using (var key = System.Security.Cryptography.RSA.Create(2048))
        using (var made = new System.Security.Cryptography.X509Certificates.CertificateRequest("CN=Ban Tổ chức thử", key, System.Security.Cryptography.HashAlgorithmName.SHA256, System.Security.Cryptography.RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(new(2018, 1, 1, 0, 0, 0, TimeSpan.Zero), new(2019, 1, 1, 0, 0, 0, TimeSpan.Zero)))
            await File.WriteAllBytesAsync(path, made.Export(System.Security.Cryptography.X509Certificates.X509ContentType.Pkcs12, "mật khẩu"), Cancel);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        Assert.Contains("0600", Assert.Throws<SigningRefusedException>(() => OfficeCertificate.Open(path, "mật khẩu", new(2018, 4, 5))).Message, StringComparison.Ordinal);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Assert.Contains("sai mật khẩu", Assert.Throws<SigningRefusedException>(() => OfficeCertificate.Open(path, "khác", new(2018, 4, 5))).Message, StringComparison.Ordinal);
        Assert.Contains("có hạn", Assert.Throws<SigningRefusedException>(() => OfficeCertificate.Open(path, "mật khẩu", new(2020, 4, 5))).Message, StringComparison.Ordinal);

        using var office = OfficeCertificate.Open(path, "mật khẩu", new(2018, 4, 5));
        var signed = await Desk(register).SignAsync(await DraftAsync(register, folder, "form-1", March), Wish("12-BC/HU") with { Seal = office }, null, Cancel);
        Assert.Equal("CN=Ban Tổ chức thử", signed.Certificate);
        var files = (await new SignedReports(register.Database).FilesAsync(signed.SignedId, Cancel)).ToDictionary(file => file.Format);
        foreach (var format in (string[])["xlsx", "docx"])
        {
            var content = await BytesAsync(register, files[format]);
            var signature = await BytesAsync(register, files[$"{format}.p7s"]);
            Assert.Equal("CN=Ban Tổ chức thử", OfficeCertificate.OwnerOf(signature, content));
            content[^1] ^= 1;
            Assert.Null(OfficeCertificate.OwnerOf(signature, content));
        }
        var pdf = folder.File("signed.pdf");
        await File.WriteAllBytesAsync(pdf, await BytesAsync(register, files["pdf"]), Cancel);
        Assert.Equal(PaperState.Valid, (await new Verifier(register.Database).OfFileAsync(await Paper.ReadAsync(pdf, Cancel), Cancel)).State);
        Assert.Equal(signed.CheckCode, (await Paper.ReadAsync(pdf, Cancel)).CheckCode);
        using var pages = UglyToad.PdfPig.PdfDocument.Open(pdf);
        Assert.Contains("12-BC/HU", string.Concat(pages.GetPages().Select(page => page.Text)), StringComparison.Ordinal);
        Assert.Contains("/ByteRange", System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(pdf, Cancel)), StringComparison.Ordinal);
    }

    private static async Task<byte[]> BytesAsync(TestRegister register, SignedFile file)
    {
        using var bytes = new MemoryStream();
        await new StoredFiles(register.Database).CopyToAsync(file.FileId, bytes, Cancel);
        return bytes.ToArray();
    }

    [Fact]
    public async Task What_cannot_be_signed_is_refused_and_leaves_nothing()
    {
        using var folder = new TemporaryFolder();
        await using var register = await TestRegister.SoundAsync(cluster);
        var form = await DraftAsync(register, folder, "form-1", March);
        var term = await DraftAsync(register, folder, "term", March);
        await SignAsync(register, form, "12-BC/HU");
        await new Signers(register.Database).AddAsync(new("SH", "Lò Văn Ký", "", null, new(2018, 12, 31)), "test", Cancel);
        var before = await register.DumpAsync();

        await RefusedAsync("number_used", term, Wish("12-BC/HU"));
        await RefusedAsync("date_before_period_end", term, Wish("13-BC/HU") with { Day = new(2018, 3, 30) });
        await RefusedAsync("signer_unknown", term, Wish("13-BC/HU") with { Signer = "Người Lạ" });
        await RefusedAsync("signer_unknown", term, Wish("13-BC/HU") with { Day = new(2018, 12, 31) });
        await RefusedAsync("already_signed", form, Wish("13-BC/HU"));
        await RefusedAsync("reason", form, Wish("13-BC/HU") with { Replaces = "12-BC/HU" });
        await Assert.ThrowsAsync<UnknownNumberException>(() => Desk(register).SignAsync(form, Wish("13-BC/HU") with { Replaces = "99-BC/HU", Reason = "x" }, null, Cancel));
        Assert.Equal(before, await register.DumpAsync());

        await LeftAsync(register);
        await RefusedAsync("figures_changed", term, Wish("13-BC/HU"));

        async Task RefusedAsync(string code, string path, SignWish wish) =>
            Assert.Equal(code, (await Assert.ThrowsAsync<SigningRefusedException>(() => Desk(register).SignAsync(path, wish, null, Cancel))).Code);
    }

    [Fact]
    public async Task Two_heads_who_sign_at_once_use_a_number_once()
    {
        using var folder = new TemporaryFolder();
        await using var register = await TestRegister.SoundAsync(cluster);
        string[] drafts = [await DraftAsync(register, folder, "form-1", March), await DraftAsync(register, folder, "term", March), await DraftAsync(register, folder, "monthly", March)];
        var tries = await Task.WhenAll(drafts.Select(async draft =>
        {
            try
            {
                return (await SignAsync(register, draft, "12-BC/HU")).Number;
            }
            catch (SigningRefusedException refused)
            {
                return refused.Code;
            }
        }));
        Assert.Equal(["12-BC/HU", "number_used", "number_used"], tries.Order(StringComparer.Ordinal));
        Assert.Equal(1, await register.ScalarAsync<int>("select count(*) from signed_report"));
        Assert.Equal(1, await register.ScalarAsync<int>("select count(*) from issued_report"));
    }

    [Fact]
    public async Task A_later_one_stands_for_it_and_both_stay()
    {
        using var folder = new TemporaryFolder();
        await using var register = await TestRegister.SoundAsync(cluster);
        var first = await SignAsync(register, await DraftAsync(register, folder, "form-1", March), "12-BC/HU");
        await LeftAsync(register);
        var draft = await DraftAsync(register, folder, "form-1", March);
        var second = await Desk(register).SignAsync(draft, Wish("20-BC/HU") with { Replaces = "12-BC/HU", Reason = "Báo sót người từ trần" }, null, Cancel);

        Assert.Equal(("12-BC/HU", "Báo sót người từ trần"), (second.Replaces, second.Reason));
        Assert.Equal("20-BC/HU", (await new SignedReports(register.Database).FindAsync(first.SignedId, Cancel))!.ReplacedBy);
        Assert.Equal(PaperState.Replaced, (await new Verifier(register.Database).OfCodeAsync(first.CheckCode, Cancel)).State);
        Assert.Equal(PaperState.Valid, (await new Verifier(register.Database).OfCodeAsync(second.CheckCode, Cancel)).State);
        Assert.Equal("already_replaced", (await Assert.ThrowsAsync<SigningRefusedException>(() => Desk(register).SignAsync(draft, Wish("21-BC/HU") with { Replaces = "12-BC/HU", Reason = "x" }, null, Cancel))).Code);

        var changes = await new ChangesSince(register.Database, new StatisticsSource(register.Database), Definitions, AppContext.BaseDirectory).AskAsync(first, null, Cancel);
        var died = Assert.Single(changes.Figures, figure => figure.Code == "C1.now");
        Assert.Equal((0, 1), (died.Before, died.Now));
        var row = Assert.Single(died.In);
        Assert.Equal(("3", "Sùng C"), (row.Key, row.Name));
        Assert.Equal(("correction", 2L, "leave", 1), (row.Causes[0].Kind, row.Causes[0].Import, row.Causes[0].Sheet, row.Causes[0].Row));
        await Assert.ThrowsAnyAsync<Npgsql.PostgresException>(() => register.ExecuteAsync("delete from signed_report"));
        await Assert.ThrowsAnyAsync<Npgsql.PostgresException>(() => register.ExecuteAsync("update signed_report set number = '1'"));
    }

    [Fact]
    public async Task An_entry_on_signed_days_is_told_and_the_next_report_says_so()
    {
        using var folder = new TemporaryFolder();
        await using var register = await TestRegister.SoundAsync(cluster);
        await SignAsync(register, await DraftAsync(register, folder, "form-1", March), "12-BC/HU");
        var later = await register.RecordAsync("""{"entries": [{"event": "meet", "branch": "SH.B1", "date": "2018-05-05", "kind": "Thường kỳ", "due": 3, "present": 3}]}""");
        Assert.DoesNotContain(later.Warnings, warning => warning.Code == "signed_period");
        var told = Assert.Single((await register.RecordAsync(Leave, isTrial: true)).Warnings, warning => warning.Code == "signed_period");
        Assert.Equal("12-BC/HU", told.Value);
        await LeftAsync(register);

        using var april = await new ReportBuilder(register.Database, Definitions).BuildAsync(new("form-1", "SH", Period.Month(2018, 4), new Dictionary<string, int>(), WithEvidence: false), null, Cancel);
        var check = Assert.Single(april.Checks, check => check.Code == "carried_over_as_signed");
        Assert.False(check.Ok);
        Assert.Contains("nay 2 ≠ đã ký 3", check.Detail, StringComparison.Ordinal);
        Assert.Contains("lần nhập 3", check.Detail, StringComparison.Ordinal);
        Assert.True(Assert.Single(april.Checks, check => check.Code == "carried_over").Ok);
        Assert.Contains(april.Notices, notice => notice.Contains("12-BC/HU", StringComparison.Ordinal) && notice.Contains("điều chỉnh", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_written_on_closed_days_is_refused_until_they_are_open()
    {
        await using var register = await TestRegister.SoundAsync(cluster);
        var locks = new PeriodLocks(register.Database);
        await locks.SetAsync("SH.X", March, locked: true, "test", Cancel);
        var refused = await register.RecordAsync(Leave);
        Assert.Equal("locked_period", Assert.Single(refused.Errors).Code);
        Assert.NotNull((await register.RecordAsync(Leave.Replace("2018-03-10", "2018-04-10", StringComparison.Ordinal), isTrial: true)).Sheets);
        Assert.Empty((await register.RecordAsync(Leave.Replace("2018-03-10", "2018-04-10", StringComparison.Ordinal), isTrial: true)).Errors);
        await locks.SetAsync("SH.X", March, locked: false, "test", Cancel);
        Assert.Empty((await register.RecordAsync(Leave)).Errors);
    }

    [Fact]
    public async Task What_was_signed_opens_when_its_definitions_are_gone()
    {
        using var folder = new TemporaryFolder();
        await using var register = await TestRegister.SoundAsync(cluster);
        var signed = await SignAsync(register, await DraftAsync(register, folder, "form-1", March), "12-BC/HU");
        var issued = (await new IssuedReports(register.Database).FindAsync(signed.IssuedId, Cancel))!;
        var closing = issued.Figures.Single(figure => figure.Code == "D.now");
        Assert.Equal(3, closing.Value);
        Assert.Equal(3, (await new IssuedReports(register.Database).EvidenceAsync(signed.IssuedId, closing, 0, 10, Cancel)).Count);
        // With the text of every definition, known by its hash.
        Assert.Empty(await register.ColumnAsync("""
            select path from issued_report, jsonb_each_text(definitions) as file (path, sha256)
            where not exists (select from definition_text as text where text.sha256 = file.sha256 and encode(sha256(text.bytes), 'hex') = text.sha256)
            """));
    }

    [Fact]
    public async Task The_desk_goes_on_over_a_missing_part_only_with_a_reason_that_is_printed()
    {
        using var folder = new TemporaryFolder();
        await using var register = await TestRegister.SoundAsync(cluster);
        var part = (await register.ColumnAsync("select code from org_version where is_grassroots(level_role) order by code limit 1"))[0];
        await Desk(register).SignAsync(await DraftAsync(register, folder, "form-1", Period.Month(2018, 2), part), Wish("1-BC/ĐU"), null, Cancel);
        var id = Guid.NewGuid();
        await register.ExecuteAsync($$"""
            insert into issued_report
            select (jsonb_populate_record(one, jsonb_build_object('issued_id', '{{id}}', 'unit', 'SH', 'period_from', '2018-03-01', 'period_to', '2018-03-31', 'issued_by', 'clerk'))).*
            from issued_report as one
            """);
        var drafts = new Drafts(register.Database);
        await drafts.SendAsync(id, "", "clerk", Cancel);
        await drafts.ApproveAsync(id, "test", Cancel);
        var draft = await DraftAsync(register, folder, "form-1", March);

        var refused = await Assert.ThrowsAsync<SigningRefusedException>(() => Desk(register).SignAsync(draft, Wish("12-BC/HU") with { Draft = id }, null, Cancel));
        Assert.Equal("parts_missing", refused.Code);
        var signed = await Desk(register).SignAsync(draft, Wish("12-BC/HU") with { Draft = id, OverMissing = "xã mất điện" }, null, Cancel);

        var path = folder.File("issued.xlsx");
        await using (var to = File.Create(path))
            await new StoredFiles(register.Database).CopyToAsync((await new SignedReports(register.Database).FilesAsync(signed.SignedId, Cancel)).Single(file => file.Format == "xlsx").FileId, to, Cancel);
        using var book = new ClosedXML.Excel.XLWorkbook(path);
        Assert.Contains(book.Worksheets.First().CellsUsed(), cell => cell.GetString().Contains("Ký khi chưa có báo cáo của: ", StringComparison.Ordinal) && cell.GetString().Contains("Lý do: xã mất điện", StringComparison.Ordinal));
        Assert.Contains("Lý do: xã mất điện", (await new IssuedReports(register.Database).FindAsync(signed.IssuedId, Cancel))!.Content.Notices![^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whatever_stops_a_signing_halfway_leaves_nothing_and_the_number_is_free()
    {
        using var folder = new TemporaryFolder();
        await using var register = await TestRegister.SoundAsync(cluster);
        var draft = await DraftAsync(register, folder, "form-1", March);
        var before = await register.DumpAsync();
        var steps = new List<string>();
        await using (var other = await TestRegister.SoundAsync(cluster))
            await Desk(other).SignAsync(draft, Wish("12-BC/HU"), new Heard(step => steps.Add(step.Phase)), Cancel);
        foreach (var (number, _) in steps.Index())
        {
            var left = number;
            await Assert.ThrowsAsync<StoppedException>(() => Desk(register).SignAsync(draft, Wish("12-BC/HU"), new Heard(_ =>
            {
                if (left-- == 0)
                    throw new StoppedException();
            }), Cancel));
        }
        Assert.Equal(before, await register.DumpAsync());

        // The session of the database is lost while the rows go in, table by table.
        foreach (var table in (string[])["stored_file", "definition_text", "issued_report", "issued_evidence", "signed_report", "signed_file"])
        {
            await register.ExecuteAsync($"""
                create function lose() returns trigger language plpgsql as $lose$ begin perform pg_terminate_backend(pg_backend_pid()); return null; end $lose$;
                create trigger lose after insert on {table} for each statement execute function lose();
                """);
            await Assert.ThrowsAnyAsync<Npgsql.NpgsqlException>(() => SignAsync(register, draft, "12-BC/HU"));
            await register.ExecuteAsync("drop function lose cascade");
            Assert.Equal(before, await register.DumpAsync());
        }
        Assert.Equal("12-BC/HU", (await SignAsync(register, draft, "12-BC/HU")).Number);
    }

    private sealed class StoppedException : Exception;

    private sealed class Heard(Action<JobStep> hear) : IProgress<JobStep>
    {
        public void Report(JobStep value) => hear(value);
    }

    private static async Task LeftAsync(TestRegister register)
    {
        var outcome = await register.RecordAsync(Leave);
        Assert.Empty(outcome.Errors.Select(error => $"{error.Code} {error.Message}"));
    }

    private static SignDesk Desk(TestRegister register) => new(register.Database, Definitions, AppContext.BaseDirectory);

    private static SignWish Wish(string number) => new(number, new(2018, 4, 5), "Lò Văn Ký", ["- Ban Tổ chức Tỉnh ủy"], null, null, "test");

    private static Task<SignedReport> SignAsync(TestRegister register, string path, string number) => Desk(register).SignAsync(path, Wish(number), null, Cancel);

    private static async Task<string> DraftAsync(TestRegister register, TemporaryFolder folder, string report, Period period, string unit = "SH")
    {
        var path = folder.File($"{report}-{Guid.NewGuid():N}.xlsx");
        var request = new ReportRequest(report, unit, period, new Dictionary<string, int>(), WithEvidence: true) { WithCharts = true, EvidenceUpTo = ReportRequest.MostMembersWithEvidence };
        using var made = await new ReportBuilder(register.Database, Definitions).BuildAsync(request, null, Cancel);
        WorkbookFace.Write(made, path, null, Cancel);
        return path;
    }

    /// <summary>Packs a workbook anew, as another program would, or with one letter changed.</summary>
    private static void Repack(string from, string to, bool change)
    {
        using var source = ZipFile.OpenRead(from);
        using var target = ZipFile.Open(to, ZipArchiveMode.Create);
        foreach (var entry in source.Entries.Reverse())
        {
            using var content = entry.Open();
            using var copy = target.CreateEntry(entry.FullName, CompressionLevel.SmallestSize).Open();
            content.CopyTo(copy);
            if (change && entry.FullName == "xl/workbook.xml")
                copy.Write(" "u8);
        }
    }
}
