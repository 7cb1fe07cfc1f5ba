using System.Security.Cryptography;
using System.Text;
using SinHo.Reporting.Runs;
using SinHo.Reporting.Tests.Support;
using Xunit;

namespace SinHo.Reporting.Tests.Runs;

/// <summary>Others look into the folder while it is written to.</summary>
public sealed class PublisherTests : IDisposable
{
    private static readonly byte[] Bytes = Encoding.UTF8.GetBytes(new string('x', 300_000));

    private readonly TemporaryFolder folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Target => folder.File("a.xlsx");

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task The_name_appears_only_with_the_whole_file_behind_it()
    {
        File.WriteAllText(folder.File(".a.xlsx.0123.part"), "left by a killed worker");
        await PublishAsync(
            async file =>
            {
                await file.WriteAsync(Bytes.AsMemory(0, 1000), Cancel);
                await file.FlushAsync(Cancel);
                Assert.False(File.Exists(Target));
                await file.WriteAsync(Bytes.AsMemory(1000), Cancel);
            },
            () => Assert.False(File.Exists(Target)));

        Assert.Equal(Bytes, await File.ReadAllBytesAsync(Target, Cancel));
        Assert.Equal([Target], Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task The_same_file_is_left_and_another_of_that_name_is_never_replaced()
    {
        await File.WriteAllBytesAsync(Target, Bytes, Cancel);
        await PublishAsync(_ => throw new InvalidOperationException("written again"), () => { });

        await File.WriteAllTextAsync(Target, "của người khác", Cancel);
        var refused = await Assert.ThrowsAsync<PublishException>(() => PublishAsync(WriteAsync, () => { }));
        Assert.Contains("không ghi đè", refused.Message, StringComparison.Ordinal);

        // It comes between the last look and the renaming.
        File.Delete(Target);
        await Assert.ThrowsAsync<PublishException>(() => PublishAsync(WriteAsync, () => File.WriteAllText(Target, "của người khác")));
        Assert.Equal("của người khác", await File.ReadAllTextAsync(Target, Cancel));
        Assert.Equal([Target], Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task What_reads_back_otherwise_or_may_not_be_published_gets_no_name()
    {
        var broken = await Assert.ThrowsAsync<PublishException>(() => PublishAsync(async file => await file.WriteAsync(Bytes.AsMemory(1), Cancel), () => { }));
        Assert.Contains("không giống bản gốc", broken.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<LeaseLostException>(() => PublishAsync(WriteAsync, () => throw new LeaseLostException()));
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    private static async Task WriteAsync(Stream file) => await file.WriteAsync(Bytes, Cancel);

    private Task<string> PublishAsync(Func<Stream, Task> write, Action confirm) => Publisher.PublishAsync(
        folder.Path, "a.xlsx", Convert.ToHexStringLower(SHA256.HashData(Bytes)), write,
        () =>
        {
            confirm();
            return Task.CompletedTask;
        },
        Cancel);
}
