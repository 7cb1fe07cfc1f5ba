using SinHo.Reporting.Signing;
using Xunit;

namespace SinHo.Reporting.Tests.Signing;

public sealed class CheckCodeTests
{
    [Fact]
    public void Any_one_wrong_sign_shows()
    {
        const string Signs = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
        for (var turn = 0; turn < 20; turn++)
        {
            var code = CheckCode.Make();
            Assert.Equal(code, CheckCode.Read(code));
            for (var at = 0; at < code.Length; at++)
            {
                foreach (var wrong in code[at] == '-' ? "" : Signs.Where(sign => sign != code[at]))
                {
                    var written = $"{code[..at]}{wrong}{code[(at + 1)..]}";
                    Assert.True(CheckCode.IsMeant(written));
                    Assert.Null(CheckCode.Read(written));
                }
            }
        }
    }

    [Fact]
    public void A_code_reads_as_people_write_it()
    {
        var code = CheckCode.Make();
        Assert.Equal(code, CheckCode.Read(code.ToLowerInvariant().Replace("-", " ", StringComparison.Ordinal)));
        Assert.Equal(code, CheckCode.Read(code.Replace('0', 'O').Replace('1', 'l')));
        Assert.False(CheckCode.IsMeant("12-BC/HU"));
        Assert.Null(CheckCode.Read(""));
    }

    [Fact]
    public void No_two_codes_are_the_same() => Assert.Equal(1_000, Enumerable.Range(0, 1_000).Select(_ => CheckCode.Make()).Distinct().Count());
}
