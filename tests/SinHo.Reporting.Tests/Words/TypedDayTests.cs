using System.Globalization;
using SinHo.Reporting.Words;
using Xunit;

namespace SinHo.Reporting.Tests.Words;

public sealed class TypedDayTests
{
    private static readonly DateOnly Today = new(2026, 11, 26);

    [Theory]
    [InlineData("1/1/2020", "2020-01-01")]
    [InlineData("01/01/2020", "2020-01-01")]
    [InlineData("1-1-2020", "2020-01-01")]
    [InlineData("1.1.2020", "2020-01-01")]
    [InlineData(" 31 / 12 / 2020 ", "2020-12-31")]
    [InlineData("3 2 2020", "2020-02-03")]
    [InlineData("01022020", "2020-02-01")]
    [InlineData("010220", "2020-02-01")]
    [InlineData("1/2/20", "2020-02-01")]
    [InlineData("1/2/27", "2027-02-01")]
    [InlineData("1/2/28", "1928-02-01")]
    [InlineData("2020-02-01", "2020-02-01")]
    [InlineData("29/2/2020", "2020-02-29")]
    public void What_is_a_day_is_that_day(string typed, string day)
    {
        var (read, fault) = TypedDay.Read(typed, Today);
        Assert.Null(fault);
        Assert.Equal(day, read?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("31/2/2020", "tháng 2 năm 2020 chỉ có 29 ngày")]
    [InlineData("29/2/2021", "tháng 2 năm 2021 chỉ có 28 ngày")]
    [InlineData("1/13/2020", "không có tháng 13")]
    [InlineData("1/1", "thiếu ngày, tháng hoặc năm")]
    [InlineData("0/1/2020", "chỉ có 31 ngày")]
    [InlineData("2020", "thiếu")]
    [InlineData("1/1/202", "thiếu")]
    [InlineData("1/1/0020", "nằm ngoài")]
    [InlineData("1/1/20201", "thiếu")]
    [InlineData("hôm nay", "thiếu")]
    [InlineData("", "Chưa nhập ngày")]
    public void What_is_no_day_is_told(string typed, string says)
    {
        var (read, fault) = TypedDay.Read(typed, Today);
        Assert.Null(read);
        Assert.Contains(says, fault, StringComparison.Ordinal);
    }
}
