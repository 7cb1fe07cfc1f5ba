using System.Buffers;
using System.IO.Compression;
using System.Text;
using System.Xml;
using SinHo.Reporting.Words;

namespace SinHo.Reporting.Exchange;

/// <summary>The file cannot be taken as an exchange workbook; the message is a Vietnamese sentence with the remedy.</summary>
public sealed class WorkbookRefusedException(string message, Exception? cause = null) : RefusalException(message, RefusalKind.Refused, cause);

/// <summary>
/// Looks at a file before anything in it is believed: what is not a plain, whole .xlsx workbook, or would need memory or disk beyond all measure,
/// is refused. Memory is bounded by a buffer, whatever the file claims.
/// </summary>
public static class WorkbookGuard
{
    /// <summary>200,000 rows of the widest sheet come to some 15 MB, and to 170 MB unpacked.</summary>
    public const long LargestFile = 64L << 20;

    private const long LargestUnpacked = 1L << 30;
    private const int MostParts = 2000;

    /// <summary>Sheets of repetitive rows reach 60; a bomb lives on 1,000, in one part or in many.</summary>
    private const long HighestRatio = 100;

    private const long RatioMattersFrom = 32L << 20;

    /// <summary>Bytes between two tags: 32,767 characters, the longest cell Excel knows, each written as an entity or an escape.</summary>
    private const int LongestRun = 32_767 * 10;

    private static readonly byte[] Ole = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    private static readonly byte[] EncryptedPackage = Encoding.Unicode.GetBytes("EncryptedPackage");

    /// <summary>Parts that have no place in a workbook of plain data: part of the name, and what to tell the user.</summary>
    private static readonly (string NamePart, string Message)[] Unwelcome =
    [
        ("vbaproject", "Sổ có macro (VBA). Hãy lưu lại dưới dạng “Excel Workbook (*.xlsx)” không có macro rồi thực hiện lại."),
        ("xl/macrosheets/", "Sổ có trang macro Excel 4.0. Hãy xóa các trang đó rồi thực hiện lại."),
        ("xl/externallinks/", "Sổ có liên kết tới tệp khác. Trong Excel hãy vào Data > Edit Links > Break Link (Ngắt liên kết), lưu lại rồi thực hiện lại."),
        ("xl/connections.xml", "Sổ có kết nối dữ liệu bên ngoài. Trong Excel hãy vào Data > Queries & Connections, xóa các kết nối, lưu lại rồi thực hiện lại."),
        ("/embeddings/", "Sổ có tệp nhúng (đối tượng OLE). Hãy xóa các đối tượng nhúng rồi thực hiện lại."),
        ("/activex/", "Sổ có điều khiển ActiveX. Hãy xóa các điều khiển đó rồi thực hiện lại."),
    ];

    /// <summary>Opens the file for reading and looks through it.</summary>
    /// <returns>The file, at its beginning; nobody else can write to it until it is closed.</returns>
    /// <exception cref="WorkbookRefusedException">The file is missing, cannot be read or is no workbook that may be imported.</exception>
    public static FileStream Open(string path, CancellationToken cancel = default) => Open(path, isKnown: null, cancel);

    /// <inheritdoc cref="Open(string, CancellationToken)"/>
    /// <param name="isKnown">Whether the open file has been looked through before.</param>
    internal static FileStream Open(string path, Predicate<FileStream>? isKnown, CancellationToken cancel)
    {
        var file = OpenFile(path);
        try
        {
            if (isKnown?.Invoke(file) is not true)
                Check(file, cancel);
            file.Position = 0;
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private static FileStream OpenFile(string path)
    {
        if (Directory.Exists(path))
            throw new WorkbookRefusedException($"“{path}” là một thư mục; hãy chỉ ra một tệp .xlsx.");
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new WorkbookRefusedException($"Không có tệp “{path}”; hãy kiểm tra lại đường dẫn.", missing);
        }
        catch (Exception unreadable) when (unreadable is UnauthorizedAccessException or IOException or ArgumentException or NotSupportedException)
        {
            throw new WorkbookRefusedException($"Không mở được tệp “{path}” để đọc; hãy kiểm tra quyền đọc và đóng tệp nếu đang mở trong Excel.", unreadable);
        }
    }

    private static void Check(FileStream file, CancellationToken cancel)
    {
        CheckKind(file);
        if (file.Length > LargestFile)
            throw new WorkbookRefusedException($"Tệp lớn {file.Length >> 20} MB, vượt mức {LargestFile >> 20} MB; hãy chia thành nhiều sổ nhỏ hơn.");
        try
        {
            file.Position = 0;
            using var package = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
            CheckNames(package);
            CheckContents(package, file.Length, cancel);
            CheckIsWorkbook(package);
        }
        catch (Exception damaged) when (damaged is InvalidDataException or XmlException or EndOfStreamException or ArgumentOutOfRangeException)
        {
            throw new WorkbookRefusedException("Tệp .xlsx bị hỏng hoặc thiếu phần cuối; hãy mở bằng Excel, lưu lại rồi thực hiện lại.", damaged);
        }
    }

    private static void CheckKind(FileStream file)
    {
        Span<byte> buffer = stackalloc byte[512];
        var head = buffer[..file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false)];
        if (head.StartsWith("PK\u0003\u0004"u8))
            return;
        throw new WorkbookRefusedException(head switch
        {
            [] => "Tệp rỗng, không có nội dung nào.",
            _ when head.StartsWith(Ole) => Contains(file, EncryptedPackage)
                ? "Sổ được bảo vệ bằng mật khẩu. Hãy bỏ mật khẩu mở tệp (File > Info > Protect Workbook > Encrypt with Password) rồi thực hiện lại."
                : "Tệp là sổ Excel kiểu cũ (.xls), không phải .xlsx. Hãy mở bằng Excel, lưu lại dưới dạng “Excel Workbook (*.xlsx)”.",
            _ when head.StartsWith("%PDF"u8) => "Tệp là PDF, không phải sổ Excel .xlsx.",
            _ when head.StartsWith("PK"u8) => "Tệp là gói nén rỗng hoặc chia nhỏ, không phải sổ Excel .xlsx.",
            _ when head.TrimStart(" \t\r\n\uFEFF"u8).StartsWith("<"u8) => "Tệp là văn bản HTML hoặc XML, không phải sổ Excel .xlsx. Hãy mở bằng Excel, lưu lại dưới dạng “Excel Workbook (*.xlsx)”.",
            _ when head.Contains((byte)0) => "Tệp không phải sổ Excel .xlsx.",
            _ => "Tệp là văn bản (CSV hoặc tương tự), không phải sổ Excel .xlsx. Hãy mở bằng Excel, lưu lại dưới dạng “Excel Workbook (*.xlsx)”.",
        });
    }

    private static bool Contains(FileStream file, ReadOnlySpan<byte> wanted)
    {
        var buffer = new byte[1 << 16];
        file.Position = 0;
        var kept = 0;
        while (file.Read(buffer, kept, buffer.Length - kept) is > 0 and var read)
        {
            var filled = kept + read;
            if (buffer.AsSpan(0, filled).IndexOf(wanted) >= 0)
                return true;
            kept = Math.Min(wanted.Length, filled);
            buffer.AsSpan(filled - kept, kept).CopyTo(buffer);
        }
        return false;
    }

    private static void CheckNames(ZipArchive package)
    {
        if (package.Entries.Count > MostParts)
            throw new WorkbookRefusedException($"Tệp chứa {package.Entries.Count} phần, quá nhiều so với một sổ Excel; tệp có thể độc hại.");
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var name in package.Entries.Select(XlsxPackage.NameOf))
        {
            if (name.Length == 0 || name[0] == '/' || name.AsSpan().ContainsAny(':', '\0') || name.Split('/').Contains("..", StringComparer.Ordinal) || !seen.Add(name))
                throw new WorkbookRefusedException("Tệp chứa phần có tên không hợp lệ hoặc trùng nhau; tệp có thể độc hại nên không được đọc.");
            foreach (var (part, message) in Unwelcome)
            {
                if (name.Contains(part, StringComparison.OrdinalIgnoreCase))
                    throw new WorkbookRefusedException(message);
            }
        }
    }

    /// <summary>Unpacks every part into nothing, counting: what a file says about its own sizes is not believed.</summary>
    private static void CheckContents(ZipArchive package, long length, CancellationToken cancel)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(1 << 16);
        try
        {
            long total = 0;
            foreach (var entry in package.Entries)
            {
                total += Unpacked(entry, Math.Min(LargestUnpacked, Math.Max(RatioMattersFrom, length * HighestRatio)) - total, buffer, cancel, out var isXml);
                if (isXml)
                    CheckProlog(entry);
                if (entry.FullName.EndsWith(".rels", StringComparison.OrdinalIgnoreCase))
                    CheckRelationships(entry);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static long Unpacked(ZipArchiveEntry entry, long allowed, byte[] buffer, CancellationToken cancel, out bool isXml)
    {
        using var content = entry.Open();
        long size = 0;
        var run = 0;
        isXml = false;
        while (content.Read(buffer, 0, buffer.Length) is > 0 and var read)
        {
            cancel.ThrowIfCancellationRequested();
            var bytes = buffer.AsSpan(0, read);
            if (size == 0)
                isXml = IsXml(bytes);
            size += read;
            if (size > allowed)
                throw new WorkbookRefusedException("Tệp bung ra lớn bất thường (bom nén) nên không được đọc.");
            if (isXml)
                run = LongestRunAfter(bytes, run);
        }
        return size;
    }

    /// <summary>Also refuses the encodings in which the bytes of a tag would look different.</summary>
    private static bool IsXml(ReadOnlySpan<byte> start)
    {
        if (start is [0xFE, 0xFF, ..] or [0xFF, 0xFE, ..] or [(byte)'<', 0, ..] or [0, (byte)'<', ..] or [0, 0, 0xFE, 0xFF, ..] or [0, 0, 0, (byte)'<', ..])
            throw new WorkbookRefusedException("Tệp dùng bảng mã khác UTF-8 nên không được đọc; hãy mở bằng Excel, lưu lại rồi thực hiện lại.");
        return start.TrimStart(" \t\r\n\uFEFF"u8) is [(byte)'<', ..];
    }

    /// <returns>How many bytes have passed since the last tag began; a text of any length would have to be held in memory whole.</returns>
    private static int LongestRunAfter(ReadOnlySpan<byte> bytes, int run)
    {
        if (bytes.IndexOf("<![CDATA["u8) >= 0)
            throw new WorkbookRefusedException("Tệp chứa khối CDATA mà Excel không ghi; tệp có thể độc hại nên không được đọc.");
        while (bytes.IndexOf((byte)'<') is >= 0 and var at)
        {
            Refuse(run + at);
            run = 0;
            bytes = bytes[(at + 1)..];
        }
        Refuse(run + bytes.Length);
        return run + bytes.Length;

        static void Refuse(int length)
        {
            if (length > LongestRun)
                throw new WorkbookRefusedException("Tệp chứa một đoạn văn bản dài hơn mức Excel cho phép (32.767 ký tự mỗi ô) nên không được đọc.");
        }
    }

    /// <summary>A document type may only stand before the first element, and only it can declare entities.</summary>
    private static void CheckProlog(ZipArchiveEntry entry)
    {
        using var content = entry.Open();
        using var reader = XmlReader.Create(content, new XmlReaderSettings { DtdProcessing = DtdProcessing.Parse, XmlResolver = null, MaxCharactersFromEntities = 1 });
        while (reader.Read() && reader.NodeType != XmlNodeType.Element)
        {
            if (reader.NodeType == XmlNodeType.DocumentType)
                throw new WorkbookRefusedException("Tệp khai báo kiểu tài liệu (DTD) hoặc thực thể XML; tệp có thể độc hại nên không được đọc.");
        }
    }

    /// <summary>Web addresses in cells are harmless and never followed; every other way out of the file is refused.</summary>
    private static void CheckRelationships(ZipArchiveEntry entry)
    {
        foreach (var relation in XlsxPackage.Load(entry).Root!.Elements())
        {
            var isExternal = string.Equals((string?)relation.Attribute("TargetMode"), "External", StringComparison.OrdinalIgnoreCase);
            var isHyperlink = ((string?)relation.Attribute("Type") ?? "").EndsWith("/hyperlink", StringComparison.Ordinal);
            if (isExternal && !isHyperlink)
                throw new WorkbookRefusedException("Sổ có liên kết tới tệp hoặc dữ liệu bên ngoài; hãy gỡ các liên kết đó trong Excel, lưu lại rồi thực hiện lại.");
        }
    }

    private static void CheckIsWorkbook(ZipArchive package)
    {
        var names = package.Entries.Select(XlsxPackage.NameOf).ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (names.Contains("xl/workbook.bin"))
            throw new WorkbookRefusedException("Tệp là sổ Excel nhị phân (.xlsb). Hãy lưu lại dưới dạng “Excel Workbook (*.xlsx)”.");
        if (names.Contains("word/document.xml"))
            throw new WorkbookRefusedException("Tệp là văn bản Word, không phải sổ Excel .xlsx.");
        if (names.Contains("content.xml"))
            throw new WorkbookRefusedException("Tệp là bảng tính OpenDocument (.ods). Hãy lưu lại dưới dạng “Excel Workbook (*.xlsx)”.");
        if (new XlsxPackage(package).Sheets.Count == 0)
            throw new WorkbookRefusedException("Sổ không có trang tính nào.");
    }
}
