using System.Text;
using SinHo.Reporting.Exchange;
using SinHo.Reporting.Tests.Support;
using Xunit;

namespace SinHo.Reporting.Tests.Exchange;

public sealed class WorkbookGuardTests : IDisposable
{
    private const string SoundRow = """<row r="1"><c r="A1" t="inlineStr"><is><t>Mã</t></is></c></row>""";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_sound_workbook_passes() => Assert.Single(new WorkbookSource(Sound().Save(Path)).Sheets());

    [Fact]
    public void What_is_no_file_is_told()
    {
        RefusedFile(folder.File("không có.xlsx"), "Không có tệp");
        RefusedFile(folder.Path, "thư mục");
        RefusedFile(folder.File("a/b.xlsx"), "Không có tệp");
        RefusedFile("", "Không mở được");
    }

    [Theory]
    [InlineData("", "rỗng")]
    [InlineData("Mã;Tên\nSH;Sìn Hồ", "CSV")]
    [InlineData("%PDF-1.7 abc", "PDF")]
    [InlineData("<html><table>", "HTML")]
    [InlineData("\uFEFF<?xml version='1.0'?><Workbook/>", "XML")]
    [InlineData("PK\u0005\u0006", "gói nén")]
    [InlineData("\u0001\u0000\u0000", "không phải sổ Excel")]
    public void What_is_no_zip_is_called_by_its_name(string content, string told)
    {
        File.WriteAllText(Path, content);
        RefusedFile(Path, told);
    }

    [Fact]
    public void An_xls_and_an_encrypted_workbook_are_told_apart()
    {
        byte[] ole = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. new byte[600]];
        File.WriteAllBytes(Path, ole);
        RefusedFile(Path, ".xls");
        File.WriteAllBytes(Path, [.. ole, .. new byte[(1 << 16) - ole.Length - 9], .. Encoding.Unicode.GetBytes("EncryptedPackage")]);
        RefusedFile(Path, "mật khẩu");
    }

    [Fact]
    public void A_truncated_workbook_is_told_wherever_it_was_cut()
    {
        var whole = File.ReadAllBytes(Sound().Save(Path));
        foreach (var length in new[] { 40, whole.Length / 2, whole.Length - 30, whole.Length - 1 })
        {
            File.WriteAllBytes(Path, whole[..length]);
            RefusedFile(Path, "hỏng");
        }
    }

    [Fact]
    public void Damage_anywhere_ends_in_a_sentence_or_in_rows()
    {
        var whole = File.ReadAllBytes(Sound().Save(Path));
        var random = new Random(7);
        for (var round = 0; round < 300; round++)
        {
            var damaged = (byte[])whole.Clone();
            for (var bytes = random.Next(1, 8); bytes > 0; bytes--)
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            File.WriteAllBytes(Path, damaged);
            try
            {
                foreach (var sheet in SheetParser.Parse(new WorkbookSource(Path)))
                    Assert.NotNull(sheet.Rows.ToList());
            }
            catch (WorkbookRefusedException refused)
            {
                Assert.EndsWith(".", refused.Message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void Zip_bombs_are_refused_in_bounded_memory()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        Refused(Sound().Part("xl/media/image1.bin", Zeros(300 << 20)), "bom nén");
        Refused(Sound().Part("xl/worksheets/sheet1.xml", Repeated("<row/>", 40 << 20)), "bom nén");
        Refused(Sound().Part("xl/worksheets/sheet1.xml", Repeated("<row/>", 30 << 20)), "ngoài khuôn khổ");
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 64 << 20);
    }

    [Fact]
    public void Many_parts_that_are_large_together_are_refused()
    {
        var book = Sound();
        for (var i = 0; i < 80; i++)
            book.Part($"xl/media/image{i}.bin", Zeros(15 << 20));
        Refused(book, "bom nén");
    }

    [Fact]
    public void Too_many_parts_are_refused()
    {
        var book = Sound();
        for (var i = 0; i < 2000; i++)
            book.Part($"xl/media/image{i}.png", "");
        Refused(book, "quá nhiều");
    }

    [Theory]
    [InlineData("xl/worksheets/sheet1.xml")]
    [InlineData("xl/sharedStrings.xml")]
    [InlineData("xl/workbook.xml")]
    [InlineData("[Content_Types].xml")]
    [InlineData("xl/_rels/workbook.xml.rels")]
    [InlineData("docProps/app.xml")]
    [InlineData("xl/anything.bin")]
    public void A_document_type_is_refused_in_every_part(string part)
    {
        Refused(Sound().Part(part, """<?xml version="1.0"?><!-- x --><!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]><a>&c;</a>"""), "DTD");
        Refused(Sound().Part(part, """<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>"""), "DTD");
        Refused(Sound().Part(part, """<!DOCTYPE a [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x"> %p;]><a/>"""), "DTD");
    }

    [Fact]
    public void Other_encodings_cannot_hide_tags() =>
        Refused(Sound().Part("xl/sharedStrings.xml", stream => stream.Write(Encoding.Unicode.GetBytes("<!DOCTYPE a><a/>"))), "UTF-8");

    [Theory]
    [InlineData("xl/vbaProject.bin", "macro")]
    [InlineData("xl/macrosheets/sheet1.xml", "macro")]
    [InlineData("xl/externalLinks/externalLink1.xml", "liên kết tới tệp khác")]
    [InlineData("xl/connections.xml", "kết nối dữ liệu")]
    [InlineData("xl/embeddings/oleObject1.bin", "nhúng")]
    [InlineData("xl/activeX/activeX1.xml", "ActiveX")]
    [InlineData("../../etc/cron.d/x", "tên không hợp lệ")]
    [InlineData("xl/../../x", "tên không hợp lệ")]
    [InlineData("/etc/passwd", "tên không hợp lệ")]
    [InlineData("c:\\x", "tên không hợp lệ")]
    [InlineData("XL/WORKBOOK.xml", "trùng nhau")]
    public void Unwelcome_parts_are_refused(string part, string told) => Refused(Sound().Part(part, "<a/>"), told);

    [Fact]
    public void Two_parts_of_one_name_are_refused() => Refused(Sound().Again("xl/workbook.xml"), "trùng nhau");

    [Fact]
    public void Ways_out_of_the_file_are_refused_but_web_addresses_in_cells_are_not()
    {
        string External(string kind) => RawWorkbook.Relations(("rId1", kind, "http://127.0.0.1:9/x")).Replace("Target=", "TargetMode=\"External\" Target=", StringComparison.Ordinal);
        Refused(Sound().Part("xl/worksheets/_rels/sheet1.xml.rels", External("oleObject")), "bên ngoài");
        Refused(Sound().Part("xl/drawings/_rels/drawing1.xml.rels", External("image")), "bên ngoài");
        Assert.Single(new WorkbookSource(Sound().Part("xl/worksheets/_rels/sheet1.xml.rels", External("hyperlink")).Save(Path)).Sheets());
    }

    [Fact]
    public void Texts_no_cell_can_hold_are_refused()
    {
        Refused(Sound().Part("xl/sharedStrings.xml", Repeated("x", 1 << 20)), "32.767");
        Refused(Sound().Part("xl/sharedStrings.xml", "<sst><si><t><![CDATA[<<<<]]></t></si></sst>"), "CDATA");
    }

    [Fact]
    public void A_zip_that_is_no_workbook_is_told()
    {
        Refused(Sound().Without("xl/workbook.xml"), "không chứa sổ Excel");
        Refused(Sound().Without("_rels/.rels"), "không chứa sổ Excel");
        Refused(Sound().Part("xl/workbook.xml", "<notes/>"), "không chứa sổ Excel");
        Refused(Sound().Without("xl/workbook.xml").Part("xl/workbook.bin", "x"), ".xlsb");
        Refused(Sound().Without("xl/workbook.xml").Part("word/document.xml", "<a/>"), "Word");
        Refused(Sound().Without("xl/workbook.xml").Part("content.xml", "<a/>"), "OpenDocument");
        Refused(Sound().Without("xl/worksheets/sheet1.xml"), "không có trang tính");
    }

    [Theory]
    [InlineData("""<row r="2147483646"><c r="A1"><v>1</v></c></row>""", "ngoài khuôn khổ")]
    [InlineData("""<row r="0"/>""", "ngoài khuôn khổ")]
    [InlineData("""<row r="99999999999"/>""", "bị hỏng")]
    [InlineData("""<row r="x"/>""", "bị hỏng")]
    [InlineData("""<row r="1"><c r="ZZZZZZZZZZ1"><v>1</v></c></row>""", "ngoài khuôn khổ")]
    [InlineData("""<row r="1"><c r="A1" t="s"><v>7</v></c></row>""", "bị hỏng")]
    [InlineData("""<row r="1"><c r="A1"><v>1</c></row>""", "bị hỏng")]
    public void Sheets_beyond_the_frame_of_Excel_are_refused(string rows, string told) => Refused(RawWorkbook.With("Bản", rows), told);

    private string Path => folder.File("sổ.xlsx");

    private static RawWorkbook Sound() => RawWorkbook.With("Nhiệm kỳ", SoundRow);

    private static Action<Stream> Zeros(int size) => stream =>
    {
        var block = new byte[1 << 20];
        for (var written = 0; written < size; written += block.Length)
            stream.Write(block);
    };

    private static Action<Stream> Repeated(string text, int size) => stream =>
    {
        var block = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(text, (1 << 16) / text.Length)));
        stream.Write("<a>"u8);
        for (var written = 0; written < size; written += block.Length)
            stream.Write(block);
    };

    private void Refused(RawWorkbook book, string told) => RefusedFile(book.Save(Path), told);

    private static void RefusedFile(string path, string told)
    {
        var refused = Assert.Throws<WorkbookRefusedException>(() =>
        {
            foreach (var sheet in new WorkbookSource(path).Sheets())
                Assert.NotNull(sheet.Rows.ToList());
        });
        Assert.Contains(told, refused.Message, StringComparison.Ordinal);
        Assert.EndsWith(".", refused.Message, StringComparison.Ordinal);
    }
}
