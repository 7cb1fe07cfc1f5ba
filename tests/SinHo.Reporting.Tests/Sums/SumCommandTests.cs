using System.Text.Json;
using SinHo.Reporting.Tests.Exchange;
using SinHo.Reporting.Tests.Host;
using SinHo.Reporting.Tests.Support;
using Xunit;

namespace SinHo.Reporting.Tests.Sums;

/// <summary>Several registers from the command line, as their offices do it: signed, sent, received, summed.</summary>
public sealed class SumCommandTests(TestCluster cluster)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Signed_here_sent_received_there_and_summed()
    {
        using var folder = new TemporaryFolder();
        await using var first = await TestRegister.SoundAsync(cluster);
        await using var second = await TestRegister.SoundAsync(cluster);
        await using var above = await TestRegister.EmptyAsync(cluster);
        foreach (var (register, code) in ((TestRegister, string)[])[(first, "A"), (second, "B")])
        {
            await DoneAsync(register, "register-name", code, "--name", $"Tỉnh {code}");
            await DoneAsync(above, "senders", code, "--name", $"Tỉnh {code}", "--unit", "SH", "--since", "2018-01-01");
            var draft = folder.File($"{code}.xlsx");
            await DoneAsync(register, "report", "monthly", "--unit", "SH", "--month", "2018-03", "--out", draft);
            await DoneAsync(register, "sign", draft, "--number", $"3-BC/{code}", "--date", "2018-04-04", "--signer", "Lò Văn Ký", "--out", folder.File($"ky-{code}"));
            await DoneAsync(register, "send", $"3-BC/{code}", "--to", "Trung ương", "--out", folder.File(code));
        }

        var figures = Directory.GetFiles(folder.File("A"), "*.json").Single();
        Assert.Contains("Đúng là báo cáo số 3-BC/A", await DoneAsync(first, "verify", figures), StringComparison.Ordinal);
        Assert.Contains("một sổ khác", (await RunAsync(second, "verify", figures)).Output, StringComparison.Ordinal);
        var altered = folder.File("altered.json");
        await File.WriteAllTextAsync(altered, (await File.ReadAllTextAsync(figures, Cancel)).Replace("\"value\": 3", "\"value\": 4", StringComparison.Ordinal), Cancel);
        Assert.Contains("đã bị sửa", (await RunAsync(first, "verify", altered)).Output, StringComparison.Ordinal);

        var taken = await DoneAsync(above, "receive", folder.File("A"), "--format", "json");
        using (var shape = JsonDocument.Parse(taken))
        {
            Assert.True(shape.RootElement.GetProperty("accepted").GetBoolean());
            Assert.Equal("3-BC/A", shape.RootElement.GetProperty("taken")[0].GetProperty("number").GetString());
        }
        using (var shape = JsonDocument.Parse(await DoneAsync(above, "sum", "monthly", "--month", "2018-03", "--format", "json")))
        {
            Assert.False(shape.RootElement.GetProperty("complete").GetBoolean());
            var missing = Assert.Single(shape.RootElement.GetProperty("missing").EnumerateArray());
            Assert.Equal(("B", "2018-04-05"), (missing.GetProperty("code").GetString(), missing.GetProperty("due").GetString()));
        }
        await File.AppendAllTextAsync(Directory.GetFiles(folder.File("B"), "*.csv").First(file => !file.EndsWith("muc-luc.csv", StringComparison.Ordinal)), "x", Cancel);
        var refused = await RunAsync(above, "receive", folder.File("B"), "--format", "json");
        Assert.Equal(3, refused.Exit);
        Assert.Contains("altered_file", refused.Output, StringComparison.Ordinal);
        foreach (var file in Directory.GetFiles(folder.File("B")))
            File.Delete(file);
        await DoneAsync(second, "send", "3-BC/B", "--to", "Trung ương", "--out", folder.File("B"));
        Assert.Contains("Đã nhận: Tỉnh B", await DoneAsync(above, "receive", folder.File("B")), StringComparison.Ordinal);

        var book = folder.File("cong.xlsx");
        using (var shape = JsonDocument.Parse(await DoneAsync(above, "sum", "monthly", "--month", "2018-03", "--format", "json", "--out", book)))
        {
            Assert.True(shape.RootElement.GetProperty("complete").GetBoolean());
            var closing = shape.RootElement.GetProperty("figures").EnumerateArray().Single(figure => figure.GetProperty("code").GetString() == "D.month");
            Assert.Equal((6, 3), (closing.GetProperty("sum").GetInt32(), closing.GetProperty("values")[0].GetProperty("value").GetInt32()));
        }
        Assert.True(File.Exists(book));
        Assert.Contains("nhận muộn", await DoneAsync(above, "received", "monthly", "--year", "2018"), StringComparison.Ordinal);
        Assert.Equal(2, (await RunAsync(above, "receive", folder.File("nowhere"))).Exit);
        Assert.Equal(3, (await RunAsync(above, "sum", "monthly", "--month", "2017-03")).Exit);
        Assert.Equal(4, (await RunAsync(above, "sum", "nothing", "--month", "2018-03")).Exit);
    }

    private static Task<Said> RunAsync(TestRegister register, params string[] words) => SinhoProcess.RunAsync(words, register.ConnectionString, Cancel);

    private static async Task<string> DoneAsync(TestRegister register, params string[] words)
    {
        var said = await RunAsync(register, words);
        Assert.True(said.Exit == 0, said.Error);
        return said.Output;
    }
}
