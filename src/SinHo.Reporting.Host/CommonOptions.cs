using System.CommandLine;

namespace SinHo.Reporting.Host;

/// <summary>Options that every verb takes.</summary>
public static class CommonOptions
{
    public static readonly Option<string?> Database = new("--database")
    {
        Description = "Chuỗi kết nối Npgsql tới PostgreSQL có sẵn (hoặc biến SINHO_DATABASE)",
        HelpName = "CHUỖI",
        Recursive = true,
    };

    public static readonly Option<string?> Data = new("--data")
    {
        Description = "Thư mục dữ liệu của PostgreSQL riêng (hoặc biến SINHO_DATA)",
        HelpName = "THƯ MỤC",
        Recursive = true,
    };

    public static Option<string?> Format() => new("--format")
    {
        Description = "json: in JSON ra đầu ra chuẩn, không in gì khác",
        HelpName = "json",
    };

    public static bool IsJson(ParseResult words, Option<string?> format) => words.GetValue(format) switch
    {
        null => false,
        "json" => true,
        var other => throw new UsageException($"--format chỉ nhận json, không nhận “{other}”."),
    };
}
