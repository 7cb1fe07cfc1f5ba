using System.IO.Compression;
using System.Text;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Signing;
using SinHo.Reporting.Tests.Exchange;
using SinHo.Reporting.Tests.Support;
using Xunit;

namespace SinHo.Reporting.Tests.Signing;

public sealed class OutboxTests(TestCluster cluster)
{
    private const string Passphrase = "một câu đủ dài";

    private static readonly string[] People = ["Lò A", "Vàng B", "Sùng C", "000001", "000002", "000003"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nobody_is_named_in_what_is_put_out_but_under_seal()
    {
        using var folder = new TemporaryFolder();
        await using var register = await TestRegister.SoundAsync(cluster);
        var signed = await ChangesSinceTests.SignAsync(register, folder, "form-1", "SH", Period.Month(2018, 3), "12-BC/HU");
        var plain = Directory.CreateDirectory(folder.File("plain")).FullName;
        var receipt = await new Outbox(register.Database).SendAsync(new([signed], "Ban Tổ chức Tỉnh ủy", plain, null, "test"), Cancel);
        Assert.Contains("12-BC/HU", receipt, StringComparison.Ordinal);
        Assert.Contains(signed.CheckCode, receipt, StringComparison.Ordinal);
        Assert.DoesNotContain(Directory.GetFiles(plain), file => file.EndsWith(Sealed.Ending, StringComparison.Ordinal));
        Assert.Equal(7, Directory.GetFiles(plain).Length);
        foreach (var file in Directory.GetFiles(plain))
        {
            var text = await TextAsync(file);
            Assert.DoesNotContain(People, person => text.Contains(person, StringComparison.Ordinal));
            if (Path.GetExtension(file) is ".xlsx" or ".docx" or ".pdf")
                Assert.Equal(PaperState.Valid, (await new Verifier(register.Database).OfFileAsync(await Paper.ReadAsync(file, Cancel), Cancel)).State);
        }

        var named = Directory.CreateDirectory(folder.File("named")).FullName;
        await new Outbox(register.Database).SendAsync(new([signed], "Ban Tổ chức Tỉnh ủy", named, Passphrase, "test"), Cancel);
        var closed = await File.ReadAllBytesAsync(Directory.GetFiles(named, $"*{Sealed.Ending}").Single(), Cancel);
        var (name, bytes) = Assert.Single(Sealed.Open(closed, Passphrase));
        var path = folder.File(name);
        await File.WriteAllBytesAsync(path, bytes, Cancel);
        Assert.Contains("Sùng C", await TextAsync(path), StringComparison.Ordinal);
        Assert.Equal(2, await register.ScalarAsync<int>("select count(*) from sent"));
    }

    [Fact]
    public async Task What_is_for_nobody_or_over_another_set_writes_and_records_nothing()
    {
        using var folder = new TemporaryFolder();
        await using var register = await TestRegister.SoundAsync(cluster);
        var signed = await ChangesSinceTests.SignAsync(register, folder, "form-1", "SH", Period.Month(2018, 3), "12-BC/HU");
        var outbox = new Outbox(register.Database);
        var empty = Directory.CreateDirectory(folder.File("empty")).FullName;
        foreach (var nobody in (string[])["", " ", "Ban Tổ chức\nTỉnh ủy"])
            await Assert.ThrowsAsync<SendRefusedException>(() => outbox.SendAsync(new([signed], nobody, empty, null, "test"), Cancel));
        Assert.Empty(Directory.GetFiles(empty));

        var sent = Directory.CreateDirectory(folder.File("sent")).FullName;
        await outbox.SendAsync(new([signed], "Ban Tổ chức Tỉnh ủy", sent, null, "test"), Cancel);
        var before = Directory.GetFiles(sent).ToDictionary(file => file, File.ReadAllBytes);
        await Assert.ThrowsAsync<SendRefusedException>(() => outbox.SendAsync(new([signed], "Ban Tổ chức Tỉnh ủy", sent, null, "test"), Cancel));
        Assert.Equal(before, Directory.GetFiles(sent).ToDictionary(file => file, File.ReadAllBytes));
        Assert.Equal(1, await register.ScalarAsync<int>("select count(*) from sent"));
    }

    [Fact]
    public void A_seal_opens_with_its_passphrase_alone_and_shows_any_change()
    {
        var closed = Sealed.Close([("a.txt", "nội dung"u8.ToArray()), ("b.bin", new byte[10_000])], Passphrase);
        Assert.Equal(["a.txt", "b.bin"], Sealed.Open(closed, Passphrase.Normalize(NormalizationForm.FormD)).Select(file => file.Name));
        Assert.Throws<SealException>(() => Sealed.Open(closed, "một câu đủ dàj"));
        Assert.Throws<SealException>(() => Sealed.Close([], "ngắn"));
        Assert.Throws<SealException>(() => Sealed.Open("no file of ours"u8.ToArray(), Passphrase));
        for (var at = 0; at < closed.Length; at += Math.Max(1, closed.Length / 40))
        {
            var changed = (byte[])closed.Clone();
            changed[at] ^= 1;
            Assert.Throws<SealException>(() => Sealed.Open(changed, Passphrase));
        }
    }

    /// <summary>All that stands in a file, unpacked where it is packed.</summary>
    private static async Task<string> TextAsync(string path)
    {
        if (Path.GetExtension(path) == ".pdf")
        {
            using var pages = UglyToad.PdfPig.PdfDocument.Open(path);
            return string.Join('\n', pages.GetPages().Select(page => page.Text));
        }
        if (Path.GetExtension(path) is not (".xlsx" or ".docx"))
            return Encoding.UTF8.GetString(await File.ReadAllBytesAsync(path, Cancel));
        var text = new StringBuilder();
        await using var zip = await ZipFile.OpenReadAsync(path, Cancel);
        foreach (var entry in zip.Entries)
        {
            using var reader = new StreamReader(await entry.OpenAsync(Cancel));
            text.Append(await reader.ReadToEndAsync(Cancel));
        }
        return text.ToString();
    }
}
