using System.Text.RegularExpressions;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Reports;
using Xunit;

namespace SinHo.Reporting.Tests.Reports;

/// <summary>Names of files that a person reads and that no file system dislikes.</summary>
public sealed partial class FileNamesTests
{
    private const string Caption = "Biểu số 2B-BTCTW. Thống kê đảng viên mới kết nạp, chia theo dân tộc và tôn giáo";
    private const string Long = "Đảng bộ bộ phận Trường Phổ thông dân tộc bán trú Trung học cơ sở xã Nậm Cuổi số";

    private static readonly Period Cut = new(new(2020, 2, 15), new(2020, 3, 14), "tháng 3 năm 2020");

    [Fact]
    public void A_name_says_report_unit_period_and_what_else_tells_it_from_its_like() => Assert.Equal(
        [
            "Bao cao - Dang bo xa Pa Tan - quy 1 nam 2020.xlsx",
            "Bao cao - Dang bo xa Pa Tan (SH.X03) - quy 1 nam 2020 - mau 2021 - khong ten.xlsx",
            "Bao cao - Dang bo xa Pa Tan - tu 01-01-2020 den 31-03-2020.csv",
            "Bao cao - Dang bo xa Pa Tan - thang 3 nam 2020 (15-02-2020 den 14-03-2020).xlsx",
            "Bao cao - Chi bo Dien luc Sin Ho - ngay 30-06-2020.xlsx",
            "Bao cao - SH.X04 - nam 2019.xlsx",
        ],
        [
            Name("Đảng bộ xã Pa Tần", Period.Quarter(2020, 1), ["Đảng bộ xã Pa Tần 2"]),
            FileNames.Name("Báo cáo", new("SH.X03", "Đảng bộ xã Pa Tần", "", ""), ["Đảng bộ xã PA TĂN"], Period.Quarter(2020, 1), ["mẫu 2021", "không tên"], ".xlsx"),
            FileNames.Name("Báo cáo", new("SH.X03", "Đảng bộ xã Pa Tần", "", ""), [], new(new(2020, 1, 1), new(2020, 3, 31)), [], ".csv"),
            Name("Đảng bộ xã Pa Tần", Cut, []),
            Name("..Chi bộ\tĐiện lực: “Sìn Hồ”?*.", new(new(2020, 6, 30), new(2020, 6, 30)), []),
            FileNames.Name("Báo cáo", new("SH.X04", "党支部", "", ""), [], Period.Year(2019), [], ".xlsx"),
        ]);

    [Fact]
    public void A_long_name_loses_of_the_unit_never_of_the_period_and_is_still_of_one_unit()
    {
        foreach (var period in (Period[])[Period.Year(2019), new(new(2015, 7, 1), new(2020, 6, 30), "nhiệm kỳ 2015-2020"), Cut])
        {
            string[] marks = ["mẫu 2021", "không tên"];
            var others = Enumerable.Range(1, 9).Select(number => $"{Long} {number}").ToList();
            var names = others.Select((name, index) => FileNames.Name(Caption, new($"SH.B{index}", name, "", ""), others.Where(other => other != name), period, marks, ".xlsx")).ToList();
            Assert.Equal(names.Count, names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
            Assert.All(names, (name, index) =>
            {
                Assert.True(name.Length <= FileNames.Longest, name);
                Assert.Matches(Harmless(), name);
                Assert.StartsWith("Bieu so 2B", name, StringComparison.Ordinal);
                Assert.Contains("Dang bo bo phan Truong", name, StringComparison.Ordinal);
                Assert.Contains($" (SH.B{index}) - {FileNames.Name("", new("", "", "", ""), [], period, marks, ".xlsx").TrimStart(' ', '-')}", name, StringComparison.Ordinal);
            });
            var alone = FileNames.Name(Caption, new("SH.B1", Long, "", ""), ["Chi bộ khác"], period, marks, ".xlsx");
            Assert.DoesNotContain("SH.B1", alone, StringComparison.Ordinal);
        }
    }

    private static string Name(string unit, Period period, string[] others) => FileNames.Name("Báo cáo", new("SH.X03", unit, "", ""), others, period, [], ".xlsx");

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9 .,()_-]*\.xlsx$", RegexOptions.None, 1000)]
    private static partial Regex Harmless();
}
