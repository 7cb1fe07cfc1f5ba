using System.IO.Compression;
using ClosedXML.Excel;
using SinHo.Reporting.Exchange;
using SinHo.Reporting.Tests.Support;
using Xunit;
using static SinHo.Reporting.Register.ExchangeWorkbook;

namespace SinHo.Reporting.Tests.Exchange;

/// <summary>What is kept of a workbook knows people who are no members by tokens, and is imported as the workbook itself would be.</summary>
public sealed class NamelessWorkbookTests(TestCluster cluster)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Names_of_people_who_are_no_members_are_in_no_part_of_what_is_kept_and_come_in_all_the_same()
    {
        await using var register = await TestRegister.WithAsync(cluster, "nameless", new RegisterFile()
            .Add(Organisations, "H|Đảng bộ huyện|Đảng bộ huyện|Khác||01/01/2010|", "X|Đảng bộ xã X|Đảng bộ cơ sở|Xã|H|01/01/2010|", "A|Chi bộ A|Chi bộ trực thuộc|Bản|X|01/01/2010|")
            .Add(Members, "1||Lò Thị Chung|Nữ|1970|Thái|||01/01/2000|01/01/2001|||Tiểu học||||Khác||||")
            .Add(Memberships, "1|A|01/01/2014||Đầu kỳ||"));
        using var folder = new TemporaryFolder();
        var path = folder.File("so.xlsx");
        using (var book = new XLWorkbook())
        {
            // Shared texts as Excel writes them: one name is a member's too, a title stands above the captions.
            Fill(book.AddWorksheet("Đảng viên"), 1, ["Mã đảng viên", "Họ và tên"], ["1", "Lò Thị Chung"]);
            var sources = book.AddWorksheet("nguồn kết nạp");
            sources.Cell(1, 1).SetValue("NGUỒN NĂM 2024");
            Fill(sources, 2, ["Mã nguồn", "họ  và tên", "Giới tính", "Ngày sinh", "Dân tộc", "Mã chi bộ", "Từ ngày"],
                ["NG1", "Tráng Thị Kín", "Nữ", "1999", "Mông", "A", "01/01/2024"], ["NG2", "Lò Thị Chung", "Nữ", "2000", "Thái", "A", "01/01/2024"], ["NG3", "", "Nữ", "2000", "Thái", "A", "01/01/2024"]);
            Fill(book.AddWorksheet("Sinh hoạt tạm thời"), 1, ["Mã đảng viên", "Chiều", "Nơi", "Từ ngày", "Họ và tên"], ["K1", "Đến", "A", "01/02/2024", "Cứ A Khách"]);
            book.SaveAs(path);
        }
        var nameless = new NamelessWorkbook(register.Database);
        File.Copy(path, folder.File("lai.xlsx"));
        await nameless.HideAsync(path, mendNames: false, Cancel);

        var text = Parts(path);
        Assert.DoesNotContain("Kín", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Khách", text, StringComparison.Ordinal);
        Assert.Contains("Lò Thị Chung", text, StringComparison.Ordinal);
        using (var kept = new XLWorkbook(path))
        {
            Assert.StartsWith("~", kept.Worksheet("nguồn kết nạp").Cell(4, 2).GetString(), StringComparison.Ordinal);
            Assert.Equal("", kept.Worksheet("nguồn kết nạp").Cell(5, 2).GetString());
            Assert.Equal("Lò Thị Chung", kept.Worksheet("Đảng viên").Cell(2, 2).GetString());
            kept.Worksheet("nguồn kết nạp").Row(5).Delete();
            kept.Save();
        }
        await register.AcceptAsync(new WorkbookSource(path, Cancel));
        Assert.Equal(["NG1 Tráng Thị Kín", "NG2 Lò Thị Chung"], await register.ColumnAsync("select concat(code, ' ', name_kept(name)) from source order by code"));
        Assert.Equal("Cứ A Khách", await register.ScalarAsync<string>("select name_kept(name) from stay"));

        // The same once more is the same, under whatever tokens.
        var again = folder.File("lai.xlsx");
        await nameless.HideAsync(again, mendNames: false, Cancel);
        using (var kept = new XLWorkbook(again))
        {
            kept.Worksheet("nguồn kết nạp").Row(5).Delete();
            kept.Save();
        }
        Assert.Equal(0, (await register.AcceptAsync(new WorkbookSource(again, Cancel))).Sheets.Sum(sheet => sheet.Changed + sheet.Added));
    }

    [Fact]
    public async Task What_is_no_workbook_or_names_nobody_stays_as_it_is()
    {
        await using var register = await TestRegister.EmptyAsync(cluster);
        using var folder = new TemporaryFolder();
        var (text, book) = (folder.File("chu.xlsx"), folder.File("so.xlsx"));
        await File.WriteAllTextAsync(text, "không phải sổ", Cancel);
        RegisterWorkbook.Write(book, [(Meetings, [["A", new DateOnly(2026, 11, 9), "Chuyên đề", 5, 4]])], Cancel);
        foreach (var path in (string[])[text, book])
        {
            var before = await File.ReadAllBytesAsync(path, Cancel);
            await new NamelessWorkbook(register.Database).HideAsync(path, mendNames: false, Cancel);
            Assert.Equal(before, await File.ReadAllBytesAsync(path, Cancel));
        }
    }

    private static void Fill(IXLWorksheet sheet, int first, params string[][] rows)
    {
        foreach (var (index, row) in rows.Index())
        {
            foreach (var (column, text) in row.Index())
                sheet.Cell(first + index, column + 1).SetValue(text);
        }
    }

    private static string Parts(string path)
    {
        using var zip = ZipFile.OpenRead(path);
        return string.Join('\n', zip.Entries.Select(part =>
        {
            using var reader = new StreamReader(part.Open());
            return reader.ReadToEnd();
        }));
    }
}
