using SinHo.Reporting.Exchange;
using SinHo.Reporting.Tests.Support;
using Xunit;

namespace SinHo.Reporting.Tests.Exchange;

public sealed class ImportCheckTests(TestCluster cluster)
{
    private static readonly string Rules = Path.Combine(AppContext.BaseDirectory, "sql", "import");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_import_fits_the_schema_and_checking_it_changes_nothing()
    {
        await using var register = await TestRegister.SoundAsync(cluster);
        var before = await register.DumpAsync();

        Assert.Empty(await new ImportCheck(register.Database, Rules).RunAsync(Cancel));
        Assert.Equal(before, await register.DumpAsync());
    }

    [Fact]
    public async Task Every_rule_at_fault_is_named_at_once()
    {
        await using var register = await TestRegister.SoundAsync(cluster);
        using var folder = new TemporaryFolder();
        foreach (var rule in Directory.GetFiles(Rules))
            File.Copy(rule, Path.Combine(folder.Path, Path.GetFileName(rule)));
        Mend("over_age", "stage.row_no,", "stage.row_number,");
        Mend("under_age", " as message", " as sentence");
        Mend("readmission_gap", "'Ngày kết nạp' as column", "'Ngày kết nạpp' as column");
        Mend("late_official", "'Kết nạp' as sheet", "'Tổ chức' as sheet");
        Mend("after_death", "'Ngày kết nạp', admission", "'Ngày ra Đảng', admission");
        Mend("possible_duplicate", "stage.row_no, 'Họ và tên'", "stage.row_no::text as row_no, 'Họ và tên'");
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "small_founding.sql"),
            "select 'Sắp xếp' as sheet, 2 as row_no, 'Mã chi bộ' as column, code::text as value, 'x' as message from org", Cancel);
        File.Move(Path.Combine(folder.Path, "overlap.sql"), Path.Combine(folder.Path, "overlaps.sql"));
        await register.ExecuteAsync("alter table rating rename grade to mark");

        var faults = await new ImportCheck(register.Database, folder.Path).RunAsync(Cancel);

        Assert.Equal(
            [
                "Nhập trang Xếp loại: PostgreSQL không hiểu câu truy vấn: column \"grade\" of relation \"rating\" does not exist",
                "Nhập trang Xếp loại: PostgreSQL không hiểu câu truy vấn: column kept.grade does not exist",
                "sql/import/after_death.sql: không trang nào trong Kết nạp có cột “Ngày ra Đảng”",
                "sql/import/late_official.sql: không trang nào trong Tổ chức có cột “Ngày chính thức”",
                "sql/import/over_age.sql: PostgreSQL không hiểu câu truy vấn: column stage.row_number does not exist",
                "sql/import/overlap.sql: không có tệp này",
                "sql/import/overlaps.sql: không phải quy tắc nào của chương trình, tệp không được dùng tới",
                "sql/import/possible_duplicate.sql: cột row_no có kiểu text, một lỗi cần integer",
                "sql/import/readmission_gap.sql: không trang nào trong Kết nạp có cột “Ngày kết nạpp”. Có phải “Ngày kết nạp”?",
                "sql/import/small_founding.sql: báo lỗi cả khi sổ nhập không có dòng nào",
                "sql/import/under_age.sql: cột sentence không được dùng tới",
                "sql/import/under_age.sql: thiếu cột message mà một lỗi cần",
            ],
            faults.Select(fault => fault.Split(" (ký tự")[0].TrimEnd('.')).Distinct().Order(StringComparer.Ordinal));

        void Mend(string rule, string old, string broken)
        {
            var path = Path.Combine(folder.Path, $"{rule}.sql");
            var text = File.ReadAllText(path);
            Assert.Contains(old, text, StringComparison.Ordinal);
            File.WriteAllText(path, text.Replace(old, broken, StringComparison.Ordinal));
        }
    }
}
