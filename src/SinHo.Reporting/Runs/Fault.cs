using Npgsql;

namespace SinHo.Reporting.Runs;

/// <summary>Why work failed, for the reader of a page.</summary>
/// <param name="Sentence">What happened and what to do, in Vietnamese. Never holds data of people.</param>
/// <param name="MayPass">Whether trying again, with nothing mended, can help.</param>
public sealed record Fault(string Sentence, bool MayPass)
{
    private const int NoSpace = 28;

    public static Fault Of(Exception problem) => problem switch
    {
        PublishException => new(problem.Message, MayPass: true),
        RefusalException => new(problem.Message, MayPass: false),
        PostgresException { SqlState: PostgresErrorCodes.DiskFull } =>
            new("Ổ đĩa của cơ sở dữ liệu đã đầy. Hãy giải phóng dung lượng; chương trình sẽ tự thử lại. Dữ liệu cũ còn nguyên.", MayPass: true),
        PostgresException { SqlState: PostgresErrorCodes.ReadOnlySqlTransaction } =>
            new("Máy chủ cơ sở dữ liệu này vừa chuyển thành bản sao chỉ đọc; chương trình sẽ tự thử lại với máy chính mới.", MayPass: true),
        PostgresException database => new(
            $"Cơ sở dữ liệu báo lỗi {database.SqlState}. Hãy báo người quản trị; chi tiết có trong nhật ký của dịch vụ.", database.IsTransient),
        NpgsqlException => new("Mất kết nối với cơ sở dữ liệu giữa chừng; chương trình sẽ tự thử lại.", MayPass: true),
        IOException { HResult: NoSpace } =>
            new($"Ổ đĩa chứa thư mục tạm {Path.GetTempPath()} đã đầy. Hãy giải phóng dung lượng; chương trình sẽ tự thử lại.", MayPass: true),
        IOException => new("Không ghi được tệp tạm. Hãy kiểm tra ổ đĩa của máy chủ; chương trình sẽ tự thử lại.", MayPass: true),
        _ => new($"Lỗi ngoài dự kiến ({problem.GetType().Name}). Hãy báo người quản trị; chi tiết có trong nhật ký của dịch vụ.", MayPass: false),
    };
}
