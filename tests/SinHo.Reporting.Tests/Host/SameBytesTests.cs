using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using SinHo.Reporting.Faces;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Reports;
using SinHo.Reporting.Tests.Reports;
using SinHo.Reporting.Tests.Support;
using Xunit;

namespace SinHo.Reporting.Tests.Host;

/// <summary>One question asked twice of one register is one file, whenever and wherever it is asked; and the file says what it was asked.</summary>
public sealed class SameBytesTests(ReadRegister register) : IClassFixture<ReadRegister>, IDisposable
{
    private static readonly (string Zone, string Language)[] Places = [("UTC", "en_US.UTF-8"), ("Asia/Ho_Chi_Minh", "vi_VN.UTF-8"), ("America/St_Johns", "tr_TR.UTF-8")];

    private readonly TemporaryFolder folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("report term --unit SH.X03 --term 2015-2020", "xlsx")]
    [InlineData("report form-1 --unit SH.X03 --year 2019 --without-names", "xlsx")]
    [InlineData("report monthly --unit SH.X03 --month 2019-12 --basis today", "xlsx")]
    [InlineData("report form-3 --unit SH.X03 --year 2019", "csv")]
    [InlineData("report term --unit SH.X03 --term 2015-2020", "pdf")]
    [InlineData("report form-2 --unit SH.X03 --year 2019 --evidence", "pdf")]
    [InlineData("report term --unit SH.X03 --term 2015-2020", "docx")]
    [InlineData("report monthly --unit SH.X03 --month 2019-12 --evidence", "docx")]
    [InlineData("list members --unit SH.X03 --as-of 2020-06-30", "xlsx")]
    [InlineData("list members --unit SH.X03 --as-of 2020-06-30", "csv")]
    [InlineData("list members --unit SH.X03 --as-of 2020-06-30", "pdf")]
    [InlineData("list branches --unit SH.X03 --as-of 2020-06-30", "docx")]
    public async Task Two_processes_in_two_places_write_one_file(string words, string ending)
    {
        var hashes = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (zone, language) in Places)
        {
            var path = folder.File($"{hashes.Count}.{ending}");
            await using var sinho = SinhoProcess.Start([.. words.Split(' '), "--out", path], register.Database, new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["TZ"] = zone,
                ["LANG"] = language,
                ["LC_ALL"] = language,
            });
            var said = await sinho.EndAsync(Cancel);
            Assert.True(said.Exit == 0, said.Error);
            hashes.Add(Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(path, Cancel))));
        }
        Assert.Single(hashes);
    }

    [Theory]
    [InlineData("report form-1 --unit SH.X03 --year 2019 --without-names --basis today --edition 2021 --few-member-max 7", "xlsx")]
    [InlineData("report term --unit SH.X03 --term 2015-2020 --evidence", "xlsx")]
    [InlineData("report term --unit SH.X03 --term 2015-2020", "pdf")]
    [InlineData("report form-1 --unit SH.X03 --half 2019-H2 --set few_member_max=4", "docx")]
    public async Task A_file_says_what_it_was_asked_and_asked_again_it_is_the_same(string words, string ending)
    {
        var (path, again) = (folder.File($"one.{ending}"), folder.File($"two.{ending}"));
        Assert.Equal(0, (await SinhoProcess.RunAsync([.. words.Split(' '), "--out", path], register.Database, Cancel)).Exit);

        var request = ReportRequest.Of(PaperQuestion.Read(path)!);

        Assert.Equal(("SH.X03", words.Split(' ')[1]), (request.Unit, request.Report));
        Assert.Equal(PaperQuestion.Write(PaperQuestion.Read(path)!), PaperQuestion.Write(request.Question));
        await using var database = Npgsql.NpgsqlDataSource.Create(register.Database);
        using var report = await new ReportBuilder(database, SampleReports.Definitions).BuildAsync(request, progress: null, Cancel);
        FileKinds.Write(Enum.GetValues<FileKind>().Single(kind => FileKinds.Ending(kind) == $".{ending}"), report, issue: null, again, progress: null, Cancel);
        Assert.Equal(await File.ReadAllBytesAsync(path, Cancel), await File.ReadAllBytesAsync(again, Cancel));
    }

    [Fact]
    public async Task A_file_packed_anew_has_the_content_it_had_and_one_changed_letter_has_not()
    {
        var (path, packed, changed) = (folder.File("one.xlsx"), folder.File("packed.xlsx"), folder.File("changed.xlsx"));
        Assert.Equal(0, (await SinhoProcess.RunAsync(["list", "branches", "--unit", "SH.X03", "--as-of", "2020-06-30", "--out", path], register.Database, Cancel)).Exit);
        Repack(path, packed, text => text);
        Repack(path, changed, text => text.Replace("Pa Tần", "Pa Tấn", StringComparison.Ordinal));

        var content = await HashAsync(path);

        Assert.NotEqual(await File.ReadAllBytesAsync(path, Cancel), await File.ReadAllBytesAsync(packed, Cancel));
        Assert.Equal(content, await HashAsync(packed));
        Assert.NotEqual(content, await HashAsync(changed));
        Assert.Equal(("branches", "SH.X03"), (PaperQuestion.Read(packed)!.List, PaperQuestion.Read(packed)!.Unit));
    }

    [Theory]
    [InlineData("")]
    [InlineData("PK")]
    [InlineData("PK\u0003\u0004 and no more")]
    [InlineData("%PDF-1.4 /Keywords (sinho-question {")]
    [InlineData("%PDF-1.4 /Keywords (sinho-question {\"report\":1})")]
    [InlineData("%PDF-1.4 /Keywords <feff0>")]
    [InlineData("code;caption;value")]
    public async Task What_is_not_ours_has_no_question(string content)
    {
        var path = folder.File("odd");
        await File.WriteAllTextAsync(path, content, Cancel);

        Assert.Null(PaperQuestion.Read(path));
    }

    [Theory]
    [InlineData("(sinho-question \\{\"report\":\"term\",\"unit\":\"S\\(H\\)\",\"from\":\"2015-07-01\",\"to\":\"2020-06-30\",\"period\":\"k\\\\u1EF3\",\"options\":{}})")]
    [InlineData("<73696e686f2d7175657374696f6e207b227265706f7274223a227465726d222c22756e6974223a2253284829222c2266726f6d223a22323031352d30372d3031222c22746f223a22323032302d30362d3330222c22706572696f64223a226b5c7531454633222c226f7074696f6e73223a7b7d7d>")]
    public async Task The_keywords_of_a_pdf_hold_the_question(string keywords)
    {
        var path = folder.File("paper.pdf");
        await File.WriteAllTextAsync(path, $"%PDF-1.4\n1 0 obj\n<</Title (/Keywords (no\\))) /Keywords {keywords}>>", Cancel);

        Assert.Equal(("term", "S(H)", "kỳ"), PaperQuestion.Read(path) is { } question ? (question.Report, question.Unit, question.Period) : default);
    }

    private static async Task<string> HashAsync(string path)
    {
        await using var file = File.OpenRead(path);
        return await ContentHash.OfAsync(file, Cancel);
    }

    private static void Repack(string from, string to, Func<string, string> change)
    {
        using var source = ZipFile.OpenRead(from);
        using var target = ZipFile.Open(to, ZipArchiveMode.Create);
        foreach (var entry in source.Entries.Reverse())
        {
            using var bytes = new MemoryStream();
            using (var content = entry.Open())
                content.CopyTo(bytes);
            using var copy = target.CreateEntry(entry.FullName, CompressionLevel.SmallestSize).Open();
            copy.Write(Encoding.UTF8.GetBytes(change(Encoding.UTF8.GetString(bytes.ToArray()))));
        }
    }
}
