using SinHo.Reporting.Catalog;
using SinHo.Reporting.Tests.Support;
using Xunit;

namespace SinHo.Reporting.Tests.Catalog;

/// <summary>What somebody gets wrong in a report.yaml is told with file and line, all at once, before anything is counted.</summary>
public sealed class CatalogFaultsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void All_faults_of_forms_are_told_at_once_with_their_lines()
    {
        Copy("sql/indicators", "*.sql");
        Copy("sql/indicators", "*.yaml");
        Copy("reports", "report.yaml");
        Change("reports/form-3/2021/report.yaml",
            ("age: 31..35", "age: 30..35"), ("age: 46..50", "age: 47..50"), ("title: Giáo sư", "title: Giáo sĩ"), ("joined: ..1945-08-18", "joined: ..1945"),
            ("sex: Nữ", "gioi_tinh: Nữ"), ("mean: age", "mean: name"));
        Change("reports/form-1/2021/report.yaml",
            ("count: inc_restored", "count: inc_resorted"), ("holds: C5 = C5a + C5b", "holds: C5 = C5a + C5x"), ("holds: A = D@previous", "holds: A = B@previous"),
            ("holds: B2 = B2a + B2b", "holds: B2 = B2a+B2b"), ("optional: initial }", "optional: inital }"));
        Change("reports/form-5/2021/report.yaml", ("where: { role: Chi bộ cơ sở }", "where: { grassroots_type: Xã }"));
        Change("reports/monthly/report.yaml", ("{B1.month}", "{B1.moon}"));

        var faults = Assert.Throws<CatalogException>(() => CatalogReader.Read(folder.Path)).Faults;

        foreach (var (place, says) in new[]
        {
            ("reports/form-3/2021/report.yaml, dòng", "dòng age_31_35 chồng lên age_18_30"),
            ("reports/form-3/2021/report.yaml, dòng", "giữa dòng age_41_45 và age_46_50 còn khoảng trống"),
            ("reports/form-3/2021/report.yaml, dòng", "title: “Giáo sĩ” không có trong danh mục (Phó Giáo sư, Giáo sư)"),
            ("reports/form-3/2021/report.yaml, dòng", "joined là ngày"),
            ("reports/form-3/2021/report.yaml, dòng", "members.yaml không có cột gioi_tinh"),
            ("reports/form-3/2021/report.yaml, dòng", "members.yaml không có cột số name"),
            ("reports/form-1/2021/report.yaml, dòng", "chỉ tiêu inc_resorted chưa được định nghĩa"),
            ("reports/form-1/2021/report.yaml, dòng", "biểu form-1 không có dòng C5x"),
            ("reports/form-1/2021/report.yaml, dòng", "B@previous phải là số có đến một ngày"),
            ("reports/form-1/2021/report.yaml, dòng", "không có dòng B2a+B2b"),
            ("reports/form-1/2021/report.yaml, dòng", "optional không có “inital”"),
            ("reports/form-5/2021/report.yaml, dòng", "grassroots_type có điều kiện ở cả dòng và cột c4"),
            ("reports/monthly/report.yaml", "lời văn dẫn B1.moon nhưng biểu không có ô đếm đó"),
        })
        {
            Assert.Contains(faults, fault => fault.StartsWith(place, StringComparison.Ordinal) && fault.Contains(says, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("sql/indicators/members.yaml", "figures:", "figurs:", "không có khóa “figurs” ở đây. Có phải “figures”?")]
    [InlineData("sql/indicators/movement.yaml", "    kind: opening", "    knd: opening", "không có khóa “knd” ở đây. Có phải “kind”?")]
    [InlineData("sql/indicators/movement.yaml", "    kind: opening", "    kind: openin", "Có phải “opening”?")]
    [InlineData("sql/indicators/movement.yaml", "    kind: opening\n", "", "thiếu khóa “kind”")]
    [InlineData("sql/indicators/members.yaml", "width: 14", "width: rộng", "“rộng” không phải là số nguyên")]
    [InlineData("sql/indicators/members.yaml", "about: ", "about ", "không phải YAML")]
    [InlineData("sql/indicators/members.yaml", "evidence: [", "evidence: code # [", "cần một danh sách")]
    [InlineData("reports/form-1/2021/report.yaml", "caption: Từ trần", "capton: Từ trần", "không có khóa “capton” ở đây. Có phải “caption”?")]
    [InlineData("reports/form-1/2021/report.yaml", "  C2: {", "  C1: {", "một khóa đứng hai lần")]
    [InlineData("reports/form-2/2026/report.yaml", "like: \"2021\"", "like: \"2020\"", "like: báo cáo form-2 không có mẫu gốc “2020”")]
    [InlineData("reports/form-2/2026/report.yaml", "like: \"2021\"", "like: \"2021\"\ncolumns:\n  now: { caption: Nay }", "chỉ được nêu title, edition, notices và words")]
    [InlineData("reports/form-1/2021/report.yaml", "from: 2021-12-13", "from: 13/12/2021", "“13/12/2021” không phải là ngày dạng yyyy-MM-dd")]
    public void One_slip_is_one_fault_with_file_line_and_what_was_meant(string file, string was, string becomes, string says)
    {
        Copy("sql/indicators", "*.sql");
        Copy("sql/indicators", "*.yaml");
        Copy("reports", "report.yaml");
        var text = File.ReadAllText(folder.File(file));
        var place = text.IndexOf(was, StringComparison.Ordinal);
        Assert.True(place >= 0);
        File.WriteAllText(folder.File(file), text.Remove(place, was.Length).Insert(place, becomes));

        var fault = Assert.Single(Assert.Throws<CatalogException>(() => CatalogReader.Read(folder.Path)).Faults);

        Assert.StartsWith($"{file}, dòng ", fault, StringComparison.Ordinal);
        Assert.Contains(says, fault, StringComparison.Ordinal);
    }

    private void Copy(string part, string pattern)
    {
        foreach (var file in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, part), pattern, SearchOption.AllDirectories))
        {
            var target = folder.File(Path.GetRelativePath(AppContext.BaseDirectory, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    private void Change(string file, params (string Was, string Becomes)[] changes)
    {
        var text = File.ReadAllText(folder.File(file));
        foreach (var (was, becomes) in changes)
        {
            Assert.Contains(was, text, StringComparison.Ordinal);
            text = text.Replace(was, becomes, StringComparison.Ordinal);
        }
        File.WriteAllText(folder.File(file), text);
    }
}
