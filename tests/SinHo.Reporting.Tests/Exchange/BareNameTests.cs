using System.Text;
using Dapper;
using Npgsql;
using SinHo.Reporting.Tests.Support;
using SinHo.Reporting.Words;
using Xunit;

namespace SinHo.Reporting.Tests.Exchange;

/// <summary>Names without marks, as PostgreSQL makes them and as the program does.</summary>
public sealed class BareNameTests(TestCluster cluster)
{
    private static readonly string[] Names =
    [
        "Đỗ Thị Ánh", "ĐỖ THỊ ÁNH", "Giàng A Chừ", "NGUYỄN VĂN QUÝ", "Ă Â Đ Ê Ô Ơ Ư ă â đ ê ô ơ ư", "ẰẲẴẮẶẦẨẪẤẬỀỂỄẾỆỒỔỖỐỘỜỞỠỚỢỪỬỮỨỰỲỶỸÝỴ",
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("C")]
    [InlineData("C.UTF-8")]
    public async Task A_bare_name_is_the_same_under_every_locale_and_can_be_looked_up_by_an_index(string locale)
    {
        await using var register = TestRegister.At(await cluster.NewRegisterAsync(locale));
        await using var connection = await register.Database.OpenConnectionAsync(Cancel);
        foreach (var name in Names.Concat(Names.Select(name => name.Normalize(NormalizationForm.FormD))))
        {
            // Texts that hold a code carry its collation.
            Assert.Equal(
                [Matching.Bare(name), Matching.Bare(name)],
                await connection.QueryAsync<string>("select bare_name(@name) union all select bare_name(@name collate \"C\")", new { name }));
        }

        await connection.ExecuteAsync("create index by_bare_name on member (bare_name(name)); set enable_seqscan = off");
        Assert.Contains(
            await connection.QueryAsync<string>("explain select from member where bare_name(name) = bare_name('ĐỖ THỊ ÁNH')"),
            line => line.Contains("by_bare_name", StringComparison.Ordinal));
    }
}
